"""Working days and public holidays, held against an independent calendar."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.law.api import Entry, add_working_days, entries, is_working_day, public_holidays, working_days_between
from samskap.law.calendar import easter

DAYS = st.dates(date(1950, 1, 1), date(2300, 12, 31))


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2011, 4, 24), (2026, 4, 5), (2285, 3, 22)],
)
def test_easter_falls_where_it_did_and_will(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


def gauss(year: int) -> date:
    """Easter by another way: Gauss's rule with Lilius's and Clavius's corrections (Lichtenberg 1997)."""
    k = year // 100
    m, s = 15 + (3 * k + 3) // 4 - (8 * k + 13) // 25, 2 - (3 * k + 3) // 4
    a = year % 19
    d = (19 * a + m) % 30
    og = 21 + d - (d + a // 11) // 29
    sz = 7 - (year + year // 4 + s) % 7
    return date(year, 3, 1) + timedelta(days=og + 7 - (og - sz) % 7 - 1)


def test_two_ways_of_reckoning_easter_agree() -> None:
    years = range(1583, 9000)  # from the first year of the Gregorian calendar
    assert [easter(year) for year in years] == [gauss(year) for year in years]
    assert {easter(year).weekday() for year in years} == {6}


@pytest.mark.parametrize("year", range(1950, 2101))
def test_public_holidays_are_those_of_another_calendar(year: int) -> None:
    other = holidays.country_holidays("NO", years=year, include_sundays=False)
    assert set(public_holidays(year)) == set(other)


def test_the_holidays_of_a_year_are_named() -> None:
    assert {day.isoformat(): name for day, name in public_holidays(2027).items()} == {
        "2027-01-01": "første nyttårsdag", "2027-03-25": "skjærtorsdag", "2027-03-26": "langfredag",
        "2027-03-28": "første påskedag", "2027-03-29": "andre påskedag", "2027-05-01": "første mai",
        "2027-05-06": "Kristi himmelfartsdag", "2027-05-16": "første pinsedag",
        "2027-05-17": "syttende mai, andre pinsedag", "2027-12-25": "første juledag", "2027-12-26": "andre juledag",
    }  # fmt: skip


def test_nobody_can_change_the_calendar_for_all_others() -> None:
    with pytest.raises(TypeError):
        public_holidays(2026)[date(2026, 6, 1)] = "fri"  # type: ignore[index]  # that it is refused is what is tested


@pytest.mark.parametrize("entry", entries("calendar"), ids=lambda entry: entry.id)
def test_every_holiday_is_of_a_day_of_the_year_or_of_easter(entry: Entry) -> None:
    assert (entry.on is None) == ("easter" in entry.numbers)


@pytest.mark.parametrize(("day", "works"), [
    ("2026-12-24", True), ("2026-12-25", False), ("2026-12-31", True), ("2027-01-01", False), ("2027-03-25", False),
    ("2027-03-24", True), ("2027-03-27", False), ("2027-03-30", True),
    ("2027-05-17", False), ("2026-11-23", True), ("2026-11-22", False), ("2026-11-21", False),
])  # fmt: skip
def test_a_day_is_a_working_day_or_not(day: str, works: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) == works


def test_there_is_no_calendar_before_the_acts_or_too_far_on() -> None:
    assert public_holidays(1948)
    assert public_holidays(2399)
    for year in (1947, 2400):
        with pytest.raises(ValueError, match=f"^no calendar for {year}$"):
            public_holidays(year)


def test_one_cannot_count_backwards() -> None:
    with pytest.raises(ValueError, match=r"^counts forward only$"):
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


@given(DAYS, st.integers(0, 300), st.integers(0, 300))
def test_days_can_be_added_in_one_step_or_in_two(day: date, first: int, second: int) -> None:
    assert add_working_days(add_working_days(day, first), second) == add_working_days(day, first + second)


@given(DAYS, st.integers(0, 60), st.integers(0, 300))
def test_who_begins_later_is_never_done_earlier(day: date, later: int, count: int) -> None:
    assert add_working_days(day, count) <= add_working_days(day + timedelta(days=later), count)


@given(DAYS)
def test_five_working_days_are_a_week_when_no_holiday_comes_between(day: date) -> None:
    week = [day + timedelta(days=n) for n in range(1, 8)]
    if all(is_working_day(one) == (one.weekday() < 5) for one in week):
        assert working_days_between(day, week[-1]) == 5
