"""Published figures: public, stored once for all owners."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from samskap.kernel.classification import Class
from samskap.kernel.models import PublicModel


class Series(PublicModel):
    """What is measured: an indicator's measure for a grade, a gender and a form of ownership.

    Codes are those of ``results.readers.words``; ``name`` is the publisher's own text.
    """

    classification: ClassVar[dict[str, Class]] = dict.fromkeys(
        ("instrument", "indicator", "measure", "grade", "gender", "ownership", "name"),
        Class.PUBLIC,
    )

    instrument = models.CharField(max_length=20)
    indicator = models.CharField(max_length=80)
    measure = models.CharField(max_length=20)
    grade = models.CharField(max_length=4)
    gender = models.CharField(max_length=6)
    ownership = models.CharField(max_length=8)
    name = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["instrument", "indicator", "measure", "grade", "gender", "ownership"], name="one_series_per_key"
            )
        ]


class Status(models.IntegerChoices):
    """Four different things: a figure, masked by the publisher, no value, and nobody took part."""

    NUMBER = 0
    MASKED = 1
    EMPTY = 2
    NOBODY = 3


class Value(models.Model):
    """One figure for a unit in a school year (2026 is 2026-27)."""

    classification: ClassVar[dict[str, Class]] = dict.fromkeys(
        ("pk", "unit", "series", "year", "status", "number", "run_id"),
        Class.PUBLIC,
    )

    pk = models.CompositePrimaryKey("unit_id", "series_id", "year")
    # Without constraints in the database: on PostgreSQL their check at commit was half of the time with the write lock.
    # Only the importer writes here, from rows that it has just made or found; units and series are never deleted.
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    year = models.PositiveSmallIntegerField()
    status = models.PositiveSmallIntegerField(choices=Status)
    number = models.FloatField(null=True)
    run_id = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["series", "year"], name="value_series_year")]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(status=Status.NUMBER, number__isnull=False) | (~Q(status=Status.NUMBER) & Q(number=None)),
                name="number_when_published",
            )
        ]


class ReplacedValue(PublicModel):
    """How a figure stood before an import changed it, so that the import can be undone.

    New ones are known by ``Value.run_id``.
    """

    classification: ClassVar[dict[str, Class]] = dict.fromkeys(
        ("run_id", "unit_id", "series_id", "year", "status", "number", "before_run_id"),
        Class.PUBLIC,
    )

    run_id = models.UUIDField(db_index=True)
    unit_id = models.BigIntegerField()
    series_id = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    status = models.PositiveSmallIntegerField(null=True)
    number = models.FloatField(null=True)
    before_run_id = models.UUIDField(null=True)


class MadeUnit(PublicModel):
    """A unit that an import was the first to name, so that an undo takes it away again where nothing else has come to it."""

    classification: ClassVar[dict[str, Class]] = dict.fromkeys(("run_id", "unit_id"), Class.PUBLIC)

    run_id = models.UUIDField(db_index=True)
    unit_id = models.BigIntegerField()
