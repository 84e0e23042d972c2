"""Who may see and change schools and people."""

from django.db.models import Q, Subquery

from samskap.kernel.policy import NOTHING, Actor, rule
from samskap.people.models import Assignment, Guardianship, Person, Pupil, Role, School, SchoolClass, StandIn
from samskap.people.queries import in_force

SEE_SCHOOL = "people.see_school"
SEE_ALL_SCHOOLS = "people.see_all_schools"
MANAGE = "people.manage"
MANAGE_PERSON = "people.manage_person"
MANAGE_SCHOOL = "people.manage_school"
STAND_INS = "people.stand_ins"
STAND_IN = "people.stand_in"
SEE_CLASSES = "people.see_classes"
SEE_CLASS = "people.see_class"
SEE_PUPIL = "people.see_pupil"
MANAGE_CLASS = "people.manage_class"
MANAGE_PUPIL = "people.manage_pupil"
MANAGE_GUARDIAN = "people.manage_guardian"

OWNER_WIDE = (Role.ADVISER, Role.HANDLER, Role.STEERING, Role.ADMIN, Role.PRIVACY, Role.PPT)


@rule(SEE_SCHOOL, School)
def see_school(actor: Actor) -> Q:
    """Schools where one has a role; all of them for those who work for the owner."""
    if actor.owner_wide(*OWNER_WIDE):
        return Q()
    return Q(pk__in=actor.schools(*Role.values))


@rule(SEE_ALL_SCHOOLS)
def see_all_schools(actor: Actor) -> bool:
    """The owner's schools side by side: the owner's people."""
    return actor.owner_wide(Role.ADVISER, Role.HANDLER, Role.STEERING, Role.PPT)


@rule(MANAGE)
def manage(actor: Actor) -> bool:
    """Schools, people and roles: the administrator."""
    return actor.owner_wide(Role.ADMIN)


@rule(MANAGE_SCHOOL, School)
def manage_school(actor: Actor) -> Q:
    """Every school of the owner, for the administrator."""
    return Q() if manage(actor) else NOTHING


@rule(STAND_INS, School)
def stand_ins(actor: Actor) -> Q:
    """Who reads while the leader is away: the school's leaders say so, or the administrator."""
    return Q() if manage(actor) else Q(pk__in=_appointed_at(actor))


def _appointed_at(actor: Actor) -> Subquery:
    """The schools that the actor leads by a role of the own: who only stands in must not be able to prolong it."""
    held = Assignment.objects.filter(in_force(), person=actor.person_id, role=Role.LEADER)
    return Subquery(held.filter(school_id__in=actor.schools(Role.LEADER)).values("school_id"))


@rule(STAND_IN, StandIn)
def stand_in(actor: Actor) -> Q:
    """A stand-in of a school whose stand-ins one decides on."""
    return Q() if manage(actor) else Q(school_id__in=_appointed_at(actor))


@rule(SEE_CLASS, SchoolClass)
def see_class(actor: Actor) -> Q:
    """The administrator all classes, a leader the school's, a contact teacher the own one."""
    if manage(actor):
        return Q()
    found = Q(school_id__in=actor.schools(Role.LEADER))
    if actor.person_id is not None:
        found |= Q(contact_teacher_id=actor.person_id, school_id__in=actor.schools(Role.LEADER, Role.EMPLOYEE, Role.GROUP))
    return found


@rule(SEE_CLASSES)
def see_classes(actor: Actor) -> bool:
    """Has a list of classes."""
    return manage(actor) or bool(actor.schools(Role.LEADER, Role.EMPLOYEE))


@rule(SEE_PUPIL, Pupil)
def see_pupil(actor: Actor) -> Q:
    """Guardians and restrictions: the administrator, and the leaders of the pupil's school."""
    return Q() if manage(actor) else Q(school_class__school_id__in=actor.schools(Role.LEADER))


@rule(MANAGE_CLASS, SchoolClass)
def manage_class(actor: Actor) -> Q:
    """Every class, for the administrator."""
    return Q() if manage(actor) else NOTHING


@rule(MANAGE_PUPIL, Pupil)
def manage_pupil(actor: Actor) -> Q:
    """Every pupil, for the administrator."""
    return Q() if manage(actor) else NOTHING


@rule(MANAGE_GUARDIAN, Guardianship)
def manage_guardian(actor: Actor) -> Q:
    """What everybody is to a pupil, for the administrator."""
    return Q() if manage(actor) else NOTHING


@rule(MANAGE_PERSON, Person)
def manage_person(actor: Actor) -> Q:
    """Every person of the owner but pupils, for the administrator: a pupil gets no role, and no link for signing in."""
    return Q(pupil=None) if manage(actor) else NOTHING
