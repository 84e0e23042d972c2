"""The owner's schools side by side."""

import re

import pytest
from django.urls import reverse

from samskap.kernel import scope
from samskap.people import actions
from samskap.people.models import School
from samskap.results.models import Status
from samskap.site.demo import cast, owners
from tests.results.pages.figures import Figures
from tests.results.pages.test_school_page import queries, words
from tests.support.world import World

LOWER = ("elvesletta", "kvernfossen", "skogfaret", "storhaugen")


@pytest.fixture
def schools(world: World, figures: Figures) -> None:
    """The four schools with tenth grade have figures, one of them masked."""
    for key, score in zip(LOWER, (4.6, 3.9, 3.2, None), strict=True):
        unit = figures.at(world, key)
        if score is None:
            figures.lay(unit, "pupil_survey/trivsel/10", 2025, score=Status.MASKED, sd=0.5, n=654_987)
        else:
            figures.index(unit, 2025, score, n=100)
    figures.index(figures.nation, 2025, 3.9, n=50_000)
    figures.index(figures.municipality, 2025, 4.0, n=321)


def more_schools(world: World, figures: Figures, count: int) -> list[School]:
    """Schools beyond the cast, with a figure each."""
    by = owners.builder(world.tenant_id)
    with scope.tenant_scope(world.tenant_id):
        made = []
        for number in range(count):
            unit = actions.unit_for(f"1{number:08}", f"Ny skole {number:02}")
            made.append(actions.add_school(by=by, name=f"Ny skole {number:02}", unit=unit, first_grade=8, last_grade=10))
    for school in made:
        figures.index(figures.below(school), 2025, 4.0, n=50)
    return made


@pytest.mark.usefixtures("schools")
def test_they_stand_in_alphabetical_order_whatever_their_figures(world: World) -> None:
    text = words(world.client("henrik"), reverse("results:schools"))
    table = text[text.index("Siden forrige gang") :]
    places = [table.index(cast.school(key).name) for key in LOWER]
    assert places == sorted(places)
    for seen in ("4,6", "3,9", "3,2", "Skjermet"):
        assert seen in table


@pytest.mark.usefixtures("schools")
def test_nothing_that_stands_beside_a_masked_figure_comes_out(world: World) -> None:
    client = world.client("henrik")
    for name in ("results:schools", "results:across"):
        assert not re.search(r"654\D{0,7}987", client.get(reverse(name)).content.decode())


@pytest.mark.usefixtures("schools")
def test_how_many_differ_is_told_only_when_enough_schools_stand_behind_it(world: World, figures: Figures) -> None:
    text = words(world.client("henrik"), reverse("results:schools"))
    assert re.search(r"2 av 3 skoler", text)
    figures.index(figures.at(world, "elvesletta"), 2026, 4.0)
    assert not re.search(r"av 1 skole", words(world.client("henrik"), reverse("results:schools")))


@pytest.mark.usefixtures("schools")
def test_a_leader_is_led_only_to_the_own_school(world: World) -> None:
    html = world.client("ingrid").get(reverse("results:schools")).content.decode()
    code = "pupil_survey/trivsel/score/10"
    assert reverse("results:indicator", args=[world.school("elvesletta").pk, code]) in html
    assert reverse("results:indicator", args=[world.school("kvernfossen").pk, code]) not in html


@pytest.mark.usefixtures("schools")
@pytest.mark.parametrize("query", ["?indikator=x", "?trinn=4", "?ar=1066", "?ar=%C2%B2", "?ar=-1", "?indikator=bullying&trinn=7"])
def test_a_choice_without_figures_falls_back_and_says_so(world: World, query: str) -> None:
    for name in ("results:schools", "results:across"):
        text = words(world.client("henrik"), reverse(name) + query)
        assert "Det du valgte, finnes det ikke tall for" in text
        assert "4,6" in text


@pytest.mark.usefixtures("schools")
def test_the_chart_has_one_row_for_each_school_and_the_country_beside(world: World) -> None:
    html = world.client("henrik").get(reverse("results:across")).content.decode()
    assert html.count('<line class="s-whisker"') == 3
    assert len(re.findall(r'<line class="s-reference"[^>]+y2="100%"', html)) == 4
    assert html.count('class="s-gap-name"') == 1
    assert "Landet: 3,9" in html


def test_without_figures_the_pages_say_so(world: World) -> None:
    for name in ("results:schools", "results:across"):
        assert "Ingen tall ennå" in words(world.client("henrik"), reverse(name))


@pytest.mark.usefixtures("schools")
def test_more_than_fifty_schools_come_in_pages_for_the_same_number_of_queries(world: World, figures: Figures) -> None:
    client = world.client("henrik")
    urls = [reverse(name) for name in ("results:schools", "results:across", "results:own")]
    few = [queries(client, url) for url in urls]
    more_schools(world, figures, 52)
    assert [queries(client, url) for url in urls] == few
    for url in urls[:2]:
        assert "Ny skole 51" not in words(client, url)
        assert "Storhaugen skole" in words(client, f"{url}?side=2")
    assert "Tjernlia" in words(client, f"{urls[2]}?side=2")
