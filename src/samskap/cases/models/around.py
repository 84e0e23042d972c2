"""What lies around a case: meetings, questions to PPT without names, and suggested measures."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samskap.cases.models.case import Case, CasePupil
from samskap.kernel.classification import Class
from samskap.kernel.models import SealedField, TenantModel
from samskap.people.api import Person, School


class Meeting(TenantModel):
    """A meeting that has been called. ``pupil``: whose meeting it is; None for one about the whole case.

    ``home``: the pupil's family is invited, and sees it on their page. What was said and agreed stands in the timeline.
    """

    classification: ClassVar[dict[str, Class]] = {
        "case": Class.INTERNAL,
        "pupil": Class.INTERNAL,
        "starts_at": Class.INTERNAL,
        "state": Class.INTERNAL,
        "home": Class.INTERNAL,
        "called_at": Class.INTERNAL,
        "content": Class.SPECIAL,
    }

    class State(models.TextChoices):
        """Where it is."""

        CALLED = "called", _("called")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="meetings")
    pupil = models.ForeignKey(CasePupil, null=True, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.CALLED)
    home = models.BooleanField(default=False)
    called_at = models.DateTimeField()
    content = SealedField()

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["case", "state", "starts_at"], name="meeting_case")]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(home=False) | Q(pupil__isnull=False), name="home_is_invited_for_a_pupil"),
        ]


class Consultation(TenantModel):
    """A question to PPT without names: PPT reads the question and the school, and never learns which case it is.

    Locked under the case's key; ``case`` is shown to nobody who may not see the case.
    """

    classification: ClassVar[dict[str, Class]] = {
        "case": Class.INTERNAL,
        "asked_by": Class.PERSONAL,
        "asked_at": Class.INTERNAL,
        "answered_by": Class.PERSONAL,
        "answered_at": Class.INTERNAL,
        "content": Class.SPECIAL,
    }

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consultations")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    content = SealedField()

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["tenant", "answered_at"], name="consultation_open")]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None) | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="answered_by_somebody",
            ),
        ]


class Suggestion(TenantModel):
    """A suggested measure. ``school`` None: the municipality's. [Brackets] in the text are filled in by whoever uses it.

    It holds nothing about anybody; what is no longer wanted is ``hidden_at``.
    """

    classification: ClassVar[dict[str, Class]] = {
        "school": Class.INTERNAL,
        "theme": Class.INTERNAL,
        "text": Class.INTERNAL,
        "why": Class.INTERNAL,
        "starter": Class.INTERNAL,
        "written_at": Class.INTERNAL,
        "hidden_at": Class.INTERNAL,
    }

    class Theme(models.TextChoices):
        """What it is for."""

        NOW = "now", _("Tonight and tomorrow")
        BREAKS = "breaks", _("Breaks and the way to school")
        PUPIL = "pupil", _("Close to the pupil")
        CLASS = "class", _("The class and its culture")
        ADULTS = "adults", _("What the adults do")
        ONLINE = "online", _("Telephone and the net")

    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    theme = models.CharField(max_length=6, choices=Theme)
    text = models.TextField(max_length=1000)
    why = models.TextField(max_length=1000, blank=True)
    starter = models.CharField(max_length=40, blank=True, default="")
    written_at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["tenant", "starter"], condition=~Q(starter=""), name="one_starter_of_each"),
        ]
