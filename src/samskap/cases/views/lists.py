"""The lists: cases that go on, those that have ended, and one's own measures."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samskap.cases import actions, queries, queries_day, rules
from samskap.cases.forms import DidForm, MoveForm
from samskap.cases.models import Measure
from samskap.cases.policy import HAS_MEASURES, LIST, OPEN, OWN_MEASURE
from samskap.cases.queries import Line
from samskap.cases.views.common import names, next_look, next_words, show
from samskap.kernel import policy
from samskap.kernel.access import Request, access
from samskap.kernel.forms import OnceForm, save
from samskap.kernel.policy import Actor
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
    lines, done = queries_day.own_measures(request.actor), queries_day.just_done(request.actor)
    if lines or done:
        actions.lines_read(by=request.actor, measures=[one.row for one in (*lines, *done)])
    return show(request, "own", lines=lines, done=done, trained=request.actor.trained)


@dataclass(frozen=True)
class OwnStep:
    """What one says of an own measure: a form, what is done, its button, and a sentence afterwards."""

    form: Callable[[Any], OnceForm]
    do: Callable[[Actor, Measure, Any], object]
    button: str
    said: str


def _moved(stage: rules.Stage) -> Callable[[Actor, Measure, Any], object]:
    return lambda by, row, form: actions.move_measure(by=by, row=row, stage=stage, own_line=True, **form.values)


def _own_step(name: str) -> OwnStep:
    steps = {
        "startet": lambda: OwnStep(
            lambda data: MoveForm(data, stage=rules.Stage.STARTED), _moved(rules.Stage.STARTED), _("It is under way"),
            _("Noted: it is under way."),
        ),
        "i-dag": lambda: OwnStep(
            DidForm, lambda by, row, form: actions.did_measure(by=by, row=row, **form.values), _("It was done, and goes on"),
            _("Noted. The measure goes on."),
        ),
        "angre": lambda: OwnStep(
            OnceForm, lambda by, row, form: actions.not_done(by=by, row=row), _("Not finished after all"),
            _("Taken back. The measure is under way."),
        ),
    }  # fmt: skip
    done = OwnStep(
        lambda data: MoveForm(data, stage=rules.Stage.DONE), _moved(rules.Stage.DONE), _("It is carried out"),
        _("Noted: it is carried out."),
    )  # fmt: skip
    return steps.get(name, lambda: done)()


@access(OWN_MEASURE, "measure", strong=True)
@require_http_methods(["GET", "HEAD", "POST"])
def own_measure(request: Request, measure: Measure) -> HttpResponse:
    """Say how far it has come."""
    step = _own_step(request.GET.get("steg", ""))
    form = step.form(request.POST or None)

    def move() -> str:
        step.do(request.actor, measure, form)
        messages.success(request, step.said)
        return reverse("cases:own")

    def again() -> HttpResponse:
        actions.lines_read(by=request.actor, measures=[measure])
        return show(request, "own_measure", form, line=line, step=step, crumbs=crumbs)

    crumbs = [Crumb(_("My measures"), reverse("cases:own")), Crumb(_("How far it has come"))]
    line = queries_day.own_line(measure)
    return save(request, form, move, again)
