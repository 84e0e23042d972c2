"""A case: who works it, since when it is known, what is due. What is written lies encrypted under the case's own key.

Which pupils it is about stands as a keyed mark (``marks.person``), never as a link that the database alone could follow.
"""

from datetime import datetime, time
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from samskap.cases.models.choices import Concerns, Part, Safe, Side, State
from samskap.kernel import clock
from samskap.kernel.classification import Class
from samskap.kernel.models import HashField, SealedField, TenantModel
from samskap.people.api import Person, School
from samskap.voice.api import Report


class Case(TenantModel):
    """One matter that is followed up (opplæringslova §§ 12-4, 12-5). It always has somebody who is responsible.

    ``known_at``: since when the school has known. ``raised_on``: the day on which it was first raised with the principal, also
    orally, from which § 12-6 counts. For order in lists: ``next_on``, the earliest day on which something is due;
    ``says_no``, a pupil's "no" that the plan has not been changed for; ``due_on``, from when something is over its day.
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
        "says_no": Class.INTERNAL,
        "due_on": Class.INTERNAL,
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
    says_no = models.BooleanField(default=False, db_default=False)
    due_on = models.DateField(null=True)
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

    @property
    def known_since(self) -> datetime:
        """Since when the school has known: by what was written, or by what was said to the principal before that."""
        if self.raised_on >= timezone.localdate(self.known_at):
            return self.known_at
        return datetime.combine(self.raised_on, time(), clock.OSLO)

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
    """A pupil's folder in the case: the own voice, the own plan. Who it is stands encrypted, and as a keyed mark.

    ``begun_again_at``: when the duty to act began again for this pupil; what was said and evaluated before counts for no end.
    """

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
        "begun_again_at": Class.INTERNAL,
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
    begun_again_at = models.DateTimeField(null=True)

    @property
    def not_safe(self) -> bool:
        """The pupil's own last answer is no, or not yet: it is followed up, wherever the folder stands."""
        return self.answer in (Safe.NO, Safe.PARTLY)

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
