"""The real exports, where they lie beside the checkout: all of them stored, and the known traps."""

from pathlib import Path

import pytest

from samskap.results.models import Status, Value
from samskap.results.units import binding
from tests.results.importing.steps import command, load, picture, scores, unit
from tests.support.world import World

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
EXPORTS = sorted((DATA / "udir_webexport_nasjonale_prover").glob("*.csv"))
SURVEY = sorted((DATA / "elevundersokelsen_api").glob("bpg_vgs_tabell_15[245].json"))

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(not EXPORTS, reason="the real exports are not beside this checkout"),
]


@pytest.fixture(autouse=True)
def people(world: World) -> None:
    """Every story has the named people."""


def test_all_real_exports_are_stored_and_a_second_time_changes_nothing() -> None:
    first = load(*EXPORTS, *SURVEY)
    assert (first["changed"], first["unchanged"]) == (0, 0)
    assert Value.objects.count() == first["new"]
    before = picture()
    assert load(*EXPORTS, *SURVEY) == {"new": 0, "changed": 0, "unchanged": first["new"]}
    assert picture() == before


def test_the_known_traps_of_the_real_exports() -> None:
    load(*EXPORTS)
    assert unit("3007") == unit("3305")
    assert {2022, 2023, 2024, 2025} <= set(scores("3305"))
    assert unit("30") != unit("33")
    assert unit("3305").name == "Ringerike"
    assert str(unit("3305").parent) == "Buskerud"
    suggested = {(pair.old.name, pair.last_year, pair.first_year) for pair in binding.suggestions(None)}
    assert ("Stange ungdomsskole", 2022, 2024) in suggested
    assert Value.objects.filter(status=Status.NOBODY).exists()


def test_the_surveys_rows_that_stand_twice_are_stored_once_and_wait_for_a_person() -> None:
    code, told = command(*SURVEY)
    assert code == 0
    counted = {file["path"][-8:-5]: file["rows"]["unknown"] for file in told["files"]}
    assert counted == {"152": 2680, "154": 240, "155": 30}
    (named,) = binding.unbound()
    assert named.name == "Bergen private gymnas AS"
    assert told["stored"]["new"] == Value.objects.filter(unit=named).count()
