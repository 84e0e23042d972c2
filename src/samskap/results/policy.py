"""Who may see and import published figures."""

from django.db.models import Q

from samskap.kernel.models import ImportRun
from samskap.kernel.policy import NOTHING, Actor, rule
from samskap.people.api import Role, School

SEE = "results.see_school"
COMPARE = "results.compare_schools"
IMPORT = "results.import"
IMPORT_RUN = "results.import_run"


@rule(SEE, School)
def see_school(actor: Actor) -> Q:
    """A school's "Hvor er vi?": those who work at it or with it, and the owner's people. The figures are public;
    the page belongs to the school's own work."""
    if actor.owner_wide(Role.ADVISER, Role.STEERING, Role.PPT, Role.HANDLER):
        return Q()
    return Q(pk__in=actor.schools(Role.LEADER, Role.EMPLOYEE, Role.GROUP, Role.PPT, Role.GUIDE))


@rule(COMPARE)
def compare_schools(actor: Actor) -> bool:
    """Schools side by side: the owner's people, and leaders."""
    return actor.owner_wide(Role.ADVISER, Role.STEERING, Role.PPT) or actor.holds(Role.LEADER)


@rule(IMPORT)
def may_import(actor: Actor) -> bool:
    """Bring in files: the owner's adviser."""
    return actor.owner_wide(Role.ADVISER)


@rule(IMPORT_RUN, ImportRun)
def see_import_run(actor: Actor) -> Q:
    """The owner's own imports, for those who may import."""
    return Q(kind="results", tenant_id=actor.tenant_id) if may_import(actor) else NOTHING
