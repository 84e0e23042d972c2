"""Small secrets that the program itself must read again: AES-256-GCM under ``factors.key``, outside the database."""

from samskap.kernel import aead, keys
from samskap.kernel.aead import CannotDecrypt

__all__ = ["CannotDecrypt", "decrypt", "encrypt"]


def encrypt(plain: bytes, *, context: str) -> bytes:
    """Encrypt; ``context`` (whose it is) is bound in."""
    return aead.encrypt(keys.key("factors"), plain, context=context)


def decrypt(blob: bytes, *, context: str) -> bytes:
    """What was encrypted in the same context. Raises CannotDecrypt."""
    return aead.decrypt(keys.key("factors"), blob, context=context)
