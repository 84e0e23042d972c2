"""What one who reads a report does with it: every step with its success and its refusal, once each."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samskap.kernel import clock, scope
from samskap.kernel.actions import ActionError
from samskap.kernel.models import AuditEntry
from samskap.kernel.policy import NotAllowed
from samskap.voice import actions, papers, queries, rules
from samskap.voice.actions.handling import possible_holders
from samskap.voice.models import EventKind, Message, Report
from tests.support.world import World
from tests.voice import telling, things
from tests.voice.things import page, press, shown, taken

REASON = "Den ansatte var på reise hele uka."
ANSWER = "Vi har sett på det, og gjør noe med det nå."


def test_taking_makes_one_responsible_and_the_sender_sees_who(world: World, ingrid: Client) -> None:
    found, holder = telling.from_pupil(world)
    assert "Nå har du ansvaret." in shown(press(ingrid, found, "take"))
    assert telling.again(found).responsible == world.person("ingrid")
    assert "Ingrid Haugdal" in shown(Client().post(reverse("voice:dialogue"), {"words": holder.words}))


def test_one_who_has_it_is_not_asked_to_take_it(world: World, ingrid: Client) -> None:
    found = taken(world)
    assert reverse("voice:step", args=[found.pk, "take"]) not in shown(ingrid.get(page(found)))
    assert press(ingrid, found, "take").status_code == 404


def test_giving_lets_the_colleague_read_and_leaves_the_responsibility(world: World, ingrid: Client, report: Report) -> None:
    answer = press(ingrid, report, "give", to=world.person("amir").pk)
    assert "Kollegaen din kan lese den nå. Du har fortsatt ansvaret." in shown(answer)
    found = telling.again(report)
    assert (found.responsible, found.holder) == (world.person("ingrid"), world.person("amir"))
    assert telling.WHAT in shown(world.client("amir").get(page(report)))


@pytest.mark.parametrize("who", ["arne", "henrik", "per", "jonas"])
def test_giving_to_one_who_does_not_work_there_is_refused(world: World, ingrid: Client, report: Report, who: str) -> None:
    assert press(ingrid, report, "give", to=world.person(who).pk).status_code == 422
    assert telling.again(report).holder_id is None


def test_the_colleague_answers_and_passes_on_but_neither_takes_nor_takes_it_out(world: World, report: Report) -> None:
    actions.give(by=world.actor("ingrid"), report=report, to=world.person("amir"))
    amir = world.client("amir")
    refused = [
        press(amir, report, step).status_code for step in ("take", "give", "move", "duplicate", "physical", "recuse", "words")
    ]
    assert set(refused) == {404}
    assert press(amir, report, "say", kind="answer", text="Jeg følger med.").status_code == 200
    assert "Kommunen har den nå." in shown(press(amir, report, "forward"))


def test_an_employee_report_is_passed_on_and_the_owner_sees_it(world: World, ingrid: Client, jonas: Client) -> None:
    found = things.report(world, "employee")
    assert "Send den til kommunen straks." in shown(ingrid.get(page(found)))
    assert jonas.get(page(found)).status_code == 404
    assert "Kommunen har den nå." in shown(press(ingrid, found, "forward", reason="Gjelder en lærer."))
    assert "Gjelder en lærer." in shown(jonas.get(page(found)))
    assert not queries.owes_owner(telling.again(found))


def test_openly_groundless_needs_a_reason_and_the_owner_sees_it(world: World, ingrid: Client, jonas: Client) -> None:
    found = things.report(world, "employee")
    short = press(ingrid, found, "groundless", reason="Nei.")
    assert short.status_code == 422
    assert "Skriv grunnen i en setning eller to." in shown(short)
    assert jonas.get(page(found)).status_code == 404
    assert "Kommunen ser meldingen og begrunnelsen din." in shown(press(ingrid, found, "groundless", reason=REASON))
    assert REASON in shown(jonas.get(page(found)))


@pytest.mark.parametrize("concerns", ["pupils", "leadership"])
def test_only_a_report_about_an_employee_can_be_called_groundless(
    world: World, ingrid: Client, jonas: Client, concerns: str
) -> None:
    found, _ = telling.from_pupil(world, concerns)
    client = jonas if concerns == "leadership" else ingrid
    assert press(client, found, "groundless", reason=REASON).status_code == 404


def test_a_leader_who_says_that_it_is_about_the_leadership_loses_sight(world: World, ingrid: Client, report: Report) -> None:
    answer = press(ingrid, report, "leadership")
    assert "Skolen ser den ikke lenger." in shown(answer)
    assert answer.redirect_chain[-1][0] == reverse("voice:inbox")
    assert ingrid.get(page(report)).status_code == 404
    assert report in queries.inbox(world.actor("jonas"))


def test_the_owner_gives_it_back_to_the_school(world: World, ingrid: Client, jonas: Client) -> None:
    found = things.report(world, "leadership")
    assert "Skolen har den nå." in shown(press(jonas, found, "return", concerns="pupils", reason=REASON))
    assert telling.WHAT in shown(ingrid.get(page(found)))
    assert press(ingrid, found, "return", concerns="pupils", reason=REASON).status_code == 404


@pytest.mark.parametrize("concerns", ["leadership", "", "x"])
def test_what_is_about_the_leadership_is_not_given_to_it(world: World, jonas: Client, concerns: str) -> None:
    found = things.report(world, "leadership")
    assert press(jonas, found, "return", concerns=concerns, reason=REASON).status_code == 422
    assert telling.again(found).receiver == "owner"


def test_what_nobody_at_the_school_may_read_stays_with_the_owner(world: World, jonas: Client) -> None:
    found = things.report(world, "recused")
    answer = press(jonas, found, "return", concerns="pupils", reason=REASON)
    assert answer.status_code == 422
    assert "Den blir her." in shown(answer)


def test_a_report_for_another_school_is_new_there(world: World, ingrid: Client, report: Report) -> None:
    press(ingrid, report, "take")
    answer = press(ingrid, report, "move", school=world.school("kvernfossen").pk, answer=ANSWER)
    assert answer.redirect_chain[-1][0] == reverse("voice:inbox")
    found = telling.again(report)
    assert (found.state, found.opened_at, found.responsible_id) == ("new", None, None)
    assert telling.WHAT in shown(world.client("arne").get(page(report)))


def test_the_sender_is_told_to_which_school_it_went_and_what_becomes_of_it(world: World, ingrid: Client) -> None:
    report, holder = telling.from_pupil(world)
    assert press(ingrid, report, "move", school=world.school("kvernfossen").pk, answer=ANSWER).status_code == 404
    press(ingrid, report, "take")
    assert press(ingrid, report, "move", school=world.school("kvernfossen").pk).status_code == 422
    assert telling.again(report).school == world.school("elvesletta")
    press(ingrid, report, "move", school=world.school("kvernfossen").pk, answer=ANSWER)
    there = world.school("kvernfossen").name
    told = shown(Client().post(reverse("voice:dialogue"), {"words": holder.words}))
    assert f"Den ble flyttet til rett skole: {there}." in told
    assert ANSWER in told
    arne = world.client("arne")
    assert f"Den ble flyttet til rett skole: {there}" in shown(arne.get(page(report)))
    assert arne.get(reverse("voice:copy", args=[report.pk])).content.startswith(b"%PDF")


def test_which_school_it_left_and_for_which_stands_in_the_log_of_who_moved_it(world: World, ingrid: Client) -> None:
    report = taken(world)
    actions.move(by=world.actor("ingrid"), report=report, school=world.school("kvernfossen"), answer=ANSWER)
    row = AuditEntry.objects.get(object_id=str(report.pk), verb="voice.moved")
    schools = {"from_school": str(world.school("elvesletta").pk), "to_school": str(world.school("kvernfossen").pk)}
    assert (row.person_id, {key: str(value) for key, value in row.detail.items()}) == (world.person("ingrid").pk, schools)


def test_nobody_else_than_a_leader_who_has_taken_it_moves_it(world: World, report: Report) -> None:
    move = partial(actions.move, school=world.school("kvernfossen"), answer=ANSWER)
    with pytest.raises(ActionError):
        move(by=world.actor("ingrid"), report=report)
    actions.give(by=world.actor("ingrid"), report=report, to=world.person("amir"))
    with pytest.raises(NotAllowed):
        move(by=world.actor("amir"), report=report)


def test_the_receipt_names_the_school_at_which_one_told(world: World) -> None:
    report = telling.from_employee(world, "silje")
    actions.take(by=world.actor("ingrid"), report=report)
    actions.move(by=world.actor("ingrid"), report=report, school=world.school("kvernfossen"), answer=ANSWER)
    actions.take(by=world.actor("arne"), report=telling.again(report))
    with scope.tenant_scope(world.tenant_id):
        paper = papers.receipt(telling.again(report), "0" * 64, "Silje", language="nb").data
        assert queries.first_school(telling.again(report)) == world.school("elvesletta")
    assert "Kvernfossen" not in str(paper)


@pytest.mark.parametrize("school", ["elvesletta", "ytterdal"])
def test_a_report_moves_to_another_school_of_the_same_owner_only(
    world: World, ingrid: Client, report: Report, school: str
) -> None:
    press(ingrid, report, "take")
    assert press(ingrid, report, "move", school=world.school(school).pk, answer=ANSWER).status_code == 422
    assert telling.again(report).school_id == world.school("elvesletta").pk


def test_the_same_matter_leaves_the_list_once_it_is_read_and_taken(world: World, ingrid: Client, report: Report) -> None:
    with clock.frozen(report.received_at - timedelta(hours=2)):
        earlier, _ = telling.from_pupil(world, what="Fortalt før.")
    assert press(ingrid, report, "duplicate", same_as=earlier.pk).status_code == 404
    press(ingrid, report, "take")
    assert "De to hører sammen nå." in shown(press(ingrid, report, "duplicate", same_as=earlier.pk, answer=ANSWER))
    assert list(queries.inbox(world.actor("ingrid"))) == [earlier]
    assert page(earlier) in shown(ingrid.get(page(report)))
    assert page(report) in shown(ingrid.get(reverse("voice:left")))


@pytest.mark.parametrize(
    ("step", "became"), [
        ("duplicate", "Skolen følger det opp sammen med"), ("physical", "en sak om bygget"),
        ("safe", "En voksen har snakket med den det gjelder"),
    ],
)  # fmt: skip
def test_the_sender_is_told_what_becomes_of_it(world: World, ingrid: Client, step: str, became: str) -> None:
    with clock.frozen(clock.now() - timedelta(hours=2)):
        earlier, _holder = telling.from_pupil(world, what="Fortalt før.")
    found, holder = telling.from_pupil(world)
    press(ingrid, found, "take")
    more = {"same_as": earlier.pk} if step == "duplicate" else {"reason": REASON, "asked": "on"}
    assert press(ingrid, found, step, **more).status_code == 422, "nothing was written to the one who told"
    assert press(ingrid, found, step, answer=ANSWER, **more).status_code == 200
    seen = shown(Client().post(reverse("voice:dialogue"), {"words": holder.words}))
    assert became in seen
    assert ANSWER in seen


def test_nothing_need_be_written_where_nobody_could_read_it(world: World, ingrid: Client) -> None:
    found = things.signed_in(world, "silje", aloud=True)
    press(ingrid, found, "take")
    assert press(ingrid, found, "physical", reason=REASON).status_code == 200
    assert telling.again(found).state == "closed"


def test_a_report_that_names_a_teacher_after_all_is_the_municipalitys_to_know(world: World, ingrid: Client) -> None:
    found = taken(world)
    actions.give(by=world.actor("ingrid"), report=found, to=world.person("amir"))
    answer = press(ingrid, found, "employee", person=world.person("amir").pk)
    assert "Send den til kommunen straks" in shown(answer)
    assert "Skal til kommunen" in shown(ingrid.get(reverse("voice:inbox")))
    assert "1 melding skal til kommunen" in shown(ingrid.get("/"))
    assert world.client("amir").get(page(found)).status_code == 404
    assert press(ingrid, found, "physical", reason=REASON, answer=ANSWER).status_code == 404
    assert press(ingrid, found, "employee").status_code == 404
    assert press(ingrid, found, "forward").status_code == 200


def test_one_who_does_not_say_which_teacher_shuts_nobody_out(world: World, ingrid: Client) -> None:
    found = taken(world)
    press(ingrid, found, "employee")
    row = telling.again(found)
    assert (row.concerns, row.receiver) == ("employee", "school")
    assert press(ingrid, found, "employee", person=world.person("per").pk).status_code == 404


def test_naming_one_who_leads_gives_it_to_the_municipality_alone(world: World, ingrid: Client, jonas: Client) -> None:
    found, holder = telling.from_pupil(world)
    press(ingrid, found, "employee", person=world.person("ingrid").pk)
    row = telling.again(found)
    assert (row.concerns, row.receiver) == ("leadership", "owner")
    assert ingrid.get(page(found)).status_code == 404
    assert jonas.get(page(found)).status_code == 200
    assert Client().post(reverse("voice:dialogue"), {"words": holder.words}).status_code == 200


def test_each_report_waits_once_on_the_home_page(world: World, ingrid: Client) -> None:
    telling.from_pupil(world, "employee", urgency=rules.Urgency.NOW)
    telling.from_pupil(world, "employee")
    telling.from_pupil(world)
    waits = queries.waiting(world.actor("ingrid"))
    assert (waits.now, waits.owed, waits.new, waits.news, waits.given, waits.passed_on) == (1, 1, 1, 0, 0, 0)
    cards = shown(ingrid.get("/"))
    assert cards.index("1 melding som ikke kan vente") < cards.index("1 melding skal til kommunen")
    assert 'data-color="danger"' in cards[: cards.index("1 melding som ikke kan vente")].rsplit("<li", 1)[1]


def test_an_earlier_report_that_one_may_not_read_cannot_be_chosen(world: World, ingrid: Client) -> None:
    hidden, found = things.report(world, "leadership"), taken(world)
    assert str(hidden.pk) not in shown(ingrid.get(page(found)))
    assert press(ingrid, found, "duplicate", same_as=hidden.pk).status_code == 422
    assert press(ingrid, found, "duplicate", same_as=found.pk).status_code == 422
    assert press(ingrid, found, "duplicate").status_code == 422


def test_the_building_and_the_air_leave_the_list_with_a_reason(world: World, ingrid: Client) -> None:
    found = taken(world)
    assert press(ingrid, found, "physical", reason="Nei.", answer=ANSWER).status_code == 422
    answer = press(ingrid, found, "physical", reason="Vaktmesteren ser på lufta i dag.", answer=ANSWER)
    assert "Begrunnelsen er lagret." in shown(answer)
    assert "Vaktmesteren ser på lufta i dag." in shown(ingrid.get(page(found)))


def test_that_the_pupil_is_safe_is_said_by_the_pupil_alone(world: World, ingrid: Client) -> None:
    found = taken(world)
    refused = press(ingrid, found, "safe", reason=REASON, answer=ANSWER)
    assert refused.status_code == 422
    assert "følges det opp i en sak" in shown(refused)
    assert press(ingrid, found, "safe", asked="on", answer=ANSWER).status_code == 422
    assert press(ingrid, found, "safe", reason=REASON, asked="on", answer=ANSWER).status_code == 200
    row = telling.again(found)
    assert (row.state, row.outcome) == ("closed", "safe")
    assert REASON in shown(ingrid.get(page(found)))


def test_what_the_owner_has_a_right_to_know_is_not_taken_out_before(world: World, ingrid: Client) -> None:
    found = taken(world, concerns="employee")
    assert press(ingrid, found, "physical", reason="Vaktmesteren ser på det.", answer=ANSWER).status_code == 404
    press(ingrid, found, "forward")
    assert press(ingrid, found, "physical", reason="Vaktmesteren ser på det.", answer=ANSWER).status_code == 200
    assert telling.again(found).state == "closed"
    assert found in queries.inbox(world.actor("jonas"))
    actions.opened(by=world.actor("jonas"), report=found)
    assert found not in queries.inbox(world.actor("jonas"))


def test_what_is_passed_on_or_called_groundless_waits_for_the_municipality_to_read_it(world: World, jonas: Client) -> None:
    passed, groundless = taken(world, concerns="employee"), taken(world, concerns="employee")
    actions.forward(by=world.actor("ingrid"), report=passed)
    before = len(things.queued_for(world, "jonas"))
    with clock.frozen(clock.now() + timedelta(hours=1)):
        actions.call_groundless(by=world.actor("ingrid"), report=groundless, reason=REASON)
    assert len(things.queued_for(world, "jonas")) == before + 1
    assert "2 meldinger som skoler har sendt videre" in shown(jonas.get("/"))
    listed = shown(jonas.get(reverse("voice:inbox")))
    assert listed.count("Ikke lest") == 2
    assert "Sendt videre" in listed
    assert "Vurdert som åpenbart grunnløs" in listed
    jonas.get(page(passed))
    assert "1 melding som en skole har sendt videre" in shown(jonas.get("/"))


def test_the_municipality_reads_what_is_passed_on_and_the_school_follows_it_up(world: World, jonas: Client) -> None:
    passed = taken(world, concerns="employee")
    actions.forward(by=world.actor("ingrid"), report=passed)
    for step in ("take", "give", "move", "duplicate", "physical"):
        assert press(jonas, passed, step).status_code == 404
    assert telling.again(passed).responsible_id == world.person("ingrid").pk


def test_a_colleague_finds_what_was_given_to_them(world: World, ingrid: Client, report: Report) -> None:
    assert world.client("amir").get(reverse("voice:inbox")).status_code == 404
    press(ingrid, report, "give", to=world.person("amir").pk)
    amir = world.client("amir")
    assert "1 melding å arbeide med" in shown(amir.get("/"))
    assert page(report) in shown(amir.get(reverse("voice:inbox")))
    assert things.queued_for(world, "amir", kind="voice.given")


def test_only_those_who_then_can_read_it_are_offered(world: World, report: Report) -> None:
    actions.take(by=world.actor("ingrid"), report=report)
    with scope.tenant_scope(world.tenant_id):
        names = {person.name for person in possible_holders(telling.again(report))}
    assert world.person("amir").name in names
    assert not names & {world.person(who).name for who in ("ingrid", "liv", "marte")}


def test_the_last_who_can_read_it_cannot_be_left_out(world: World, jonas: Client) -> None:
    found = things.report(world, "leadership")
    answer = press(jonas, found, "recuse", to=world.person("jonas").pk)
    assert "ingen igjen som kan lese den" in shown(answer)
    assert jonas.get(page(found)).status_code == 200


def test_a_link_to_the_same_matter_tells_nobody_of_what_they_may_not_read(world: World, ingrid: Client, jonas: Client) -> None:
    with clock.frozen(clock.now() - timedelta(hours=2)):
        hidden, earlier = things.report(world, "leadership"), things.taken(world)
    found = taken(world)
    actions.forward(by=world.actor("ingrid"), report=found)
    assert str(hidden.pk) not in shown(jonas.get(page(found)))
    actions.close(by=world.actor("ingrid"), report=found, outcome="duplicate", same_as=earlier)
    actions.reroute(by=world.actor("ingrid"), report=earlier)
    assert str(earlier.pk) not in shown(ingrid.get(page(found)))


def test_the_same_answer_sent_again_is_one(world: World, ingrid: Client, report: Report) -> None:
    for _ in range(2):
        press(ingrid, report, "say", kind="answer", text="Kom innom kontoret.")
    with scope.tenant_scope(world.tenant_id):
        assert [said.text for said in queries.opened(report).dialogue] == ["Kom innom kontoret."]


def test_what_was_taken_out_can_be_put_back(world: World, ingrid: Client) -> None:
    found = taken(world)
    assert press(ingrid, found, "reopen").status_code == 404
    press(ingrid, found, "physical", reason="Vaktmesteren ser på det.", answer=ANSWER)
    assert "Tilbake i lista." in shown(press(ingrid, found, "reopen"))
    assert found in queries.inbox(world.actor("ingrid"))


def test_one_who_is_involved_loses_sight_of_it(world: World, ingrid: Client, report: Report) -> None:
    actions.give(by=world.actor("ingrid"), report=report, to=world.person("amir"))
    assert "Denne personen kan ikke lenger lese meldingen." in shown(press(ingrid, report, "recuse", to=world.person("amir").pk))
    assert world.client("amir").get(page(report)).status_code == 404
    answer = press(ingrid, report, "recuse", to=world.person("ingrid").pk)
    assert answer.redirect_chain[-1][0] == reverse("voice:inbox")
    assert report in queries.inbox(world.actor("jonas"))
    assert press(ingrid, report, "give", to=world.person("amir").pk).status_code == 404


def test_what_looks_like_mischief_is_kept_by_a_person(world: World, ingrid: Client) -> None:
    found = [telling.from_pupil(world)[0] for _ in range(4)][-1]
    assert "Kanskje tull" in shown(ingrid.get(reverse("voice:inbox")))
    assert "Kanskje tull" in shown(ingrid.get(page(found)))
    assert "Den behandles som alle andre meldinger." in shown(press(ingrid, found, "keep"))
    assert not telling.again(found).suspect
    assert press(ingrid, found, "keep").status_code == 404


def test_new_code_words_are_shown_once_and_noted(world: World, ingrid: Client, report: Report) -> None:
    url, form = reverse("voice:step", args=[report.pk, "words"]), {"once": str(uuid4())}
    first, second = ingrid.post(url, form), ingrid.post(url, form)
    words = first.context["words"]
    assert second.context["words"] == words
    assert things.events(report, EventKind.NEW_RECEIPT) == 1
    assert Client().post(reverse("voice:dialogue"), {"words": words}).status_code == 200
    assert words not in shown(ingrid.get(page(report)))


def test_the_same_form_sent_to_two_reports_makes_two_receipts(world: World, ingrid: Client, report: Report) -> None:
    other, _ = telling.from_pupil(world, what="Noe annet.")
    form = {"once": str(uuid4())}
    words = {ingrid.post(reverse("voice:step", args=[one.pk, "words"]), form).context["words"] for one in (report, other)}
    assert len(words) == 2


def test_one_who_is_signed_in_needs_no_words(world: World, ingrid: Client) -> None:
    assert press(ingrid, things.report(world, "own"), "words").status_code == 404


def test_an_answer_is_for_one_who_can_read_it(world: World, ingrid: Client, report: Report) -> None:
    assert "Den som sa fra, ser det med kodeordene" in shown(press(ingrid, report, "say", kind="answer", text="Takk."))
    assert press(ingrid, report, "say", kind="answer", text=" ").status_code == 422
    assert press(ingrid, report, "say", kind="addition", text="Som eleven.").status_code == 422
    without = things.report(world, "aloud")
    assert press(ingrid, without, "say", kind="answer", text="Takk.").status_code == 404


def test_no_step_has_another_name(ingrid: Client, report: Report) -> None:
    assert press(ingrid, report, "delete").status_code == 404
    assert press(ingrid, report, "x" * 300).status_code == 404


def test_a_button_without_its_token_changes_nothing(ingrid: Client, report: Report) -> None:
    assert ingrid.post(reverse("voice:step", args=[report.pk, "leadership"])).status_code == 422
    assert telling.again(report).receiver == "school"


Values = Callable[[World], dict[str, Any]]
ONCE: dict[str, tuple[str, Values, Callable[[Report], int]]] = {
    "say": ("taken", lambda w: {"kind": "answer", "text": "Takk."}, lambda r: Message._base_manager.filter(report=r).count()),
    "take": ("ordinary", lambda w: {}, lambda r: things.events(r, "taken")),
    "give": ("taken", lambda w: {"to": w.person("amir").pk}, lambda r: things.events(r, "given")),
    "forward": ("employee", lambda w: {}, lambda r: things.events(r, "forwarded")),
    "groundless": ("employee", lambda w: {"reason": REASON}, lambda r: things.events(r, "groundless")),
    "leadership": ("ordinary", lambda w: {}, lambda r: things.events(r, "rerouted")),
    "move": ("taken", lambda w: {"school": w.school("kvernfossen").pk, "answer": ANSWER}, lambda r: things.events(r, "moved")),
    "physical": ("taken", lambda w: {"reason": REASON, "answer": ANSWER}, lambda r: things.events(r, "closed")),
    "safe": ("taken", lambda w: {"reason": REASON, "asked": "on", "answer": ANSWER}, lambda r: things.events(r, "closed")),
    "recuse": ("ordinary", lambda w: {"to": w.person("ingrid").pk}, lambda r: things.events(r, "recused")),
}


@pytest.mark.parametrize("step", ONCE)
def test_a_double_click_does_it_once_and_leads_where_the_first_one_led(world: World, ingrid: Client, step: str) -> None:
    case, values, count = ONCE[step]
    found = taken(world) if case == "taken" else things.report(world, case)
    form = {"once": str(uuid4()), **values(world)}
    first, second = (ingrid.post(reverse("voice:step", args=[found.pk, step]), form) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"] == second.headers["Location"]
    assert count(found) == 1
