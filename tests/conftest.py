"""Fixtures of all tests."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from samskap.voice.kept import forget
from tests.support import browser as kit
from tests.support.site import demo_template, empty_template
from tests.support.world import World, build, found

# The browser's driver keeps an event loop in the process; the tests' own use of the database is not asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Fast by default; ``script/test --deep`` asks for ten thousand inputs.
settings.register_profile("fast", max_examples=60, deadline=None, derandomize=True)
settings.register_profile("deep", max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


# Whoever asks for one of these works on a database.
DATABASES = {"db", "transactional_db", "site", "shared_site", "empty_site", "loaded"}
# Of pages, documents and files. What they ask the database is asked on PostgreSQL by everybody who is led to each page
# (tests/site/demo/test_crawl.py), by the tests of actions and rules, and by bad input at each address; what becomes of the
# answer is the same on both. In the deep run these are asked on both too.
PAGES = tuple(f"tests/{name}" for name in (
    "cases/test_pages", "cases/test_family", "cases/test_papers", "improve/test_pages", "people/test_refused",
    "people/test_second_factor", "results/pages/", "results/importing/test_web", "results/importing/test_hostile",
    "results/importing/test_real_files", "voice/test_dialogue", "voice/test_public", "voice/test_staff_pages", "voice/test_steps",
    "voice/test_unseen",
))  # fmt: skip


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that works on no database, or of how a page looks, need not run again on the second one; of a table of cases one
    line is asked there, since the others ask the database the same, unless they are different things to do."""
    asked_before: set[str] = set()
    for item in items:
        asked = DATABASES & set(getattr(item, "fixturenames", ()))
        on_none = not asked and item.get_closest_marker("django_db") is None
        if on_none:
            item.add_marker(pytest.mark.no_database)
        table = item.nodeid.partition("[")[0]
        further = table in asked_before and item.get_closest_marker("second") is None and not _does_something(item)
        if on_none or further or item.nodeid.startswith(PAGES):
            item.add_marker(pytest.mark.once)
        asked_before.add(table)


def _does_something(item: pytest.Item) -> bool:
    """A case of the table is a function."""
    return any(callable(value) for value in item.callspec.params.values()) if hasattr(item, "callspec") else False


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end: looking through it for garbage, again and again, takes a tenth of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The named people stand in the database before the first test, and every test undoes its own changes."""
    with django_db_blocker.unblock():
        build()
    yield
    with django_db_blocker.unblock():
        end_other_sessions()


def end_other_sessions() -> None:
    """PostgreSQL drops no database that a thread of a test is still connected to."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            cursor.execute(f"SELECT pg_terminate_backend(pid) {others}")


@pytest.fixture(scope="session", autouse=True)
def plain_static_files() -> Iterator[None]:
    """Static files by their own names; hashed names belong to a site that has collected them."""
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    storage = "django.core.files.storage.InMemoryStorage"
    with override_settings(STORAGES={"staticfiles": {"BACKEND": plain}, "default": {"BACKEND": storage}}):
        yield


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the workers of one run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if base.name.startswith("popen-") else base


@pytest.fixture
def made_home(run_folder: Path, tmp_path: Path) -> Path:
    """A home of the test's own on SQLite, all ready, in which nobody lives yet."""
    home = tmp_path / "made"
    shutil.copytree(empty_template(run_folder / "empty"), home)
    return home


@pytest.fixture(scope="session")
def loaded(run_folder: Path) -> Path:
    """The loaded demonstration, shared by the workers of one run."""
    return demo_template(run_folder / "demonstration", os.environ.get("DATABASE_URL"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all stories of a worker; its driver can be started only once in a process."""
    with sync_playwright() as playwright:
        browser = kit.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """No page that an earlier test had made is shown in this one."""
    forget()


@pytest.fixture
def world(db: None) -> World:
    """The named people."""
    return found()
