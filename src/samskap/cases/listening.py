"""Cases hear what senders write in reports that they follow up, close as those are closed, and offer a way on from a report."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.cases import marks, rules
from samskap.cases.actions.access import settle_who_leads
from samskap.cases.actions.answers import answer, begin_again
from samskap.cases.actions.home import close_for
from samskap.cases.actions.linked import take_over_concerns, take_over_recusals
from samskap.cases.actions.order import put_in_order
from samskap.cases.actions.steps import alarm, locked, note
from samskap.cases.models import Case, CasePupil, CaseReport, EntryKind, Recusal
from samskap.cases.policy import OPEN, READ
from samskap.cases.standing import subjects_of
from samskap.kernel import audit, clock, policy
from samskap.kernel.policy import Actor
from samskap.people import api as people
from samskap.people.api import Guardianship, Person
from samskap.voice import api as voice
from samskap.voice.api import Message, MessageKind, Report, Way


def follows(report: Report) -> bool:
    """Does a case follow it up?"""
    return CaseReport.objects.filter(report=report).exists()


def _held(report: Report) -> Case | None:
    """The case that follows it up, held until the transaction ends."""
    link = CaseReport.objects.filter(report=report).select_related("case").first()
    return locked(link.case) if link is not None else None


def hold(report: Report) -> None:
    """Hold the case that follows it up."""
    _held(report)


def hear(by: Actor, report: Report, message: Message) -> bool:
    """A sender has written in a report that a case follows up: "it is not better" starts the duty again, also after the end."""
    row = _held(report)
    if row is None:
        return False
    if report.receiver != row.side:  # nothing is written where those whom the report is closed to would read it
        _close_as(by, row, report)
    note(row, EntryKind.REPORT, by, report=str(report.pk), message=str(message.pk), what=str(message.kind))
    if message.kind == MessageKind.NOT_BETTER:
        _not_better(by, row, report)
    else:
        alarm(row)
    put_in_order(row)
    return True


def _not_better(by: Actor, row: Case, report: Report) -> None:
    """A pupil who told with name, and is in the case, has answered no; else it is not known who has, and all are asked again."""
    own = voice.from_home(report) and report.sender_kind == "pupil"
    held = subjects_of(row).filter(person_mark=marks.person(report.author_id)).first() if own else None
    if held is None:
        begin_again(by, row, None)
    else:
        answer(by=by, row=row, pupil=held, voice=rules.Voice.PUPIL, safe=rules.Safe.NO, words="", on=clock.today())


def shut(by: Actor, report: Report, named: Person | None) -> bool:
    """A report that a case follows up is closed to somebody: so is the case, and with it the other reports of the case."""
    row = _held(report)
    if row is None:
        return False
    _close_as(by, row, report)
    if named is not None:
        close_for(row, named.pk)
    put_in_order(row)
    return True


def _close_as(by: Actor, row: Case, report: Report) -> None:
    """A sender is never refused, signed in or not; one of the staff who shuts a person out is, where nobody would be left."""
    before = row.concerns
    take_over_concerns(row, report)
    shut_out = take_over_recusals(row, report)
    for mark in sorted(shut_out):
        audit.record(by, "cases.recused", row, person_hash=mark)
    if row.concerns != before:
        audit.record(by, "cases.concerns_as_report", row, concerns=str(row.concerns), report=report.pk)
    settle_who_leads(by, row, refuse=by.signed_in and not _tells(by, report) and bool(shut_out))


def _tells(by: Actor, report: Report) -> bool:
    """It is the one who told that acts."""
    return report.channel == "signed_in" and report.author_id == by.person_id


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


def joins_a_family(by: Actor, row: Guardianship) -> None:
    """Somebody becomes a guardian of a pupil who is in cases: they are at home with it now (forvaltningsloven § 6), and whoever
    works there loses sight of them at once."""
    mark, guardian = marks.person(row.pupil.person_id), people.person_hash(row.guardian_id)
    for held in CasePupil.objects.filter(person_mark=mark, left_at=None).select_related("case").order_by("case_id"):
        case = locked(held.case)
        _known, new = Recusal.objects.get_or_create(case=case, person_hash=guardian, defaults={"at": clock.now()})
        if new:
            audit.record(by, "cases.recused", case, person_hash=guardian)
            settle_who_leads(by, case, refuse=False)
            put_in_order(case)


people.when_somebody_joins(joins_a_family)
voice.follow_up(hear=hear, ways=ways, follows=follows, hold=hold, shut=shut)
