"""Sealed texts: whoever takes one in cannot read it back.

HPKE (RFC 9180: X25519, HKDF-SHA-256, AES-256-GCM). What pupils and others tell is sealed to the receiving side's public key,
``sealing.pub``; only a node that has ``sealing.key`` can open it. A sender has a key pair too, made from the receipt's words,
which nobody else knows: the same words open what was told and what was answered, without account and without our private key.

``context`` (owner, report, place) is bound into the seal: a sealed text that is moved to another row does not open.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from samskap.kernel import keys

_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_FORMAT = b"\x01"
_ID = 8


class NoPrivateKey(RuntimeError):
    """This node takes reports in and cannot read them."""


class NoPublicKey(RuntimeError):
    """There is nothing to seal with; an intake-only node needs a copy of ``sealing.pub``."""


class CannotOpen(ValueError):
    """The sealed text is damaged, was moved, or belongs to another key."""


def seal(plain: bytes, *, context: str) -> bytes:
    """Seal to the receiving side. Uses the public key only. Raises NoPublicKey."""
    return seal_to(public_key(), plain, context=context)


def unseal(blob: bytes, *, context: str) -> bytes:
    """Open what was sealed to the receiving side. Raises NoPrivateKey, CannotOpen."""
    return _open(_private_for(blob[1 : 1 + _ID]), blob, context)


def seal_to(public: bytes, plain: bytes, *, context: str) -> bytes:
    """Seal to a public key of 32 bytes: one byte of format, eight that name the key, HPKE's own."""
    sealed = _SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(public), info=context.encode())
    return _FORMAT + _id_of(public) + sealed


@dataclass(frozen=True)
class Sender:
    """One who holds a receipt. The pair is made anew from the words each time, and is never stored."""

    public: bytes
    private: X25519PrivateKey = field(repr=False)

    @classmethod
    def from_words(cls, words: str) -> "Sender":
        """The pair of these (normalised) words. The key file makes them useless to one who has the database alone."""
        secret = hmac.new(keys.key("lookup"), f"receipt-pair\0{words}".encode(), hashlib.sha256).digest()
        private = X25519PrivateKey.from_private_bytes(secret)
        return cls(private.public_key().public_bytes_raw(), private)

    def seal(self, plain: bytes, *, context: str) -> bytes:
        """Seal to oneself."""
        return seal_to(self.public, plain, context=context)

    def unseal(self, blob: bytes, *, context: str) -> bytes:
        """Open what was sealed to this sender. Raises CannotOpen."""
        return _open(self.private, blob, context)


def _open(private: X25519PrivateKey, blob: bytes, context: str) -> bytes:
    if blob[:1] != _FORMAT or blob[1 : 1 + _ID] != _id_of(private.public_key().public_bytes_raw()):
        raise CannotOpen
    try:
        return _SUITE.decrypt(blob[1 + _ID :], private, info=context.encode())
    except (InvalidTag, ValueError):
        raise CannotOpen from None


def _id_of(public: bytes) -> bytes:
    return hashlib.sha256(public).digest()[:_ID]


def public_key() -> bytes:
    """The receiving side's public key, 32 bytes. Makes the pair on first use, except on an intake-only node."""
    return _public(keys.folder())


def key_name() -> str:
    """The name of the present key pair: 16 hex signs, as in ``sealing-<name>.key`` for an earlier one."""
    return _id_of(public_key()).hex()


@cache
def _public(folder: Path) -> bytes:
    path = folder / "sealing.pub"
    if not path.exists():
        if keys.intake_only():
            raise NoPublicKey("an intake-only node needs sealing.pub from the node that reads: copy it into the key folder")
        _write_public(path, _private(folder / "sealing.key", make=True))
    return bytes.fromhex(path.read_text().strip())


def _write_public(path: Path, private: X25519PrivateKey) -> None:
    made = path.with_name(f".{path.name}.{os.getpid()}")
    made.write_text(private.public_key().public_bytes_raw().hex())
    made.replace(path)


@cache
def _private(path: Path, *, make: bool = False) -> X25519PrivateKey:
    if make:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        keys.make(path)
    if not path.exists():
        raise NoPrivateKey(path.name)
    return X25519PrivateKey.from_private_bytes(keys.read(path))


def _private_for(key_id: bytes) -> X25519PrivateKey:
    """The present private key, or an earlier one that is kept as ``sealing-<id>.key``."""
    folder = keys.folder()
    if keys.intake_only():
        raise NoPrivateKey("intake-only")
    present = _private(folder / "sealing.key")
    if _id_of(present.public_key().public_bytes_raw()) == key_id:
        return present
    earlier = folder / f"sealing-{key_id.hex()}.key"
    if not earlier.exists():
        raise CannotOpen
    return _private(earlier)
