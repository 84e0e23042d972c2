"""What other rooms may use of people."""

from samskap.people.actions import choose_language
from samskap.people.models import Assignment, Level, Owner, Person, Role, School, SchoolYear, Unit, UnitIdentifier, UnitRelation
from samskap.people.policy import SEE_ALL_SCHOOLS, SEE_SCHOOL
from samskap.people.queries import (
    accounts_with_mail,
    context_units,
    current_year,
    handlers,
    in_force,
    leaders_of,
    led_school_ids,
    owner,
    roles_of,
    school_years,
    schools,
    staff_of,
    tenant_name,
)

__all__ = [
    "SEE_ALL_SCHOOLS",
    "SEE_SCHOOL",
    "Assignment",
    "Level",
    "Owner",
    "Person",
    "Role",
    "School",
    "SchoolYear",
    "Unit",
    "UnitIdentifier",
    "UnitRelation",
    "accounts_with_mail",
    "choose_language",
    "context_units",
    "current_year",
    "handlers",
    "in_force",
    "leaders_of",
    "led_school_ids",
    "owner",
    "roles_of",
    "school_years",
    "schools",
    "staff_of",
    "tenant_name",
]
