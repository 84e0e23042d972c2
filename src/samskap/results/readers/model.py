"""What a reader tells: units, series, figures, counts and problems. Plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

NUMBER, MASKED, EMPTY, NOBODY = range(4)
# As long as the store's columns.
NAME_LENGTH, QUESTION_LENGTH, CODE_LENGTH = 200, 300, 80
LEVELS = ("nation", "county", "municipality", "school", "unknown")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong (``code``), at which place (``where``), with the words for the text; ``fatal``: the file is not used."""

    code: str
    where: str
    detail: Mapping[str, str] = field(default_factory=dict)
    fatal: bool = True


class UnitRef(NamedTuple):
    """A unit as a file names it. ``number``: orgnr, kommunenr or fylkenr; ``county`` and ``municipality`` are numbers too."""

    level: str
    number: str | None
    name: str
    county: str | None = None
    municipality: str | None = None


class SeriesKey(NamedTuple):
    """What is measured, in our codes (``words``)."""

    instrument: str
    indicator: str
    measure: str
    grade: str
    gender: str
    ownership: str


class Cell(NamedTuple):
    """A figure: places in the report's ``units`` and ``series``, the year a school year starts, status, number."""

    unit: int
    series: int
    year: int
    status: int
    number: float | None


@dataclass(slots=True)
class Report:
    """What was in a file. ``rows`` and ``values`` count the file as it is, before anything is left out as a repetition."""

    years: list[int] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=lambda: dict.fromkeys(LEVELS, 0))
    values: dict[str, int] = field(default_factory=lambda: {"number": 0, "masked": 0, "empty": 0})
    problems: list[Problem] = field(default_factory=list)
    units: list[UnitRef] = field(default_factory=list)
    series: list[SeriesKey] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    @property
    def fatal(self) -> bool:
        """A problem that forbids to use the file."""
        return any(problem.fatal for problem in self.problems)


class Stop(Exception):
    """Reading ends here; the problem says why."""

    def __init__(self, code: str, where: str, **detail: str) -> None:
        super().__init__(code)
        self.problem = Problem(code, where, detail)


def year_start(text: str) -> int | None:
    """ "2021-22" -> 2021; None when it is no school year."""
    first, dash, second = text.partition("-")
    if dash and len(first) == 4 and len(second) == 2 and (first + second).isascii() and (first + second).isdecimal():
        year = int(first)
        return year if (year + 1) % 100 == int(second) and 2000 <= year <= 2100 else None
    return None
