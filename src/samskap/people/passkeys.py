"""Passkeys (WebAuthn): what a browser is asked, and whether its answer holds. Nothing is stored here."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from samskap.kernel import clock

LIFETIME = timedelta(minutes=15)
State = dict[str, Any]


class Refused(ValueError):
    """The browser's answer does not fit the question: another challenge, another site, a wrong signature, or nonsense."""


@dataclass(frozen=True)
class Question:
    """``options`` go to the browser; ``state`` stays in the session and is used once."""

    options: dict[str, Any]
    state: State


@dataclass(frozen=True)
class Answer:
    """A passkey that answered: its id and public key as stored, and its own count of uses (0 when it keeps none)."""

    credential: bytes
    credential_id: bytes
    count: int


def _origin() -> str:
    """Exactly one origin is ours: the site's own address."""
    parts = urlsplit(settings.BASE_URL)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _server() -> Fido2Server:
    rp = PublicKeyCredentialRpEntity(id=urlsplit(settings.BASE_URL).hostname, name="Samskap")
    none = AttestationConveyancePreference.NONE
    return Fido2Server(rp, attestation=none, verify_origin=lambda origin: origin.lower() == _origin())


def _question(options: Any, state: State) -> Question:
    return Question(dict(options), {**state, "asked_at": clock.now().isoformat()})


def _fresh(state: State | None) -> State:
    if not state or clock.now() - datetime.fromisoformat(state["asked_at"]) > LIFETIME:
        raise Refused("no open question")
    return state


def ask_for_new(account_id: UUID, username: str, name: str, known: list[bytes]) -> Question:
    """Ask the browser to make a passkey that is none of the ``known`` ones."""
    options, state = _server().register_begin(
        PublicKeyCredentialUserEntity(id=account_id.bytes, name=username, display_name=name or username),
        [AttestedCredentialData(one) for one in known],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return _question(options, state)


def ask(known: list[bytes]) -> Question:
    """Ask the browser to sign with one of the ``known`` passkeys."""
    credentials = [AttestedCredentialData(one) for one in known]
    options, state = _server().authenticate_begin(credentials, UserVerificationRequirement.PREFERRED)
    return _question(options, state)


def made(state: State | None, answer: str) -> Answer:
    """The new passkey. Raises Refused."""
    try:
        found = _server().register_complete(_fresh(state), json.loads(answer))
        credential = found.credential_data
        if credential is None:
            raise Refused("no credential")
        return Answer(bytes(credential), credential.credential_id, found.counter)
    except Exception as fault:  # the library raises whatever its parsing meets in what a stranger may send
        raise Refused(type(fault).__name__) from None


def shown(state: State | None, known: list[bytes], answer: str) -> Answer:
    """The known passkey that signed. Raises Refused."""
    try:
        values = json.loads(answer)
        credentials = [AttestedCredentialData(one) for one in known]
        found = _server().authenticate_complete(_fresh(state), credentials, values)
        count = AuthenticationResponse.from_dict(values).response.authenticator_data.counter
        return Answer(bytes(found), found.credential_id, count)
    except Exception as fault:  # as above
        raise Refused(type(fault).__name__) from None
