"""A report about the leadership: the leader's pages, counts, mail and logs stay byte for byte as they were."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samskap.kernel import clock, scope
from samskap.voice import actions
from samskap.voice.models import Report
from samskap.voice.room import home
from tests.support.world import World
from tests.voice import telling, things
from tests.voice.things import TOLD, page, press, school_url, shown, taken


def seen_by(world: World, who: str, found: list[UUID]) -> dict[str, str]:
    client = world.client(who)
    urls = ["/", reverse("voice:inbox"), reverse("voice:left"), reverse("voice:own"), reverse("improve:own")]
    urls += [reverse("voice:report", args=[pk]) for pk in found] + [school_url(world), school_url(world, "entrance")]
    for url in urls:
        client.get(url)
    return {url: things.bare(client.get(url)) for url in urls}


def leadership_reports(world: World) -> Iterator[Report]:
    """Told by a pupil, by an employee, in danger, answered, with a named leader, the same text again and again."""
    url, form = things.address(world), {"concerns": "leadership", "danger": "yes", "what": "Rektor ler av meg."}
    for _ in range(5):
        things.tells(Client(), url, **form)
    form = {"once": str(uuid4()), **TOLD, "urgency": "now", "staff": str(world.person("ingrid").pk)}
    world.client("silje").post(school_url(world), form)
    yield from Report._base_manager.filter(receiver="owner")


def test_a_report_about_the_leadership_leaves_the_leaders_pages_counts_and_mail_byte_for_byte_as_before(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with clock.frozen(clock.now()):
        ordinary = [telling.from_pupil(world)[0].pk, taken(world, what="Tatt.").pk]
        before, mail = seen_by(world, "ingrid", ordinary), things.queued_for(world, "ingrid")
        caplog.clear()
        found = list(leadership_reports(world))
        assert len(found) == 6
        jonas = world.client("jonas")
        for one in found:
            press(jonas, one, "take")
            press(jonas, one, "say", kind="question", text="Når var det?")
        assert seen_by(world, "ingrid", ordinary) == before
        assert things.queued_for(world, "ingrid") == mail
        assert things.queued_for(world, "jonas")
    logged = " ".join(record.getMessage() for record in caplog.records)
    assert not [one for one in found if str(one.pk) in logged]
    assert "Rektor ler" not in logged


def test_it_marks_no_later_report_of_the_schools_own(world: World) -> None:
    for _ in range(5):
        telling.from_pupil(world, "leadership")
    assert not telling.from_pupil(world)[0].suspect


def test_it_is_found_by_no_leader_in_any_list_of_choices(world: World, ingrid: Client) -> None:
    found = [things.report(world, "leadership"), taken(world)]
    assert str(found[0].pk) not in shown(ingrid.get(page(found[1])))
    assert ingrid.get(page(found[0])).status_code == 404
    never = uuid4()
    missing = things.bare(ingrid.get(reverse("voice:report", args=[never])))
    hidden = things.bare(ingrid.get(page(found[0])))
    assert hidden.replace(str(found[0].pk), "") == missing.replace(str(never), "")


@pytest.mark.parametrize("by", ["sender", "leader"])
def test_one_that_turns_out_to_be_about_the_leadership_leaves_nothing_behind(world: World, by: str) -> None:
    with clock.frozen(clock.now()):
        ordinary = [telling.from_pupil(world)[0].pk, taken(world, what="Tatt.").pk]
        before = seen_by(world, "ingrid", ordinary)
        found, _ = telling.from_pupil(world, what="Rektor ler av meg.")
        assert seen_by(world, "ingrid", ordinary) != before
        if by == "sender":
            actions.sender_names_leadership(by=telling.door(world), report=found)
        else:
            actions.reroute(by=world.actor("ingrid"), report=found)
        assert seen_by(world, "ingrid", ordinary) == before


def test_neither_what_waits_nor_the_morning_message_knows_of_it(world: World) -> None:
    def waiting() -> set[str]:
        with scope.tenant_scope(world.tenant_id):
            return {who for who in ("ingrid", "jonas") if any(card.kind == "task" for card in home(world.actor(who)))}

    assert waiting() == set()
    telling.from_pupil(world, "leadership")
    assert waiting() == {"jonas"}
    telling.from_pupil(world)
    assert waiting() == {"ingrid", "jonas"}
