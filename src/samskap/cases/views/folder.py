"""A pupil's folder in a case: the own answers and talks, what is done for the pupil, those at home, documents."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from samskap.cases import queries, queries_family
from samskap.cases.models import CasePupil
from samskap.cases.policy import FOLDER, LEAD, WORK
from samskap.cases.queries import CaseView, Folder, MeasureLine
from samskap.cases.rules import Shown
from samskap.cases.views import wording
from samskap.cases.views.at_home import card
from samskap.cases.views.case import moves, read, short
from samskap.cases.views.common import crumbs, show
from samskap.cases.views.log import log
from samskap.cases.views.papers import of_one
from samskap.cases.views.stepping import At, offered
from samskap.cases.views.steps import PUPIL
from samskap.kernel import policy
from samskap.kernel.access import Request, access


@access(FOLDER, "pupil", strong=True)
@require_safe
def page(request: Request, pupil: CasePupil) -> HttpResponse:
    """All that is about one pupil of a case."""
    view = read(request, pupil.case)
    known = {row.pk: queries.folder(view.row, row) for row in CasePupil.objects.filter(case=view.row).select_related("plan")}
    one, at = known[pupil.pk], At(request.actor, view, known[pupil.pk].row)
    events = queries.timeline(view.row, known, pupil=one.row)
    may_work, may_lead = policy.may(WORK, request.actor, view.row), policy.may(LEAD, request.actor, view.row)
    return show(
        request, "folder", case=view.row, pupil=wording.pupil(one, _links(at, one)), crumbs=crumbs(view.row, one.name),
        plan=next((wording.plan(found, view.row) for found in view.plans if found.row.pk == one.row.plan_id), None),
        measures=[wording.measure(line, moves(at, line), wording.to_change(view)) for line in _measures(view, one)],
        events=log(at, [wording.event(told, view) for told in events]), may_work=may_work,
        home=[card(one.row, found, may_lead=may_lead) for found in queries_family.at_home(view.row, one.row)],
        documents=of_one(one.row, may_lead) if may_work and one.row.left_at is None else [],
    )  # fmt: skip


def _links(at: At, one: Folder) -> list[tuple[str, str]]:
    if one.row.left_at is not None:
        return []
    names = short(offered(PUPIL, at))
    return [(words, reverse("cases:pupil_step", args=[one.row.pk, name]) + "?fra=mappe") for name, words in names]


def _measures(view: CaseView, one: Folder) -> Iterator[MeasureLine]:
    """What stands in the pupil's plan, and what is aimed at the pupil outside any plan."""
    for plan in view.plans:
        if plan.row.pk == one.row.plan_id:
            yield from (line for line in plan.measures if line.shown != Shown.FULL or line.row.pupil_id in (None, one.row.pk))
    yield from (line for line in view.loose if line.row.pupil_id == one.row.pk)
