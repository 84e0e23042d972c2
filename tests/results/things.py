"""What the tables of addresses may name in results."""

from django.core.files.uploadedfile import SimpleUploadedFile

from samskap.results import actions
from tests.access.table import Thing
from tests.results.pages.figures import Figures
from tests.support.world import World


def _import_by(world: World, key: str) -> object:
    """An import that an adviser has begun."""
    return actions.receive_files(by=world.actor(key), uploads=[SimpleUploadedFile("a.csv", b"x")]).pk


def _file_with_figures(world: World, key: str) -> object:
    """The kind of a file over one owner's schools, for which there are figures."""
    figures = Figures()
    figures.index(figures.at(world, "elvesletta"), 2025, 4.1)
    return key


THINGS: dict[str, Thing] = {"import": _import_by, "file_with_figures": _file_with_figures, "name": lambda world, key: 0}
