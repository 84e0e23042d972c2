"""What the database itself refuses, on SQLite and on PostgreSQL.

Laid anew after every migrate, since SQLite drops a table's triggers when a migration rebuilds the table.
- An owner's row cannot point to another owner's row (composite foreign key; on SQLite a trigger that does the same).
- Rows of a model that says ``append_only = True`` (audit rows, seals, revisions) cannot be changed or deleted.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import AppConfig
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from samskap.kernel.models import TenantModel


def install(sender: AppConfig, using: str = "default", **kwargs: Any) -> None:
    """Lay the guards of one app's tables (signal handler of post_migrate)."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    for model in sender.get_models():
        if model._meta.db_table in tables:
            _guard(connection, model)


def _guard(connection: BaseDatabaseWrapper, model: type[models.Model]) -> None:
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if getattr(model, "append_only", False):
            for statement in append_only(model._meta.db_table, postgres=postgres):
                cursor.execute(statement)
        for field in tenant_links(model):
            for statement in same_owner(field, postgres=postgres):
                cursor.execute(statement)


def tenant_links(model: type[models.Model]) -> Iterator[models.ForeignKey[Any, Any]]:
    """The foreign keys from one owner's row to another of an owner's rows."""
    if not issubclass(model, TenantModel):
        return
    for field in model._meta.local_fields:
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, TenantModel):
            yield field


def append_only(table: str, *, postgres: bool) -> Iterator[str]:
    """SQL that makes a table refuse UPDATE and DELETE."""
    for event in ("update", "delete"):
        name = f"{table}_no_{event}"
        if postgres:
            yield (
                "CREATE OR REPLACE FUNCTION samskap_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'append-only'; END $$"
            )
            yield f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"'
            yield (
                f'CREATE TRIGGER "{name}" BEFORE {event.upper()} ON "{table}" FOR EACH ROW EXECUTE FUNCTION samskap_append_only()'
            )
        else:
            yield f'DROP TRIGGER IF EXISTS "{name}"'
            yield (f'CREATE TRIGGER "{name}" BEFORE {event.upper()} ON "{table}" BEGIN SELECT RAISE(ABORT, \'append-only\'); END')


def same_owner(field: "models.ForeignKey[Any, Any]", *, postgres: bool) -> Iterator[str]:
    """SQL that makes a reference hold only within one owner."""
    table, column = field.model._meta.db_table, field.column
    target = field.related_model._meta.db_table
    name = f"{table[:30]}_{column[:20]}_owner"
    yield from _composite_key(table, column, target, name) if postgres else _owner_triggers(table, column, target, name)


def _composite_key(table: str, column: str, target: str, name: str) -> Iterator[str]:
    yield f'CREATE UNIQUE INDEX IF NOT EXISTS "{target}_owner_id" ON "{target}" (tenant_id, id)'
    yield f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}"'
    yield (
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY (tenant_id, "{column}") '
        f'REFERENCES "{target}" (tenant_id, id) DEFERRABLE INITIALLY DEFERRED'
    )


def _owner_triggers(table: str, column: str, target: str, name: str) -> Iterator[str]:
    for event in ("insert", "update"):
        yield f'DROP TRIGGER IF EXISTS "{name}_{event}"'
        yield (
            f'CREATE TRIGGER "{name}_{event}" BEFORE {event.upper()} ON "{table}" '
            f'WHEN NEW."{column}" IS NOT NULL AND EXISTS (SELECT 1 FROM "{target}" t '
            f'WHERE t.id = NEW."{column}" AND t.tenant_id <> NEW.tenant_id) '
            "BEGIN SELECT RAISE(ABORT, 'another owner'); END"
        )
