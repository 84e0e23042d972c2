"""What several actions of cases share."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from samskap.cases import letters, responsible, texts
from samskap.cases.models import Case, CasePupil, Entry, EntryKind, Measure, Meeting, Plan, Safe, Stage, State
from samskap.cases.policy import RECUSALS, WORK
from samskap.cases.standing import subjects_of
from samskap.kernel import clock, outbox, policy
from samskap.kernel.actions import ActionError
from samskap.kernel.policy import Actor
from samskap.people import api as people
from samskap.people.api import Person

SHORTEST_REASON = 15
# One message within so many minutes: it says only "read now", and the list shows all that waits.
BETWEEN = timedelta(minutes=10)
TALK_AFTER_WEEKS = 6


def locked(case: Case) -> Case:
    """The row as it stands now, held until the transaction ends."""
    return Case.objects.select_for_update(of=("self",)).select_related("school").get(pk=case.pk)


def begin(by: Actor, case: Case, verb: str = WORK) -> Case:
    """The row, held; only for one who may use the verb at this moment."""
    row = locked(case)
    policy.require(verb, by, row)
    return row


def begin_open(by: Actor, case: Case, verb: str = WORK) -> Case:
    """Like ``begin``, for what is done only while the case is followed up. Raises ActionError."""
    row = begin(by, case, verb)
    if row.state != State.OPEN:
        raise ActionError(_("The follow-up has ended. Take it up again first."))
    return row


def folder(pupil: CasePupil, case: Case) -> CasePupil:
    """The pupil's folder as it stands now, held; its case must be ``case``. Raises ActionError for one who was taken out.

    Nothing is done in a folder that was left: what a pupil says there would count for nothing.
    """
    held = CasePupil.objects.select_for_update().get(pk=pupil.pk, case=case)
    if held.left_at is not None:
        raise ActionError(_("This pupil has been taken out of the case. Add the pupil again first."))
    return held


def needed(text: str, field: str) -> str:
    """A text that must be there. Raises ActionError."""
    if not text.strip():
        raise ActionError(_("This must be filled in."), field)
    return text.strip()


def reason(text: str, field: str = "reason") -> str:
    """A reason in a sentence or two. Raises ActionError."""
    if len(text.strip()) < SHORTEST_REASON:
        raise ActionError(_("Write the reason in a sentence or two."), field)
    return text.strip()


def not_later(day: date, field: str) -> date:
    """A day on which something happened. Raises ActionError for one that lies ahead."""
    if day > clock.today():
        raise ActionError(_("The day cannot lie ahead."), field)
    return day


def note(
    case: Case,
    kind: EntryKind,
    by: Actor,
    text: str = "",
    *,
    pupil: CasePupil | None = None,
    plan: Plan | None = None,
    on: date | None = None,
    home: bool = False,
    corrects: Entry | None = None,
    **more: object,
) -> Entry:
    """Write a line of the timeline. Inside an action."""
    entry = Entry(
        case=case, pupil=pupil, plan=plan, kind=kind, happened_on=on or clock.today(), at=clock.now(), author_id=by.person_id,
        home=home, corrects=corrects,
    )  # fmt: skip
    texts.lock(case, entry, {"text": text, **more})
    entry.save(force_insert=True)
    if home:
        letters.tell_homes(case, pupil=pupil, plan=plan, but=by.person_id)
    return entry


def put_in_order(case: Case) -> None:
    """Note what presses, and the earliest day on which something is due, and save. Inside an action, last.

    They stand on the case, so that a list of ten thousand cases is put in order without looking into each of them.
    """
    open_case = case.state == State.OPEN
    case.says_no, case.due_on = _says_no(case), min(_due(case), default=None)
    case.next_on = min(_dues(case), default=None) if open_case else case.talk_on if case.talk_held_on is None else None
    case.save()


def _says_no(case: Case) -> bool:
    """A pupil whose environment it is said no, and the plan has not been touched since."""
    said = subjects_of(case).filter(answer=Safe.NO)
    return said.filter(Q(plan=None) | Q(plan__changed_at__lte=F("answered_at"))).exists()


def _due(case: Case) -> Iterable[date]:
    """From when an evaluation is due, and each measure is over its last day."""
    plans = Plan.objects.filter(pupils__in=subjects_of(case), in_force_at__isnull=False)
    due = plans.filter(Q(evaluated_on=None) | Q(evaluated_on__lt=F("evaluate_on")), evaluate_on__isnull=False)
    yield from filter(None, due.values_list("evaluate_on", flat=True))
    yield from (last + timedelta(days=1) for last in _last_days(case))


def _last_days(case: Case) -> Iterable[date]:
    """The last day of each measure that nobody has said is carried out."""
    waiting = Measure.objects.filter(case=case, removed_at=None, stage__in=(Stage.PLANNED, Stage.STARTED), ends_on__isnull=False)
    return filter(None, waiting.values_list("ends_on", flat=True))


def _dues(case: Case) -> Iterable[date]:
    yield from map(timezone.localdate, _unheard_since(case))
    plans = Plan.objects.filter(case=case, pupils__left_at=None, pupils__isnull=False)
    due = plans.filter(Q(evaluated_on=None) | Q(evaluated_on__lt=F("evaluate_on")), evaluate_on__isnull=False)
    yield from filter(None, due.values_list("evaluate_on", flat=True))
    yield from _last_days(case)
    if case.investigate_since is not None:
        yield timezone.localdate(case.investigate_since)
    called = Meeting.objects.filter(case=case, state=Meeting.State.CALLED).order_by("starts_at").first()
    if called is not None:
        yield timezone.localdate(called.starts_at)
    if not plans.exists() or plans.filter(in_force_at=None).exists():
        yield timezone.localdate(case.restarted_at or case.opened_at)  # "snarest" begins when the duty begins


def _unheard_since(case: Case) -> Iterable[datetime]:
    """Since when each pupil is in the case whom nobody has talked with: that waits for no measure's day (§§ 10-2, 12-4)."""
    return CasePupil.objects.filter(case=case, left_at=None, heard_on=None).values_list("added_at", flat=True)


def readers_of(case: Case) -> list[Person]:
    """Who leads the case today: those at the school who may, or the owner's handlers."""
    hashes = RECUSALS.hashes(case)
    if case.side == "school" and (here := people.at_school(case.school_id, hashes, trained=True)):
        return [person for person in people.leaders_of(case.school_id) if person.pk in here]
    return [person for person in people.handlers() if people.person_hash(person.pk) not in hashes]


def alarm(case: Case, also: Iterable[Person] = ()) -> None:
    """Tell the responsible one, those who lead it, and ``also``, at once, without saying what. Nobody whom it is about, nor one
    who was responsible while the case was the school's."""
    hashes = RECUSALS.hashes(case)
    in_charge = [case.responsible] if responsible.has_one(case) else []
    told = {person.pk: person for person in [*in_charge, *readers_of(case), *also]}
    for person in told.values():
        if person.account_id is not None and people.person_hash(person.pk) not in hashes:
            outbox.queue_apart(letters.NOW, person.account_id, tenant_id=case.tenant_id, between=BETWEEN)


def person_of(by: Actor) -> UUID:
    """Who acts; an action that needs somebody to stand behind it is never the program's own."""
    if by.person_id is None:
        raise policy.NotAllowed("cases")
    return by.person_id
