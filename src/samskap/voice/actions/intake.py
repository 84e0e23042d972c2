"""Taking in: accept first, work later. One short transaction writes the sealed report; nothing else has to be up."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.db import IntegrityError
from django.utils.translation import gettext as _

from samskap.kernel import audit, clock, frequent, keys, policy, scope, sealing
from samskap.kernel.actions import ActionError, action
from samskap.kernel.policy import Actor
from samskap.kernel.turns import turn
from samskap.law import api as law
from samskap.people import api as people
from samskap.people.api import Person, School
from samskap.voice import readers, rules, sealed
from samskap.voice.actions.again import add_what_changed, is_another_matter
from samskap.voice.actions.steps import alarm, note_event
from samskap.voice.images import Image
from samskap.voice.kept import kept
from samskap.voice.models import Attachment, EventKind, Message, Recusal, Report
from samskap.voice.policy import TELL, TELL_FROM_HOME
from samskap.voice.readers import person_hash
from samskap.voice.sealed import Holder, Text


@dataclass(frozen=True)
class Told:
    """What somebody tells, before it is sealed."""

    school: School
    sender_kind: rules.SenderKind
    concerns: rules.Concerns
    urgency: rules.Urgency
    text: Text
    kind: rules.Kind = rules.Kind.REPORT
    channel: rules.Channel = rules.Channel.PUBLIC
    said_on: date | None = None
    images: Sequence[Image] = ()
    about_staff: Sequence[Person] = field(default=())


@dataclass(frozen=True)
class Ready:
    """A report that is sealed and only has to be stored."""

    report: Report
    told: Told


def ready(*, by: Actor, told: Told, holder: Holder | None = None) -> Ready:
    """Seal, route and look, before the transaction that stores: readers and other senders wait for nothing of this."""
    with scope.tenant_scope(told.school.tenant_id):
        report = _row(by, told, holder, clock.now())
        report.text_mark = _mark(told)
        report.suspect = told.channel == rules.Channel.PUBLIC and _is_flooded(report)
        _seal_into(report, told.text, holder)
    return Ready(report, told)


def take_in(*, by: Actor, told: Told, holder: Holder | None = None) -> Report:
    """Seal and store one report. ``by`` is the school owner's public door, or one who is signed in and tells.

    Raises IntegrityError when the holder's receipt is known already: the same form came before.
    """
    return store(by=by, ready=ready(by=by, told=told, holder=holder))


@action
def store(*, by: Actor, ready: Ready) -> Report:
    """The one short transaction of taking in. Raises IntegrityError for a receipt that is known."""
    report, told = ready.report, ready.told
    frequent.insert(report)
    for image in told.images:
        attach(report, image)
    for person in told.about_staff:
        Recusal(report=report, person_hash=person_hash(person.pk), at=report.received_at).save()
    note_event(report, EventKind.RECEIVED, by)
    if report.urgency == rules.Urgency.NOW:
        alarm(report)
    audit.record(by, "voice.taken_in", report, fingerprint=fingerprint(report))
    return report


def _row(by: Actor, told: Told, holder: Holder | None, now: datetime) -> Report:
    receiver = rules.receiver_of(told.concerns, school_has_reader=_has_reader(told))
    return Report(
        tenant_id=told.school.tenant_id,
        school=told.school,
        sender_kind=told.sender_kind,
        kind=told.kind,
        channel=told.channel,
        author_id=None if told.channel == rules.Channel.PUBLIC else by.person_id,
        concerns=told.concerns,
        urgency=told.urgency,
        rank=rules.rank(told.urgency),
        received_at=now,
        known_at=rules.known_at(now, told.said_on),
        law_version=_law_version(now.astimezone(clock.OSLO).date()),
        receiver=receiver,
        sender_key=holder.sender.public if holder else None,
        receipt=holder.hash if holder else None,
    )


def _law_version(day: date) -> str:
    return kept(("law", day), lambda: law.version_on(day))


def _has_reader(told: Told) -> bool:
    """Could anybody at the school read it? Asked once in half a minute: if the last leader goes meanwhile, the owner reads it."""
    about = {person_hash(person.pk) for person in told.about_staff}
    return kept(("reader", told.school.pk, *sorted(about)), lambda: bool(readers.at_school(told.school.pk, about)))


def _seal_into(report: Report, text: Text, holder: Holder | None) -> None:
    plain = sealed.pack(text)
    context = sealed.place(report.tenant_id, report.pk, "report")
    report.content = sealing.seal(plain, context=context)
    report.sender_copy = sealed.copy_for(report, plain, context)


def attach(report: Report, image: Image, message: Message | None = None) -> Attachment:
    """Seal an image to a report. Inside an action."""
    row = Attachment(report=report, message=message, media_type=image.media_type, size=len(image.data), at=clock.now())
    row.content = sealing.seal(image.data, context=sealed.place(report.tenant_id, report.pk, "image", row.pk))
    row.save(force_insert=True)
    return row


# What looks like mischief is taken in like all else, and shown to a person who decides. Nothing is counted per address:
# a whole school sits behind one.
SAME_TEXT, SAME_TEXT_WITHIN = 3, timedelta(hours=1)
FLOOD, FLOOD_WITHIN = 200, timedelta(minutes=10)


def _mark(told: Told) -> str:
    """A keyed hash of what was written, without spaces and capitals: the same text is known again, and cannot be read."""
    written = "".join(str(told.text.get("what", "")).casefold().split())
    return keys.keyed_hash("voice-text", f"{told.school.pk}:{written}")


def _seen_with(report: Report) -> list[uuid.UUID]:
    """The committed reports with this very text of late, a few at most: the report itself among them, if it is there.

    Within one list: what the leadership must not know of leaves no mark on what it reads.
    """
    since = report.received_at - SAME_TEXT_WITHIN
    known = {"text_mark": report.text_mark, "receiver": report.receiver}  # the mark holds the school, too
    return frequent.ids(Report, SAME_TEXT + 1, received_at__gte=since, **known)


def _is_flooded(report: Report) -> bool:
    def count() -> int:
        since = clock.now() - FLOOD_WITHIN
        rows = Report.objects.filter(school=report.school_id, receiver=report.receiver, received_at__gte=since)
        return rows[:FLOOD].count()

    return kept(("flood", report.school_id, report.receiver), count) >= FLOOD


@action
def _let_somebody_look(*, by: Actor, report: Report) -> None:
    """It seems to be mischief: a person decides. A step of its own, since few are, so that taking in waits for nothing."""
    Report.objects.filter(pk=report.pk).update(suspect=True)
    report.suspect = True
    audit.record(by, "voice.looks_like_mischief", report)


def fingerprint(report: Report) -> str:
    """SHA-256 of the sealed report, in hex: what a receipt names, and what the stored row can be held against."""
    return hashlib.sha256(bytes(report.content)).hexdigest()


def receive(*, by: Actor, told: Told, key: uuid.UUID) -> tuple[Report, Holder]:
    """Take a public form in, once. The report is read back from the committed row before anybody is told that it is there.

    The same form sent again (double click, "back", a lost connection) gives the same receipt; when its text was changed
    in between, the change is added to the report, so that nothing is lost.
    """
    holder = _holder(told.school, key)
    sealed_report = ready(by=by, told=told, holder=holder)
    try:
        with turn():
            stored = store(by=by, ready=sealed_report)
    except IntegrityError:  # the same form came before, or a twin was faster
        stored = Report.objects.get(receipt=holder.hash)
        if is_another_matter(stored, told, holder):  # a page that was left open, filled in by the next one
            return receive(by=by, told=told, key=uuid.uuid5(key, _mark(told)))
        add_what_changed(by=by, report=stored, told=told, holder=holder)
        return Report.objects.get(pk=stored.pk), holder
    _look_back(by, stored)
    return stored, holder


def _look_back(by: Actor, stored: Report) -> None:
    """Ask the database for what was just committed, and with the same question for what looks like it. Raises NotStored."""
    seen = _seen_with(stored)
    if stored.pk not in seen and not Report.objects.filter(pk=stored.pk).exists():
        raise NotStored
    if len(seen) > SAME_TEXT and not stored.suspect:
        _let_somebody_look(by=by, report=stored)


class NotStored(RuntimeError):
    """What was answered for as committed is not there: nobody is told that it has arrived."""


@action
def tell(*, by: Actor, told: Told, holder: Holder | None = None) -> Report:
    """An employee reports, or takes down what somebody says aloud. The employee's own duty is personal (§ 12-4): no anonymity.

    Raises NotAllowed for one who does not work at the school, ActionError for a day ahead, or more than a year back.
    """
    policy.require(TELL, by, told.school)
    if told.channel == rules.Channel.PUBLIC:
        raise ValueError("an employee tells with identity")
    if told.said_on is not None and not rules.may_be_said_on(told.said_on, clock.today()):
        raise ActionError(_not_said_on(told.said_on), "said_on")
    return take_in(by=by, told=_about_leadership(told), holder=holder)


@action
def tell_from_home(*, by: Actor, told: Told) -> Report:
    """A pupil or guardian who is signed in tells with name, which stands in what is sealed.

    One who leads the school, too, is not the one who reads it there (forvaltningsloven § 6 first paragraph). Raises NotAllowed
    for one who is neither a pupil of the school nor may act for one.
    """
    policy.require(TELL_FROM_HOME, by, told.school)
    pupil = people.pupil_of(by.person_id) if by.person_id and told.sender_kind == rules.SenderKind.PUPIL else None
    named = {"name": by.name, **({"school_class": pupil.school_class.name} if pupil else {})}
    leads = [person for person in people.leaders_of(told.school.pk) if person.pk == by.person_id]
    text = {**told.text, **named}
    return take_in(by=by, told=replace(told, channel=rules.Channel.SIGNED_IN, text=text, about_staff=leads))


def _about_leadership(told: Told) -> Told:
    """Who is named leads the school: it is about the leadership, whatever was ticked (§ 12-5 second paragraph)."""
    leaders = {person.pk for person in people.leaders_of(told.school.pk)}
    named = any(person.pk in leaders for person in told.about_staff)
    return replace(told, concerns=rules.Concerns.LEADERSHIP) if named else told


def take_down(*, by: Actor, told: Told, key: uuid.UUID) -> tuple[Report, Holder]:
    """What somebody says aloud, with code words to hand over: once for each form's key, like ``receive``."""
    policy.require(TELL, by, told.school)
    holder = _holder(told.school, key, by=by)
    found = Report.objects.filter(receipt=holder.hash).first()
    if found is None:
        try:
            return tell(by=by, told=told, holder=holder), holder
        except IntegrityError:  # a twin was faster
            found = Report.objects.get(receipt=holder.hash)
    add_what_changed(by=by, report=found, told=told, holder=holder)
    return Report.objects.get(pk=found.pk), holder


def _holder(school: School, key: uuid.UUID, *, by: Actor | None = None) -> Holder:
    """The words of a form. The same key at another school, or from another person, is another form."""
    return sealed.holder_for_form(uuid.uuid5(school.pk, f"{by.person_id if by else ''}:{key}"))


def _not_said_on(day: date) -> str:
    """Why it cannot have been said on this day, and what to write."""
    if day > clock.today():
        return _("The day cannot lie ahead. Write the day on which it was said.")
    return _(
        "The day lies more than a year back. Look at the year. If it was before: write when in the text, and here a year ago."
    )
