"""Writes about owner, schools and people."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samskap.kernel import audit, clock, invitations, policy, scope
from samskap.kernel.actions import ActionError, action
from samskap.kernel.invitations import Purpose
from samskap.kernel.models import Account, Invitation, Tenant
from samskap.kernel.policy import SYSTEM, Actor
from samskap.kernel.text import search_key, sort_key
from samskap.people import letters
from samskap.people.models import (
    Assignment,
    Guardianship,
    Level,
    Owner,
    Person,
    Pupil,
    Role,
    School,
    SchoolYear,
    Unit,
    UnitIdentifier,
)
from samskap.people.policy import MANAGE, MANAGE_PERSON, MANAGE_SCHOOL
from samskap.people.queries import actor_of, context_units, in_force, owner, persons_of

Does = Callable[[], str]
NOBODY = UUID(int=0)
# Roles for the whole municipality; at one school they would mean nothing.
OWNERS_OWN = (Role.STEERING, Role.ADVISER, Role.HANDLER, Role.ADMIN, Role.PRIVACY)
FILLERS = "\u115f\u1160\u3164\uffa0"  # letters to a program, nothing to an eye
NO_PASSWORD = "!"  # noqa: S105  (Django's mark for "cannot sign in with a password")


@action
def open_owner(*, by: Actor, name: str, unit: Unit | None = None, written_form: str = "nb", is_demo: bool = False) -> Tenant:
    """Make a new school owner with its first school year. By the house itself (set-up, demo), never by an owner's person."""
    if by is not SYSTEM:
        raise policy.NotAllowed("people.open_owner")
    tenant = Tenant.objects.create(name=written(name, "owner_name"), is_demo=is_demo, created_at=clock.now())
    with scope.tenant_scope(tenant.pk):
        Owner.objects.create(unit=unit, written_form=written_form)
        _open_year(_school_year_of(clock.today()))
    audit.record(by, "people.owner_opened", tenant)
    return tenant


def _school_year_of(day: date) -> int:
    return day.year if day.month >= 8 else day.year - 1


def _open_year(start: int) -> SchoolYear:
    return SchoolYear.objects.create(start=start, first_day=date(start, 8, 1), last_day=date(start + 1, 7, 31))


@action
def open_school_year(*, by: Actor, start: int) -> SchoolYear:
    """Make the school year from 1 August of ``start`` to 31 July."""
    policy.require(MANAGE, by)
    year = _open_year(start)
    audit.record(by, "people.school_year_opened", year, start=start)
    return year


@action
def add_school(
    *, by: Actor, name: str, unit: Unit | None = None, first_grade: int = 1, last_grade: int = 10,
    written_form: str = "nb", in_project: bool = False, phone: str = "",
) -> School:  # fmt: skip
    """Add a school of the owner. Raises ActionError for a name or a number that is in use, and for another owner's number."""
    policy.require(MANAGE, by)
    name = written(name)
    _refuse_school(by, name, unit)
    school = School(
        name=name, sort_key=sort_key(name)[:220], unit=unit, first_grade=first_grade, last_grade=last_grade,
        written_form=written_form, in_project=in_project, phone=phone.strip(),
    )  # fmt: skip
    school.save(force_insert=True)
    audit.record(by, "people.school_added", school)
    return school


@action
def change_school(
    *, by: Actor, school: School, unit: Unit | None, name: str, first_grade: int, last_grade: int, written_form: str,
    in_project: bool, active: bool, phone: str = "",
) -> School:  # fmt: skip
    """Correct a school: name, number, grades, written form, project, open. Raises ActionError.

    The number can be changed while the school has none, or to one that nobody has; figures follow the number.
    """
    policy.require(MANAGE_SCHOOL, by, school)
    name = written(name)
    _refuse_school(by, name, unit, now=school)
    school.name, school.sort_key, school.unit = name, sort_key(name)[:220], unit
    school.first_grade, school.last_grade, school.written_form = first_grade, last_grade, written_form
    school.in_project, school.active, school.phone = in_project, active, phone.strip()
    school.save()
    audit.record(by, "people.school_changed", school)
    return school


def written(name: str, field: str = "name") -> str:
    """The name with single spaces. Raises ActionError where there is nothing to read in it."""
    if not any(sign.isalnum() and sign not in FILLERS for sign in name):
        raise ActionError(_("Write a name."), field)
    return " ".join(name.split())


def sort_and_search(name: str) -> tuple[str, str]:
    """For order and search, as long as their columns: an å takes two signs."""
    return sort_key(name)[:220], search_key(name)[:220]


def _refuse_school(by: Actor, name: str, unit: Unit | None, now: School | None = None) -> None:
    """Raises ActionError for a name that is in use, and for a number that is not this owner's to use."""
    others = School.objects.exclude(pk=now.pk if now else NOBODY)
    if others.filter(sort_key=sort_key(name)[:220]).exists():
        raise ActionError(_("There is already a school with this name."), "name")
    if unit is None or (now is not None and now.unit_id == unit.pk):
        return
    # One at a time, so that two owners who write the same number do not both pass.
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if others.filter(unit=unit).exists():
        raise ActionError(_("Another school has this organisation number."), "organisation_number")
    if used_by_another_owner(by, unit) or _lies_elsewhere(unit):
        text = _("This number belongs to a school of another school owner. Look at the number once more.")
        raise ActionError(text, "organisation_number")


def used_by_another_owner(by: Actor, unit: Unit) -> bool:
    """Figures follow the unit, and its owner may change them: it stands for one owner."""
    with scope.outside_scope(reason="a unit is shared by all owners; does another one stand on it?"):
        return any(
            model.objects.filter(unit=unit).exclude(tenant_id=by.tenant_id or NOBODY).exists() for model in (School, Owner)
        )


def _lies_elsewhere(unit: Unit) -> bool:
    """Does the register know the school in a municipality that is not the owner's? A private owner's may lie anywhere."""
    mine = owner()
    home = mine.unit if mine else None
    above = context_units(unit)
    known = any(step.level == Level.MUNICIPALITY for step in above)
    return home is not None and home.level in (Level.MUNICIPALITY, Level.COUNTY) and known and home not in above


@action
def change_person(*, by: Actor, person: Person, name: str, title: str, phone: str = "") -> Person:
    """Correct a person's name, title and number at work."""
    policy.require(MANAGE_PERSON, by, person)
    person.name = written(name)
    person.sort_key, person.search_key = sort_and_search(person.name)
    person.title, person.phone = title.strip(), phone.strip()
    person.save()
    audit.record(by, "people.person_changed", person)
    return person


@action
def note_training(*, by: Actor, person: Person, on: date | None) -> Person:
    """When somebody was trained in privacy and security; before that nobody sees a case (opplæringsforskrifta § 20-2)."""
    policy.require(MANAGE_PERSON, by, person)
    if on is not None and on > clock.today():
        raise ActionError(_("The day cannot lie ahead."), "trained_on")
    person.trained_on = on
    person.save()
    audit.record(by, "people.trained", person, on=on.isoformat() if on else "")
    return person


def unit_for(organisation_number: str, name: str) -> Unit | None:
    """The register's unit with the number, made if it is new; None without a number."""
    if not organisation_number:
        return None
    kind = UnitIdentifier.Kind.ORGANISATION
    found = UnitIdentifier.objects.filter(kind=kind, value=organisation_number).select_related("unit").first()
    if found is not None:
        return found.unit
    first, second = sort_and_search(name)
    unit = Unit.objects.create(level=Level.SCHOOL, name=name, sort_key=first, search_key=second)
    UnitIdentifier.objects.create(unit=unit, kind=kind, value=organisation_number)
    return unit


@action
def add_person(*, by: Actor, name: str, title: str = "", phone: str = "") -> Person:
    """Add a person; an account comes with an invitation."""
    policy.require(MANAGE, by)
    name = written(name)
    first, found = sort_and_search(name)
    person = Person(name=name, sort_key=first, search_key=found, title=title.strip(), phone=phone.strip())
    person.save(force_insert=True)
    audit.record(by, "people.person_added", person)
    return person


# Who holds one of these reads what is told: it is never taken, always given by another.
READS_REPORTS = (Role.LEADER, Role.HANDLER)


@action
def assign(
    *, by: Actor, person: Person, role: str, school: School | None = None, valid_from: date | None = None,
    valid_to: date | None = None,
) -> Assignment:  # fmt: skip
    """Give a role from a day (today, when none is given) to a day (inclusive) or until it is ended."""
    policy.require(MANAGE, by)
    if school is None and role in (Role.LEADER, Role.EMPLOYEE, Role.GROUP):
        raise ActionError(_("Choose which school this role is at."), "school")
    if school is not None and role in OWNERS_OWN:
        raise ActionError(_("This role is for the whole municipality. Choose no school."), "school")
    if role in READS_REPORTS and person.pk == by.person_id:
        raise ActionError(_("Nobody gives oneself this role. Ask another administrator."), "role")
    begins = valid_from or clock.today()
    if valid_to is not None and valid_to < begins:
        raise ActionError(_("The last day cannot be before the first."), "valid_to")
    row = Assignment(person=person, role=role, school=school, valid_from=begins, valid_to=valid_to)
    row.save(force_insert=True)
    if role in READS_REPORTS:
        letters.tell_of_access(by, person)
    audit.record(by, "people.role_given", row, role=role, person=person.pk)
    return row


@action
def end_assignment(*, by: Actor, assignment: Assignment, last_day: date | None = None) -> Assignment:
    """Let a role end; rights are gone with the next request after that day (yesterday, when none is given)."""
    policy.require(MANAGE, by)
    _keep_one_administrator(assignment)
    end = last_day or date.fromordinal(clock.today().toordinal() - 1)
    if assignment.valid_from > end:
        audit.record(by, "people.role_withdrawn", assignment, person=assignment.person_id)
        assignment.delete()
        return assignment
    assignment.valid_to = end
    assignment.save()
    audit.record(by, "people.role_ended", assignment, person=assignment.person_id)
    return assignment


def _keep_one_administrator(assignment: Assignment) -> None:
    """Somebody must be able to give roles, also tomorrow."""
    if assignment.role != Role.ADMIN:
        return
    # One at a time, so that two who end each other's role do not both pass.
    list(Assignment.objects.select_for_update().filter(role=Role.ADMIN).order_by("pk"))
    if not administrators().exclude(pk=assignment.pk).exists():
        raise ActionError(_("This is the last administrator. Give somebody else the role first."))


def administrators() -> QuerySet[Assignment]:
    """Roles of those who can give roles without an end: for the whole owner, and the person can sign in."""
    signed_in = Q(person__account__last_login__isnull=False) | Q(tenant__is_demo=True)
    has_password = Q(person__account__password__gt="") & ~Q(person__account__password__startswith=NO_PASSWORD)
    rows = Assignment.objects.filter(in_force(), role=Role.ADMIN, school=None, valid_to=None, person__active=True)
    return rows.filter(signed_in | has_password, person__account__is_active=True)


@action
def invite(*, by: Actor, person: Person) -> str:
    """The secret of a link with which the person makes an account, or (has one) chooses a new password. Shown once."""
    policy.require(MANAGE, by)
    purpose = Purpose.PASSWORD if person.account_id else Purpose.ACCOUNT
    secret = invitations.issue(purpose, tenant_id=person.tenant_id, person_id=person.pk)
    letters.tell_of_access(by, person)
    audit.record(by, "people.invited", person, purpose=purpose.value)
    return secret


@action
def invite_family(*, by: Actor, person: Person) -> str:
    """The secret of a link for a pupil or a guardian, for an account or a new password. Shown once.

    Who may ask for it, the caller has decided. Never for somebody who has a role: that would be a way to another one's access.
    """
    if Assignment.objects.filter(person=person).exists() or not _is_family(person):
        raise policy.NotAllowed("people.invite_family")
    purpose = Purpose.PASSWORD if person.account_id else Purpose.ACCOUNT
    secret = invitations.issue(purpose, tenant_id=person.tenant_id, person_id=person.pk)
    letters.tell_of_access(by, person)
    audit.record(by, "people.family_invited", person, purpose=purpose.value)
    return secret


def _is_family(person: Person) -> bool:
    """A pupil or a guardian, whose account (where there is one) belongs to nobody with a role at any owner."""
    if not (Pupil.objects.filter(person=person).exists() or Guardianship.objects.filter(guardian=person).exists()):
        return False
    with scope.outside_scope(reason="an account may belong to several owners"):
        others = Person.objects.filter(account_id=person.account_id or NOBODY).exclude(pk=person.pk)
        return not Assignment.objects.filter(person__in=others).exists()


def rescue_link(username: str) -> str:
    """The secret of a new-password link for one who is locked out, made on the machine itself. Raises ActionError."""
    person = _locked_out(username)
    with transaction.atomic():
        secret = invitations.issue(Purpose.PASSWORD, tenant_id=person.tenant_id, person_id=person.pk)
        audit.record(SYSTEM, "people.rescued", person)
    return secret


def _locked_out(username: str) -> Person:
    account = Account.objects.filter(username=username.strip().lower(), is_active=True).first()
    person = next(iter(persons_of(account.pk)), None) if account else None
    if person is None:
        raise ActionError(_("There is no account with this user name."))
    return person


def rescue_owner(username: str) -> str:
    """Where nobody could give roles any more, let this one: the owner's name, empty where somebody can. Raises ActionError."""
    person = _locked_out(username)
    with transaction.atomic(), scope.tenant_scope(person.tenant_id):
        if administrators().exists():
            return ""
        _administer(by=Actor(tenant_id=person.tenant_id), person=person)
    return person.tenant.name


@action
def _administer(*, by: Actor, person: Person) -> None:
    row = Assignment(person=person, role=Role.ADMIN, valid_from=clock.today())
    row.save(force_insert=True)
    audit.record(by, "people.administrator_rescued", row, person=person.pk)


def accept(secret: str, *, username: str, password: str, email: str = "") -> Account:
    """Take an invitation: make the account (or set the new password). Raises ActionError; then nothing has changed."""
    with transaction.atomic():
        taken = invitations.use(secret, Purpose.ACCOUNT, Purpose.PASSWORD)
        if taken is None or taken.tenant_id is None:
            raise ActionError(_("This link is used or too old. Ask for a new one."))
        return _accept(by=Actor(tenant_id=taken.tenant_id), taken=taken, username=username, password=password, email=email)


@action
def _accept(*, by: Actor, taken: Invitation, username: str, password: str, email: str) -> Account:
    person = _invited(taken)
    account = person.account or _new_account(username, email)
    _set_password(account, password)
    person.account = account
    person.save()
    audit.record(by, "people.invitation_used", person, purpose=taken.purpose)
    return account


def _invited(taken: Invitation) -> Person:
    return Person.objects.select_related("account").get(pk=taken.person_id or NOBODY)


def _new_account(username: str, email: str) -> Account:
    name = username.strip().lower()
    try:
        with transaction.atomic():
            return Account.objects.create(username=name, password=NO_PASSWORD, email=email, created_at=clock.now())
    except IntegrityError:
        raise ActionError(_("This user name is taken. Choose another one."), "username") from None


def _set_password(account: Account, password: str) -> None:
    try:
        validate_password(password, account)
    except ValidationError as refused:
        raise ActionError(" ".join(refused.messages), "password") from None
    account.set_password(password)
    account.save()


def set_up(secret: str, *, owner_name: str, person_name: str, username: str, password: str, written_form: str = "nb") -> Account:
    """Turn an empty home into an owner with its first administrator. Raises ActionError when the link is used."""
    with transaction.atomic():
        if invitations.use(secret, Purpose.SETUP) is None:
            raise ActionError(_("This link is used or too old. Start the program again to get a new one."))
        tenant = open_owner(by=SYSTEM, name=owner_name, written_form=written_form)
        with scope.tenant_scope(tenant.pk):
            return first_administrator(by=Actor(tenant_id=tenant.pk), name=person_name, username=username, password=password)


@action
def first_administrator(*, by: Actor, name: str, username: str, password: str) -> Account:
    """The person who sets the house up: administrator, and adviser until somebody else is."""
    if Person.objects.exists():
        raise policy.NotAllowed("people.first_administrator")
    name = written(name, "person_name")
    account = _new_account(username, "")
    _set_password(account, password)
    first, found = sort_and_search(name)
    person = Person(name=name, sort_key=first, search_key=found, account=account)
    person.save(force_insert=True)
    for role in (Role.ADMIN, Role.ADVISER):
        Assignment(person=person, role=role, valid_from=clock.today()).save(force_insert=True)
    audit.record(by, "people.first_administrator", person)
    return account


@action
def choose_language(*, by: Actor, language: str) -> None:
    """Keep an account's language."""
    Account.objects.filter(pk=by.account_id or NOBODY).update(language=language)
    audit.record(by, "people.language_chosen", language=language)


def actor_for_person(person: Person) -> Actor:
    """The person as an actor (seeding, tests, jobs); needs an account."""
    if person.account_id is None:
        raise ValueError("a person without an account does nothing")
    return actor_of(person.account_id, person.tenant_id)


@action
def give_account(*, by: Actor, person: Person, username: str) -> Account:
    """Bind a new account without a password to a person. Only in a demonstration owner."""
    if not person.tenant.is_demo:
        raise policy.NotAllowed("people.give_account")
    person.account = _new_account(username, "")
    person.save()
    audit.record(by, "people.account_given", person)
    return person.account
