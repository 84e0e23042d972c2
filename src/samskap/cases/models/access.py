"""Who may see a case beside those who lead it, and who must not."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samskap.cases import rules
from samskap.cases.models.case import Case
from samskap.kernel.classification import Class
from samskap.kernel.models import HashField, TenantModel
from samskap.people.api import Person


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
        CONSENT = rules.CONSENT, _("the family has said yes")
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
