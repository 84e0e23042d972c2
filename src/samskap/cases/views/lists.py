"""The lists: cases that go on, those that have ended, and one's own measures."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samskap.cases import actions, queries, queries_day, rules
from samskap.cases.forms import MoveForm
from samskap.cases.models import Measure
from samskap.cases.policy import HAS_MEASURES, LIST, OPEN, OWN_MEASURE
from samskap.cases.queries import Line
from samskap.cases.views.common import names, next_look, next_words, show
from samskap.kernel import policy
from samskap.kernel.access import Request, access
from samskap.kernel.forms import save
from samskap.kernel.ui.layout import Crumb, Tab
from samskap.people.api import School

PER_PAGE = 20


@dataclass(frozen=True)
class Shown:
    """A line of the list in words."""

    line: Line
    names: str
    next: str
    look: str
    more: int


def _shown(line: Line) -> Shown:
    first = line.next[0] if line.next else None
    words = (next_words(first), next_look(first)) if first else ("", "")
    return Shown(line, _names(line), *words, max(len(line.next) - 1, 0))


def _names(line: Line) -> str:
    """Some names; for a class what it is called, and how many."""
    if not line.row.whole_class or not line.subjects:
        return names(line.subjects)
    count = len(line.subjects)
    words = ngettext("%(class)s, %(count)s pupil", "%(class)s, %(count)s pupils", count)
    return words % {"class": line.subjects[0].school_class, "count": count}


def _list(request: Request, *, ended: bool) -> HttpResponse:
    wanted = request.GET.get("sok", "").strip()[:100]
    page = Paginator(queries.cases(request.actor, ended=ended, wanted=wanted), PER_PAGE).get_page(request.GET.get("side"))
    tabs = [
        Tab(_("Going on"), reverse("cases:list"), not ended),
        Tab(_("Ended"), reverse("cases:ended"), ended),
    ]
    schools = policy.visible(OPEN, request.actor).order_by("sort_key")
    lines = [_shown(line) for line in queries.lines(list(page))]
    return show(
        request, "list", page=page, lines=lines, tabs=tabs, ended=ended, wanted=wanted,
        schools=list(schools[:2]), several=len(request.actor.schools("leader")) != 1, trained=request.actor.trained,
    )  # fmt: skip


@access(LIST, strong=True)
@require_safe
def index(request: Request) -> HttpResponse:
    """Cases that go on, what is due first."""
    return _list(request, ended=False)


@access(LIST, strong=True)
@require_safe
def ended(request: Request) -> HttpResponse:
    """Cases that have ended, the newest first."""
    return _list(request, ended=True)


@access(LIST, strong=True)
@require_safe
def where(request: Request) -> HttpResponse:
    """At which school? For one who may open cases at several."""
    schools: list[School] = list(policy.visible(OPEN, request.actor).order_by("sort_key"))
    crumbs = [Crumb(_("Cases"), reverse("cases:list")), Crumb(_("New case"))]
    return show(request, "where", schools=schools, crumbs=crumbs)


@access(HAS_MEASURES, strong=True)
@require_safe
def own(request: Request) -> HttpResponse:
    """The measures that one is to carry out: one's own lines, nothing else."""
    lines = queries_day.own_measures(request.actor)
    if lines:
        actions.lines_read(by=request.actor, measures=[one.row for one in lines])
    return show(request, "own", lines=lines, trained=request.actor.trained)


@access(OWN_MEASURE, "measure", strong=True)
@require_http_methods(["GET", "HEAD", "POST"])
def own_measure(request: Request, measure: Measure) -> HttpResponse:
    """Say how far it has come."""
    wanted = rules.Stage.STARTED if request.GET.get("steg") == "startet" else rules.Stage.DONE
    form = MoveForm(request.POST or None, stage=wanted)

    def move() -> str:
        actions.move_measure(by=request.actor, row=measure, stage=wanted, own_line=True, **form.values)
        return reverse("cases:own")

    def again() -> HttpResponse:
        actions.lines_read(by=request.actor, measures=[measure])
        return show(request, "own_measure", form, line=line, wanted=wanted, crumbs=crumbs)

    crumbs = [Crumb(_("My measures"), reverse("cases:own")), Crumb(_("How far it has come"))]
    line = queries_day.own_line(measure)
    return save(request, form, move, again)
