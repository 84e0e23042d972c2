"""Files and uploads that are made to harm: they are told what they are, and nothing of others changes."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samskap.kernel import importing
from samskap.kernel.models import ImportFile, ImportRun, Job
from samskap.kernel.policy import SYSTEM
from samskap.results.importing.reading import sound
from tests.results.importing import exports
from tests.results.importing.steps import upload
from tests.results.pages.figures import Figures
from tests.support.world import World

pytestmark = pytest.mark.django_db
State = ImportRun.State


@pytest.fixture(autouse=True)
def no_old_jobs(world: World) -> None:
    """Only this story's work waits."""
    Job.objects.all().delete()


def page_of(world: World, run: ImportRun) -> tuple[int, str]:
    answer = world.client("henrik").get(reverse("results:import_run", args=[run.pk]))
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(("files", "says"), [
    ([("a.json", b"[" + b" " * 33_000_000)], "større enn 32 MB"),
    ([(f"{number}.csv", b"x") for number in range(41)], "mellom 1 og 40"),
], ids=["too large", "too many"])  # fmt: skip
def test_too_much_is_told_on_the_page(files: list[tuple[str, bytes]], says: str, world: World) -> None:
    sent = {"once": str(uuid4()), "statistics": [SimpleUploadedFile(*file) for file in files]}
    answer = world.client("henrik").post(reverse("results:imports"), sent)
    assert (answer.status_code, says in answer.content.decode()) == (422, True)
    assert ImportRun.objects.count() == 0


@pytest.mark.parametrize(("text", "code"), [
    ("[" + "9" * 5_000 + "]", "long-number"),
    ('[{"Score": "\\ud800"}]', "sign"),
    ('[{"Score": "\\u0000"}]', "sign"),
])  # fmt: skip
def test_a_file_that_no_page_could_show_is_told(text: str, code: str, world: World, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    run = upload(path, by=world.actor("henrik"))
    assert run.state == State.FAILED
    status, html = page_of(world, run)
    assert (status, code in html) == (200, True)


def test_signs_of_a_damaged_table_are_shown_as_question_marks(world: World, tmp_path: Path) -> None:
    rows = [exports.nation(), exports.school("33", "3305", exports.BERG, "Berg\x00skole")]
    run = upload(exports.web_export(tmp_path / "a.csv", "2024-25", rows), by=world.actor("henrik"))
    assert page_of(world, run)[0] == 200
    assert run.summary["files"][0]["problems"][0]["detail"] == {"word": "Berg?skole"}


@pytest.mark.parametrize("problem", [
    {"code": "unknown-word", "where": "row \ud800", "detail": {"word": "\ud800"}, "fatal": True},
    {"code": "of-an-older-program", "where": "", "detail": {}, "fatal": True},
    {"code": "range", "where": "", "detail": {}, "fatal": True},
])  # fmt: skip
def test_whatever_lies_in_a_stored_summary_the_page_comes(
    problem: dict[str, object], world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = upload(exports.ringerike(tmp_path / "a.csv", "2024-25"), by=world.actor("henrik"))
    summary = {**run.summary, "problems": [problem], "elsewhere": [{"unit": "\ud800", "count": 1}]}
    monkeypatch.setattr(ImportRun, "from_db", _with(summary))
    assert page_of(world, run)[0] == 200


def _with(summary: dict[str, object]) -> object:
    """A database may hold what ours refuses: rows come with this summary."""
    before = ImportRun.from_db.__func__  # type: ignore[attr-defined]  # the function below the class method

    def read(cls: type[ImportRun], *args: object) -> ImportRun:
        run: ImportRun = before(cls, *args)
        run.summary = summary
        return run

    return classmethod(read)


def test_what_is_sound_stays_as_it_is() -> None:
    told = {"a": ["Sæter 𝒮", 1, None, 2.5, True, {"b": "c"}]}
    assert sound(told) == told
    assert sound(("a\x00", ["\udc80"])) == ["a?", ["?"]]


def test_a_path_that_is_no_text_is_stored_all_the_same(world: World, tmp_path: Path) -> None:
    path = exports.ringerike(tmp_path / "a.csv", "2024-25")
    source = importing.Source("b\udcff.csv", path)
    summary, kept = importing.import_now("results", [source], by=SYSTEM, dry_run=False, progress=lambda *_: None)
    assert (kept, summary["files"][0]["path"]) == (True, "b?.csv")
    assert ImportFile.objects.get().name == "b?.csv"


@pytest.mark.parametrize("year", ["9" * 5_000, "1" * 20, "-2025", "²", "20 25"])
def test_a_year_that_is_none_shows_the_usual_one(year: str, world: World) -> None:
    figures = Figures()
    figures.index(figures.at(world, "elvesletta"), 2025, 4.1)
    answers = [world.client("henrik").get(reverse(f"results:{name}"), {"ar": year}) for name in ("schools", "across")]
    assert [(answer.status_code, "2025-26" in answer.content.decode()) for answer in answers] == [(200, True)] * 2
