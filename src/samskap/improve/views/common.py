"""What the plan's screens share."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.improve.models import Plan
from samskap.improve.policy import OWN, SEE_ALL
from samskap.improve.queries import PlanView
from samskap.improve.rules import ORDER, Stage, passed
from samskap.kernel import policy
from samskap.kernel.access import Request
from samskap.kernel.forms import OnceForm
from samskap.kernel.policy import Actor
from samskap.kernel.ui.flow import Step
from samskap.kernel.ui.layout import Crumb


def plan_url(plan: Plan) -> str:
    """The plan's page."""
    return reverse("improve:plan", args=[plan.pk])


def crumbs(plan: Plan, *more: str) -> list[Crumb]:
    """The way to a page below a plan; ``show`` sets the list before it that the reader comes from."""
    name = f"{plan.school.name} {plan.period}"
    if not more:
        return [Crumb(name)]
    return [Crumb(name, plan_url(plan)), *(Crumb(title) for title in more)]


def _way_in(actor: Actor) -> Crumb:
    """The list of plans that this person may open: the own ones, or the owner's overview."""
    if policy.may(OWN, actor):
        return Crumb(_("Development plans"), reverse("improve:own"))
    if policy.may(SEE_ALL, actor):
        return Crumb(_("The schools' plans"), reverse("improve:all_schools"))
    return Crumb(_("Development plans"))


def show(request: Request, template: str, form: OnceForm | None = None, **context: Any) -> HttpResponse:
    """A page; 422 when its form has errors. ``once`` is a new token each time a button's form asks for it."""
    status = 422 if form is not None and form.errors else 200
    if "crumbs" in context:
        context["crumbs"] = [_way_in(request.actor), *context["crumbs"]]
    return render(request, f"improve/{template}.html", {"form": form, "once": uuid4, **context}, status=status)


def names_of(stage: Stage) -> str:
    """A stage in words."""
    return {
        Stage.STANDPOINT: _("Where are we?"),
        Stage.DIRECTION: _("Where do we want to go?"),
        Stage.GOALS: _("Goals"),
        Stage.MEASURES: _("Measures"),
        Stage.CHECK_INS: _("Short status"),
        Stage.EVALUATION: _("Evaluation"),
        Stage.DONE: _("Evaluated"),
    }[stage]


PARTS = {Stage.STANDPOINT: "standpoint", Stage.DIRECTION: "direction"}


def steps(view: PlanView) -> list[Step]:
    """The round's stages for the page, each leading to its part."""
    before = passed(view.stage)
    shown = [stage for stage in ORDER if stage != Stage.DONE]
    return [Step(names_of(stage), _state(stage, view.stage, before), f"#{PARTS.get(stage, 'goals')}") for stage in shown]


def _state(stage: Stage, now: Stage, before: frozenset[Stage]) -> str:
    return "done" if stage in before else "current" if stage == now else "todo"


def next_sentence(view: PlanView) -> tuple[str, str, str]:
    """(what comes next in a sentence, the words on the button, where it leads); empty when nothing waits."""
    plan = view.row
    goal = next((g for g in view.goals if not g.measures and g.evaluation is None), None)
    due = next((g for g in view.goals if g.due), None)
    measure = next((m for g in view.goals if g.evaluation is None for m in g.measures if m.is_due), None)
    unheard = next((g for g in view.goals if g.not_heard and g.evaluation is None), None)
    links: dict[str, tuple[str, str, str] | None] = {
        "strengths": (
            _("Begin with what is good. What do you want to keep and build on?"),
            _("Write a strength"), reverse("improve:new_note", args=[plan.pk]) + "?slag=strength",
        ),
        "direction": (
            _("Say where you want to go, before you choose goals."),
            _("Write where you want to go"), reverse("improve:direction", args=[plan.pk]),
        ),
        "goals": (_("Choose one or two goals."), _("New goal"), reverse("improve:new_goal", args=[plan.pk])),
        "measures": None if goal is None else (
            _("This goal has no measures yet: %(title)s") % {"title": goal.row.title},
            _("New measure"), reverse("improve:new_measure", args=[goal.row.pk]),
        ),
        "evaluation": None if due is None else (
            _("It is time to evaluate: %(title)s") % {"title": due.row.title},
            _("Evaluate"), reverse("improve:evaluate", args=[due.row.pk]),
        ),
        "status": None if measure is None else (
            _("A short status is wanted: %(title)s") % {"title": measure.row.what},
            _("Give a status"), reverse("improve:status", args=[measure.row.pk]),
        ),
        "involvement": None if unheard is None else (
            _("Some have not been heard yet about: %(title)s") % {"title": unheard.row.title},
            _("Note who took part"), reverse("improve:new_involvement", args=[unheard.row.pk]),
        ),
    }  # fmt: skip
    order = ("strengths", "direction", "goals", "evaluation", "measures", "status", "involvement")
    found = (links[code] for code in order if code in view.missing)
    return next((link for link in found if link), ("", "", ""))


def field_labels() -> dict[str, str]:
    """The columns of the history in words."""
    return {
        "direction": _("Where do we want to go?"), "kind": _("What is this?"), "text": _("Text"),
        "indicator": _("Result to follow"),
        "title": _("The goal in one sentence"), "why": _("Why this goal?"), "base_year": _("Year we started from"),
        "base_value": _("Where we started"), "target": _("Where we want to be"), "sign": _("Sign that we are on the way"),
        "by_when": _("By when"), "removed_at": _("Removed"), "what": _("What do we do?"), "responsible": _("Who sees to it?"),
        "for_whom": _("For whom?"), "expected": _("What do we expect to see?"), "starts": _("From"), "ends": _("To"),
        "state": _("How far it has come"),
    }  # fmt: skip
