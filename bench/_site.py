"""A served school with an open entrance, and clients that tell as a browser does; for the measurements of taking in."""

import http.client
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
PATHS = f"{ROOT}{os.pathsep}{ROOT / 'src'}"
KEY = re.compile(r'name="key" value="([0-9a-f-]{36})"')
WORDS = re.compile(r'data-words="([^"]+)"')
ANSWERS = {"about": "me", "since": "week", "where": "I garderoben", "concerns": "pupils", "danger": "no", "named": "no"}


@dataclass
class Place:
    """A home with one school; ``path`` is where its pupils tell."""

    home: Path
    env: dict[str, str]
    path: str
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = None

    def start(self, application: str = "samskap.site.wsgi:application") -> None:
        """Start the web server as the product does, and wait until it answers at its path."""
        self.port = self.port or _free_port()
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port),
            "--workers", "2", "--blocking-threads", "16", "--backlog", "512", "--no-ws", "--log-level", "error", application,
        ]  # fmt: skip
        env = {**self.env, "PYTHONPATH": PATHS}
        self.process = subprocess.Popen(command, env=env, start_new_session=True, stderr=subprocess.DEVNULL, cwd=self.home)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and not self._answers():
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            return ask(self.connect(), "GET", self.path)[0] == 200
        except OSError:
            return False

    def connect(self) -> http.client.HTTPConnection:
        """A client's connection."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)

    @contextmanager
    def beside(self, application: str, path: str) -> "Iterator[Place]":
        """Another application on the same home, served at the same time."""
        other = replace(self, port=0, process=None, path=path)
        try:
            other.start(application)
            yield other
        finally:
            other.kill()

    def kill(self) -> None:
        """SIGKILL to the server and all its workers."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def memory(self) -> float:
        """What server and workers hold in memory together, MiB (resident)."""
        if self.process is None or not Path("/proc").exists():
            return 0.0
        total = 0
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                if os.getpgid(int(status.parent.name)) == self.process.pid:
                    found = re.search(r"VmRSS:\s+(\d+)", status.read_text())
                    total += int(found.group(1)) if found else 0
            except OSError:
                continue
        return round(total / 1024, 1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def place(database_url: str | None = None, *, begin_with: Path | None = None) -> Iterator[Place]:
    """A new home with a school and its entrance. ``begin_with``: an empty home that is made already."""
    with tempfile.TemporaryDirectory(prefix="samskap-bench-") as folder:
        if begin_with is not None:
            shutil.copytree(begin_with, folder, dirs_exist_ok=True)
        env = {name: value for name, value in os.environ.items() if not name.startswith(("SAMSKAP_", "DATABASE_", "DJANGO_"))}
        env |= {"SAMSKAP_HOME": folder, "DJANGO_SETTINGS_MODULE": "samskap.site.settings"}
        env |= {"DATABASE_URL": database_url} if database_url else {}
        made = subprocess.run(
            [sys.executable, "-c", _MAKE], env={**env, "PYTHONPATH": PATHS}, capture_output=True, text=True, check=False
        )
        if made.returncode:
            raise RuntimeError(made.stderr[-2_000:])
        found = Place(Path(folder), env, made.stdout.strip().splitlines()[-1])
        try:
            yield found
        finally:
            found.kill()


_MAKE = """
import django
django.setup()
from samskap.site.commands import make_home
from samskap.site.server import collect_static
make_home(); collect_static()
from samskap.kernel import scope
from samskap.kernel.policy import SYSTEM
from samskap.people import actions as people
from samskap.site.demo import owners
from samskap.voice import actions
tenant = people.open_owner(by=SYSTEM, name="Prøvestad kommune", unit=None, is_demo=True)
by = owners.builder(tenant.pk)
with scope.tenant_scope(tenant.pk):
    school = people.add_school(by=by, name="Prøvestad skole", unit=None)
    leader = people.add_person(by=by, name="Prøve Leder")
    people.give_account(by=by, person=leader, username="leder")
    people.assign(by=by, person=leader, role="leader", school=school)
    print(f"/s/{actions.open_entrance(by=by, school=school).code}/elev/")
"""


@contextmanager
def databases() -> Iterator[Sequence[tuple[str, str | None]]]:
    """SQLite, and a PostgreSQL of the measurement's own where its programs are. (name, URL)."""
    sys.path.insert(0, str(ROOT))
    from tests.support import postgres

    with ExitStack() as stack:
        found: list[tuple[str, str | None]] = [("sqlite", None)]
        if postgres.programs() is not None:
            found.append(("postgresql", stack.enter_context(postgres.running(durable=True))))
        yield found


def ask(connection: http.client.HTTPConnection, method: str, path: str, body: str = "") -> tuple[int, str]:
    """One request; (status, text)."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    return answer.status, answer.read().decode("utf-8", "replace")


@dataclass
class Told:
    """One report as its sender knows it: the form's key, what was written, and the words, once there was an answer."""

    key: str
    what: str
    words: str = ""


def tell(connection: http.client.HTTPConnection, path: str, what: str = "", again: Told | None = None) -> Told:
    """Open the page, fill it in, send it, read the words. ``again``: send a form that was sent before."""
    status, page = ask(connection, "GET", path)
    found = KEY.search(page)
    if status != 200 or found is None:
        raise OSError(f"the page answered {status}")
    told = again or Told(found.group(1), what or f"Ingen vil være med meg. {uuid.uuid4()}")
    return send(connection, path, told)


def send(connection: http.client.HTTPConnection, path: str, told: Told) -> Told:
    """Send a form, also one that was sent before; its words are filled in. Raises OSError without a receipt."""
    status, receipt = ask(connection, "POST", path, urlencode({**ANSWERS, "key": told.key, "what": told.what}))
    words = WORDS.search(receipt)
    if status != 200 or words is None:
        raise OSError(f"the form was answered {status}")
    told.words = words.group(1)
    return told


@dataclass
class Run:
    """What one run of clients gave."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    lasted: float = 0.0

    def add(self, other: "Run") -> None:
        """What another run of the same clients gave, too."""
        self.seconds += other.seconds
        self.failed += other.failed
        self.lasted += other.lasted

    def figures(self) -> dict[str, Any]:
        """``per_second``, ``failed``, ``p50_s``, ``p95_s``."""
        ordered = sorted(self.seconds) or [0.0]
        return {
            "per_second": round(len(self.seconds) / self.lasted, 1),
            "failed": self.failed,
            "p50_s": round(statistics.median(ordered), 4),
            "p95_s": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 4),
        }


def clients(place: Place, count: int, lasting: float, flow: Callable[[http.client.HTTPConnection], object]) -> Run:
    """So many clients at once, each beginning anew as soon as it is through, for so many seconds."""
    run, lock, stop = Run(), threading.Lock(), time.monotonic() + lasting

    def one() -> None:
        connection = place.connect()
        while time.monotonic() < stop:
            began = time.monotonic()
            try:
                flow(connection)
            except (OSError, http.client.HTTPException):
                connection.close()
                connection = place.connect()
                with lock:
                    run.failed += 1
                continue
            with lock:
                run.seconds.append(time.monotonic() - began)

    began = time.monotonic()
    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run.lasted = time.monotonic() - began
    return run
