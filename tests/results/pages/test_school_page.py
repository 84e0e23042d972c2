"""A school's "Hvor er vi?", and one indicator in full, as people see them without JavaScript."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samskap.kernel import scope
from samskap.kernel.doors import open_door
from samskap.people.models import School, Unit
from samskap.results.models import Status
from tests.results.pages.figures import Figures
from tests.support.world import World

MASKED = {"score": Status.MASKED, "sd": Status.MASKED, "n": Status.MASKED}


def words(client: Client, url: str, status: int = 200) -> str:
    """The page's words, without marks."""
    response = client.get(url)
    assert response.status_code == status
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def page(world: World, key: str = "elvesletta", query: str = "") -> str:
    return reverse("results:school", args=[world.school(key).pk]) + query


def full(world: World, code: str) -> str:
    return reverse("results:indicator", args=[world.school("elvesletta").pk, code])


def test_a_leader_sees_level_interval_and_those_around(world: World, figures: Figures, unit: Unit) -> None:
    figures.index(unit, 2025, 4.1)
    for place, score in ((figures.municipality, 4.2), (figures.county, 4.3), (figures.nation, 3.9)):
        figures.index(place, 2025, score, n=5000)
    text = words(world.client("ingrid"), page(world))
    assert "Trivsel" in text
    for seen in ("4,1", "3,9–4,3", "4,2", "4,3", "3,9", "2025-26"):
        assert seen in text


def test_what_goes_well_stands_before_what_to_look_closer_at(world: World, figures: Figures, unit: Unit) -> None:
    for code, own in (("mestring/10", 3.2), ("trivsel/10", 4.7)):
        figures.index(unit, 2025, own, n=120, of=code)
        figures.index(figures.nation, 2025, 4.0, n=50_000, of=code)
    text = words(world.client("ingrid"), page(world))
    assert text.index("Dette går bra") < text.index("Klart over landet (4,0)") < text.index("Klart under landet (4,0)")


def test_the_page_opens_on_the_usual_grade_and_shows_the_one_asked_for(world: World, figures: Figures, unit: Unit) -> None:
    figures.index(unit, 2025, 4.1)
    figures.index(unit, 2025, 3.3, of="trivsel/8")
    assert "3,3" not in words(world.client("ingrid"), page(world))
    text = words(world.client("ingrid"), page(world, query="?trinn=8"))
    assert "3,3" in text
    assert "4,1" not in text


@pytest.mark.parametrize("asked", ["7", "99", "x", "%27", "1e9", "-1"])
def test_a_grade_without_figures_falls_back_and_says_so(world: World, figures: Figures, unit: Unit, asked: str) -> None:
    figures.index(unit, 2025, 4.1)
    text = words(world.client("ingrid"), page(world, query=f"?trinn={asked}"))
    assert "4,1" in text
    assert "Skolen har ingen tall for det trinnet" in text


def test_a_masked_figure_is_called_masked_and_the_old_one_has_its_year(world: World, figures: Figures, unit: Unit) -> None:
    figures.index(unit, 2024, 4.4)
    figures.lay(unit, "pupil_survey/trivsel/10", 2025, **MASKED)
    figures.index(unit, 2025, 3.5, of="mestring/10")
    text = words(world.client("ingrid"), page(world))
    assert "Skjermet" in text
    assert "Siste tall er 4,4 i 2024-25." in text


def test_only_masked_figures_get_an_explanation_and_no_verdict(world: World, figures: Figures, unit: Unit) -> None:
    figures.lay(unit, "pupil_survey/trivsel/10", 2025, **MASKED)
    figures.index(figures.nation, 2025, 4.0, n=50_000)
    text = words(world.client("ingrid"), page(world))
    assert "Alle tallene er skjermet" in text
    assert "Dette går bra" not in text


def test_what_stands_beside_a_masked_figure_is_not_shown(world: World, figures: Figures, unit: Unit) -> None:
    figures.lay(unit, "pupil_survey/trivsel/10", 2025, score=Status.MASKED, sd=0.7777, n=777)
    figures.index(unit, 2024, 4.0)
    client = world.client("ingrid")
    for url in (page(world), full(world, "pupil_survey/trivsel/score/10")):
        assert "777" not in words(client, url)


def test_masked_nobody_and_no_figure_are_three_different_words(world: World, figures: Figures, unit: Unit) -> None:
    code = "pupil_survey/trivsel/10"
    figures.index(unit, 2021, 4.0)
    figures.lay(unit, code, 2022, **MASKED)
    figures.lay(unit, code, 2023, score=Status.NOBODY)
    figures.lay(unit, code, 2024, score=Status.EMPTY)
    figures.index(unit, 2025, 4.1)
    text = words(world.client("ingrid"), full(world, "pupil_survey/trivsel/score/10"))
    for year, word in (("2022-23", "skjermet"), ("2023-24", "ingen deltok"), ("2024-25", "ikke noe tall")):
        assert re.search(rf"{year} {word}", text), (year, word)


def test_the_full_page_tells_chart_sentence_table_and_caution(world: World, figures: Figures, unit: Unit) -> None:
    figures.index(unit, 2024, 4.0)
    figures.index(unit, 2025, 4.2)
    response = world.client("ingrid").get(full(world, "pupil_survey/trivsel/score/10"))
    html = response.content.decode()
    assert html.count('<svg class="s-plot" data-kind="line"') == 1
    assert "<details" in html
    assert "kan ikke skilles fra tilfeldigheter" in html
    assert "foreløpig" in html
    assert "last-ned.csv" in html
    assert "last-ned.xlsx" in html


def test_a_break_is_drawn_and_named_and_no_line_crosses_it(world: World, figures: Figures, unit: Unit) -> None:
    figures.bullied(unit, 2015, 12.0)
    figures.bullied(unit, 2016, 4.0)
    response = world.client("ingrid").get(full(world, "pupil_survey/bullying/share/10"))
    html = response.content.decode()
    assert html.count('class="s-break-name"') == 1
    assert not re.search(r'<line class="s-line" x1="[0-9.]+%"', html)
    assert "Årene kan ikke sammenlignes" in html


def test_zero_bullied_is_shown_as_zero_and_not_as_missing(world: World, figures: Figures, unit: Unit) -> None:
    figures.bullied(unit, 2025, 0.0)
    text = words(world.client("ingrid"), page(world))
    assert "0,0 %" in text
    assert re.search(r"0,0–6,0 %", text)


def test_a_share_without_the_number_of_answers_says_that_there_is_no_interval(world: World, figures: Figures, unit: Unit) -> None:
    figures.bullied(unit, 2025, 8.0, n=None)
    for url in (page(world), full(world, "pupil_survey/bullying/share/10")):
        assert "usikkerheten er ukjent: antall svar er ikke oppgitt" in words(world.client("ingrid"), url)


def test_few_takers_are_told_with_what_it_means(world: World, figures: Figures, unit: Unit) -> None:
    figures.index(unit, 2025, 4.1)
    figures.lay(unit, "pupil_survey/participation/10", 2025, n=40, n_invited=80)
    text = words(world.client("ingrid"), page(world))
    assert "40 av 80 elever svarte i 2025-26 (50 %)" in text
    assert "De som ikke svarte, kan endre bildet" in text


def test_without_figures_the_page_says_what_to_wait_for(world: World) -> None:
    text = words(world.client("ingrid"), page(world))
    assert "Ingen tall ennå" in text
    assert "Når kommunen har hentet inn filer" in text


def test_the_adviser_is_led_to_the_import_where_there_are_no_figures(world: World) -> None:
    assert reverse("results:imports") in world.client("henrik").get(page(world)).content.decode()


def test_a_school_outside_the_register_says_so_on_its_page_and_has_no_indicators(world: World) -> None:
    with scope.tenant_scope(world.tenant_id), open_door():
        School.objects.filter(pk=world.school("elvesletta").pk).update(unit=None)
    assert "ikke koblet til statistikken" in words(world.client("ingrid"), page(world))
    words(world.client("ingrid"), full(world, "pupil_survey/trivsel/score/10"), 404)


def test_an_unknown_indicator_and_a_foreign_school_are_not_found(world: World, figures: Figures, unit: Unit) -> None:
    client = world.client("ingrid")
    words(client, full(world, "pupil_survey/unheard/score/10"), 404)
    words(client, full(world, "pupil_survey/trivsel/score/99"), 404)
    words(client, page(world, "ytterdal"), 404)
    words(client, page(world, "kvernfossen"), 404)


def fill(figures: Figures, units: list[Unit], years: range, codes: tuple[str, ...]) -> None:
    for place in units:
        for year in years:
            for code in codes:
                figures.index(place, year, 3.0 + 0.01 * (year % 100), of=code)


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_tenfold_figures_ask_no_more_of_the_database(world: World, figures: Figures, unit: Unit) -> None:
    around = [unit, figures.municipality, figures.county, figures.nation]
    fill(figures, around, range(2025, 2026), ("trivsel/10",))
    client, urls = world.client("ingrid"), (page(world), full(world, "pupil_survey/trivsel/score/10"))
    few = [queries(client, url) for url in urls]
    fill(figures, around, range(2016, 2025), ("trivsel/10",))
    fill(figures, around, range(2016, 2026), ("mestring/10", "motivasjon/10", "felles_regler/10", "laeringskultur/9"))
    assert [queries(client, url) for url in urls] == few
    assert max(few) <= 17
