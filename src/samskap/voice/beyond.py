"""What lies beyond the list: rooms above voice say here that they follow a report up. Voice knows none of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from samskap.kernel.policy import Actor
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
_hear: list[Hear] = []
_ways: list[Ways] = []


def follow_up(*, hear: Hear, ways: Ways) -> None:
    """Register a room. ``hear``: told of every message of a sender, within its transaction; True when the room follows the
    report up, so that it need not come back into the list. ``ways``: what it offers on a report's page."""
    _hear.append(hear)
    _ways.append(ways)


def heard(by: Actor, report: Report, message: Message) -> bool:
    """Tell every room of a sender's message; True when one follows the report up."""
    follow = [hear(by, report, message) for hear in _hear]  # all of them hear it
    return any(follow)


def ways(actor: Actor, report: Report) -> list[Way]:
    """The ways on that the rooms offer."""
    return [way for offer in _ways for way in offer(actor, report)]
