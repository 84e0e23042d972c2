"""Figures laid straight into the store, for what the pages make of them."""

from dataclasses import dataclass, field
from itertools import count

from samskap.people.models import Level, School, Unit
from samskap.results.models import Series, Status, Value
from tests.support.world import World

SURVEY, TESTS = "pupil_survey", "national_tests"
_numbers = count(1)


def _unit(level: Level, name: str, parent: Unit | None) -> Unit:
    return Unit.objects.create(level=level, name=name, sort_key=name, search_key=name.lower(), parent=parent)


@dataclass
class Figures:
    """Lays figures down for a municipality, its county and the country, and for schools below them."""

    nation: Unit = field(default_factory=lambda: _unit(Level.NATION, "Landet", None))
    county: Unit = field(init=False)
    municipality: Unit = field(init=False)

    def __post_init__(self) -> None:
        self.county = _unit(Level.COUNTY, "Østhei", self.nation)
        self.municipality = _unit(Level.MUNICIPALITY, "Elvestrand", self.county)

    def at(self, world: World, key: str) -> Unit:
        """The unit of a school of the cast, below the municipality."""
        return self.below(world.school(key))

    def below(self, school: School) -> Unit:
        """The school's unit, below the municipality."""
        assert school.unit is not None
        Unit.objects.filter(pk=school.unit.pk).update(parent=self.municipality, level=Level.SCHOOL)
        return school.unit

    def lay(self, unit: Unit, code: str, year: int, **measures: float | Status) -> None:
        """``code``: instrument/indicator/grade. A measure is a number, or why there is none."""
        instrument, indicator, grade = code.split("/")
        for measure, given in measures.items():
            series, _made = Series.objects.get_or_create(
                instrument=instrument, indicator=indicator, measure=measure, grade=grade, gender="all", ownership="all"
            )
            none = isinstance(given, Status)
            status, number = (given, None) if none else (Status.NUMBER, float(given))
            Value.objects.create(unit=unit, series=series, year=year, status=status, number=number)

    def index(self, unit: Unit, year: int, score: float, n: int = 60, sd: float = 0.8, *, of: str = "trivsel/10") -> None:
        """An index of the pupil survey."""
        self.lay(unit, f"{SURVEY}/{of}", year, score=score, sd=sd, n=n)

    def bullied(self, unit: Unit, year: int, share: float, n: int | None = 60, *, grade: str = "10") -> None:
        """The share bullied, and how many answered."""
        self.lay(unit, f"{SURVEY}/bullying/{grade}", year, share=share)
        if n is not None:
            self.lay(unit, f"{SURVEY}/participation/{grade}", year, n=n, n_invited=n + 5)

    def test(self, unit: Unit, year: int, score: float, half: float = 2.0, n: int = 60, *, of: str = "np_reading/8") -> None:
        """A national test."""
        self.lay(unit, f"{TESTS}/{of}", year, score=score, uncertainty=half, n=n)
