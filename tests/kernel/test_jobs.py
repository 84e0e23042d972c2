"""Work for later: done once, taken up again after a killed worker, stopped when asked."""

from datetime import UTC, datetime, time, timedelta

import pytest

from samskap.kernel import clock, jobs
from samskap.kernel.models import ImportChunk, ImportFile, ImportRun, Job, JobState
from samskap.kernel.policy import SYSTEM
from tests.support.world import World

done: list[str] = []


@jobs.handler("test.note")
def note(job: jobs.Running) -> None:
    done.append(str(job.args["word"]))


@jobs.handler("test.fail")
def fail(job: jobs.Running) -> None:
    raise OSError("a value that somebody wrote")


@jobs.handler("test.long")
def long(job: jobs.Running) -> None:
    for step in range(10):
        job.progress(step, 10)


@jobs.handler("test.refuse")
def refuse(job: jobs.Running) -> None:
    raise jobs.JobRefused("no-file")


@pytest.fixture(autouse=True)
def empty(world: World) -> None:
    done.clear()
    Job.objects.all().delete()


def test_a_job_is_done_once() -> None:
    job = jobs.enqueue("test.note", word="one")
    assert jobs.run_all() == 1
    job.refresh_from_db()
    assert (job.state, done) == (JobState.DONE, ["one"])
    assert jobs.run_all() == 0


def test_a_job_of_a_silent_worker_is_taken_up_by_the_next() -> None:
    job = jobs.enqueue("test.note", word="again")
    assert jobs.claim() is not None
    assert jobs.claim() is None
    with clock.frozen(clock.now() + jobs.LEASE + timedelta(seconds=1)):
        assert jobs.run_one()
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)


def test_two_workers_never_take_the_same_job() -> None:
    jobs.enqueue("test.note", word="mine")
    first, second = jobs.claim(), jobs.claim()
    assert first is not None
    assert second is None


def test_a_failing_job_waits_longer_each_time_and_gives_up(caplog: pytest.LogCaptureFixture) -> None:
    job = jobs.enqueue("test.fail")
    moment = clock.now()
    for _ in range(jobs.MAX_ATTEMPTS):
        with clock.frozen(moment):
            assert jobs.run_one()
        moment += timedelta(minutes=5)
    job.refresh_from_db()
    assert (job.state, job.error, job.attempts) == (JobState.FAILED, "OSError", jobs.MAX_ATTEMPTS)


def test_a_refusal_is_final_and_keeps_its_code() -> None:
    job = jobs.enqueue("test.refuse")
    jobs.run_all()
    job.refresh_from_db()
    assert (job.state, job.error, job.attempts) == (JobState.FAILED, "no-file", 1)


def test_a_job_that_has_not_begun_can_be_cancelled() -> None:
    job = jobs.enqueue("test.note", word="never")
    jobs.cancel(job.pk)
    assert jobs.run_all() == 0
    assert done == []


def test_a_job_under_way_stops_at_its_next_step() -> None:
    job = jobs.enqueue("test.long")
    taken = jobs.claim()
    assert taken is not None
    jobs.cancel(job.pk)
    jobs._carry_out(taken)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_arguments_are_ids_and_never_texts() -> None:
    with pytest.raises(ValueError, match="is a text"):
        jobs.enqueue("test.note", by=SYSTEM, word="what somebody wrote")


def test_an_unknown_kind_is_refused_when_it_is_added() -> None:
    with pytest.raises(LookupError):
        jobs.enqueue("test.nobody-does-this")


def test_an_upload_that_nobody_decided_on_is_dropped_after_a_month() -> None:
    waiting = ImportRun.State.READY
    with clock.frozen(clock.now() - timedelta(days=31)):
        old = ImportRun.objects.create(kind="results", state=waiting, created_at=clock.now())
        ImportFile.objects.create(run=old, name="a.csv", size=1, sha256="0" * 64)
    new = ImportRun.objects.create(kind="results", state=waiting, created_at=clock.now())
    jobs.enqueue("kernel.tidy")
    jobs.run_all()
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state) == (ImportRun.State.DROPPED, waiting)
    assert not ImportFile.objects.filter(run=old).exists()


@pytest.mark.parametrize("state", ImportRun.State)
def test_pieces_of_files_are_gone_a_day_after_their_import_has_ended(state: ImportRun.State) -> None:
    for hours in (23, 25):
        run = ImportRun.objects.create(kind="results", state=state, created_at=clock.now() - timedelta(hours=hours))
        file = ImportFile.objects.create(run=run, name=f"{hours}.csv", size=1, sha256="0" * 64)
        ImportChunk.objects.create(file=file, number=0, data=b"x")
    jobs.enqueue("kernel.tidy")
    jobs.run_all()
    going_on = state in (ImportRun.State.READING, ImportRun.State.READY, ImportRun.State.APPLYING)
    kept = set(ImportChunk.objects.values_list("file__name", flat=True))
    assert kept == ({"23.csv", "25.csv"} if going_on else {"23.csv"})
    assert ImportFile.objects.count() == 2


@pytest.mark.parametrize(("hour", "added"), [(5, 0), (6, 1), (8, 1), (10, 0)])
def test_a_daily_job_is_added_once_from_its_hour_on(hour: int, added: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_daily", {"test.note": time(7, 0)})
    with clock.frozen(datetime(2026, 11, 24, hour, 30, tzinfo=UTC)):  # in Oslo one hour later
        assert jobs.enqueue_daily() == added
        assert jobs.enqueue_daily() == 0
