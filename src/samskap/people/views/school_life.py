"""Classes, pupils and guardians; breaks; who stands in for a leader."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.kernel import clock, policy
from samskap.kernel.access import Request, access
from samskap.kernel.forms import OnceForm, press, save
from samskap.people import actions_school as actions
from samskap.people import queries, rules
from samskap.people.forms_school import BreakForm, ClassForm, GuardianForm, PupilForm, StandInForm
from samskap.people.models import Guardianship, Pupil, School, SchoolClass, StandIn
from samskap.people.policy import MANAGE, SEE_CLASS, SEE_CLASSES, SEE_PUPIL, STAND_IN, STAND_INS

PER_PAGE = 30
FORMS = ["GET", "HEAD", "POST"]


def _show(request: Request, template: str, form: OnceForm | None = None, **context: Any) -> HttpResponse:
    status = 422 if form is not None and form.errors else 200
    return render(request, f"people/{template}.html", {"form": form, "once": uuid4, **context}, status=status)


@access(STAND_INS, "school")
@require_http_methods(FORMS)
def stand_ins(request: Request, school: School) -> HttpResponse:
    """Who reads and leads while the leader is away."""
    form = StandInForm(
        request.POST or None, leaders=queries.leaders_of(school.pk), colleagues=queries.staff_of(school.pk)
    )  # fmt: skip
    here = reverse("people:stand_ins", args=[school.pk])

    def again() -> HttpResponse:
        return _show(request, "stand_ins", form, school=school, rows=queries.stand_ins(school))

    if request.method != "POST" or not form.is_valid():
        return again()

    def do() -> str:
        actions.add_stand_in(by=request.actor, school=school, **form.values)
        messages.success(request, _("Noted. On these days the stand-in sees what you see."))
        return here

    return save(request, form, do, again)


@access(STAND_IN, "stand_in")
@require_POST
def end_stand_in(request: Request, stand_in: StandIn) -> HttpResponse:
    """The leader is back."""
    here = reverse("people:stand_ins", args=[stand_in.school_id])

    def do() -> str:
        actions.end_stand_in(by=request.actor, stand_in=stand_in)
        messages.success(request, _("The stand-in has ended. The access is gone at once."))
        return here

    return press(request, OnceForm(request.POST), do, here)


@access(MANAGE)
@require_http_methods(FORMS)
def breaks(request: Request) -> HttpResponse:
    """The school calendar: days without school."""
    form = BreakForm(request.POST or None)

    def again() -> HttpResponse:
        page = Paginator(queries.breaks(), PER_PAGE).get_page(request.GET.get("side"))
        return _show(request, "breaks", form, page=page)

    if request.method != "POST" or not form.is_valid():
        return again()

    def do() -> str:
        actions.add_break(by=request.actor, **form.values)
        messages.success(request, _("The break is added."))
        return reverse("people:breaks")

    return save(request, form, do, again)


@access(MANAGE)
@require_POST
def remove_break(request: Request, row: UUID) -> HttpResponse:
    """Take a break away."""
    found = queries.breaks().filter(pk=row).first()
    if found is None:
        raise Http404

    def do() -> str:
        actions.remove_break(by=request.actor, row=found)
        messages.success(request, _("The break is removed."))
        return reverse("people:breaks")

    return press(request, OnceForm(request.POST), do, reverse("people:breaks"))


@access(SEE_CLASSES)
@require_safe
def classes(request: Request) -> HttpResponse:
    """The classes that one may see."""
    page = Paginator(queries.classes(request.actor), PER_PAGE).get_page(request.GET.get("side"))
    return _show(request, "classes", page=page, may_add=policy.may(MANAGE, request.actor))


@access(MANAGE)
@require_http_methods(FORMS)
def new_class(request: Request) -> HttpResponse:
    """Add a class."""
    form = ClassForm(request.POST or None)

    def again() -> HttpResponse:
        return _show(request, "new_class", form)

    if request.method != "POST" or not form.is_valid():
        return again()

    def do() -> str:
        row = actions.add_class(by=request.actor, **form.values)
        messages.success(request, _("The class is added."))
        return reverse("people:class", args=[row.pk])

    return save(request, form, do, again)


@access(SEE_CLASS, "school_class")
@require_http_methods(FORMS)
def class_page(request: Request, school_class: SchoolClass) -> HttpResponse:
    """A class's pupils, by name. The administrator adds pupils here."""
    may_add = policy.may(MANAGE, request.actor)
    form = PupilForm(request.POST or None)

    def again() -> HttpResponse:
        page = Paginator(queries.pupils_of(school_class), PER_PAGE).get_page(request.GET.get("side"))
        seen = set(policy.visible(SEE_PUPIL, request.actor).filter(school_class=school_class).values_list("pk", flat=True))
        return _show(request, "class", form, school_class=school_class, page=page, may_add=may_add, opens=seen)

    if request.method != "POST" or not may_add or not form.is_valid():
        return again()

    def do() -> str:
        actions.add_pupil(by=request.actor, school_class=school_class, **form.values)
        messages.success(request, _("The pupil is added."))
        return reverse("people:class", args=[school_class.pk])

    return save(request, form, do, again)


@access(SEE_PUPIL, "pupil")
@require_http_methods(FORMS)
def pupil_page(request: Request, pupil: Pupil) -> HttpResponse:
    """A pupil's guardians, and what each has a right to."""
    may_add = policy.may(MANAGE, request.actor)
    form = GuardianForm(request.POST or None)

    def again() -> HttpResponse:
        rows = [(row, _right(row)) for row in queries.guardians_of(pupil)]
        return _show(request, "pupil", form, pupil=pupil, rows=rows, may_add=may_add)

    if request.method != "POST" or not may_add or not form.is_valid():
        return again()

    def do() -> str:
        actions.add_guardian(by=request.actor, pupil=pupil, **form.values)
        messages.success(request, _("Added."))
        return reverse("people:pupil", args=[pupil.pk])

    return save(request, form, do, again)


def _right(row: Guardianship) -> str:
    relation = rules.Relation(row.kind, row.parental_responsibility, row.contact_ban, row.valid_from, row.valid_to)
    words = {
        rules.Way.FULL: _("Takes part in all that concerns the pupil"),
        rules.Way.ON_REQUEST: _("May ask for information; no sign-in"),
        rules.Way.NOTHING: _("Gets nothing"),
    }
    return words[rules.way_of(relation, clock.today())]


@access(SEE_PUPIL, "pupil")
@require_POST
def end_guardian(request: Request, pupil: Pupil) -> HttpResponse:
    """It holds no longer."""
    try:
        row = queries.guardians_of(pupil).filter(pk=UUID(request.POST.get("guardianship", ""))).first()
    except ValueError:
        row = None
    if row is None or not policy.may(MANAGE, request.actor):
        raise Http404
    here = reverse("people:pupil", args=[pupil.pk])

    def do() -> str:
        actions.end_guardianship(by=request.actor, row=row)
        messages.success(request, _("Ended."))
        return here

    return press(request, OnceForm(request.POST), do, here)
