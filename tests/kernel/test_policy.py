"""Default deny; the predicate is derived from the scope; expired roles are gone at once."""

from datetime import date, timedelta

import pytest
from django.http import Http404

from samskap.kernel import clock, policy
from samskap.kernel.actions import ActionError
from samskap.kernel.policy import ANONYMOUS, SYSTEM, Actor, NotAllowed
from samskap.people import actions
from samskap.people.models import School
from samskap.people.policy import MANAGE, SEE_SCHOOL
from tests.support.world import World


def test_a_verb_without_a_rule_is_a_fault_and_never_a_yes() -> None:
    with pytest.raises(policy.UnknownVerb):
        policy.may("people.fly", ANONYMOUS)


def test_a_verb_has_one_rule() -> None:
    with pytest.raises(ValueError, match="two rules"):
        policy.rule(MANAGE)(lambda actor: True)


def test_the_predicate_agrees_with_the_scope_for_every_person_and_school(world: World) -> None:
    schools = [world.school(key) for key in ("elvesletta", "tjernlia", "ytterdal")]
    for key in ("ingrid", "silje", "henrik", "geir", "per", "marte"):
        actor = world.actor(key)
        seen = set(policy.visible(SEE_SCHOOL, actor).values_list("pk", flat=True))
        for school in schools:
            assert policy.may(SEE_SCHOOL, actor, school) == (school.pk in seen)


def test_one_who_is_nobody_sees_nothing(world: World) -> None:
    assert not policy.visible(SEE_SCHOOL, ANONYMOUS).exists()
    assert not policy.visible(SEE_SCHOOL, Actor(account_id=world.person("ingrid").account_id)).exists()


def test_fetching_a_foreign_school_is_a_404(world: World) -> None:
    with pytest.raises(Http404):
        policy.fetch(SEE_SCHOOL, world.actor("per"), world.school("elvesletta").pk)


def test_a_role_that_ends_is_gone_the_next_day(world: World) -> None:
    school = world.school("elvesletta")
    admin, liv = world.actor("nina"), world.person("liv")
    assert policy.may(SEE_SCHOOL, world.actor("liv"), school)
    row = liv.assignments.model._base_manager.get(person=liv, school=school)
    actions.end_assignment(by=admin, assignment=row, last_day=clock.today())
    assert policy.may(SEE_SCHOOL, world.actor("liv"), school)
    with clock.frozen(clock.now() + timedelta(days=1, hours=1)):
        assert not policy.may(SEE_SCHOOL, world.actor("liv"), school)


def test_actions_refuse_those_who_may_not(world: World) -> None:
    for key in ("ingrid", "henrik", "per", "geir"):
        with pytest.raises(NotAllowed):
            actions.add_school(by=world.actor(key), name="Ny skole")


def test_an_administrator_reaches_own_people_only(world: World) -> None:
    with pytest.raises(Http404):
        policy.fetch("people.manage_person", world.actor("nina"), world.person("per").pk)


def test_only_the_house_itself_opens_owners(world: World) -> None:
    with pytest.raises(NotAllowed):
        actions.open_owner(by=world.actor("nina"), name="En til")
    assert actions.open_owner(by=SYSTEM, name="En til").name == "En til"


def test_a_school_year_runs_from_august(world: World) -> None:
    year = actions.open_school_year(by=world.actor("nina"), start=2031)
    assert (year.first_day, year.last_day) == (date(2031, 8, 1), date(2032, 7, 31))


def test_a_role_at_a_school_needs_the_school(world: World) -> None:
    with pytest.raises(ActionError):
        actions.assign(by=world.actor("nina"), person=world.person("silje"), role="leader")


def test_the_rules_pick_rows_of_the_named_model() -> None:
    assert policy.is_about_rows(SEE_SCHOOL)
    assert not policy.is_about_rows(MANAGE)
    assert policy._rows[SEE_SCHOOL][0] is School
