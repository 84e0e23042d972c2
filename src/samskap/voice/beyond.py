"""What lies beyond the list: rooms above voice say here that they follow a report up. Voice knows none of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from samskap.kernel.policy import Actor
from samskap.people.api import Person
from samskap.voice.models import Message, Report


@dataclass(frozen=True)
class Way:
    """A way on from a report, for one who may take it: a sentence, the words on its link, where it leads."""

    text: str
    label: str
    url: str
    first: bool = False


Hear = Callable[[Actor, Report, Message], bool]
Ways = Callable[[Actor, Report], Iterable[Way]]
Follows = Callable[[Report], bool]
Hold = Callable[[Report], None]
Shut = Callable[[Actor, Report, Person | None], bool]


@dataclass(frozen=True)
class _Room:
    hear: Hear
    ways: Ways
    follows: Follows
    hold: Hold
    shut: Shut


_rooms: list[_Room] = []


def follow_up(*, hear: Hear, ways: Ways, follows: Follows, hold: Hold, shut: Shut) -> None:
    """Register a room.

    ``hear``: told of every message of a sender, within its transaction; True when the room follows the report up, so that it need
    not come back into the list. ``ways``: what it offers on a report's page. ``follows``: does it follow the report up?
    ``hold``: hold what follows it up until the transaction ends. ``shut``: see below.
    """
    _rooms.append(_Room(hear, ways, follows, hold, shut))


def heard(by: Actor, report: Report, message: Message) -> bool:
    """Tell every room of a sender's message; True when one follows the report up."""
    follow = [room.hear(by, report, message) for room in _rooms]  # all of them hear it
    return any(follow)


def ways(actor: Actor, report: Report) -> list[Way]:
    """The ways on that the rooms offer."""
    return [way for room in _rooms for way in room.ways(actor, report)]


def follows(report: Report) -> bool:
    """Does a room follow it up?"""
    return any(room.follows(report) for room in _rooms)


def hold(report: Report) -> None:
    """Hold what follows it up, before the report itself: all who change both take them in this order, and none waits for ever."""
    for room in _rooms:
        room.hold(report)


def shut(by: Actor, report: Report, named: Person | None = None) -> bool:
    """The report has been closed to somebody (the leadership, one whom it is about): the rooms close what follows it up to the
    same people, within the transaction. True when one follows it up; then the row may have changed.

    ``named``: the employee whom it turned out to be about.
    """
    follow = [room.shut(by, report, named) for room in _rooms]
    return any(follow)
