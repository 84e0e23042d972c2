"""The import frame carries any kind of file: here one that counts lines."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samskap.kernel import importing, jobs, policy
from samskap.kernel.actions import ActionError
from samskap.kernel.importing import Progress, Source, Summary
from samskap.kernel.models import AuditEntry, ImportChunk, ImportRun, Job
from samskap.kernel.policy import SYSTEM, Actor
from tests.support.world import World

State = ImportRun.State
pytestmark = pytest.mark.django_db


@policy.rule("test.import")
def may_import(actor: Actor) -> bool:
    return actor.holds("adviser")


@dataclass
class Lines:
    """What was staged: the lines of all files."""

    lines: list[bytes]
    stored: list[bytes]

    @property
    def summary(self) -> Summary:
        return {"stored": {"new": len(self.lines)}, "blocked": b"blocked" in self.lines}

    @property
    def usable(self) -> bool:
        return b"broken" not in self.lines

    def store(self, run: ImportRun) -> None:
        self.stored.extend(self.lines)
        if b"raise" in self.lines:
            raise importing.StoreChanged


@dataclass
class LineImporter:
    """Counts lines."""

    kind: str = "test_lines"
    verb: str = "test.import"
    stored: list[bytes] = field(default_factory=list)

    def cap(self, head: bytes) -> int:
        return 10 if head.startswith(b"small") else 5_000_000

    @contextmanager
    def staged(self, sources: Sequence[Source], *, by: Actor, progress: Progress) -> Iterator[Lines]:
        lines = []
        for number, source in enumerate(sources):
            lines += source.path.read_bytes().split(b"\n")
            progress(number + 1, len(sources))
        if b"crash" in lines:
            raise OSError
        yield Lines(lines, self.stored)

    def undo(self, run: ImportRun) -> int:
        count = len(self.stored)
        self.stored.clear()
        return count


IMPORTER = LineImporter()
importing.register(IMPORTER)


@pytest.fixture(autouse=True)
def empty(world: World) -> None:
    """Nothing is stored, nothing waits."""
    IMPORTER.stored.clear()
    Job.objects.all().delete()


def receive(*contents: bytes, by: Actor = SYSTEM) -> ImportRun:
    files = [SimpleUploadedFile(f"{number}.txt", content) for number, content in enumerate(contents)]
    run = importing.receive(by=by, kind=IMPORTER.kind, uploads=files)
    jobs.run_all()
    run.refresh_from_db()
    return run


def apply(run: ImportRun) -> ImportRun:
    importing.apply(by=SYSTEM, run=run)
    jobs.run_all()
    run.refresh_from_db()
    return run


def test_a_file_goes_from_upload_to_stored_and_its_pieces_are_gone() -> None:
    run = receive(b"a\nb")
    assert (run.state, run.summary["stored"], IMPORTER.stored) == (State.READY, {"new": 2}, [])
    run = apply(run)
    assert (run.state, IMPORTER.stored, ImportChunk.objects.count()) == (State.APPLIED, [b"a", b"b"], 0)
    verbs = AuditEntry.objects.order_by("id").values_list("verb", flat=True)
    assert list(verbs)[-3:] == [f"test_lines.import_{step}" for step in ("received", "ordered", "applied")]


def test_a_large_file_lies_in_pieces_and_comes_out_whole() -> None:
    content = bytes(range(256)).replace(b"\n", b"") * 10_000
    run = receive(content)
    assert ImportChunk.objects.filter(file__run=run).count() == len(content) // importing.PIECE + 1
    apply(run)
    assert IMPORTER.stored == [content]


def test_a_file_over_the_limit_of_its_kind_is_refused_and_nothing_is_kept() -> None:
    with pytest.raises(ActionError) as refused:
        receive(b"small, it says, but it is not")
    assert "0.txt" in refused.value.message
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("count", [0, importing.MAX_FILES + 1])
def test_no_file_or_too_many_are_refused(count: int) -> None:
    with pytest.raises(ActionError):
        receive(*[b"a"] * count)


def test_a_file_that_cannot_be_used_ends_the_import_and_is_forgotten() -> None:
    run = receive(b"good", b"broken")
    assert (run.state, ImportChunk.objects.count()) == (State.FAILED, 0)
    with pytest.raises(ActionError):
        importing.apply(by=SYSTEM, run=run)


def test_a_blocked_difference_cannot_be_stored() -> None:
    run = receive(b"blocked")
    with pytest.raises(ActionError):
        importing.apply(by=SYSTEM, run=run)
    assert IMPORTER.stored == []


def test_a_store_that_changed_meanwhile_leads_back_to_the_difference() -> None:
    run = apply(receive(b"raise"))
    assert (run.state, run.summary["stale"]) == (State.READY, True)
    assert not AuditEntry.objects.filter(verb="test_lines.import_applied").exists()


def test_an_import_is_applied_once_whatever_is_pressed() -> None:
    run = apply(receive(b"a"))
    for step in (importing.apply, importing.drop):
        with pytest.raises(ActionError):
            step(by=SYSTEM, run=run)
    assert IMPORTER.stored == [b"a"]


def test_a_worker_that_gives_up_is_told_and_the_import_can_be_closed(world: World) -> None:
    run = receive(b"crash")
    Job.objects.filter(kind="test_lines.read").update(state="failed")
    assert importing.course(run).gave_up
    importing.cancel(by=SYSTEM, run=run)
    run.refresh_from_db()
    assert run.state == State.CANCELLED


def test_undo_is_for_the_last_import_only() -> None:
    first, second = apply(receive(b"a")), apply(receive(b"b"))
    with pytest.raises(ActionError):
        importing.undo(by=SYSTEM, run=first)
    assert importing.undo(by=SYSTEM, run=second) == 2
    assert importing.last_applied(IMPORTER.kind) == first.pk


def test_one_without_the_verb_can_do_nothing(world: World) -> None:
    run = receive(b"a")
    leader = world.actor("ingrid")
    for step in (importing.apply, importing.drop, importing.cancel, importing.undo):
        with pytest.raises(policy.NotAllowed):
            step(by=leader, run=run)
