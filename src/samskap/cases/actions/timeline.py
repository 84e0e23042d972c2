"""What is done for the duties, as it happens: written once, corrected by a new entry, never changed."""

from collections.abc import Collection, Sequence
from datetime import date

from django.utils.translation import gettext as _

from samskap.cases.actions.home import from_own_page
from samskap.cases.actions.order import put_in_order
from samskap.cases.actions.steps import begin, begin_open, folder, needed, not_later, note, reason
from samskap.cases.models import Case, CasePupil, Entry, EntryKind
from samskap.cases.policy import READ
from samskap.kernel import audit, policy
from samskap.kernel.actions import ActionError, action
from samskap.kernel.policy import Actor

# What somebody writes down freely. OTHER_DUTY (barnevern § 24-3, avverge) never shows on a page of the family.
WRITTEN = (
    EntryKind.STEP_IN, EntryKind.WATCH, EntryKind.INVESTIGATED, EntryKind.FINDING, EntryKind.HOME, EntryKind.MEETING,
    EntryKind.DELAY, EntryKind.OTHER_DUTY, EntryKind.NOTE,
)  # fmt: skip
NEVER_HOME = frozenset({EntryKind.OTHER_DUTY, EntryKind.NOTE, EntryKind.CORRECTION})
GUESTS_WRITE = frozenset({EntryKind.NOTE})


@action
def write(
    *, by: Actor, case: Case, kind: str, text: str, on: date, pupil: CasePupil | None = None, home: bool = False, who: str = ""
) -> Entry:
    """A line of what was done. ``home``: it is told to the pupil's family. ``who``: who took part, for meetings and contact.

    Raises ActionError for a day that lies ahead, or for something that must never be told at home.
    """
    chosen = EntryKind(kind)
    if chosen not in WRITTEN:
        raise ValueError(kind)
    row = begin_open(by, case, READ if chosen in GUESTS_WRITE else "cases.work")
    if home and chosen in NEVER_HOME:
        raise ActionError(_("This cannot be told at home."), "home")
    if home and pupil is None:
        raise ActionError(_("Choose the pupil that it concerns, or take away the tick."), "home")
    held = folder(pupil, row) if pupil else None
    day = not_later(on, "on")
    entry = note(row, chosen, by, needed(text, "text"), pupil=held, on=day, home=home, who=who.strip())
    if chosen in (EntryKind.INVESTIGATED, EntryKind.FINDING):
        row.investigate_since = None
    if held is not None and chosen == EntryKind.HOME:
        held.home_told_on = max(filter(None, (held.home_told_on, day)))
        held.save()
    put_in_order(row)
    audit.record(by, "cases.written", row, kind=kind)
    return entry


@action
def correct(*, by: Actor, entry: Entry, text: str) -> Entry:
    """A new entry beside the one that is wrong; both stay. Whoever wrote it corrects it, or whoever may work in the case.

    Raises ActionError for what somebody of the family wrote on the own page: it is their voice, and theirs to put right.
    """
    row = begin(by, entry.case, READ)
    if entry.author_id != by.person_id:
        policy.require("cases.work", by, row)
    if entry.corrects_id is not None:
        raise ActionError(_("Correct the first entry, not a correction."))
    if from_own_page([entry]):
        raise ActionError(_("The family wrote this. They can put it right on their own page; write beside it what you know."))
    text = needed(text, "text")
    made = note(row, EntryKind.CORRECTION, by, text, pupil=entry.pupil, on=entry.happened_on, home=entry.home, corrects=entry)
    audit.record(by, "cases.corrected", row, entry=entry.pk)
    return made


@action
def hear(
    *, by: Actor, pupil: CasePupil, how: str, words: str, on: date, along: str = "", interpreter: str = "", home: bool = False
) -> Entry:
    """A talk with a pupil (§ 10-2: every pupil, no lower age): who, how, in the pupil's own words, with whom along.

    ``home``: the pupil has said yes to its being told at home.
    """
    row = begin_open(by, pupil.case)
    held = folder(pupil, row)
    day = not_later(on, "on")
    held.heard_on = max(filter(None, (held.heard_on, day)))
    held.save()
    entry = note(
        row, EntryKind.HEARING, by, needed(words, "words"), pupil=held, on=day, home=home,
        how=needed(how, "how"), along=along.strip(), interpreter=interpreter.strip(),
    )  # fmt: skip
    audit.record(by, "cases.heard", row, part=str(held.part))
    put_in_order(row)
    return entry


@action
def intervene(
    *, by: Actor, pupil: CasePupil, text: str, how: str, view: str, on: date, record: str = "", told_on: date | None = None,
    home: bool = False,
) -> Entry:  # fmt: skip
    """A physical intervention (§ 13-5): what happened, what was done, and how the pupil saw it; where the school's own record is
    kept, and when those at home were told."""
    row = begin_open(by, pupil.case)
    held = folder(pupil, row)
    day = not_later(on, "on")
    if told_on is not None:
        held.home_told_on = max(filter(None, (held.home_told_on, not_later(told_on, "told_on"))))
        held.save()
    entry = note(
        row, EntryKind.INTERVENTION, by, needed(text, "text"), pupil=held, on=day, home=home, intervention=needed(how, "how"),
        view=needed(view, "view"), record=record.strip(), told_on=told_on.isoformat() if told_on else "",
    )  # fmt: skip
    put_in_order(row)
    audit.record(by, "cases.intervened", row)
    return entry


@action
def weigh(*, by: Actor, pupil: CasePupil, text: str, home: bool = False) -> Entry:
    """What is best for the pupil, weighed (§ 10-1): a fundamental consideration in everything that is decided."""
    row = begin_open(by, pupil.case)
    held = folder(pupil, row)
    entry = note(row, EntryKind.BEST_INTEREST, by, reason(text, "text"), pupil=held, home=home)
    held.weighed_on = entry.happened_on
    held.save()
    audit.record(by, "cases.weighed", row)
    return entry


@action
def weigh_several(*, by: Actor, case: Case, pupils: Sequence[CasePupil], text: str) -> None:
    """What is best for several pupils, where the same was weighed: it stands in each folder. Raises ActionError for none."""
    row = begin_open(by, case)
    if not pupils:
        raise ActionError(_("Choose at least one pupil."), "pupils")
    for pupil in pupils:
        held = folder(pupil, row)
        held.weighed_on = note(row, EntryKind.BEST_INTEREST, by, reason(text, "text"), pupil=held).happened_on
        held.save()
    audit.record(by, "cases.weighed", row, pupils=len(pupils))


def kinds_for(guest: bool) -> Collection[EntryKind]:
    """What one may write down: a guest leaves notes."""
    return tuple(kind for kind in WRITTEN if not guest or kind in GUESTS_WRITE)
