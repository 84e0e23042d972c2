"""What several actions of voice share."""

from collections.abc import Iterable
from datetime import timedelta

from samskap.kernel import clock, frequent, outbox, sealing
from samskap.kernel.policy import Actor
from samskap.people.api import Person, School
from samskap.voice import beyond, letters, readers, sealed
from samskap.voice.models import Event, EventKind, Report


def locked(report: Report) -> Report:
    """The row as it stands now, held until the transaction ends; what follows it up is held first."""
    beyond.hold(report)
    return Report.objects.select_for_update().get(pk=report.pk)


def note_event(
    report: Report, kind: EventKind, by: Actor, *, to: Person | None = None, reason: str = "", came_from: School | None = None
) -> Event:
    """Write a step on the report's way. ``came_from``: the school that it left for the one that has it now."""
    event = Event(report=report, kind=kind, at=clock.now(), person_id=by.person_id, to_person=to)
    if came_from is not None:
        event.from_school, event.to_school = came_from, report.school
    if reason:
        context = sealed.place(report.tenant_id, report.pk, "event", event.pk)
        event.note = sealing.seal(sealed.pack({"text": reason}), context=context)
    frequent.insert(event)
    return event


def shut_beyond(by: Actor, row: Report, named: Person | None = None) -> Report:
    """What follows the report up is closed to the same people. Returns the row as it stands afterwards. Inside an action."""
    if beyond.shut(by, row, named):
        row.refresh_from_db()
    return row


# One message within so many minutes: it says only "read now", and the list shows all that waits.
BETWEEN = timedelta(minutes=10)


def alarm(report: Report, also: Iterable[Person] = ()) -> None:
    """Tell those who shall read it (``also``: these too) at once, without saying what. Nobody whom it is about is told."""
    hashes = readers.about(report)
    told = {person.pk: person for person in [*readers.of(report), *also] if readers.person_hash(person.pk) not in hashes}
    for person in told.values():
        if person.account_id is not None:
            outbox.queue_apart(letters.NOW, person.account_id, tenant_id=report.tenant_id, between=BETWEEN)
