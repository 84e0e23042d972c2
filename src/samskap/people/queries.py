"""Reads about people, schools and units."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from samskap.kernel import clock, policy, scope
from samskap.kernel.models import Account, SecondFactor, Tenant
from samskap.kernel.policy import Actor, Grant
from samskap.kernel.text import search_key
from samskap.law.api import LOOK_AHEAD, Break, ReadingHours, unread
from samskap.people import rules
from samskap.people.models import (
    Assignment,
    Guardianship,
    Owner,
    Person,
    Pupil,
    Role,
    School,
    SchoolBreak,
    SchoolClass,
    SchoolYear,
    StandIn,
    Unit,
    UnitIdentifier,
)

WORKS_AT = (Role.LEADER, Role.EMPLOYEE, Role.GROUP)


def number_of(unit: Unit | None) -> str:
    """A unit's newest organisation number; empty where it has none."""
    kind = UnitIdentifier.Kind.ORGANISATION
    found = UnitIdentifier.objects.filter(unit=unit, kind=kind).order_by("-valid_from", "-id").first() if unit else None
    return found.value if found else ""


def in_force() -> Q:
    """Assignments that hold today."""
    today = clock.today()
    return Q(valid_from__lte=today) & (Q(valid_to=None) | Q(valid_to__gte=today))


def persons_of(account_id: UUID) -> list[Person]:
    """Every person that an account may be, at any owner."""
    with scope.outside_scope(reason="at sign-in the owner is not yet known"):
        rows = Person.objects.filter(account_id=account_id, active=True).select_related("tenant")
        return list(rows.order_by("tenant__name"))


def actor_of(account_id: UUID, tenant_id: UUID | None) -> Actor:
    """The account as an actor at the wanted owner, or at its only one; without grants where it has no person."""
    persons = persons_of(account_id)
    if tenant_id is None and len(persons) == 1:
        tenant_id = persons[0].tenant_id
    person = next((p for p in persons if p.tenant_id == tenant_id), None)
    if person is None:
        return Actor(account_id=account_id)
    grants, language = _held_by(person)
    trained = person.trained_on is not None and person.trained_on <= clock.today()
    return Actor(account_id, person.pk, person.tenant_id, person.name, grants, language, trained=trained)


def grants_of(person: Person) -> tuple[Grant, ...]:
    """The person's roles that hold today, the oldest first."""
    return _held_by(person)[0]


def _held_by(person: Person) -> tuple[tuple[Grant, ...], str]:
    """The roles of today, and the written form of the schools they are at; where that is not one, the owner's."""
    with scope.tenant_scope(person.tenant_id):
        rows = Assignment.objects.filter(in_force(), person=person).order_by("valid_from", "id")
        held = [
            (Grant(role, school), form) for role, school, form in rows.values_list("role", "school_id", "school__written_form")
        ]
        agreed = StandIn.objects.filter(_agreed_for_today(), substitute=person)
        # Every request asks this, and few people stand in for anybody: the long question is put for those alone.
        away = agreed.filter(still_here()) if agreed.exists() else agreed.none()
        for school, leader, form in away.values_list("school_id", "leader_id", "school__written_form"):
            held.append((Grant(Role.LEADER.value, school, leader), form))
        spoken = {form for _grant, form in held if form}
        if len(spoken) != 1:
            spoken = set(Owner.objects.values_list("written_form", flat=True)[:1])
    return tuple(grant for grant, _form in held), next(iter(spoken), "")


def schools(actor: Actor) -> QuerySet[School]:
    """The schools that the actor may see, in alphabetical order."""
    rows: QuerySet[School] = policy.visible("people.see_school", actor)
    return rows.select_related("unit").order_by("sort_key")


def staff_of(school_id: UUID, *roles: str) -> QuerySet[Person]:
    """People with an assignment (in one of these roles) at a school today, for "who is responsible"."""
    rows = Assignment.objects.filter(in_force(), school_id=school_id)
    held = (rows.filter(role__in=roles) if roles else rows).values("person_id")
    return Person.objects.filter(pk__in=held, active=True).order_by("sort_key")


def works_at(persons: Iterable[UUID], *roles: str) -> dict[UUID, set[UUID]]:
    """Person -> the schools at which each holds one of the roles today."""
    found: dict[UUID, set[UUID]] = {}
    rows = Assignment.objects.filter(in_force(), person_id__in=list(persons), role__in=roles, school__isnull=False)
    for person, school in rows.values_list("person_id", "school_id"):
        found.setdefault(person, set()).add(school)
    return found


def trained(persons: Iterable[UUID]) -> set[UUID]:
    """Those of the persons who are trained in privacy and security."""
    rows = Person.objects.filter(pk__in=list(persons), trained_on__lte=clock.today())
    return set(rows.values_list("pk", flat=True))


def standing_in() -> Q:
    """Stand-ins of today."""
    return still_here() & _agreed_for_today()


def _agreed_for_today() -> Q:
    """Stand-ins whose days these are, whether or not they still may be one."""
    today = clock.today()
    return Q(valid_from__lte=today, valid_to__gte=today)


def still_here() -> Q:
    """Stand-ins who still may be one: whoever leaves the school leads it no longer, whatever was agreed."""
    held = _may_lead(OuterRef("school_id")).filter(person_id=OuterRef("substitute_id"))
    return Q(Exists(held), substitute__active=True)


def _may_lead(school_id: object) -> QuerySet[Assignment]:
    """Roles of those who could lead the school for some days: who works there, or leads another of the owner's."""
    works = Q(role__in=WORKS_AT, school_id=school_id) | Q(role=Role.LEADER, school__isnull=False)
    return Assignment.objects.filter(in_force(), works)


def colleagues_of(school_id: UUID) -> QuerySet[Person]:
    """Who may stand in for a leader of the school, and can sign in."""
    held = _may_lead(school_id).values("person_id")
    return Person.objects.filter(pk__in=held, active=True, account__is_active=True).order_by("sort_key")


def appointed_leaders(school_id: UUID) -> QuerySet[Person]:
    """The school's own leaders of today, without stand-ins."""
    held = _held(Role.LEADER, school_id=school_id).values("person_id")
    return Person.objects.filter(pk__in=held, active=True).order_by("sort_key")


def _held(role: Role, **where: object) -> QuerySet[Assignment]:
    return Assignment.objects.filter(in_force(), role=role, **where)


CAN_SIGN_IN = {"active": True, "account__is_active": True}


def leaders_of(school_id: UUID) -> QuerySet[Person]:
    """Who leads a school today and can sign in: its leaders, and those who stand in for one."""
    held = _held(Role.LEADER, school_id=school_id).values("person_id")
    stand_ins = StandIn.objects.filter(standing_in(), school_id=school_id).values("substitute_id")
    return Person.objects.filter(Q(pk__in=held) | Q(pk__in=stand_ins), **CAN_SIGN_IN).order_by("sort_key")


@dataclass(frozen=True)
class Lead:
    """Somebody leads a school today and can sign in: by appointment, or in the place of another."""

    school: UUID
    person: UUID
    stands_in_for: UUID | None = None


def leads(*, trained: bool = False, **where: UUID) -> list[Lead]:
    """Who leads which school today: of all schools, of one (``school_id``) or of one person (``person_id``). Two queries.

    ``trained``: only those who are trained in privacy and security.
    """
    wanted = {**CAN_SIGN_IN, "trained_on__lte": clock.today()} if trained else CAN_SIGN_IN
    can = {f"person__{name}": value for name, value in wanted.items()}
    held = _held(Role.LEADER, school__isnull=False, **can, **where).values_list("school_id", "person_id")
    instead = {name.replace("person_id", "substitute_id"): value for name, value in where.items()}
    can = {f"substitute__{name}": value for name, value in wanted.items()}
    away = StandIn.objects.filter(standing_in(), **can, **instead).values_list("school_id", "substitute_id", "leader_id")
    return [Lead(school, person) for school, person in held if school] + [Lead(*row) for row in away]


def breaks_of(school: School | None) -> tuple[Break, ...]:
    """The school's breaks that are not over, its own and the owner's; without a school: those of all the owner's schools."""
    rows = SchoolBreak.objects.filter(Q(school=school) | Q(school=None), last_day__gte=clock.today()).order_by("first_day")
    return tuple(Break(row.first_day, row.last_day) for row in rows)


def covered_days(school: School) -> tuple[Break, ...]:
    """Days on which a stand-in reads what comes in, also in a break: one who can open it, trained and with a second factor."""
    rows = StandIn.objects.filter(_can_open(), school=school, reads_in_breaks=True, valid_to__gte=clock.today())
    return tuple(Break(row.valid_from, row.valid_to) for row in rows.order_by("valid_from"))


def _can_open() -> Q:
    """Stand-ins who still may be one and can open what comes in: trained and with a second factor."""
    has_factor = SecondFactor.objects.exclude(kind=SecondFactor.Kind.RECOVERY).values("account_id")
    return still_here() & Q(
        substitute__trained_on__lte=clock.today(), substitute__account__is_active=True, substitute__account__in=has_factor
    )


def days_without_readers(school: School) -> tuple[Break, ...]:
    """Days on which all who lead the school are away, as they have noted, and nobody stands in who can open it."""
    horizon = clock.today() + timedelta(days=LOOK_AHEAD)
    rows = StandIn.objects.filter(school=school, valid_to__gte=clock.today(), valid_from__lte=horizon)
    away: dict[UUID, list[Break]] = {}
    for leader, first, last in rows.filter(substitute=None).values_list("leader_id", "valid_from", "valid_to"):
        away.setdefault(leader, []).append(Break(max(first, clock.today()), min(last, horizon)))
    if not away:
        return ()
    leaders = appointed_leaders(school.pk).filter(account__is_active=True).values_list("pk", flat=True)
    there = [Break(*days) for days in rows.filter(_can_open()).values_list("valid_from", "valid_to")]
    return unread([away.get(leader, []) for leader in leaders], there)


def reading_hours(school: School) -> ReadingHours:
    """From when to when somebody reads on a school day."""
    return ReadingHours(school.opens, school.closes)


def stand_ins(school: School) -> QuerySet[StandIn]:
    """A school's stand-ins that are not over, the next first."""
    rows = StandIn.objects.filter(school=school, valid_to__gte=clock.today()).select_related("leader", "substitute")
    return rows.order_by("valid_from", "id")


def breaks() -> QuerySet[SchoolBreak]:
    """The owner's breaks that are not over, the next first."""
    return SchoolBreak.objects.filter(last_day__gte=clock.today()).select_related("school").order_by("first_day", "id")


def classes(actor: Actor, school_id: UUID | None = None) -> QuerySet[SchoolClass]:
    """The classes that the actor may see (of one school), by school and name; with how many pupils each has."""
    rows: QuerySet[SchoolClass] = policy.visible("people.see_class", actor)
    if school_id is not None:
        rows = rows.filter(school_id=school_id)
    counted = rows.annotate(count=Count("pupils", filter=Q(pupils__active=True)))
    return counted.select_related("school", "year", "contact_teacher").order_by("-year__start", "school__sort_key", "name", "id")


def pupils_of(school_class: SchoolClass) -> QuerySet[Pupil]:
    """A class's pupils in alphabetical order."""
    return school_class.pupils.filter(active=True).select_related("person").order_by("person__sort_key", "id")


def pupils_at(school: School) -> QuerySet[Pupil]:
    """The school's pupils, class by class."""
    rows = Pupil.objects.filter(active=True, school_class__school=school).select_related("person", "school_class")
    return rows.order_by("school_class__name", "person__sort_key", "id")


@dataclass(frozen=True)
class PupilName:
    """A pupil's name, and the class."""

    person: UUID
    school_class: UUID
    name: str


def pupil_names(school_id: UUID) -> list[PupilName]:
    """The names of a school's pupils, by which they are known again in a text."""
    rows = Pupil.objects.filter(active=True, school_class__school_id=school_id)
    return [PupilName(*row) for row in rows.values_list("person_id", "school_class_id", "person__name")]


def classes_at(school: School) -> QuerySet[SchoolClass]:
    """The school's classes of the newest year that has any."""
    newest = SchoolClass.objects.filter(school=school).order_by("-year__start").values("year")[:1]
    return SchoolClass.objects.filter(school=school, year__in=newest).order_by("name", "id")


def guardians_of(pupil: Pupil) -> QuerySet[Guardianship]:
    """Who is there for a pupil, also what has ended, the present first."""
    rows = pupil.guardianships.select_related("guardian")
    return rows.order_by(F("valid_to").desc(nulls_first=True), "guardian__sort_key", "id")


def way_of(rows: Iterable[Guardianship]) -> rules.Way:
    """What one guardian has a right to today, from all that they are to one pupil."""
    relations = [
        rules.Relation(
            row.kind, row.parental_responsibility, row.contact_ban or row.guardian.contact_ban, row.valid_from, row.valid_to
        )
        for row in rows
    ]
    return rules.strongest(relations, clock.today())


def ways(pupil: Pupil) -> dict[UUID, rules.Way]:
    """Guardian -> what they have a right to today. Who may act for the pupil: those with ``Way.FULL``."""
    held: dict[UUID, list[Guardianship]] = {}
    for row in guardians_of(pupil):
        held.setdefault(row.guardian_id, []).append(row)
    return {guardian: way_of(rows) for guardian, rows in held.items()}


def children_of(person_id: UUID | None) -> set[UUID]:
    """The pupils (their person ids) for whom somebody may act in full today."""
    rows = Guardianship.objects.filter(guardian_id=person_id, pupil__active=True) if person_id else Guardianship.objects.none()
    held: dict[UUID, list[Guardianship]] = {}
    for row in rows.select_related("guardian", "pupil"):
        held.setdefault(row.pupil.person_id, []).append(row)
    return {child for child, found in held.items() if way_of(found) == rules.Way.FULL}


def family_schools(person_id: UUID | None) -> QuerySet[School]:
    """The school of one who is a pupil, and those of the pupils for whom one may act in full today.

    Not of a child with a protected address with whom one does not live: which school it is tells where the child can be found.
    """
    persons, today = ({person_id, *children_of(person_id)} if person_id else set()), clock.today()
    home = Guardianship.objects.filter(guardian_id=person_id, lives_with=True, valid_from__lte=today).exclude(valid_to__lt=today)
    told = Q(person_id=person_id) | Q(person__address_protection=Person.Protection.NONE) | Q(pk__in=home.values("pupil"))
    pupils = Pupil.objects.filter(told, person_id__in=persons, active=True)
    return School.objects.filter(pk__in=pupils.values("school_class__school"), active=True).order_by("sort_key")


def pupil_of(person_id: UUID | str) -> Pupil | None:
    """The pupil that a person is; None for one who is none, or has left."""
    rows = Pupil.objects.filter(person_id=person_id, active=True)
    return rows.select_related("person", "school_class__school", "school_class__year").first()


def guardian_names(children: Iterable[UUID | str]) -> list[tuple[UUID, str]]:
    """(pupil's person id, guardian's name) of all who are or were there for these pupils."""
    rows = Guardianship.objects.filter(pupil__person_id__in=list(children))
    return list(rows.values_list("pupil__person_id", "guardian__name").distinct())


def same_name(pupil: Pupil, name: str) -> QuerySet[Person]:
    """Guardians of other pupils of the school with the same name: a sister's mother is one person, not two."""
    school = pupil.school_class.school_id
    known = Guardianship.objects.filter(pupil__school_class__school_id=school).exclude(pupil=pupil).values("guardian_id")
    return Person.objects.filter(pk__in=known, search_key=search_key(" ".join(name.split()))[:220]).order_by("pk")


def handlers() -> QuerySet[Person]:
    """The owner's case handlers of today."""
    held = _held(Role.HANDLER, school=None).values("person_id")
    return Person.objects.filter(pk__in=held, active=True).order_by("sort_key")


def accounts_with_mail() -> dict[UUID, list[UUID]]:
    """Accounts that a message can reach -> the owners at which each has a person. All owners: for the daily message."""
    found: dict[UUID, list[UUID]] = {}
    with scope.outside_scope(reason="the daily message goes to all owners' people"):
        rows = Person.objects.filter(active=True, account__is_active=True).exclude(account__email="")
        for account_id, tenant_id in rows.order_by("account_id").values_list("account_id", "tenant_id"):
            found.setdefault(account_id, []).append(tenant_id)
    return found


def owner() -> Owner | None:
    """The owner in scope."""
    return Owner.objects.select_related("unit__parent").first()


def school_years() -> QuerySet[SchoolYear]:
    """The owner's school years, the newest first."""
    return SchoolYear.objects.order_by("-start")


def current_year() -> SchoolYear | None:
    """The school year of today; in July the one that has ended."""
    return SchoolYear.objects.filter(first_day__lte=clock.today()).order_by("-start").first()


def context_units(unit: Unit) -> tuple[Unit, ...]:
    """The unit's municipality, county and nation, as far as the register knows them."""
    found: list[Unit] = []
    step = unit.parent
    while step is not None and len(found) < 5:
        found.append(step)
        step = step.parent
    return tuple(found)


def accounts(ids: Iterable[UUID]) -> QuerySet[Account]:
    """Accounts by id."""
    return Account.objects.filter(pk__in=list(ids))


def tenant_name(actor: Actor) -> str:
    """The name of the owner that the actor acts at; empty for none."""
    found = Tenant.objects.filter(pk=actor.tenant_id).first() if actor.tenant_id else None
    return found.name if found else ""


def roles_of(actor: Actor) -> tuple[str, ...]:
    """The actor's roles in words, with the school where there is one."""
    if actor.tenant_id is None:
        return ()
    names = dict(School.objects.filter(pk__in={g.school_id for g in actor.grants}).values_list("pk", "name"))
    labels = dict(Role.choices)
    return tuple(f"{labels[g.role]}, {names[g.school_id]}" if g.school_id in names else str(labels[g.role]) for g in actor.grants)


def demo_person(person_id: UUID) -> Person | None:
    """A person of a demonstration owner who can sign in; never one of a real owner."""
    with scope.outside_scope(reason="the demo's sign-in, before anybody is known"):
        rows = Person.objects.filter(tenant__is_demo=True, active=True, account__is_active=True)
        return rows.select_related("account").filter(pk=person_id).first()


@dataclass(frozen=True)
class DemoGroup:
    """A heading and the people below it."""

    title: str
    people: tuple[tuple[UUID, str, str], ...]


def demo_groups() -> tuple[DemoGroup, ...]:
    """The demonstration's people, by owner or school, each with title and what there is to try."""
    with scope.outside_scope(reason="the demo's sign-in, before anybody is known"):
        rows = Assignment.objects.filter(in_force(), person__tenant__is_demo=True, person__account__isnull=False)
        rows = rows.select_related("person", "school", "tenant").order_by("tenant__created_at", "school__sort_key", "role")
        groups: dict[str, dict[UUID, tuple[UUID, str, str]]] = {}
        for row in rows:
            title = row.school.name if row.school else row.tenant.name
            groups.setdefault(title, {}).setdefault(row.person_id, (row.person_id, row.person.name, row.person.title))
        for title, found in _demo_families():
            groups.setdefault(title, {}).setdefault(found[0], found)
    return tuple(DemoGroup(title, tuple(people.values())) for title, people in groups.items())


def _demo_families() -> Iterator[tuple[str, tuple[UUID, str, str]]]:
    """Pupils and guardians of demonstration owners who can sign in, below the name of their school."""
    pupils = Pupil.objects.filter(person__tenant__is_demo=True, active=True)
    ordered = ("person__tenant__created_at", "school_class__school__sort_key", "person__sort_key")
    for pupil in pupils.select_related("person", "school_class__school").order_by(*ordered):
        title = _("%(school)s: pupils and families") % {"school": pupil.school_class.school.name}
        if pupil.person.account_id is not None:
            yield title, (pupil.person_id, pupil.person.name, _("pupil, %(name)s") % {"name": pupil.school_class.name})
        for row in guardians_of(pupil):
            if row.guardian.account_id is not None:
                yield title, (row.guardian_id, row.guardian.name, _("guardian of %(name)s") % {"name": pupil.person.name})


_TIES: tuple[tuple[type[Guardianship | Assignment], str], ...] = ((Guardianship, "guardian"), (Assignment, "person"))


def people_found(actor: Actor, wanted: str) -> QuerySet[Person]:
    """The owner's people by name, for the administrator. Without pupils; guardians stand with their pupils."""
    rows: QuerySet[Person] = policy.visible("people.manage_person", actor)
    guards, works = (model.objects.filter(**{name: OuterRef("pk")}) for model, name in _TIES)
    rows = rows.filter(~Exists(guards) | Exists(works))
    if wanted:
        rows = rows.filter(search_key__contains=search_key(wanted))
    held = Assignment.objects.filter(in_force()).select_related("school").order_by("valid_from", "id")
    return rows.prefetch_related(Prefetch("assignments", held)).order_by("sort_key", "id")


def roles_held(person: Person) -> QuerySet[Assignment]:
    """A person's roles that hold today or begin later."""
    today = clock.today()
    rows = Assignment.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today), person=person)
    return rows.select_related("school").order_by("valid_from", "id")
