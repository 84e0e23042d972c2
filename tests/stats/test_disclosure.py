"""Nothing that must not be shown is shown, and nothing shown gives it away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.stats.api import Cell, Reason, ReleasedTable, Table, release


def cells(*sizes: int) -> list[Cell]:
    return [Cell(chr(97 + i), float(n), n) for i, n in enumerate(sizes)]


def masked(table: Table) -> set[str]:
    return {cell.key for cell in release(table).cells if cell.masked}


def test_few_answers_are_masked_and_carry_nothing() -> None:
    cell = release(Table(cells(40, 4))).cell("b")
    assert (cell.value, cell.n, cell.masked) == (None, None, Reason.FEW)


def test_one_masked_cell_beside_a_shown_total_takes_the_smallest_with_it() -> None:
    table = Table(cells(75, 40, 22, 4), total=Cell("all", 141.0, 141), total_public=True)
    assert masked(table) == {"c", "d"}
    assert release(table).cell("c").masked == Reason.COMPLEMENTARY


def test_two_masked_cells_with_too_few_together_take_a_third() -> None:
    assert masked(Table(cells(75, 40, 2, 1), total=Cell("all", 118.0, 118), total_public=True)) == {"b", "c", "d"}


def test_two_masked_cells_that_their_total_would_settle_take_a_third() -> None:
    """Two cells of at most four that are eight together are four each."""
    assert masked(Table(cells(75, 40, 4, 4), total=Cell("all", 123.0, 123), total_public=True)) == {"b", "c", "d"}


@pytest.mark.parametrize("n", [None, 79])
@pytest.mark.parametrize("published", [False, True])
def test_a_total_of_ours_falls_with_its_masked_part(n: int | None, published: bool) -> None:
    parts = [Cell("a", 4.1, 75), Cell("b", None, None, Reason.PUBLISHER)]
    total = release(Table(parts, total=Cell("mean", 3.9, n), published=published)).total
    assert total == Cell("mean", None, None, Reason.COMPLEMENTARY)


def test_the_publishers_own_total_stands_beside_its_masked_parts() -> None:
    parts = [Cell("a", 4.1, 75), Cell("b", None, None, Reason.PUBLISHER), Cell("c", None, None, Reason.PUBLISHER)]
    total = Cell("municipality", 4.0, 90)
    assert release(Table(parts, total=total, published=True, total_public=True)).total == total


def test_a_total_over_shown_parts_is_shown_unless_it_is_of_few() -> None:
    assert release(Table(cells(40, 50), total=Cell("all", 90.0, 90))).total == Cell("all", 90.0, 90)
    assert release(Table([], total=Cell("all", 3.0, 3))).total == Cell("all", None, None, Reason.FEW)
    assert release(Table([], total=Cell("all", 3.9))).total == Cell("all", None, None, Reason.FEW)


def test_a_group_of_one_small_cell_keeps_its_total_back() -> None:
    released = release(Table(cells(3), total=Cell("all", 3.0, 3), total_public=True))
    assert released.total == Cell("all", None, None, Reason.COMPLEMENTARY)


def test_how_few_there_were_is_not_told_where_there_is_no_value() -> None:
    assert release(Table([Cell("a", None, 2)])).cells == (Cell("a", None, None, Reason.FEW),)
    assert release(Table([Cell("a", None, 0)])).cells == (Cell("a", None, 0),)


def test_a_figure_of_unknown_size_is_masked() -> None:
    assert release(Table([Cell("a", 4.1)])).cells == (Cell("a", None, None, Reason.FEW),)


def test_what_the_publisher_masked_stays_masked() -> None:
    stars = [Cell("a", 4.1, 40), Cell("b", None, None, Reason.PUBLISHER)]
    assert masked(Table(stars, published=True)) == {"b"}
    assert masked(Table(stars)) == {"b"}


def test_published_cells_are_shown_as_they_were_published() -> None:
    assert masked(Table(cells(40, 4), published=True)) == set()


def test_a_count_over_two_schools_is_not_a_count() -> None:
    assert masked(Table(cells(40, 50), counts_units=True)) == {"a", "b"}
    assert masked(Table(cells(40, 50, 60), counts_units=True)) == set()


def test_too_few_schools_give_no_count_of_schools() -> None:
    few = Table(cells(40, 50), total=Cell("above", 1.0, 90), published=True, counts_units=True)
    assert release(few).total == Cell("above", None, None, Reason.FEW)
    enough = Table(cells(40, 50, 60), total=Cell("above", 1.0, 150), published=True, counts_units=True)
    assert release(enough).total == Cell("above", 1.0, 150)


def test_masked_schools_do_not_make_up_the_number_that_a_count_needs() -> None:
    assert masked(Table(cells(40, 50, 3), counts_units=True)) == {"a", "b", "c"}


def test_schools_are_counted_among_those_that_are_shown() -> None:
    parts = [*cells(40, 50, 60), Cell("d", None, None, Reason.PUBLISHER)]
    assert release(Table(parts, published=True)).count(lambda value: value > 45) == (2, 3)
    assert release(Table(parts[1:], published=True)).count(lambda value: value > 45) is None


def test_a_released_table_knows_only_its_own_cells() -> None:
    with pytest.raises(KeyError):
        release(Table(cells(40))).cell("z")


def possible_sizes(released: ReleasedTable, place: int) -> set[int]:
    """The attack: every size of a masked cell that agrees with the total, the shown cells, the reasons and the rules."""
    assert released.total is not None
    assert released.total.n is not None
    shown = [cell.n or 0 for cell in released.cells if not cell.masked]
    rest = released.total.n - sum(shown)
    few = range(5)
    more = range(5, min([*shown, rest]) + 1)
    allowed = [few if cell.masked == Reason.FEW else more for cell in released.cells if cell.masked]
    others = {0}
    for sizes in allowed[:place] + allowed[place + 1 :]:
        others = {one + n for one in others for n in sizes if one + n <= rest}
    return {n for n in allowed[place] if rest - n in others}


def with_public_total(sizes: list[int]) -> ReleasedTable:
    return release(Table(cells(*sizes), total=Cell("all", float(sum(sizes)), sum(sizes)), total_public=True))


@given(st.lists(st.integers(0, 12) | st.integers(0, 60), min_size=1, max_size=9))
def test_no_masked_figure_can_be_had_by_subtraction(sizes: list[int]) -> None:
    released = with_public_total(sizes)
    hidden = [n for n, cell in zip(sizes, released.cells, strict=True) if cell.masked]
    assert all(cell.value is None and cell.n is None for cell in released.cells if cell.masked)
    if hidden and released.total is not None and released.total.value is not None:
        assert len(hidden) >= 2
        assert sum(hidden) >= 5
        for place, n in enumerate(hidden):
            found = possible_sizes(released, place)
            assert n in found
            assert len(found) >= 5


@given(st.lists(st.integers(0, 60), min_size=1, max_size=9))
def test_what_is_few_is_never_shown_and_without_few_all_is(sizes: list[int]) -> None:
    released = with_public_total(sizes)
    assert all(cell.masked == Reason.FEW for n, cell in zip(sizes, released.cells, strict=True) if n < 5)
    if min(sizes) >= 5:
        assert [cell.n for cell in released.cells] == sizes


@given(st.lists(st.integers(0, 60), min_size=1, max_size=12))
def test_releasing_what_is_released_changes_nothing(sizes: list[int]) -> None:
    once = release(Table(cells(*sizes)))
    assert release(Table(once.cells)).cells == once.cells


def test_a_total_of_ours_takes_no_further_cell_with_it() -> None:
    released = release(Table(cells(75, 40, 4), total=Cell("sum", 119.0, 119)))
    assert {cell.key for cell in released.cells if cell.masked} == {"c"}


def test_a_cell_without_a_figure_is_not_masked_but_empty() -> None:
    assert release(Table([*cells(40), Cell("none", None, None)])).cell("none").masked is None


def test_a_total_of_exactly_the_threshold_is_shown() -> None:
    released = release(Table(cells(5), total=Cell("sum", 5.0, 5)))
    assert released.total is not None
    assert released.total.value == 5.0


def test_a_public_total_without_a_number_masks_no_more_than_it_must() -> None:
    table = Table(cells(75, 4, 3), total=Cell("all", 4.1, None), total_public=True)
    assert {cell.key for cell in release(table).cells if cell.masked} == {"b", "c"}
