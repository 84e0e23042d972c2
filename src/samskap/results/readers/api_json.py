"""The export API's JSON: a list of rows with texts. Tables 148/152 indexes, 150/154 bullying, 151/155 participation.

Which table it is shows from the keys. Rows may carry organisation numbers and levels, or (as in the files of some users)
names only; a row may stand twice, since a column that told them apart has been dropped.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samskap.results.readers import words
from samskap.results.readers.agreement import check_agreement
from samskap.results.readers.identity import check_name, is_organisation_number, unit
from samskap.results.readers.model import (
    CODE_LENGTH,
    EMPTY,
    MASKED,
    NUMBER,
    QUESTION_LENGTH,
    Cell,
    Problem,
    Report,
    SeriesKey,
    Stop,
    UnitRef,
    year_start,
)
from samskap.results.readers.numbers import Column

LIMIT_MB = 32
INSTRUMENT = "pupil_survey"
COUNTED = {NUMBER: "number", MASKED: "masked", EMPTY: "empty"}
NO_SIGN = re.compile("[\\x00\\ud800-\\udfff]")
NUMBERED = ("Organisasjonsnummer", "EnhetNivaa", "Fylkekode", "Kommunekode")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """One of the three tables: its format's name, the keys it must have, its measures, and how a row's indicator is found."""

    format: str
    needs: frozenset[str]
    measures: Mapping[str, str]
    indicator: Callable[[Row], tuple[str, str]]


def _index(row: Row) -> tuple[str, str]:
    """(code, name) of an index or of a question in it. Raises KeyError for an index that is not known."""
    group, question = row["Spoersmaalgruppe"], row["Spoersmaalnavn"]
    code = words.INDEXES[group]
    if question in (words.ALL_QUESTIONS, group):
        return code, group
    return words.question_code(code, question, str(row.get("Spoersmaalkode") or "")), question


def _bullying(row: Row) -> tuple[str, str]:
    if row.get("Spoersmaalgruppe", words.BULLYING_GROUP) != words.BULLYING_GROUP:
        raise KeyError(row["Spoersmaalgruppe"])
    return words.BULLYING[row["Spoersmaalnavn"]], row["Spoersmaalnavn"]


def _participation(row: Row) -> tuple[str, str]:
    return words.PARTICIPATION, "Deltakelse"


COMMON = frozenset({"Skoleaarnavn", "Trinnnavn", "EierformNavn", "EnhetNavn"})
QUESTION = frozenset({"Spoersmaalgruppe", "Spoersmaalnavn"})
SHAPES = (
    Shape("udir-api-bullying", COMMON | QUESTION | {"AndelMobbet"}, words.BULLYING_MEASURES, _bullying),
    Shape("udir-api-participation", COMMON | {"AndelDeltatt", "AntallInvitert"}, words.PARTICIPATION_MEASURES, _participation),
    Shape("udir-api-indicator", COMMON | QUESTION | {"Score", "Standardavvik"}, words.INDICATOR_MEASURES, _index),
)


def load(path: Path) -> list[Row]:
    """The rows. Raises Stop for what is too large, cut, no JSON, or not a list of rows."""
    if path.stat().st_size > LIMIT_MB * 1_000_000:
        raise Stop("too-large", "the whole file", limit=str(LIMIT_MB))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Stop("encoding", f"byte {wrong.start}") from None
    try:
        found = json.loads(text, parse_constant=_no_constant)
    except RecursionError:
        raise Stop("foreign", "the whole file") from None
    except json.JSONDecodeError as wrong:
        raise Stop(_why(text, wrong), f"line {wrong.lineno}, column {wrong.colno}") from None
    except ValueError:  # Python reads no whole number of more than some thousand digits
        raise Stop("long-number", "the whole file") from None
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise Stop("foreign", "the whole file")
    if not found:
        raise Stop("empty", "the whole file")
    if "\\u" in text:  # only so can they stand in a file that is UTF-8
        _refuse_signs(found)
    return found


def _refuse_signs(rows: list[Row]) -> None:
    """Raises Stop for signs that no database and no page can hold."""
    for number, row in enumerate(rows, 1):
        for text in row.values():
            if isinstance(text, str) and NO_SIGN.search(text):
                raise Stop("sign", f"row {number}", word=NO_SIGN.sub("?", text)[:60])


def _no_constant(name: str) -> float:
    raise Stop("number", "the whole file", word=name)


def _why(text: str, wrong: json.JSONDecodeError) -> str:
    """A file that ends in the middle of something has been cut; anything else is damage."""
    at_end = wrong.pos >= len(text.rstrip()) or wrong.msg.startswith("Unterminated string")
    return "cut" if at_end and not text.rstrip().endswith("]") else "json"


def shape_of(rows: list[Row]) -> Shape:
    """Which table the rows are. Raises Stop for another one, and when rows have different keys."""
    keys = set().union(*rows)
    shape = next((shape for shape in SHAPES if shape.needs <= keys), None)
    if shape is None:
        raise Stop("foreign", "the whole file")
    for number, row in enumerate(rows, 1):
        if row.keys() != keys:
            raise Stop("row", f"row {number}")
    return shape


def cells(rows: list[Row], shape: Shape, report: Report) -> Iterator[Cell]:
    """Every figure once; fills the report. Raises Stop."""
    return _Reader(shape, rows[0].keys(), report).read(rows)


class _Reader:
    def __init__(self, shape: Shape, keys: Any, report: Report) -> None:
        self.shape, self.report = shape, report
        self.columns = {name: self._column(name, measure) for name, measure in shape.measures.items() if name in keys}
        self.units: dict[UnitRef, int] = {}
        self.series: dict[SeriesKey, int] = {}
        self.seen: dict[tuple[int, SeriesKey, int], tuple[Any, ...]] = {}
        self.years: set[int] = set()
        self.unknown: set[str] = set()

    def _column(self, name: str, measure: str) -> Column:
        low, high = words.limits(INSTRUMENT, measure)
        return Column(name, low, high, whole=measure in words.COUNTS, unit="row")

    def read(self, rows: list[Row]) -> Iterator[Cell]:
        for number, row in enumerate(rows, 1):
            yield from self._row(row, number)
        self.report.years = sorted(self.years)
        if any(ref.number is None and ref.level == "unknown" for ref in self.units):
            self.report.problems.append(Problem("unit-by-name", "the whole file", fatal=False))
        if not self.series:
            raise Stop("no-known-column", "the whole file")

    def _row(self, row: Row, number: int) -> list[Cell]:
        where = f"row {number}"
        for name in (*COMMON, "Spoersmaalgruppe", "Spoersmaalnavn", "Kjoenn"):
            if not isinstance(row.get(name, ""), str):
                raise Stop("row", where)
        if not all(isinstance(row.get(name), str | int | None) for name in (*NUMBERED, "Spoersmaalkode")):
            raise Stop("row", where)
        ref = _unit(row, where)
        self.report.rows[ref.level] += 1
        figures = [(name, *self._figure(row[name], column, number)) for name, column in self.columns.items()]
        check_agreement({name: value for name, _, value in figures}, where)
        base = self._base(row, where)
        if base is None:
            return []
        year, key = base
        place = self._unit_place(ref)
        values = tuple((status, value) for _, status, value in figures)
        before = self.seen.setdefault((place, key, year), values)
        if before is not values:
            if before != values:
                raise Stop("contradiction", where)
            return []
        return [
            Cell(place, self._series_place(key._replace(measure=self.shape.measures[name])), year, status, value)
            for name, status, value in figures
        ]

    def _figure(self, text: Any, column: Column, number: int) -> tuple[int, float | None]:
        if isinstance(text, int | float) and not isinstance(text, bool):
            text = str(text).replace(".", ",")
        if text is not None and not isinstance(text, str):
            word = str(text) if isinstance(text, bool) else type(text).__name__
            raise Stop("number", f"row {number}, {column.name}", word=word)
        found = column.read(text, number)
        self.report.values[COUNTED[found[0]]] += 1
        return found

    def _base(self, row: Row, where: str) -> tuple[int, SeriesKey] | None:
        """(year, series without its measure); None after reporting a word that is not known."""
        year = year_start(row["Skoleaarnavn"])
        if year is None:
            raise Stop("year", where, word=row["Skoleaarnavn"][:40])
        self.years.add(year)
        try:
            indicator, name = self.shape.indicator(row)
            grade = words.GRADES[row["Trinnnavn"]]
            ownership = words.OWNERSHIPS[row["EierformNavn"]]
            gender = words.GENDERS[row.get("Kjoenn", "Alle kjønn")]
        except KeyError as missing:
            self._report_unknown(str(missing.args[0]), where)
            return None
        if len(name) > QUESTION_LENGTH or len(indicator) > CODE_LENGTH:
            raise Stop("long-name", where, word=name[:60])
        self.report.names.setdefault(indicator, name)
        return year, SeriesKey(INSTRUMENT, indicator, "", grade, gender, ownership)

    def _report_unknown(self, word: str, where: str) -> None:
        if word not in self.unknown:
            self.unknown.add(word)
            self.report.problems.append(Problem("unknown-word", where, {"word": word[:80]}, fatal=False))

    def _unit_place(self, ref: UnitRef) -> int:
        identity = ref._replace(name="") if ref.number else ref
        place = self.units.setdefault(identity, len(self.units))
        if place == len(self.report.units):
            self.report.units.append(ref)
        return place

    def _series_place(self, key: SeriesKey) -> int:
        place = self.series.setdefault(key, len(self.series))
        if place == len(self.report.series):
            self.report.series.append(key)
        return place


def _unit(row: Row, where: str) -> UnitRef:
    """By number and level where the row has them; by name otherwise. Upper secondary files have schools on level 3."""
    number = str(row.get("Organisasjonsnummer") or "")
    if "EnhetNivaa" not in row or "Organisasjonsnummer" not in row:
        return UnitRef("unknown", None, check_name(row["EnhetNavn"], where))
    level = str(row["EnhetNivaa"])
    if level == "3" and is_organisation_number(number):
        level = "4"
    county, municipality = str(row.get("Fylkekode") or ""), str(row.get("Kommunekode") or "")
    return unit(level, county, municipality, number, _own_name(row, level), where)


def _own_name(row: Row, level: str) -> str:
    """Above schools EnhetNavn may say "Alle skoler"; the level's own column has the name then."""
    own = row.get({"1": "Nasjonalt", "2": "Fylke", "3": "Kommune"}.get(level, "EnhetNavn"))
    return own if isinstance(own, str) and own.strip() else str(row["EnhetNavn"])
