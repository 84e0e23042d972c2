"""Serve: the web server and the worker as two children, both ended within ten seconds of SIGTERM."""

import hashlib
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

import django
from django.conf import settings
from django.contrib.staticfiles.finders import find, get_finders
from django.core.management import call_command

from samskap.kernel import invitations
from samskap.kernel.invitations import Purpose
from samskap.kernel.models import Tenant
from samskap.site.commands import CannotDo

log = logging.getLogger(__name__)
GRACE = 8.0
_stopping = False


def collect_static() -> None:
    """Put the static files, compressed and with hashed names, into the home. Skipped where nothing changed: it takes seconds."""
    if find("vendor/designsystemet/index.css") is None:
        raise CannotDo("the style files are missing; run script/setup (or build the package) once")
    note, found = Path(settings.STATIC_ROOT) / ".collected", _files_digest()
    if note.exists() and note.read_text() == found:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    note.write_text(found)


def _files_digest() -> str:
    """What the static files are: where each lies, how large it is, and when it was changed."""
    found = [f"{django.__version__}"]
    for finder in get_finders():
        for path, storage in finder.list([]):
            known = Path(storage.path(path)).stat()
            found.append(f"{storage.path(path)} {known.st_size} {known.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest()


def set_up_link() -> str | None:
    """The one-time link of an empty home; None when somebody lives here."""
    if Tenant.objects.exists():
        return None
    return f"{settings.BASE_URL}/oppsett/{invitations.issue(Purpose.SETUP)}/"


def _free(address: str, port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def web_command(address: str, port: int) -> list[str]:
    """The command line of the web server."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", address, "--port", str(port),
        "--workers", str(settings.CONFIG.workers), "--blocking-threads", "16", "--backlog", "512",
        "--respawn-failed-workers", "--no-ws", "--log-level", "error",
        "--workers-kill-timeout", "5", "samskap.site.wsgi:application",
    ]  # fmt: skip


def worker_command() -> list[str]:
    """The command line of the worker."""
    return [sys.executable, "-m", "samskap.site.cli", "worker"]


def serve(address: str, port: int) -> int:
    """Start both children and wait. A worker that dies is started again; a web server that dies ends it all."""
    if not _free(address, port):
        raise CannotDo(f"port {port} is in use; choose another one with --port")
    collect_static()
    link = set_up_link()
    if link:
        print(f"This home is empty. Set it up here, once, within a day:\n  {link}", flush=True)
    return _watch(web_command(address, port), address, port)


def _ask_to_stop(signum: int, frame: FrameType | None) -> None:
    global _stopping  # a signal handler has no other place to leave its word
    _stopping = True


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, env=os.environ.copy(), start_new_session=True)


def _answers(address: str, port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1" if address == "0.0.0.0" else address, port)) == 0  # noqa: S104  (compared, not bound)


def _watch(web_line: list[str], address: str, port: int) -> int:
    signal.signal(signal.SIGTERM, _ask_to_stop)
    signal.signal(signal.SIGINT, _ask_to_stop)
    web, worker = _start(web_line), _start_worker()
    code, told = 0, False
    try:
        while not _stopping:
            if not told and _answers(address, port):
                told = True
                print(f"Samskap answers on {settings.BASE_URL} (stop with Ctrl+C)", flush=True)
            if web.poll() is not None:
                code = 1
                break
            if worker is not None and worker.poll() is not None:
                log.warning("the worker ended with %s; starting it again", worker.returncode)
                time.sleep(1)
                worker = _start_worker()
            time.sleep(0.2)
    finally:
        _end(*(child for child in (web, worker) if child is not None))
    return code


def _start_worker() -> "subprocess.Popen[bytes] | None":
    """None on a node that only takes in: it can open nothing, and what is to be sent is the other node's."""
    return None if settings.CONFIG.intake_only else _start(worker_command())


def _end(*children: "subprocess.Popen[bytes]") -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + GRACE
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
