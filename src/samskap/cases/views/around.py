"""Around the cases: questions to PPT without names, and the library of suggested measures."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.cases import actions, queries_around
from samskap.cases.forms_around import ReplyForm, SuggestionForm
from samskap.cases.models import Case, Consultation, Suggestion
from samskap.cases.policy import CONSULT, EDIT_LIBRARY, HAS_QUESTIONS, LIBRARY, LIST, SUGGESTION, WORK
from samskap.cases.starters import STARTERS
from samskap.cases.views.common import case_url, crumbs, show
from samskap.kernel import policy
from samskap.kernel.access import Request, access
from samskap.kernel.forms import OnceForm, press, save
from samskap.kernel.policy import Actor
from samskap.kernel.ui.layout import Crumb
from samskap.people.api import Role, School

PER_PAGE = 20
METHODS = require_http_methods(["GET", "HEAD", "POST"])


@access(HAS_QUESTIONS, strong=True)
@require_safe
def questions(request: Request) -> HttpResponse:
    """What schools ask, without names: what waits, then what one has answered."""
    waiting = [queries_around.question(row) for row in queries_around.questions(request.actor)[:100]]
    page = Paginator(queries_around.questions(request.actor, answered=True), PER_PAGE).get_page(request.GET.get("side"))
    answered = [queries_around.question(row) for row in page]
    return show(request, "questions", waiting=waiting, answered=answered, page=page)


@access(CONSULT, "consultation", strong=True)
@METHODS
def question(request: Request, consultation: Consultation) -> HttpResponse:
    """A question, and the answer to it."""
    form = ReplyForm(request.POST or None)

    def reply() -> str:
        actions.answer_question(by=request.actor, consultation=consultation, **form.values)
        messages.success(request, _("Your answer is sent."))
        return reverse("cases:questions")

    trail = [Crumb(_("Questions without names"), reverse("cases:questions")), Crumb(_("A question"))]
    one = queries_around.question(consultation)
    return save(request, form, reply, lambda: show(request, "question", form, one=one, crumbs=trail))


@dataclass(frozen=True)
class Theme:
    """Suggestions of one theme: (row, may one change it)."""

    name: str
    rows: list[tuple[Suggestion, bool]]


def _themes(actor: Actor, rows: Sequence[Suggestion]) -> list[Theme]:
    mine = set(policy.visible(SUGGESTION, actor).values_list("pk", flat=True))
    grouped = groupby(rows, lambda row: str(row.get_theme_display()))
    return [Theme(name, [(row, row.pk in mine) for row in found]) for name, found in grouped]


def _own_school(actor: Actor) -> School | None:
    return School.objects.filter(pk__in=actor.schools(Role.LEADER)).order_by("sort_key").first()


@access(LIBRARY)
@require_safe
def library(request: Request) -> HttpResponse:
    """The suggested measures by theme."""
    rows = queries_around.suggestions(request.actor)
    handles = request.actor.owner_wide(Role.HANDLER)
    known = {row.starter for row in Suggestion.objects.exclude(starter="")} if handles else set()
    missing = sum(one.key not in known for one in STARTERS) if handles else 0
    return show(
        request, "library", themes=_themes(request.actor, rows), may_edit=policy.may(EDIT_LIBRARY, request.actor),
        missing=missing, has_list=policy.may(LIST, request.actor), starter_form=OnceForm(),
    )  # fmt: skip


def _trail(title: str) -> list[Crumb]:
    return [Crumb(_("Suggested measures"), reverse("cases:library")), Crumb(title)]


@access(EDIT_LIBRARY)
@METHODS
def new_suggestion(request: Request) -> HttpResponse:
    """Write a suggestion."""
    school, handles = _own_school(request.actor), request.actor.owner_wide(Role.HANDLER)
    form = SuggestionForm(request.POST or None, several=handles and school is not None)

    def add() -> str:
        values = form.values
        everywhere = values.pop("everywhere", handles and school is None)
        actions.suggest(by=request.actor, school=None if everywhere else school, **values)
        messages.success(request, _("The suggestion is in the library."))
        return reverse("cases:library")

    title = _("New suggestion")
    context = {"title": title, "crumbs": _trail(title), "back": reverse("cases:library")}
    return save(request, form, add, lambda: show(request, "suggestion", form, **context))


@access(SUGGESTION, "suggestion")
@METHODS
def suggestion(request: Request, suggestion: Suggestion) -> HttpResponse:
    """Change a suggestion."""
    now: dict[str, Any] = {"text": suggestion.text, "why": suggestion.why, "theme": suggestion.theme}
    form = SuggestionForm(request.POST or None, initial=now)

    def change() -> str:
        actions.change_suggestion(by=request.actor, suggestion=suggestion, **form.values)
        messages.success(request, _("The suggestion is changed."))
        return reverse("cases:library")

    title = _("Change the suggestion")
    context = {
        "title": title,
        "crumbs": _trail(title),
        "back": reverse("cases:library"),
        "row": suggestion,
        "hide_form": OnceForm(),
    }
    return save(request, form, change, lambda: show(request, "suggestion", form, **context))


@access(SUGGESTION, "suggestion")
@require_POST
def hide(request: Request, suggestion: Suggestion) -> HttpResponse:
    """Take a suggestion out of the library."""

    def take_away() -> str:
        actions.hide_suggestion(by=request.actor, suggestion=suggestion)
        messages.success(request, _("The suggestion is taken away."))
        return reverse("cases:library")

    return press(request, OnceForm(request.POST), take_away, reverse("cases:library"))


@access(EDIT_LIBRARY)
@require_POST
def starters(request: Request) -> HttpResponse:
    """Take in the texts that come with the program."""

    def take() -> str:
        count = actions.take_starters(by=request.actor, language=request.LANGUAGE_CODE)
        words = ngettext("%(count)s suggestion is taken in.", "%(count)s suggestions are taken in.", count)
        messages.success(request, words % {"count": count})
        return reverse("cases:library")

    return press(request, OnceForm(request.POST), take, reverse("cases:library"))


@access(WORK, "case", strong=True)
@require_safe
def ideas(request: Request, case: Case) -> HttpResponse:
    """Suggested measures, to begin one in this case from."""
    plan = request.GET.get("plan", "")
    step = reverse("cases:case_step", args=[case.pk, "tiltak"])
    rows = queries_around.suggestions(request.actor, case.school)
    return show(
        request, "ideas", themes=_themes(request.actor, rows), case=case, step=step, plan=plan, back=case_url(case),
        crumbs=crumbs(case, _("Suggested measures")),
    )  # fmt: skip
