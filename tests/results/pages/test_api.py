"""The door for other rooms."""

from django.utils import translation

from samskap.people.models import Unit
from samskap.results import api
from samskap.results.models import Series, Status, Value
from samskap.stats.api import mean_interval
from tests.results.pages.figures import Figures
from tests.support.world import World

WELL_BEING = "pupil_survey/trivsel/score/10"


def test_an_indicator_has_a_name_a_scale_and_a_direction() -> None:
    with translation.override("nb"):
        bullied, reading = api.indicator("pupil_survey/bullying/share/7"), api.indicator("national_tests/np_reading/score/5")
    assert bullied is not None
    assert reading is not None
    assert (bullied.scale, bullied.higher_is_better, bullied.decimals) == ("share", False, 1)
    assert (reading.scale, reading.higher_is_better, reading.decimals) == ("points", True, 0)
    assert bullied.name == "Mobbet på skolen, 7. trinn"
    assert api.indicator("pupil_survey/bullying/share/77") is None


def test_a_school_has_the_indicators_that_anything_is_published_for(world: World, figures: Figures, unit: Unit) -> None:
    figures.index(unit, 2025, 4.1)
    figures.lay(unit, "pupil_survey/motivasjon/9", 2025, score=Status.MASKED)
    figures.lay(unit, "pupil_survey/mestring/9", 2025, score=Status.EMPTY)
    figures.index(figures.municipality, 2025, 4.0, of="felles_regler/10")
    codes = [ref.code for ref in api.indicators_for(world.school("elvesletta"))]
    assert codes == [WELL_BEING, "pupil_survey/motivasjon/score/9"]
    assert api.indicators_for(world.school("kvernfossen")) == []


def test_a_series_has_its_years_in_order_and_the_newest_number(world: World, figures: Figures, unit: Unit) -> None:
    figures.lay(unit, "pupil_survey/trivsel/10", 2025, score=Status.MASKED)
    figures.index(unit, 2024, 4.2)
    figures.index(unit, 2023, 4.0)
    series = api.series(world.school("elvesletta"), WELL_BEING)
    assert series is not None
    assert [(p.year, p.label, p.status, p.value) for p in series.points] == [
        (2023, "2023-24", "number", 4.0), (2024, "2024-25", "number", 4.2), (2025, "2025-26", "masked", None),
    ]  # fmt: skip
    assert series.latest is series.points[1]
    expected = mean_interval(4.2, 0.8, 60)
    assert (series.latest.low, series.latest.high) == (expected.low, expected.high)


def test_there_is_no_series_where_nothing_is_published(world: World, figures: Figures, unit: Unit) -> None:
    figures.index(figures.nation, 2025, 4.1)
    assert api.series(world.school("elvesletta"), WELL_BEING) is None
    assert api.chart(world.school("elvesletta"), WELL_BEING) is None


def test_a_chart_has_a_sentence_a_table_and_those_around(world: World, figures: Figures, unit: Unit) -> None:
    for place in (unit, figures.municipality, figures.nation):
        figures.index(place, 2024, 4.0, n=500)
        figures.index(place, 2025, 4.1, n=500)
    with translation.override("nb"):
        chart = api.chart(world.school("elvesletta"), WELL_BEING)
    assert chart is not None
    assert [line.name for line in chart.geometry.series] == ["Skolen", "Kommunen", "Landet"]
    assert "kan ikke skilles fra tilfeldigheter" in chart.sentence
    assert [row[:2] for row in chart.table.rows] == [["2024-25", "4,0"], ["2025-26", "4,1"]]


def test_girls_boys_and_forms_of_ownership_are_not_mixed_in(world: World, figures: Figures, unit: Unit) -> None:
    figures.index(unit, 2025, 4.1)
    for gender, ownership in (("girls", "all"), ("all", "public")):
        other = Series.objects.create(
            instrument="pupil_survey", indicator="trivsel", measure="score", grade="10", gender=gender, ownership=ownership
        )
        Value.objects.create(unit=unit, series=other, year=2025, status=0, number=2.2)
    series = api.series(world.school("elvesletta"), WELL_BEING)
    assert series is not None
    assert [p.value for p in series.points] == [4.1]


def test_standing_names_only_what_is_clear(world: World, figures: Figures, unit: Unit) -> None:
    for code, own, country in (("trivsel/10", 4.6, 4.0), ("mestring/10", 3.4, 4.0), ("motivasjon/10", 3.5, 3.5)):
        figures.index(unit, 2025, own, n=120, of=code)
        figures.index(figures.nation, 2025, country, n=50_000, of=code)
    figures.lay(unit, "pupil_survey/felles_regler/10", 2025, score=Status.MASKED)
    standing = api.standing(world.school("elvesletta"))
    names = [[ref.code.split("/")[1] for ref, _point, _text in rows] for rows in (standing.strengths, standing.concerns)]
    assert names == [["trivsel"], ["mestring"]]
    assert [ref.code.split("/")[1] for ref, _point, _text in standing.others] == ["motivasjon"]


def test_a_plan_is_told_of_every_grade_and_of_bullying_first(world: World, figures: Figures, unit: Unit) -> None:
    for code, own, country in (("trivsel/10", 3.2, 4.0), ("trivsel/7", 3.1, 4.0), ("mestring/7", 4.8, 4.0)):
        figures.index(unit, 2025, own, n=120, of=code)
        figures.index(figures.nation, 2025, country, n=50_000, of=code)
    for place, share, n in ((unit, 30.0, 120), (figures.nation, 9.0, 50_000)):
        figures.lay(place, "pupil_survey/bullying/7", 2025, share=share, n=n)
    found = api.standing(world.school("elvesletta"))
    assert [ref.code.removeprefix("pupil_survey/") for ref, _point, _text in found.concerns] == [
        "bullying/share/7", "trivsel/score/10", "trivsel/score/7",
    ]  # fmt: skip
    assert [ref.code for ref, _point, _text in found.strengths] == ["pupil_survey/mestring/score/7"]
    only = api.standing(world.school("elvesletta"), "10")
    assert [ref.code for ref, _point, _text in only.concerns] == ["pupil_survey/trivsel/score/10"]


def test_an_old_figure_is_neither_strength_nor_concern(world: World, figures: Figures, unit: Unit) -> None:
    figures.index(unit, 2024, 4.8, n=120)
    figures.index(figures.nation, 2024, 4.0, n=50_000)
    figures.lay(unit, "pupil_survey/trivsel/10", 2025, score=Status.MASKED)
    standing = api.standing(world.school("elvesletta"))
    assert (standing.strengths, standing.concerns, len(standing.others)) == ((), (), 1)
