"""The operator's commands, as they read on a terminal."""

import io
from pathlib import Path

import pytest
from django.utils import translation

from samskap.results import cli
from samskap.results.importing.shown import place_text
from tests.results.importing import exports
from tests.results.importing.steps import load, unit
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people(world: World) -> None:
    """Every story has the named people."""


def told(*paths: Path, dry_run: bool = False) -> tuple[int, list[str]]:
    """Exit code and lines of ``samskap import``."""
    out = io.StringIO()
    with translation.override(None):
        code = cli.run_import(list(paths), dry_run=dry_run, as_json=False, out=out)
    return code, out.getvalue().splitlines()


def test_the_difference_is_told_with_old_and_new_figures(tmp_path: Path) -> None:
    load(exports.ringerike(tmp_path / "a.csv", "2022-23"))
    code, lines = told(exports.ringerike(tmp_path / "b.csv", "2022-23", score="52"), dry_run=True)
    assert code == 0
    assert "New 0, changed 2, unchanged 13. Masked among the new and changed: 0" in lines
    assert "  Berg skole, Lesing, mean, grade 8, 2022-23: 50 → 52" in lines
    assert lines[-1] == "Nothing was stored: this was a trial run."


def test_a_problem_is_told_with_its_place_and_what_to_do(tmp_path: Path) -> None:
    whole = exports.ringerike(tmp_path / "a.csv", "2022-23")
    cut = tmp_path / "cut.csv"
    cut.write_bytes(whole.read_bytes()[:-20])
    code, lines = told(cut)
    assert code == 1
    assert any("line 7" in line and "Export it again" in line and "(cut)" in line for line in lines)
    assert lines[-1] == "Nothing is stored. What was there before is untouched."


def test_units_are_listed_and_bound_from_the_command_line(tmp_path: Path) -> None:
    load(exports.ringerike(tmp_path / "a.csv", "2024-25"), exports.names_only(tmp_path / "n.json", "2023-24", "Berg vgs"))
    out = io.StringIO()
    assert cli.list_units(out) == 0
    assert "Berg vgs" in out.getvalue()
    assert cli.bind_units("Berg vgs", exports.BERG, out) == 0
    assert unit("Berg vgs") == unit(exports.BERG)
    assert cli.bind_units("Berg vgs", exports.BERG, out) == 1
    assert cli.bind_units("Nobody", exports.BERG, out) == 2


@pytest.mark.parametrize("where", ["the whole file", "line 7", "line 3, column 9", "row 2, Score", "Berg skole, 2022"])
def test_every_place_is_said_in_words(where: str) -> None:
    with translation.override(None):
        assert place_text(where) == where
