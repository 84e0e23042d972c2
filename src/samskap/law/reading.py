"""When what comes in is read: the school's hours on working days, outside its breaks, and when a stand-in reads in a break."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from samskap.law.calendar import is_working_day

OSLO = ZoneInfo("Europe/Oslo")
LOOK_AHEAD = 400


@dataclass(frozen=True)
class Break:
    """Days, both included: a break of the school calendar, or the days of a stand-in who reads. ValueError when turned round."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("the last day lies before the first")

    def holds(self, day: date) -> bool:
        """The day is one of them."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class ReadingHours:
    """From when to when somebody reads on a day, Oslo time. ValueError when they are turned round."""

    opens: time = time(8, 0)
    closes: time = time(15, 30)

    def __post_init__(self) -> None:
        if self.closes <= self.opens:
            raise ValueError("closes before it opens")


def reads_on(day: date, breaks: Sequence[Break], covered: Sequence[Break]) -> bool:
    """Does somebody read on this day? On working days; in a break only where a stand-in covers it."""
    away = any(one.holds(day) for one in breaks)
    return is_working_day(day) and (not away or any(one.holds(day) for one in covered))


def unread(away: Sequence[Sequence[Break]], there: Sequence[Break]) -> tuple[Break, ...]:
    """The days on which nobody reads: all who could are away (the days of each), and nobody is ``there`` instead.

    Nobody who could read at all: no days, since then others have it (``voice.rules.receiver_of``).
    """
    if not away:
        return ()
    days = {one.first + timedelta(days=more) for one in away[0] for more in range((one.last - one.first).days + 1)}
    alone = (day for day in sorted(days) if all(any(one.holds(day) for one in each) for each in away))
    return tuple(Break(day, day) for day in alone if not any(one.holds(day) for one in there))


def next_reading(
    moment: datetime, hours: ReadingHours, breaks: Sequence[Break] = (), covered: Sequence[Break] = ()
) -> datetime | None:
    """When somebody reads next: ``moment`` itself within the hours of a day on which one reads, else the next opening.

    ``moment`` is aware; so is the answer (Oslo time). None when nobody reads within 400 days. ValueError without a zone.
    """
    if moment.tzinfo is None:
        raise ValueError("the moment needs a time zone")
    here = moment.astimezone(OSLO)
    for ahead in range(LOOK_AHEAD + 1):
        day = here.date() + timedelta(days=ahead)
        if not reads_on(day, breaks, covered):
            continue
        opens, closes = datetime.combine(day, hours.opens, OSLO), datetime.combine(day, hours.closes, OSLO)
        if here < opens:
            return opens
        if here < closes:
            return here
    return None
