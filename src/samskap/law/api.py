"""What other rooms may use of the law."""

from datetime import date

from samskap.law.calendar import add_working_days, is_working_day, public_holidays, working_days_between
from samskap.law.deadlines import Eligible, county_governor_from, deadline
from samskap.law.loading import SURE, Entry, Spoken, WrongData, entries, holding
from samskap.law.reading import LOOK_AHEAD, Break, ReadingHours, next_reading, reads_on, unread
from samskap.law.versions import section, version_on

Section = Entry


def sections(day: date) -> tuple[Entry, ...]:
    """The sections that hold on a day."""
    return holding("sections", day)


def duties(day: date) -> tuple[Entry, ...]:
    """The duties (delpliktene) that hold on a day."""
    return holding("duties", day)


def deadlines(day: date) -> tuple[Entry, ...]:
    """The deadlines, of law and of routine, that hold on a day."""
    return holding("deadlines", day)


def thresholds(day: date) -> tuple[Entry, ...]:
    """The thresholds that hold on a day."""
    return holding("thresholds", day)


def words(day: date) -> tuple[Entry, ...]:
    """The words that hold on a day."""
    return holding("words", day)


def routine_hours(name: str, day: date) -> int:
    """The hours of a routine of the municipality. Raises LookupError."""
    return deadline(name, day).numbers["hours"]


__all__ = [
    "LOOK_AHEAD",
    "SURE",
    "Break",
    "Eligible",
    "Entry",
    "ReadingHours",
    "Section",
    "Spoken",
    "WrongData",
    "add_working_days",
    "county_governor_from",
    "deadline",
    "deadlines",
    "duties",
    "entries",
    "is_working_day",
    "next_reading",
    "public_holidays",
    "reads_on",
    "routine_hours",
    "section",
    "sections",
    "thresholds",
    "unread",
    "version_on",
    "words",
    "working_days_between",
]
