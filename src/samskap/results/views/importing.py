"""The adviser's screens: bring in files, see the difference, store or drop it, undo; and say which unit is which."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samskap.kernel import importing, policy
from samskap.kernel.access import Request, access, takes_files
from samskap.kernel.actions import ActionError
from samskap.kernel.forms import OnceForm, do_once, press, save
from samskap.kernel.models import ImportRun
from samskap.people.api import Unit
from samskap.results import actions
from samskap.results.importing import shown
from samskap.results.importing.forms import BindNameForm, BindNumberForm, UploadForm
from samskap.results.importing.importer import KIND
from samskap.results.importing.reading import sound
from samskap.results.policy import IMPORT, IMPORT_RUN
from samskap.results.units import binding

PER_PAGE = 20
LARGEST_UPLOAD = 400_000_000
State = ImportRun.State


@takes_files(LARGEST_UPLOAD)
@access(IMPORT)
@require_http_methods(["GET", "POST"])
def imports(request: Request) -> HttpResponse:
    """Upload files; earlier imports below."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _imports_page(request, form)

    def receive() -> str:
        run = actions.receive_files(by=request.actor, uploads=form.cleaned_data["statistics"])
        return reverse("results:import_run", args=[run.pk])

    return save(request, form, receive, lambda: _imports_page(request, form))


def _imports_page(request: Request, form: UploadForm) -> HttpResponse:
    runs = policy.visible(IMPORT_RUN, request.actor).prefetch_related("files").order_by("-created_at")
    page = Paginator(runs, PER_PAGE).get_page(request.GET.get("side"))
    rows = [(run, *shown.state_of(run)) for run in page]
    context = {"form": form, "page": page, "rows": rows}
    return render(request, "results/imports.html", context, status=422 if form.errors else 200)


@access(IMPORT_RUN, "run")
@require_GET
def import_run(request: Request, run: ImportRun) -> HttpResponse:
    """How far it is, then what it would change, then what it changed."""
    kind, words = shown.state_of(run)
    course, summary = importing.course(run), sound(run.summary)
    context = {
        "run": run, "summary": summary, "status_kind": kind, "status_text": words, "course": course,
        "files": shown.files(summary), "examples": shown.example_rows(summary),
        "problems": shown.problems(summary.get("problems", [])), "again": OnceForm(),
        "may_apply": run.state == State.READY and not run.summary.get("blocked"),
        "may_drop": run.state == State.READY,
        "may_undo": run.state == State.APPLIED and importing.last_applied(KIND) == run.pk,
    }  # fmt: skip
    return render(request, "results/import_run.html", context)


def _step(request: Request, run: ImportRun, do: Callable[[], Any], said: str) -> HttpResponse:
    """A button on the run's page: once, and back to the page; a refusal is told there."""
    back = reverse("results:import_run", args=[run.pk])
    form = OnceForm(request.POST)
    if not form.is_valid():
        return redirect(back)

    def carry_out() -> str:
        do()
        if said:
            messages.success(request, said)
        return back

    try:
        return do_once(request, form, carry_out)
    except ActionError as refused:
        messages.error(request, refused.message)
        return redirect(back)


@access(IMPORT_RUN, "run")
@require_POST
def import_apply(request: Request, run: ImportRun) -> HttpResponse:
    """Store the difference."""
    return _step(request, run, lambda: actions.apply_import(by=request.actor, run=run), "")


@access(IMPORT_RUN, "run")
@require_POST
def import_cancel(request: Request, run: ImportRun) -> HttpResponse:
    """Stop."""
    said = _("The import will stop. Nothing is stored.")
    return _step(request, run, lambda: actions.cancel_import(by=request.actor, run=run), said)


@access(IMPORT_RUN, "run")
@require_POST
def import_drop(request: Request, run: ImportRun) -> HttpResponse:
    """Forget it."""
    said = _("The import is dropped. Nothing is stored.")
    return _step(request, run, lambda: actions.drop_import(by=request.actor, run=run), said)


@access(IMPORT_RUN, "run")
@require_POST
def import_undo(request: Request, run: ImportRun) -> HttpResponse:
    """Put back what it changed."""
    said = _("The import is undone. The figures are as before.")
    return _step(request, run, lambda: actions.undo_import(by=request.actor, run=run), said)


@access(IMPORT)
@require_GET
def units(request: Request) -> HttpResponse:
    """Names without a number, and schools that seem to go on under a new number."""
    return _units_page(request)


def _units_page(request: Request, refused: BindNameForm | None = None) -> HttpResponse:
    choices = binding.own_schools(request.actor)
    page = Paginator(binding.unbound(), PER_PAGE).get_page(request.GET.get("side"))
    chosen = refused.data.get("named") if refused else None
    names = [(unit, refused if refused and str(unit.pk) == chosen else _name_form(unit, choices)) for unit in page]
    pairs = [
        (pair, BindNumberForm(initial={"old": pair.old.pk, "new": pair.new.pk}))
        for pair in binding.suggestions_for(request.actor)
    ]
    context = {
        "page": page, "names": names, "pairs": pairs, "has_choices": choices.exists(), "bound": binding.bound(request.actor),
        "once": uuid4,
    }  # fmt: skip
    return render(request, "results/units.html", context, status=422 if refused else 200)


@access(IMPORT)
@require_POST
def loosen_unit(request: Request, name: int) -> HttpResponse:
    """Let a name mean nobody again."""
    found = get_object_or_404(binding.bound(request.actor), pk=name)
    here = reverse("results:units")

    def do() -> str:
        actions.loosen_unit_name(by=request.actor, name=found)
        messages.success(request, _("The name is no longer bound. Figures that came already go away when you undo their import."))
        return here

    return press(request, OnceForm(request.POST), do, here)


def _name_form(unit: Unit, choices: Any) -> BindNameForm:
    return BindNameForm(choices=choices, initial={"named": unit.pk}, auto_id=f"name-{unit.pk}-%s")


@access(IMPORT)
@require_POST
def bind_unit(request: Request) -> HttpResponse:
    """Bind a name, or a new number."""
    if "new" in request.POST:
        return _bind_number(request)
    choices = binding.own_schools(request.actor)
    form = BindNameForm(request.POST, choices=choices, auto_id=f"name-{request.POST.get('named')}-%s")
    if not form.is_valid():
        return _units_page(request, form)
    named, unit, sure = (
        get_object_or_404(Unit, pk=form.cleaned_data["named"]),
        form.cleaned_data["unit"],
        form.cleaned_data["sure"],
    )
    return _bind(request, form, lambda: actions.bind_unit_name(by=request.actor, named=named, unit=unit, sure=sure))


def _bind_number(request: Request) -> HttpResponse:
    form = BindNumberForm(request.POST)
    if not form.is_valid():
        return redirect("results:units")
    old, new = (get_object_or_404(Unit, pk=form.cleaned_data[name]) for name in ("old", "new"))
    return _bind(request, form, lambda: actions.bind_unit_number(by=request.actor, new=new, old=old))


def _bind(request: Request, form: OnceForm, do: Callable[[], int]) -> HttpResponse:
    def carry_out() -> str:
        do()
        messages.success(request, _("It is bound. The figures are on the school's pages."))
        return reverse("results:units")

    try:
        return do_once(request, form, carry_out)
    except ActionError as refused:
        messages.error(request, refused.message)
        return redirect("results:units")
