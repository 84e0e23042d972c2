"""Small secrets that the program itself must read again: AES-256-GCM under ``factors.key``, outside the database."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from samskap.kernel import keys

_FORMAT = b"\x01"
_NONCE = 12


class CannotDecrypt(ValueError):
    """The secret is damaged, was moved to another place, or was encrypted under another key."""


def encrypt(plain: bytes, *, context: str) -> bytes:
    """Encrypt; ``context`` (whose it is) is bound in, so that a secret that is moved to another row does not open."""
    nonce = os.urandom(_NONCE)
    return _FORMAT + nonce + AESGCM(keys.key("factors")).encrypt(nonce, plain, context.encode())


def decrypt(blob: bytes, *, context: str) -> bytes:
    """What was encrypted in the same context. Raises CannotDecrypt."""
    blob = bytes(blob)
    nonce, sealed = blob[1 : 1 + _NONCE], blob[1 + _NONCE :]
    if blob[:1] != _FORMAT or len(nonce) != _NONCE:
        raise CannotDecrypt
    try:
        return AESGCM(keys.key("factors")).decrypt(nonce, sealed, context.encode())
    except InvalidTag:
        raise CannotDecrypt from None
