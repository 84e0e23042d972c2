"""Reads the dated data: TOML files that a jurist reviews. What is wrong in a file is named by file, entry and field."""

import itertools
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
LANGUAGES = ("nb", "nn")
SURE = {
    "read": "read at the source",
    "secondary": "from a secondary source",
    "derived": "derived from the source by us",
    "unchecked": "general knowledge, not looked up yet",
    "chosen": "our own choice, on which the law is silent",
}
KINDS = ("law", "routine")
SPOKEN = ("title", "text", "note", "who", "trigger", "clock", "shown_by")
NUMBERS = ("days", "working_days", "hours", "years", "value", "easter")
ALWAYS = ("id", "valid_from", "valid_to", "source", "sure", "kind", "title", "note")
# What an entry of a file must have beside id, valid_from, sure and title, and what it may have.
NEEDS: Mapping[str, tuple[str, ...]] = {
    "sections": ("act", "number", "text"),
    "duties": ("section", "who", "trigger", "clock", "shown_by"),
    "deadlines": ("section", "text"),
    "thresholds": ("section", "text", "value"),
    "words": (),
    "calendar": (),
}
MAY: Mapping[str, tuple[str, ...]] = {
    "deadlines": ("clock", "days", "working_days", "hours", "years"),
    "words": ("text",),
    "calendar": ("date", "easter"),
}


class WrongData(ValueError):
    """A file of legal data cannot be used; the message names file, entry and field."""


@dataclass(frozen=True)
class Spoken:
    """The same in both written forms."""

    nb: str
    nn: str

    def in_language(self, language: str) -> str:
        """Nynorsk for nn, bokmål for all else."""
        return self.nn if language == "nn" else self.nb


@dataclass(frozen=True)
class Entry:
    """One entry, valid from a day and to one (both included).

    ``numbers`` holds days, hours, years and the like; ``section`` is the id of the section behind a duty, deadline or
    threshold; ``kind`` is "law" or the municipality's "routine"; ``sure`` is a key of ``SURE``; ``source`` is empty only
    for what is "chosen"; ``on`` is the month and day of a public holiday.
    """

    id: str
    file: str
    valid_from: date
    valid_to: date | None
    source: str
    sure: str
    spoken: Mapping[str, Spoken]
    numbers: Mapping[str, int] = field(default_factory=dict)
    act: str = ""
    number: str = ""
    section: str = ""
    kind: str = "law"
    on: tuple[int, int] | None = None

    def holds(self, day: date) -> bool:
        """Valid on the day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def title(self) -> Spoken:
        """What it is called."""
        return self.spoken["title"]

    def say(self, name: str, language: str) -> str:
        """A text in a language; empty when the entry has none of that name."""
        found = self.spoken.get(name)
        return found.in_language(language) if found else ""


@dataclass(frozen=True)
class _Row:
    """An entry as it stands in its file."""

    file: str
    raw: Mapping[str, Any]

    def wrong(self, name: str, what: str) -> WrongData:
        return WrongData(f"{self.file}.toml: {self.raw.get('id') or '(no id)'}: {name}: {what}")

    def day(self, name: str) -> date:
        value = self.raw.get(name)
        if type(value) is not date:
            raise self.wrong(name, "needs a date, as 2024-08-01")
        return value

    def text(self, name: str) -> str:
        value = self.raw.get(name, "")
        if not isinstance(value, str) or value != value.strip():
            raise self.wrong(name, "needs a text")
        return value

    def one_of(self, name: str, allowed: Collection[str]) -> str:
        value = self.raw.get(name)
        if not isinstance(value, str) or value not in allowed:
            raise self.wrong(name, f"is one of {', '.join(allowed)}")
        return value

    def check_fields(self) -> None:
        needed = ("id", "valid_from", "sure", "title", *NEEDS[self.file])
        for name in needed:
            if self.raw.get(name, "") == "":
                raise self.wrong(name, "is missing")
        for name in self.raw:
            if name not in (*ALWAYS, *needed, *MAY.get(self.file, ())):
                raise self.wrong(name, "is not known here")

    def ends(self, begins: date) -> date | None:
        if "valid_to" not in self.raw:
            return None
        last = self.day("valid_to")
        if last < begins:
            raise self.wrong("valid_to", "lies before valid_from")
        return last

    def source(self, sure: str) -> str:
        value = self.text("source")
        if not value.startswith("https://") and (value or sure != "chosen"):
            raise self.wrong("source", "needs an address that begins with https://")
        return value

    def spoken(self, name: str) -> Spoken:
        value = self.raw[name]
        if not isinstance(value, dict) or set(value) != set(LANGUAGES):
            raise self.wrong(name, "needs a text in nb and in nn")
        if not all(isinstance(text, str) and text.strip() for text in value.values()):
            raise self.wrong(name, "needs a text in nb and in nn")
        return Spoken(value["nb"], value["nn"])

    def whole(self, name: str) -> int:
        value = self.raw[name]
        if type(value) is not int:
            raise self.wrong(name, "needs a whole number")
        return value

    def on(self) -> tuple[int, int] | None:
        """The month and day of a holiday; None for one that moves with Easter, which then has its own number."""
        if ("date" in self.raw) == ("easter" in self.raw):
            raise self.wrong("date", "has either a date or days after Easter")
        if "date" not in self.raw:
            return None
        try:
            # 2023 is no leap year: a holiday must be there every year.
            found = date.fromisoformat(f"2023-{self.text('date')}")
        except ValueError:
            raise self.wrong("date", "needs month and day, as 05-17") from None
        return found.month, found.day

    def entry(self) -> Entry:
        self.check_fields()
        begins = self.day("valid_from")
        sure = self.one_of("sure", SURE)
        return Entry(
            id=self.text("id"), file=self.file, valid_from=begins, valid_to=self.ends(begins),
            source=self.source(sure), sure=sure,
            spoken={name: self.spoken(name) for name in SPOKEN if name in self.raw},
            numbers={name: self.whole(name) for name in NUMBERS if name in self.raw},
            act=self.text("act"), number=self.text("number"), section=self.text("section"),
            kind=self.one_of("kind", KINDS) if "kind" in self.raw else "law",
            on=self.on() if self.file == "calendar" else None,
        )  # fmt: skip


def read(path: Path) -> tuple[Entry, ...]:
    """The entries of one file. Raises WrongData, also when two entries of one id hold on the same day."""
    if path.stem not in NEEDS:
        raise WrongData(f"{path.name}: is none of {', '.join(NEEDS)}")
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise WrongData(f"{path.name}: cannot be read: {fault}") from None
    rows = raw.pop("entry", None)
    if raw:
        raise WrongData(f"{path.name}: {sorted(raw)[0]}: is not known here; an entry begins with [[entry]]")
    if not rows or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise WrongData(f"{path.name}: has no [[entry]]")
    found = tuple(_Row(path.stem, row).entry() for row in rows)
    _check_overlaps(path.name, found)
    return found


def _check_overlaps(file: str, found: Iterable[Entry]) -> None:
    by_id: dict[str, list[Entry]] = {}
    for entry in found:
        by_id.setdefault(entry.id, []).append(entry)
    for name, versions in by_id.items():
        versions.sort(key=lambda entry: entry.valid_from)
        for before, after in itertools.pairwise(versions):
            if before.holds(after.valid_from):
                raise WrongData(f"{file}: {name}: valid_from: two entries hold on {after.valid_from.isoformat()}")


@cache
def entries(name: str) -> tuple[Entry, ...]:
    """All entries of a file: sections, duties, deadlines, thresholds, words, calendar. Raises WrongData."""
    return read(DATA / f"{name}.toml")


def holding(name: str, day: date) -> tuple[Entry, ...]:
    """The entries of a file that hold on a day, in the file's order."""
    return tuple(entry for entry in entries(name) if entry.holds(day))
