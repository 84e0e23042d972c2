"""From the staging tables into the store, and back. Inside the frame's transaction: all or nothing."""

from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, connection, models
from django.db.backends.utils import CursorWrapper

from samskap.kernel.importing import StoreChanged
from samskap.results.importing.stage import VALUE, differs, in_batches, is_postgres
from samskap.results.models import ReplacedValue

REPLACED = ReplacedValue._meta.db_table
JOINED = "FROM imp_delta d JOIN imp_unit_id u ON u.place = d.unit JOIN imp_series_id s ON s.place = d.series"


def _run(run_id: UUID) -> UUID | str:
    """The run's id as the database holds it."""
    held: UUID | str = models.UUIDField().get_db_prep_value(run_id, connection)
    return held


def lock(cursor: CursorWrapper) -> None:
    """One import at a time; readers go on. SQLite's transaction is alone already."""
    if is_postgres():
        cursor.execute(f"LOCK TABLE {VALUE} IN SHARE ROW EXCLUSIVE MODE")


def ids(cursor: CursorWrapper, table: str, rows: Iterable[tuple[int, int]]) -> None:
    """Fill ``imp_unit_id`` or ``imp_series_id`` with (place, id), now that every unit and series has one."""
    cursor.execute(f"CREATE TEMP TABLE {table} (place bigint PRIMARY KEY, id bigint NOT NULL)")
    in_batches(cursor, f"INSERT INTO {table} VALUES (%s, %s)", rows)


def write(cursor: CursorWrapper, run_id: UUID, *, new: int, changed: int) -> None:
    """Store the difference. Raises StoreChanged when the store is no longer what it was compared with."""
    if changed:
        _keep_replaced(cursor, run_id, changed)
        _write(cursor, run_id, changed, "d.old_status IS NOT NULL", _upsert())
    if new:
        _write(cursor, run_id, new, "d.old_status IS NULL", "")


def _keep_replaced(cursor: CursorWrapper, run_id: UUID, expected: int) -> None:
    """Remember how the changed figures stood, for an undo."""
    cursor.execute(
        f"INSERT INTO {REPLACED} (run_id, unit_id, series_id, year, status, number, before_run_id) "
        f"SELECT %s, v.unit_id, v.series_id, v.year, v.status, v.number, v.run_id {JOINED} "
        f"JOIN {VALUE} v ON v.unit_id = u.id AND v.series_id = s.id AND v.year = d.year "
        f"WHERE d.old_status IS NOT NULL AND v.status = d.old_status AND NOT ({differs('v.number', 'd.old_number')})",
        [_run(run_id)],
    )
    if cursor.rowcount != expected:
        raise StoreChanged


def _upsert() -> str:
    return (
        " ON CONFLICT (unit_id, series_id, year) DO UPDATE SET status = excluded.status, number = excluded.number, "
        f"run_id = excluded.run_id WHERE {VALUE}.status <> excluded.status OR {differs(f'{VALUE}.number', 'excluded.number')}"
    )


def _write(cursor: CursorWrapper, run_id: UUID, expected: int, which: str, conflict: str) -> None:
    try:
        cursor.execute(
            f"INSERT INTO {VALUE} (unit_id, series_id, year, status, number, run_id) "
            f"SELECT u.id, s.id, d.year, d.status, d.number, %s {JOINED} WHERE {which}{conflict}",
            [_run(run_id)],
        )
    except IntegrityError:
        raise StoreChanged from None
    if cursor.rowcount != expected:
        raise StoreChanged


def undo(run_id: UUID) -> int:
    """Put back what the run changed, and take away what it added. How many figures."""
    with connection.cursor() as cursor:
        lock(cursor)
        cursor.execute(
            f"INSERT INTO {VALUE} (unit_id, series_id, year, status, number, run_id) "
            f"SELECT unit_id, series_id, year, status, number, before_run_id FROM {REPLACED} WHERE run_id = %s "
            "ON CONFLICT (unit_id, series_id, year) DO UPDATE SET status = excluded.status, number = excluded.number, "
            "run_id = excluded.run_id",
            [_run(run_id)],
        )
        restored = int(cursor.rowcount)
        cursor.execute(f"DELETE FROM {VALUE} WHERE run_id = %s", [_run(run_id)])
        removed = int(cursor.rowcount)
    ReplacedValue.objects.filter(run_id=run_id).delete()
    return restored + removed
