"""When it is read: what goes past the school in the municipality's time; nobody is promised who cannot open it."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samskap.kernel import clock, scope
from samskap.kernel.actions import ActionError
from samskap.kernel.doors import open_door
from samskap.kernel.models import Account, SecondFactor
from samskap.people import actions as people
from samskap.people import actions_school as school_life
from samskap.people.models import School, StandIn
from samskap.voice import queries
from samskap.voice.models import Receiver
from tests.support.world import World
from tests.voice import telling, things
from tests.voice.things import shown, tells, words_on

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=clock.OSLO)
TODAY = TUESDAY.date()
NOBODY, SOMEBODY = "Ingen leser dette akkurat nå", "Noen er der og kan lese den nå."


def has_break(world: World, *, everywhere: bool) -> None:
    school = None if everywhere else world.school("elvesletta")
    school_life.add_break(by=world.actor("nina"), name="Fri", first_day=TODAY, last_day=TODAY + timedelta(days=2), school=school)


def keeps_hours(world: World, opens: time, closes: time) -> None:
    with scope.tenant_scope(world.tenant_id), open_door():
        School.objects.filter(pk=world.school("elvesletta").pk).update(opens=opens, closes=closes)


def stands_in(world: World, who: str = "tor", *, on: date = TODAY) -> None:
    school_life.add_stand_in(
        by=world.actor("ingrid"), school=world.school("elvesletta"), leader=world.person("ingrid"), substitute=world.person(who),
        valid_from=on, valid_to=on + timedelta(days=2), reads_in_breaks=True,
    )  # fmt: skip


def has_factor(world: World, who: str, kind: str = SecondFactor.Kind.APP) -> None:
    with open_door():
        SecondFactor(account=world.person(who).account, kind=kind, created_at=clock.now()).save()


def ends_account(world: World, who: str) -> None:
    with open_door():
        Account.objects.filter(pk__in=[world.actor(who).account_id]).update(is_active=False)


def reads_now(world: World, receiver: Receiver) -> bool:
    with scope.tenant_scope(world.tenant_id):
        return queries.reads_next(world.school("elvesletta"), receiver) == clock.now()


@pytest.mark.parametrize(("concerns", "reads"), [("pupils", False), ("leadership", True)])
def test_the_schools_own_break_is_not_the_municipalitys(world: World, concerns: str, reads: bool) -> None:
    with clock.frozen(TUESDAY):
        has_break(world, everywhere=False)
        receipt = tells(Client(), things.address(world), concerns=concerns)
        dialogue = Client().post(reverse("voice:dialogue"), {"words": words_on(receipt)})
    assert (NOBODY not in shown(receipt), SOMEBODY in shown(receipt), NOBODY not in shown(dialogue)) == (reads, reads, reads)


def test_in_a_break_of_all_schools_the_municipality_promises_nothing_whoever_stands_in(world: World) -> None:
    with clock.frozen(TUESDAY):
        has_break(world, everywhere=True)
        has_factor(world, "tor")
        stands_in(world)
        assert (reads_now(world, Receiver.SCHOOL), reads_now(world, Receiver.OWNER)) == (True, False)


@pytest.mark.parametrize(("hour", "school", "owner"), [(7, True, False), (10, False, True), (16, False, False)])
def test_the_schools_hours_are_not_the_municipalitys(world: World, hour: int, school: bool, owner: bool) -> None:
    keeps_hours(world, time(6), time(9))
    with clock.frozen(TUESDAY.replace(hour=hour)):
        assert (reads_now(world, Receiver.SCHOOL), reads_now(world, Receiver.OWNER)) == (school, owner)


def test_an_employee_who_names_the_leadership_sees_when_the_municipality_reads_it(world: World) -> None:
    with clock.frozen(TUESDAY.replace(hour=22)):
        has_break(world, everywhere=False)
        report = telling.from_employee(world, "silje", "leadership")
        seen = shown(world.client("silje").get(reverse("voice:own_report", args=[report.pk])))
    assert "Den leses neste gang onsdag 25. november 08:00." in seen


@pytest.mark.parametrize("lacks", ["", "training", "factor", "only recovery codes", "account"])
def test_a_stand_in_who_could_not_open_it_is_promised_to_nobody(world: World, lacks: str) -> None:
    with clock.frozen(TUESDAY):
        has_break(world, everywhere=False)
        stands_in(world)
        if lacks != "factor":
            has_factor(world, "tor", SecondFactor.Kind.RECOVERY if lacks == "only recovery codes" else SecondFactor.Kind.APP)
        if lacks == "training":
            people.note_training(by=world.actor("nina"), person=world.person("tor"), on=None)
        if lacks == "account":
            ends_account(world, "tor")
        assert reads_now(world, Receiver.SCHOOL) == (lacks == "")


def is_away(world: World, who: str = "ingrid", days: int = 2) -> None:
    """A leader who is ill, and for whom nobody stands in."""
    school_life.add_stand_in(
        by=world.actor("ingrid"), school=world.school("elvesletta"), leader=world.person(who), substitute=None,
        valid_from=TODAY, valid_to=TODAY + timedelta(days=days),
    )  # fmt: skip


def reads(world: World) -> datetime | None:
    with scope.tenant_scope(world.tenant_id):
        return queries.reads_next(world.school("elvesletta"))


def test_who_tells_while_the_only_leader_is_away_is_told_when_it_is_read(world: World) -> None:
    with clock.frozen(TUESDAY):
        is_away(world)
        page = shown(tells(Client(), things.address(world)))
    assert NOBODY in page
    assert "fredag 27. november 08:00" in page


@pytest.mark.parametrize("instead", ["a stand-in", "another leader"])
def test_somebody_who_is_there_reads_while_the_leader_is_away(world: World, instead: str) -> None:
    with clock.frozen(TUESDAY):
        is_away(world)
        if instead == "a stand-in":
            stands_in(world)
            assert reads(world) != TUESDAY  # who could not open it is no reader
            has_factor(world, "tor")
        else:
            by = world.actor("nina")
            people.assign(by=by, person=world.person("silje"), role="leader", school=world.school("elvesletta"))
        assert reads(world) == TUESDAY


def test_the_leader_is_back(world: World) -> None:
    with clock.frozen(TUESDAY):
        is_away(world)
        ingrid, url = world.client("ingrid"), reverse("people:stand_ins", args=[world.school("elvesletta").pk])
        page = shown(ingrid.get(url))
        assert "Ingen</strong> for Ingrid Haugdal" in page
        with scope.tenant_scope(world.tenant_id):
            row = StandIn.objects.get()
        ended = ingrid.post(reverse("people:end_stand_in", args=[row.pk]), {"once": str(uuid4())}, follow=True)
        assert "Avsluttet." in shown(ended)
        assert reads(world) == TUESDAY


def test_the_same_days_are_noted_once(world: World) -> None:
    with clock.frozen(TUESDAY):
        is_away(world)
        with pytest.raises(ActionError, match="alt notert"):
            is_away(world, days=1)
        form = {"once": str(uuid4()), "leader": str(world.person("ingrid").pk), "valid_from": "2026-12-01"}
        url = reverse("people:stand_ins", args=[world.school("elvesletta").pk])
        answer = world.client("ingrid").post(url, {**form, "valid_to": "2026-12-03"}, follow=True)
        assert "får vite når noen leser det" in shown(answer)
