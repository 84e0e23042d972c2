"""The pages' figures as files."""

from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samskap.kernel.access import Request, access
from samskap.people.api import School
from samskap.results import catalogue, export, reading
from samskap.results.export import Cell, Sheet
from samskap.results.policy import COMPARE, SEE
from samskap.results.reading import Across
from samskap.results.views.indicator import story_or_404
from samskap.results.views.schools import choose


@access(SEE, "school")
@require_safe
def school_file(request: Request, school: School, kind: str) -> HttpResponse:
    """All indicators of a school on one grade."""
    view = reading.school_view(school, request.GET.get("trinn"))
    rows = (row for story in view.stories for row in export.of_story(story))
    return export.response(Sheet(_name(school.name, view.grade or ""), export.headings(), rows), kind)


@access(SEE, "school")
@require_safe
def indicator_file(request: Request, school: School, code: str, kind: str) -> HttpResponse:
    """One indicator of a school."""
    story = story_or_404(school, code)
    sheet = Sheet(_name(school.name, story.indicator.code, story.grade), export.headings(), export.of_story(story))
    return export.response(sheet, kind)


@access(COMPARE)
@require_safe
def across_file(request: Request, kind: str) -> HttpResponse:
    """One indicator at all schools in one year, with the municipality and the country."""
    chosen = choose(request)
    if chosen.across is None or chosen.indicator is None:
        raise Http404
    name = _name(chosen.indicator.code, chosen.grade, str(chosen.across.year))
    return export.response(Sheet(name, export.headings(), _across_rows(chosen.across)), kind)


def _across_rows(across: Across) -> list[list[Cell]]:
    ref = catalogue.ref(across.indicator, across.grade)
    seen = [(row.school.name, row.point) for row in across.rows]
    seen += [(across.municipality_name, across.municipality), (_("The country"), across.country)]
    return [export.row(name, ref.name, point) for name, point in seen if point is not None]


def _name(*parts: str) -> str:
    return "-".join(slugify(part.lower().translate(_LETTERS)) for part in parts if part) or "resultater"


_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})
