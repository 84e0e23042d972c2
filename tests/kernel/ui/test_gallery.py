"""The gallery shows every component, in both languages, and keeps the content security policy."""

import itertools
import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from samskap.kernel.templatetags import ui
from samskap.kernel.ui import gallery


def page(language: str) -> str:
    with translation.override(language):
        return render_to_string("ui/gallery.html", gallery.context())


@pytest.fixture(scope="module")
def bokmal() -> str:
    return page("nb")


def test_every_component_is_shown_in_the_gallery() -> None:
    from django.template import loader

    template = loader.get_template("ui/gallery.html")
    source = template.template.source  # type: ignore[attr-defined]  # the Django backend's wrapper
    inside_forms = {"control", "error_summary", "table_of", "changed_words"}
    names = {tag.__name__ for tag in (*ui.SIMPLE, *ui.BLOCKS)} - inside_forms
    assert sorted(name for name in names if "{% " + name not in source) == []


def test_nothing_on_the_page_breaks_the_content_security_policy(bokmal: str) -> None:
    assert re.findall(r"\sstyle=|\son\w+=|<style|<script(?![^>]* src=)|javascript:", bokmal) == []


def test_ids_are_unique(bokmal: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', bokmal)
    assert len(ids) == len(set(ids))


def test_what_refers_to_an_id_finds_it(bokmal: str) -> None:
    ids = set(re.findall(r'\sid="([^"]+)"', bokmal))
    uses = re.findall(r'\s(?:for|aria-labelledby|aria-describedby|popovertarget)="([^"]+)"', bokmal)
    assert sorted({one for use in uses for one in use.split()} - ids) == []


def test_the_page_says_which_language_it_is_written_in(bokmal: str) -> None:
    assert '<html lang="nb"' in bokmal
    assert '<html lang="nn"' in page("nn")


def test_nothing_is_left_in_english(bokmal: str) -> None:
    text = re.sub(r"<[^>]+>", " ", bokmal.split("<main")[1])
    assert re.findall(r"\b(?:the|what|and|save|your|this)\b", text, re.IGNORECASE) == []


def test_nynorsk_holds_no_bokmal() -> None:
    text = re.sub(r"<[^>]+>", " ", page("nn"))
    assert re.findall(r"\b(?:ikke|hva|hvor|hvem|hvorfor|fra|noe|elever|foresatte)\b", text, re.IGNORECASE) == []


def test_headings_never_skip_a_level(bokmal: str) -> None:
    levels = [int(level) for level in re.findall(r"<h(\d)", bokmal)]
    assert [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1] == []
