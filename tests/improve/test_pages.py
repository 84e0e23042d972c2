"""What the plan's pages do when people press, press twice, and choose a result to follow."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from samskap.improve import actions
from samskap.improve.models import Evaluation, Goal, Measure, Note, Plan, Status
from samskap.kernel import clock
from samskap.kernel.actions import ActionError
from samskap.results.models import Status as Kind
from tests.improve.test_actions import count_queries
from tests.improve.things import goal_in, measure_in, plan_at
from tests.results.pages.figures import Figures
from tests.support.world import World

TRIVSEL = "pupil_survey/trivsel/score/10"


@pytest.fixture
def plan(world: World) -> Plan:
    return plan_at(world)


Publish = Callable[[int, float], None]


@pytest.fixture
def publish(world: World) -> Publish:
    """Publishes a year's well-being on grade 10 at Ingrid's school. Four years are out already; grade 9 is masked."""
    figures = Figures()
    unit = figures.at(world, "elvesletta")

    def one(year: int, score: float) -> None:
        figures.index(unit, year, score)

    for year, score in ((2022, 3.9), (2023, 3.8), (2024, 3.8), (2025, 3.7)):
        one(year, score)
    figures.lay(unit, "pupil_survey/trivsel/9", 2025, score=Kind.MASKED)
    return one


def sent(client: Client, url: str, **values: Any) -> Any:
    """Open a form as a browser does, fill it in and send it."""
    form = client.get(url).context["form"]
    hidden = {field.name: field.value() for field in form.hidden_fields() if field.value() is not None}
    return client.post(url, {**hidden, **values})


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def only(model: Any, **wanted: Any) -> Any:
    return model._base_manager.get(**wanted)


def test_a_second_click_on_remove_leads_to_the_plan_and_not_to_a_page_that_is_gone(world: World, plan: Plan) -> None:
    note, ingrid = only(Note, plan=plan), world.client("ingrid")
    pressed = {"once": str(uuid4()), "version": note.version}
    first, second = (ingrid.post(f"/utviklingsplan/notat/{note.pk}/fjern/", pressed) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"] == second.headers["Location"] == f"/utviklingsplan/{plan.pk}/"
    assert only(Note, plan=plan).removed_at is not None


def test_a_second_click_begins_one_new_period_and_leads_there(world: World, plan: Plan) -> None:
    ingrid, pressed = world.client("ingrid"), {"once": str(uuid4())}
    first, second = (ingrid.post(f"/utviklingsplan/{plan.pk}/neste-periode/", pressed) for _ in range(2))
    new = only(Plan, continues=plan)
    assert first.headers["Location"] == second.headers["Location"] == f"/utviklingsplan/{new.pk}/"


def test_a_button_without_its_token_changes_nothing_and_says_so(world: World, plan: Plan) -> None:
    answer = world.client("ingrid").post(f"/utviklingsplan/{plan.pk}/deling/", {"shared": "yes"}, follow=True)
    assert "Ingenting er endret" in text_of(answer)
    assert only(Plan, pk=plan.pk).shared_at is None


def test_a_measure_that_moved_meanwhile_is_not_moved_again(world: World, plan: Plan) -> None:
    measure = only(Measure, goal__plan=plan)
    actions.move_measure(by=world.actor("amir"), measure=measure, version=measure.version, state="started")
    pressed = {"once": str(uuid4()), "version": measure.version - 1, "state": "stopped"}
    answer = world.client("ingrid").post(f"/utviklingsplan/tiltak/{measure.pk}/flytt/", pressed, follow=True)
    assert "Noen andre endret dette" in text_of(answer)
    assert only(Measure, pk=measure.pk).state == "started"


def test_the_one_who_sees_to_a_measure_gives_a_status_in_two_choices(world: World, plan: Plan) -> None:
    measure, silje = only(Measure, goal__plan=plan), world.client("silje")
    answer = sent(silje, f"/utviklingsplan/tiltak/{measure.pk}/status/", going="on_way", as_planned="yes")
    assert answer.status_code == 302
    assert only(Status, measure=measure).going == "on_way"
    assert "Takk" in text_of(silje.get(answer.headers["Location"]))


def test_a_goal_on_a_result_shows_where_it_starts_and_how_sure_that_is(world: World, plan: Plan, publish: Publish) -> None:
    ingrid, url = world.client("ingrid"), f"/utviklingsplan/{plan.pk}/mal/ny/"
    shown = text_of(ingrid.get(url, {"indicator": TRIVSEL}))
    assert "Dere starter fra 3,7 i 2025-26" in shown
    assert "trolig mellom" in shown
    answer = sent(ingrid, url, title="Flere trives", indicator=TRIVSEL, target="4,0", by_when="2027-05-15")
    goal = only(Goal, title="Flere trives")
    assert answer.headers["Location"] == f"/utviklingsplan/mal/{goal.pk}/"
    assert (goal.base_year, goal.base_value, goal.target) == (2025, 3.7, 4.0)
    assert goal.base_low < 3.7 < goal.base_high
    assert "Trivsel, 10. trinn: startet på 3,7 i 2025-26. Vil opp til 4,0." in text_of(ingrid.get(f"/utviklingsplan/{plan.pk}/"))


def test_who_starts_from_an_old_figure_is_told_that_the_later_ones_are_masked(world: World, plan: Plan) -> None:
    figures = Figures()
    unit = figures.at(world, "elvesletta")
    figures.index(unit, 2023, 3.8)
    for year in (2024, 2025):
        figures.lay(unit, TRIVSEL.replace("/score", ""), year, score=Kind.MASKED)
    shown = text_of(world.client("ingrid").get(f"/utviklingsplan/{plan.pk}/mal/ny/", {"indicator": TRIVSEL}))
    assert "Dere starter fra 3,8 i 2023-24" in shown
    assert "Senere tall kan ikke vises (2024-25, 2025-26)" in shown


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"indicator": TRIVSEL, "target": "42"}, "target", "mellom 1 og 5"),
        ({"indicator": TRIVSEL}, "target", "Skriv tallet"),
        ({"indicator": TRIVSEL, "target": "3,7"}, "target", "Dette er der dere starter: 3,7"),
        ({"indicator": TRIVSEL, "target": "3,1"}, "target", "svakere enn der dere starter: 3,7"),
        ({}, "indicator", "Velg et resultat å følge, eller skriv et tegn"),
        ({"indicator": TRIVSEL, "target": "4", "sign": "Vi ser det."}, "indicator", "ikke begge deler"),
        ({"indicator": "pupil_survey/trivsel/score/9", "target": "4"}, "indicator", "skjermet"),
        ({"sign": "Vi ser det.", "by_when": "2024-05-15"}, "by_when", "i dag eller en senere dag"),
    ],
)
def test_a_goal_that_cannot_be_is_refused_with_what_to_do_and_keeps_what_was_written(
    world: World, plan: Plan, publish: Publish, values: dict[str, str], field: str, says: str
) -> None:
    url = f"/utviklingsplan/{plan.pk}/mal/ny/"
    answer = sent(world.client("ingrid"), url, **{"title": "Flere trives", "by_when": "2027-05-15", **values})
    assert answer.status_code == 422
    assert says in str(answer.context["form"].errors[field])
    assert "Flere trives" in text_of(answer)
    assert not Goal._base_manager.filter(title="Flere trives").exists()


def goal_on_trivsel(world: World, plan: Plan) -> Goal:
    return actions.add_goal(
        by=world.actor("ingrid"), plan=plan, title="Flere trives", by_when=clock.today(), indicator=TRIVSEL, target=4.0
    )


def test_a_goal_is_not_reached_before_there_is_a_newer_figure_at_the_target(world: World, plan: Plan, publish: Publish) -> None:
    goal, by = goal_on_trivsel(world, plan), world.actor("ingrid")
    said: dict[str, Any] = {"by": by, "goal": goal, "decision": "continue", "why": "Elevene sier det.", "pupils": "Det er bedre."}
    with pytest.raises(ActionError, match="nyere tall"):
        actions.evaluate(**said, outcome="reached")
    publish(2026, 3.9)
    with pytest.raises(ActionError, match="ikke nådd målet"):
        actions.evaluate(**said, outcome="reached")
    publish(2027, 4.1)
    frozen = actions.evaluate(**said, outcome="reached").evidence
    assert (frozen["target_met"], frozen["has_new_figure"]) == (True, True)
    assert [point["year"] for point in frozen["points"]] == [2022, 2023, 2024, 2025, 2026, 2027]


def test_an_evaluation_keeps_the_figures_as_they_stood(world: World, plan: Plan, publish: Publish) -> None:
    goal, ingrid = goal_on_trivsel(world, plan), world.client("ingrid")
    page = text_of(ingrid.get(f"/utviklingsplan/mal/{goal.pk}/evaluering/"))
    assert "Ikke noe nyere tall ennå" in page
    answer = sent(
        ingrid, f"/utviklingsplan/mal/{goal.pk}/evaluering/", outcome="cannot_tell", decision="adjust", why="For tidlig å si."
    )
    assert answer.status_code == 302
    publish(2026, 4.4)
    kept = only(Evaluation, goal=goal).evidence
    assert [point["value"] for point in kept["points"]] == [3.9, 3.8, 3.8, 3.7]
    assert "For tidlig å si." in text_of(ingrid.get(answer.headers["Location"]))


def test_an_indicator_goal_keeps_its_base_when_only_its_words_change(world: World, plan: Plan, publish: Publish) -> None:
    goal = goal_on_trivsel(world, plan)
    publish(2026, 4.4)
    actions.change_goal(
        by=world.actor("amir"), goal=goal, version=goal.version, title="Alle trives", by_when=goal.by_when, indicator=TRIVSEL,
        target=4.2,
    )  # fmt: skip
    changed = only(Goal, pk=goal.pk)
    assert (changed.title, changed.base_year, changed.base_value, changed.target) == ("Alle trives", 2025, 3.7, 4.2)


def test_the_schools_own_strengths_are_offered_but_never_written_by_themselves(
    world: World, plan: Plan, publish: Publish
) -> None:
    ingrid, url = world.client("ingrid"), f"/utviklingsplan/{plan.pk}/her-er-vi/ny/"
    before = Note._base_manager.count()
    form = ingrid.get(url, {"slag": "concern", "indicator": TRIVSEL}).context["form"]
    assert (form["kind"].value(), form["indicator"].value(), form["text"].value()) == ("concern", TRIVSEL, None)
    assert Note._base_manager.count() == before
    sent(ingrid, url, kind="concern", text="Færre trives enn før.", indicator=TRIVSEL)
    assert "(Trivsel, 10. trinn)" in text_of(ingrid.get(f"/utviklingsplan/{plan.pk}/"))


def test_no_status_is_asked_for_once_a_goal_is_stopped(world: World, plan: Plan) -> None:
    later = clock.now() + timedelta(weeks=3)
    with clock.frozen(later):
        assert "Tid for kort status" in text_of(world.client("silje").get("/utviklingsplan/mine-tiltak/"))
        actions.evaluate(
            by=world.actor("ingrid"), goal=only(Goal, plan=plan), outcome="partly", decision="stop", why="Vi tar noe annet."
        )
        assert "Tid for kort status" not in text_of(world.client("silje").get("/utviklingsplan/mine-tiltak/"))


def test_the_home_page_names_what_waits(world: World, plan: Plan) -> None:
    assert "Noen er ikke hørt ennå" in text_of(world.client("ingrid").get("/"))
    with clock.frozen(clock.now() + timedelta(weeks=3)):
        assert "1 tiltak venter på en kort status" in text_of(world.client("silje").get("/"))
        assert "Tid for en kort status" in text_of(world.client("ingrid").get("/"))
    with clock.frozen(clock.now() + timedelta(days=151)):
        assert "Det er tid for å evaluere" in text_of(world.client("ingrid").get("/"))


def test_the_printed_document_says_all_of_the_plan_and_its_day(world: World, plan: Plan) -> None:
    page = text_of(world.client("silje").get(f"/utviklingsplan/{plan.pk}/utskrift/"))
    for said in ("Lærerne hilser på elevene", "Alle har noen å være sammen med", "Ingen går alene i storefri",
                 "Voksne på faste plasser", "Ikke hørt ennå: Elever, Foresatte, Hele personalet"):  # fmt: skip
        assert said in page
    assert f"Slik planen var {clock.today().day}." in page


def test_the_overview_tells_stage_and_next_date_but_no_words_of_the_plan(world: World, plan: Plan) -> None:
    goal_in(plan, world.actor("ingrid"), "Et mål som bare skolen ser")
    page = text_of(world.client("berit").get("/utviklingsplan/skolene/"))
    assert "Et mål som bare skolen ser" not in page
    assert "0 / 2" in page


@pytest.mark.parametrize("path", ["", "mine-tiltak/", "mal/"])
def test_lists_and_a_goal_ask_the_same_number_of_questions_whatever_they_hold(world: World, plan: Plan, path: str) -> None:
    by, goal = world.actor("ingrid"), only(Goal, plan=plan)
    silje = world.client("silje")
    url = f"/utviklingsplan/{path}" + (f"{goal.pk}/" if path == "mal/" else "")
    measure = only(Measure, goal=goal)
    actions.give_status(by=by, measure=measure, going="on_way", as_planned="yes")
    actions.add_involvement(by=by, goal=goal, group="pupils", how="Klassemøte", held_on=clock.today())
    actions.evaluate(by=by, goal=goal, outcome="partly", decision="continue", why="Litt igjen.")
    few = count_queries(silje, url)
    for number in range(4):
        row = measure_in(world, goal, by)
        measure_in(world, goal_in(plan, by, f"Mål {number}"), by)
        actions.give_status(by=by, measure=row, going="slow", as_planned="partly")
        actions.evaluate(by=by, goal=goal, outcome="partly", decision="continue", why="Litt igjen.")
    assert count_queries(silje, url) == few
