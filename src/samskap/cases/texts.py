"""How the words of a case are locked and opened: under the case's own key, bound to the row that holds them.

A node that only takes reports in has no key of a case, and still writes its lines when a sender writes or names the leadership:
that one came, that the case went to the owner. They hold nothing of what was told, and are sealed to those who read.
"""

import json
from collections.abc import Mapping
from typing import Any

from samskap.cases.models import (
    Answer,
    Case,
    CasePupil,
    Consultation,
    Entry,
    Home,
    Measure,
    Meeting,
    Paper,
    PaperDraft,
    PlanVersion,
)
from samskap.kernel import envelope, keys, sealing
from samskap.kernel.aead import CannotDecrypt
from samskap.kernel.envelope import RecordKey

# Begins what a node without the key has written; what is locked begins with random bytes.
_SEALED = b"sealed by intake"

Row = Case | CasePupil | Entry | PlanVersion | Measure | Answer | Home | Paper | PaperDraft | Meeting | Consultation


def _context(case: Case) -> str:
    return f"{case.tenant_id}:case:{case.pk}"


def new_key(case: Case) -> bytes:
    """A key for a case that is being opened. Within the owner's scope; the case's ``tenant_id`` must be set."""
    return envelope.new_key(context=_context(case))


def key_of(case: Case) -> RecordKey:
    """The case's key, opened once for each object in memory. Raises CannotDecrypt."""
    kept: RecordKey | None = case.__dict__.get("_record_key")
    if kept is None:
        kept = case.__dict__["_record_key"] = envelope.open_key(bytes(case.key), context=_context(case))
    return kept


def _place(row: Row) -> str:
    """What is bound in: the row, and what it claims to be, so that neither can be changed behind the program's back."""
    if isinstance(row, Entry):
        return f"entry:{row.pk}:{row.kind}:{row.pupil_id}:{row.happened_on}"
    if isinstance(row, Answer):
        return f"answer:{row.pk}:{row.pupil_id}:{row.voice}:{row.safe}"
    if isinstance(row, PlanVersion):
        return f"plan:{row.plan_id}:{row.version}"
    if isinstance(row, Home):
        return f"home:{row.pk}:{row.pupil_id}:{row.person_mark}:{row.sees}"
    if isinstance(row, Paper):
        return f"paper:{row.pk}:{row.number}:{row.kind}:{row.pupil_id}:{row.to_mark}:{row.sha256}"
    if isinstance(row, CasePupil):
        return f"pupil:{row.pk}:{row.person_mark}"
    return f"{type(row).__name__.lower()}:{row.pk}"


def lock(case: Case, row: Row, data: Mapping[str, Any]) -> None:
    """Put a text into the row."""
    if keys.intake_only():
        row.content = _SEALED + sealing.seal(json.dumps(data).encode(), context=_sealed_place(case, row))
    else:
        row.content = key_of(case).lock(data, place=_place(row))


def _sealed_place(case: Case, row: Row) -> str:
    return f"{_context(case)}:{_place(row)}"


def lock_file(case: Case, row: Paper, content: bytes) -> None:
    """Put the released file into the row."""
    row.file = key_of(case).lock_file(content, place=_place(row))


def unlock_file(case: Case, row: Paper) -> bytes:
    """The released file. Raises CannotDecrypt."""
    return key_of(case).unlock_file(bytes(row.file), place=_place(row))


def unlock(case: Case, row: Row) -> dict[str, Any]:
    """The row's text. Raises CannotDecrypt."""
    content = bytes(row.content)
    if not content.startswith(_SEALED):
        return key_of(case).unlock(content, place=_place(row))
    try:
        found: dict[str, Any] = json.loads(sealing.unseal(content[len(_SEALED) :], context=_sealed_place(case, row)))
    except sealing.CannotOpen as fault:
        raise CannotDecrypt from fault
    return found


def unlock_whole(case: Case, row: Row) -> dict[str, Any] | None:
    """The row's text; None for what is damaged: one damaged part must not hide the others."""
    try:
        return unlock(case, row)
    except CannotDecrypt:
        return None
