"""What several actions of voice share."""

from collections.abc import Iterable

from samskap.kernel import clock, outbox, sealing
from samskap.kernel.policy import Actor
from samskap.people import api as people
from samskap.people.api import Person
from samskap.voice import letters, sealed
from samskap.voice.models import Event, EventKind, Receiver, Report


def locked(report: Report) -> Report:
    """The row as it stands now, held until the transaction ends."""
    return Report.objects.select_for_update().get(pk=report.pk)


def note_event(report: Report, kind: EventKind, by: Actor, *, to: Person | None = None, reason: str = "") -> Event:
    """Write a step on the report's way."""
    event = Event(report=report, kind=kind, at=clock.now(), person_id=by.person_id, to_person=to)
    if reason:
        context = sealed.place(report.tenant_id, report.pk, "event", event.pk)
        event.note = sealing.seal(sealed.pack({"text": reason}), context=context)
    event.save()
    return event


def readers_of(report: Report) -> Iterable[Person]:
    """Who has it in their list."""
    return people.handlers() if report.receiver == Receiver.OWNER else people.leaders_of(report.school_id)


def alarm(report: Report, readers: Iterable[Person]) -> None:
    """Tell those who shall read it at once, without saying what."""
    for person in readers:
        if person.account_id is not None:
            outbox.queue(letters.NOW, person.account_id, tenant_id=report.tenant_id)
