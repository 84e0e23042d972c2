"""Where things lie in a chart: numbers only. Whoever draws chooses colours and letters.

``x`` goes from 0 to ``width`` across, ``y`` from 0 (top) to ``height``; all rounded to one decimal, the same every time.
An index from 1 to 5 keeps its whole scale, a share (in per cent) begins at 0: a small change does not look like a large
one. Where an axis shows only a part of its scale, ``part_of_scale`` says so. Years lie as far apart as they are.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 100.0, 240.0


@dataclass(frozen=True, slots=True)
class Observation:
    """A year's figure: ``status`` "number", "masked", "empty" or "nobody"; ends of the interval where there is one.

    Only a number has figures: a masked value must not come as far as a chart. Raises ValueError.
    """

    year: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    status: str = "number"

    def __post_init__(self) -> None:
        if (self.status == "number") != (self.value is not None):
            raise ValueError(f"a figure and its status do not agree: {self.status}")
        if self.value is None and (self.low is not None or self.high is not None):
            raise ValueError("an interval without a figure")


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    position: float
    label: str


@dataclass(frozen=True, slots=True)
class Point:
    """A figure's place, its text, and the ends of its interval."""

    x: float
    y: float
    label: str
    low_y: float | None = None
    high_y: float | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A year without a figure, and why."""

    x: float
    status: str


@dataclass(frozen=True, slots=True)
class Line:
    """One unit's line: runs of points that may be joined, and the years without a figure."""

    name: str
    segments: tuple[tuple[Point, ...], ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over years."""

    width: float
    height: float
    series: tuple[Line, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    breaks: tuple[Tick, ...]
    part_of_scale: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A unit in a dot plot; no place when it has no figure."""

    name: str
    x: float | None
    low_x: float | None
    high_x: float | None
    label: str
    status: str = "number"


@dataclass(frozen=True, slots=True)
class DotChart:
    """Units below each other with their intervals, and one line of reference."""

    width: float
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    reference: Tick | None
    part_of_scale: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale from ``low`` to ``high`` with its marks."""

    low: float
    high: float
    ticks: tuple[float, ...]
    part_of_scale: bool = False

    def part(self, value: float) -> float:
        """Where a value lies, from 0 (low end) to 1; values outside lie on the end."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


def nice_step(span: float, most: int = 5) -> float:
    """A step of 1, 2, 2.5 or 5 times a power of ten that gives at most ``most`` steps. Raises ValueError for span ≤ 0."""
    if span <= 0:
        raise ValueError("a span is positive")
    power = 10.0 ** math.floor(math.log10(span / most))
    return next(step for factor in (1, 2, 2.5, 5, 10, 20) if (step := factor * power) * most >= span)


def axis_for(values: Iterable[float], *, scale: str) -> Axis:
    """The honest axis: "index" is 1 to 5, "share" begins at 0, "points" has round ends around what is shown."""
    found = list(values)
    if scale == "index":
        return Axis(1.0, 5.0, (1.0, 2.0, 3.0, 4.0, 5.0))
    low = 0.0 if scale == "share" else min(found, default=40.0)
    high = max(found, default=10.0 if scale == "share" else 60.0)
    if scale == "share":
        high = max(high, 5.0)
    if high - low < 1e-9:
        low, high = low - 1, high + 1
    step = nice_step(high - low)
    start = 0.0 if scale == "share" else math.floor(low / step) * step
    steps = math.ceil((high - start) / step - 1e-9)
    ticks = tuple(round(start + i * step, 6) for i in range(steps + 1))
    return Axis(start, start + steps * step, ticks, part_of_scale=scale != "share")


def _shown(lines: Iterable[Sequence[Observation]]) -> list[float]:
    return [v for line in lines for o in line for v in (o.value, o.low, o.high) if v is not None]


def line_chart(
    lines: Sequence[tuple[str, Sequence[Observation]]],
    *,
    scale: str,
    label: Callable[[float], str],
    year_label: Callable[[int], str],
    breaks: Iterable[int] = (),
    break_label: str = "",
    height: float = HEIGHT,
) -> LineChart:
    """Lines over years. A line is cut at a year without a figure, also one that nobody has, and at a break.

    ``breaks``: the years from which all is new. The label texts are the caller's.
    """
    years = sorted({o.year for _, line in lines for o in line})
    axis = axis_for(_shown(line for _, line in lines), scale=scale)
    places = {year: _across(year - years[0], years[-1] - years[0]) for year in years}
    inside = tuple(year for year in sorted(set(breaks)) if years and years[0] < year <= years[-1])
    return LineChart(
        width=WIDTH,
        height=height,
        series=tuple(_line(name, line, axis, places, inside, label, height) for name, line in lines),
        x_ticks=tuple(Tick(places[year], year_label(year)) for year in years),
        y_ticks=tuple(Tick(_down(axis, value, height), label(value)) for value in axis.ticks),
        breaks=tuple(Tick(_break_place(year, places), break_label) for year in inside),
        part_of_scale=axis.part_of_scale,
    )


def _across(since: int, span: int) -> float:
    return round(WIDTH * since / span, 1) if span else WIDTH / 2


def _down(axis: Axis, value: float, height: float) -> float:
    return round(height * (1 - axis.part(value)), 1)


def _break_place(year: int, places: dict[int, float]) -> float:
    before = max(y for y in places if y < year)
    after = min(y for y in places if y >= year)
    return round((places[before] + places[after]) / 2, 1)


def _line(
    name: str,
    line: Sequence[Observation],
    axis: Axis,
    places: dict[int, float],
    breaks: Sequence[int],
    label: Callable[[float], str],
    height: float,
) -> Line:
    runs: list[list[Point]] = [[]]
    gaps: list[Gap] = []
    last: int | None = None
    for seen in sorted(line, key=lambda o: o.year):
        if seen.value is None:
            gaps.append(Gap(places[seen.year], seen.status))
            runs.append([])
            continue
        if last is not None and (seen.year - last > 1 or any(last < year <= seen.year for year in breaks)):
            runs.append([])
        last = seen.year
        runs[-1].append(_point(seen, seen.value, axis, places, label, height))
    return Line(name, tuple(tuple(run) for run in runs if run), tuple(gaps))


def _point(
    seen: Observation, value: float, axis: Axis, places: dict[int, float], label: Callable[[float], str], height: float
) -> Point:
    low = None if seen.low is None else _down(axis, seen.low, height)
    high = None if seen.high is None else _down(axis, seen.high, height)
    return Point(places[seen.year], _down(axis, value, height), label(value), low, high)


def dot_chart(
    rows: Sequence[tuple[str, Observation]],
    *,
    scale: str,
    label: Callable[[float], str],
    reference: tuple[float, str] | None = None,
) -> DotChart:
    """Units below each other in the order given, each with its interval."""
    values = _shown([[seen for _, seen in rows]]) + ([reference[0]] if reference else [])
    axis = axis_for(values, scale=scale)

    def place(value: float | None) -> float | None:
        return None if value is None else round(WIDTH * axis.part(value), 1)

    return DotChart(
        width=WIDTH,
        rows=tuple(
            Row(name, place(o.value), place(o.low), place(o.high), "" if o.value is None else label(o.value), o.status)
            for name, o in rows
        ),
        ticks=tuple(Tick(round(WIDTH * axis.part(value), 1), label(value)) for value in axis.ticks),
        reference=Tick(round(WIDTH * axis.part(reference[0]), 1), reference[1]) if reference else None,
        part_of_scale=axis.part_of_scale,
    )
