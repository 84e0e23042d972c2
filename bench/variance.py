"""How much schools' national test results change beyond sampling, recomputed from Udir's published exports.

    y_st = mu_t + a_s + c_st + e_st,   c ~ N(0, omega²),   Var(e) = (Usikkerhet / 1.96)²

For each test and grade, over schools with a figure in two consecutive files (the years between may be more than one):

    omega² = (Var(change) - mean(SE1² + SE2²) - 2/12) / 2

with the schools' common change taken out of each pair of years, and 1/12 the variance of rounding to whole points. Whether
a change is sure, the product's own ``verdict`` says: the naive rule gives it the sampling part only, the right one also
2 · omega². The product's omega² were estimated from eight files (each grade in four years). Where fewer files are at hand,
what is refitted here differs from them somewhat: with six of the eight 5.1 % instead of 4.8 % are sure.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import fmean

from samskap.stats.api import Difference, Verdict, half_width_interval, school_year_variance, verdict

# The exports are shared beside the checkout, not in it.
DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FOLDER = "udir_webexport_nasjonale_prover"
Z = 1.96
ROUNDING = 1 / 12
UNIT_COLUMNS = 9
SCHOOL = "4"
Series = tuple[str, str]
TESTS = {"Engelsk": "np_english", "Lesing": "np_reading", "Regning": "np_numeracy"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One school's mean (scale points) and its standard error, for one test, grade and year."""

    series: Series
    year: int
    school: str
    value: float
    error: float


@dataclass(frozen=True, slots=True)
class Change:
    """One school's change between two of its years, the nation's change taken out, with its sampling variance."""

    value: float
    sampling: float


@dataclass(frozen=True, slots=True)
class Component:
    """One row of the table of variance components, in squared scale points."""

    pairs: int
    change: float
    sampling: float

    @property
    def omega2(self) -> float:
        """The school-by-year variance, never below zero."""
        return max(0.0, (self.change - self.sampling - 2 * ROUNDING) / 2)

    @property
    def ratio(self) -> float:
        """How many times more schools change than sampling explains."""
        return self.change / self.sampling


@dataclass(slots=True)
class Count:
    """School cells met."""

    shown: int = 0
    masked: int = 0


def files(data: Path = DATA) -> list[Path]:
    """The exports in a data folder; empty when there is none."""
    return sorted((data / FOLDER).glob("*.csv"))


def figures(path: Path, count: Count) -> Iterator[Figure]:
    """The schools' visible figures in one export (UTF-16LE, tab separated, a ``sep=`` line first)."""
    _, header, *rows = path.read_text(encoding="utf-16-le").splitlines()
    columns = list(_columns(header.split("\t")))
    for cells in (row.split("\t") for row in rows):
        if cells[0] == SCHOOL:
            yield from _school(cells, columns, count)


def _columns(header: list[str]) -> Iterator[tuple[int, Series, int]]:
    """Where each test's mean stands (its "Usikkerhet" follows), with its series and the year it began."""
    for place in range(UNIT_COLUMNS, len(header)):
        year, test, grade, _, _, _, measure = header[place].split(".")
        if measure == "Skalapoeng":
            yield place, (TESTS[test], grade), int(year[:4])


def _school(cells: list[str], columns: list[tuple[int, Series, int]], count: Count) -> Iterator[Figure]:
    for place, series, year in columns:
        value, half_width = _number(cells[place]), _number(cells[place + 1])
        count.masked += cells[place] == "*"
        if value is not None and half_width:
            count.shown += 1
            yield Figure(series, year, cells[4], value, half_width / Z)


def _number(text: str) -> float | None:
    return None if text in ("", "*") else float(text.replace(" ", "").replace(",", "."))


def changes(found: Iterable[Figure]) -> dict[Series, list[Change]]:
    """Every school's changes between consecutive years of a series."""
    years: dict[Series, dict[int, dict[str, Figure]]] = defaultdict(lambda: defaultdict(dict))
    for figure in found:
        years[figure.series][figure.year][figure.school] = figure
    return {
        series: [change for old, new in pairwise(sorted(by_year)) for change in _between(by_year[old], by_year[new])]
        for series, by_year in sorted(years.items())
    }


def _between(before: dict[str, Figure], after: dict[str, Figure]) -> list[Change]:
    both = sorted(before.keys() & after.keys())
    if not both:
        return []
    common = fmean(after[school].value - before[school].value for school in both)
    return [Change(after[s].value - before[s].value - common, before[s].error ** 2 + after[s].error ** 2) for s in both]


def component(series: list[Change]) -> Component:
    """The variance of the changes and its sampling part. Raises StatisticsError without changes."""
    return Component(len(series), fmean(c.value**2 for c in series), fmean(c.sampling for c in series))


def is_sure(change: Change, extra: float = 0.0) -> bool:
    """Whether the product calls a change better or worse, ``extra`` being added to its sampling variance."""
    interval = half_width_interval(change.value, Z * change.sampling**0.5)
    said = verdict(Difference(change.value, interval), higher_is_better=True, extra_variance=extra)
    return said in (Verdict.BETTER, Verdict.WORSE)


def share_sure(found: dict[Series, list[Change]], omega2: Callable[[Series], float]) -> float:
    """The share of all changes that are called sure with a school-by-year variance for each series."""
    sure = [is_sure(change, 2 * omega2(series)) for series, listed in found.items() for change in listed]
    return sum(sure) / len(sure)


def shipped(series: Series) -> float:
    """The school-by-year variance that the product uses; zero where it has none."""
    return school_year_variance(*series) or 0.0


def components(data: Path = DATA) -> tuple[dict[Series, list[Change]], dict[Series, Component], Count]:
    """The changes, their variance components, and how many cells they come from. Raises FileNotFoundError."""
    paths, count = files(data), Count()
    if not paths:
        raise FileNotFoundError(f"no exports in {FOLDER}")
    found = changes(figure for path in paths for figure in figures(path, count))
    return found, {series: component(listed) for series, listed in found.items()}, count


def run(full: bool, data: Path = DATA) -> dict[str, float | int | dict[str, float]]:
    """The share of schools whose change is called sure, by the naive rule and with omega². ``full`` adds the table."""
    found, parts, count = components(data)
    result: dict[str, float | int | dict[str, float]] = {
        "share_sure": share_sure(found, shipped),
        "share_sure_naive": share_sure(found, lambda _: 0.0),
        "share_sure_refitted": share_sure(found, lambda series: parts[series].omega2),
        "files": len(files(data)),
        "pairs": sum(part.pairs for part in parts.values()),
        "figures": count.shown,
        "masked": count.masked,
    }
    if full:
        result["omega2"] = {f"{test} {grade}": round(part.omega2, 2) for (test, grade), part in parts.items()}
        result["ratio"] = {f"{test} {grade}": round(part.ratio, 2) for (test, grade), part in parts.items()}
    return result
