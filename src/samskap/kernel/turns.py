"""Writers in a queue. SQLite lets one write at a time; those who wait ask again after ever longer naps. Here they take turns."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.db import connection

from samskap.kernel import home

_within = threading.Lock()


@cache
def _file() -> int:
    return os.open(home.path() / "write.lock", os.O_RDWR | os.O_CREAT, 0o600)


@contextmanager
def turn() -> Iterator[None]:
    """Wait for one's turn to write, among the threads and processes of this machine. At once on PostgreSQL.

    Only a courtesy: whoever writes without it is still safe. The kernel lets go of the lock of a process that is killed.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with _within:
        fcntl.flock(_file(), fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(_file(), fcntl.LOCK_UN)
