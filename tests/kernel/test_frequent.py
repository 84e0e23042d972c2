"""Statements that are built once: what they store and find is what Django's own would, behind the same doors."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from samskap.kernel import clock, frequent, scope
from samskap.kernel.doors import DoorClosed, GuardedModel, open_door
from samskap.kernel.models import AuditEntry
from samskap.people.models import School
from samskap.voice.models import Event, EventKind, Report
from tests.support.world import World
from tests.voice import telling


def columns(row: models.Model) -> dict[str, Any]:
    """All that the database holds of a row but for its id."""
    stored = type(row)._base_manager.filter(pk=row.pk).values().get()
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in stored.items() if name != "id"}


def copy_of(row: GuardedModel, **other: Any) -> Any:
    names = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    return type(row)(**{name: getattr(row, name) for name in names}, **other)


@pytest.mark.parametrize("content", [b"", b"\x00\xff'%s"])
def test_a_report_is_stored_as_django_stores_it(world: World, content: bytes) -> None:
    told, _ = telling.from_pupil(world)
    told.content, told.receipt = content, None
    with scope.tenant_scope(world.tenant_id), open_door():
        frequent.insert(ours := copy_of(told))
        copy_of(told, id=(theirs := uuid4())).save(force_insert=True)
    assert columns(ours) == columns(Report(pk=theirs))
    assert (ours._state.adding, ours._state.db) == (False, "default")


@pytest.mark.parametrize("detail", [{}, {"count": 3, "none": None, "sign": "é%s"}])
def test_an_entry_of_the_log_is_stored_as_django_stores_it(world: World, detail: dict[str, Any]) -> None:
    now = clock.now()
    ours, theirs = (
        AuditEntry(tenant_id=world.tenant_id, at=now, verb=f"test.{uuid4().hex[:8]}", detail=detail) for _ in range(2)
    )
    with open_door():
        frequent.insert(ours)
        theirs.save(force_insert=True)
    stored = [AuditEntry.objects.filter(verb=row.verb).values().get() for row in (ours, theirs)]
    assert [{**row, "id": 0, "verb": ""} for row in stored] == [{**stored[0], "id": 0, "verb": ""}] * 2
    assert json.loads(json.dumps(stored[0]["detail"])) == detail


def event(report: Report) -> Event:
    return Event(report=report, kind=EventKind.OPENED, at=clock.now())


def test_the_statement_is_built_once_for_each_kind_of_row(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    report, _ = telling.from_pupil(world)
    with scope.tenant_scope(world.tenant_id), open_door():
        frequent.insert(event(report))
        monkeypatch.setattr(frequent, "_insertion", None)
        frequent.insert(event(report))
    with scope.tenant_scope(world.tenant_id):
        assert Event.objects.filter(report=report, kind=EventKind.OPENED).count() == 2


def test_a_model_that_does_more_when_it_is_saved_is_not_stored_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    report, _ = telling.from_pupil(world)
    frequent._columns.cache_clear()
    monkeypatch.setattr(Event, "save", lambda self: None)
    with scope.tenant_scope(world.tenant_id), open_door(), pytest.raises(TypeError, match="Event does more"):
        frequent.insert(event(report))


def test_nothing_is_stored_outside_an_action(world: World) -> None:
    report, _ = telling.from_pupil(world)
    with scope.tenant_scope(world.tenant_id), pytest.raises(DoorClosed):
        frequent.insert(event(report))


def test_nothing_is_stored_without_a_scope_or_into_another_owner(world: World) -> None:
    report, _ = telling.from_pupil(world)
    foreign = School(name="x", sort_key="x", tenant_id=world.school("ytterdal").tenant_id)
    with open_door():
        with pytest.raises(scope.ScopeMissing):
            frequent.insert(event(report))
        with scope.tenant_scope(world.tenant_id), pytest.raises(ValueError, match="another owner"):
            frequent.insert(foreign)


def test_a_row_that_the_database_refuses_undoes_the_rest(world: World) -> None:
    report, _ = telling.from_pupil(world)
    twice = copy_of(report, id=report.pk)
    with scope.tenant_scope(world.tenant_id), open_door():
        with pytest.raises(IntegrityError), transaction.atomic():
            store_both(event(report), twice)
        assert not Event.objects.filter(report=report, kind=EventKind.OPENED).exists()


def store_both(*rows: GuardedModel) -> None:
    for row in rows:
        frequent.insert(row)


def found(report: Report, limit: int = 10, **other: Any) -> set[UUID]:
    wanted = {"text_mark": report.text_mark, "receiver": report.receiver, "received_at__gte": report.received_at} | other
    return set(frequent.ids(Report, limit, **wanted))


def test_rows_are_found_as_django_finds_them(world: World) -> None:
    first, _ = telling.from_pupil(world)
    telling.from_pupil(world, what="Noe annet.")
    second, _ = telling.from_pupil(world)
    with scope.tenant_scope(world.tenant_id):
        assert found(first) == {first.pk, second.pk}
        assert len(found(first, limit=1)) == 1
        assert found(second) == {second.pk}
        assert found(first, receiver="owner") == set()


def test_another_owners_rows_are_not_found(world: World) -> None:
    report, _ = telling.from_pupil(world)
    with scope.tenant_scope(world.school("ytterdal").tenant_id):
        assert found(report) == set()
    with scope.outside_scope(reason="test"), pytest.raises(scope.ScopeMissing):
        found(report)


@pytest.mark.parametrize("built", [False, True])
def test_what_cannot_be_asked_so_is_refused(world: World, built: bool) -> None:
    report, _ = telling.from_pupil(world)
    with scope.tenant_scope(world.tenant_id):
        if built:
            assert frequent.ids(Report, 1, text_mark=report.text_mark, author_id=world.person("amir").pk) == []
        with pytest.raises(ValueError, match="None"):
            frequent.ids(Report, 1, text_mark=report.text_mark, author_id=None)
        with pytest.raises(ValueError, match="built once"):
            frequent.ids(Report, 1, suspect=True)


def test_what_the_database_works_out_is_not_stored_so(world: World) -> None:
    report, _ = telling.from_pupil(world)
    row = event(report)
    row.at = Now()
    with scope.tenant_scope(world.tenant_id), open_door():
        frequent._built.clear()
        with pytest.raises(ValueError, match="works out"):
            frequent.insert(row)
        frequent.insert(event(report))


def test_what_came_before_is_looked_up_by_its_mark_alone(world: World) -> None:
    """A database that has not counted its rows must not walk along the owner's list: each report would slow the next one down."""
    report = [telling.from_pupil(world, what=f"Nummer {number}.")[0] for number in range(40)][-1]
    with scope.tenant_scope(world.tenant_id), CaptureQueriesContext(connection) as asked:
        found(report)
    question = asked.captured_queries[-1]["sql"]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A table as it is when it was just made, in the place of one that earlier tests have filled and emptied.
            cursor.execute("CREATE TEMPORARY TABLE voice_report (LIKE voice_report INCLUDING INDEXES) ON COMMIT DROP")
            cursor.execute("INSERT INTO pg_temp.voice_report SELECT * FROM public.voice_report")
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"{'EXPLAIN' if connection.vendor == 'postgresql' else 'EXPLAIN QUERY PLAN'} {question}")
        plan = str(cursor.fetchall())
    assert "report_same_text" in plan or "text_mark_received_at_idx" in plan
