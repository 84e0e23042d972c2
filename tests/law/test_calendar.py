"""Working days and public holidays, held against an independent calendar."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.law.api import add_working_days, is_working_day, public_holidays, working_days_between
from samskap.law.calendar import easter

DAYS = st.dates(date(1950, 1, 1), date(2300, 12, 31))


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2011, 4, 24), (2026, 4, 5), (2285, 3, 22)],
)
def test_easter_falls_where_it_did_and_will(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


@pytest.mark.parametrize("year", range(1950, 2101))
def test_public_holidays_are_those_of_another_calendar(year: int) -> None:
    other = holidays.country_holidays("NO", years=year, include_sundays=False)
    assert set(public_holidays(year)) == set(other)


@pytest.mark.parametrize(("day", "works"), [
    ("2026-12-24", True), ("2026-12-25", False), ("2026-12-31", True), ("2027-01-01", False), ("2027-03-25", False),
    ("2027-03-24", True), ("2027-05-17", False), ("2026-11-23", True), ("2026-11-22", False), ("2026-11-21", False),
])  # fmt: skip
def test_a_day_is_a_working_day_or_not(day: str, works: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) == works


def test_there_is_no_calendar_before_the_acts() -> None:
    with pytest.raises(ValueError, match="no calendar"):
        public_holidays(1947)


def test_one_cannot_count_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        add_working_days(date(2026, 11, 23), -1)


@given(DAYS, st.integers(1, 300))
def test_adding_and_counting_are_each_others_reverse(day: date, count: int) -> None:
    later = add_working_days(day, count)
    assert is_working_day(later)
    assert working_days_between(day, later) == count
    assert working_days_between(day, later - timedelta(days=1)) == count - 1


@given(DAYS, DAYS, DAYS)
def test_counts_add_up(a: date, b: date, c: date) -> None:
    first, middle, last = sorted((a, b, c))
    first, middle, last = first, min(middle, first + timedelta(days=500)), min(last, first + timedelta(days=900))
    middle, last = sorted((middle, last))
    whole = working_days_between(first, last)
    assert whole == working_days_between(first, middle) + working_days_between(middle, last)


@given(DAYS)
def test_nothing_lies_between_a_day_and_an_earlier_one(day: date) -> None:
    assert working_days_between(day, day) == working_days_between(day, day - timedelta(days=9)) == 0
    assert add_working_days(day, 0) == day
