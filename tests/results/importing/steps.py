"""What the import stories do again and again."""

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from samskap.kernel import importing, jobs
from samskap.kernel.importing import Source
from samskap.kernel.models import ImportRun
from samskap.kernel.policy import SYSTEM, Actor
from samskap.people.models import Unit, UnitIdentifier
from samskap.results import actions, cli
from samskap.results.models import Value


def load(*paths: Path) -> dict[str, int]:
    """The operator stores files; what was stored."""
    sources = [Source(path.name, path) for path in paths]
    summary, stored = importing.import_now("results", sources, by=SYSTEM, dry_run=False, progress=_silent)
    assert stored, summary
    counts: dict[str, int] = summary["stored"]
    return counts


def _silent(done: int, total: int) -> None:
    assert 0 <= done <= total


def command(*paths: Path, dry_run: bool = False) -> tuple[int, dict[str, Any]]:
    """``samskap import --json``: exit code and object."""
    out = io.StringIO()
    code = cli.run_import(list(paths), dry_run=dry_run, as_json=True, out=out)
    return code, json.loads(out.getvalue())


def upload(*paths: Path, by: Actor) -> ImportRun:
    """Somebody uploads files, and the worker reads them."""
    files = [SimpleUploadedFile(path.name, path.read_bytes()) for path in paths]
    run = actions.receive_files(by=by, uploads=files)
    jobs.run_all()
    run.refresh_from_db()
    return run


def stored(run: ImportRun, *, by: Actor) -> ImportRun:
    """Somebody presses "store", and the worker does it."""
    actions.apply_import(by=by, run=run)
    jobs.run_all()
    run.refresh_from_db()
    return run


def unit(number: str) -> Unit:
    """The unit with a number or name."""
    return UnitIdentifier.objects.select_related("unit__parent").get(value=number).unit


def picture(rows: Sequence[str] = ("unit_id", "series_id", "year", "status", "number")) -> list[tuple[Any, ...]]:
    """All that is stored."""
    return list(Value.objects.order_by("unit_id", "series_id", "year").values_list(*rows))


def scores(number: str) -> dict[int, tuple[int, float | None]]:
    """A unit's national test scores by year: (status, number)."""
    rows = Value.objects.filter(unit=unit(number), series__measure="score")
    return {year: (status, value) for year, status, value in rows.values_list("year", "status", "number")}
