"""How voice's texts are sealed and opened: JSON, bound to owner, report and place."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from samskap.kernel import keys, sealing
from samskap.kernel.sealing import Sender
from samskap.voice import receipt
from samskap.voice.models import Message, Report

Text = Mapping[str, Any]


@dataclass(frozen=True)
class Holder:
    """One who holds receipt words."""

    words: str
    hash: str
    sender: Sender


def holder(words: str) -> Holder:
    """The holder of (normalised) words."""
    return Holder(words, keys.keyed_hash("receipt", words), Sender.from_words(words))


def holder_for_form(key: UUID) -> Holder:
    """The holder that a form's own key leads to: the same form sent again leads to the same words."""
    digest = keys.keyed_hash("receipt-words", str(key))
    return holder(receipt.words_from(bytes.fromhex(digest)))


def place(tenant_id: UUID, report_id: UUID, part: str, part_id: UUID | None = None) -> str:
    """The context that is bound into a seal."""
    return f"{tenant_id}:{report_id}:{part}:{part_id or ''}"


def place_of(message: Message) -> str:
    """The context of a message: what it is and whose side it comes from cannot be changed without it ceasing to open."""
    side = "sender" if message.from_sender else "adult"
    return place(message.report.tenant_id, message.report_id, f"message:{side}:{message.kind}", message.pk)


def pack(text: Text) -> bytes:
    """A text as bytes."""
    return json.dumps(text, ensure_ascii=False, sort_keys=True).encode()


def unpack(plain: bytes) -> dict[str, Any]:
    """Bytes as a text again."""
    found: dict[str, Any] = json.loads(plain)
    return found


def copy_for(report: Report, plain: bytes, context: str) -> bytes | None:
    """The sender's own copy, sealed to the sender's key; None for one who has none."""
    return sealing.seal_to(bytes(report.sender_key), plain, context=context) if report.sender_key else None
