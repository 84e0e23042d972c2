"""The frame around every page."""

from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

PLAIN: dict[str, Any] = {
    "menu": (
        SimpleNamespace(label="Hvor er vi?", url="/r/", current=True),
        SimpleNamespace(label="Planen", url="/p/", current=False),
    ),
    "tenant_name": "Solvik kommune",
    "person_name": "Kari Lunde",
    "role_names": ("Rektor, Granlia skole",),
    "languages": (("nb", "Bokmål"), ("nn", "Nynorsk")),
    "language": "nb",
    "demo": False,
    "unread": 0,
}


def frame(**changes: Any) -> str:
    with translation.override("nb"):
        return render_to_string("base.html", {"shell": SimpleNamespace(**{**PLAIN, **changes})})


def test_one_can_go_straight_to_the_content() -> None:
    page = frame()
    assert page.index('href="#content"') < page.index("<header")
    assert 'id="content"' in page


def test_the_menu_marks_where_one_is() -> None:
    assert '<a href="/r/" aria-current="page">Hvor er vi?</a>' in frame()
    assert '<a href="/p/">Planen</a>' in frame()


def test_a_visitor_sees_no_menu_and_no_person() -> None:
    page = frame(menu=(), person_name="", role_names=())
    assert "s-menu" not in page
    assert "Logg ut" not in page


def test_the_demo_says_that_it_is_one() -> None:
    assert "Demokommune" in frame(demo=True)
    assert "Demokommune" not in frame()


def test_the_language_in_use_is_marked() -> None:
    assert 'value="nb" lang="nb" aria-current="true"' in frame()
    assert 'value="nn" lang="nn" aria-current' not in frame()


def test_a_failed_answer_never_replaces_the_page() -> None:
    assert '"noSwap":[204,304,"5xx"]' in frame()
