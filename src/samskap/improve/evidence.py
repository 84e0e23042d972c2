"""What the published figures say about a goal, from the results room, frozen when an evaluation is held."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samskap.improve import rules
from samskap.improve.models import Goal
from samskap.kernel.actions import ActionError
from samskap.people.api import School
from samskap.results import api as results


@dataclass(frozen=True)
class Start:
    """Where a goal on an indicator would start: the newest published figure with its interval; None when none may be shown."""

    indicator: results.IndicatorRef
    point: results.Point | None
    hidden_since: tuple[str, ...] = ()  # the school years after it whose figure is masked


NO_BASE: dict[str, Any] = {"base_year": None, "base_value": None, "base_low": None, "base_high": None}


def choices(school: School, chosen: str = "") -> list[tuple[str, str]]:
    """(code, name) of what the school has published figures for, and of what was chosen before."""
    found = {ref.code: ref.name for ref in results.indicators_for(school)}
    known = results.indicator(chosen)
    return list(found.items() if known is None else ({chosen: known.name} | found).items())


def start(school: School, code: str) -> Start | None:
    """Where a goal would start; None for no indicator."""
    indicator = results.indicator(code)
    if indicator is None:
        return None
    view = results.series(school, code)
    if view is None or view.latest is None:
        return Start(indicator, None)
    later = (point for point in view.points if point.year > view.latest.year)
    return Start(indicator, view.latest, tuple(point.label for point in later if point.value is None))


def base_now(school: School, code: str) -> dict[str, Any]:
    """The columns of a goal that starts from the newest published figure. Raises ActionError when there is none."""
    found = start(school, code)
    if found is None or found.point is None:
        text = _("There is no figure to start from. It may be masked. Choose a sign you can see instead.")
        raise ActionError(text, "indicator")
    return _columns(found.point)


def base_in(school: School, code: str, year: int) -> dict[str, Any]:
    """The columns of a goal that starts from the figure of a given year. Raises ActionError when that year has none."""
    view = results.series(school, code)
    point = next((p for p in view.points if p.year == year), None) if view else None
    if point is None or point.value is None:
        raise ActionError(_("There is no figure for this year."), "base_year")
    return _columns(point)


def _columns(point: results.Point) -> dict[str, Any]:
    return {"base_year": point.year, "base_value": point.value, "base_low": point.low, "base_high": point.high}


def check_target(code: str, target: float | None, base: float | None = None) -> None:
    """Raise ActionError where there is no figure to aim at, one that the indicator can never have, or one that is no step on."""
    if target is None:
        raise ActionError(_("Write the figure you want to reach."), "target")
    found = results.indicator(code)
    if found is not None and not rules.on_scale(target, found.scale):
        low, high = rules.SCALES[found.scale]
        text = _("The figure must be between %(low)d and %(high)d.") % {"low": low, "high": high}
        raise ActionError(text, "target")
    if found is not None and base is not None:
        told = {"base": results.level(found, base)}
        if round(target, found.decimals) == round(base, found.decimals):
            raise ActionError(_("This is where you start: %(base)s. Choose a figure that is a step on.") % told, "target")
        if rules.aims_lower(target, base, higher_is_better=found.higher_is_better):
            raise ActionError(_("The figure is weaker than where you start: %(base)s.") % told, "target")


def freeze(goal: Goal) -> dict[str, Any]:
    """The series as it stands, with its uncertainty and the honest sentence: kept with the evaluation for good."""
    view = results.series(goal.plan.school, goal.indicator) if goal.indicator else None
    if view is None:
        return {}
    latest = view.latest
    newer = latest is not None and goal.base_year is not None and latest.year > goal.base_year
    verdict, sentence = ("no_basis", "")
    if newer and latest is not None and goal.base_year is not None:
        verdict, sentence = results.change_sentence(goal.plan.school, goal.indicator, goal.base_year, latest.year)
    return {
        "indicator": view.indicator.name,
        "code": goal.indicator,
        "decimals": view.indicator.decimals,
        "unit": view.indicator.unit_label,
        "breaks": list(view.breaks),
        "verdict": verdict,
        "sentence": sentence,
        "has_new_figure": newer,
        "target_met": _met(goal, latest.value if newer and latest else None, view.indicator.higher_is_better),
        "points": [_point(point) for point in view.points],
    }


def _met(goal: Goal, value: float | None, higher_is_better: bool) -> bool | None:
    return rules.target_met(value, goal.target, higher_is_better=higher_is_better)


def _point(point: results.Point) -> dict[str, Any]:
    return {
        "year": point.year, "label": point.label, "status": point.status, "value": point.value, "low": point.low,
        "high": point.high, "n": point.n,
    }  # fmt: skip
