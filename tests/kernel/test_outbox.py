"""Messages that leave the house are tried again until they are sent, and say nothing of anybody."""

from datetime import timedelta

import pytest
from django.core import mail

from samskap.kernel import clock, outbox, scope
from samskap.kernel.doors import open_door
from samskap.kernel.models import OutboxMessage
from tests.support.world import World

KIND = "voice.now"


@pytest.fixture
def message(world: World) -> OutboxMessage:
    account = world.person("ingrid").account
    assert account is not None
    account.email = "ingrid@example.org"
    with scope.outside_scope(reason="tests"), open_door():
        account.save()
    return outbox.queue(KIND, account.pk, tenant_id=world.tenant_id)


def no_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*args: object, **kwargs: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(outbox, "send_mail", refuses)


def test_a_message_is_sent_once(message: OutboxMessage) -> None:
    assert [outbox.send_due(), outbox.send_due()] == [1, 0]
    assert [letter.to for letter in mail.outbox] == [["ingrid@example.org"]]


def test_mail_that_is_down_over_a_long_weekend_loses_nothing(message: OutboxMessage, monkeypatch: pytest.MonkeyPatch) -> None:
    began = clock.now()
    with monkeypatch.context() as down:
        no_mail(down)
        for hour in range(4 * 24):
            with clock.frozen(began + timedelta(hours=hour)):
                assert outbox.send_due() == 0
    with clock.frozen(began + timedelta(days=4, hours=2)):
        assert outbox.send_due() == 1
    assert len(mail.outbox) == 1


def test_the_first_tries_come_soon_and_the_later_ones_every_hour(message: OutboxMessage, monkeypatch: pytest.MonkeyPatch) -> None:
    no_mail(monkeypatch)
    waits, now = [], clock.now()
    for _ in range(9):
        with clock.frozen(now):
            outbox.send_due()
        message.refresh_from_db()
        waits.append((message.send_at - now) // timedelta(minutes=1))
        now = message.send_at
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_what_was_tried_for_a_week_is_told_to_whoever_runs_the_site(
    message: OutboxMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_mail(monkeypatch)
    assert outbox.given_up() == 0
    began = clock.now()
    for hour in range(8 * 24):
        with clock.frozen(began + timedelta(hours=hour)):
            outbox.send_due()
    assert outbox.given_up() == 1
    message.refresh_from_db()
    assert message.error == "ConnectionRefusedError"


def test_one_without_an_address_or_who_has_left_gets_nothing(message: OutboxMessage, world: World) -> None:
    account = world.person("ingrid").account
    assert account is not None
    account.is_active = False
    with scope.outside_scope(reason="tests"), open_door():
        account.save()
    assert outbox.send_due() == 0
    assert mail.outbox == []
