"""The statistics bank's table export: UTF-16LE without byte order mark, ``sep=`` line, one row per unit.

A value column is named ``<school year>.<test>.<grade>.<ownership>.<gender>.<measure>``, where the grade has a dot of its
own; so the name is read from the right. Read in a stream: memory does not grow with the rows' figures.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from samskap.results.readers import words
from samskap.results.readers.identity import Names, unit
from samskap.results.readers.model import (
    EMPTY,
    MASKED,
    NOBODY,
    NUMBER,
    Cell,
    Problem,
    Report,
    SeriesKey,
    Stop,
    UnitRef,
    year_start,
)
from samskap.results.readers.numbers import Column

FORMAT = "udir-web-export"
IDS = (
    "EnhetNivaa", "Nasjonaltkode", "Fylkekode", "Kommunekode", "Organisasjonsnummer", "Nasjonalt", "Fylke", "Kommune",
    "EnhetNavn",
)  # fmt: skip
INSTRUMENT = "national_tests"
COUNTED = {NUMBER: "number", MASKED: "masked", EMPTY: "empty"}


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of figures that is understood: its place in the row, its series, year and parser."""

    place: int
    series: int
    year: int
    column: Column


@dataclass(frozen=True, slots=True)
class Group:
    """The measures of one test in one year: when nobody took part, that holds for all of them."""

    columns: tuple[ValueColumn, ...]
    n: int | None


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """(line number from 1, text without its line end). Raises Stop for signs that are no UTF-16, and for a cut file."""
    with path.open("rb") as raw:
        raw.seek(2 if raw.read(2) == b"\xff\xfe" else 0)
        text = io.TextIOWrapper(raw, encoding="utf-16-le", errors="strict", newline="\n")
        number = 0
        try:
            for number, line in enumerate(text, 1):
                if not line.endswith("\n"):
                    raise Stop("cut", f"line {number}")
                yield number, line[:-1].removesuffix("\r")
        except UnicodeDecodeError as wrong:
            code = "cut" if "truncated" in wrong.reason or "unexpected end" in wrong.reason else "encoding"
            raise Stop(code, f"line {number + 1}") from None


def cells(path: Path, report: Report) -> Iterator[Cell]:
    """Every figure; fills the report. Raises Stop."""
    rows = lines(path)
    _, separator_line = next(rows, (0, ""))
    separator = separator_line.removeprefix("sep=")
    if separator == separator_line or len(separator) != 1:
        raise Stop("header", "line 1", what="sep=")
    _, header_line = next(rows, (0, ""))
    header = header_line.split(separator)
    ids = _id_places(header)
    groups = _groups(header, report)
    yield from _Rows(report, ids, groups, len(header), separator).read(rows)


def _id_places(header: list[str]) -> tuple[int, ...]:
    missing = [name for name in IDS if header.count(name) != 1]
    if missing:
        raise Stop("header", "line 2", what=", ".join(missing))
    return tuple(header.index(name) for name in IDS)


def _groups(header: list[str], report: Report) -> tuple[Group, ...]:
    grouped: dict[tuple[int, SeriesKey], list[tuple[ValueColumn, str]]] = {}
    places: dict[SeriesKey, int] = {}
    for place, name in enumerate(header):
        if name in IDS:
            continue
        understood = _understand(name, f"column {place + 1}", report)
        if understood is None:
            continue
        year, key = understood
        series = places.setdefault(key, len(places))
        low, high = words.limits(INSTRUMENT, key.measure)
        column = ValueColumn(place, series, year, Column(name, low, high, whole=key.measure in words.COUNTS))
        members = grouped.setdefault((year, key._replace(measure="")), [])
        if any(measure == key.measure for _, measure in members):
            raise Stop("header", f"column {place + 1}", what=name[:120])
        members.append((column, key.measure))
    if not grouped:
        raise Stop("no-known-column", "line 2")
    if not report.problems:
        _check_that_groups_are_alike(list(grouped.values()))
    report.series.extend(places)
    report.years = sorted({year for year, _ in grouped})
    return tuple(_group(members) for members in grouped.values())


def _check_that_groups_are_alike(grouped: list[list[tuple[ValueColumn, str]]]) -> None:
    """An export has the same measures for each test, grade and year; a damaged grade or year would split a group."""
    smallest = min(grouped, key=len)
    if any({measure for _, measure in members} != {measure for _, measure in smallest} for members in grouped):
        first = smallest[0][0]
        raise Stop("header", f"column {first.place + 1}", what=first.column.name[:120])


def _group(members: list[tuple[ValueColumn, str]]) -> Group:
    n = next((index for index, (_, measure) in enumerate(members) if measure == "n"), None)
    return Group(tuple(column for column, _ in members), n)


def _understand(name: str, where: str, report: Report) -> tuple[int, SeriesKey] | None:
    """(year, series) of a column's name read from the right; None after reporting the first word that is not known."""
    parts = name.rsplit(".", 3)
    if len(parts) != 4:
        return _unknown(name, where, report)
    left, ownership, gender, measure = parts
    for word, known in ((measure, words.TEST_MEASURES), (gender, words.GENDERS), (ownership, words.OWNERSHIPS)):
        if word not in known:
            return _unknown(word, where, report)
    grade = next((word for word in words.GRADES if left.endswith(f".{word}")), None)
    if grade is None:
        return _unknown(left, where, report)
    year_text, _, test = left.removesuffix(f".{grade}").partition(".")
    year = year_start(year_text)
    if year is None:
        raise Stop("year", where, word=year_text[:40])
    if test not in words.TESTS:
        return _unknown(test, where, report)
    code = words.TESTS[test]
    report.names[code] = test
    return year, SeriesKey(
        INSTRUMENT, code, words.TEST_MEASURES[measure], words.GRADES[grade], words.GENDERS[gender], words.OWNERSHIPS[ownership]
    )


def _unknown(word: str, where: str, report: Report) -> tuple[int, SeriesKey] | None:
    report.problems.append(Problem("unknown-word", where, {"word": word[:80]}, fatal=False))
    return None


class _Rows:
    """Reads the rows below the headings."""

    def __init__(self, report: Report, ids: tuple[int, ...], groups: tuple[Group, ...], width: int, separator: str) -> None:
        self.report, self.ids, self.groups, self.width, self.separator = report, ids, groups, width, separator
        self.known: dict[UnitRef, int] = {}
        self.names = Names()

    def read(self, rows: Iterator[tuple[int, str]]) -> Iterator[Cell]:
        for number, line in rows:
            row = line.split(self.separator)
            if len(row) != self.width:
                raise Stop("row", f"line {number}")
            place = self._unit(row, number)
            made = self._figures(row, place if place is not None else -1, number)
            if place is not None:
                yield from made

    def _unit(self, row: list[str], number: int) -> int | None:
        """The unit's place; None when the very same row has stood before."""
        level, nation, county, municipality, own, *names = (row[place] for place in self.ids)
        # The columns' order is nation, county, municipality, unit; above schools EnhetNavn says "Alle skoler".
        name = names[int(level) - 1 if level in ("1", "2", "3") else 3]
        where = f"line {number}"
        ref = unit(level, county, municipality, own, name, where)
        if nation != words.NATION_CODE:
            raise Stop("identifier", where, word=nation[:40])
        for column, code, told in zip(IDS[5:8], (nation, county, municipality), names, strict=False):
            self.names.check(column, code, told, where)
        self.report.rows[ref.level] += 1
        fingerprint = hash(tuple(row))
        identity = ref._replace(name="") if ref.number else ref
        before = self.known.setdefault(identity, fingerprint)
        if len(self.known) > len(self.report.units):
            self.report.units.append(ref)
            return len(self.report.units) - 1
        if before != fingerprint:
            raise Stop("contradiction", f"line {number}")
        return None

    def _figures(self, row: list[str], place: int, number: int) -> list[Cell]:
        made: list[Cell] = []
        counts = self.report.values
        for group in self.groups:
            found = [(c, *c.column.read(row[c.place], number)) for c in group.columns]
            for _, status, _ in found:
                counts[COUNTED[status]] += 1
            if group.n is not None and found[group.n][2] == 0:
                _check_that_nobody_has_a_figure(found, number)
                made.extend(Cell(place, c.series, c.year, NOBODY, None) for c, _, _ in found)
            else:
                made.extend(Cell(place, c.series, c.year, status, value) for c, status, value in found)
        return made


def _check_that_nobody_has_a_figure(found: list[tuple[ValueColumn, int, float | None]], number: int) -> None:
    """Raises Stop where nobody took part and there is a result all the same."""
    for column, _, value in found:
        if value:
            raise Stop("disagrees", f"line {number}", value=f"{value:g}".replace(".", ","), measure=column.column.name)
