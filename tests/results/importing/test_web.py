"""An adviser brings in files from the browser: sees the difference first, and changes nothing of others."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samskap.kernel import jobs, scope
from samskap.kernel.actions import ActionError
from samskap.kernel.doors import open_door
from samskap.kernel.models import ImportChunk, ImportRun, Job, JobState
from samskap.kernel.policy import NotAllowed
from samskap.people.models import Unit, UnitIdentifier
from samskap.results import actions
from samskap.results.models import MadeUnit, Status, Value
from samskap.site.demo import cast
from tests.results.importing import exports
from tests.results.importing.steps import load, picture, scores, stored, unit, upload
from tests.support.world import World

pytestmark = pytest.mark.django_db
State = ImportRun.State


@pytest.fixture(autouse=True)
def no_old_jobs(world: World) -> None:
    """Only this story's work waits."""
    Job.objects.all().delete()


def own_school(world: World, path: Path, score: str = "50", year: str = "2024-25") -> Path:
    """A file with one of the owner's schools and one of nobody's."""
    ours = world.school("tjernlia").unit
    assert ours is not None
    number = ours.identifiers.get().value
    rows = [
        exports.nation(), exports.school("33", "3305", number, "Tjernlia skole", score),
        exports.school("33", "3305", exports.BERG, "Berg skole"),
    ]  # fmt: skip
    return exports.web_export(path, year, rows)


def press(world: World, name: str, run: ImportRun, who: str = "henrik") -> Any:
    """Press a button on the run's page."""
    return world.client(who).post(reverse(f"results:{name}", args=[run.pk]), {"once": str(uuid4())}, follow=True)


def page(world: World, run: ImportRun, who: str = "henrik") -> Any:
    return world.client(who).get(reverse("results:import_run", args=[run.pk]))


def test_an_adviser_uploads_sees_the_difference_and_stores_it(world: World, tmp_path: Path) -> None:
    file = own_school(world, tmp_path / "a.csv")
    client = world.client("henrik")
    upload_ = SimpleUploadedFile("a.csv", file.read_bytes())
    answer = client.post(reverse("results:imports"), {"once": str(uuid4()), "statistics": [upload_]})
    run = ImportRun.objects.get()
    assert answer.headers["Location"] == reverse("results:import_run", args=[run.pk])
    assert b"<progress" in client.get(answer.headers["Location"]).content
    jobs.run_all()
    run.refresh_from_db()
    assert (run.state, run.summary["stored"]) == (State.READY, {"new": 9, "changed": 0, "unchanged": 0})
    assert picture() == []
    assert press(world, "import_apply", run).status_code == 200
    jobs.run_all()
    run.refresh_from_db()
    assert (run.state, len(picture()), ImportChunk.objects.count()) == (State.APPLIED, 9, 0)
    assert page(world, run).status_code == 200


def test_a_double_click_uploads_once(world: World, tmp_path: Path) -> None:
    token, client = str(uuid4()), world.client("henrik")
    for _ in range(2):
        file = SimpleUploadedFile("a.csv", own_school(world, tmp_path / "a.csv").read_bytes())
        client.post(reverse("results:imports"), {"once": token, "statistics": [file]})
    assert ImportRun.objects.count() == 1


def test_no_file_is_told_at_the_field(world: World) -> None:
    answer = world.client("henrik").post(reverse("results:imports"), {"once": str(uuid4())})
    assert answer.status_code == 422
    assert ImportRun.objects.count() == 0


def test_a_broken_file_changes_nothing_and_says_what_to_do(world: World, tmp_path: Path) -> None:
    load(own_school(world, tmp_path / "a.csv"))
    before = picture()
    broken = tmp_path / "b.csv"
    broken.write_bytes(b"%PDF-1.7")
    run = upload(broken, by=world.actor("henrik"))
    assert run.state == State.FAILED
    assert b"foreign" in page(world, run).content
    assert picture() == before
    with pytest.raises(ActionError):
        actions.apply_import(by=world.actor("henrik"), run=run)


def test_a_dropped_import_stores_nothing_and_keeps_no_file(world: World, tmp_path: Path) -> None:
    run = upload(own_school(world, tmp_path / "a.csv"), by=world.actor("henrik"))
    press(world, "import_drop", run)
    run.refresh_from_db()
    assert (run.state, picture(), ImportChunk.objects.count()) == (State.DROPPED, [], 0)


def test_an_import_that_is_stopped_before_it_begins_is_never_read(world: World, tmp_path: Path) -> None:
    by = world.actor("henrik")
    file = SimpleUploadedFile("a.csv", own_school(world, tmp_path / "a.csv").read_bytes())
    run = actions.receive_files(by=by, uploads=[file])
    actions.cancel_import(by=by, run=run)
    jobs.run_all()
    run.refresh_from_db()
    assert (run.state, run.summary, ImportChunk.objects.count()) == (State.CANCELLED, {}, 0)


def test_an_import_that_is_stopped_while_it_is_read_ends_there(world: World, tmp_path: Path) -> None:
    by = world.actor("henrik")
    run = actions.receive_files(by=by, uploads=[SimpleUploadedFile("a.csv", own_school(world, tmp_path / "a.csv").read_bytes())])
    Job.objects.filter(state=JobState.WAITING).update(cancel_requested=True)
    jobs.run_all()
    run.refresh_from_db()
    assert (run.state, Job.objects.latest("created_at").state) == (State.CANCELLED, JobState.CANCELLED)


def test_figures_of_schools_elsewhere_may_be_added_but_stay_as_they_are_from_the_web(world: World, tmp_path: Path) -> None:
    by = world.actor("henrik")
    load(exports.ringerike(tmp_path / "a.csv", "2024-25"))
    before = picture()
    run = upload(exports.ringerike(tmp_path / "b.csv", "2024-25", score="52"), by=by)
    assert run.state == State.READY
    assert [p["code"] for p in run.summary["problems"]] == ["changes-elsewhere"]
    assert run.summary["stored"]["changed"] == 0
    assert b"Ringerike" in page(world, run).content
    assert stored(run, by=by).state == State.APPLIED
    assert picture() == before


def test_what_is_new_is_stored_also_when_the_country_reads_otherwise(world: World, tmp_path: Path) -> None:
    by = world.actor("henrik")
    rows = [exports.nation("50", "0,1", "60 000")]
    load(exports.web_export(tmp_path / "a.csv", "2025-26", rows))
    rows = [exports.nation("51", "0,1", "60 000"), exports.school("33", "3305", exports.BERG, "Berg skole")]
    run = stored(upload(exports.web_export(tmp_path / "b.csv", "2025-26", rows), by=by), by=by)
    assert run.state == State.APPLIED
    assert [one["unit"] for one in run.summary["elsewhere"]] == ["Hele landet"]
    assert scores(exports.BERG)


def test_an_adviser_may_change_the_figures_of_the_own_schools(world: World, tmp_path: Path) -> None:
    by, number = world.actor("henrik"), exports.BERG
    load(own_school(world, tmp_path / "a.csv"))
    run = stored(upload(own_school(world, tmp_path / "b.csv", score="55"), by=by), by=by)
    assert (run.state, run.summary["stored"]["changed"]) == (State.APPLIED, 1)
    assert scores(number) == {2024: (Status.NUMBER, 50.0)}


def test_an_adviser_does_not_rename_schools_elsewhere(world: World, tmp_path: Path) -> None:
    load(exports.ringerike(tmp_path / "a.csv", "2024-25"))
    by = world.actor("henrik")
    rows = [exports.nation("50", "0,1", "60 000"), exports.school("33", "3305", exports.BERG, "Wrong name")]
    run = stored(upload(exports.web_export(tmp_path / "b.csv", "2025-26", rows), by=by), by=by)
    assert run.state == State.APPLIED
    assert unit(exports.BERG).name == "Berg skole"
    assert not Unit.objects.filter(name="Wrong name").exists()


def test_when_the_store_changed_meanwhile_the_new_difference_is_shown_instead(world: World, tmp_path: Path) -> None:
    by = world.actor("henrik")
    run = upload(own_school(world, tmp_path / "a.csv"), by=by)
    load(own_school(world, tmp_path / "b.csv"))
    run = stored(run, by=by)
    assert (run.state, run.summary["stale"], run.summary["stored"]["new"]) == (State.READY, True, 0)
    run = stored(run, by=by)
    assert run.state == State.APPLIED


def test_the_last_import_can_be_undone_from_its_page(world: World, tmp_path: Path) -> None:
    by = world.actor("henrik")
    run = stored(upload(own_school(world, tmp_path / "a.csv"), by=by), by=by)
    press(world, "import_undo", run)
    run.refresh_from_db()
    assert (run.state, picture()) == (State.UNDONE, [])


def test_another_owners_adviser_finds_no_such_import(world: World, tmp_path: Path) -> None:
    run = upload(own_school(world, tmp_path / "a.csv"), by=world.actor("henrik"))
    for name in ("import_apply", "import_cancel", "import_drop", "import_undo"):
        assert press(world, name, run, who="sigrid").status_code == 404
    assert page(world, run, who="sigrid").status_code == 404
    assert page(world, run, who="ingrid").status_code == 404


def test_a_leader_cannot_import_whatever_the_way(world: World, tmp_path: Path) -> None:
    file = SimpleUploadedFile("a.csv", own_school(world, tmp_path / "a.csv").read_bytes())
    with pytest.raises(NotAllowed):
        actions.receive_files(by=world.actor("ingrid"), uploads=[file])


def test_one_who_loses_the_role_before_the_worker_comes_stores_nothing(world: World, tmp_path: Path) -> None:
    by = world.actor("henrik")
    run = upload(own_school(world, tmp_path / "a.csv"), by=by)
    actions.apply_import(by=by, run=run)
    Job.objects.filter(state=JobState.WAITING).update(account_id=world.person("ingrid").account_id)
    jobs.run_all()
    run.refresh_from_db()
    assert (run.state, picture(), Job.objects.latest("created_at").error) == (State.READY, [], "not-allowed")


def test_a_name_is_bound_from_the_screen(world: World, tmp_path: Path) -> None:
    load(exports.names_only(tmp_path / "n.json", "2023-24", "Tjernlia vgs"))
    named, school = unit("Tjernlia vgs"), world.school("tjernlia").unit
    assert school is not None
    client = world.client("henrik")
    assert b"Tjernlia vgs" in client.get(reverse("results:units")).content
    client.post(reverse("results:bind_unit"), {"once": str(uuid4()), "named": named.pk, "unit": school.pk})
    assert not Value.objects.filter(unit=named).exists()
    assert Value.objects.filter(unit=school).exists()


def test_binding_to_a_school_elsewhere_is_refused_at_the_field(world: World, tmp_path: Path) -> None:
    load(exports.ringerike(tmp_path / "a.csv", "2024-25"), exports.names_only(tmp_path / "n.json", "2023-24", "Berg vgs"))
    form = {"once": str(uuid4()), "named": unit("Berg vgs").pk, "unit": unit(exports.BERG).pk}
    assert world.client("henrik").post(reverse("results:bind_unit"), form).status_code == 422
    assert Value.objects.filter(unit=unit("Berg vgs")).exists()


def theirs(world: World, folder: Path, score: str = "50", year: str = "2024-25", name: str = "Ytterdal skule") -> Path:
    """A file with a school that another owner uses, and one of nobody's."""
    rows = [
        exports.nation(), exports.school("33", "3305", cast.school("ytterdal").number, name, score),
        exports.school("33", "3305", exports.BERG, "Berg skole"),
    ]  # fmt: skip
    return exports.web_export(folder / "theirs.csv", year, rows)


def test_new_figures_of_a_school_that_another_owner_uses_are_left_out_from_the_web(world: World, tmp_path: Path) -> None:
    by, number = world.actor("henrik"), cast.school("ytterdal").number
    run = upload(theirs(world, tmp_path, name="Ytterdals skule"), by=by)
    assert run.summary["stored"] == {"new": 6, "changed": 0, "unchanged": 0}
    assert run.summary["elsewhere"] == [{"unit": "Ytterdals skule", "count": 3}]
    assert "Ytterdal" in page(world, run).content.decode()
    assert stored(run, by=by).state == State.APPLIED
    assert scores(number) == {}
    assert (unit(number).name, unit(number).parent) == ("Ytterdal skule", None)
    assert scores(exports.BERG) == {2024: (Status.NUMBER, 50.0)}


def test_the_owner_itself_and_the_operator_bring_them_in(world: World, tmp_path: Path) -> None:
    number, theirs_ = cast.school("ytterdal").number, world.actor("sigrid")
    assert stored(upload(theirs(world, tmp_path), by=theirs_), by=theirs_).state == State.APPLIED
    assert scores(number) == {2024: (Status.NUMBER, 50.0)}
    load(theirs(world, tmp_path, "52"))
    assert scores(number) == {2024: (Status.NUMBER, 52.0)}


def test_a_unit_that_two_owners_use_is_changed_by_none_of_them(world: World, tmp_path: Path) -> None:
    load(own_school(world, tmp_path / "a.csv"))
    ours, other = world.school("tjernlia"), world.school("ytterdal")
    with scope.outside_scope(reason="tests"), open_door():
        type(other).objects.filter(pk=other.pk).update(unit=ours.unit)
    for who in ("henrik", "sigrid"):
        run = upload(own_school(world, tmp_path / "b.csv", score="55"), by=world.actor(who))
        assert (run.summary["stored"]["changed"], run.summary["elsewhere"][0]["count"]) == (0, 1)


def test_an_undo_takes_away_the_units_that_came_with_the_import(world: World, tmp_path: Path) -> None:
    by, before = world.actor("henrik"), set(Unit.objects.values_list("pk", flat=True))
    run = stored(upload(exports.ringerike(tmp_path / "a.csv", "2024-25"), by=by), by=by)
    assert Unit.objects.count() == len(before) + 5
    press(world, "import_undo", run)
    assert set(Unit.objects.values_list("pk", flat=True)) == before
    assert not MadeUnit.objects.exists()
    assert stored(upload(exports.ringerike(tmp_path / "a.csv", "2024-25"), by=by), by=by).state == State.APPLIED


def test_units_that_something_stands_on_stay_after_an_undo(world: World, tmp_path: Path) -> None:
    by = world.actor("henrik")
    run = stored(upload(exports.ringerike(tmp_path / "a.csv", "2024-25"), by=by), by=by)
    school = world.school("tjernlia")
    with scope.tenant_scope(world.tenant_id), open_door():
        type(school).objects.filter(pk=school.pk).update(unit=unit(exports.BERG))
    assert press(world, "import_undo", run).status_code == 200
    assert unit(exports.BERG).parent == unit("3305")
    assert not UnitIdentifier.objects.filter(value=exports.DAL).exists()


def test_units_with_figures_of_an_earlier_import_stay_after_an_undo(world: World, tmp_path: Path) -> None:
    by = world.actor("henrik")
    load(exports.ringerike(tmp_path / "a.csv", "2023-24"))
    units = set(Unit.objects.values_list("pk", flat=True))
    run = stored(upload(exports.ringerike(tmp_path / "b.csv", "2024-25"), by=by), by=by)
    press(world, "import_undo", run)
    assert set(Unit.objects.values_list("pk", flat=True)) >= units
    assert scores(exports.BERG) == {2023: (Status.NUMBER, 50.0)}
