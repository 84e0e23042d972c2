"""Classes, pupils and guardians with what protects them; breaks; stand-ins who lead for some days."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from samskap.kernel import clock, history, scope
from samskap.kernel.actions import ActionError
from samskap.kernel.doors import open_door
from samskap.kernel.policy import NotAllowed
from samskap.people import actions_school as actions
from samskap.people import queries
from samskap.people.models import Assignment, Guardianship, Pupil
from samskap.people.rules import Way
from tests.people import things
from tests.support.world import World


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


def test_who_stands_in_cannot_prolong_it(world: World) -> None:
    row = things.stand_in(world)
    with pytest.raises(NotAllowed):
        actions.end_stand_in(by=world.actor("amir"), stand_in=row)
    with pytest.raises(NotAllowed):
        actions.add_stand_in(
            by=world.actor("amir"), school=world.school("elvesletta"), leader=world.person("ingrid"),
            substitute=world.person("amir"), valid_from=clock.today() + timedelta(days=30),
            valid_to=clock.today() + timedelta(days=40),
        )  # fmt: skip


def test_who_leaves_the_school_leads_it_no_longer_whatever_was_agreed(world: World) -> None:
    things.stand_in(world)
    with scope.tenant_scope(world.tenant_id), open_door():
        Assignment.objects.filter(person=world.person("amir")).delete()
        assert {person.name for person in queries.leaders_of(world.school("elvesletta").pk)} == {"Ingrid Haugdal"}


def change(world: World, pupil: Pupil, **values: Any) -> Pupil:
    now: dict[str, Any] = {
        "by": world.actor("nina"), "pupil": pupil, "version": pupil.version, "name": pupil.person.name, "born": pupil.born,
        "school_class": pupil.school_class, "address_protection": "none", "active": True,
    }  # fmt: skip
    return actions.change_pupil(**{**now, **values})


def test_a_pupil_is_corrected_with_a_trace_and_only_by_the_administrator(world: World) -> None:
    pupil = things.pupil(world)
    changed = change(world, pupil, name="Noah  Bergli Moe", address_protection="strict")
    assert (changed.person.name, changed.person.address_protection, changed.version) == ("Noah Bergli Moe", "strict", 2)
    with pytest.raises(history.Conflict):
        change(world, pupil, version=1)
    with pytest.raises(ActionError):
        change(world, changed, version=2, born=clock.today() + timedelta(days=1))
    with pytest.raises(NotAllowed):
        change(world, changed, version=2, by=world.actor("ingrid"))


def test_one_who_is_a_guardian_already_is_not_added_twice(world: World) -> None:
    pupil = things.pupil(world)
    row = things.guardian(world, pupil)
    with pytest.raises(ActionError):
        actions.add_guardian(
            by=world.actor("nina"), pupil=pupil, name="", kind="parent", parental_responsibility=True, person=row.guardian
        )


def test_a_sisters_mother_is_asked_about_and_is_one_person(world: World) -> None:
    pupil = things.pupil(world)
    row = things.guardian(world, pupil)
    sister = actions.add_pupil(by=world.actor("nina"), school_class=pupil.school_class, name="Emma Bergli")
    url, nina = f"/elever/{sister.pk}/", world.client("nina")
    said = {"once": uuid4().hex, "name": row.guardian.name, "kind": "parent", "parental_responsibility": "on", "lives_with": "on"}
    said["valid_from"], said["address_protection"] = clock.today().isoformat(), "none"
    answer = nina.post(url, said)
    assert answer.status_code == 422
    assert "Er det samme person?" in answer.content.decode()
    assert nina.post(url, {**said, "once": uuid4().hex, "person": str(row.guardian_id)}).status_code == 302
    assert Guardianship._base_manager.get(pupil=sister).guardian_id == row.guardian_id


def test_what_began_today_is_taken_away_and_what_began_earlier_ends_yesterday(world: World) -> None:
    pupil = things.pupil(world)
    row = things.guardian(world, pupil)
    with clock.frozen(clock.now() + timedelta(days=3)):
        actions.end_guardianship(by=world.actor("nina"), row=row)
        with scope.tenant_scope(world.tenant_id):
            assert queries.ways(pupil)[row.guardian_id] == Way.NOTHING
    sister = actions.add_pupil(by=world.actor("nina"), school_class=pupil.school_class, name="Emma Bergli")
    new = things.guardian(world, sister)
    actions.end_guardianship(by=world.actor("nina"), row=new)
    assert not Guardianship._base_manager.filter(pk=new.pk).exists()


def test_the_calendar_takes_no_break_twice_and_none_of_half_a_year(world: World) -> None:
    today, nina = clock.today(), world.actor("nina")
    actions.add_break(by=nina, name="Vinterferie", first_day=today, last_day=today + timedelta(days=4))
    for last in (today + timedelta(days=4), today + timedelta(days=200)):
        with pytest.raises(ActionError):
            actions.add_break(by=nina, name="Vinterferie", first_day=today, last_day=last)
