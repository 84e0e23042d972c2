"""Nothing ends against a "no": whoever said it stays in the count, and after a new beginning everything is looked at anew."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samskap.cases import actions
from samskap.cases.actions.ending import obstacles
from samskap.cases.models import Answer, Case, CasePupil
from samskap.cases.views.steps import PUPIL
from samskap.kernel import clock, scope
from samskap.kernel.actions import ActionError
from samskap.kernel.doors import open_door
from tests.cases import following
from tests.support.world import World
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
        with pytest.raises(ActionError, match="taken out"):
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
