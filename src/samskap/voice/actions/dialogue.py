"""The dialogue: the sender and the adult who has the report write to each other. Sealed for both."""

import uuid
from collections.abc import Collection, Sequence

from django.db import IntegrityError
from django.utils.translation import gettext as _

from samskap.kernel import audit, clock, keys, policy, sealing
from samskap.kernel.actions import ActionError, action
from samskap.kernel.policy import Actor
from samskap.people import api as people
from samskap.people.api import School
from samskap.voice import beyond, rules, sealed
from samskap.voice.actions.steps import alarm, locked, note_event
from samskap.voice.images import Image
from samskap.voice.models import Channel, EventKind, Message, MessageKind, Receiver, Report, State
from samskap.voice.policy import OWN, READ
from samskap.voice.sealed import Holder

FROM_SENDER = (MessageKind.ADDITION, MessageKind.NOT_BETTER, MessageKind.BETTER)
FROM_ADULT = (MessageKind.ANSWER, MessageKind.QUESTION, MessageKind.HAPPENED)


def can_be_answered(report: Report) -> bool:
    """Somebody can read an answer: one with receipt words, or one who told signed in."""
    return report.sender_key is not None or report.channel == Channel.SIGNED_IN


def _message(report: Report, text: str, **fields: object) -> Message:
    message = Message(report=report, at=clock.now(), **fields)
    plain = sealed.pack({"text": text})
    context = sealed.place_of(message)
    message.content = sealing.seal(plain, context=context)
    message.sender_copy = sealed.copy_for(report, plain, context)
    return message


@action
def say(*, by: Actor, report: Report, kind: str, text: str) -> Message:
    """Answer, ask, or tell what has been done. Raises ActionError when nobody could read it."""
    policy.require(READ, by, report)
    row = locked(report)
    if not can_be_answered(row):
        raise ActionError(_("Nobody could read an answer here: it was taken down without code words."))
    written = f"{by.person_id}:{kind}:{text}:{clock.now():%Y-%m-%d %H}"
    pk = uuid.uuid5(row.pk, keys.keyed_hash("voice-answer", written))
    if (said := Message.objects.filter(pk=pk).first()) is not None:  # "back" and "send" again: nobody gets the same twice
        audit.record(by, "voice.said_again", row)
        return said
    message = _message(row, text, from_sender=False, kind=MessageKind(kind), author_id=by.person_id, id=pk)
    message.save(force_insert=True)
    row.answered_at = message.at
    row.save()
    audit.record(by, "voice.said", row, kind=kind)
    return message


@action
def store_from_sender(
    *, by: Actor, report: Report, message_id: uuid.UUID, kind: MessageKind, text: str, images: Sequence[Image] = ()
) -> Message:
    """Store what the sender adds. What had left the list comes back into it: a "no" starts the duty again (§ 12-4).

    Where a case follows it up, the case hears of it instead, in the same transaction.
    """
    from samskap.voice.actions.intake import attach

    row = locked(report)
    message = _message(row, text, from_sender=True, kind=kind, author_id=by.person_id, id=message_id)
    message.save(force_insert=True)
    for image in images:
        attach(row, image, message)
    followed = beyond.heard(by, row, message)
    if followed:
        row.refresh_from_db()  # what was heard may have closed it to somebody
    row.news_at = message.at
    if not followed and row.state == State.CLOSED:
        row.state, row.closed_at, row.outcome, row.same_as = State.TAKEN if row.responsible_id else State.NEW, None, "", None
        note_event(row, EventKind.REOPENED, by)
    row.save()
    if row.urgency == rules.Urgency.NOW:
        alarm(row)
    audit.record(by, "voice.sender_wrote", row, kind=str(kind))
    return message


def sender_writes(*, by: Actor, report: Report, key: uuid.UUID, kind: str, text: str, images: Sequence[Image] = ()) -> Message:
    """What the sender writes. The sender is whoever holds the words, or is signed in as the author.

    The same form sent twice is one message; the same form with another text is another message.
    """
    if kind not in FROM_SENDER:
        raise ValueError(kind)
    if by.signed_in:
        policy.require(OWN, by, report)
    written = f"{key}:{kind}:{text}:{[len(image.data) for image in images]}"
    message_id = uuid.uuid5(report.pk, keys.keyed_hash("voice-message", written))
    found = Message.objects.filter(pk=message_id).first()
    if found is not None:
        return found
    try:
        return store_from_sender(by=by, report=report, message_id=message_id, kind=MessageKind(kind), text=text, images=images)
    except IntegrityError:  # a twin was faster
        return Message.objects.get(pk=message_id)


@action
def author_saw(*, by: Actor, report: Report) -> Report:
    """The one who told signed in has opened it, and has seen the answers so far."""
    policy.require(OWN, by, report)
    row = locked(report)
    row.author_saw_at = clock.now()
    row.save()
    audit.record(by, "voice.author_saw", row)
    return row


@action
def sender_names_leadership(*, by: Actor, report: Report) -> Report:
    """The sender says that it concerns the leadership after all: from now on it is the owner's alone."""
    if by.signed_in:
        policy.require(OWN, by, report)
    return to_owner(by, locked(report))


def to_owner(by: Actor, row: Report) -> Report:
    """Leadership is named: the report leaves the school's list with everything in it. Inside an action."""
    if row.concerns == rules.Concerns.LEADERSHIP:
        audit.record(by, "voice.rerouted_before", row)
        return row
    leave_out_leaders(row)
    return start_anew(by, row, EventKind.REROUTED)


def leave_out_leaders(row: Report) -> None:
    """It is about the leadership: the owner's, and words that a leader has seen no longer work. The caller saves."""
    row.concerns, row.receiver = rules.Concerns.LEADERSHIP, Receiver.OWNER
    end_words(row, {lead.person for lead in people.leads(school_id=row.school_id)})


def words_known_to(row: Report) -> set[uuid.UUID]:
    """Who has made code words for the sender, or has taken the report down and handed them over."""
    made = row.events.filter(kind=EventKind.NEW_RECEIPT).values_list("person_id", flat=True)
    seen = {*made, row.author_id if row.channel == Channel.ALOUD else None}
    return {person for person in seen if person is not None}


def end_words(row: Report, people_left_out: Collection[uuid.UUID]) -> None:
    """End code words that one who may no longer read it has made or taken down. New ones are made for the sender."""
    if row.receipt is not None and words_known_to(row) & set(people_left_out):
        row.receipt = row.sender_key = None


@action
def words_anew(*, by: Actor, report: Report, holder: Holder) -> Holder:
    """New words for a sender whose words have just ended, made with the old ones: the sender goes on without a break."""
    row = locked(report)
    new = sealed.holder_for_form(uuid.uuid5(row.pk, f"anew:{holder.words}"))
    context = sealed.place(row.tenant_id, row.pk, "report")
    row.sender_copy = _to_new(holder, new, bytes(row.sender_copy or b""), context)
    row.sender_key, row.receipt = new.sender.public, new.hash
    row.save()
    for message in row.messages.all():
        message.sender_copy = _to_new(holder, new, bytes(message.sender_copy or b""), sealed.place_of(message))
        message.save()
    note_event(row, EventKind.NEW_RECEIPT, by)
    audit.record(by, "voice.words_anew", row)
    return new


def _to_new(old: Holder, new: Holder, content: bytes, context: str) -> bytes | None:
    if not content:
        return None
    return sealing.seal_to(new.sender.public, old.sender.unseal(content, context=context), context=context)


def start_anew(by: Actor, row: Report, kind: EventKind, *, reason: str = "", came_from: School | None = None) -> Report:
    """Put a report, as new and unread, into the list of whoever shall read it from now on. Inside an action.

    Where a case follows it up, the case goes along, and tells those who shall work it. ``came_from``: the school that had it
    until now, when it is for another.
    """
    anew(by, row, kind, reason=reason, came_from=came_from)
    if beyond.shut(by, row):
        row.refresh_from_db()
    elif row.urgency == rules.Urgency.NOW or kind == EventKind.REROUTED:
        alarm(row)
    schools = {"from_school": came_from.pk, "to_school": row.school_id} if came_from else {}
    audit.record(by, f"voice.{kind}", row, **schools)
    return row


def anew(by: Actor, row: Report, kind: EventKind, *, reason: str = "", came_from: School | None = None) -> None:
    """As new and unread; nobody is told. What leaves the school for the owner takes along what is the same matter.

    Inside an action.
    """
    row.state, row.opened_at, row.closed_at, row.outcome = State.NEW, None, None, ""
    row.responsible = row.holder = row.taken_at = row.same_as = row.owner_read_at = None
    row.here_since = clock.now()  # those who have it from now on know it from now on; on which day it was said stays a fact
    row.save()
    note_event(row, kind, by, reason=reason, came_from=came_from)
    if kind == EventKind.REROUTED:
        for same in duplicates(row):
            goes_along(by, same, row)


def duplicates(row: Report) -> list[Report]:
    """The reports that were closed as the same matter as this one, held. Inside a transaction, with the report held."""
    return list(Report.objects.select_for_update().filter(same_as=row.pk).order_by("pk"))


def goes_along(by: Actor, same: Report, row: Report) -> None:
    """A report is the owner's from now on, since the same matter is, or nobody at the school may read it. Inside an action."""
    if row.concerns == rules.Concerns.LEADERSHIP:
        leave_out_leaders(same)
    same.receiver = Receiver.OWNER
    anew(by, same, EventKind.REROUTED)
    audit.record(by, "voice.rerouted", same)
