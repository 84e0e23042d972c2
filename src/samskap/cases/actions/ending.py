"""Ending the follow-up: only when the pupil says that it is safe, or it is written why the answer could not be had."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from samskap.cases import rules
from samskap.cases.actions.answers import Said, begin_again, store
from samskap.cases.actions.order import put_in_order
from samskap.cases.actions.plans import facts
from samskap.cases.actions.steps import begin, begin_open, needed, not_later, note, reason
from samskap.cases.models import Case, CasePupil, EntryKind, Measure, Part, Stage, State
from samskap.cases.policy import LEAD
from samskap.cases.standing import subject_facts, subjects_of
from samskap.kernel import audit, clock
from samskap.kernel.actions import ActionError, action
from samskap.kernel.policy import Actor

SOONEST_TALK, LATEST_TALK = timedelta(weeks=1), timedelta(weeks=26)


def obstacles(case: Case, lacking: Collection[UUID] | None = None) -> list[tuple[rules.Obstacle, CasePupil | None]]:
    """All that stands between the case and its end: what, and for which pupil.

    ``lacking``: the plans in which something is missing, where that is known already.
    """
    found: list[tuple[rules.Obstacle, CasePupil | None]] = []
    if lacking is None:
        lacking = {plan.pk for plan in case.plans.all() if rules.missing(facts(case, plan))}
    for pupil in subjects_of(case):
        found += [(obstacle, pupil) for obstacle in rules.obstacles_of(subject_facts(pupil, lacking=lacking))]
    if case.investigate_since is not None:
        found.append((rules.Obstacle.FIND_OUT, None))
    passed_on, groundless = case.passed_on_at is not None, case.groundless_at is not None
    if rules.owes_owner(rules.Concerns(case.concerns), passed_on=passed_on, called_groundless=groundless):
        found.append((rules.Obstacle.OWES_OWNER, None))
    return found


@action
def end(*, by: Actor, case: Case, why: str, talk_on: date, unbegun: Mapping[UUID, str] | None = None) -> Case:
    """End the follow-up, with a talk after the agreed weeks. Raises ActionError while anything stands against it.

    ``unbegun``: what becomes of measures that were planned and never begun: they end, too, or are carried out all the same.
    """
    row = begin_open(by, case, LEAD)
    CasePupil.objects.select_for_update().filter(case=row).count()
    if obstacles(row):
        raise ActionError(_("The follow-up cannot end yet. See what is missing."))
    if not clock.today() + SOONEST_TALK <= talk_on <= clock.today() + LATEST_TALK:
        raise ActionError(_("Choose a day between one week and half a year from now."), "talk_on")
    _end_unbegun(by, row, {pk for pk, verdict in (unbegun or {}).items() if verdict == rules.Verdict.END})
    row.state, row.ended_at, row.talk_on, row.talk_held_on = State.ENDED, clock.now(), talk_on, None
    note(row, EntryKind.ENDED, by, reason(why, "why"), home=True)
    put_in_order(row)
    audit.record(by, "cases.ended", row)
    return row


def _end_unbegun(by: Actor, row: Case, chosen: Collection[UUID]) -> None:
    """Planned is not done: what never began does not stand as if it went on."""
    rows = Measure.objects.select_for_update(of=("self",)).filter(case=row, pk__in=chosen, stage=Stage.PLANNED, removed_at=None)
    for measure in rows:
        measure.stage = Stage.ENDED
        measure.save()
        note(row, EntryKind.MEASURE, by, pupil=measure.pupil, plan=measure.plan, measure=str(measure.pk), stage="never_begun")


@action
def talk(*, by: Actor, case: Case, text: str, on: date, said: Sequence[Said] = (), why_not: str = "") -> Case:
    """The follow-up talk after the end, with what the pupils answer in it: a "no" takes the case up again.

    ``why_not``: why the answer of those who give none could not be had. Raises ActionError where it is missing.
    """
    row = begin(by, case)
    if row.state != State.ENDED:
        raise ActionError(_("The follow-up is going on. Write it down as a talk with the pupil."))
    row.talk_held_on = day = not_later(on, "on")
    note(row, EntryKind.TALK, by, needed(text, "text"), on=day, home=True)
    answered = {one.pupil.pk for one in said}
    for pupil in CasePupil.objects.filter(case=row, part=Part.SUBJECT, left_at=None).exclude(pk__in=answered):
        note(row, EntryKind.NO_ANSWER, by, reason(why_not, "why_not"), pupil=pupil, on=day)
    store(by, row, said, day)
    put_in_order(row)
    audit.record(by, "cases.talked", row)
    return row


@action
def take_up_again(*, by: Actor, case: Case, why: str) -> Case:
    """Something new has happened: the follow-up goes on."""
    row = begin(by, case)
    if row.state != State.ENDED:
        raise ActionError(_("The follow-up is going on already."))
    begin_again(by, row, None)
    note(row, EntryKind.NOTE, by, reason(why, "why"))
    put_in_order(row)
    audit.record(by, "cases.taken_up_again", row)
    return row
