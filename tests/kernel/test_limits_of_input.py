"""What is sent has bounds: bodies, dates, texts to compare; and a form that was changed is another form."""

import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django import forms
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from samskap.improve.models import Goal
from samskap.kernel import clock, scope
from samskap.kernel.history import words_changed
from samskap.kernel.ui.fields import DateField
from tests.improve.things import plan_at
from tests.support.world import World

TEXTS = st.text(alphabet="abc .!\nå", max_size=300)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_their_differences(old: str, new: str) -> None:
    pieces = words_changed(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new


def test_the_worst_texts_are_compared_in_a_moment() -> None:
    began = time.monotonic()
    words_changed(("a b " * 1_000)[:3_999], ("b a a " * 700)[:3_999])
    words_changed(". ".join("ab" for _ in range(1_300)), ". ".join("ba" for _ in range(1_300)))
    assert time.monotonic() - began < 5


def test_a_changed_word_in_a_long_text_is_still_found() -> None:
    old = "Elevene går ut. " * 40 + "Voksne står ved porten. " + "Elevene går inn. " * 40
    pieces = words_changed(old, old.replace("porten", "skuret"))
    assert [(p.kind, p.text.strip()) for p in pieces if p.kind != "same"] == [("removed", "porten."), ("added", "skuret.")]


@pytest.mark.parametrize(("day", "fine"), [("2026-11-23", 1), ("9999-12-31", 0), ("0001-01-01", 0), ("2100-12-31", 1)])
def test_a_date_lies_within_reach(day: str, fine: int) -> None:
    class Form(forms.Form):
        day = DateField()

    assert Form({"day": day}).is_valid() == bool(fine)


@pytest.mark.parametrize(("address", "who", "size", "status"), [
    ("people:sign_in", None, 3_000_001, 413), ("results:imports", None, 3_000_001, 413),
    ("results:imports", "henrik", 500_000_000, 413),
])  # fmt: skip
def test_a_body_that_no_form_sends_is_refused_unread(address: str, who: str | None, size: int, status: int, world: World) -> None:
    answer = world.client(who).generic("POST", reverse(address), b"x", CONTENT_LENGTH=str(size))
    assert answer.status_code == status


def test_a_body_without_a_length_is_refused(world: World) -> None:
    answer = world.client(None).generic("POST", "/logg-inn/", b"", HTTP_TRANSFER_ENCODING="chunked")
    assert answer.status_code == 411


def test_a_form_that_was_changed_after_going_back_is_saved_too(world: World) -> None:
    client, plan = world.client("ingrid"), plan_at(world)
    url, by_when = reverse("improve:new_goal", args=[plan.pk]), clock.today() + timedelta(days=90)
    goal = {"once": str(uuid4()), "title": "Ingen er alene", "sign": "Vi ser det.", "by_when": by_when}

    def titles() -> set[str]:
        with scope.tenant_scope(world.tenant_id):
            return set(Goal.objects.filter(plan=plan).values_list("title", flat=True))

    before = titles()
    assert [client.post(url, goal).status_code, client.post(url, goal).status_code] == [302, 302]
    assert titles() - before == {"Ingen er alene"}
    answer = client.post(url, {**goal, "title": "Alle har en voksen å gå til"})
    assert answer.status_code == 422  # the third goal gets a friendly question, with what was written kept
    assert "Alle har en voksen å gå til" in answer.content.decode()
