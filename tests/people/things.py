"""A class with a pupil, a break and a stand-in, for the tables of addresses and the tests."""

from datetime import timedelta

from samskap.kernel import clock, scope
from samskap.people import actions_school as actions
from samskap.people.models import Guardianship, Pupil, SchoolBreak, SchoolClass, SchoolYear, StandIn
from tests.access.table import Thing
from tests.support.world import World


def stand_in(world: World, key: str = "elvesletta", who: str = "amir") -> StandIn:
    """Amir stands in for Ingrid from today on."""
    return actions.add_stand_in(
        by=world.actor("ingrid"), school=world.school(key), leader=world.person("ingrid"), substitute=world.person(who),
        valid_from=clock.today(), valid_to=clock.today() + timedelta(days=4), reads_in_breaks=True,
    )  # fmt: skip


def school_break(world: World, key: str = "owner") -> SchoolBreak:
    """A break at all of the owner's schools, from today on."""
    return actions.add_break(
        by=world.actor("nina"), name="Høstferie", first_day=clock.today(), last_day=clock.today() + timedelta(days=9)
    )


def school_class(world: World, key: str = "elvesletta") -> SchoolClass:
    """A class; Amir is its contact teacher."""
    with scope.tenant_scope(world.tenant_id):
        year = SchoolYear.objects.order_by("-start")[0]
    return actions.add_class(
        by=world.actor("nina"), school=world.school(key), year=year, name="9D", contact_teacher=world.person("amir")
    )


def pupil(world: World, key: str = "elvesletta") -> Pupil:
    """A pupil of the class."""
    return actions.add_pupil(by=world.actor("nina"), school_class=school_class(world, key), name="Noah Bergli")


def guardian(world: World, of: Pupil, **more: object) -> Guardianship:
    """A mother with parental responsibility, where nothing else is said."""
    fields: dict[str, object] = {"name": "Hanne Bergli", "kind": "parent", "parental_responsibility": True, **more}
    return actions.add_guardian(by=world.actor("nina"), pupil=of, **fields)  # type: ignore[arg-type]  # by name


THINGS: dict[str, Thing] = {
    "stand_in": lambda world, key: stand_in(world, key).pk,
    "break": lambda world, key: school_break(world, key).pk,
    "class": lambda world, key: school_class(world, key).pk,
    "pupil": lambda world, key: pupil(world, key).pk,
    "guardianship": lambda world, key: guardian(world, pupil(world, key)).pk,
}
