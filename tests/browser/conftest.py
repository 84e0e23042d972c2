"""The served demonstration, and a browser, for stories."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support import browser as kit
from tests.support.site import Site, all_have_ended, put_back, served

Teller = Callable[..., AbstractContextManager[kit.Story]]


@pytest.fixture
def site(loaded: Path, tmp_path: Path) -> Iterator[Site]:
    """A copy of the demonstration, served by the real program, for one story alone."""
    with served(loaded, tmp_path / "home") as running:
        yield running


@pytest.fixture(scope="session")
def begun_anew(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Site]]:
    """One served copy, put back each time it is asked for. From a template of its own, which nobody copies meanwhile."""
    folder = tmp_path_factory.mktemp("anew")
    shutil.copytree(loaded, folder / "template")
    with served(folder / "template", folder / "home") as running:

        def put_back_first() -> Site:
            put_back(folder / "template", running)
            return running

        yield put_back_first


@pytest.fixture(scope="session")
def shared_site(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One served copy for all stories that change nothing which another one looks at."""
    with served(loaded, tmp_path_factory.mktemp("shared") / "home") as running:
        yield running


@pytest.fixture
def empty_site(made_home: Path) -> Iterator[Site]:
    """A home in which nobody lives yet, served."""
    with served(None, made_home) as running:
        yield running


@pytest.fixture(scope="session", autouse=True)
def every_site_ends() -> Iterator[None]:
    """A site that does not end within some seconds after it was asked to is an error."""
    yield
    all_have_ended()


@pytest.fixture
def tell(chromium: Browser, request: pytest.FixtureRequest) -> Teller:
    """Begin a story in a window of a size: ``with tell(WIDE) as ingrid: …``. On SQLite the program goes on from story to story;
    what it keeps in memory for half a minute goes along, so that a story for which that counts asks for ``site`` too."""
    own = "site" in request.fixturenames or "DATABASE_URL" in os.environ
    site: Site = request.getfixturevalue("site") if own else request.getfixturevalue("begun_anew")()
    return _teller(chromium, site, request.node.name)


@pytest.fixture
def tell_shared(chromium: Browser, shared_site: Site, request: pytest.FixtureRequest) -> Teller:
    """The same on the shared copy."""
    return _teller(chromium, shared_site, request.node.name)


def _teller(chromium: Browser, site: Site, name: str) -> Teller:
    def begin(size: dict[str, int], *, javascript: bool = True) -> AbstractContextManager[kit.Story]:
        return kit.story(chromium, site.url, size, name, javascript=javascript)

    return begin
