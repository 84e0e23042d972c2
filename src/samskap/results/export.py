"""The pages' figures as files: CSV that a Norwegian spreadsheet opens right, and Excel.

Masked figures are words in both, never zeros or blanks.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _

from samskap.results import wording
from samskap.results.rules import NUMBER, Point, year_label
from samskap.results.story import Story

Cell = str | float | int | None
KINDS = ("csv", "xlsx")
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Sheet:
    """A file's rows; ``name`` is the file's name without its ending."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def headings() -> list[str]:
    """What a file's columns are called."""
    return [
        _("Unit"), _("Indicator"), _("School year"), _("Status"), _("Figure"), _("Interval from"), _("Interval to"), _("Answers"),
    ]  # fmt: skip


def row(unit: str, indicator: str, point: Point) -> list[Cell]:
    """A figure as a row."""
    status = _("published") if point.status == NUMBER else wording.status(point.status)
    return [unit, indicator, year_label(point.year), status, point.value, _two(point.low), _two(point.high), point.n]


def _two(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def of_story(story: Story) -> Iterator[list[Cell]]:
    """The school's figures, then those around it."""
    name = story.ref.name
    yield from (row(story.unit_name, name, point) for point in story.points)
    for around in story.around:
        yield from (row(around.name, name, point) for point in around.points)


def response(sheet: Sheet, kind: str) -> HttpResponse:
    """The file to download."""
    content = to_csv(sheet) if kind == "csv" else to_xlsx(sheet)
    answer = HttpResponse(content, content_type=CSV_TYPE if kind == "csv" else XLSX_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{sheet.name}.{kind}"'
    return answer


def to_csv(sheet: Sheet) -> bytes:
    """UTF-8 with byte order mark, semicolons, decimal comma."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([guarded(text) for text in sheet.headings])
    for cells in sheet.rows:
        writer.writerow([_csv_cell(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    return guarded(cell) if isinstance(cell, str) else str(cell).replace(".", ",")


def guarded(text: str) -> str:
    """Text that a spreadsheet could take for a formula gets an apostrophe in front."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def to_xlsx(sheet: Sheet) -> bytes:
    """Excel, row by row in constant memory. Text is written as text, so nothing in it becomes a formula or a link."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        strong = book.add_format({"bold": True})
        page.set_column(0, 1, 34)
        page.set_column(2, len(sheet.headings), 16)
        for column, text in enumerate(sheet.headings):
            page.write_string(0, column, guarded(text), strong)
        for number, cells in enumerate(sheet.rows, 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    page.write_string(number, column, guarded(cell))
                elif cell is not None:
                    page.write_number(number, column, cell)
    return out.getvalue()
