"""What a published figure can carry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.results import rules
from samskap.results.rules import EMPTY, INDEX, MASKED, NOBODY, NUMBER, POINTS, SHARE, Figure, Judgement, Point, Reason, Scale
from samskap.stats.api import Verdict, half_width_interval, mean_interval, newcombe, wilson

N = st.integers(10, 400)


def point(scale: Scale, measure: str, year: int = 2025, **numbers: float) -> Point:
    return rules.point(scale, year, {name: Figure(NUMBER, value) for name, value in numbers.items()}, measure=measure)


def index(score: float, n: int = 60, sd: float = 0.8, year: int = 2025) -> Point:
    return point(INDEX, "score", year, score=score, sd=sd, n=n)


def share(percent: float, n: int = 60, year: int = 2025) -> Point:
    return point(SHARE, "share", year, share=percent, n=n)


def test_an_index_has_the_interval_of_its_published_spread_and_number() -> None:
    expected, made = mean_interval(4.1, 0.8, 60), index(4.1)
    assert (made.low, made.high, made.n) == (expected.low, expected.high, 60)


def test_a_share_has_wilsons_interval_from_the_published_number_of_bullied_pupils() -> None:
    expected, made = wilson(7, 60), point(SHARE, "share", share=11.7, n=60, n_bullied=7)
    assert (made.low, made.high) == (100 * expected.low, 100 * expected.high)


def test_without_the_number_of_bullied_pupils_it_is_rebuilt_from_the_share() -> None:
    assert share(11.7) == point(SHARE, "share", share=11.7, n=60, n_bullied=7)


def test_a_national_test_has_the_published_uncertainty() -> None:
    expected, made = half_width_interval(49, 2.4), point(POINTS, "score", score=49, uncertainty=2.4, n=60)
    assert (made.low, made.high) == (expected.low, expected.high)


def test_zero_bullied_is_a_figure_with_an_upper_end() -> None:
    none = share(0.0)
    assert (none.status, none.value, none.low) == (NUMBER, 0.0, 0.0)
    assert none.high == 100 * wilson(0, 60).high > 0


@pytest.mark.parametrize(
    "made",
    [point(INDEX, "score", score=4.1, n=60), point(INDEX, "score", score=4.1, sd=0.8), point(SHARE, "share", share=5.0),
     point(POINTS, "score", score=49, n=60), index(4.1, n=1)],
)  # fmt: skip
def test_without_what_it_is_made_from_there_is_no_interval(made: Point) -> None:
    assert made.value is not None
    assert (made.low, made.high) == (None, None)


@pytest.mark.parametrize("status", [MASKED, EMPTY, NOBODY])
def test_where_there_is_no_figure_nothing_else_of_the_row_is_kept(status: str) -> None:
    beside = {"sd": Figure(NUMBER, 0.8), "n": Figure(NUMBER, 7.0), "score": Figure(status)}
    assert rules.point(INDEX, 2025, beside, measure="score") == Point(2025, "2025-26", status)


@given(st.floats(1, 5), st.floats(0, 2), N)
def test_the_interval_of_an_index_holds_it_and_stays_on_the_scale(score: float, sd: float, n: int) -> None:
    made = index(score, n, sd)
    assert made.low is not None
    assert made.high is not None
    assert 1 <= made.low <= score <= made.high <= 5


@given(st.floats(0, 100), N)
def test_the_interval_of_a_share_holds_it_and_stays_on_the_scale(percent: float, n: int) -> None:
    made = share(percent, n)
    assert made.low is not None
    assert made.high is not None
    assert 0 <= made.low <= percent <= made.high <= 100


def test_a_fall_in_bullying_is_better_when_chance_does_not_explain_it() -> None:
    judged = rules.judge(SHARE, share(25, 200, 2024), share(5, 200), higher_is_better=False)
    expected = newcombe(50, 200, 10, 200).interval
    assert judged.verdict is Verdict.BETTER
    assert judged.difference is not None
    assert judged.difference.value == pytest.approx(-20)
    assert judged.difference.interval.low == pytest.approx(100 * expected.low)
    assert judged.difference.interval.high == pytest.approx(100 * expected.high)


def test_what_looks_like_a_halving_among_few_pupils_cannot_be_told_from_chance() -> None:
    judged = rules.judge(SHARE, share(13.3, 30, 2024), share(6.7, 30), higher_is_better=False)
    assert judged.verdict is Verdict.INDISTINGUISHABLE


NOTHING_TO_SAY = [
    (None, index(4.1), (), Reason.NO_FIGURE),
    (Point(2024, "", MASKED), index(4.1), (), Reason.MASKED),
    (None, Point(2025, "", MASKED), (), Reason.MASKED),
    (Point(2024, "", NOBODY), index(4.1), (), Reason.NO_FIGURE),
    (index(3.0, year=2015), index(4.1, year=2016), (2016,), Reason.BREAK),
    (index(3.0, n=9), index(4.1), (), Reason.FEW),
    (index(3.0), index(4.1, n=5), (), Reason.FEW),
    (point(INDEX, "score", score=3.0, sd=0.8), index(4.1), (), Reason.NO_NUMBER),
    (point(INDEX, "score", score=3.0, n=60), index(4.1), (), Reason.NO_NUMBER),
]


@pytest.mark.parametrize(("one", "two", "breaks", "reason"), NOTHING_TO_SAY)
def test_where_nothing_can_be_said_the_reason_is_told(one: Point, two: Point, breaks: tuple[int, ...], reason: Reason) -> None:
    judged = rules.judge(INDEX, one, two, higher_is_better=True, breaks=breaks)
    assert judged == Judgement(Verdict.NO_BASIS, reason)


@given(st.floats(1, 5), st.floats(1, 5), N, N, st.floats(0.1, 1.5))
def test_a_change_and_the_same_change_backwards_are_opposites(a: float, b: float, n: int, m: int, sd: float) -> None:
    there = rules.judge(INDEX, index(a, n, sd), index(b, m, sd), higher_is_better=True).verdict
    back = rules.judge(INDEX, index(b, m, sd), index(a, n, sd), higher_is_better=True).verdict
    other = {Verdict.BETTER: Verdict.WORSE, Verdict.WORSE: Verdict.BETTER}
    assert back is other.get(there, there)


@given(st.floats(20, 80), st.floats(20, 80), st.floats(0.5, 6), st.floats(0, 5))
def test_a_schools_own_variation_never_makes_a_verdict_surer(a: float, b: float, half: float, omega2: float) -> None:
    one, two = (point(POINTS, "score", score=s, uncertainty=half, n=60) for s in (a, b))
    plain = rules.judge(POINTS, one, two, higher_is_better=True).verdict
    wide = rules.judge(POINTS, one, two, higher_is_better=True, extra_variance=2 * omega2).verdict
    assert wide in (plain, Verdict.INDISTINGUISHABLE)


def test_a_count_over_schools_needs_enough_schools_and_pupils() -> None:
    schools = [(str(number), number < 2, 40) for number in range(6)]
    assert rules.released_count(schools) == 2
    assert rules.released_count(schools[:2]) is None
    assert rules.released_count([*schools, ("small", True, 3)]) is None
    assert rules.released_count([*schools, ("unknown", True, None)]) is None


def judged(verdict: Verdict) -> Judgement:
    return Judgement(verdict)


STANDING = [
    (Verdict.BETTER, Verdict.INDISTINGUISHABLE, "strength"),
    (Verdict.BETTER, Verdict.WORSE, "strength"),
    (Verdict.INDISTINGUISHABLE, Verdict.BETTER, "strength"),
    (Verdict.WORSE, Verdict.BETTER, "concern"),
    (Verdict.NO_BASIS, Verdict.WORSE, "concern"),
    (Verdict.NO_BASIS, Verdict.NO_BASIS, "other"),
    (Verdict.INDISTINGUISHABLE, Verdict.INDISTINGUISHABLE, "other"),
]


@pytest.mark.parametrize(("level", "change", "standing"), STANDING)
def test_only_what_is_clear_is_a_strength_or_a_concern(level: Verdict, change: Verdict, standing: str) -> None:
    assert rules.standing(judged(level), judged(change)) == standing
