"""Reads for one's day: what waits in the cases that one may open, and the measures that one is to carry out."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from samskap.cases import responsible, texts
from samskap.cases.models import Case, CasePupil, Measure, Part, Safe, Stage
from samskap.cases.policy import OWN_MEASURE
from samskap.cases.queries import cases
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


def own_count(actor: Actor) -> int:
    """How many measures one is to carry out. Nothing is opened for it."""
    return _own(actor).count()


def own_line(row: Measure) -> OwnLine:
    """One line, opened."""
    return OwnLine(row, str((texts.unlock_whole(row.case, row) or {}).get("text", "–")))


@dataclass(frozen=True)
class Waiting:
    """What waits in one's cases."""

    due: int
    no: int
    unled: int


def waiting(actor: Actor) -> Waiting:
    """Counts over cases that the actor may all open. Nothing is opened for it."""
    rows = cases(actor).order_by()
    return Waiting(rows.filter(_due(clock.today())).count(), rows.filter(_says_no()).count(), _unled(rows))


def _due(today: date) -> Q:
    """An evaluation whose day has come, or a measure that is over its date (as ``work_of`` and ``_line`` say it)."""
    subjects = CasePupil.objects.filter(case=OuterRef("pk"), part=Part.SUBJECT, left_at=None, plan__in_force_at__isnull=False)
    waits = Q(plan__evaluated_on=None) | Q(plan__evaluated_on__lt=F("plan__evaluate_on"))
    evaluate = subjects.filter(waits, plan__evaluate_on__lte=today)
    late = Measure.objects.filter(case=OuterRef("pk"), removed_at=None, stage__in=(Stage.PLANNED, Stage.STARTED))
    # What is due has its day in ``next_on`` too, so that only those are looked into.
    return Q(next_on__lte=today) & (Q(Exists(evaluate)) | Q(Exists(late.filter(ends_on__lt=today))))


def _says_no() -> Q:
    """A pupil said no and the plan has not been touched since, or somebody at home did and nobody has found out."""
    said = CasePupil.objects.filter(case=OuterRef("pk"), part=Part.SUBJECT, left_at=None, answer=Safe.NO)
    untouched = Q(plan=None) | Q(plan__changed_at__lte=F("answered_at"))
    return Q(investigate_since__isnull=False) | Q(Exists(said.filter(untouched)))


MOST_LOOKED_THROUGH = 500


def _unled(rows: QuerySet[Case]) -> int:
    """How many of the cases (the oldest ones, where there are very many) have nobody who can be responsible."""
    held = rows.order_by("known_at", "id").only("school_id", "side", "passed_on_at", "responsible_id", "tenant_id")
    found = list(held.select_related(None)[:MOST_LOOKED_THROUGH])
    return len(found) - len(responsible.still(found))
