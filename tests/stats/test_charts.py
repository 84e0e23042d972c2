"""Charts do not lie: honest axes, no line over what is not there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.stats.api import LineChart, Observation, dot_chart, line_chart
from samskap.stats.charts import axis_for, nice_step


def chart(*seen: Observation, scale: str = "index", breaks: tuple[int, ...] = ()) -> LineChart:
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


def test_no_line_crosses_a_year_that_nobody_has_and_years_keep_their_distance() -> None:
    made = chart(Observation(2022, 50), Observation(2024, 49), Observation(2025, 51), scale="points")
    assert [len(run) for run in made.series[0].segments] == [1, 2]
    assert [(tick.label, tick.position) for tick in made.x_ticks] == [("2022", 0.0), ("2024", 66.7), ("2025", 100.0)]


def test_lines_of_different_years_share_one_axis() -> None:
    made = line_chart(
        [("A", [Observation(2024, 4.0)]), ("B", [Observation(2023, 3.0), Observation(2024, 3.5)])],
        scale="index", label=str, year_label=str,
    )  # fmt: skip
    assert made.series[0].segments[0][0].x == made.series[1].segments[0][1].x == 100.0
    assert (made.series[0].segments[0][0].y, made.series[1].segments[0][0].y) == (60.0, 120.0)


def test_a_chart_without_any_figure_still_has_its_axis() -> None:
    made = chart(Observation(2024, status="masked"), Observation(2025, status="nobody"))
    assert made.series[0].segments == ()
    assert [(gap.x, gap.status) for gap in made.series[0].gaps] == [(0.0, "masked"), (100.0, "nobody")]
    assert [tick.label for tick in made.y_ticks] == ["1.0", "2.0", "3.0", "4.0", "5.0"]


@pytest.mark.parametrize(("scale", "part"), [("index", False), ("share", False), ("points", True)])
def test_an_axis_that_shows_a_part_of_its_scale_says_so(scale: str, part: bool) -> None:
    assert chart(Observation(2024, 4.0), scale=scale).part_of_scale is part
    assert dot_chart([("A", Observation(2024, 4.0))], scale=scale, label=str).part_of_scale is part


@pytest.mark.parametrize(
    ("value", "low", "status"), [(4.0, None, "masked"), (None, None, "number"), (None, 3.0, "masked"), (0.0, None, "nobody")]
)
def test_a_masked_figure_cannot_reach_a_chart(value: float | None, low: float | None, status: str) -> None:
    with pytest.raises(ValueError, match=r"do not agree|without a figure"):
        Observation(2024, value, low, None, status)


def test_the_reference_lies_on_the_same_axis_as_the_dots() -> None:
    made = dot_chart([("A", Observation(2025, 3.0, 2.5, 3.5))], scale="index", label=str, reference=(3.0, "all"))
    row = made.rows[0]
    assert made.reference is not None
    assert (row.low_x, row.x, row.high_x, made.reference.position) == (37.5, 50.0, 62.5, 50.0)


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
