"""What may be done with a plan, by whom, and what happens when two do it at once."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from samskap.improve import actions, queries
from samskap.improve.models import Evaluation, Goal, Measure, Plan, Status
from samskap.kernel import clock, history, scope
from samskap.kernel.actions import ActionError
from samskap.kernel.doors import open_door
from samskap.kernel.models import AuditEntry, Revision
from samskap.kernel.policy import NotAllowed
from tests.improve.things import goal_in, measure_in, plan_at
from tests.support.world import World


def only_goal(plan: Plan) -> Goal:
    return Goal._base_manager.select_related("plan__school").get(plan=plan)


def only_measure(plan: Plan) -> Measure:
    return Measure._base_manager.select_related("goal__plan").get(goal__plan=plan)


def test_one_plan_per_school_and_period(world: World) -> None:
    plan_at(world)
    for start, length in ((2026, 1), (2025, 2)):
        with pytest.raises(ActionError):
            actions.start_plan(by=world.actor("ingrid"), school=world.school("elvesletta"), first_year=start, length=length)


@pytest.mark.parametrize("who", ["silje", "arne", "henrik", "liv", "geir", "per", "marte", "nina"])
def test_others_than_leader_and_group_begin_no_plan(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        actions.start_plan(by=world.actor(who), school=world.school("elvesletta"), first_year=2026)


@pytest.mark.parametrize("who", ["silje", "arne", "henrik", "geir", "per", "marte"])
def test_others_write_nothing_in_it(world: World, who: str) -> None:
    plan, by = plan_at(world, shared=True), world.actor(who)
    goal = only_goal(plan)
    for write in (
        lambda: actions.add_note(by=by, plan=plan, kind="concern", text="x"),
        lambda: actions.set_direction(by=by, plan=plan, version=plan.version, direction="x"),
        lambda: goal_in(plan, by),
        lambda: actions.evaluate(by=by, goal=goal, outcome="partly", decision="stop", why="x"),
        lambda: actions.share_plan(by=by, plan=plan, shared=False),
    ):
        with pytest.raises(NotAllowed):
            write()


def test_the_one_who_saves_last_overwrites_nobody(world: World) -> None:
    plan = plan_at(world)
    seen = plan.version
    actions.set_direction(by=world.actor("ingrid"), plan=plan, version=seen, direction="Ingrids tekst")
    with pytest.raises(history.Conflict) as conflict:
        actions.set_direction(by=world.actor("amir"), plan=plan, version=seen, direction="Amirs tekst")
    assert isinstance(conflict.value.latest, Plan)
    assert conflict.value.latest.direction == "Ingrids tekst"


def test_both_texts_are_shown_and_the_second_try_saves(world: World) -> None:
    plan = plan_at(world)
    url = f"/utviklingsplan/{plan.pk}/retning/"
    amir = world.client("amir")
    page = amir.get(url)
    actions.set_direction(by=world.actor("ingrid"), plan=plan, version=plan.version, direction="Ingrid skrev dette.")
    sent = {"direction": "Amir skrev noe annet.", "version": page.context["form"]["version"].value(),
            "once": page.context["form"]["once"].value()}  # fmt: skip
    answer = amir.post(url, sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Ingrid" in text
    assert "Amir skrev noe annet." in text
    form = answer.context["form"]
    again = amir.post(url, {**sent, "version": form["version"].value(), "once": form["once"].value()})
    assert again.status_code == 302
    assert Plan._base_manager.get(pk=plan.pk).direction == "Amir skrev noe annet."


def test_a_double_click_adds_one_goal(world: World) -> None:
    plan = plan_at(world)
    client = world.client("ingrid")
    url = f"/utviklingsplan/{plan.pk}/mal/ny/"
    once = client.get(url).context["form"]["once"].value()
    sent = {"title": "Et mål til", "sign": "Vi ser det.", "by_when": "2027-05-15", "once": once, "indicator": ""}
    first, second = client.post(url, sent), client.post(url, sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"] == second.headers["Location"]
    assert Goal._base_manager.filter(plan=plan).count() == 2


def test_the_third_goal_asks_first(world: World) -> None:
    plan = plan_at(world)
    goal_in(plan, world.actor("ingrid"), "Mål to")
    client = world.client("ingrid")
    url = f"/utviklingsplan/{plan.pk}/mal/ny/"
    sent = {"title": "Mål tre", "sign": "Vi ser det.", "by_when": "2027-05-15", "indicator": ""}
    asked = client.post(url, {**sent, "once": client.get(url).context["form"]["once"].value()})
    assert asked.status_code == 422
    once = asked.context["form"]["once"].value()
    assert client.post(url, {**sent, "once": once, "three_is_fine": "on"}).status_code == 302


def test_planned_is_not_started_and_a_status_starts_it(world: World) -> None:
    plan = plan_at(world)
    measure = only_measure(plan)
    assert (measure.state, measure.started_on) == ("planned", None)
    actions.give_status(by=world.actor("silje"), measure=measure, going="slow", as_planned="no")
    assert only_measure(plan).state == "planned"
    actions.give_status(by=world.actor("silje"), measure=only_measure(plan), going="on_way", as_planned="yes")
    assert only_measure(plan).state == "started"


def test_a_status_comes_from_those_who_do_it(world: World) -> None:
    measure = only_measure(plan_at(world))
    for who in ("marte", "arne", "henrik", "per", "geir"):
        with pytest.raises(NotAllowed):
            actions.give_status(by=world.actor(who), measure=measure, going="on_way", as_planned="yes")
    assert not Status._base_manager.exists()


def test_nothing_is_called_reached_without_somebody_saying_so(world: World) -> None:
    plan = plan_at(world)
    by, goal = world.actor("ingrid"), only_goal(plan)
    with pytest.raises(ActionError):
        actions.evaluate(by=by, goal=goal, outcome="reached", decision="stop", why="Vi tror det.")
    with pytest.raises(ActionError):
        actions.evaluate(by=by, goal=goal, outcome="partly", decision="stop", why="  ")
    actions.evaluate(by=by, goal=goal, outcome="reached", decision="stop", why="Telt.", pupils="Ja, nå er det noen.")
    assert Evaluation._base_manager.get().outcome == "reached"


def test_an_evaluated_goal_stays_in_the_plan(world: World) -> None:
    plan = plan_at(world)
    by, goal = world.actor("ingrid"), only_goal(plan)
    actions.evaluate(by=by, goal=goal, outcome="partly", decision="continue", why="Litt igjen.")
    with pytest.raises(ActionError):
        actions.remove_goal(by=by, goal=goal, version=goal.version)


def test_the_next_period_takes_along_what_goes_on(world: World) -> None:
    plan = plan_at(world)
    by = world.actor("ingrid")
    stopped = goal_in(plan, by, "Dette stopper vi")
    actions.evaluate(by=by, goal=stopped, outcome="not_reached", decision="stop", why="Feil mål.")
    new = actions.continue_plan(by=by, plan=plan)
    assert [goal.title for goal in Goal._base_manager.filter(plan=new)] == ["Ingen går alene i storefri"]
    with pytest.raises(NotAllowed):
        actions.add_note(by=by, plan=plan, kind="concern", text="For sent")


def test_the_owner_reads_the_content_only_while_it_is_shared(world: World) -> None:
    plan = plan_at(world)
    henrik, ingrid = world.client("henrik"), world.actor("ingrid")
    assert henrik.get(f"/utviklingsplan/{plan.pk}/").status_code == 404
    overview = henrik.get("/utviklingsplan/skolene/").content.decode()
    assert "Elvesletta" in overview
    assert "Alle har noen å være sammen med" not in overview
    actions.share_plan(by=ingrid, plan=plan, shared=True)
    assert henrik.get(f"/utviklingsplan/{plan.pk}/").status_code == 200
    actions.share_plan(by=ingrid, plan=plan, shared=False)
    assert henrik.get(f"/utviklingsplan/{plan.pk}/").status_code == 404


def test_a_plan_that_says_too_little_is_not_shared(world: World) -> None:
    plan = actions.start_plan(by=world.actor("ingrid"), school=world.school("elvesletta"), first_year=2026)
    with pytest.raises(ActionError):
        actions.share_plan(by=world.actor("ingrid"), plan=plan, shared=True)


def test_the_history_keeps_every_version_and_shows_what_differs(world: World) -> None:
    plan = plan_at(world)
    by, goal = world.actor("amir"), only_goal(plan)
    actions.change_goal(
        by=by, goal=goal, version=goal.version, title="Ingen går alene i friminuttene", by_when=goal.by_when, sign=goal.sign
    )
    with scope.tenant_scope(world.tenant_id):
        change = next(c for c in queries.history_of(plan) if c.kind == "goal" and not c.first)
    pieces = [(piece.kind, piece.text.strip()) for piece in change.differences[0].pieces]
    assert ("removed", "storefri") in pieces
    assert ("added", "friminuttene") in pieces
    assert change.who == "Amir Rahimi"


def test_a_revision_cannot_be_rewritten(world: World) -> None:
    plan_at(world)
    with scope.tenant_scope(world.tenant_id), open_door(), pytest.raises(DatabaseError), transaction.atomic():
        Revision.objects.update(data={})


def test_every_write_leaves_an_audit_row_without_text(world: World) -> None:
    before = AuditEntry.objects.count()
    plan = plan_at(world)
    rows = list(AuditEntry.objects.order_by("id")[before:])
    verbs = [row.verb.removeprefix("improve.") for row in rows]
    assert verbs == ["plan_started", "note_added", "direction_written", "goal_added", "measure_planned"]
    assert "Lærerne" not in str([row.detail for row in rows])
    assert rows[0].object_id == str(plan.pk)


def test_a_measure_ends_after_it_begins(world: World) -> None:
    plan = plan_at(world)
    today = clock.today()
    with pytest.raises(ActionError):
        actions.add_measure(
            by=world.actor("ingrid"), goal=only_goal(plan), what="x", responsible=world.person("silje"), for_whom="y",
            expected="z", starts=today, ends=today - timedelta(days=1),
        )  # fmt: skip


def test_nobody_is_heard_in_the_future(world: World) -> None:
    goal = only_goal(plan_at(world))
    with pytest.raises(ActionError):
        actions.add_involvement(
            by=world.actor("ingrid"), goal=goal, group="pupils", how="Klassemøte", held_on=clock.today() + timedelta(days=1)
        )


@pytest.mark.parametrize("path", ["", "historikk/", "utskrift/"])
def test_pages_ask_the_same_number_of_questions_whatever_the_plan_holds(world: World, path: str) -> None:
    plan = plan_at(world)
    by, client, url = world.actor("ingrid"), world.client("ingrid"), f"/utviklingsplan/{plan.pk}/{path}"
    small = count_queries(client, url)
    for number in range(6):
        goal = goal_in(plan, by, f"Mål {number}")
        for _ in range(3):
            measure = measure_in(world, goal, by)
            actions.give_status(by=by, measure=measure, going="on_way", as_planned="yes")
        actions.add_involvement(by=by, goal=goal, group="pupils", how="Klassemøte", held_on=clock.today())
    assert count_queries(client, url) == small


def count_queries(client: object, url: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries_made:
        assert client.get(url).status_code == 200  # type: ignore[attr-defined]  # a test client
    return len(queries_made)


def test_the_next_period_takes_along_what_is_going_on_but_not_what_is_done(world: World) -> None:
    plan = plan_at(world)
    by, goal = world.actor("ingrid"), only_goal(plan)
    actions.give_status(by=by, measure=measure_in(world, goal, by), going="well", as_planned="yes", carried_out=True)
    running = measure_in(world, goal, by)
    actions.give_status(by=by, measure=running, going="well", as_planned="yes")
    actions.evaluate(by=by, goal=goal, outcome="partly", decision="adjust", why="Litt igjen.")
    new = actions.continue_plan(by=by, plan=plan)
    carried = Measure._base_manager.filter(goal__plan=new)
    assert sorted(carried.values_list("state", flat=True)) == ["planned", "started"]
    assert only_started(new).started_on == only_started(plan).started_on


def only_started(plan: Plan) -> Measure:
    return Measure._base_manager.get(goal__plan=plan, state="started")


def test_no_goal_slips_away_into_the_next_period_without_its_evaluation(world: World) -> None:
    plan = plan_at(world)
    by = world.actor("ingrid")
    with clock.frozen(clock.now() + timedelta(days=150)), pytest.raises(ActionError, match="Ingen går alene i storefri"):
        actions.continue_plan(by=by, plan=plan)
    assert Plan._base_manager.get(pk=plan.pk).closed_at is None
