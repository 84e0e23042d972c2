"""Around a case: meetings, questions without names, suggested measures, and who is in it with which plan."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.urls import reverse

from samskap.cases import actions, names, policy, queries, queries_around, queries_owner, rules, starters, texts
from samskap.cases.actions import Call, NewMeasure
from samskap.cases.models import Case, CasePupil, Consultation, Entry, Measure, Meeting, Plan, Suggestion
from samskap.kernel import clock, scope
from samskap.kernel import policy as kernel_policy
from samskap.kernel.actions import ActionError
from samskap.kernel.models import OutboxMessage
from samskap.kernel.policy import NotAllowed
from samskap.people import actions_school as school_life
from tests.cases import following
from tests.cases.test_pages import page_of, press
from tests.support.world import World
from tests.voice.things import shown

TWO = ("Noah Bergli", "Sara Haugfoss")


def lines(case: Case, kind: str) -> list[dict[str, Any]]:
    """What stands in the timeline of a kind, opened, the oldest first."""
    row = following.again(case)
    with scope.tenant_scope(case.tenant_id):
        return [texts.unlock(row, entry) for entry in Entry.objects.filter(case=row, kind=kind).order_by("at", "id")]


def standing(case: Case, number: int = 0) -> list[tuple[str, str, bool]]:
    """How the measures stand in a pupil's plan: text or neutral line, how, by reference."""
    with scope.tenant_scope(case.tenant_id):
        plan = following.folders(case)[number].plan
        assert plan is not None
        view = queries.plan_view(following.again(case), plan)
        return [(one.text if one.shown == "full" else one.neutral, str(one.shown), one.lent) for one in view.measures]


def newest(plan: Plan) -> str:
    """The newest version of a plan, as it was written."""
    with scope.tenant_scope(plan.tenant_id):
        return str(texts.unlock(following.again(plan.case), plan.versions.order_by("-version")[0]))


def family(world: World, key: str, held: CasePupil) -> str:
    """A pupil's page, as one of the family reads it."""
    answer = world.client(key, strong=False).get(reverse("cases:family", args=[held.pk]))
    assert answer.status_code == 200
    return shown(answer)


# Meetings.


def test_a_meeting_is_called_waits_on_its_day_and_ends_with_minutes(world: World) -> None:
    case = following.opened(world)
    meeting = following.meeting(world, case)
    with clock.frozen(clock.now() + timedelta(days=3)), scope.tenant_scope(case.tenant_id):
        assert rules.Next.MEETING in queries.opened(following.again(case)).next
    assert following.again(case).next_on == clock.today()  # the plan is missing, which comes before
    today = clock.today()
    actions.hold_meeting(
        by=world.actor("ingrid"),
        meeting=meeting,
        text="Noah vil ha fast plass.",
        who="Noah, Hanne, Ingrid",
        agreed="Amir ringer.",
        on=today,
    )
    assert [one["stage"] for one in lines(case, "meeting")] == ["called", "held"]
    assert lines(case, "meeting")[1]["agreed"] == "Amir ringer."
    with pytest.raises(ActionError):
        actions.cancel_meeting(by=world.actor("ingrid"), meeting=meeting, why="Den er jo holdt allerede.")


@pytest.mark.parametrize(("days", "home"), [(-1, False), (3, True)])
def test_a_meeting_lies_ahead_and_invites_a_family_only_for_a_pupil(world: World, days: int, home: bool) -> None:
    case = following.opened(world)
    with pytest.raises(ActionError):
        following.meeting(world, case, days=days, home=home)
    with scope.tenant_scope(case.tenant_id):
        assert not Meeting.objects.exists()


def test_a_family_sees_the_meetings_that_it_is_invited_to_and_no_others(world: World) -> None:
    case = following.opened(world, *TWO)
    noah, sara = following.folders(case)
    for held, key in ((noah, "hanne"), (sara, "lena")):
        actions.open_page(by=world.actor("ingrid"), pupil=held, person=world.person(key))
    invited = following.meeting(world, case, pupil=noah, home=True)
    following.meeting(world, case, days=5, pupil=noah)
    assert family(world, "hanne", noah).count("rom 204") == 2  # what comes, and that it was called
    assert "rom 204" not in family(world, "lena", sara)
    why = "Hanne er syk, vi finner en ny dag."
    actions.cancel_meeting(by=world.actor("ingrid"), meeting=invited, why=why)
    page = family(world, "hanne", noah)
    assert page.count("rom 204") == 1
    assert why in page
    assert why not in family(world, "lena", sara)


def test_nobody_else_is_named_in_what_a_family_reads_of_a_meeting(world: World) -> None:
    case = following.opened(world, involved="Adam Lindås")
    noah = following.folder(case)
    actions.open_page(by=world.actor("ingrid"), pupil=noah, person=world.person("hanne"))
    call = Call(
        clock.today() + timedelta(3), time(14), "Om Adam og Noah.", "hos Mona Lindås", "Hanne, Noah, Adam Lindås", noah, home=True
    )
    meeting = actions.call_meeting(by=world.actor("ingrid"), case=case, call=call)
    minutes = {"text": "Adam er med.", "who": "Hanne, Adam", "agreed": "Adam ringer Noah."}
    actions.hold_meeting(by=world.actor("ingrid"), meeting=meeting, on=clock.today(), home=True, **minutes)
    page = family(world, "hanne", noah)
    assert "ringer Noah" in page
    assert not any(name in page for name in ("Adam", "Lindås", "Mona"))


def test_minutes_of_a_meeting_about_all_of_it_are_never_told_at_one_home(world: World) -> None:
    case = following.opened(world, *TWO)
    meeting = following.meeting(world, case)
    with pytest.raises(ActionError):
        actions.hold_meeting(
            by=world.actor("ingrid"), meeting=meeting, text="Vi så på begge.", who="Alle", on=clock.today(), home=True
        )


def test_meetings_on_the_pages(world: World) -> None:
    case, ingrid = following.opened(world), world.client("ingrid")
    day = (clock.today() + timedelta(2)).strftime("%Y-%m-%d")
    held = str(following.folder(case).pk)
    press(
        ingrid, "case_step", case, "mote", about="Planen.", on=day, at="14:30", where="Rom 204", pupil=held, invited="Hanne, Amir"
    )
    page = page_of(ingrid, case)
    assert "14:30" in page
    assert "Rom 204" in page
    with scope.tenant_scope(case.tenant_id):
        meeting = Meeting.objects.select_related("case").get()
    refused = ingrid.post(reverse("cases:meeting_step", args=[meeting.pk, "referat"]), {"text": "", "who": ""})
    assert refused.status_code == 422
    press(ingrid, "meeting_step", meeting, "referat", text="Han vil ha fast plass.", who="Hanne, Amir", agreed="Amir ringer.")
    assert "Amir ringer." in page_of(ingrid, case)
    assert ingrid.get(reverse("cases:meeting_step", args=[meeting.pk, "avlys"])).status_code == 404


# Questions to PPT without names.


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hva gjør vi når Noah står alene?", "Noah"),
        ("noahs lue blir tatt", "noah"),
        ("Mor, Hanne, er redd.", "Hanne"),
        ("En gutt i 9B står alene.", "9B"),
        ("Bergli-gutten står alene.", "Bergli"),
    ],
)
def test_a_question_names_nobody(world: World, text: str, found: str) -> None:
    case = following.opened(world)
    with pytest.raises(ActionError, match=found):
        actions.consult(by=world.actor("ingrid"), case=case, text=text)
    with scope.tenant_scope(case.tenant_id):
        assert not Consultation.objects.exists()


def test_ppt_reads_the_question_and_not_the_case_and_the_answer_stands_in_it(world: World) -> None:
    case, marte, ingrid = following.opened(world), world.client("marte"), world.client("ingrid")
    press(ingrid, "case_step", case, "drofting", text="Hva kan hjelpe en som er mye alene?")
    with scope.tenant_scope(case.tenant_id):
        [row] = Consultation.objects.all()
    url = reverse("cases:question", args=[row.pk])
    page = shown(marte.get(reverse("cases:questions"))) + shown(marte.get(url))
    assert "mye alene" in page
    assert not any(re.search(rf"\b{word}\b", page) for word in ("Noah", "9B", case.name, str(case.pk)))
    assert marte.get(reverse("cases:case", args=[case.pk])).status_code == 404
    answer = marte.post(url, {"once": "3f0a5f4e-8f9d-4b35-9d2a-1c5e2c8f7a10", "text": "Faste grupper i storefri."}, follow=True)
    assert "Svaret ditt er sendt" in shown(answer)
    assert "Faste grupper i storefri." in page_of(ingrid, case)
    with pytest.raises(ActionError):
        actions.answer_question(by=world.actor("marte"), consultation=row, text="Enda en gang.")


def test_messages_about_questions_say_that_something_waits_and_nothing_else(world: World) -> None:
    case = following.opened(world)
    asked = actions.consult(by=world.actor("ingrid"), case=case, text="Hva kan hjelpe en som er mye alene?")
    actions.answer_question(by=world.actor("marte"), consultation=asked, text="Faste grupper.")
    with scope.outside_scope(reason="the messages of all"):
        rows = [(row.kind, row.account_id) for row in OutboxMessage.objects.filter(kind__in=("cases.asked", "cases.answered"))]
    assert sorted(rows) == [
        ("cases.answered", world.person("ingrid").account_id),
        ("cases.asked", world.person("marte").account_id),
    ]


def test_nobody_is_asked_where_nobody_of_ppt_could_answer(world: World) -> None:
    case = following.opened(world)
    actions.recuse(by=world.actor("ingrid"), case=case, person=world.person("marte"))
    with pytest.raises(ActionError):
        actions.consult(by=world.actor("ingrid"), case=case, text="Hva kan hjelpe en som er mye alene?")
    url = reverse("cases:case_step", args=[case.pk, "drofting"])
    assert world.client("ingrid").get(url).status_code == 404


@pytest.mark.parametrize("who", ["silje", "jonas", "per", "nina"])
def test_only_ppt_answers(world: World, who: str) -> None:
    asked = actions.consult(by=world.actor("ingrid"), case=following.opened(world), text="Hva kan hjelpe en som er mye alene?")
    with pytest.raises((NotAllowed, Consultation.DoesNotExist)):
        actions.answer_question(by=world.actor(who), consultation=asked, text="Faste grupper.")


# Suggested measures.


def test_a_suggestion_is_begun_from_and_never_saved_as_it_stands(world: World) -> None:
    case, ingrid = following.opened(world), world.client("ingrid")
    actions.take_starters(by=world.actor("jonas"), language="nb")
    with scope.tenant_scope(world.tenant_id):
        row = Suggestion.objects.get(starter="meet-in-the-morning")
    ideas = shown(ingrid.get(reverse("cases:ideas", args=[case.pk])))
    assert f"ide={row.pk}" in ideas
    step = reverse("cases:case_step", args=[case.pk, "tiltak"])
    assert row.text in shown(ingrid.get(f"{step}?ide={row.pk}"))
    refused = ingrid.post(step, {"once": "7c0a5f4e-8f9d-4b35-9d2a-1c5e2c8f7a10", "text": row.text, "plan": ""})
    assert refused.status_code == 422
    assert "[Hvem]" in shown(refused)
    with scope.tenant_scope(world.tenant_id):
        assert not Measure.objects.exists()
    text = "Amir møter Noah ved sykkelstativet kl. 8.10 og går sammen inn."
    actions.add_measure(by=world.actor("ingrid"), case=case, measure=NewMeasure(text))


def test_each_keeps_the_own_library_and_hides_what_is_no_longer_wanted(world: World) -> None:
    ours = actions.suggest(by=world.actor("ingrid"), school=world.school("elvesletta"), theme="breaks", text="[Hvem] har vakt.")
    common = actions.suggest(by=world.actor("jonas"), school=None, theme="now", text="[Hvem] ringer hjem.")
    seen = {who: _suggested(world, who) for who in ("amir", "arne", "per")}
    assert seen == {"amir": [common.text, ours.text], "arne": [common.text], "per": []}
    actions.change_suggestion(by=world.actor("ingrid"), suggestion=ours, theme="breaks", text="[Hvem] leder en lek.")
    actions.hide_suggestion(by=world.actor("jonas"), suggestion=common)
    assert _suggested(world, "amir") == ["[Hvem] leder en lek."]


def _suggested(world: World, who: str) -> list[str]:
    with scope.tenant_scope(world.person(who).tenant_id):
        return [row.text for row in queries_around.suggestions(world.actor(who))]


@pytest.mark.parametrize(
    ("who", "school"), [("ingrid", ""), ("ingrid", "kvernfossen"), ("amir", "elvesletta"), ("jonas", "elvesletta")]
)
def test_nobody_writes_in_anothers_library(world: World, who: str, school: str) -> None:
    with pytest.raises(NotAllowed):
        actions.suggest(by=world.actor(who), school=world.school(school) if school else None, theme="now", text="Noe.")


def test_the_texts_that_come_along_are_taken_in_once_and_in_both_forms(world: World) -> None:
    by = world.actor("jonas")
    assert actions.take_starters(by=by, language="nn") == len(starters.STARTERS)
    assert actions.take_starters(by=by, language="nn") == 0
    with pytest.raises(NotAllowed):
        actions.take_starters(by=world.actor("ingrid"), language="nb")
    for one in starters.STARTERS:
        assert one.theme in Suggestion.Theme.values
        assert all("[" in text for text in (one.nb, one.nn))
        assert one.words("nn") != one.words("nb")


def test_the_library_on_the_pages(world: World) -> None:
    jonas, amir = world.client("jonas"), world.client("amir")
    assert "Ingen forslag" in shown(amir.get(reverse("cases:library")))
    once = {"once": "1c0a5f4e-8f9d-4b35-9d2a-1c5e2c8f7a10"}
    assert "lagt inn" in shown(jonas.post(reverse("cases:starters"), once, follow=True))
    row = actions.suggest(by=world.actor("jonas"), school=None, theme="now", text="[Hvem] ringer.")
    change = reverse("cases:suggestion", args=[row.pk])
    assert change in shown(jonas.get(reverse("cases:library")))
    assert change not in shown(amir.get(reverse("cases:library")))
    jonas.post(change, {"once": "2c0a5f4e-8f9d-4b35-9d2a-1c5e2c8f7a10", "text": "[Hvem] ringer i kveld.", "theme": "now"})
    assert "ringer i kveld" in shown(amir.get(reverse("cases:library")))
    jonas.post(reverse("cases:hide_suggestion", args=[row.pk]), {"once": "4c0a5f4e-8f9d-4b35-9d2a-1c5e2c8f7a10"})
    assert "ringer i kveld" not in shown(amir.get(reverse("cases:library")))


# Measures for all stand in other plans by reference.


def test_a_measure_for_all_stands_in_full_in_the_other_plan_and_is_judged_in_its_own(world: World) -> None:
    case = following.opened(world, *TWO)
    noah, sara = following.folders(case)
    row = following.measure(world, case, into=noah.plan, touched=[sara])
    assert standing(case, 0) == [("Amir er ute i storefri.", "full", False)]
    assert standing(case, 1) == [("Amir er ute i storefri.", "full", True)]
    assert sara.plan is not None
    text = "Amir og Silje er ute i storefri."
    actions.change_measure(
        by=world.actor("ingrid"), row=row, measure=NewMeasure(text, world.person("amir"), clock.today(), touched=[sara])
    )
    assert text in newest(sara.plan)
    sara_plan = following.folders(case)[1].plan
    assert sara_plan is not None
    actions.write_plan(
        by=world.actor("ingrid"),
        plan=sara_plan,
        version=sara_plan.version,
        problem="Sara grugleder seg.",
        evaluate_on=clock.today(),
    )
    with scope.tenant_scope(case.tenant_id):
        plan = Plan.objects.select_related("case__school").get(pk=sara_plan.pk)
    assert actions.put_in_force(by=world.actor("ingrid"), plan=plan).in_force_at is not None  # what is lent counts
    form = shown(world.client("ingrid").get(reverse("cases:plan_step", args=[sara_plan.pk, "evaluer"])))
    assert "verdict_0" not in form


def test_one_that_is_no_longer_for_all_leaves_the_other_plans_newest_version(world: World) -> None:
    case = following.opened(world, *TWO)
    noah, sara = following.folders(case)
    row = following.measure(world, case, into=noah.plan, touched=[sara])
    assert sara.plan is not None
    secret = "Noah får sitte foran."
    actions.change_measure(
        by=world.actor("ingrid"), row=row, measure=NewMeasure(secret, world.person("amir"), clock.today(), pupil=noah)
    )
    assert standing(case, 1) == []
    assert secret not in newest(sara.plan)
    assert "storefri" not in newest(sara.plan)


# An own plan, or one in common.


def test_into_a_plan_in_common_the_own_measures_come_along_and_no_other_family_reads_them(world: World) -> None:
    case = following.opened(world, *TWO)
    by, (noah, sara) = world.actor("ingrid"), following.folders(case)
    own = following.measure(world, case, into=noah.plan)
    lent = following.measure(world, case, into=noah.plan, touched=[sara])
    chosen = actions.choose_plan(by=by, pupil=noah, plan=sara.plan)
    assert chosen.pk == sara.plan_id
    assert chosen.common
    with scope.tenant_scope(case.tenant_id):
        rows = {row.pk: (row.plan_id, row.pupil_id) for row in Measure.objects.all()}
    assert rows == {own.pk: (chosen.pk, noah.pk), lent.pk: (chosen.pk, None)}
    actions.open_page(by=by, pupil=sara, person=world.person("lena"))
    assert family(world, "lena", sara).count("Amir er ute i storefri.") == 1
    with pytest.raises(ActionError):
        actions.choose_plan(by=by, pupil=following.folders(case)[0], plan=chosen)


def test_out_of_a_plan_in_common_what_is_for_all_goes_on_by_reference(world: World) -> None:
    case = following.opened(world, *TWO, common=True)
    by, (noah, sara) = world.actor("ingrid"), following.folders(case)
    following.measure(world, case, into=noah.plan)
    mine = following.measure(world, case, into=noah.plan, pupil=sara)
    chosen = actions.choose_plan(by=by, pupil=sara, plan=None)
    assert standing(case, 1) == [("Amir er ute i storefri.", "full", True), ("Amir er ute i storefri.", "full", False)]
    assert standing(case, 0) == [("Amir er ute i storefri.", "full", False)]
    with scope.tenant_scope(case.tenant_id):
        assert Measure.objects.get(pk=mine.pk).plan_id == chosen.pk
    with pytest.raises(ActionError):
        actions.choose_plan(by=by, pupil=following.folders(case)[1], plan=None)


def test_one_who_is_otherwise_involved_has_no_plan_to_choose(world: World) -> None:
    case = following.opened(world, involved="Adam Lindås")
    noah, adam = following.folders(case)
    with pytest.raises(ActionError):
        actions.choose_plan(by=world.actor("ingrid"), pupil=adam, plan=noah.plan)


def test_the_plan_is_chosen_on_the_pages(world: World) -> None:
    case, ingrid = following.opened(world, *TWO), world.client("ingrid")
    noah, sara = following.folders(case)
    said = press(ingrid, "pupil_step", noah, "plan", plan=str(sara.plan_id))
    assert "Se gjennom planen" in shown(said)
    assert following.folders(case)[0].plan_id == sara.plan_id
    press(ingrid, "pupil_step", following.folders(case)[0], "plan", plan="")
    assert following.folders(case)[0].plan_id != sara.plan_id


# Somebody has nothing to do with it.


def test_one_who_has_nothing_to_do_with_it_leaves_with_a_reason_and_the_page_closes(world: World) -> None:
    case = following.opened(world, involved="Adam Lindås")
    by, adam = world.actor("ingrid"), following.folders(case)[1]
    actions.open_page(by=by, pupil=adam, person=world.person("mona"))
    aimed = following.measure(world, case, pupil=adam)
    actions.take_out(by=by, pupil=adam, why="Adam var ikke på skolen den uka.")
    with scope.tenant_scope(case.tenant_id):
        assert Measure.objects.get(pk=aimed.pk).stage == "ended"
        assert not queries.cases(by, wanted="Adam").exists()
        assert queries.cases(by, wanted="Noah").count() == 1
    assert not kernel_policy.may(policy.FAMILY, world.actor("mona"), adam)
    assert lines(case, "left")[0]["text"] == "Adam var ikke på skolen den uka."
    assert "Adam Lindås" in page_of(world.client("ingrid"), case)  # what was written stays
    with pytest.raises(ActionError):
        actions.take_out(by=by, pupil=adam, why="Enda en gang, ved en feil.")
    again = actions.add_pupil(by=by, case=following.again(case), pupil=following.pupil(world, "Adam Lindås"), part="involved")
    assert again.pk == adam.pk
    assert not kernel_policy.may(policy.FAMILY, world.actor("mona"), adam)  # the page is opened anew, or not


@pytest.mark.parametrize("answer", ["no", "partly"])
def test_a_no_is_followed_up_and_never_put_away(world: World, answer: str) -> None:
    case = following.opened(world, *TWO)
    following.says(world, case, answer)
    with pytest.raises(ActionError):
        actions.take_out(by=world.actor("ingrid"), pupil=following.folder(case), why="Vi mener at det ikke stemmer.")


def test_the_last_pupil_whose_environment_it_is_stays(world: World) -> None:
    case = following.opened(world, involved="Adam Lindås")
    with pytest.raises(ActionError):
        actions.take_out(by=world.actor("ingrid"), pupil=following.folder(case), why="Vi mener at det ikke stemmer.")


def test_only_those_who_lead_take_somebody_out(world: World) -> None:
    case = following.opened(world, *TWO)
    actions.give(by=world.actor("ingrid"), case=case, to=world.person("amir"))
    with pytest.raises(NotAllowed):
        actions.take_out(by=world.actor("amir"), pupil=following.folders(case)[1], why="Sara var ikke der den dagen.")


# Physical interventions.


def test_an_intervention_stands_with_the_pupils_own_view(world: World) -> None:
    case, ingrid = following.opened(world), world.client("ingrid")
    held = following.folder(case)
    refused = ingrid.post(
        reverse("cases:pupil_step", args=[held.pk, "inngrep"]),
        {"once": "5c0a5f4e-8f9d-4b35-9d2a-1c5e2c8f7a10", "text": "Slåsskamp.", "how": "Holdt armen.", "view": ""},
    )
    assert refused.status_code == 422
    day = clock.today().strftime("%Y-%m-%d")
    words = {
        "text": "Slåsskamp ved gymsalen.",
        "how": "Silje holdt armen i ti sekunder.",
        "view": "Jeg ville bare ha lua.",
        "told_on": day,
    }
    press(ingrid, "pupil_step", held, "inngrep", record="26/113", **words)
    page = page_of(ingrid, case)
    assert all(text in page for text in ("Slåsskamp ved gymsalen.", "ti sekunder", "Jeg ville bare ha lua.", "26/113"))
    assert following.folder(case).home_told_on == clock.today()
    actions.open_page(by=world.actor("ingrid"), pupil=held, person=world.person("hanne"))
    assert "gymsalen" not in family(world, "hanne", held)
    press(ingrid, "pupil_step", held, "inngrep", home="on", **{**words, "view": "Adam Lindås begynte."})
    assert "Silje holdt armen i ti sekunder." in family(world, "hanne", held)


# Back to the school.


def test_the_municipality_gives_a_case_back_when_it_was_not_about_the_leadership(world: World) -> None:
    case = following.opened(world)
    actions.name_leadership(by=world.actor("ingrid"), case=case)
    actions.appoint(by=world.actor("jonas"), case=following.again(case), to=world.person("arne"))
    for who in ("ingrid", "arne"):
        with pytest.raises(NotAllowed):
            actions.give_back(by=world.actor(who), case=following.again(case), why="Det gjaldt ikke ledelsen.")
    why = "Det gjaldt ikke ledelsen likevel."
    back = actions.give_back(by=world.actor("jonas"), case=following.again(case), why=why)
    assert (back.side, back.concerns, back.responsible.name) == ("school", "employee", "Ingrid Haugdal")
    with clock.frozen(clock.now() + timedelta(days=1)):
        may = [key for key in ("ingrid", "jonas", "arne", "amir") if kernel_policy.may(policy.READ, world.actor(key), back)]
    assert may == ["ingrid", "jonas"]


def test_it_is_not_given_back_to_a_school_where_nobody_can_lead_it(world: World) -> None:
    case = following.opened(world)
    actions.name_employee(by=world.actor("ingrid"), case=case, person=world.person("ingrid"))
    with pytest.raises(ActionError):
        actions.give_back(by=world.actor("jonas"), case=following.again(case), why="Det gjaldt ikke ledelsen.")


def test_calling_at_a_moment_that_does_not_exist_in_the_time_zone_is_no_fault(world: World) -> None:
    """The hour that is left out when summer time begins."""
    with clock.frozen(datetime(2027, 3, 1, 9, tzinfo=UTC)):
        case = following.opened(world)
        day = datetime(2027, 3, 28, tzinfo=UTC).date()
        made = actions.call_meeting(by=world.actor("ingrid"), case=case, call=Call(day, time(2, 30), "Natt."))
        assert made.starts_at.tzinfo is not None


def test_names_are_found_whatever_stands_around_them() -> None:
    assert names.words_found(["Er det Noahs?"], {"noah"}) == ["Noah"]


# The owner's counts.


def _cases_at(world: World, school: str, by: str, number: int, *, overdue: int = 0) -> None:
    """Cases at a school; some with an evaluation over its date."""
    with clock.frozen(clock.now() - timedelta(days=30)):
        made = [following.opened(world, f"Elev Nummer{school}{n}", by=by, school=school) for n in range(number)]
        for case in made[:overdue]:
            following.in_force(world, case, evaluate_on=clock.today() + timedelta(days=14), by=by, who=by)


def _counts(world: World) -> dict[str, tuple[int | None, int | None]]:
    with scope.tenant_scope(world.tenant_id):
        found = queries_owner.overview()
    return {one.school.name: (one.going_on, one.overdue) for one in found.schools} | {"all": (found.going_on, found.overdue)}


def test_the_owner_sees_how_many_are_over_the_date_where_enough_stand_behind(world: World) -> None:
    _cases_at(world, "elvesletta", "ingrid", 6, overdue=2)
    _cases_at(world, "kvernfossen", "arne", 5)
    _cases_at(world, "tjernlia", "tor", 1, overdue=1)
    counts = _counts(world)
    assert counts["Elvesletta ungdomsskole"] == (6, 2)
    assert counts["Tjernlia skole"] == (None, None)
    assert counts["Kvernfossen ungdomsskole"] == (5, 0)
    assert counts["all"] == (None, None)  # less the others, it would tell the one at Tjernlia
    page = shown(world.client("henrik").get(reverse("cases:overview")))
    assert "Elvesletta ungdomsskole" in page
    assert "Elev Nummer" not in page


def test_few_cases_in_all_are_no_count_at_all(world: World) -> None:
    _cases_at(world, "elvesletta", "ingrid", 2, overdue=1)
    assert set(_counts(world).values()) == {(None, None)}


def test_what_the_municipality_works_on_is_in_no_schools_count(world: World) -> None:
    _cases_at(world, "elvesletta", "ingrid", 6)
    with scope.tenant_scope(world.tenant_id):
        first = Case.objects.order_by("number").select_related("school")[0]
    actions.name_leadership(by=world.actor("ingrid"), case=first)
    assert _counts(world)["Elvesletta ungdomsskole"] == (5, 0)


@pytest.mark.parametrize("who", ["silje", "ingrid"])
def test_whoever_becomes_a_guardian_of_the_pupil_loses_sight_of_the_case_at_once(world: World, who: str) -> None:
    case, person = following.opened(world), world.person(who)
    if who != "ingrid":
        actions.give(by=world.actor("ingrid"), case=case, to=person)
    url = reverse("cases:case", args=[case.pk])
    assert world.client(who).get(url).status_code == 200
    pupil = following.pupil(world, "Noah Bergli")
    school_life.add_guardian(
        by=world.actor("nina"), pupil=pupil, name="", person=person, kind="parent", parental_responsibility=True
    )
    assert world.client(who).get(url).status_code == 404
    now = following.again(case)
    assert now.responsible_id != person.pk
    assert now.side == ("owner" if who == "ingrid" else "school")
