"""Reads the hand-kept tables of who gets what at which address.

A table is a text file. Its first row names the people; each further row an address and what each of them gets:
a status, or ``login`` for being sent to sign in. ``name=@kind.key`` fills a part of the address with a thing that
``tests/access/things.py`` or a room's ``tests/<room>/things.py`` knows.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from tests.support.world import World

HERE = Path(__file__).parent
MOST = 6  # rows of one test: both workers shall have something to do until the end
Thing = Callable[[World, str], object]


@dataclass(frozen=True)
class Row:
    """One address and what each person gets there."""

    file: str
    address: str
    parts: tuple[tuple[str, str], ...]
    expected: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return " ".join([self.address, *(f"{name}={value}" for name, value in self.parts)])

    @property
    def things(self) -> tuple[str, ...]:
        """The things that must be there before the address can be asked."""
        return tuple(value for _name, value in self.parts if value.startswith("@"))


@dataclass(frozen=True)
class Group:
    """Rows of a table that ask about the same things: these are made, and everybody signed in, once for all of them."""

    things: tuple[str, ...]
    rows: tuple[Row, ...]

    def __str__(self) -> str:
        return " ".join([self.rows[0].file, *self.things])


def rows() -> Iterator[Row]:
    """Every row of every table."""
    for path in sorted(HERE.glob("*.txt")):
        lines = [line.split() for line in path.read_text().splitlines() if line.strip() and not line.startswith("#")]
        people = lines[0][1:]
        for words in lines[1:]:
            yield _row(path.stem, people, words)


def groups() -> Iterator[Group]:
    """Every row of every table, once, with those that need the same things."""
    found: dict[tuple[str, tuple[str, ...]], list[Row]] = {}
    for row in rows():
        found.setdefault((row.file, row.things), []).append(row)
    for (_file, needed), asked in found.items():
        for first in range(0, len(asked), MOST):
            yield Group(needed, tuple(asked[first : first + MOST]))


def _row(file: str, people: list[str], words: list[str]) -> Row:
    expected = words[-len(people) :]
    address, *parts = words[: -len(people)]
    pairs = tuple((part.split("=", 1)[0], part.split("=", 1)[1]) for part in parts)
    return Row(file, address, pairs, tuple(zip(people, expected, strict=True)))


@cache
def things() -> dict[str, Thing]:
    """How the tables' ``@kind.key`` become parts of an address: kind -> function of the world and the key."""
    found: dict[str, Thing] = {}
    folders = ["access", *(path.name for path in sorted(HERE.parent.iterdir()) if path.is_dir() and path.name != "access")]
    for folder in folders:
        name = f"tests.{folder}.things"
        if (HERE.parent / folder / "__init__.py").exists() and find_spec(name) is not None:
            found.update(import_module(name).THINGS)
    return found


def made(value: str, world: World) -> object:
    """What ``@kind.key`` names, as it stands in an address."""
    kind, key = value[1:].split(".", 1)
    return things()[kind](world, key)
