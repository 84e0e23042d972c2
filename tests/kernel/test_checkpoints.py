"""SQLite's log is folded in by the worker alone, while nobody writes, and nothing of it is lost."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from samskap.kernel import checkpoints
from samskap.site import config

pytestmark = pytest.mark.once


@pytest.fixture
def name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with a log."""
    found = str(tmp_path / "log.sqlite3")
    with closing(sqlite3.connect(found)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE told (what TEXT)")
    monkeypatch.setitem(connection.settings_dict, "NAME", found)
    monkeypatch.setattr(connection, "vendor", "sqlite")  # whatever the other tests run on
    return found


@pytest.fixture
def writer(name: str) -> Iterator[sqlite3.Connection]:
    with closing(checkpoints._open(name)) as opened:
        yield opened


def test_no_connection_of_ours_folds_the_log_in(tmp_path: Path) -> None:
    options = config.database("", tmp_path)["OPTIONS"]
    assert isinstance(options, dict)
    assert "PRAGMA wal_autocheckpoint=0;" in options["init_command"]


def test_a_large_log_is_folded_in_whole_and_begins_anew(name: str, writer: sqlite3.Connection) -> None:
    log = Path(f"{name}-wal")
    writer.executemany("INSERT INTO told VALUES (?)", [("x" * 4_000,)] * 2_000)
    assert log.stat().st_size > checkpoints.LARGE
    assert checkpoints.when_large()
    size = log.stat().st_size
    writer.execute("INSERT INTO told VALUES ('after')")
    assert log.stat().st_size == size
    assert writer.execute("SELECT count(*) FROM told").fetchone() == (2_001,)


def test_a_small_log_is_let_be(name: str, writer: sqlite3.Connection) -> None:
    writer.execute("INSERT INTO told VALUES ('x')")
    assert not checkpoints.when_large()


def test_it_waits_for_one_who_writes_and_never_folds_in_meanwhile(
    name: str, writer: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "PATIENCE_S", 0.1)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO told VALUES ('x')")
    assert not checkpoints.when_large(0)
    writer.execute("COMMIT")
    assert checkpoints.when_large(0)


def test_what_many_write_while_it_is_folded_in_is_all_there(name: str) -> None:
    stop = threading.Event()

    def folds() -> None:
        while not stop.is_set():
            checkpoints._fold_in(name)

    def writes(number: int) -> None:
        with closing(checkpoints._open(name)) as opened:
            for row in range(200):
                opened.execute("INSERT INTO told VALUES (?)", (f"{number}:{row}",))

    folding = threading.Thread(target=folds)
    writing = [threading.Thread(target=writes, args=(number,)) for number in range(4)]
    for thread in (folding, *writing):
        thread.start()
    for thread in writing:
        thread.join()
    stop.set()
    folding.join()
    with closing(checkpoints._open(name)) as opened:
        assert opened.execute("SELECT count(DISTINCT what) FROM told").fetchone() == (800,)
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
