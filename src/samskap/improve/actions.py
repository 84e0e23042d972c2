"""Writes about plans. Each asks the policy first, so it holds whoever calls it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from samskap.improve import evidence, rules
from samskap.improve.models import Evaluation, Goal, Involvement, Measure, Note, Plan, Status
from samskap.improve.policy import (
    GIVE_STATUS,
    SHARE,
    START,
    WRITE,
    WRITE_GOAL,
    WRITE_MEASURE,
    WRITE_NOTE,
)
from samskap.improve.queries import plan_facts
from samskap.kernel import audit, clock, history, policy
from samskap.kernel.actions import ActionError, action
from samskap.kernel.policy import Actor
from samskap.people.api import Person, School


@action
def start_plan(*, by: Actor, school: School, first_year: int, length: int = 1, continues: Plan | None = None) -> Plan:
    """Begin the school's plan for a period of one or two school years. Raises ActionError when there is one already."""
    policy.require(START, by, school)
    if length not in (1, 2):
        raise ActionError(_("A plan is for one or two school years."), "length")
    plan = Plan(
        school=school, first_year=first_year, last_year=first_year + length - 1, continues=continues, created_at=clock.now()
    )
    _refuse_overlap(plan)
    try:
        with transaction.atomic():
            history.begin(plan, by=by)
    except IntegrityError:
        raise ActionError(_("The school already has a plan for this period."), "first_year") from None
    audit.record(by, "improve.plan_started", plan, school=school.pk, first_year=first_year)
    return plan


def _refuse_overlap(plan: Plan) -> None:
    others = Plan.objects.filter(school=plan.school, first_year__lte=plan.last_year, last_year__gte=plan.first_year)
    if others.exists():
        raise ActionError(_("The school already has a plan for this period."), "first_year")


@action
def set_direction(*, by: Actor, plan: Plan, version: int, direction: str) -> Plan:
    """Write where the school wants to go. Raises history.Conflict when somebody else saved first."""
    policy.require(WRITE, by, plan)
    history.change(plan, by=by, version=version, direction=direction.strip())
    audit.record(by, "improve.direction_written", plan, version=plan.version)
    return plan


@action
def add_note(*, by: Actor, plan: Plan, kind: str, text: str, indicator: str = "") -> Note:
    """Add a strength, a concern, or what staff, pupils or guardians say."""
    policy.require(WRITE, by, plan)
    note = history.begin(Note(plan=plan, kind=kind, text=text.strip(), indicator=indicator, created_at=clock.now()), by=by)
    audit.record(by, "improve.note_added", note, plan=plan.pk, kind=kind)
    return note


@action
def change_note(*, by: Actor, note: Note, version: int, text: str, kind: str, indicator: str = "") -> Note:
    """Write a note anew. Raises history.Conflict."""
    policy.require(WRITE_NOTE, by, note)
    history.change(note, by=by, version=version, text=text.strip(), kind=kind, indicator=indicator)
    audit.record(by, "improve.note_changed", note, version=note.version)
    return note


@action
def remove_note(*, by: Actor, note: Note, version: int) -> Note:
    """Take a note off the page; it stays in the history. Raises history.Conflict."""
    policy.require(WRITE_NOTE, by, note)
    history.change(note, by=by, version=version, removed_at=clock.now())
    audit.record(by, "improve.note_removed", note)
    return note


def _goal_values(plan: Plan, values: dict[str, Any], base_year: int | None = None) -> dict[str, Any]:
    """The goal's columns; with an indicator, its base is the newest published figure, or a given year's. Raises ActionError."""
    indicator, sign = values.get("indicator", ""), values.get("sign", "").strip()
    if indicator and sign:
        raise ActionError(_("Choose either a result to follow or a sign you can see, not both."), "indicator")
    if not indicator and not sign:
        raise ActionError(_("Choose a result to follow, or write a sign you can see."), "indicator")
    if not indicator:
        return {**values, "sign": sign, "target": None, **evidence.NO_BASE}
    chosen = None if base_year is None else evidence.base_in(plan.school, indicator, base_year)
    base = chosen or evidence.base_now(plan.school, indicator)
    evidence.check_target(indicator, values.get("target"), base["base_value"])
    return {**values, "sign": "", **base}


@action
def add_goal(
    *, by: Actor, plan: Plan, title: str, by_when: date, why: str = "", indicator: str = "", target: float | None = None,
    sign: str = "", base_year: int | None = None, continues: Goal | None = None,
) -> Goal:  # fmt: skip
    """Add a goal. ``base_year`` picks an earlier published figure as the start than the newest. Raises ActionError."""
    policy.require(WRITE, by, plan)
    values = _goal_values(plan, {"title": title.strip(), "why": why.strip(), "indicator": indicator, "target": target,
                                 "sign": sign, "by_when": by_when}, base_year)  # fmt: skip
    goal = history.begin(Goal(plan=plan, continues=continues, created_at=clock.now(), **values), by=by)
    audit.record(by, "improve.goal_added", goal, plan=plan.pk)
    return goal


@action
def change_goal(
    *, by: Actor, goal: Goal, version: int, title: str, by_when: date, why: str = "", indicator: str = "",
    target: float | None = None, sign: str = "",
) -> Goal:  # fmt: skip
    """Write a goal anew; the base stays while the indicator does. Raises ActionError, history.Conflict."""
    policy.require(WRITE_GOAL, by, goal)
    values = {
        "title": title.strip(),
        "why": why.strip(),
        "target": target,
        "sign": sign,
        "by_when": by_when,
        "indicator": indicator,
    }
    if indicator != goal.indicator or not indicator or sign.strip():
        values = _goal_values(goal.plan, values)
    else:
        evidence.check_target(indicator, target, goal.base_value)
    history.change(goal, by=by, version=version, **values)
    audit.record(by, "improve.goal_changed", goal, version=goal.version)
    return goal


@action
def remove_goal(*, by: Actor, goal: Goal, version: int) -> Goal:
    """Take a goal off the plan; it stays in the history. Not one that has been evaluated. Raises ActionError, Conflict."""
    policy.require(WRITE_GOAL, by, goal)
    if goal.evaluations.exists():
        raise ActionError(_("This goal has been evaluated, so it stays in the plan."))
    history.change(goal, by=by, version=version, removed_at=clock.now())
    audit.record(by, "improve.goal_removed", goal)
    return goal


def _check_dates(starts: date, ends: date) -> None:
    if ends < starts:
        raise ActionError(_("The last day cannot be before the first."), "ends")


@action
def add_measure(
    *, by: Actor, goal: Goal, what: str, responsible: Person, for_whom: str, expected: str, starts: date, ends: date
) -> Measure:
    """Plan a measure: who, when, for whom, and what we expect to see. It is planned, not started. Raises ActionError."""
    policy.require(WRITE_GOAL, by, goal)
    _check_dates(starts, ends)
    measure = Measure(
        goal=goal, what=what.strip(), responsible=responsible, for_whom=for_whom.strip(), expected=expected.strip(),
        starts=starts, ends=ends, created_at=clock.now(),
    )  # fmt: skip
    history.begin(measure, by=by)
    audit.record(by, "improve.measure_planned", measure, goal=goal.pk)
    return measure


@action
def change_measure(
    *, by: Actor, measure: Measure, version: int, what: str, responsible: Person, for_whom: str, expected: str, starts: date,
    ends: date,
) -> Measure:  # fmt: skip
    """Write a measure anew. Raises ActionError, history.Conflict."""
    policy.require(WRITE_MEASURE, by, measure)
    _check_dates(starts, ends)
    history.change(
        measure, by=by, version=version, what=what.strip(), responsible=responsible, for_whom=for_whom.strip(),
        expected=expected.strip(), starts=starts, ends=ends,
    )  # fmt: skip
    audit.record(by, "improve.measure_changed", measure, version=measure.version)
    return measure


def _who(by: Actor) -> UUID:
    """The person who says it; nobody else can."""
    if by.person_id is None:
        raise policy.NotAllowed("improve.nobody")
    return by.person_id


NEXT_STATES = {"planned": ("started", "stopped"), "started": ("done", "stopped"), "done": ("started",), "stopped": ("started",)}


@action
def move_measure(*, by: Actor, measure: Measure, version: int, state: str, day: date | None = None) -> Measure:
    """Start, carry out or stop a measure on a day (today). Raises ActionError for a step that is none, history.Conflict."""
    policy.require(GIVE_STATUS, by, measure)
    if state not in NEXT_STATES[measure.state]:
        raise ActionError(_("This measure has come further since the page was shown. Look at it again."))
    on = day or clock.today()
    ended = on if state in ("done", "stopped") else None
    started = measure.started_on or (on if state != "stopped" else None)
    history.change(measure, by=by, version=version, state=state, started_on=started, ended_on=ended)
    audit.record(by, "improve.measure_moved", measure, state=state)
    return measure


@action
def give_status(
    *,
    by: Actor,
    measure: Measure,
    going: str,
    as_planned: str,
    line: str = "",
    day: date | None = None,
    carried_out: bool = False,
) -> Status:
    """Say in half a minute how a measure goes. The first one starts a planned measure; ``carried_out`` ends it."""
    policy.require(GIVE_STATUS, by, measure)
    measure = Measure.objects.select_for_update().get(pk=measure.pk)  # two statuses at once: each sees what the other did
    on = day or clock.today()
    status = Status(
        measure=measure, person_id=_who(by), given_on=on, going=going, as_planned=as_planned, line=line.strip(),
        recorded_at=clock.now(),
    )  # fmt: skip
    status.save(force_insert=True)
    if measure.state == Measure.State.PLANNED and as_planned != Status.AsPlanned.NO:
        history.change(measure, by=by, version=measure.version, state="started", started_on=min(on, clock.today()))
    if carried_out and measure.state == Measure.State.STARTED:
        history.change(measure, by=by, version=measure.version, state="done", ended_on=on)
    audit.record(by, "improve.status_given", status, measure=measure.pk)
    return status


@action
def add_involvement(*, by: Actor, goal: Goal, group: str, how: str, held_on: date, changed: str = "") -> Involvement:
    """Note who took part in a goal, how, when, and what it changed."""
    policy.require(WRITE_GOAL, by, goal)
    if held_on > clock.today():
        raise ActionError(_("Write this down when it has taken place."), "held_on")
    row = Involvement(
        goal=goal, person_id=_who(by), group=group, how=how.strip(), held_on=held_on, changed=changed.strip(),
        recorded_at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    audit.record(by, "improve.involvement_noted", row, goal=goal.pk, group=group)
    return row


OUTCOME_TEXTS = {
    "no-new-figure": gettext_noop("No figure is newer than the one the goal started from. Choose that you cannot tell yet."),
    "target-not-met": gettext_noop("The newest figure has not reached the target. Choose another answer than reached."),
    "nobody-says-so": gettext_noop("Write what pupils, guardians or staff see. Without it, the goal cannot be called reached."),
}


@action
def evaluate(
    *, by: Actor, goal: Goal, outcome: str, decision: str, why: str, pupils: str = "", guardians: str = "", staff: str = "",
    held_on: date | None = None,
) -> Evaluation:  # fmt: skip
    """Hold the evaluation: freeze the figures, keep what people say, and decide. Raises ActionError, also for "reached"
    that nothing shows."""
    policy.require(WRITE_GOAL, by, goal)
    if not why.strip():
        raise ActionError(_("Write why. A sentence or two is enough."), "why")
    frozen = evidence.freeze(goal)
    said = {"pupils": pupils.strip(), "guardians": guardians.strip(), "staff": staff.strip()}
    _judge(goal, outcome, frozen, any(said.values()))
    row = Evaluation(
        goal=goal, person_id=_who(by), held_on=held_on or clock.today(), evidence=frozen, outcome=outcome,
        decision=decision, why=why.strip(), recorded_at=clock.now(), **said,
    )  # fmt: skip
    row.save(force_insert=True)
    audit.record(by, "improve.goal_evaluated", row, goal=goal.pk, outcome=outcome, decision=decision)
    return row


def _judge(goal: Goal, outcome: str, frozen: dict[str, Any], says_people: bool) -> None:
    try:
        rules.check_outcome(
            outcome,
            has_indicator=bool(goal.indicator),
            has_new_figure=bool(frozen.get("has_new_figure")),
            target_met=frozen.get("target_met"),
            says_people=says_people,
        )
    except rules.Misjudged as wrong:
        raise ActionError(_(OUTCOME_TEXTS[wrong.code]), "outcome") from None


@action
def share_plan(*, by: Actor, plan: Plan, shared: bool) -> Plan:
    """Let the owner's people read the plan, or stop it. Raises ActionError while it says too little."""
    policy.require(SHARE, by, plan)
    if shared and not rules.may_share(plan_facts(plan)):
        raise ActionError(_("Write at least one strength, where you want to go, and one goal first."))
    history.change(plan, by=by, version=plan.version, shared_at=clock.now() if shared else None)
    audit.record(by, "improve.plan_shared" if shared else "improve.plan_unshared", plan)
    return plan


@action
def continue_plan(*, by: Actor, plan: Plan, length: int = 1) -> Plan:
    """Close a plan and begin the next period with the goals that are to be continued or adjusted, and what is going on in them.

    Raises ActionError while a goal waits for its evaluation: it would slip away unseen.
    """
    policy.require(WRITE, by, plan)
    for goal, facts in zip(_goals_of(plan), plan_facts(plan).goals, strict=True):
        if rules.evaluation_due(facts, clock.today()):
            raise ActionError(_("Evaluate this goal first: %(title)s") % {"title": goal.title})
    new = start_plan(by=by, school=plan.school, first_year=plan.last_year + 1, length=length, continues=plan)
    history.change(plan, by=by, version=plan.version, closed_at=clock.now())
    for goal in _goals_of(plan).prefetch_related("evaluations", "measures"):
        _carry_over(by, goal, new)
    audit.record(by, "improve.plan_continued", new, before=plan.pk)
    return new


def _goals_of(plan: Plan) -> QuerySet[Goal]:
    return Goal.objects.filter(plan=plan, removed_at=None).order_by("created_at", "id")


def _carry_over(by: Actor, goal: Goal, new: Plan) -> None:
    last = max(goal.evaluations.all(), key=lambda row: (row.held_on, row.recorded_at), default=None)
    if last is not None and last.decision == Evaluation.Decision.STOP:
        return
    columns = ("title", "why", "indicator", "base_year", "base_value", "base_low", "base_high", "target", "sign")
    values = {name: getattr(goal, name) for name in columns}
    copy = Goal(plan=new, by_when=date(new.last_year + 1, 5, 15), continues=goal, created_at=clock.now(), **values)
    history.begin(copy, by=by)
    for measure in goal.measures.all():
        if measure.state in (Measure.State.PLANNED, Measure.State.STARTED):
            _carry_measure_over(by, measure, copy)


def _carry_measure_over(by: Actor, measure: Measure, goal: Goal) -> None:
    columns = ("what", "responsible_id", "for_whom", "expected", "starts", "ends", "state", "started_on")
    values = {name: getattr(measure, name) for name in columns}
    history.begin(Measure(goal=goal, created_at=clock.now(), **values), by=by)
