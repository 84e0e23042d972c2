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
class Base:
    """Where a goal starts: the newest published figure with its interval."""

    year: int
    value: float
    low: float | None
    high: float | None


NO_BASE: dict[str, Any] = {"base_year": None, "base_value": None, "base_low": None, "base_high": None}


def choices(school: School) -> list[tuple[str, str]]:
    """(code, name) of what the school has published figures for."""
    return [(ref.code, ref.name) for ref in results.indicators_for(school)]


def base_of(school: School, code: str) -> Base | None:
    """The newest published figure; None when there is none that may be shown."""
    view = results.series(school, code)
    latest = view.latest if view else None
    if latest is None or latest.value is None:
        return None
    return Base(latest.year, latest.value, latest.low, latest.high)


def base_in(school: School, code: str, year: int) -> dict[str, Any]:
    """The columns of a goal that starts from the figure of a given year. Raises ActionError when that year has none."""
    view = results.series(school, code)
    point = next((p for p in view.points if p.year == year), None) if view else None
    if point is None or point.value is None:
        raise ActionError(_("There is no figure for this year."), "base_year")
    return {"base_year": year, "base_value": point.value, "base_low": point.low, "base_high": point.high}


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
