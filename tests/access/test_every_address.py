"""Every address × every person, against tables that a human keeps; never generated from the policy that they test."""

from functools import cache
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template import loader
from django.test import Client
from django.urls import reverse

from samskap.kernel import policy
from samskap.kernel.access import routes
from samskap.site import errors
from samskap.voice.kept import forget
from tests.access.table import Group, groups, made, rows
from tests.support.world import World

ROWS = list(rows())
GROUPS = list(groups())


@pytest.fixture
def only_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked below is who gets which answer. That everybody's pages can be drawn is asked where they follow all links.

    At each address a page, and the page of a refusal, is drawn for the first who meets it; and since nobody's roles change
    by looking, each person's are looked up once.
    """
    draw, refuse, drawn, refused = loader.render_to_string, errors._page, set[str](), set[str]()

    def draw_once(template: str, context: Any = None, request: HttpRequest | None = None, using: str | None = None) -> str:
        if request is not None and request.path in drawn:
            return ""
        drawn.update([request.path] if request else [])
        return str(draw(template, context, request, using))

    def refuse_once(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
        if request.path in refused:
            return HttpResponse(status=status)
        refused.add(request.path)
        return refuse(request, status, title, text)

    monkeypatch.setattr(loader, "render_to_string", draw_once)
    monkeypatch.setattr(errors, "_page", refuse_once)
    monkeypatch.setattr(policy, "_provider", [cache(policy._provider[0])])


def visit(client: Client, url: str) -> HttpResponseBase:
    """Open an address; the cookies that came back are thrown away, so that the next visit begins as this one did."""
    held = {name: morsel.value for name, morsel in client.cookies.items()}
    response: HttpResponseBase = client.get(url)
    client.cookies = SimpleCookie(held)
    return response


def outcome(response: HttpResponseBase) -> str:
    """A status, or ``login`` for being sent to sign in."""
    if response.status_code == 302 and response.headers["Location"].startswith(reverse(settings.LOGIN_URL)):
        return "login"
    return str(response.status_code)


@pytest.mark.once  # the rules are asked on both databases where they are declared; in the deep run this is too
@pytest.mark.usefixtures("only_the_answer")
@pytest.mark.parametrize("group", GROUPS, ids=[str(group) for group in GROUPS])
def test_each_person_gets_what_the_tables_say(group: Group, world: World) -> None:
    things = {value: made(value, world) for value in group.things}
    people = {who: world.client(None if who == "nobody" else who) for who, _ in group.rows[0].expected}
    wrong = []
    for row in group.rows:
        url = reverse(row.address, kwargs={name: things.get(value, value) for name, value in row.parts})
        with transaction.atomic():  # what one row's visits leave behind is gone before the next: each stands alone
            got = {who: outcome(visit(people[who], url)) for who, _ in row.expected}
            transaction.set_rollback(True)
        forget()
        wrong += [f"{row}: {who} gets {got[who]}, the table says {due}" for who, due in row.expected if got[who] != due]
    assert wrong == []


def test_the_page_that_says_that_there_is_none_is_made_for_everybody(world: World) -> None:
    for who in sorted({who for row in ROWS for who, _ in row.expected}):
        answer = world.client(None if who == "nobody" else who).get("/finnes-ikke/")
        assert answer.status_code == 404, who
        assert "Vi fant ikke denne siden" in answer.content.decode() or "Vi fann ikkje denne sida" in answer.content.decode(), who


def test_every_row_of_the_tables_is_asked_once() -> None:
    asked = [row for group in GROUPS for row in group.rows]
    assert sorted(map(repr, asked)) == sorted(map(repr, ROWS))


def test_every_address_stands_in_a_table() -> None:
    missing = {name for name, _, _ in routes()} - {row.address for row in ROWS}
    assert not missing, f"add these to a table in tests/access/: {sorted(missing)}"


def test_no_table_names_an_address_that_is_gone() -> None:
    gone = {row.address for row in ROWS} - {name for name, _, _ in routes()}
    assert not gone, f"remove these from tests/access/: {sorted(gone)}"


def test_every_table_asks_the_same_people_who_matter() -> None:
    needed = {"nobody", "ingrid", "amir", "silje", "arne", "henrik", "liv", "geir", "nina", "per", "sigrid"}
    for row in ROWS:
        assert needed <= {who for who, _ in row.expected}, f"{row.file} leaves people out"
