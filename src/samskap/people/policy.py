"""Who may see and change schools and people."""

from django.db.models import Q

from samskap.kernel.policy import NOTHING, Actor, rule
from samskap.people.models import Person, Role, School

SEE_SCHOOL = "people.see_school"
SEE_ALL_SCHOOLS = "people.see_all_schools"
MANAGE = "people.manage"
MANAGE_PERSON = "people.manage_person"
MANAGE_SCHOOL = "people.manage_school"

AT_SCHOOL = (Role.LEADER, Role.EMPLOYEE, Role.GROUP, Role.PPT, Role.GUIDE)
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


@rule(MANAGE_PERSON, Person)
def manage_person(actor: Actor) -> Q:
    """Every person of the owner, for the administrator."""
    return Q() if manage(actor) else NOTHING
