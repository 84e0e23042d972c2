"""What was told: sealed texts, and beside them only what is needed to bring them to the right adult."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskap.kernel.classification import Class
from samskap.kernel.models import HashField, SealedField, TenantModel
from samskap.people.api import Person, School
from samskap.voice import rules


class SenderKind(models.TextChoices):
    """Who tells."""

    PUPIL = rules.SenderKind.PUPIL.value, _("a pupil")
    GUARDIAN = rules.SenderKind.GUARDIAN.value, _("a parent or guardian")
    EMPLOYEE = rules.SenderKind.EMPLOYEE.value, _("somebody who works here")
    OTHER = rules.SenderKind.OTHER.value, _("somebody else")


class Kind(models.TextChoices):
    """What an employee writes down."""

    REPORT = rules.Kind.REPORT.value, _("report")
    STEPPED_IN = rules.Kind.STEPPED_IN.value, _("stepped in")
    OBSERVATION = rules.Kind.OBSERVATION.value, _("observation")


class Channel(models.TextChoices):
    """How it came."""

    PUBLIC = rules.Channel.PUBLIC.value, _("the school's page")
    SIGNED_IN = rules.Channel.SIGNED_IN.value, _("signed in")
    ALOUD = rules.Channel.ALOUD.value, _("said aloud, taken down")


class Concerns(models.TextChoices):
    """Whom it concerns."""

    PUPILS = rules.Concerns.PUPILS.value, _("pupils")
    EMPLOYEE = rules.Concerns.EMPLOYEE.value, _("somebody who works at the school")
    LEADERSHIP = rules.Concerns.LEADERSHIP.value, _("somebody in the leadership")


class Urgency(models.TextChoices):
    """How soon."""

    NOW = rules.Urgency.NOW.value, _("now")
    TODAY = rules.Urgency.TODAY.value, _("today")
    WEEK = rules.Urgency.WEEK.value, _("this week")


class Receiver(models.TextChoices):
    """Whose list."""

    SCHOOL = rules.Receiver.SCHOOL.value, _("the school")
    OWNER = rules.Receiver.OWNER.value, _("the municipality")


class State(models.TextChoices):
    """Where it is."""

    NEW = rules.State.NEW.value, _("new")
    TAKEN = rules.State.TAKEN.value, _("taken")
    CLOSED = rules.State.CLOSED.value, _("out of the list")


class Outcome(models.TextChoices):
    """Why it left the list."""

    NONE = "", _("not yet")
    CASE = rules.Outcome.CASE.value, _("followed up in a case")
    SAFE = rules.Outcome.SAFE.value, _("the pupil was asked, and is safe")
    DUPLICATE = rules.Outcome.DUPLICATE.value, _("same matter as an earlier report")
    OTHER_SCHOOL = rules.Outcome.OTHER_SCHOOL.value, _("for another school")
    PHYSICAL = rules.Outcome.PHYSICAL.value, _("the physical environment")


class Entrance(TenantModel):
    """A school's public address. The code is random, tells nothing, and is never used again after it is closed."""

    classification: ClassVar[dict[str, Class]] = {
        "school": Class.PUBLIC,
        "code": Class.PUBLIC,
        "opened_at": Class.INTERNAL,
        "closed_at": Class.INTERNAL,
    }

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["school"], condition=Q(closed_at=None), name="one_open_entrance"),
        ]


class Report(TenantModel):
    """A report. What was told lies sealed; the columns say only what routing and order need.

    ``sender_key`` and ``receipt`` belong to one who holds receipt words; one who was signed in has none. ``known_at``:
    since when it was known, as it was when it came; that never changes. ``here_since``: since when those have it who got it from
    others; None where it is still where it came in. ``text_mark``: by which the same text is known again at the same school;
    empty for what was moved there.
    """

    classification: ClassVar[dict[str, Class]] = {
        "school": Class.INTERNAL,
        "sender_kind": Class.INTERNAL,
        "kind": Class.INTERNAL,
        "channel": Class.INTERNAL,
        "author": Class.PERSONAL,
        "concerns": Class.INTERNAL,
        "urgency": Class.INTERNAL,
        "rank": Class.INTERNAL,
        "received_at": Class.INTERNAL,
        "known_at": Class.INTERNAL,
        "here_since": Class.INTERNAL,
        "law_version": Class.INTERNAL,
        "text_mark": Class.SPECIAL,
        "content": Class.SPECIAL,
        "sender_copy": Class.SPECIAL,
        "sender_key": Class.INTERNAL,
        "receipt": Class.SECRET,
        "receiver": Class.INTERNAL,
        "forwarded_at": Class.INTERNAL,
        "groundless_at": Class.INTERNAL,
        "state": Class.INTERNAL,
        "opened_at": Class.INTERNAL,
        "owner_read_at": Class.INTERNAL,
        "responsible": Class.PERSONAL,
        "holder": Class.PERSONAL,
        "taken_at": Class.INTERNAL,
        "closed_at": Class.INTERNAL,
        "outcome": Class.INTERNAL,
        "same_as": Class.INTERNAL,
        "suspect": Class.INTERNAL,
        "answered_at": Class.INTERNAL,
        "news_at": Class.INTERNAL,
        "author_saw_at": Class.INTERNAL,
    }

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    sender_kind = models.CharField(max_length=10, choices=SenderKind)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.REPORT)
    channel = models.CharField(max_length=10, choices=Channel)
    author = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    concerns = models.CharField(max_length=10, choices=Concerns)
    urgency = models.CharField(max_length=5, choices=Urgency)
    rank = models.PositiveSmallIntegerField()
    received_at = models.DateTimeField()
    known_at = models.DateTimeField()
    here_since = models.DateTimeField(null=True)
    law_version = models.CharField(max_length=10)
    text_mark = HashField(max_length=64)
    content = SealedField()
    sender_copy = SealedField(null=True)
    sender_key = models.BinaryField(max_length=32, null=True)
    receipt = HashField(max_length=64, null=True, unique=True)
    receiver = models.CharField(max_length=6, choices=Receiver)
    forwarded_at = models.DateTimeField(null=True)
    groundless_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=6, choices=State, default=State.NEW)
    opened_at = models.DateTimeField(null=True)
    owner_read_at = models.DateTimeField(null=True)
    responsible = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.NONE, blank=True)
    same_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    suspect = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)
    news_at = models.DateTimeField(null=True)
    author_saw_at = models.DateTimeField(null=True)

    @property
    def line(self) -> str:
        """What it is, in one line without anything of what was told."""
        if self.kind == Kind.STEPPED_IN:
            return gettext("An employee stepped in")
        if self.kind == Kind.OBSERVATION:
            return gettext("An employee's observation")
        told = {
            SenderKind.PUPIL: gettext("A pupil tells"),
            SenderKind.GUARDIAN: gettext("A parent or guardian tells"),
            SenderKind.EMPLOYEE: gettext("An employee reports"),
            SenderKind.OTHER: gettext("Somebody tells"),
        }
        return told[SenderKind(self.sender_kind)]

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["school", "receiver", "state", "rank", "known_at"], name="report_list"),
            models.Index(fields=["tenant", "receiver", "state", "rank", "known_at"], name="report_owner_list"),
            models.Index(fields=["author", "received_at"], name="report_author"),
            models.Index(fields=["school", "received_at"], name="report_school_time"),
            models.Index(fields=["text_mark", "received_at"], name="report_same_text"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(concerns="leadership", receiver="owner") | ~Q(concerns="leadership"),
                name="leadership_is_the_owners",
            ),
            models.CheckConstraint(condition=Q(state="closed") | Q(closed_at=None), name="closed_when_closed"),
            models.CheckConstraint(condition=~Q(state="closed") | Q(opened_at__isnull=False), name="nothing_leaves_unseen"),
        ]


class MessageKind(models.TextChoices):
    """What a message in the dialogue is."""

    ADDITION = "addition", _("more about it")
    ANSWER = "answer", _("answer")
    QUESTION = "question", _("question")
    HAPPENED = "happened", _("what has been done")
    NOT_BETTER = "not_better", _("it is not better")
    BETTER = "better", _("it is better")


class Message(TenantModel):
    """One message of the dialogue: from the sender, or from the adult who has it. Sealed for both."""

    classification: ClassVar[dict[str, Class]] = {
        "report": Class.INTERNAL,
        "from_sender": Class.INTERNAL,
        "kind": Class.INTERNAL,
        "author": Class.PERSONAL,
        "at": Class.INTERNAL,
        "content": Class.SPECIAL,
        "sender_copy": Class.SPECIAL,
    }

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="messages")
    from_sender = models.BooleanField()
    kind = models.CharField(max_length=12, choices=MessageKind)
    author = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    content = SealedField()
    sender_copy = SealedField(null=True)


class Attachment(TenantModel):
    """An image, made anew without metadata, sealed. It is handed out as a file to save, never shown inside a page."""

    classification: ClassVar[dict[str, Class]] = {
        "report": Class.INTERNAL,
        "message": Class.INTERNAL,
        "content": Class.SPECIAL,
        "media_type": Class.INTERNAL,
        "size": Class.INTERNAL,
        "at": Class.INTERNAL,
    }

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="attachments")
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="attachments")
    content = SealedField()
    media_type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    at = models.DateTimeField()


class Recusal(TenantModel):
    """Somebody who may not read a report, since it is about them (forvaltningsloven § 6). Who it is lies hashed."""

    classification: ClassVar[dict[str, Class]] = {"report": Class.INTERNAL, "person_hash": Class.SPECIAL, "at": Class.INTERNAL}

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="recusals")
    person_hash = HashField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["report", "person_hash"], name="one_recusal_per_person"),
        ]


class EventKind(models.TextChoices):
    """What happened to a report."""

    RECEIVED = "received", _("It came in")
    OPENED = "opened", _("It was read for the first time")
    TAKEN = "taken", _("Somebody took it")
    GIVEN = "given", _("It was given to a colleague")
    FORWARDED = "forwarded", _("It was passed on to the municipality")
    GROUNDLESS = "groundless", _("It was judged openly groundless, with a reason")
    REROUTED = "rerouted", _("It was moved to the municipality")
    RETURNED = "returned", _("The municipality gave it to the school")
    MOVED = "moved", _("It was moved to the right school")
    CLOSED = "closed", _("It was taken out of the list")
    REOPENED = "reopened", _("It came back into the list")
    EMPLOYEE = "employee", _("It turned out to be about somebody who works here")
    RECUSED = "recused", _("Somebody may no longer read it")
    NEW_RECEIPT = "new_receipt", _("New code words were made")
    GENUINE = "genuine", _("It was looked at and kept")


class Event(TenantModel):
    """A step on a report's way. ``note`` is a sealed reason, where one was asked for.

    ``from_school``, ``to_school``: from where it was moved whereto.
    """

    classification: ClassVar[dict[str, Class]] = {
        "report": Class.INTERNAL,
        "kind": Class.INTERNAL,
        "at": Class.INTERNAL,
        "person": Class.PERSONAL,
        "to_person": Class.PERSONAL,
        "from_school": Class.INTERNAL,
        "to_school": Class.INTERNAL,
        "note": Class.SPECIAL,
    }

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=EventKind)
    at = models.DateTimeField()
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    from_school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    to_school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    note = SealedField(null=True)
