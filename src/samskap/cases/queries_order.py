"""What presses in a case, as conditions of the database: ``rules_order`` says the same; tests hold the two together.

They look at the case's own columns alone, which ``actions.order.put_in_order`` keeps: a list stays quick however long it is.
"""

from datetime import date

from django.db.models import Case as Choose
from django.db.models import F, IntegerField, Q, QuerySet, Value, When

from samskap.cases.models import Case, Concerns
from samskap.cases.rules_order import Pressing
from samskap.kernel import clock


def in_order(rows: QuerySet[Case]) -> QuerySet[Case]:
    """What must be done at once first, then what is due first."""
    today = clock.today()
    choices = (
        (owes_owner(), Pressing.TELL_OWNER), (pupil_says_no(), Pressing.SAYS_NO), (home_says_no(), Pressing.FIND_OUT),
        (due(today), Pressing.DUE),
    )  # fmt: skip
    whens = [When(found, then=Value(int(rank))) for found, rank in choices]
    pressing = Choose(*whens, default=Value(int(Pressing.COMING)), output_field=IntegerField())
    return rows.annotate(pressing=pressing).order_by("pressing", F("next_on").asc(nulls_last=True), "known_at", "id")


def presses(today: date) -> Q:
    """One of those that stand before what is only to come."""
    return owes_owner() | pupil_says_no() | home_says_no() | due(today)


def owes_owner() -> Q:
    """It names an employee, and the municipality has not been told (§ 12-5 first paragraph)."""
    return Q(concerns=Concerns.EMPLOYEE, passed_on_at=None, groundless_at=None)


def pupil_says_no() -> Q:
    """A pupil said no, and the plan has not been touched since."""
    return Q(says_no=True)


def home_says_no() -> Q:
    """Somebody at home said no, and nobody has found out."""
    return Q(investigate_since__isnull=False)


def due(today: date) -> Q:
    """An evaluation whose day has come, or a measure that is over its last day."""
    return Q(due_on__lte=today)
