"""Sizes, locks and habits that hold the house together."""

import ast
import importlib
import inspect
import itertools
import json
import re
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from samskap.kernel.room import packages

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "samskap"
MODULES = [path for path in sorted(SRC.rglob("*.py")) if "migrations" not in path.parts]

pytestmark = pytest.mark.once


def functions() -> Iterator[tuple[str, int]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                yield f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_are_small() -> None:
    sizes = dict(functions())
    assert [name for name, size in sizes.items() if size > 60] == []
    assert statistics.median(sizes.values()) <= 8


def test_files_and_templates_can_be_read_in_one_sitting() -> None:
    assert [path.name for path in MODULES if len(path.read_text().splitlines()) > 500] == []
    assert [path.name for path in SRC.rglob("*.html") if len(path.read_text().splitlines()) > 150] == []


def test_every_dependency_has_its_reason_above_it() -> None:
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    for before, line in itertools.pairwise(lines):
        if re.match(r'  "[A-Za-z][\w.\[\]-]*[=<>]', line):
            assert before.strip().startswith("#"), line


def test_locks_name_no_host_and_no_place() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert not re.search(r"https?://|file:|--index-url|--find-links", lock)
    assert all("--hash=" in block for block in re.split(r"\n(?=\w)", lock) if "==" in block)
    packages_of_npm = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert not [name for name, entry in packages_of_npm.items() if "resolved" in entry]
    assert all("integrity" in entry for name, entry in packages_of_npm.items() if name)


def test_scripts_can_be_run() -> None:
    listed = subprocess.run(["git", "ls-files", "-s", "script", ".ci"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert listed.stdout
    assert all(line.startswith("100755") for line in listed.stdout.splitlines())


def test_continuous_integration_does_what_everybody_does() -> None:
    code = [line for line in (ROOT / ".ci/run").read_text().splitlines() if line and not line.startswith("#")]
    assert code == ['exec "$(dirname "$0")/../script/test"']


def test_every_action_takes_keywords_and_by() -> None:
    found = 0
    for name in packages():
        module = f"{name}.actions"
        room = SRC / name.removeprefix("samskap.")
        if name == "samskap.kernel" or not ((room / "actions.py").exists() or (room / "actions").is_dir()):
            continue
        for one in vars(importlib.import_module(module)).values():
            if getattr(one, "is_action", False):
                found += 1
                kinds = {parameter.kind for parameter in inspect.signature(one).parameters.values()}
                assert kinds == {inspect.Parameter.KEYWORD_ONLY}, one
                assert "by" in inspect.signature(one).parameters, one
    assert found > 20


def test_nothing_is_left_for_later_in_the_code() -> None:
    left = [path.name for path in MODULES if re.search(r"\b(TODO|FIXME|XXX|NotImplementedError)\b", path.read_text())]
    assert left == []
