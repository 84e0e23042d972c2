"""The import frame: every kind of file goes the same way.

received -> read and staged -> the difference is shown -> applied, or dropped; and an applied import can be undone. Files lie
in pieces in the database, so that any worker can read them, until the import has ended. The room that knows the kind of
file gives an ``Importer``; it stages outside the write lock, and stores in the one transaction that the frame opens.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from samskap.kernel import audit, clock, jobs, policy
from samskap.kernel.actions import ActionError, action
from samskap.kernel.models import ImportChunk, ImportFile, ImportRun, Job, JobState
from samskap.kernel.policy import SYSTEM, Actor

PIECE = 1_000_000
MAX_FILES = 40
State = ImportRun.State
Progress = Callable[[int, int], None]
Summary = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """A file to read: its name as the user knows it, and where it lies now."""

    name: str
    path: Path


class StoreChanged(Exception):
    """What is stored is no longer what the difference was made against; nothing was changed."""


class Staged(Protocol):
    """What the files hold, read and compared, not yet stored. Lives as long as its context."""

    @property
    def summary(self) -> Summary:
        """What to show: plain JSON. ``stored`` holds the counts by which a changed store is noticed."""

    @property
    def usable(self) -> bool:
        """False when a fatal problem in any file forbids to store."""

    def store(self, run: ImportRun) -> None:
        """Store all of it. Inside the frame's transaction. Raises StoreChanged."""


class Importer(Protocol):
    """A kind of file that can be imported."""

    kind: str
    verb: str

    def cap(self, head: bytes) -> int:
        """The largest size in bytes for a file that begins like this."""

    def staged(self, sources: Sequence[Source], *, by: Actor, progress: Progress) -> AbstractContextManager[Staged]:
        """Read, stage and compare. ``progress`` may raise ``jobs.Cancelled``."""

    def undo(self, run: ImportRun) -> int:
        """Put back what the run changed; how many rows. Inside the frame's transaction. Raises ActionError."""


_importers: dict[str, Importer] = {}


def register(importer: Importer) -> Importer:
    """Make a kind known, with its two jobs. ValueError for a second one of the same kind."""
    jobs.handler(f"{importer.kind}.read")(_read)
    jobs.handler(f"{importer.kind}.apply")(_apply)
    _importers[importer.kind] = importer
    return importer


@action
def receive(*, by: Actor, kind: str, uploads: "Sequence[UploadedFile[Any]]") -> ImportRun:
    """Keep the uploaded files and have them read. Raises ActionError for none, too many, or too large a file."""
    importer = _importers[kind]
    policy.require(importer.verb, by)
    if not 0 < len(uploads) <= MAX_FILES:
        raise ActionError(_("Choose between 1 and %(count)s files.") % {"count": MAX_FILES})
    run = _new_run(kind, by)
    for upload in uploads:
        _keep(run, upload, importer)
    run.job_id = jobs.enqueue(f"{kind}.read", by=by, run=run.pk).pk
    run.save()
    audit.record(by, f"{kind}.import_received", run, files=len(uploads))
    return run


def _new_run(kind: str, by: Actor) -> ImportRun:
    now = clock.now()
    return ImportRun.objects.create(kind=kind, tenant_id=by.tenant_id, account_id=by.account_id, created_at=now)


def _keep(run: ImportRun, upload: "UploadedFile[Any]", importer: Importer) -> None:
    name = (upload.name or "")[-200:]
    kept = ImportFile.objects.create(run=run, name=name, size=0, sha256="")
    digest, size, limit = hashlib.sha256(), 0, 0
    upload.seek(0)
    for number, piece in enumerate(iter(lambda: upload.read(PIECE), b"")):
        limit = limit or importer.cap(piece[:512])
        size += len(piece)
        if size > limit:
            raise ActionError(_too_large(name, limit))
        digest.update(piece)
        ImportChunk.objects.create(file=kept, number=number, data=piece)
    ImportFile.objects.filter(pk=kept.pk).update(size=size, sha256=digest.hexdigest())


def _too_large(name: str, limit: int) -> str:
    told = {"name": name, "limit": limit // 1_000_000}
    return _("%(name)s is larger than %(limit)s MB. Export fewer years or tests at a time.") % told


@contextmanager
def _sources(run: ImportRun) -> Iterator[list[Source]]:
    """The run's files, laid out in a folder of their own for as long as they are read."""
    with tempfile.TemporaryDirectory(prefix="samskap-import-") as folder:
        found = []
        for place, kept in enumerate(run.files.order_by("name", "id")):
            path = Path(folder) / f"{place}"
            with path.open("wb") as target:
                for piece in kept.chunks.order_by("number").values_list("data", flat=True).iterator(chunk_size=4):
                    target.write(piece)
            found.append(Source(kept.name, path))
        yield found


def _forget_files(run_id: UUID) -> None:
    """The pieces go; name, size and digest stay, for the list of imports."""
    ImportChunk.objects.filter(file__run_id=run_id).delete()


def _move(run: ImportRun, before: Sequence[str], after: str, **more: Any) -> bool:
    """Change the state if it is as expected; False when somebody else was first."""
    moved = ImportRun.objects.filter(pk=run.pk, state__in=before).update(state=after, **more)
    run.refresh_from_db()
    return bool(moved)


def _move_or_refuse(run: ImportRun, before: Sequence[str], after: str, **more: Any) -> None:
    if not _move(run, before, after, **more):
        raise ActionError(_("This import has come further since the page was shown. Look at it again."))


def _end(run: ImportRun, before: Sequence[str], after: str, **more: Any) -> None:
    if _move(run, before, after, finished_at=clock.now(), **more):
        _forget_files(run.pk)


def _actor(job: jobs.Running) -> Actor:
    return policy.actor_for(job.account_id, job.tenant_id) if job.account_id else SYSTEM


def _read(job: jobs.Running) -> None:
    """Job: read the run's files and make the difference. Changes nothing but the run's own summary."""
    run = ImportRun.objects.get(pk=job.uuid("run"))
    if run.state != State.READING:
        return
    try:
        with _sources(run) as sources, _staged(run, sources, _actor(job), job.progress) as staged:
            _show(run, State.READING, staged, stale=False)
    except jobs.Cancelled:
        _end(run, [State.READING], State.CANCELLED)
        raise


def _staged(run: ImportRun, sources: Sequence[Source], by: Actor, progress: Progress) -> AbstractContextManager[Staged]:
    return _importers[run.kind].staged(sources, by=by, progress=progress)


def _show(run: ImportRun, before: str, staged: Staged, *, stale: bool) -> None:
    summary = {**staged.summary, "stale": stale}
    if staged.usable:
        _move(run, [before], State.READY, summary=summary)
    else:
        _end(run, [before], State.FAILED, summary=summary)


@action
def apply(*, by: Actor, run: ImportRun) -> None:
    """Have the shown difference stored. Raises ActionError when it may not be, or the run has come further."""
    policy.require(_importers[run.kind].verb, by)
    if run.summary.get("blocked"):
        raise ActionError(_("This import cannot be stored from here. The page says why."))
    _move_or_refuse(run, [State.READY], State.APPLYING)
    run.job_id = jobs.enqueue(f"{run.kind}.apply", by=by, run=run.pk).pk
    run.save()
    audit.record(by, f"{run.kind}.import_ordered", run)


def _apply(job: jobs.Running) -> None:
    """Job: read once more and store. A job that was killed has stored nothing, and is done again."""
    run = ImportRun.objects.get(pk=job.uuid("run"))
    if run.state != State.APPLYING:
        return
    by = _actor(job)
    try:
        with _sources(run) as sources, _staged(run, sources, by, job.progress) as staged:
            _store_or_show_again(by, run, staged)
    except jobs.Cancelled:
        _move(run, [State.APPLYING], State.READY)
        raise
    except policy.NotAllowed:
        _move(run, [State.APPLYING], State.READY)
        raise jobs.JobRefused("not-allowed") from None
    if run.state == State.APPLIED:
        _forget_files(run.pk)


def _store_or_show_again(by: Actor, run: ImportRun, staged: Staged) -> None:
    """Store what was shown. If the store has changed since, show the new difference instead."""
    same = staged.usable and not staged.summary.get("blocked") and staged.summary["stored"] == run.summary.get("stored")
    try:
        if same:
            _store(by=by, run=run, staged=staged)
    except StoreChanged:
        same = False
    if not same:
        _show(run, State.APPLYING, staged, stale=True)


@action
def _store(*, by: Actor, run: ImportRun, staged: Staged) -> None:
    _write(by, run, staged)


def _write(by: Actor, run: ImportRun, staged: Staged) -> None:
    """The store, the run's new state and the audit stand or fall together."""
    policy.require(_importers[run.kind].verb, by)
    if not _move(run, [State.APPLYING], State.APPLIED, summary={**staged.summary, "stale": False}, finished_at=clock.now()):
        raise StoreChanged
    staged.store(run)
    audit.record(by, f"{run.kind}.import_applied", run, **staged.summary["stored"])


def import_now(kind: str, sources: Sequence[Source], *, by: Actor, dry_run: bool, progress: Progress) -> tuple[Summary, bool]:
    """Read, and store at once unless ``dry_run`` or a fatal problem forbids: (summary, stored). For the command line.

    Raises StoreChanged when another import was faster; nothing was changed then.
    """
    with _importers[kind].staged(sources, by=by, progress=progress) as staged:
        if dry_run or not staged.usable or staged.summary.get("blocked"):
            return staged.summary, False
        _store_new(by=by, kind=kind, staged=staged, names=[source.name for source in sources])
        return staged.summary, True


@action
def _store_new(*, by: Actor, kind: str, staged: Staged, names: Sequence[str]) -> None:
    run = _new_run(kind, by)
    _move(run, [State.READING], State.APPLYING)
    told = [name.encode("utf-8", "replace").decode()[-200:] for name in names]  # a path may hold what is no text
    ImportFile.objects.bulk_create(ImportFile(run=run, name=name, size=0, sha256="") for name in told)
    _write(by, run, staged)


@action
def cancel(*, by: Actor, run: ImportRun) -> None:
    """Stop the reading, or a storing that has not begun. What is stored stays."""
    policy.require(_importers[run.kind].verb, by)
    if run.job_id is not None:
        jobs.cancel(run.job_id)
    job = Job.objects.filter(id=run.job_id).first() if run.job_id else None
    if job is None or job.state in (JobState.CANCELLED, JobState.FAILED):
        _end(run, [State.READING], State.CANCELLED)
        _move(run, [State.APPLYING], State.READY)
    audit.record(by, f"{run.kind}.import_cancelled", run)


@action
def drop(*, by: Actor, run: ImportRun) -> None:
    """Forget an import that was not stored. Raises ActionError when it was."""
    policy.require(_importers[run.kind].verb, by)
    _move_or_refuse(run, [State.READY], State.DROPPED, finished_at=clock.now())
    _forget_files(run.pk)
    audit.record(by, f"{run.kind}.import_dropped", run)


@action
def undo(*, by: Actor, run: ImportRun) -> int:
    """Put back how it was before the last stored import. Raises ActionError when a later one stands on it."""
    policy.require(_importers[run.kind].verb, by)
    if last_applied(run.kind) != run.pk:
        raise ActionError(_("Only the last import can be undone, and a newer one has been stored."))
    _move_or_refuse(run, [State.APPLIED], State.UNDONE)
    count = _importers[run.kind].undo(run)
    audit.record(by, f"{run.kind}.import_undone", run, values=count)
    return count


def last_applied(kind: str) -> UUID | None:
    """The newest import of a kind that is stored, whoever's it is."""
    rows = ImportRun.objects.filter(kind=kind, state=State.APPLIED).order_by("-finished_at", "-created_at")
    return rows.values_list("pk", flat=True).first()


@dataclass(frozen=True)
class Course:
    """How far the worker is with a run; ``gave_up`` when it could not be done."""

    done: int
    total: int
    working: bool
    gave_up: bool


def course(run: ImportRun) -> Course:
    """How far it is."""
    job = Job.objects.filter(id=run.job_id).first() if run.job_id else None
    open_state = run.state in (State.READING, State.APPLYING)
    failed = job is None or job.state in (JobState.FAILED, JobState.CANCELLED)
    return Course(job.done if job else 0, job.total if job else 0, open_state and not failed, open_state and failed)
