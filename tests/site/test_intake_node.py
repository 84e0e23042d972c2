"""A node that only takes in, as the real program: without a private key, and with no other door than the public pages."""

import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bench import _site
from bench._site import Place
from tests.support.site import _free_port, _wait, command

pytestmark = pytest.mark.once

OPEN_ALL = """
import django
django.setup()
from samskap.kernel import scope
from samskap.voice import queries
from samskap.voice.models import Report
with scope.outside_scope(reason="tests"):
    print([queries.opened(report).text["what"] for report in Report.objects.all()])
"""


@pytest.fixture
def place(made_home: Path, tmp_path: Path) -> Iterator[Place]:
    """A school with its home; the intake node's key folder has only what such a node may have."""
    with _site.place(begin_with=made_home) as found:
        keys = tmp_path / "keys"
        keys.mkdir(mode=0o700)
        for name in ("lookup.key", "sealing.pub"):
            shutil.copy(found.home / "keys" / name, keys)
        found.env |= {"SAMSKAP_KEYS": str(keys), "SAMSKAP_INTAKE_ONLY": "1", "SAMSKAP_WEB_WORKERS": "1"}
        yield found


@contextmanager
def served(place: Place, tmp_path: Path) -> Iterator[None]:
    place.port = _free_port()
    with (tmp_path / "log").open("w+") as log:
        words = [sys.executable, "-m", "samskap.site.cli", "serve", "--port", str(place.port)]
        process = subprocess.Popen(words, env=place.env, stdout=log, stderr=log)
        try:
            _wait(f"http://localhost:{place.port}/helse/", process, log.name)
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(15)


def opened(env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-c", OPEN_ALL], env=env, capture_output=True, text=True, check=False)


def status(place: Place, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://localhost:{place.port}{path}") as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_it_takes_in_and_nobody_on_it_can_read(place: Place, tmp_path: Path) -> None:
    keys = Path(place.env["SAMSKAP_KEYS"])
    with served(place, tmp_path):
        with closing(place.connect()) as connection:
            told = _site.tell(connection, place.path, "De venter på meg ved porten.")
        assert len(told.words.split()) == 6
        assert {status(place, path) for path in ("/", "/logg-inn/", "/meldinger/", "/admin/", "/api/")} == {404}
        time.sleep(1.5)  # the worker has been round
    assert {path.name for path in keys.iterdir()} >= {"lookup.key", "sealing.pub"}
    assert not list(keys.glob("sealing*.key"))
    assert "NoPrivateKey" in opened(place.env).stderr
    reading = {name: value for name, value in place.env.items() if name not in ("SAMSKAP_KEYS", "SAMSKAP_INTAKE_ONLY")}
    assert opened(reading).stdout.strip() == "['De venter på meg ved porten.']"
    assert "porten" not in (tmp_path / "log").read_text()


@pytest.mark.parametrize("name", ["lookup.key", "sealing.pub"])
def test_it_says_in_one_line_what_it_needs_from_the_node_that_reads(place: Place, name: str) -> None:
    (Path(place.env["SAMSKAP_KEYS"]) / name).unlink()
    told = command(place.env, "serve", "--port", str(_free_port()))
    assert told.returncode != 0
    assert told.stderr.strip().splitlines() == [
        f"samskap: an intake-only node needs {name} from the node that reads: copy it into the key folder"
    ]
