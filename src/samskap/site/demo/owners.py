"""The owners, schools and people of the cast, made through the actions that everybody uses."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from samskap.kernel import clock, scope
from samskap.kernel.models import Tenant
from samskap.kernel.policy import SYSTEM, Actor, Grant
from samskap.people import actions
from samskap.people import actions_school as school_life
from samskap.people.models import Person, School, SchoolClass, SchoolYear, Unit
from samskap.site.demo import cast

CONTACT_TEACHERS = {cast.school("elvesletta").name: "amir"}


def builder(tenant_id: UUID) -> Actor:
    """One who may set an owner up before there is anybody."""
    return Actor(tenant_id=tenant_id, name="demo", grants=(Grant("admin"),))


def open_all(*, since: date | None = None, units: Mapping[str, Unit] | None = None) -> dict[str, Tenant]:
    """Both owners with schools, people, accounts and roles that hold from ``since`` (a year ago). Name -> owner.

    ``units``: the register's municipality of an owner, where it is known.
    """
    begins = since or clock.today() - timedelta(days=365)
    return {name: _open(name, begins, (units or {}).get(name)) for name in (cast.OWNER, cast.NEIGHBOUR)}


def _open(name: str, begins: date, unit: Unit | None) -> Tenant:
    tenant = actions.open_owner(by=SYSTEM, name=name, unit=unit, is_demo=True)
    by = builder(tenant.pk)
    with scope.tenant_scope(tenant.pk):
        schools = {s.key: _school(by, s) for s in cast.SCHOOLS if s.owner == name}
        for member in cast.PEOPLE:
            if member.owner == name:
                _person(by, member, schools, begins)
        for child in cast.PUPILS:
            if child.school in schools:
                _pupil(by, child, schools[child.school], begins)
    return tenant


def _school(by: Actor, entry: cast.CastSchool) -> School:
    return actions.add_school(
        by=by, name=entry.name, unit=actions.unit_for(entry.number, entry.name), first_grade=entry.grades[0],
        last_grade=entry.grades[1], written_form=entry.written_form, in_project=entry.in_project, phone=entry.phone,
    )  # fmt: skip


def _person(by: Actor, entry: cast.CastPerson, schools: dict[str, School], begins: date) -> Person:
    person = actions.add_person(by=by, name=entry.name, title=entry.title, phone=entry.phone)
    actions.give_account(by=by, person=person, username=entry.key)
    if entry.trained:
        actions.note_training(by=by, person=person, on=begins)
    ends = clock.today() - timedelta(days=1) if entry.ended else None
    for role, school in entry.roles:
        actions.assign(by=by, person=person, role=role, school=schools.get(school), valid_from=begins, valid_to=ends)
    return person


def _pupil(by: Actor, entry: cast.CastPupil, school: School, begins: date) -> None:
    row = _class(by, entry.school_class, school)
    pupil = school_life.add_pupil(by=by, school_class=row, name=entry.name, address_protection=entry.protection)
    if entry.key:
        actions.give_account(by=by, person=pupil.person, username=entry.key)
    for one in entry.guardians:
        tie = school_life.add_guardian(
            by=by, pupil=pupil, name=one.name, kind="parent", parental_responsibility=one.responsibility,
            lives_with=one.lives_with, contact_ban=one.banned, valid_from=begins,
        )  # fmt: skip
        if one.key:
            actions.give_account(by=by, person=tie.guardian, username=one.key)


def _class(by: Actor, name: str, school: School) -> SchoolClass:
    year = SchoolYear.objects.order_by("-start")[0]
    found = SchoolClass.objects.filter(school=school, year=year, name=name).first()
    if found is not None:
        return found
    teacher = Person.objects.filter(account__username=CONTACT_TEACHERS.get(school.name, "")).first()
    return school_life.add_class(by=by, school=school, year=year, name=name, contact_teacher=teacher)
