"""How fast published figures are read and stored, how long the write lock is held, and whether memory stays flat."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SCHOOLS, MANY = 2_500, 25_000
NAMES = ("Nasjonalt", "Fylke", "Kommune", "EnhetNavn")


def run(full: bool) -> dict[str, Any]:
    """Values per second end to end, seconds with the write lock per 100 000 values, peak memory at 1 and 10 times the rows."""
    with tempfile.TemporaryDirectory(prefix="samskap-bench-") as folder:
        small, large = _file(Path(folder) / "small.csv", SCHOOLS), _file(Path(folder) / "large.csv", MANY)
        found: dict[str, Any] = {"sqlite": _measure(Path(folder), small, large, "")}
        if full:
            with _postgres() as url:
                found["postgresql"] = _measure(Path(folder), small, large, url)
    return found


def _measure(folder: Path, small: Path, large: Path, url: str) -> dict[str, Any]:
    kind = "postgresql" if url else "sqlite"
    base = _process(folder / f"{kind}-base", url, None)
    one = _process(folder / f"{kind}-1", url, small)
    ten = _process(folder / f"{kind}-10", url, large)
    per = ten["lock_seconds"] / ten["values"] * 100_000
    return {
        "values": ten["values"],
        "values_per_second": round(ten["values"] / ten["seconds"]),
        "again_values_per_second": round(ten["values"] / ten["again_seconds"]),
        "lock_seconds_per_100000": round(per, 3),
        "lock_seconds_per_100000_small": round(one["lock_seconds"] / one["values"] * 100_000, 3),
        "peak_mb": {"idle": base["peak_mb"], "1x": one["peak_mb"], "10x": ten["peak_mb"]},
        "peak_ratio": round(ten["peak_mb"] / one["peak_mb"], 2),
    }


def _process(home: Path, url: str, file: Path | None) -> dict[str, Any]:
    """Each measurement in a process of its own, with an empty store."""
    env = {**os.environ, "SAMSKAP_HOME": str(home), "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "samskap.site.settings"}
    command = [sys.executable, __file__, *([str(file)] if file else [])]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def _postgres() -> Iterator[str]:
    sys.path.insert(0, str(ROOT))
    from tests.support.postgres import running

    with running() as url:
        yield url


def _file(path: Path, schools: int) -> Path:
    """A table like the statistics bank's, with ``schools`` schools and every test in two years."""
    tests, measures = ("Engelsk", "Lesing", "Regning", "Matematikk"), ("Skalapoeng", "Usikkerhet", "Antall elever deltatt")
    heads = [f"{year}.{test}.8. årstrinn" for year in ("2023-24", "2024-25") for test in _known(tests)]
    columns = [f"{head}.Alle eierformer.Alle kjønn.{measure}" for head in heads for measure in measures]
    ids = [*("EnhetNivaa", "Nasjonaltkode", "Fylkekode", "Kommunekode", "Organisasjonsnummer"), *NAMES]
    with path.open("w", encoding="utf-16-le", newline="\n") as out:
        out.write("sep=\t\n" + "\t".join([*ids, *columns]) + "\n")
        cells = "\t".join((["50\t1,5\t23", "*\t*\t*", "48\t1,2\t31"] * len(heads))[: len(heads)])
        out.write("1\tI\t00\t0000\tI\tHele landet\tAlle fylker\tAlle kommuner\tAlle skoler\t" + cells + "\n")
        for place, number in zip(range(schools), _numbers(), strict=False):
            out.write(f"4\tI\t33\t3305\t{number}\tHele landet\tBuskerud\tRingerike\tSkole {place}\t{cells}\n")
    return path


def _known(tests: tuple[str, ...]) -> list[str]:
    from samskap.results.readers import words

    return [test for test in tests if test in words.TESTS]


def _numbers() -> Iterator[str]:
    """Organisation numbers with their check digit."""
    for first in range(90_000_000, 100_000_000):
        digits = str(first)
        rest = 11 - sum(int(d) * w for d, w in zip(digits, (3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
        if rest != 10:
            yield f"{digits}{rest % 11}"


def _peak_mb() -> float:
    """The most memory that this process had, files mapped into it left out where the system tells."""
    import resource

    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1_048_576 if sys.platform == "darwin" else 1_024), 1)


def _child(file: str | None) -> None:
    """Import one file twice into an empty store; prints what it took as JSON."""
    import django

    from samskap.kernel import keys

    keys.make_missing()
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "postgresql":
        connection.cursor().execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    call_command("migrate", verbosity=0)
    found = _import_twice(Path(file)) if file else {}
    print(json.dumps({"peak_mb": _peak_mb(), **found}))


def _import_twice(file: Path) -> dict[str, Any]:
    from samskap.kernel import importing
    from samskap.kernel.policy import SYSTEM

    locked: list[float] = []
    write = importing._store_new

    def timed(**kwargs: Any) -> None:
        began = time.perf_counter()
        write(**kwargs)
        locked.append(time.perf_counter() - began)

    importing._store_new = timed
    times = []
    peak = 0.0
    for _ in range(2):
        began = time.perf_counter()
        summary, _stored = importing.import_now(
            "results", [importing.Source(file.name, file)], by=SYSTEM, dry_run=False, progress=lambda done, total: None
        )
        times.append(time.perf_counter() - began)
        peak = peak or _peak_mb()
    values = sum(summary["stored"].values())
    return {"values": values, "seconds": times[0], "again_seconds": times[1], "lock_seconds": locked[0], "peak_mb": peak}


if __name__ == "__main__":
    _child(sys.argv[1] if len(sys.argv) > 1 else None)
