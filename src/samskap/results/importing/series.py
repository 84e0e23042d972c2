"""The series that a run's files speak of, beside those in the store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from samskap.kernel.importing import StoreChanged
from samskap.results.models import Series
from samskap.results.readers.model import SeriesKey

FIELDS = ("instrument", "indicator", "measure", "grade", "gender", "ownership")


@dataclass
class SeriesPlan:
    """All series of a run; ``places`` as in ``units.plan.Plan``; ``ids`` is None where the store has none yet."""

    keys: list[SeriesKey] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    ids: list[int | None] = field(default_factory=list)
    by_key: dict[SeriesKey, int] = field(default_factory=dict)
    places: list[list[int]] = field(default_factory=list)

    def add_file(self, keys: Sequence[SeriesKey], names: Mapping[str, str]) -> None:
        """Add a file's series; ``names`` are the publisher's words by indicator code."""
        self.places.append([self._place(key, names.get(key.indicator, "")) for key in keys])

    def _place(self, key: SeriesKey, name: str) -> int:
        place = self.by_key.setdefault(key, len(self.keys))
        if place == len(self.keys):
            self.keys.append(key)
            self.names.append(name[:300])
            self.ids.append(None)
        return place

    def resolve(self) -> None:
        """Fill in the ids that the store has. Some thousand series; one query."""
        known = {tuple(row[1:]): row[0] for row in Series.objects.values_list("id", *FIELDS)}
        self.ids = [known.get(_values(key)) for key in self.keys]

    def make_missing(self) -> None:
        """Make the series that are new. Raises StoreChanged when another import made one of them meanwhile."""
        places = [place for place, series_id in enumerate(self.ids) if series_id is None]
        rows = [Series(**dict(zip(FIELDS, _values(self.keys[p]), strict=True)), name=self.names[p]) for p in places]
        try:
            with transaction.atomic():
                made = Series.objects.bulk_create(rows)
        except IntegrityError:
            raise StoreChanged from None
        for place, row in zip(places, made, strict=True):
            self.ids[place] = row.pk


def _values(key: SeriesKey) -> tuple[str, ...]:
    return tuple(str(getattr(key, name)) for name in FIELDS)
