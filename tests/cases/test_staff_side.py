"""The staff's side of cases: who carries measures out, what evaluations and answers set off, what pages say first."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samskap.cases import actions, queries_day
from samskap.cases.actions.plans import may_carry_out
from samskap.cases.models import Case, Measure
from samskap.cases.policy import OWN_MEASURE
from samskap.kernel import clock, policy, scope
from samskap.kernel.actions import ActionError
from tests.cases import following
from tests.support.world import World
from tests.voice.things import shown


@pytest.fixture
def ingrid(world: World) -> Client:
    """Who leads the school."""
    return world.client("ingrid")


def step(client: Client, kind: str, row: Model, name: str, **values: Any) -> HttpResponse:
    """Send a step's form; what is refused comes back."""
    once = {"once": str(uuid4()), "on": clock.today().isoformat()}
    return client.post(reverse(f"cases:{kind}", args=[row.pk, name]), {**once, **values})  # type: ignore[return-value]  # Django's own


def asked(client: Client, kind: str, row: Model, name: str) -> str:
    """The page of a step."""
    return shown(client.get(reverse(f"cases:{kind}", args=[row.pk, name])))


def names(case: Case) -> set[str]:
    """Who can carry out a measure of the case."""
    with scope.tenant_scope(case.tenant_id):
        return {person.name.split()[0] for person in may_carry_out(case)}


def about_the_leader(world: World) -> Case:
    """A case that the municipality works, because it is about Ingrid; Arne leads it in the leadership's place."""
    case = following.opened(world)
    actions.name_employee(by=world.actor("ingrid"), case=case, person=world.person("ingrid"))
    actions.appoint(by=world.actor("jonas"), case=following.again(case), to=world.person("arne"))
    return following.again(case)


def test_a_measure_in_a_case_about_the_leadership_never_goes_to_it(world: World) -> None:
    case = about_the_leader(world)
    assert "Ingrid" not in names(case)
    assert {"Amir", "Jonas", "Arne"} <= names(case)
    with pytest.raises(ActionError):
        following.measure(world, case, by="jonas", who="ingrid")
    row = following.measure(world, case, by="jonas", who="arne")
    assert policy.may(OWN_MEASURE, world.actor("arne"), row)


def test_a_leader_who_is_led_out_loses_sight_of_the_own_measures(world: World) -> None:
    case = following.opened(world)
    row = following.measure(world, case, who="ingrid")
    assert queries_day.own_count(world.actor("ingrid")) == 1
    actions.name_leadership(by=world.actor("ingrid"), case=case)
    assert "Ingrid" not in names(following.again(case))
    assert not policy.may(OWN_MEASURE, world.actor("ingrid"), row)
    assert queries_day.own_count(world.actor("ingrid")) == 0


def test_one_who_is_shut_out_is_not_offered_a_measure(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    actions.recuse(by=world.actor("ingrid"), case=case, person=world.person("amir"))
    assert "Amir" not in names(case)
    assert "Amir" not in asked(ingrid, "case_step", case, "tiltak")
    with pytest.raises(ActionError):
        following.measure(world, case, who="amir")


def test_among_several_plans_a_measure_lands_only_in_the_one_that_was_chosen(world: World, ingrid: Client) -> None:
    case = following.opened(world, "Noah Bergli", "Sara Haugfoss")
    words = {"text": "Amir er ute i storefri."}
    refused = step(ingrid, "case_step", case, "tiltak", **words)
    assert refused.status_code == 422
    assert rows_of(case) == []
    second = following.folders(case)[1].plan
    assert second is not None
    assert step(ingrid, "case_step", case, "tiltak", plan=str(second.pk), **words).status_code == 302
    assert step(ingrid, "case_step", case, "tiltak", plan="none", **words).status_code == 302
    assert [row.plan_id for row in rows_of(case)] == [second.pk, None]


def test_the_only_plan_is_chosen_already(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    assert f'value="{following.plan(case).pk}" selected' in asked(ingrid, "case_step", case, "tiltak")


def rows_of(case: Case) -> list[Measure]:
    """The case's measures."""
    with scope.tenant_scope(case.tenant_id):
        return list(Measure.objects.filter(case=case, removed_at=None).order_by("added_at"))
