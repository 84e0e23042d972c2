"""What the tables of addresses may name in results."""

from django.core.files.uploadedfile import SimpleUploadedFile

from samskap.results import actions
from tests.support.world import World


def _import_by(world: World, key: str) -> object:
    """An import that an adviser has begun."""
    return actions.receive_files(by=world.actor(key), uploads=[SimpleUploadedFile("a.csv", b"x")]).pk


THINGS = {"import": _import_by}
