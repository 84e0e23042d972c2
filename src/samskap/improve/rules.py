"""The round's rules over plain facts: at which stage a plan is, what is missing, what is due. No Django.

The stage follows from what has been done; nobody sets it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

HEARD = ("pupils", "guardians", "staff")
STATUS_EVERY, FIRST_STATUS = timedelta(weeks=6), timedelta(weeks=2)
FEW_GOALS = 2


class Stage(StrEnum):
    """The stages of the round, in order."""

    STANDPOINT = "standpoint"
    DIRECTION = "direction"
    GOALS = "goals"
    MEASURES = "measures"
    CHECK_INS = "check_ins"
    EVALUATION = "evaluation"
    DONE = "done"


ORDER = tuple(Stage)


@dataclass(frozen=True)
class MeasureFacts:
    """A measure: its state and dates, and when its last status was given."""

    state: str
    starts: date
    ends: date
    last_status: date | None = None


@dataclass(frozen=True)
class GoalFacts:
    """A goal: when it is to be reached, its measures, who has been heard, and its evaluations' days and decisions."""

    by_when: date
    measures: Sequence[MeasureFacts] = ()
    heard: frozenset[str] = frozenset()
    evaluated_on: date | None = None
    decision: str | None = None


@dataclass(frozen=True)
class PlanFacts:
    """A plan: how many strengths are written, whether the direction is, and the goals."""

    strengths: int = 0
    direction: bool = False
    goals: Sequence[GoalFacts] = field(default=())


def stage(plan: PlanFacts, today: date) -> Stage:
    """Where the plan is. Strengths come first; a due evaluation goes before all that follows the goals; one more goal without
    measures does not throw a plan back that is followed already."""
    if plan.strengths == 0:
        return Stage.STANDPOINT
    if not plan.direction:
        return Stage.DIRECTION
    if not plan.goals:
        return Stage.GOALS
    if any(evaluation_due(goal, today) for goal in plan.goals):
        return Stage.EVALUATION
    if all(goal.evaluated_on is not None for goal in plan.goals):
        return Stage.DONE
    if not any(goal.measures for goal in plan.goals):
        return Stage.MEASURES
    return Stage.CHECK_INS


def passed(now: Stage) -> frozenset[Stage]:
    """The stages before this one."""
    return frozenset(ORDER[: ORDER.index(now)])


def not_heard(goal: GoalFacts) -> tuple[str, ...]:
    """Which of pupils, guardians and all staff have not taken part yet."""
    return tuple(group for group in HEARD if group not in goal.heard)


def evaluation_due(goal: GoalFacts, today: date) -> bool:
    """The goal's day has come and it has not been evaluated."""
    return goal.evaluated_on is None and goal.by_when <= today


def evaluation_overdue(goal: GoalFacts, today: date) -> bool:
    """More than two weeks past the goal's day without an evaluation."""
    return goal.evaluated_on is None and today - goal.by_when > timedelta(days=14)


def followed(goal: GoalFacts) -> bool:
    """Its measures are still asked about: until it is evaluated, and after that while it goes on."""
    return goal.evaluated_on is None or goal.decision in ("continue", "adjust")


def next_status(measure: MeasureFacts) -> date | None:
    """When the next status is due: two weeks after the start, then every six weeks; None when none is expected any more."""
    if measure.state in ("done", "stopped"):
        return None
    return measure.last_status + STATUS_EVERY if measure.last_status else measure.starts + FIRST_STATUS


def status_due(measure: MeasureFacts, today: date) -> bool:
    """A status is due today or earlier."""
    due = next_status(measure)
    return due is not None and due <= today


def asks_about_number(goals_so_far: int) -> bool:
    """True when one more goal would be the third or later: the school is asked, not stopped."""
    return goals_so_far >= FEW_GOALS


def may_share(plan: PlanFacts) -> bool:
    """A plan can be shared with the municipality when it says what is good and where the school wants to go."""
    return plan.strengths > 0 and plan.direction and bool(plan.goals)


def what_is_missing(plan: PlanFacts, today: date) -> tuple[str, ...]:
    """Codes of what is left, the first first; each has a sentence on the page."""
    missing: list[str] = []
    if plan.strengths == 0:
        missing.append("strengths")
    if not plan.direction:
        missing.append("direction")
    if not plan.goals:
        missing.append("goals")
    if any(evaluation_due(goal, today) for goal in plan.goals):
        missing.append("evaluation")
    if any(not goal.measures and goal.evaluated_on is None for goal in plan.goals):
        missing.append("measures")
    if any(not_heard(goal) for goal in plan.goals if goal.evaluated_on is None):
        missing.append("involvement")
    if any(status_due(m, today) for goal in plan.goals if followed(goal) for m in goal.measures):
        missing.append("status")
    return tuple(missing)


class Misjudged(ValueError):
    """An outcome that the facts do not carry; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


SCALES = {"index": (1.0, 5.0), "share": (0.0, 100.0), "points": (0.0, 100.0)}


def on_scale(target: float, scale: str) -> bool:
    """Can a figure on the scale be what is aimed at? An index runs from 1 to 5, a share from 0 to 100."""
    low, high = SCALES[scale]
    return low <= target <= high


def check_outcome(outcome: str, *, has_indicator: bool, has_new_figure: bool, target_met: bool | None, says_people: bool) -> None:
    """Refuse "reached" where nothing shows it. Raises Misjudged.

    With an indicator: a figure newer than the base must meet the target. With a sign: somebody must say that it is seen.
    """
    if outcome != "reached":
        return
    if has_indicator and not has_new_figure:
        raise Misjudged("no-new-figure")
    if has_indicator and target_met is False:
        raise Misjudged("target-not-met")
    if not has_indicator and not says_people:
        raise Misjudged("nobody-says-so")


def aims_lower(target: float, base: float, *, higher_is_better: bool) -> bool:
    """Would the target be weaker than where the school starts?"""
    return target < base if higher_is_better else target > base


def target_met(value: float | None, target: float | None, *, higher_is_better: bool) -> bool | None:
    """Is the figure at the target or beyond? None when one of them is not there."""
    if value is None or target is None:
        return None
    return value >= target if higher_is_better else value <= target
