"""Pupils and parents who are signed in find the way to their school's page, which never looks who they are."""

import pytest
from django.test import Client

from samskap.kernel import scope
from samskap.kernel.models import AuditEntry
from samskap.voice.models import Event, Report
from samskap.voice.room import home
from tests.support.world import World
from tests.voice import things
from tests.voice.things import shown, tells


def ways(world: World, who: str) -> list[str]:
    with scope.tenant_scope(world.tenant_id):
        return [card.url for card in home(world.actor(who)) if card.url.startswith("/s/")]


@pytest.mark.parametrize(("who", "has"), [
    ("noah", True), ("emma", True), ("hanne", True), ("tore", False), ("ingrid", False), ("silje", False), ("jonas", False),
])  # fmt: skip
def test_the_way_to_the_schools_page_stands_on_a_familys_home(world: World, who: str, has: bool) -> None:
    entrance = things.entrance(world)
    assert ways(world, who) == ([f"/s/{entrance.code}/"] if has else [])
    if has:
        assert f"/s/{entrance.code}/" in shown(world.client(who).get("/"))


def test_a_school_without_an_open_page_has_no_way_to_it(world: World) -> None:
    assert ways(world, "noah") == []


@pytest.mark.parametrize("named", ["no", "yes"])
def test_nothing_of_the_account_is_kept_with_what_one_tells_on_the_page_while_signed_in(world: World, named: str) -> None:
    noah, url = world.client("noah"), things.address(world)
    blank = things.bare(Client().get(url))
    assert len(things.bare(noah.get(url))) == len(blank)
    assert tells(noah, url, named=named, name="N.").status_code == 200
    report = Report._base_manager.get()
    assert (report.author_id, report.channel) == (None, "public")
    assert set(Event._base_manager.values_list("person_id", flat=True)) == {None}
    person, account = world.person("noah").pk, world.actor("noah").account_id
    rows = AuditEntry.objects.filter(object_id=str(report.pk))
    assert {(row.person_id, row.account_id) for row in rows} == {(None, None)}
    assert not [row for row in rows if str(person) in str(row.detail) or str(account) in str(row.detail)]
