"""The round's stages and duties as a table of cases, and over random plans."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.improve import rules
from samskap.improve.rules import GoalFacts, MeasureFacts, PlanFacts, Stage

TODAY = date(2026, 11, 23)
SOON, PAST, LONG_PAST = TODAY + timedelta(days=60), TODAY - timedelta(days=3), TODAY - timedelta(days=30)
MEASURE = MeasureFacts("started", PAST, SOON, PAST)
RUNNING = GoalFacts(SOON, (MEASURE,))
DUE = GoalFacts(PAST, (MEASURE,))
EVALUATED = GoalFacts(PAST, (MEASURE,), evaluated_on=TODAY, decision="continue")

STAGES = [
    (PlanFacts(), Stage.STANDPOINT),
    (PlanFacts(strengths=0, direction=True, goals=(RUNNING,)), Stage.STANDPOINT),
    (PlanFacts(strengths=1), Stage.DIRECTION),
    (PlanFacts(1, True), Stage.GOALS),
    (PlanFacts(1, True, (GoalFacts(SOON),)), Stage.MEASURES),
    (PlanFacts(1, True, (RUNNING, GoalFacts(SOON))), Stage.CHECK_INS),
    (PlanFacts(1, True, (RUNNING,)), Stage.CHECK_INS),
    (PlanFacts(1, True, (RUNNING, DUE)), Stage.EVALUATION),
    (PlanFacts(1, True, (DUE, GoalFacts(SOON))), Stage.EVALUATION),
    (PlanFacts(1, True, (EVALUATED, RUNNING)), Stage.CHECK_INS),
    (PlanFacts(1, True, (EVALUATED,)), Stage.DONE),
]


@pytest.mark.parametrize(("plan", "stage"), STAGES)
def test_the_stage_follows_from_what_has_been_done(plan: PlanFacts, stage: Stage) -> None:
    assert rules.stage(plan, TODAY) == stage


@pytest.mark.parametrize(
    ("measure", "due"),
    [
        (MeasureFacts("planned", TODAY - timedelta(days=13), SOON), False),
        (MeasureFacts("planned", TODAY - timedelta(days=14), SOON), True),
        (MeasureFacts("started", LONG_PAST, SOON, TODAY - timedelta(weeks=6)), True),
        (MeasureFacts("started", LONG_PAST, SOON, TODAY - timedelta(weeks=6) + timedelta(days=1)), False),
        (MeasureFacts("done", LONG_PAST, SOON, date(2025, 9, 1)), False),
        (MeasureFacts("done", date(2025, 9, 1), SOON), False),
        (MeasureFacts("stopped", LONG_PAST, SOON), False),
    ],
)
def test_a_status_is_wanted_two_weeks_after_the_start_and_then_every_six(measure: MeasureFacts, due: bool) -> None:
    assert rules.status_due(measure, TODAY) is due


@pytest.mark.parametrize(
    ("evaluated", "decision", "followed"),
    [(False, "", True), (True, "continue", True), (True, "adjust", True), (True, "stop", False), (True, "", False)],
)
def test_a_goals_measures_are_asked_about_until_it_is_stopped(evaluated: bool, decision: str, followed: bool) -> None:
    goal = GoalFacts(PAST, (MEASURE,), evaluated_on=TODAY if evaluated else None, decision=decision)
    assert rules.followed(goal) is followed


@pytest.mark.parametrize(
    ("by_when", "due", "overdue"), [(SOON, False, False), (TODAY, True, False), (PAST, True, False), (LONG_PAST, True, True)]
)
def test_an_evaluation_is_due_on_its_day_and_over_after_two_weeks(by_when: date, due: bool, overdue: bool) -> None:
    goal = GoalFacts(by_when)
    assert (rules.evaluation_due(goal, TODAY), rules.evaluation_overdue(goal, TODAY)) == (due, overdue)


def test_an_evaluation_is_over_on_the_fifteenth_day() -> None:
    by_when = TODAY - timedelta(days=14)
    assert not rules.evaluation_overdue(GoalFacts(by_when), TODAY)
    assert rules.evaluation_overdue(GoalFacts(by_when), TODAY + timedelta(days=1))


ALL_HEARD = frozenset(rules.HEARD)
WAITS = MeasureFacts("started", LONG_PAST, SOON)
MISSING = [
    (PlanFacts(), ("strengths", "direction", "goals")),
    (PlanFacts(1, True, (GoalFacts(SOON, (), ALL_HEARD),)), ("measures",)),
    (PlanFacts(1, True, (GoalFacts(SOON, (MEASURE,)),)), ("involvement",)),
    (PlanFacts(1, True, (GoalFacts(SOON, (MEASURE,), ALL_HEARD),)), ()),
    (PlanFacts(1, True, (GoalFacts(SOON, (WAITS,), ALL_HEARD),)), ("status",)),
    (PlanFacts(1, True, (GoalFacts(PAST, (MEASURE,), ALL_HEARD),)), ("evaluation",)),
    (PlanFacts(1, True, (GoalFacts(PAST, (WAITS,), frozenset(), TODAY, "stop"),)), ()),
    (PlanFacts(1, True, (GoalFacts(PAST, (), frozenset(), TODAY, "stop"),)), ()),
]


@pytest.mark.parametrize(("plan", "missing"), MISSING)
def test_what_is_missing_is_named_and_nothing_else(plan: PlanFacts, missing: tuple[str, ...]) -> None:
    assert rules.what_is_missing(plan, TODAY) == missing


def test_the_third_goal_gets_a_question() -> None:
    assert [rules.asks_about_number(count) for count in range(4)] == [False, False, True, True]


def test_who_has_not_been_heard_is_known() -> None:
    assert rules.not_heard(GoalFacts(SOON, heard=frozenset({"pupils", "others"}))) == ("guardians", "staff")


OUTCOMES = [
    ("reached", True, True, True, False, None),
    ("reached", True, False, None, True, "no-new-figure"),
    ("reached", True, True, False, True, "target-not-met"),
    ("reached", False, False, None, True, None),
    ("reached", False, False, None, False, "nobody-says-so"),
    ("partly", True, False, None, False, None),
    ("not_reached", True, True, False, False, None),
    ("cannot_tell", False, False, None, False, None),
]


@pytest.mark.parametrize(("outcome", "indicator", "new", "met", "people", "code"), OUTCOMES)
def test_nothing_is_reached_that_nothing_shows(
    outcome: str, indicator: bool, new: bool, met: bool | None, people: bool, code: str | None
) -> None:
    def check() -> None:
        rules.check_outcome(outcome, has_indicator=indicator, has_new_figure=new, target_met=met, says_people=people)

    if code is None:
        check()
    else:
        with pytest.raises(rules.Misjudged) as wrong:
            check()
        assert wrong.value.code == code


TARGETS = [
    (4.2, 4.2, True, True),
    (4.1, 4.2, True, False),
    (9, 10, False, True),
    (10, 10, False, True),
    (11, 10, False, False),
    (None, 10, False, None),
    (4, None, True, None),
]


@pytest.mark.parametrize(("value", "target", "up", "met"), TARGETS)
def test_the_target_is_met_in_the_good_direction(value: float | None, target: float | None, up: bool, met: bool | None) -> None:
    assert rules.target_met(value, target, higher_is_better=up) is met


days = st.dates(date(2025, 8, 1), date(2028, 6, 30))
measures = st.builds(MeasureFacts, st.sampled_from(["planned", "started", "done", "stopped"]), days, days, st.none() | days)
goals = st.builds(
    GoalFacts, days, st.lists(measures, max_size=3), st.frozensets(st.sampled_from([*rules.HEARD, "others"])), st.none() | days
)
plans = st.builds(PlanFacts, st.integers(0, 3), st.booleans(), st.lists(goals, max_size=4))


@given(plans, days)
def test_the_stage_is_done_only_when_every_goal_is_evaluated(plan: PlanFacts, today: date) -> None:
    done = rules.stage(plan, today) == Stage.DONE
    assert not done or (plan.goals and all(goal.evaluated_on for goal in plan.goals))


@given(plans, days)
def test_strengths_come_before_everything_else(plan: PlanFacts, today: date) -> None:
    assert (rules.stage(plan, today) == Stage.STANDPOINT) == (plan.strengths == 0)


@given(plans, days)
def test_what_waits_is_named_first_as_long_as_the_stage_waits_for_it(plan: PlanFacts, today: date) -> None:
    names = {Stage.STANDPOINT: "strengths", Stage.DIRECTION: "direction", Stage.GOALS: "goals", Stage.MEASURES: "measures",
             Stage.EVALUATION: "evaluation"}  # fmt: skip
    stage = rules.stage(plan, today)
    assert stage not in names or names[stage] in rules.what_is_missing(plan, today)


@given(plans, days, st.integers(0, 400))
def test_time_alone_never_takes_a_plan_back(plan: PlanFacts, today: date, later: int) -> None:
    order = rules.ORDER.index
    assert order(rules.stage(plan, today + timedelta(days=later))) >= order(rules.stage(plan, today))


@given(plans)
def test_only_a_plan_that_says_something_can_be_shared(plan: PlanFacts) -> None:
    assert rules.may_share(plan) == (plan.strengths > 0 and plan.direction and len(plan.goals) > 0)


STEPS = st.sampled_from(["strength", "direction", "goal", "measure", "start", "status", "hear", "evaluate"])


def after(plan: PlanFacts, step: str) -> PlanFacts:
    """The plan after one thing more has been done, to its first goal where it is about a goal."""
    first, rest = (plan.goals[0], tuple(plan.goals[1:])) if plan.goals else (None, ())
    if step == "strength":
        return replace(plan, strengths=plan.strengths + 1)
    if step == "direction":
        return replace(plan, direction=True)
    if step == "goal":
        return replace(plan, goals=(*plan.goals, GoalFacts(SOON)))
    return plan if first is None else replace(plan, goals=(*rest, _goal_after(first, step)))


def _goal_after(goal: GoalFacts, step: str) -> GoalFacts:
    if step == "measure":
        return replace(goal, measures=(*goal.measures, MeasureFacts("planned", TODAY, SOON)))
    if step == "hear":
        return replace(goal, heard=goal.heard | {rules.not_heard(goal)[0]} if rules.not_heard(goal) else goal.heard)
    if step == "evaluate":
        return replace(goal, evaluated_on=TODAY, decision="continue")
    state = {"start": "started"}.get(step)
    moved = tuple(replace(m, state=state or m.state, last_status=TODAY) for m in goal.measures)
    return replace(goal, measures=moved)


@given(st.lists(STEPS, max_size=25))
def test_whatever_is_done_only_a_new_goal_can_take_a_plan_back_to_an_earlier_stage(steps: list[str]) -> None:
    plan, order = PlanFacts(), rules.ORDER.index
    for step in steps:
        before, plan = rules.stage(plan, TODAY), after(plan, step)
        now = rules.stage(plan, TODAY)
        assert order(now) >= order(before) or (step == "goal" and now in (Stage.MEASURES, Stage.CHECK_INS))


@given(st.lists(STEPS, max_size=25))
def test_as_long_as_a_plan_is_not_done_something_is_missing_or_only_time_is(steps: list[str]) -> None:
    plan = PlanFacts()
    for step in steps:
        plan = after(plan, step)
    missing, stage = rules.what_is_missing(plan, TODAY), rules.stage(plan, TODAY)
    assert missing or stage in (Stage.CHECK_INS, Stage.DONE)
    assert stage != Stage.DONE or not missing


@pytest.mark.parametrize(
    ("target", "scale", "can_be"),
    [(1, "index", True), (5, "index", True), (5.1, "index", False), (42, "index", False), (0, "share", True),
     (100, "share", True), (101, "share", False), (52, "points", True)],
)  # fmt: skip
def test_a_target_is_a_figure_that_the_scale_has(target: float, scale: str, can_be: bool) -> None:
    assert rules.on_scale(target, scale) is can_be
