"""The family's pages: the pupil's, and that of those at home."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samskap.cases import actions, queries_family
from samskap.cases.forms_family import OwnCorrectionForm, SayForm
from samskap.cases.models import CasePupil, Entry, Paper, State
from samskap.cases.policy import FAMILY, HAS_PAGE, OWN_PAPER, OWN_WORDS
from samskap.cases.queries_family import Page
from samskap.cases.views import wording_family as told
from samskap.cases.views.common import show
from samskap.cases.views.papers import file_of
from samskap.kernel.access import Request, access
from samskap.kernel.forms import OnceForm, save
from samskap.kernel.ui.layout import Crumb
from samskap.law import api as law

METHODS = require_http_methods(["GET", "HEAD", "POST"])


def page_url(held: CasePupil) -> str:
    """A pupil's page."""
    return reverse("cases:family", args=[held.pk])


@access(HAS_PAGE)
@require_safe
def index(request: Request) -> HttpResponse:
    """The pages that are open to one: a child may have several, and a mother several children."""
    found = told.entrances(queries_family.pages(request.actor), request.actor.person_id)
    return show(request, "family_list", pages=found)


@access(FAMILY, "pupil")
@require_safe
def page(request: Request, pupil: CasePupil) -> HttpResponse:
    """All that one may know, in plain words: who has it, what comes next, what was done, the plan, the rights."""
    home = actions.visited(by=request.actor, pupil=pupil)
    found = queries_family.page(pupil, request.actor.person_id, seen_before=home.seen_before, instead=told.another())
    return show(request, "family", **context(found), preview=False, crumbs=[])


def context(found: Page) -> dict[str, Any]:
    """A page in words."""
    case, lines = found.case, [told.line(one, found) for one in found.lines]
    return {
        "page": found, "case": case, "title": told.title(found), "coming": told.coming(found),
        "lines": lines, "new": told.new_ones(lines), "plan": told.plan(found),
        "reads": [told.read(one) for one in found.reads], "eligible": law.county_governor_from(case.raised_on),
        "say_url": reverse("cases:family_say", args=[found.folder.row.pk]), "ended": case.state == State.ENDED,
        "home_answer": told.home_answer(found), "not_told": told.not_told(found), "has_it": told.has_it(found),
        "papers": [(one.row, one.row.get_kind_display()) for one in found.papers],
        "asks": found.folder.is_subject, "owner": case.side == "owner",
    }  # fmt: skip


def _crumbs(pupil: CasePupil, title: str) -> list[Crumb]:
    return [Crumb(_("My page"), page_url(pupil)), Crumb(title)]


@access(FAMILY, "pupil")
@METHODS
def say(request: Request, pupil: CasePupil) -> HttpResponse:
    """ "How is it now?" """
    reader = request.actor.person_id
    found = queries_family.page(pupil, reader, seen_before=None, instead=told.another())
    form = SayForm(
        request.POST or None, is_pupil=found.is_pupil, asks=found.folder.is_subject, grade=found.grade,
        child=found.folder.name.split()[0], has_home=bool(found.at_home),
    )  # fmt: skip

    def do() -> str:
        actions.say(by=request.actor, pupil=pupil, **{"safe": "", **form.values})
        messages.success(request, told.thanks(found))
        return page_url(pupil)

    title = _("How is it now?") if found.folder.is_subject else _("Write to the school")
    parts = {"title": title, "lead": told.say_lead(found), "button": _("Send"), "back": page_url(pupil)}
    return save(request, form, do, lambda: show(request, "family_form", form, crumbs=_crumbs(pupil, title), **parts))


def _own(request: Request, entry: Entry) -> tuple[Page, queries_family.FamilyLine]:
    """The reader's page, and the line as it stands there. Raises Http404 where it does not stand there as the reader's words."""
    if entry.pupil is None:
        raise Http404
    reader: UUID | None = request.actor.person_id
    found = queries_family.page(entry.pupil, reader, seen_before=None, instead=told.another())
    line = next((one for one in found.lines if one.row.pk == entry.pk), None)
    if line is None or not line.may_correct:
        raise Http404
    return found, line


@access(OWN_WORDS, "entry")
@METHODS
def correct(request: Request, entry: Entry) -> HttpResponse:
    """What stands as one's words, put right."""
    (_page, line), held = _own(request, entry), entry.pupil
    assert held is not None  # noqa: S101  (looked at in _own)
    form = OwnCorrectionForm(request.POST or None)

    def do() -> str:
        actions.correct_own(by=request.actor, entry=entry, **form.values)
        messages.success(request, _("It stands there now, and the school has been told."))
        return page_url(held)

    title = _("That is not what I said")
    parts = {"title": title, "lead": line.text or "", "button": _("Save"), "back": page_url(held)}
    return save(request, form, do, lambda: show(request, "family_form", form, crumbs=_crumbs(held, title), **parts))


@access(OWN_WORDS, "entry")
@METHODS
def tell_home(request: Request, entry: Entry) -> HttpResponse:
    """The pupil lets those at home read it."""
    (found, line), held = _own(request, entry), entry.pupil
    if held is None or not line.may_tell:
        raise Http404
    form = OnceForm(request.POST or None)

    def do() -> str:
        actions.tell_home(by=request.actor, entry=entry)
        messages.success(request, _("Those at home can read it now."))
        return page_url(held)

    title = _("Let those at home read it")
    parts = {
        "title": title, "lead": told.tell_lead(found), "quoted": line.text or "", "button": _("Yes, they may read it"),
        "back": page_url(held),
    }  # fmt: skip
    return save(request, form, do, lambda: show(request, "family_form", form, crumbs=_crumbs(held, title), **parts))


@access(OWN_PAPER, "paper")
@require_safe
def paper(request: Request, paper: Paper) -> HttpResponse:
    """A document that was released to this person."""
    if not queries_family.may_have_digitally(paper, request.actor.person_id):
        raise Http404
    return file_of(request, paper, reverse("cases:family_list"))
