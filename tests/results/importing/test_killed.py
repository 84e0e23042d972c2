"""A worker that is killed in the middle of storing has stored nothing, and the next worker does it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection

from tests.results.importing import exports

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


@contextmanager
def own_database() -> Iterator[str]:
    """The address of an empty database for the processes: on PostgreSQL one of their own, else the home's file."""
    if connection.vendor != "postgresql":
        yield ""
        return
    name, known = f"killed_{uuid4().hex[:12]}", connection.settings_dict
    host, port = str(known["HOST"]), str(known["PORT"])
    where = f"@/{name}?host={host}" if host.startswith("/") else f"@{host}:{port}/{name}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"postgresql://{known['USER']}{where}"
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def process(home: Path, url: str, *args: str) -> "subprocess.CompletedProcess[str]":
    env = {**os.environ, "SAMSKAP_HOME": str(home), "DATABASE_URL": url, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    command = [sys.executable, str(HERE / "killed.py"), *args]
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.slow
@pytest.mark.once
def test_others_can_write_while_files_are_read_and_compared(tmp_path: Path) -> None:
    told = process(tmp_path / "home", "", "watch", str(exports.ringerike(tmp_path / "a.csv", "2022-23")))
    assert told.returncode == 0, told.stderr
    found = json.loads(told.stdout.splitlines()[-1])
    assert found["tried"] >= 3
    assert found["new"] == 15


@pytest.mark.slow
@pytest.mark.django_db
def test_a_killed_worker_has_stored_nothing_and_the_next_one_stores_all(tmp_path: Path) -> None:
    file = exports.ringerike(tmp_path / "a.csv", "2022-23")
    home = tmp_path / "home"
    with own_database() as url:
        died = process(home, url, "die", str(file))
        assert died.returncode == -signal.SIGKILL, died.stderr
        told = process(home, url, "go-on")
    assert told.returncode == 0, told.stderr
    found = json.loads(told.stdout.splitlines()[-1])
    nothing = {"values": 0, "units": 0, "series": 0, "audited": 0}
    assert found["before"] == {**nothing, "run": "applying", "job": "running"}
    assert found["after"] == {"values": 15, "units": 5, "series": 3, "audited": 1, "run": "applied", "job": "done"}
