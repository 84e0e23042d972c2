"""Classes, pupils and guardians; breaks; who stands in for a leader."""

from dataclasses import dataclass
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
from samskap.kernel.ui.layout import Crumb
from samskap.people import actions_school as actions
from samskap.people import factors, queries, rules
from samskap.people.forms_school import (
    BreakForm,
    ChangeClassForm,
    ChangeGuardianForm,
    ChangePupilForm,
    ClassForm,
    NewGuardianForm,
    PupilForm,
    StandInForm,
)
from samskap.people.models import Guardianship, Pupil, School, SchoolClass, StandIn
from samskap.people.policy import (
    MANAGE,
    MANAGE_CLASS,
    MANAGE_GUARDIAN,
    MANAGE_PUPIL,
    SEE_CLASS,
    SEE_CLASSES,
    SEE_PUPIL,
    STAND_IN,
    STAND_INS,
)

PER_PAGE = 30
FORMS = ["GET", "HEAD", "POST"]


def _show(request: Request, template: str, form: OnceForm | None = None, **context: Any) -> HttpResponse:
    status = 422 if form is not None and form.errors else 200
    return render(request, f"people/{template}.html", {"form": form, "once": uuid4, **context}, status=status)


def _way(request: Request, *to: Crumb) -> list[Crumb]:
    """The way to a page, from the administrator's list where one may see it."""
    first = [Crumb(_("Schools and people"), reverse("people:manage"))] if policy.may(MANAGE, request.actor) else []
    return [*first, *to]


def _to_class(request: Request, school_class: SchoolClass, *to: str) -> list[Crumb]:
    here = Crumb(school_class.name, reverse("people:class", args=[school_class.pk]) if to else "")
    return _way(request, Crumb(_("Classes"), reverse("people:classes")), here, *map(Crumb, to))


def _to_pupil(request: Request, pupil: Pupil, *to: str) -> list[Crumb]:
    here = Crumb(pupil.person.name, reverse("people:pupil", args=[pupil.pk]) if to else "")
    in_class = Crumb(pupil.school_class.name, reverse("people:class", args=[pupil.school_class_id]))
    return _way(request, Crumb(_("Classes"), reverse("people:classes")), in_class, here, *map(Crumb, to))


@access(STAND_INS, "school", strong=True)
@require_http_methods(FORMS)
def stand_ins(request: Request, school: School) -> HttpResponse:
    """Who reads and leads while the leader is away."""
    form = StandInForm(
        request.POST or None, leaders=queries.appointed_leaders(school.pk), colleagues=queries.colleagues_of(school.pk)
    )  # fmt: skip
    here = reverse("people:stand_ins", args=[school.pk])
    rows = list(queries.stand_ins(school))

    def again() -> HttpResponse:
        not_ready = factors.without([row.substitute for row in rows if row.substitute])
        return _show(
            request, "stand_ins", form, school=school, rows=rows, not_ready=not_ready,
            crumbs=_way(request, Crumb(school.name), Crumb(_("Stand-ins"))),
        )  # fmt: skip

    def do() -> str:
        actions.add_stand_in(by=request.actor, school=school, **form.values)
        messages.success(request, _noted(form.values["substitute"] is None))
        return here

    return save(request, form, do, again)


def _noted(nobody: bool) -> str:
    if nobody:
        return _("Noted. Those who tell in these days are told when somebody reads it.")
    return _("Noted. On these days the stand-in sees what the leader sees.")


@access(STAND_IN, "stand_in", strong=True)
@require_POST
def end_stand_in(request: Request, stand_in: StandIn) -> HttpResponse:
    """The leader is back."""
    here = reverse("people:stand_ins", args=[stand_in.school_id])

    def do() -> str:
        actions.end_stand_in(by=request.actor, stand_in=stand_in)
        gone = _("The stand-in has ended. The access is gone at once.") if stand_in.substitute_id else _("Ended.")
        messages.success(request, gone)
        return here

    return press(request, OnceForm(request.POST), do, here)


@access(MANAGE)
@require_http_methods(FORMS)
def breaks(request: Request) -> HttpResponse:
    """The school calendar: days without school."""
    form = BreakForm(request.POST or None)

    def again() -> HttpResponse:
        page = Paginator(queries.breaks(), PER_PAGE).get_page(request.GET.get("side"))
        return _show(request, "breaks", form, page=page, crumbs=_way(request, Crumb(_("School calendar"))))

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
    """The classes that one may see; of one school, where one is chosen."""
    led = queries.schools(request.actor).filter(pk__in=queries.classes(request.actor).order_by().values("school_id"))
    chosen = next((school for school in led if str(school.pk) == request.GET.get("skole")), None)
    page = Paginator(queries.classes(request.actor, chosen.pk if chosen else None), PER_PAGE).get_page(request.GET.get("side"))
    may_add = policy.may(MANAGE, request.actor)
    return _show(
        request,
        "classes",
        page=page,
        may_add=may_add,
        schools=led,
        chosen=chosen,
        query=f"?skole={chosen.pk}" if chosen else "",
        crumbs=_way(request, Crumb(_("Classes"))) if may_add else [],
    )


@access(MANAGE)
@require_http_methods(FORMS)
def new_class(request: Request) -> HttpResponse:
    """Add a class."""
    form = ClassForm(request.POST or None, initial={"school": request.GET.get("skole")})

    def again() -> HttpResponse:
        return _show(
            request, "new_class", form,
            crumbs=_way(request, Crumb(_("Classes"), reverse("people:classes")), Crumb(_("Add a class"))),
        )  # fmt: skip

    def do() -> str:
        row = actions.add_class(by=request.actor, **form.values)
        messages.success(request, _("The class is added. Choose its contact teacher, then add the pupils."))
        return reverse("people:change_class", args=[row.pk])

    return save(request, form, do, again)


@access(MANAGE_CLASS, "school_class")
@require_http_methods(FORMS)
def change_class(request: Request, school_class: SchoolClass) -> HttpResponse:
    """Another name, or another contact teacher."""
    form = ChangeClassForm(request.POST or None, school_class=school_class)

    def again() -> HttpResponse:
        return _show(
            request, "change_class", form, school_class=school_class,
            crumbs=_to_class(request, school_class, _("Change the class")),
        )  # fmt: skip

    def do() -> str:
        actions.change_class(by=request.actor, school_class=school_class, **form.values)
        messages.success(request, _("The class is changed."))
        return reverse("people:class", args=[school_class.pk])

    return save(request, form, do, again)


@access(SEE_CLASS, "school_class")
@require_http_methods(FORMS)
def class_page(request: Request, school_class: SchoolClass) -> HttpResponse:
    """A class's pupils, by name. The administrator adds pupils here."""
    may_add = policy.may(MANAGE_CLASS, request.actor, school_class)
    form = PupilForm(request.POST or None)

    def again() -> HttpResponse:
        page = Paginator(queries.pupils_of(school_class), PER_PAGE).get_page(request.GET.get("side"))
        seen = set(policy.visible(SEE_PUPIL, request.actor).filter(school_class=school_class).values_list("pk", flat=True))
        return _show(
            request, "class", form, school_class=school_class, page=page, may_add=may_add, opens=seen,
            crumbs=_to_class(request, school_class),
        )  # fmt: skip

    if not may_add:
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
    may_add = policy.may(MANAGE_PUPIL, request.actor, pupil)
    form = NewGuardianForm(request.POST or None, pupil=pupil)

    def again() -> HttpResponse:
        return _show(
            request, "pupil", form, pupil=pupil, lines=_guardians(pupil), may_add=may_add, crumbs=_to_pupil(request, pupil)
        )

    if not may_add:
        return again()

    def do() -> str:
        actions.add_guardian(by=request.actor, pupil=pupil, **form.values)
        messages.success(request, _("Added."))
        return reverse("people:pupil", args=[pupil.pk])

    return save(request, form, do, again)


@dataclass(frozen=True)
class Line:
    """A guardian as the page shows them."""

    row: Guardianship
    right: str
    full: bool
    digital: bool
    ended: bool


def _guardians(pupil: Pupil) -> list[Line]:
    words = {
        rules.Way.FULL: _("Takes part in all that concerns the pupil"),
        rules.Way.ON_REQUEST: _("May ask for information; no sign-in"),
        rules.Way.NOTHING: _("Gets nothing"),
    }
    ways, today = queries.ways(pupil), clock.today()
    lines = []
    for row in queries.guardians_of(pupil):
        way = ways[row.guardian_id]
        digital = rules.may_be_written_to(way, row.guardian.address_protection, pupil.person.address_protection)
        lines.append(Line(row, words[way], way == rules.Way.FULL, digital, row.valid_to is not None and row.valid_to < today))
    return lines


@access(MANAGE_PUPIL, "pupil")
@require_http_methods(FORMS)
def change_pupil(request: Request, pupil: Pupil) -> HttpResponse:
    """Correct a pupil, or let the pupil change class."""
    form = ChangePupilForm(request.POST or None, pupil=pupil)

    def again() -> HttpResponse:
        return _show(request, "change_pupil", form, pupil=pupil, crumbs=_to_pupil(request, pupil, _("Change the pupil")))

    def do() -> str:
        actions.change_pupil(by=request.actor, pupil=pupil, version=form.cleaned_data["version"], **form.values)
        messages.success(request, _("The pupil is changed."))
        return reverse("people:pupil", args=[pupil.pk])

    return save(request, form, do, again)


@access(MANAGE_GUARDIAN, "guardianship")
@require_http_methods(FORMS)
def change_guardian(request: Request, guardianship: Guardianship) -> HttpResponse:
    """Correct what somebody is to a pupil."""
    form = ChangeGuardianForm(request.POST or None, row=guardianship)

    def again() -> HttpResponse:
        return _show(
            request, "change_guardian", form, row=guardianship,
            crumbs=_to_pupil(request, guardianship.pupil, _("Change the guardian")),
        )  # fmt: skip

    def do() -> str:
        actions.change_guardian(by=request.actor, row=guardianship, version=form.cleaned_data["version"], **form.values)
        messages.success(request, _("Saved. It counts from now on."))
        return reverse("people:pupil", args=[guardianship.pupil_id])

    return save(request, form, do, again)


@access(MANAGE_GUARDIAN, "guardianship")
@require_POST
def end_guardian(request: Request, guardianship: Guardianship) -> HttpResponse:
    """It holds no longer."""
    here = reverse("people:pupil", args=[guardianship.pupil_id])

    def do() -> str:
        actions.end_guardianship(by=request.actor, row=guardianship)
        messages.success(request, _("Ended."))
        return here

    return press(request, OnceForm(request.POST), do, here)
