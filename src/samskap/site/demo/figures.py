"""What a made-up statistics file holds, before it is written in anybody's format."""

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from samskap.site.demo import cast


class Level(IntEnum):
    """EnhetNivaa of the publisher."""

    NATION = 1
    COUNTY = 2
    MUNICIPALITY = 3
    SCHOOL = 4


@dataclass(frozen=True)
class Place:
    """A unit of the files; ``key`` names it in the truth.

    ``owner`` and ``within``: number and name of the municipality that a school lies in. ``every_grade``: takes part in the
    survey on all grades, not only where it is a duty.
    """

    key: str
    level: Level
    name: str
    number: str
    grades: tuple[int, ...] = tuple(range(1, 11))
    per_grade: int = 0
    owner: str = ""
    within: str = ""
    every_grade: bool = False


class Indicator(NamedTuple):
    """One index for a grade and year. ``score`` and ``sd`` on the scale 1-5, None when masked; ``n`` answered."""

    place: Place
    year: int
    grade: int
    code: str
    score: float | None
    sd: float | None
    n: int | None


class Bullying(NamedTuple):
    """One bullying question: how many of ``n`` were bullied. ``bullied`` None when masked."""

    place: Place
    year: int
    grade: int
    code: str
    bullied: int | None
    n: int | None


class Participation(NamedTuple):
    """How many answered of those invited; both None when masked."""

    place: Place
    year: int
    grade: int
    answered: int | None
    invited: int | None


class NationalTest(NamedTuple):
    """A national test: scale points (mean 50, SD 10 when the scale was made), 95 % half-width, pupils."""

    place: Place
    year: int
    grade: int
    code: str
    points: float | None
    half_width: float | None
    n: int | None


@dataclass(frozen=True)
class Survey:
    """Everything that is published about the made-up places in one school year."""

    year: int
    indicators: tuple[Indicator, ...]
    bullying: tuple[Bullying, ...]
    participation: tuple[Participation, ...]
    tests: tuple[NationalTest, ...]


NATION = Place("nation", Level.NATION, "Hele landet", "I", per_grade=62_000)
COUNTY = Place("county", Level.COUNTY, cast.COUNTY, cast.COUNTY_NUMBER, per_grade=3_900)
OWNER = Place("owner", Level.MUNICIPALITY, cast.OWNER.removesuffix(" kommune"), cast.OWNER_NUMBER)
NEIGHBOUR = Place("neighbour", Level.MUNICIPALITY, cast.NEIGHBOUR.removesuffix(" kommune"), cast.NEIGHBOUR_NUMBER)


def _school(entry: cast.CastSchool) -> Place:
    first, last = entry.grades
    grades = tuple(range(first, last + 1))
    above = OWNER if entry.owner == cast.OWNER else NEIGHBOUR
    per_grade = round(entry.pupils / len(grades))
    return Place(entry.key, Level.SCHOOL, entry.name, entry.number, grades, per_grade, above.number, above.name)


def _private(key: str, name: str, eight: str, per_grade: int) -> Place:
    """A small private school in the municipality: in the statistics, but not among the owner's schools."""
    number = cast.organisation_number(eight)
    return Place(key, Level.SCHOOL, name, number, tuple(range(1, 11)), per_grade, OWNER.number, OWNER.name)


# opened this year: it has taken part in no survey, and stands in no file
NEW_SCHOOL = "skogfaret"

SCHOOLS = (
    *(_school(entry) for entry in cast.SCHOOLS if entry.key != NEW_SCHOOL),
    _private("fjellbekken", "Fjellbekken friskole", "10000085", 5),
    _private("solglott", "Solgløtt montessori", "10000093", 4),
)
MUNICIPALITIES = (OWNER, NEIGHBOUR)
PLACES = (NATION, COUNTY, *MUNICIPALITIES, *SCHOOLS)


def bulk(schools: int) -> tuple[Place, ...]:
    """A large made-up municipality with so many schools, and what lies above it; for measurements."""
    municipality = Place("bulk", Level.MUNICIPALITY, "Prøvestad", "9009")
    found = (_bulk_school(number, municipality) for number in range(schools))
    return (NATION, COUNTY, municipality, *found)


def _bulk_school(number: int, municipality: Place) -> Place:
    grades, per_grade = tuple(range(1, 11)), 12 + number * 7 % 70
    name, numbers = f"Prøveskole {number + 1:03}", _free_number(20_000_000 + number * 11)
    return Place(f"bulk{number}", Level.SCHOOL, name, numbers, grades, per_grade, municipality.number, municipality.name, True)


def _free_number(first: int) -> str:
    """The first organisation number from eight digits on; two in a row never lack a check digit."""
    try:
        return cast.organisation_number(str(first))
    except ValueError:
        return cast.organisation_number(str(first + 1))
