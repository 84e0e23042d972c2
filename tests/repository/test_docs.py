"""What the documentation says is so."""

import re
from pathlib import Path

import pytest

from bench.__main__ import names
from samskap.kernel.room import packages
from samskap.results.readers.problems import TEXTS
from samskap.site.cli import parser

ROOT = Path(__file__).resolve().parents[2]
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
ALL = "\n".join(path.read_text() for path in DOCS)

pytestmark = pytest.mark.once


def test_every_link_between_pages_leads_somewhere() -> None:
    for path in DOCS:
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text()):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_every_setting_is_described() -> None:
    code = (ROOT / "src/samskap/site/config.py").read_text() + (ROOT / "src/samskap/kernel/home.py").read_text()
    code += (ROOT / "src/samskap/kernel/keys.py").read_text()
    for name in set(re.findall(r'"(SAMSKAP_[A-Z_]+|DATABASE_URL)"', code)):
        assert f"`{name}`" in ALL, name


def test_every_command_and_option_is_described() -> None:
    [commands] = [action for action in parser()._actions if action.dest == "command"]
    assert isinstance(commands.choices, dict)
    for name, command in commands.choices.items():
        assert f"samskap {name}" in ALL
        for option in (option for action in command._actions for option in action.option_strings if option.startswith("--")):
            assert option == "--help" or f"`{option}" in ALL, f"{name} {option}"


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_every_problem_code_is_described(code: str) -> None:
    assert f"`{code}`" in (ROOT / "docs/data.md").read_text()


def test_every_room_script_and_measurement_is_named() -> None:
    assert all(f"`{name}`" in ALL for name in packages())
    assert all(f"`{name}`" in ALL for name in names())
    assert all(f"script/{path.name}" in ALL for path in (ROOT / "script").iterdir())


def test_every_decision_stands_in_the_index() -> None:
    index = (ROOT / "docs/decisions/README.md").read_text()
    assert all(path.name in index for path in (ROOT / "docs/decisions").glob("0*.md"))


def test_the_readme_has_the_two_commands() -> None:
    assert {"script/demo", "script/test"} <= set(re.findall(r"script/\w+", (ROOT / "README.md").read_text()))
