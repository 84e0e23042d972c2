"""The texts are no surer than the figures."""

import pytest
from django.utils import translation

from samskap.people.models import Unit
from samskap.results import api
from samskap.results.models import Status
from samskap.stats.api import Verdict, from_half_widths, verdict
from tests.results.pages.figures import Figures
from tests.support.world import World

WELL_BEING = "pupil_survey/trivsel/score/10"
BULLYING = "pupil_survey/bullying/share/10"
READING = "national_tests/np_reading/score/8"


def said(world: World, code: str, years: tuple[int, int] = (2024, 2025), language: str = "nb") -> tuple[Verdict, str]:
    with translation.override(language):
        return api.change_sentence(world.school("elvesletta"), code, *years)


def test_a_small_change_cannot_be_told_from_chance(world: World, figures: Figures, unit: Unit) -> None:
    figures.index(unit, 2024, 4.0)
    figures.index(unit, 2025, 4.2)
    found, sentence = said(world, WELL_BEING)
    assert found is Verdict.INDISTINGUISHABLE
    assert sentence == (
        "Fra 4,0 til 4,2 siden 2024-25: kan ikke skilles fra tilfeldigheter (endringen ligger et sted mellom −0,1 og +0,5)."
    )
    assert "kan ikkje skiljast frå" in said(world, WELL_BEING, language="nn")[1]


def test_a_large_change_is_called_by_its_name_both_ways(world: World, figures: Figures, unit: Unit) -> None:
    figures.index(unit, 2023, 3.2, n=200)
    figures.index(unit, 2024, 4.2, n=200)
    figures.index(unit, 2025, 3.4, n=200)
    up, better = said(world, WELL_BEING, (2023, 2024))
    down, weaker = said(world, WELL_BEING)
    assert (up, down) == (Verdict.BETTER, Verdict.WORSE)
    assert better.startswith("Bedre: fra 3,2 til 4,2")
    assert weaker.startswith("Svakere: fra 4,2 til 3,4")


def test_more_bullying_is_weaker_and_less_is_better(world: World, figures: Figures, unit: Unit) -> None:
    for year, share in ((2023, 4.0), (2024, 20.0), (2025, 5.0)):
        figures.bullied(unit, year, share, n=250)
    assert said(world, BULLYING, (2023, 2024))[0] is Verdict.WORSE
    assert said(world, BULLYING)[0] is Verdict.BETTER


def test_years_before_the_question_changed_are_not_compared(world: World, figures: Figures, unit: Unit) -> None:
    figures.bullied(unit, 2015, 30.0, n=250)
    figures.bullied(unit, 2016, 3.0, n=250)
    found, sentence = said(world, BULLYING, (2015, 2016))
    assert found is Verdict.NO_BASIS
    assert "kan ikke sammenlignes" in sentence


def test_a_masked_year_is_named_as_masked_and_gives_no_verdict(world: World, figures: Figures, unit: Unit) -> None:
    figures.index(unit, 2024, 4.0)
    figures.lay(unit, "pupil_survey/trivsel/10", 2025, score=Status.MASKED, sd=Status.MASKED, n=Status.MASKED)
    found, sentence = said(world, WELL_BEING)
    assert found is Verdict.NO_BASIS
    assert "skjermet" in sentence


def test_fewer_than_ten_answers_give_no_verdict(world: World, figures: Figures, unit: Unit) -> None:
    figures.index(unit, 2024, 2.0, n=9, sd=0.1)
    figures.index(unit, 2025, 4.0, n=9, sd=0.1)
    assert said(world, WELL_BEING)[0] is Verdict.NO_BASIS


def test_a_share_without_the_number_of_answers_gives_no_verdict(world: World, figures: Figures, unit: Unit) -> None:
    figures.bullied(unit, 2024, 30.0, n=None)
    figures.bullied(unit, 2025, 2.0, n=None)
    assert said(world, BULLYING)[0] is Verdict.NO_BASIS


def test_a_test_result_must_change_by_more_than_schools_usually_vary(world: World, figures: Figures, unit: Unit) -> None:
    figures.test(unit, 2024, 48, half=1.5)
    figures.test(unit, 2025, 51, half=1.5)
    sampling_only = verdict(from_half_widths(48, 1.5, 51, 1.5), higher_is_better=True)
    assert sampling_only is Verdict.BETTER
    assert said(world, READING)[0] is Verdict.INDISTINGUISHABLE


@pytest.mark.parametrize("code", ["", "x", "pupil_survey/trivsel/score/11", "pupil_survey/trivsel/sd/10", WELL_BEING])
def test_without_figures_there_is_nothing_to_say(world: World, figures: Figures, unit: Unit, code: str) -> None:
    found, sentence = said(world, code)
    assert found is Verdict.NO_BASIS
    assert sentence
