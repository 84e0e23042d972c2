"""Messages that leave the house: queued with what they tell of, sent by the worker, tried again, without personal content."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation

from samskap.kernel import clock
from samskap.kernel.models import Account, OutboxMessage

NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"
# After 1, 2, 4 … minutes, then every hour, for a week: mail that is down over a holiday loses nothing.
LONGEST_WAIT, MAX_ATTEMPTS = timedelta(hours=1), 7 * 24 + 6


@dataclass(frozen=True)
class Letter:
    """What is sent: that something waits, and where to sign in. Nothing about whom or what."""

    subject: str
    body: str


_letters: dict[str, Callable[[], Letter]] = {}


def letter(kind: str) -> Callable[[Callable[[], Letter]], Callable[[], Letter]]:
    """Register how a kind of message reads; the function knows nothing of the receiver, so it can tell nothing."""

    def register(function: Callable[[], Letter]) -> Callable[[], Letter]:
        _letters[kind] = function
        return function

    return register


def queue(kind: str, account_id: UUID, *, tenant_id: UUID | None) -> OutboxMessage:
    """Add a message in the present transaction."""
    if kind not in _letters:
        raise LookupError(f"no letter of the kind {kind!r}")
    now = clock.now()
    return OutboxMessage.objects.create(kind=kind, account_id=account_id, tenant_id=tenant_id, created_at=now, send_at=now)


def queue_apart(kind: str, account_id: UUID, *, tenant_id: UUID | None, between: timedelta) -> None:
    """Queue a message, but at most one of the kind within ``between`` for an account: the next one waits, others are spared."""
    now = clock.now()
    same = OutboxMessage.objects.filter(kind=kind, account_id=account_id)
    if same.filter(sent_at=None, attempts=0, send_at__gt=now - between).exists():
        return  # one is on its way
    last = same.filter(created_at__gt=now - between).order_by("-send_at").first()
    message = queue(kind, account_id, tenant_id=tenant_id)
    if last is not None:
        OutboxMessage.objects.filter(pk=message.pk).update(send_at=last.send_at + between)


def send_due(limit: int = 50) -> int:
    """Send what is due; what fails is tried again later. Returns how many were sent."""
    due = OutboxMessage.objects.filter(sent_at=None, send_at__lte=clock.now(), attempts__lt=MAX_ATTEMPTS)
    return sum(_send(message) for message in due.order_by("send_at")[:limit])


def _send(message: OutboxMessage) -> bool:
    account = Account.objects.filter(pk=message.account_id, is_active=True).exclude(email="").first()
    taken = OutboxMessage.objects.filter(pk=message.pk, attempts=message.attempts, sent_at=None).update(
        attempts=message.attempts + 1, send_at=clock.now() + _wait_after(message.attempts)
    )
    if not taken:
        return False
    if account is None:
        return _mark(message, "no-address")
    if settings.EMAIL_BACKEND == NO_MAIL:
        return _mark(message, "no-mail")
    try:
        with translation.override(account.language or "nb"):
            text = _letters[message.kind]()
            send_mail(text.subject, text.body, None, [account.email])
    except OSError as fault:
        OutboxMessage.objects.filter(pk=message.pk).update(error=type(fault).__name__)
        return False
    return _mark(message, "")


def _wait_after(attempts: int) -> timedelta:
    return min(timedelta(minutes=2 ** min(attempts, 6)), LONGEST_WAIT)


def given_up() -> int:
    """How many messages were tried for a week and not sent: for whoever runs the site."""
    return OutboxMessage.objects.filter(sent_at=None, attempts__gte=MAX_ATTEMPTS).count()


def _mark(message: OutboxMessage, error: str) -> bool:
    OutboxMessage.objects.filter(pk=message.pk).update(sent_at=clock.now(), error=error)
    return not error
