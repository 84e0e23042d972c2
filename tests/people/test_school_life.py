"""Classes, pupils and guardians with what protects them; breaks; stand-ins who lead for some days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.kernel import clock, scope
from samskap.kernel.actions import ActionError
from samskap.kernel.policy import NotAllowed
from samskap.people import actions_school as actions
from samskap.people import queries, rules
from samskap.people.rules import Relation, Way
from tests.people import things
from tests.support.world import World

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(("kind", "responsible", "ban", "ended", "way"), [
    ("parent", True, False, False, Way.FULL),
    ("parent", False, False, False, Way.ON_REQUEST),
    ("parent", True, True, False, Way.NOTHING),
    ("parent", True, False, True, Way.NOTHING),
    ("guardian", False, False, False, Way.FULL),
    ("guardian", True, True, False, Way.NOTHING),
    ("foster", False, False, False, Way.ON_REQUEST),
    ("child_welfare", False, False, False, Way.ON_REQUEST),
])  # fmt: skip
def test_what_a_guardian_has_a_right_to(kind: str, responsible: bool, ban: bool, ended: bool, way: Way) -> None:
    last = DAY - timedelta(days=1) if ended else None
    assert rules.way_of(Relation(kind, responsible, ban, DAY - timedelta(days=9), last), DAY) == way


days = st.dates(date(2025, 1, 1), date(2028, 1, 1))


@given(st.sampled_from(["parent", "guardian", "foster", "child_welfare"]), st.booleans(), days, st.none() | days, days)
def test_a_contact_ban_always_gives_nothing(kind: str, responsible: bool, first: date, last: date | None, day: date) -> None:
    assert rules.way_of(Relation(kind, responsible, True, first, last), day) == Way.NOTHING


@given(st.sampled_from(["parent", "guardian", "foster", "child_welfare"]), st.booleans(), days, days, days)
def test_outside_its_days_a_relation_gives_nothing(kind: str, responsible: bool, one: date, other: date, day: date) -> None:
    first, last = sorted((one, other))
    found = rules.way_of(Relation(kind, responsible, False, first, last), day)
    assert (found == Way.NOTHING) == (not first <= day <= last)


def test_nobody_at_a_strictly_protected_address_is_written_to() -> None:
    assert [rules.may_be_written_to(kind) for kind in ("none", "confidential", "strict")] == [True, True, False]


def test_a_stand_in_leads_for_the_days_and_no_longer(world: World) -> None:
    school = world.school("elvesletta")
    row = things.stand_in(world)
    assert school.pk in world.actor("amir").schools("leader")
    with scope.tenant_scope(world.tenant_id):
        assert {person.name for person in queries.leaders_of(school.pk)} == {"Ingrid Haugdal", "Amir Rahimi"}
    with clock.frozen(clock.now() + timedelta(days=5)):
        assert school.pk not in world.actor("amir").schools("leader")
    with clock.frozen(clock.now() - timedelta(days=1)):
        assert school.pk not in world.actor("amir").schools("leader")
    actions.end_stand_in(by=world.actor("ingrid"), stand_in=row)
    assert school.pk not in world.actor("amir").schools("leader")


@pytest.mark.parametrize("who", ["silje", "arne", "henrik", "per"])
def test_only_the_schools_leader_or_the_administrator_says_who_stands_in(who: str, world: World) -> None:
    with pytest.raises(NotAllowed):
        actions.add_stand_in(
            by=world.actor(who), school=world.school("elvesletta"), leader=world.person("ingrid"),
            substitute=world.person("silje"), valid_from=clock.today(), valid_to=clock.today(),
        )  # fmt: skip


def test_days_that_are_turned_round_are_refused(world: World) -> None:
    today = clock.today()
    with pytest.raises(ActionError):
        actions.add_stand_in(
            by=world.actor("ingrid"), school=world.school("elvesletta"), leader=world.person("ingrid"),
            substitute=world.person("amir"), valid_from=today, valid_to=today - timedelta(days=1),
        )  # fmt: skip
    with pytest.raises(ActionError):
        actions.add_break(by=world.actor("nina"), name="Ferie", first_day=today, last_day=today - timedelta(days=1))


def test_breaks_of_a_school_are_its_own_and_the_owners(world: World) -> None:
    things.school_break(world)
    today = clock.today()
    actions.add_break(
        by=world.actor("nina"), name="Planleggingsdag", first_day=today, last_day=today, school=world.school("tjernlia")
    )
    with scope.tenant_scope(world.tenant_id):
        assert len(queries.breaks_of(world.school("elvesletta"))) == 1
        assert len(queries.breaks_of(world.school("tjernlia"))) == 2


def test_a_contact_teacher_sees_the_class_and_no_guardians(world: World) -> None:
    pupil = things.pupil(world)
    things.guardian(world, pupil, contact_ban=True)
    page = world.client("amir").get(f"/klasser/{pupil.school_class_id}/").content.decode()
    assert "Noah Bergli" in page
    assert str(pupil.pk) not in page
    told = world.client("ingrid").get(f"/elever/{pupil.pk}/").content.decode()
    assert "Hanne Bergli" in told
    assert "Får ingenting" in told
