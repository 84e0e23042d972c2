"""What the pages' tests share."""

import pytest

from samskap.people.models import Unit
from tests.results.pages.figures import Figures
from tests.support.world import World


@pytest.fixture
def figures(world: World) -> Figures:
    """An empty store of figures with a country, a county and a municipality."""
    return Figures()


@pytest.fixture
def unit(world: World, figures: Figures) -> Unit:
    """The register's unit of Ingrid's school."""
    return figures.at(world, "elvesletta")
