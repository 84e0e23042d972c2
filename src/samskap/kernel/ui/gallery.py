"""The developers' page that shows every component in every state. ``context()`` fills ``ui/gallery.html``."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from samskap.kernel.history import Difference, words_changed
from samskap.kernel.ui import chart, flow, icons, layout, tables, terms, widgets

terms.register(
    "interval",
    _("Uncertainty interval"),
    _("The figure could just as well have been anywhere on this line. The fewer who answered, the longer the line."),
)


class Sample(forms.Form):
    """One field of each shape."""

    title = forms.CharField(label=_("What do you want to achieve?"), max_length=80, help_text=_("One sentence is enough."))
    why = forms.CharField(label=_("Why just this?"), max_length=400, required=False, widget=widgets.Textarea)
    by_when = forms.DateField(label=_("By when?"), widget=widgets.DateInput)
    share = forms.DecimalField(label=_("Goal in per cent"), required=False, widget=widgets.NumberInput)
    grade = forms.ChoiceField(label=_("For whom?"), choices=[("", "–"), ("5", "5."), ("7", "7."), ("10", "10.")])
    ends = forms.ChoiceField(
        label=_("What now?"),
        widget=forms.RadioSelect,
        choices=[
            ("continue", widgets.Explained(_("Continue"), _("It works, we keep doing it."))),
            ("adjust", widgets.Explained(_("Adjust"), _("Something must be done differently."))),
            ("stop", _("Stop")),
        ],
    )
    heard = forms.MultipleChoiceField(
        label=_("Who took part?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("pupils", _("Pupils")), ("guardians", _("Guardians")), ("staff", _("All staff"))],
    )
    pupils = forms.MultipleChoiceField(
        label=_("Which pupils?"),
        required=False,
        widget=widgets.GroupedCheckboxes,
        choices=[("8A", [("1", "Ida Solvoll"), ("2", "Yusuf Amundrud")]), ("9B", [("3", "Noah Bergli")])],
    )
    share_it = forms.BooleanField(label=_("Share with the municipality"), required=False, help_text=_("You can take it back."))


@dataclass(frozen=True)
class Tick:
    """See ``geometry.Tick``."""

    position: float
    label: str


@dataclass(frozen=True)
class Point:
    """See ``geometry.Point``."""

    x: float
    y: float
    label: str
    low_y: float | None = None
    high_y: float | None = None


@dataclass(frozen=True)
class Gap:
    """See ``geometry.Gap``."""

    x: float
    status: str


@dataclass(frozen=True)
class Line:
    """See ``geometry.Series``."""

    name: str
    segments: tuple[tuple[Point, ...], ...]
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True)
class Lines:
    """See ``geometry.LineGeometry``."""

    series: tuple[Line, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    breaks: tuple[Tick, ...] = ()
    width: float = 600.0
    height: float = 240.0


@dataclass(frozen=True)
class Row:
    """See ``geometry.Row``."""

    name: str
    x: float | None
    low_x: float | None
    high_x: float | None
    label: str
    status: str = "number"


@dataclass(frozen=True)
class Dots:
    """See ``geometry.DotGeometry``."""

    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    reference: Tick | None
    width: float = 100.0


def _line(name: str, values: list[float | None], half: float = 0.0, cut: int = 0) -> Line:
    runs: list[list[Point]] = [[]]
    gaps = []
    for index, value in enumerate(values):
        if value is None:
            gaps.append(Gap(index * 100.0, "masked"))
        if value is None or (cut and index == cut):
            runs.append([])
        if value is not None:
            runs[-1].append(_point(index, value, half))
    return Line(name, tuple(tuple(run) for run in runs if run), tuple(gaps))


def _height(value: float) -> float:
    return round((5 - value) * 60, 1)


def _point(index: int, value: float, half: float) -> Point:
    ends = (_height(value - half), _height(value + half)) if half else (None, None)
    return Point(index * 100.0, _height(value), f"{value:.1f}".replace(".", ","), *ends)


def _lines() -> Lines:
    return Lines(
        series=(
            _line("Granlia", [3.7, 3.6, None, 3.9, 4.1, 4.2, 4.4], 0.25, 4),
            _line("Solvik", [3.9, 3.9, 4.0, 4.0, 4.1, 4.1, 4.2], 0, 4),
            _line("Norge", [4.0, 4.1, 4.1, 4.1, 4.2, 4.2, 4.2], 0, 4),
        ),
        x_ticks=tuple(Tick(index * 100.0, f"{2019 + index}–{20 + index}") for index in range(7)),
        y_ticks=tuple(Tick(_height(value), str(value)) for value in (1, 2, 3, 4, 5)),
        breaks=(Tick(350.0, str(_("New questions"))),),
    )


def _dots() -> Dots:
    rows = (
        Row("Granlia skole", 72, 60, 84, "72 %"),
        Row("Fjellbygda barneskole", None, None, None, "–", "masked"),
        Row("Solvik ungdomsskole", 81, 74, 88, "81 %"),
        Row("Østbyen skole", 64, 57, 71, "64 %"),
    )
    return Dots(
        rows,
        tuple(Tick(value, f"{value} %") for value in (0, 25, 50, 75, 100)),
        Tick(75.0, str(_("The municipality: 75 %"))),
    )


def _table() -> tables.Table:
    heads = (
        tables.Column(_("School year")),
        tables.Column("Granlia", numeric=True),
        tables.Column("Solvik", numeric=True),
    )
    return tables.Table(_("The figures in the chart"), heads, (("2023–24", "4,1", "4,1"), ("2024–25", layout.masked(), "4,1")))


def _flow() -> dict[str, Any]:
    old, new = ("Voksne er ute i alle friminutt.", "To voksne er ute i alle friminutt, med gul vest.")
    return {
        "steps": [
            flow.Step(_("Where are we?"), "done", "#a", "3. september"),
            flow.Step(_("Where are we going?"), "done", "#b"),
            flow.Step(_("Measures"), "current", "#c", _("Now")),
            flow.Step(_("Short status"), "todo"),
            flow.Step(_("Evaluation"), "todo"),
        ],
        "events": [
            flow.Event(
                datetime(2026, 11, 12, 9, 30, tzinfo=UTC),
                _("Short status"),
                _("The pupils notice it."),
                "Kari Lunde",
                "check",
            ),
            flow.Event(date(2026, 10, 1), _("The measure began"), who="Jonas Berg", icon="flag"),
        ],
        "differences": [Difference("title", words_changed(old, new))],
        "labels": {"title": _("Measure")},
        "looks": list(flow.LOOKS),
        "progress": [(0, 5), (3, 5), (5, 5)],
    }


def _layout() -> dict[str, Any]:
    return {
        "crumbs": [layout.Crumb(_("Home"), "/"), layout.Crumb("Granlia skole", "/"), layout.Crumb(_("Components"))],
        "tabs": [
            layout.Tab(_("The plan"), "#a", True),
            layout.Tab(_("Goals"), "#b", count=2),
            layout.Tab(_("History"), "#c"),
        ],
        "figures": [
            layout.KeyFigure(_("Thrive at school"), "4,4", _("of 5 · Solvik 4,2")),
            layout.KeyFigure(_("Took part"), "93 %", _("41 of 44 pupils")),
            layout.KeyFigure(_("Bullied by pupils"), "", _("Too few to be shown"), masked=True),
        ],
    }


def context() -> dict[str, Any]:
    """Everything that ``ui/gallery.html`` shows."""
    wrong = Sample({"share": "abc", "heard": ["nobody"]}, prefix="wrong")
    return {
        **_layout(),
        **_flow(),
        "form": Sample(),
        "wrong_form": wrong,
        "page": Paginator(range(230), 20).page(6),
        "icons": icons.NAMES,
        "lines": _lines(),
        "dots": _dots(),
        "chart_table": _table(),
        "downloads": [chart.Download("CSV", "#csv"), chart.Download("XLSX", "#xlsx")],
        "schools": [
            ("Granlia skole", "ongoing", 2),
            ("Solvik ungdomsskole", "overdue", 3),
            ("Fjellbygda barneskole", "draft", 0),
        ],
    }
