"""The demonstration loads into an empty home once, all or nothing, and every page answers those who may open it."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from samskap.kernel.policy import SYSTEM
from samskap.people import actions
from samskap.results.readers import open_file
from samskap.site.commands import CannotDo
from samskap.site.demo import files, loader, survey
from tests.support.site import demo_template, seconds
from tests.support.world import World

ROOT = Path(__file__).resolve().parents[3]

FAILS_AT_THE_END = """
import django; django.setup()
from samskap.site import commands
from samskap.site.demo import loader, rounds
commands.make_home()
def fail(): raise RuntimeError("pulled the plug")
rounds.play_all = fail
try:
    loader.load(say=lambda line: None)
except RuntimeError:
    from samskap.kernel.models import Account, AuditEntry, ImportRun, Tenant
    print(Tenant.objects.count() + Account.objects.count() + AuditEntry.objects.count() + ImportRun.objects.count())
"""


def run(home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """A Python of its own with an SQLite home of its own."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("SAMSKAP_", "DATABASE_"))}
    env |= {"SAMSKAP_HOME": str(home), "SAMSKAP_DEMO": "1", "DJANGO_SETTINGS_MODULE": "samskap.site.settings"}
    return subprocess.run([sys.executable, *words], env=env, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.fixture(scope="module")
def home(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the demonstration in it: a copy of the one that the browser's stories begin with (on SQLite)."""
    name = "demonstration-on-sqlite" if os.environ.get("DATABASE_URL") else "demonstration"
    loaded = demo_template(run_folder / name, None)
    assert seconds(loaded) < 60
    folder = tmp_path_factory.mktemp("demo") / "home"
    shutil.copytree(loaded, folder)
    return folder


def content(home: Path) -> list[str]:
    """All that stands in the database. Not the file's size: laying the guards anew may take a page more."""
    with closing(sqlite3.connect(home / "samskap.sqlite3")) as database:
        return sorted(database.iterdump())


def test_a_second_start_says_that_it_is_there_and_changes_nothing(home: Path) -> None:
    before = content(home)
    again = run(home, "-m", "samskap.site.cli", "demo", "--no-serve")
    assert again.returncode == 0, again.stderr
    assert "already" in again.stdout
    assert content(home) == before


@pytest.mark.deep  # the whole demonstration is loaded twice
def test_a_load_that_is_interrupted_leaves_nothing_behind_and_can_be_done_again(made_home: Path) -> None:
    broken = run(made_home, "-c", FAILS_AT_THE_END)
    assert (broken.returncode, broken.stdout.strip()) == (0, "0"), broken.stderr
    again = run(made_home, "-m", "samskap.site.cli", "demo", "--no-serve")
    assert "Loaded" in again.stdout, again.stderr


def test_a_home_with_a_real_owner_is_left_alone(world: World) -> None:
    actions.open_owner(by=SYSTEM, name="En ekte kommune")
    with pytest.raises(CannotDo, match="real school owner"):
        loader.load(say=lambda line: None)


def test_a_home_with_the_cast_is_not_loaded_twice(world: World) -> None:
    said: list[str] = []
    loader.load(say=said.append)
    assert len(said) == 1
    assert "already" in said[0]


def test_every_made_up_file_is_read_without_a_problem(tmp_path: Path) -> None:
    for found in survey.surveys():
        for path in files.write(tmp_path, found):
            reading = open_file(path)
            cells = list(reading.cells())
            assert reading.report.problems == [], path.name
            assert reading.report.years == [found.year]
            assert reading.report.rows["unknown"] == 0
            assert len(cells) == sum(reading.report.values.values())


def test_what_is_read_is_what_was_made_up(tmp_path: Path) -> None:
    found = survey.survey(survey.SEED, survey.World(), 2024)
    reading = open_file(files.write(tmp_path, found)[1])
    numbers = sorted(cell.number for cell in reading.cells() if cell.number is not None)
    bullied = [b for b in found.bullying if b.bullied is not None]
    shares = [round(100 * b.bullied / b.n, 1) for b in bullied if b.n and b.bullied is not None]
    assert numbers == sorted([*shares, *(float(b.bullied or 0) for b in bullied)])
