"""Meetings: called, held with minutes and what was agreed, or cancelled."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from samskap.cases import texts
from samskap.cases.actions.order import put_in_order
from samskap.cases.actions.steps import begin, begin_open, folder, needed, not_later, note, reason
from samskap.cases.models import Case, CasePupil, EntryKind, Meeting
from samskap.kernel import audit, clock
from samskap.kernel.actions import ActionError, action
from samskap.kernel.policy import Actor


@dataclass(frozen=True)
class Call:
    """A meeting to be called. ``home``: the family of ``pupil`` is invited and reads it on their page."""

    on: date
    at: time
    about: str
    where: str = ""
    invited: str = ""
    pupil: CasePupil | None = None
    home: bool = False


@action
def call_meeting(*, by: Actor, case: Case, call: Call) -> Meeting:
    """Call a meeting. Raises ActionError for a moment that has passed, or a family that is invited without a pupil."""
    row = begin_open(by, case)
    held = folder(call.pupil, row) if call.pupil else None
    starts = datetime.combine(call.on, call.at, clock.OSLO)
    if starts < clock.now():
        raise ActionError(_("Choose a moment that lies ahead. A meeting that has been held is written down."), "on")
    if call.home and held is None:
        raise ActionError(_("Choose the pupil whose family is invited."), "pupil")
    made = Meeting(case=row, pupil=held, starts_at=starts, home=call.home, called_at=clock.now())
    words = {"about": needed(call.about, "about"), "where": call.where.strip(), "invited": call.invited.strip()}
    texts.lock(row, made, words)
    made.save(force_insert=True)
    note(row, EntryKind.MEETING, by, words["about"], pupil=held, home=call.home, stage="called", meeting=str(made.pk),
         starts=starts.isoformat(), where=words["where"], who=words["invited"])  # fmt: skip
    put_in_order(row)
    audit.record(by, "cases.meeting_called", row, meeting=made.pk)
    return made


@action
def hold_meeting(*, by: Actor, meeting: Meeting, text: str, who: str, agreed: str = "", on: date, home: bool = False) -> Meeting:
    """The minutes: what was said, who was there, what was agreed."""
    row = begin(by, meeting.case)
    held = _called(meeting, row)
    if home and held.pupil_id is None:
        raise ActionError(_("This cannot be told at home."), "home")
    held.state = Meeting.State.HELD
    held.save()
    note(row, EntryKind.MEETING, by, needed(text, "text"), pupil=held.pupil, on=not_later(on, "on"), home=home, stage="held",
         meeting=str(held.pk), who=needed(who, "who"), agreed=agreed.strip())  # fmt: skip
    put_in_order(row)
    audit.record(by, "cases.meeting_held", row, meeting=held.pk)
    return held


@action
def cancel_meeting(*, by: Actor, meeting: Meeting, why: str) -> Meeting:
    """It is not held. Those who were invited see why."""
    row = begin(by, meeting.case)
    held = _called(meeting, row)
    held.state = Meeting.State.CANCELLED
    held.save()
    note(row, EntryKind.MEETING, by, reason(why, "why"), pupil=held.pupil, home=held.home, stage="cancelled",
         meeting=str(held.pk), starts=held.starts_at.isoformat())  # fmt: skip
    put_in_order(row)
    audit.record(by, "cases.meeting_cancelled", row, meeting=held.pk)
    return held


def _called(meeting: Meeting, case: Case) -> Meeting:
    held = Meeting.objects.select_for_update(of=("self",)).select_related("pupil").get(pk=meeting.pk, case=case)
    if held.state != Meeting.State.CALLED:
        raise ActionError(_("The meeting has been held or cancelled already."))
    return held
