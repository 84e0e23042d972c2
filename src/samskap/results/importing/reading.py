"""From a reader to the staging table: one file's figures, and what the reader tells of the file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.backends.utils import CursorWrapper

from samskap.kernel.importing import Source
from samskap.results.importing import stage
from samskap.results.readers import open_file
from samskap.results.readers.api_json import NO_SIGN
from samskap.results.readers.model import Problem, SeriesKey, UnitRef

CSV_CAP, JSON_CAP = 200_000_000, 32_000_000
BYTES_PER_CELL = {"udir-web-export": 10}
BYTES_PER_JSON_CELL = 60


@dataclass(frozen=True)
class FileRead:
    """One file after reading."""

    name: str
    size: int
    format: str | None
    years: tuple[int, ...]
    rows: dict[str, int]
    values: dict[str, int]
    problems: tuple[Problem, ...]
    units: tuple[UnitRef, ...]
    series: tuple[SeriesKey, ...]
    names: dict[str, str]

    @property
    def fatal(self) -> bool:
        """A problem that forbids to use the file."""
        return any(problem.fatal for problem in self.problems)

    def as_json(self) -> dict[str, Any]:
        """Counts and codes; the texts are made when they are shown."""
        return {
            "path": self.name,
            "format": self.format,
            "years": [year_name(year) for year in self.years],
            "rows": self.rows,
            "values": self.values,
            "problems": [_problem(problem) for problem in self.problems],
            "size": self.size,
        }


def _problem(problem: Problem) -> dict[str, Any]:
    return {"code": problem.code, "where": problem.where, "detail": dict(problem.detail), "fatal": problem.fatal}


def sound(found: Any) -> Any:
    """Plain JSON without signs that no page and no database can hold; a file's damage is told in the file's own words."""
    if isinstance(found, str):
        return NO_SIGN.sub("?", found)
    if isinstance(found, dict):
        return {sound(name): sound(value) for name, value in found.items()}
    return [sound(one) for one in found] if isinstance(found, list | tuple) else found


def year_name(start: int) -> str:
    """2021 -> "2021-22"."""
    return f"{start}-{(start + 1) % 100:02}"


def cap(head: bytes) -> int:
    """The size limit for a file that begins so: JSON is read whole and kept small, the CSV is read in a stream."""
    return JSON_CAP if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"[", b"{") else CSV_CAP


def read(cursor: CursorWrapper, number: int, source: Source, progress: Callable[[int], None]) -> FileRead:
    """Read one file into the staging table. A file that cannot be read gives its problems, never an exception."""
    size = source.path.stat().st_size
    reading = open_file(source.path)
    per_cell = BYTES_PER_CELL.get(reading.format or "", BYTES_PER_JSON_CELL)
    progress(0)
    for done in stage.load(cursor, number, reading.cells()):
        progress(min(size, done * per_cell))
    report = reading.report
    return FileRead(
        source.name, size, reading.format, tuple(report.years), dict(report.rows), dict(report.values),
        tuple(report.problems), tuple(report.units), tuple(report.series), dict(report.names),
    )  # fmt: skip
