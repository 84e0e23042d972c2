"""What presses in a case, as conditions of the database: ``rules_order`` says the same; a test holds the two together."""

from datetime import date

from django.db.models import Case as Choose
from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from samskap.cases.models import Case, CasePupil, Concerns, Measure, Part, Safe, Stage
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
    return rows.annotate(pressing=pressing).order_by("pressing", "next_on", "known_at", "id")


def owes_owner() -> Q:
    """It names an employee, and the municipality has not been told (§ 12-5 first paragraph)."""
    return Q(concerns=Concerns.EMPLOYEE, passed_on_at=None, groundless_at=None)


def pupil_says_no() -> Q:
    """A pupil said no, and the plan has not been touched since."""
    said = CasePupil.objects.filter(case=OuterRef("pk"), part=Part.SUBJECT, left_at=None, answer=Safe.NO)
    return Q(Exists(said.filter(Q(plan=None) | Q(plan__changed_at__lte=F("answered_at")))))


def home_says_no() -> Q:
    """Somebody at home said no, and nobody has found out."""
    return Q(investigate_since__isnull=False)


def due(today: date) -> Q:
    """An evaluation whose day has come, or a measure that is over its date."""
    subjects = CasePupil.objects.filter(case=OuterRef("pk"), part=Part.SUBJECT, left_at=None, plan__in_force_at__isnull=False)
    waits = Q(plan__evaluated_on=None) | Q(plan__evaluated_on__lt=F("plan__evaluate_on"))
    evaluate = subjects.filter(waits, plan__evaluate_on__lte=today)
    late = Measure.objects.filter(case=OuterRef("pk"), removed_at=None, stage__in=(Stage.PLANNED, Stage.STARTED))
    # What is due has its day in ``next_on`` too, so that only those are looked into.
    return Q(next_on__lte=today) & (Q(Exists(evaluate)) | Q(Exists(late.filter(ends_on__lt=today))))
