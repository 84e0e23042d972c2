"""A worker that dies in the middle of storing, and the one after it. Run as a process of its own by ``test_killed``.

``killed.py die FILE``: receives the file, has it stored, and is killed inside the transaction after the figures are written.
``killed.py go-on``: prints what is there as JSON, lets the next worker work, and prints again.
``killed.py watch FILE``: tells whether somebody else could write at each step of reading and comparing (SQLite).
"""

import json
import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "samskap.site.settings"


def main(mode: str, *rest: str) -> None:
    """Set up a home of its own and do the part."""
    from samskap.kernel import keys

    keys.make_missing()
    django.setup()
    parts: dict[str, Callable[..., None]] = {"die": die, "go-on": go_on, "watch": watch}
    parts[mode](*map(Path, rest))


def die(file: Path) -> None:
    """Ends by SIGKILL."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.core.management import call_command

    from samskap.kernel import jobs
    from samskap.kernel.models import ImportRun
    from samskap.kernel.policy import SYSTEM
    from samskap.results import actions
    from samskap.results.importing import store

    call_command("migrate", verbosity=0)
    run = actions.receive_files(by=SYSTEM, uploads=[SimpleUploadedFile(file.name, file.read_bytes())])
    jobs.run_all()
    write = store.write

    def write_and_die(*args: Any, **kwargs: Any) -> None:
        write(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    store.write = write_and_die
    actions.apply_import(by=SYSTEM, run=ImportRun.objects.get(pk=run.pk))
    jobs.run_all()


def go_on() -> None:
    """What a killed worker left, and what the next one makes of it."""
    from samskap.kernel import clock, jobs

    before = state()
    with clock.frozen(clock.now() + jobs.LEASE + timedelta(seconds=1)):
        jobs.run_all()
    print(json.dumps({"before": before, "after": state()}))


def watch(file: Path) -> None:
    """Try to take the write lock from another connection while this one stages."""
    from django.core.management import call_command
    from django.db import connection

    from samskap.kernel.importing import Source
    from samskap.kernel.policy import SYSTEM
    from samskap.results.importing import run

    call_command("migrate", verbosity=0)
    tried: list[str] = []

    def another_writes(done: int, total: int) -> None:
        with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.rollback()
        tried.append(f"{done}/{total}")

    with run.staged([Source(file.name, file)], by=SYSTEM, progress=another_writes) as staged:
        another_writes(1, 1)
        print(json.dumps({"tried": len(tried), "new": staged.delta.new}))


def state() -> dict[str, Any]:
    """What is stored, and where the import is."""
    from samskap.kernel.models import AuditEntry, ImportRun, Job
    from samskap.people.models import Unit
    from samskap.results.models import Series, Value

    applied = AuditEntry.objects.filter(verb="results.import_applied").count()
    return {
        "values": Value.objects.count(), "units": Unit.objects.count(), "series": Series.objects.count(), "audited": applied,
        "run": ImportRun.objects.get().state, "job": Job.objects.order_by("-created_at").values_list("state", flat=True).first(),
    }  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
