"""A key of its own for each record, wrapped by a master key outside the database and its backups.

Whoever has the database alone can read nothing. To destroy a record's wrapped key is to destroy the record, also in old backups
of the database. ``content.key`` is the master; an earlier one is kept as ``content-<name>.key`` until everything is rewrapped.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from samskap.kernel import aead, keys
from samskap.kernel.aead import CannotDecrypt

_NAME = 8


def _name_of(master: bytes) -> bytes:
    return hashlib.sha256(b"content-master\0" + master).digest()[:_NAME]


def _master(name: bytes) -> bytes:
    """The present master key, or the earlier one that is called so. Raises CannotDecrypt."""
    present = keys.key("content")
    if _name_of(present) == name:
        return present
    earlier = keys.folder() / f"content-{name.hex()}.key"
    if not earlier.exists():
        raise CannotDecrypt
    return keys.read(earlier)


def _wrapped(plain: bytes, context: str) -> bytes:
    master = keys.key("content")
    return _name_of(master) + aead.encrypt(master, plain, context=f"key:{context}")


def new_key(*, context: str) -> bytes:
    """A new key, wrapped; ``context`` names the record that it is for."""
    return _wrapped(os.urandom(32), context)


@dataclass(frozen=True)
class RecordKey:
    """The opened key of one record. Never stored, never logged."""

    context: str
    secret: bytes = field(repr=False)

    def lock(self, data: Mapping[str, Any], *, place: str) -> bytes:
        """A text (JSON), encrypted; ``place`` names the row that holds it."""
        plain = json.dumps(data, ensure_ascii=False, sort_keys=True).encode()
        return aead.encrypt(self.secret, plain, context=f"{self.context}:{place}")

    def lock_file(self, content: bytes, *, place: str) -> bytes:
        """A file, encrypted; ``place`` names the row that holds it."""
        return aead.encrypt(self.secret, content, context=f"{self.context}:file:{place}")

    def unlock_file(self, blob: bytes, *, place: str) -> bytes:
        """The file that was locked for the same place. Raises CannotDecrypt."""
        return aead.decrypt(self.secret, blob, context=f"{self.context}:file:{place}")

    def unlock(self, blob: bytes, *, place: str) -> dict[str, Any]:
        """What was locked for the same place. Raises CannotDecrypt."""
        found: dict[str, Any] = json.loads(aead.decrypt(self.secret, blob, context=f"{self.context}:{place}"))
        return found


def open_key(wrapped: bytes, *, context: str) -> RecordKey:
    """The record's key. Raises CannotDecrypt when it was destroyed, or belongs to another record or master."""
    wrapped = bytes(wrapped)
    secret = aead.decrypt(_master(wrapped[:_NAME]), wrapped[_NAME:], context=f"key:{context}")
    return RecordKey(context, secret)


def rewrapped(wrapped: bytes, *, context: str) -> bytes:
    """The same key under the present master. Raises CannotDecrypt."""
    return _wrapped(open_key(wrapped, context=context).secret, context)
