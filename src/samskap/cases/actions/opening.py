"""Opening a case, taking reports in, adding pupils."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samskap.cases import marks, rules, texts
from samskap.cases.actions.access import end_by_consent, settle_who_leads
from samskap.cases.actions.answers import begin_again
from samskap.cases.actions.linked import take_over, take_over_recusals
from samskap.cases.actions.order import put_in_order
from samskap.cases.actions.steps import begin_open, needed, not_later, note, person_of
from samskap.cases.models import (
    Case,
    CaseNumber,
    CasePupil,
    CaseReport,
    Concerns,
    EntryKind,
    NameMark,
    Part,
    Plan,
    Recusal,
    Side,
)
from samskap.cases.policy import OPEN
from samskap.cases.standing import counts_for_end, look_anew
from samskap.kernel import audit, clock, policy
from samskap.kernel.actions import ActionError, action
from samskap.kernel.policy import Actor
from samskap.law import api as law
from samskap.people import api as people
from samskap.people.api import Pupil, School, SchoolClass
from samskap.voice import api as voice
from samskap.voice.api import Report


@dataclass(frozen=True)
class Opening:
    """What a case begins with. ``raised_on``: first raised with the principal, also orally; None: when it was known."""

    school: School
    about: str
    pupils: Sequence[tuple[Pupil, rules.Part]]
    reports: Sequence[Report] = ()
    known_on: date | None = None
    raised_on: date | None = None
    whole_class: SchoolClass | None = None
    common_plan: bool = False


@action
def open_case(*, by: Actor, opening: Opening) -> Case:
    """Open it: from now on somebody is responsible until every pupil whose environment it is says that it is safe.

    Raises ActionError when no pupil is named, or a report belongs to another list or another case.
    """
    policy.require(OPEN, by, opening.school)
    about = needed(opening.about, "about")
    if not any(part == rules.Part.SUBJECT for _pupil, part in opening.pupils):
        raise ActionError(_("Choose the pupil that it is about."), "pupils")
    for report in opening.reports:
        _may_take(by, report, opening.school)
    case = _begun(by, opening)
    texts.lock(case, case, {"about": about})
    case.save(force_insert=True)
    note(case, EntryKind.OPENED, by, about, on=timezone.localdate(case.known_at))
    for report in opening.reports:
        take_over(case, _take_in(by, case, report))
    plan = new_plan(case, common=True) if opening.common_plan or opening.whole_class else None
    for pupil, part in opening.pupils:
        _add(by, case, pupil, part, plan)
    settle_who_leads(by, case)
    put_in_order(case)
    audit.record(by, "cases.opened", case, pupils=len(opening.pupils), reports=len(opening.reports))
    return case


def _begun(by: Actor, opening: Opening) -> Case:
    now = clock.now()
    known = min([report.known_at for report in opening.reports], default=now)
    if opening.known_on is not None:
        known = min(known, _start_of(not_later(opening.known_on, "known_on")))
    # Never later than the school knew: the family's week before the County Governor counts from there (§ 12-6).
    raised = timezone.localdate(known)
    if opening.raised_on is not None:
        raised = min(raised, not_later(opening.raised_on, "raised_on"))
    year = clock.today().year
    case = Case(
        tenant_id=opening.school.tenant_id, school=opening.school, year=year, number=_next_number(year), known_at=known,
        raised_on=raised, opened_at=now, law_version=law.version_on(clock.today()), responsible_id=person_of(by),
        whole_class=opening.whole_class is not None, **_side(opening.reports),
    )  # fmt: skip
    case.key = texts.new_key(case)
    return case


def _start_of(day: date) -> datetime:
    return clock.now() if day == clock.today() else datetime.combine(day, time(), clock.OSLO)


def _side(reports: Collection[Report]) -> dict[str, object]:
    """Who works it, and what the owner has heard already: as the reports that it begins with."""
    concerns = {report.concerns for report in reports}
    worst = next((one for one in reversed(Concerns.values) if one in concerns), Concerns.PUPILS.value)
    passed = [report.forwarded_at for report in reports if report.forwarded_at]
    groundless = [report.groundless_at for report in reports if report.groundless_at]
    return {
        "side": Side.OWNER if any(report.receiver == "owner" for report in reports) else Side.SCHOOL,
        "concerns": worst,
        "passed_on_at": min(passed, default=None),
        "groundless_at": min(groundless, default=None),
    }


def _next_number(year: int) -> int:
    """The row is held until the transaction ends: no two cases get the same number, and none is skipped."""
    count, _made = CaseNumber.objects.get_or_create(year=year)
    count = CaseNumber.objects.select_for_update().get(pk=count.pk)
    count.last += 1
    count.save()
    return count.last


def _may_take(by: Actor, report: Report, school: School) -> None:
    policy.require(voice.READ, by, report)
    if report.school_id != school.pk:
        raise ActionError(_("The report belongs to another school."), "reports")
    if CaseReport.objects.filter(report=report).exists():
        raise ActionError(_("A case follows this report up already."), "reports")


def _take_in(by: Actor, case: Case, report: Report) -> Report:
    """Returns the report as it stands now: its sender may have written a moment ago."""
    held = voice.into_case(by=by, report=report)
    try:
        with transaction.atomic():
            CaseReport.objects.create(case=case, report=held, at=clock.now())
    except IntegrityError:
        raise ActionError(_("A case follows this report up already."), "reports") from None
    take_over_recusals(case, held)
    note(case, EntryKind.REPORT, by, on=timezone.localdate(held.received_at), report=str(held.pk))
    return held


@action
def join(*, by: Actor, case: Case, report: Report) -> Case:
    """Several reports become one case. The duties that a report brings along become the case's, and so does whom it is closed to;
    whoever must not see the case no longer sees the report. Where it was said to be safe before, all are asked again."""
    row = begin_open(by, case)
    _may_take(by, report, row.school)
    if report.receiver != row.side:
        raise ActionError(_("The report and the case are not in the same hands. Open a case of its own."), "case")
    take_over(row, _take_in(by, row, report))
    if counts_for_end(row):  # something new has happened since
        begin_again(by, row, None)
    settle_who_leads(by, row)
    put_in_order(row)
    audit.record(by, "cases.joined", row, report=report.pk)
    return row


@action
def add_pupil(*, by: Actor, case: Case, pupil: Pupil, part: str, plan: Plan | None = None) -> CasePupil:
    """A pupil more, in a part. Their guardians who work there lose sight of the case at once, and so do guests who read it only
    because the families have said yes: this one has not been asked."""
    row = begin_open(by, case)
    folder = _add(by, row, pupil, rules.Part(part), plan)
    end_by_consent(by, row)
    settle_who_leads(by, row)
    put_in_order(row)
    audit.record(by, "cases.pupil_added", row, part=part)
    return folder


def _add(by: Actor, case: Case, pupil: Pupil, part: rules.Part, plan: Plan | None) -> CasePupil:
    mark = marks.person(pupil.person_id)
    if pupil.school_class.school_id != case.school_id:
        raise ActionError(_("Choose a pupil of the school."), "pupils")
    folder = CasePupil.objects.filter(case=case, person_mark=mark).first() or CasePupil(case=case, person_mark=mark)
    if folder.added_at is not None and folder.left_at is None:
        raise ActionError(_("This pupil is in the case already."), "pupils")
    if part != rules.Part.SUBJECT and (folder.not_safe or folder.guardian_no_at is not None):
        raise ActionError(
            _("It was said that it is not safe for this pupil. Add the pupil as one that the case is about."), "part"
        )
    if part == rules.Part.SUBJECT and plan is None:
        plan = new_plan(case, common=False)
    if folder.left_at is not None:
        look_anew(folder, clock.now())
    folder.part, folder.added_at, folder.left_at, folder.plan = Part(part), clock.now(), None, plan
    name, school_class = pupil.person.name, pupil.school_class.name
    texts.lock(case, folder, {"pupil": str(pupil.pk), "person": str(pupil.person_id), "name": name, "class": school_class})
    folder.save()
    for word in marks.words(name):
        NameMark.objects.get_or_create(case=case, mark=word)
    note(case, EntryKind.PUPIL, by, pupil=folder, part=str(part))
    for guardian in people.ways(pupil):
        Recusal.objects.get_or_create(case=case, person_hash=people.person_hash(guardian), defaults={"at": clock.now()})
    return folder


def new_plan(case: Case, *, common: bool) -> Plan:
    """An empty plan. Inside an action."""
    number = case.plans.count() + 1
    plan = Plan(case=case, number=number, common=common, changed_at=clock.now())
    plan.save(force_insert=True)
    return plan
