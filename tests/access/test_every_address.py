"""Every address × every person, against tables that a human keeps; never generated from the policy that they test."""

import pytest
from django.conf import settings
from django.http.response import HttpResponseBase
from django.urls import reverse

from samskap.kernel.access import routes
from tests.access.table import Row, part, rows
from tests.support.world import World

ROWS = list(rows())


def outcome(response: HttpResponseBase) -> str:
    """A status, or ``login`` for being sent to sign in."""
    if response.status_code == 302 and response.headers["Location"].startswith(reverse(settings.LOGIN_URL)):
        return "login"
    return str(response.status_code)


@pytest.mark.once  # the rules are asked on both databases where they are declared; in the deep run this is too
@pytest.mark.parametrize("row", ROWS, ids=[str(row) for row in ROWS])
def test_each_person_gets_what_the_table_says(row: Row, world: World) -> None:
    url = reverse(row.address, kwargs={name: part(value, world) for name, value in row.parts})
    got = {who: outcome(world.client(None if who == "nobody" else who).get(url)) for who, _ in row.expected}
    assert got == dict(row.expected)


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
