"""Sign in, links that work once, an empty home, the demo's door."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samskap.kernel import invitations, scope
from samskap.kernel.actions import ActionError
from samskap.kernel.invitations import Purpose
from samskap.kernel.models import Account, AuditEntry, Tenant
from samskap.kernel.policy import SYSTEM, Actor
from samskap.people import actions
from samskap.people.models import Person, School
from tests.support.world import World

PASSWORD = "fire rolige hester i regn"
SIGN_IN = "/logg-inn/"


@pytest.fixture
def amir(world: World) -> World:
    account = world.person("amir").account
    assert account is not None
    account.set_password(PASSWORD)
    account.save()
    return world


def test_amir_signs_in_and_lands_where_he_wanted(amir: World) -> None:
    client = Client()
    answer = client.post(SIGN_IN, {"username": "Amir ", "password": PASSWORD, "next": "/om/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/om/")
    assert AuditEntry.objects.filter(verb="people.signed_in", person_id=amir.person("amir").pk).exists()


@pytest.mark.parametrize("goal", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_a_foreign_goal_is_not_followed(amir: World, goal: str) -> None:
    answer = Client().post(SIGN_IN, {"username": "amir", "password": PASSWORD, "next": goal})
    assert answer.headers["Location"] == "/"


def test_what_was_wrong_is_not_told(amir: World) -> None:
    unknown = Client().post(SIGN_IN, {"username": "ingen", "password": "x"}).content.decode()
    wrong = Client().post(SIGN_IN, {"username": "amir", "password": "x"}).content.decode()
    assert "ingen" in unknown
    assert "amir" in wrong
    assert unknown.count("s-summary") == wrong.count("s-summary")


def test_many_wrong_tries_make_that_name_wait_and_nobody_else(amir: World) -> None:
    client = Client()
    for _ in range(10):
        client.post(SIGN_IN, {"username": "ingrid", "password": "guess"})
    assert client.post(SIGN_IN, {"username": "ingrid", "password": "guess"}).status_code == 422
    assert Client().post(SIGN_IN, {"username": "amir", "password": PASSWORD}).status_code == 302


def test_an_invited_person_makes_an_account_once(world: World) -> None:
    nina = world.actor("nina")
    person = actions.add_person(by=nina, name="Ola Nyberg")
    secret = actions.invite(by=nina, person=person)
    url = reverse("people:invitation", args=[secret])
    client = Client()
    assert client.get(url).status_code == 200
    too_short = client.post(url, {"username": "ola", "password": "kort"})
    assert too_short.status_code == 422
    answer = client.post(url, {"username": "ola@skole.no", "password": PASSWORD})
    assert answer.headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert Client().get(url).status_code == 404


def test_a_taken_user_name_leaves_the_link_open(world: World) -> None:
    nina = world.actor("nina")
    secret = actions.invite(by=nina, person=actions.add_person(by=nina, name="Ola Nyberg"))
    url = reverse("people:invitation", args=[secret])
    answer = Client().post(url, {"username": "amir", "password": PASSWORD})
    assert answer.status_code == 422
    assert invitations.find(secret, Purpose.ACCOUNT) is not None


def test_a_new_municipality_is_set_up_from_an_empty_home(world: World) -> None:
    secret = invitations.issue(Purpose.SETUP)
    url = reverse("people:setup", args=[secret])
    values = {
        "owner_name": "Nyvik kommune", "written_form": "nn", "person_name": "Anna Nyvik",
        "username": "anna", "password": PASSWORD,
    }  # fmt: skip
    client = Client()
    assert client.post(url, {**values, "password": "kort"}).status_code == 422
    assert client.post(url, values).status_code == 302
    tenant = Tenant.objects.get(name="Nyvik kommune")
    assert not tenant.is_demo
    assert client.get(reverse("people:manage")).status_code == 200
    school = {"name": "Nyvik skule", "organisation_number": "", "first_grade": 1, "last_grade": 7, "written_form": "nn"}
    page = client.get(reverse("people:new_school"))
    once = page.context["form"]["once"].value()
    assert client.post(reverse("people:new_school"), {**school, "once": once}).status_code == 302
    assert client.post(reverse("people:new_school"), {**school, "once": once}).status_code == 302
    with scope.tenant_scope(tenant.pk):
        assert School.objects.count() == 1
    assert Client().post(url, values).status_code == 404


def test_the_demos_door_does_not_exist_outside_the_demo(world: World) -> None:
    person = world.person("ingrid")
    client = Client()
    assert client.post("/demo/", {"person": str(person.pk)}).status_code == 404
    assert client.get("/").status_code == 302


def test_in_the_demo_one_click_is_enough_but_never_to_a_real_owner(world: World, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]  # pytest-django's settings take any name
    client = Client()
    assert client.post("/demo/", {"person": str(world.person("ingrid").pk)}).headers["Location"] == "/"
    real = actions.open_owner(by=SYSTEM, name="Ekte kommune")
    with scope.tenant_scope(real.pk):
        account = actions.first_administrator(by=Actor(tenant_id=real.pk), name="Ekte", username="ekte", password=PASSWORD)
        person = Person.objects.get(account=account)
    assert Client().post("/demo/", {"person": str(person.pk)}).status_code == 404
    assert Client().post("/demo/", {"person": "not-an-id"}).status_code == 404


def test_a_closed_account_is_nobody_with_the_next_request(amir: World) -> None:
    client = amir.client("amir")
    assert client.get("/").status_code == 200
    Account.objects.filter(username="amir").update(is_active=False)
    assert client.get("/").status_code == 302


def test_signing_out_clears_the_browser(world: World) -> None:
    answer = world.client("amir").post("/logg-ut/")
    assert "cache" in answer.headers["Clear-Site-Data"]


def test_the_language_is_kept_with_the_account(world: World) -> None:
    client = world.client("amir")
    client.post("/sprak/", {"language": "nn", "next": "/om/"})
    assert 'lang="nn"' in client.get("/om/").content.decode()
    assert 'lang="nn"' in world.client("amir").get("/om/").content.decode()


def test_the_last_administrator_stays(world: World) -> None:
    nina = world.person("nina")
    row = nina.assignments.model._base_manager.get(person=nina, role="admin")
    with pytest.raises(ActionError):
        actions.end_assignment(by=world.actor("nina"), assignment=row)
    answer = world.client("nina").post(
        reverse("people:end_role", args=[nina.pk]), {"once": str(uuid4()), "assignment": str(row.pk)}, follow=True
    )
    assert "siste administratoren" in answer.content.decode()
    assert world.actor("nina").holds("admin")


def test_one_who_is_locked_out_gets_a_link_from_the_machine(world: World) -> None:
    secret = actions.rescue_link("Amir")
    answer = Client().post(reverse("people:invitation", args=[secret]), {"password": PASSWORD})
    assert answer.headers["Location"] == "/"
    with pytest.raises(ActionError):
        actions.rescue_link("nobody")


def test_the_list_of_people_shows_roles_of_today(world: World) -> None:
    html = world.client("nina").get(reverse("people:manage"), {"sok": "geir"}).content.decode()
    assert "Geir Rustad" in html
    assert "veileder, Elvesletta" not in html
