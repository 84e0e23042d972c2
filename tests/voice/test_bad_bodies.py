"""Whatever is sent to a public address: an answer within seconds, never a fault, and "it has arrived" only for what is stored."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samskap.voice import queries, receipt, sealed
from samskap.voice.models import Message, Report
from samskap.voice.questions import WHO
from tests.support.world import World
from tests.voice import telling, things
from tests.voice.things import shown

pytestmark = pytest.mark.second  # it takes less than SQLite does: no NUL in a text, no number that is too large
DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
EXAMPLES = 2_500 if DEEP else 50
ONE_KEY = "11111111-1111-4111-8111-111111111111"
LONG = 5.0
CODES = ["", "zzzzzzz", "x" * 300, "-", "_", "0"]
TEXTS = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud7ff",
    "🙂" * 60,
    "\u202eabc",
    "x" * 20_000,
    "1" + "0" * 30,
    "-1",
    "null",
    "[]",
    "{}",
    "5",
    "%00",
]
PART = b"--x\r\nContent-Disposition: form-data; "
BODIES = [
    b"", b"[]", b"5", b"null", b'"a"', b"{}", b"{", b"\x00", b"\xff\xfe\x00", b"%", b"%ff=%ff", b"&&&===", b"=", b"a=b" * 50_000,
    b"1" + b"0" * 30, b"key=&key=&key=", b"&".join(b"a=1" for _ in range(3_000)), b"x" * 2_900_000, b"--x--\r\n", b"--x\r\n\r\n",
    b'--x\r\nContent-Disposition: form-data; name="what"\r\n\r\nhei',
    PART + b'name="images"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8\xff\r\n--x--',
    PART + b'name="\xff"; filename="\x00"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--',
]  # fmt: skip
TYPES = [
    "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-16", "application/json", "text/plain",
    "application/x-www-form-urlencoded; charset=nothing-known", "multipart/form-data", "multipart/form-data; boundary=x",
    "multipart/form-data; boundary=" + "x" * 300, "multipart/form-data; boundary=\xe6", "", "x", "a/b; charset=hex",
    "multipart/form-data; boundary=x; charset=undefined", "multipart/form-data; boundary=x; charset=idna",
]  # fmt: skip
FIELDS = [
    "key", "about", "who", "what", "since", "where", "concerns", "adult", "danger", "urgency", "named", "name", "school_class",
    "reach", "before", "images", "images-clear", "words", "kind", "text", "leadership", "sprak", "bytt", "receipt",
    "csrfmiddlewaretoken", "once",
]  # fmt: skip
VALUES = [*TEXTS, ONE_KEY, "me", "yes", "no", "pupils", "leadership", "now", "addition", "not_better", "nn", "xx"]

bodies = st.one_of(
    st.sampled_from(BODIES),
    st.binary(max_size=400),
    st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(VALUES) | st.text(max_size=30), max_size=10).map(
        lambda fields: urlencode(fields, errors="replace").encode()
    ),
)
changes = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(VALUES) | st.text(max_size=30), max_size=3)


class Door:
    """The public addresses, and what must hold after whatever was sent to one of them."""

    def __init__(self, world: World) -> None:
        self.client = Client(raise_request_exception=False)
        code = things.entrance(world).code
        _report, self.holder = telling.from_pupil(world)
        self.tells = [reverse("voice:public_tell", args=[code, who]) for who in WHO]
        self.tells.append(things.address(world, school="ytterdal"))
        self.urls = [*self.tells, reverse("voice:dialogue"), reverse("voice:card"), reverse("voice:find"), reverse("voice:leave")]
        self.urls += [reverse("voice:who", args=[code]), reverse("voice:employee", args=[code])]
        self.urls += [f"/s/{part}/elev/" for part in CODES] + [f"/s/{code}/{part}/" for part in CODES]

    def send(self, method: str, url: str, body: bytes, kind: str) -> Any:
        before, began = self.reports(), time.monotonic()
        answer = self.client.generic(method, url, body, content_type=kind)
        assert time.monotonic() - began < LONG, url
        assert answer.status_code < 500, (method, url, body[:200], kind)
        self.holds(answer, before)
        return answer

    def post(self, url: str, values: dict[str, Any]) -> Any:
        before = self.reports()
        answer = self.client.post(url, values)
        assert answer.status_code < 500, (url, values)
        self.holds(answer, before)
        return answer

    def reports(self) -> set[Any]:
        return set(Report._base_manager.values_list("receipt", flat=True))

    def holds(self, answer: Any, before: set[Any]) -> None:
        """A receipt stands for one stored row; without a receipt nothing was stored."""
        found = re.search(r'data-words="([^"]+)"', shown(answer)) if b"data-words" in answer.content else None
        after = self.reports()
        if found is None:
            assert after == before
            return
        words = receipt.normalise(found[1])
        assert words is not None
        assert answer.status_code == 200
        assert queries.found_by(sealed.holder(words)) is not None
        assert after - before <= {sealed.holder(words).hash} <= after


@contextmanager
def undone() -> Iterator[None]:
    """What one input stores is gone before the next: each stands alone, fails alone, and none makes a later one slow."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def door(world: World) -> Door:
    return Door(world)


SETTINGS = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.mark.slow
@SETTINGS
@given(data=st.data(), body=bodies, kind=st.sampled_from(TYPES), method=st.sampled_from(["POST", "POST", "POST", "GET", "PUT"]))
def test_raw_bodies_meet_no_fault_and_no_false_receipt(
    door: Door, data: st.DataObject, body: bytes, kind: str, method: str
) -> None:
    url = data.draw(st.sampled_from(door.urls))
    with undone():
        door.send(method, url, body, kind)


@pytest.mark.slow
@SETTINGS
@given(data=st.data(), changed=changes, left_out=st.sets(st.sampled_from(FIELDS), max_size=3), fresh=st.booleans())
def test_a_form_with_some_fields_spoilt_is_taken_in_once_or_comes_back(
    door: Door, data: st.DataObject, changed: dict[str, str], left_out: set[str], fresh: bool
) -> None:
    form = {"key": str(uuid4()) if fresh else ONE_KEY, **things.ANSWERS, **changed}
    sent = {name: form[name] for name in form if name not in left_out}
    url = data.draw(st.sampled_from(door.tells))
    with undone():
        first = door.post(url, sent)
        assert first.status_code in (200, 422)
        stored = door.reports()
        again = door.post(url, sent)
        assert again.status_code == first.status_code
        assert door.reports() == stored
        assert first.status_code == 422 or "bytt" in sent or things.words_on(again) == things.words_on(first)


@pytest.mark.slow
@SETTINGS
@given(changed=changes, left_out=st.sets(st.sampled_from(FIELDS), max_size=2), other=st.booleans())
def test_a_dialogue_with_some_fields_spoilt_writes_or_comes_back(
    door: Door, changed: dict[str, str], left_out: set[str], other: bool
) -> None:
    form = {"words": door.holder.words, "key": str(uuid4()), "kind": "addition", "text": "Hei.", **changed}
    sent = {name: form[name] for name in form if name not in left_out}
    url = reverse("voice:card" if other else "voice:dialogue")
    with undone():
        before = Message._base_manager.count()
        first = door.post(url, sent)
        assert first.status_code in (200, 422)
        stored = Message._base_manager.count()
        assert stored - before == int(first.status_code == 200 and "Sendt." in _plain(first))
        assert door.post(url, sent).status_code == first.status_code
        assert Message._base_manager.count() == stored


def _plain(answer: Any) -> str:
    return "" if answer.headers["Content-Type"] == "application/pdf" else shown(answer)


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
@pytest.mark.parametrize("kind", TYPES[:1] + TYPES[6:7])
def test_each_known_bad_body_at_each_public_form(door: Door, body: bytes, kind: str) -> None:
    for url in (door.tells[0], reverse("voice:dialogue"), reverse("voice:card")):
        assert door.send("POST", url, body, kind).status_code in (400, 413, 422)


@pytest.mark.parametrize(("length", "status"), [("41943041", 413), ("1" + "0" * 30, 413), ("-1", 413), ("x", 413), ("٣", 413)])
def test_a_body_larger_than_three_images_is_refused_unread(door: Door, length: str, status: int) -> None:
    for url in (door.tells[0], reverse("voice:dialogue")):
        answer = door.client.generic("POST", url, b"x", CONTENT_LENGTH=length)
        assert answer.status_code == status


@pytest.mark.parametrize("who", ["elev", "foresatt", "annen"])
@pytest.mark.parametrize("field", ["key", "what", "named"])
def test_a_form_without_what_it_needs_stores_nothing(door: Door, who: str, field: str) -> None:
    url = next(url for url in door.tells if url.endswith(f"/{who}/"))
    form = {"key": str(uuid4()), **things.ANSWERS}
    del form[field]
    assert door.post(url, form).status_code == 422
    assert door.post(url, {**form, field: "\x00"}).status_code == 422


@pytest.mark.parametrize("who", ["elev", "foresatt", "annen"])
@pytest.mark.parametrize("field", ["about", "since", "who", "where", "adult", "images", "before", "concerns", "danger"])
def test_a_form_without_what_is_left_to_the_sender_is_taken_in(door: Door, who: str, field: str) -> None:
    url = next(url for url in door.tells if url.endswith(f"/{who}/"))
    form = {"key": str(uuid4()), **things.ANSWERS}
    form.pop(field, None)
    before = door.reports()
    assert door.post(url, form).status_code == 200
    assert len(door.reports() - before) == 1


def test_one_key_at_two_schools_of_two_owners_is_two_reports(door: Door) -> None:
    form = {"key": ONE_KEY, **things.ANSWERS}
    words = {things.words_on(door.post(url, form)) for url in (door.tells[0], door.tells[-1])}
    assert len(words) == 2


def test_a_file_where_a_text_belongs_is_no_text(door: Door) -> None:
    answer = door.post(door.tells[0], {"key": str(uuid4()), **things.ANSWERS, "what": things.uploaded()})
    assert answer.status_code == 422
