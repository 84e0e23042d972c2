"""A pupil or guardian who tells with name finds it again, signed in, and can do there all that one with code words can."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from samskap.cases.models import Case
from samskap.kernel import scope
from samskap.people import actions as people_actions
from samskap.people import actions_school as school_life
from samskap.voice import actions, queries, rules
from samskap.voice.models import Report
from samskap.voice.room import home
from tests.cases import following
from tests.support.world import World
from tests.voice import telling, things
from tests.voice.things import shown

WHAT = "Noah spiser alene hver dag."


def where(world: World, school: str = "elvesletta") -> str:
    return reverse("voice:tell_from_home", args=[world.school(school).pk])


def page(report: Report) -> str:
    return reverse("voice:own_report", args=[report.pk])


def filled(client: Client, url: str, **values: Any) -> dict[str, Any]:
    found = re.search(r'name="once" value="([0-9a-f-]{36})"', shown(client.get(url)))
    assert found
    return {"once": found[1], "what": WHAT, "about": "mine", "concerns": "pupils", "danger": "no", **values}


def as_parent(world: World, who: str) -> None:
    """One who works at the school has a child there."""
    pupil = following.pupil(world, "Ola Nordbakk")
    school_life.add_guardian(
        by=world.actor("nina"), pupil=pupil, name="", kind="parent", parental_responsibility=True, person=world.person(who)
    )


def newest(world: World) -> Report:
    with scope.tenant_scope(world.tenant_id):
        return Report.objects.latest("received_at")


def opened(report: Report) -> queries.Opened:
    with scope.tenant_scope(report.tenant_id):
        return queries.opened(telling.again(report))


@pytest.mark.parametrize(
    ("who", "kind", "more"),
    [("hanne", "guardian", {"name": "Hanne Bergli"}), ("noah", "pupil", {"name": "Noah Bergli", "school_class": "9B"})],
)
def test_one_who_is_signed_in_tells_with_name_and_reads_it_again(world: World, who: str, kind: str, more: dict[str, str]) -> None:
    client = world.client(who)
    asked = shown(client.get(where(world)))
    assert "Navnet ditt følger med" in asked
    assert 'name="named"' not in asked
    assert 'name="name"' not in asked
    answer = client.post(where(world), filled(client, where(world), about="several"), follow=True)
    report = newest(world)
    assert answer.redirect_chain == [(page(report), 302)]
    assert WHAT in shown(answer)
    assert (report.sender_kind, report.channel, report.author_id) == (kind, "signed_in", world.person(who).pk)
    assert {name: opened(report).text.get(name) for name in more} == more
    assert more["name"] in shown(world.client("ingrid").get(things.page(report)))


def test_a_browser_says_on_its_way_back_from_where_it_comes(world: World) -> None:
    """Under "no-referrer" it would send "Origin: null", and be refused as forged: nothing that is told would arrive."""
    hanne = world.client("hanne")
    assert hanne.get(where(world))["Referrer-Policy"] == "same-origin"
    refused = hanne.post(where(world), {"what": ""})
    assert (refused.status_code, refused["Referrer-Policy"]) == (422, "same-origin")


def test_one_who_says_that_somebody_is_in_danger_gets_the_numbers_until_it_is_read(world: World) -> None:
    hanne = world.client("hanne")
    sent = hanne.post(where(world), filled(hanne, where(world), danger="yes"), follow=True)
    assert "tel:112" in shown(sent)
    report = newest(world)
    actions.opened(by=world.actor("ingrid"), report=report)
    assert "tel:112" not in shown(hanne.get(page(report)))


def test_the_same_form_twice_is_one_report(world: World) -> None:
    hanne = world.client("hanne")
    form = filled(hanne, where(world))
    first, second = hanne.post(where(world), form), hanne.post(where(world), form)
    assert first["Location"] == second["Location"]
    with scope.tenant_scope(world.tenant_id):
        assert Report.objects.count() == 1


def test_what_is_missing_is_asked_for_again_and_nothing_is_lost(world: World) -> None:
    hanne = world.client("hanne")
    answer = hanne.post(where(world), filled(hanne, where(world), what="", where="I kantina"))
    assert answer.status_code == 422
    assert "I kantina" in shown(answer)
    with scope.tenant_scope(world.tenant_id):
        assert not Report.objects.exists()


def test_another_language_carries_what_is_written(world: World) -> None:
    hanne = world.client("hanne")
    answer = hanne.post(where(world), filled(hanne, where(world), bytt="en"))
    assert answer.status_code == 200
    assert WHAT in shown(answer)
    assert "Your name goes with it" in shown(answer)
    with scope.tenant_scope(world.tenant_id):
        assert not Report.objects.exists()


def test_an_answer_stands_on_the_home_page_until_it_is_read(world: World) -> None:
    report, hanne = things.from_home(world), world.client("hanne")
    assert "svar på det du meldte" not in shown(hanne.get("/"))
    actions.opened(by=world.actor("ingrid"), report=report)
    actions.say(by=world.actor("ingrid"), report=report, kind="question", text="Hvem er sammen med ham?")
    assert "1 svar på det du meldte" in shown(hanne.get("/"))
    assert page(report) in shown(hanne.get(reverse("voice:own")))
    assert "Hvem er sammen med ham?" in shown(hanne.get(page(report)))
    assert "svar på det du meldte" not in shown(hanne.get("/"))


def test_she_answers_and_says_that_it_is_not_better(world: World) -> None:
    report, hanne = things.from_home(world), world.client("hanne")
    actions.take(by=world.actor("ingrid"), report=actions.opened(by=world.actor("ingrid"), report=report))
    once = str(uuid4())
    sent = {"once": once, "kind": "not_better", "text": "Det er verre."}
    assert "Skolen må gjøre mer" in shown(hanne.post(page(report), sent, follow=True))
    assert shown(hanne.post(page(report), sent, follow=True)).count("Det er verre.") == 1
    with scope.tenant_scope(world.tenant_id):
        assert queries.say_not_better([telling.again(report)]) == {report.pk}
    refused = hanne.post(page(report), {"once": str(uuid4()), "kind": "addition", "text": ""})
    assert refused.status_code == 422


def test_she_can_name_the_leadership_afterwards(world: World) -> None:
    report, hanne = things.from_home(world), world.client("hanne")
    answer = hanne.post(page(report), {"once": str(uuid4()), "leadership": "1"}, follow=True)
    assert "Bare kommunen" in shown(answer)
    assert world.client("ingrid").get(things.page(report)).status_code == 404
    assert world.client("jonas").get(things.page(report)).status_code == 200
    assert hanne.get(page(report)).status_code == 200


def test_about_the_leadership_goes_past_it_from_the_first_moment(world: World) -> None:
    hanne = world.client("hanne")
    hanne.post(where(world), filled(hanne, where(world), concerns="leadership"))
    assert newest(world).receiver == "owner"


def test_nobody_else_at_home_reads_what_a_pupil_told(world: World) -> None:
    report = things.from_home(world, "noah")
    assert world.client("noah").get(page(report)).status_code == 200
    assert world.client("hanne").get(page(report)).status_code == 404
    assert page(report) not in shown(world.client("hanne").get("/"))


@pytest.mark.parametrize("who", ["tore", "silje", "kjell", "jonas"])
def test_who_has_no_pupil_at_the_school_cannot_tell_from_home_there(world: World, who: str) -> None:
    assert world.client(who).get(where(world)).status_code == 404
    told = telling.told(world, sender_kind=rules.SenderKind.GUARDIAN)
    with pytest.raises(Exception, match="tell_from_home"):
        actions.tell_from_home(by=world.actor(who), told=told)


def test_what_she_told_at_work_is_not_shown_to_one_who_no_longer_works_there(world: World) -> None:
    at_work, at_home = telling.from_employee(world, "silje"), things.from_home(world)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE voice_report SET author_id = (SELECT author_id FROM voice_report WHERE sender_kind = 'guardian')")
    hanne = world.client("hanne")
    assert hanne.get(page(at_home)).status_code == 200
    assert hanne.get(page(at_work)).status_code == 404


def test_both_ways_stand_on_the_home_page(world: World) -> None:
    entrance = things.entrance(world)
    with scope.tenant_scope(world.tenant_id):
        urls = [card.url for card in home(world.actor("hanne"))]
    assert urls[:2] == [where(world), f"/s/{entrance.code}/"]
    assert f"/s/{entrance.code}/" in shown(world.client("hanne").get(where(world)))


def test_the_page_asks_for_no_second_factor_and_is_not_the_employees(world: World) -> None:
    report = things.from_home(world)
    text = shown(world.client("hanne", strong=False).get(page(report)))
    assert "bekrefte at det er deg" not in text
    assert "Plikten til å følge med" not in text
    assert "si fra til statsforvalteren" in text


def test_the_mother_goes_on_when_it_is_followed_up_in_a_case(world: World) -> None:
    """A case closes its reports to everybody who is at home with a pupil; her own answers she reads all the same."""
    report, hanne, ingrid = things.from_home(world), world.client("hanne"), world.actor("ingrid")
    case = following.opened(world, reports=(report,))
    actions.say(by=ingrid, report=telling.again(report), kind="question", text="Hvem er sammen med ham?")
    assert "1 svar på det du meldte" in shown(hanne.get("/"))
    assert "Hvem er sammen med ham?" in shown(hanne.get(page(report)))
    worse = {"once": str(uuid4()), "kind": "not_better", "text": "Det er verre."}
    assert "Det er verre." in shown(hanne.post(page(report), worse, follow=True))
    assert following.again(case).restarted_at is not None
    hanne.post(page(report), {"once": str(uuid4()), "leadership": "1"})
    assert following.again(case).side == "owner"
    assert world.client("ingrid").get(things.page(report)).status_code == 404


def test_an_employee_whom_it_turns_out_to_be_about_sees_only_that_it_was_delivered(world: World) -> None:
    as_parent(world, "silje")
    report, silje = things.from_home(world, "silje"), world.client("silje")
    assert 'name="kind"' in shown(silje.get(page(report)))
    actions.name_employee(by=world.actor("ingrid"), report=actions.take(by=world.actor("ingrid"), report=report),
                          person=world.person("silje"))  # fmt: skip
    assert 'name="kind"' not in shown(silje.get(page(report)))


def test_one_who_leads_the_school_does_not_read_there_what_she_tells_as_a_parent(world: World) -> None:
    as_parent(world, "ingrid")
    report, ingrid = things.from_home(world, "ingrid"), world.client("ingrid")
    assert report.receiver == "owner"
    assert ingrid.get(things.page(report)).status_code == 404
    assert 'name="kind"' in shown(ingrid.get(page(report)))
    assert world.client("jonas").get(things.page(report)).status_code == 200


def test_who_does_not_live_with_a_child_whose_address_is_protected_is_not_told_the_school(world: World) -> None:
    emma, nina = following.pupil(world, "Emma Sandvoll"), world.actor("nina")
    things.entrance(world)
    school_life.add_guardian(
        by=nina, pupil=emma, name="", kind="parent", parental_responsibility=True, lives_with=False, person=world.person("berit")
    )
    berit = world.client("berit")
    assert world.school("elvesletta").name not in shown(berit.get("/"))
    assert berit.get(reverse("voice:tell_from_home_where")).status_code == 404
    assert berit.get(where(world)).status_code == 404
    assert world.client("anita").get(where(world)).status_code == 200


@pytest.mark.parametrize("who", ["noah", "hanne"])
def test_the_authority_is_written_as_a_common_noun(world: World, who: str) -> None:
    assert "til statsforvalteren." in shown(world.client(who).get(page(things.from_home(world, who))))


def test_who_has_children_at_two_schools_is_asked_where_in_own_words(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    schools = [world.school("elvesletta"), world.school("tjernlia")]
    monkeypatch.setattr(queries, "home_schools", lambda actor: schools)
    text = shown(world.client("hanne").get(reverse("voice:tell_from_home_where")))
    assert "<title>Si ifra" in " ".join(text.split()).replace("> ", ">")
    assert where(world, "tjernlia") in text


def test_the_numbers_to_call_look_as_on_the_schools_page(world: World) -> None:
    text = shown(world.client("hanne").get(page(things.from_home(world))))
    assert re.search(r'rel="stylesheet" href="[^"]*voice/public[^"]*\.css"', text)


def followed_up(world: World, who: str = "noah") -> tuple[Report, Case]:
    report = things.from_home(world, who)
    return report, following.opened(world, "Noah Bergli", "Sara Haugfoss", reports=(report,))


def test_a_named_pupils_not_better_is_the_pupils_no_in_the_case(world: World) -> None:
    report, case = followed_up(world)
    world.client("noah").post(page(report), {"once": str(uuid4()), "kind": "not_better", "text": "Det er likt."})
    noah, sara = following.folders(case)
    assert (noah.answer, sara.answer) == ("no", "")
    assert following.again(case).says_no


def test_a_named_parents_not_better_asks_all_again(world: World) -> None:
    report, case = followed_up(world, "hanne")
    world.client("hanne").post(page(report), {"once": str(uuid4()), "kind": "not_better", "text": "Det er likt."})
    assert [one.answer for one in following.folders(case)] == ["", ""]
    assert following.again(case).restarted_at is not None


def test_one_who_tells_signed_in_is_never_refused_whoever_is_shut_out(world: World) -> None:
    report, case = followed_up(world)
    for who in ("ingrid", "kari", "tor"):
        with scope.tenant_scope(world.tenant_id):
            people_actions.note_training(by=world.actor("nina"), person=world.person(who), on=None)
    answer = world.client("noah").post(page(report), {"once": str(uuid4()), "leadership": "1"}, follow=True)
    assert "Bare kommunen" in shown(answer)
    assert following.again(case).side == "owner"


def test_what_is_sent_from_a_page_that_has_been_closed_meanwhile_arrives(world: World) -> None:
    """A teacher who is also a parent: the case closes the report to everybody at home, and what was being written is not lost."""
    with scope.tenant_scope(world.tenant_id):
        pupil = following.pupil(world, "Noah Bergli")
    school_life.add_guardian(
        by=world.actor("nina"), pupil=pupil, name="", person=world.person("silje"), kind="parent", parental_responsibility=True
    )
    report = telling.from_employee(world, "silje")
    following.opened(world, reports=(report,))
    silje, text = world.client("silje"), "Han gråt på vei hjem."
    assert "<form" not in shown(silje.get(page(report))).split("<main")[1]
    answer = silje.post(page(report), {"once": str(uuid4()), "text": text}, follow=True)
    assert answer.status_code == 200
    assert [said.text for said in opened(report).dialogue] == [text]
