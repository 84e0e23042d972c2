"""Who at a school could read a report."""

from uuid import UUID

from samskap.kernel.policy import Actor
from samskap.people import api as people
from samskap.people.api import Person, able, at_school, person_hash
from samskap.voice.models import Receiver, Recusal, Report

__all__ = ["RECUSALS", "able", "about", "at_school", "is_last", "may_lead", "of", "person_hash"]

RECUSALS = people.Recusals(Recusal, "report")


def about(report: Report) -> set[str]:
    """The hashes of those whom it is about."""
    return RECUSALS.hashes(report)


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
