"""Charts do not lie: honest axes, no line over what is not there."""

from hypothesis import given
from hypothesis import strategies as st

from samskap.stats.api import Observation, dot_chart, line_chart
from samskap.stats.charts import axis_for, nice_step


def chart(*seen: Observation, scale: str = "index", breaks: tuple[int, ...] = ()):  # type: ignore[no-untyped-def]  # a shorthand
    return line_chart([("A", seen)], scale=scale, label=str, year_label=str, breaks=breaks)


def test_an_index_keeps_its_whole_scale() -> None:
    axis = axis_for([4.1, 4.3], scale="index")
    assert (axis.low, axis.high) == (1, 5)


def test_a_share_begins_at_zero() -> None:
    assert axis_for([6.0, 9.0], scale="share").low == 0


def test_no_line_crosses_a_masked_year_or_a_break() -> None:
    made = chart(
        Observation(2014, 4.0), Observation(2015, 4.1), Observation(2016, 4.2), Observation(2017, status="masked"),
        Observation(2018, 4.0), breaks=(2016,),
    )  # fmt: skip
    assert [len(run) for run in made.series[0].segments] == [2, 1, 1]
    assert [gap.status for gap in made.series[0].gaps] == ["masked"]
    assert len(made.breaks) == 1


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8))
def test_everything_lies_inside(values: list[float]) -> None:
    made = chart(*(Observation(2010 + i, v, max(0.0, v - 3), v + 3) for i, v in enumerate(values)), scale="points")
    for run in made.series[0].segments:
        for point in run:
            assert 0 <= point.x <= made.width
            assert 0 <= point.y <= made.height
            assert point.low_y is not None
            assert point.high_y is not None
            assert point.high_y <= point.y <= point.low_y


@given(st.floats(1e-6, 1e6))
def test_a_nice_step_is_nice(span: float) -> None:
    assert span / nice_step(span) <= 5 + 1e-9


def test_a_dot_plot_keeps_the_order_and_says_why_there_is_no_dot() -> None:
    made = dot_chart([("B", Observation(2025, 4.0)), ("A", Observation(2025, status="masked"))], scale="index", label=str)
    assert [(row.name, row.x is None, row.status) for row in made.rows] == [("B", False, "number"), ("A", True, "masked")]
