"""Links that open a door once: set-up of an empty home, a person's account, a new password. No mail is needed."""

import secrets
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from samskap.kernel import clock, keys
from samskap.kernel.models import Invitation


class Purpose(StrEnum):
    """What the link opens."""

    SETUP = "setup"
    ACCOUNT = "account"
    PASSWORD = "password"  # noqa: S105  (a word, not a secret)


LIFETIME = {
    Purpose.SETUP: timedelta(days=1),
    Purpose.ACCOUNT: timedelta(days=14),
    Purpose.PASSWORD: timedelta(hours=24),
}


def issue(purpose: Purpose, *, tenant_id: UUID | None = None, person_id: UUID | None = None) -> str:
    """Make a link's secret, void the earlier ones for the same, and return it: it is shown once and not stored."""
    Invitation.objects.filter(purpose=purpose, tenant_id=tenant_id, person_id=person_id, used_at=None).delete()
    secret = secrets.token_urlsafe(24)
    now = clock.now()
    Invitation.objects.create(
        purpose=purpose,
        tenant_id=tenant_id,
        person_id=person_id,
        token_hash=_hash(secret),
        created_at=now,
        expires_at=now + LIFETIME[purpose],
    )
    return secret


def _hash(secret: str) -> str:
    return keys.keyed_hash("invitation", secret)


def find(secret: str, *purposes: Purpose) -> Invitation | None:
    """The open invitation behind a secret; None when it is used, too old, or was never made."""
    return Invitation.objects.filter(
        token_hash=_hash(secret), purpose__in=purposes, used_at=None, expires_at__gt=clock.now()
    ).first()


def use(secret: str, *purposes: Purpose) -> Invitation | None:
    """Take the invitation: two who come at once do not both get it."""
    found = find(secret, *purposes)
    if found is None:
        return None
    taken = Invitation.objects.filter(pk=found.pk, used_at=None).update(used_at=clock.now())
    return found if taken else None
