"""Disclosure control: the one function through which figures over other people's rows leave.

A conservative first method (the closed release with elimination and audit comes later; the door stays the same):

1. A cell with fewer than ``Thresholds.respondents`` behind it is masked.
2. What the publisher has masked stays masked.
3. Where a group shows its total, and exactly one of its cells is masked, the smallest of the others is masked too; and
   while the masked cells together have fewer than the threshold behind them, the next smallest follows.
4. A total or mean that *we* make over a group with a masked cell is masked itself.
5. A count over units ("3 of 6 schools") needs ``Thresholds.units`` units.

Sources: SSB, "Personopplysninger i statistikken" (hide small cells and those needed to derive them); Udir's
"skjermingsregler" (secondary suppression); Hundepool et al., Statistical Disclosure Control (2012), ch. 4.
"""

from collections.abc import Iterable, Sequence
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
    """Cells of one group. ``total`` is shown beside them. ``published``: the publisher has released these very cells."""

    cells: Sequence[Cell]
    total: Cell | None = None
    published: bool = False
    counts_units: bool = False


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


def release(table: Table, thresholds: Thresholds = CURRENT) -> ReleasedTable:
    """The table with everything masked that must not be shown. A masked cell carries neither value nor n."""
    if table.published:
        return ReleasedTable(tuple(_hidden(c) if c.masked else c for c in table.cells), _own(table.total), thresholds)
    if table.counts_units and len(table.cells) < thresholds.units:
        return ReleasedTable(tuple(_mask(c, Reason.FEW) for c in table.cells), _masked_total(table.total), thresholds)
    cells = [_primary(cell, thresholds) for cell in table.cells]
    if table.total is not None and table.total.masked is None:
        cells = _complementary(cells, thresholds)
    if any(cell.masked for cell in cells) and not _safe_total(table.total):
        return ReleasedTable(tuple(map(_hidden, cells)), _masked_total(table.total), thresholds)
    return ReleasedTable(tuple(map(_hidden, cells)), _own(table.total), thresholds)


def _safe_total(total: Cell | None) -> bool:
    """A total that stands elsewhere already (its n is known) may stay; one that we would make may not."""
    return total is not None and total.masked is None and total.n is not None


def _primary(cell: Cell, thresholds: Thresholds) -> Cell:
    if cell.masked is not None or cell.value is None:
        return cell
    return _mark(cell, Reason.FEW) if cell.n is None or cell.n < thresholds.respondents else cell


def _complementary(cells: Sequence[Cell], thresholds: Thresholds) -> list[Cell]:
    """Mask the smallest shown cells until what is masked cannot be had by subtraction."""
    result = list(cells)
    while _reveals(result, thresholds):
        shown = [cell for cell in result if cell.masked is None and cell.value is not None]
        if not shown:
            break
        smallest = min(shown, key=lambda cell: (cell.n or 0, cell.key))
        result[result.index(smallest)] = _mark(smallest, Reason.COMPLEMENTARY)
    return result


def _reveals(cells: Iterable[Cell], thresholds: Thresholds) -> bool:
    masked = [cell for cell in cells if cell.masked is not None]
    return len(masked) == 1 or (bool(masked) and sum(cell.n or 0 for cell in masked) < thresholds.respondents)


def _mark(cell: Cell, reason: Reason) -> Cell:
    return replace(cell, masked=reason)


def _mask(cell: Cell, reason: Reason) -> Cell:
    return _hidden(_mark(cell, cell.masked or reason))


def _hidden(cell: Cell) -> Cell:
    return replace(cell, value=None, n=None) if cell.masked else cell


def _own(total: Cell | None) -> Cell | None:
    return _hidden(total) if total else None


def _masked_total(total: Cell | None) -> Cell | None:
    return _mask(total, Reason.COMPLEMENTARY) if total else None
