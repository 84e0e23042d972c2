"""What the made-up schools have written: content, not interface, one file for each plan. No pupil is named."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from samskap.site.demo.parts import Goal, Heard, Measure, Note, Round, Status, Verdict

T = TypeVar("T")
PARTS: dict[str, Any] = {
    "notes": Note,
    "goals": Goal,
    "measures": Measure,
    "statuses": Status,
    "heard": Heard,
    "verdict": Verdict,
}


@cache
def all_rounds() -> tuple[Round, ...]:
    """Every plan of the demonstration, the oldest of a school first. One school has none."""
    folder = files("samskap.site.demo").joinpath("texts")
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple(_made(Round, tomllib.loads(file.read_text(encoding="utf-8"))) for file in found)


def _made(kind: type[T], table: dict[str, Any]) -> T:
    """A part from its table. TypeError for a word that the part does not know, or one that is missing."""
    return kind(**{name: _value(name, value) for name, value in table.items()})


def _value(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_made(PARTS[name], each) for each in value)
    return _made(PARTS[name], value) if isinstance(value, dict) else value
