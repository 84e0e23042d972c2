"""What is downloaded can be read again, and says the same as the page."""

import csv
import io
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from samskap.people.models import Unit
from samskap.results import export
from samskap.results.export import Sheet
from samskap.results.models import Status
from tests.results.pages.figures import Figures
from tests.support.world import World

CODE = "pupil_survey/trivsel/score/10"
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def table(content: bytes) -> list[list[str]]:
    """As a Norwegian spreadsheet reads it."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def cells(content: bytes) -> list[list[str | float]]:
    """The cells of a workbook's first sheet; text as text, numbers as numbers."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert sheet.find(f".//{SPACE}f") is None
    return [[_cell(cell) for cell in row] for row in sheet.iter(f"{SPACE}row")]


def _cell(cell: Any) -> str | float:
    if cell.get("t") == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(f"{SPACE}t"))
    return float(cell.find(f"{SPACE}v").text)


def get(world: World, name: str, *args: object, who: str = "ingrid", query: str = "") -> bytes:
    response = world.client(who).get(reverse(name, args=args) + query)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    content: bytes = response.content
    return content


@pytest.fixture
def school(world: World, figures: Figures, unit: Unit) -> object:
    """Ingrid's school with a figure, a masked one and the country."""
    figures.index(unit, 2024, 4.1)
    figures.lay(unit, "pupil_survey/trivsel/10", 2025, score=Status.MASKED, sd=0.7777, n=777)
    figures.index(figures.nation, 2025, 4.0, n=50_000)
    return world.school("elvesletta").pk


def test_the_comma_file_has_decimal_commas_and_says_masked(world: World, school: object) -> None:
    head, first, second, country = table(get(world, "results:indicator_file", school, CODE, "csv"))
    assert head[:5] == ["Enhet", "Indikator", "Skoleår", "Status", "Tall"]
    assert first == ["Elvesletta ungdomsskole", "Trivsel, 10. trinn", "2024-25", "publisert", "4,1", "3,89", "4,31", "60"]
    assert second[2:] == ["2025-26", "skjermet", "", "", "", ""]
    assert country[0] == "Landet"


def test_the_workbook_says_the_same_with_numbers_as_numbers(world: World, school: object) -> None:
    _head, first, second, _country = cells(get(world, "results:indicator_file", school, CODE, "xlsx"))
    assert first == ["Elvesletta ungdomsskole", "Trivsel, 10. trinn", "2024-25", "publisert", 4.1, 3.89, 4.31, 60.0]
    assert second[3:] == ["skjermet"]


def test_nothing_that_stands_beside_a_masked_figure_is_in_a_file(world: World, school: object) -> None:
    for name, args in (("results:indicator_file", (school, CODE, "csv")), ("results:school_file", (school, "csv"))):
        assert b"777" not in get(world, name, *args)


def test_the_schools_file_holds_all_its_indicators_on_the_grade(
    world: World, figures: Figures, unit: Unit, school: object
) -> None:
    figures.bullied(unit, 2025, 5.0)
    figures.index(unit, 2025, 3.3, of="trivsel/9")
    names = {row[1] for row in table(get(world, "results:school_file", school, "csv"))[1:]}
    assert names == {"Trivsel, 10. trinn", "Mobbet på skolen, 10. trinn"}
    ninth = table(get(world, "results:school_file", school, "csv", query="?trinn=9"))[1:]
    assert [row[4] for row in ninth] == ["3,3"]


def test_the_file_across_schools_has_those_with_figures_in_the_year(world: World, figures: Figures, school: object) -> None:
    figures.index(figures.at(world, "kvernfossen"), 2025, 3.7)
    rows = table(get(world, "results:across_file", "csv", who="henrik", query="?indikator=trivsel&trinn=10&ar=2025"))[1:]
    assert [(row[0], row[3], row[4]) for row in rows] == [
        ("Elvesletta ungdomsskole", "skjermet", ""),
        ("Kvernfossen ungdomsskole", "publisert", "3,7"),
        ("Landet", "publisert", "4,0"),
    ]


def test_a_school_without_figures_gets_a_file_with_headings_only(world: World) -> None:
    assert len(table(get(world, "results:school_file", world.school("elvesletta").pk, "csv"))) == 1


DANGER = st.sampled_from(["=", "+", "-", "@", "\t", "\r"])
PLAIN = st.text(st.characters(codec="utf-8", min_codepoint=32, exclude_characters="\x7f\ufffe\uffff"), max_size=20)


@given(DANGER, PLAIN)
def test_no_text_becomes_a_formula(sign: str, rest: str) -> None:
    sheet = Sheet("x", ["a"], [[sign + rest]])
    assert table(export.to_csv(sheet))[1][0].startswith("'")
    assert str(cells(export.to_xlsx(Sheet("x", ["a"], [["=1+1"]])))[1][0]) == "'=1+1"


@given(PLAIN)
def test_other_text_comes_back_as_it_was(text: str) -> None:
    safe = f"a{text}"
    assert table(export.to_csv(Sheet("x", [safe], [[safe]]))) == [[safe], [safe]]


@given(st.floats(-1000, 1000))
def test_a_negative_number_stays_a_number(value: float) -> None:
    rounded = round(value, 2)
    [[_head], [cell]] = table(export.to_csv(Sheet("x", ["a"], [[rounded]])))
    assert float(cell.replace(",", ".")) == rounded
