"""Notes, goals, measures, statuses, involvement, evaluation: the forms below a plan."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.improve import actions, evidence, queries, rules
from samskap.improve.forms import (
    ChangeGoalForm,
    ChangeMeasureForm,
    ChangeNoteForm,
    EvaluationForm,
    GoalForm,
    InvolvementForm,
    MeasureForm,
    MoveForm,
    NoteForm,
    SeenForm,
    StatusForm,
    school_year_end,
)
from samskap.improve.models import Goal, Measure, Note, Plan
from samskap.improve.policy import (
    GIVE_STATUS,
    READ,
    READ_GOAL,
    READ_MEASURE,
    WRITE,
    WRITE_GOAL,
    WRITE_MEASURE,
    WRITE_NOTE,
)
from samskap.improve.views.common import crumbs, plan_url, show
from samskap.kernel import clock, policy
from samskap.kernel.access import Request, access
from samskap.kernel.forms import press, save
from samskap.people.api import staff_of
from samskap.results import api as results

FORM = require_http_methods(["GET", "HEAD", "POST"])


def goal_url(goal: Goal) -> str:
    """The goal's page."""
    return reverse("improve:goal", args=[goal.pk])


@access(WRITE, "plan", known=READ)
@FORM
def new_note(request: Request, plan: Plan) -> HttpResponse:
    """Write a strength, a concern, or what a group says. The figures' own strengths are shown as food for thought."""
    kind = request.GET.get("slag", "")
    initial = {"kind": kind if kind in Note.Kind.values else "strength", "indicator": request.GET.get("indicator", "")}
    form = NoteForm(request.POST or None, indicators=evidence.choices(plan.school), initial=initial)

    def again() -> HttpResponse:
        standing = None if form.is_bound else results.standing(plan.school)
        return show(request, "note", form, plan=plan, standing=standing, crumbs=crumbs(plan, _("Where are we?")))

    def do() -> str:
        actions.add_note(by=request.actor, plan=plan, **form.values)
        messages.success(request, _("Saved."))
        return f"{plan_url(plan)}#standpoint"

    return save(request, form, do, again)


@access(WRITE_NOTE, "note")
@FORM
def change_note(request: Request, note: Note) -> HttpResponse:
    """Write a note anew."""
    initial = {name: getattr(note, name) for name in ("kind", "text", "indicator", "version")}
    indicators = evidence.choices(note.plan.school, note.indicator)
    form = ChangeNoteForm(request.POST or None, indicators=indicators, initial=initial)

    def again() -> HttpResponse:
        return show(request, "note", form, plan=note.plan, note=note, crumbs=crumbs(note.plan, _("Where are we?")))

    def do() -> str:
        actions.change_note(by=request.actor, note=note, version=form.cleaned_data["version"], **form.values)
        messages.success(request, _("Saved."))
        return f"{plan_url(note.plan)}#standpoint"

    return save(request, form, do, again)


@access(WRITE_NOTE, "note")
@require_POST
def remove_note(request: Request, note: Note) -> HttpResponse:
    """Take a note off the page."""
    return _remove(request, note.plan, lambda version: actions.remove_note(by=request.actor, note=note, version=version))


def _remove(request: Request, plan: Plan, remove: Callable[[int], object]) -> HttpResponse:
    form = SeenForm(request.POST)

    def do() -> str:
        remove(form.cleaned_data["version"])
        messages.success(request, _("Removed. It can still be read in the history."))
        return plan_url(plan)

    return press(request, form, do, plan_url(plan))


def _chosen(request: Request, before: str = "") -> str:
    """The indicator that is chosen so far: in what was sent, in the address, or before."""
    sent = request.POST if request.method == "POST" else request.GET
    return sent.get("indicator", before)


@access(WRITE, "plan", known=READ)
@FORM
def new_goal(request: Request, plan: Plan) -> HttpResponse:
    """Choose a goal. The third one gets a friendly question."""
    count = Goal.objects.filter(plan=plan, removed_at=None).count()
    ask = count if rules.asks_about_number(count) else 0
    chosen = _chosen(request)
    initial = {"by_when": school_year_end(plan.last_year), "indicator": chosen}
    form = GoalForm(request.POST or None, indicators=evidence.choices(plan.school), ask=ask, initial=initial)

    def again() -> HttpResponse:
        begins = evidence.start(plan.school, chosen)
        standing = None if form.is_bound or begins else results.standing(plan.school)
        return show(
            request, "goal_form", form, plan=plan, start=begins, standing=standing, crumbs=crumbs(plan, _("New goal"))
        )  # fmt: skip

    def do() -> str:
        goal = actions.add_goal(by=request.actor, plan=plan, **form.goal)
        messages.success(request, _("The goal is saved. Now plan what you will do."))
        return goal_url(goal)

    return save(request, form, do, again)


@access(WRITE_GOAL, "goal", known=READ_GOAL)
@FORM
def change_goal(request: Request, goal: Goal) -> HttpResponse:
    """Write a goal anew."""
    names = ("title", "why", "indicator", "target", "sign", "by_when", "version")
    chosen, school = _chosen(request, goal.indicator), goal.plan.school
    form = ChangeGoalForm(
        request.POST or None,
        indicators=evidence.choices(school, goal.indicator),
        initial={name: getattr(goal, name) for name in names},
    )

    def again() -> HttpResponse:
        begins = evidence.start(school, chosen) if chosen != goal.indicator else None
        return show(request, "goal_form", form, plan=goal.plan, goal=goal, start=begins, crumbs=crumbs(goal.plan, goal.title))

    def do() -> str:
        actions.change_goal(by=request.actor, goal=goal, version=form.cleaned_data["version"], **form.goal)
        messages.success(request, _("Saved."))
        return goal_url(goal)

    return save(request, form, do, again)


@access(WRITE_GOAL, "goal", known=READ_GOAL)
@require_POST
def remove_goal(request: Request, goal: Goal) -> HttpResponse:
    """Take a goal off the plan."""
    return _remove(request, goal.plan, lambda version: actions.remove_goal(by=request.actor, goal=goal, version=version))


@access(READ_GOAL, "goal")
@require_safe
def goal_page(request: Request, goal: Goal) -> HttpResponse:
    """A goal in full: the figures, measures with statuses, who took part, evaluations."""
    view = queries.goal_view(goal)
    figure = results.chart(goal.plan.school, goal.indicator) if goal.indicator else None
    return show(
        request, "goal", view=view, goal=view.row, plan=goal.plan, figure=figure, crumbs=crumbs(goal.plan, goal.title),
        may_write=policy.may(WRITE_GOAL, request.actor, goal),
        mine={row.pk for row in policy.visible(GIVE_STATUS, request.actor).filter(goal=goal)},
    )  # fmt: skip


@access(WRITE_GOAL, "goal", known=READ_GOAL)
@FORM
def new_measure(request: Request, goal: Goal) -> HttpResponse:
    """Plan a measure."""
    initial = {"starts": clock.today(), "ends": goal.by_when}
    form = MeasureForm(request.POST or None, people=staff_of(goal.plan.school_id), initial=initial)

    def again() -> HttpResponse:
        return show(request, "measure_form", form, plan=goal.plan, goal=goal, crumbs=crumbs(goal.plan, _("New measure")))

    def do() -> str:
        actions.add_measure(by=request.actor, goal=goal, **form.values)
        messages.success(request, _("The measure is planned."))
        return goal_url(goal)

    return save(request, form, do, again)


@access(WRITE_MEASURE, "measure", known=READ_MEASURE)
@FORM
def change_measure(request: Request, measure: Measure) -> HttpResponse:
    """Write a measure anew."""
    names = ("what", "responsible", "for_whom", "expected", "starts", "ends", "version")
    goal = measure.goal
    form = ChangeMeasureForm(
        request.POST or None, people=staff_of(goal.plan.school_id), initial={name: getattr(measure, name) for name in names}
    )

    def again() -> HttpResponse:
        return show(
            request, "measure_form", form, plan=goal.plan, goal=goal, measure=measure, crumbs=crumbs(goal.plan, measure.what)
        )

    def do() -> str:
        actions.change_measure(by=request.actor, measure=measure, version=form.cleaned_data["version"], **form.values)
        messages.success(request, _("Saved."))
        return goal_url(goal)

    return save(request, form, do, again)


@access(GIVE_STATUS, "measure", known=READ_MEASURE)
@require_POST
def move_measure(request: Request, measure: Measure) -> HttpResponse:
    """Start, carry out or stop a measure."""
    form = MoveForm(request.POST)
    back = f"{goal_url(measure.goal)}#measures"

    def do() -> str:
        found = form.cleaned_data
        actions.move_measure(by=request.actor, measure=measure, version=found["version"], state=found["state"])
        messages.success(request, _("Saved."))
        return back

    return press(request, form, do, back)


@access(GIVE_STATUS, "measure", known=READ_MEASURE)
@FORM
def status(request: Request, measure: Measure) -> HttpResponse:
    """A short status: made for a phone."""
    form = StatusForm(request.POST or None, may_end=measure.state in ("planned", "started"))

    def again() -> HttpResponse:
        view = queries.measure_view(measure)
        plan = view.row.goal.plan
        return show(request, "status", form, view=view, plan=plan, crumbs=crumbs(plan, _("Short status")))

    def do() -> str:
        actions.give_status(by=request.actor, measure=measure, **form.values)
        messages.success(request, _("Thank you. The status is saved."))
        return goal_url(measure.goal)

    return save(request, form, do, again)


@access(WRITE_GOAL, "goal", known=READ_GOAL)
@FORM
def new_involvement(request: Request, goal: Goal) -> HttpResponse:
    """Note who took part."""
    form = InvolvementForm(request.POST or None, initial={"held_on": clock.today()})

    def again() -> HttpResponse:
        view = queries.goal_view(goal)
        return show(
            request, "involvement", form, view=view, goal=goal, plan=goal.plan, crumbs=crumbs(goal.plan, _("Involvement"))
        )

    def do() -> str:
        actions.add_involvement(by=request.actor, goal=goal, **form.values)
        messages.success(request, _("Saved."))
        return f"{goal_url(goal)}#involvement"

    return save(request, form, do, again)


@access(WRITE_GOAL, "goal", known=READ_GOAL)
@FORM
def evaluate(request: Request, goal: Goal) -> HttpResponse:
    """Look back: the figures with their uncertainty beside what people say; then decide, and say why."""
    form = EvaluationForm(request.POST or None)

    def again() -> HttpResponse:
        view = queries.goal_view(goal)
        figure = results.chart(goal.plan.school, goal.indicator) if goal.indicator else None
        frozen = evidence.freeze(goal)
        return show(
            request, "evaluate", form, view=view, goal=goal, plan=goal.plan, figure=figure, frozen=frozen,
            crumbs=crumbs(goal.plan, _("Evaluation")),
        )  # fmt: skip

    def do() -> str:
        actions.evaluate(by=request.actor, goal=goal, **form.values)
        messages.success(request, _("The evaluation is saved."))
        return f"{goal_url(goal)}#evaluation"

    return save(request, form, do, again)
