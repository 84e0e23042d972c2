"""What presses in the cases that stand already: without it a pupil's no would be neither first in the list nor on anybody's day."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import migrations
from django.db.models import F, Min, Q
from django.utils import timezone

Days = dict[Any, date]


def earliest(*days: Iterable[tuple[Any, date]]) -> Days:
    found: Days = {}
    for case, day in (pair for rows in days for pair in rows):
        found[case] = min(day, found.get(case, day))
    return found


def note(apps: Any, schema_editor: Any) -> None:
    """As ``actions.order.put_in_order`` notes it from now on at each step."""
    alias = schema_editor.connection.alias
    case, pupil, plan, measure = (
        apps.get_model("cases", name)._base_manager.using(alias) for name in ("Case", "CasePupil", "Plan", "Measure")
    )
    subjects, going_on = pupil.filter(part="subject", left_at=None), case.filter(state="open")
    no = subjects.filter(Q(plan=None) | Q(plan__changed_at__lte=F("answered_at")), answer="no")
    case.filter(pk__in=no.values("case")).update(says_no=True)

    waits = plan.filter(Q(evaluated_on=None) | Q(evaluated_on__lt=F("evaluate_on")), evaluate_on__isnull=False)
    evaluations = waits.filter(pupils__in=subjects, in_force_at__isnull=False)
    last = measure.filter(removed_at=None, stage__in=("planned", "started"), ends_on__isnull=False)
    due = earliest(
        evaluations.order_by().values_list("case").annotate(day=Min("evaluate_on")),
        ((pk, day + timedelta(days=1)) for pk, day in last.order_by().values_list("case").annotate(day=Min("ends_on"))),
    )
    unheard = pupil.filter(left_at=None, heard_on=None, case__in=going_on).order_by().values_list("case")
    hear = {pk: timezone.localdate(at) for pk, at in unheard.annotate(at=Min("added_at"))}
    for row in case.filter(pk__in={*due, *hear}).only("next_on").iterator():
        row.due_on = due.get(row.pk)
        row.next_on = min(filter(None, (row.next_on, hear.get(row.pk))), default=None)
        row.save(update_fields=["due_on", "next_on"])


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0006_what_presses"),
    ]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
