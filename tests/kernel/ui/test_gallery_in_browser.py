"""The gallery in a real browser under the strict policy: light and dark, wide and narrow, with and without JavaScript."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Browser, Page, Route

from samskap.kernel.middleware import HEADERS
from samskap.kernel.ui import gallery
from tests.support.browser import findings, overflow

ADDRESS = "http://gallery.test/"


def _answer(route: Route, html: str) -> None:
    path = urlsplit(route.request.url).path
    found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
    if path == "/":
        route.fulfill(body=html, headers={**HEADERS, "Content-Type": "text/html; charset=utf-8"})
    elif isinstance(found, str):
        route.fulfill(path=Path(found))
    else:
        route.fulfill(status=404)


def opened(chromium: Browser, language: str, width: int, scheme: str, *, javascript: bool = True) -> tuple[Page, list[str]]:
    with translation.override(language):
        html = render_to_string("ui/gallery.html", gallery.context())
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=javascript,
    )
    context.set_default_timeout(5_000)
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text))
    page.route("**/*", lambda route: _answer(route, html))
    page.goto(ADDRESS)
    return page, complaints


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("nb", 1280, "light"), ("nn", 1280, "dark"), ("nb", 390, "dark"), ("nn", 320, "light")]
)
def test_everybody_can_use_every_component(chromium: Browser, language: str, width: int, scheme: str) -> None:
    page, complaints = opened(chromium, language, width, scheme)
    assert findings(page) == []
    assert overflow(page) <= 0
    assert complaints == []


def test_what_can_be_pressed_is_large_enough(chromium: Browser) -> None:
    page, _complaints = opened(chromium, "nb", 390, "light")
    small = page.evaluate(
        "[...document.querySelectorAll('main button, main summary, main .ds-button, main nav a')]"
        ".filter(one => one.checkVisibility() && !one.closest('[popover]'))"
        ".filter(one => { const box = one.getBoundingClientRect(); return box.width < 24 || box.height < 24 })"
        ".map(one => one.outerHTML.slice(0, 100))"
    )
    assert small == []


def test_a_question_is_asked_and_taken_back_without_javascript(chromium: Browser) -> None:
    page, _complaints = opened(chromium, "nb", 390, "light", javascript=False)
    question = page.get_by_role("dialog", name="Vil du fjerne målet?")
    page.get_by_role("button", name="Fjern målet").click()
    question.wait_for(state="visible", timeout=3000)
    page.get_by_role("button", name="Nei, gå tilbake").click()
    question.wait_for(state="hidden", timeout=3000)


def test_a_term_is_explained_by_keyboard_alone(chromium: Browser) -> None:
    page, _complaints = opened(chromium, "nb", 1280, "light")
    page.get_by_role("button", name="Hva er Usikkerhetsintervall?").focus()
    page.keyboard.press("Enter")
    note = page.get_by_text("Tallet kunne like gjerne")
    note.wait_for(state="visible", timeout=3000)
    page.keyboard.press("Escape")
    note.wait_for(state="hidden", timeout=3000)
