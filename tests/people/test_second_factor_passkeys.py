"""Passkeys without a browser: what is refused, whatever is sent. With a browser: ``tests/browser``."""

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestedCredentialData, AuthenticatorData
from hypothesis import given
from hypothesis import strategies as st

from samskap.kernel import clock
from samskap.kernel.actions import ActionError
from samskap.people import factors, passkeys
from tests.people.test_second_factor import QUESTION, with_app
from tests.support.world import World


def state() -> passkeys.State:
    return passkeys.ask([]).state


@given(
    st.one_of(
        st.text(max_size=40), st.dictionaries(st.sampled_from(["id", "rawId", "type", "response"]), st.text()).map(json.dumps)
    )
)
def test_nonsense_from_a_browser_is_refused_and_nothing_worse(answer: str) -> None:
    with pytest.raises(passkeys.Refused):
        passkeys.made(state(), answer)
    with pytest.raises(passkeys.Refused):
        passkeys.shown(state(), [], answer)


@pytest.mark.parametrize("answer", ["", "{}", "null", "[]", '{"id": "AA"}', "\x00"])
def test_nonsense_posted_is_a_refusal_on_the_page(world: World, answer: str) -> None:
    with_app(world)
    assert world.client("ingrid", strong=False).post(QUESTION, {"credential": answer}).status_code == 422


class Device:
    """A passkey made by hand, so that a test can lie about each part of its answer."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = bytes(range(32))
        public = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]  # untyped in the library
        self.credential = AttestedCredentialData.create(bytes(16), self.id, public)

    def sign(self, asked: passkeys.State, *, origin: str = "", rp: str = "localhost", count: int = 1, flags: int = 5) -> str:
        told = {"type": "webauthn.get", "challenge": asked["challenge"], "origin": origin or settings.BASE_URL}
        client = json.dumps(told).encode()
        data = AuthenticatorData.create(sha256(rp.encode()).digest(), AuthenticatorData.FLAG(flags), count)
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        parts = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        response = {name: websafe_encode(part) for name, part in parts.items()}
        name = websafe_encode(self.id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}})


def test_a_right_answer_holds() -> None:
    device, asked = Device(), state()
    found = passkeys.shown(asked, [bytes(device.credential)], device.sign(asked, count=7))
    assert (found.credential_id, found.count) == (device.id, 7)


@pytest.mark.parametrize(
    "lie",
    [{"origin": "https://evil.example"}, {"origin": "http://localhost:9999"}, {"rp": "evil.example"}, {"flags": 0}],
    ids=["another site", "another port", "another party", "nobody there"],
)
def test_a_lie_is_refused(lie: dict[str, Any]) -> None:
    device, asked = Device(), state()
    with pytest.raises(passkeys.Refused):
        passkeys.shown(asked, [bytes(device.credential)], device.sign(asked, **lie))


def test_another_challenge_another_key_and_an_old_question_are_refused() -> None:
    device, other, asked = Device(), Device(), state()
    known = [bytes(device.credential)]
    for wrong_state, answer in ((state(), device.sign(asked)), (asked, other.sign(asked)), (None, device.sign(asked))):
        with pytest.raises(passkeys.Refused):
            passkeys.shown(wrong_state, known, answer)
    late = clock.now() + timedelta(minutes=16)
    with clock.frozen(late), pytest.raises(passkeys.Refused):
        passkeys.shown(asked, known, device.sign(asked))


@pytest.mark.parametrize(
    ("counts", "last_holds"), [((0, 0, 0), True), ((1, 2, 3), True), ((5, 5), False), ((5, 4), False), ((5, 0), False)]
)
def test_a_passkeys_own_count_must_grow_if_it_keeps_one(world: World, counts: tuple[int, ...], last_holds: bool) -> None:
    device, by = Device(), world.actor("ingrid")
    first, *middle, last = (passkeys.Answer(bytes(device.credential), device.id, count) for count in counts)
    factors.add_passkey(by=by, answer=first)
    for answer in middle:
        factors.show_passkey(by=by, answer=answer)
    if last_holds:
        factors.show_passkey(by=by, answer=last)
    else:
        with pytest.raises(ActionError):
            factors.show_passkey(by=by, answer=last)


def test_one_passkey_belongs_to_one_account(world: World) -> None:
    device = Device()
    answer = passkeys.Answer(bytes(device.credential), device.id, 0)
    factors.add_passkey(by=world.actor("ingrid"), answer=answer)
    with pytest.raises(ActionError):
        factors.add_passkey(by=world.actor("amir"), answer=answer)
    with pytest.raises(ActionError):
        factors.show_passkey(by=world.actor("amir"), answer=answer)


def test_a_challenge_is_used_up_by_one_answer(world: World) -> None:
    device = Device()
    factors.add_passkey(by=world.actor("ingrid"), answer=passkeys.Answer(bytes(device.credential), device.id, 0))
    client = world.client("ingrid", strong=False)
    client.get(QUESTION)
    answer = device.sign(client.session["passkey"], count=1)
    assert client.post(QUESTION, {"credential": answer}).status_code == 302
    assert "passkey" not in client.session
    again = world.client("ingrid", strong=False)
    again.get(QUESTION)
    assert again.post(QUESTION, {"credential": answer}).status_code == 422
