"""An indicator as a figure: geometry, sentence, table, files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samskap.kernel.ui.chart import Download
from samskap.kernel.ui.geometry import Point as Spot
from samskap.kernel.ui.tables import Column, Table
from samskap.results import wording
from samskap.results.rules import EMPTY, Point, Scale, year_label
from samskap.results.story import Story
from samskap.stats.api import DotChart, LineChart, Observation, dot_chart, line_chart

TREND_HEIGHT = 40.0


@dataclass(frozen=True)
class ChartFigure:
    """All that ``{% chart_figure %}`` and ``{% line_chart %}`` need."""

    title: str
    sentence: str
    description: str
    geometry: LineChart
    table: Table
    downloads: tuple[Download, ...] = ()
    note: str = ""


def years_of(story: Story) -> list[int]:
    """From the school's first year with anything to the newest year that any of the units has."""
    own = [p.year for p in story.points]
    newest = max([*own, *(p.year for a in story.around for p in a.points)], default=0)
    return list(range(min(own), newest + 1)) if own else []


def _observations(points: Sequence[Point], years: Sequence[int], *, whiskers: bool) -> list[Observation]:
    by_year = {p.year: p for p in points}
    return [_observation(by_year.get(year), year, whiskers) for year in years]


def _observation(point: Point | None, year: int, whiskers: bool) -> Observation:
    if point is None:
        return Observation(year, status=EMPTY)
    low, high = (point.low, point.high) if whiskers else (None, None)
    return Observation(year, point.value, low, high, point.status)


def _geometry(story: Story, lines: Sequence[tuple[str, list[Observation]]]) -> LineChart:
    scale, breaks = story.indicator.scale, story.indicator.breaks

    def drawn(label: Callable[[float], str]) -> LineChart:
        return line_chart(
            lines, scale=scale.name, label=label, year_label=year_label, breaks=breaks, break_label=_("asked otherwise before")
        )

    figures = drawn(lambda value: wording.number(value, scale.decimals))
    return replace(figures, y_ticks=drawn(lambda value: axis_label(scale, value)).y_ticks)


def axis_label(scale: Scale, value: float) -> str:
    """Round values without decimals, others as the figure is printed."""
    return wording.number(value, 0) if value == round(value) else wording.number(value, max(1, scale.decimals))


def figure(story: Story, downloads: tuple[Download, ...] = ()) -> ChartFigure:
    """The school's line with intervals, with the municipality, the county and the country beside it."""
    years = years_of(story)
    lines = [(wording.place_word("school"), _observations(story.points, years, whiskers=True))]
    beside = [around for around in story.around if around.points]
    lines += [(wording.place_word(a.word), _observations(a.points, years, whiskers=False)) for a in beside]
    ref = story.ref
    title = _("%(indicator)s (%(unit)s)") % {"indicator": ref.name, "unit": ref.unit_label}
    description = " ".join((story.sentence(), _("The figures stand in the table below.")))
    geometry = _geometry(story, lines)
    note = wording.note(wording.support_of(story.indicator, story.points), geometry.part_of_scale)
    return ChartFigure(title, story.sentence(), description, geometry, table(story), downloads, note)


def table(story: Story) -> Table:
    """The chart's figures: a row for each year."""
    beside = [around for around in story.around if around.points]
    columns = [
        Column(_("School year")), Column(_("The school"), numeric=True), Column(_("Interval"), numeric=True),
        Column(_("Answers"), numeric=True), *(Column(wording.place_word(a.word), numeric=True) for a in beside),
    ]  # fmt: skip
    scale, own = story.indicator.scale, {p.year: p for p in story.points}
    rows = [
        [year_label(year), wording.shown(scale, own.get(year)), *_support(scale, own.get(year)),
         *(wording.shown(scale, a.in_year(year)) for a in beside)]
        for year in years_of(story)
    ]  # fmt: skip
    return Table(_("%(indicator)s at %(school)s") % {"indicator": story.ref.name, "school": story.unit_name}, columns, rows)


def _support(scale: Scale, point: Point | None) -> tuple[str, str]:
    if point is None:
        return "", ""
    no_interval = _("no interval") if point.value is not None else ""
    return wording.ends(scale, point) or no_interval, "" if point.n is None else str(point.n)


def trend(story: Story) -> SafeString:
    """The school's last years as a small line with intervals, so that chance does not look like a change.

    Hidden from screen readers: the row's words say the same.
    """
    years = years_of(story)[-6:]
    lines = [("", _observations([p for p in story.points if p.year in years], years, whiskers=True))]
    scale = story.indicator.scale
    chart = line_chart(lines, scale=scale.name, label=str, year_label=str, breaks=story.indicator.breaks, height=TREND_HEIGHT)
    parts = [part for line in chart.series for run in line.segments for part in _run(run)]
    gaps = [_small_gap(chart.height, gap.x) for line in chart.series for gap in line.gaps if gap.status == "masked"]
    breaks = [_small_break(chart.height, tick.position) for tick in chart.breaks]
    inside = format_html_join("", "{}", ((part,) for part in [*gaps, *breaks, *parts]))
    return format_html(
        '<svg class="s-plot r-trend" width="100%" height="{}" aria-hidden="true" focusable="false">'
        '<g class="s-series s-series--0">{}</g></svg>',
        *(f"{TREND_HEIGHT + 16:.0f}", inside),
    )


def _x(value: float) -> str:
    return f"{6 + 0.88 * value:.1f}%"


def _y(value: float) -> str:
    return f"{8 + value:.1f}"


def _run(run: Sequence[Spot]) -> list[SafeString]:
    ends = [(_x(p.x), _y(p.y)) for p in run]
    lines = [format_html('<line class="s-line" x1="{}" y1="{}" x2="{}" y2="{}"/>', *one, *two) for one, two in pairwise(ends)]
    spans = [_span(p) for p in run if p.low_y is not None and p.high_y is not None]
    return [*spans, *lines, *(format_html('<circle class="s-marker" cx="{}" cy="{}" r="4"/>', *end) for end in ends)]


def _span(p: Spot) -> SafeString:
    where = (_x(p.x), _x(p.x), _y(p.low_y or 0.0), _y(p.high_y or 0.0))
    return format_html('<line class="s-whisker" x1="{}" x2="{}" y1="{}" y2="{}"/>', *where)


def _small_gap(height: float, x: float) -> SafeString:
    return format_html('<line class="s-gap" x1="{}" x2="{}" y1="8" y2="{}"/>', _x(x), _x(x), _y(height))


def _small_break(height: float, x: float) -> SafeString:
    return format_html('<line class="s-break" x1="{}" x2="{}" y1="8" y2="{}"/>', _x(x), _x(x), _y(height))


def dots(scale: Scale, rows: Sequence[tuple[str, Point | None, int]], reference: tuple[float, str] | None) -> DotChart:
    """Schools below each other, in the order given, with their intervals and the country's line."""
    seen = [(name, _observation(point, year, True)) for name, point, year in rows]
    return dot_chart(seen, scale=scale.name, label=lambda value: wording.level(scale, value), reference=reference)
