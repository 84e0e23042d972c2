"""The components say what they must say, to the eye and to the ear, and break no promise on the way."""

import datetime
import re
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samskap.kernel.history import Difference, words_changed
from samskap.kernel.ui import flow, icons, layout, tables, terms
from samskap.kernel.ui.buttons import button, link_button
from samskap.kernel.ui.markup import attributes

NASTY = "<script>alert('x')</script>"


def drawn(source: str, **values: Any) -> str:
    with translation.override("nb"):
        return Template("{% load ui %}" + source).render(Context(values))


def test_a_button_is_a_button_and_a_link_is_a_link() -> None:
    assert button("Lagre").startswith('<button type="submit" class="ds-button"')
    assert link_button("Mål", "/maal/").startswith('<a href="/maal/" class="ds-button"')


def test_attributes_come_from_keywords_and_empty_ones_are_left_out() -> None:
    assert attributes({"hx_get": "/x", "required": True, "id": "", "class_": "a"}) == ' hx-get="/x" required class="a"'


@pytest.mark.parametrize("name", ["style", "onclick", "hx_on"])
def test_what_the_content_security_policy_forbids_is_refused_at_once(name: str) -> None:
    with pytest.raises(ValueError, match="forbids"):
        button("Lagre", **{name: "x"})  # type: ignore[arg-type]  # any attribute name may come from a template


@given(st.text())
def test_text_from_a_person_never_becomes_markup(text: str) -> None:
    inside = button(text).removesuffix("</button>").split(">", 1)[1]
    assert "<" not in inside


@pytest.mark.parametrize(
    "source",
    [
        "{% button text %}",
        "{% page_header text lead=text kicker=text %}{% endpage_header %}",
        "{% card text url=text %}{% endcard %}",
        "{% empty_state text text %}{% endempty_state %}",
        "{% alert 'info' title=text %}{{ text }}{% endalert %}",
        "{% fact text %}{{ text }}{% endfact %}",
        "{% status 'done' text %}",
        "{% progress 1 2 text %}",
        "{% section text lead=text %}{{ text }}{% endsection %}",
        "{% more text %}{{ text }}{% endmore %}",
        "{% columns text as cols %}{% data_table text cols %}<tr>{% row_header cols.0 %}{{ text }}{% endrow_header %}</tr>"
        "{% enddata_table %}",
    ],
)
def test_every_component_escapes_what_it_is_given(source: str) -> None:
    assert "<script" not in drawn(source, text=NASTY)
    assert "&lt;script" in drawn(source, text=NASTY)


@pytest.mark.parametrize("kind", sorted(flow.LOOKS))
def test_a_status_has_both_words_and_a_sign(kind: str) -> None:
    page = drawn("{% status kind %}", kind=kind)
    assert "<svg" in page
    assert re.sub(r"<[^>]+>", "", page).strip()


def test_an_icon_is_hidden_from_screen_readers_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in icons.icon("check")
    assert 'role="img" aria-label="Ferdig"' in icons.icon("check", label="Ferdig")


def test_progress_outside_its_bounds_is_refused() -> None:
    with pytest.raises(ValueError, match="4 of 3"):
        flow.progress(4, 3, "Tiltak")


def test_progress_says_in_words_how_far() -> None:
    assert "3 av 5" in drawn("{% progress 3 5 'Tiltak' %}")


def test_the_current_stage_is_marked_for_the_ear_too() -> None:
    steps = [flow.Step("Hvor er vi?", "done"), flow.Step("Tiltak", "current"), flow.Step("Evaluering", "todo")]
    page = drawn("{% steps steps 'Planen' %}", steps=steps)
    assert page.count('aria-current="step"') == 1
    assert [word in page for word in ("Ferdig", "Nå", "Senere")] == [True, True, True]


def test_changed_words_are_told_and_not_only_coloured() -> None:
    found = [Difference("title", words_changed("to voksne ute", "tre voksne ute"))]
    page = drawn("{% diff found labels %}", found=found, labels={"title": "Tiltak"})
    assert '<del><span class="ds-sr-only"> [tatt bort: </span>to' in page
    assert '<ins><span class="ds-sr-only"> [lagt til: </span>tre' in page
    assert "1 endring" in page


def test_a_timeline_shows_the_hour_only_when_there_is_one() -> None:
    moment = datetime.datetime(2026, 11, 12, 9, 30, tzinfo=datetime.UTC)
    page = drawn("{% timeline items 'Logg' %}", items=[flow.Event(moment, "a"), flow.Event(datetime.date(2026, 10, 1), "b")])
    assert "12. november 2026 10:30" in page
    assert re.search(r"1\. oktober 2026\s*<", page)


def test_a_fact_without_content_says_so() -> None:
    assert "Ikke fylt ut" in drawn("{% fact 'Frist' %}  {% endfact %}")


def test_a_masked_figure_says_that_it_is_masked_and_why() -> None:
    assert "Skjermet" in drawn("{% masked %}")
    assert "For få svar" in drawn("{% masked %}")


def test_a_term_explains_itself_without_javascript() -> None:
    terms.register("test-term", "Indikator", "Noe man kan telle.")
    page = drawn("{% term 'test-term' %}")
    target = re.search(r'popovertarget="([^"]+)"', page)
    assert target is not None
    assert f'popover id="{target[1]}"' in page
    assert "Hva er Indikator?" in page


def test_a_term_has_one_meaning() -> None:
    terms.register("test-meaning", "Tegn", "En ting.")
    terms.register("test-meaning", "Tegn", "En ting.")
    with pytest.raises(ValueError, match="already explained"):
        terms.register("test-meaning", "Tegn", "En annen ting.")


def test_a_table_carries_its_headings_into_each_cell_for_the_phone() -> None:
    source = (
        "{% columns 'Skole' 'Mål' numeric='2' as cols %}{% data_table 'Skolene' cols %}"
        "<tr>{% row_header cols.0 %}Granlia{% endrow_header %}{% cell cols.1 %}2{% endcell %}</tr>{% enddata_table %}"
    )
    page = drawn(source)
    assert "<caption>Skolene</caption>" in page
    assert '<th scope="row" data-label="Skole"><span>Granlia</span></th>' in page
    assert '<td data-label="Mål" class="s-number"><span>2</span></td>' in page


def test_a_row_with_too_few_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="longer"):
        tables.table_of(tables.Table("Skolene", (tables.Column("a"), tables.Column("b"), tables.Column("c")), (("1", "2"),)))


def test_pages_keep_the_rest_of_the_address() -> None:
    page = Paginator(range(50), 10).page(2)
    links = drawn("{% pagination page query %}", page=page, query=QueryDict("sok=kari&side=2"))
    assert "?sok=kari&amp;side=3" in links
    assert links.count('aria-current="page"') == 1
    assert "11–20 av 50" in links


def test_a_single_page_needs_no_way_to_other_pages() -> None:
    assert tables.pagination(Paginator(range(5), 10).page(1)) == ""


def test_a_card_with_an_address_has_one_link_named_after_its_title() -> None:
    page = drawn("{% card 'Hvor er vi?' url='/r/' %}<p>x</p>{% endcard %}")
    assert re.findall(r"<a [^>]*>(.*?)</a>", page) == ["Hvor er vi?"]


def test_the_question_of_a_confirm_button_names_the_dialog() -> None:
    page = drawn("{% confirm_button 'Fjern' 'Vil du fjerne målet?' yes='Ja, fjern det' %}{% endconfirm_button %}")
    name = re.search(r'aria-labelledby="([^"]+)"', page)
    assert name is not None
    assert re.search(rf'id="{name[1]}">Vil du fjerne målet\?', page)
    assert page.count('type="submit"') == 1


def test_the_last_crumb_is_the_page_itself_and_no_link() -> None:
    page = drawn("{% breadcrumb items %}", items=[layout.Crumb("Hjem", "/"), layout.Crumb("Planen", "/planen/")])
    assert '<span aria-current="page">Planen</span>' in page
