"""What an administrator cannot do: take another owner's school, write a name of nothing, lock everybody out."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samskap.kernel import clock, invitations, scope
from samskap.kernel.actions import ActionError
from samskap.kernel.doors import open_door
from samskap.kernel.invitations import Purpose
from samskap.kernel.models import Account, AuditEntry, Tenant
from samskap.kernel.policy import SYSTEM, Actor
from samskap.people import actions
from samskap.people.models import Assignment, Level, Owner, Person, Role, Unit
from samskap.site.demo import cast
from tests.support.world import World

PASSWORD = "fire rolige hester i regn"
FREE = cast.organisation_number("10000085")


def new_school(world: World, number: str, name: str = "Lånt skole", who: str = "nina") -> tuple[int, str]:
    form = {
        "once": str(uuid4()), "name": name, "organisation_number": number, "first_grade": 1, "last_grade": 7,
        "written_form": "nb",
    }  # fmt: skip
    answer = world.client(who).post(reverse("people:new_school"), form)
    return answer.status_code, answer.content.decode()


def test_nobody_takes_another_owners_school_by_its_number(world: World) -> None:
    status, text = new_school(world, cast.school("elvesletta").number, who="sigrid")
    assert (status, "annen skoleeier" in text or "annan skuleeigar" in text) == (422, True)
    school = world.school("ytterdal")
    unit = actions.unit_for(cast.school("elvesletta").number, "x")
    with scope.tenant_scope(school.tenant_id), pytest.raises(ActionError) as refused:
        actions.change_school(
            by=world.actor("sigrid"), school=school, unit=unit, name=school.name, first_grade=1, last_grade=10,
            written_form="nn", in_project=False, active=True,
        )  # fmt: skip
    assert refused.value.field == "organisation_number"


def municipality(name: str, parent: Unit | None = None, level: Level = Level.MUNICIPALITY) -> Unit:
    return Unit.objects.create(level=level, name=name, sort_key=name.lower(), search_key=name.lower(), parent=parent)


@pytest.mark.parametrize(("home", "lies_in", "status"), [
    ("Her", "Her", 302), ("Her", "Der", 422), ("", "Der", 302), ("Her", "", 302), ("Fylket", "Der", 302),
    ("Annet fylke", "Der", 422),
])  # fmt: skip
def test_a_school_of_another_municipality_is_refused_where_the_register_knows_it(
    home: str, lies_in: str, status: int, world: World
) -> None:
    county = municipality("Fylket", level=Level.COUNTY)
    units = {"Fylket": county, "Annet fylke": municipality("Annet fylke", level=Level.COUNTY)}
    units |= {name: municipality(name, county) for name in ("Her", "Der")}
    unit = actions.unit_for(FREE, "Skolen")
    assert unit is not None
    Unit.objects.filter(pk=unit.pk).update(parent=units.get(lies_in))
    with scope.tenant_scope(world.tenant_id), open_door():
        Owner.objects.update(unit=units.get(home))
    assert new_school(world, FREE)[0] == status


def test_the_same_number_twice_at_one_owner_is_said_at_the_field(world: World) -> None:
    status, text = new_school(world, cast.school("elvesletta").number)
    assert (status, "En annen skole har" in text) == (422, True)


def test_digits_of_another_script_are_no_organisation_number(world: World) -> None:
    arabic = FREE.translate({ord(str(n)): chr(0x660 + n) for n in range(10)})
    assert new_school(world, arabic)[0] == 422


@pytest.mark.parametrize("name", ["\u200b", "\u200b \u2060", "\u3164", "\u2800", "--"])
def test_a_name_in_which_nothing_can_be_read_is_refused(name: str, world: World) -> None:
    status, text = new_school(world, "", name=name)
    assert (status, "Skriv et navn" in text) == (422, True)
    answer = world.client("nina").post(reverse("people:new_person"), {"once": str(uuid4()), "name": name, "title": ""})
    assert (answer.status_code, "Skriv et navn" in answer.content.decode()) == (422, True)


def test_the_longest_name_in_norwegian_letters_is_kept(world: World) -> None:
    assert new_school(world, "", name="å" * 200)[0] == 302
    person = actions.add_person(by=world.actor("nina"), name="Å" * 200)
    person.refresh_from_db()
    assert (len(person.name), len(person.sort_key)) == (200, 220)


def roles(world: World, *keys: str) -> list[Assignment]:
    with scope.tenant_scope(world.tenant_id):
        return [Assignment.objects.get(person=world.person(key), role=Role.ADMIN) for key in keys]


@pytest.mark.parametrize("kind", ["no account", "one school", "inactive", "closed", "ends"])
def test_an_administrator_who_cannot_give_roles_tomorrow_does_not_count(kind: str, world: World) -> None:
    nina, other = world.actor("nina"), world.person("silje")
    with scope.tenant_scope(world.tenant_id):
        if kind == "no account":
            other = actions.add_person(by=nina, name="Ole Uten")
        with open_door():
            Person.objects.filter(pk=other.pk).update(active=kind != "inactive")
            Account.objects.filter(pk=other.account_id or actions.NOBODY).update(is_active=kind != "closed")
            Assignment.objects.create(
                person=other, role=Role.ADMIN, valid_from=clock.today(), valid_to=clock.today() if kind == "ends" else None,
                school=world.school("elvesletta") if kind == "one school" else None,
            )  # fmt: skip
        with pytest.raises(ActionError):
            actions.end_assignment(by=nina, assignment=roles(world, "nina")[0])


def test_an_administrator_may_go_when_another_one_stays_but_not_both(world: World) -> None:
    nina, other = world.actor("nina"), world.person("silje")
    with scope.tenant_scope(world.tenant_id):
        actions.assign(by=nina, person=other, role=Role.ADMIN)
        first, second = roles(world, "nina", "silje")
        actions.end_assignment(by=nina, assignment=first)
        with pytest.raises(ActionError):
            actions.end_assignment(by=world.actor("silje"), assignment=second)


@pytest.fixture
def real(world: World) -> tuple[Tenant, Account]:
    """A real owner whose administrator has a password and has not signed in yet."""
    tenant = actions.open_owner(by=SYSTEM, name="Nyvik kommune")
    with scope.tenant_scope(tenant.pk):
        account = actions.first_administrator(by=Actor(tenant_id=tenant.pk), name="Anna", username="anna", password=PASSWORD)
    return tenant, account


def test_one_whose_account_was_never_taken_is_no_administrator(real: tuple[Tenant, Account]) -> None:
    tenant, account = real
    with scope.tenant_scope(tenant.pk):
        assert actions.administrators().count() == 1
        Account.objects.filter(pk=account.pk).update(password=actions.NO_PASSWORD)
        assert actions.administrators().count() == 0
        Account.objects.filter(pk=account.pk).update(last_login=clock.now())
        assert actions.administrators().count() == 1


def test_a_rescue_gives_the_role_only_where_nobody_has_it(real: tuple[Tenant, Account]) -> None:
    tenant, _account = real
    assert actions.rescue_owner("anna") == ""
    with scope.tenant_scope(tenant.pk), open_door():
        Assignment.objects.filter(role=Role.ADMIN).delete()
    assert actions.rescue_owner(" Anna") == "Nyvik kommune"
    assert actions.rescue_owner("anna") == ""
    with scope.tenant_scope(tenant.pk):
        assert actions.administrators().count() == 1
    assert AuditEntry.objects.filter(verb="people.administrator_rescued").count() == 1
    with pytest.raises(ActionError):
        actions.rescue_owner("nobody")


def test_a_double_click_ends_a_role_once(world: World) -> None:
    client, person = world.client("nina"), world.person("silje")
    with scope.tenant_scope(world.tenant_id):
        row = Assignment.objects.get(person=person)
    page = reverse("people:person", args=[person.pk])
    assert client.get(page).content.count(b'name="once"') >= 2
    sent = {"once": str(uuid4()), "assignment": str(row.pk)}
    answers = [client.post(reverse("people:end_role", args=[person.pk]), sent) for _ in range(2)]
    assert [(answer.status_code, answer.headers["Location"]) for answer in answers] == [(302, page)] * 2
    assert AuditEntry.objects.filter(verb="people.role_ended", object_id=str(row.pk)).count() == 1


def test_a_refusal_about_a_field_that_the_form_does_not_have_is_said_above_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**more: object) -> None:
        raise ActionError("Nei, nå går det ikke.", "no_such_field")

    monkeypatch.setattr(actions, "add_person", refuse)
    answer = world.client("nina").post(reverse("people:new_person"), {"once": str(uuid4()), "name": "Ola", "title": ""})
    assert (answer.status_code, "nå går det ikke" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("field", ["owner_name", "person_name"])
def test_a_municipality_is_not_set_up_without_names(field: str, world: World) -> None:
    values = {
        "owner_name": "Nyvik kommune", "written_form": "nn", "person_name": "Anna Nyvik", "username": "anna",
        "password": PASSWORD,
    }  # fmt: skip
    url = reverse("people:setup", args=[invitations.issue(Purpose.SETUP)])
    assert Client().post(url, {**values, field: "\u200b"}).status_code == 422
    assert not Tenant.objects.filter(name="Nyvik kommune").exists()
    assert Client().post(url, values).status_code == 302


def test_what_is_refused_about_a_link_is_said_above_its_form(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = invitations.issue(Purpose.PASSWORD, tenant_id=world.tenant_id, person_id=world.person("amir").pk)

    def refuse(*more: object, **named: object) -> None:
        raise ActionError("Nei, nå går det ikke.", "username")

    monkeypatch.setattr(actions, "accept", refuse)
    answer = Client().post(reverse("people:invitation", args=[secret]), {"password": PASSWORD})
    assert (answer.status_code, "nå går det ikke" in answer.content.decode()) == (422, True)
