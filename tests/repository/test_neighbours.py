"""Rooms meet at each other's doors, later rooms too; and no committed file knows the machine it was written on."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "samskap"
# Kernel is open to all. The site puts the house together and plays the demonstration, so it may open any door.
OPEN, BUILDER = "kernel", "site"
# Folders of one machine, as the beginning of a path.
PLACE = re.compile(r"(?<![\w.:/}$>*-])/(?:work|opt|root|home|tmp)/\w")

pytestmark = pytest.mark.once


def imported(code: str) -> Iterator[str]:
    """Every dotted name that the code imports, wherever in the file; what a ``from`` takes counts as part of the name."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def past_the_door(room: str, code: str) -> list[str]:
    """What a room's code imports of other rooms without going through ``api``."""
    found = []
    for name in imported(code):
        house, _, rest = name.partition(".")
        other, _, inside = rest.partition(".")
        if house == "samskap" and other not in ("", room, OPEN) and inside.split(".")[0] != "api":
            found.append(name)
    return found


def test_a_room_takes_from_its_neighbours_only_what_their_api_gives() -> None:
    looked_at = 0
    for path in sorted(SRC.glob("*/**/*.py")):
        room = path.relative_to(SRC).parts[0]
        if room != BUILDER and "migrations" not in path.parts:
            looked_at += 1
            assert past_the_door(room, path.read_text()) == [], path.relative_to(ROOT)
    assert looked_at > 50


@pytest.mark.parametrize(
    "code",
    [
        "from samskap.people.models import Person",
        "from samskap.people import models",
        "from samskap import people",
        "import samskap.people.queries",
        "def late():\n    from samskap.people.actions import invite",
    ],
)
def test_a_way_past_the_door_is_seen(code: str) -> None:
    assert len(past_the_door("improve", code)) == 1


@pytest.mark.parametrize(
    "code",
    ["from samskap.people.api import person", "from samskap.people import api", "from samskap.kernel.scope import tenant_scope"],
)
def test_the_door_itself_and_the_kernel_are_open(code: str) -> None:
    assert past_the_door("improve", code) == []


def test_no_committed_file_names_a_place_on_a_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    texts = [ROOT / name for name in listed if name.endswith((".py", ".toml", ".json", ".lock", ".md", ".html", ".css", ".po"))]
    assert len(texts) > 100
    found = [path.name for path in texts if path.exists() and PLACE.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_a_place_on_a_machine_is_seen() -> None:
    assert PLACE.search("x = '" + "/opt" + "/pypi/simple'")
    assert not PLACE.search("https://example.org/home/page")
