"""Who at home has a pupil's page: opened and closed by those who lead the case, with a look at what is seen there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.cases import actions, queries, queries_family
from samskap.cases.forms_family import ClosePageForm, OpenAgainForm
from samskap.cases.models import CasePupil
from samskap.cases.policy import FOLDER, LEAD
from samskap.cases.queries_family import AtHome
from samskap.cases.views import family
from samskap.cases.views import wording_family as told
from samskap.cases.views.common import crumbs, note_reading, show
from samskap.kernel import policy
from samskap.kernel.access import Request, access
from samskap.kernel.actions import ActionError
from samskap.kernel.forms import OnceForm, press, save
from samskap.people.api import Way


@dataclass(frozen=True)
class Card:
    """One who may have the page, in words. Addresses are empty for what cannot be done."""

    one: AtHome
    what: str
    state: str
    look: str
    note: str
    open_url: str = ""
    again_url: str = ""
    close_url: str = ""
    link_url: str = ""
    look_url: str = ""
    once: UUID = field(default_factory=uuid4)


def _url(held: CasePupil, person: UUID, step: str) -> str:
    return reverse(f"cases:at_home_{step}", args=[held.pk, person])


def card(held: CasePupil, one: AtHome, *, may_lead: bool) -> Card:
    """One who may have the page."""
    what, state, look, note = told.at_home(one)
    sees = one.home is not None and one.home.sees and one.way == Way.FULL
    may_open, person, closed = may_lead and one.way == Way.FULL, one.person.pk, one.home is not None
    return Card(
        one, what, state, look, note,
        open_url=_url(held, person, "open") if may_open and not closed else "",
        again_url=_url(held, person, "open_again") if may_open and closed and not sees else "",
        close_url=_url(held, person, "close") if may_open and (sees or one.home is None) else "",
        link_url=_url(held, person, "link") if may_lead and sees else "",
        look_url=_url(held, person, "look") if one.way == Way.FULL else "",
    )  # fmt: skip


@access(FOLDER, "pupil", strong=True)
@require_safe
def page(request: Request, pupil: CasePupil) -> HttpResponse:
    """The pupil and everybody who is there for the pupil: who has the page, and what each has a right to."""
    case = pupil.case
    actions.opened(by=request.actor, case=case, purpose=queries.purpose_of(request.actor, case))
    may_lead = policy.may(LEAD, request.actor, case)
    folder = queries.folder(case, pupil)
    cards = [card(pupil, one, may_lead=may_lead) for one in queries_family.at_home(case, pupil)]
    way = crumbs(case, _("Pages of the family"))
    return show(request, "at_home", case=case, folder=folder, cards=cards, crumbs=way)


def _person(pupil: CasePupil, person: UUID) -> AtHome:
    """One of those at home. Raises Http404."""
    found = next((one for one in queries_family.at_home(pupil.case, pupil) if one.person.pk == person), None)
    if found is None:
        raise Http404
    return found


@access(FOLDER, "pupil", strong=True)
@require_safe
def look(request: Request, pupil: CasePupil, person: UUID) -> HttpResponse:
    """The page as this person sees it, before it is opened or after."""
    one = _person(pupil, person)
    if one.way != Way.FULL:
        raise Http404
    case = pupil.case
    actions.opened(by=request.actor, case=case, purpose=queries.purpose_of(request.actor, case))
    found = queries_family.page(pupil, person, seen_before=None, instead=told.another())
    title = _("As %(name)s sees it") % {"name": one.person.name}
    return show(request, "family", **family.context(found), preview=True, looked_as=title, crumbs=crumbs(case, title))


@access(FOLDER, "pupil", strong=True)
@require_POST
def open_page(request: Request, pupil: CasePupil, person: UUID) -> HttpResponse:
    """Open the page for somebody."""
    policy.require(LEAD, request.actor, pupil.case)
    one, back = _person(pupil, person), reverse("cases:at_home", args=[pupil.pk])

    def do() -> str:
        actions.open_page(by=request.actor, pupil=pupil, person=one.person)
        messages.success(request, _("The page is open. Make a link if %(name)s has no account yet.") % {"name": one.person.name})
        return back

    return press(request, OnceForm(request.POST), do, back)


@access(FOLDER, "pupil", strong=True)
@require_http_methods(["GET", "HEAD", "POST"])
def open_again(request: Request, pupil: CasePupil, person: UUID) -> HttpResponse:
    """Open a page that was closed: as closing did, it takes a reason."""
    one = _person(pupil, person)
    asked = Asked(
        _("Open the page again for %(name)s"), _("It was closed for a reason. Who opens it, decides that the reason is gone."),
        _("Open the page"), _("The page is open again for %(name)s."), OpenAgainForm, actions.open_page,
    )  # fmt: skip
    return _with_reason(request, pupil, one, asked)


@access(FOLDER, "pupil", strong=True)
@require_http_methods(["GET", "HEAD", "POST"])
def close_page(request: Request, pupil: CasePupil, person: UUID) -> HttpResponse:
    """Close the page for somebody, with a reason."""
    one = _person(pupil, person)
    asked = Asked(
        _("Close the page for %(name)s"), "", _("Close"), _("The page is closed for %(name)s."), ClosePageForm, actions.close_page
    )
    return _with_reason(request, pupil, one, asked)


@dataclass(frozen=True)
class Asked:
    """What is asked before a page is closed, or opened again, and what does it."""

    title: str
    lead: str
    button: str
    done: str
    form: type[OnceForm]
    does: Callable[..., object]


def _with_reason(request: Request, pupil: CasePupil, one: AtHome, asked: Asked) -> HttpResponse:
    case, name = pupil.case, {"name": one.person.name}
    policy.require(LEAD, request.actor, case)
    form, back = asked.form(request.POST or None), reverse("cases:at_home", args=[pupil.pk])

    def do() -> str:
        asked.does(by=request.actor, pupil=pupil, person=one.person, **form.values)
        messages.success(request, asked.done % name)
        return back

    title = asked.title % name
    parts = {"title": title, "lead": asked.lead, "button": asked.button, "back": back, "case": case}

    def again() -> HttpResponse:
        note_reading(request, case)
        return show(request, "family_form", form, crumbs=crumbs(case, title), **parts)

    return save(request, form, do, again)


@access(FOLDER, "pupil", strong=True)
@require_POST
def make_link(request: Request, pupil: CasePupil, person: UUID) -> HttpResponse:
    """A link for an account, shown once: it is printed or handed over, never sent by the program."""
    one = _person(pupil, person)
    policy.require(LEAD, request.actor, pupil.case)
    back = reverse("cases:at_home", args=[pupil.pk])
    try:
        secret = actions.page_link(by=request.actor, pupil=pupil, person=one.person)
    except ActionError as refused:
        messages.error(request, refused.message)
        return redirect(back)
    link = request.build_absolute_uri(reverse("people:invitation", args=[secret]))
    note_reading(request, pupil.case)
    way = crumbs(pupil.case, _("The link"))
    return show(request, "at_home_link", case=pupil.case, person=one.person, link=link, back=back, crumbs=way)
