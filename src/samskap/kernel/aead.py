"""AES-256-GCM with what a text belongs to bound in: moved to another row, it does not open."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_FORMAT = b"\x01"
_NONCE = 12


class CannotDecrypt(ValueError):
    """It is damaged, was moved to another place, or was encrypted under another key."""


def encrypt(key: bytes, plain: bytes, *, context: str) -> bytes:
    """One byte of format, twelve of nonce, the rest as the standard says. ``key``: 32 bytes."""
    nonce = os.urandom(_NONCE)
    return _FORMAT + nonce + AESGCM(key).encrypt(nonce, plain, context.encode())


def decrypt(key: bytes, blob: bytes, *, context: str) -> bytes:
    """What was encrypted under the key in the same context. Raises CannotDecrypt."""
    blob = bytes(blob)
    nonce, sealed = blob[1 : 1 + _NONCE], blob[1 + _NONCE :]
    if blob[:1] != _FORMAT or len(nonce) != _NONCE:
        raise CannotDecrypt
    try:
        return AESGCM(key).decrypt(nonce, sealed, context.encode())
    except InvalidTag:
        raise CannotDecrypt from None
