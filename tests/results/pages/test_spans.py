"""The span that a sentence names is the one that the verdict rests on."""

import re

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samskap.people.models import Unit
from samskap.results import api, rules
from samskap.results.rules import INDEX, NUMBER, POINTS, Figure, Point, Scale
from samskap.stats.api import Verdict
from tests.results.pages.figures import Figures
from tests.support.world import World


def point(scale: Scale, year: int, **numbers: float) -> Point:
    return rules.point(scale, year, {name: Figure(NUMBER, value) for name, value in numbers.items()}, measure="score")


@given(st.floats(20, 80), st.floats(20, 80), st.floats(0.5, 6), st.floats(0, 5))
def test_the_span_holds_zero_exactly_when_nothing_is_claimed(a: float, b: float, half: float, omega2: float) -> None:
    one, two = (point(POINTS, year, score=s, uncertainty=half, n=60) for year, s in ((2024, a), (2025, b)))
    judged = rules.judge(POINTS, one, two, higher_is_better=True, extra_variance=2 * omega2)
    assert judged.difference is not None
    assert judged.difference.interval.holds(0.0) == (judged.verdict is Verdict.INDISTINGUISHABLE)


@given(st.floats(1, 5), st.floats(1, 5), st.integers(10, 500))
def test_a_verdict_always_comes_with_its_span(a: float, b: float, n: int) -> None:
    one, two = (point(INDEX, year, score=s, sd=0.8, n=n) for year, s in ((2024, a), (2025, b)))
    judged = rules.judge(INDEX, one, two, higher_is_better=True)
    assert judged.difference is not None
    assert judged.difference.interval.holds(judged.difference.value)


def test_a_test_result_that_chance_may_explain_names_a_span_over_zero(world: World, figures: Figures, unit: Unit) -> None:
    figures.test(unit, 2024, 48, half=1.5)
    figures.test(unit, 2025, 51, half=1.5)
    with translation.override("nb"):
        code = "national_tests/np_reading/score/8"
        _verdict, sentence = api.change_sentence(world.school("elvesletta"), code, 2024, 2025)
    assert re.search(r"mellom −\d,\d og \+\d,\d", sentence)
