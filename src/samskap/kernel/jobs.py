"""Work for later: a small table with leases, so that a killed worker's job is taken up again by the next.

A handler is called with the job; it reports progress and asks whether it shall stop. What it changes, it changes in one
transaction of its own, so that a job that is stopped or killed has done nothing.
"""

import logging
import os
import socket
from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import Q

from samskap.kernel import audit, clock, scope
from samskap.kernel.models import Job, JobState
from samskap.kernel.policy import SYSTEM, Actor

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 5
Handler = Callable[["Running"], None]
_handlers: dict[str, Handler] = {}


class Cancelled(Exception):
    """The job was asked to stop."""


class JobRefused(Exception):
    """The job cannot be done, and trying again would not help; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register the one function that does jobs of a kind."""

    def register(function: Handler) -> Handler:
        if kind in _handlers:
            raise ValueError(f"two handlers for {kind!r}")
        _handlers[kind] = function
        return function

    return register


def enqueue(kind: str, *, by: Actor = SYSTEM, delay: timedelta = timedelta(), **args: UUID | int | str) -> Job:
    """Add a job in the present transaction. Arguments are ids and numbers; a text raises ValueError."""
    if kind not in _handlers:
        raise LookupError(f"no handler for {kind!r}")
    for name, value in args.items():
        if isinstance(value, str) and (len(value) > 64 or " " in value):
            raise ValueError(f"job argument {name!r} is a text; pass an id")
    now = clock.now()
    return Job.objects.create(
        kind=kind,
        args={name: value if isinstance(value, int) else str(value) for name, value in args.items()},
        tenant_id=by.tenant_id,
        account_id=by.account_id,
        run_at=now + delay,
        created_at=now,
    )


_daily: dict[str, time] = {}
LATEST = timedelta(hours=3)


def daily(kind: str, *, at: time) -> None:
    """Let jobs of a kind be done once each day from ``at`` (Oslo) on; not when the worker was away for hours after."""
    _daily[kind] = at


def enqueue_daily() -> int:
    """Add today's jobs that are due and not there yet; two workers add each only once. Returns how many."""
    now = clock.now()
    count = 0
    for kind, at in _daily.items():
        due = datetime.combine(clock.today(), at, clock.OSLO)
        if due <= now < due + LATEST:
            wanted = uuid5(NAMESPACE_URL, f"{kind}:{clock.today().isoformat()}")
            fields = {"kind": kind, "args": {}, "run_at": now, "created_at": now}
            count += Job.objects.get_or_create(pk=wanted, defaults=fields)[1]
    return count


class Running:
    """A job in the hands of a worker."""

    def __init__(self, job: Job) -> None:
        self.id = job.pk
        self.kind = job.kind
        self.args: dict[str, str | int] = job.args
        self.tenant_id = job.tenant_id
        self.account_id = job.account_id

    def uuid(self, name: str) -> UUID:
        """An argument that is an id."""
        return UUID(str(self.args[name]))

    def progress(self, done: int, total: int) -> None:
        """Tell how far it is, renew the lease, and stop here if asked to. Raises Cancelled."""
        Job.objects.filter(pk=self.id).update(done=done, total=total, lease_until=clock.now() + LEASE)
        self.check_cancelled()

    def check_cancelled(self) -> None:
        """Raise Cancelled when somebody asked for a stop."""
        if Job.objects.filter(pk=self.id, cancel_requested=True).exists():
            raise Cancelled


def cancel(job_id: UUID) -> None:
    """Ask a job to stop; one that has not begun never does."""
    now = clock.now()
    Job.objects.filter(pk=job_id, state=JobState.WAITING).update(state=JobState.CANCELLED, finished_at=now)
    Job.objects.filter(pk=job_id, state=JobState.RUNNING).update(cancel_requested=True)


def worker_name() -> str:
    """This process, for the lease."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}"


def claim() -> Job | None:
    """Take the next job that is due, or whose worker has gone silent. Two workers never take the same."""
    now = clock.now()
    due = Q(state=JobState.WAITING, run_at__lte=now) | Q(state=JobState.RUNNING, lease_until__lt=now)
    for job in Job.objects.filter(due, kind__in=_handlers).order_by("run_at")[:10]:
        taken = Job.objects.filter(due, pk=job.pk, attempts=job.attempts).update(
            state=JobState.RUNNING, attempts=job.attempts + 1, lease_until=now + LEASE, worker=worker_name()
        )
        if taken:
            job.refresh_from_db()
            return job
    return None


def run_one() -> bool:
    """Do one job if any is due. False when there was nothing to do."""
    job = claim()
    if job is None:
        return False
    if job.attempts > MAX_ATTEMPTS:
        _finish(job, JobState.FAILED, "gave-up")
        return True
    _carry_out(job)
    return True


def _carry_out(job: Job) -> None:
    opened = scope.tenant_scope(job.tenant_id) if job.tenant_id else scope.unchanged()
    try:
        with opened:
            _handlers[job.kind](Running(job))
    except Cancelled:
        _finish(job, JobState.CANCELLED, "")
    except JobRefused as refusal:
        _finish(job, JobState.FAILED, refusal.code)
    except Exception as fault:  # the last resort: the worker lives on, the job is tried again later
        log.error("job %s (%s) failed: %s", job.pk, job.kind, type(fault).__name__, exc_info=fault)
        _try_later(job, type(fault).__name__)
    else:
        _finish(job, JobState.DONE, "")


def _finish(job: Job, state: JobState, error: str) -> None:
    Job.objects.filter(pk=job.pk, attempts=job.attempts).update(
        state=state, error=error, finished_at=clock.now(), lease_until=None
    )


def _try_later(job: Job, error: str) -> None:
    if job.attempts >= MAX_ATTEMPTS:
        _finish(job, JobState.FAILED, error)
        return
    wait = timedelta(seconds=2**job.attempts)
    Job.objects.filter(pk=job.pk, attempts=job.attempts).update(
        state=JobState.WAITING, error=error, run_at=clock.now() + wait, lease_until=None
    )


def run_all(limit: int = 1_000) -> int:
    """Do what is due until nothing is left (tests, the demo's loading). Returns how many."""
    count = 0
    while count < limit and run_one():
        count += 1
    return count


@handler("kernel.tidy")
def tidy(job: Running) -> None:
    """Remove what is older than a month: finished jobs, used form tokens, stale limits, uploads that nobody decided on.

    After a day: the pieces of files whose import has ended. And seal what came so late to the log that no round saw it.
    """
    from samskap.kernel.models import FormToken, ImportChunk, ImportFile, ImportRun, OutboxMessage, RateBucket

    audit.seal_new(whole=True)
    old = clock.now() - timedelta(days=30)
    with transaction.atomic():
        Job.objects.filter(finished_at__lt=old).delete()
        FormToken.objects.filter(used_at__lt=old).delete()
        RateBucket.objects.filter(updated_at__lt=old).delete()
        OutboxMessage.objects.filter(sent_at__lt=old).delete()
        forgotten = ImportRun.objects.filter(state=ImportRun.State.READY, created_at__lt=old)
        ImportFile.objects.filter(run__in=forgotten).delete()
        forgotten.update(state=ImportRun.State.DROPPED, finished_at=clock.now())
        going_on = (ImportRun.State.READING, ImportRun.State.READY, ImportRun.State.APPLYING)
        ended = ImportRun.objects.filter(created_at__lt=clock.now() - timedelta(days=1)).exclude(state__in=going_on)
        ImportChunk.objects.filter(file__run__in=ended).delete()  # where a worker ended between the last step and this one
