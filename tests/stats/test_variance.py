"""The product's rule for a change, on all schools of the published national tests: how many are called sure."""

import math
from pathlib import Path

import pytest

from bench import variance
from samskap.stats.change import SCHOOL_YEAR_VARIANCES

HEADER = "EnhetNivaa\tNasjonaltkode\tFylkekode\tKommunekode\tOrganisasjonsnummer\tNasjonalt\tFylke\tKommune\tEnhetNavn"
MEASURES = ("Skalapoeng", "Usikkerhet", "Antall elever deltatt")


@pytest.fixture
def published() -> None:
    """Leaves the test out, saying so, where the published files do not lie beside the checkout."""
    if not variance.files():
        pytest.skip(f"the published exports ({variance.FOLDER}) do not lie beside this checkout")


def export(folder: Path, year: str, rows: list[tuple[str, str, str, str]]) -> None:
    """An export with reading in grade 5: level, organisation number, points, half-width."""
    heads = (f"{year}.Lesing.5. årstrinn.Alle eierformer.Alle kjønn.{measure}" for measure in MEASURES)
    lines = ["sep=\t", "\t".join([HEADER, *heads])]
    lines += [f"{level}\tI\t42\t4203\t{number}\t-\t-\t-\tA\t{value}\t{half}\t20" for level, number, value, half in rows]
    (folder / variance.FOLDER).mkdir(exist_ok=True)
    (folder / variance.FOLDER / f"{year}.csv").write_text("\n".join(lines) + "\n", encoding="utf-16-le")


def test_of_two_small_files_everything_can_be_reckoned_by_hand(tmp_path: Path) -> None:
    export(
        tmp_path,
        "2022-23",
        [("3", "4203", "50", "0,5"), ("4", "1", "48", "1,96"), ("4", "2", "50", "1,96"), ("4", "3", "*", "*")],
    )
    export(tmp_path, "2023-24", [("4", "1", "53", "1,96"), ("4", "2", "45", "1,96"), ("4", "3", "47", "1,96")])
    found, parts, count = variance.components(tmp_path)
    series = ("np_reading", "5")
    assert [change.value for change in found[series]] == [5, -5]
    assert (parts[series].pairs, parts[series].change) == (2, 25)
    assert parts[series].sampling == pytest.approx(2)
    assert parts[series].omega2 == pytest.approx((25 - 2 - 1 / 6) / 2)
    assert (count.shown, count.masked) == (5, 1)
    assert variance.share_sure(found, lambda _: 0.0) == 1
    assert variance.share_sure(found, variance.shipped) == 0


def test_without_files_the_measurement_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no exports"):
        variance.run(full=False, data=tmp_path)


@pytest.mark.usefixtures("published")
def test_one_school_in_six_is_called_sure_by_the_naive_rule_and_one_in_twenty_by_ours() -> None:
    found = variance.run(full=False)
    assert found["share_sure_naive"] == pytest.approx(0.177, abs=0.005)
    assert found["share_sure"] == pytest.approx(0.049, abs=0.005)
    assert found["share_sure_refitted"] == pytest.approx(0.049, abs=0.005)


@pytest.mark.usefixtures("published")
def test_the_shipped_variances_are_what_the_files_say() -> None:
    """Six of the eight files that they come from are at hand: they agree to a quarter of a squared point."""
    _, parts, _ = variance.components()
    assert {(row.indicator, row.grade) for row in SCHOOL_YEAR_VARIANCES} == set(parts)
    for row in SCHOOL_YEAR_VARIANCES:
        part = parts[row.indicator, row.grade]
        assert math.isclose(part.omega2, row.omega2, abs_tol=0.25)
        assert 1.4 < part.ratio < 2.8
