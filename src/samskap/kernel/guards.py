"""What the database itself refuses, on SQLite and on PostgreSQL.

Looked after at every migrate, since SQLite drops a table's triggers when a migration rebuilds the table, and refuses to rebuild
one that triggers of other tables look into.
- An owner's row cannot point to another owner's row (composite foreign key; on SQLite a trigger that does the same).
- Rows of a model that says ``append_only = True`` (audit rows, seals, revisions) cannot be changed or deleted.
"""

import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.apps import AppConfig
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from samskap.kernel.models import TenantModel

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Guard:
    """``told``: what the database says of it when it stands. ``sql``: lays it, anew where there is another of that name.
    ``on``: the table and the column without which it cannot stand; no column where it is about whole rows."""

    name: str
    told: str
    sql: tuple[str, ...]
    on: tuple[str, str] = ("", "")


def install(sender: AppConfig, using: str = "default", plan: Collection[Any] = (), **kwargs: Any) -> None:
    """Lay those guards of one app's tables that do not stand (signal handler of post_migrate).

    All at once, and nothing where all stand: every command migrates, also beside a site that serves. Each change of the
    schema makes SQLite put a reader's question anew (and give up in the end), and on PostgreSQL it locks the table. Where no
    migration could have taken them away, somebody did: the operator reads of it.
    """
    connection = connections[using]
    standing = _standing(connection)
    tables = set(connection.introspection.table_names())
    wanted = [
        guard for model in sender.get_models() if model._meta.db_table in tables
        for guard in _guards(model, postgres=connection.vendor == "postgresql")
    ]  # fmt: skip
    missing = [guard for guard in wanted if (guard.name, guard.told) not in standing and _can_stand(connection, guard)]
    if missing:
        with transaction.atomic(using), connection.cursor() as cursor:
            for guard in missing:
                for statement in guard.sql:
                    cursor.execute(statement)
    if missing and not plan:
        log.warning("the database did not refuse all that it should; laid anew: %s", ", ".join(guard.name for guard in missing))


def make_way(sender: AppConfig, using: str = "default", plan: Collection[Any] = (), **kwargs: Any) -> None:
    """Take away those of one app's guards that would keep SQLite from rebuilding another table, when there is something to
    migrate (signal handler of pre_migrate); ``install`` lays them again before anything else is done."""
    connection = connections[using]
    if not plan or connection.vendor != "sqlite":
        return
    links = [field for model in sender.get_models() for field in tenant_links(model)]
    with transaction.atomic(using), connection.cursor() as cursor:
        for guard in chain.from_iterable(same_owner(field, postgres=False) for field in links):
            cursor.execute(f'DROP TRIGGER IF EXISTS "{guard.name}"')


def _can_stand(connection: BaseDatabaseWrapper, guard: Guard) -> bool:
    """Is its column there? Whoever goes back to an earlier program takes columns away that the present models have."""
    table, column = guard.on
    if not column:
        return True
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')  # Django's own description of a table reads all of its SQL, on SQLite
        return column in {found[0] for found in cursor.description}


def _standing(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """(name, what the database says of it) of all triggers, and of PostgreSQL's foreign keys."""
    triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        triggers = (
            "SELECT tgname, pg_get_triggerdef(oid, true) FROM pg_trigger WHERE NOT tgisinternal "
            "UNION ALL SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f'"
        )
    with connection.cursor() as cursor:
        cursor.execute(triggers)
        return {(str(name), str(told)) for name, told in cursor.fetchall()}


def _guards(model: type[models.Model], *, postgres: bool) -> Iterator[Guard]:
    if getattr(model, "append_only", False):
        yield from append_only(model._meta.db_table, postgres=postgres)
    for field in tenant_links(model):
        yield from same_owner(field, postgres=postgres)


def tenant_links(model: type[models.Model]) -> Iterator[models.ForeignKey[Any, Any]]:
    """The foreign keys from one owner's row to another of an owner's rows."""
    if not issubclass(model, TenantModel):
        return
    for field in model._meta.local_fields:
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, TenantModel):
            yield field


def append_only(table: str, *, postgres: bool) -> Iterator[Guard]:
    """A table refuses UPDATE and DELETE."""
    for event in ("update", "delete"):
        name = f"{table}_no_{event}"
        if postgres:
            told = f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION samskap_append_only()"
            function = (
                "CREATE OR REPLACE FUNCTION samskap_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'append-only'; END $$"
            )
            yield Guard(name, told, (function, f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"', told))
        else:
            yield _trigger(name, f"BEFORE {event.upper()} ON \"{table}\" BEGIN SELECT RAISE(ABORT, 'append-only'); END")


def _trigger(name: str, does: str, on: tuple[str, str] = ("", "")) -> Guard:
    """A trigger of SQLite, which says of it what it was laid with."""
    told = f'CREATE TRIGGER "{name}" {does}'
    return Guard(name, told, (f'DROP TRIGGER IF EXISTS "{name}"', told), on)


def same_owner(field: "models.ForeignKey[Any, Any]", *, postgres: bool) -> Iterator[Guard]:
    """A reference holds only within one owner."""
    table, column = field.model._meta.db_table, field.column
    target = field.related_model._meta.db_table
    name = f"{table[:30]}_{column[:20]}_owner"
    yield from [_composite_key(table, column, target, name)] if postgres else _owner_triggers(table, column, target, name)


def _composite_key(table: str, column: str, target: str, name: str) -> Guard:
    told = f"FOREIGN KEY (tenant_id, {column}) REFERENCES {target}(tenant_id, id) DEFERRABLE INITIALLY DEFERRED"
    sql = (
        f'CREATE UNIQUE INDEX IF NOT EXISTS "{target}_owner_id" ON "{target}" (tenant_id, id)',
        f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}"',
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {told}',
    )
    return Guard(name, told, sql, on=(table, column))


def _owner_triggers(table: str, column: str, target: str, name: str) -> Iterator[Guard]:
    for event in ("insert", "update"):
        yield _trigger(
            f"{name}_{event}",
            f'BEFORE {event.upper()} ON "{table}" '
            f'WHEN NEW."{column}" IS NOT NULL AND EXISTS (SELECT 1 FROM "{target}" t '
            f'WHERE t.id = NEW."{column}" AND t.tenant_id <> NEW.tenant_id) '
            "BEGIN SELECT RAISE(ABORT, 'another owner'); END",
            on=(table, column),
        )
