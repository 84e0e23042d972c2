"""Charts are read without colours, without eyes, and never join what does not belong together."""

import itertools
import re

from django.utils import translation

from samskap.kernel.ui import gallery
from samskap.kernel.ui.chart import chart_figure, dot_chart, line_chart


def drawn() -> str:
    with translation.override("nb"):
        return line_chart(gallery._lines(), "Trivsel", "Trivselen øker.")


def test_a_chart_has_a_name_and_a_description_that_are_bound_to_it() -> None:
    page = drawn()
    names = re.search(r'role="img" aria-labelledby="(\S+) (\S+)"', page)
    assert names is not None
    assert f'<title id="{names[1]}">Trivsel</title>' in page
    assert f'<desc id="{names[2]}">Trivselen øker.</desc>' in page


def test_each_line_is_named_where_it_ends() -> None:
    names = re.findall(r'class="s-name s-name--(\d)"[^>]*>(\w+)<', drawn())
    assert sorted(names) == [("0", "Granlia"), ("1", "Solvik"), ("2", "Norge")]


def test_names_never_cover_each_other() -> None:
    places = [float(y) for y in re.findall(r'class="s-name [^>]*y="([\d.]+)"', drawn())]
    assert all(later - earlier >= 18 for earlier, later in itertools.pairwise(places))


def test_lines_stop_at_a_gap_and_at_a_break() -> None:
    main = drawn().split('<g class="s-series s-series--0">')[1]
    assert main.count('class="s-line"') == 3


def test_a_masked_year_is_said_in_words() -> None:
    page = drawn()
    assert page.count('class="s-gap-name"') == 1
    assert ">Skjermet<" in page


def test_series_differ_in_marker_and_not_only_in_colour() -> None:
    shapes = set(re.findall(r'<g class="s-marker"><(\w+)[^>]*?(?:d="([^"]*)")?', drawn()))
    assert len({shape for shape, _path in shapes}) == 3


def test_nothing_in_a_chart_needs_inline_style() -> None:
    assert "style=" not in drawn()


def test_a_school_without_a_figure_says_why() -> None:
    with translation.override("nb"):
        page = dot_chart(gallery._dots(), "Deltakelse", "Nær kommunen.", current="Granlia skole")
    assert page.count("Skjermet") == 1
    assert "(din skole)" in page
    assert len(re.findall(r"<li[ >]", page)) == 5


def test_a_figure_carries_its_sentence_its_table_and_its_files() -> None:
    with translation.override("nb"):
        page = chart_figure("", "Trivsel", "Trivselen øker.", table=gallery._table(), downloads=gallery.context()["downloads"])
    assert "Trivselen øker." in page
    assert "<table" in page
    assert re.findall(r'href="(#\w+)" download', page) == ["#csv", "#xlsx"]
