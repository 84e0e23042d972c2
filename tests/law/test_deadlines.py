"""From when a family can go to the County Governor."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.law.api import add_working_days, county_governor_from, deadline, is_working_day, routine_hours, working_days_between

DAYS = st.dates(date(2018, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(("raised", "by_act", "by_circular", "careful"), [
    ("2026-11-23", "2026-11-30", "2026-11-30", "2026-11-30"),  # an ordinary Monday: the two agree
    ("2026-11-28", "2026-12-05", "2026-12-04", "2026-12-05"),  # on a Saturday the act's week is the later one
    ("2026-12-21", "2026-12-28", "2026-12-29", "2026-12-29"),  # 25 December is no working day; 24 December is one
    ("2027-03-22", "2027-03-29", "2027-04-01", "2027-04-01"),  # Easter
    ("2027-05-13", "2027-05-20", "2027-05-21", "2027-05-21"),  # 17 May
    ("2027-07-05", "2027-07-12", "2027-07-12", "2027-07-12"),  # the school's break does not stop it
    ("2023-11-20", "2023-11-27", "2023-11-27", "2023-11-27"),  # under the act of 1998 it was a week, too
])  # fmt: skip
def test_the_county_governor_can_be_asked_after_a_week_and_five_working_days(
    raised: str, by_act: str, by_circular: str, careful: str
) -> None:
    found = county_governor_from(date.fromisoformat(raised))
    assert (found.by_act.isoformat(), found.by_circular.isoformat()) == (by_act, by_circular)
    assert found.careful.isoformat() == careful


@given(DAYS)
def test_on_the_careful_day_both_ways_of_counting_are_met_and_on_the_day_before_one_is_not(raised: date) -> None:
    careful, eve = county_governor_from(raised).careful, county_governor_from(raised).careful - timedelta(days=1)
    assert careful - raised >= timedelta(days=7)
    assert working_days_between(raised, careful) >= 5
    assert eve - raised < timedelta(days=7) or working_days_between(raised, eve) < 5


@given(DAYS)
def test_the_day_of_the_circular_is_a_working_day(raised: date) -> None:
    found = county_governor_from(raised).by_circular
    assert is_working_day(found)
    assert found == add_working_days(raised, 5)


@given(DAYS, st.integers(0, 30))
def test_what_was_raised_later_is_never_due_earlier(raised: date, later: int) -> None:
    assert county_governor_from(raised).careful <= county_governor_from(raised + timedelta(days=later)).careful


@given(DAYS)
def test_nobody_waits_longer_than_two_weeks(raised: date) -> None:
    assert county_governor_from(raised).careful - raised <= timedelta(days=14)


@pytest.mark.parametrize(("name", "hours"), [("unopened_now", 1), ("unopened_today", 24), ("unopened_week", 168)])
def test_a_message_that_nobody_opens_is_shown_to_the_municipality_after_a_while(name: str, hours: int) -> None:
    assert routine_hours(name, date(2026, 11, 23)) == hours


def test_a_deadline_that_does_not_hold_is_refused_by_name_and_day() -> None:
    assert deadline("appeal", date(2024, 8, 1)).numbers == {"days": 21}
    with pytest.raises(LookupError, match=r"^no deadline 'appeal' on 2024-07-31$"):
        deadline("appeal", date(2024, 7, 31))
    with pytest.raises(LookupError, match=r"^no deadline 'investigate' on 2026-11-23$"):
        deadline("investigate", date(2026, 11, 23))
