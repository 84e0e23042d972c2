"""Which school owner's rows may be touched now.

A query on tenant data outside a scope raises. Leaving the scope is explicit: search for ``outside_scope``.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID


class ScopeMissing(RuntimeError):
    """Tenant data was asked for, and nobody said whose."""


@dataclass(frozen=True)
class _Everything:
    reason: str


_scope: ContextVar[UUID | _Everything | None] = ContextVar("tenant_scope", default=None)


@contextmanager
def tenant_scope(tenant_id: UUID) -> Iterator[None]:
    """All tenant queries inside see only this school owner's rows."""
    token = _scope.set(tenant_id)
    try:
        yield
    finally:
        _scope.reset(token)


@contextmanager
def outside_scope(*, reason: str) -> Iterator[None]:
    """See every owner's rows. For migrations of state, jobs that look for work, and sign-in; say why."""
    token = _scope.set(_Everything(reason))
    try:
        yield
    finally:
        _scope.reset(token)


def active_tenant_id() -> UUID | None:
    """The owner in scope; None when everything is. Raises ScopeMissing when nothing was said."""
    scope = _scope.get()
    if scope is None:
        raise ScopeMissing("tenant data asked for outside tenant_scope()")
    return None if isinstance(scope, _Everything) else scope


def current_tenant_id() -> UUID:
    """The one owner in scope. Raises ScopeMissing when there is none, also inside ``outside_scope``."""
    tenant_id = active_tenant_id()
    if tenant_id is None:
        raise ScopeMissing("one tenant is needed here, and the scope is open")
    return tenant_id


def unchanged() -> AbstractContextManager[None]:
    """Leave the scope as it is."""
    return nullcontext()
