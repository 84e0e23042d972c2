"""The audit's chain tells when an entry was changed, removed or slipped in."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from samskap.kernel import audit, clock, jobs
from samskap.kernel.doors import open_door
from samskap.kernel.models import AuditEntry
from samskap.kernel.policy import SYSTEM, Actor
from tests.support.world import World


def without_guards(statement: str) -> None:
    """Do to the database what somebody with its file could do."""
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for event in ("update", "delete"):
            cursor.execute(f'DROP TRIGGER "kernel_auditentry_no_{event}"' + (' ON "kernel_auditentry"' if postgres else ""))
        cursor.execute(statement)


@pytest.fixture
def sealed(world: World) -> int:
    with transaction.atomic():
        for number in range(5):
            audit.record(Actor(tenant_id=world.tenant_id), "test.done", number=number)
    while audit.seal_new():
        pass
    assert audit.verify().intact
    return audit.verify().sealed


def test_an_untouched_chain_is_intact_and_grows(sealed: int) -> None:
    with transaction.atomic():
        audit.record(SYSTEM, "test.more")
    assert audit.seal_new() == 1
    assert audit.verify().sealed == sealed + 1
    assert audit.verify().intact


def test_a_changed_entry_is_found(sealed: int) -> None:
    without_guards("UPDATE kernel_auditentry SET verb = 'other' WHERE id = (SELECT max(id) - 2 FROM kernel_auditentry)")
    assert len(audit.verify().broken_at) == 1


def test_a_removed_entry_is_found(sealed: int) -> None:
    without_guards("DELETE FROM kernel_auditentry WHERE id = (SELECT max(id) FROM kernel_auditentry)")
    assert not audit.verify().intact


def entry(world: World, number: int) -> None:
    with open_door():
        AuditEntry.objects.create(id=number, tenant_id=world.tenant_id, at=clock.now(), verb="test.late", detail={})


def test_a_row_that_comes_to_light_late_is_sealed(world: World, sealed: int) -> None:
    newest = AuditEntry.objects.order_by("id").last()
    assert newest is not None
    entry(world, newest.pk + 100)
    assert audit.seal_new() == 1
    entry(world, newest.pk + 50)
    assert audit.seal_new() == 1
    assert audit.verify().intact


def test_a_round_looks_back_only_so_far_and_the_daily_look_finds_the_rest(
    world: World, sealed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = AuditEntry.objects.order_by("id").last()
    assert newest is not None
    monkeypatch.setattr(audit, "LATE", 20)
    entry(world, newest.pk + 100)
    assert audit.seal_new() == 1
    entry(world, newest.pk + 50)
    assert audit.seal_new() == 0
    jobs.enqueue("kernel.tidy")
    while jobs.run_one():
        pass
    assert audit.verify().sealed == sealed + 2
    assert audit.verify().intact


def test_where_nothing_waits_nobody_has_to_wait_for_the_look(sealed: int) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert audit.seal_new() == 0
    assert [row["sql"].split()[0] for row in asked.captured_queries] == ["SELECT", "SELECT"]


def test_sealing_twice_seals_nothing_twice(sealed: int) -> None:
    assert audit.seal_new() == 0
