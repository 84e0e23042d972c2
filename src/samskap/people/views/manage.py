"""The administrator's screens: schools, people, roles, links."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.kernel import clock
from samskap.kernel.access import Request, access
from samskap.kernel.forms import OnceForm, press, replayed, save
from samskap.kernel.ui.layout import Crumb
from samskap.people import actions, factors, queries
from samskap.people.forms import ChangePersonForm, ChangeSchoolForm, PersonForm, RoleForm, SchoolForm
from samskap.people.models import Person, School
from samskap.people.policy import MANAGE, MANAGE_PERSON, MANAGE_SCHOOL

PER_PAGE, SCHOOLS_PER_PAGE = 25, 25


@access(MANAGE)
@require_safe
def overview(request: Request) -> HttpResponse:
    """All schools, and people page by page, with a search on names."""
    wanted = request.GET.get("sok", "").strip()
    pages = Paginator(queries.people_found(request.actor, wanted), PER_PAGE)
    context = {
        "schools": Paginator(queries.schools(request.actor), SCHOOLS_PER_PAGE).get_page(request.GET.get("skoleside")),
        "page": pages.get_page(request.GET.get("side")),
        "wanted": wanted,
    }
    return render(request, "people/manage.html", context)


@access(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_school(request: Request) -> HttpResponse:
    """Add a school."""
    form = SchoolForm(request.POST or None)

    def add() -> str:
        values = form.values
        number = values.pop("organisation_number")
        actions.add_school(by=request.actor, unit=actions.unit_for(number, values["name"]), **values)
        messages.success(request, _("The school is added."))
        return reverse("people:manage")

    return _done(request, form, add, "people/new_school.html")


@access(MANAGE_SCHOOL, "school")
@require_http_methods(["GET", "HEAD", "POST"])
def change_school(request: Request, school: School) -> HttpResponse:
    """Correct a school."""
    kept = ("name", "first_grade", "last_grade", "written_form", "phone", "in_project", "active")
    now = {name: getattr(school, name) for name in kept}
    form = ChangeSchoolForm(request.POST or None, initial={**now, "organisation_number": queries.number_of(school.unit)})

    def change() -> str:
        values = form.values
        number = values.pop("organisation_number")
        unit = actions.unit_for(number, values["name"]) if number else school.unit
        actions.change_school(by=request.actor, school=school, unit=unit, **values)
        messages.success(request, _("The school is changed."))
        return reverse("people:manage")

    return _done(request, form, change, "people/change_school.html", school=school)


@access(MANAGE_PERSON, "person")
@require_http_methods(["GET", "HEAD", "POST"])
def change_person(request: Request, person: Person) -> HttpResponse:
    """Correct a person's name and title, and note when they were trained."""
    now = {name: getattr(person, name) for name in ("name", "title", "phone", "trained_on")}
    form = ChangePersonForm(request.POST or None, initial=now)

    def change() -> str:
        values = form.values
        trained_on = values.pop("trained_on")
        actions.change_person(by=request.actor, person=person, **values)
        if trained_on != now["trained_on"]:
            actions.note_training(by=request.actor, person=person, on=trained_on)
        messages.success(request, _("The person is changed."))
        return reverse("people:person", args=[person.pk])

    return _done(request, form, change, "people/change_person.html", person=person)


@access(MANAGE, strong=True)
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: Request) -> HttpResponse:
    """Add a person."""
    form = PersonForm(request.POST or None)

    def add() -> str:
        person = actions.add_person(by=request.actor, **form.values)
        messages.success(request, _("The person is added. Give a role, then make a link."))
        return reverse("people:person", args=[person.pk])

    return _done(request, form, add, "people/new_person.html")


def _form_page(request: Request, form: OnceForm, template: str, **more: object) -> HttpResponse:
    return render(request, template, {"form": form, **more}, status=422 if form.errors else 200)


def _done(request: Request, form: OnceForm, do: "actions.Does", template: str, **more: object) -> HttpResponse:
    return save(request, form, do, lambda: _form_page(request, form, template, **more))


@access(MANAGE_PERSON, "person", strong=True)
@require_safe
def person_page(request: Request, person: Person) -> HttpResponse:
    """A person's roles and link."""
    form = RoleForm(initial={"valid_from": clock.today()})
    return _form_page(request, form, "people/person.html", **_about(person))


def _about(person: Person) -> dict[str, object]:
    """What the person's page shows beside its form."""
    confirms = person.account_id is not None and factors.of(person.account_id).exists()
    crumbs = [Crumb(_("Schools and people"), reverse("people:manage")), Crumb(person.name)]
    return {"person": person, "roles": queries.roles_held(person), "again": OnceForm(), "confirms": confirms, "crumbs": crumbs}


@access(MANAGE_PERSON, "person", strong=True)
@require_POST
def give_role(request: Request, person: Person) -> HttpResponse:
    """Give a role."""
    form = RoleForm(request.POST)
    more = _about(person)
    if not form.is_valid():
        return _form_page(request, form, "people/person.html", **more)

    def give() -> str:
        actions.assign(by=request.actor, person=person, **form.values)
        messages.success(request, _("The role is given."))
        return reverse("people:person", args=[person.pk])

    return _done(request, form, give, "people/person.html", **more)


@access(MANAGE_PERSON, "person", strong=True)
@require_POST
def end_role(request: Request, person: Person) -> HttpResponse:
    """End a role now."""
    back = reverse("people:person", args=[person.pk])
    if (answer := replayed(request)) is not None:  # the first copy may have taken the row away
        return answer
    try:
        row = queries.roles_held(person).filter(pk=UUID(request.POST.get("assignment", ""))).first()
    except ValueError:
        row = None
    if row is None:
        raise Http404

    def end() -> str:
        actions.end_assignment(by=request.actor, assignment=row)
        messages.success(request, _("The role has ended. The access is gone at once."))
        return back

    return press(request, OnceForm(request.POST), end, back)


@access(MANAGE_PERSON, "person", strong=True)
@require_POST
def invite(request: Request, person: Person) -> HttpResponse:
    """Make a link and show it once; it is not stored and not sent by mail."""
    secret = actions.invite(by=request.actor, person=person)
    link = request.build_absolute_uri(reverse("people:invitation", args=[secret]))
    return render(request, "people/link_made.html", {"person": person, "link": link})
