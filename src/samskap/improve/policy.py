"""Who may see and write a plan.

The whole staff is part of the work: everybody at the school may read it. Leader and working group write. The owner's
people see stage and dates of every school, and the content when the school has shared it; guides see shared plans only.
"""

from django.db.models import Q

from samskap.improve.models import Goal, Measure, Note, Plan
from samskap.kernel.policy import NOTHING, Actor, rule
from samskap.people.api import Role, School

START = "improve.start_plan"
OWN = "improve.own_plans"
READ = "improve.read_plan"
WRITE = "improve.write_plan"
SHARE = "improve.share_plan"
READ_GOAL = "improve.read_goal"
WRITE_GOAL = "improve.write_goal"
READ_MEASURE = "improve.read_measure"
WRITE_MEASURE = "improve.write_measure"
GIVE_STATUS = "improve.give_status"
WRITE_NOTE = "improve.write_note"
SEE_ALL = "improve.see_all_schools"
FOLLOW = "improve.follow_plan"

READERS = (Role.LEADER, Role.GROUP, Role.EMPLOYEE, Role.PPT)
WRITERS = (Role.LEADER, Role.GROUP)
OWNERS = (Role.ADVISER, Role.STEERING)


@rule(START, School)
def start(actor: Actor) -> Q:
    """Begin a plan: the school's leader and working group."""
    return Q(pk__in=actor.schools(*WRITERS))


@rule(OWN)
def own(actor: Actor) -> bool:
    """Has a school whose plans one may read."""
    return bool(actor.schools(*READERS, Role.GUIDE))


def _read(actor: Actor, to_school: str, to_plan: str) -> Q:
    at_school = Q(**{f"{to_school}__in": actor.schools(*READERS)})
    shared = Q(**{f"{to_plan}shared_at__isnull": False})
    guided = shared & Q(**{f"{to_school}__in": actor.schools(Role.GUIDE)})
    owners = shared if actor.owner_wide(*OWNERS, Role.PPT) else NOTHING
    return at_school | guided | owners


def _write(actor: Actor, to_school: str) -> Q:
    return Q(**{f"{to_school}__in": actor.schools(*WRITERS)})


@rule(READ, Plan)
def read(actor: Actor) -> Q:
    """Read a plan in full."""
    return _read(actor, "school", "")


@rule(WRITE, Plan)
def write(actor: Actor) -> Q:
    """Change a plan that is not closed."""
    return _write(actor, "school") & Q(closed_at=None)


@rule(SHARE, Plan)
def share(actor: Actor) -> Q:
    """Share a plan with the owner, or stop it: the leader."""
    return Q(school__in=actor.schools(Role.LEADER))


@rule(READ_GOAL, Goal)
def read_goal(actor: Actor) -> Q:
    """Read a goal with its plan."""
    return _read(actor, "plan__school", "plan__") & Q(removed_at=None)


@rule(WRITE_GOAL, Goal)
def write_goal(actor: Actor) -> Q:
    """Change a goal of an open plan."""
    return _write(actor, "plan__school") & Q(plan__closed_at=None, removed_at=None)


@rule(READ_MEASURE, Measure)
def read_measure(actor: Actor) -> Q:
    """Read a measure with its plan."""
    return _read(actor, "goal__plan__school", "goal__plan__") & Q(goal__removed_at=None)


@rule(WRITE_MEASURE, Measure)
def write_measure(actor: Actor) -> Q:
    """Change a measure of an open plan."""
    return _write(actor, "goal__plan__school") & Q(goal__plan__closed_at=None, goal__removed_at=None)


@rule(GIVE_STATUS, Measure)
def give_status(actor: Actor) -> Q:
    """Give a status: leader, working group, and the one who is responsible (while employed at the school)."""
    mine = Q(responsible_id=actor.person_id, goal__plan__school__in=actor.schools(*READERS))
    return (_write(actor, "goal__plan__school") | mine) & Q(goal__plan__closed_at=None, goal__removed_at=None)


@rule(WRITE_NOTE, Note)
def write_note(actor: Actor) -> Q:
    """Change or remove a note of an open plan."""
    return _write(actor, "plan__school") & Q(plan__closed_at=None, removed_at=None)


@rule(SEE_ALL)
def see_all(actor: Actor) -> bool:
    """Stage and dates of every school: the owner's adviser and steering group."""
    return actor.owner_wide(*OWNERS)


@rule(FOLLOW, Plan)
def follow(actor: Actor) -> Q:
    """Stage and dates only, of every school's plan."""
    return Q() if see_all(actor) else NOTHING
