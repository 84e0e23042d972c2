"""A pupil of a case: taken out when it was a mistake, and which plan is theirs."""

from django.utils.translation import gettext as _

from samskap.cases import marks, texts
from samskap.cases.actions.home import close_for
from samskap.cases.actions.opening import new_plan
from samskap.cases.actions.order import put_in_order
from samskap.cases.actions.plans import held_plan, standing_changed
from samskap.cases.actions.steps import begin_open, folder, note, reason
from samskap.cases.models import Case, CasePupil, EntryKind, Measure, NameMark, Part, Plan, Stage, Touched
from samskap.cases.policy import LEAD
from samskap.kernel import audit, clock
from samskap.kernel.actions import ActionError, action
from samskap.kernel.policy import Actor


@action
def take_out(*, by: Actor, pupil: CasePupil, why: str) -> CasePupil:
    """The pupil has nothing to do with it: the folder closes, also for the family. What was written stays, with the reason.

    Raises ActionError for the last pupil whose environment it is, and for one who has said that it is not safe, or for whom home
    has: a "no" is followed up, never put away.
    """
    row = begin_open(by, pupil.case, LEAD)
    held = folder(pupil, row)
    _may_leave(row, held)
    why = reason(why, "why")
    for measure in Measure.objects.filter(case=row, pupil=held, removed_at=None).exclude(stage=Stage.ENDED):
        measure.stage = Stage.ENDED
        measure.save()
    Touched.objects.filter(pupil=held).delete()
    held.left_at = clock.now()
    held.save()
    close_for(row, None, pupil=held)
    _forget_name(row, held)
    note(row, EntryKind.LEFT, by, why, pupil=held)
    put_in_order(row)
    audit.record(by, "cases.pupil_taken_out", row, part=str(held.part))
    return held


def _may_leave(case: Case, held: CasePupil) -> None:
    others = CasePupil.objects.filter(case=case, part=Part.SUBJECT, left_at=None).exclude(pk=held.pk)
    if held.part == Part.SUBJECT and not others.exists():
        raise ActionError(_("It is the only pupil that the case is about. End the follow-up instead."))
    if held.not_safe:
        raise ActionError(_("The pupil has not said that it is safe and good. It is followed up until the pupil says so."))
    if held.guardian_no_at is not None:
        raise ActionError(_("Home says no: find out, and ask the pupil first."))


def _forget_name(case: Case, held: CasePupil) -> None:
    """The case is no longer found by the pupil's name, but by the words that others there have too."""
    rows = CasePupil.objects.filter(case=case, left_at=None)
    left = marks.words_of(str((texts.unlock_whole(case, row) or {}).get("name", "")) for row in rows)
    NameMark.objects.filter(case=case).exclude(mark__in=left).delete()


@action
def choose_plan(*, by: Actor, pupil: CasePupil, plan: Plan | None) -> Plan:
    """The pupil's plan from now on: an own one (None), or one that others of the case have too.

    The measures of a plan that was the pupil's alone come along, aimed at the pupil, so that no other family reads them. Out of a
    plan in common comes what is aimed at the pupil, and what is done for all goes on by reference. Raises ActionError for a pupil
    who needs no plan, or who has that plan.
    """
    row = begin_open(by, pupil.case)
    held = folder(pupil, row)
    if held.part != Part.SUBJECT:
        raise ActionError(_("Only a pupil whose environment it is has a plan."), "plan")
    before = held.plan
    alone = before is not None and not _others_of(before, held)
    if (plan is None and alone) or (plan is not None and plan.pk == held.plan_id):
        raise ActionError(_("That is the pupil's plan already."), "plan")
    chosen = held_plan(plan, row) if plan is not None else new_plan(row, common=False)
    held.plan = chosen
    held.save()
    if before is not None:
        _bring_along(before, chosen, held, alone=alone)
    if _others_of(chosen, held) and not chosen.common:
        chosen.common = True
        chosen.save()
    standing_changed(by, row, [chosen] if alone else [chosen, before])
    note(row, EntryKind.PLAN, by, pupil=held, plan=chosen, change="common" if chosen.common else "own")
    put_in_order(row)
    audit.record(by, "cases.plan_chosen", row, common=chosen.common)
    return chosen


def _bring_along(before: Plan, chosen: Plan, held: CasePupil, *, alone: bool) -> None:
    """What stands in the plan that the pupil leaves. What is lent to other plans is for all already, and stays so."""
    rows = Measure.objects.filter(plan=before, removed_at=None)
    if not alone:
        for measure in rows.filter(pupil=None):
            Touched.objects.get_or_create(measure=measure, pupil=held)
        rows.filter(pupil=held).update(plan=chosen)
        return
    rows.filter(pupil=None, touches=None).update(pupil=held)
    rows.update(plan=chosen)


def _others_of(plan: Plan, held: CasePupil) -> bool:
    return CasePupil.objects.filter(plan=plan, left_at=None).exclude(pk=held.pk).exists()
