"""An import is all or nothing, done once, and can be undone."""

import io
from pathlib import Path

import pytest

from samskap.kernel import importing
from samskap.kernel.actions import ActionError
from samskap.kernel.importing import Source, StoreChanged
from samskap.kernel.models import AuditEntry, ImportRun
from samskap.kernel.policy import SYSTEM
from samskap.results import actions, cli
from samskap.results.importing import run as runs
from samskap.results.models import ReplacedValue, Series, Status, Value
from tests.results.importing import exports
from tests.results.importing.steps import command, load, picture, scores
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people(world: World) -> None:
    """Every story has the named people."""


def last_run() -> ImportRun:
    return ImportRun.objects.filter(state="applied").latest("finished_at")


def test_new_figures_are_stored_and_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    file = exports.ringerike(tmp_path / "a.csv", "2022-23")
    assert load(file) == {"new": 15, "changed": 0, "unchanged": 0}
    before = picture()
    assert load(file) == {"new": 0, "changed": 0, "unchanged": 15}
    assert picture() == before


def test_a_trial_run_tells_the_same_and_stores_nothing(tmp_path: Path) -> None:
    file = exports.ringerike(tmp_path / "a.csv", "2022-23")
    code, told = command(file, dry_run=True)
    assert (code, told["stored"]) == (0, {"new": 15, "changed": 0, "unchanged": 0})
    assert (picture(), Series.objects.count(), ImportRun.objects.count()) == ([], 0, 0)


def test_masked_stays_masked_and_is_no_number(tmp_path: Path) -> None:
    load(exports.ringerike(tmp_path / "a.csv", "2022-23"))
    assert scores(exports.DAL) == {2022: (Status.MASKED, None)}
    assert scores(exports.BERG) == {2022: (Status.NUMBER, 50.0)}


def test_a_changed_figure_replaces_the_old_one_and_the_old_one_is_remembered(tmp_path: Path) -> None:
    load(exports.ringerike(tmp_path / "a.csv", "2022-23"))
    assert load(exports.ringerike(tmp_path / "b.csv", "2022-23", score="52")) == {"new": 0, "changed": 2, "unchanged": 13}
    assert scores(exports.BERG) == {2022: (Status.NUMBER, 52.0)}
    assert set(ReplacedValue.objects.values_list("status", "number")) == {(Status.NUMBER, 50.0)}


def test_undo_puts_back_what_was_changed_and_takes_away_what_was_added(tmp_path: Path) -> None:
    load(exports.ringerike(tmp_path / "a.csv", "2022-23"))
    before = picture(("unit_id", "series_id", "year", "status", "number", "run_id"))
    load(exports.ringerike(tmp_path / "b.csv", "2022-23", score="52"), exports.ringerike(tmp_path / "c.csv", "2024-25"))
    assert actions.undo_import(by=SYSTEM, run=last_run()) == 17
    assert picture(("unit_id", "series_id", "year", "status", "number", "run_id")) == before
    assert not ReplacedValue.objects.exists()


def test_only_the_last_import_can_be_undone_and_then_the_one_before(tmp_path: Path) -> None:
    load(exports.ringerike(tmp_path / "a.csv", "2022-23"))
    first = last_run()
    load(exports.ringerike(tmp_path / "c.csv", "2024-25"))
    with pytest.raises(ActionError):
        actions.undo_import(by=SYSTEM, run=first)
    actions.undo_import(by=SYSTEM, run=last_run())
    actions.undo_import(by=SYSTEM, run=first)
    assert picture() == []


def test_a_broken_file_stops_the_good_one_beside_it_and_what_was_there_stays(tmp_path: Path) -> None:
    load(exports.ringerike(tmp_path / "a.csv", "2022-23"))
    before = picture()
    broken = tmp_path / "broken.csv"
    broken.write_bytes(b"%PDF-1.7 not a table")
    code, told = command(exports.ringerike(tmp_path / "c.csv", "2024-25"), broken)
    assert code == 1
    assert told["stored"] == {"new": 0, "changed": 0, "unchanged": 0}
    assert told["files"][1]["problems"][0]["code"] == "foreign"
    assert picture() == before


def test_two_files_that_disagree_are_refused_with_the_place(tmp_path: Path) -> None:
    files = [exports.ringerike(tmp_path / "a.csv", "2022-23"), exports.ringerike(tmp_path / "b.csv", "2022-23", score="52")]
    code, told = command(*files)
    assert code == 1
    codes = {p["code"] for p in told["files"][1]["problems"]}
    assert codes == {"files-disagree"}
    assert "2022" in told["files"][1]["problems"][0]["where"]
    assert picture() == []


def test_two_files_that_agree_are_stored_once(tmp_path: Path) -> None:
    files = [exports.ringerike(tmp_path / "a.csv", "2022-23"), exports.ringerike(tmp_path / "b.csv", "2022-23")]
    assert load(*files) == {"new": 15, "changed": 0, "unchanged": 0}


def test_an_import_that_was_overtaken_stores_nothing(tmp_path: Path) -> None:
    slow, fast = exports.ringerike(tmp_path / "a.csv", "2022-23"), exports.ringerike(tmp_path / "b.csv", "2022-23", score="52")
    load(exports.ringerike(tmp_path / "c.csv", "2022-23", score="40"))
    with runs.staged([Source("a", slow)], by=SYSTEM, progress=lambda done, total: None) as staged:
        _change_behind_its_back(52.0)
        with pytest.raises(StoreChanged):
            importing._store_new(by=SYSTEM, kind="results", staged=staged, names=["a"])
    assert scores(exports.BERG) == {2022: (Status.NUMBER, 52.0)}
    assert load(fast)["changed"] == 0


def _change_behind_its_back(number: float) -> None:
    Value.objects.filter(series__measure="score", number=40.0).update(number=number)


def test_what_was_stored_is_in_the_audit_with_its_counts(tmp_path: Path) -> None:
    load(exports.ringerike(tmp_path / "a.csv", "2022-23"))
    entry = AuditEntry.objects.filter(verb="results.import_applied").latest("id")
    assert entry.detail == {"new": 15, "changed": 0, "unchanged": 0}


def test_the_printed_object_has_exactly_the_agreed_shape(tmp_path: Path) -> None:
    code, told = command(exports.ringerike(tmp_path / "a.csv", "2022-23"))
    assert code == 0
    assert told == {
        "files": [
            {
                "path": str(tmp_path / "a.csv"),
                "format": "udir-web-export",
                "years": ["2022-23"],
                "rows": {"nation": 1, "county": 1, "municipality": 1, "school": 2, "unknown": 0},
                "values": {"number": 12, "masked": 3, "empty": 0},
                "problems": [],
            }
        ],
        "stored": {"new": 15, "changed": 0, "unchanged": 0},
    }


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run_import([tmp_path / "gone.csv"], dry_run=False, as_json=False, out=io.StringIO()) == 2
    assert "gone.csv" in capsys.readouterr().err
