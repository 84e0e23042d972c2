"""Cases hear what senders write in reports that they follow up, and offer a way on from a report."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.cases.actions.answers import begin_again
from samskap.cases.actions.steps import alarm, locked, note, put_in_order
from samskap.cases.models import Case, CaseReport, EntryKind
from samskap.cases.policy import OPEN, READ
from samskap.kernel import policy
from samskap.kernel.policy import Actor
from samskap.voice import api as voice
from samskap.voice.api import Message, MessageKind, Report, Way


def hear(by: Actor, report: Report, message: Message) -> bool:
    """A sender has written in a report that a case follows up: "it is not better" starts the duty again, also after the end."""
    link = CaseReport.objects.filter(report=report).first()
    if link is None:
        return False
    row = locked(Case.objects.get(pk=link.case_id))
    note(row, EntryKind.REPORT, by, report=str(report.pk), message=str(message.pk), what=str(message.kind))
    if message.kind == MessageKind.NOT_BETTER:
        begin_again(by, row, None)
    else:
        alarm(row)
    put_in_order(row)
    return True


def ways(actor: Actor, report: Report) -> Iterator[Way]:
    """From a report to its case, or to a new one."""
    link = CaseReport.objects.filter(report=report).select_related("case").first()
    if link is not None:
        if policy.may(READ, actor, link.case):
            yield Way(_("It is followed up in a case."), link.case.name, reverse("cases:case", args=[link.case_id]), first=True)
        return
    if policy.may(OPEN, actor, report.school) and voice.may_lead(actor, report):
        text = _("Follow it up until the pupil says that it is safe.")
        yield Way(text, _("Open a case"), reverse("cases:from_report", args=[report.pk]), first=True)


voice.follow_up(hear=hear, ways=ways)
