"""Which days a plan may have: when it was evaluated, and when it is evaluated next. Inside an action."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from samskap.cases.actions.steps import not_later
from samskap.cases.models import CasePupil, Plan
from samskap.cases.standing import begun_on, is_late, is_left_alone
from samskap.kernel import clock
from samskap.kernel.actions import ActionError


def may_be_set(plan: Plan, day: date | None) -> None:
    """Another day for the evaluation, without one being held. Raises ActionError: what is late is not hidden by that."""
    if day is not None and day < clock.today():
        raise ActionError(_("Choose a day from today on."), "evaluate_on")
    if is_late(plan):
        text = _("The plan should have been evaluated by now. Evaluate it, and choose the next day there.")
        raise ActionError(text, "evaluate_on")


def may_be_next(day: date | None) -> None:
    """When it is evaluated again. Raises ActionError for a day that has come."""
    if day is not None and day <= clock.today():
        raise ActionError(_("Choose a day from tomorrow on."), "next_on")


def lies_ahead(plan: Plan, day: date | None) -> None:
    """Raises ActionError where nothing would ever be due again for a pupil who has not said that it is safe."""
    if day is None and is_left_alone(plan):
        raise ActionError(_("A pupil has not said that it is safe and good: choose when you evaluate next."), "next_on")


def evaluated_on(plan: Plan, on: date) -> date:
    """A day on which the plan could be evaluated as it stands. Raises ActionError."""
    day = not_later(on, "on")
    if plan.in_force_at is not None and day < timezone.localdate(plan.in_force_at):
        raise ActionError(_("The plan was not in force on that day."), "on")
    if any(day < (begun_on(pupil) or day) for pupil in CasePupil.objects.filter(plan=plan, left_at=None)):
        raise ActionError(_("The follow-up began again after that day. Look at the plan anew."), "on")
    return day
