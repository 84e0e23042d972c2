"""What happens next, as a family's page tells it: after a "no" first of all that the school begins anew."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from samskap.cases import marks, rules, texts
from samskap.cases.models import Answer, CasePupil, Meeting, Part, Plan, Safe, Stage, State, Voice
from samskap.cases.policy import FAMILY
from samskap.cases.queries import MeasureLine
from samskap.cases.standing import acted, waits
from samskap.kernel import clock, policy
from samskap.kernel.policy import Actor


@dataclass(frozen=True)
class Coming:
    """What happens next: what, and on which day (None: as soon as it can be); for a meeting also when and where."""

    what: str
    on: date | None = None
    at: time | None = None
    where: str = ""


@dataclass(frozen=True)
class Reader:
    """Who reads: the pupil or somebody at home, and the person's id."""

    who: rules.Who
    person: UUID | None


def coming(held: CasePupil, reader: Reader, measures: Iterable[MeasureLine], mask: Callable[[str], str]) -> Iterator[Coming]:
    """What happens next in a case for one pupil, the most pressing first."""
    case, today = held.case, clock.today()
    if case.state == State.ENDED:
        if case.talk_on is not None and case.talk_held_on is None:
            yield Coming("talk", case.talk_on)
        return
    yield from _after_a_no(held, reader)
    if held.heard_on is None:
        yield Coming("hear")
    for meeting in Meeting.objects.filter(pupil=held, home=True, state=Meeting.State.CALLED).order_by("starts_at"):
        where = mask(str((texts.unlock_whole(case, meeting) or {}).get("where", "")))
        yield Coming("meeting", timezone.localdate(meeting.starts_at), timezone.localtime(meeting.starts_at).time(), where)
    for one in measures:
        if one.row.starts_on is not None and one.row.starts_on > today and one.row.stage == Stage.PLANNED:
            yield Coming("measure", one.row.starts_on)
    yield from _of_plan(held.plan, today)


def _after_a_no(held: CasePupil, reader: Reader) -> Iterator[Coming]:
    """What a "no" sets off, for the one who said it. Neither the pupil nor the other home learns of it from this list."""
    if held.part != Part.SUBJECT:
        return
    if reader.who == rules.Who.PUPIL:
        if held.answer == Safe.NO and not acted(held):
            yield Coming("again")
        return
    if held.guardian_no_at is not None and _said_no(held, reader.person):
        yield Coming("find_out" if held.case.investigate_since is not None else "ask")


def _said_no(held: CasePupil, person: UUID | None) -> bool:
    """Has this guardian said no since the pupil's own last answer?"""
    said = Answer.objects.filter(pupil=held, voice=Voice.GUARDIAN, person_mark=marks.person(person))
    if held.answered_at is not None:
        said = said.filter(at__gte=held.answered_at)
    last = said.order_by("at").last()
    return last is not None and last.safe == Safe.NO


def _of_plan(plan: Plan | None, today: date) -> Iterator[Coming]:
    if plan is None:
        return
    if plan.in_force_at is None:
        yield Coming("plan")
    elif plan.evaluate_on is not None and waits(plan):
        # A day that has passed is no promise any more.
        yield Coming("evaluate", plan.evaluate_on if plan.evaluate_on >= today else None)


def meetings(actor: Actor) -> QuerySet[Meeting]:
    """The meetings to which the actor is invited on a page that is open to them, the earliest first, until the day is over."""
    pages: QuerySet[CasePupil] = policy.visible(FAMILY, actor)
    morning = datetime.combine(clock.today(), time(), clock.OSLO)
    rows = Meeting.objects.filter(pupil__in=pages, home=True, state=Meeting.State.CALLED, starts_at__gte=morning)
    return rows.order_by("starts_at", "id")
