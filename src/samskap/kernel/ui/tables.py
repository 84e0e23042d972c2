"""Tables that a screen reader can walk in and that become cards on a phone, and the way between their pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from samskap.kernel.ui.markup import attributes, component


@dataclass(frozen=True)
class Column:
    """A column's heading. Numbers stand to the right. ``hidden``: the heading is read aloud only."""

    label: Any
    numeric: bool = False
    hidden: bool = False

    @cached_property
    def marks(self) -> SafeString:
        """The attributes of every cell in the column, made once for all rows."""
        return attributes({"data_label": "" if self.hidden else str(self.label), "class": "s-number" if self.numeric else ""})


@dataclass(frozen=True)
class Table:
    """A table as data: the first cell of each row is the row's heading. Cells are text or safe markup."""

    caption: Any
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]] = field(default=())


def columns(*labels: Any, numeric: str = "", hidden: str = "") -> list[Column]:
    """``{% columns _("School") _("Goals") numeric="2" as cols %}``: the numbers' places count from 1."""
    numbers, unseen = _places(numeric), _places(hidden)
    return [Column(label, place in numbers, place in unseen) for place, label in enumerate(labels, 1)]


def _places(text: str) -> frozenset[int]:
    return frozenset(int(place) for place in str(text).split())


def data_table(content: str, caption: str, cols: Sequence[Column], *, caption_hidden: bool = False) -> SafeString:
    """A table with caption and headings. The block holds ``<tr>`` rows of ``{% row_header %}`` and ``{% cell %}``."""
    return component("data_table", {"body": content, "caption": caption, "columns": cols, "caption_hidden": caption_hidden})


def table_of(table: Table, *, caption_hidden: bool = False) -> SafeString:
    """The same from data, as charts and downloads have it."""
    rows = format_html_join("\n", "<tr>{}</tr>", ((_row(table.columns, row),) for row in table.rows))
    return data_table(rows, table.caption, table.columns, caption_hidden=caption_hidden)


def _row(cols: Sequence[Column], row: Sequence[Any]) -> SafeString:
    first = row_header(row[0], cols[0])
    return first + format_html_join("", "{}", ((cell(value, col),) for value, col in zip(row[1:], cols[1:], strict=True)))


def row_header(content: Any, column: Column) -> SafeString:
    """The cell that names its row."""
    return format_html('<th scope="row"{}><span>{}</span></th>', column.marks, content)


def cell(content: Any, column: Column) -> SafeString:
    """A cell; on a phone its column's heading stands before it."""
    return format_html("<td{}><span>{}</span></td>", column.marks, content)


def pagination(page: Page[Any], query: QueryDict | None = None, *, label: str = "", name: str = "side") -> SafeString:
    """Links to the other pages, keeping the rest of the address. Nothing when there is only one page."""
    if page.paginator.num_pages < 2:
        return SafeString("")
    rest = query.copy() if query else QueryDict(mutable=True)
    return component(
        "pagination", {"page": page, "links": list(_links(page, rest, name)), "label": label, **_ends(page, rest, name)}
    )


def _address(rest: QueryDict, name: str, number: int) -> str:
    rest[name] = str(number)
    return f"?{rest.urlencode()}"


def _links(page: Page[Any], rest: QueryDict, name: str) -> Iterable[dict[str, Any]]:
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        gap = not isinstance(number, int)
        yield {
            "number": number,
            "gap": gap,
            "url": "" if gap else _address(rest, name, int(number)),
            "current": number == page.number,
        }


def _ends(page: Page[Any], rest: QueryDict, name: str) -> dict[str, str]:
    return {
        "previous": _address(rest, name, page.number - 1) if page.has_previous() else "",
        "next": _address(rest, name, page.number + 1) if page.has_next() else "",
    }
