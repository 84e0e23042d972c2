"""Ending the follow-up: only when the pupil says that it is safe, or it is written why the answer could not be had."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from samskap.cases import rules
from samskap.cases.actions.answers import begin_again
from samskap.cases.actions.plans import facts
from samskap.cases.actions.steps import begin, begin_open, needed, not_later, note, put_in_order, reason
from samskap.cases.models import Case, CasePupil, EntryKind, State
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
    passed_on, groundless = case.passed_on_at is not None, case.groundless_at is not None
    if rules.owes_owner(rules.Concerns(case.concerns), passed_on=passed_on, called_groundless=groundless):
        found.append((rules.Obstacle.OWES_OWNER, None))
    return found


@action
def end(*, by: Actor, case: Case, why: str, talk_on: date) -> Case:
    """End the follow-up, with a talk after the agreed weeks. Raises ActionError while anything stands against it."""
    row = begin_open(by, case, LEAD)
    CasePupil.objects.select_for_update().filter(case=row).count()
    if obstacles(row):
        raise ActionError(_("The follow-up cannot end yet. See what is missing."))
    if not clock.today() + SOONEST_TALK <= talk_on <= clock.today() + LATEST_TALK:
        raise ActionError(_("Choose a day between one week and half a year from now."), "talk_on")
    row.state, row.ended_at, row.talk_on, row.talk_held_on = State.ENDED, clock.now(), talk_on, None
    note(row, EntryKind.ENDED, by, reason(why, "why"), home=True)
    put_in_order(row)
    audit.record(by, "cases.ended", row)
    return row


@action
def talk(*, by: Actor, case: Case, text: str, on: date) -> Case:
    """The follow-up talk after the end. The pupil's answer in it is stored by ``ask``: a "no" takes the case up again."""
    row = begin(by, case)
    if row.state != State.ENDED:
        raise ActionError(_("The follow-up is going on. Write it down as a talk with the pupil."))
    row.talk_held_on = not_later(on, "on")
    note(row, EntryKind.TALK, by, needed(text, "text"), on=row.talk_held_on, home=True)
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
