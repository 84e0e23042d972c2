"""What those who may read a report do with it."""

import uuid
from collections.abc import Collection

from django.utils.translation import gettext as _

from samskap.kernel import audit, clock, outbox, policy, sealing
from samskap.kernel.actions import ActionError, action
from samskap.kernel.policy import Actor
from samskap.people import api as people
from samskap.people.api import Person, School
from samskap.voice import beyond, letters, readers, rules, sealed
from samskap.voice.actions.dialogue import duplicates, end_words, goes_along, say, start_anew, to_owner, words_known_to
from samskap.voice.actions.steps import alarm, locked, note_event, shut_beyond
from samskap.voice.models import Channel, Concerns, EventKind, MessageKind, Outcome, Receiver, Recusal, Report, State
from samskap.voice.policy import READ, WORKS_AT
from samskap.voice.readers import person_hash
from samskap.voice.sealed import Holder

SHORTEST_REASON = 15


def _begin(by: Actor, report: Report) -> Report:
    """The row, held; only for one who may read it at this moment."""
    row = locked(report)
    policy.require(READ, by, row)
    return row


def _reason(text: str, field: str = "reason") -> str:
    if len(text.strip()) < SHORTEST_REASON:
        raise ActionError(_("Write the reason in a sentence or two."), field)
    return text.strip()


@action
def opened(*, by: Actor, report: Report) -> Report:
    """Note that one reads it; every read is logged, and the first one stops "nobody has seen this"."""
    row = _begin(by, report)
    if row.opened_at is None:
        row.opened_at = clock.now()
        row.save()
        note_event(row, EventKind.OPENED, by)
    if row.owner_read_at is None and by.owner_wide("handler"):
        row.owner_read_at = clock.now()
        row.save()
    audit.record(by, "voice.read", row)
    return row


@action
def take(*, by: Actor, report: Report) -> Report:
    """Take it: from now on one person is responsible."""
    return _take(by, _begin(by, report))


def _take(by: Actor, row: Report) -> Report:
    _may_lead(by, row)
    row.responsible_id, row.state = by.person_id, State.TAKEN if row.state == State.NEW else row.state
    row.taken_at = row.taken_at or clock.now()
    row.opened_at = row.opened_at or row.taken_at
    row.save()
    note_event(row, EventKind.TAKEN, by)
    audit.record(by, "voice.taken", row)
    return row


def _may_lead(by: Actor, row: Report) -> None:
    """Responsible is a leader of the school (or a stand-in), or the owner's handler: never the colleague it was given to."""
    if not readers.may_lead(by, row):
        raise policy.NotAllowed("voice.take")


@action
def give(*, by: Actor, report: Report, to: Person) -> Report:
    """Let a colleague work on it. The responsibility stays with the one who gives."""
    row = _begin(by, report)
    _may_lead(by, row)
    if to not in possible_holders(row):
        raise ActionError(_("This person cannot be given the report."), "to")
    if row.responsible_id is None:
        _take(by, row)
    row.holder = to
    row.save()
    note_event(row, EventKind.GIVEN, by, to=to)
    if to.account_id is not None:
        outbox.queue(letters.GIVEN, to.account_id, tenant_id=row.tenant_id)
    audit.record(by, "voice.given", row, to=to.pk)
    return row


def possible_holders(report: Report) -> list[Person]:
    """Colleagues it could be given to, who then can read it: those who work at the school, or the owner's handlers; nobody whom
    it is about, and not the one who is responsible."""
    owner = report.receiver == Receiver.OWNER
    colleagues = people.handlers() if owner else people.staff_of(report.school_id, *WORKS_AT)
    about = readers.about(report)
    return [one for one in colleagues if one.pk != report.responsible_id and person_hash(one.pk) not in about]


def possible_partial(report: Report) -> list[Person]:
    """Everybody who could read it or be given it, and so can turn out to be partial."""
    found = {person.pk: person for person in [*possible_holders(report), *readers.of(report)]}
    if report.forwarded_at or report.groundless_at:
        found |= {person.pk: person for person in people.handlers()}
    about = readers.about(report)
    return sorted((p for p in found.values() if person_hash(p.pk) not in about), key=lambda person: person.sort_key)


@action
def forward(*, by: Actor, report: Report, reason: str = "") -> Report:
    """Pass it on to the owner: at once when an employee is named (§ 12-5), and in serious cases (§ 12-4 second paragraph)."""
    row = _begin(by, report)
    if row.forwarded_at is None and row.receiver == Receiver.SCHOOL:
        row.forwarded_at = clock.now()
        row.save()
        note_event(row, EventKind.FORWARDED, by, reason=reason)
        alarm(row, people.handlers())
    audit.record(by, "voice.forwarded", row)
    return row


@action
def call_groundless(*, by: Actor, report: Report, reason: str) -> Report:
    """The leader's written reason why a suspicion against an employee is openly groundless (§ 12-5); the owner sees it."""
    row = _begin(by, report)
    _may_lead(by, row)
    if not rules.owner_must_know(rules.Concerns(row.concerns)):
        raise ActionError(_("Only a report about an employee can be judged so."))
    if row.forwarded_at is not None:
        raise ActionError(_("The municipality has it already, and decides."))
    row.groundless_at = clock.now()
    row.save()
    note_event(row, EventKind.GROUNDLESS, by, reason=_reason(reason))
    alarm(row, people.handlers())
    audit.record(by, "voice.called_groundless", row)
    return row


@action
def reroute(*, by: Actor, report: Report) -> Report:
    """Somebody in the leadership turns out to be named: the report goes to the owner alone, at once."""
    return to_owner(by, _begin(by, report))


@action
def return_to_school(*, by: Actor, report: Report, concerns: str, reason: str) -> Report:
    """The owner's handler gives it to the school: nobody in the leadership is named after all."""
    row = _begin(by, report)
    if not by.owner_wide("handler") or row.receiver != Receiver.OWNER:
        raise policy.NotAllowed("voice.return")
    _goes_alone(row)
    if concerns == Concerns.LEADERSHIP or not _readers_left(row):
        raise ActionError(_("Nobody in the school's leadership can have this report. It stays here."), "concerns")
    reason = _reason(reason)
    row.concerns, row.receiver = Concerns(concerns), Receiver.SCHOOL
    if row.concerns == Concerns.EMPLOYEE:
        row.forwarded_at = row.forwarded_at or clock.now()
    return start_anew(by, row, EventKind.RETURNED, reason=reason)


def _goes_alone(row: Report) -> None:
    """A report that a case follows up goes where the case goes: else those who have the one would not have the other."""
    if beyond.follows(row):
        raise ActionError(_("A case follows this report up. It goes where the case goes."))


def _readers_left(row: Report) -> bool:
    return bool(readers.at_school(row.school_id, readers.about(row)))


@action
def move(*, by: Actor, report: Report, school: School, answer: str = "") -> Report:
    """It is for another of the owner's schools. ``answer``: what the sender is told; the sender sees also which school has it.

    Whoever moves it no longer reads it: which school it left, and for which, stands in the log.
    """
    row = _begin(by, report)
    _may_lead(by, row)
    _goes_alone(row)
    if school.pk == row.school_id or not school.active:
        raise ActionError(_("Choose the school that it is for."), "school")
    if row.responsible_id is None:
        raise ActionError(_("Press “I take it” first."))
    if answer.strip():
        say(by=by, report=row, kind=MessageKind.ANSWER, text=answer.strip())
        row = _begin(by, report)
    came_from, row.school = row.school, school
    row.text_mark = ""  # it held the school that is left: what comes there later is not held against this
    if row.receiver == Receiver.SCHOOL and not _readers_left(row):
        row.receiver = Receiver.OWNER
    return start_anew(by, row, EventKind.MOVED, came_from=came_from)


@action
def close(
    *, by: Actor, report: Report, outcome: str, reason: str = "", same_as: Report | None = None, answer: str = ""
) -> Report:
    """Take it out of the list: the pupil was asked and is safe, the same matter as an earlier report, or the physical
    environment (§ 12-7).

    ``answer``: what the sender is told. The sender sees also what became of it.
    """
    row = _begin(by, report)
    _may_lead(by, row)
    owes = rules.owner_must_know(rules.Concerns(row.concerns)) and not (row.forwarded_at or row.groundless_at)
    wanted, seen = rules.Outcome(outcome), row.opened_at is not None
    if wanted == rules.Outcome.DUPLICATE:
        row.same_as = _earlier(by, row, same_as)
    else:
        reason = _reason(reason)
    taken, settled = row.responsible_id is not None, _settled(row, row.same_as)
    if not rules.may_close_as(wanted, opened=seen, taken=taken, owes_owner=owes, same_settled=settled):
        if owes:
            raise ActionError(_("A report about an employee goes to the municipality first."))
        raise ActionError(_("Press “I take it” first."))
    row.state, row.outcome, row.closed_at = State.CLOSED, Outcome(outcome), clock.now()
    row.save()
    note_event(row, EventKind.CLOSED, by, reason=reason)
    audit.record(by, "voice.closed", row, outcome=outcome)
    if answer.strip():
        say(by=by, report=row, kind=MessageKind.ANSWER, text=answer.strip())
    return row


@action
def into_case(*, by: Actor, report: Report) -> Report:
    """A case follows it up from now on: it leaves the list, taken, with all duties that it brought along."""
    row = _begin(by, report)
    _may_lead(by, row)
    if row.responsible_id is None:
        row = _take(by, row)
    row.state, row.outcome, row.closed_at, row.same_as = State.CLOSED, Outcome.CASE, clock.now(), None
    row.opened_at = row.opened_at or clock.now()
    row.save()
    note_event(row, EventKind.CLOSED, by)
    audit.record(by, "voice.closed", row, outcome=Outcome.CASE)
    return row


def _settled(row: Report, same_as: Report | None) -> bool:
    """Has the owner heard of the same matter, as far as it must?"""
    return same_as is not None and same_as.concerns == row.concerns and bool(same_as.forwarded_at or same_as.groundless_at)


def _earlier(by: Actor, row: Report, same_as: Report | None) -> Report:
    if same_as is None or same_as.pk == row.pk or same_as.same_as_id is not None:
        raise ActionError(_("Choose the earlier report that this belongs to."), "same_as")
    policy.require(READ, by, same_as)
    if not may_belong_to(row, same_as):
        raise ActionError(_("Choose the earlier report that this belongs to."), "same_as")
    return same_as


def may_belong_to(row: Report, earlier: Report) -> bool:
    """In the same list, and everybody who reads this one may read it: else the link would tell of it."""
    same_list = (earlier.school_id, earlier.receiver) == (row.school_id, row.receiver)
    return same_list and readers.about(earlier) <= readers.about(row)


@action
def reopen(*, by: Actor, report: Report) -> Report:
    """Back into the list."""
    row = _begin(by, report)
    if row.state == State.CLOSED:
        row.state, row.closed_at, row.outcome, row.same_as = State.TAKEN, None, "", None
        row.save()
        note_event(row, EventKind.REOPENED, by)
    audit.record(by, "voice.reopened", row)
    return row


@action
def recuse(*, by: Actor, report: Report, person: Person) -> Report:
    """It is about this person, or they cannot be impartial (forvaltningsloven § 6): they lose sight of it at once."""
    return _shut_out(by, _begin(by, report), person)


@action
def name_employee(*, by: Actor, report: Report, person: Person | None) -> Report:
    """It turns out to be about somebody who works at the school: from now on it is the owner's to know (§ 12-5).

    ``person``, if known, can no longer read it. One who leads the school: the report goes to the owner alone.
    """
    row = _begin(by, report)
    _may_lead(by, row)
    if person is not None and person.pk in {lead.person for lead in people.leads(school_id=row.school_id)}:
        return shut_beyond(by, _shut_out(by, to_owner(by, row), person), named=person)
    if row.concerns == Concerns.PUPILS:
        row.concerns = Concerns.EMPLOYEE
        row.save()
        note_event(row, EventKind.EMPLOYEE, by)
    audit.record(by, "voice.employee_named", row)
    return shut_beyond(by, row if person is None else _shut_out(by, row, person), named=person)


def possible_employees(report: Report) -> list[Person]:
    """Everybody who works at the school, but those whom it is known to be about."""
    hashes = readers.about(report)
    return [one for one in people.staff_of(report.school_id) if person_hash(one.pk) not in hashes]


def _shut_out(by: Actor, row: Report, person: Person) -> Report:
    if readers.is_last(row, person.pk):
        raise ActionError(_("Nobody would be left who can read it. First let another one handle such reports."), "to")
    leave_out(by, row, {person_hash(person.pk)})
    note_event(row, EventKind.RECUSED, by)
    if row.receiver == Receiver.SCHOOL and not _readers_left(row):
        row.receiver = Receiver.OWNER
        return start_anew(by, row, EventKind.REROUTED)
    return shut_beyond(by, row)


def leave_out(by: Actor, row: Report, marks: Collection[str]) -> None:
    """Those with these hashes may not read it, or what is the same matter: they no longer hold it, and words that they have
    seen no longer work.

    Inside an action. The caller asks whether somebody is left, and notes the step.
    """
    for mark in sorted(marks):
        Recusal.objects.get_or_create(report=row, person_hash=mark, defaults={"at": clock.now()})
        audit.record(by, "voice.recused", row, person_hash=mark)
    if row.holder_id and person_hash(row.holder_id) in marks:
        row.holder = None
    end_words(row, {person for person in words_known_to(row) if person_hash(person) in marks})
    if row.responsible_id and person_hash(row.responsible_id) in marks:
        row.responsible, row.state = None, State.NEW if row.state == State.TAKEN else row.state
    row.save()
    for same in duplicates(row):
        leave_out(by, same, marks)
        if same.receiver == Receiver.SCHOOL and not _readers_left(same):
            goes_along(by, same, row)


@action
def keep(*, by: Actor, report: Report) -> Report:
    """A person has looked at what seemed to be mischief: it is treated like any other report."""
    row = _begin(by, report)
    if row.suspect:
        row.suspect = False
        row.save()
        note_event(row, EventKind.GENUINE, by)
    audit.record(by, "voice.kept", row)
    return row


@action
def new_receipt(*, by: Actor, report: Report, key: uuid.UUID) -> Holder:
    """New code words for one who has lost them and stands before us. The old ones stop working; all readers see the step."""
    row = _begin(by, report)
    if row.channel == Channel.SIGNED_IN:
        raise ActionError(_("One who is signed in needs no code words."))
    holder = sealed.holder_for_form(uuid.uuid5(row.pk, str(key)))
    if row.receipt == holder.hash:  # the same form came before
        audit.record(by, "voice.new_receipt_again", row)
        return holder
    row.sender_key, row.receipt = holder.sender.public, holder.hash
    row.sender_copy = _again(row, bytes(row.content), sealed.place(row.tenant_id, row.pk, "report"))
    row.save()
    for message in row.messages.all():
        message.sender_copy = _again(row, bytes(message.content), sealed.place_of(message))
        message.save()
    note_event(row, EventKind.NEW_RECEIPT, by)
    audit.record(by, "voice.new_receipt", row)
    return holder


def _again(row: Report, content: bytes, context: str) -> bytes | None:
    return sealed.copy_for(row, sealing.unseal(content, context=context), context)
