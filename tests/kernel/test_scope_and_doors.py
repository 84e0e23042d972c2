"""Tenant data asked for without a scope raises; what has a history is written by actions only."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from samskap.kernel import audit, scope
from samskap.kernel.actions import ActionWithoutAudit, action
from samskap.kernel.doors import DoorClosed, open_door
from samskap.kernel.models import AuditEntry, Revision
from samskap.kernel.policy import SYSTEM, Actor
from samskap.people.models import Assignment, Person, School
from tests.support.world import World


def test_a_query_on_tenant_data_outside_a_scope_raises(world: World) -> None:
    with pytest.raises(scope.ScopeMissing):
        School.objects.all()


def test_inside_a_scope_only_the_owners_rows_are_seen(world: World) -> None:
    with scope.tenant_scope(world.tenant_id):
        names = set(School.objects.values_list("name", flat=True))
    assert "Elvesletta ungdomsskole" in names
    assert "Ytterdal skule" not in names


def test_leaving_the_scope_shows_everything_and_names_its_reason(world: World) -> None:
    with scope.outside_scope(reason="test"):
        assert School.objects.filter(name="Ytterdal skule").exists()
        with pytest.raises(scope.ScopeMissing):
            scope.current_tenant_id()


def test_a_row_cannot_be_saved_into_another_owner(world: World) -> None:
    foreign = world.school("ytterdal")
    with scope.tenant_scope(world.tenant_id), open_door(), pytest.raises(ValueError, match="another owner"):
        foreign.save()


@pytest.mark.parametrize("write", ["save", "delete"])
def test_models_are_closed_outside_actions(world: World, write: str) -> None:
    school = world.school("tjernlia")
    with scope.tenant_scope(world.tenant_id), pytest.raises(DoorClosed):
        getattr(school, write)()


def test_bulk_writes_are_closed_too(world: World) -> None:
    with scope.tenant_scope(world.tenant_id):
        for write in (
            lambda: School.objects.update(name="x"),
            lambda: School.objects.all().delete(),
            lambda: School.objects.bulk_create([School(name="x", sort_key="x")]),
            lambda: School.objects.bulk_update([world.school("tjernlia")], ["name"]),
        ):
            with pytest.raises(DoorClosed):
                write()


def insert_and_check(row: Assignment) -> None:
    row.save(force_insert=True)
    connection.check_constraints()


def test_the_database_refuses_a_reference_to_another_owner(world: World) -> None:
    ours, theirs = world.person("ingrid"), world.school("ytterdal")
    with scope.outside_scope(reason="test"), open_door():
        row = Assignment(tenant_id=ours.tenant_id, person=ours, role="leader", school=theirs, valid_from="2026-01-01")
        with pytest.raises(DatabaseError), transaction.atomic():
            insert_and_check(row)


def test_the_database_refuses_to_change_or_delete_the_audit(world: World) -> None:
    with transaction.atomic():
        audit.record(SYSTEM, "test.done")
    for statement in ("UPDATE kernel_auditentry SET verb = 'x'", "DELETE FROM kernel_auditentry"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_guards_stand_again_after_a_migration_rebuilt_the_table(world: World) -> None:
    from django.apps import apps

    from samskap.kernel import guards

    with connection.cursor() as cursor:
        for event in ("update", "delete"):
            on = ' ON "kernel_auditentry"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER "kernel_auditentry_no_{event}"{on}')
    guards.install(apps.get_app_config("kernel"))
    with transaction.atomic():
        audit.record(SYSTEM, "test.done")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_auditentry")


def test_guards_that_stand_are_left_alone(world: World) -> None:
    from django.apps import apps

    from samskap.kernel import guards

    with CaptureQueriesContext(connection) as asked:
        for config in apps.get_app_configs():
            guards.install(config)
    assert {query["sql"].split()[0] for query in asked.captured_queries} <= {"SELECT", "PRAGMA"}


def test_a_guard_that_is_another_than_it_should_be_is_laid_anew(world: World, caplog: pytest.LogCaptureFixture) -> None:
    from django.apps import apps

    from samskap.kernel import guards

    name = "kernel_auditentry_no_delete"
    if connection.vendor == "postgresql":
        other = f"ALTER TRIGGER {name} ON kernel_auditentry RENAME TO aside; CREATE TRIGGER {name} BEFORE UPDATE ON "
        other += "kernel_auditentry FOR EACH ROW EXECUTE FUNCTION samskap_append_only(); DROP TRIGGER aside ON kernel_auditentry"
        statements = other.split("; ")
    else:
        statements = [f"DROP TRIGGER {name}", f"CREATE TRIGGER {name} BEFORE DELETE ON kernel_auditentry BEGIN SELECT 1; END"]
    with transaction.atomic(), connection.cursor() as cursor:
        audit.record(SYSTEM, "test.done")
        for statement in statements:
            cursor.execute(statement)
    with caplog.at_level("WARNING"):
        guards.install(apps.get_app_config("kernel"))
    assert name in caplog.text, "the operator reads of it"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_auditentry")


def test_an_action_without_an_audit_row_undoes_itself(world: World) -> None:
    @action
    def silent(*, by: Actor, school: School) -> None:
        school.name = "Changed"
        school.save()

    school = world.school("tjernlia")
    with pytest.raises(ActionWithoutAudit):
        silent(by=Actor(tenant_id=world.tenant_id), school=school)
    assert world.school("tjernlia").name == "Tjernlia skole"


def test_an_action_takes_keywords_and_a_by(world: World) -> None:
    @action
    def hello(*, by: Actor) -> None:
        audit.record(by, "test.hello")

    with pytest.raises(TypeError):
        hello(by="me")  # type: ignore[arg-type]  # this is what is tested
    before = AuditEntry.objects.count()
    hello(by=SYSTEM)
    assert AuditEntry.objects.count() == before + 1


def test_audit_details_hold_no_text_and_stand_in_a_transaction(world: World) -> None:
    with transaction.atomic(), pytest.raises(ValueError, match="looks like text"):
        audit.record(SYSTEM, "test.done", note="what somebody wrote")


def test_revisions_belong_to_the_append_only_tables() -> None:
    assert AuditEntry.append_only
    assert Revision.append_only


def test_no_foreign_key_leads_to_a_higher_floor() -> None:
    from django.apps import apps

    floors = {"kernel": 1, "people": 2, "results": 3, "improve": 3, "practice": 3, "voice": 3, "cases": 3, "pulse": 3,
              "project": 3, "records": 4, "oversight": 4, "site": 5}  # fmt: skip
    for model in apps.get_models():
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if field.auto_created or target is None or isinstance(target, str):
                continue
            own, other = floors.get(model._meta.app_label), floors.get(target._meta.app_label)
            assert own is None or other is None or other <= own, f"{model.__name__}.{field.name} points up"


def test_persons_are_not_seen_by_account_alone(world: World) -> None:
    with pytest.raises(scope.ScopeMissing):
        Person.objects.count()
