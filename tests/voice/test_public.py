"""The public pages: everybody is taken in, once, sealed, and told honestly what happens; no trace of who told is left."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samskap.kernel import clock, scope
from samskap.kernel.models import AuditEntry, OutboxMessage
from samskap.people import actions_school as school_life
from samskap.site.demo import cast
from samskap.voice import actions, images, queries
from samskap.voice.actions import intake
from samskap.voice.forms_public import QuestionForm
from samskap.voice.kept import forget
from samskap.voice.models import Attachment, Event, Message, Report
from samskap.voice.questions import WHO
from samskap.voice.rules import SenderKind
from tests.support.world import World
from tests.voice import telling, things
from tests.voice.things import filled, shown, tells, words_on

SCHOOL_DAY = datetime(2026, 11, 24, 10, 0, tzinfo=clock.OSLO)
NIGHT = datetime(2026, 11, 24, 23, 30, tzinfo=clock.OSLO)
JULY = datetime(2026, 7, 14, 11, 0, tzinfo=clock.OSLO)
LANGUAGES = ("nb", "nn", "en")


@pytest.fixture
def pupil() -> Client:
    return Client()


@pytest.fixture
def url(world: World) -> str:
    return things.address(world)


def reports() -> list[Report]:
    return list(Report._base_manager.order_by("received_at"))


def opened(report: Report) -> queries.Opened:
    with scope.tenant_scope(report.tenant_id):
        return queries.opened(report)


def test_a_pupil_tells_and_gets_six_words_and_the_leader_has_the_report(world: World, pupil: Client, url: str) -> None:
    answer = tells(pupil, url, what="De gjemmer sekken hans.", who="Ola i 9B", where="Garderoben", since="month")
    (report,) = reports()
    assert answer.status_code == 200
    assert len(words_on(answer).split()) == 6
    assert "Meldingen din er kommet fram" in shown(answer)
    assert (report.school_id, report.receiver, report.urgency) == (world.school("elvesletta").pk, "school", "today")
    told = opened(report).text
    assert (told["what"], told["who"], told["where"]) == ("De gjemmer sekken hans.", "Ola i 9B", "Garderoben")
    assert report in queries.inbox(world.actor("ingrid"))


def test_thirty_pupils_behind_one_address_within_a_minute_are_all_taken_in(world: World, url: str) -> None:
    got = [tells(Client(REMOTE_ADDR="10.20.30.40"), url, what=f"Melding nummer {number}.") for number in range(30)]
    assert {answer.status_code for answer in got} == {200}
    assert len({words_on(answer) for answer in got}) == len(reports()) == 30
    assert {opened(report).text["what"] for report in reports()} == {f"Melding nummer {number}." for number in range(30)}


def test_the_same_form_sent_twice_is_one_report_with_the_same_words(pupil: Client, url: str) -> None:
    form = filled(pupil, url)
    first, second = pupil.post(url, form), pupil.post(url, form)
    assert words_on(first) == words_on(second)
    assert len(reports()) == 1
    assert not Message._base_manager.exists()


def test_what_was_changed_before_the_form_came_again_is_added_to_the_same_report(pupil: Client, url: str) -> None:
    form = filled(pupil, url, what="Han går alene.", who="")
    first = pupil.post(url, form)
    changed = {**form, "what": "Han går alene, og de ler av ham.", "who": "Ola i 9B"}
    again = [pupil.post(url, changed) for _ in range(2)]
    assert {words_on(answer) for answer in again} == {words_on(first)}
    (report,) = reports()
    (said,) = opened(report).dialogue
    assert said.text is not None
    assert "de ler av ham" in said.text
    assert "Ola i 9B" in said.text
    assert opened(report).text["what"] == "Han går alene."


def test_an_image_that_came_with_the_second_sending_is_kept_too(pupil: Client, url: str) -> None:
    form = filled(pupil, url)
    pupil.post(url, form)
    for _ in range(2):
        pupil.post(url, {**form, "images": [things.uploaded(things.picture("red"))]})
    (report,) = reports()
    (said,) = opened(report).dialogue
    assert len(said.images) == 1


def test_one_who_goes_back_and_names_the_leadership_is_heard(world: World, pupil: Client, url: str) -> None:
    form = filled(pupil, url)
    pupil.post(url, form)
    answer = pupil.post(url, {**form, "concerns": "leadership"})
    (report,) = reports()
    assert (report.receiver, report.concerns) == ("owner", "leadership")
    assert "Ingen i skolens ledelse ser den" in shown(answer)
    assert report not in queries.reports(world.actor("ingrid"))


def test_one_who_goes_back_and_ticks_danger_is_heard(pupil: Client, url: str) -> None:
    form = filled(pupil, url)
    pupil.post(url, form)
    pupil.post(url, {**form, "danger": "yes"})
    (report,) = reports()
    assert (report.urgency, report.rank) == ("now", 0)
    assert OutboxMessage.objects.filter(kind="voice.now").exists()


def public_addresses(world: World) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Every public page as it is opened, and as it is sent: (address, what is sent)."""
    code = things.entrance(world).code
    _report, holder = telling.from_pupil(world)
    yield reverse("voice:find"), None
    yield reverse("voice:who", args=[code]), None
    yield reverse("voice:who", args=["zzzzzzz"]), None
    yield reverse("voice:employee", args=[code]), None
    for who in WHO:
        url = reverse("voice:public_tell", args=[code, who])
        yield url, None
        yield url, {"key": str(uuid4()), "about": "x"}
        yield url, {"key": str(uuid4()), **things.ANSWERS}
        yield url, {"key": str(uuid4()), **things.ANSWERS, "danger": "yes", "concerns": "leadership"}
    yield reverse("voice:dialogue"), None
    yield reverse("voice:dialogue"), {"words": "feil ord"}
    yield reverse("voice:dialogue"), {"words": holder.words}
    yield reverse("voice:dialogue"), {"words": holder.words, "key": str(uuid4()), "kind": "not_better", "text": "Det er likt."}
    yield reverse("voice:dialogue"), {"words": holder.words, "key": str(uuid4()), "kind": "addition", "text": ""}
    yield reverse("voice:dialogue"), {"words": holder.words, "leadership": "1"}
    yield reverse("voice:card"), {"words": "feil ord"}


def asked(client: Client, url: str, values: dict[str, Any] | None, language: str = "nb") -> Any:
    return client.get(url, {"sprak": language}) if values is None else client.post(url, {**values, "sprak": language})


def test_no_public_page_leaves_a_cookie_or_is_kept_by_anybody(world: World, pupil: Client) -> None:
    answers = [asked(pupil, url, values) for url, values in public_addresses(world)] + [pupil.get(reverse("voice:leave"))]
    assert [dict(answer.cookies) for answer in answers if answer.cookies] == []
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}
    assert pupil.cookies == {}


def texts(response: Any) -> set[str]:
    """What a page says in sentences, piece by piece, also in labels and what is read aloud."""
    body = re.sub(r"<(script|style|svg).*?</\1>|<p class=\"v-place\".*?</p>", "", shown(response), flags=re.DOTALL)
    pieces = re.split(r"<[^>]+>", body) + re.findall(r'(?:aria-label|placeholder|title)="([^"]+)"', body)
    return {piece.strip() for piece in pieces if re.search(r"[a-zæøå]{3}", piece, re.IGNORECASE)}


def test_every_public_page_speaks_three_languages_and_leaves_no_sentence_out(world: World, pupil: Client) -> None:
    names = {cast.OWNER, *(school.name for school in cast.SCHOOLS)}
    same = names | {"Bokmål", "Nynorsk", "English", "Samskap", "Send", "Det er likt.", telling.WHAT, things.ANSWERS["what"]}
    for url, values in public_addresses(world):
        said = {}
        for language in LANGUAGES:
            response = asked(pupil, url, {**values, "key": str(uuid4())} if values and "key" in values else values, language)
            assert f'<html lang="{language}"' in shown(response)
            words = re.search(r'data-words="([^"]+)"', shown(response))
            said[language] = texts(response) - same - set(words[1].split() if words else ())
        assert said["en"] & (said["nb"] | said["nn"]) == set(), (url, values)
        assert said["nn"] != said["nb"], (url, values)


def test_another_language_takes_along_what_is_written_and_carries_nothing_out(world: World, pupil: Client, url: str) -> None:
    form = filled(pupil, url, what="Det skjer hver dag.", danger="yes", since="week")
    answer = pupil.post(url, {**form, "bytt": "en", "sprak": "nb"})
    page = shown(answer)
    assert answer.status_code == 200
    assert '<html lang="en"' in page
    assert "Det skjer hver dag." in page
    chosen = {tuple(re.findall(r'(?:name|value)="([^"]*)"', tag)) for tag in re.findall(r"<input[^>]* checked[^>]*>", page)}
    assert {("since", "week"), ("danger", "yes")} <= chosen
    assert form["key"] in page
    assert reports() == []


def test_the_receipt_in_another_language_has_the_same_words(world: World, pupil: Client, url: str) -> None:
    words = words_on(pupil.post(url, filled(pupil, url)))
    page = shown(pupil.post(reverse("voice:dialogue"), {"words": words, "receipt": "1", "bytt": "en"}))
    assert f'data-words="{words}"' in page
    assert "It has arrived." in page
    assert len(reports()) == 1


def test_the_dialogue_in_another_language_keeps_what_is_half_written(world: World, pupil: Client) -> None:
    _report, holder = telling.from_pupil(world)
    form = {"words": holder.words, "key": str(uuid4()), "kind": "not_better", "text": "Det er likt.", "bytt": "en"}
    page = shown(pupil.post(reverse("voice:dialogue"), form))
    assert "What you have told" in page
    assert "Det er likt." in page
    with scope.tenant_scope(world.tenant_id):
        assert not _report.messages.exists()


@pytest.mark.parametrize(("who", "concerns", "right"), [
    ("elev", "pupils", "kan du eller foreldrene dine"), ("foresatt", "pupils", "kan du eller barnet ditt"),
    ("elev", "leadership", "Når det gjelder ledelsen"), ("annen", "leadership", "Det har de taushetsplikt om"),
])  # fmt: skip
def test_rights_are_those_of_the_one_who_tells(world: World, pupil: Client, who: str, concerns: str, right: str) -> None:
    assert right in shown(tells(pupil, things.address(world, who), concerns=concerns))


@pytest.mark.parametrize("who", ["elev", "foresatt", "annen"])
def test_who_goes_past_a_question_has_not_answered_it(world: World, pupil: Client, who: str) -> None:
    url = things.address(world, who)
    page = shown(pupil.get(url))
    assert not re.search(r'name="(danger|concerns|urgency)"[^>]* checked', page)
    form = filled(pupil, url)
    for name in ("danger", "concerns"):
        del form[name]
    assert pupil.post(url, form).status_code == 200
    (report,) = reports()
    assert (report.concerns, report.urgency) == ("pupils", "today")


def test_nynorsk_is_spoken_where_the_school_writes_nynorsk(world: World, pupil: Client) -> None:
    assert '<html lang="nn"' in shown(pupil.get(things.address(world, school="ytterdal")))


def test_danger_is_urgent_alerts_the_leader_and_shows_whom_to_call(world: World, pupil: Client, url: str) -> None:
    calm, danger = tells(pupil, url), tells(pupil, url, danger="yes", what="De venter på ham med kniv.")
    assert "Ring nå, eller gå til nærmeste voksne." in shown(danger)
    assert "Ring nå, eller gå til nærmeste voksne." not in shown(calm)
    for number in ("tel:116111", "tel:113", "tel:112"):
        assert number in shown(danger)
    assert [report.urgency for report in reports()] == ["today", "now"]
    assert [row.account_id for row in OutboxMessage.objects.filter(kind="voice.now")] == [world.person("ingrid").account_id]


@pytest.mark.parametrize("who", ["foresatt", "annen"])
def test_a_grown_up_says_how_much_it_hurries_and_danger_wins(world: World, pupil: Client, who: str) -> None:
    url = things.address(world, who)
    tells(pupil, url, urgency="week")
    tells(pupil, url, urgency="week", danger="yes", what="Noe annet.")
    assert [report.urgency for report in reports()] == ["week", "now"]


def test_a_pupil_cannot_set_what_a_pupil_is_not_asked(pupil: Client, url: str) -> None:
    tells(pupil, url, urgency="now")
    assert reports()[0].urgency == "today"


IDENTITY = {"name": "Maja Lund", "school_class": "9C", "reach": "912 34 567"}


@pytest.mark.parametrize(("named", "found"), [("no", set()), ("yes", set(IDENTITY.values()))])
def test_a_name_goes_into_the_sealed_text_only_with_a_yes(pupil: Client, url: str, named: str, found: set[str]) -> None:
    tells(pupil, url, named=named, **IDENTITY)
    (report,) = reports()
    assert {value for value in IDENTITY.values() if value in opened(report).text.values()} == found
    assert report.author_id is None


@pytest.mark.parametrize(("value", "receiver", "concerns"), [
    ("pupils", "school", "pupils"), ("employee", "school", "employee"), ("leadership", "owner", "leadership"),
    ("unsure", "school", "pupils"),
])  # fmt: skip
def test_one_plain_answer_decides_who_gets_it(pupil: Client, url: str, value: str, receiver: str, concerns: str) -> None:
    answer = tells(pupil, url, concerns=value)
    (report,) = reports()
    assert (report.receiver, report.concerns) == (receiver, concerns)
    assert ("Ingen i skolens ledelse ser den" in shown(answer)) == (receiver == "owner")


@pytest.mark.parametrize("page", ["who", "employee", "public_tell"])
def test_an_unknown_code_is_a_friendly_404(world: World, pupil: Client, page: str) -> None:
    answer = pupil.get(reverse(f"voice:{page}", args=["zzzzzzz", "elev"][: 2 if page == "public_tell" else 1]))
    assert answer.status_code == 404
    assert "Denne adressen er ikke i bruk" in shown(answer)
    assert reverse("voice:find") in shown(answer)


def test_a_closed_code_takes_nothing_in_and_says_where_to_go(
    world: World, pupil: Client, url: str, django_capture_on_commit_callbacks: Any
) -> None:
    form, old = filled(pupil, url), things.entrance(world)
    with django_capture_on_commit_callbacks(execute=True):
        new = actions.close_entrance(by=world.actor("ingrid"), entrance=old)
    answer = pupil.post(url, form)
    assert answer.status_code == 404
    assert "Finn skolen din" in shown(answer)
    assert reports() == []
    assert new.code != old.code
    assert new.code in shown(pupil.get(reverse("voice:find")))
    assert old.code not in shown(pupil.get(reverse("voice:find")))


def test_an_image_is_taken_in_as_pixels_alone(pupil: Client, url: str) -> None:
    hidden = things.picture() + b"GJEMT-BAK-BILDET"
    assert tells(pupil, url, images=[things.uploaded(hidden), things.uploaded(things.picture(kind="PNG"))]).status_code == 200
    (report,) = reports()
    rows = opened(report).images
    assert len(rows) == 2
    with scope.tenant_scope(report.tenant_id):
        found = [queries.image(report, row.pk) for row in rows]
    data = [pair[1] for pair in found if pair]
    assert all(one.startswith((b"\xff\xd8\xff", b"\x89PNG")) and b"GJEMT" not in one for one in data)


def test_a_box_that_no_form_has_changes_no_image_and_no_other_senders_form(pupil: Client, url: str) -> None:
    """Django's own file field has one with this name."""
    assert tells(pupil, url, images=[things.uploaded()], **{"images-clear": "on"}).status_code == 200
    assert [len(opened(report).images) for report in reports()] == [1]
    pupil.post(url, {"images-clear": "on", "key": ""})
    forget()
    assert "checked" not in str(QuestionForm(kind=SenderKind.PUPIL)["images"])


REFUSED = {
    "a document": ([b"%PDF-1.7 ..."], "Denne typen fil kan ikke brukes"),
    "a program": ([b"#!/bin/sh\necho"], "Denne fila er ikke et bilde"),
    "a picture in words": ([b"<svg xmlns='http://www.w3.org/2000/svg'/>"], "Denne typen fil kan ikke brukes"),
    "half an image": ([things.picture()[:300]], "Bildet kunne ikke leses"),
    "four images": ([things.picture()] * 4, "tre bilder"),
    "a huge image": ([b"\xff\xd8\xff" + b"x" * images.LARGEST_FILE], "Bildet er for stort"),
    "one of two is none": ([things.picture(), b"tekst"], "Denne fila er ikke et bilde"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_image_is_refused_with_a_sentence_and_nothing_of_it_is_stored(pupil: Client, url: str, case: str) -> None:
    files, says = REFUSED[case]
    answer = tells(pupil, url, what="Se på bildet.", images=[things.uploaded(data) for data in files])
    assert answer.status_code == 422
    assert says in shown(answer)
    assert "Se på bildet." in shown(answer)
    assert reports() == []
    assert not Attachment._base_manager.exists()


def test_a_refused_form_can_be_sent_again_without_the_image(pupil: Client, url: str) -> None:
    form = filled(pupil, url)
    refused = pupil.post(url, {**form, "images": [things.uploaded(b"tekst")]})
    assert f'value="{form["key"]}"' in shown(refused)
    assert words_on(pupil.post(url, form))
    assert len(reports()) == 1


def test_a_form_without_a_word_about_what_happens_comes_back_with_the_rest_kept(pupil: Client, url: str) -> None:
    answer = tells(pupil, url, what="  ", where="Bak gymsalen")
    assert answer.status_code == 422
    assert "Skriv noen ord om hva som skjer." in shown(answer)
    assert "Bak gymsalen" in shown(answer)
    assert "data-words" not in shown(answer)


def test_the_same_text_again_and_again_is_taken_in_and_marked_for_a_person(world: World, pupil: Client, url: str) -> None:
    for number in range(5):
        assert words_on(tells(pupil, url, what="Læreren  er TEIT" if number else "læreren er teit"))
    tells(pupil, url, what="En helt annen ting.")
    assert [report.suspect for report in reports()] == [False, False, False, True, True, False]
    assert len(queries.inbox(world.actor("ingrid"))) == 6


def test_the_same_text_at_another_school_or_on_another_day_is_nothing_to_look_at(world: World, pupil: Client, url: str) -> None:
    with clock.frozen(NIGHT):
        for _ in range(3):
            tells(pupil, url)
        tells(pupil, things.address(world, school="kvernfossen"))
    with clock.frozen(datetime(2026, 11, 25, 8, 0, tzinfo=clock.OSLO)):
        tells(pupil, url)
    assert not [report for report in reports() if report.suspect]


def test_what_was_moved_from_a_school_is_not_held_against_what_comes_there_later(world: World, pupil: Client, url: str) -> None:
    for _ in range(3):
        tells(pupil, url)
    ingrid, moved = world.actor("ingrid"), reports()[0]
    actions.take(by=ingrid, report=moved)
    actions.move(by=ingrid, report=moved, school=world.school("kvernfossen"))
    tells(pupil, url)
    assert not [report for report in reports() if report.suspect]


@pytest.mark.parametrize("fault", [RuntimeError, OSError, intake.NotStored])
def test_nothing_is_called_arrived_when_storing_fails(
    pupil: Client, url: str, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    form = filled(pupil, url)

    def fails(**_: object) -> Report:
        raise fault

    monkeypatch.setattr(intake, "store", fails)
    pupil.raise_request_exception = False
    answer = pupil.post(url, form)
    assert answer.status_code >= 500
    assert "data-words" not in shown(answer)
    assert "Meldingen din er kommet fram" not in shown(answer)


def test_nothing_is_called_arrived_when_the_row_is_not_there_afterwards(
    pupil: Client, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = filled(pupil, url)
    monkeypatch.setattr(intake, "store", lambda *, by, ready: ready.report)
    pupil.raise_request_exception = False
    answer = pupil.post(url, form)
    assert answer.status_code >= 500
    assert "data-words" not in shown(answer)
    monkeypatch.undo()
    assert words_on(pupil.post(url, form))
    assert len(reports()) == 1


def test_nothing_more_is_stored_when_an_image_could_not_be(pupil: Client, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    form = filled(pupil, url, images=[things.uploaded()])

    def fails(*_: object) -> Attachment:
        raise OSError

    monkeypatch.setattr(intake, "attach", fails)
    pupil.raise_request_exception = False
    assert pupil.post(url, form).status_code >= 500
    assert reports() == []


@pytest.mark.parametrize(("moment", "reads"), [(SCHOOL_DAY, True), (NIGHT, False)])
def test_the_sender_is_told_honestly_whether_somebody_reads_now(
    world: World, pupil: Client, url: str, moment: datetime, reads: bool
) -> None:
    with clock.frozen(moment):
        pages = [pupil.get(url), pupil.get(reverse("voice:who", args=[things.entrance(world).code])), tells(pupil, url)]
        pages.append(pupil.post(reverse("voice:dialogue"), {"words": words_on(pages[2])}))
    for page in pages:
        assert ("Ingen leser dette akkurat nå" in shown(page)) == (not reads)
        assert ("Trenger du noen å snakke med før det, ring 116 111." in shown(page)) == (not reads)
    assert ("Noen er der og kan lese den nå." in shown(pages[2])) == reads


def test_in_the_summer_the_sender_is_told_when_it_is_read_next(world: World, pupil: Client, url: str) -> None:
    by, first, last = world.actor("nina"), JULY.date() - timedelta(days=20), JULY.date() + timedelta(days=30)
    school_life.add_break(by=by, name="Sommerferie", first_day=first, last_day=last)
    with clock.frozen(JULY):
        page = shown(tells(pupil, url))
    assert "Noen er der og kan lese den nå." not in page
    assert "Ingen leser dette akkurat nå" in page
    assert "14. august" in page
    assert "tel:116111" in page


def test_the_numbers_and_the_way_out_stand_on_every_page(world: World, pupil: Client) -> None:
    for url, values in public_addresses(world):
        page = shown(asked(pupil, url, values))
        assert all(number in page for number in ("tel:116111", "tel:113", "tel:112", reverse("voice:leave")))


def test_the_way_out_leads_away_from_the_site_and_asks_the_browser_to_forget(pupil: Client) -> None:
    answer = pupil.get(reverse("voice:leave"))
    assert answer.headers["Location"].startswith("https://www.yr.no")
    assert "cache" in answer.headers["Clear-Site-Data"]


def test_one_who_is_signed_in_is_not_known_on_the_public_pages(world: World, url: str) -> None:
    amir = world.client("amir")
    assert "Amir" not in shown(amir.get(url))
    assert "Amir" not in shown(tells(amir, url))
    (report,) = reports()
    assert report.author_id is None
    assert not Event._base_manager.exclude(person=None).exists()
    assert not AuditEntry.objects.filter(verb__startswith="voice.taken", account_id=world.person("amir").account_id).exists()


def test_a_letter_typed_large_in_a_code_leads_to_the_school_too(world: World, pupil: Client) -> None:
    code = things.entrance(world).code
    assert pupil.get(reverse("voice:who", args=[code.upper()])).status_code == 200


def test_a_page_left_open_that_the_next_one_fills_in_is_another_report(pupil: Client, url: str) -> None:
    form = filled(pupil, url, what="Jenta i klassen min sitter alene hver eneste dag i kantina.")
    first = pupil.post(url, form)
    other = {**form, "what": "Rektor roper til oss og dytter folk ut av gangen."}
    second = pupil.post(url, other)
    assert words_on(first) != words_on(second)
    assert words_on(pupil.post(url, other)) == words_on(second)
    assert len(reports()) == 2
    assert "Jenta i klassen" not in shown(pupil.post(reverse("voice:dialogue"), {"words": words_on(second)}))
