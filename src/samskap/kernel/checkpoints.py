"""SQLite's log is folded into the database by one process alone, while nobody writes.

Until SQLite 3.51.3 (and 3.50.7, 3.44.6) a checkpoint that meets a commit which begins the log anew can lose what was committed
(https://sqlite.org/wal.html, "The WAL-reset bug"), and most machines still have an older one. So no connection of ours folds
the log in by itself (``wal_autocheckpoint=0``); the worker does, and holds the right to write while it does.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from samskap.kernel.turns import turn

LARGE = 4 * 1024 * 1024
PATIENCE_S = 5.0


def when_large(limit: int = LARGE) -> bool:
    """Fold the log in when it has grown beyond ``limit`` bytes. True when it was done. Nothing to do on PostgreSQL."""
    name = str(connection.settings_dict["NAME"])
    log = Path(f"{name}-wal")
    if connection.vendor != "sqlite" or not log.exists() or log.stat().st_size <= limit:
        return False
    return _fold_in(name)


def _fold_in(name: str) -> bool:
    with turn(), closing(_open(name)) as holds, closing(_open(name)) as folds:
        try:
            holds.execute("BEGIN IMMEDIATE")  # until it ends nobody commits, so nobody begins the log anew
        except sqlite3.OperationalError:  # somebody writes for long; another time
            return False
        busy, pages, folded = folds.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        holds.execute("ROLLBACK")
        return not busy and pages == folded


def _open(name: str) -> sqlite3.Connection:
    made = sqlite3.connect(name, timeout=PATIENCE_S, isolation_level=None)
    made.execute("PRAGMA synchronous=FULL")
    made.execute("PRAGMA wal_autocheckpoint=0")
    return made
