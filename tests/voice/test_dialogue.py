"""The dialogue of one who holds code words: what they open, what is written once, and where the words are never found."""

import logging
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from samskap.kernel import clock, scope
from samskap.kernel.doors import open_door
from samskap.voice import actions, queries
from samskap.voice.models import Attachment, Message, Report
from samskap.voice.receipt import WORDS
from samskap.voice.sealed import Holder
from samskap.voice.views.dialogue import MISSES
from tests.support.world import World
from tests.voice import telling, things
from tests.voice.things import shown, tells, words_on

NOT_WORDS, WRONG = "abbor abbor abbor abbor abbor abbor", " ".join(WORDS[:6])


@pytest.fixture
def pupil() -> Client:
    return Client()


@pytest.fixture
def told(world: World) -> tuple[Report, Holder]:
    return telling.from_pupil(world)


def opens(client: Client, words: str, **values: Any) -> Any:
    return client.post(reverse("voice:dialogue"), {"words": words, **values})


def writes(client: Client, words: str, kind: str = "addition", text: str = "Det skjedde igjen.", **values: Any) -> Any:
    return opens(client, words, **{"key": str(uuid4()), "kind": kind, "text": text, **values})


def dialogue(report: Report) -> list[tuple[str, str | None]]:
    with scope.tenant_scope(report.tenant_id):
        return [(said.row.kind, said.text) for said in queries.opened(telling.again(report)).dialogue]


@pytest.mark.parametrize("typed", [
    "{}", "  {}. ", "{upper}", "{commas}", "{lines}", "{hyphens}", "{plain}", "{doubled}",
])  # fmt: skip
def test_words_open_however_they_are_typed(world: World, pupil: Client, told: tuple[Report, Holder], typed: str) -> None:
    words = told[1].words
    plain = words.replace("å", "a").replace("ø", "o").replace("æ", "ae")
    doubled = words.replace("å", "aa").replace("ø", "oe").replace("æ", "ae")
    between = {"commas": ", ".join(words.split()), "lines": "\n".join(words.split()), "hyphens": "-".join(words.split())}
    answer = opens(pupil, typed.format(words, upper=words.upper(), plain=plain, doubled=doubled, **between))
    assert answer.status_code == 200
    assert telling.WHAT in shown(answer)


def test_the_words_of_a_receipt_lead_to_what_was_told(world: World, pupil: Client) -> None:
    answer = tells(pupil, things.address(world), what="Det skjer i garderoben.", named="yes", name="Maja Lund")
    page = shown(opens(Client(), words_on(answer)))
    assert "Det skjer i garderoben." in page
    assert "Maja Lund" in page
    assert "Ledelsen ved skolen har meldingen. Ingen har tatt den ennå." in page


def test_what_one_told_stands_in_ones_own_words_and_not_about_one(world: World, pupil: Client) -> None:
    report, holder = telling.from_pupil(world)
    assert "<dd>Meg</dd>" in shown(opens(pupil, holder.words))
    assert "Den som forteller" in shown(world.client("ingrid").get(things.page(report)))


def test_an_answer_is_shown_with_the_name_of_the_one_who_wrote_it(
    world: World, pupil: Client, told: tuple[Report, Holder]
) -> None:
    report, holder = told
    by = world.actor("ingrid")
    actions.take(by=by, report=report)
    actions.say(by=by, report=report, kind="answer", text="Takk. Jeg snakker med klassen i morgen.")
    page = shown(opens(pupil, holder.words))
    assert "Takk. Jeg snakker med klassen i morgen." in page
    assert page.count("Ingrid Haugdal") >= 2
    assert "Noen tok den" in page


def test_a_question_is_answered_and_the_leader_reads_it(world: World, pupil: Client, told: tuple[Report, Holder]) -> None:
    report, holder = told
    ingrid = world.actor("ingrid")
    actions.say(by=ingrid, report=report, kind="question", text="Når skjer det?")
    assert not queries.has_news(telling.again(report))
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        answer = writes(pupil, holder.words, text="Hver onsdag.")
    assert "Sendt." in shown(answer)
    assert queries.has_news(telling.again(report))
    assert dialogue(report) == [("question", "Når skjer det?"), ("addition", "Hver onsdag.")]
    assert "Hver onsdag." in shown(world.client("ingrid").get(reverse("voice:report", args=[report.pk])))


def test_a_double_click_writes_once(pupil: Client, told: tuple[Report, Holder]) -> None:
    report, holder = told
    key = str(uuid4())
    answers = [writes(pupil, holder.words, key=key) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}
    assert len(dialogue(report)) == 1


def test_a_changed_text_with_the_same_key_is_not_lost(pupil: Client, told: tuple[Report, Holder]) -> None:
    report, holder = told
    key = str(uuid4())
    writes(pupil, holder.words, key=key, text="Først dette.")
    writes(pupil, holder.words, key=key, text="Så dette.")
    assert {text for _kind, text in dialogue(report)} == {"Først dette.", "Så dette."}


@pytest.mark.parametrize("kind", ["better", "not_better"])
def test_better_or_not_better_needs_no_words(pupil: Client, told: tuple[Report, Holder], kind: str) -> None:
    report, holder = told
    assert writes(pupil, holder.words, kind, text="").status_code == 200
    assert dialogue(report) == [(kind, "")]


def test_an_addition_needs_some(pupil: Client, told: tuple[Report, Holder]) -> None:
    report, holder = told
    answer = writes(pupil, holder.words, text=" ")
    assert answer.status_code == 422
    assert "Skriv noe først." in shown(answer)
    assert dialogue(report) == []


@pytest.mark.parametrize("kind", ["answer", "question", "happened", "", "x"])
def test_a_sender_cannot_write_as_the_adult(pupil: Client, told: tuple[Report, Holder], kind: str) -> None:
    report, holder = told
    assert writes(pupil, holder.words, kind).status_code == 422
    assert dialogue(report) == []


def test_not_better_brings_it_back_into_the_list(world: World, pupil: Client, told: tuple[Report, Holder]) -> None:
    report, holder = told
    ingrid = world.actor("ingrid")
    earlier, _words = telling.from_pupil(world, what="Det samme, før.")
    actions.opened(by=ingrid, report=report)
    actions.take(by=ingrid, report=report)
    actions.close(by=ingrid, report=report, outcome="duplicate", same_as=earlier)
    assert report not in queries.inbox(ingrid)
    writes(pupil, holder.words, "not_better", text="Det er akkurat likt.")
    assert report in queries.inbox(ingrid)
    assert telling.again(report).responsible_id == ingrid.person_id


def test_an_image_may_come_later_and_is_sealed(world: World, pupil: Client, told: tuple[Report, Holder]) -> None:
    report, holder = told
    assert writes(pupil, holder.words, text="", images=[things.uploaded()]).status_code == 200
    (row,) = Attachment._base_manager.all()
    assert row.message_id is not None
    assert b"\xff\xd8\xff" not in bytes(row.content)
    refused = writes(pupil, holder.words, text="Se her.", images=[things.uploaded(b"tekst")])
    assert refused.status_code == 422
    assert "Se her." in shown(refused)
    assert len(dialogue(report)) == 1


def test_naming_the_leadership_makes_it_the_owners_alone(world: World, pupil: Client, told: tuple[Report, Holder]) -> None:
    report, holder = told
    actions.take(by=world.actor("ingrid"), report=report)
    for _ in range(2):
        assert "Bare kommunen ser det fra nå av." in shown(opens(pupil, holder.words, leadership="1"))
    found = telling.again(report)
    assert (found.receiver, found.concerns, found.responsible_id, found.opened_at) == ("owner", "leadership", None, None)
    assert world.client("ingrid").get(reverse("voice:report", args=[report.pk])).status_code == 404
    assert found in queries.inbox(world.actor("jonas"))
    assert "Kommunen har den. Ingen har tatt den ennå." in shown(opens(pupil, holder.words))


def test_what_was_said_before_goes_along_to_the_owner_and_the_sender_still_reads_it(
    world: World, pupil: Client, told: tuple[Report, Holder]
) -> None:
    report, holder = told
    actions.say(by=world.actor("ingrid"), report=report, kind="answer", text="Jeg følger med.")
    opens(pupil, holder.words, leadership="1")
    actions.say(by=world.actor("jonas"), report=report, kind="answer", text="Kommunen har den nå.")
    page = shown(opens(pupil, holder.words))
    assert "Jeg følger med." in page
    assert "Kommunen har den nå." in page


@pytest.mark.parametrize("words", ["", " ", "ett to", NOT_WORDS, WRONG, "x" * 5_000, "\x00", "🙂 " * 6, f"{WRONG} abbor"])
def test_wrong_words_get_one_answer_whatever_was_wrong(
    pupil: Client, told: tuple[Report, Holder], words: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(10):
        answer = opens(pupil, words)
    assert answer.status_code == 422
    assert "data-words" not in shown(answer)
    assert telling.WHAT not in shown(answer)


def test_five_of_six_words_are_not_enough(pupil: Client, told: tuple[Report, Holder]) -> None:
    words = told[1].words.split()
    other = next(word for word in WORDS if word not in words)
    for typed in (words[:5], [*words[:5], other], [other, *words[1:]], [*words, words[0]]):
        assert opens(pupil, " ".join(typed)).status_code == 422


def test_many_misses_make_those_who_miss_wait_and_nobody_else(pupil: Client, told: tuple[Report, Holder]) -> None:
    with clock.frozen(clock.now()):
        got = [opens(pupil, WRONG).status_code for _ in range(MISSES)]
        assert set(got) == {422}
        late = opens(pupil, WRONG)
        assert late.status_code == 429
        assert "Vent et minutt" in shown(late)
        assert opens(pupil, told[1].words).status_code == 200
        assert writes(pupil, told[1].words).status_code == 200
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        assert opens(pupil, WRONG).status_code == 422


def _titles_and_addresses(answer: HttpResponseBase) -> str:
    title = re.search("<title>(.*?)</title>", shown(answer))
    assert title
    return " ".join([title[1], *re.findall(r'(?:href|action|src)="([^"]*)"', shown(answer))]).casefold()


def test_words_stand_in_no_address_cookie_log_or_title(world: World, pupil: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        receipt = tells(pupil, things.address(world))
        words = words_on(receipt)
        answers = [
            receipt, opens(pupil, words), writes(pupil, words), opens(pupil, words, leadership="1"),
            pupil.post(reverse("voice:card"), {"words": words}), opens(pupil, f"{words} x"),
        ]  # fmt: skip
    said = [words, words.replace(" ", "+"), words.replace(" ", "%20"), "-".join(words.split())]
    for answer in answers:
        assert answer.cookies == {}
        assert not any(one in str(dict(answer.headers)) for one in said)
    # A word may happen to be one of the page's own ("fram"): that stands there for everybody.
    own = _titles_and_addresses(tells(Client(), things.address(world)))
    for answer in answers[:-2]:
        where = _titles_and_addresses(answer)
        assert not [word for word in words.split() if re.search(rf"\b{word}\b", where) and not re.search(rf"\b{word}\b", own)]
    sql = [record for record in caplog.records if record.name != "django.db.backends"]
    assert not [record for record in sql if any(one in record.getMessage() for one in said)]


def test_a_form_with_words_is_sent_in_the_body_and_never_in_an_address(pupil: Client, told: tuple[Report, Holder]) -> None:
    for page in (pupil.get(reverse("voice:dialogue")), opens(pupil, told[1].words)):
        forms = re.findall(r"<form\b[^>]*>", shown(page))
        assert forms
        assert all('method="post"' in form for form in forms)
    assert telling.WHAT not in shown(pupil.get(reverse("voice:dialogue"), {"words": told[1].words}))


def test_the_card_is_a_document_without_what_was_told(pupil: Client, told: tuple[Report, Holder]) -> None:
    answer = pupil.post(reverse("voice:card"), {"words": told[1].words})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.content.startswith(b"%PDF")


def swap(one: Any, other: Any, column: str) -> None:
    """What one who can write in the database could do."""
    first, second = getattr(one, column), getattr(other, column)
    with open_door():
        type(one)._base_manager.filter(pk=one.pk).update(**{column: second})
        type(one)._base_manager.filter(pk=other.pk).update(**{column: first})


@pytest.mark.parametrize("column", ["content", "sender_copy"])
def test_a_text_that_was_moved_to_another_report_does_not_open(world: World, pupil: Client, column: str) -> None:
    (one, words), (other, _more) = telling.from_pupil(world), telling.from_pupil(world, what="Noe helt annet.")
    swap(one, other, column)
    found = telling.again(one)
    with scope.tenant_scope(world.tenant_id):
        opened = queries.opened(found) if column == "content" else queries.opened_by_sender(found, words)
    assert (opened.text, opened.damaged) == ({}, True)


def test_a_message_or_image_that_was_moved_does_not_open(world: World, pupil: Client) -> None:
    with scope.tenant_scope(world.tenant_id):
        (one, words), (other, more) = telling.from_pupil(world), telling.from_pupil(world, what="Noe annet.")
        for holder in (words, more):
            writes(pupil, holder.words, images=[things.uploaded()])
        rows = [Message.objects.get(report=report) for report in (one, other)]
        images = [Attachment.objects.get(report=report) for report in (one, other)]
        swap(rows[0], rows[1], "content")
        swap(images[0], images[1], "content")
        assert [said.text for said in queries.opened(one).dialogue] == [None]
        assert not queries.opened(one).damaged
        assert queries.image(one, images[0].pk) is None


def test_words_do_not_open_what_was_sealed_for_another_holder(world: World) -> None:
    (one, _words), (_other, more) = telling.from_pupil(world), telling.from_pupil(world, what="Noe annet.")
    with scope.tenant_scope(world.tenant_id):
        assert queries.opened_by_sender(one, more).damaged


@pytest.mark.parametrize(("column", "value"), [("from_sender", True), ("kind", "better")])
def test_whose_words_they_are_and_what_they_say_of_it_cannot_be_changed(
    world: World, told: tuple[Report, Holder], column: str, value: object
) -> None:
    report, _holder = told
    message = actions.say(by=world.actor("ingrid"), report=report, kind="answer", text="Vi ser på det.")
    with open_door():
        Message._base_manager.filter(pk=message.pk).update(**{column: value})
    with scope.tenant_scope(world.tenant_id):
        assert [said.text for said in queries.opened(report).dialogue] == [None]


def test_a_damaged_part_hides_no_other(world: World, pupil: Client, told: tuple[Report, Holder]) -> None:
    report, holder = told
    first = actions.say(by=world.actor("ingrid"), report=report, kind="answer", text="Vi ser på det.")
    actions.say(by=world.actor("ingrid"), report=report, kind="answer", text="Kom innom meg.")
    with open_door():
        Message._base_manager.filter(pk=first.pk).update(content=b"x" * 90, sender_copy=b"y" * 90)
    for page in (shown(opens(pupil, holder.words)), shown(world.client("ingrid").get(things.page(report)))):
        assert "Kom innom meg." in page
        assert "Denne meldingen er skadet og kan ikke åpnes." in page
        assert telling.WHAT in page


def test_a_lost_receipt_has_a_way_on(pupil: Client) -> None:
    page = shown(pupil.get(reverse("voice:dialogue")))
    assert "Jeg har mistet ordene" in page
    assert reverse("voice:find") in page


def test_new_words_open_and_the_old_ones_do_not(world: World, pupil: Client, told: tuple[Report, Holder]) -> None:
    report, holder = told
    actions.say(by=world.actor("ingrid"), report=report, kind="answer", text="Hei.")
    fresh = actions.new_receipt(by=world.actor("ingrid"), report=report, key=uuid4())
    assert opens(pupil, holder.words).status_code == 422
    page = shown(opens(pupil, fresh.words))
    assert telling.WHAT in page
    assert "Hei." in page
    assert "Det ble laget nye kodeord" in page


def test_an_employee_who_told_writes_more_once_and_reads_the_answer(world: World) -> None:
    report = telling.from_employee(world, "silje")
    silje, url = world.client("silje"), reverse("voice:own_report", args=[report.pk])
    form = {"once": str(uuid4()), "text": "Jeg så det igjen i dag."}
    for _ in range(2):
        assert silje.post(url, form).status_code == 302
    assert dialogue(report) == [("addition", "Jeg så det igjen i dag.")]
    actions.say(by=world.actor("ingrid"), report=report, kind="happened", text="Vi har satt inn en voksen.")
    assert "1 svar på det du meldte" in shown(silje.get("/"))
    assert "Vi har satt inn en voksen." in shown(silje.get(url))
    assert "1 svar på det du meldte" not in shown(silje.get("/"))


def test_a_no_stands_out_in_the_leaders_list_until_it_is_answered(
    world: World, pupil: Client, told: tuple[Report, Holder]
) -> None:
    report, holder = told
    answer = writes(pupil, holder.words, "not_better")
    assert "Skolen må gjøre mer." in shown(answer)
    ingrid = world.client("ingrid")
    assert "Sier at det ikke er bedre" in shown(ingrid.get(reverse("voice:inbox")))
    actions.say(by=world.actor("ingrid"), report=report, kind="answer", text="Jeg ringer deg i dag.")
    assert "Sier at det ikke er bedre" not in shown(ingrid.get(reverse("voice:inbox")))
    assert "Ingrid Haugdal har svart deg." in shown(opens(pupil, holder.words))
