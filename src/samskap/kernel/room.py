"""How a room tells the house about itself: its addresses, its menu, its place on the home page.

The house looks for ``room.py`` in every package of ``samskap``; a new room touches nothing else.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any

import samskap
from samskap.kernel.policy import Actor


@dataclass(frozen=True)
class MenuItem:
    """An entry of the main menu, shown to those who may use ``verb``. ``label`` is lazily translated."""

    label: Any
    url_name: str
    verb: str
    order: int = 50


@dataclass(frozen=True)
class HomeCard:
    """Something that waits, or a way in, on the home page. ``weight``: the heavier, the higher up."""

    title: str
    text: str
    url: str
    action: str = ""
    weight: int = 0
    kind: str = "way"  # "way" in, or "task" that waits
    due: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class Room:
    """A vertical slice of the house. ``open_to_all``: many who never sign in come here at once; its addresses are tried first."""

    name: str
    prefix: str = ""
    open_to_all: bool = False
    menu: Sequence[MenuItem] = field(default=())
    home: Callable[[Actor], Sequence[HomeCard]] | None = None


def packages() -> Iterator[str]:
    """The packages of samskap that are Django apps: those with an ``apps.py``."""
    for module in sorted(iter_modules(samskap.__path__), key=lambda m: m.name):
        name = f"samskap.{module.name}"
        if module.ispkg and find_spec(f"{name}.apps") is not None:
            yield name


@cache
def rooms() -> tuple[Room, ...]:
    """Every room's description."""
    described = (name for name in packages() if name != "samskap.kernel" and find_spec(f"{name}.room") is not None)
    return tuple(import_module(f"{name}.room").ROOM for name in described)
