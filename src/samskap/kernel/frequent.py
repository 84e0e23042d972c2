"""What is asked of the database at every report: Django builds the statement once, and afterwards only its values are put in.

For the few places where building a statement costs more than carrying it out (``script/bench reports``). What a row says, who may
write it and whose rows are seen is decided as everywhere else: by the fields, the doors and the scope.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models.sql import InsertQuery

from samskap.kernel import doors, scope
from samskap.kernel.models.base import TenantModel

_built: dict[Hashable, str] = {}


def _once(key: Hashable, build: Callable[[], str]) -> str:
    """The statement of this kind; threads that build it at once build the same."""
    if key not in _built:
        _built[key] = build()
    return _built[key]


@cache
def _columns(model: type[models.Model]) -> list[Any]:
    if model.save not in (TenantModel.save, doors.GuardedModel.save):
        raise TypeError(f"{model.__name__} does more when it is saved than this knows of")
    return [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]


def insert(row: doors.GuardedModel) -> None:
    """Store a new row, as ``save(force_insert=True)`` does; an id that the database gives out is not asked for.

    Raises DoorClosed, ScopeMissing, IntegrityError; ValueError for another owner's row, or a value that the database works out;
    TypeError for a model with a ``save`` of its own.
    """
    doors.require_open(type(row).__name__)
    if isinstance(row, TenantModel):
        row.belong_to_scope()
    fields = _columns(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    # How a value is written may depend on whether there is one.
    kind = (connection.vendor, type(row), tuple(value is None for value in values))
    statement = _once(kind, lambda: _insertion(row))
    with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
        cursor.execute(statement, values)
    row._state.adding, row._state.db = False, connection.alias


def _insertion(row: models.Model) -> str:
    query = InsertQuery(type(row))
    query.insert_values(_columns(type(row)), [row])
    [(statement, values)] = query.get_compiler(connection=connection).as_sql()
    if len(values) != len(_columns(type(row))):
        raise ValueError("a value that the database works out cannot be put into a statement that is built once")
    return str(statement)


def ids(model: type[TenantModel], limit: int, **wanted: Any) -> list[UUID]:
    """The ids of the scope's rows with these values, ``limit`` at most, in no order. ``wanted``: as a filter of the model's own
    columns takes it, with ``__gte`` or without; no value is None. Raises ScopeMissing outside one owner's scope.

    The owner is no part of the question, since PostgreSQL would rather walk along an owner's list than use the index that fits
    ``wanted``; the others' rows are left out of the answer.
    """
    owner, names = scope.current_tenant_id(), sorted(wanted)  # as Django sorts them
    fields: list[Any] = [model._meta.get_field(name.removesuffix("__gte")) for name in names]
    values = [field.get_db_prep_value(wanted[name], connection) for name, field in zip(names, fields, strict=True)]
    if None in values:
        raise ValueError(f"{', '.join(names)}: no value may be None")
    statement = _once((connection.vendor, model, limit, *names), lambda: _selection(model, limit, wanted, values))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [_uuid(pk) for pk, tenant_id in cursor.fetchall() if _uuid(tenant_id) == owner]


def _uuid(found: Any) -> UUID:
    return found if isinstance(found, UUID) else UUID(found)  # SQLite keeps the digits


def _selection(model: type[TenantModel], limit: int, wanted: dict[str, Any], values: Sequence[Any]) -> str:
    rows = model._base_manager.filter(**wanted).values_list("pk", "tenant_id")[:limit]
    statement, params = rows.query.sql_with_params()
    if list(params) != list(values):
        raise ValueError(f"{', '.join(wanted)} cannot be put into a statement that is built once")
    return str(statement)
