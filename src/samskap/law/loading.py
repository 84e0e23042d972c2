"""Reads the dated data: TOML files that a jurist reviews. What is wrong in a file is named by file, entry and field."""

import itertools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
LANGUAGES = ("nb", "nn")
SURE = {"V": "read at the source", "S": "a secondary source", "D": "derived", "K": "general knowledge, to be checked"}
SPOKEN = ("title", "text", "who", "trigger", "clock", "shown_by")
NUMBERS = ("days", "working_days", "hours", "years", "number", "easter")


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
    """One entry, valid from a day and to one (both included). ``numbers`` holds days, hours, years and the like; ``section``
    is the id of the section behind a duty, deadline or threshold; ``kind`` is "law" or the municipality's "routine"."""

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
    on: str = ""

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


def _wrong(file: str, entry: Any, name: str, what: str) -> WrongData:
    return WrongData(f"{file}: {entry.get('id', '(no id)')}: {name}: {what}")


def _day(file: str, raw: Mapping[str, Any], name: str, *, needed: bool) -> date | None:
    value = raw.get(name)
    if value is None and not needed:
        return None
    if type(value) is not date:
        raise _wrong(file, raw, name, "needs a date, as 2024-08-01")
    return value


def _text(file: str, raw: Mapping[str, Any], name: str, *, needed: bool = True) -> str:
    value = raw.get(name, "")
    if not isinstance(value, str) or (needed and not value.strip()):
        raise _wrong(file, raw, name, "needs a text")
    return value


def _spoken(file: str, raw: Mapping[str, Any]) -> dict[str, Spoken]:
    found = {}
    for name in SPOKEN:
        value = raw.get(name)
        if value is None:
            continue
        if not isinstance(value, dict) or set(value) != set(LANGUAGES) or not all(str(t).strip() for t in value.values()):
            raise _wrong(file, raw, name, "needs a text in nb and in nn")
        found[name] = Spoken(value["nb"], value["nn"])
    if "title" not in found:
        raise _wrong(file, raw, "title", "is missing")
    return found


def _numbers(file: str, raw: Mapping[str, Any]) -> dict[str, int]:
    # A section's own number is a text; everywhere else a number is one.
    found = {name: raw[name] for name in NUMBERS if name in raw and not (name == "number" and isinstance(raw[name], str))}
    for name, value in found.items():
        if type(value) is not int:
            raise _wrong(file, raw, name, "needs a whole number")
    return found


def _entry(file: str, raw: Mapping[str, Any]) -> Entry:
    known = {"id", "valid_from", "valid_to", "source", "sure", "act", "number", "section", "kind", "date", *SPOKEN, *NUMBERS}
    if unknown := set(raw) - known:
        raise _wrong(file, raw, sorted(unknown)[0], "is not known here")
    begins, ends = _day(file, raw, "valid_from", needed=True), _day(file, raw, "valid_to", needed=False)
    assert begins is not None  # noqa: S101  (needed=True has seen to it)
    if ends is not None and ends < begins:
        raise _wrong(file, raw, "valid_to", "lies before valid_from")
    if not _text(file, raw, "source").startswith("https://"):
        raise _wrong(file, raw, "source", "needs an address that begins with https://")
    if raw.get("sure") not in SURE:
        raise _wrong(file, raw, "sure", f"is one of {', '.join(SURE)}")
    if raw.get("kind", "law") not in ("law", "routine"):
        raise _wrong(file, raw, "kind", "is law or routine")
    number = raw.get("number", "")
    return Entry(
        id=_text(file, raw, "id"), file=file, valid_from=begins, valid_to=ends, source=raw["source"], sure=raw["sure"],
        spoken=_spoken(file, raw), numbers=_numbers(file, raw),
        act=_text(file, raw, "act", needed=False), number=number if isinstance(number, str) else "",
        section=_text(file, raw, "section", needed=False), kind=raw.get("kind", "law"),
        on=_text(file, raw, "date", needed=False),
    )  # fmt: skip


def read(path: Path) -> tuple[Entry, ...]:
    """The entries of one file. Raises WrongData, also when two entries of one id hold on the same day."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise WrongData(f"{path.name}: cannot be read: {fault}") from None
    rows = raw.get("entry")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise WrongData(f"{path.name}: has no [[entry]]")
    entries = tuple(_entry(path.stem, row) for row in rows)
    _check_overlaps(path.name, entries)
    return entries


def _check_overlaps(file: str, entries: Iterable[Entry]) -> None:
    by_id: dict[str, list[Entry]] = {}
    for entry in entries:
        by_id.setdefault(entry.id, []).append(entry)
    for name, versions in by_id.items():
        versions.sort(key=lambda entry: entry.valid_from)
        for before, after in itertools.pairwise(versions):
            if before.valid_to is None or before.valid_to >= after.valid_from:
                raise WrongData(f"{file}: {name}: two entries hold on {after.valid_from.isoformat()}")


@cache
def entries(name: str, folder: Path = DATA) -> tuple[Entry, ...]:
    """All entries of a file: sections, duties, deadlines, thresholds, words, calendar. Raises WrongData."""
    return read(folder / f"{name}.toml")


def holding(name: str, day: date) -> tuple[Entry, ...]:
    """The entries of a file that hold on a day, in the file's order."""
    return tuple(entry for entry in entries(name) if entry.holds(day))
