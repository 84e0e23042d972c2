"""What a published figure can carry: its interval, and what may be said of a change or a difference. No Django.

Which numbers make the interval:

- index of the pupil survey: Student's t from the published SD and n. The SD is that of all answers to the index's questions put
  together, which is larger than the pupils' own SD: the interval is on the safe side;
- share bullied: Wilson, from the number bullied (or the share × n where only the share is published) and the number who answered
  in the participation table of the same unit, year and grade;
- national tests: the published half-width ("Usikkerhet").

Without n (or half-width) there is no interval, and nothing is said of a change.

A verdict on the survey rests on sampling alone. Schools also vary from year to year beyond sampling; for the national tests that
variance is known (``stats.change``) and used, for the survey it is not estimated yet. So the texts call the survey's verdicts
preliminary, and fewer than ten answers give no verdict at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from samskap.kernel.release import release
from samskap.stats.api import (
    Cell,
    Difference,
    Interval,
    Table,
    Verdict,
    comparable,
    from_half_widths,
    half_width_interval,
    mean_interval,
    newcombe,
    verdict,
    welch,
    widened,
    wilson,
)

NUMBER, MASKED, EMPTY, NOBODY = "number", "masked", "empty", "nobody"
STATUSES = (NUMBER, MASKED, EMPTY, NOBODY)
FEWEST = 10  # answers below which nothing is said of a change; also the smallest group that Udir shows


@dataclass(frozen=True, slots=True)
class Scale:
    """How a figure is printed (decimals of the figure and of its interval's ends), and where its scale ends."""

    name: str
    low: float
    high: float
    decimals: int
    end_decimals: int


INDEX = Scale("index", 1.0, 5.0, 1, 1)
SHARE = Scale("share", 0.0, 100.0, 1, 1)
POINTS = Scale("points", 0.0, 100.0, 0, 1)


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number, or why there is none."""

    status: str
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A unit's figure in a school year. ``low`` and ``high`` are the ends of the 95 % interval where there is one.

    ``sd``, ``half_width`` and ``count`` are what a comparison is made from; they are not shown.
    """

    year: int
    label: str
    status: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    sd: float | None = None
    half_width: float | None = None
    count: float | None = None


def year_label(year: int) -> str:
    """2025 -> "2025-26"."""
    return f"{year}-{(year + 1) % 100:02}"


def point(scale: Scale, year: int, figures: Mapping[str, Figure], *, measure: str) -> Point:
    """The figure of a year with its interval. ``figures``: what is published, by measure; a share's n is among them."""
    main = figures.get(measure, Figure(EMPTY))
    n = _whole(_number(figures, "n"))
    if main.status != NUMBER or main.number is None:
        return Point(year, year_label(year), main.status)
    value, sd, half = main.number, _number(figures, "sd"), _number(figures, "uncertainty")
    count = _count(figures, value, n) if scale is SHARE else None
    ends = _interval(scale, value, n, sd, half, count)
    low = max(scale.low, ends.low) if ends else None
    high = min(scale.high, ends.high) if ends else None
    return Point(year, year_label(year), NUMBER, value, low, high, n, sd, half, count)


def _number(figures: Mapping[str, Figure], measure: str) -> float | None:
    found = figures.get(measure)
    return found.number if found is not None and found.status == NUMBER else None


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)


def _count(figures: Mapping[str, Figure], share: float, n: int | None) -> float | None:
    """How many were bullied: as published, else rebuilt from the rounded share. None when it cannot be."""
    if not n:
        return None
    published = _number(figures, "n_bullied")
    count = float(round(share * n / 100)) if published is None else published
    return count if 0 <= count <= n else None


def _interval(
    scale: Scale, value: float, n: int | None, sd: float | None, half: float | None, count: float | None
) -> Interval | None:
    if scale is SHARE and n and count is not None:
        ends = wilson(count, n)
        return Interval(min(value, 100 * ends.low), max(value, 100 * ends.high))
    if scale is INDEX and sd is not None and n is not None and n >= 2:
        return mean_interval(value, sd, n)
    if scale is POINTS and half is not None:
        return half_width_interval(value, half)
    return None


class Reason(StrEnum):
    """Why nothing can be said."""

    NONE = ""
    NO_FIGURE = "no_figure"
    MASKED = "masked"
    BREAK = "break"
    NO_NUMBER = "no_number"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What may be said of two figures, and the difference (second minus first) with the interval that the verdict rests on."""

    verdict: Verdict
    reason: Reason = Reason.NONE
    difference: Difference | None = None


def difference(scale: Scale, one: Point, two: Point) -> Difference | None:
    """``two`` minus ``one``, in the unit shown (percentage points for shares); None where there is no basis."""
    if one.value is None or two.value is None:
        return None
    if scale is SHARE and one.n and two.n and one.count is not None and two.count is not None:
        found = newcombe(one.count, one.n, two.count, two.n)
        return Difference(100 * found.value, Interval(100 * found.interval.low, 100 * found.interval.high))
    if scale is INDEX and one.sd is not None and two.sd is not None and min(one.n or 0, two.n or 0) >= 2:
        return welch(one.value, one.sd, one.n or 0, two.value, two.sd, two.n or 0)
    if scale is POINTS and one.half_width is not None and two.half_width is not None:
        return from_half_widths(one.value, one.half_width, two.value, two.half_width)
    return None


def judge(
    scale: Scale,
    one: Point | None,
    two: Point | None,
    *,
    higher_is_better: bool,
    breaks: Iterable[int] = (),
    extra_variance: float = 0.0,
) -> Judgement:
    """What may be said of ``two`` beside ``one``: a later year beside an earlier, or a school beside the country."""
    reason = _why_not(one, two, breaks)
    if reason or one is None or two is None:
        return Judgement(Verdict.NO_BASIS, reason)
    found = difference(scale, one, two)
    if found is None or not _released(one, two, found):
        return Judgement(Verdict.NO_BASIS, Reason.NO_NUMBER)
    said = verdict(found, higher_is_better=higher_is_better, extra_variance=extra_variance)
    return Judgement(said, Reason.NONE, widened(found, extra_variance))


def _why_not(one: Point | None, two: Point | None, breaks: Iterable[int]) -> Reason:
    both = (one, two)
    if any(p is not None and p.status == MASKED for p in both):
        return Reason.MASKED
    if one is None or two is None or one.value is None or two.value is None:
        return Reason.NO_FIGURE
    if not comparable(one.year, two.year, breaks):
        return Reason.BREAK
    known = [p.n for p in (one, two) if p.n is not None]
    if any(n < FEWEST for n in known):
        return Reason.FEW
    return Reason.NONE if len(known) == 2 else Reason.NO_NUMBER


def _released(one: Point, two: Point, found: Difference) -> bool:
    """A difference is our own figure over others' answers: it leaves only through the release."""
    cells = (Cell("one", one.value, one.n), Cell("two", two.value, two.n))
    total = release(Table(cells, total=Cell("difference", found.value))).total
    return total is not None and total.value is not None


def released_count(flags: Sequence[tuple[str, bool, int | None]]) -> int | None:
    """How many of these units it is true for (name, true, n), or None when too few stand behind the count."""
    cells = [Cell(name, float(true), n) for name, true, n in flags]
    total = Cell("count", float(sum(true for _name, true, _n in flags)))
    shown = release(Table(cells, total=total, counts_units=True)).total
    return None if shown is None or shown.value is None else round(shown.value)


def latest(points: Iterable[Point]) -> Point | None:
    """The newest with a number."""
    return max((p for p in points if p.value is not None), key=lambda p: p.year, default=None)


def newest(points: Iterable[Point]) -> Point | None:
    """The newest of which anything is known, be it only that it is masked."""
    return max((p for p in points if p.status != EMPTY), key=lambda p: p.year, default=None)


def before(points: Iterable[Point], year: int) -> Point | None:
    """The newest with a number before a year."""
    return latest(p for p in points if p.year < year)


def standing(level: Judgement, change: Judgement) -> str:
    """``strength``, ``concern`` or ``other``: clearly off the country's level, or clearly changed and not the other way."""
    if level.verdict is Verdict.BETTER or (change.verdict is Verdict.BETTER and level.verdict is not Verdict.WORSE):
        return "strength"
    if level.verdict is Verdict.WORSE or change.verdict is Verdict.WORSE:
        return "concern"
    return "other"
