"""Forms tell what is wrong, where, and what one may leave out."""

import re
from datetime import date
from typing import Any

import pytest
from django import forms
from django.utils import translation

from samskap.kernel.history import Difference, words_changed
from samskap.kernel.ui import widgets
from samskap.kernel.ui.gallery import Sample
from samskap.kernel.ui.renderer import Renderer


def page_of(form: forms.Form) -> str:
    form.renderer = Renderer()
    with translation.override("nb"):
        return str(form)


@pytest.fixture
def empty() -> str:
    return page_of(Sample())


@pytest.fixture
def wrong() -> str:
    return page_of(Sample({"share": "mye"}))


def test_every_input_has_a_label_bound_to_it(empty: str) -> None:
    ids = re.findall(r'<(?:input|textarea|select)[^>]* id="([^"]+)"', empty)
    assert len(ids) >= 10
    assert [name for name in ids if f'for="{name}"' not in empty] == []


def test_only_what_one_may_leave_out_is_marked(empty: str) -> None:
    marked = re.findall(r">([^<>]+) <span class=\"s-optional\">", empty)
    assert marked == ["Hvorfor akkurat dette?", "Mål i prosent", "Hvem var med?", "Hvilke elever?"]


def test_a_fresh_form_has_no_error_summary(empty: str) -> None:
    assert "ds-error-summary" not in empty
    assert "aria-invalid" not in empty


def test_the_error_summary_leads_to_each_field_that_is_wrong(wrong: str) -> None:
    targets = re.findall(r'href="#([^"]+)"', wrong)
    assert targets == ["id_title", "id_by_when", "id_share", "id_grade", "id_ends_0"]
    assert [name for name in targets if f'id="{name}"' not in wrong] == []


def test_a_wrong_field_is_bound_to_the_text_that_says_so(wrong: str) -> None:
    field = re.search(r'<input[^>]*name="title"[^>]*>', wrong)
    assert field is not None
    assert 'aria-invalid="true"' in field[0]
    assert 'aria-describedby="id_title_error id_title_helptext"' in field[0]
    assert 'id="id_title_error"' in wrong


def test_errors_are_said_kindly(wrong: str) -> None:
    assert "Fyll ut dette feltet." in wrong
    assert "Skriv et tall." in wrong


def test_choices_stand_in_a_named_group(empty: str) -> None:
    legends = [text.strip() for text in re.findall(r"<legend[^>]*>([^<]+)", empty)]
    assert legends == ["Hva nå?", "Hvem var med?", "Hvilke elever?"]


def test_a_choice_can_carry_its_explanation(empty: str) -> None:
    assert re.search(r'<input[^>]* aria-describedby="id_ends_0_note"', empty)
    assert re.search(r'id="id_ends_0_note">Det virker', empty)


def test_what_was_chosen_stays_chosen_when_something_else_is_wrong() -> None:
    page = page_of(Sample({"ends": "adjust", "heard": ["staff"], "why": "Fordi <b>."}))
    chosen = re.findall(r"<input[^>]* checked[^>]*>", page)
    assert [re.search(r'value="(\w+)"', one)[1] for one in chosen] == ["adjust", "staff"]  # type: ignore[index]
    assert "Fordi &lt;b&gt;." in page


def test_a_date_travels_as_iso_whatever_the_language() -> None:
    with translation.override("nb"):
        assert 'value="2026-12-24"' in widgets.DateInput().render("d", date(2026, 12, 24))


class Hidden(forms.Form):
    """A form with machinery in it."""

    token = forms.CharField(widget=forms.HiddenInput, label="Skjema")
    name = forms.CharField(label="Navn")


def test_what_is_wrong_with_a_hidden_field_is_told_at_the_top() -> None:
    page = page_of(Hidden({"name": "a"}))
    assert "<li>Skjema – Fyll ut dette feltet.</li>" in page


class Conflicting(Hidden):
    """Somebody else saved first."""

    conflict = (Difference("name", words_changed("gammel tekst", "ny tekst")),)


def test_both_texts_are_shown_when_two_wrote_at_once() -> None:
    page = page_of(Conflicting({"name": "ny tekst", "token": "x"}))
    assert "Fra det som er lagret nå, til det du skrev" in page
    assert page.count("<ins>") == page.count("<del>") == 1


def test_a_long_text_says_how_much_room_is_left(empty: str) -> None:
    assert 'data-limit="400" data-under="%d tegn igjen"' in empty


def test_a_plain_form_needs_no_settings_to_be_drawn() -> None:
    values: dict[str, Any] = {"name": "Kari", "token": "x"}
    assert 'value="Kari"' in page_of(Hidden(values))
