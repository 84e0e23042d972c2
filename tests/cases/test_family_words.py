"""Whose words are whose on the family's pages: what goes home, who may put it right, and who did."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from samskap.cases import actions, marks
from samskap.cases.models import Case, Entry
from samskap.kernel import clock, scope
from samskap.kernel.actions import ActionError
from samskap.kernel.models import AuditEntry
from tests.cases import following
from tests.support.world import World

SECRET = "Det er på treningen det skjer, ikke si det hjemme."
WHY = "Du er i fare på treningen, og de hjemme må hjelpe deg."


def opened(world: World, *keys: str) -> Case:
    """Noah's case, with pages open to these."""
    case = following.opened(world)
    for key in keys:
        actions.open_page(by=world.actor("ingrid"), pupil=following.folder(case), person=world.person(key))
    return case


def line(case: Case, kind: str = "answer") -> Entry:
    """The newest line of a kind."""
    with scope.tenant_scope(case.tenant_id):
        found = Entry.objects.select_related("case", "pupil").filter(case=case, kind=kind).order_by("at").last()
    assert found is not None
    return found


def shown(world: World, key: str, name: str, *args: object) -> str:
    answer = world.client(key).get(reverse(f"cases:{name}", args=args))
    assert answer.status_code == 200
    return str(answer.content.decode())


def step(entry: Entry, name: str) -> str:
    return reverse("cases:entry_step", args=[entry.pk, name])


def test_the_leader_finds_the_way_to_decide_it_once_and_both_see_what_is_read_at_home(world: World) -> None:
    case = opened(world, "noah", "hanne")
    held = following.folder(case)
    actions.say(by=world.actor("noah"), pupil=held, safe="partly", words=SECRET)
    entry = line(case)
    for name, pk in (("case", case.pk), ("folder", held.pk)):
        assert step(entry, "hjem") in shown(world, "ingrid", name, pk)
    assert "de hjemme kan lese det" not in shown(world, "noah", "family", held.pk)
    actions.tell_home(by=world.actor("ingrid"), entry=entry, why=WHY)
    for name, pk in (("case", case.pk), ("folder", held.pk)):
        text = shown(world, "ingrid", name, pk)
        assert step(entry, "hjem") not in text
        assert "vises hjemme" in text
    assert world.client("ingrid").get(step(entry, "hjem")).status_code == 404
    with pytest.raises(ActionError):
        actions.tell_home(by=world.actor("ingrid"), entry=entry, why=WHY)
    assert "de hjemme kan lese det" in shown(world, "noah", "family", held.pk)
    assert "de hjemme kan lese det" not in shown(world, "hanne", "family", held.pk)


def test_only_those_who_lead_are_offered_it_and_only_for_a_pupils_words(world: World) -> None:
    case = opened(world, "noah", "hanne")
    actions.give(by=world.actor("ingrid"), case=case, to=world.person("amir"))
    held = following.folder(case)
    actions.say(by=world.actor("noah"), pupil=held, safe="partly", words=SECRET)
    assert "/hjem/" not in shown(world, "amir", "case", case.pk)
    actions.say(by=world.actor("hanne"), pupil=held, safe="no", words="Han gråter.")
    assert step(line(case), "hjem") not in shown(world, "ingrid", "case", case.pk)


def test_before_a_yes_the_pupil_reads_who_gets_it_and_that_it_stays(world: World) -> None:
    case = opened(world, "noah", "hanne")
    actions.say(by=world.actor("noah"), pupil=following.folder(case), safe="partly", words=SECRET)
    text = shown(world, "noah", "family_tell", line(case).pk)
    assert "Hanne Bergli" in text
    assert "Du kan ikke angre etterpå" in text
    assert SECRET in text


@pytest.mark.parametrize("key", ["noah", "hanne"])
def test_the_school_does_not_put_words_right_that_the_family_wrote_itself(world: World, key: str) -> None:
    case = opened(world, "noah", "hanne")
    actions.say(by=world.actor(key), pupil=following.folder(case), safe="no", words=SECRET)
    entry = line(case)
    assert step(entry, "rett") not in shown(world, "ingrid", "case", case.pk)
    assert world.client("ingrid").get(step(entry, "rett")).status_code == 404
    with pytest.raises(ActionError):
        actions.correct(by=world.actor("ingrid"), entry=entry, text="Emma sa at det går bra.")
    actions.correct_own(by=world.actor(key), entry=entry, text="Det er i garderoben også.")
    assert "Du rettet:" in shown(world, key, "family", following.folder(case).pk)


def test_it_stands_who_put_something_right(world: World) -> None:
    case = opened(world, "noah", "hanne")
    ingrid, held = world.actor("ingrid"), following.folder(case)
    entry = actions.hear(by=ingrid, pupil=held, how="Amir", words="Jeg liker gym.", on=clock.today(), home=True)
    actions.correct_own(by=world.actor("noah"), entry=entry, text="Jeg liker ikke gym.")
    actions.correct(by=ingrid, entry=entry, text="Det var i går.")
    for name, pk in (("case", case.pk), ("folder", held.pk)):
        text = shown(world, "ingrid", name, pk)
        assert "Rettet av Noah Bergli:" in text
        assert "Rettet av Ingrid Haugdal:" in text
    mine, home = shown(world, "noah", "family", held.pk), shown(world, "hanne", "family", held.pk)
    assert "Du rettet:" in mine
    assert "Noah rettet:" in home
    assert all("Rettet av en som følger det opp:" in text and "Ingrid Haugdal rettet" not in text for text in (mine, home))


def test_the_log_does_not_say_by_id_for_whom_a_page_was_opened(world: World) -> None:
    case = following.opened(world)
    by, held, hanne = world.actor("ingrid"), following.folder(case), world.person("hanne")
    actions.open_page(by=by, pupil=held, person=hanne)
    actions.page_link(by=by, pupil=held, person=hanne)
    actions.close_page(by=by, pupil=held, person=hanne, why="Saken handler om det Hanne selv er part i.")
    with scope.tenant_scope(case.tenant_id):
        rows = AuditEntry.objects.filter(object_id=str(case.pk), verb__startswith="cases.page_")
        told = [(row.verb, row.detail) for row in rows.order_by("id")]
    assert [verb for verb, _detail in told] == ["cases.page_opened", "cases.page_link", "cases.page_closed"]
    assert all(detail == {"mark": marks.person(hanne.pk)} for _verb, detail in told)


def test_a_yes_that_the_pupil_has_put_right_ends_no_case(world: World) -> None:
    case = following.ready_to_end(world)
    actions.open_page(by=world.actor("ingrid"), pupil=following.folder(case), person=world.person("noah"))
    actions.correct_own(by=world.actor("noah"), entry=line(case), text="Det sa jeg ikke. Det er ikke trygt.")
    end = {"why": "Eleven sier at det er trygt og godt nå.", "talk_on": clock.today() + timedelta(weeks=6)}
    with pytest.raises(ActionError, match="cannot end yet"), translation.override("en"):
        actions.end(by=world.actor("ingrid"), case=following.again(case), **end)  # type: ignore[arg-type]  # by name
    following.says(world, case, "yes")
    assert actions.end(by=world.actor("ingrid"), case=following.again(case), **end).state == "ended"  # type: ignore[arg-type]  # by name


def test_an_older_yes_is_not_written_down_after_the_pupil_has_put_one_right(world: World) -> None:
    case = following.ready_to_end(world)
    actions.open_page(by=world.actor("ingrid"), pupil=following.folder(case), person=world.person("noah"))
    actions.correct_own(by=world.actor("noah"), entry=line(case), text="Det sa jeg ikke.")
    yesterday = {"voice": "pupil", "safe": "yes", "words": "Det går fint.", "on": clock.today() - timedelta(days=1)}
    with pytest.raises(ActionError, match="newer answer"), translation.override("en"):
        actions.ask(by=world.actor("ingrid"), pupil=following.folder(case), **yesterday)  # type: ignore[arg-type]  # by name
    assert following.folder(case).answer == ""


@pytest.mark.parametrize("safe", ["no", "partly"])
def test_what_is_no_yes_still_counts_when_the_pupil_puts_its_words_right(world: World, safe: str) -> None:
    case = opened(world, "noah")
    actions.say(by=world.actor("noah"), pupil=following.folder(case), safe=safe, words="I gymmen.")
    actions.correct_own(by=world.actor("noah"), entry=line(case), text="I garderoben.")
    assert following.folder(case).answer == safe
