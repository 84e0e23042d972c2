"""Writes about classes, pupils, guardians, breaks, and who stands in for a leader."""

from datetime import date

from django.utils.translation import gettext as _

from samskap.kernel import audit, clock, policy
from samskap.kernel.actions import ActionError, action
from samskap.kernel.policy import Actor
from samskap.kernel.text import search_key, sort_key
from samskap.people.models import Guardianship, Person, Pupil, School, SchoolBreak, SchoolClass, SchoolYear, StandIn
from samskap.people.policy import MANAGE, STAND_IN, STAND_INS


@action
def add_stand_in(
    *, by: Actor, school: School, leader: Person, substitute: Person, valid_from: date, valid_to: date,
    reads_in_breaks: bool = False,
) -> StandIn:  # fmt: skip
    """Let somebody lead the school for these days, with the leader's rights. Raises ActionError."""
    policy.require(STAND_INS, by, school)
    if valid_to < valid_from:
        raise ActionError(_("The last day cannot be before the first."), "valid_to")
    if leader.pk == substitute.pk:
        raise ActionError(_("Nobody stands in for oneself."), "substitute")
    row = StandIn(
        school=school, leader=leader, substitute=substitute, valid_from=valid_from, valid_to=valid_to,
        reads_in_breaks=reads_in_breaks,
    )  # fmt: skip
    row.save(force_insert=True)
    audit.record(by, "people.stand_in_added", row, school=school.pk, substitute=substitute.pk)
    return row


@action
def end_stand_in(*, by: Actor, stand_in: StandIn) -> None:
    """The leader is back: the stand-in's rights are gone with the next request."""
    policy.require(STAND_IN, by, stand_in)
    audit.record(by, "people.stand_in_ended", stand_in, substitute=stand_in.substitute_id)
    yesterday = date.fromordinal(clock.today().toordinal() - 1)
    if stand_in.valid_from > yesterday:
        stand_in.delete()
    else:
        stand_in.valid_to = yesterday
        stand_in.save()


@action
def add_break(*, by: Actor, name: str, first_day: date, last_day: date, school: School | None = None) -> SchoolBreak:
    """Days without school, at one school or at all. Raises ActionError."""
    policy.require(MANAGE, by)
    if last_day < first_day:
        raise ActionError(_("The last day cannot be before the first."), "last_day")
    row = SchoolBreak(name=name.strip(), first_day=first_day, last_day=last_day, school=school)
    row.save(force_insert=True)
    audit.record(by, "people.break_added", row)
    return row


@action
def remove_break(*, by: Actor, row: SchoolBreak) -> None:
    """Take a break out of the calendar."""
    policy.require(MANAGE, by)
    audit.record(by, "people.break_removed", row)
    row.delete()


@action
def add_class(*, by: Actor, school: School, year: SchoolYear, name: str, contact_teacher: Person | None = None) -> SchoolClass:
    """A class of a school year. Raises ActionError when there is one of the name."""
    policy.require(MANAGE, by)
    name = name.strip()
    if SchoolClass.objects.filter(school=school, year=year, name=name).exists():
        raise ActionError(_("There is already a class with this name."), "name")
    row = SchoolClass(school=school, year=year, name=name, contact_teacher=contact_teacher)
    row.save(force_insert=True)
    audit.record(by, "people.class_added", row)
    return row


@action
def add_pupil(
    *, by: Actor, school_class: SchoolClass, name: str, born: date | None = None, address_protection: str = "none",
    contact_ban: bool = False,
) -> Pupil:  # fmt: skip
    """A pupil of a class, with what protects them."""
    policy.require(MANAGE, by)
    name = " ".join(name.split())
    person = Person(
        name=name, sort_key=sort_key(name), search_key=search_key(name), address_protection=address_protection,
        contact_ban=contact_ban,
    )  # fmt: skip
    person.save(force_insert=True)
    pupil = Pupil(person=person, school_class=school_class, born=born)
    pupil.save(force_insert=True)
    audit.record(by, "people.pupil_added", pupil)
    return pupil


@action
def add_guardian(
    *, by: Actor, pupil: Pupil, name: str, kind: str, parental_responsibility: bool, contact_ban: bool = False,
    lives_with: bool = True, valid_from: date | None = None, person: Person | None = None,
) -> Guardianship:  # fmt: skip
    """Somebody who is there for a pupil. ``person``: one who is known already, as for a sister or brother. Raises ActionError."""
    policy.require(MANAGE, by)
    if kind == Guardianship.Kind.CHILD_WELFARE and lives_with:
        raise ActionError(_("Nobody lives with the child welfare service. Add the foster parents on their own."), "lives_with")
    if person is None:
        name = " ".join(name.split())
        person = Person(name=name, sort_key=sort_key(name), search_key=search_key(name))
        person.save(force_insert=True)
    row = Guardianship(
        pupil=pupil, guardian=person, kind=kind, parental_responsibility=parental_responsibility, contact_ban=contact_ban,
        lives_with=lives_with, valid_from=valid_from or clock.today(),
    )  # fmt: skip
    row.save(force_insert=True)
    audit.record(by, "people.guardian_added", row, pupil=pupil.pk)
    return row


@action
def end_guardianship(*, by: Actor, row: Guardianship) -> Guardianship:
    """It holds no longer; from the next request on nothing follows from it."""
    policy.require(MANAGE, by)
    row.valid_to = max(row.valid_from, date.fromordinal(clock.today().toordinal() - 1))
    row.contact_ban = row.contact_ban or row.valid_to >= clock.today()
    row.save()
    audit.record(by, "people.guardian_ended", row, pupil=row.pupil_id)
    return row
