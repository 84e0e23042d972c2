"""The API's rows with all their columns: units by number and level, questions by code, and back from what was written."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samskap.results.readers import Reading, open_file
from samskap.results.readers.model import UnitRef
from samskap.results.readers.writer import number_text, write_api_json
from samskap.site.demo.cast import SCHOOLS

Row = dict[str, Any]
NUMBERS = [school.number for school in SCHOOLS[:4]]
COUNTY = {"EnhetNivaa": "2", "Fylkekode": "90", "Fylke": "Østhei", "Kommunekode": "", "Organisasjonsnummer": ""}
TOWN = {"EnhetNivaa": "3", "Fylkekode": "90", "Fylke": "Østhei", "Kommunekode": "9001", "Kommune": "Elvestrand"}


def school(number: str, level: str = "4") -> Row:
    return {**TOWN, "EnhetNivaa": level, "Organisasjonsnummer": number, "EnhetNavn": "Tjernlia skole "}


def indicator(unit: Row, **changes: Any) -> Row:
    asked = {"Spoersmaalgruppe": "Trivsel", "Spoersmaalkode": "EUIndeks_1379", "Spoersmaalnavn": "Alle spørsmål"}
    groups = {"Skoleaarnavn": "2025-26", "Trinnnavn": "7. årstrinn", "EierformNavn": "Alle eierformer", "Kjoenn": "Alle kjønn"}
    figures = {"Score": "4,2", "Standardavvik": "0,8", "AntallBesvart": "41"}
    return {**asked, **groups, **unit, **figures, **changes}


def read(path: Path, *rows: Row) -> Reading:
    write_api_json(path, rows)
    reading = open_file(path)
    list(reading.cells())
    return reading


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.report.problems]


def test_each_level_is_the_unit_that_its_columns_say(tmp_path: Path) -> None:
    nation = {**TOWN, "EnhetNivaa": "1", "Organisasjonsnummer": "I", "Nasjonalt": "Hele landet", "EnhetNavn": "Alle skoler"}
    county = {**TOWN, **COUNTY, "EnhetNavn": "Alle skoler"}
    town = {**TOWN, "Organisasjonsnummer": "9001", "EnhetNavn": "Alle skoler"}
    units = [{"Nasjonalt": "Hele landet", **unit} for unit in (nation, county, town, school(NUMBERS[0]))]
    reading = read(tmp_path / "148.json", *map(indicator, units))
    assert codes(reading) == []
    assert reading.report.units == [
        UnitRef("nation", None, "Hele landet"),
        UnitRef("county", "90", "Østhei"),
        UnitRef("municipality", "9001", "Elvestrand", "90"),
        UnitRef("school", NUMBERS[0], "Tjernlia skole", "90", "9001"),
    ]


def test_an_upper_secondary_school_stands_on_level_three(tmp_path: Path) -> None:
    reading = read(tmp_path / "152.json", indicator(school(NUMBERS[0], level="3")))
    assert [unit.level for unit in reading.report.units] == ["school"]


@pytest.mark.parametrize("level", ["1", "2"])
def test_a_schools_number_does_not_belong_above_the_municipality(level: str, tmp_path: Path) -> None:
    row = indicator(school(NUMBERS[0], level), Nasjonalt="Hele landet")
    assert codes(read(tmp_path / "148.json", row)) == ["identifier"]


def test_a_question_has_the_publishers_code_below_its_index(tmp_path: Path) -> None:
    name = "Trives du på skolen?"
    reading = read(
        tmp_path / "148.json", indicator(school(NUMBERS[0]), Spoersmaalnavn=name, Spoersmaalkode="EUSpoersmaal_Q11700")
    )
    assert reading.report.names == {"trivsel.q11700": name}


def test_another_grade_than_the_words_know_is_told(tmp_path: Path) -> None:
    reading = read(tmp_path / "148.json", indicator(school(NUMBERS[0])), indicator(school(NUMBERS[1]), Trinnnavn="7. klasse"))
    assert [(p.code, p.where, p.detail, p.fatal) for p in reading.report.problems] == [
        ("unknown-word", "row 2", {"word": "7. klasse"}, False)
    ]


def test_in_the_bullying_table_the_count_is_of_the_bullied_and_elsewhere_of_those_who_answered(tmp_path: Path) -> None:
    row = indicator(school(NUMBERS[0]), Spoersmaalgruppe="Mobbing på skolen")
    bullying = {key: value for key, value in row.items() if key not in ("Score", "Standardavvik")} | {"AndelMobbet": "4,9"}
    measures = {key.measure for key in read(tmp_path / "150.json", bullying).report.series}
    assert measures == {"share", "n_bullied"}
    assert {key.measure for key in read(tmp_path / "148.json", row | {"Spoersmaalgruppe": "Trivsel"}).report.series} == {
        "score", "sd", "n",
    }  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.tuples(st.integers(10, 50), st.integers(0, 20), st.integers(1, 99_999)), min_size=4, max_size=4))
def test_what_is_written_in_full_is_read_back(tmp_path: Path, figures: list[tuple[int, int, int]]) -> None:
    path = tmp_path / "148.json"
    rows = [
        indicator(
            school(number), Score=number_text(mean / 10), Standardavvik=number_text(sd / 10), AntallBesvart=number_text(n, 0)
        )
        for number, (mean, sd, n) in zip(NUMBERS, figures, strict=True)
    ]
    write_api_json(path, rows)
    reading = open_file(path)
    assert [cell.number for cell in reading.cells()] == [value for mean, sd, n in figures for value in (mean / 10, sd / 10, n)]
    assert [unit.number for unit in reading.report.units] == NUMBERS
