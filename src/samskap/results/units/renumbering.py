"""Municipality numbers before and after 1 January 2024, from the table that comes with the program.

Renumbered one to one: the same municipality, one series. Split: the parts are new units, and the series ends.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from io import StringIO


@dataclass(frozen=True)
class Change:
    """A municipality's number before and after."""

    old: str
    new: str
    on: date
    source: str


@dataclass(frozen=True)
class Numbers:
    """The changes, ready to ask. ``same`` holds both numbers of each renumbered municipality, at either of them."""

    same: dict[str, Change]
    splits: tuple[Change, ...]


def _rows() -> list[Change]:
    text = files("samskap.results").joinpath("data/municipality_changes_2024.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(StringIO(text), delimiter=";")
    return [Change(r["oldCode"], r["newCode"], date.fromisoformat(r["changeOccurred"]), r["source"]) for r in rows]


def sorted_out(changes: list[Change]) -> Numbers:
    """Tell renumberings from splits (an old number with several new) and mergers (a new one with several old)."""
    old, new = Counter(c.old for c in changes), Counter(c.new for c in changes)
    moved = [c for c in changes if c.old != c.new and old[c.old] == 1 and new[c.new] == 1]
    same = {number: change for change in moved for number in (change.old, change.new)}
    return Numbers(same, tuple(c for c in changes if c.old != c.new and old[c.old] > 1))


@cache
def numbers() -> Numbers:
    """The built-in table."""
    return sorted_out(_rows())


def spans(number: str) -> list[tuple[str, date | None, date | None]]:
    """Every number of the municipality that has ``number``: (number, first day, last day), None where not known."""
    change = numbers().same.get(number)
    if change is None:
        return [(number, None, None)]
    last = date.fromordinal(change.on.toordinal() - 1)
    return [(change.old, None, last), (change.new, change.on, None)]
