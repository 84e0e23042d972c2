"""The staff's side of cases: who carries measures out, what evaluations and answers set off, what pages say first."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from samskap.cases import actions, papers, queries, queries_day, rules
from samskap.cases.actions.plans import may_carry_out
from samskap.cases.models import Case, Measure
from samskap.cases.policy import OWN_MEASURE
from samskap.cases.rules_papers import Kind
from samskap.cases.views import wording
from samskap.cases.views.stepping import At
from samskap.cases.views.steps import CASE
from samskap.kernel import clock, policy, scope
from samskap.kernel.actions import ActionError
from samskap.law import api as law
from tests.cases import following
from tests.support.world import World
from tests.voice import telling
from tests.voice.things import shown


@pytest.fixture
def ingrid(world: World) -> Client:
    """Who leads the school."""
    return world.client("ingrid")


def step(client: Client, kind: str, row: Model, name: str, **values: Any) -> HttpResponse:
    """Send a step's form; what is refused comes back."""
    once = {"once": str(uuid4()), "on": clock.today().isoformat()}
    return client.post(reverse(f"cases:{kind}", args=[row.pk, name]), {**once, **values})  # type: ignore[return-value]  # Django's own


def asked(client: Client, kind: str, row: Model, name: str) -> str:
    """The page of a step."""
    return shown(client.get(reverse(f"cases:{kind}", args=[row.pk, name])))


def names(case: Case) -> set[str]:
    """Who can carry out a measure of the case."""
    with scope.tenant_scope(case.tenant_id):
        return {person.name.split()[0] for person in may_carry_out(case)}


def about_the_leader(world: World) -> Case:
    """A case that the municipality works, because it is about Ingrid; Arne leads it in the leadership's place."""
    case = following.opened(world)
    actions.name_employee(by=world.actor("ingrid"), case=case, person=world.person("ingrid"))
    actions.appoint(by=world.actor("jonas"), case=following.again(case), to=world.person("arne"))
    return following.again(case)


def test_a_measure_in_a_case_about_the_leadership_never_goes_to_it(world: World) -> None:
    case = about_the_leader(world)
    assert "Ingrid" not in names(case)
    assert {"Amir", "Jonas", "Arne"} <= names(case)
    with pytest.raises(ActionError):
        following.measure(world, case, by="jonas", who="ingrid")
    row = following.measure(world, case, by="jonas", who="arne")
    assert policy.may(OWN_MEASURE, world.actor("arne"), row)


def test_a_leader_who_is_led_out_loses_sight_of_the_own_measures(world: World) -> None:
    case = following.opened(world)
    row = following.measure(world, case, who="ingrid")
    assert queries_day.own_count(world.actor("ingrid")) == 1
    actions.name_leadership(by=world.actor("ingrid"), case=case)
    assert "Ingrid" not in names(following.again(case))
    assert not policy.may(OWN_MEASURE, world.actor("ingrid"), row)
    assert queries_day.own_count(world.actor("ingrid")) == 0


def test_one_who_is_shut_out_is_not_offered_a_measure(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    actions.recuse(by=world.actor("ingrid"), case=case, person=world.person("amir"))
    assert "Amir" not in names(case)
    assert "Amir" not in asked(ingrid, "case_step", case, "tiltak")
    with pytest.raises(ActionError):
        following.measure(world, case, who="amir")


def test_among_several_plans_a_measure_lands_only_in_the_one_that_was_chosen(world: World, ingrid: Client) -> None:
    case = following.opened(world, "Noah Bergli", "Sara Haugfoss")
    words = {"text": "Amir er ute i storefri."}
    refused = step(ingrid, "case_step", case, "tiltak", **words)
    assert refused.status_code == 422
    assert rows_of(case) == []
    second = following.folders(case)[1].plan
    assert second is not None
    assert step(ingrid, "case_step", case, "tiltak", plan=str(second.pk), **words).status_code == 302
    assert step(ingrid, "case_step", case, "tiltak", plan="none", **words).status_code == 302
    assert [row.plan_id for row in rows_of(case)] == [second.pk, None]


def test_the_only_plan_is_chosen_already(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    assert f'value="{following.plan(case).pk}" selected' in asked(ingrid, "case_step", case, "tiltak")


def rows_of(case: Case) -> list[Measure]:
    """The case's measures."""
    with scope.tenant_scope(case.tenant_id):
        return list(Measure.objects.filter(case=case, removed_at=None).order_by("added_at"))


def verdicts(case: Case, verdict: str = "continue") -> dict[Any, str]:
    """The same verdict for every measure."""
    return {row.pk: verdict for row in rows_of(case)}


def evaluated_with_a_no(world: World) -> tuple[Case, date]:
    """An evaluation in which Noah says no; the next one is in two weeks."""
    case, ahead = following.opened(world), clock.today() + timedelta(14)
    plan = following.in_force(world, case, evaluate_on=clock.today())
    said = [actions.Said(following.folder(case), "no", "Det er like ille.")]
    actions.evaluate(
        by=world.actor("ingrid"), plan=plan, text="Vi har sett på det.", on=clock.today(), verdicts=verdicts(case), effects={},
        next_on=ahead, said=said,
    )  # fmt: skip
    return following.again(case), ahead


def test_an_evaluation_in_which_the_pupil_says_no_was_held_and_the_next_day_stays(world: World, ingrid: Client) -> None:
    case, ahead = evaluated_with_a_no(world)
    plan = following.plan(case)
    assert (plan.evaluate_on, plan.evaluated_on) == (ahead, clock.today())
    assert case.restarted_at is not None
    page = shown(ingrid.get(reverse("cases:case", args=[case.pk])))
    assert "Eleven svarer nei: endre planen" in page
    assert "Evaluer planen" not in page
    assert (
        "Planen for Noah Bergli må evalueres en gang til." in page
    )  # before the end: what was changed after the no is looked at
    actions.write_plan(by=world.actor("ingrid"), plan=plan, version=plan.version, problem="Gangen også.", evaluate_on=ahead)
    assert "Eleven svarer nei" not in shown(ingrid.get(reverse("cases:case", args=[case.pk])))


def test_a_no_apart_from_the_evaluation_wants_a_new_look_today(world: World) -> None:
    case = following.opened(world)
    following.in_force(world, case)
    following.says(world, case, "no")
    plan = following.plan(case)
    assert (plan.evaluate_on, plan.evaluated_on) == (clock.today(), None)


@pytest.mark.parametrize("answer", ["partly", "no"])
def test_an_ended_case_that_begins_again_is_due_today_and_says_so(world: World, answer: str) -> None:
    case = following.ended(world)
    with clock.frozen(clock.now() + timedelta(weeks=7)):
        said = step(world.client("ingrid"), "pupil_step", following.folder(case), "svar", voice="pupil", safe=answer)
        page = shown(world.client("ingrid").get(reverse("cases:case", args=[case.pk])))
        assert said.status_code == 302
        assert following.plan(case).evaluate_on == clock.today()
        assert "over fristen" not in page
    assert following.again(case).state == "open"


def test_whoever_writes_a_no_down_reads_that_it_begins_again(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    url = reverse("cases:pupil_step", args=[following.folder(case).pk, "svar"])
    sent = {"once": str(uuid4()), "on": clock.today().isoformat(), "voice": "pupil", "safe": "no"}
    assert "Plikten til å handle har begynt på nytt" in shown(ingrid.post(url, sent, follow=True))


def test_the_week_before_the_county_governor_is_never_counted_from_later_than_the_report(world: World) -> None:
    report, _holder = telling.from_pupil(world)
    with clock.frozen(clock.now() + timedelta(days=4)):
        pupils = [(following.pupil(world), rules.Part.SUBJECT)]
        opening = actions.Opening(world.school("elvesletta"), following.ABOUT, pupils, (report,), raised_on=clock.today())
        case = actions.open_case(by=world.actor("ingrid"), opening=opening)
        assert case.raised_on == timezone.localdate(report.known_at)
        assert "4 dager" in wording.elapsed(case)


def test_what_was_said_before_it_was_written_counts_as_known(world: World) -> None:
    pupils = [(following.pupil(world), rules.Part.SUBJECT)]
    raised = clock.today() - timedelta(10)
    opening = actions.Opening(world.school("elvesletta"), following.ABOUT, pupils, raised_on=raised)
    case = actions.open_case(by=world.actor("ingrid"), opening=opening)
    assert timezone.localdate(case.known_since) == raised
    following.opened(world, "Sara Haugfoss")
    assert wording.elapsed(following.opened(world, "Adam Lindås")) == str(gettext("Known just now."))


def pressing_cases(world: World) -> list[Case]:
    """One case for each thing that presses, the least pressing first."""
    coming, late, home, no, employee = (
        following.opened(world, name) for name in ("Adam Lindås", "Ola Li", "Sara Haugfoss", "Noah Bergli", "Kari Moen")
    )
    following.in_force(world, late, evaluate_on=clock.today())
    following.says(world, home, "no", "guardian")
    following.says(world, no, "no")
    actions.name_employee(by=world.actor("ingrid"), case=employee, person=world.person("amir"))
    return [coming, late, home, no, employee]


def test_what_must_be_done_first_stands_first(world: World, ingrid: Client) -> None:
    made = [one.pk for one in pressing_cases(world)]
    with scope.tenant_scope(world.tenant_id):
        found = list(queries.cases(world.actor("ingrid")))
        first = [line.next[0] for line in queries.lines(found)]
    assert [one.pk for one in found] == made[::-1]
    assert first[0] == rules.Next.PASS_ON
    page = shown(ingrid.get("/"))
    assert "Kommunen skal få vite om en sak" in page


def test_a_talk_that_nobody_has_had_waits_for_no_measures_day(world: World) -> None:
    """The list said "talk with the pupils" beside the last day of a measure some weeks ahead, below what was due before that."""
    case = following.opened(world)
    following.in_force(world, case, evaluate_on=clock.today() + timedelta(30))
    assert following.again(case).next_on == clock.today()
    actions.hear(
        by=world.actor("ingrid"), pupil=following.folder(case), how="Ingrid", words="Det er på treningen.", on=clock.today()
    )
    assert following.again(case).next_on == clock.today() + timedelta(30)


def test_a_guest_has_no_duties_in_the_case(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    until = clock.today() + timedelta(30)
    actions.invite(by=world.actor("ingrid"), case=case, to=world.person("marte"), basis="consent", until=until)
    following.in_force(world, case, evaluate_on=clock.today())
    following.says(world, case, "no")
    page = shown(world.client("marte").get("/"))
    assert "svarer nei" not in page
    assert "over fristen" not in page
    with scope.tenant_scope(case.tenant_id):
        waits = queries_day.waiting(world.actor("marte"))
    assert (waits.owes, waits.due, waits.no, waits.unled) == (0, 0, 0, 0)


def test_a_guardians_no_is_not_told_as_the_pupils(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    held, pupils, homes = following.folder(case), "Plikten til å handle begynner på nytt", "Dere undersøker, og eleven blir spurt"
    own, home = asked(ingrid, "pupil_step", held, "svar"), asked(ingrid, "pupil_step", held, "svar-hjemme")
    assert pupils in own
    assert "Eleven har sagt ja til at dette" in own
    assert homes in home
    assert pupils not in home
    assert "Eleven har sagt ja til at dette" not in home
    school = asked(ingrid, "pupil_step", held, "svar-skolen")
    assert "Eleven har sagt ja til at dette" not in school
    assert pupils not in school


def test_an_evaluation_says_which_guardian_answered_and_asks_for_the_next_day_last(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    held, hanne = following.folder(case), world.person("hanne")
    actions.open_page(by=world.actor("ingrid"), pupil=held, person=hanne)
    plan = following.in_force(world, case)
    page = asked(ingrid, "plan_step", plan, "evaluer")
    places = [
        page.index(f'name="{name}"') for name in ("pupil_0", "guardian_0", "guardian_who_0", "text", "verdict_0", "on", "next_on")
    ]
    assert places == sorted(places)
    fields = {"text": "Han er med.", "verdict_0": "continue", "effect_0": "better", "guardian_0": "partly"}
    done = step(ingrid, "plan_step", plan, "evaluer", guardian_words_0="Han sover bedre.", guardian_who_0=str(hanne.pk), **fields)
    assert done.status_code == 302
    hers = shown(world.client("hanne").get(reverse("cases:family", args=[held.pk])))
    assert "Han sover bedre." in hers


def evaluated_as(world: World, case: Case, verdict: str) -> None:
    """The first plan is evaluated, with the same verdict for all its measures."""
    actions.evaluate(
        by=world.actor("ingrid"), plan=following.plan(case), text="Vi har sett på det.", on=clock.today(),
        verdicts=verdicts(case, verdict), effects={}, next_on=None,
    )  # fmt: skip


def test_what_an_evaluation_decided_is_seen_until_it_is_done(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    plan = following.in_force(world, case)
    evaluated_as(world, case, "change")
    assert "Skal endres: Amir er ute i storefri." in shown(ingrid.get(reverse("cases:case", args=[case.pk])))
    assert "skal endres" in shown(ingrid.get(reverse("cases:plan", args=[plan.pk])))
    with scope.tenant_scope(case.tenant_id):
        governor = papers.sections(queries.opened(following.again(case)), papers.Wish(Kind.GOVERNOR))
    assert any("Skal endres: Amir er ute" in text for part in governor for pair in part.entries for text in pair)
    [row] = rows_of(case)
    words = actions.NewMeasure("Amir og Silje er ute i storefri.", world.person("silje"), clock.today())
    actions.change_measure(by=world.actor("ingrid"), row=row, measure=words)
    assert "skal endres" not in shown(ingrid.get(reverse("cases:plan", args=[plan.pk])))


def test_a_familys_copy_tells_no_verdict_on_what_is_aimed_at_another(world: World) -> None:
    case = following.opened(world, "Noah Bergli", "Sara Haugfoss", common=True)
    following.in_force(world, case)
    noah, sara = following.folders(case)
    words = actions.NewMeasure("Samtale hver uke.", world.person("silje"), clock.today(), pupil=sara)
    actions.add_measure(by=world.actor("ingrid"), case=case, measure=words, plan=following.plan(case))
    evaluated_as(world, case, "continue")
    with scope.tenant_scope(case.tenant_id):
        view = queries.opened(following.again(case))
        wish = papers.Wish(Kind.FAMILY_COPY, queries.folder(view.row, noah), person=world.person("hanne"))
        told = [text for part in papers.sections(view, wish) for pair in part.entries for text in pair]
    assert any("Fortsetter: Amir er ute" in text for text in told)
    assert not any("Samtale hver uke" in text for text in told)


def hidden(page: str, name: str) -> str:
    """What a hidden field of the page holds."""
    found = re.search(rf'type="hidden" name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def test_two_who_write_a_plan_see_both_texts_and_the_second_decides(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    plan, ahead = following.plan(case), clock.today() + timedelta(14)
    seen = hidden(asked(ingrid, "plan_step", plan, "skriv"), "version")
    actions.write_plan(by=world.actor("ingrid"), plan=plan, version=0, problem="Noah er alene i gangen.", evaluate_on=ahead)
    mine = {"problem": "Noah er alene i garderoben.", "evaluate_on": ahead.isoformat()}
    refused = step(ingrid, "plan_step", plan, "skriv", version=seen, **mine)
    page = shown(refused)
    assert refused.status_code == 422
    assert "Begge tekstene står under" in page
    assert "gangen." in page
    assert "garderoben." in page
    assert step(ingrid, "plan_step", plan, "skriv", version=hidden(page, "version"), **mine).status_code == 302
    with scope.tenant_scope(case.tenant_id):
        assert queries.plan_view(case, following.plan(case)).problem == "Noah er alene i garderoben."


def test_a_measure_that_was_added_meanwhile_is_in_nobodys_way(world: World) -> None:
    case = following.opened(world)
    plan = following.plan(case)
    following.measure(world, case, into=plan)
    actions.write_plan(by=world.actor("ingrid"), plan=plan, version=0, problem="Noah er alene.", evaluate_on=None)


def test_two_who_change_a_measure_see_both_texts(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    row = following.measure(world, case, into=following.plan(case))
    seen = hidden(asked(ingrid, "measure_step", row, "endre"), "as_seen")
    words = actions.NewMeasure("Amir er ute i alle friminutt.", world.person("amir"), clock.today())
    actions.change_measure(by=world.actor("ingrid"), row=row, measure=words)
    mine = {
        "text": "Amir er ute i lillefri.",
        "responsible": str(world.person("amir").pk),
        "starts_on": clock.today().isoformat(),
    }
    page = shown(step(ingrid, "measure_step", row, "endre", as_seen=seen, **mine))
    assert "alle friminutt" in page
    assert "lillefri" in page
    assert step(ingrid, "measure_step", row, "endre", as_seen=hidden(page, "as_seen"), **mine).status_code == 302


def own(client: Client, row: Measure, name: str = "") -> str:
    """Say something of an own measure; the page that one comes to."""
    url = reverse("cases:own_measure", args=[row.pk]) + (f"?steg={name}" if name else "")
    sent = {"once": str(uuid4()), "on": clock.today().isoformat()}
    return shown(client.post(url, sent, follow=True))


def test_whoever_carries_a_measure_out_says_it_day_by_day_and_can_take_it_back(world: World, ingrid: Client) -> None:
    case, amir = following.opened(world), world.client("amir")
    row = following.measure(world, case, into=following.plan(case))
    assert "Tiltaket fortsetter" in own(amir, row, "i-dag")
    assert rows_of(case)[0].stage == "started"
    assert "Et tiltak ble gjort, og fortsetter" in shown(ingrid.get(reverse("cases:case", args=[case.pk])))
    done = own(amir, row)
    assert "Notert: det er gjennomført" in done
    assert "Ingenting venter på deg" in done
    assert "Ikke ferdig likevel" in done
    assert "Tatt tilbake" in own(amir, row, "angre")
    [held] = rows_of(case)
    assert (held.stage, held.done_on, held.done_by_id) == ("started", None, None)


def test_what_was_done_yesterday_cannot_be_taken_back(world: World) -> None:
    case = following.opened(world)
    row = following.measure(world, case)
    actions.move_measure(by=world.actor("amir"), row=row, stage="done", own_line=True)
    with clock.frozen(clock.now() + timedelta(1)), pytest.raises(ActionError):
        actions.not_done(by=world.actor("amir"), row=row)
    with pytest.raises(ActionError):
        actions.did_measure(by=world.actor("amir"), row=row)


def test_in_the_municipalitys_case_nobody_waits_a_week(world: World) -> None:
    case = about_the_leader(world)
    jonas = world.client("jonas")
    page = shown(jonas.get(reverse("cases:case", args=[case.pk])))
    assert "kan melde den til statsforvalteren nå" in page
    assert "Fra " + date_format(law.county_governor_from(case.raised_on).careful, "j. F") not in page
    assert ">Kollega" not in asked(jonas, "case_step", case, "settestedfortreder")


def test_a_case_is_called_a_case_and_not_a_report(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    with translation.override("nn"):
        at = At(world.actor("ingrid"), queries_of(case), case)
        titles = [CASE[name].title(at) for name in ("kommunen", "ansatt", "ledelsen")]
        buttons = [CASE[name].button() for name in ("ledelsen", "inhabil")]
    assert not [text for text in (*titles, *buttons) if "melding" in text.lower()]
    assert ">Kollega" in asked(ingrid, "case_step", case, "kollega")
    for name in ("gjest", "inhabil"):
        assert ">Kollega" not in asked(ingrid, "case_step", case, name)


def queries_of(case: Case) -> queries.CaseView:
    """The case, opened."""
    with scope.tenant_scope(case.tenant_id):
        return queries.opened(following.again(case))


def test_nothing_is_due_in_a_case_that_has_ended(world: World, ingrid: Client) -> None:
    case = following.ended(world)
    with clock.frozen(clock.now() + timedelta(weeks=4)):
        ingrid = world.client("ingrid")
        page = shown(ingrid.get(reverse("cases:case", args=[case.pk])))
        plan = shown(ingrid.get(reverse("cases:plan", args=[following.plan(case).pk])))
    assert "evalueres" not in page
    assert "over fristen" not in page + plan
    assert "Oppfølgingen er avsluttet." in plan


def test_what_was_never_begun_is_told_before_the_end_and_ends_with_it(world: World, ingrid: Client) -> None:
    case = following.ready_to_end(world)
    assert "Det var planlagt, men ble aldri satt i gang" in asked(ingrid, "case_step", case, "avslutt")
    last = {"why": "Noah sier at det er trygt.", "talk_on": (clock.today() + timedelta(weeks=6)).isoformat()}
    assert step(ingrid, "case_step", case, "avslutt", **last).status_code == 422
    assert step(ingrid, "case_step", case, "avslutt", verdict_0="end", **last).status_code == 302
    assert [row.stage for row in rows_of(case)] == ["ended"]
    assert following.again(case).state == "ended"


def test_a_follow_up_talk_needs_the_pupils_answer_or_a_reason(world: World, ingrid: Client) -> None:
    case = following.ended(world)
    assert step(ingrid, "case_step", case, "oppfolging", text="Vi snakket sammen.").status_code == 422
    assert following.again(case).talk_held_on is None
    with pytest.raises(ActionError):
        actions.talk(by=world.actor("ingrid"), case=case, text="Vi snakket sammen.", on=clock.today())
    why = "Noah er syk, vi prøver igjen til uka."
    assert step(ingrid, "case_step", case, "oppfolging", text="Vi snakket.", why_not=why).status_code == 302
    assert following.again(case).talk_held_on == clock.today()


def test_a_no_in_the_follow_up_talk_takes_the_case_up_again(world: World, ingrid: Client) -> None:
    case = following.ended(world)
    url = reverse("cases:case_step", args=[case.pk, "oppfolging"])
    sent = {"once": str(uuid4()), "on": clock.today().isoformat(), "text": "Vi snakket.", "safe_0": "no", "words_0": "Nei."}
    assert "Oppfølgingen har begynt på nytt" in shown(ingrid.post(url, sent, follow=True))
    assert following.again(case).state == "open"


def versions_of(case: Case, number: int = 0) -> list[dict[str, Any]]:
    """The texts of a pupil's plan, the newest first."""
    plan = following.folders(case)[number].plan
    assert plan is not None
    with scope.tenant_scope(case.tenant_id):
        return [words for _row, words in queries.versions(following.again(case), plan)]


def test_versions_say_what_they_were(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    plan = following.in_force(world, case)
    evaluated_as(world, case, "continue")
    page = shown(ingrid.get(reverse("cases:plan", args=[plan.pk])))
    assert "Første versjon" in page
    assert "<p>Evaluert</p>" in page
    assert "0 endringer" not in page


def test_the_neutral_line_stands_in_the_versions_of_the_plan_that_shows_it(world: World) -> None:
    case = following.opened(world, "Noah Bergli", involved="Adam Lindås")
    following.in_force(world, case)
    evaluated_as(world, case, "continue")
    noah, adam = following.folders(case)
    words = actions.NewMeasure(
        "Adam har en voksen med i gymmen.", world.person("silje"), clock.today(), pupil=adam, touched=[noah],
        neutral="Gruppa følges opp.",
    )  # fmt: skip
    actions.add_measure(by=world.actor("ingrid"), case=case, measure=words)
    newest = versions_of(case)[0]
    assert [one["text"] for one in newest["measures"]] == ["Amir er ute i storefri.", "Gruppa følges opp."]
    assert "Adam" not in str(newest)
    assert "Silje" not in str(newest)
    assert following.plan(case).evaluated_on == clock.today()


def test_only_pupils_who_are_not_in_the_case_are_offered_class_by_class(world: World, ingrid: Client) -> None:
    following.pupil(world, "Sara Haugfoss")
    case = following.opened(world)
    page = asked(ingrid, "case_step", case, "elev")
    assert "Noah Bergli" not in page
    assert "Sara Haugfoss" in page
    assert '<optgroup label="9B"' in page


def test_what_must_be_begun_stands_on_ones_day(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    assert "En sak der noe må komme i gang" in shown(ingrid.get("/"))
    actions.hear(by=world.actor("ingrid"), pupil=following.folder(case), how="Alene", words="De går.", on=clock.today())
    following.in_force(world, case)
    assert "noe må komme i gang" not in shown(ingrid.get("/"))


def test_what_is_not_done_for_the_others_is_seen_before_the_end(world: World, ingrid: Client) -> None:
    parts = [
        (following.pupil(world, "Noah Bergli"), rules.Part.SUBJECT),
        (following.pupil(world, "Adam Lindås"), rules.Part.INVOLVED),
    ]
    opening = actions.Opening(world.school("elvesletta"), following.ABOUT, parts)
    case = actions.open_case(by=world.actor("ingrid"), opening=opening)
    page = shown(ingrid.get(reverse("cases:case", args=[case.pk])))
    assert "Ingen har snakket med Adam Lindås." in page
    assert "Det er ikke vurdert hva som er best for Adam Lindås." in page
    assert "Hjemmet til Adam Lindås har ikke fått vite det." in page
    adam = next(one for one in following.folders(case) if one.part == rules.Part.INVOLVED)
    actions.weigh(by=world.actor("ingrid"), pupil=adam, text="Det beste for Adam er at dette tar slutt uten å henge ham ut.")
    page = shown(ingrid.get(reverse("cases:case", args=[case.pk])))
    assert "hva som er best for Adam" not in page
