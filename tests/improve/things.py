"""A plan with everything, for the tables of addresses and the tests."""

from datetime import timedelta

from samskap.improve import actions
from samskap.improve.models import Goal, Measure, Note, Plan
from samskap.kernel import clock
from samskap.kernel.policy import Actor
from tests.access.table import Thing
from tests.support.world import World


def plan_at(world: World, leader: str = "ingrid", school: str = "elvesletta", *, shared: bool = False) -> Plan:
    """A plan with a strength, a direction, one goal with a sign, and one measure that Silje sees to."""
    by = world.actor(leader)
    plan = actions.start_plan(by=by, school=world.school(school), first_year=2026)
    actions.add_note(by=by, plan=plan, kind="strength", text="Lærerne hilser på elevene i døra.")
    actions.set_direction(by=by, plan=plan, version=plan.version, direction="Alle har noen å være sammen med i friminuttene.")
    measure_in(world, goal_in(plan, by), by)
    if shared:
        actions.share_plan(by=by, plan=plan, shared=True)
    return plan


def goal_in(plan: Plan, by: Actor, title: str = "Ingen går alene i storefri") -> Goal:
    """A goal with a sign."""
    by_when = clock.today() + timedelta(days=150)
    return actions.add_goal(by=by, plan=plan, title=title, by_when=by_when, sign="Høyst tre går alene ved telling.")


def measure_in(world: World, goal: Goal, by: Actor) -> Measure:
    """A measure that Silje sees to."""
    today = clock.today()
    return actions.add_measure(
        by=by, goal=goal, what="Voksne på faste plasser", responsible=world.person("silje"), for_whom="alle elever",
        expected="Elevene vet hvem som står hvor.", starts=today, ends=today + timedelta(days=100),
    )  # fmt: skip


def plan(world: World, key: str) -> Plan:
    """The plan of a school; ``key`` is the school's, with ``+shared`` for a shared one."""
    school, _, shared = key.partition("+")
    leader = {"elvesletta": "ingrid", "tjernlia": "tor"}[school]
    return plan_at(world, leader, school, shared=bool(shared))


THINGS: dict[str, Thing] = {
    "plan": lambda world, key: plan(world, key).pk,
    "goal": lambda world, key: Goal._base_manager.get(plan=plan(world, key)).pk,
    "measure": lambda world, key: Measure._base_manager.get(goal__plan=plan(world, key)).pk,
    "note": lambda world, key: Note._base_manager.get(plan=plan(world, key)).pk,
}
