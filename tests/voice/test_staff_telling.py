"""Employees tell, take down what others say, and look after the school's public address."""

import re
from contextlib import nullcontext
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samskap.kernel import clock, scope
from samskap.kernel.actions import ActionError
from samskap.people import actions as people
from samskap.voice import actions, queries, rules
from samskap.voice.models import Report
from tests.support.world import World
from tests.voice import telling, things
from tests.voice.things import TOLD, page, press, school_url, shown


def test_an_employee_tells_on_one_screen_once_and_has_a_receipt(world: World) -> None:
    silje, form = world.client("silje"), {"once": str(uuid4()), **TOLD}
    first, second = (silje.post(school_url(world), form) for _ in range(2))
    (found,) = Report._base_manager.all()
    assert first.headers["Location"] == second.headers["Location"] == reverse("voice:own_report", args=[found.pk])
    assert (found.author_id, found.channel, found.kind) == (world.person("silje").pk, "signed_in", "report")
    assert "Du har meldt fra. Takk." in shown(silje.get(first.headers["Location"]))
    pdf = silje.get(reverse("voice:receipt", args=[found.pk]))
    assert pdf.content.startswith(b"%PDF")


@pytest.mark.parametrize(("hour", "later"), [(10, False), (22, True)])
def test_one_who_tells_in_the_evening_is_told_that_nobody_reads_now(world: World, hour: int, later: bool) -> None:
    with clock.frozen(datetime(2026, 11, 24, hour, 0, tzinfo=clock.OSLO)):
        page = shown(world.client("silje").get(school_url(world)))
    assert ("Ingen i ledelsen leser dette akkurat nå" in page) == later


@pytest.mark.parametrize("kind", ["stepped_in", "observation"])
def test_stepping_in_and_what_one_saw_are_told_on_the_same_screen(world: World, kind: str) -> None:
    assert world.client("silje").post(school_url(world), {"once": str(uuid4()), **TOLD, "kind": kind}).status_code == 302
    assert Report._base_manager.get().kind == kind


def test_a_refused_form_keeps_what_was_written(world: World) -> None:
    answer = world.client("silje").post(school_url(world), {"once": str(uuid4()), **TOLD, "who": "", "kind": "x"})
    assert answer.status_code == 422
    assert "Han gråt i garderoben." in shown(answer)
    assert not Report._base_manager.exists()


@pytest.mark.parametrize("staff", ["", "amir"])
def test_the_answer_that_decides_who_reads_is_never_chosen_beforehand(world: World, staff: str) -> None:
    silje = world.client("silje")
    for name in ("tell_at", "take_down"):
        assert not re.search(r'name="(concerns|sender_kind)"[^>]* checked', shown(silje.get(school_url(world, name))))
    form = {"once": str(uuid4()), **TOLD, "staff": str(world.person(staff).pk) if staff else ""}
    answer = silje.post(school_url(world), {key: value for key, value in form.items() if key != "concerns"})
    assert answer.status_code == 422
    assert "Velg ja eller nei." in shown(answer)
    assert not Report._base_manager.exists()


def test_who_takes_down_says_who_told(world: World) -> None:
    form = {"once": str(uuid4()), **SAID, "said_on": clock.today().isoformat(), "sender_kind": ""}
    answer = world.client("silje").post(school_url(world, "take_down"), form)
    assert answer.status_code == 422
    assert "Velg hvem som forteller." in shown(answer)


@pytest.mark.parametrize("ticked", ["pupils", "employee"])
def test_a_named_colleague_makes_it_about_an_employee_who_cannot_read_it(world: World, ticked: str) -> None:
    form = {"once": str(uuid4()), **TOLD, "concerns": ticked, "staff": world.person("amir").pk}
    world.client("silje").post(school_url(world), form)
    found = Report._base_manager.get()
    assert (found.concerns, found.receiver) == ("employee", "school")
    refused = press(world.client("ingrid"), found, "give", to=world.person("amir").pk)
    assert refused.status_code == 422


@pytest.mark.parametrize("ticked", ["pupils", "employee", "leadership"])
def test_a_named_leader_makes_it_the_owners_alone_also_when_there_is_another_leader(world: World, ticked: str) -> None:
    people.assign(by=world.actor("nina"), person=world.person("kari"), role="leader", school=world.school("elvesletta"))
    form = {"once": str(uuid4()), **TOLD, "concerns": ticked, "staff": world.person("ingrid").pk}
    world.client("silje").post(school_url(world), form)
    found = Report._base_manager.get()
    assert (found.concerns, found.receiver) == ("leadership", "owner")
    assert world.client("kari").get(page(found)).status_code == 404
    assert world.client("jonas").get(page(found)).status_code == 200


SAID = {
    "sender_kind": "guardian", "name": "Hanne Bergli", "who": "Noah i 9B", "what": "Han vil ikke på skolen.",
    "concerns": "pupils", "urgency": "today", "words": "on",
}  # fmt: skip


def test_what_is_said_aloud_is_taken_down_with_words_to_hand_over(world: World) -> None:
    day = clock.today() - timedelta(days=3)
    form = {"once": str(uuid4()), **SAID, "said_on": day.isoformat()}
    first, second = (world.client("silje").post(school_url(world, "take_down"), form) for _ in range(2))
    (found,) = Report._base_manager.all()
    assert first.context["words"] == second.context["words"]
    assert found.known_at.astimezone(clock.OSLO).date() == day
    assert (found.channel, found.sender_kind) == ("aloud", "guardian")
    assert "Han vil ikke på skolen." in shown(Client().post(reverse("voice:dialogue"), {"words": first.context["words"]}))


def test_what_was_changed_after_going_back_is_not_lost(world: World) -> None:
    form = {"once": str(uuid4()), **SAID, "said_on": clock.today().isoformat()}
    silje = world.client("silje")
    silje.post(school_url(world, "take_down"), form)
    silje.post(school_url(world, "take_down"), {**form, "what": "Han vil ikke på skolen, og sover ikke."})
    (found,) = Report._base_manager.all()
    with scope.tenant_scope(world.tenant_id):
        (said,) = queries.opened(found).dialogue
    assert said.text is not None
    assert "sover ikke" in said.text


def test_without_words_it_is_taken_down_once_and_can_be_talked_about_only(world: World) -> None:
    form = {"once": str(uuid4()), **{k: v for k, v in SAID.items() if k != "words"}, "said_on": clock.today().isoformat()}
    for _ in range(2):
        assert world.client("silje").post(school_url(world, "take_down"), form).status_code == 302
    assert Report._base_manager.get().receipt is None


@pytest.mark.parametrize(("days", "why"), [
    (1, "Dagen kan ikke ligge fram i tid."), (-367, "mer enn et år tilbake"), (-46_000, "mer enn et år tilbake"), (-366, ""),
])  # fmt: skip
def test_what_is_taken_down_was_said_within_the_last_year(world: World, days: int, why: str) -> None:
    day = clock.today() + timedelta(days=days)
    answer = world.client("silje").post(
        school_url(world, "take_down"), {"once": str(uuid4()), **SAID, "said_on": day.isoformat()}
    )
    assert answer.status_code == (422 if why else 200)
    assert why in shown(answer)
    assert Report._base_manager.exists() == (not why)
    told = telling.told(world, channel=rules.Channel.ALOUD, said_on=day)
    with pytest.raises(ActionError) if why else nullcontext():
        actions.tell(by=world.actor("silje"), told=told)


def test_only_leaders_and_administrators_give_the_school_another_address(world: World) -> None:
    code, url = things.entrance(world).code, school_url(world, "entrance")
    for who, status in (("silje", 403), ("amir", 403), ("henrik", 403), ("jonas", 403), ("arne", 404)):
        assert world.client(who).post(url, {"once": str(uuid4())}).status_code == status
    assert things.entrance(world).code == code
    form = {"once": str(uuid4())}
    for _ in range(2):
        assert world.client("ingrid").post(url, form).status_code == 302
    new = things.entrance(world).code
    assert new != code
    assert world.client("nina").post(url, {"once": str(uuid4())}).status_code == 302
