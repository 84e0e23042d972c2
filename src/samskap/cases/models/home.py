"""Who at home sees a pupil's page of a case, as the school has recorded it. Nobody does before it is recorded."""

from typing import Any, ClassVar

from django.db import models

from samskap.cases.models.case import CasePupil
from samskap.kernel.classification import Class
from samskap.kernel.models import HashField, SealedField, TenantModel


class Home(TenantModel):
    """The pupil, or one guardian: sees the page or not. ``content``: why not, where that was decided.

    ``seen_at``: the present visit began. ``seen_before``: the one before, from which "since last time" counts.
    """

    classification: ClassVar[dict[str, Class]] = {
        "pupil": Class.INTERNAL,
        "person_mark": Class.SPECIAL,
        "sees": Class.INTERNAL,
        "at": Class.INTERNAL,
        "seen_at": Class.INTERNAL,
        "seen_before": Class.INTERNAL,
        "content": Class.SPECIAL,
    }

    pupil = models.ForeignKey(CasePupil, on_delete=models.PROTECT, related_name="homes")
    person_mark = HashField(max_length=64, db_index=True)
    sees = models.BooleanField()
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_before = models.DateTimeField(null=True)
    content = SealedField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["pupil", "person_mark"], name="one_page_per_person_and_pupil"),
        ]
