"""A school's own figures: "Hvor er vi?"."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samskap.kernel import policy
from samskap.kernel.access import Request, access
from samskap.kernel.ui.chart import Download
from samskap.kernel.ui.layout import Crumb, Tab
from samskap.people.api import School
from samskap.results import catalogue, charts, reading, wording
from samskap.results.policy import COMPARE, IMPORT, SEE
from samskap.results.reading import SchoolView
from samskap.results.rules import Point, year_label
from samskap.results.story import Story

PER_PAGE = 30


@access(SEE)
@require_safe
def own(request: Request) -> HttpResponse:
    """The schools that one works at or with; straight to the school when it is only one."""
    rows = policy.visible(SEE, request.actor).filter(active=True).order_by("sort_key", "id")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("side"))
    if page.paginator.count == 1:
        return redirect("results:school", page[0].pk)
    return render(request, "results/own.html", {"page": page, "may_compare": policy.may(COMPARE, request.actor)})


@dataclass(frozen=True)
class Row:
    """An indicator's row in the table."""

    story: Story
    url: str
    name: str
    trend: SafeString
    page_year: int

    @property
    def newest(self) -> Point | None:
        """The school's newest year of which anything is known."""
        return self.story.newest

    @property
    def level(self) -> str:
        """The school's figure in words."""
        return wording.shown(self.story.indicator.scale, self.newest)

    @property
    def ends(self) -> str:
        """The interval; says so where there is none."""
        point = self.newest
        if point is None or point.value is None:
            return ""
        return wording.ends(self.story.indicator.scale, point) or _("no interval: the number of answers is not known")

    @property
    def masked(self) -> bool:
        """The newest figure is masked."""
        return self.newest is not None and self.newest.status == "masked"

    @property
    def year(self) -> str:
        """The school year of the figure, where it is not that of the page."""
        return self.newest.label if self.newest and self.newest.year != self.page_year else ""

    @property
    def beside(self) -> list[str]:
        """Municipality, county and country in the same year."""
        found = {a.word: a.in_year(self.newest.year) for a in self.story.around} if self.newest else {}
        scale = self.story.indicator.scale
        return [wording.shown(scale, found[word]) if word in found else "–" for word in ("municipality", "county", "nation")]

    @property
    def sentence(self) -> str:
        """What may be said."""
        return self.story.short()


def row_of(school: School, story: Story, year: int) -> Row:
    """The story as a row."""
    url = reverse("results:indicator", args=[school.pk, story.ref.code])
    return Row(story, url, str(story.indicator.name), charts.trend(story), year)


@access(SEE, "school")
@require_safe
def school_page(request: Request, school: School) -> HttpResponse:
    """Strengths first, then what to look closer at, then everything by group, on one grade."""
    wanted = request.GET.get("trinn")
    view = reading.school_view(school, wanted)
    if wanted and wanted != view.grade:
        messages.info(request, _("The school has no figures for that grade. You see another one."))
    context = {
        "school": school, "view": view, "crumbs": crumbs(request, school), "tabs": grade_tabs(school, view),
        "may_import": policy.may(IMPORT, request.actor), "may_compare": policy.may(COMPARE, request.actor),
    }  # fmt: skip
    return render(request, "results/school.html", {**context, **_parts(school, view)})


def _parts(school: School, view: SchoolView) -> dict[str, object]:
    rows = {story.indicator.code: row_of(school, story, view.year) for story in view.stories}
    groups = [(title, [rows[s.indicator.code] for s in view.group(name)]) for name, title in catalogue.GROUPS.items()]
    return {
        "groups": [(title, found) for title, found in groups if found],
        "strengths": [rows[s.indicator.code] for s in view.standing("strength")],
        "concerns": [rows[s.indicator.code] for s in view.standing("concern")],
        "year": year_label(view.year),
        "test_grades": other_test_grades(school, view),
        "judged": sum(1 for s in view.stories if s.judged),
        "downloads": downloads("results:school_file", [school.pk], f"?trinn={view.grade}"),
    }


def other_test_grades(school: School, view: SchoolView) -> list[Tab]:
    """Where the national tests are, when this grade has none."""
    if view.group(catalogue.NATIONAL):
        return []
    return [tab for tab, grade in zip(grade_tabs(school, view), view.grades, strict=True) if grade in ("5", "8", "9")]


def grade_tabs(school: School, view: SchoolView) -> list[Tab]:
    """The school's grades."""
    url = reverse("results:school", args=[school.pk])
    return [Tab(catalogue.grade_label(grade), f"{url}?trinn={grade}", grade == view.grade) for grade in view.grades]


def crumbs(request: Request, school: School, *more: Crumb) -> list[Crumb]:
    """The way to a school's pages."""
    return [
        Crumb(_("Where are we?"), reverse("results:own")),
        Crumb(school.name, reverse("results:school", args=[school.pk])),
        *more,
    ]


def downloads(name: str, args: list[object], query: str = "") -> tuple[Download, ...]:
    """The two files."""
    labels = {"csv": _("Download as CSV"), "xlsx": _("Download as Excel")}
    return tuple(Download(label, reverse(name, args=[*args, kind]) + query) for kind, label in labels.items())
