"""People with a browser, and a report."""

import pytest
from django.test import Client

from samskap.voice.models import Report
from tests.support.world import World
from tests.voice import telling


@pytest.fixture
def ingrid(world: World) -> Client:
    """Who leads the school."""
    return world.client("ingrid")


@pytest.fixture
def jonas(world: World) -> Client:
    """Who handles cases for the owner."""
    return world.client("jonas")


@pytest.fixture
def report(world: World) -> Report:
    """What a pupil has told."""
    return telling.from_pupil(world)[0]
