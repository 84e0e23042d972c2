"""The staging tables: temporary, on the worker's own connection, so that filling and comparing holds no write lock.

``imp_cell`` has every figure as read: unit and series by ``file * STEP + place in the file``. ``imp_unit`` and ``imp_series``
turn these into the run's own numbers and, where they exist, the ids of the store. ``imp_delta`` has what is not stored yet.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from samskap.results.models import Value

STEP = 10_000_000
BATCH = 20_000
# Whose a unit is: nobody's figures may be added and not changed, another owner's neither.
OTHERS, NOBODYS, OWN = -1, 0, 1
VALUE = Value._meta.db_table
TABLES = ("imp_cell", "imp_unit", "imp_series", "imp_delta", "imp_unit_id", "imp_series_id")
CELL = "unit_no bigint, series_no bigint, year smallint, status smallint, number double precision"
MAP = "(no bigint PRIMARY KEY, place bigint NOT NULL, id bigint, own smallint NOT NULL)"
Cells = Iterable[tuple[int, int, int, int, float | None]]


def is_postgres() -> bool:
    """PostgreSQL, or else SQLite."""
    return connection.vendor == "postgresql"


def differs(left: str, right: str) -> str:
    """SQL: two values differ, counting NULL as a value."""
    return f"{left} {'IS DISTINCT FROM' if is_postgres() else 'IS NOT'} {right}"


@contextmanager
def tables() -> Iterator[CursorWrapper]:
    """The empty staging tables, gone at the end. SQLite keeps them in a file meanwhile, so that memory stays flat."""
    with connection.cursor() as cursor, _on_disk(cursor):
        _drop(cursor)
        cursor.execute(f"CREATE TEMP TABLE imp_cell ({CELL})")
        cursor.execute(f"CREATE TEMP TABLE imp_unit {MAP}")
        cursor.execute(f"CREATE TEMP TABLE imp_series {MAP}")
        try:
            yield cursor
        finally:
            if not connection.needs_rollback:
                _drop(cursor)


def _drop(cursor: CursorWrapper) -> None:
    for table in TABLES:
        cursor.execute(f"DROP TABLE IF EXISTS {'pg_temp.' if is_postgres() else 'temp.'}{table}")


FRUGAL = {"temp_store": 1, "cache_size": -8_000, "mmap_size": 0}


@contextmanager
def _on_disk(cursor: CursorWrapper) -> Iterator[None]:
    """SQLite: temporary tables in a file and a small cache, for flat memory. It cannot be changed inside a transaction."""
    if is_postgres() or connection.in_atomic_block:
        yield
        return
    before = {name: _pragma(cursor, name) for name in FRUGAL}
    _set(cursor, FRUGAL)
    try:
        yield
    finally:
        _set(cursor, before)


def _pragma(cursor: CursorWrapper, name: str) -> int:
    cursor.execute(f"PRAGMA {name}")
    row = cursor.fetchone()
    return int(row[0]) if row else 0


def _set(cursor: CursorWrapper, values: Mapping[str, int]) -> None:
    for name, value in values.items():
        cursor.execute(f"PRAGMA {name}={value}")


def load(cursor: CursorWrapper, file_no: int, cells: Cells) -> Iterator[int]:
    """Put a file's figures into ``imp_cell``; yields how many after each batch."""
    cells, count = iter(cells), 0
    put = _copy if is_postgres() else _insert
    while batch := list(islice(cells, BATCH)):
        put(cursor, file_no * STEP, batch)
        count += len(batch)
        yield count


def _insert(cursor: CursorWrapper, first: int, batch: Sequence[Sequence[Any]]) -> None:
    """SQLite: in a transaction that touches the temporary database only, so the store's write lock is not taken."""
    statement = f"INSERT INTO imp_cell VALUES ({first}+?, {first}+?, ?, ?, ?)"
    raw = connection.connection
    own = not raw.in_transaction
    if own:
        raw.execute("BEGIN DEFERRED")
    raw.executemany(statement, batch)
    if own:
        raw.execute("COMMIT")


def _copy(cursor: CursorWrapper, first: int, batch: Sequence[Sequence[Any]]) -> None:
    """PostgreSQL: COPY, as one block of text."""
    null = "\\N"
    lines = [
        f"{first + unit}\t{first + series}\t{year}\t{status}\t{null if number is None else repr(number)}\n"
        for unit, series, year, status, number in batch
    ]
    with connection.connection.cursor() as raw, raw.copy("COPY imp_cell FROM STDIN") as copy:
        copy.write("".join(lines))


def map_places(cursor: CursorWrapper, table: str, rows: Iterable[tuple[int, int, int | None, int]]) -> None:
    """Fill ``imp_unit`` or ``imp_series`` with (number, place, id, own)."""
    in_batches(cursor, f"INSERT INTO {table} VALUES (%s, %s, %s, %s)", rows)


def in_batches(cursor: CursorWrapper, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """``executemany`` without holding all rows."""
    rows = iter(rows)
    while batch := list(islice(rows, 5_000)):
        cursor.executemany(statement, batch)


def _source(*, twice: bool) -> str:
    """The figures with the run's numbers; one row for each figure also where files or units overlap."""
    joined = "FROM imp_cell c JOIN imp_unit u ON u.no = c.unit_no JOIN imp_series s ON s.no = c.series_no"
    if not twice:
        numbers = "u.place AS unit, u.id AS unit_id, u.own, s.place AS series, s.id AS series_id"
        return f"SELECT {numbers}, c.year, c.status, c.number {joined}"
    return (
        "SELECT u.place AS unit, min(u.id) AS unit_id, min(u.own) AS own, s.place AS series, min(s.id) AS series_id, c.year, "
        f"min(c.status) AS status, min(c.number) AS number {joined} GROUP BY u.place, s.place, c.year"
    )


def contradictions(cursor: CursorWrapper, limit: int = 3) -> list[tuple[int, int, int]]:
    """Figures that the files give twice with different values: (unit, series, year)."""
    cursor.execute(
        "SELECT u.place, s.place, c.year FROM imp_cell c JOIN imp_unit u ON u.no = c.unit_no "
        "JOIN imp_series s ON s.no = c.series_no GROUP BY u.place, s.place, c.year "
        f"HAVING min(c.status) <> max(c.status) OR min(c.number) <> max(c.number) LIMIT {limit}"
    )
    return [(int(unit), int(series), int(year)) for unit, series, year in cursor.fetchall()]


def count(cursor: CursorWrapper, *, twice: bool) -> int:
    """How many different figures the files have."""
    cursor.execute(f"SELECT count(*) FROM ({_source(twice=twice)}) AS src" if twice else "SELECT count(*) FROM imp_cell")
    return int(cursor.fetchone()[0])


def compare(cursor: CursorWrapper, *, twice: bool) -> None:
    """Make ``imp_delta``: what is new or differs from the store, beside what stands there."""
    if is_postgres():
        cursor.execute("ANALYZE imp_cell")
        cursor.execute("ANALYZE imp_unit")
    cursor.execute(
        "CREATE TEMP TABLE imp_delta AS SELECT src.unit, src.series, src.year, src.status, src.number, src.own, "
        f"v.status AS old_status, v.number AS old_number FROM ({_source(twice=twice)}) AS src LEFT JOIN {VALUE} v "
        "ON v.unit_id = src.unit_id AND v.series_id = src.series_id AND v.year = src.year "
        f"WHERE v.unit_id IS NULL OR v.status <> src.status OR {differs('v.number', 'src.number')}"
    )
