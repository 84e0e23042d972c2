"""The second factor: who is asked, what holds, what is used up, and what an administrator and a thief can do."""

import base64
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from samskap.kernel import clock, strength, vault
from samskap.kernel.actions import ActionError
from samskap.kernel.models import AuditEntry, SecondFactor
from samskap.kernel.policy import SYSTEM, NotAllowed
from samskap.people import factors
from tests.support.world import World

NOW = datetime(2026, 11, 23, 10, 0, 7, tzinfo=UTC)
SECRET = bytes(range(20))
QUESTION, SECURITY = "/sikkerhet/bekreft/", "/sikkerhet/"
Kind = SecondFactor.Kind


def step() -> int:
    return int(clock.now().timestamp()) // factors.STEP


def code(offset: int = 0) -> str:
    return factors.code_at(SECRET, step() + offset)


def with_app(world: World, key: str = "ingrid", *, used: int = -5) -> SecondFactor:
    """An app whose last used code lies a while back."""
    row = factors.add_app(by=world.actor(key), secret=SECRET, code=code())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_secondfactor SET counter = %s WHERE kind = 'totp'", [step() + used])
    return row


def codes_of(world: World, key: str = "ingrid") -> tuple[str, ...]:
    return factors.make_recovery_codes(by=replace(world.actor(key), strong=True))


def is_strong(client: Client) -> bool:
    return client.get(QUESTION).status_code == 302


# --- who is asked ----------------------------------------------------------------------------------------------------


def test_a_weak_session_is_led_to_the_question_and_back(world: World) -> None:
    with_app(world, "nina")
    client = world.client("nina", strong=False)
    url = reverse("people:reset_factors", args=[world.person("amir").pk])
    page = reverse("people:person", args=[world.person("amir").pk])
    asked = client.post(url, headers={"Referer": f"http://testserver{page}"})
    assert asked.headers["Location"] == f"{QUESTION}?next={page}"
    answer = client.post(QUESTION, {"code": code(), "next": page})
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    assert is_strong(client)


def test_what_one_may_not_see_is_not_found_before_any_question(world: World) -> None:
    url = reverse("people:reset_factors", args=[world.person("amir").pk])
    for key in ("ingrid", "liv", "per"):
        assert world.client(key, strong=False).post(url).status_code == 404


def test_a_page_part_is_led_there_by_its_header(world: World) -> None:
    url = reverse("people:reset_factors", args=[world.person("amir").pk])
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/skoler-og-folk/?side=2"}
    answer = world.client("nina", strong=False).post(url, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == f"{QUESTION}?next=%2Fskoler-og-folk%2F%3Fside%3D2"
    nobody = Client().get("/skoler-og-folk/", headers={"HX-Request": "true"})
    assert nobody.headers["HX-Redirect"] == "/logg-inn/"


def test_a_foreign_page_is_not_what_a_button_leads_back_to(world: World) -> None:
    url = reverse("people:reset_factors", args=[world.person("amir").pk])
    answer = world.client("nina", strong=False).post(url, headers={"Referer": "https://evil.example/skoler-og-folk/"})
    assert answer.headers["Location"] == f"{QUESTION}?next=/"


def test_one_who_has_none_is_led_to_set_one_up(world: World) -> None:
    html = world.client("ingrid", strong=False).get(f"{QUESTION}?next=/om/").content.decode()
    assert "/sikkerhet/app/?next=%2Fom%2F" in html
    assert "/sikkerhet/passnokkel/?next=%2Fom%2F" in html


@pytest.mark.parametrize("goal", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_a_foreign_goal_is_not_followed(world: World, goal: str) -> None:
    with_app(world)
    answer = world.client("ingrid", strong=False).post(QUESTION, {"code": code(), "next": goal})
    assert answer.headers["Location"] == "/"
    assert world.client("ingrid").get(QUESTION, {"next": goal}).headers["Location"] == "/"


# --- the app ---------------------------------------------------------------------------------------------------------


def test_the_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B: the last six of its eight digits."""
    secret = b"12345678901234567890"
    assert [factors.code_at(secret, moment // 30) for moment in (59, 1111111109, 20000000000)] == ["287082", "081804", "353130"]


@pytest.mark.parametrize(("offset", "holds"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_drift_by_one_step(offset: int, holds: bool) -> None:
    with clock.frozen(NOW):
        assert (factors.step_of(SECRET, code(offset)) is not None) is holds


@given(st.text(max_size=12))
def test_nothing_else_is_a_code(given_text: str) -> None:
    with clock.frozen(NOW):
        right = {code(offset) for offset in (-1, 0, 1)}
        assert (factors.step_of(SECRET, given_text) is not None) is ("".join(given_text.split()) in right)


@pytest.mark.parametrize("wrong", ["000000", "abcdef", "", "12345", "１２３４５６"])
def test_a_wrong_code_does_not_open(world: World, wrong: str) -> None:
    with clock.frozen(NOW):
        with_app(world)
        client = world.client("ingrid", strong=False)
        assert client.post(QUESTION, {"code": wrong}).status_code == 422
        assert not is_strong(client)


def test_a_code_works_once_for_one_person_and_with_spaces(world: World) -> None:
    with clock.frozen(NOW):
        with_app(world)
        spaced = f"{code()[:3]} {code()[3:]}"
        assert world.client("ingrid", strong=False).post(QUESTION, {"code": spaced}).status_code == 302
        again = world.client("ingrid", strong=False).post(QUESTION, {"code": code()})
        assert again.status_code == 422
        assert "brukt" in again.content.decode()
        earlier = world.client("ingrid", strong=False).post(QUESTION, {"code": code(-1)})
        assert earlier.status_code == 422
        assert world.client("amir", strong=False).post(QUESTION, {"code": code(1)}).status_code == 200
        assert not is_strong(world.client("amir", strong=False))


def test_a_double_click_is_no_mistake(world: World) -> None:
    with_app(world)
    client = world.client("ingrid", strong=False)
    first, second = (client.post(QUESTION, {"code": code(), "next": "/om/"}) for _click in range(2))
    assert [first.headers["Location"], second.headers["Location"]] == ["/om/", "/om/"]


def test_the_first_code_when_setting_up_is_used_too(world: World) -> None:
    with clock.frozen(NOW):
        factors.add_app(by=world.actor("ingrid"), secret=SECRET, code=code())
        assert world.client("ingrid", strong=False).post(QUESTION, {"code": code()}).status_code == 422


def test_six_wrong_tries_make_that_account_wait_and_nobody_else(world: World) -> None:
    with clock.frozen(NOW):
        with_app(world)
        clients = [world.client("ingrid", strong=False) for _window in range(7)]
        for client in clients[:6]:
            assert client.post(QUESTION, {"code": "000000"}).status_code == 422
        right = clients[6].post(QUESTION, {"code": code()})
        assert right.status_code == 422
        assert "For mange forsøk" in right.content.decode()
    with clock.frozen(NOW + timedelta(minutes=1)):
        assert clients[6].post(QUESTION, {"code": code()}).status_code == 302


def test_a_right_code_forgets_the_wrong_ones(world: World) -> None:
    with clock.frozen(NOW):
        with_app(world)
        for _try in range(5):
            world.client("ingrid", strong=False).post(QUESTION, {"code": "000000"})
        assert world.client("ingrid", strong=False).post(QUESTION, {"code": code()}).status_code == 302
        assert world.client("ingrid", strong=False).post(QUESTION, {"code": code(1)}).status_code == 302


# --- recovery codes --------------------------------------------------------------------------------------------------


def test_a_recovery_code_works_once_and_only_for_its_owner(world: World) -> None:
    with_app(world)
    with_app(world, "amir")
    first, second, *_rest = codes_of(world)
    assert world.client("amir", strong=False).post(QUESTION, {"recovery": first}).status_code == 422
    assert world.client("ingrid", strong=False).post(QUESTION, {"recovery": first}).status_code == 302
    assert world.client("ingrid", strong=False).post(QUESTION, {"recovery": first}).status_code == 422
    written = second.replace("-", " ").upper()
    assert world.client("ingrid", strong=False).post(QUESTION, {"recovery": written}).status_code == 302
    assert factors.codes_left(world.person("ingrid").account_id) == 8


def test_new_recovery_codes_void_the_earlier_ones(world: World) -> None:
    with_app(world)
    old, new = codes_of(world), codes_of(world)
    assert world.client("ingrid", strong=False).post(QUESTION, {"recovery": old[0]}).status_code == 422
    assert world.client("ingrid", strong=False).post(QUESTION, {"recovery": new[0]}).status_code == 302


# --- setting up and taking away --------------------------------------------------------------------------------------


def set_up(client: Client, name: str = "", then: str = "/om/") -> tuple[Any, bytes]:
    page = client.get(f"/sikkerhet/app/?next={then}")
    words = page.context["app"].words.replace(" ", "")
    secret = base64.b32decode(words)
    values = {"once": page.context["form"]["once"].value(), "code": factors.code_at(secret, step()), "name": name, "next": then}
    return client.post("/sikkerhet/app/", values), secret


def test_ingrid_sets_up_an_app_and_gets_codes_to_print(world: World) -> None:
    client = world.client("ingrid", strong=False)
    answer, _secret = set_up(client, "Mobilen")
    assert answer.headers["Location"] == "/sikkerhet/reservekoder/?next=%2Fom%2F"
    shown = client.post("/sikkerhet/reservekoder/", {"next": "/om/"})
    assert len(re.findall(r"<code>[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}</code>", shown.content.decode())) == 10
    listed = client.get(SECURITY).content.decode()
    assert "Mobilen" in listed
    assert "10 koder igjen" in listed
    row = SecondFactor.objects.get(kind=Kind.APP)
    verbs = set(AuditEntry.objects.filter(account_id=row.account_id).values_list("verb", flat=True))
    assert {"people.factor_added", "people.recovery_codes_made"} <= verbs


def test_a_wrong_first_code_keeps_the_secret_on_the_page(world: World) -> None:
    client = world.client("ingrid", strong=False)
    page = client.get("/sikkerhet/app/")
    again = client.post("/sikkerhet/app/", {"once": page.context["form"]["once"].value(), "code": "000000"})
    assert again.status_code == 422
    assert again.context["app"] == page.context["app"]
    assert not SecondFactor.objects.exists()


def test_setting_up_twice_with_a_double_click_keeps_one(world: World) -> None:
    client = world.client("ingrid", strong=False)
    page = client.get("/sikkerhet/app/")
    secret = base64.b32decode(page.context["app"].words.replace(" ", ""))
    values = {"once": page.context["form"]["once"].value(), "code": factors.code_at(secret, step())}
    first, second = (client.post("/sikkerhet/app/", values) for _click in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert SecondFactor.objects.count() == 1


@pytest.mark.parametrize("path", [SECURITY, "/sikkerhet/app/", "/sikkerhet/passnokkel/", "/sikkerhet/reservekoder/"])
def test_a_stolen_password_changes_nothing_where_there_is_a_factor(world: World, path: str) -> None:
    row = with_app(world)
    client = world.client("ingrid", strong=False)
    assert client.get(path).headers["Location"] == f"{QUESTION}?next={path}"
    assert client.post(path).status_code in (302, 405)
    client.post(f"/sikkerhet/{row.pk}/fjern/")
    assert factors.of(row.account_id).count() == 1
    with pytest.raises(NotAllowed):
        factors.add_app(by=world.actor("ingrid"), secret=SECRET, code=code())
    with pytest.raises(NotAllowed):
        factors.make_recovery_codes(by=world.actor("ingrid"))


def test_the_last_one_stays_while_one_reads_reports(world: World) -> None:
    row = with_app(world, "ingrid")
    client = world.client("ingrid")
    answer = client.post(f"/sikkerhet/{row.pk}/fjern/", follow=True)
    assert "så én må bli stående. Legg til en annen først" in answer.content.decode()
    other, _secret = set_up(client)
    assert other.headers["Location"] == "/om/"
    client.post(f"/sikkerhet/{row.pk}/fjern/")
    assert list(factors.of(row.account_id).values_list("pk", flat=True)) != [row.pk]
    assert factors.of(row.account_id).count() == 1


def test_one_who_reads_no_reports_may_remove_all_and_the_codes_go_too(world: World) -> None:
    row = with_app(world, "amir")
    codes_of(world, "amir")
    world.client("amir").post(f"/sikkerhet/{row.pk}/fjern/")
    assert not SecondFactor.objects.filter(account_id=row.account_id).exists()


def test_nobody_removes_a_colleagues_own(world: World) -> None:
    row = with_app(world, "ingrid")
    assert world.client("amir").post(f"/sikkerhet/{row.pk}/fjern/").status_code == 404
    assert factors.of(row.account_id).exists()


def test_taking_one_away_ends_the_strength_of_other_windows_and_keeps_ones_own(world: World) -> None:
    row = with_app(world, "amir")
    here, elsewhere = world.client("amir"), world.client("amir")
    set_up(here)
    here.post(f"/sikkerhet/{row.pk}/fjern/")
    assert (is_strong(here), is_strong(elsewhere)) == (True, False)


def test_the_administrator_resets_and_the_persons_sessions_are_weak(world: World) -> None:
    row = with_app(world, "ingrid")
    codes_of(world, "ingrid")
    ingrid, nina = world.client("ingrid"), world.client("nina")
    page = reverse("people:person", args=[world.person("ingrid").pk])
    assert reverse("people:reset_factors", args=[world.person("ingrid").pk]) in nina.get(page).content.decode()
    assert nina.post(reverse("people:reset_factors", args=[world.person("ingrid").pk])).headers["Location"] == page
    assert not SecondFactor.objects.filter(account_id=row.account_id).exists()
    assert not is_strong(ingrid)
    assert AuditEntry.objects.filter(verb="people.factors_reset", object_id=str(world.person("ingrid").pk)).exists()


def test_the_administrators_own_are_not_reset_there(world: World) -> None:
    row = with_app(world, "nina")
    world.client("nina").post(reverse("people:reset_factors", args=[world.person("nina").pk]))
    assert factors.of(row.account_id).exists()


def test_the_machine_itself_can_remove_them_and_nobody_else_that_way(world: World) -> None:
    row = with_app(world, "ingrid")
    with pytest.raises(NotAllowed):
        factors.rescue(by=world.actor("nina"), username="ingrid")
    with pytest.raises(ActionError):
        factors.rescue(by=SYSTEM, username="nobody")
    assert factors.rescue(by=SYSTEM, username=" Ingrid") == 1
    assert not factors.of(row.account_id).exists()
    assert AuditEntry.objects.filter(verb="people.factors_rescued", object_id=str(world.person("ingrid").pk)).exists()


# --- the session -----------------------------------------------------------------------------------------------------


def test_strength_ends_with_signing_out(world: World) -> None:
    client = world.client("ingrid")
    assert is_strong(client)
    client.post("/logg-ut/")
    assert strength.KEY not in client.session


def test_a_new_sign_in_in_the_same_window_begins_weak(world: World) -> None:
    account = world.person("ingrid").account
    assert account is not None
    account.set_password("fire rolige hester i regn")
    account.save()
    client = Client()
    signed_in = {"username": "ingrid", "password": "fire rolige hester i regn"}
    client.post("/logg-inn/", signed_in)
    session = client.session
    session[strength.KEY] = clock.now().isoformat()
    session.save()
    assert is_strong(client)
    client.post("/logg-inn/", signed_in)
    assert not is_strong(client)


def test_in_the_demo_one_click_is_strong_and_elsewhere_there_is_no_such_click(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = {"person": str(world.person("ingrid").pk)}
    assert Client().post("/demo/", person).status_code == 404
    monkeypatch.setattr(settings, "DEMO", True)
    client = Client()
    client.post("/demo/", person)
    assert is_strong(client)


# --- at rest ---------------------------------------------------------------------------------------------------------


def everything() -> bytes:
    """What stands in every table of the database, text and bytes."""
    found = bytearray()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                found += b"|".join(bytes(v) if isinstance(v, (bytes, memoryview)) else str(v).encode() for v in row)
    return bytes(found)


def test_no_secret_stands_in_the_database_as_text(world: World) -> None:
    client = world.client("ingrid", strong=False)
    _answer, secret = set_up(client, "Kan leses her")
    pending = base64.b32decode(client.get("/sikkerhet/app/").context["app"].words.replace(" ", ""))
    codes = codes_of(world)
    stored = everything() + b"".join(base64.b64decode(part + b"===") for part in re.findall(rb"eyJ[\w-]+", everything()))
    assert b"Kan leses her" in stored
    for one in (secret, pending):
        for form in (one, base64.b32encode(one), base64.b64encode(one), one.hex().encode()):
            assert form not in stored
    assert not [one for one in codes if one.encode() in stored or one.replace("-", "").encode() in stored]


def test_a_secret_moved_to_another_row_does_not_open(world: World) -> None:
    with clock.frozen(NOW):
        mine = with_app(world, "ingrid")
        other = factors.add_app(by=world.actor("amir"), secret=bytes(20), code=factors.code_at(bytes(20), step()))
        with connection.cursor() as cursor:
            cursor.execute("UPDATE kernel_secondfactor SET secret = %s, counter = 0", [bytes(other.secret or b"")])
        assert (
            world.client("ingrid", strong=False).post(QUESTION, {"code": factors.code_at(bytes(20), step())}).status_code == 422
        )
        assert mine.pk != other.pk


@given(st.binary(max_size=60))
def test_what_is_damaged_does_not_decrypt(blob: bytes) -> None:
    with pytest.raises(vault.CannotDecrypt):
        vault.decrypt(blob, context="x")
