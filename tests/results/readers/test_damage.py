"""Each kind of damage has its own code; nothing is "something else", and nothing raises."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samskap.people.models import Unit, UnitIdentifier
from samskap.results.models import Series
from samskap.results.readers import open_file
from samskap.results.readers.model import CODE_LENGTH, NAME_LENGTH, NOBODY, QUESTION_LENGTH
from samskap.results.readers.problems import problem_text
from samskap.results.readers.writer import number_text, write_api_json, write_web_export
from samskap.site.demo.cast import SCHOOLS

TESTS = ("Engelsk", "Lesing", "Regning")
DEEP = 900
MEASURES = ("Skalapoeng", "Usikkerhet", "Antall elever deltatt")
COLUMNS = [f"2025-26.{test}.5. årstrinn.Alle eierformer.Alle kjønn.{m}" for test in TESTS for m in MEASURES]
NATION = ("1", "I", "00", "0000", "I", "Hele landet", "Alle fylker", "Alle kommuner", "Alle skoler")
COUNTY = ("2", "I", "90", "0000", "90", "Hele landet", "Østhei", "Alle kommuner", "Alle skoler")
TOWN = ("3", "I", "90", "9001", "9001", "Hele landet", "Østhei", "Elvestrand", "Alle skoler")


def school(index: int) -> tuple[str, ...]:
    entry = SCHOOLS[index]
    return ("4", "I", "90", "9001", entry.number, "Hele landet", "Østhei", "Elvestrand", entry.name)


def whole(path: Path) -> Path:
    figures = ["50", "0,1", "56 833"] * 3
    rows = [
        (NATION, figures),
        (COUNTY, ["51", "0,4", "4 210"] * 3),
        (TOWN, ["49", "1,2", "310"] * 3),
        (school(0), ["48", "2,9", "38"] * 3),
        (school(1), ["*", "*", "*"] * 3),
        (school(2), ["", "", "0"] * 3),
        (school(3), ["", "", ""] * 3),
    ]
    write_web_export(path, COLUMNS, rows)
    return path


def survey(path: Path) -> Path:
    rows = [
        {
            "Spoersmaalgruppe": "Trivsel", "Spoersmaalnavn": "Alle spørsmål", "Skoleaarnavn": "2025-26", "Trinnnavn": "7. trinn",
            "Kjoenn": "Alle kjønn", "Score": score, "Standardavvik": "0,8", "AntallBesvart": "41",
            "EierformNavn": "Alle eierformer", "EnhetNavn": name,
        }
        for name, score in (("Tjernlia skole", "4,2"), ("Storhaugen skole", "*"))
    ]  # fmt: skip
    write_api_json(path, rows)
    return path


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-16-le")


def rewritten(path: Path, change: Callable[[str], str]) -> None:
    path.write_bytes(change(text_of(path)).encode("utf-16-le"))


def swapped(path: Path, one: int, two: int) -> None:
    lines = [line.split("\t") for line in text_of(path).split("\n")]
    for row in lines[2:-1]:
        row[one], row[two] = row[two], row[one]
    path.write_bytes("\n".join("\t".join(row) for row in lines).encode("utf-16-le"))


def reversed_rows(path: Path) -> None:
    lines = [line.split("\t") for line in text_of(path).split("\n")]
    lines[2:-1] = [row[::-1] for row in lines[2:-1]]
    path.write_bytes("\n".join("\t".join(row) for row in lines).encode("utf-16-le"))


def codes(path: Path) -> list[str]:
    reading = open_file(path)
    list(reading.cells())
    for problem in reading.report.problems:
        assert problem_text(problem)
    return [problem.code for problem in reading.report.problems]


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut in a row": (lambda p: p.write_bytes(p.read_bytes()[:-31]), "cut"),
    "cut in a sign": (lambda p: p.write_bytes(p.read_bytes()[:-31][:-1]), "cut"),
    "cut in the headings": (lambda p: p.write_bytes(p.read_bytes()[:200]), "cut"),
    "a byte too many": (lambda p: p.write_bytes(p.read_bytes()[:500] + b"\x00" + p.read_bytes()[500:]), "encoding"),
    "a broken sign": (lambda p: p.write_bytes(p.read_bytes()[:1900] + b"\x00\xd8" + p.read_bytes()[1902:]), "encoding"),
    "a letter among the digits": (lambda p: rewritten(p, lambda t: t.replace("56 833", "56 B33", 1)), "number"),
    "a sign that no name has": (lambda p: rewritten(p, lambda t: t.replace("Tjernlia", "Tjern\x07lia")), "sign"),
    "score and uncertainty swapped": (lambda p: swapped(p, 9, 10), "range"),
    "uncertainty and participants swapped": (lambda p: swapped(p, 10, 11), "range"),
    "score and participants swapped": (lambda p: swapped(p, 9, 11), "range"),
    "number and name swapped": (lambda p: swapped(p, 4, 8), "identifier"),
    "county and municipality swapped": (lambda p: swapped(p, 2, 3), "identifier"),
    "level and number swapped": (lambda p: swapped(p, 0, 4), "level"),
    "the names of county and municipality swapped": (lambda p: swapped(p, 6, 7), "name"),
    "the names of nation and county swapped": (lambda p: swapped(p, 5, 6), "name"),
    "the names of municipality and school swapped": (lambda p: swapped(p, 7, 8), "name"),
    "the nation's code and name swapped": (lambda p: swapped(p, 1, 5), "identifier"),
    "a result where nobody took part": (lambda p: rewritten(p, lambda t: t.replace("\t\t\t0", "\t48\t\t0", 1)), "disagrees"),
    "one heading with another grade": (lambda p: rewritten(p, lambda t: t.replace("5. års", "7. års", 1)), "header"),
    "all columns reversed": (reversed_rows, "level"),
    "a wrong check digit": (lambda p: rewritten(p, lambda t: t.replace(SCHOOLS[0].number, "100000181")), "identifier"),
    "a municipality in another county": (
        lambda p: rewritten(p, lambda t: t.replace("\t90\t9001\t1000001", "\t91\t9001\t1000001", 1)), "belongs",
    ),
    "half a pupil": (lambda p: rewritten(p, lambda t: t.replace("\t38", "\t38,5", 1)), "whole"),
    "a school year that is none": (lambda p: rewritten(p, lambda t: t.replace("2025-26.E", "2025-27.E")), "year"),
    "the same school twice, otherwise": (
        lambda p: rewritten(p, lambda t: t + "\t".join([*school(0), *["47", "2,9", "38"] * 3]) + "\n"), "contradiction",
    ),
    "a heading gone": (lambda p: rewritten(p, lambda t: t.replace("Kommunekode", "Kommunkode")), "header"),
    "the same heading twice": (lambda p: rewritten(p, lambda t: t.replace("2025-26.Lesing", "2025-26.Engelsk")), "header"),
    "no separator line": (lambda p: rewritten(p, lambda t: t.split("\n", 1)[1]), "header"),
    "a column too many in a row": (lambda p: rewritten(p, lambda t: t.replace("\t38\n", "\t38\t1\n", 1)), "row"),
    "saved as UTF-8": (lambda p: p.write_text(text_of(p), encoding="utf-8"), "encoding"),
    "saved as Latin-1": (lambda p: p.write_bytes(text_of(p).encode("latin-1")), "encoding"),
    "saved as UTF-16BE": (lambda p: p.write_bytes(text_of(p).encode("utf-16-be")), "encoding"),
    "empty": (lambda p: p.write_bytes(b""), "empty"),
    "only blanks": (lambda p: p.write_bytes(b"\n \n"), "empty"),
    "a PDF": (lambda p: p.write_bytes(b"%PDF-1.7 ..."), "foreign"),
    "an Excel file": (lambda p: p.write_bytes(b"PK\x03\x04 ..."), "foreign"),
    "another CSV": (lambda p: p.write_text("navn;alder\nOla;12\n"), "foreign"),
    "noise": (lambda p: p.write_bytes(random.Random(1).randbytes(4_000)), "foreign"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGE)
def test_each_kind_of_damage_to_a_table_export_has_its_code(name: str, tmp_path: Path) -> None:
    damage, code = DAMAGE[name]
    path = whole(tmp_path / "export.csv")
    assert codes(path) == []
    damage(path)
    assert codes(path)[-1] == code


JSON_DAMAGE: dict[str, tuple[Callable[[str], str], str]] = {
    "cut": (lambda t: t[:-40], "cut"),
    "cut in a text": (lambda t: t[: t.rindex("Storhaugen") + 4], "cut"),
    "a sign gone": (lambda t: t.replace(":", "", 1), "json"),
    "another list": (lambda t: '[{"a": 1}]', "foreign"),
    "no list": (lambda t: '{"TidID": [202112]}', "foreign"),
    "a list of numbers": (lambda t: "[1, 2]", "foreign"),
    "an empty list": (lambda t: "[]", "empty"),
    "very deep": (lambda t: "[" * 100_000, "foreign"),
    "another word for the grade": (lambda t: t.replace("7. trinn", "7. klasse"), "no-known-column"),
    "a mean above five": (lambda t: t.replace("4,2", "5,2"), "range"),
    "a list for a number": (lambda t: t.replace('"4,2"', "[4]"), "number"),
    "an object for a name": (lambda t: t.replace('"Tjernlia skole"', "{}"), "row"),
    "a key gone in one row": (lambda t: t.replace('"Standardavvik": "0,8",', "", 1), "row"),
    "the same twice, otherwise": (lambda t: t.replace("Storhaugen", "Tjernlia"), "contradiction"),
    "not a number": (lambda t: t.replace('"4,2"', "NaN"), "number"),
    "a deep list for a number": (lambda t: t.replace('"4,2"', "[" * DEEP + "]" * DEEP), "number"),
    "a number without an end": (lambda t: "[" + "9" * 5_000 + "]", "long-number"),
    "a long number for a figure": (lambda t: t.replace('"4,2"', "9" * 4_000), "range"),
    "half a sign in a name": (lambda t: t.replace("Tjernlia", "Tjern\\ud800"), "sign"),
    "no sign in a name": (lambda t: t.replace("Tjernlia", "Tjern\\u0000"), "sign"),
    "half a sign in a question": (lambda t: t.replace("Alle spørsmål", "Alle\\udfff"), "sign"),
    "half a sign in a figure": (lambda t: t.replace("4,2", "\\ud800"), "sign"),
    "half a sign in a word": (lambda t: t.replace("7. trinn", "\\ud800"), "sign"),
    "a name longer than any": (lambda t: t.replace("Tjernlia", "T" * 200), "long-name"),
    "a question longer than any": (lambda t: t.replace("Alle spørsmål", "Hvor?" * 61), "long-name"),
    "a question's code longer than any": (
        lambda t: t.replace('"Alle spørsmål"', f'"Hvor?", "Spoersmaalkode": "{"x" * 80}"'),
        "long-name",
    ),
    "a list for a question's code": (lambda t: t.replace('"Alle spørsmål"', '"Hvor?", "Spoersmaalkode": []'), "row"),
    "a list for a level": (lambda t: t.replace('"EnhetNavn"', '"EnhetNivaa": [], "EnhetNavn"'), "row"),
    "a year that is none": (lambda t: t.replace("2025-26", "2025-25"), "year"),
}


@pytest.mark.parametrize("name", JSON_DAMAGE)
def test_each_kind_of_damage_to_the_apis_json_has_its_code(name: str, tmp_path: Path) -> None:
    damage, code = JSON_DAMAGE[name]
    path = survey(tmp_path / "table.json")
    assert codes(path) == ["unit-by-name"]
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert codes(path)[-1] == code


def exchanged(path: Path, one: str, two: str) -> None:
    rows = json.loads(path.read_text(encoding="utf-8"))
    write_api_json(path, [{**row, one: row[two], two: row[one]} for row in rows])


def shares(path: Path) -> Path:
    rows = json.loads(survey(path).read_text(encoding="utf-8"))
    printed = dict(zip((f"AndelSvaralternativ{k}" for k in range(1, 6)), ("2,0", "3,0", "10,0", "43,0", "42,0"), strict=True))
    write_api_json(path, [{**row, **printed} for row in rows])
    return path


def participation(path: Path) -> Path:
    row = {
        "Skoleaarnavn": "2025-26", "Trinnnavn": "7. trinn", "EierformNavn": "Alle eierformer", "EnhetNavn": "Tjernlia skole",
        "AndelDeltatt": "82,0", "AntallBesvart": "41", "AntallInvitert": "50",
    }  # fmt: skip
    write_api_json(path, [row])
    return path


EXCHANGES = [
    (survey, "Score", "Standardavvik", "range"),
    (survey, "Score", "AntallBesvart", "range"),
    (survey, "EnhetNavn", "Spoersmaalnavn", "name"),
    (survey, "EnhetNavn", "Trinnnavn", "name"),
    (survey, "EierformNavn", "Kjoenn", "no-known-column"),
    (survey, "Skoleaarnavn", "Trinnnavn", "year"),
    (shares, "AndelSvaralternativ1", "AndelSvaralternativ5", "disagrees"),
    (shares, "AndelSvaralternativ2", "AndelSvaralternativ4", "disagrees"),
    (participation, "AntallBesvart", "AntallInvitert", "disagrees"),
    (participation, "AndelDeltatt", "AntallBesvart", "whole"),
]


@pytest.mark.parametrize(("table", "one", "two", "code"), EXCHANGES)
def test_figures_under_each_others_keys_are_told(
    table: Callable[[Path], Path], one: str, two: str, code: str, tmp_path: Path
) -> None:
    path = table(tmp_path / "table.json")
    assert codes(path) == ["unit-by-name"]
    rows = json.loads(path.read_text(encoding="utf-8"))
    write_api_json(path, [{**row, "AndelDeltatt": "82,5"} if "AndelDeltatt" in row else row for row in rows])
    exchanged(path, one, two)
    assert codes(path)[-1] == code


def test_a_json_file_that_is_too_large_is_not_begun(tmp_path: Path) -> None:
    path = tmp_path / "table.json"
    path.write_bytes(b"[" + b" " * 32_000_000)
    reading = open_file(path)
    assert [(problem.code, problem.detail) for problem in reading.report.problems] == [("too-large", {"limit": "32"})]


def test_a_name_is_as_long_as_the_stores_columns() -> None:
    told = (Unit, "name"), (UnitIdentifier, "value"), (Series, "name"), (Series, "indicator")
    lengths = [getattr(model._meta.get_field(name), "max_length", None) for model, name in told]
    assert lengths == [NAME_LENGTH, NAME_LENGTH, QUESTION_LENGTH, CODE_LENGTH]


def test_a_long_name_in_a_table_export_is_told(tmp_path: Path) -> None:
    path = whole(tmp_path / "export.csv")
    rewritten(path, lambda text: text.replace(SCHOOLS[0].name, "T" * 201))
    assert codes(path) == ["long-name"]


def test_a_byte_order_mark_makes_no_difference(tmp_path: Path) -> None:
    path = whole(tmp_path / "export.csv")
    without = list(open_file(path).cells())
    path.write_bytes(b"\xff\xfe" + path.read_bytes())
    assert list(open_file(path).cells()) == without != []


def test_json_in_other_signs_is_told(tmp_path: Path) -> None:
    path = survey(tmp_path / "table.json")
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))
    assert codes(path) == ["encoding"]


def test_an_unknown_word_is_reported_and_its_column_left_out(tmp_path: Path) -> None:
    path = whole(tmp_path / "export.csv")
    rewritten(path, lambda text: text.replace("Regning.5", "Matematikk.5"))
    reading = open_file(path)
    figures = list(reading.cells())
    assert [(p.code, p.fatal, p.detail["word"]) for p in reading.report.problems] == [("unknown-word", False, "Matematikk")] * 3
    assert len(figures) == 7 * 6


def test_masked_empty_zero_and_nobody_stay_different(tmp_path: Path) -> None:
    found = {(cell.status, cell.number) for cell in open_file(whole(tmp_path / "e.csv")).cells() if cell.unit >= 4}
    assert found == {(1, None), (NOBODY, None), (2, None)}


def test_what_stands_twice_alike_is_read_once(tmp_path: Path) -> None:
    path = whole(tmp_path / "export.csv")
    once = list(open_file(path).cells())
    rewritten(path, lambda text: text + text.split("\n")[5] + "\n")
    reading = open_file(path)
    assert list(reading.cells()) == once
    assert reading.report.rows["school"] == 5


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_any_bytes_are_told_what_they_are(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(data)
    assert codes(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda c: st.lists(c) | st.dictionaries(st.text(), c)))
def test_any_json_is_told_what_it_is(tmp_path: Path, data: object) -> None:
    path = tmp_path / "any.json"
    path.write_text(json.dumps([data]))
    assert codes(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(10, 90), st.integers(0, 300), st.integers(1, 99_999)), min_size=7, max_size=7))
def test_what_is_written_is_read_back(tmp_path: Path, figures: list[tuple[int, int, int]]) -> None:
    path = tmp_path / "export.csv"
    rows = [
        (ids, [number_text(score, 0), number_text(tenths / 10), number_text(n, 0)] * 3)
        for ids, (score, tenths, n) in zip([NATION, COUNTY, TOWN, *map(school, range(4))], figures, strict=True)
    ]
    write_web_export(path, COLUMNS, rows)
    read = [cell.number for cell in open_file(path).cells()]
    assert read == [value for score, tenths, n in figures for _ in TESTS for value in (score, tenths / 10, n)]
