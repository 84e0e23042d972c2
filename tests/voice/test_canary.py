"""Unique words planted in every field in which something sensitive is written are found nowhere in plain afterwards.

Not in the database (all columns of all tables, sessions and jobs too, and its raw bytes), not in logs, mail or kept pages.
"""

import io
import logging
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from PIL import Image as Pillow

from samskap.kernel import audit, clock, outbox, scope, sealing
from samskap.kernel.doors import open_door
from samskap.site import digest
from samskap.voice import images, kept
from samskap.voice.actions import intake
from samskap.voice.models import Attachment, Report
from tests.support.planted import forms_of, logged, stored
from tests.support.world import World
from tests.voice import things
from tests.voice.things import page, press, school_url, shown, words_on

NAMES = [
    "what", "who", "where", "adult", "name", "school_class", "reach", "image", "message", "changed", "refused", "missed", "lost",
    "done", "told_who", "told_what", "told_where", "more", "aloud_name", "aloud_who", "aloud_what", "said", "question",
    "happened", "passed_on", "groundless", "physical", "closing", "short", "comment", "crash",
]  # fmt: skip
NEVER_SEALED = {"refused", "missed", "lost", "said", "short", "comment", "image"}  # refused, or taken out before
PLANTED = {name: f"zqx{name.replace('_', '')}kanari{number:02}v" for number, name in enumerate(NAMES)}
PLANTED["short"] = "zqxkanarikort"  # too short to be a reason


def image() -> bytes:
    """An image with a word in its metadata, behind its end, and in its own bytes."""
    exif = Pillow.Exif()
    exif[0x010E] = PLANTED["image"]
    buffer = io.BytesIO()
    Pillow.effect_noise((60, 40), 80).convert("RGB").save(buffer, "JPEG", exif=exif, comment=PLANTED["image"].encode())
    return buffer.getvalue() + PLANTED["image"].encode()


IMAGE = image()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the program's own handler would write."""
    with logged() as text:
        yield text


def a_pupil_tells(world: World) -> str:
    """Every public page, with what is refused, repeated, changed, missed and lost on the way."""
    pupil, url, word = Client(REMOTE_ADDR="10.77.66.55", HTTP_USER_AGENT="Kanarinettleser/7"), things.address(world), PLANTED
    told = {name: word[name] for name in ("what", "who", "where", "adult", "name", "school_class", "reach")}
    form = things.filled(pupil, url, **told, named="yes", danger="yes")
    answer = pupil.post(url, {**form, "images": [things.uploaded(IMAGE)]})
    pupil.post(url, {**form, "what": f"{word['what']} {word['changed']}"})
    pupil.post(url, {**form, "key": str(uuid4()), "who": word["refused"], "images": [things.uploaded(word["refused"].encode())]})
    pupil.post(reverse("voice:public_tell", args=["zzzzzzz", "elev"]), {**form, "what": word["lost"]})
    words = words_on(answer)
    pupil.post(reverse("voice:dialogue"), {"words": f"{word['missed']} {words}"})
    message = {"words": words, "key": str(uuid4()), "kind": "not_better", "text": word["message"]}
    pupil.post(reverse("voice:dialogue"), {**message, "images": [things.uploaded(IMAGE)]})
    pupil.post(reverse("voice:dialogue"), {**message, "key": "x", "text": word["comment"]})
    pupil.post(reverse("voice:card"), {"words": words})
    assert word["what"] in shown(pupil.post(reverse("voice:dialogue"), {"words": words}))
    return words


def the_program_falls(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault whose own message quotes what was written."""
    pupil, url = Client(raise_request_exception=False), things.address(world)
    form = things.filled(pupil, url, what=PLANTED["crash"])

    def fails(*, by: object, ready: intake.Ready) -> Report:
        raise RuntimeError(ready.told.text["what"])

    with monkeypatch.context() as patch:
        patch.setattr(intake, "store", fails)
        assert pupil.post(url, form).status_code == 500


def an_employee_tells(world: World) -> str:
    """An employee reports with a named colleague, writes more, and takes down what a mother says."""
    silje, word = world.client("silje"), PLANTED
    told = {"who": word["told_who"], "what": word["told_what"], "where": word["told_where"], "done": word["done"]}
    form = {**things.TOLD, **told, "once": str(uuid4()), "staff": world.person("amir").pk, "images": [things.uploaded(IMAGE)]}
    where = silje.post(school_url(world), form).headers["Location"]
    silje.post(where, {"once": str(uuid4()), "text": word["more"]})
    silje.get(where)
    silje.get(f"{where}kvittering.pdf")
    said = {"name": word["aloud_name"], "who": word["aloud_who"], "what": word["aloud_what"], "words": "on"}
    form = {**things.TOLD, **said, "once": str(uuid4()), "sender_kind": "guardian", "said_on": clock.today().isoformat()}
    return str(silje.post(school_url(world, "take_down"), form).context["words"])


def staff_work(world: World) -> str:
    """The leader and the owner's handler read, answer, refuse, pass on, and take out; every reason is a planted word."""
    ingrid, jonas, word = world.client("ingrid"), world.client("jonas"), PLANTED
    rows = list(Report._base_manager.order_by("received_at"))
    for row in rows:
        assert ingrid.get(page(row)).status_code == 200
        ingrid.get(reverse("voice:copy", args=[row.pk]))
        press(ingrid, row, "take")
    for image_row in Attachment._base_manager.all():
        assert ingrid.get(reverse("voice:image", args=[image_row.report_id, image_row.pk])).status_code == 200
    pupils, employees, aloud = rows
    press(ingrid, pupils, "say", kind="question", text=word["question"])
    press(ingrid, pupils, "say", kind="happened", text=word["happened"])
    press(ingrid, pupils, "say", kind="x", text=word["said"])
    press(ingrid, employees, "groundless", reason=word["short"])
    press(ingrid, employees, "groundless", reason=word["groundless"])
    press(ingrid, employees, "forward", reason=word["passed_on"])
    jonas.get(page(employees))
    new = press(ingrid, pupils, "words").context["words"]
    press(ingrid, aloud, "physical", reason=word["physical"], answer=word["closing"])
    press(ingrid, pupils, "recuse", to=world.person("ingrid").pk)
    jonas.get(page(pupils))
    for client in (ingrid, jonas):
        client.get("/")
        client.get(reverse("voice:left"))
    return str(new)


def the_night_passes(world: World) -> None:
    """What is done later: messages are sent, the audit is sealed, those for whom something waits are told."""
    with scope.outside_scope(reason="tests"):
        person = world.person("jonas")
        assert person.account is not None
        person.account.email = "jonas@example.org"
        person.account.save()
    for account in (world.person("jonas").account_id,):
        assert account is not None
        outbox.queue(digest.KIND, account, tenant_id=world.tenant_id)
    outbox.send_due()
    audit.seal_new()


@pytest.mark.slow
def test_what_was_written_is_found_nowhere_in_plain(world: World, monkeypatch: pytest.MonkeyPatch, log: io.StringIO) -> None:
    sealed: list[bytes] = []
    seal = sealing.seal

    def seals(plain: bytes, *, context: str) -> bytes:
        sealed.append(plain)
        return seal(plain, context=context)

    monkeypatch.setattr(sealing, "seal", seals)
    receipts = [a_pupil_tells(world), an_employee_tells(world), staff_work(world)]
    the_program_falls(world, monkeypatch)
    the_night_passes(world)
    assert {name for name, word in PLANTED.items() if word.encode() not in b"\n".join(sealed)} == NEVER_SEALED
    parts = list(stored())
    parts += [log.getvalue().encode(), str([(m.subject, m.body, m.to) for m in mail.outbox]).encode(), str(kept._kept).encode()]
    everything = b"\n".join(parts)

    looked_for = {**PLANTED, **{f"words {number}": words for number, words in enumerate(receipts)}, "address": "10.77.66.55"}
    looked_for |= {"browser": "Kanarinettleser"}
    found = {name for name, word in looked_for.items() for form in forms_of(word) if len(form) > 8 and form in everything}
    assert found == set()
    pixels = images.clean(IMAGE).data
    assert not [start for start in range(0, len(pixels) - 24, 24) if pixels[start : start + 24] in everything]

    # The search itself finds what is there: in a table, in a sealed column's place, in a log, in a mail.
    assert b"Elvesletta ungdomsskole" in everything
    row = Attachment._base_manager.first()
    assert row is not None
    assert bytes(row.content) in everything
    assert b"Internal Server Error" in everything
    assert b"Samskap: read this now" in everything or len(mail.outbox) >= 1


def test_the_search_finds_a_word_that_lies_in_plain(world: World) -> None:
    with scope.outside_scope(reason="tests"), open_door():
        person = world.person("silje")
        person.name = PLANTED["what"]
        person.save()
    everything = b"\n".join(stored())
    assert any(form in everything for form in forms_of(PLANTED["what"]))


def test_the_search_finds_a_word_in_a_session(world: World) -> None:
    session = world.client("silje").session
    session["draft"] = PLANTED["what"] * 20
    session.save()
    assert PLANTED["what"].encode() in b"\n".join(stored())


def test_the_search_finds_a_word_in_a_log(log: io.StringIO) -> None:
    logging.getLogger("samskap.voice").debug("told: %s", PLANTED["what"])
    assert PLANTED["what"] in log.getvalue()


def test_what_is_written_with_letters_beyond_ascii_is_not_there_either(world: World) -> None:
    text = "Blåbærsyltetøy på æreslærerværelset"
    things.tells(Client(), things.address(world), what=text, who="Håkon Sjøbærg")
    everything = b"\n".join(stored())
    for word in (text, "Håkon Sjøbærg"):
        assert not [form for form in (word.encode(), word.encode("latin-1"), ascii(word).encode()[1:-1]) if form in everything]


def values_of(names: Any) -> set[str]:
    return {PLANTED[name] for name in names}


def test_every_word_was_planted_and_those_who_may_read_find_them(world: World) -> None:
    words = a_pupil_tells(world)
    text = shown(Client().post(reverse("voice:dialogue"), {"words": words}))
    expected = values_of(["what", "who", "where", "adult", "name", "school_class", "reach", "message", "changed"])
    assert {word for word in expected if word in text} == expected
    report = Report._base_manager.get()
    press(world.client("ingrid"), report, "take")
    text = shown(world.client("ingrid").get(page(report)))
    assert {word for word in expected if word in text} == expected
