"""The things that every room's table may name."""

from tests.access.table import Thing

THINGS: dict[str, Thing] = {
    "school": lambda world, key: world.school(key).pk,
    "person": lambda world, key: world.person(key).pk,
}
