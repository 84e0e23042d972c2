"""Whoever a report is about learns nothing of it: not by mail, not by what they wrote down, not by words, not by a stand-in."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from samskap.kernel import clock, scope
from samskap.kernel.actions import ActionError
from samskap.kernel.policy import NotAllowed
from samskap.people import actions as people
from samskap.people import actions_school as school_life
from samskap.people.models import Assignment
from samskap.voice import actions, papers, queries, rules
from samskap.voice.actions.handling import possible_partial
from samskap.voice.models import Outcome, Report
from tests.support.world import World
from tests.voice import telling, things
from tests.voice.things import page, press, shown


def may_read(world: World, who: str, report: Report) -> bool:
    return queries.reports(world.actor(who)).filter(pk=report.pk).exists()


def end(world: World, **found: object) -> None:
    with scope.tenant_scope(world.tenant_id):
        for row in Assignment.objects.filter(**found):
            people.end_assignment(by=world.actor("nina"), assignment=row)


def stands_in(world: World, who: str) -> None:
    school_life.add_stand_in(
        by=world.actor("ingrid"), school=world.school("elvesletta"), leader=world.person("ingrid"), substitute=world.person(who),
        valid_from=clock.today(), valid_to=clock.today() + timedelta(days=3),
    )  # fmt: skip


def second_leader(world: World) -> None:
    people.assign(by=world.actor("nina"), person=world.person("amir"), role="leader", school=world.school("elvesletta"))


def test_a_leader_who_cannot_sign_in_yet_is_no_reader(world: World) -> None:
    end(world, role="leader", school=world.school("elvesletta"))
    new = people.add_person(by=world.actor("nina"), name="Ny Rektor")
    people.assign(by=world.actor("nina"), person=new, role="leader", school=world.school("elvesletta"))
    report, _ = telling.from_pupil(world, urgency=rules.Urgency.NOW)
    assert report.receiver == "owner"
    assert may_read(world, "jonas", report)
    assert things.queued_for(world, "jonas", kind="voice.now")


def test_when_the_one_who_could_read_it_goes_the_municipality_can(world: World) -> None:
    second_leader(world)
    report, _ = telling.from_pupil(world)
    actions.recuse(by=world.actor("amir"), report=report, person=world.person("ingrid"))
    assert not may_read(world, "jonas", report)
    end(world, role="leader", person=world.person("amir"))
    assert may_read(world, "jonas", report)


def test_a_partial_leader_appoints_nobody_to_read_it(world: World) -> None:
    second_leader(world)
    report, _ = telling.from_pupil(world)
    actions.recuse(by=world.actor("amir"), report=report, person=world.person("ingrid"))
    stands_in(world, "silje")
    assert not may_read(world, "silje", report)
    assert may_read(world, "silje", telling.from_pupil(world)[0])


def test_one_who_is_partial_gets_no_mail_about_it(world: World) -> None:
    second_leader(world)
    report, _holder = telling.from_pupil(world, urgency=rules.Urgency.NOW)
    actions.recuse(by=world.actor("amir"), report=report, person=world.person("ingrid"))
    before = things.queued_for(world, "ingrid")
    with clock.frozen(clock.now() + timedelta(hours=1)), scope.tenant_scope(world.tenant_id):
        by = telling.door(world)
        actions.sender_writes(by=by, report=report, key=uuid4(), kind="not_better", text="Det er likt.")
    assert things.queued_for(world, "ingrid") == before
    assert len(things.queued_for(world, "amir", kind="voice.now")) == 2


def test_many_urgent_reports_are_one_mail_now_and_one_later(world: World) -> None:
    for number in range(20):
        telling.from_pupil(world, urgency=rules.Urgency.NOW, what=f"Nummer {number}")
    assert len(things.queued_for(world, "ingrid", kind="voice.now")) <= 2


def taken_down_by_ingrid(world: World) -> tuple[Report, str]:
    day = clock.today() - timedelta(days=3)
    told = telling.told(world, channel=rules.Channel.ALOUD, sender_kind=rules.SenderKind.GUARDIAN, said_on=day)
    with scope.tenant_scope(world.tenant_id):
        report, holder = actions.take_down(by=world.actor("ingrid"), told=told, key=uuid4())
    return report, holder.words


def paper(report: Report) -> object:
    """What the receipt as a document says."""
    with scope.tenant_scope(report.tenant_id):
        return papers.receipt(telling.again(report), "0" * 64, "Ingrid Haugdal", language="nb").data


def rerouted(world: World, report: Report, how: str) -> None:
    if how == "moved":
        actions.take(by=world.actor("ingrid"), report=report)
        actions.move(by=world.actor("ingrid"), report=report, school=world.school("kvernfossen"))
        return
    actions.sender_names_leadership(by=telling.door(world), report=report)
    if how == "returned":
        actions.return_to_school(by=world.actor("jonas"), report=report, concerns="pupils", reason="Vi har undersøkt det.")


@pytest.mark.parametrize("how", ["rerouted", "returned", "moved"])
def test_the_day_on_which_it_was_said_stays_whoever_has_it_later(world: World, how: str) -> None:
    report, _words = taken_down_by_ingrid(world)
    before, said = telling.again(report).known_at, clock.today() - timedelta(days=3)
    with clock.frozen(clock.now() + timedelta(days=2)):
        rerouted(world, report, how)
        found = telling.again(report)
        assert (found.known_at, found.here_since) == (before, clock.now())
        with scope.tenant_scope(world.tenant_id):
            told, copy = next(queries.told_steps(found)).told, papers.report_copy(queries.opened(found), by="", language="nb")
        assert date_format(said, "j. F Y") in told
        assert date_format(said, "j. F Y 00:00") in str(copy.data["facts"])


def test_those_who_got_it_from_others_see_how_long_they_have_had_it_and_how_long_it_was_known(world: World) -> None:
    report, _words = taken_down_by_ingrid(world)
    actions.sender_names_leadership(by=telling.door(world), report=report)
    with clock.frozen(clock.now() + timedelta(hours=5)):
        seen = shown(world.client("jonas").get(page(report)))
    assert "Kommunen har hatt den i 5 timer. Det ble kjent for 3 dager siden." in seen


def test_what_a_school_got_from_others_lies_unread_there_since_then(world: World) -> None:
    report, _ = telling.from_pupil(world, "leadership")
    with clock.frozen(clock.now() + timedelta(days=3)):
        actions.return_to_school(by=world.actor("jonas"), report=report, concerns="pupils", reason="Vi har undersøkt det.")
        assert unopened(world) == []
    with clock.frozen(clock.now() + timedelta(days=5)):
        assert unopened(world) == ["Elvesletta ungdomsskole"]


def unopened(world: World) -> list[str]:
    with scope.tenant_scope(world.tenant_id):
        return [school.name for school in queries.unopened_schools(world.actor("jonas"))]


def test_who_took_down_what_turns_out_to_be_about_them_sees_no_change_and_their_words_end(world: World) -> None:
    report, words = taken_down_by_ingrid(world)
    ingrid, mother, url = world.client("ingrid"), Client(), reverse("voice:own_report", args=[report.pk])
    before = things.bare(ingrid.get(url))
    receipt, slip = ingrid.get(f"{url}kvittering.pdf").status_code, paper(report)
    answer = mother.post(reverse("voice:dialogue"), {"words": words, "leadership": "1"})
    new = things.words_on(answer)
    assert new != words
    assert things.bare(ingrid.get(url)) == before
    assert (receipt, ingrid.get(f"{url}kvittering.pdf").status_code) == (200, 200)
    assert paper(report) == slip
    assert mother.post(reverse("voice:dialogue"), {"words": words}).status_code == 422
    assert telling.WHAT in shown(mother.post(reverse("voice:dialogue"), {"words": new}))
    press(world.client("jonas"), report, "take")
    press(world.client("jonas"), report, "say", kind="answer", text="Vi ser på det.")
    assert "Vi ser på det." in shown(mother.post(reverse("voice:dialogue"), {"words": new}))
    assert things.bare(ingrid.get(url)) == before


@pytest.mark.parametrize("step", ["recuse", "leadership"])
def test_words_that_one_left_out_has_made_end_with_it(world: World, step: str) -> None:
    second_leader(world)
    report, _ = telling.from_pupil(world)
    words = actions.new_receipt(by=world.actor("ingrid"), report=report, key=uuid4()).words
    press(world.client("amir"), report, "take")
    press(world.client("amir"), report, step, **({"to": world.person("ingrid").pk} if step == "recuse" else {}))
    assert Client().post(reverse("voice:dialogue"), {"words": words}).status_code == 422
    reader = "amir" if step == "recuse" else "jonas"
    assert "Ingen kodeord virker for denne meldingen" in shown(world.client(reader).get(page(report)))


def test_an_author_whom_it_is_about_sees_only_that_it_was_delivered(world: World) -> None:
    report = telling.from_employee(world, "silje")
    actions.recuse(by=world.actor("ingrid"), report=report, person=world.person("silje"))
    actions.say(by=world.actor("ingrid"), report=report, kind="answer", text="Vi snakker med henne.")
    seen = shown(world.client("silje").get(reverse("voice:own_report", args=[report.pk])))
    assert "Vi snakker med henne." not in seen
    assert "svar på det" not in shown(world.client("silje").get("/"))


def test_without_a_second_factor_the_receipt_is_seen_and_nothing_of_what_was_told(world: World) -> None:
    report = telling.from_employee(world, "silje")
    weak, url = world.client("silje", strong=False), reverse("voice:own_report", args=[report.pk])
    seen = shown(weak.get(url))
    assert telling.WHAT not in seen
    assert "Se det du fortalte, og svarene" in seen
    assert weak.get(reverse("voice:own_read", args=[report.pk])).status_code == 302
    assert weak.post(url, {"once": str(uuid4()), "text": "Mer."}).status_code == 302


def test_with_the_last_role_goes_what_one_has_told(world: World) -> None:
    report = telling.from_employee(world, "silje")
    end(world, person=world.person("silje"))
    assert world.client("silje").get(reverse("voice:own_report", args=[report.pk])).status_code == 404


def test_a_report_about_an_employee_is_no_duplicate_of_what_the_municipality_has_not_heard_of(world: World) -> None:
    ordinary, employee, forwarded = (things.taken(world, concerns=concerns) for concerns in ("pupils", "employee", "employee"))
    actions.forward(by=world.actor("ingrid"), report=forwarded)
    ingrid = world.client("ingrid")
    press(ingrid, employee, "duplicate", same_as=ordinary.pk)
    assert telling.again(employee).state == "taken"
    actions.close(by=world.actor("ingrid"), report=employee, outcome=Outcome.DUPLICATE, same_as=telling.again(forwarded))
    assert telling.again(employee).state == "closed"


def test_everybody_who_reads_can_be_left_out(world: World) -> None:
    stands_in(world, "tor")
    report, _ = telling.from_pupil(world, "employee")
    actions.forward(by=world.actor("ingrid"), report=report)
    with scope.tenant_scope(world.tenant_id):
        names = {person.name for person in possible_partial(telling.again(report))}
    assert {world.person(who).name for who in ("ingrid", "tor", "jonas", "amir")} <= names


@pytest.mark.parametrize("role", ["leader", "handler"])
def test_nobody_gives_oneself_the_right_to_read(world: World, role: str) -> None:
    school = world.school("elvesletta") if role == "leader" else None
    with pytest.raises(ActionError):
        people.assign(by=world.actor("nina"), person=world.person("nina"), role=role, school=school)


def test_who_gives_access_confirms_who_they_are_first(world: World) -> None:
    weak = world.client("nina", strong=False)
    for name in ("people:person", "people:give_role", "people:invite", "people:end_role"):
        url = reverse(name, args=[world.person("amir").pk])
        answer = weak.get(url) if name == "people:person" else weak.post(url, {"role": "handler"})
        assert (answer.status_code, "/sikkerhet/" in answer.headers["Location"]) == (302, True)
    url = reverse("people:stand_ins", args=[world.school("elvesletta").pk])
    assert world.client("ingrid", strong=False).get(url).status_code == 302


def test_one_is_told_when_another_changes_ones_access(world: World) -> None:
    people.assign(by=world.actor("nina"), person=world.person("amir"), role="handler")
    assert things.queued_for(world, "amir", kind="people.access")


def test_those_left_out_may_do_nothing_with_it(world: World) -> None:
    second_leader(world)
    report, _ = telling.from_pupil(world)
    actions.recuse(by=world.actor("amir"), report=report, person=world.person("ingrid"))
    with pytest.raises(NotAllowed):
        actions.opened(by=world.actor("ingrid"), report=report)


def the_same_matter(world: World) -> tuple[Report, Report]:
    """A report, and one that Ingrid has closed as the same matter."""
    (first, _), (second, _) = telling.from_pupil(world), telling.from_pupil(world, what="Jeg så det, jeg også.")
    for report in (first, second):
        actions.take(by=world.actor("ingrid"), report=report)
    actions.close(by=world.actor("ingrid"), report=second, outcome=Outcome.DUPLICATE, same_as=telling.again(first))
    return telling.again(first), telling.again(second)


def test_what_is_the_same_matter_goes_to_the_municipality_along_with_it(world: World) -> None:
    first, second = the_same_matter(world)
    actions.sender_names_leadership(by=telling.door(world), report=first)
    for report in (first, second):
        found = telling.again(report)
        assert (found.receiver, found.concerns, found.state, found.responsible) == ("owner", "leadership", "new", None)
        assert things.events(found, "rerouted") == 1
        assert (may_read(world, "ingrid", found), may_read(world, "jonas", found)) == (False, True)


def test_whoever_is_shut_out_of_a_report_is_shut_out_of_what_is_the_same_matter(world: World) -> None:
    second_leader(world)
    first, second = the_same_matter(world)
    actions.recuse(by=world.actor("ingrid"), report=first, person=world.person("amir"))
    for report in (first, second):
        assert (may_read(world, "ingrid", report), may_read(world, "amir", report)) == (True, False)
    actions.recuse(by=world.actor("ingrid"), report=first, person=world.person("ingrid"))
    for report in (first, second):
        assert telling.again(report).receiver == "owner"
        assert (may_read(world, "ingrid", report), may_read(world, "jonas", report)) == (False, True)
