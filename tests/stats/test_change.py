"""What may be said of a change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.stats.api import Difference, Interval, Verdict, comparable, from_half_widths, newcombe, school_year_variance, verdict


@pytest.mark.parametrize(
    ("low", "high", "up", "said"),
    [
        (0.1, 0.4, True, Verdict.BETTER),
        (0.1, 0.4, False, Verdict.WORSE),
        (-0.4, -0.1, True, Verdict.WORSE),
        (-0.4, -0.1, False, Verdict.BETTER),
        (-0.1, 0.4, True, Verdict.INDISTINGUISHABLE),
        (0.0, 0.4, True, Verdict.INDISTINGUISHABLE),
        (-0.4, 0.0, True, Verdict.INDISTINGUISHABLE),
    ],
)
def test_a_change_is_real_when_its_interval_is_clear_of_zero(low: float, high: float, up: bool, said: Verdict) -> None:
    assert verdict(Difference((low + high) / 2, Interval(low, high)), higher_is_better=up) == said


def test_without_a_difference_nothing_is_said() -> None:
    assert verdict(None, higher_is_better=True) == Verdict.NO_BASIS


def test_a_school_year_of_its_own_takes_certainty_away() -> None:
    change = from_half_widths(48, 1.5, 51, 1.5)
    assert verdict(change, higher_is_better=True) == Verdict.BETTER
    omega2 = school_year_variance("np_numeracy", "5")
    assert omega2 is not None
    assert verdict(change, higher_is_better=True, extra_variance=2 * omega2) == Verdict.INDISTINGUISHABLE


def test_one_bullied_pupil_less_in_a_small_class_is_no_improvement() -> None:
    assert verdict(newcombe(2, 25, 1, 24), higher_is_better=False) == Verdict.INDISTINGUISHABLE


def test_fewer_bullied_in_a_large_municipality_is_better() -> None:
    assert verdict(newcombe(240, 3_000, 120, 3_000), higher_is_better=False) == Verdict.BETTER


def test_nothing_is_said_across_a_break() -> None:
    change = from_half_widths(40, 0.5, 50, 0.5)
    assert verdict(change, higher_is_better=True, years=(2015, 2016), breaks=(2013, 2016)) == Verdict.NO_BASIS
    assert verdict(change, higher_is_better=True, years=(2016, 2017), breaks=(2013, 2016)) == Verdict.BETTER


def test_a_survey_question_has_no_school_year_variance_yet() -> None:
    assert school_year_variance("np_reading", "8") == 1.46
    assert school_year_variance("np_reading", "9") is None
    assert school_year_variance("wellbeing", "7") is None


@pytest.mark.parametrize(
    ("a", "b", "same"), [(2012, 2014, False), (2013, 2015, True), (2015, 2016, False), (2016, 2025, True), (2025, 2012, False)]
)
def test_a_break_is_never_crossed(a: int, b: int, same: bool) -> None:
    assert comparable(a, b, (2013, 2016)) is same


@given(st.floats(-5, 5), st.floats(0.01, 5), st.floats(0, 10), st.floats(0, 10))
def test_more_variance_never_makes_a_verdict_surer(value: float, half: float, little: float, more: float) -> None:
    change = Difference(value, Interval(value - half, value + half))
    small, large = sorted((little, more))
    if verdict(change, higher_is_better=True, extra_variance=small) == Verdict.INDISTINGUISHABLE:
        assert verdict(change, higher_is_better=True, extra_variance=large) == Verdict.INDISTINGUISHABLE
