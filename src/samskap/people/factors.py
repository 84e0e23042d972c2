"""Second factors: an authenticator app (TOTP, RFC 6238), passkeys, recovery codes. Their rules, reads and writes.

Whoever has one must show it before changing any (the session is strong); the first one is set up after the password alone.
"""

import base64
import os
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives import constant_time, hashes
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskap.kernel import audit, clock, keys, policy, vault
from samskap.kernel.actions import ActionError, action
from samskap.kernel.models import Account, SecondFactor
from samskap.kernel.policy import SYSTEM, Actor
from samskap.people import letters, passkeys
from samskap.people.models import Person, Role
from samskap.people.policy import MANAGE_PERSON
from samskap.people.queries import actor_of, persons_of

PAGE_NAME = gettext_lazy("Signing in and security")
Kind = SecondFactor.Kind
STEP, DIGITS, DRIFT = 30, 6, 1
MOST, CODES = 10, 10
NOBODY = UUID(int=0)
# Letters and digits that are not taken for each other: 31 signs, so 12 of them are 59 bits.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
READERS = (Role.LEADER, Role.HANDLER)


# --- the app ---------------------------------------------------------------------------------------------------------


def new_secret() -> bytes:
    """A secret for an app: 160 bits, as RFC 4226 recommends."""
    return os.urandom(20)


def _totp(secret: bytes) -> TOTP:
    return TOTP(secret, DIGITS, hashes.SHA1(), STEP)  # noqa: S303  (RFC 6238; the only one that every app knows)


def code_at(secret: bytes, step: int) -> str:
    """The code of a time step."""
    return _totp(secret).generate(step * STEP).decode()


def step_of(secret: bytes, code: str) -> int | None:
    """The time step that a code belongs to: this one, or one beside it for a clock that drifts. None for a wrong code."""
    now = int(clock.now().timestamp()) // STEP
    given = "".join(code.split()).encode()
    fits = [step for step in range(now - DRIFT, now + DRIFT + 1) if constant_time.bytes_eq(code_at(secret, step).encode(), given)]
    return max(fits, default=None)


@dataclass(frozen=True)
class AppSecret:
    """What an app is given: an address for its camera, or the same by hand."""

    address: str
    words: str


def for_app(secret: bytes, username: str) -> AppSecret:
    """The secret as a QR code's content, and in groups of four."""
    plain = base64.b32encode(secret).decode()
    groups = " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))
    return AppSecret(_totp(secret).get_provisioning_uri(username, "Samskap"), groups)


# --- reads -----------------------------------------------------------------------------------------------------------


def of(account_id: UUID | None) -> QuerySet[SecondFactor]:
    """An account's apps and passkeys, the oldest first; recovery codes only stand in for them."""
    rows = SecondFactor.objects.filter(account_id=account_id or NOBODY).exclude(kind=Kind.RECOVERY)
    return rows.order_by("created_at", "id")


def without(people: Collection[Person]) -> set[UUID]:
    """Those of the people whose account has no app and no passkey, and those who have no account."""
    accounts = {person.account_id for person in people if person.account_id}
    ready = set(
        SecondFactor.objects.filter(account_id__in=accounts).exclude(kind=Kind.RECOVERY).values_list("account_id", flat=True)
    )
    return {person.pk for person in people if person.account_id not in ready}


def codes_left(account_id: UUID | None) -> int:
    """How many recovery codes are not spent."""
    return _codes(account_id).filter(last_used_at=None).count()


def _codes(account_id: UUID | None) -> QuerySet[SecondFactor]:
    return SecondFactor.objects.filter(account_id=account_id or NOBODY, kind=Kind.RECOVERY)


def known_passkeys(account_id: UUID | None) -> list[bytes]:
    """The account's passkeys as ``people.passkeys`` takes them; one that cannot be decrypted is of no use."""
    found = (_opened(row) for row in of(account_id).filter(kind=Kind.PASSKEY))
    return [credential for credential in found if credential is not None]


def reads_reports(account_id: UUID) -> bool:
    """Has one of the account's persons a role today that reads reports, at any owner?"""
    return any(actor_of(account_id, person.tenant_id).holds(*READERS) for person in persons_of(account_id))


# --- secrets at rest -------------------------------------------------------------------------------------------------


def _context(account_id: UUID, factor_id: UUID) -> str:
    return f"factor\0{account_id}\0{factor_id}"


def _opened(row: SecondFactor) -> bytes | None:
    try:
        return vault.decrypt(row.secret or b"", context=_context(row.account_id, row.pk))
    except vault.CannotDecrypt:
        return None


def _recovery_hash(account_id: UUID, code: str) -> str:
    plain = "".join(sign for sign in code.lower() if sign in SIGNS)
    return keys.keyed_hash("recovery", f"{account_id}\0{plain}")


def _passkey_hash(credential_id: bytes) -> str:
    return keys.keyed_hash("passkey", credential_id.hex())


# --- setting up ------------------------------------------------------------------------------------------------------


def _may_add(by: Actor) -> UUID:
    """The account that gets one more. Raises NotAllowed for a session that has not shown one of those that are there."""
    if by.account_id is None or (not by.strong and of(by.account_id).exists()):
        raise policy.NotAllowed("people.factors")
    if of(by.account_id).count() >= MOST:
        raise ActionError(_("You have many already. Remove one that you no longer use first."))
    return by.account_id


@action
def add_app(*, by: Actor, secret: bytes, code: str, name: str = "") -> SecondFactor:
    """Keep an authenticator app that has shown that it has the secret."""
    account_id = _may_add(by)
    step = step_of(secret, code)
    if step is None:
        raise ActionError(_("The code is not right. Wait for the next one in the app, and write that."), "code")
    row = SecondFactor(account_id=account_id, kind=Kind.APP, name=name.strip(), counter=step, created_at=clock.now())
    row.secret = vault.encrypt(secret, context=_context(account_id, row.pk))
    row.last_used_at = row.created_at
    row.save(force_insert=True)
    audit.record(by, "people.factor_added", row, kind=row.kind)
    return row


@action
def add_passkey(*, by: Actor, answer: passkeys.Answer, name: str = "") -> SecondFactor:
    """Keep a passkey that ``people.passkeys`` has verified."""
    account_id = _may_add(by)
    row = SecondFactor(account_id=account_id, kind=Kind.PASSKEY, name=name.strip(), counter=answer.count)
    row.secret = vault.encrypt(answer.credential, context=_context(account_id, row.pk))
    row.lookup = _passkey_hash(answer.credential_id)
    row.created_at = row.last_used_at = clock.now()
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise ActionError(_("This passkey is in use already.")) from None
    audit.record(by, "people.factor_added", row, kind=row.kind)
    return row


@action
def make_recovery_codes(*, by: Actor) -> tuple[str, ...]:
    """Ten new codes, each good for once; the earlier ones are void. Shown once, kept as hashes."""
    if by.account_id is None or not by.strong or not of(by.account_id).exists():
        raise policy.NotAllowed("people.recovery_codes")
    _codes(by.account_id).delete()
    made = tuple(_new_code() for _number in range(CODES))
    for code in made:
        lookup = _recovery_hash(by.account_id, code)
        row = SecondFactor(account_id=by.account_id, kind=Kind.RECOVERY, lookup=lookup, created_at=clock.now())
        row.save(force_insert=True)
    audit.record(by, "people.recovery_codes_made", count=len(made))
    return made


def _new_code() -> str:
    return "-".join("".join(secrets.choice(SIGNS) for _sign in range(4)) for _group in range(3))


# --- showing ---------------------------------------------------------------------------------------------------------


@action
def show_code(*, by: Actor, code: str) -> None:
    """Show an app's code. Each works once, and none older than one that was used. Raises ActionError."""
    for row in of(by.account_id).filter(kind=Kind.APP):
        secret = _opened(row)
        step = step_of(secret, code) if secret else None
        if step is None:
            continue
        if not _use(row, counter=step):
            raise ActionError(_("This code is used. Wait for the next one in the app, and write that."), "code")
        audit.record(by, "people.factor_shown", row, kind=row.kind)
        return
    raise ActionError(_("The code is not right. Wait for the next one in the app, and write that."), "code")


def _use(row: SecondFactor, *, counter: int) -> bool:
    """Move the counter on; False when another one was faster. One statement, so that two at once do not both get in."""
    rows = SecondFactor.objects.filter(pk=row.pk, counter__lt=counter)
    return rows.update(counter=counter, last_used_at=clock.now()) == 1


@action
def show_passkey(*, by: Actor, answer: passkeys.Answer) -> None:
    """Show a passkey that ``people.passkeys`` has verified. One whose own count stands still may be a copy: refused."""
    row = of(by.account_id).filter(kind=Kind.PASSKEY, lookup=_passkey_hash(answer.credential_id)).first()
    if row is None:
        raise ActionError(_("This passkey is not yours here."))
    keeps_no_count = answer.count == 0 and row.counter == 0
    if keeps_no_count:
        SecondFactor.objects.filter(pk=row.pk).update(last_used_at=clock.now())
    elif not _use(row, counter=answer.count):
        raise ActionError(_("This passkey looks like a copy. Use another way, and tell your administrator."))
    audit.record(by, "people.factor_shown", row, kind=row.kind)


@action
def show_recovery(*, by: Actor, code: str) -> int:
    """Show a recovery code, which is spent with that. Returns how many are left. Raises ActionError."""
    account_id = by.account_id
    if account_id is None:
        raise policy.NotAllowed("people.recovery_codes")
    rows = _codes(account_id).filter(lookup=_recovery_hash(account_id, code), last_used_at=None)
    if rows.update(last_used_at=clock.now()) != 1:
        raise ActionError(_("The recovery code is not right, or it is used. Each works once."), "recovery")
    left = codes_left(account_id)
    audit.record(by, "people.factor_shown", kind=Kind.RECOVERY.value, left=left)
    return left


# --- taking away -----------------------------------------------------------------------------------------------------


@action
def remove(*, by: Actor, factor: SecondFactor) -> None:
    """Remove one's own; other sessions are no longer strong. The last one stays while one reads reports."""
    if by.account_id is None or not by.strong or factor.account_id != by.account_id:
        raise policy.NotAllowed("people.factors")
    others = of(by.account_id).exclude(pk=factor.pk)
    if not others.exists():
        if reads_reports(by.account_id):
            raise ActionError(_("You read reports, so one must stay. Add another one first."))
        _codes(by.account_id).delete()
    audit.record(by, "people.factor_removed", factor, kind=factor.kind)
    factor.delete()
    _end_strength(by.account_id)


@action
def reset(*, by: Actor, person: Person) -> int:
    """Remove all of a colleague's, who has lost them. Returns how many apps and passkeys there were."""
    policy.require(MANAGE_PERSON, by, person)
    if person.account_id is None or person.account_id == by.account_id:
        raise ActionError(_("Your own are on the page about signing in."))
    if len(persons_of(person.account_id)) > 1:
        raise ActionError(_("This person works for another owner too. Ask those who run the program."))
    removed = _remove_all(person.account_id)
    letters.tell_of_access(by, person)
    audit.record(by, "people.factors_reset", person, count=removed)
    return removed


@action
def rescue(*, by: Actor, username: str) -> int:
    """Remove all of an account's, by one who stands at the machine itself. Raises ActionError."""
    if by is not SYSTEM:
        raise policy.NotAllowed("people.factors")
    account = Account.objects.filter(username=username.strip().lower()).first()
    if account is None:
        raise ActionError(_("There is no account with this user name."))
    removed = _remove_all(account.pk)
    for person in persons_of(account.pk):
        audit.record(by, "people.factors_rescued", person, count=removed)
    audit.record(by, "people.factors_rescued", account, count=removed)
    return removed


def _remove_all(account_id: UUID) -> int:
    removed = of(account_id).count()
    SecondFactor.objects.filter(account_id=account_id).delete()
    _end_strength(account_id)
    return removed


def _end_strength(account_id: UUID) -> None:
    Account.objects.filter(pk=account_id).update(strong_after=clock.now())
