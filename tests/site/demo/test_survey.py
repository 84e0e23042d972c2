"""The made-up figures: the same for a seed, masked as the publisher does, and telling the story they should."""

import math
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.site.demo import figures, truth
from samskap.site.demo.figures import Bullying, Indicator, Level, Survey
from samskap.site.demo.masking import FEWEST, masked
from samskap.site.demo.staff import employees
from samskap.site.demo.survey import surveys

TRIVSEL, RULES = "EUIndeks_1379", "EUIndeks_1387"


@pytest.fixture(scope="module")
def five_years() -> list[Survey]:
    return list(surveys())


def index(found: list[Survey], key: str, grade: int, code: str) -> list[Indicator]:
    """An index's five years at a place."""
    return [i for year in found for i in year.indicators if (i.place.key, i.grade, i.code) == (key, grade, code)]


def bullied(found: list[Survey], key: str, grade: int) -> list[Bullying]:
    """The composite's five years at a place."""
    return [b for y in found for b in y.bullying if (b.place.key, b.grade, b.code) == (key, grade, truth.COMPOSITE)]


def z_of_means(before: Indicator, after: Indicator) -> float:
    """The difference in standard errors."""
    assert None not in (before.score, before.sd, before.n, after.score, after.sd, after.n)
    squares = [(i.sd or 0) ** 2 / (i.n or 1) for i in (before, after)]
    return ((after.score or 0) - (before.score or 0)) / math.sqrt(sum(squares))


def z_of_shares(before: Bullying, after: Bullying) -> float:
    """The difference of two shares in pooled standard errors."""
    (k, m), (x, n) = counts(before), counts(after)
    pooled = (k + x) / (m + n)
    return (x / n - k / m) / math.sqrt(pooled * (1 - pooled) * (1 / m + 1 / n))


def counts(found: Bullying) -> tuple[int, int]:
    """(bullied, answered) of a figure that is shown."""
    assert found.bullied is not None
    assert found.n is not None
    return found.bullied, found.n


def test_the_same_seed_gives_the_same_figures_and_another_seed_others(five_years: list[Survey]) -> None:
    assert list(surveys()) == five_years
    assert list(surveys(seed=2)) != five_years


def test_elvesletta_got_clearly_better_on_one_thing_and_cannot_tell_about_the_other(five_years: list[Survey]) -> None:
    rules = index(five_years, "elvesletta", 10, RULES)
    assert z_of_means(rules[3], rules[4]) > 2.5
    thrive = index(five_years, "elvesletta", 10, TRIVSEL)
    assert 0 < z_of_means(thrive[3], thrive[4]) < 1.96
    bullying = bullied(five_years, "elvesletta", 10)
    assert -1.96 < z_of_shares(bullying[3], bullying[4]) < 0


def test_elvesletta_began_with_more_bullying_than_the_municipality(five_years: list[Survey]) -> None:
    for own, all_schools in zip(bullied(five_years, "elvesletta", 10)[:3], bullied(five_years, "owner", 10)[:3], strict=True):
        (here, asked), (everywhere, answered) = counts(own), counts(all_schools)
        assert here / asked > everywhere / answered


def test_kvernfossen_got_clearly_worse(five_years: list[Survey]) -> None:
    bullying = bullied(five_years, "kvernfossen", 10)
    assert z_of_shares(bullying[0], bullying[4]) > 1.96
    thrive = index(five_years, "kvernfossen", 10, TRIVSEL)
    assert z_of_means(thrive[0], thrive[4]) < -1.96


def test_storhaugen_thrives_more_than_the_country_in_every_year(five_years: list[Survey]) -> None:
    own, nation = (index(five_years, key, 10, TRIVSEL) for key in ("storhaugen", "nation"))
    assert len(own) == len(truth.YEARS)
    assert all(a.score is not None and b.score is not None and a.score > b.score for a, b in zip(own, nation, strict=True))


def test_the_school_with_few_pupils_is_masked_throughout(five_years: list[Survey]) -> None:
    rows = [i for year in five_years for i in year.indicators if i.place.key == "vesleoya"]
    assert rows
    assert all(i.score is None and i.sd is None and i.n is None for i in rows)


def test_the_new_school_stands_in_no_file(five_years: list[Survey]) -> None:
    keys = {i.place.key for y in five_years for i in y.indicators} | {t.place.key for y in five_years for t in y.tests}
    assert figures.NEW_SCHOOL not in keys


def test_no_shown_figure_rests_on_few_pupils_or_on_one_bullied(five_years: list[Survey]) -> None:
    for year in five_years:
        assert all(i.n is None or i.n >= FEWEST for i in year.indicators)
        assert all(t.n is None or t.n >= FEWEST for t in year.tests)
        assert all(b.bullied != 1 and (b.n is None or b.n >= FEWEST) for b in year.bullying)


def test_a_school_is_never_alone_masked_below_a_shown_municipality(five_years: list[Survey]) -> None:
    for year in five_years:
        gaps: dict[tuple[str, int, str], int] = defaultdict(int)
        shown = set()
        for b in year.bullying:
            if b.place.level == Level.MUNICIPALITY and b.bullied is not None:
                shown.add((b.place.number, b.grade, b.code))
            elif b.place.level == Level.SCHOOL and b.bullied is None:
                gaps[b.place.owner, b.grade, b.code] += 1
        assert [at for at in shown if gaps[at] == 1 and _schools(year, at) > 1] == []


def _schools(year: Survey, at: tuple[str, int, str]) -> int:
    return sum((b.place.owner, b.grade, b.code) == at for b in year.bullying)


def test_a_municipality_is_its_schools_together(five_years: list[Survey]) -> None:
    for year in five_years:
        total = next(p for p in year.participation if p.place.key == "neighbour" and p.grade == 7)
        only = next(p for p in year.participation if p.place.key == "ytterdal" and p.grade == 7)
        assert (total.answered, total.invited) == (only.answered, only.invited)


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 60), min_size=1, max_size=6))
def test_masking_never_leaves_one_gap_that_can_be_worked_out(sizes: dict[str, int]) -> None:
    small = {key for key, size in sizes.items() if size < FEWEST}
    hidden = masked(sizes, small)
    assert small <= hidden
    assert len(hidden) != 1 or len(sizes) == 1


def test_made_up_employees_have_different_names_that_nobody_of_the_cast_has() -> None:
    made = employees(1, 50, taken=frozenset({"Anders Bakkane"}))
    assert made == employees(1, 50, taken=frozenset({"Anders Bakkane"}))
    names = [name for name, _title in made]
    assert len(set(names)) == 50
    assert "Anders Bakkane" not in names
    with pytest.raises(ValueError, match="names are wanted"):
        employees(1, 100_000)
