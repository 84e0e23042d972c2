"""Reads of published figures. The number of queries is the same whatever the number of schools, years and indicators."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from samskap.people.api import School, Unit
from samskap.results import rules
from samskap.results.catalogue import BY_CODE, MEASURES, PARTICIPATION, SURVEY, Indicator, sorted_grades
from samskap.results.models import Series, Status, Value
from samskap.results.rules import SHARE, STATUSES, Figure, Point

Key = tuple[str, str]  # indicator, grade


@dataclass(frozen=True)
class Places:
    """A school's unit, and the units that it is seen beside, from near to far."""

    unit: Unit
    around: tuple[Unit, ...]

    @property
    def ids(self) -> list[int]:
        """All of them."""
        return [self.unit.pk, *(unit.pk for unit in self.around)]


def places(unit_id: int | None) -> Places | None:
    """The unit with its municipality, county and nation; None for a school that is bound to no unit. One query."""
    if unit_id is None:
        return None
    unit = Unit.objects.select_related("parent__parent__parent").get(pk=unit_id)
    around: list[Unit] = []
    step = unit.parent
    while step is not None and len(around) < 3:
        around.append(step)
        step = step.parent
    return Places(unit, tuple(around))


@dataclass
class SeriesIndex:
    """The series of the known indicators, for all genders and forms of ownership: what each id measures."""

    meaning: dict[int, tuple[Key, str]] = field(default_factory=dict)

    def ids(self, grades: Collection[str], indicators: Collection[str] | None = None) -> list[int]:
        """Those of some grades (and indicators), with the participation that gives shares their n."""
        wanted = None if indicators is None else {*indicators, PARTICIPATION}
        return [
            series_id
            for series_id, ((indicator, grade), _measure) in self.meaning.items()
            if grade in grades and (wanted is None or indicator in wanted)
        ]

    def main(self) -> list[int]:
        """Those that hold an indicator's own figure."""
        return [
            series_id
            for series_id, ((indicator, _grade), measure) in self.meaning.items()
            if indicator in BY_CODE and BY_CODE[indicator].measure == measure
        ]


def series_index(indicators: Collection[str] | None = None, grade: str | None = None) -> SeriesIndex:
    """One query."""
    names = [*(BY_CODE if indicators is None else indicators), PARTICIPATION]
    rows = Series.objects.filter(
        instrument__in={SURVEY, *(BY_CODE[name].instrument for name in names if name in BY_CODE)},
        indicator__in=names, measure__in=MEASURES, gender="all", ownership="all",
    )  # fmt: skip
    rows = rows if grade is None else rows.filter(grade=grade)
    found = rows.values_list("id", "indicator", "grade", "measure")
    return SeriesIndex({series_id: ((indicator, grade), measure) for series_id, indicator, grade, measure in found})


def known_keys(unit_id: int, index: SeriesIndex) -> set[Key]:
    """The indicators and grades for which the unit has anything at all, be it masked. One query."""
    rows = Value.objects.filter(unit_id=unit_id, series_id__in=index.main()).exclude(status=Status.EMPTY)
    return {index.meaning[series_id][0] for series_id in rows.values_list("series_id", flat=True).distinct().order_by()}


@dataclass
class Figures:
    """Figures of some units: by unit and indicator, then by year and measure."""

    found: dict[tuple[int, Key], dict[int, dict[str, Figure]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(dict))
    )

    def points(self, unit_id: int, indicator: Indicator, grade: str) -> tuple[Point, ...]:
        """A unit's figures year by year, the oldest first; years without a row are left out."""
        years = self.found.get((unit_id, (indicator.code, grade)), {})
        answered = self.found.get((unit_id, (PARTICIPATION, grade)), {}) if indicator.scale is SHARE else {}
        made = (
            rules.point(indicator.scale, year, _with_n(years[year], answered.get(year)), measure=indicator.measure)
            for year in sorted(years)
        )
        return tuple(point for point in made if point.status != rules.EMPTY)

    def participation(self, unit_id: int, grade: str, year: int) -> tuple[int, int] | None:
        """How many answered, of how many invited; None where it is not published."""
        row = self.found.get((unit_id, (PARTICIPATION, grade)), {}).get(year, {})
        answered, invited = (row.get(name, Figure(rules.EMPTY)).number for name in ("n", "n_invited"))
        return (round(answered), round(invited)) if answered is not None and invited else None


def _with_n(figures: dict[str, Figure], participation: dict[str, Figure] | None) -> dict[str, Figure]:
    """A share's n is the number who answered, of the participation table."""
    return figures if participation is None or "n" not in participation else {**figures, "n": participation["n"]}


def figures(unit_ids: Iterable[int], index: SeriesIndex, series_ids: Iterable[int], years: Collection[int] = ()) -> Figures:
    """All figures of these units and series (in these years; all years when none is named). One query."""
    rows = Value.objects.filter(unit_id__in=list(unit_ids), series_id__in=list(series_ids))
    rows = rows.filter(year__in=years) if years else rows
    result = Figures()
    for unit_id, series_id, year, status, number in rows.values_list("unit_id", "series_id", "year", "status", "number"):
        key, measure = index.meaning[series_id]
        result.found[unit_id, key][year][measure] = Figure(STATUSES[status], number)
    return result


def owner_keys(unit_ids: Collection[int], index: SeriesIndex) -> set[Key]:
    """The indicators and grades that any of the units has. One query, which looks no further than the first figure of each."""
    has_one = Value.objects.filter(unit_id__in=unit_ids, series_id=OuterRef("id")).exclude(status=Status.EMPTY)
    rows = Series.objects.filter(Exists(has_one), id__in=index.main())
    return {index.meaning[series_id][0] for series_id in rows.values_list("id", flat=True)}


def years_of(unit_ids: Collection[int], series_ids: Collection[int]) -> list[int]:
    """The years in which any of the units has anything in any of the series, the newest first. One query."""
    rows = Value.objects.filter(unit_id__in=unit_ids, series_id__in=series_ids).exclude(status=Status.EMPTY)
    return sorted(rows.values_list("year", flat=True).distinct().order_by(), reverse=True)


def grades_in(keys: Iterable[Key]) -> list[str]:
    """The grades of some keys, in order."""
    return sorted_grades(grade for _indicator, grade in keys)


def active_schools() -> list[School]:
    """The owner's schools, in alphabetical order. One query."""
    return list(School.objects.filter(active=True).select_related("unit").order_by("sort_key", "id"))
