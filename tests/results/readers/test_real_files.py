"""The counts on the publisher's own files, confirmed by a second, independent reading."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from samskap.results.readers import open_file

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
CSV = sorted((DATA / "udir_webexport_nasjonale_prover").glob("*.csv"))
JSON = [DATA / "elevundersokelsen_api" / f"bpg_vgs_tabell_{number}.json" for number in (152, 154, 155)]
LEVEL = {"1": "nation", "2": "county", "3": "municipality", "4": "school"}

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the real files of ../shared/data are not here")


def kind(text: str | None) -> str:
    return "masked" if text == "*" else "number" if text else "empty"


def csv_counts(path: Path) -> tuple[Counter[str], Counter[str], set[str]]:
    _, header, *rows = path.read_bytes().decode("utf-16-le").rstrip("\n").split("\n")
    levels: Counter[str] = Counter()
    values: Counter[str] = Counter()
    for row in rows:
        parts = row.split("\t")
        levels[LEVEL[parts[0]]] += 1
        values.update(kind(text) for text in parts[9:])
    return levels, values, {name.split(".")[0] for name in header.split("\t")[9:]}


@pytest.mark.parametrize("path", CSV, ids=lambda path: path.name)
def test_a_web_export_is_counted_as_an_independent_reading_counts_it(path: Path) -> None:
    reading = open_file(path)
    figures = list(reading.cells())
    levels, values, years = csv_counts(path)
    report = reading.report
    assert reading.format == "udir-web-export"
    assert report.problems == []
    assert {k: v for k, v in report.rows.items() if v} == dict(levels)
    assert {k: v for k, v in report.values.items() if v} == dict(values)
    assert {f"{year}-{(year + 1) % 100:02}" for year in report.years} == years
    assert len(figures) == sum(values.values())


@pytest.mark.parametrize("path", JSON, ids=lambda path: path.name)
def test_an_api_file_is_counted_before_its_repetitions_are_left_out(path: Path) -> None:
    rows = json.loads(path.read_text())
    measures = [name for name in rows[0] if name.startswith(("Score", "Standard", "Antall", "Andel"))]
    reading = open_file(path)
    figures = list(reading.cells())
    assert reading.report.rows["unknown"] == len(rows)
    assert reading.report.values == {
        name: sum(kind(row[m]) == name for row in rows for m in measures) for name in ("number", "masked", "empty")
    }
    assert len(figures) == len({json.dumps(row) for row in rows}) * len(measures)
    assert [unit.name for unit in reading.report.units] == ["Bergen private gymnas AS"]
    assert [problem.code for problem in reading.report.problems] == ["unit-by-name"]


def others() -> Iterator[Path]:
    ours = {*CSV, *JSON}
    yield from (path for path in sorted(DATA.rglob("*")) if path.is_file() and path not in ours)


@pytest.mark.parametrize("path", list(others()), ids=lambda path: path.name)
def test_every_other_file_is_told_to_be_foreign(path: Path) -> None:
    reading = open_file(path)
    assert list(reading.cells()) == []
    assert [problem.code for problem in reading.report.problems] == ["foreign"]


def test_in_the_bullying_table_the_count_is_of_those_who_are_bullied() -> None:
    reading = open_file(JSON[1])
    list(reading.cells())
    assert {key.measure for key in reading.report.series} == {"share", "n_bullied"}
