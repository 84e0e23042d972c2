"""Reads for one's day: what waits in the cases that one may open, and the measures that one is to carry out."""

from dataclasses import dataclass

from django.db.models import QuerySet

from samskap.cases import queries_order, responsible, texts
from samskap.cases.models import Case, Measure, Stage, State
from samskap.cases.policy import OWN_MEASURE, WORK
from samskap.kernel import clock, policy
from samskap.kernel.policy import Actor


@dataclass(frozen=True)
class OwnLine:
    """A measure that one is to carry out: the line of the plan, and nothing else of the case."""

    row: Measure
    text: str


def _own(actor: Actor) -> QuerySet[Measure]:
    rows: QuerySet[Measure] = policy.visible(OWN_MEASURE, actor)
    return rows.filter(stage__in=(Stage.PLANNED, Stage.STARTED))


def own_measures(actor: Actor) -> list[OwnLine]:
    """One's own lines that are not carried out yet, what is due first."""
    return [own_line(row) for row in _own(actor).select_related("case__school").order_by("ends_on", "starts_on", "id")]


def just_done(actor: Actor) -> list[OwnLine]:
    """What one said today is carried out, and can take back."""
    rows: QuerySet[Measure] = policy.visible(OWN_MEASURE, actor)
    mine = rows.filter(stage=Stage.DONE, done_on=clock.today(), done_by_id=actor.person_id)
    return [own_line(row) for row in mine.select_related("case__school").order_by("added_at", "id")]


def own_count(actor: Actor) -> int:
    """How many measures one is to carry out. Nothing is opened for it."""
    return _own(actor).count()


def own_line(row: Measure) -> OwnLine:
    """One line, opened."""
    return OwnLine(row, str((texts.unlock_whole(row.case, row) or {}).get("text", "–")))


@dataclass(frozen=True)
class Waiting:
    """What waits in one's cases."""

    owes: int
    due: int
    no: int
    unled: int
    begin: int


def waiting(actor: Actor) -> Waiting:
    """Counts over cases in which the actor works: a guest has no duties there. Nothing is opened for it."""
    rows = policy.visible(WORK, actor).filter(state=State.OPEN).order_by()
    no = rows.filter(queries_order.pupil_says_no() | queries_order.home_says_no())
    owes, due = rows.filter(queries_order.owes_owner()), rows.filter(queries_order.due(clock.today()))
    now = rows.filter(next_on__lte=clock.today()).exclude(queries_order.presses(clock.today()))
    return Waiting(owes.count(), due.count(), no.count(), _unled(rows), now.count())


MOST_LOOKED_THROUGH = 500


def _unled(rows: QuerySet[Case]) -> int:
    """How many of the cases (the oldest ones, where there are very many) have nobody who can be responsible."""
    held = rows.order_by("known_at", "id").only("school_id", "side", "passed_on_at", "responsible_id", "tenant_id")
    found = list(held.select_related(None)[:MOST_LOOKED_THROUGH])
    return len(found) - len(responsible.still(found))
