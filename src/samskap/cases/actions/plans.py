"""The measures plan: words in versions, measures with a life of their own, evaluation on its date.

A measure can be started and logged at once; the plan is completed beside it, never in its way.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samskap.cases import names, rules, texts
from samskap.cases.actions import days
from samskap.cases.actions.access import may_be_responsible
from samskap.cases.actions.answers import Said, store
from samskap.cases.actions.order import put_in_order
from samskap.cases.actions.steps import begin_open, folder, locked, needed, not_later, note
from samskap.cases.models import Case, CasePupil, Effect, EntryKind, Measure, Plan, PlanVersion, Side, Stage, Touched
from samskap.cases.policy import OWN_MEASURE, RECUSALS
from samskap.kernel import audit, clock, keys, policy
from samskap.kernel.actions import ActionError, action
from samskap.kernel.policy import Actor
from samskap.people import api as people
from samskap.people.api import Person

# A place in a suggested measure that is still to be filled in.
BLANK = re.compile(r"\[[^\[\]]{1,200}\]")


class Changed(ActionError):
    """Somebody else has changed it since it was read; nothing was overwritten.

    ``theirs``: how it reads now, by the names of the form's fields; ``seen``: what to send to write over it, knowing theirs.
    """

    def __init__(self, theirs: Mapping[str, Any], seen: object) -> None:
        super().__init__(_("Someone else saved while you were writing. Both texts are shown below. Nothing is lost."))
        self.theirs, self.seen = theirs, str(seen)


def held_plan(plan: Plan, case: Case) -> Plan:
    """The plan as it stands now; its case must be ``case``."""
    return Plan.objects.select_for_update().get(pk=plan.pk, case=case)


def words_of(case: Case, plan: Plan, version: int | None = None) -> dict[str, Any]:
    """The words of one of the plan's versions, the newest one unless another is named; empty before the first one."""
    row = plan.versions.filter(version=plan.version if version is None else version).first()
    return texts.unlock(case, row) if row else {}


def _solves(words: Mapping[str, Any]) -> tuple[str, str]:
    """What a plan's form writes: two writers are in each other's way only there."""
    return str(words.get("problem", "")), str(words.get("evaluate_on", ""))


def facts(case: Case, plan: Plan) -> rules.PlanFacts:
    """The plan as the law asks of it."""
    rows = _standing(plan)
    measures = [rules.MeasureFacts(bool(row.starts_on), row.responsible_id is not None) for row in rows]
    return rules.PlanFacts(str(words_of(case, plan).get("problem", "")), measures, plan.evaluate_on)


def _changed(
    by: Actor, case: Case, plan: Plan, problem: str | None = None, *, evaluated: bool = False, what: str = ""
) -> None:  # fmt: skip
    """A new version: the whole plan as it reads from now on. What was changed after an evaluation wants a new one.

    ``what``: what made the version, where its text alone does not tell.
    """
    if not evaluated:
        plan.evaluated_on = None
    before = words_of(case, plan)
    plan.version += 1
    plan.changed_at = clock.now()
    plan.save()
    row = PlanVersion(plan=plan, version=plan.version, at=plan.changed_at, author_id=by.person_id)
    texts.lock(case, row, {
        "problem": before.get("problem", "") if problem is None else problem,
        "evaluate_on": plan.evaluate_on.isoformat() if plan.evaluate_on else "",
        "in_force": plan.in_force_at is not None,
        "measures": [_as_written(case, measure) for measure in _standing(plan)] + _neutral_lines(case, plan),
        "what": what,
    })  # fmt: skip
    row.save(force_insert=True)


def _measures(plan: Plan) -> Sequence[Measure]:
    """The plan's own measures."""
    return list(Measure.objects.filter(plan=plan, removed_at=None).select_related("responsible").order_by("added_at", "id"))


def _standing(plan: Plan) -> Sequence[Measure]:
    """What stands in the plan in full: its own, and measures for all that another plan of the case lends it."""
    lent = Q(pupil=None, touches__pupil__plan=plan, touches__pupil__left_at=None)
    rows = Measure.objects.filter(Q(plan=plan) | lent, case_id=plan.case_id, removed_at=None).distinct()
    return list(rows.select_related("responsible").order_by("added_at", "id"))


def _lent_to(row: Measure) -> list[Plan]:
    """The other plans in which a measure for all stands by reference."""
    if row.pupil_id is not None:
        return []
    plans = Plan.objects.filter(pupils__touched_by__measure=row, pupils__left_at=None).distinct()
    return [plan for plan in plans if plan.pk != row.plan_id]


def _beside(row: Measure) -> list[Plan]:
    """The plans of others in which a measure that is aimed at one pupil stands as a neutral line."""
    if row.pupil_id is None:
        return []
    plans = Plan.objects.filter(pupils__touched_by__measure=row, pupils__left_at=None).distinct()
    return [plan for plan in plans if plan.pk != row.plan_id]


def _neutral_lines(case: Case, plan: Plan) -> list[dict[str, str]]:
    """What is aimed at somebody else and done for one of these pupils, without saying whom or by whom."""
    rows = Measure.objects.filter(
        case_id=plan.case_id, removed_at=None, pupil__isnull=False, touches__pupil__plan=plan, touches__pupil__left_at=None
    )
    found = rows.exclude(plan=plan).exclude(pupil__plan=plan, pupil__left_at=None).distinct()
    written = [_as_written(case, row) for row in found.order_by("added_at", "id")]
    return [{**one, "id": "", "pupil": "", "text": one["neutral"], "who": ""} for one in written]


def _as_written(case: Case, measure: Measure) -> dict[str, str]:
    words = texts.unlock(case, measure)
    return {
        "id": str(measure.pk),
        "pupil": str(measure.pupil_id or ""),
        "text": str(words.get("text", "")),
        "neutral": str(words.get("neutral", "")),
        "who": measure.responsible.name if measure.responsible else "",
        "from": measure.starts_on.isoformat() if measure.starts_on else "",
        "to": measure.ends_on.isoformat() if measure.ends_on else "",
    }


def _kept_whole(plan: Plan, before: rules.PlanFacts, after: rules.PlanFacts) -> None:
    """A plan in force loses none of the five elements. Raises ActionError.

    A new measure may lack its day or who sees to it: it is never delayed by the plan.
    """
    lost = rules.taken_away(before, after) if plan.in_force_at is not None else ()
    for element in lost:
        raise ActionError(_lost(element), LACKS_IN.get(element))


LACKS_IN = {
    rules.Element.PROBLEM: "problem", rules.Element.WHEN: "starts_on", rules.Element.WHO: "responsible",
    rules.Element.EVALUATION: "evaluate_on",
}  # fmt: skip


def _lost(element: rules.Element) -> str:
    return {
        rules.Element.PROBLEM: _("The plan is in force, and must say what it shall solve."),
        rules.Element.MEASURES: _("It is the only measure of a plan in force. Add another one first."),
        rules.Element.WHEN: _("The plan is in force: write from when."),
        rules.Element.WHO: _("The plan is in force: choose who sees to it."),
        rules.Element.EVALUATION: _("The plan is in force, and must have a day for the evaluation."),
    }[element]


def _as_they_stand(case: Case, plans: Sequence[Plan | None]) -> list[tuple[Plan, rules.PlanFacts]]:
    """What each of these plans holds, before a measure in them changes."""
    return [(plan, facts(case, plan)) for plan in plans if plan is not None]


@action
def write_plan(*, by: Actor, plan: Plan, version: int, problem: str, evaluate_on: date | None) -> Plan:
    """Write what the plan shall solve, and when it is evaluated. Raises Changed when somebody wrote either after ``version``."""
    row = begin_open(by, plan.case)
    held = held_plan(plan, row)
    theirs = words_of(row, held)
    if held.version != version and _solves(theirs) != _solves(words_of(row, held, version)):
        raise Changed({"problem": theirs.get("problem", ""), "evaluate_on": held.evaluate_on}, held.version)
    if evaluate_on != held.evaluate_on:
        days.may_be_set(held, evaluate_on)
    before = facts(row, held)
    _kept_whole(held, before, rules.PlanFacts(problem, before.measures, evaluate_on))
    held.evaluate_on = evaluate_on
    _changed(by, row, held, problem.strip())
    note(row, EntryKind.PLAN, by, plan=held, change="written", version=held.version)
    put_in_order(row)
    audit.record(by, "cases.plan_written", row, version=held.version)
    return held


@dataclass(frozen=True)
class NewMeasure:
    """A measure as it is written. ``neutral``: how it reads in the plans of ``touched``, when it is aimed at another pupil."""

    text: str
    responsible: Person | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    pupil: CasePupil | None = None
    neutral: str = ""
    touched: Sequence[CasePupil] = ()


@action
def add_measure(*, by: Actor, case: Case, measure: NewMeasure, plan: Plan | None = None, started: bool = False) -> Measure:
    """A measure, in a plan or before there is one. ``started``: it is under way from now on, whatever the plan lacks."""
    row = begin_open(by, case)
    pupil = folder(measure.pupil, row) if measure.pupil else None
    _names_nobody(row, measure)
    held = _own_plan(pupil, held_plan(plan, row) if plan else None)
    made = Measure(
        case=row, plan=held, pupil=pupil, added_at=clock.now(),
        stage=Stage.STARTED if started else Stage.PLANNED, **_when_and_who(row, measure, started=started),
    )  # fmt: skip
    texts.lock(row, made, _words(measure))
    made.save(force_insert=True)
    _touch(made, measure.touched, row)
    note(row, EntryKind.MEASURE, by, _words(measure)["text"], pupil=made.pupil, plan=held, measure=str(made.pk),
         stage=str(made.stage))  # fmt: skip
    standing_changed(by, row, [held, *_lent_to(made)], _beside(made))
    put_in_order(row)
    audit.record(by, "cases.measure_added", row, measure=made.pk, started=started)
    return made


def _own_plan(pupil: CasePupil | None, plan: Plan | None) -> Plan | None:
    """What is aimed at one pupil stands in that pupil's plan and in no other: another family reads the versions of theirs."""
    return plan if pupil is None or plan is None else pupil.plan


def _words(measure: NewMeasure) -> dict[str, str]:
    text, neutral = needed(measure.text, "text"), measure.neutral.strip()
    if left := BLANK.search(text):
        raise ActionError(_("Fill in what stands in brackets: %(words)s") % {"words": left[0]}, "text")
    if measure.pupil is not None and measure.touched and not neutral:
        raise ActionError(_("Write how it reads in the other pupil's plan, without saying whom it is aimed at."), "neutral")
    return {"text": text, "neutral": neutral}


def _names_nobody(case: Case, measure: NewMeasure) -> None:
    """The neutral line names none of the case's pupils in whose plan it does not stand. Raises ActionError."""
    touched = {pupil.pk for pupil in measure.touched} - {measure.pupil.pk if measure.pupil else None}
    if measure.pupil is None or not touched:
        return
    known = {row.pk: str((texts.unlock_whole(case, row) or {}).get("name", "")) for row in CasePupil.objects.filter(case=case)}
    for pk in touched:
        others = names.words_of(name for other, name in known.items() if other != pk)
        if found := names.words_found([measure.neutral], others, names.words_of([known.get(pk, "")])):
            text = _("The neutral line names %(name)s, and another family reads it. Write it without the name.")
            raise ActionError(text % {"name": ", ".join(found)}, "neutral")


def _when_and_who(case: Case, measure: NewMeasure, *, started: bool) -> dict[str, Any]:
    starts = measure.starts_on or (clock.today() if started else None)
    if starts and measure.ends_on and measure.ends_on < starts:
        raise ActionError(_("The last day cannot be before the first."), "ends_on")
    if measure.responsible is not None and not may_carry_out(case).filter(pk=measure.responsible.pk).exists():
        raise ActionError(_("Choose one who works at the school, or with the case."), "responsible")
    return {"starts_on": starts, "ends_on": measure.ends_on, "responsible": measure.responsible}


def may_carry_out(case: Case) -> QuerySet[Person]:
    """Who can be responsible for a measure: everybody who works at the school, and those who work the case.

    Nobody whom it is about; and while it is the municipality's, nobody who leads the school: they are not to know of it.
    """
    here, hashes = set(people.staff_of(case.school_id)), RECUSALS.hashes(case)
    if case.side == Side.OWNER:
        here -= {*people.staff_of(case.school_id, people.Role.LEADER), *people.leaders_of(case.school_id)}
    able = {person.pk for person in here if people.person_hash(person.pk) not in hashes}
    able |= {person.pk for person in may_be_responsible(case)}
    return Person.objects.filter(pk__in=able).order_by("sort_key")


def _touch(row: Measure, pupils: Sequence[CasePupil], case: Case) -> None:
    Touched.objects.filter(measure=row).delete()
    for pupil in pupils:
        if pupil.pk != row.pupil_id:
            Touched.objects.create(measure=row, pupil=folder(pupil, case))


def seen_as(case: Case, row: Measure) -> str:
    """What a measure reads like, as a mark: whoever changes it says which text they saw."""
    words = texts.unlock_whole(case, row) or {}
    told = (words.get("text"), words.get("neutral"), row.responsible_id, row.starts_on, row.ends_on, row.pupil_id)
    return keys.keyed_hash("measure-seen", repr(tuple(str(one) for one in told)))


@action
def change_measure(*, by: Actor, row: Measure, measure: NewMeasure, seen: str = "") -> Measure:
    """Write a measure anew; the plan gets a new version. Raises Changed when it no longer reads as ``seen`` (``seen_as``)."""
    case = begin_open(by, row.case)
    held = _held(row, case)
    if seen and seen != (now := seen_as(case, held)):
        words = texts.unlock(case, held)
        theirs = {name: getattr(held, name) for name in ("responsible", "starts_on", "ends_on")}
        raise Changed({"text": words.get("text", ""), **theirs, "neutral": words.get("neutral", "")}, now)
    _names_nobody(case, measure)
    for name, value in _when_and_who(case, measure, started=False).items():
        setattr(held, name, value)
    before, beside = _as_they_stand(case, [held.plan, *_lent_to(held)]), _beside(held)
    held.pupil = folder(measure.pupil, case) if measure.pupil else None
    held.plan = _own_plan(held.pupil, held.plan)
    texts.lock(case, held, {**texts.unlock(case, held), **_words(measure)})
    held.save()
    _touch(held, measure.touched, case)
    for plan, stood in before:
        _kept_whole(plan, stood, facts(case, plan))
    plans = [held.plan, *_lent_to(held), *(plan for plan, _stood in before)]
    standing_changed(by, case, plans, [*_beside(held), *beside])
    note(
        case, EntryKind.MEASURE, by, measure.text.strip(), pupil=held.pupil, plan=held.plan, measure=str(held.pk), stage="changed"
    )
    put_in_order(case)
    audit.record(by, "cases.measure_changed", case, measure=held.pk)
    return held


def _held(row: Measure, case: Case) -> Measure:
    return Measure.objects.select_for_update().get(pk=row.pk, case=case, removed_at=None)


def standing_changed(by: Actor, case: Case, plans: Sequence[Plan | None], beside: Sequence[Plan] = ()) -> None:
    """A new version of each of these plans, once. ``beside``: only a neutral line is new, which wants no new evaluation."""
    changed = dict.fromkeys(plan.pk for plan in plans if plan is not None)
    for pk in dict.fromkeys((*changed, *(plan.pk for plan in beside))):
        held = Plan.objects.select_for_update().get(pk=pk, case=case)
        _changed(by, case, held, evaluated=pk not in changed and held.evaluated_on is not None)


@action
def into_plan(*, by: Actor, row: Measure, plan: Plan) -> Measure:
    """A measure that was started before there was a plan stands in it from now on."""
    case = begin_open(by, row.case)
    held = _held(row, case)
    if held.pupil is not None and held.pupil.plan_id != plan.pk:
        raise ActionError(_("It is aimed at one pupil, and can stand in that pupil's plan alone."), "plan")
    held.plan = held_plan(plan, case)
    held.save()
    standing_changed(by, case, [held.plan, *_lent_to(held)])
    audit.record(by, "cases.measure_in_plan", case, measure=held.pk)
    put_in_order(case)
    return held


@action
def move_measure(
    *, by: Actor, row: Measure, stage: str, on: date | None = None, text: str = "", effect: str = "", own_line: bool = False
) -> Measure:
    """Started, carried out (when, by whom), ended. Whoever is to carry it out may say so, without seeing the rest of the case."""
    case = _begin_line(by, row) if own_line else begin_open(by, row.case)
    held = _held(row, case)
    wanted = rules.Stage(stage)
    if wanted not in rules.NEXT_STAGES[rules.Stage(held.stage)]:
        raise ActionError(_("The measure is there already, or cannot go that way."))
    day = not_later(on or clock.today(), "on")
    held.stage = Stage(wanted)
    if wanted == rules.Stage.DONE:
        held.done_on, held.done_by_id = day, by.person_id
    if wanted == rules.Stage.STARTED:
        held.starts_on = held.starts_on or day
    if effect:
        held.effect = Effect(effect)
    held.save()
    note(case, EntryKind.MEASURE, by, text.strip(), pupil=held.pupil, plan=held.plan, on=day, measure=str(held.pk),
         stage=str(wanted), effect=str(held.effect))  # fmt: skip
    put_in_order(case)
    audit.record(by, "cases.measure_moved", case, measure=held.pk, stage=stage)
    return held


@action
def did_measure(*, by: Actor, row: Measure, on: date | None = None, text: str = "") -> Measure:
    """Whoever carries it out did it on a day, and it goes on. Raises ActionError for one that is over."""
    case = _begin_line(by, row)
    held = _held(row, case)
    if held.stage not in (Stage.PLANNED, Stage.STARTED):
        raise ActionError(_("The measure is there already, or cannot go that way."))
    day = not_later(on or clock.today(), "on")
    if held.stage == Stage.PLANNED:
        held.stage, held.starts_on = Stage.STARTED, held.starts_on or day
        held.save()
    note(case, EntryKind.MEASURE, by, text.strip(), pupil=held.pupil, plan=held.plan, on=day, measure=str(held.pk), stage="did")
    put_in_order(case)
    audit.record(by, "cases.measure_did", case, measure=held.pk)
    return held


@action
def not_done(*, by: Actor, row: Measure) -> Measure:
    """Whoever said today that it is carried out takes it back: it is under way. Raises ActionError for all else."""
    case = _begin_line(by, row)
    held = _held(row, case)
    if held.stage != Stage.DONE or held.done_by_id != by.person_id or held.done_on != clock.today():
        raise ActionError(_("It can be taken back only on the same day, by the one who said it."))
    held.stage, held.done_on, held.done_by = Stage.STARTED, None, None
    held.save()
    note(case, EntryKind.MEASURE, by, pupil=held.pupil, plan=held.plan, measure=str(held.pk), stage="not_done")
    put_in_order(case)
    audit.record(by, "cases.measure_not_done", case, measure=held.pk)
    return held


def _begin_line(by: Actor, row: Measure) -> Case:
    policy.require(OWN_MEASURE, by, row)
    return locked(row.case)


@action
def remove_measure(*, by: Actor, row: Measure, why: str) -> Measure:
    """It was written by mistake: it leaves the plan, with a reason, and stays in earlier versions."""
    case = begin_open(by, row.case)
    held = _held(row, case)
    if held.stage != Stage.PLANNED:
        raise ActionError(_("It has been started. End it instead, so that it stays in the plan."))
    before = _as_they_stand(case, [held.plan, *_lent_to(held)])
    held.removed_at = clock.now()
    held.save()
    for plan, stood in before:
        _kept_whole(plan, stood, facts(case, plan))
    note(case, EntryKind.MEASURE, by, needed(why, "why"), pupil=held.pupil, plan=held.plan, measure=str(held.pk), stage="removed")
    standing_changed(by, case, [held.plan, *_lent_to(held)], _beside(held))
    put_in_order(case)
    audit.record(by, "cases.measure_removed", case, measure=held.pk)
    return held


@action
def put_in_force(*, by: Actor, plan: Plan) -> Plan:
    """The plan is in force: only with all five elements of § 12-4 third paragraph. Raises ActionError naming what is missing."""
    row = begin_open(by, plan.case)
    held = held_plan(plan, row)
    if rules.missing(facts(row, held)):
        raise ActionError(_("Something that the law asks for is missing. See the list beside the plan."))
    held.in_force_at = held.in_force_at or clock.now()
    _changed(by, row, held)
    note(row, EntryKind.PLAN, by, plan=held, change="in_force", version=held.version, home=True)
    put_in_order(row)
    audit.record(by, "cases.plan_in_force", row, version=held.version)
    return held


@action
def evaluate(
    *, by: Actor, plan: Plan, text: str, on: date, verdicts: Mapping[UUID, str], effects: Mapping[UUID, str],
    next_on: date | None, said: Sequence[Said] = (),
) -> Plan:  # fmt: skip
    """Evaluate the plan: what was seen, each measure continued, changed or ended, and when it is evaluated again.

    ``said``: what the pupil and those at home answer on that occasion; it counts like every answer. Raises ActionError when a
    measure has no verdict, and when a pupil has not said that it is safe and no day lies ahead.
    """
    row = begin_open(by, plan.case)
    held = held_plan(plan, row)
    if held.in_force_at is None:
        raise ActionError(_("The plan is not in force yet."))
    day = days.evaluated_on(held, on)
    running = [measure for measure in _measures(held) if measure.stage != Stage.ENDED]
    if any(measure.pk not in verdicts for measure in running):
        raise ActionError(_("Choose for each measure whether it continues, changes or ends."), "verdicts")
    for measure in running:
        _decide(measure, rules.Verdict(verdicts[measure.pk]), effects.get(measure.pk, ""))
    days.may_be_next(next_on)
    held.evaluated_on = day
    held.evaluate_on = next_on or held.evaluate_on
    _changed(by, row, held, evaluated=True, what="evaluated")
    note(row, EntryKind.EVALUATION, by, needed(text, "text"), plan=held, on=day, home=True,
         verdicts={str(pk): str(verdict) for pk, verdict in verdicts.items()})  # fmt: skip
    store(by, row, said, day)
    days.lies_ahead(held, next_on)
    put_in_order(row)
    audit.record(by, "cases.evaluated", row, version=held.version)
    return held


def _decide(measure: Measure, verdict: rules.Verdict, effect: str) -> None:
    if effect:
        measure.effect = Effect(effect)
    if verdict == rules.Verdict.END:
        measure.stage = Stage.ENDED
    measure.save()
