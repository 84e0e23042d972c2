"""Nothing that must not be shown is shown, and nothing shown gives it away."""

from hypothesis import given
from hypothesis import strategies as st

from samskap.stats.api import Cell, Reason, Table, release


def cells(*sizes: int) -> list[Cell]:
    return [Cell(chr(97 + i), float(n), n) for i, n in enumerate(sizes)]


def masked(table: Table) -> set[str]:
    return {cell.key for cell in release(table).cells if cell.masked}


def test_few_answers_are_masked_and_carry_nothing() -> None:
    cell = release(Table(cells(40, 4))).cell("b")
    assert (cell.value, cell.n, cell.masked) == (None, None, Reason.FEW)


def test_one_masked_cell_beside_a_shown_total_takes_the_smallest_with_it() -> None:
    table = Table(cells(75, 40, 22, 4), total=Cell("all", 141.0, 141))
    assert masked(table) == {"c", "d"}
    assert release(table).cell("c").masked == Reason.COMPLEMENTARY


def test_two_masked_cells_with_too_few_together_take_a_third() -> None:
    assert masked(Table(cells(75, 40, 2, 1), total=Cell("all", 118.0, 118))) == {"b", "c", "d"}


def test_a_total_of_ours_falls_with_its_masked_part() -> None:
    released = release(Table(cells(75, 4), total=Cell("mean", 3.9, None)))
    assert released.total is not None
    assert released.total.value is None


def test_what_the_publisher_masked_stays_masked() -> None:
    stars = [Cell("a", 4.1, 40), Cell("b", None, None, Reason.PUBLISHER)]
    assert masked(Table(stars, published=True)) == {"b"}
    assert masked(Table(stars)) == {"b"}


def test_published_cells_are_shown_as_they_were_published() -> None:
    assert masked(Table(cells(40, 4), published=True)) == set()


def test_a_count_over_two_schools_is_not_a_count() -> None:
    assert masked(Table(cells(40, 50), counts_units=True)) == {"a", "b"}
    assert masked(Table(cells(40, 50, 60), counts_units=True)) == set()


@given(st.lists(st.integers(0, 60), min_size=1, max_size=12))
def test_no_masked_figure_can_be_had_by_subtraction(sizes: list[int]) -> None:
    released = release(Table(cells(*sizes), total=Cell("all", float(sum(sizes)), sum(sizes))))
    hidden = [n for n, cell in zip(sizes, released.cells, strict=True) if cell.masked]
    assert released.total is not None
    if hidden and released.total.value is not None and len(hidden) < len(sizes):
        assert len(hidden) >= 2
        assert sum(hidden) >= 5
    assert all(cell.value is None for cell in released.cells if cell.masked)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=12))
def test_releasing_what_is_released_changes_nothing(sizes: list[int]) -> None:
    once = release(Table(cells(*sizes)))
    assert release(Table(once.cells)).cells == once.cells
