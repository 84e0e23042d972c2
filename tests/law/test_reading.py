"""When what comes in is read."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.law.api import Break, ReadingHours, is_working_day, next_reading, reads_on, unread
from samskap.law.reading import OSLO

HOURS = ReadingHours()
CHRISTMAS = Break(date(2026, 12, 21), date(2027, 1, 1))
SUMMER = Break(date(2027, 6, 19), date(2027, 8, 15))


def oslo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


@pytest.mark.parametrize(("moment", "expected"), [
    ("2026-11-23T09:00", "2026-11-23T09:00"),  # a Monday, within the hours
    ("2026-11-23T08:00", "2026-11-23T08:00"),
    ("2026-11-23T07:59", "2026-11-23T08:00"),
    ("2026-11-23T15:29", "2026-11-23T15:29"),
    ("2026-11-23T15:30", "2026-11-24T08:00"),
    ("2026-11-23T23:15", "2026-11-24T08:00"),  # night
    ("2026-11-20T18:00", "2026-11-23T08:00"),  # Friday evening
    ("2026-12-18T16:00", "2027-01-04T08:00"),  # the Christmas break, and 2 and 3 January are a weekend
    ("2027-07-10T12:00", "2027-08-16T08:00"),  # July
    ("2027-05-14T16:00", "2027-05-18T08:00"),  # 17 May is a Monday that year
])  # fmt: skip
def test_it_is_read_at_the_next_hour_at_which_somebody_is_there(moment: str, expected: str) -> None:
    assert next_reading(oslo(moment), HOURS, [CHRISTMAS, SUMMER]) == oslo(expected)


def test_a_stand_in_reads_in_the_break() -> None:
    covered = [Break(date(2027, 7, 12), date(2027, 7, 16))]
    assert next_reading(oslo("2027-07-10T12:00"), HOURS, [SUMMER], covered) == oslo("2027-07-12T08:00")
    assert next_reading(oslo("2027-07-13T10:00"), HOURS, [SUMMER], covered) == oslo("2027-07-13T10:00")
    assert next_reading(oslo("2027-07-16T16:00"), HOURS, [SUMMER], covered) == oslo("2027-08-16T08:00")


def test_nobody_at_all_is_said_as_that() -> None:
    assert next_reading(oslo("2026-11-23T09:00"), HOURS, [Break(date(2026, 1, 1), date(2029, 1, 1))]) is None


def test_hours_and_breaks_cannot_be_turned_round() -> None:
    with pytest.raises(ValueError, match=r"^closes before it opens$"):
        ReadingHours(time(8), time(8))
    with pytest.raises(ValueError, match=r"^closes before it opens$"):
        ReadingHours(time(16), time(8))
    with pytest.raises(ValueError, match=r"^the last day lies before the first$"):
        Break(date(2026, 2, 2), date(2026, 2, 1))


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^the moment needs a time zone$"):
        next_reading(datetime(2026, 11, 23, 9, 0), HOURS)  # noqa: DTZ001  (that is what is tested)


def test_the_hours_of_a_school_are_what_they_are_when_nothing_is_said() -> None:
    assert (HOURS.opens, HOURS.closes) == (time(8, 0), time(15, 30))


@pytest.mark.parametrize(("moment", "expected"), [
    ("2026-03-27T16:00+01:00", "2026-03-30T06:00+00:00"),  # summer time begins in the weekend
    ("2026-10-23T16:00+02:00", "2026-10-26T07:00+00:00"),  # and ends
    ("2026-10-25T00:30+00:00", "2026-10-26T07:00+00:00"),  # within the hour that comes twice
    ("2026-10-25T01:30+00:00", "2026-10-26T07:00+00:00"),
    ("2026-07-01T05:59+00:00", "2026-07-01T06:00+00:00"),
    ("2026-07-01T13:29:59+00:00", "2026-07-01T13:29:59+00:00"),
    ("2026-07-01T13:30+00:00", "2026-07-02T06:00+00:00"),
    ("2026-11-22T23:30-10:00", "2026-11-23T10:30+01:00"),  # another day over there: in Oslo it is read now
])  # fmt: skip
def test_it_is_oslo_time_that_counts_in_summer_and_in_winter(moment: str, expected: str) -> None:
    assert next_reading(datetime.fromisoformat(moment), HOURS) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(("days", "found"), [(399, True), (400, True), (401, False), (402, False)])
def test_one_looks_400_days_ahead(days: int, found: bool) -> None:
    start = date(2026, 11, 23)  # 400 days later is a working day too
    away = Break(start, start + timedelta(days=days - 1))
    opens = next(n for n in range(days, days + 5) if is_working_day(start + timedelta(days=n)))
    assert (next_reading(oslo("2026-11-23T09:00"), HOURS, [away]) is not None) == (opens <= 400) == found


def test_a_stand_in_does_not_read_in_the_weekend_or_on_a_holiday() -> None:
    christmas = [Break(date(2026, 12, 25), date(2026, 12, 27))]
    assert next_reading(oslo("2026-12-25T09:00"), HOURS, christmas, christmas) == oslo("2026-12-28T08:00")
    assert not reads_on(date(2026, 11, 22), (), [Break(date(2026, 11, 22), date(2026, 11, 22))])


def test_a_break_holds_its_first_and_its_last_day() -> None:
    one = Break(date(2026, 10, 5), date(2026, 10, 9))
    assert [one.holds(date(2026, 10, day)) for day in (4, 5, 9, 10)] == [False, True, True, False]
    assert Break(date(2026, 10, 5), date(2026, 10, 5)).holds(date(2026, 10, 5))


away_days = st.dates(date(2026, 1, 1), date(2028, 1, 1))
one_break = st.builds(lambda first, days: Break(first, first + timedelta(days=days)), away_days, st.integers(0, 70))
breaks = st.lists(one_break, max_size=4)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)).map(lambda naive: naive.replace(tzinfo=UTC))  # noqa: DTZ001  (made aware)


@given(moments, breaks, breaks)
def test_the_answer_is_never_earlier_and_always_an_hour_at_which_somebody_reads(
    moment: datetime, away: list[Break], covered: list[Break]
) -> None:
    found = next_reading(moment, HOURS, away, covered)
    assert found is not None
    assert found >= moment
    assert found.tzinfo is OSLO
    assert HOURS.opens <= found.astimezone(OSLO).time() < HOURS.closes
    assert is_working_day(found.date())
    assert reads_on(found.date(), away, covered)
    assert found == moment or found.time() == HOURS.opens


@given(moments, breaks)
def test_nobody_reads_between_the_moment_and_the_answer(moment: datetime, away: list[Break]) -> None:
    found = next_reading(moment, HOURS, away)
    assert found is not None
    step = moment.astimezone(OSLO).date() + timedelta(days=1)
    while step < found.date():
        assert not reads_on(step, away, ())
        step += timedelta(days=1)


@given(moments, breaks, breaks, breaks)
def test_more_cover_never_makes_one_wait_longer(
    moment: datetime, away: list[Break], covered: list[Break], more: list[Break]
) -> None:
    before, after = next_reading(moment, HOURS, away, covered), next_reading(moment, HOURS, away, [*covered, *more])
    assert before is not None
    assert after is not None
    assert after <= before


@given(moments, st.timedeltas(timedelta(0), timedelta(days=90)), breaks)
def test_who_writes_later_is_never_read_earlier(moment: datetime, later: timedelta, away: list[Break]) -> None:
    first, second = next_reading(moment, HOURS, away), next_reading(moment + later, HOURS, away)
    assert first is not None
    assert second is None or first <= second


FIRST = date(2026, 11, 23)


def days(first: int, last: int) -> Break:
    """Some days of a fortnight."""
    return Break(FIRST + timedelta(days=first), FIRST + timedelta(days=last))


@pytest.mark.parametrize(
    ("away", "there", "found"),
    [
        ([[days(0, 2)]], [], [0, 1, 2]),
        ([[days(0, 2)], []], [], []),  # another leader reads
        ([[days(0, 2)], [days(2, 4)]], [], [2]),
        ([[days(0, 1), days(3, 3)], [days(0, 5)]], [], [0, 1, 3]),
        ([[days(0, 2)]], [days(1, 1)], [0, 2]),
        ([[days(0, 2)]], [days(0, 9)], []),
        ([[days(0, 1), days(1, 2)]], [], [0, 1, 2]),
        ([], [], []),
    ],
)
def test_a_day_is_unread_when_all_are_away_and_nobody_stands_in(
    away: list[list[Break]], there: list[Break], found: list[int]
) -> None:
    assert unread(away, there) == tuple(days(one, one) for one in found)


periods = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)).map(lambda one: days(one[0], one[0] + one[1])), max_size=3)


@given(away=st.lists(periods, min_size=1, max_size=3), there=periods, day=st.integers(0, 14))
def test_unread_says_of_each_day_what_each_period_says(away: list[list[Break]], there: list[Break], day: int) -> None:
    asked = FIRST + timedelta(days=day)
    everybody_away = all(any(one.holds(asked) for one in each) for each in away)
    expected = everybody_away and not any(one.holds(asked) for one in there)
    assert any(one.holds(asked) for one in unread(away, there)) == expected
