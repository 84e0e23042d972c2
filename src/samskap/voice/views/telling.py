"""Employees: report, step in, observe; take down what others say; follow what one has told; prove that one told."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samskap.kernel import clock, documents
from samskap.kernel.access import Request, access, to_second_factor
from samskap.kernel.actions import ActionError
from samskap.kernel.forms import save
from samskap.people.api import School, staff_of
from samskap.voice import actions, answers, forms, papers, queries, rules
from samskap.voice.actions import Told
from samskap.voice.models import Channel, MessageKind, Report
from samskap.voice.policy import HAS_OWN, OWN, TELL
from samskap.voice.uploads import with_images
from samskap.voice.views import from_home
from samskap.voice.views.common import at_which, dialogue_address, own_crumbs, show, title_of

PER_PAGE = 20
NOT_IN_TEXT = ("kind", "concerns", "urgency", "images", "staff", "said_on", "sender_kind", "words")


def _told(school: School, values: dict[str, Any], **more: Any) -> Told:
    """The form's values as what is told; texts go into the sealed part, and the colleague's name with them."""
    staff = values.get("staff")
    text = {name: value for name, value in values.items() if name not in NOT_IN_TEXT and value not in ("", None)}
    return Told(
        school=school,
        concerns=rules.Concerns(values["concerns"]),
        urgency=rules.Urgency(values["urgency"]),
        text={**text, **({"staff": staff.name} if staff else {})},
        images=values["images"],
        about_staff=[staff] if staff else [],
        **more,
    )


@access(TELL)
@require_safe
def tell_where(request: Request) -> HttpResponse:
    """At which school: for most there is one, and the question is not asked."""
    return at_which(request, queries.own_schools(request.actor), "tell_at")


@with_images
@access(TELL, "school")
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: Request, school: School) -> HttpResponse:
    """Report, note that one stepped in, or an observation: one screen, then the receipt."""
    post = request.method == "POST"
    data = (request.POST, request.FILES) if post else (None, None)
    form = forms.TellForm(*data, colleagues=staff_of(school.pk).exclude(pk=request.actor.person_id or school.pk))

    def again() -> HttpResponse:
        reads_next = queries.reads_next(school)
        later = reads_next is None or reads_next > clock.now()
        return show(request, "tell", form, school=school, reads_next=reads_next, reads_later=later)

    def do() -> str:
        values = form.values
        told = _told(
            school, values, sender_kind=rules.SenderKind.EMPLOYEE, kind=rules.Kind(values["kind"]),
            channel=rules.Channel.SIGNED_IN,
        )  # fmt: skip
        report = actions.tell(by=request.actor, told=told)
        messages.success(request, _("You have told. Thank you."))
        return reverse("voice:own_report", args=[report.pk])

    return save(request, form, do, again)


@with_images
@access(TELL, "school")
@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: Request, school: School) -> HttpResponse:
    """Take down what a parent or a pupil says. The code words are shown once, in the answer to the form."""
    post = request.method == "POST"
    data = (request.POST, request.FILES) if post else (None, None)
    form = forms.TakeDownForm(*data, colleagues=staff_of(school.pk).exclude(pk=request.actor.person_id or school.pk))

    def again() -> HttpResponse:
        return show(request, "take_down", form, school=school)

    if not post or not form.is_valid():
        return again()
    try:
        return _taken_down(request, school, form)
    except ActionError as refused:
        form.add_error(refused.field, refused.message)
        return again()


def _taken_down(request: Request, school: School, form: forms.TakeDownForm) -> HttpResponse:
    values, key = form.values, form.cleaned_data["once"]
    told = _told(
        school,
        values,
        sender_kind=rules.SenderKind(values["sender_kind"]),
        channel=rules.Channel.ALOUD,
        said_on=values["said_on"],
    )
    if not values["words"]:
        return save(request, form, lambda: _stored(request, told), lambda: show(request, "take_down", form, school=school))
    report, holder = actions.take_down(by=request.actor, told=told, key=key)
    return show(request, "words", words=holder.words, report=report, aloud=True, address=dialogue_address())


def _stored(request: Request, told: Told) -> str:
    report = actions.tell(by=request.actor, told=told)
    messages.success(request, _("It is taken down, and has reached the one who shall have it."))
    return reverse("voice:own_report", args=[report.pk])


@access(HAS_OWN)
@require_safe
def own(request: Request) -> HttpResponse:
    """What one has told or taken down, and where it is."""
    page = Paginator(queries.own_reports(request.actor), PER_PAGE).get_page(request.GET.get("side"))
    answered = set(queries.answered(request.actor).values_list("pk", flat=True))
    may_tell, at_home = queries.own_schools(request.actor).exists(), queries.home_schools(request.actor).exists()
    return show(request, "own", page=page, answered=answered, may_tell=may_tell, may_tell_from_home=at_home)


@with_images
@access(OWN, "report")
@require_http_methods(["GET", "HEAD", "POST"])
def own_report(request: Request, report: Report) -> HttpResponse:
    """One's own report: the receipt; for one who has shown a second factor, also what was told, its way and the dialogue.

    A pupil's or guardian's is a page of its own (``from_home``).
    """
    if queries.from_home(report):
        return from_home.own(request, report)
    if not request.actor.strong:
        return to_second_factor(request) if request.method == "POST" else _own_page(request, report)
    still = queries.stands_still(request.actor, report)
    if report.channel == Channel.ALOUD:  # what others said: who took it down adds nothing in their name
        return _own_page(request, report, opened=queries.opened(report))
    post = request.method == "POST"
    form = forms.MoreForm(*((request.POST, request.FILES) if post else (None, None)))

    def again() -> HttpResponse:
        if still:
            return _own_page(request, report, opened=queries.opened(report))
        actions.author_saw(by=request.actor, report=report)
        steps = list(queries.told_steps(report))
        return _own_page(request, report, form, opened=queries.opened(report), steps=steps, goes_on=True)

    def do() -> str:
        actions.sender_writes(
            by=request.actor, report=report, key=form.cleaned_data["once"], kind=MessageKind.ADDITION, **form.values
        )
        messages.success(request, _("Sent."))
        return reverse("voice:own_report", args=[report.pk])

    return save(request, form, do, again)


def _own_page(request: Request, report: Report, form: forms.MoreForm | None = None, **more: Any) -> HttpResponse:
    opened = more.get("opened")
    school = report.school if more.get("goes_on") else queries.first_school(report)  # else only that it was delivered, and where
    return show(
        request, "own_report", form, report=report, school=school, answers=list(answers.shown(opened.text)) if opened else [],
        fingerprint=actions.fingerprint(report), title=title_of(report), crumbs=own_crumbs(title_of(report)),
        reads_next=queries.reads_next(report.school, report.receiver),
        now=clock.now(), first_receiver=queries.first_receiver(report), **more,
    )  # fmt: skip


@access(OWN, "report", strong=True)
@require_safe
def own_read(request: Request, report: Report) -> HttpResponse:
    """The way from the receipt to what was told and answered: past the second factor, and back."""
    return redirect("voice:own_report", report.pk)


@access(OWN, "report")
@require_safe
def receipt(request: Request, report: Report) -> HttpResponse:
    """The receipt as a document: that one has told, when, and a mark of what; nothing of what was told."""
    language = get_language() or "nb"
    document = papers.receipt(report, actions.fingerprint(report), request.actor.name, language=language)
    return documents.response(documents.render(document, at=clock.now()), f"kvittering-{report.pk.hex[:8]}.pdf")
