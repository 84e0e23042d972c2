"""Disclosure control: the one function through which figures over other people's rows leave.

A conservative first method (the closed release with elimination and audit comes later; the door stays the same):

1. A cell with fewer than ``Thresholds.respondents`` behind it, or with an unknown number, is masked.
2. What the publisher has masked stays masked.
3. Where the group's total is visible elsewhere (``Table.total_public``), one masked cell takes the smallest of the others
   with it, and the next smallest follow until subtraction tells too little: at least the threshold of respondents behind
   the masked cells together, and for each of them as many possible sizes as a masked cell has anyway, also for somebody
   who knows these rules and the reasons. If masking all is not enough, the total is masked.
4. A total or mean that *we* make over a group with a masked cell is masked itself.
5. A count over units ("3 of 6 schools") is taken from cells that are shown, at least ``Thresholds.units`` of them.

What it does not do yet: bounds on values (0 of all is 0 of each), several tables over the same answers, rounding.

Sources: SSB, "Personopplysninger i statistikken" (hide small cells and those needed to derive them); Udir's
"skjermingsregler" (secondary suppression); Hundepool et al., Statistical Disclosure Control (2012), ch. 4.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum


class Reason(StrEnum):
    """Why a cell is masked."""

    FEW = "few"
    COMPLEMENTARY = "complementary"
    PUBLISHER = "publisher"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How many must stand behind a figure; data with a date and a source, not code."""

    respondents: int
    units: int
    valid_from: date
    source: str


CURRENT = Thresholds(5, 3, date(2026, 8, 1), "own rule until Udir's exact rules are known; SSB's example is 3")


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: its name, its value (None: there is none) and how many respondents stand behind it (None: unknown)."""

    key: str
    value: float | None
    n: int | None = None
    masked: Reason | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Cells of one group.

    ``total`` is to be shown beside them; it is ours unless ``total_public``: then it is visible elsewhere already.
    ``published``: the publisher has released these very cells. ``counts_units``: the total is a count over the cells.
    """

    cells: Sequence[Cell]
    total: Cell | None = None
    published: bool = False
    counts_units: bool = False
    total_public: bool = False


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """What may be shown. Only ``release`` makes one."""

    cells: tuple[Cell, ...]
    total: Cell | None = None
    thresholds: Thresholds = field(default=CURRENT)

    def cell(self, key: str) -> Cell:
        """The cell with a key. Raises KeyError."""
        for cell in self.cells:
            if cell.key == key:
                return cell
        raise KeyError(key)

    def count(self, holds: Callable[[float], bool]) -> tuple[int, int] | None:
        """For how many of the shown cells something holds, and how many are shown; None when these are too few."""
        values = [cell.value for cell in self.cells if cell.value is not None]
        return (sum(map(holds, values)), len(values)) if len(values) >= self.thresholds.units else None


def release(table: Table, thresholds: Thresholds = CURRENT) -> ReleasedTable:
    """The table with everything masked that must not be shown. A masked cell carries neither value nor n."""
    cells = list(table.cells) if table.published else _protected(table, thresholds)
    total = _released_total(table, cells, thresholds)
    return ReleasedTable(tuple(map(_hidden, cells)), _hidden(total) if total else None, thresholds)


def _protected(table: Table, thresholds: Thresholds) -> list[Cell]:
    cells = [_primary(cell, thresholds) for cell in table.cells]
    if table.counts_units and _too_few_units(cells, thresholds):
        return [_mark(cell, Reason.FEW) for cell in cells]
    if table.total_public and table.total is not None and table.total.masked is None:
        return _complementary(cells, table.total, thresholds)
    return cells


def _primary(cell: Cell, thresholds: Thresholds) -> Cell:
    if cell.n is None:
        return cell if cell.value is None else _mark(cell, Reason.FEW)
    nobody = cell.value is None and cell.n == 0
    return cell if nobody or cell.n >= thresholds.respondents else _mark(cell, Reason.FEW)


def _too_few_units(cells: Iterable[Cell], thresholds: Thresholds) -> bool:
    return sum(cell.masked is None and cell.value is not None for cell in cells) < thresholds.units


def _complementary(cells: Sequence[Cell], total: Cell, thresholds: Thresholds) -> list[Cell]:
    """Mask the smallest shown cells until subtracting the rest from the total tells too little."""
    result = list(cells)
    while _reveals(result, total, thresholds):
        shown = [cell for cell in result if cell.masked is None and cell.value is not None]
        if not shown:
            break
        smallest = min(shown, key=lambda cell: (cell.n or 0, cell.key))
        result[result.index(smallest)] = _mark(smallest, Reason.COMPLEMENTARY)
    return result


def _released_total(table: Table, cells: Sequence[Cell], thresholds: Thresholds) -> Cell | None:
    total = table.total
    if total is None or total.masked is not None:
        return total
    if table.total_public:
        revealing = not table.published and _reveals(cells, total, thresholds)
        return _mark(total, Reason.COMPLEMENTARY) if revealing else total
    if any(cell.masked for cell in cells):
        return _mark(total, Reason.COMPLEMENTARY)
    few = total.n is not None and total.n < thresholds.respondents
    few = few or not cells or (table.counts_units and _too_few_units(cells, thresholds))
    return _mark(total, Reason.FEW) if few else total


def _reveals(cells: Sequence[Cell], total: Cell, thresholds: Thresholds) -> bool:
    """Whether the shown total gives away too much of what is masked."""
    masked = [cell for cell in cells if cell.masked is not None]
    if not masked:
        return False
    together = sum(cell.n or 0 for cell in masked)
    return len(masked) == 1 or together < thresholds.respondents or _narrow(cells, total, thresholds)


def _narrow(cells: Sequence[Cell], total: Cell, thresholds: Thresholds) -> bool:
    """Whether the numbers of respondents leave a masked cell fewer possible sizes than 0 to the threshold less one."""
    if total.n is None:
        return False
    shown = [cell.n or 0 for cell in cells if cell.masked is None]
    rest = total.n - sum(shown)
    most = min((n for n in shown if n), default=total.n)
    bounds = [_bounds(cell, most, total.n, thresholds) for cell in cells if cell.masked is not None]
    least, largest = sum(low for low, _ in bounds), sum(high for _, high in bounds)
    widths = (min(high, rest - least + low) - max(low, rest - largest + high) for low, high in bounds)
    return min(widths) < thresholds.respondents - 1


def _bounds(cell: Cell, most: int, everybody: int, thresholds: Thresholds) -> tuple[int, int]:
    """The sizes that a masked cell can have for somebody who knows the reason and the smallest shown size."""
    if cell.masked is Reason.FEW:
        return 0, thresholds.respondents - 1
    return (thresholds.respondents, most) if cell.masked is Reason.COMPLEMENTARY else (0, everybody)


def _mark(cell: Cell, reason: Reason) -> Cell:
    """Masked, for the reason that came first."""
    return replace(cell, masked=cell.masked or reason)


def _hidden(cell: Cell) -> Cell:
    return replace(cell, value=None, n=None) if cell.masked else cell
