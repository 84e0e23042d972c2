"""What a page needs, read in few queries and put together."""

from collections.abc import Sequence
from dataclasses import dataclass

from samskap.people.api import Level, School, Unit
from samskap.results import catalogue, queries, story, wording
from samskap.results.catalogue import Indicator
from samskap.results.queries import Key, Places
from samskap.results.rules import Point, latest
from samskap.results.story import Story

# How many years back the last time may be, where schools stand side by side.
LOOK_BACK = 3


@dataclass(frozen=True)
class SchoolView:
    """A school's figures on one grade. ``places`` None: the school is bound to no unit in the register."""

    places: Places | None
    grades: list[str]
    grade: str | None
    stories: list[Story]
    participation: str = ""

    @property
    def only_masked(self) -> bool:
        """There are figures, and not one can be seen."""
        return bool(self.stories) and all(s.only_masked for s in self.stories)

    @property
    def year(self) -> int:
        """The newest school year in which the school has anything; 0 without figures."""
        return max((s.newest.year for s in self.stories if s.newest is not None), default=0)

    def group(self, name: str) -> list[Story]:
        """The stories of a group of indicators."""
        return [s for s in self.stories if s.indicator.group == name]

    def standing(self, name: str) -> list[Story]:
        """Those that are strengths, concerns or others; of the masked, nothing is said."""
        return [s for s in self.stories if s.latest is not None and s.standing() == name]


def school_view(school: School, wanted: str | None = None) -> SchoolView:
    """Everything on one grade: the wanted one where the school has it, else the usual one. Four queries."""
    places = queries.places(school.unit_id)
    if places is None:
        return SchoolView(None, [], None, [])
    index = queries.series_index()
    keys = queries.known_keys(places.unit.pk, index)
    grades = queries.grades_in(keys)
    grade = wanted if wanted in grades else catalogue.usual_grade(grades)
    if grade is None:
        return SchoolView(places, [], None, [])
    figures = queries.figures(places.ids, index, index.ids([grade]))
    stories = story.all_for(places, figures, sorted(keys), grade, school.name)
    return SchoolView(places, grades, grade, stories, _participation(places, figures, grade, stories))


def all_stories(school: School) -> list[Story]:
    """Everything on every grade: bullying first, then as the catalogue has it, the older pupils first. Four queries."""
    places = queries.places(school.unit_id)
    if places is None:
        return []
    index = queries.series_index()
    keys = sorted(queries.known_keys(places.unit.pk, index))
    grades = queries.grades_in(set(keys))
    figures = queries.figures(places.ids, index, index.ids(grades))
    found = [s for grade in reversed(grades) for s in story.all_for(places, figures, keys, grade, school.name)]
    order = [indicator.code for indicator in catalogue.INDICATORS]
    return sorted(found, key=lambda s: (s.indicator.group != catalogue.BULLYING, order.index(s.indicator.code)))


def _participation(places: Places, figures: queries.Figures, grade: str, stories: Sequence[Story]) -> str:
    survey = [s.newest for s in stories if s.indicator.instrument == catalogue.SURVEY]
    last = max((p for p in survey if p is not None), key=lambda p: p.year, default=None)
    if last is None:
        return ""
    return wording.participation(figures.participation(places.unit.pk, grade, last.year), last.label)


def one_story(school: School, code: str) -> Story | None:
    """One indicator on one grade; None when the indicator is not known or the school has no unit. Three queries."""
    parsed = catalogue.parse(code)
    places = queries.places(school.unit_id) if parsed else None
    if parsed is None or places is None:
        return None
    indicator, grade = parsed
    index = queries.series_index([indicator.code], grade)
    figures = queries.figures(places.ids, index, index.ids([grade]))
    return story.make(places, figures, indicator, grade, school.name)


@dataclass(frozen=True)
class SchoolRow:
    """A school's figure beside the other schools'."""

    school: School
    point: Point | None
    previous: Point | None

    @property
    def n(self) -> int | None:
        """How many answered."""
        return self.point.n if self.point else None


@dataclass(frozen=True)
class Across:
    """An indicator on a grade at many schools in one year, in alphabetical order. ``country`` is in the same year."""

    indicator: Indicator
    grade: str
    year: int
    years: list[int]
    rows: list[SchoolRow]
    country: Point | None
    municipality: Point | None
    municipality_name: str


@dataclass(frozen=True)
class Choices:
    """What the owner's schools have figures for."""

    schools: list[School]
    index: queries.SeriesIndex
    keys: set[Key]

    @property
    def indicators(self) -> list[Indicator]:
        """The indicators, in the catalogue's order."""
        found = {code for code, _grade in self.keys}
        return [indicator for indicator in catalogue.INDICATORS if indicator.code in found]

    def grades(self, indicator: Indicator) -> list[str]:
        """The grades of an indicator."""
        return catalogue.sorted_grades(grade for code, grade in self.keys if code == indicator.code)


def choices() -> Choices:
    """Three queries."""
    schools, index = queries.active_schools(), queries.series_index()
    units = [school.unit_id for school in schools if school.unit_id is not None]
    return Choices(schools, index, queries.owner_keys(units, index))


def across(found: Choices, indicator: Indicator, grade: str, wanted_year: int | None = None) -> Across | None:
    """The owner's schools on one indicator, in the wanted year or the newest. None without figures. Three queries."""
    units = [school.unit for school in found.schools if school.unit is not None]
    around = _shared(units)
    ids = found.index.ids([grade], [indicator.code])
    years = queries.years_of([unit.pk for unit in units], sorted(set(ids) & set(found.index.main())))
    if not years:
        return None
    year = wanted_year if wanted_year in years else years[0]
    wanted = range(year - LOOK_BACK, year + 1)
    figures = queries.figures([*(u.pk for u in units), *(u.pk for u in around)], found.index, ids, wanted)
    made = [_row(school, figures, indicator, grade, year) for school in found.schools]
    rows = [row for row in made if row.point is not None or _has_grade(row.school, grade)]
    beside = {unit.level: unit for unit in around}
    country, municipality = (
        _in_year(figures.points(beside[level].pk, indicator, grade), year) if level in beside else None
        for level in (Level.NATION, Level.MUNICIPALITY)
    )
    name = beside[Level.MUNICIPALITY].name if Level.MUNICIPALITY in beside else ""
    return Across(indicator, grade, year, years, rows, country, municipality, name)


def _has_grade(school: School, grade: str) -> bool:
    return not grade.isdecimal() or school.first_grade <= int(grade) <= school.last_grade


def _shared(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The municipality, county and country of the schools: those of the first school that has them."""
    first = next((unit for unit in units if unit.parent_id is not None), None)
    places = queries.places(first.pk) if first else None
    return places.around if places else ()


def _in_year(points: Sequence[Point], year: int) -> Point | None:
    return next((p for p in points if p.year == year), None)


def _row(school: School, figures: queries.Figures, indicator: Indicator, grade: str, year: int) -> SchoolRow:
    points = figures.points(school.unit_id, indicator, grade) if school.unit_id is not None else ()
    point = _in_year(points, year)
    previous = latest(p for p in points if p.year < year)
    return SchoolRow(school, point, previous)
