"""Where the pupils of a case stand, as the rule for ending looks at them; and looking at them anew when the duty begins again."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from samskap.cases import rules
from samskap.cases.models import Case, CasePupil, Measure, Part, Plan, Safe, Touched
from samskap.kernel import clock


def subjects_of(case: Case) -> QuerySet[CasePupil]:
    """Those whose environment it is, who are in the case today."""
    return CasePupil.objects.filter(case=case, part=Part.SUBJECT, left_at=None).select_related("plan").order_by("added_at", "id")


def is_left_alone(plan: Plan) -> bool:
    """A pupil of it says no or not yet, and no evaluation lies ahead (§ 12-4 third paragraph e): nothing is ever due again."""
    ahead = plan.evaluate_on is not None and waits(plan)
    return not ahead and any(pupil.not_safe for pupil in CasePupil.objects.filter(plan=plan, left_at=None))


def subject_facts(pupil: CasePupil, *, lacking: Collection[UUID]) -> rules.SubjectFacts:
    """A pupil whose environment it is, as the rule for ending looks at it. ``lacking``: plans in which something is missing."""
    plan = pupil.plan
    return rules.SubjectFacts(
        answer=rules.Safe(pupil.answer) if pupil.answer else None,
        no_answer_reason=pupil.no_answer_at is not None,
        guardian_says_no=pupil.guardian_no_at is not None,
        plan_in_force=plan is not None and plan.in_force_at is not None,
        plan_whole=plan is not None and plan.pk not in lacking,
        evaluated=plan is not None and _evaluated(plan, pupil.begun_again_at),
        best_interest=pupil.weighed_on is not None,
    )


def _evaluated(plan: Plan, since: datetime | None) -> bool:
    """Was it evaluated last of all that was done with it, and after the duty began again?"""
    if plan.in_force_at is None or plan.evaluated_on is None:
        return False
    return since is None or plan.changed_at > since


def look_anew(pupil: CasePupil, at: datetime) -> None:
    """What was said and weighed for a pupil before a moment counts for no end any more. Inside an action."""
    facts = rules.after_restart(subject_facts(pupil, lacking=()))
    if facts.answer is None:
        pupil.answer, pupil.answered_at = Safe.NONE, None
    if not facts.no_answer_reason:
        pupil.no_answer_at = None
    if not facts.best_interest:
        pupil.weighed_on = None
    pupil.begun_again_at = at
    pupil.save()


def counts_for_end(case: Case) -> bool:
    """Has anything been said, weighed or evaluated that a new beginning would look at anew?"""
    found = [subject_facts(pupil, lacking=()) for pupil in subjects_of(case)]
    return any(rules.after_restart(facts) != facts for facts in found)


def lacking_in(pupils: Iterable[CasePupil]) -> set[UUID]:
    """The pupils' plans in force in which something is missing, with at most two queries and nothing opened.

    What a plan in force shall solve is never empty: ``write_plan`` refuses it.
    """
    plans = {one.plan.pk: one.plan.evaluate_on for one in pupils if one.plan is not None and one.plan.in_force_at is not None}
    measures: dict[UUID, list[rules.MeasureFacts]] = {}
    own = Measure.objects.filter(plan__in=plans, removed_at=None)
    lent = Touched.objects.filter(pupil__plan__in=plans, pupil__left_at=None, measure__pupil=None, measure__removed_at=None)
    rows = [
        *own.values_list("plan", "starts_on", "responsible"),
        *lent.values_list("pupil__plan", "measure__starts_on", "measure__responsible"),
    ]
    for plan, starts_on, responsible in rows:
        measures.setdefault(plan, []).append(rules.MeasureFacts(starts_on is not None, responsible is not None))
    return {pk for pk, due in plans.items() if rules.missing(rules.PlanFacts("…", measures.get(pk, ()), due))}


def begun_on(pupil: CasePupil) -> date | None:
    """The day on which the duty began again for this pupil; None where it never did."""
    return timezone.localdate(pupil.begun_again_at) if pupil.begun_again_at else None


def waits(plan: Plan) -> bool:
    """It has not been evaluated for the day that was set."""
    return plan.evaluated_on is None or (plan.evaluate_on is not None and plan.evaluated_on < plan.evaluate_on)


def acted(pupil: CasePupil) -> bool:
    """Has the plan been changed or evaluated since the pupil said no?"""
    return pupil.plan is not None and pupil.answered_at is not None and pupil.plan.changed_at > pupil.answered_at


def is_late(plan: Plan) -> bool:
    """In force, and its evaluation is over the day (§ 12-4 third paragraph, letter e)."""
    return plan.in_force_at is not None and rules.is_overdue(plan.evaluate_on, plan.evaluated_on, clock.today())
