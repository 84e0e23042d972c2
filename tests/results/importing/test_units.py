"""Units keep their series through new numbers, new names and files without numbers; a person decides where it is not certain."""

from datetime import date
from pathlib import Path

import pytest

from samskap.kernel import scope
from samskap.kernel.actions import ActionError
from samskap.kernel.doors import open_door
from samskap.kernel.policy import SYSTEM
from samskap.people.models import Level, School, Unit, UnitIdentifier, UnitRelation
from samskap.results import actions
from samskap.results.models import Value
from samskap.results.units import binding, renumbering
from tests.results.importing import exports
from tests.results.importing.steps import load, scores, unit
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people(world: World) -> None:
    """Every story has the named people."""


def test_a_renumbered_municipality_is_one_series_over_both_numbers(tmp_path: Path) -> None:
    load(exports.ringerike(tmp_path / "a.csv", "2022-23"))
    load(exports.ringerike(tmp_path / "b.csv", "2024-25"))
    assert unit("3007") == unit("3305")
    assert set(scores("3305")) == {2022, 2024}
    dates = UnitIdentifier.objects.filter(unit=unit("3305")).order_by("value").values_list("value", "valid_from", "valid_to")
    assert list(dates) == [("3007", None, date(2023, 12, 31)), ("3305", date(2024, 1, 1), None)]


def test_the_newest_file_tells_the_county_also_when_the_older_one_comes_last(tmp_path: Path) -> None:
    load(exports.ringerike(tmp_path / "b.csv", "2024-25"))
    load(exports.ringerike(tmp_path / "a.csv", "2022-23"))
    assert str(unit("3007").parent) == "Buskerud"
    assert str(unit(exports.BERG).parent) == "Ringerike"
    assert unit("30") != unit("33")


def test_a_trailing_space_makes_no_new_school_and_no_new_name(tmp_path: Path) -> None:
    load(exports.ringerike(tmp_path / "a.csv", "2022-23"))
    load(exports.ringerike(tmp_path / "b.csv", "2024-25"))
    assert Unit.objects.filter(name__startswith="Berg").count() == 1
    assert unit(exports.BERG).name == "Berg skole"


def test_a_school_keeps_its_series_when_its_name_changes(tmp_path: Path) -> None:
    rows = [exports.nation(), exports.school("33", "3305", exports.BERG, "Bergåsen skole", "55")]
    load(exports.ringerike(tmp_path / "a.csv", "2022-23"))
    load(exports.web_export(tmp_path / "b.csv", "2024-25", rows))
    assert unit(exports.BERG).name == "Bergåsen skole"
    assert set(scores(exports.BERG)) == {2022, 2024}


def test_a_split_municipality_ends_and_its_parts_begin(tmp_path: Path) -> None:
    load(exports.web_export(tmp_path / "a.csv", "2022-23", [exports.nation(), exports.municipality("15", "1507", "Ålesund")]))
    parts = [exports.municipality("15", "1508", "Ålesund"), exports.municipality("15", "1580", "Haram")]
    load(exports.web_export(tmp_path / "b.csv", "2024-25", [exports.nation(), *parts]))
    assert set(scores("1507")) == {2022}
    assert set(scores("1508")) == {2024}
    after = UnitRelation.objects.filter(before=unit("1507"), kind="split").values_list("after__name", flat=True)
    assert set(after) == {"Ålesund", "Haram"}


def test_the_table_of_numbers_has_one_new_number_for_each_old_one_except_splits() -> None:
    table = renumbering.numbers()
    assert len({change.new for change in table.same.values()}) == len(table.same) // 2 == 113
    assert {change.old for change in table.splits} == {"1507"}


def new_number(tmp_path: Path, *, score: str = "51", year: str = "2024-25") -> None:
    load(exports.ringerike(tmp_path / "a.csv", "2022-23"))
    rows = [
        exports.nation(), exports.county("33", "Buskerud"), exports.municipality("33", "3305", "Ringerike"),
        exports.school("33", "3305", exports.NEW_BERG, "Berg skole ", score),
    ]  # fmt: skip
    load(exports.web_export(tmp_path / "b.csv", year, rows))


def test_a_school_under_a_new_number_is_suggested_and_never_bound_by_itself(tmp_path: Path) -> None:
    new_number(tmp_path)
    (pair,) = binding.suggestions(None)
    assert (pair.old, pair.new) == (unit(exports.BERG), unit(exports.NEW_BERG))
    assert (pair.last_year, pair.first_year) == (2022, 2024)
    assert set(scores(exports.BERG)) == {2022}


def test_a_bound_number_is_one_series_and_later_files_land_there(tmp_path: Path) -> None:
    new_number(tmp_path)
    actions.bind_unit_number(by=SYSTEM, new=unit(exports.NEW_BERG), old=unit(exports.BERG))
    assert unit(exports.NEW_BERG) == unit(exports.BERG)
    assert set(scores(exports.BERG)) == {2022, 2024}
    rows = [exports.nation(), exports.school("33", "3305", exports.NEW_BERG, "Berg skole", "49")]
    load(exports.web_export(tmp_path / "c.csv", "2025-26", rows))
    assert set(scores(exports.BERG)) == {2022, 2024, 2025}
    assert binding.suggestions(None) == []


def test_binding_keeps_the_unit_that_a_school_stands_on(tmp_path: Path, world: World) -> None:
    new_number(tmp_path)
    ours = world.school("tjernlia")
    ours_unit = unit(exports.NEW_BERG)
    with scope.tenant_scope(ours.tenant_id), open_door():
        School.objects.filter(pk=ours.pk).update(unit=ours_unit)
    actions.bind_unit_number(by=SYSTEM, new=unit(exports.NEW_BERG), old=unit(exports.BERG))
    assert unit(exports.BERG) == ours_unit
    assert set(scores(exports.BERG)) == {2022, 2024}


def test_schools_that_differ_in_the_same_year_are_not_bound(tmp_path: Path) -> None:
    new_number(tmp_path, score="61", year="2022-23")
    with pytest.raises(ActionError):
        actions.bind_unit_number(by=SYSTEM, new=unit(exports.NEW_BERG), old=unit(exports.BERG))
    assert scores(exports.BERG) == {2022: (0, 50.0)}
    assert binding.suggestions(None) == []


def test_a_file_with_names_only_waits_for_a_person_and_is_bound_once(tmp_path: Path) -> None:
    load(exports.ringerike(tmp_path / "a.csv", "2024-25"))
    load(exports.names_only(tmp_path / "n.json", "2023-24", "Berg vgs"))
    (named,) = binding.unbound()
    assert (named.name, named.level) == ("Berg vgs", Level.UNKNOWN)
    figures = Value.objects.filter(unit=named).count()
    assert figures > 0
    assert actions.bind_unit_name(by=SYSTEM, named=named, unit=unit(exports.BERG)) == figures
    assert binding.unbound() == []
    load(exports.names_only(tmp_path / "m.json", "2024-25", "Berg vgs "))
    assert binding.unbound() == []
    years = Value.objects.filter(unit=unit(exports.BERG), series__instrument="pupil_survey").values_list("year", flat=True)
    assert set(years) == {2023, 2024}


def test_a_bound_name_cannot_be_bound_again(tmp_path: Path) -> None:
    load(exports.ringerike(tmp_path / "a.csv", "2024-25"), exports.names_only(tmp_path / "n.json", "2023-24", "Berg vgs"))
    (named,) = binding.unbound()
    actions.bind_unit_name(by=SYSTEM, named=named, unit=unit(exports.BERG))
    with pytest.raises(ActionError):
        actions.bind_unit_name(by=SYSTEM, named=named, unit=unit(exports.DAL))


def test_an_adviser_binds_to_own_schools_only(tmp_path: Path, world: World) -> None:
    load(exports.ringerike(tmp_path / "a.csv", "2024-25"), exports.names_only(tmp_path / "n.json", "2023-24", "Berg vgs"))
    (named,) = binding.unbound()
    with pytest.raises(ActionError):
        actions.bind_unit_name(by=world.actor("henrik"), named=named, unit=unit(exports.BERG))
    own = world.school("tjernlia").unit
    assert own is not None
    assert actions.bind_unit_name(by=world.actor("henrik"), named=named, unit=own) > 0


def _named_and_own(world: World, folder: Path) -> tuple[Unit, Unit]:
    """A name with figures for the first year of upper secondary, and one of the owner's schools with figures for grade 8."""
    own = world.school("tjernlia").unit
    assert own is not None
    number = UnitIdentifier.objects.get(unit=own, kind=UnitIdentifier.Kind.ORGANISATION).value
    rows = [exports.nation(), exports.school("90", "9001", number, own.name)]
    load(exports.web_export(folder / "own.csv", "2024-25", rows), exports.names_only(folder / "n.json", "2023-24", "Berg vgs"))
    (named,) = binding.unbound()
    return named, own


def test_a_name_with_figures_of_other_grades_is_bound_only_by_one_who_is_sure(world: World, tmp_path: Path) -> None:
    named, own = _named_and_own(world, tmp_path)
    by = world.actor("henrik")
    with pytest.raises(ActionError, match="trinn"):
        actions.bind_unit_name(by=by, named=named, unit=own)
    assert actions.bind_unit_name(by=by, named=named, unit=own, sure=True) > 0


def test_a_binding_can_be_taken_back_and_later_files_ask_anew(world: World, tmp_path: Path) -> None:
    named, own = _named_and_own(world, tmp_path)
    by = world.actor("henrik")
    actions.bind_unit_name(by=by, named=named, unit=own, sure=True)
    with scope.tenant_scope(world.tenant_id):
        [name] = binding.bound(by)
    again = actions.loosen_unit_name(by=by, name=name)
    assert [again.name] == [unit.name for unit in binding.unbound()]
    with scope.tenant_scope(world.tenant_id):
        assert not binding.bound(by)
    with pytest.raises(ActionError):
        actions.loosen_unit_name(by=world.actor("sigrid"), name=name)
