"""Every check, in order, each named before it runs. ``script/test`` calls it; ``--deep`` adds what takes longer."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.support import postgres  # noqa: E402  (the path above comes first)

BIN = ROOT / ".venv" / "bin"
CODE = ("src", "tests", "tools", "bench", "hatch_build.py")


def step(title: str, *command: str, env: dict[str, str] | None = None) -> None:
    """Run one check; end everything when it fails."""
    print(f"\n== {title}", flush=True)
    began = time.monotonic()
    result = subprocess.run(command, cwd=ROOT, env={**os.environ, **(env or {})}, check=False)
    if result.returncode != 0:
        sys.exit(f"{title}: failed")
    print(f"   {time.monotonic() - began:.0f} s", flush=True)


@contextmanager
def beside(title: str, *command: str) -> Iterator[None]:
    """Run one check while those inside run: each keeps one core busy, and there are two. What it says comes afterwards."""
    print(f"\n== {title} (beside what follows)", flush=True)
    with tempfile.TemporaryFile("w+") as told:
        process = subprocess.Popen(command, cwd=ROOT, stdout=told, stderr=subprocess.STDOUT)
        try:
            yield
            code = process.wait()
        finally:
            process.kill()
        told.seek(0)
        print(f"\n== {title}\n{told.read().rstrip()}", flush=True)
    if code != 0:
        sys.exit(f"{title}: failed")


def _apt(package: str) -> bool:
    """Install a Debian package where that is possible."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (("update", "-qq"), ("install", "-y", "-qq", "--no-install-recommends", package)):
        if subprocess.run(["apt-get", *words], env=quiet, stdout=subprocess.DEVNULL, check=False).returncode:
            return False
    return True


def need_postgres() -> None:
    """PostgreSQL's programs, installed if they can be. Exits with one line when not."""
    if postgres.programs() is None and not (_apt("postgresql") and postgres.programs() is not None):
        sys.exit("PostgreSQL is missing: apt-get install postgresql (Debian, Ubuntu) or brew install postgresql (Mac)")


def need_browser() -> None:
    """A browser: Debian's Chromium where it is to be had (without a frame, else with one), elsewhere Playwright's own."""
    debian = Path("/etc/debian_version").exists() and "ubuntu" not in Path("/etc/os-release").read_text().lower()
    if any(Path("/usr/bin", name).exists() or (debian and _apt(name)) for name in ("chromium-headless-shell", "chromium")):
        return
    words = ["install", *(["--with-deps"] if sys.platform == "linux" and os.geteuid() == 0 else []), "chromium"]
    if subprocess.run([str(BIN / "playwright"), *words], check=False).returncode:
        sys.exit("a browser is missing: apt-get install chromium-headless-shell, or .venv/bin/playwright install chromium")


@contextmanager
def a_home() -> Iterator[str]:
    """A home of its own, so that tests never touch anybody's data."""
    with tempfile.TemporaryDirectory(prefix="samskap-test-") as folder:
        yield folder


def static_checks() -> None:
    """What reads the code without running it."""
    with beside("types", str(BIN / "mypy")):
        step("format", str(BIN / "ruff"), "format", "--check", "--quiet", *CODE)
        step("lint", str(BIN / "ruff"), "check", "--quiet", *CODE)
        step("floors and rooms", str(BIN / "lint-imports"), "--no-logo")
        step("texts in bokmål and nynorsk", sys.executable, "tools/messages.py", "--check")


def tests(deep: bool) -> None:
    """The tests, on SQLite and on a PostgreSQL that is started here."""
    # What is compiled is kept, also where that is switched off: the tests start a hundred programs.
    profile = {"HYPOTHESIS_PROFILE": "deep" if deep else "fast", "PYTHONDONTWRITEBYTECODE": ""}
    pytest = [str(BIN / "pytest"), "-q", "-n", "2", "--maxprocesses", "2", "--dist", "worksteal"]
    with a_home() as home:
        only = [] if deep else ["-m", "not second and not deep"]
        step("tests on SQLite", *pytest, *only, env={"SAMSKAP_HOME": home, **profile})
    with a_home() as home, postgres.running() as url:
        only = ["-m", "not no_database" if deep else "not once and not deep"]
        step("tests on PostgreSQL", *pytest, *only, env={"SAMSKAP_HOME": home, "DATABASE_URL": url, **profile})


def deep_checks() -> None:
    """What takes longer than a coffee."""
    for name in sorted(path.stem for path in (ROOT / "tools").glob("deep_*.py")):
        step(name, sys.executable, f"tools/{name}.py")


def main() -> None:
    """All checks."""
    parser = argparse.ArgumentParser(prog="script/test", description="Run every check.")
    parser.add_argument("--deep", action="store_true", help="also what takes longer")
    options = parser.parse_args()
    static_checks()
    need_browser()
    need_postgres()
    tests(options.deep)
    if options.deep:
        deep_checks()
    print("\nall checks passed")


if __name__ == "__main__":
    main()
