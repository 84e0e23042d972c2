"""Documents of a case: drafts that are redacted and looked at twice, and what was released, which is never changed."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from samskap.cases import rules_papers as rules
from samskap.cases.models.case import Case, CasePupil
from samskap.kernel.classification import Class
from samskap.kernel.models import HashField, SealedField, TenantModel
from samskap.people.api import Person


class PaperKind(models.TextChoices):
    """What a document is."""

    PLAN = rules.Kind.PLAN.value, _("Measures plan")
    HEARINGS = rules.Kind.HEARINGS.value, _("Talks with the pupil")
    CHRONOLOGY = rules.Kind.CHRONOLOGY.value, _("What was done")
    GOVERNOR = rules.Kind.GOVERNOR.value, _("Case documents for the County Governor")
    FAMILY_PLAN = rules.Kind.FAMILY_PLAN.value, _("Measures plan, the family's copy")
    FAMILY_COPY = rules.Kind.FAMILY_COPY.value, _("Case documents, the family's copy")
    LETTER = rules.Kind.LETTER.value, _("Letter")
    CHANGE = rules.Kind.CHANGE.value, _("To the new school")


class PaperDraft(TenantModel):
    """A document on its way out: its text as it was when it was made, and what is taken out.

    ``ready_at``: it waits for a second look.
    """

    classification: ClassVar[dict[str, Class]] = {
        "case": Class.INTERNAL,
        "pupil": Class.INTERNAL,
        "kind": Class.INTERNAL,
        "author": Class.PERSONAL,
        "made_at": Class.INTERNAL,
        "ready_at": Class.INTERNAL,
        "content": Class.SPECIAL,
    }

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="drafts")
    pupil = models.ForeignKey(CasePupil, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=PaperKind)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    content = SealedField()


class Paper(TenantModel):
    """A document as it was released: the file, its hash, to whom, and what the archive needs from the first day.

    A correction is a new document that names the one it corrects (arkivforskrifta § 11): nothing is overwritten.
    """

    append_only = True
    classification: ClassVar[dict[str, Class]] = {
        "case": Class.INTERNAL,
        "pupil": Class.INTERNAL,
        "kind": Class.INTERNAL,
        "number": Class.INTERNAL,
        "language": Class.INTERNAL,
        "at": Class.INTERNAL,
        "author": Class.PERSONAL,
        "second": Class.PERSONAL,
        "journalled": Class.INTERNAL,
        "direction": Class.INTERNAL,
        "access_code": Class.INTERNAL,
        "corrects": Class.INTERNAL,
        "to_mark": Class.SPECIAL,
        "sha256": Class.INTERNAL,
        "size": Class.INTERNAL,
        "content": Class.SPECIAL,
        "file": Class.SPECIAL,
    }

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="papers")
    pupil = models.ForeignKey(CasePupil, null=True, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=11, choices=PaperKind)
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=2)
    at = models.DateTimeField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    journalled = models.BooleanField()
    direction = models.CharField(max_length=1)
    access_code = models.CharField(max_length=10)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    to_mark = HashField(max_length=64, blank=True, default="", db_index=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content = SealedField()
    file = SealedField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["case", "number"], name="one_paper_per_number")]
