"""The worker: jobs, messages, and the audit's seals, until it is told to stop."""

import logging
import signal
import time
from types import FrameType

from django.db import DatabaseError, close_old_connections

from samskap.kernel import audit, checkpoints, jobs, outbox

log = logging.getLogger(__name__)
PAUSE = 0.5
TIDY_EVERY = 6 * 60 * 60.0
LOOK_AT_THE_CLOCK_EVERY = 30.0
_stop = False


def _ask_to_stop(signum: int, frame: FrameType | None) -> None:
    global _stop  # a signal handler has no other place to leave its word
    _stop = True


def turn() -> bool:
    """One round. True when something was done."""
    did = jobs.run_one()
    did = outbox.send_due() > 0 or did
    checkpoints.when_large()
    return audit.seal_new() > 0 or did


def once() -> int:
    """Work until nothing is due."""
    while turn():
        pass
    return 0


def forever() -> int:
    """Work until SIGTERM or SIGINT; a database that is away for a while is waited for."""
    signal.signal(signal.SIGTERM, _ask_to_stop)
    signal.signal(signal.SIGINT, _ask_to_stop)
    tidied, looked = -TIDY_EVERY, -LOOK_AT_THE_CLOCK_EVERY
    while not _stop:
        try:
            close_old_connections()
            if time.monotonic() - tidied >= TIDY_EVERY:
                jobs.enqueue("kernel.tidy")
                tidied = time.monotonic()
            if time.monotonic() - looked >= LOOK_AT_THE_CLOCK_EVERY:
                jobs.enqueue_daily()
                looked = time.monotonic()
            did = turn()
        except DatabaseError as fault:
            log.warning("the database is away: %s", type(fault).__name__)
            did = False
        if not did and not _stop:
            time.sleep(PAUSE)
    return 0
