"""What an import would change, counted and shown by examples."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.backends.utils import CursorWrapper

from samskap.kernel.importing import Summary
from samskap.results.importing import stage
from samskap.results.importing.reading import FileRead, sound
from samskap.results.importing.series import SeriesPlan, _values
from samskap.results.models import Status
from samskap.results.units.plan import Kind, Plan

EXAMPLES = 20
NAMES = 30
Json = dict[str, Any]


@dataclass(frozen=True)
class Delta:
    """The counts, and what to show. ``elsewhere``: figures of units that are not the actor's own and stay as
    they are; they are not among ``new`` and ``changed``."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    masked: int = 0
    elsewhere: int = 0
    examples: tuple[Json, ...] = ()
    elsewhere_units: tuple[Json, ...] = ()


NOTHING = Delta()


# Another municipality's figures are not changed from here, and another owner's not even added: the rest goes on.
LEFT_OUT = f"(own = {stage.OTHERS} OR (own = {stage.NOBODYS} AND old_status IS NOT NULL))"


def measure(cursor: CursorWrapper, units: Plan, series: SeriesPlan, total: int) -> Delta:
    """Count ``imp_delta``, of ``total`` different figures in the files, and take out of it what is not stored from here."""
    cursor.execute(f"SELECT count(*), coalesce(sum(CASE WHEN {LEFT_OUT} THEN 1 ELSE 0 END), 0) FROM imp_delta")
    rows, elsewhere = (int(value) for value in cursor.fetchone())
    others = _elsewhere(cursor, units) if elsewhere else ()
    if elsewhere:
        cursor.execute(f"DELETE FROM imp_delta WHERE {LEFT_OUT}")
    cursor.execute(
        "SELECT coalesce(sum(CASE WHEN old_status IS NOT NULL THEN 1 ELSE 0 END), 0), "
        f"coalesce(sum(CASE WHEN status = {Status.MASKED.value} THEN 1 ELSE 0 END), 0) FROM imp_delta"
    )
    changed, masked = (int(value) for value in cursor.fetchone())
    examples = _examples(cursor, units, series)
    return Delta(rows - elsewhere - changed, changed, total - rows, masked, elsewhere, examples, others)


def _examples(cursor: CursorWrapper, units: Plan, series: SeriesPlan) -> tuple[Json, ...]:
    """Changed figures, own units first."""
    cursor.execute(
        "SELECT unit, series, year, old_status, old_number, status, number FROM imp_delta WHERE old_status IS NOT NULL "
        f"ORDER BY own DESC, unit, series, year LIMIT {EXAMPLES}"
    )
    return tuple(
        {
            "unit": units.wanted[unit].name, "series": list(_values(series.keys[place])), "name": series.names[place],
            "year": year, "old": [old_status, old_number], "new": [status, number],
        }
        for unit, place, year, old_status, old_number, status, number in cursor.fetchall()
    )  # fmt: skip


def _elsewhere(cursor: CursorWrapper, units: Plan) -> tuple[Json, ...]:
    cursor.execute(
        f"SELECT unit, count(*) FROM imp_delta WHERE {LEFT_OUT} GROUP BY unit ORDER BY count(*) DESC, unit LIMIT {NAMES}"
    )
    return tuple({"unit": units.wanted[unit].name, "count": int(count)} for unit, count in cursor.fetchall())


def _listed(names: Sequence[str]) -> Json:
    return {"count": len(names), "names": sorted(names)[:NAMES]}


def _unbound(units: Plan) -> list[str]:
    return [unit.name for unit in units.wanted if unit.key[0] == Kind.NAME and unit.unit_id is None]


def summary(
    files: Sequence[FileRead], units: Plan, series: SeriesPlan, delta: Delta, contradicting: Sequence[tuple[int, int, int]]
) -> Summary:
    """The run in plain JSON: codes and names, no translated text."""
    new = [unit.name for unit in units.missing if unit.key[0] != Kind.NAME] if delta is not NOTHING else []
    problems = [_contradiction(units, series, at) for at in contradicting]
    if delta.elsewhere:
        problems.append({"code": "changes-elsewhere", "where": "", "detail": {"count": str(delta.elsewhere)}, "fatal": False})
    told: Summary = {
        "files": [found.as_json() for found in files],
        "stored": {"new": delta.new, "changed": delta.changed, "unchanged": delta.unchanged},
        "masked": delta.masked,
        "examples": list(delta.examples),
        "elsewhere": list(delta.elsewhere_units),
        "new_units": _listed(new),
        "unbound": _listed(_unbound(units)),
        "new_series": sum(series_id is None for series_id in series.ids) if delta is not NOTHING else 0,
        "problems": problems,
    }
    return {name: sound(value) for name, value in told.items()}


def _contradiction(units: Plan, series: SeriesPlan, at: tuple[int, int, int]) -> Json:
    unit, place, year = at
    where = f"{units.wanted[unit].name}, {series.keys[place].indicator}, {year}"
    return {"code": "files-disagree", "where": where, "detail": {}, "fatal": True}
