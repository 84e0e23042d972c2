"""What staff see: the list, a report, its images and its copy; and a second factor first."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samskap.kernel import clock
from samskap.kernel.models import AuditEntry
from samskap.voice import actions, queries, rules
from samskap.voice.models import Attachment, EventKind, Report
from tests.support.world import World
from tests.voice import telling, things
from tests.voice.things import TOLD, page, school_url, shown


def test_the_list_begins_with_what_cannot_wait_and_then_with_what_has_waited_longest(world: World, ingrid: Client) -> None:
    now, expected = clock.now(), []
    for hours, urgency in [(1, "week"), (2, "now"), (3, "today"), (9, "week"), (7, "now"), (8, "today")]:
        with clock.frozen(now - timedelta(hours=hours)):
            found, _ = telling.from_pupil(world, urgency=rules.Urgency(urgency), what=f"{hours} {urgency}")
        expected.append((rules.rank(rules.Urgency(urgency)), -hours, str(found.pk)))
    listed = re.findall(r'href="/meldinger/([0-9a-f-]{36})/"', shown(ingrid.get(reverse("voice:inbox"))))
    assert listed == [pk for _rank, _hours, pk in sorted(expected)]


def test_what_was_said_days_ago_waits_since_then(world: World, ingrid: Client) -> None:
    said = telling.told(
        world, channel=rules.Channel.ALOUD, sender_kind=rules.SenderKind.GUARDIAN, said_on=clock.today() - timedelta(days=5)
    )
    new, _ = telling.from_pupil(world, what="I dag.")
    old = actions.tell(by=world.actor("silje"), told=said)
    assert list(queries.inbox(world.actor("ingrid"))) == [old, new]
    assert "5 dager" in shown(ingrid.get(reverse("voice:inbox")))


def test_the_list_says_nothing_of_what_was_told(world: World, ingrid: Client, report: Report) -> None:
    assert telling.WHAT not in shown(ingrid.get(reverse("voice:inbox")))
    assert telling.WHAT not in shown(ingrid.get("/"))


def count_queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as made:
        assert client.get(url).status_code == 200
    return len(made)


@pytest.mark.slow
def test_the_list_and_a_report_ask_as_many_questions_of_sixty_as_of_five(world: World, ingrid: Client) -> None:
    first = [telling.from_pupil(world, what=f"Nummer {number}.")[0] for number in range(5)]
    urls = [reverse("voice:inbox"), "/", page(first[0])]
    for url in urls:
        ingrid.get(url)
    few = [count_queries(ingrid, url) for url in urls]
    for number in range(5, 60):
        telling.from_pupil(world, what=f"Nummer {number}.")
    assert [count_queries(ingrid, url) for url in urls] == few


def test_a_list_of_sixty_has_pages(world: World, ingrid: Client) -> None:
    for number in range(25):
        telling.from_pupil(world, what=f"Nummer {number}.")
    assert shown(ingrid.get(reverse("voice:inbox"))).count('href="/meldinger/') > 20
    assert ingrid.get(reverse("voice:inbox"), {"side": "2"}).context["page"].number == 2


@pytest.mark.parametrize("side", ["0", "-1", "x", "9" * 30, "\x00", ""])
def test_a_page_number_that_is_none_leads_to_a_page(ingrid: Client, side: str) -> None:
    assert ingrid.get(reverse("voice:inbox"), {"side": side}).status_code == 200


def test_opening_is_noted_once_and_every_reading_is_logged(world: World, ingrid: Client, report: Report) -> None:
    for _ in range(3):
        assert telling.WHAT in shown(ingrid.get(page(report)))
    assert things.events(report, EventKind.OPENED) == 1
    assert AuditEntry.objects.filter(verb="voice.read", object_id=str(report.pk)).count() == 3


def test_an_image_comes_as_a_file_to_save_and_never_as_a_page(world: World, ingrid: Client) -> None:
    found = things.report(world, "ordinary")
    image = Attachment._base_manager.get(report=found)
    answer = ingrid.get(reverse("voice:image", args=[found.pk, image.pk]))
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"\xff\xd8\xff")
    assert "<img" not in shown(ingrid.get(page(found)))


def test_an_image_of_another_report_is_not_handed_out(world: World, ingrid: Client, report: Report) -> None:
    things.report(world, "leadership")
    image = Attachment._base_manager.get()
    assert ingrid.get(reverse("voice:image", args=[report.pk, image.pk])).status_code == 404


def test_an_image_that_came_later_can_be_fetched_by_the_leader(world: World, ingrid: Client) -> None:
    found, holder = telling.from_pupil(world)
    form = {"words": holder.words, "key": str(uuid4()), "kind": "addition", "text": "Se.", "images": [things.uploaded()]}
    Client().post(reverse("voice:dialogue"), form)
    image = Attachment._base_manager.get()
    url = reverse("voice:image", args=[found.pk, image.pk])
    assert url in shown(ingrid.get(page(found)))
    assert ingrid.get(url).status_code == 200


def test_ones_own_report_shows_that_there_was_an_image_and_no_link_that_leads_nowhere(world: World) -> None:
    found = things.report(world, "own")
    text = shown(world.client("silje").get(reverse("voice:own_report", args=[found.pk])))
    assert "Med bilde" in text
    assert "/bilde/" not in text


def test_the_copy_on_paper_is_a_file_with_a_name_that_tells_nothing(ingrid: Client, report: Report) -> None:
    answer = ingrid.get(reverse("voice:copy", args=[report.pk]))
    assert answer.content.startswith(b"%PDF")
    assert re.fullmatch(r'attachment; filename="melding-[0-9a-f]{8}\.pdf"', answer.headers["Content-Disposition"])


def test_a_session_without_a_second_factor_is_led_to_it_and_reads_nothing(world: World) -> None:
    found = things.report(world, "ordinary")
    image = Attachment._base_manager.get()
    weak = world.client("ingrid", strong=False)
    pages = [reverse("voice:inbox"), reverse("voice:left"), page(found), reverse("voice:copy", args=[found.pk])]
    pages.append(reverse("voice:image", args=[found.pk, image.pk]))
    for url in pages:
        answer = weak.get(url)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("people:second_factor"))
    pressed = weak.post(reverse("voice:step", args=[found.pk, "take"]), {"once": str(uuid4())})
    assert pressed.headers["Location"].startswith(reverse("people:second_factor"))
    assert (telling.again(found).opened_at, telling.again(found).responsible_id) == (None, None)


def test_whoever_may_not_read_learns_nothing_from_being_asked_for_a_second_factor(world: World, report: Report) -> None:
    for who in ("amir", "arne", "henrik"):
        assert world.client(who, strong=False).get(page(report)).status_code == 404


def test_telling_needs_no_second_factor(world: World) -> None:
    silje = world.client("silje", strong=False)
    assert silje.post(school_url(world), {"once": str(uuid4()), **TOLD}).status_code == 302
