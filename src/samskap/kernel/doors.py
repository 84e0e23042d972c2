"""Closed doors: what has a history is written by its actions alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)

_open: ContextVar[bool] = ContextVar("write_door", default=False)


class DoorClosed(RuntimeError):
    """A model was saved or deleted outside its action."""


@contextmanager
def open_door() -> Iterator[None]:
    """Allow writes. Only ``kernel.actions`` and the tests of this module use it."""
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)


def require_open(what: str) -> None:
    """Raise DoorClosed unless an action is under way."""
    if not _open.get():
        raise DoorClosed(f"{what} is written by actions only")


class GuardedQuerySet(models.QuerySet[M]):
    """A queryset whose bulk writes are behind the door too."""

    def update(self, **kwargs: Any) -> int:
        require_open(self.model.__name__)
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        require_open(self.model.__name__)
        return super().delete()

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[M]:
        require_open(self.model.__name__)
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        require_open(self.model.__name__)
        return super().bulk_update(*args, **kwargs)


class GuardedModel(models.Model):
    """Cannot be saved or deleted outside an action."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        require_open(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        require_open(type(self).__name__)
        return super().delete(*args, **kwargs)
