"""Who at a school could read a report. Whom a report is about is kept as a keyed hash of the person: nobody can list it."""

from collections.abc import Collection, Iterable
from uuid import UUID

from samskap.kernel import keys
from samskap.kernel.policy import Actor
from samskap.people import api as people
from samskap.people.api import Lead, Person
from samskap.voice.models import Receiver, Recusal, Report


def person_hash(person_id: object) -> str:
    """A person as recusals know them."""
    return keys.keyed_hash("recusal", str(person_id))


def about(report: Report) -> set[str]:
    """The hashes of those whom it is about."""
    return set(Recusal.objects.filter(report=report).values_list("person_hash", flat=True))


def is_partial(lead: Lead, hashes: Collection[str]) -> bool:
    """``rules.is_partial`` over hashes."""
    return any(person_hash(person) in hashes for person in (lead.person, lead.stands_in_for) if person)


def able(leads: Iterable[Lead], hashes: Collection[str]) -> set[UUID]:
    """Those of the leads who may read what is about these."""
    return {lead.person for lead in leads if not is_partial(lead, hashes)}


def at_school(school_id: UUID, hashes: Collection[str] = ()) -> set[UUID]:
    """Who leads the school today, can sign in, and may read what is about these."""
    return able(people.leads(school_id=school_id), hashes)


def may_lead(actor: Actor, report: Report) -> bool:
    """Is it the actor's to take, give and take out? The school's leaders', while they may read it; else the owner's handlers'.

    What is passed on is read by the handlers and stays the school's to follow up (§ 12-4).
    """
    here = at_school(report.school_id, about(report)) if report.receiver == Receiver.SCHOOL else set()
    return actor.person_id in here if here else actor.owner_wide("handler")


def is_last(report: Report, person_id: UUID) -> bool:
    """Would nobody be left who may read it, if it were about this person too?"""
    hashes = about(report) | {person_hash(person_id)}
    if report.receiver == Receiver.SCHOOL and at_school(report.school_id, hashes):
        return False
    return all(person_hash(person.pk) in hashes for person in people.handlers())


def of(report: Report) -> list[Person]:
    """Who has it in their list today: those at the school who may read it, and the owner's handlers where nobody may."""
    hashes = about(report)
    if report.receiver == Receiver.SCHOOL and (here := at_school(report.school_id, hashes)):
        return [person for person in people.leaders_of(report.school_id) if person.pk in here]
    return [person for person in people.handlers() if person_hash(person.pk) not in hashes]


def unreadable(leads: list[Lead]) -> list[UUID]:
    """The reports in schools' lists that none of those who lead the school may read."""
    by_hash = {person_hash(person) for lead in leads for person in (lead.person, lead.stands_in_for) if person}
    rows = Recusal.objects.filter(report__receiver=Receiver.SCHOOL, person_hash__in=by_hash)
    found: dict[tuple[UUID, UUID], set[str]] = {}
    for report, school, mark in rows.values_list("report_id", "report__school_id", "person_hash"):
        found.setdefault((report, school), set()).add(mark)
    return [
        report for (report, school), hashes in found.items() if not able([one for one in leads if one.school == school], hashes)
    ]
