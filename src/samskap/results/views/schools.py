"""The owner's schools side by side. Alphabetical, with intervals: this is no league table."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samskap.kernel import policy
from samskap.kernel.access import Request, access
from samskap.kernel.ui.tables import Column, Table
from samskap.results import catalogue, charts, reading, rules, wording
from samskap.results.catalogue import Indicator
from samskap.results.policy import COMPARE, SEE
from samskap.results.reading import Across, Choices, SchoolRow
from samskap.results.rules import year_label
from samskap.results.story import judge_beside, judge_change
from samskap.results.views.school import PER_PAGE, downloads
from samskap.stats.api import Verdict

FOUR_DIGITS = re.compile("[0-9]{4}")


@dataclass(frozen=True)
class Chosen:
    """What the address asked for, as far as it exists; ``corrected``: something else is shown."""

    choices: Choices
    indicator: Indicator | None
    grade: str
    across: Across | None
    corrected: bool = False

    @property
    def query(self) -> str:
        """The choice as part of an address."""
        if self.indicator is None or self.across is None:
            return ""
        return "?" + urlencode({"indikator": self.indicator.code, "trinn": self.grade, "ar": self.across.year})


def choose(request: Request) -> Chosen:
    """Read the choice; what does not exist falls back to what is usual."""
    found = reading.choices()
    indicators = {indicator.code: indicator for indicator in found.indicators}
    if not indicators:
        return Chosen(found, None, "", None)
    asked = {name: request.GET.get(name) for name in ("indikator", "trinn", "ar")}
    indicator = indicators.get(asked["indikator"] or "", next(iter(indicators.values())))
    grades = found.grades(indicator)
    grade = asked["trinn"] if asked["trinn"] in grades else catalogue.usual_grade(grades)
    year = int(asked["ar"]) if asked["ar"] and FOUR_DIGITS.fullmatch(asked["ar"]) else None
    across = reading.across(found, indicator, grade, year) if grade else None
    shown = {"indikator": indicator.code, "trinn": grade, "ar": str(across.year) if across else None}
    corrected = any(value and value != shown[name] for name, value in asked.items())
    return Chosen(found, indicator, grade or "", across, corrected)


@dataclass(frozen=True)
class Shown:
    """A school in the table."""

    row: SchoolRow
    url: str
    level: str
    ends: str
    n: str
    masked: bool
    verdict: str


def _shown(row: SchoolRow, across: Across, visible: set[UUID]) -> Shown:
    scale, point = across.indicator.scale, row.point
    code = catalogue.code_of(across.indicator, across.grade)
    url = reverse("results:indicator", args=[row.school.pk, code]) if row.school.pk in visible and row.school.unit_id else ""
    ends = wording.ends(scale, point) if point is not None else ""
    n = "" if row.n is None else str(row.n)
    masked = point is not None and point.status == rules.MASKED
    found = judge_change(across.indicator, across.grade, row.previous, point).verdict
    verdict = "" if found is Verdict.NO_BASIS else found.value
    return Shown(row, url, wording.shown(scale, point), ends, n, masked, verdict)


def _page(request: Request, chosen: Chosen) -> tuple[Page[SchoolRow], list[Shown]]:
    rows = chosen.across.rows if chosen.across else []
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("side"))
    if chosen.across is None:
        return page, []
    visible = set(policy.visible(SEE, request.actor).values_list("pk", flat=True))
    return page, [_shown(row, chosen.across, visible) for row in page]


def _context(request: Request) -> dict[str, Any]:
    chosen = choose(request)
    if chosen.corrected:
        messages.info(request, _("What you asked for has no figures. You see something else."))
    page, rows = _page(request, chosen)
    across = chosen.across
    context: dict[str, Any] = {"chosen": chosen, "page": page, "rows": rows, "across": across, "other": chosen.query}
    if across is None or chosen.indicator is None:
        return context
    grades = {g for indicator in chosen.choices.indicators for g in chosen.choices.grades(indicator)}
    return context | {
        "ref": catalogue.ref(chosen.indicator, chosen.grade), "year": year_label(across.year),
        "indicators": [(i.code, i.name, i is chosen.indicator) for i in chosen.choices.indicators],
        "grades": [(g, catalogue.grade_label(g), g == chosen.grade) for g in catalogue.sorted_grades(grades)],
        "years": [(y, year_label(y), y == across.year) for y in across.years],
        "country": wording.shown(chosen.indicator.scale, across.country),
        "municipality": wording.shown(chosen.indicator.scale, across.municipality), "sentence": counted(across),
        "caution": wording.caution(chosen.indicator, chosen.grade), "safe_side": wording.safe_side(chosen.indicator),
    }  # fmt: skip


@access(COMPARE)
@require_safe
def schools_page(request: Request) -> HttpResponse:
    """All schools in a table, for one indicator on one grade."""
    return render(request, "results/schools.html", _context(request))


@access(COMPARE)
@require_safe
def across_page(request: Request) -> HttpResponse:
    """One indicator as points with intervals, school below school."""
    context = _context(request)
    across: Across | None = context["across"]
    if across is not None:
        context |= _dots(across, context["page"], context["rows"], context["chosen"])
    return render(request, "results/across.html", context)


def _dots(across: Across, page: Page[SchoolRow], rows: list[Shown], chosen: Chosen) -> dict[str, Any]:
    scale, country = across.indicator.scale, across.country
    reference = None
    if country is not None and country.value is not None:
        reference = (country.value, _("The country: %(value)s") % {"value": wording.level(scale, country.value)})
    columns = [
        Column(_("School")), Column(_("Level"), numeric=True), Column(_("Interval"), numeric=True),
        Column(_("Answers"), numeric=True),
    ]  # fmt: skip
    geometry = charts.dots(scale, [(row.school.name, row.point, across.year) for row in page], reference)
    ref = catalogue.ref(across.indicator, across.grade)
    title = _("%(indicator)s in %(year)s") % {"indicator": ref.name, "year": year_label(across.year)}
    return {
        "title": title,
        "geometry": geometry,
        "note": wording.note(wording.safe_side(across.indicator), geometry.part_of_scale),
        "table": Table(title, columns, [[row.row.school.name, row.level, row.ends, row.n] for row in rows]),
        "downloads": downloads("results:across_file", [], chosen.query),
        "description": " ".join((counted(across), _("The figures stand in the table below."))),
    }


def counted(across: Across) -> str:
    """How many schools are clearly off the country's level: a count of ours, so it leaves through the release."""
    flags = [_flag(row, across) for row in across.rows if row.point is not None and row.point.value is not None]
    if len(flags) < 2:
        return ""
    lines = _("The lines show the uncertainty. That they overlap does not mean that the schools are alike.")
    count = rules.released_count([(name, clear, n) for name, clear, n in flags])
    if count is None:
        return lines
    told = {"count": count, "all": len(flags)}
    off = _("%(count)s of %(all)s schools differ from the country by more than chance among the pupils explains.") % told
    return f"{off} {lines}"


def _flag(row: SchoolRow, across: Across) -> tuple[str, bool, int | None]:
    judged = judge_beside(across.indicator, across.grade, across.country, row.point)
    return str(row.school.pk), judged.verdict in (Verdict.BETTER, Verdict.WORSE), row.n
