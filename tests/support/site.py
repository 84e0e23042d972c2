"""The real program on a copy of the demonstration, for stories in a browser."""

import fcntl
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

START = 40.0


@dataclass(frozen=True)
class Site:
    """A served site."""

    url: str
    home: Path
    env: Mapping[str, str]
    log: Path


def command(env: Mapping[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    """Run ``samskap`` with words."""
    return subprocess.run(
        [sys.executable, "-m", "samskap.site.cli", *words], env=dict(env), capture_output=True, text=True, check=False
    )


def _env(home: Path, database_url: str | None) -> dict[str, str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("SAMSKAP_", "DATABASE_", "DJANGO_"))}
    env |= {"SAMSKAP_HOME": str(home), "SAMSKAP_WEB_WORKERS": "1", "PYTHONWARNINGS": "default"}
    return env | ({"DATABASE_URL": database_url} if database_url else {})


def _named(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _sql(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def _made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """The home that ``make`` makes in the folder, made once for all workers of a test run."""
    folder.mkdir(parents=True, exist_ok=True)
    home = folder / "home"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            began = time.monotonic()
            make(home)
            (folder / "made").write_text(str(time.monotonic() - began))
    return home


def seconds(home: Path) -> float:
    """How long it took to make a home."""
    return float((home.parent / "made").read_text())


def empty_template(folder: Path) -> Path:
    """A home as each command leaves it in which nobody lives yet: keys, tables, static files. Each such home takes as long
    as many tests together, so that those who do not ask how it comes about begin with a copy."""

    def make(home: Path) -> None:
        code = "import django; django.setup(); from samskap.site import commands, server; "
        code += "commands.make_home(); server.collect_static()"
        env = {**_env(home, None), "DJANGO_SETTINGS_MODULE": "samskap.site.settings"}
        subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True)

    return _made_once(folder, make)


def demo_template(folder: Path, url: str | None) -> Path:
    """The loaded demonstration, on the PostgreSQL at the address or (for None) on SQLite."""

    def make(home: Path) -> None:
        if url:
            _sql(url, "DROP DATABASE IF EXISTS demo_template")
            _sql(url, "CREATE DATABASE demo_template")
        made = command(_env(home, _named(url, "demo_template") if url else None), "demo", "--no-serve")
        if made.returncode:
            raise RuntimeError(f"the demonstration could not be loaded:\n{made.stdout}\n{made.stderr}")

    return _made_once(folder, make)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _log(home: Path) -> Path:
    return home.parent / f"{home.name}.log"


def copied(template: Path | None, home: Path) -> dict[str, str]:
    """Copy the template to a home (for None the home is as it is, with a database in which nothing is); its environment."""
    url = os.environ.get("DATABASE_URL")
    if template is not None:
        shutil.copytree(template, home, dirs_exist_ok=True)
    return _env(home, _database(url, template) if url else None)


@contextmanager
def served(template: Path | None, home: Path) -> Iterator[Site]:
    """Serve a copy of the template (for None the home as it is) and ask it to stop afterwards."""
    env = copied(template, home)
    port = _free_port()
    words = ["demo" if template is not None else "serve", "--port", str(port)]
    with _log(home).open("w+") as log:
        process = subprocess.Popen([sys.executable, "-m", "samskap.site.cli", *words], env=env, stdout=log, stderr=log)
        try:
            _wait(f"http://localhost:{port}/helse/", process, log.name)
            yield Site(f"http://localhost:{port}", home, env, _log(home))
        finally:
            process.send_signal(signal.SIGTERM)
            _ending.append(process)


def put_back(template: Path, site: Site) -> None:
    """Let a site that serves a copy of the template (on SQLite) begin anew: its database becomes the template's again.

    SQLite does it in one transaction, beside those who have the file open. To start the program takes as long as a story.
    """
    name = "samskap.sqlite3"
    with closing(sqlite3.connect(template / name)) as source, closing(sqlite3.connect(site.home / name)) as target:
        target.execute("PRAGMA wal_autocheckpoint=0")  # as the program's own connections: only its worker folds the log in
        source.backup(target)


_ending: list["subprocess.Popen[bytes]"] = []


def all_have_ended() -> None:
    """Wait for the sites that were asked to stop. Each takes some seconds, in which the next story can begin."""
    for process in _ending:
        process.wait(15)
    _ending.clear()


def _database(url: str, template: Path | None) -> str:
    name = f"site_{uuid4().hex[:12]}"
    _sql(url, f"CREATE DATABASE {name}" + (" TEMPLATE demo_template" if template is not None else ""))
    return _named(url, name)


def _wait(url: str, process: "subprocess.Popen[bytes]", log: str) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"the site did not start:\n{Path(log).read_text()}")
