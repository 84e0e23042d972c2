"""All writes are actions: a verb with ``by=``, one transaction, an audit row inside."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from samskap.kernel import audit, scope
from samskap.kernel.doors import open_door
from samskap.kernel.policy import Actor

P = ParamSpec("P")
T = TypeVar("T")


class ActionWithoutAudit(RuntimeError):
    """An action changed something and told nobody."""


class ActionError(ValueError):
    """What was asked for cannot be done; ``message`` is for the user, in the user's language, and says what to do."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def action(function: Callable[P, T]) -> Callable[P, T]:
    """Make a keyword-only function ``f(*, by: Actor, ...)`` an action: all of it happens, audited, or nothing."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        by = kwargs.get("by")
        if args or not isinstance(by, Actor):
            raise TypeError(f"{function.__name__} is an action: keywords only, and by=")
        with _scope_of(by), transaction.atomic(), audit.witnessed() as written, open_door():
            result = function(*args, **kwargs)
            if not written:
                raise ActionWithoutAudit(function.__name__)
        return result

    run.is_action = True  # type: ignore[attr-defined]  # a mark that the house's own test reads
    return run


def _scope_of(by: Actor) -> AbstractContextManager[None]:
    return scope.tenant_scope(by.tenant_id) if by.tenant_id else scope.unchanged()
