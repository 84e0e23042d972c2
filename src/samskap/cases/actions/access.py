"""Who works a case: the responsible one, case workers, guests with an end, the owner, and who must not see it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samskap.cases import letters
from samskap.cases.actions.home import close_for
from samskap.cases.actions.linked import close_reports, give_back_reports
from samskap.cases.actions.order import put_in_order
from samskap.cases.actions.steps import alarm, begin, begin_open, locked, note, person_of, reason
from samskap.cases.models import Case, CasePupil, Concerns, EntryKind, Given, Measure, Recusal, Side
from samskap.cases.policy import LEAD, OWN_MEASURE, READ, RECUSALS, WORKS_AT
from samskap.kernel import audit, clock, outbox, policy
from samskap.kernel.actions import ActionError, action
from samskap.kernel.policy import Actor
from samskap.people import api as people
from samskap.people.api import Person, Role, person_hash

LONGEST_GUEST = timedelta(days=366)


@action
def opened(*, by: Actor, case: Case, purpose: str) -> Case:
    """Note that one reads it, and what for: every read is logged, and the family can see it. Returns the row."""
    policy.require(READ, by, case)
    row = case
    if by.owner_wide(Role.HANDLER) and case.passed_on_at is not None and case.owner_read_at is None:
        row = locked(case)
        row.owner_read_at = clock.now()
        row.save()
    audit.record(by, "cases.read", row, purpose=purpose)
    return row


@action
def lines_read(*, by: Actor, measures: Sequence[Measure]) -> None:
    """Note that one reads the measures that one is to carry out: a line of a plan is about a pupil, too. Once for each case."""
    for row in {measure.case_id: measure for measure in measures}.values():
        policy.require(OWN_MEASURE, by, row)
        audit.record(by, "cases.read", row.case, purpose="measure")


def may_be_responsible(case: Case) -> list[Person]:
    """Who could be responsible today: those who lead it, and its case workers. Nobody whom it is about, nobody untrained."""
    hashes, found = RECUSALS.hashes(case), {}
    if case.side == Side.SCHOOL:
        here = people.at_school(case.school_id, hashes, trained=True)
        found = {person.pk: person for person in people.leaders_of(case.school_id) if person.pk in here}
    else:
        found = {person.pk: person for person in people.handlers()}
    for row in _given_now(case, Given.Kind.WORK, Given.Kind.LEAD):
        found[row.person_id] = row.person
    return [person for person in found.values() if person_hash(person.pk) not in hashes and _trained(person)]


def _trained(person: Person) -> bool:
    """Trained in privacy and security, before anybody sees a case (opplæringsforskrifta § 20-2)."""
    return person.trained_on is not None and person.trained_on <= clock.today()


def _given_now(case: Case, *kinds: str) -> Iterator[Given]:
    """Access that holds today, as ``policy`` reads it."""
    today, here = clock.today(), set(people.staff_of(case.school_id, *WORKS_AT).values_list("pk", flat=True))
    rows = Given.objects.filter(case=case, kind__in=kinds, valid_from__lte=today).exclude(valid_to__lt=today)
    for row in rows.select_related("person").order_by("at", "id"):
        works_here = row.person_id in here
        below = case.side == Side.OWNER and works_here
        left = case.side == Side.SCHOOL and row.kind == Given.Kind.WORK and not works_here
        if not (below or left):
            yield row


@action
def hand_over(*, by: Actor, case: Case, to: Person) -> Case:
    """Somebody else is responsible from now on, with everything in the case."""
    row = begin(by, case, LEAD)
    if to.pk not in {person.pk for person in may_be_responsible(row)}:
        raise ActionError(_("This person cannot be responsible. Give access to the case first."), "to")
    _responsible(by, row, to)
    row.save()
    audit.record(by, "cases.handed_over", row, to=to.pk)
    return row


def _responsible(by: Actor, row: Case, to: Person) -> None:
    if row.responsible_id == to.pk:
        return
    row.responsible = to
    note(row, EntryKind.RESPONSIBLE, by, person=to.name)
    if to.account_id is not None and to.pk != by.person_id:
        outbox.queue(letters.GIVEN, to.account_id, tenant_id=row.tenant_id)


def settle_who_leads(by: Actor, case: Case, *, refuse: bool = True) -> None:
    """A case whose leadership is disqualified becomes the owner's; one whose responsible person is, gets another one. The reports
    that it follows up go along.

    Inside an action. Raises ActionError when nobody would be left; not so without ``refuse``, for what nobody may be refused
    (a sender who names the leadership, a pupil's "no"): then the list shows that somebody is missing.
    """
    hashes = RECUSALS.hashes(case)
    leadership = case.concerns == Concerns.LEADERSHIP
    moved = case.side == Side.SCHOOL and (leadership or not people.at_school(case.school_id, hashes, trained=True))
    if moved:
        case.side = Side.OWNER
        case.passed_on_at = case.passed_on_at or clock.now()
        note(case, EntryKind.MOVED, by)
    able = may_be_responsible(case)
    if not able and refuse:
        raise ActionError(_("Nobody would be left who can follow it up. First let another one handle such cases."))
    if able and case.responsible_id not in {person.pk for person in able}:
        me = next((person for person in able if person.pk == by.person_id), None)
        _responsible(by, case, me or able[0])
    close_reports(by, case, case.responsible if able else None)
    if moved:
        alarm(case, people.handlers())  # last: whoever had it until now is not told


@action
def give(*, by: Actor, case: Case, to: Person) -> Given:
    """Let a colleague work in the case."""
    row = begin_open(by, case, LEAD)
    if to.pk not in {person.pk for person in possible_workers(row)}:
        raise ActionError(_("This person cannot be given the case."), "to")
    return _give(by, row, to, Given.Kind.WORK, clock.today(), None, "")


def possible_workers(case: Case) -> list[Person]:
    """Who could be a case worker: who works at the school, with training, and is not what it is about. None while it is the
    municipality's, whose handlers work it themselves or appoint a substitute."""
    if case.side == Side.OWNER:
        return []
    return _may_see(case, people.staff_of(case.school_id, *WORKS_AT))


def _may_see(case: Case, persons: Iterable[Person]) -> list[Person]:
    """Those of the persons who could be given access: trained, not what it is about, and without access so far."""
    hashes = RECUSALS.hashes(case)
    held = set(Given.objects.filter(case=case).exclude(valid_to__lt=clock.today()).values_list("person_id", flat=True))
    return [one for one in persons if person_hash(one.pk) not in hashes and one.pk not in held and _trained(one)]


@action
def invite(*, by: Actor, case: Case, to: Person, basis: str, until: date, said_yes: Collection[CasePupil] = ()) -> Given:
    """A guest from PPT, until a day: reads, and leaves notes. The legal basis is named, and each family is told its own.

    ``said_yes``: the pupils whose families did. A guest reads the whole case, so that consent is a right only where all did; for
    the others there must be another one. Raises ActionError.
    """
    row = begin_open(by, case, LEAD)
    if to.pk not in {person.pk for person in possible_guests(row)}:
        raise ActionError(_("This person cannot be invited."), "to")
    if basis not in Given.Basis.values or not basis:
        raise ActionError(_("Choose by which right the guest sees the case."), "basis")
    if not clock.today() <= until <= clock.today() + LONGEST_GUEST:
        raise ActionError(_("Choose a last day within a year."), "until")
    return _give(by, row, to, Given.Kind.GUEST, clock.today(), until, basis, yes=_who_said_yes(row, basis, said_yes))


def _who_said_yes(row: Case, basis: str, said_yes: Collection[CasePupil]) -> list[str]:
    pupils = set(CasePupil.objects.filter(case=row, left_at=None).values_list("pk", flat=True))
    yes = {pupil.pk for pupil in said_yes} & pupils
    if basis != Given.Basis.CONSENT:
        return sorted(str(pk) for pk in yes)
    if len(pupils) > 1 and yes != pupils:
        text = _("The guest reads about all pupils of the case. Have all families said yes? Else choose another right.")
        raise ActionError(text, "said_yes")
    return sorted(str(pk) for pk in pupils)


def consenting_guests(case: Case) -> QuerySet[Given]:
    """Guests who read the case today, or will, because the families have said yes."""
    rows = Given.objects.filter(case=case, kind=Given.Kind.GUEST, basis=Given.Basis.CONSENT)
    return rows.exclude(valid_to__lt=clock.today()).select_related("person")


def end_by_consent(by: Actor, row: Case) -> None:
    """A pupil more, whose family has not been asked: who reads by the families' yes reads no longer. Inside an action."""
    for given in consenting_guests(row):
        _end(given)
        note(row, EntryKind.ACCESS, by, person=given.person.name, access="ended")
        audit.record(by, "cases.access_ended", row, to=given.person_id)


def possible_guests(case: Case) -> list[Person]:
    """PPT's people of the school."""
    return _may_see(case, people.staff_of(case.school_id, Role.PPT))


@action
def appoint(*, by: Actor, case: Case, to: Person) -> Given:
    """The owner lets somebody who is not below the school's leadership lead the case in its place."""
    row = begin_open(by, case, LEAD)
    if row.side != Side.OWNER or not by.owner_wide(Role.HANDLER):
        raise policy.NotAllowed("cases.appoint")
    if to.pk not in {person.pk for person in possible_substitutes(row)}:
        raise ActionError(_("This person cannot lead the case."), "to")
    given = _give(by, row, to, Given.Kind.LEAD, clock.today(), None, "")
    _responsible(by, row, to)
    row.save()
    return given


def possible_substitutes(case: Case) -> list[Person]:
    """Who leads another of the owner's schools, with training."""
    here = set(people.staff_of(case.school_id).values_list("pk", flat=True))
    elsewhere = {lead.person for lead in people.leads() if lead.school != case.school_id and lead.stands_in_for is None}
    return _may_see(case, list(Person.objects.filter(pk__in=elsewhere - here).order_by("sort_key")))


def _give(
    by: Actor, row: Case, to: Person, kind: str, first: date, last: date | None, basis: str, yes: Collection[str] = ()
) -> Given:
    given = Given(
        case=row, person=to, kind=kind, basis=basis, valid_from=first, valid_to=last, given_by_id=person_of(by), at=clock.now()
    )
    given.save(force_insert=True)
    until = last.isoformat() if last else ""
    note(row, EntryKind.ACCESS, by, person=to.name, access=str(kind), basis=basis, until=until, yes=list(yes),
         home=kind == Given.Kind.GUEST)  # fmt: skip
    if to.account_id is not None:
        outbox.queue(letters.GIVEN, to.account_id, tenant_id=row.tenant_id)
    audit.record(by, "cases.access_given", row, to=to.pk, kind=str(kind))
    return given


@action
def end_access(*, by: Actor, given: Given) -> None:
    """The access is gone with the next request; whoever was responsible is so no longer."""
    row = begin(by, given.case, LEAD)
    _end(Given.objects.get(pk=given.pk, case=row))
    note(row, EntryKind.ACCESS, by, person=given.person.name, access="ended")
    settle_who_leads(by, row)
    row.save()
    audit.record(by, "cases.access_ended", row, to=given.person_id)


def _end(given: Given) -> None:
    """It held until yesterday; what was given today has not held at all. The timeline tells both."""
    yesterday = clock.today() - timedelta(days=1)
    if given.valid_from > yesterday:
        given.delete()
    else:
        given.valid_to = yesterday
        given.save()


@action
def recuse(*, by: Actor, case: Case, person: Person) -> Case:
    """It is about this person, or they cannot be impartial (forvaltningsloven § 6): they lose sight of it at once."""
    row = begin(by, case, LEAD)
    Recusal.objects.get_or_create(case=row, person_hash=person_hash(person.pk), defaults={"at": clock.now()})
    audit.record(by, "cases.recused", row, person_hash=person_hash(person.pk))
    settle_who_leads(by, row)
    put_in_order(row)
    return row


@action
def name_employee(*, by: Actor, case: Case, person: Person | None) -> Case:
    """It turns out to be about somebody who works at the school (§ 12-5). One who leads it: the case is the owner's alone."""
    row = begin(by, case, LEAD)
    leads = {lead.person for lead in people.leads(school_id=row.school_id)}
    if person is not None and person.pk in leads:
        row.concerns = Concerns.LEADERSHIP
    elif row.concerns == Concerns.PUPILS:
        row.concerns = Concerns.EMPLOYEE
    if person is not None:
        Recusal.objects.get_or_create(case=row, person_hash=person_hash(person.pk), defaults={"at": clock.now()})
        close_for(row, person.pk)
    audit.record(by, "cases.employee_named", row, leads=row.concerns == Concerns.LEADERSHIP)
    settle_who_leads(by, row)
    put_in_order(row)
    return row


@action
def name_leadership(*, by: Actor, case: Case) -> Case:
    """Leadership turns out to be involved: from now on the school's leadership sees nothing of it (§ 12-5 second paragraph)."""
    row = begin(by, case, LEAD)
    row.concerns = Concerns.LEADERSHIP
    audit.record(by, "cases.leadership_named", row)
    settle_who_leads(by, row)
    put_in_order(row)
    return row


@action
def give_back(*, by: Actor, case: Case, why: str) -> Case:
    """The school works on it from now on: it was not about the leadership after all, or somebody who can lead it is there again.

    The owner's handlers keep sight of it. Raises ActionError while nobody at the school could lead it.
    """
    row = begin_open(by, case, LEAD)
    if row.side != Side.OWNER or not by.owner_wide(Role.HANDLER):
        raise policy.NotAllowed("cases.give_back")
    if not people.at_school(row.school_id, RECUSALS.hashes(row), trained=True):
        raise ActionError(_("Nobody at the school could lead it: those who do are involved, or lack training."))
    if row.concerns == Concerns.LEADERSHIP:
        row.concerns = Concerns.EMPLOYEE
    row.side, row.passed_on_at = Side.SCHOOL, row.passed_on_at or clock.now()
    why = reason(why, "why")
    note(row, EntryKind.MOVED_BACK, by, why)
    for given in Given.objects.filter(case=row, kind=Given.Kind.LEAD, valid_to=None):
        _end(given)
    able = may_be_responsible(row)
    if row.responsible_id not in {person.pk for person in able}:
        _responsible(by, row, able[0])
    give_back_reports(by, row, why)
    alarm(row)
    put_in_order(row)
    audit.record(by, "cases.given_back", row)
    return row


@action
def pass_on(*, by: Actor, case: Case, why: str) -> Case:
    """Tell the owner: at once when an employee is named (§ 12-5), and in serious cases (§ 12-4 second paragraph)."""
    row = begin_open(by, case)
    if row.passed_on_at is None:
        row.passed_on_at = clock.now()
        note(row, EntryKind.PASSED_ON, by, reason(why, "why"))
        row.save()
        alarm(row, people.handlers())
    audit.record(by, "cases.passed_on", row)
    return row


@action
def call_groundless(*, by: Actor, case: Case, why: str) -> Case:
    """The leader's written reason why a suspicion against an employee is openly groundless (§ 12-5); the owner sees it."""
    row = begin_open(by, case, LEAD)
    if row.concerns != Concerns.EMPLOYEE or row.passed_on_at is not None:
        raise ActionError(_("Only a case about an employee that the municipality does not have yet can be judged so."))
    row.groundless_at = clock.now()
    note(row, EntryKind.GROUNDLESS, by, reason(why, "why"))
    row.save()
    alarm(row, people.handlers())
    audit.record(by, "cases.called_groundless", row)
    return row
