"""Pupils and guardians who are signed in: tell with name, and find it again on a page of their own.

The questions look like those of the school's public page, and stand in its frame: few words, and a quick way out. That page
never looks who is signed in; this one says from the first screen that the name goes along.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samskap.kernel import clock
from samskap.kernel.access import Request, access
from samskap.kernel.forms import OnceForm, do_once, press, save
from samskap.people.api import School
from samskap.voice import actions, answers, queries
from samskap.voice.actions import Told
from samskap.voice.forms_public import FromHomeForm, HomeAgainForm
from samskap.voice.models import MessageKind, Report
from samskap.voice.policy import TELL_FROM_HOME
from samskap.voice.uploads import with_images
from samskap.voice.views.common import at_which, day_of, own_crumbs, show
from samskap.voice.views.languages import carried, spoken, switches
from samskap.voice.views.public import asked, rights_of


@access(TELL_FROM_HOME)
@require_safe
def where(request: Request) -> HttpResponse:
    """At which school: for most there is one, and the question is not asked."""
    return at_which(request, queries.home_schools(request.actor), "tell_from_home")


@with_images
@access(TELL_FROM_HOME, "school")
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: Request, school: School) -> HttpResponse:
    """The questions, and then the own page of what was told."""
    kind = queries.family_kind(request.actor, school)
    with spoken(request, get_language() or "nb") as language:
        if switches(request):
            return _questions(request, school, FromHomeForm(kind=kind, initial=carried(request)), language)
        if request.method != "POST":
            return _questions(request, school, FromHomeForm(kind=kind), language)
        form = FromHomeForm(request.POST, request.FILES, kind=kind)
        if not form.is_valid():
            return _questions(request, school, form, language)
        return do_once(request, form, lambda: _taken_in(request, school, form, language))


def _questions(request: Request, school: School, form: FromHomeForm, language: str) -> HttpResponse:
    entrance = queries.entrance_of(school)
    page = asked(request, school, form, language, teller=request.actor.name, entrance=entrance, csrf_token=get_token(request))
    # Under the public pages' "no-referrer" a browser sends "Origin: null", and what is signed in is refused as forged.
    page.headers["Referrer-Policy"] = "same-origin"
    return page


def _taken_in(request: Request, school: School, form: FromHomeForm, language: str) -> str:
    told = Told(
        school=school, sender_kind=form.kind, concerns=form.concerned, urgency=form.urgent,
        text=form.told | {"language": language}, images=form.cleaned_data["images"],
    )  # fmt: skip
    report = actions.tell_from_home(by=request.actor, told=told)
    messages.success(request, _("It has arrived. Thank you for telling."))
    return reverse("voice:own_report", args=[report.pk])


def own(request: Request, report: Report) -> HttpResponse:
    """What one has told with name: who has it, what has happened, the dialogue. What one wrote oneself needs no second factor."""
    still = queries.stands_still(request.actor, report)
    here = reverse("voice:own_report", args=[report.pk])
    if "leadership" in request.POST and not still:
        return press(request, OnceForm(request.POST), lambda: _names_leadership(request, report, here), here)
    post = request.method == "POST"
    form = HomeAgainForm(*((request.POST, request.FILES) if post else (None, None)))

    def again() -> HttpResponse:
        if still:
            return _page(request, report)
        actions.author_saw(by=request.actor, report=report)
        return _page(request, report, form, steps=list(queries.told_steps(report)), goes_on=True)

    def do() -> str:
        values = form.values
        actions.sender_writes(by=request.actor, report=report, key=form.cleaned_data["once"], **values)
        messages.success(request, _done(values["kind"]))
        return here

    return save(request, form, do, again)


def _names_leadership(request: Request, report: Report, here: str) -> str:
    actions.sender_names_leadership(by=request.actor, report=report)
    messages.success(request, _("Only the municipality sees it from now on."))
    return here


def _done(kind: str) -> str:
    return _("Sent. Thank you for saying so. The school must do more.") if kind == MessageKind.NOT_BETTER else _("Sent.")


def _page(request: Request, report: Report, form: HomeAgainForm | None = None, **more: Any) -> HttpResponse:
    opened, title = queries.opened(report), _("What you told, %(day)s") % {"day": day_of(report)}
    reads = queries.reads_next(report.school, report.receiver)
    danger = report.urgency == "now" and report.opened_at is None
    school = report.school if more.get("goes_on") else queries.first_school(report)
    return show(
        request, "own_from_home", form, report=report, school=school, opened=opened,
        answers=list(answers.shown(opened.text, own=True)),
        title=title, crumbs=own_crumbs(title), rights=rights_of(report), reads=reads,
        later=reads is None or reads > clock.now(), danger=danger, answered_by=queries.answered_by(opened),
        first_receiver=queries.first_receiver(report), **more,
    )  # fmt: skip
