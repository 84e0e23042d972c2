"""The owner's counts over cases that it may not open: released through disclosure control, never read off rows."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from samskap.cases.models import Case, Part, Plan, Side, State
from samskap.kernel import clock
from samskap.kernel.release import release
from samskap.people.api import School
from samskap.stats.api import Cell, ReleasedTable, Table


@dataclass(frozen=True)
class SchoolCount:
    """A school. ``going_on`` and ``overdue`` None: there are too few cases to show a count."""

    school: School
    going_on: int | None
    overdue: int | None


@dataclass(frozen=True)
class Overview:
    """All schools, and all of them together; None: too few. ``least``: how many cases must stand behind a count."""

    schools: tuple[SchoolCount, ...]
    least: int
    going_on: int | None
    overdue: int | None


def overview() -> Overview:
    """How many cases each school follows up, and in how many an evaluation is over its date (§ 12-4 third paragraph, letter e).

    Behind both counts stand the school's cases: below the threshold neither is shown, and the total only where all are, so that
    nothing can be told by subtracting. What the owner itself works on is in no school's count: it would tell that a leadership
    is involved.
    """
    schools = list(School.objects.filter(active=True).order_by("sort_key"))
    rows = Case.objects.filter(state=State.OPEN, side=Side.SCHOOL)
    all_of, late_of = _by_school(rows), _by_school(rows.filter(pk__in=_overdue().values("case")))
    found = {school.pk: (all_of[school.pk], late_of[school.pk]) for school in schools}
    going_on = _released({str(pk): (all_, all_) for pk, (all_, _late) in found.items()})
    overdue = _released({str(pk): (late, all_) for pk, (all_, late) in found.items()})
    lines = (SchoolCount(one, _shown(going_on, str(one.pk)), _shown(overdue, str(one.pk))) for one in schools)
    return Overview(tuple(lines), going_on.thresholds.respondents, _total(going_on), _total(overdue))


def _by_school(rows: QuerySet[Case]) -> Counter[UUID]:
    return Counter(dict(rows.order_by().values("school").annotate(number=Count("pk")).values_list("school", "number")))


def _overdue() -> QuerySet[Plan]:
    """Plans in force of those whom a case is about, whose evaluation is over its date."""
    waits = Q(evaluated_on=None) | Q(evaluated_on__lt=F("evaluate_on"))
    rows: QuerySet[Plan] = Plan.objects.filter(
        waits, in_force_at__isnull=False, evaluate_on__lt=clock.today(), pupils__part=Part.SUBJECT,
        pupils__left_at=None,
    )  # fmt: skip
    return rows


def _released(counts: dict[str, tuple[int, int]]) -> ReleasedTable:
    """``counts``: a count, and how many cases stand behind it."""
    cells = [Cell(key, float(value), behind) for key, (value, behind) in counts.items()]
    total = Cell("total", float(sum(value for value, _n in counts.values())), sum(n for _value, n in counts.values()))
    return release(Table(cells, total=total))


def _shown(table: ReleasedTable, key: str) -> int | None:
    value = table.cell(key).value
    return None if value is None else round(value)


def _total(table: ReleasedTable) -> int | None:
    return None if table.total is None or table.total.value is None else round(table.total.value)
