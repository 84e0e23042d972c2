"""Norwegian working days. Public holidays are data (``data/calendar.toml``); a working day is a weekday that is none."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from samskap.law.loading import Entry, entries

FIRST_YEAR, LAST_YEAR = 1948, 2399
SATURDAY = 5
DAY = timedelta(days=1)


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian computus (Nature, 20 April 1876; Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _falls_on(holiday: Entry, year: int) -> date:
    if holiday.on is None:
        return easter(year) + timedelta(days=holiday.numbers["easter"])
    return date(year, *holiday.on)


@cache
def public_holidays(year: int) -> Mapping[date, str]:
    """The year's public holidays with their names in bokmål; two that fall together are both named.

    Raises ValueError for a year before 1948, from which on this calendar holds, or after 2399.
    """
    return MappingProxyType(_reckoned(year))


def _reckoned(year: int) -> dict[date, str]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no calendar for {year}")
    found: dict[date, str] = {}
    for holiday in entries("calendar"):
        day = _falls_on(holiday, year)
        if holiday.holds(day):
            found[day] = f"{found[day]}, {holiday.title.nb}" if day in found else holiday.title.nb
    return found


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no public holiday. 24 and 31 December and Easter Eve are ordinary days in law."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The ``count``-th working day after ``day``, which is not counted itself; 0 gives ``day``. ValueError below 0."""
    if count < 0:
        raise ValueError("counts forward only")
    while count:
        day += DAY
        count -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after ``first``, up to and with ``last``; 0 when ``last`` is not later."""
    days = (last - first).days
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, days + 1))
