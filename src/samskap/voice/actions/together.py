"""A report and the case that follows it up have one shutter: whoever must not see the one does not see the other (§ 12-5)."""

from collections.abc import Collection
from dataclasses import dataclass

from samskap.kernel import audit, clock
from samskap.kernel.policy import Actor
from samskap.people.api import Person
from samskap.voice import readers
from samskap.voice.actions.dialogue import anew, leave_out_leaders
from samskap.voice.actions.handling import leave_out, possible_partial
from samskap.voice.actions.steps import locked, note_event
from samskap.voice.models import Concerns, EventKind, Outcome, Receiver, Report, State
from samskap.voice.readers import person_hash


@dataclass(frozen=True)
class Shutter:
    """To whom a case is closed: those with the hashes; the school, when it is the owner's; the leadership, which it is about.

    ``responsible``: who works it; None while nobody can.
    """

    about: Collection[str]
    owner: bool
    leadership: bool
    responsible: Person | None


def shut_with(by: Actor, report: Report, shutter: Shutter) -> None:
    """Close a report as the case that follows it up is closed. Nothing is opened by it; what is closed already stays as it is.

    Inside an action of the room that has asked whether ``by`` may decide it, with the case held.
    """
    marks = set(shutter.about) - readers.about(report)
    names = shutter.leadership and report.concerns != Concerns.LEADERSHIP
    moves = shutter.owner and report.receiver != Receiver.OWNER
    if not (marks or names or moves or _waits(report, shutter)):
        return
    row = locked(report)
    if marks:
        _leave_out(by, row, marks)
    if names:
        leave_out_leaders(row)
    if moves:
        row.receiver = Receiver.OWNER
        anew(by, row, EventKind.REROUTED)
        audit.record(by, "voice.rerouted", row)
    if _waits(row, shutter):
        _into_hands(row, shutter.responsible)
    row.save()


def _waits(row: Report, shutter: Shutter) -> bool:
    """Nobody is responsible for it, while somebody is for the case."""
    return row.responsible_id is None and shutter.responsible is not None


def _leave_out(by: Actor, row: Report, marks: set[str]) -> None:
    """The step is noted only where it shuts somebody out who could read it: most at home with a pupil never could."""
    seen = any(person_hash(person.pk) in marks for person in possible_partial(row))
    leave_out(by, row, marks)
    if seen:
        note_event(row, EventKind.RECUSED, by)


def _into_hands(row: Report, responsible: Person | None) -> None:
    """It stands in no list: whoever is responsible for the case is so for the report, and the sender sees the name."""
    now = clock.now()
    row.responsible, row.holder = responsible, None
    row.taken_at, row.opened_at = row.taken_at or now, row.opened_at or now
    row.state, row.outcome, row.closed_at = State.CLOSED, Outcome.CASE, row.closed_at or now


def return_with(by: Actor, report: Report, *, responsible: Person, reason: str) -> None:
    """The owner has given the case to the school, and the report goes along. The owner's handlers keep sight of both.

    Inside an action, with the case held.
    """
    row, now = locked(report), clock.now()
    if row.receiver == Receiver.SCHOOL:
        return
    row.receiver = Receiver.SCHOOL
    row.concerns = Concerns.EMPLOYEE if row.concerns == Concerns.LEADERSHIP else row.concerns
    row.forwarded_at, row.owner_read_at = row.forwarded_at or now, row.owner_read_at or now
    _into_hands(row, responsible)
    row.save()
    note_event(row, EventKind.RETURNED, by, reason=reason)
    audit.record(by, "voice.returned", row)
