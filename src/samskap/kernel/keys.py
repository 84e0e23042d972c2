"""Key files, 0600, outside the database and its backups.

``signing.key`` signs cookies, ``lookup.key`` hashes what is found again by its hash (invitations, limits, receipts),
``factors.key`` encrypts the secrets of second factors, ``content.key`` the keys of cases (``kernel.envelope``).
``sealing.key`` and ``sealing.pub`` lie beside them: see ``kernel.sealing``.
"""

import hashlib
import hmac
import os
import secrets
from functools import cache
from pathlib import Path

from samskap.kernel import home

NAMES = ("signing", "lookup", "factors", "content")
# Opens what is stored: never on a node that only takes reports in.
READING = ("content",)

# An intake-only node with a key of its own would give receipts that no other node finds.
SHARED = ("lookup",)


class KeyMissing(FileNotFoundError):
    """An intake-only node lacks a key that it must have in common with the node that reads."""


class KeyFileOpen(PermissionError):
    """A key file can be read by others than its owner."""


def folder() -> Path:
    """Where the key files lie: ``SAMSKAP_KEYS``, default ``keys/`` in the home."""
    return _folder(os.environ.get("SAMSKAP_KEYS", ""), os.environ.get("SAMSKAP_HOME", ""))


@cache
def _folder(named: str, _home: str) -> Path:
    """Looked up once for what the environment says: the disk is not asked for every key."""
    return Path(named) if named else home.path() / "keys"


def make_missing() -> tuple[str, ...]:
    """Make the keys that are not there yet; return their names. Raises KeyMissing on an intake-only node."""
    for name in SHARED:
        if intake_only() and not (folder() / f"{name}.key").exists():
            raise KeyMissing(f"an intake-only node needs {name}.key from the node that reads: copy it into the key folder")
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    wanted = [name for name in NAMES if not (intake_only() and name in READING)]
    return tuple(name for name in wanted if make(folder() / f"{name}.key"))


def intake_only() -> bool:
    """True on a node that takes reports in and has no private key (``SAMSKAP_INTAKE_ONLY``)."""
    return os.environ.get("SAMSKAP_INTAKE_ONLY", "").strip().lower() in ("1", "true", "yes")


def make(path: Path) -> bool:
    """Write 32 new random bytes into a file of mode 0600; False when it is there already."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(32))
        file.flush()
        os.fsync(file.fileno())
    return True


@cache
def read(path: Path) -> bytes:
    """The 32 bytes in a key file. Raises KeyFileOpen when others could read it."""
    if path.stat().st_mode & 0o077:
        raise KeyFileOpen(f"{path.name} must be readable by its owner only: chmod 600")
    return bytes.fromhex(path.read_text().strip())


@cache
def _file(within: Path, name: str) -> Path:
    return within / f"{name}.key"


def key(name: str) -> bytes:
    """The 32 bytes of a key. Makes the key on first use. Raises KeyFileOpen when others could read it."""
    path = _file(folder(), name)
    try:
        return read(path)
    except FileNotFoundError:
        make_missing()
        return read(path)


def keyed_hash(purpose: str, value: str) -> str:
    """HMAC-SHA-256 in hex (64 signs), with the key outside the database; ``purpose`` keeps uses apart."""
    return hmac.new(key("lookup"), f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()
