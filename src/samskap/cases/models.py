"""A case: who works it, since when it is known, what is due. What is written lies encrypted under the case's own key.

Which pupils it is about stands as a keyed mark (``marks.person``), never as a link that the database alone could follow.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskap.cases import rules
from samskap.kernel.classification import Class
from samskap.kernel.models import HashField, SealedField, TenantModel
from samskap.people.api import Person, School
from samskap.voice.api import Report


class Side(models.TextChoices):
    """Who works it."""

    SCHOOL = rules.Side.SCHOOL.value, _("the school")
    OWNER = rules.Side.OWNER.value, _("the municipality")


class Concerns(models.TextChoices):
    """Whom it concerns."""

    PUPILS = rules.Concerns.PUPILS.value, _("pupils")
    EMPLOYEE = rules.Concerns.EMPLOYEE.value, _("somebody who works at the school")
    LEADERSHIP = rules.Concerns.LEADERSHIP.value, _("somebody in the leadership")


class State(models.TextChoices):
    """Is it being followed up?"""

    OPEN = "open", _("open")
    ENDED = "ended", _("ended")


class Safe(models.TextChoices):
    """The answer to "is it safe and good now?"."""

    NONE = "", _("not asked yet")
    YES = rules.Safe.YES.value, _("yes")
    PARTLY = rules.Safe.PARTLY.value, _("partly")
    NO = rules.Safe.NO.value, _("no")


class Voice(models.TextChoices):
    """Whose answer."""

    PUPIL = rules.Voice.PUPIL.value, _("the pupil")
    GUARDIAN = rules.Voice.GUARDIAN.value, _("a parent or guardian")
    STAFF = rules.Voice.STAFF.value, _("the school")


class Case(TenantModel):
    """One matter that is followed up (opplæringslova §§ 12-4, 12-5). It always has somebody who is responsible.

    ``known_at``: since when the school has known. ``raised_on``: the day on which it was first raised with the principal, also
    orally, from which § 12-6 counts. ``next_on``: the earliest day on which something is due, for order in lists.
    """

    classification: ClassVar[dict[str, Class]] = {
        "school": Class.INTERNAL,
        "year": Class.INTERNAL,
        "number": Class.INTERNAL,
        "side": Class.INTERNAL,
        "concerns": Class.INTERNAL,
        "state": Class.INTERNAL,
        "whole_class": Class.INTERNAL,
        "known_at": Class.INTERNAL,
        "raised_on": Class.INTERNAL,
        "opened_at": Class.INTERNAL,
        "law_version": Class.INTERNAL,
        "responsible": Class.PERSONAL,
        "passed_on_at": Class.INTERNAL,
        "groundless_at": Class.INTERNAL,
        "owner_read_at": Class.INTERNAL,
        "restarted_at": Class.INTERNAL,
        "investigate_since": Class.INTERNAL,
        "next_on": Class.INTERNAL,
        "ended_at": Class.INTERNAL,
        "talk_on": Class.INTERNAL,
        "talk_held_on": Class.INTERNAL,
        "key": Class.SECRET,
        "content": Class.SPECIAL,
    }

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    side = models.CharField(max_length=6, choices=Side)
    concerns = models.CharField(max_length=10, choices=Concerns)
    state = models.CharField(max_length=5, choices=State, default=State.OPEN)
    whole_class = models.BooleanField(default=False)
    known_at = models.DateTimeField()
    raised_on = models.DateField()
    opened_at = models.DateTimeField()
    law_version = models.CharField(max_length=10)
    responsible = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    passed_on_at = models.DateTimeField(null=True)
    groundless_at = models.DateTimeField(null=True)
    owner_read_at = models.DateTimeField(null=True)
    restarted_at = models.DateTimeField(null=True)
    investigate_since = models.DateTimeField(null=True)
    next_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    talk_on = models.DateField(null=True)
    talk_held_on = models.DateField(null=True)
    key = SealedField()
    content = SealedField()

    @property
    def name(self) -> str:
        """What it is called outside its own pages: a number, and nothing of what it is about."""
        return gettext("Case %(number)s") % {"number": self.reference}

    @property
    def reference(self) -> str:
        """2026/14."""
        return f"{self.year}/{self.number}"

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["school", "side", "state", "next_on"], name="case_list"),
            models.Index(fields=["tenant", "side", "state", "next_on"], name="case_owner_list"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["tenant", "year", "number"], name="one_case_per_number"),
            models.CheckConstraint(condition=Q(concerns="leadership", side="owner") | ~Q(concerns="leadership"),
                                   name="leadership_cases_are_the_owners"),
            models.CheckConstraint(condition=Q(state="ended", ended_at__isnull=False) | Q(state="open", ended_at=None),
                                   name="case_ended_when_ended"),
        ]  # fmt: skip


class CaseNumber(TenantModel):
    """The last number given out in a calendar year; the row is held while the next one is taken."""

    classification: ClassVar[dict[str, Class]] = {"year": Class.INTERNAL, "last": Class.INTERNAL}

    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["tenant", "year"], name="one_case_count_per_year")]


class CaseReport(TenantModel):
    """A report that the case takes in. What was told stays sealed where it is."""

    classification: ClassVar[dict[str, Class]] = {"case": Class.INTERNAL, "report": Class.INTERNAL, "at": Class.INTERNAL}

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Part(models.TextChoices):
    """What a pupil is in the case."""

    SUBJECT = rules.Part.SUBJECT.value, _("the case is about this pupil")
    INVOLVED = rules.Part.INVOLVED.value, _("otherwise involved")


class Plan(TenantModel):
    """A measures plan (§ 12-4 third paragraph): one pupil's, or a common one. Its words lie in its versions."""

    classification: ClassVar[dict[str, Class]] = {
        "case": Class.INTERNAL,
        "number": Class.INTERNAL,
        "common": Class.INTERNAL,
        "version": Class.INTERNAL,
        "evaluate_on": Class.INTERNAL,
        "in_force_at": Class.INTERNAL,
        "evaluated_on": Class.INTERNAL,
        "changed_at": Class.INTERNAL,
    }

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField()
    common = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    evaluate_on = models.DateField(null=True)
    in_force_at = models.DateTimeField(null=True)
    evaluated_on = models.DateField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["case", "number"], name="one_plan_per_number")]


class CasePupil(TenantModel):
    """A pupil's folder in the case: the own voice, the own plan. Who it is stands encrypted, and as a keyed mark."""

    classification: ClassVar[dict[str, Class]] = {
        "case": Class.INTERNAL,
        "part": Class.INTERNAL,
        "person_mark": Class.SPECIAL,
        "content": Class.SPECIAL,
        "plan": Class.INTERNAL,
        "answer": Class.INTERNAL,
        "answered_at": Class.INTERNAL,
        "guardian_no_at": Class.INTERNAL,
        "no_answer_at": Class.INTERNAL,
        "heard_on": Class.INTERNAL,
        "weighed_on": Class.INTERNAL,
        "home_told_on": Class.INTERNAL,
        "added_at": Class.INTERNAL,
        "left_at": Class.INTERNAL,
    }

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pupils")
    part = models.CharField(max_length=8, choices=Part)
    person_mark = HashField(max_length=64)
    content = SealedField()
    plan = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="pupils")
    answer = models.CharField(max_length=6, choices=Safe, default=Safe.NONE, blank=True)
    answered_at = models.DateTimeField(null=True)
    guardian_no_at = models.DateTimeField(null=True)
    no_answer_at = models.DateTimeField(null=True)
    heard_on = models.DateField(null=True)
    weighed_on = models.DateField(null=True)
    home_told_on = models.DateField(null=True)
    added_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["case", "person_mark"], name="one_folder_per_pupil"),
            models.CheckConstraint(condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                                   name="answered_when_answered"),
        ]  # fmt: skip
        indexes: ClassVar[list[Any]] = [models.Index(fields=["person_mark"], name="case_pupil_mark")]


class NameMark(TenantModel):
    """A word of a name in the case, as a keyed mark: cases are found by whole words of names, which lie nowhere plain."""

    classification: ClassVar[dict[str, Class]] = {"case": Class.INTERNAL, "mark": Class.SPECIAL}

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="name_marks")
    mark = HashField(max_length=64, db_index=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["case", "mark"], name="one_mark_per_word")]


class Recusal(TenantModel):
    """Somebody who may not see the case, since it is about them (forvaltningsloven § 6). Who it is stands as a keyed hash."""

    classification: ClassVar[dict[str, Class]] = {"case": Class.INTERNAL, "person_hash": Class.SPECIAL, "at": Class.INTERNAL}

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recusals")
    person_hash = HashField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["case", "person_hash"], name="one_recusal_per_case_and_person"),
        ]


class Given(TenantModel):
    """Access that was given to one person: a case worker, a guest with an end date, the owner's substitute for the leadership."""

    classification: ClassVar[dict[str, Class]] = {
        "case": Class.INTERNAL,
        "person": Class.PERSONAL,
        "kind": Class.INTERNAL,
        "basis": Class.INTERNAL,
        "valid_from": Class.INTERNAL,
        "valid_to": Class.INTERNAL,
        "given_by": Class.PERSONAL,
        "at": Class.INTERNAL,
    }

    class Kind(models.TextChoices):
        """What for."""

        WORK = rules.Access.WORK.value, _("case worker")
        GUEST = rules.Access.GUEST.value, _("guest")
        LEAD = rules.Access.LEAD.value, _("leads the case in the leadership's place")

    class Basis(models.TextChoices):
        """By which right a guest from outside the school sees a single case; the family is told."""

        NONE = "", _("works at the school")
        CONSENT = "consent", _("the family has said yes")
        COOPERATION = "24-1", _("cooperation between services (§ 24-1)")
        NECESSARY = "25-1", _("necessary for the follow-up (§ 25-1 first paragraph)")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="given")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind)
    basis = models.CharField(max_length=8, choices=Basis, default=Basis.NONE, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["person", "valid_from"], name="given_person")]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(kind="guest") | Q(valid_to__isnull=False), name="a_guest_has_an_end"),
            models.CheckConstraint(condition=~Q(kind="guest") | ~Q(basis=""), name="a_guest_has_a_basis"),
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="given_days_in_order"),
        ]


class EntryKind(models.TextChoices):
    """What an entry of the timeline tells. The first five are the duties (delpliktene)."""

    WATCH = "watch", _("Watched")
    STEP_IN = "step_in", _("Stepped in")
    TOLD = "told", _("Told on")
    INVESTIGATED = "investigated", _("Found out")
    MEASURE = "measure", _("Measure")
    HEARING = "hearing", _("Talk with the pupil")
    ANSWER = "answer", _("Answer")
    NO_ANSWER = "no_answer", _("Why there is no answer")
    BEST_INTEREST = "best_interest", _("What is best for the pupil")
    HOME = "home", _("Contact with home")
    MEETING = "meeting", _("Meeting")
    FINDING = "finding", _("What we found")
    DELAY = "delay", _("Why it takes longer")
    INTERVENTION = "intervention", _("Physical intervention (§ 13-5)")
    OTHER_DUTY = "other_duty", _("Another duty")
    NOTE = "note", _("Note")
    OPENED = "opened", _("The case was opened")
    REPORT = "report", _("A report came to the case")
    PUPIL = "pupil", _("A pupil was added")
    PLAN = "plan", _("Measures plan")
    EVALUATION = "evaluation", _("Evaluation")
    PASSED_ON = "passed_on", _("Passed on to the municipality")
    GROUNDLESS = "groundless", _("Judged openly groundless, with a reason")
    MOVED = "moved", _("The municipality works it from now on")
    ACCESS = "access", _("Access")
    RESPONSIBLE = "responsible", _("Responsible for the case")
    RESTARTED = "restarted", _("The duty to act began again")
    ENDED = "ended", _("The follow-up ended")
    TALK = "talk", _("Follow-up talk")
    CORRECTION = "correction", _("Correction")


class Entry(TenantModel):
    """One line of the timeline. Never changed and never removed: a correction is a new entry (the database refuses the rest).

    ``happened_on``: when it happened, ``at``: when it was written. ``home``: it is told to the pupil's family.
    """

    append_only = True
    classification: ClassVar[dict[str, Class]] = {
        "case": Class.INTERNAL,
        "pupil": Class.INTERNAL,
        "plan": Class.INTERNAL,
        "kind": Class.INTERNAL,
        "happened_on": Class.INTERNAL,
        "at": Class.INTERNAL,
        "author": Class.PERSONAL,
        "home": Class.INTERNAL,
        "corrects": Class.INTERNAL,
        "content": Class.SPECIAL,
    }

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="entries")
    pupil = models.ForeignKey(CasePupil, null=True, on_delete=models.PROTECT, related_name="entries")
    plan = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=14, choices=EntryKind)
    happened_on = models.DateField()
    at = models.DateTimeField()
    author = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    home = models.BooleanField(default=False)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")
    content = SealedField()

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["case", "happened_on", "at"], name="entry_timeline")]


class PlanVersion(TenantModel):
    """How a plan read from a moment on: problem, measures, who, when, evaluation. Never changed."""

    append_only = True
    classification: ClassVar[dict[str, Class]] = {
        "plan": Class.INTERNAL,
        "version": Class.INTERNAL,
        "at": Class.INTERNAL,
        "author": Class.PERSONAL,
        "content": Class.SPECIAL,
    }

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    author = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    content = SealedField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["plan", "version"], name="one_text_per_version")]


class Stage(models.TextChoices):
    """Where a measure is."""

    PLANNED = rules.Stage.PLANNED.value, _("planned")
    STARTED = rules.Stage.STARTED.value, _("started")
    DONE = rules.Stage.DONE.value, _("carried out")
    ENDED = rules.Stage.ENDED.value, _("ended")


class Effect(models.TextChoices):
    """What is seen of it, said by those it is for and those who did it."""

    NONE = "", _("not judged yet")
    BETTER = "better", _("it helps")
    SAME = "same", _("no change")
    WORSE = "worse", _("it makes it worse")


class Measure(TenantModel):
    """Something that is done. It can be started before any plan is written; a plan takes it in.

    ``pupil``: the one whom it is aimed at, in whose folder it stands in full; None for a measure that is common.
    """

    classification: ClassVar[dict[str, Class]] = {
        "case": Class.INTERNAL,
        "plan": Class.INTERNAL,
        "pupil": Class.INTERNAL,
        "responsible": Class.PERSONAL,
        "starts_on": Class.INTERNAL,
        "ends_on": Class.INTERNAL,
        "stage": Class.INTERNAL,
        "done_on": Class.INTERNAL,
        "done_by": Class.PERSONAL,
        "effect": Class.INTERNAL,
        "added_at": Class.INTERNAL,
        "removed_at": Class.INTERNAL,
        "content": Class.SPECIAL,
    }

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="measures")
    plan = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="measures")
    pupil = models.ForeignKey(CasePupil, null=True, on_delete=models.PROTECT, related_name="measures")
    responsible = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    stage = models.CharField(max_length=7, choices=Stage, default=Stage.PLANNED)
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    effect = models.CharField(max_length=6, choices=Effect, default=Effect.NONE, blank=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    content = SealedField()

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["responsible", "stage", "ends_on"], name="measure_own")]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(stage="done") | Q(done_on__isnull=False), name="done_has_a_day"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")), name="case_measure_days_in_order"
            ),
        ]


class Touched(TenantModel):
    """A measure that is aimed at somebody else is done for this pupil too: in their plan it stands as a neutral line."""

    classification: ClassVar[dict[str, Class]] = {"measure": Class.INTERNAL, "pupil": Class.INTERNAL}

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="touches")
    pupil = models.ForeignKey(CasePupil, on_delete=models.PROTECT, related_name="touched_by")

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["measure", "pupil"], name="one_line_per_pupil")]


class Answer(TenantModel):
    """An answer to "is it safe and good now?". Never changed. ``person_mark``: which guardian, where one answered."""

    append_only = True
    classification: ClassVar[dict[str, Class]] = {
        "pupil": Class.INTERNAL,
        "voice": Class.INTERNAL,
        "safe": Class.INTERNAL,
        "at": Class.INTERNAL,
        "on": Class.INTERNAL,
        "author": Class.PERSONAL,
        "person_mark": Class.SPECIAL,
        "content": Class.SPECIAL,
    }

    pupil = models.ForeignKey(CasePupil, on_delete=models.PROTECT, related_name="answers")
    voice = models.CharField(max_length=8, choices=Voice)
    safe = models.CharField(max_length=6, choices=Safe)
    at = models.DateTimeField()
    on = models.DateField()
    author = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    person_mark = HashField(max_length=64, blank=True, default="")
    content = SealedField()
