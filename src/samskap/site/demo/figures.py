"""What a made-up statistics file holds, before it is written in anybody's format."""

from dataclasses import dataclass, replace
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
    """A unit of the files. ``pupils`` in a grade; ``key`` names it in the truth."""

    key: str
    level: Level
    name: str
    number: str
    grades: tuple[int, ...] = tuple(range(1, 11))
    per_grade: int = 0
    owner: str = ""


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


def _school(entry: cast.CastSchool) -> Place:
    first, last = entry.grades
    grades = tuple(range(first, last + 1))
    owner = cast.OWNER_NUMBER if entry.owner == cast.OWNER else cast.NEIGHBOUR_NUMBER
    return Place(entry.key, Level.SCHOOL, entry.name, entry.number, grades, round(entry.pupils / len(grades)), owner)


def _private(key: str, name: str, eight: str, per_grade: int) -> Place:
    """A small private school in the municipality: in the statistics, but not among the owner's schools."""
    number = cast.organisation_number(eight)
    return Place(key, Level.SCHOOL, name, number, tuple(range(1, 11)), per_grade, cast.OWNER_NUMBER)


NATION = Place("nation", Level.NATION, "Hele landet", "I", per_grade=62_000)
COUNTY = Place("county", Level.COUNTY, cast.COUNTY, cast.COUNTY_NUMBER, per_grade=3_900)
OWNER = Place("owner", Level.MUNICIPALITY, cast.OWNER.removesuffix(" kommune"), cast.OWNER_NUMBER)
NEIGHBOUR = Place("neighbour", Level.MUNICIPALITY, cast.NEIGHBOUR.removesuffix(" kommune"), cast.NEIGHBOUR_NUMBER)

# opened this year: it has taken part in no survey, and stands in no file
NEW_SCHOOL = "skogfaret"

SCHOOLS = (
    *(_school(entry) for entry in cast.SCHOOLS if entry.key != NEW_SCHOOL),
    _private("fjellbekken", "Fjellbekken friskole", "10000085", 5),
    _private("solglott", "Solgløtt montessori", "10000093", 4),
)
MUNICIPALITIES = (OWNER, NEIGHBOUR)
PLACES = (NATION, COUNTY, *MUNICIPALITIES, *SCHOOLS)


def bulk_school(number: int) -> Place:
    """School ``number`` (from 0) of a large made-up owner, for measurements."""
    base = 20_000_000 + number * 11
    for eight in range(base, base + 11):
        try:
            organisation = cast.organisation_number(str(eight))
        except ValueError:
            continue
        shown = replace(SCHOOLS[0], key=f"bulk{number}", name=f"Prøveskole {number + 1:03}")
        return replace(shown, number=organisation, grades=tuple(range(1, 11)), per_grade=12 + number * 7 % 70)
    raise ValueError(f"no organisation number near {base}")
