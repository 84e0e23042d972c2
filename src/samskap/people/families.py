"""Other rooms hear of it, within the transaction, when somebody becomes one of those who are there for a pupil."""

from collections.abc import Callable

from samskap.kernel.policy import Actor
from samskap.people.models import Guardianship

Hear = Callable[[Actor, Guardianship], None]

_rooms: list[Hear] = []


def when_somebody_joins(hear: Hear) -> None:
    """Register a room."""
    _rooms.append(hear)


def joined(by: Actor, row: Guardianship) -> None:
    """Tell every room."""
    for hear in _rooms:
        hear(by, row)
