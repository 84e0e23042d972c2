"""The audit: a row in the same transaction as what it tells of, sealed into a chain by a job a moment later."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from samskap.kernel import clock, frequent
from samskap.kernel.doors import open_door
from samskap.kernel.models import AuditEntry, AuditSeal
from samskap.kernel.policy import Actor

Value = str | int | bool | None | UUID
_written: ContextVar[list[int] | None] = ContextVar("audit_written", default=None)


class AuditOutsideTransaction(RuntimeError):
    """An audit row must stand or fall with what it tells of."""


def record(by: Actor, verb: str, obj: Model | None = None, **detail: Value) -> None:
    """Write one row. ``detail`` holds ids, counts, codes and hashes: never what somebody wrote.

    Raises AuditOutsideTransaction outside a transaction, ValueError for a detail that looks like text.
    """
    if not connection.in_atomic_block:
        raise AuditOutsideTransaction(verb)
    with open_door():
        frequent.insert(
            AuditEntry(
                tenant_id=by.tenant_id or getattr(obj, "tenant_id", None),
                at=clock.now(),
                account_id=by.account_id,
                person_id=by.person_id,
                verb=verb,
                object_type=obj._meta.label_lower if obj is not None else "",
                object_id=str(obj.pk) if obj is not None else "",
                detail={name: _plain(name, value) for name, value in detail.items()},
            )
        )
    written = _written.get()
    if written is not None:
        written.append(1)


def _plain(name: str, value: Value) -> str | int | bool | None:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, str) and (len(value) > 64 or any(c.isspace() for c in value)):
        raise ValueError(f"audit detail {name!r} looks like text; keep ids, codes and hashes only")
    return value


@contextmanager
def witnessed() -> Iterator[list[int]]:
    """Count the rows written inside, also by an action that an action calls; an action without any is a fault."""
    outer, written = _written.get(), list[int]()
    token = _written.set(written)
    try:
        yield written
    finally:
        _written.reset(token)
        if outer is not None:
            outer.extend(written)


GENESIS = "0" * 64


def _digest(before: str, entry: AuditEntry) -> str:
    content = json.dumps(
        [entry.pk, str(entry.tenant_id), entry.at.isoformat(), str(entry.account_id), str(entry.person_id),
         entry.verb, entry.object_type, entry.object_id, entry.detail],
        sort_keys=True, ensure_ascii=True,
    )  # fmt: skip
    return hashlib.sha256(f"{before}{content}".encode()).hexdigest()


def _last_seal(chain: str) -> tuple[int, str]:
    seal = AuditSeal.objects.filter(chain=chain).order_by("-number").first()
    return (seal.number, seal.digest) if seal else (0, GENESIS)


# A row comes to light after rows with higher numbers when its transaction lasted longer. So far back is looked at every round,
# and at all rows a few times a day: a round must not take longer as the log grows.
LATE = 1_000


def _unsealed(*, whole: bool) -> QuerySet[AuditEntry]:
    newest = AuditSeal.objects.order_by("-entry_id").values_list("entry_id", flat=True).first() or 0
    begin = 0 if whole else newest - LATE
    sealed = AuditSeal.objects.filter(entry_id__gte=begin).values("entry_id")
    return AuditEntry.objects.filter(id__gte=begin).exclude(id__in=sealed).order_by("id")


def seal_new(limit: int = 5_000, *, whole: bool = False) -> int:
    """Seal what is not yet sealed, each owner's rows into the owner's chain. Returns how many. One worker at a time.

    ``whole``: look for rows that came very late, too; that takes longer the more rows there are.
    """
    unsealed = _unsealed(whole=whole)
    if not unsealed.exists():  # most often; and nobody who writes has to wait for the look
        return 0
    with transaction.atomic(), open_door():
        entries = unsealed[:limit]
        ends: dict[str, tuple[int, str]] = {}
        seals = []
        for entry in entries:
            chain = str(entry.tenant_id or "")
            number, before = ends.get(chain) or _last_seal(chain)
            ends[chain] = (number + 1, _digest(before, entry))
            seals.append(AuditSeal(entry_id=entry.pk, chain=chain, number=number + 1, digest=ends[chain][1]))
        AuditSeal.objects.bulk_create(seals)
    return len(seals)


@dataclass(frozen=True)
class Verification:
    """What a walk along the chains found."""

    sealed: int
    broken_at: tuple[int, ...]

    @property
    def intact(self) -> bool:
        """No entry was changed, added in between, or removed since it was sealed."""
        return not self.broken_at


def verify() -> Verification:
    """Walk every chain and recompute it. Entries that are gone or differ are named by id."""
    ends: dict[str, tuple[int, str]] = {}
    broken: list[int] = []
    count = 0
    for seal in AuditSeal.objects.order_by("chain", "number").iterator():
        number, before = ends.get(seal.chain, (0, GENESIS))
        entry = AuditEntry.objects.filter(pk=seal.entry_id).first()
        if entry is None or seal.number != number + 1 or _digest(before, entry) != seal.digest:
            broken.append(seal.entry_id)
        ends[seal.chain] = (seal.number, seal.digest)
        count += 1
    return Verification(sealed=count, broken_at=tuple(broken))
