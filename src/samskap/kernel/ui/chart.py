"""Charts as SVG from plain geometry: in the theme's colours, readable in black and white, never without words.

Across, everything is placed in per cent; downwards in pixels. So a chart fills its place from a phone to a sheet of
paper while its letters keep their size. Lines differ in dash and marker as well as in colour, and have their names.
``geometry`` says which attributes are read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import uuid4

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samskap.kernel.ui.geometry import DotGeometry, Gap, LineGeometry, Point, Row, Series, Tick
from samskap.kernel.ui.markup import component
from samskap.kernel.ui.tables import Table

# The figure's own margins: per cent across, pixels up and down. On the right the lines' names have their room.
LEFT, RIGHT = 5.0, 85.0
TOP, BOTTOM = 34.0, 34.0
NAME_GAP = 18.0

_MARKERS = (
    '<circle r="5.5"/>',
    '<rect x="-4.5" y="-4.5" width="9" height="9"/>',
    '<path d="M0 -6.5 6.5 0 0 6.5 -6.5 0z"/>',
    '<path d="M0 -6 6 5H-6z"/>',
)


@dataclass(frozen=True)
class _Place:
    """From the geometry's numbers to the figure's."""

    width: float

    def x(self, value: float) -> str:
        return f"{LEFT + (RIGHT - LEFT) * value / self.width:.2f}%"

    def y(self, value: float) -> str:
        return f"{TOP + value:.1f}"


def line_chart(geometry: LineGeometry, title: str, description: str) -> SafeString:
    """Series over years: points, intervals, breaks, gaps. ``description`` is for those who cannot see it."""
    place, key = _Place(geometry.width), uuid4().hex[:8]
    body = [
        _hatch(key),
        *(_grid(place, tick) for tick in geometry.y_ticks),
        *(_year(place, tick, geometry.height, index, len(geometry.x_ticks)) for index, tick in enumerate(geometry.x_ticks)),
        *(_break(place, tick, geometry.height) for tick in geometry.breaks),
        *(_gap(place, gap, geometry.height, key) for gap in _gaps(geometry)),
        *(_series(place, one, index) for index, one in reversed(list(enumerate(geometry.series)))),
        *_names(place, geometry.series),
    ]
    drawing = _svg("line", geometry.height + TOP + BOTTOM, title, description, body, key)
    return format_html("{}{}", _legend(geometry.series), drawing)


def _svg(kind: str, height: float, title: str, description: str, body: Iterable[SafeString], key: str) -> SafeString:
    return format_html(
        '<svg class="s-plot" data-kind="{}" width="100%" height="{}" role="img" aria-labelledby="t-{} d-{}">'
        '<title id="t-{}">{}</title><desc id="d-{}">{}</desc>{}</svg>',
        *(kind, f"{height:.0f}", key, key, key, title, key, description),
        format_html_join("", "{}", ((part,) for part in body)),
    )


def _hatch(key: str) -> SafeString:
    return format_html(
        '<defs><pattern id="h-{}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path class="s-hatch" d="M0 0v7"/></pattern></defs>',
        key,
    )


def _grid(place: _Place, tick: Tick) -> SafeString:
    y = place.y(tick.position)
    text = place.y(tick.position - 5)
    line = format_html('<line class="s-grid-line" x1="0" x2="{}%" y1="{}" y2="{}"/>', RIGHT + 2, y, y)
    return format_html('{}<text class="s-tick" x="0" y="{}">{}</text>', line, text, tick.label)


def _year(place: _Place, tick: Tick, height: float, index: int, count: int) -> SafeString:
    minor = count > 3 and (count - 1 - index) % 2 == 1
    shown = "s-tick s-tick--minor" if minor else "s-tick"
    where = (shown, place.x(tick.position), place.y(height + 24), tick.label)
    return format_html('<text class="{}" text-anchor="middle" x="{}" y="{}">{}</text>', *where)


def _break(place: _Place, tick: Tick, height: float) -> SafeString:
    x = place.x(tick.position)
    line = format_html('<line class="s-break" x1="{}" x2="{}" y1="{}" y2="{}"/>', x, x, "22", place.y(height))
    return format_html('{}<text class="s-break-name" text-anchor="middle" x="{}" y="14">{}</text>', line, x, tick.label)


def _gaps(geometry: LineGeometry) -> list[Gap]:
    """Only the first series' gaps are drawn: in the others, the line simply stops."""
    return list(geometry.series[0].gaps) if geometry.series else []


def gap_words(status: str) -> str:
    """Masked, empty and "nobody took part" are three different things, on charts as elsewhere."""
    words = {"masked": _("Masked"), "empty": _("No figure"), "nobody": _("Nobody took part")}
    return words.get(status, words["empty"])


def _gap(place: _Place, gap: Gap, height: float, key: str) -> SafeString:
    fill = f"url(#h-{key})" if gap.status == "masked" else "none"
    middle = TOP + height / 2
    box = format_html('<rect class="s-gap" x="-13" y="{}" width="26" height="{}" rx="8" fill="{}"/>', TOP, height, fill)
    words_in = gap_words(gap.status)
    room = 7.5 * len(words_in) + 16
    where = (f"{middle - room / 2:.1f}", f"{room:.0f}")
    plate = format_html('<rect class="s-gap-plate" x="-11" y="{}" width="22" height="{}" rx="6"/>', *where)
    turn = f"rotate(-90 0 {middle:.1f})"
    words = format_html(
        '<text class="s-gap-name" text-anchor="middle" x="0" y="{}" dy="0.35em" transform="{}">{}</text>',
        *(f"{middle:.1f}", turn, words_in),
    )
    return _at(place.x(gap.x), "0", format_html("{}{}{}", box, plate if gap.status == "masked" else "", words))


def _at(x: str, y: str, inside: SafeString) -> SafeString:
    return format_html('<svg x="{}" y="{}" overflow="visible">{}</svg>', x, y, inside)


def _series(place: _Place, series: Series, index: int) -> SafeString:
    parts = [*_lines(place, series), *(_point(place, point, index) for run in series.segments for point in run)]
    inside = format_html_join("", "{}", ((part,) for part in parts))
    return format_html(
        '<g class="s-series s-series--{}">{}{}</g>', index % 4, inside, _values(place, series) if index == 0 else ""
    )


def _lines(place: _Place, series: Series) -> Iterable[SafeString]:
    for run in series.segments:
        for one, two in pairwise(run):
            ends = (place.x(one.x), place.x(two.x), place.y(one.y), place.y(two.y))
            yield format_html('<line class="s-line" x1="{}" x2="{}" y1="{}" y2="{}"/>', *ends)


def _point(place: _Place, point: Point, index: int) -> SafeString:
    return _at(place.x(point.x), place.y(point.y), format_html("{}{}", _whisker(point), marker(index)))


def marker(index: int) -> SafeString:
    """The sign of the series with this number."""
    return format_html('<g class="s-marker">{}</g>', SafeString(_MARKERS[index % 4]))


def _whisker(point: Point) -> SafeString:
    if point.low_y is None or point.high_y is None:
        return SafeString("")
    low, high = f"{point.low_y - point.y:.1f}", f"{point.high_y - point.y:.1f}"
    return format_html('<path class="s-whisker" d="M0 {}V{}M-5 {}h10M-5 {}h10"/>', high, low, high, low)


def _values(place: _Place, series: Series) -> SafeString:
    """The figure at each point of the first series, above its interval."""
    points = [point for run in series.segments for point in run]
    last = len(points) - 1
    return format_html_join("", "{}", ((_value(place, point, index == last),) for index, point in enumerate(points)))


def _value(place: _Place, point: Point, last: bool) -> SafeString:
    top = min(point.y, point.high_y if point.high_y is not None else point.y) - 11
    shown = "s-value" if last else "s-value s-value--earlier"
    return format_html(
        '<text class="{}" text-anchor="middle" x="{}" y="{}">{}</text>',
        shown,
        place.x(point.x),
        place.y(top),
        point.label,
    )


def _names(place: _Place, series: Sequence[Series]) -> Iterable[SafeString]:
    """Each line's name where it ends, moved apart where they would cover each other."""
    ends = sorted((run.segments[-1][-1].y, number, run) for number, run in enumerate(series) if run.segments and run.segments[-1])
    lowest = -1000.0
    for y, number, run in ends:
        lowest = max(y, lowest + NAME_GAP)
        where = (number % 4, f"{RIGHT + 2.5}%", place.y(lowest), run.name)
        yield format_html('<text class="s-name s-name--{}" x="{}" y="{}" dy="0.35em">{}</text>', *where)


def _legend(series: Sequence[Series]) -> SafeString:
    items = ((index % 4, _sample(index), one.name) for index, one in enumerate(series))
    return format_html('<ul class="s-legend">{}</ul>', format_html_join("", '<li class="s-series--{}">{}{}</li>', items))


def _sample(index: int) -> SafeString:
    line = SafeString('<line class="s-line" x1="0" x2="36" y1="9" y2="9"/>')
    shape = _at("18", "9", marker(index))
    return format_html(
        '<svg class="s-sample" width="36" height="18" aria-hidden="true" focusable="false">{}{}</svg>', line, shape
    )


def dot_chart(geometry: DotGeometry, title: str, description: str, *, current: str = "") -> SafeString:
    """Units below each other with point and interval. ``current`` names the unit that the reader belongs to."""
    rows = [
        {"name": row.name, "label": row.label, "plot": _dots(geometry, row), "current": row.name == current}
        for row in geometry.rows
    ]
    ticks = [(f"{_across(geometry, tick.position):.2f}%", tick.label) for tick in geometry.ticks]
    reference = geometry.reference.label if geometry.reference else ""
    axis = _axis(ticks)
    return component(
        "dot_chart", {"title": title, "description": description, "rows": rows, "axis": axis, "reference": reference}
    )


def _across(geometry: DotGeometry, value: float) -> float:
    return 3 + 94 * value / geometry.width


def _axis(ticks: Iterable[tuple[str, str]]) -> SafeString:
    texts = format_html_join("", '<text class="s-tick" text-anchor="middle" x="{}" y="16">{}</text>', ticks)
    return format_html('<svg class="s-plot" width="100%" height="24" aria-hidden="true" focusable="false">{}</svg>', texts)


def _dots(geometry: DotGeometry, row: Row) -> SafeString:
    lines = [f"{_across(geometry, tick.position):.2f}%" for tick in geometry.ticks]
    grid = format_html_join("", '<line class="s-grid-line" x1="{}" x2="{}" y1="0" y2="100%"/>', ((x, x) for x in lines))
    reference = _reference(geometry)
    inside = _dot(geometry, row) if row.x is not None else _nothing(row)
    return format_html(
        '<svg class="s-plot" width="100%" height="36" aria-hidden="true" focusable="false">{}{}{}</svg>',
        grid,
        reference,
        inside,
    )


def _reference(geometry: DotGeometry) -> SafeString:
    if geometry.reference is None:
        return SafeString("")
    x = f"{_across(geometry, geometry.reference.position):.2f}%"
    return format_html('<line class="s-reference" x1="{}" x2="{}" y1="0" y2="100%"/>', x, x)


def _dot(geometry: DotGeometry, row: Row) -> SafeString:
    point = _at(f"{_across(geometry, row.x or 0):.2f}%", "18", marker(0))
    if row.low_x is None or row.high_x is None:
        return format_html('<g class="s-series s-series--0">{}</g>', point)
    low, high = (f"{_across(geometry, row.low_x):.2f}%", f"{_across(geometry, row.high_x):.2f}%")
    return format_html(
        '<g class="s-series s-series--0"><line class="s-whisker" x1="{}" x2="{}" y1="18" y2="18"/>{}</g>',
        low,
        high,
        point,
    )


def _nothing(row: Row) -> SafeString:
    return format_html('<text class="s-gap-name" x="3%" y="18" dy="0.35em">{}</text>', gap_words(row.status))


@dataclass(frozen=True)
class Download:
    """A file with the chart's figures."""

    label: Any
    url: str


def chart_figure(
    content: str,
    title: str,
    sentence: str,
    *,
    table: Table | None = None,
    downloads: Sequence[Download] = (),
    note: str = "",
    level: int = 3,
) -> SafeString:
    """A chart with all that belongs to it: a sentence on what it shows, its figures as a table, files to fetch."""
    values = {
        "content": content,
        "title": title,
        "sentence": sentence,
        "table": table,
        "downloads": downloads,
        "note": note,
    }
    return component("chart_figure", {**values, "level": level, "id": f"chart-{uuid4().hex[:8]}"})
