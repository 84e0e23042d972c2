"""The served demonstration, and a browser, for stories."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support import browser as kit
from tests.support.site import Site, demo_template, served

Teller = Callable[..., AbstractContextManager[kit.Story]]


@pytest.fixture(scope="session")
def loaded(run_folder: Path) -> Path:
    """The loaded demonstration, shared by the workers of one run."""
    return demo_template(run_folder / "demonstration", os.environ.get("DATABASE_URL"))


@pytest.fixture
def site(loaded: Path, tmp_path: Path) -> Iterator[Site]:
    """A copy of the demonstration, served by the real program, for one story alone."""
    with served(loaded, tmp_path / "home") as running:
        yield running


@pytest.fixture(scope="module")
def shared_site(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One served copy for stories that change nothing which another one looks at."""
    with served(loaded, tmp_path_factory.mktemp("shared") / "home") as running:
        yield running


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[Site]:
    """An empty home, served."""
    with served(None, tmp_path / "home") as running:
        yield running


@pytest.fixture
def tell(chromium: Browser, site: Site, request: pytest.FixtureRequest) -> Teller:
    """Begin a story in a window of a size: ``with tell(WIDE) as ingrid: …``."""
    return _teller(chromium, site, request.node.name)


@pytest.fixture
def tell_shared(chromium: Browser, shared_site: Site, request: pytest.FixtureRequest) -> Teller:
    """The same on the shared copy."""
    return _teller(chromium, shared_site, request.node.name)


def _teller(chromium: Browser, site: Site, name: str) -> Teller:
    def begin(size: dict[str, int], *, javascript: bool = True) -> AbstractContextManager[kit.Story]:
        return kit.story(chromium, site.url, size, name, javascript=javascript)

    return begin
