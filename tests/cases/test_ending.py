"""Nothing ends against a "no": whoever said it stays in the count, and after a new beginning everything is looked at anew."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samskap.cases import actions, queries, rules
from samskap.cases.actions.ending import obstacles
from samskap.cases.models import Answer, Case, CasePupil, Measure, Plan
from samskap.cases.standing import lacking_in
from samskap.cases.views.steps import PUPIL
from samskap.kernel import clock, scope
from samskap.kernel.actions import ActionError
from samskap.kernel.doors import open_door
from samskap.voice import actions as voice_actions
from tests.cases import following
from tests.support.world import World
from tests.voice import telling
from tests.voice.things import shown

TWO = ("Noah Bergli", "Sara Haugfoss")
WHY = "Det viser seg at hun ikke var der."


@pytest.fixture
def ingrid(world: World) -> Client:
    """Who leads the school."""
    return world.client("ingrid")


def stands(case: Case) -> list[str]:
    """What stands between the case and its end."""
    with scope.tenant_scope(case.tenant_id):
        return [str(obstacle) for obstacle, _pupil in obstacles(following.again(case))]


def left(world: World) -> tuple[Case, CasePupil]:
    """A case about Noah that may end, and Sara's folder, who was taken out before anybody asked her."""
    case = following.ready_to_end(world, *TWO)
    sara = following.folders(case)[1]
    actions.take_out(by=world.actor("ingrid"), pupil=sara, why=WHY)
    return following.again(case), following.folders(case)[1]


# Whoever was taken out.


def test_nothing_is_done_in_the_folder_of_one_who_was_taken_out(world: World) -> None:
    case, sara = left(world)
    by, today = world.actor("ingrid"), clock.today()
    person = world.person("lena")
    does: list[Any] = [
        *(lambda voice=voice: following.says(world, case, "no", voice, pupil=sara) for voice in ("pupil", "guardian")),
        lambda: actions.ask_several(by=by, case=case, said=[actions.Said(sara, "no")], on=today),
        lambda: actions.no_answer(by=by, pupil=sara, why=WHY),
        lambda: actions.weigh(by=by, pupil=sara, text=WHY),
        lambda: actions.hear(by=by, pupil=sara, how="Ingrid", words="Det er ikke bra.", on=today),
        lambda: actions.open_page(by=by, pupil=sara, person=person),
        lambda: following.measure(world, case, pupil=sara),
        lambda: following.meeting(world, case, pupil=sara),
    ]
    for do in does:
        with pytest.raises(ActionError, match=r"taken out|ut av saken"):
            do()
    with scope.tenant_scope(case.tenant_id):
        assert not Answer.objects.filter(pupil=sara).exists()


@pytest.mark.parametrize("step", sorted(PUPIL))
def test_no_step_is_offered_for_one_who_was_taken_out(world: World, ingrid: Client, step: str) -> None:
    _case, sara = left(world)
    assert ingrid.get(reverse("cases:pupil_step", args=[sara.pk, step])).status_code == 404


def test_what_is_sent_from_a_page_that_stood_open_is_refused_and_not_lost(world: World, ingrid: Client) -> None:
    _case, sara = left(world)
    values = {"once": str(uuid4()), "voice": "pupil", "safe": "no", "words": "Det er ikke bra.", "on": clock.today().isoformat()}
    answer = ingrid.post(reverse("cases:pupil_step", args=[sara.pk, "svar"]), values)
    assert answer.status_code == 422
    assert "Legg til eleven igjen først" in shown(answer)
    assert "Det er ikke bra." in shown(answer)


def test_no_page_of_the_family_is_left_open_for_one_who_was_taken_out(world: World) -> None:
    case = following.opened(world, *TWO)
    by, sara = world.actor("ingrid"), following.folders(case)[1]
    for key in ("sara", "lena"):
        actions.open_page(by=by, pupil=sara, person=world.person(key))
    actions.take_out(by=by, pupil=sara, why=WHY)
    for key in ("sara", "lena"):
        url = reverse("cases:family_say", args=[sara.pk])
        assert world.client(key, strong=False).post(url, {"once": str(uuid4()), "safe": "no"}).status_code == 404


def test_a_no_from_home_is_followed_up_and_never_put_away(world: World) -> None:
    case = following.opened(world, *TWO)
    sara = following.folders(case)[1]
    following.says(world, case, "no", "guardian", pupil=sara)
    with pytest.raises(ActionError):
        actions.take_out(by=world.actor("ingrid"), pupil=sara, why=WHY)


@pytest.mark.parametrize(("answer", "voice"), [("no", "pupil"), ("partly", "pupil"), ("no", "guardian")])
def test_one_who_said_no_comes_back_only_as_one_whose_environment_it_is(world: World, answer: str, voice: str) -> None:
    """However the "no" came into a folder that was left: as in cases from before this was refused."""
    case, sara = left(world)
    by, pupil = world.actor("ingrid"), following.pupil(world, TWO[1])
    said = {"guardian_no_at": clock.now()} if voice == "guardian" else {"answer": answer, "answered_at": clock.now()}
    with scope.tenant_scope(case.tenant_id), open_door():
        CasePupil.objects.filter(pk=sara.pk).update(**said)
    with pytest.raises(ActionError):
        actions.add_pupil(by=by, case=case, pupil=pupil, part="involved")
    actions.add_pupil(by=by, case=case, pupil=pupil, part="subject")
    assert ("ask_again" if voice == "guardian" else {"no": "says_no", "partly": "not_yet"}[answer]) in stands(case)


def test_one_who_comes_back_is_asked_anew(world: World) -> None:
    case = following.ready_to_end(world, *TWO)
    by, sara = world.actor("ingrid"), following.folders(case)[1]
    following.says(world, case, "yes", pupil=sara)
    actions.weigh(by=by, pupil=sara, text=WHY)
    actions.take_out(by=by, pupil=sara, why=WHY)
    assert stands(case) == []
    actions.add_pupil(by=by, case=case, pupil=following.pupil(world, TWO[1]), part="subject")
    assert stands(case) == ["not_asked", "no_plan", "no_best_interest"]


# A new beginning.


def took_up(world: World, case: Case) -> None:
    """The leader takes an ended case up again."""
    actions.take_up_again(by=world.actor("ingrid"), case=case, why="Læreren så det samme igjen i går.")


def guardian_says_no(world: World, case: Case) -> None:
    """Somebody at home says no when the case has ended."""
    following.says(world, case, "no", "guardian")


def partly(world: World, case: Case) -> None:
    """The pupil says that it is not good yet when the case has ended."""
    following.says(world, case, "partly")


ANEW = ["no_evaluation", "no_best_interest"]


@pytest.mark.parametrize(
    ("begins", "found"),
    [
        (took_up, ["not_asked", *ANEW]),
        (guardian_says_no, ["not_asked", "ask_again", *ANEW, "find_out"]),
        (partly, ["not_yet", *ANEW]),
    ],
)
def test_a_case_that_begins_again_does_not_end_on_what_was_said_before(
    world: World, begins: Callable[[World, Case], None], found: list[str]
) -> None:
    case = following.ended(world)
    begins(world, case)
    assert stands(case) == found
    following.says(world, case, "yes")
    assert stands(case) == [*ANEW, *(["find_out"] if "find_out" in found else [])]
    following.finds_out(world, case)
    actions.weigh(by=world.actor("ingrid"), pupil=following.folder(case), text=WHY)
    following.evaluated(world, case)
    assert stands(case) == []


def test_not_better_from_a_sender_asks_everybody_again(world: World) -> None:
    report, _holder = telling.from_pupil(world)
    case = following.opened(world, *TWO, reports=(report,))
    for one in following.folders(case):
        following.says(world, case, "yes", pupil=one)
    with scope.tenant_scope(case.tenant_id):
        voice_actions.sender_writes(by=telling.door(world), report=report, key=uuid4(), kind="not_better", text="Det er likt.")
    assert stands(case).count("not_asked") == 2


def test_a_new_report_in_a_case_that_could_end_asks_everybody_again(world: World) -> None:
    case = following.ready_to_end(world)
    before = following.again(case).restarted_at
    actions.join(by=world.actor("ingrid"), case=case, report=telling.from_employee(world, "silje"))
    assert stands(case) == ["not_asked", *ANEW]
    assert following.again(case).restarted_at != before


def test_a_second_report_before_anybody_was_asked_begins_nothing_again(world: World) -> None:
    case = following.opened(world)
    actions.join(by=world.actor("ingrid"), case=case, report=telling.from_employee(world, "silje"))
    assert following.again(case).restarted_at is None


def test_one_pupils_no_in_a_case_that_goes_on_leaves_what_the_others_said(world: World) -> None:
    case = following.opened(world, *TWO)
    noah, sara = following.folders(case)
    for one in (noah, sara):
        following.says(world, case, "yes", pupil=one)
        actions.weigh(by=world.actor("ingrid"), pupil=one, text=WHY)
    following.says(world, case, "no", pupil=noah)
    assert [one.answer for one in following.folders(case)] == ["no", "yes"]
    assert [one.weighed_on is None for one in following.folders(case)] == [True, False]


def test_a_reason_from_before_does_not_stand_in_for_an_answer_after(world: World) -> None:
    case = following.opened(world)
    by, report = world.actor("ingrid"), telling.from_employee(world, "silje")
    actions.no_answer(by=by, pupil=following.folder(case), why=WHY)
    assert "not_asked" not in stands(case)
    actions.join(by=by, case=case, report=report)
    assert "not_asked" in stands(case)
    actions.no_answer(by=by, pupil=following.folder(case), why=WHY)
    assert "not_asked" not in stands(case)


@pytest.mark.parametrize(("safe", "refused"), [("yes", True), ("partly", False), ("no", False)])
def test_a_yes_from_before_is_not_written_down_afterwards(world: World, safe: str, refused: bool) -> None:
    case = following.ended(world)
    took_up(world, case)
    day = clock.today() - timedelta(days=1)
    with pytest.raises(ActionError) if refused else nullcontext():
        actions.ask(by=world.actor("ingrid"), pupil=following.folder(case), voice="pupil", safe=safe, words="Ja", on=day)


def test_an_evaluation_in_which_the_pupil_says_no_is_not_the_one_that_a_case_ends_on(world: World) -> None:
    case = following.opened(world)
    following.in_force(world, case)
    by, held, said = world.actor("ingrid"), following.plan(case), [actions.Said(following.folder(case), "no")]
    with scope.tenant_scope(case.tenant_id):
        verdicts = {row.pk: "continue" for row in Measure.objects.filter(plan=held)}
    actions.evaluate(
        by=by, plan=held, text="Slik er det.", on=clock.today(), verdicts=verdicts, effects={}, next_on=None, said=said
    )
    following.says(world, case, "yes")
    assert stands(case) == ANEW


@pytest.mark.parametrize(("safe", "refused"), [("no", True), ("partly", True), ("yes", False)])
def test_while_a_pupil_is_not_safe_a_day_for_the_next_evaluation_lies_ahead(
    world: World, ingrid: Client, safe: str, refused: bool
) -> None:
    case = following.opened(world)
    held = following.in_force(world, case, evaluate_on=clock.today())
    following.says(world, case, safe)
    with nullcontext() if not refused else pytest.raises(ActionError, match=r"next|neste"):
        following.evaluated(world, case)
    page = ingrid.get(reverse("cases:plan", args=[held.pk])).content.decode()
    assert ("Ingen dag er satt." in page) is not refused  # a day that is past is no day to wait for


@pytest.mark.parametrize("days", [-3, -1, 1])
def test_a_plan_is_evaluated_on_a_day_on_which_it_was_in_force(world: World, days: int) -> None:
    case = following.opened(world)
    held = following.in_force(world, case)
    with scope.tenant_scope(case.tenant_id):
        verdicts = {row.pk: "continue" for row in Measure.objects.filter(plan=held)}
    with pytest.raises(ActionError):
        actions.evaluate(by=world.actor("ingrid"), plan=held, text="Bra.", on=clock.today() + timedelta(days), verdicts=verdicts,
                         effects={}, next_on=None)  # fmt: skip


def test_an_evaluation_from_before_is_not_written_down_afterwards(world: World) -> None:
    with clock.frozen(clock.now() - timedelta(days=10)):
        case = following.ended(world)
    took_up(world, case)
    held = following.plan(case)
    with scope.tenant_scope(case.tenant_id):
        verdicts = {row.pk: "continue" for row in Measure.objects.filter(plan=held)}
    with pytest.raises(ActionError, match=r"began again|på nytt"):
        actions.evaluate(by=world.actor("ingrid"), plan=held, text="Bra.", on=clock.today() - timedelta(days=1),
                         verdicts=verdicts, effects={}, next_on=None)  # fmt: skip


# A plan in force stays whole.


def press(client: Client, name: str, row: Any, step: str, **values: Any) -> Any:
    """Send a step's form."""
    return client.post(reverse(f"cases:{name}", args=[row.pk, step]), {"once": str(uuid4()), **values})


AHEAD = "2099-01-01"


@pytest.mark.parametrize(
    ("problem", "evaluate_on", "said"),
    [
        ("", AHEAD, "Da må det stå hva den skal løse"),
        (" ", "", "hva den skal løse"),
        ("Noah er alene.", "", "en dag for evalueringen"),
    ],
)
def test_a_plan_in_force_is_not_emptied(world: World, ingrid: Client, problem: str, evaluate_on: str, said: str) -> None:
    case = following.opened(world)
    held = following.in_force(world, case)
    answer = press(ingrid, "plan_step", held, "skriv", version=held.version, problem=problem, evaluate_on=evaluate_on)
    assert answer.status_code == 422
    assert said in shown(answer)
    assert following.plan(case).version == held.version


def test_a_plan_that_is_not_in_force_yet_may_be_written_bit_by_bit(world: World) -> None:
    held = following.plan(following.opened(world))
    assert actions.write_plan(by=world.actor("ingrid"), plan=held, version=0, problem="", evaluate_on=None).version == 1


def test_what_a_plan_over_its_date_says_is_changed_without_another_date(world: World) -> None:
    """Otherwise whoever corrects a word would hide that the evaluation is over the date."""
    with clock.frozen(clock.now() - timedelta(days=30)):
        case = following.opened(world)
        held = following.in_force(world, case, evaluate_on=clock.today() + timedelta(days=14))
    by = world.actor("ingrid")
    changed = actions.write_plan(by=by, plan=held, version=held.version, problem="Alene ute.", evaluate_on=held.evaluate_on)
    assert changed.evaluate_on == held.evaluate_on
    with pytest.raises(ActionError):
        actions.write_plan(by=by, plan=held, version=changed.version, problem="Alene.", evaluate_on=clock.today() - timedelta(1))


def test_the_only_measure_of_a_plan_in_force_is_not_removed_and_keeps_who_and_when(world: World) -> None:
    case = following.opened(world, *TWO)
    following.in_force(world, case)
    by, sara = world.actor("ingrid"), following.folders(case)[1]
    with scope.tenant_scope(case.tenant_id):
        row = Measure.objects.get(case=case)
    with pytest.raises(ActionError):
        actions.remove_measure(by=by, row=row, why="Det ble feil.")
    amir, today = world.person("amir"), clock.today()
    for words in (
        actions.NewMeasure("Amir er ute.", None, today),
        actions.NewMeasure("Amir er ute.", amir, None),
        actions.NewMeasure("Amir er ute.", amir, today, pupil=sara),
    ):
        with pytest.raises(ActionError):
            actions.change_measure(by=by, row=row, measure=words)
    following.measure(world, case, into=following.plan(case))
    actions.remove_measure(by=by, row=row, why="Det ble feil.")


def test_a_measure_that_lacks_something_is_not_delayed_and_the_case_does_not_end_with_it(world: World, ingrid: Client) -> None:
    case = following.ready_to_end(world)
    by, held = world.actor("ingrid"), following.plan(case)
    made = actions.add_measure(
        by=by, case=case, measure=actions.NewMeasure("Vi følger Noah til bussen."), plan=held, started=True
    )
    following.evaluated(world, case)
    assert stands(case) == ["plan_lacks"]
    assert "Gjelder, men noe mangler" in shown(ingrid.get(reverse("cases:plan", args=[held.pk])))
    page = shown(ingrid.get(reverse("cases:case", args=[case.pk])))
    assert "Noe mangler i planen for Noah Bergli." in page
    with scope.tenant_scope(case.tenant_id):
        for found in (queries.lines([following.again(case)])[0], queries.opened(following.again(case))):
            assert found.next == (rules.Next.HEAR, rules.Next.PLAN)
    whole = actions.NewMeasure("Vi følger Noah til bussen.", world.person("amir"), clock.today())
    actions.change_measure(by=by, row=made, measure=whole)
    following.evaluated(world, case)
    assert stands(case) == []


def test_a_plan_that_was_emptied_before_this_was_refused_does_not_end_a_case(world: World) -> None:
    case = following.ready_to_end(world)
    held = following.plan(case)
    with scope.tenant_scope(case.tenant_id), open_door():
        Plan.objects.filter(pk=held.pk).update(evaluate_on=None)
    assert stands(case) == ["plan_lacks"]


def test_the_list_and_the_case_see_the_same_plans_as_not_complete(world: World) -> None:
    """A plan whose only measure another plan lends it is complete."""
    case = following.opened(world, *TWO)
    following.in_force(world, case)
    by, (noah, sara) = world.actor("ingrid"), following.folders(case)
    assert noah.plan is not None
    assert sara.plan is not None
    following.measure(world, case, into=noah.plan, touched=[sara])
    actions.write_plan(by=by, plan=sara.plan, version=following.folders(case)[1].plan.version, problem="Alene.",  # type: ignore[union-attr]
                       evaluate_on=clock.today() + timedelta(14))  # fmt: skip
    actions.put_in_force(by=by, plan=sara.plan)
    with scope.tenant_scope(case.tenant_id):
        assert (
            lacking_in(following.folders(case))
            == {one.row.pk for one in queries.opened(following.again(case)).plans if one.missing}
            == set()
        )


def test_a_day_that_has_passed_is_not_moved_instead_of_evaluating(world: World) -> None:
    ingrid, case = world.client("ingrid"), following.opened(world)
    plan = following.in_force(world, case, evaluate_on=clock.today())

    def writes(day: str) -> Any:
        held = following.plan(case)
        return press(ingrid, "plan_step", plan, "skriv", version=held.version, problem="Han er alene.", evaluate_on=day)

    with clock.frozen(clock.now() + timedelta(days=1)):
        set_before, later = following.plan(case).evaluate_on, (clock.today() + timedelta(days=20)).isoformat()
        refused = writes(later)
        assert (refused.status_code, "Planen skulle vært evaluert nå" in shown(refused)) == (422, True)
        assert set_before is not None
        assert writes(set_before.isoformat()).status_code == 302
        following.evaluated(world, case)
        assert writes(later).status_code == 302
    assert str(following.plan(case).evaluate_on) == later
