"""What is done in a case: the timeline, the versions of plans, measures, answers."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from samskap.cases.models.case import Case, CasePupil, Plan
from samskap.cases.models.choices import Effect, EntryKind, Safe, Stage, Voice
from samskap.kernel.classification import Class
from samskap.kernel.models import HashField, SealedField, TenantModel
from samskap.people.api import Person


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
