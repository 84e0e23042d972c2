"""Reads about reports."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from samskap.kernel import clock, policy, scope, sealing
from samskap.kernel.policy import Actor
from samskap.law import api as law
from samskap.people import api as people
from samskap.people.api import Person, Role, School
from samskap.voice import images, rules, sealed
from samskap.voice.models import (
    Attachment,
    Channel,
    Concerns,
    Entrance,
    Event,
    EventKind,
    Message,
    MessageKind,
    Outcome,
    Receiver,
    Report,
    SenderKind,
    State,
)
from samskap.voice.policy import OWN, READ, TELL, TELL_FROM_HOME, closed_to_author
from samskap.voice.sealed import Holder


def entrance(code: str) -> Entrance | None:
    """The open entrance of an active school with this code, whoever owns the school."""
    with scope.outside_scope(reason="a public address names its school"):
        rows = Entrance.objects.select_related("school", "tenant")
        return rows.filter(code=code, closed_at=None, school__active=True).first()


def open_entrances() -> list[Entrance]:
    """Every open entrance of an active school, by owner and school."""
    with scope.outside_scope(reason="anybody may look for their school"):
        rows = Entrance.objects.select_related("school", "tenant").filter(closed_at=None, school__active=True)
        return list(rows.order_by("tenant__name", "tenant_id", "school__sort_key"))


def entrance_of(school: School) -> Entrance | None:
    """The school's open entrance."""
    return Entrance.objects.filter(school=school, closed_at=None).first()


def from_home(report: Report) -> bool:
    """Was it told by a pupil or guardian who was signed in?"""
    return report.channel == Channel.SIGNED_IN and report.sender_kind in (SenderKind.PUPIL, SenderKind.GUARDIAN)


def family_kind(actor: Actor, school: School) -> rules.SenderKind:
    """What one is who tells from home at a school."""
    pupil = people.pupil_of(actor.person_id) if actor.person_id else None
    here = pupil is not None and pupil.school_class.school_id == school.pk
    return rules.SenderKind.PUPIL if here else rules.SenderKind.GUARDIAN


def home_schools(actor: Actor) -> QuerySet[School]:
    """The schools at which one tells from home."""
    rows: QuerySet[School] = policy.visible(TELL_FROM_HOME, actor)
    return rows.order_by("sort_key")


def family_entrances(actor: Actor) -> QuerySet[Entrance]:
    """The open entrances of a pupil's own school, or of one's children's."""
    rows = Entrance.objects.filter(school__in=people.family_schools(actor.person_id), closed_at=None)
    return rows.select_related("school").order_by("school__sort_key")


def door(tenant_id: UUID) -> Actor:
    """The public door of an owner: it may take in, and nothing else."""
    return Actor(tenant_id=tenant_id, name="public")


def reports(actor: Actor) -> QuerySet[Report]:
    """What the actor may read, the most urgent first and then what the school has known longest."""
    rows: QuerySet[Report] = policy.visible(READ, actor)
    return rows.select_related("school", "responsible", "holder").order_by("rank", "known_at", "id")


PASSED_ON = Q(receiver=Receiver.SCHOOL) & (Q(forwarded_at__isnull=False) | Q(groundless_at__isnull=False))
NONE = Q(pk=None)
HAS_NEWS = Q(news_at__isnull=False) & (Q(answered_at=None) | Q(answered_at__lt=F("news_at")))


def inbox(actor: Actor) -> QuerySet[Report]:
    """The list: all that has not left it. Without what was told: a list shows nothing of it.

    What the school has passed on or called groundless leaves the handlers' list only after one of them has read it.
    """
    kept = ~Q(state=State.CLOSED) | (PASSED_ON & Q(owner_read_at=None) if actor.owner_wide(Role.HANDLER) else NONE)
    return _without_texts(reports(actor).filter(kept))


def _without_texts(rows: QuerySet[Report]) -> QuerySet[Report]:
    return rows.defer("content", "sender_copy")


def left_the_list(actor: Actor) -> QuerySet[Report]:
    """What was taken out of the list, the newest first."""
    return _without_texts(reports(actor).filter(state=State.CLOSED).order_by("-closed_at", "id"))


def has_news(report: Report) -> bool:
    """The sender has written, and nobody has answered since."""
    return report.news_at is not None and (report.answered_at is None or report.answered_at < report.news_at)


def say_not_better(rows: Iterable[Report]) -> set[UUID]:
    """Those of the rows whose sender has last said that it is not better, and has had no answer since. One query."""
    waits = {row.pk: row for row in rows if has_news(row)}
    kinds = Message.objects.filter(report__in=waits, from_sender=True, kind__in=(MessageKind.BETTER, MessageKind.NOT_BETTER))
    last = dict(kinds.order_by("at", "id").values_list("report_id", "kind"))  # the last one stands
    return {pk for pk, kind in last.items() if kind == MessageKind.NOT_BETTER}


def owes_owner(report: Report) -> bool:
    """The leader must forward it, or say in writing why it is openly groundless (§ 12-5)."""
    named = rules.owner_must_know(rules.Concerns(report.concerns)) and report.receiver == Receiver.SCHOOL
    return named and report.forwarded_at is None and report.groundless_at is None


def own_reports(actor: Actor) -> QuerySet[Report]:
    """What one has told oneself or taken down, the newest first."""
    rows: QuerySet[Report] = policy.visible(OWN, actor)
    return _without_texts(rows.select_related("school").order_by("-received_at", "id"))


def has_new_answer(actor: Actor) -> Q:
    """Own reports in which somebody has written what one has not seen; not those that stand still for the actor."""
    unseen = Q(author_saw_at=None) | Q(author_saw_at__lt=F("answered_at"))
    return unseen & Q(channel="signed_in", answered_at__isnull=False) & ~closed_to_author(actor) & ~_moved_from(actor)


def _moved_from(actor: Actor) -> Q:
    """What was moved to the municipality from a school that the actor leads."""
    moved = Event.objects.filter(kind=EventKind.REROUTED).values("report")
    return Q(school_id__in=actor.schools(Role.LEADER), pk__in=moved)


def first_receiver(report: Report) -> str:
    """Who got it when it was told, whoever has it now."""
    kinds = report.events.filter(kind__in=(EventKind.REROUTED, EventKind.RETURNED)).order_by("at", "id")
    first = kinds.values_list("kind", flat=True).first()
    return {EventKind.REROUTED: "school", EventKind.RETURNED: "owner"}.get(EventKind(first), "") if first else report.receiver


def first_school(report: Report) -> School:
    """The school at which it was told, whichever has it now."""
    moves = report.events.filter(kind=EventKind.MOVED, from_school__isnull=False).select_related("from_school")
    first = moves.order_by("at", "id").first()
    return first.from_school if first and first.from_school else report.school


def stands_still(actor: Actor, report: Report) -> bool:
    """Does the author see of it only that it was delivered, as it was then?

    What was taken down goes on between the sender and those who read it. And one whom it is about, or a leader from whom it was
    moved, must not learn from an own report that it was.
    """
    if report.channel == Channel.ALOUD or Report.objects.filter(closed_to_author(actor), pk=report.pk).exists():
        return True
    leads = report.school_id in actor.schools(Role.LEADER)
    return leads and report.events.filter(kind=EventKind.REROUTED).exists()


def own_schools(actor: Actor) -> QuerySet[School]:
    """The schools at which one reports."""
    rows: QuerySet[School] = policy.visible(TELL, actor)
    return rows.order_by("sort_key")


@dataclass(frozen=True)
class Said:
    """One message of the dialogue, opened. ``text`` None: it is damaged and does not open."""

    row: Message
    text: str | None
    images: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Step:
    """One event, with its reason opened; ``told``: how it is told to the sender."""

    row: Event
    reason: str | None = ""
    told: str = ""


@dataclass(frozen=True)
class Opened:
    """A report, opened: answers by question, images, dialogue, steps. ``damaged``: what was told does not open."""

    row: Report
    text: dict[str, Any]
    images: tuple[Attachment, ...]
    dialogue: tuple[Said, ...]
    steps: tuple[Step, ...] = ()
    damaged: bool = False


def _text(content: bytes, context: str, holder: Holder | None) -> dict[str, Any]:
    plain = holder.sender.unseal(content, context=context) if holder else sealing.unseal(content, context=context)
    return sealed.unpack(plain)


def _text_if_whole(content: bytes, context: str, holder: Holder | None) -> dict[str, Any] | None:
    """None for what does not open: one damaged part must not hide the others."""
    try:
        return _text(content, context, holder)
    except sealing.NoPrivateKey:
        raise
    except sealing.CannotOpen:
        return None


def _dialogue(report: Report, holder: Holder | None) -> Iterator[Said]:
    for message in report.messages.select_related("author").prefetch_related("attachments").order_by("at", "id"):
        content = bytes((message.sender_copy if holder else message.content) or b"")
        text = _text_if_whole(content, sealed.place_of(message), holder)
        yield Said(message, None if text is None else str(text["text"]), tuple(message.attachments.all()))


def opened(report: Report) -> Opened:
    """Open it with the receiving side's key. Raises sealing.NoPrivateKey on an intake-only node."""
    text = _text_if_whole(bytes(report.content), sealed.place(report.tenant_id, report.pk, "report"), None)
    return Opened(
        report,
        text or {},
        tuple(report.attachments.filter(message=None).order_by("at", "id")),
        tuple(_dialogue(report, None)),
        tuple(_steps(report)),
        text is None,
    )


def _steps(report: Report) -> Iterator[Step]:
    for event in report.events.select_related("person", "to_person", "to_school").order_by("at", "id"):
        reason: str | None = ""
        if event.note is not None:
            context = sealed.place(report.tenant_id, report.pk, "event", event.pk)
            text = _text_if_whole(bytes(event.note), context, None)
            reason = None if text is None else str(text["text"])
        yield Step(event, reason)


# What a sender is told of a report's way; names stand only where somebody has taken it.
TOLD_TO_SENDER = (
    EventKind.RECEIVED, EventKind.OPENED, EventKind.TAKEN, EventKind.FORWARDED, EventKind.REROUTED, EventKind.RETURNED,
    EventKind.MOVED, EventKind.CLOSED, EventKind.REOPENED, EventKind.NEW_RECEIPT,
)  # fmt: skip


def found_by(holder: Holder) -> Report | None:
    """The report that belongs to receipt words."""
    with scope.outside_scope(reason="receipt words name their report"):
        return Report.objects.select_related("school", "responsible").filter(receipt=holder.hash).first()


def opened_by_sender(report: Report, holder: Holder) -> Opened:
    """Open it with the sender's own key: needs no private key of ours. Within the owner's scope."""
    context = sealed.place(report.tenant_id, report.pk, "report")
    text = _text_if_whole(bytes(report.sender_copy or b""), context, holder)
    return Opened(report, text or {}, (), tuple(_dialogue(report, holder)), tuple(told_steps(report)), text is None)


def answered_by(opened: Opened) -> str:
    """The adult who has written last, while nobody is responsible yet."""
    adults = [said.row.author.name for said in opened.dialogue if not said.row.from_sender and said.row.author]
    return adults[-1] if adults else ""


def told_steps(report: Report) -> Iterator[Step]:
    """The steps that a sender sees, without reasons."""
    rows = report.events.filter(kind__in=TOLD_TO_SENDER).select_related("person", "to_school").order_by("at", "id")
    return (Step(event, told=_as_told(report, event)) for event in rows)


def _as_told(report: Report, event: Event) -> str:
    """The step in words for the sender: what became of it, and when it was said aloud."""
    if event.kind == EventKind.RECEIVED and report.channel == Channel.ALOUD:
        said = date_format(timezone.localtime(report.known_at), "j. F Y")
        return gettext("It was taken down. You said it %(when)s.") % {"when": said}
    if event.kind == EventKind.MOVED and event.to_school is not None:
        return gettext("It was moved to the right school: %(school)s.") % {"school": event.to_school.name}
    if event.kind == EventKind.CLOSED and report.state == State.CLOSED:
        became = {
            Outcome.CASE: _followed_up(report),
            Outcome.SAFE: gettext("An adult has talked with the one it is about, and it is safe now."),
            Outcome.DUPLICATE: gettext("The school follows it up together with something that was told before."),
            Outcome.PHYSICAL: gettext("It goes on as a matter about the building, the air, the light or the noise."),
        }
        return became.get(Outcome(report.outcome), event.get_kind_display())
    return event.get_kind_display()


def _followed_up(report: Report) -> str:
    """Of one that was moved to the municipality afterwards, the step before says only what was true then and is true now."""
    if report.receiver == Receiver.OWNER:
        return gettext("It is followed up until it is safe.")
    return gettext("The school follows it up until it is safe.")


def image(report: Report, pk: UUID) -> tuple[Attachment, bytes] | None:
    """An image of the report, opened; None for one that is not there, or is damaged."""
    row = report.attachments.filter(pk=pk).first()
    if row is None:
        return None
    context = sealed.place(report.tenant_id, report.pk, "image", row.pk)
    try:
        return row, sealing.unseal(bytes(row.content), context=context)
    except sealing.CannotOpen:
        return None


def pictures(report: Report) -> Iterator[bytes | None]:
    """The report's images and those sent later, small, for paper, the oldest first. None for one that is damaged."""
    for row in report.attachments.order_by("at", "id"):
        found = image(report, row.pk)
        yield images.for_paper(found[1]) if found else None


@dataclass(frozen=True)
class ReadingTimes:
    """When somebody reads at a school, or at the municipality."""

    hours: law.ReadingHours
    breaks: tuple[law.Break, ...]
    covered: tuple[law.Break, ...]

    def next(self, moment: datetime) -> datetime | None:
        """When somebody next reads what comes in; ``moment`` itself, when somebody does. None when nobody is known to."""
        return law.next_reading(moment, self.hours, self.breaks, self.covered)


def reading_times(school: School, receiver: str = Receiver.SCHOOL) -> ReadingTimes:
    """The school's hours, breaks (and days on which all who lead it are away), and the days on which a stand-in reads in them.

    What only the municipality gets is read in its own time: ordinary hours, on working days outside the breaks of all schools.
    """
    if receiver == Receiver.OWNER:
        return ReadingTimes(law.ReadingHours(), people.breaks_of(None), ())
    breaks = (*people.breaks_of(school), *people.days_without_readers(school))
    return ReadingTimes(people.reading_hours(school), breaks, people.covered_days(school))


def reads_next(school: School, receiver: str = Receiver.SCHOOL) -> datetime | None:
    """When somebody next reads what comes in at a school, or goes past it to the municipality."""
    return reading_times(school, receiver).next(clock.now())


def contact_of(report: Report) -> Person | None:
    """Whose name a sender is given: the one who is responsible."""
    return report.responsible


@dataclass(frozen=True)
class Waiting:
    """How much waits in one's list; each report counts once."""

    new: int
    now: int
    news: int
    owed: int
    passed_on: int
    given: int

    @property
    def any(self) -> bool:
        """Something waits."""
        return any((self.new, self.now, self.news, self.owed, self.passed_on, self.given))


def waiting(actor: Actor) -> Waiting:
    """Counts over rows that the actor may all open: no aggregate over others' rows."""
    leads, handles = Q(school__in=actor.schools(Role.LEADER)), actor.owner_wide(Role.HANDLER)
    led = leads | ~PASSED_ON if handles else leads  # what the school has passed on stays the school's to take
    passed_on = PASSED_ON & ~leads & Q(owner_read_at=None) if handles else NONE
    owed = leads & Q(concerns=Concerns.EMPLOYEE, receiver=Receiver.SCHOOL, forwarded_at=None, groundless_at=None)
    new, now = led & Q(state=State.NEW), Q(urgency=rules.Urgency.NOW)
    given = Q(holder_id=actor.person_id) & ~Q(responsible_id=actor.person_id)
    return Waiting(
        **inbox(actor).aggregate(
            now=Count("pk", filter=new & now),
            owed=Count("pk", filter=owed & ~(new & now)),
            new=Count("pk", filter=new & ~now & ~owed),
            news=Count("pk", filter=led & HAS_NEWS & ~new & ~owed),
            passed_on=Count("pk", filter=passed_on),
            given=Count("pk", filter=given),
        )
    )


def answered(actor: Actor) -> QuerySet[Report]:
    """One's own reports with an answer that one has not seen."""
    return own_reports(actor).filter(has_new_answer(actor))


def unopened_schools(actor: Actor) -> list[School]:
    """For the owner's handlers: schools where a report has lain unopened longer than the routine. No counts, no content."""
    if not actor.owner_wide(Role.HANDLER):
        return []
    now = clock.now()
    late = Q()
    for urgency in rules.Urgency:
        limit = now - rules.unopened_limit(urgency, clock.today())
        here = Q(here_since=None) | Q(here_since__lt=limit)  # what a school got from others lies there since then
        late |= Q(urgency=urgency.value, received_at__lt=limit) & here
    rows = Report.objects.filter(late, receiver=Receiver.SCHOOL, opened_at=None)
    return list(School.objects.filter(pk__in=rows.values("school_id")).order_by("sort_key"))
