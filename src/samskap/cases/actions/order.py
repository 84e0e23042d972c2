"""What presses in a case, kept on the case itself, so that a list of ten thousand is put in order without looking into each."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.utils import timezone

from samskap.cases.models import Case, CasePupil, Measure, Meeting, Part, Plan, Safe, Stage, State
from samskap.cases.standing import acted, waits


def put_in_order(case: Case) -> None:
    """Note what presses, and the earliest day on which something is due, and save. Inside an action, last."""
    pupils = list(CasePupil.objects.filter(case=case, left_at=None).select_related("plan").defer("content"))
    subjects = [one for one in pupils if one.part == Part.SUBJECT]
    last_days = list(_last_days(case))
    case.says_no = any(one.answer == Safe.NO and not acted(one) for one in subjects)
    in_force = [plan for plan in _plans(subjects) if plan.in_force_at is not None]
    case.due_on = min([*_evaluations(in_force), *(day + timedelta(days=1) for day in last_days)], default=None)
    if case.state == State.OPEN:
        found = [*_unheard(pupils), *_evaluations(_plans(pupils)), *last_days, *_at_once(case, _plans(pupils))]
        case.next_on = min(found, default=None)
    else:
        case.next_on = case.talk_on if case.talk_held_on is None else None
    case.save()


def _plans(pupils: Iterable[CasePupil]) -> set[Plan]:
    return {one.plan for one in pupils if one.plan is not None}


def _evaluations(plans: Iterable[Plan]) -> Iterable[date]:
    """The day of each evaluation that has not been held."""
    return (plan.evaluate_on for plan in plans if plan.evaluate_on is not None and waits(plan))


def _unheard(pupils: Iterable[CasePupil]) -> Iterable[date]:
    """Since when each is in the case whom nobody has talked with: that waits for no measure's day (§§ 10-2, 12-4)."""
    return (timezone.localdate(one.added_at) for one in pupils if one.heard_on is None)


def _last_days(case: Case) -> Iterable[date]:
    """The last day of each measure that nobody has said is carried out."""
    waiting = Measure.objects.filter(case=case, removed_at=None, stage__in=(Stage.PLANNED, Stage.STARTED), ends_on__isnull=False)
    return filter(None, waiting.values_list("ends_on", flat=True))


def _at_once(case: Case, plans: Collection[Plan]) -> Iterable[date]:
    """What begins when the duty begins ("snarest"), and the next meeting."""
    if case.investigate_since is not None:
        yield timezone.localdate(case.investigate_since)
    called = Meeting.objects.filter(case=case, state=Meeting.State.CALLED).order_by("starts_at").first()
    if called is not None:
        yield timezone.localdate(called.starts_at)
    if not plans or any(plan.in_force_at is None for plan in plans):
        yield timezone.localdate(case.restarted_at or case.opened_at)
