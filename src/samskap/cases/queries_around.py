"""Reads of what lies around the cases: suggested measures, and questions to PPT without names."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from samskap.cases import texts
from samskap.cases.models import Consultation, Suggestion
from samskap.cases.policy import CONSULT, LIBRARY, WORKS_AT
from samskap.kernel import policy
from samskap.kernel.policy import Actor
from samskap.people.api import Role, School


def suggestions(actor: Actor, school: School | None = None) -> list[Suggestion]:
    """Suggested measures by theme: the municipality's, and those of the schools where one works, or of one school."""
    schools = {school.pk} if school is not None else set(actor.schools(*WORKS_AT, Role.PPT))
    mine = Q(school=None) | Q(school_id__in=schools)
    rows = Suggestion.objects.filter(mine, hidden_at=None).select_related("school")
    order = {theme: number for number, theme in enumerate(Suggestion.Theme.values)}
    return sorted(rows, key=lambda row: (order[row.theme], row.text))


def suggested(actor: Actor, wanted: str) -> str:
    """The text of a suggested measure that one may read; empty for none."""
    return next((row.text for row in suggestions(actor) if str(row.pk) == wanted), "") if policy.may(LIBRARY, actor) else ""


@dataclass(frozen=True)
class Question:
    """A question without names, opened. ``answer``: empty before there is one."""

    row: Consultation
    school: School
    question: str
    answer: str


def question(row: Consultation) -> Question:
    """A question, opened: nothing of its case but the school."""
    words = texts.unlock_whole(row.case, row) or {}
    return Question(row, row.case.school, str(words.get("question", "–")), str(words.get("answer", "")))


def questions(actor: Actor, *, answered: bool = False) -> QuerySet[Consultation]:
    """Questions that schools ask one, the oldest first; the answered ones the newest first."""
    rows: QuerySet[Consultation] = policy.visible(CONSULT, actor).filter(answered_at__isnull=not answered)
    order = ("-answered_at", "id") if answered else ("asked_at", "id")
    return rows.select_related("case__school", "asked_by", "answered_by").order_by(*order)
