"""The command line: help, exit codes, a home that makes itself, an end within ten seconds."""

import json
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.support.site import _env, _free_port, command

pytestmark = pytest.mark.once


@pytest.mark.parametrize("words", [["--help"], ["serve", "--help"], ["import", "--help"], ["units", "--help"]])
def test_every_command_explains_itself(tmp_path: Path, words: list[str]) -> None:
    told = command(_env(tmp_path / "home", None), *words)
    assert (told.returncode, told.stderr) == (0, "")
    assert "usage" in told.stdout


@pytest.mark.parametrize("words", [[], ["fly"], ["serve", "--port", "none"], ["import"], ["serve", "--port", "70000"]])
def test_wrong_use_is_exit_code_two(tmp_path: Path, words: list[str]) -> None:
    assert command(_env(tmp_path / "home", None), *words).returncode == 2


def test_a_wrong_setting_is_one_line_and_no_trace(tmp_path: Path) -> None:
    told = command({**_env(tmp_path / "home", None), "SAMSKAP_WEB_WORKERS": "many"}, "check")
    assert told.returncode == 2
    assert told.stderr.strip().splitlines() == ["samskap: SAMSKAP_WEB_WORKERS is 'many'; allowed: a whole number from 1 to 64"]


def test_a_database_that_is_away_is_one_line_and_no_trace(tmp_path: Path) -> None:
    env = _env(tmp_path / "home", f"postgresql://nobody@/none?host={tmp_path}")
    told = command(env, "check")
    assert told.returncode == 1
    assert told.stderr.startswith("samskap: the database cannot be used")
    assert "Traceback" not in told.stderr


def test_any_command_makes_the_home_it_needs(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "home"
    told = command(_env(home, None), "check", "--json")
    assert json.loads(told.stdout)["ok"] is True
    assert (home / "samskap.sqlite3").stat().st_mode & 0o077 == 0
    assert {path.stat().st_mode & 0o777 for path in (home / "keys").iterdir()} == {0o600}


def test_the_worker_does_what_is_due_and_stops(made_home: Path) -> None:
    assert command(_env(made_home, None), "worker", "--once").returncode == 0


def test_a_program_can_read_what_an_import_says(made_home: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.csv"
    foreign.write_text("a;b\n1;2\n")
    told = command(_env(made_home, None), "import", "--json", str(foreign))
    found = json.loads(told.stdout)
    assert told.returncode == 1
    assert [problem["code"] for problem in found["files"][0]["problems"]] == ["foreign"]
    assert found["stored"] == {"new": 0, "changed": 0, "unchanged": 0}


def test_an_empty_home_prints_a_link_and_the_site_ends_within_ten_seconds(made_home: Path) -> None:
    port = _free_port()
    line = [sys.executable, "-m", "samskap.site.cli", "serve", "--port", str(port)]
    served = subprocess.Popen(line, env=_env(made_home, None), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        wait_for(f"http://localhost:{port}/helse/")
        began = time.monotonic()
        served.send_signal(signal.SIGTERM)
        told, _ = served.communicate(timeout=15)
    finally:
        served.kill()
    assert time.monotonic() - began < 10
    assert re.search(rf"http://localhost:{port}/oppsett/[\w-]{{20,}}/", told)
    assert "Traceback" not in told


def test_a_port_that_is_taken_is_said_in_one_line(made_home: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        told = command(_env(made_home, None), "serve", "--port", str(taken.getsockname()[1]))
    assert told.returncode == 1
    assert "is in use" in told.stderr


def wait_for(url: str) -> None:
    """Until the site answers; twenty seconds at most."""
    for _ in range(200):
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{url} never answered")


def test_lost_second_factors_are_removed_only_after_a_yes(made_home: Path) -> None:
    env = _env(made_home, None)
    line = [sys.executable, "-m", "samskap.site.cli", "rescue", "nobody", "--factors"]
    for said in ("", "no\n"):
        asked = subprocess.run(line, env=env, input=said, capture_output=True, text=True, check=False)
        assert (asked.returncode, asked.stderr.strip()) == (1, "samskap: nothing was changed")
    told = command(env, "rescue", "nobody", "--factors", "--yes")
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
