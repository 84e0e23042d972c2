"""Writes about classes, pupils, guardians, breaks, and who stands in for a leader."""

from datetime import date

from django.utils.translation import gettext as _

from samskap.kernel import audit, clock, history, policy
from samskap.kernel.actions import ActionError, action
from samskap.kernel.policy import Actor
from samskap.people import families, queries
from samskap.people.actions import sort_and_search, written
from samskap.people.models import Guardianship, Person, Pupil, School, SchoolBreak, SchoolClass, SchoolYear, StandIn
from samskap.people.policy import MANAGE, MANAGE_CLASS, MANAGE_GUARDIAN, MANAGE_PUPIL, STAND_IN, STAND_INS

LONGEST_BREAK = 123


def _days_in_order(first: date, last: date, field: str) -> None:
    if last < first:
        raise ActionError(_("The last day cannot be before the first."), field)


@action
def add_stand_in(
    *, by: Actor, school: School, leader: Person, substitute: Person | None, valid_from: date, valid_to: date,
    reads_in_breaks: bool = False,
) -> StandIn:  # fmt: skip
    """Let somebody lead the school for these days, with the leader's rights; None: the leader is away, and nobody does.

    Raises ActionError.
    """
    policy.require(STAND_INS, by, school)
    _days_in_order(valid_from, valid_to, "valid_to")
    if leader == substitute:
        raise ActionError(_("Nobody stands in for oneself."), "substitute")
    if not queries.appointed_leaders(school.pk).filter(pk=leader.pk).exists():
        raise ActionError(_("Choose one who leads the school."), "leader")
    if substitute is not None and not queries.colleagues_of(school.pk).filter(pk=substitute.pk).exists():
        raise ActionError(_("Choose one who works at the school or leads another one, and can sign in."), "substitute")
    same = StandIn.objects.filter(school=school, leader=leader, substitute=substitute)
    if same.filter(valid_from__lte=valid_to, valid_to__gte=valid_from).exists():
        raise ActionError(_already(substitute), "substitute")
    row = StandIn(
        school=school, leader=leader, substitute=substitute, valid_from=valid_from, valid_to=valid_to,
        reads_in_breaks=reads_in_breaks,
    )  # fmt: skip
    row.save(force_insert=True)
    audit.record(by, "people.stand_in_added", row, school=school.pk, substitute=row.substitute_id)
    return row


def _already(substitute: Person | None) -> str:
    """These days stand there already."""
    if substitute is None:
        return _("It is noted already that nobody stands in on some of these days. End that first.")
    return _("This person stands in on some of these days already. End that first.")


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
    _days_in_order(first_day, last_day, "last_day")
    if (last_day - first_day).days >= LONGEST_BREAK:
        raise ActionError(_("This break would be longer than four months. Look at the years once more."), "last_day")
    if SchoolBreak.objects.filter(first_day=first_day, last_day=last_day, school=school).exists():
        raise ActionError(_("This break is in the calendar already."), "first_day")
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
    row = SchoolClass(school=school, year=year, name=_free_name(school, year, name))
    row.contact_teacher = _works_at(school, contact_teacher)
    row.save(force_insert=True)
    audit.record(by, "people.class_added", row)
    return row


@action
def change_class(*, by: Actor, school_class: SchoolClass, name: str, contact_teacher: Person | None) -> SchoolClass:
    """Another name, or another contact teacher, who sees the class from the next request on. Raises ActionError."""
    policy.require(MANAGE_CLASS, by, school_class)
    school_class.name = _free_name(school_class.school, school_class.year, name, now=school_class)
    school_class.contact_teacher = _works_at(school_class.school, contact_teacher)
    school_class.save()
    audit.record(by, "people.class_changed", school_class, contact_teacher=school_class.contact_teacher_id)
    return school_class


def _free_name(school: School, year: SchoolYear, name: str, now: SchoolClass | None = None) -> str:
    name = written(name)
    others = SchoolClass.objects.filter(school=school, year=year, name__iexact=name)
    if (others.exclude(pk=now.pk) if now else others).exists():
        raise ActionError(_("There is already a class with this name."), "name")
    return name


def _works_at(school: School, teacher: Person | None) -> Person | None:
    if teacher is not None and not queries.staff_of(school.pk).filter(pk=teacher.pk).exists():
        raise ActionError(_("Choose one who works at the school."), "contact_teacher")
    return teacher


@action
def add_pupil(
    *, by: Actor, school_class: SchoolClass, name: str, born: date | None = None, address_protection: str = "none",
) -> Pupil:  # fmt: skip
    """A pupil of a class, with what protects them. Raises ActionError."""
    policy.require(MANAGE, by)
    pupil = Pupil(person=_new_person(name, address_protection), school_class=school_class, born=_born(born))
    history.begin(pupil, by=by)
    audit.record(by, "people.pupil_added", pupil)
    return pupil


def _new_person(name: str, address_protection: str = "none") -> Person:
    name = written(name)
    order, found = sort_and_search(name)
    person = Person(name=name, sort_key=order, search_key=found, address_protection=address_protection)
    person.save(force_insert=True)
    return person


def _born(day: date | None) -> date | None:
    """Raises ActionError for a day that is still to come."""
    if day is not None and day > clock.today():
        raise ActionError(_("This day is still to come. Look at the year once more."), "born")
    return day


@action
def change_pupil(
    *, by: Actor, pupil: Pupil, version: int, name: str, school_class: SchoolClass, born: date | None,
    address_protection: str, active: bool,
) -> Pupil:  # fmt: skip
    """Correct a pupil, let the pupil change class, or note that the pupil has left. Raises ActionError and Conflict."""
    policy.require(MANAGE_PUPIL, by, pupil)
    pupil = history.change(pupil, by=by, version=version, school_class=school_class, born=_born(born), active=active)
    _change_person(pupil.person, name, address_protection)
    audit.record(by, "people.pupil_changed", pupil, protection=address_protection, active=active, school_class=school_class.pk)
    return pupil


def _change_person(person: Person, name: str, address_protection: str) -> None:
    person.name = written(name)
    person.sort_key, person.search_key = sort_and_search(person.name)
    person.address_protection = address_protection
    person.save()


@action
def add_guardian(
    *, by: Actor, pupil: Pupil, name: str, kind: str, parental_responsibility: bool, contact_ban: bool = False,
    lives_with: bool = True, valid_from: date | None = None, address_protection: str = "none", person: Person | None = None,
) -> Guardianship:  # fmt: skip
    """Somebody who is there for a pupil. ``person``: one who is known already, as for a sister or brother. Raises ActionError."""
    policy.require(MANAGE, by)
    _fits(kind, lives_with)
    if person is not None and person.pk in queries.ways(pupil):
        raise ActionError(_("This person is on the pupil's list already. Change it there."), "name")
    row = Guardianship(
        pupil=pupil, guardian=person or _new_person(name, address_protection), kind=kind,
        parental_responsibility=parental_responsibility, contact_ban=contact_ban, lives_with=lives_with,
        valid_from=valid_from or clock.today(),
    )  # fmt: skip
    history.begin(row, by=by)
    audit.record(by, "people.guardian_added", row, pupil=pupil.pk, **_rights(row))
    families.joined(by, row)
    return row


def _fits(kind: str, lives_with: bool) -> None:
    if kind == Guardianship.Kind.CHILD_WELFARE and lives_with:
        raise ActionError(_("Nobody lives with the child welfare service. Add the foster parents on their own."), "lives_with")


def _rights(row: Guardianship) -> dict[str, str | bool]:
    return {"kind": row.kind, "responsibility": row.parental_responsibility, "ban": row.contact_ban}


@action
def change_guardian(
    *, by: Actor, row: Guardianship, version: int, name: str, address_protection: str, kind: str,
    parental_responsibility: bool, contact_ban: bool, lives_with: bool, valid_from: date, valid_to: date | None,
) -> Guardianship:  # fmt: skip
    """Correct what somebody is to a pupil. It counts from the next request on. Raises ActionError and Conflict."""
    policy.require(MANAGE_GUARDIAN, by, row)
    _fits(kind, lives_with)
    if valid_to is not None:
        _days_in_order(valid_from, valid_to, "valid_to")
    row = history.change(
        row, by=by, version=version, kind=kind, parental_responsibility=parental_responsibility, contact_ban=contact_ban,
        lives_with=lives_with, valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip
    _change_person(row.guardian, name, address_protection)
    audit.record(by, "people.guardian_changed", row, pupil=row.pupil_id, protection=address_protection, **_rights(row))
    return row


@action
def end_guardianship(*, by: Actor, row: Guardianship) -> None:
    """It holds no longer: from the next request on nothing follows from it. What began today is taken away."""
    policy.require(MANAGE_GUARDIAN, by, row)
    audit.record(by, "people.guardian_ended", row, pupil=row.pupil_id, **_rights(row))
    yesterday = date.fromordinal(clock.today().toordinal() - 1)
    if row.valid_from > yesterday:
        row.delete()
    elif row.valid_to is None or row.valid_to > yesterday:
        history.change(row, by=by, version=row.version, valid_to=yesterday)
