"""Intervals and differences against published and independently computed numbers."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from samskap.stats.api import (
    Interval,
    from_half_widths,
    half_width_interval,
    mean_interval,
    newcombe,
    t_quantile,
    welch,
    widened,
    wilson,
)


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (3, 75, 0.0137, 0.1111),
    ],
)
def test_wilson_is_newcombes_table_one(count: int, n: int, low: float, high: float) -> None:
    found = wilson(count, n)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("count", "n", "confidence", "low", "high"),
    [
        (65, 100, 0.95, 0.552544, 0.736358),
        (65, 100, 0.998, 0.495495, 0.778354),
        (1045, 5000, 0.95, 0.197955, 0.220491),
        (1, 100, 0.95, 0.001767, 0.054486),
        (0.445, 1, 0.95, 0.043817, 0.933462),
    ],
)
def test_wilson_is_what_public_health_england_tests(count: float, n: int, confidence: float, low: float, high: float) -> None:
    found = wilson(count, n, confidence)
    assert (round(found.low, 6), round(found.high, 6)) == (low, high)


@pytest.mark.parametrize(("confidence", "low", "high"), [(0.95, 36.168325, 71.240365), (0.998, 18.216705, 89.191985)])
def test_the_t_interval_is_what_public_health_england_tests(confidence: float, low: float, high: float) -> None:
    found = mean_interval(53.704345, 20.975575, 8, confidence)
    assert found.low == pytest.approx(low, abs=2e-5)
    assert found.high == pytest.approx(high, abs=2e-5)


@pytest.mark.parametrize(
    ("df", "value"),
    [
        (1, 12.7062047364),
        (2, 4.3026527297),
        (7, 2.3646242516),
        (30, 2.0422724563),
        (120, 1.9799304),
        (300, 1.9679030),
        (1e6, 1.959966),
    ],
)
def test_the_t_quantile_is_the_tables(df: float, value: float) -> None:
    assert t_quantile(df) == pytest.approx(value, abs=2e-6)


@given(st.floats(0.01, 0.999))
def test_the_t_quantile_is_exact_where_there_is_a_formula(confidence: float) -> None:
    assert t_quantile(1, confidence) == pytest.approx(math.tan(math.pi * confidence / 2), rel=1e-9)
    assert t_quantile(2, confidence) == pytest.approx(confidence * math.sqrt(2 / (1 - confidence**2)), rel=1e-9)


@pytest.mark.parametrize("df", [0, -1, math.nan, math.inf])
def test_impossible_degrees_of_freedom_are_refused(df: float) -> None:
    with pytest.raises(ValueError, match=r"positive|not a number"):
        t_quantile(df)


@pytest.mark.parametrize(
    ("one", "two", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_newcombe_is_his_table_two(one: tuple[int, int], two: tuple[int, int], low: float, high: float) -> None:
    found = newcombe(*two, *one).interval
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_every_difference_is_the_second_minus_the_first() -> None:
    assert newcombe(10, 100, 30, 100).value == pytest.approx(0.2)
    assert welch(3.0, 0.5, 20, 4.0, 0.5, 20).value == pytest.approx(1.0)
    assert from_half_widths(48, 2, 51, 2).value == 3


def test_half_widths_are_added_as_variances() -> None:
    found = from_half_widths(48, 3, 51, 4).interval
    assert (found.low, found.high) == (-2, 8)


def test_further_variance_is_added_as_a_variance() -> None:
    found = widened(from_half_widths(48, 0, 51, 0), 4.0).interval
    assert found.low == pytest.approx(3 - 1.959964 * 2)
    assert found.high == pytest.approx(3 + 1.959964 * 2)


def test_two_groups_without_spread_differ_by_what_they_differ() -> None:
    found = welch(4.0, 0.0, 12, 4.5, 0.0, 12)
    assert (found.value, found.interval.low, found.interval.high) == (0.5, 0.5, 0.5)


def test_welch_on_a_real_schools_wellbeing() -> None:
    found = welch(4.2, 0.7, 166, 4.3, 0.7, 155)
    assert found.value == pytest.approx(0.1)
    assert (round(found.interval.low, 3), round(found.interval.high, 3)) == (-0.054, 0.254)
    small = welch(4.0, 0.8, 25, 4.3, 0.8, 22).interval
    assert (round(small.low, 3), round(small.high, 3)) == (-0.171, 0.771)


@given(st.integers(1, 2_000), st.data())
def test_a_share_lies_in_its_interval_and_the_interval_in_the_possible(n: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, n))
    found = wilson(count, n)
    assert 0 <= found.low <= count / n <= found.high <= 1


@given(st.integers(1, 500), st.integers(2, 20), st.data())
def test_more_pupils_make_the_interval_narrower(n: int, times: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, n))
    few, many = wilson(count, n), wilson(count * times, n * times)
    assert many.high - many.low < few.high - few.low


@given(st.floats(1, 5), st.floats(0, 2), st.integers(2, 500))
def test_a_mean_lies_in_the_middle_of_its_interval(mean: float, sd: float, n: int) -> None:
    found = mean_interval(mean, sd, n)
    assert found.low <= mean <= found.high
    assert found.high - mean == pytest.approx(mean - found.low, abs=1e-9)


@given(st.floats(-50, 50), st.floats(0, 20), st.floats(-50, 50), st.floats(0, 20), st.floats(0, 30))
def test_further_variance_only_widens(v1: float, h1: float, v2: float, h2: float, extra: float) -> None:
    plain = from_half_widths(v1, h1, v2, h2)
    wide = widened(plain, extra)
    assert wide.interval.low <= plain.interval.low + 1e-9
    assert wide.interval.high >= plain.interval.high - 1e-9


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_swapping_the_groups_turns_the_difference_round(n1: int, n2: int, data: st.DataObject) -> None:
    c1, c2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    one, two = newcombe(c1, n1, c2, n2), newcombe(c2, n2, c1, n1)
    assert one.interval.low == pytest.approx(-two.interval.high)
    assert one.value == pytest.approx(-two.value)


@given(st.floats(), st.floats())
def test_what_cannot_be_is_refused_and_never_computed(count: float, n: float) -> None:
    possible = math.isfinite(count) and math.isfinite(n) and n > 0 and 0 <= count <= n
    assume(not possible)
    with pytest.raises(ValueError, match=r"impossible|not a number"):
        wilson(count, n)


@pytest.mark.parametrize(
    ("mean", "sd", "n"), [(4.0, 0.7, 1), (4.0, 0.7, 0), (4.0, -0.1, 20), (math.nan, 0.7, 20), (4.0, math.inf, 20)]
)
def test_no_n_no_interval(mean: float, sd: float, n: int) -> None:
    with pytest.raises(ValueError, match=r"no interval|not a number"):
        mean_interval(mean, sd, n)


@pytest.mark.parametrize("half", [-1, math.nan, math.inf])
def test_an_impossible_half_width_is_refused(half: float) -> None:
    for attempt in (lambda: half_width_interval(50, half), lambda: from_half_widths(50, 2, 51, half)):
        with pytest.raises(ValueError, match=r"not negative|not a number"):
            attempt()


@pytest.mark.parametrize(("sd", "n"), [(-0.1, 20), (math.nan, 20), (math.inf, 20), (0.7, 1)])
def test_two_means_need_two_groups(sd: float, n: int) -> None:
    with pytest.raises(ValueError, match=r"two groups|not a number"):
        welch(4.0, 0.7, 20, 4.2, sd, n)


@pytest.mark.parametrize("extra", [-0.1, math.nan, math.inf])
def test_an_impossible_variance_is_refused(extra: float) -> None:
    with pytest.raises(ValueError, match=r"not negative|not a number"):
        widened(from_half_widths(48, 1, 51, 1), extra)


@pytest.mark.parametrize(("low", "high"), [(1.0, 0.0), (math.nan, 1.0)])
def test_an_interval_has_its_ends_in_order(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="not an interval"):
        Interval(low, high)
