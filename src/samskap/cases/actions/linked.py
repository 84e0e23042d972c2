"""A case and the reports that it follows up have one shutter: whoever must not see the one does not see the other (§ 12-5)."""

from django.utils import timezone

from samskap.cases.models import Case, CaseReport, Concerns, Recusal, Side
from samskap.cases.policy import RECUSALS
from samskap.kernel import clock
from samskap.kernel.policy import Actor
from samskap.people.api import Person
from samskap.voice import api as voice
from samskap.voice.api import Report


def take_over(row: Case, report: Report) -> None:
    """The duties that a report brings along become the case's. Inside an action."""
    take_over_concerns(row, report)
    row.known_at = min(row.known_at, report.known_at)
    row.raised_on = min(row.raised_on, timezone.localdate(report.known_at))
    row.passed_on_at = row.passed_on_at or report.forwarded_at
    row.groundless_at = row.groundless_at or report.groundless_at


def take_over_concerns(row: Case, report: Report) -> None:
    """Whom the report concerns, the case concerns: never less than before."""
    row.concerns = max(row.concerns, report.concerns, key=list(Concerns.values).index)


def take_over_recusals(row: Case, report: Report) -> set[str]:
    """Whoever must not read the report must not see the case. Returns the hashes that are new. Inside an action."""
    marks = voice.about(report) - RECUSALS.hashes(row)
    for mark in sorted(marks):
        Recusal(case=row, person_hash=mark, at=clock.now()).save(force_insert=True)
    return marks


def close_reports(by: Actor, row: Case, responsible: Person | None) -> None:
    """Close the reports to whom the case is closed; what the municipality works, it also reads and answers. Inside an action.

    ``responsible``: whose name the sender is given for what goes over now; None while nobody can be.
    """
    shutter = voice.Shutter(RECUSALS.hashes(row), row.side == Side.OWNER, row.concerns == Concerns.LEADERSHIP, responsible)
    for report in _reports(row):
        voice.shut_with(by, report, shutter)


def give_back_reports(by: Actor, row: Case, reason: str) -> None:
    """The reports go to the school with the case. Inside an action."""
    for report in _reports(row):
        voice.return_with(by, report, responsible=row.responsible, reason=reason)


def _reports(row: Case) -> list[Report]:
    links: list[CaseReport] = list(CaseReport.objects.filter(case=row).select_related("report").order_by("report_id"))
    return [link.report for link in links]
