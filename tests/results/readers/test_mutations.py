"""A thousand damaged files: each is told to be damaged, or read as it was but for the rows that were hit."""

import json
import random
from pathlib import Path
from typing import NamedTuple

import pytest

from samskap.results.readers import open_file
from samskap.results.readers.model import SeriesKey, UnitRef
from samskap.results.readers.problems import TEXTS
from tests.results.readers.test_damage import survey, whole
from tests.results.readers.test_real_files import CSV, JSON

ROWS = 40


class Figure(NamedTuple):
    """A cell with its unit and series in full."""

    unit: UnitRef
    series: SeriesKey
    year: int
    status: int
    number: float | None


class Read(NamedTuple):
    """What came out of a file."""

    figures: frozenset[Figure]
    codes: frozenset[str]
    fatal: bool


def read(path: Path) -> Read:
    reading = open_file(path)
    cells = list(reading.cells())
    report = reading.report
    figures = frozenset(Figure(report.units[c.unit], report.series[c.series], c.year, c.status, c.number) for c in cells)
    return Read(figures, frozenset(problem.code for problem in report.problems), report.fatal)


def sources(tmp_path: Path) -> list[bytes]:
    """The first rows of the publisher's own files; without them, files of our own writer."""
    made = [whole(tmp_path / "export.csv").read_bytes(), survey(tmp_path / "table.json").read_bytes()]
    csv = ["\n".join(path.read_bytes().decode("utf-16-le").split("\n")[:ROWS]) + "\n" for path in CSV]
    tables = [json.dumps(json.loads(path.read_text())[:ROWS], ensure_ascii=False, indent=1) for path in JSON if path.exists()]
    return [*made, *(text.encode("utf-16-le") for text in csv), *(text.encode() for text in tables)]


def rows_of(figures: frozenset[Figure]) -> int:
    """How many rows the figures come from at the least."""
    return min(len({f.unit for f in figures}), len({(f.unit, f.year, f.series._replace(measure="")) for f in figures}))


def mutated(chance: random.Random, data: bytes, hits: int) -> bytes:
    """Some of the things that happen to files: bytes flipped, lost, doubled, moved, or the end gone."""
    made = bytearray(data)
    for _ in range(hits):
        at = chance.randrange(len(made))
        kind = chance.randrange(5)
        if kind == 0:
            made[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del made[at : at + chance.randint(1, 8)]
        elif kind == 2:
            made[at:at] = made[at : at + chance.randint(1, 40)]
        elif kind == 3:
            made[at : at + 2] = made[at : at + 2][::-1]
        else:
            del made[max(at, 1) :]
        if not made:
            break
    return bytes(made)


@pytest.mark.parametrize("seed", range(4))
def test_a_thousand_seeded_mutations_are_told_or_read_as_they_stand(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    path = tmp_path / "mutated"
    files = []
    for data in sources(tmp_path):
        path.write_bytes(data)
        files.append((data, read(path).figures))
    for _ in range(250):
        data, before = chance.choice(files)
        hits = chance.randint(1, 4)
        damaged = mutated(chance, data, hits)
        path.write_bytes(damaged)
        found = read(path)
        assert found.codes <= set(TEXTS)
        if found.fatal:
            continue
        # A letter of a name or a digit of a figure may be another one that is as good: that row alone is other.
        # A file that ends exactly after a row cannot be told from a shorter export; what it lacks stays stored.
        # Where a column has been left out, that is told, and an empty figure can no longer be known as "nobody took part".
        left_out = "unknown-word" in found.codes
        ends_after_a_row = len(damaged) < len(data) - 100
        added = frozenset(figure for figure in found.figures - before if figure.number is not None or not left_out)
        assert rows_of(added) <= 2 * hits
        assert left_out or ends_after_a_row or rows_of(before - found.figures) <= 2 * hits
