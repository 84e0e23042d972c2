"""The screens of the follow-up, without a browser: what each shows, what each does, and what it refuses."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samskap.cases import actions, queries
from samskap.cases.models import Answer, Case, CasePupil, Entry, Measure
from samskap.cases.views.steps import CASE, MEASURES, PLANS, PUPIL
from samskap.kernel import clock, scope
from samskap.people import actions as people_actions
from tests.cases import following
from tests.support.world import World
from tests.voice import telling
from tests.voice.things import shown

TODAY = "%Y-%m-%d"


@pytest.fixture
def ingrid(world: World) -> Client:
    """Who leads the school."""
    return world.client("ingrid")


def press(client: Client, name: str, row: Any, step: str, **values: Any) -> Any:
    """Send a step's form, as its page holds it."""
    url = reverse(f"cases:{name}", args=[row.pk, step])
    page = client.get(url)
    assert page.status_code == 200, (step, page.status_code)
    hidden = dict(re.findall(r'type="hidden" name="(version|once)" value="([^"]+)"', shown(page)))
    return client.post(url, {**hidden, "on": clock.today().strftime(TODAY), **values}, follow=True)


def page_of(client: Client, case: Case) -> str:
    """A case's page."""
    response = client.get(reverse("cases:case", args=[case.pk]))
    assert response.status_code == 200
    return shown(response)


def measures(case: Case) -> list[Measure]:
    """The case's measures."""
    with scope.tenant_scope(case.tenant_id):
        return list(Measure.objects.filter(case=case, removed_at=None).select_related("case").order_by("added_at"))


def test_a_case_from_a_report_to_its_end(world: World, ingrid: Client) -> None:
    report, _holder = telling.from_pupil(world)
    noah = following.pupil(world)
    answer = ingrid.post(
        reverse("cases:from_report", args=[report.pk]),
        {"once": str(uuid4()), "about": "Noah er alene.", "pupils": [str(noah.pk)], "raised_on": ""}, follow=True,
    )  # fmt: skip
    assert "Noah Bergli" in shown(answer)
    with scope.tenant_scope(world.tenant_id):
        case = Case.objects.select_related("school").get()
    folder, plan = following.folder(case), following.plan(case)
    press(ingrid, "case_step", case, "tiltak", text="Silje følger Noah til bussen.", started="on", plan=str(plan.pk))
    press(ingrid, "pupil_step", folder, "samtale", words="Jeg tør ikke gå ut.", how="Ingrid, på kontoret")
    press(ingrid, "pupil_step", folder, "beste", text="Noah vil bli i klassen, og det er det beste for ham.")
    [row] = measures(case)
    silje = str(world.person("silje").pk)
    today = clock.today().strftime(TODAY)
    press(ingrid, "measure_step", row, "endre", text="Silje følger Noah.", responsible=silje, starts_on=today, ends_on="")
    ahead = (clock.today() + timedelta(14)).strftime(TODAY)
    press(ingrid, "plan_step", plan, "skriv", problem="Noah er alene.", evaluate_on=ahead)
    assert "Planen gjelder nå" in shown(press(ingrid, "plan_step", plan, "gjeld"))
    assert "Avslutt oppfølgingen" not in page_of(ingrid, case)
    told = press(ingrid, "plan_step", plan, "evaluer", text="Han er med i storefri.", verdict_0="continue", effect_0="better")
    assert "Evalueringen er lagret" in shown(told)
    press(ingrid, "pupil_step", folder, "svar", voice="pupil", safe="yes", words="Ja, det er bra nå.", who="")
    assert "Ingenting står i veien" in page_of(ingrid, case)
    talk = (clock.today() + timedelta(weeks=6)).strftime(TODAY)
    ended = press(ingrid, "case_step", case, "avslutt", why="Noah sier at det er trygt nå.", talk_on=talk)
    assert "Oppfølgingen er avsluttet" in shown(ended)
    assert "Noah Bergli" in shown(ingrid.get(reverse("cases:ended")))
    press(ingrid, "case_step", case, "oppfolging", text="Vi snakket i kantina.", safe_0="yes")
    press(ingrid, "pupil_step", folder, "svar", voice="pupil", safe="no", words="Det har begynt igjen.")
    assert "Eleven svarer nei" in page_of(ingrid, case)


def test_two_reports_become_one_case(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    report = telling.from_employee(world, "silje")
    url = reverse("cases:from_report", args=[report.pk])
    assert "2026" in shown(ingrid.get(url))
    answer = ingrid.post(url, {"once": str(uuid4()), "what": "join", "case": str(case.pk)}, follow=True)
    assert "Saken følger opp denne meldingen også" in shown(answer)
    assert ingrid.get(url).status_code == 404
    page = ingrid.get(reverse("cases:report", args=[case.pk, 1]))
    assert telling.WHAT in shown(page) or "Svar den som sa ifra" in shown(page)
    assert ingrid.get(reverse("cases:report", args=[case.pk, 2])).status_code == 404


def test_a_report_leads_to_a_new_case_and_then_to_its_case(world: World, ingrid: Client) -> None:
    report, _holder = telling.from_pupil(world)
    url = reverse("voice:report", args=[report.pk])
    assert "Opprett sak" in shown(ingrid.get(url))
    case = following.opened(world, reports=(report,))
    assert case.name in shown(ingrid.get(url))


def test_a_whole_class_is_one_case_with_one_plan(world: World, ingrid: Client) -> None:
    school_class = following.class_of_24(world)
    url = reverse("cases:new", args=[world.school("elvesletta").pk])
    values = {"once": str(uuid4()), "about": "Uro i klassen.", "whole_class": str(school_class.pk)}
    assert "Felles plan" in shown(ingrid.post(url, values, follow=True))
    with scope.tenant_scope(world.tenant_id):
        assert CasePupil.objects.values("plan").distinct().count() == 1
        assert CasePupil.objects.count() == 24


@pytest.mark.parametrize("step", sorted(CASE))
def test_each_step_of_a_case_opens_or_is_not_offered(world: World, ingrid: Client, step: str) -> None:
    case = following.opened(world, "Noah Bergli", "Sara Haugfoss", involved="Adam Lindås")
    status = ingrid.get(reverse("cases:case_step", args=[case.pk, step])).status_code
    everybodys = {"skriv", "tiltak", "elev", "mote", "drofting", "svar-flere", "beste-flere"}
    leaders = {"kommunen", "ansatt", "ledelsen", "kollega", "gjest", "inhabil"}
    offered = step in everybodys | leaders
    assert status == (200 if offered else 404)


@pytest.mark.parametrize(("steps", "name"), [(PUPIL, "pupil_step"), (PLANS, "plan_step"), (MEASURES, "measure_step")])
def test_each_step_opens_refuses_an_empty_form_or_is_not_offered(
    world: World, ingrid: Client, steps: dict[str, Any], name: str
) -> None:
    case = following.opened(world, "Noah Bergli", "Sara Haugfoss")
    following.in_force(world, case)
    row = {"pupil_step": following.folder(case), "plan_step": following.plan(case), "measure_step": measures(case)[0]}[name]
    for step in steps:
        url = reverse(f"cases:{name}", args=[row.pk, step])
        assert ingrid.get(url).status_code in (200, 404)
        assert ingrid.post(url, {"text": ""}).status_code in (404, 422)
    assert ingrid.get(reverse(f"cases:{name}", args=[row.pk, "noe-annet"])).status_code == 404


def test_what_is_written_can_be_corrected_and_both_are_shown(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    press(ingrid, "case_step", case, "skriv", kind="step_in", text="To gutter tok lua.", pupil="")
    with scope.tenant_scope(case.tenant_id):
        entry = Entry.objects.get(kind="step_in")
    press(ingrid, "entry_step", entry, "rett", text="Det var tre gutter.")
    page = page_of(ingrid, case)
    assert "To gutter tok lua." in page
    assert "Det var tre gutter." in page


def test_a_colleague_works_in_it_and_a_guest_leaves_notes_only(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    press(ingrid, "case_step", case, "kollega", to=str(world.person("amir").pk))
    until = (clock.today() + timedelta(30)).strftime(TODAY)
    press(ingrid, "case_step", case, "gjest", to=str(world.person("marte").pk), basis="consent", until=until)
    press(world.client("amir"), "case_step", case, "skriv", kind="watch", text="Han sto alene.", pupil="")
    press(world.client("marte"), "case_step", case, "skriv", kind="note", text="Prøv faste grupper.")
    assert world.client("marte").get(reverse("cases:case_step", args=[case.pk, "tiltak"])).status_code == 404
    page = page_of(ingrid, case)
    assert "Han sto alene." in page
    assert "Prøv faste grupper." in page
    who = shown(ingrid.get(reverse("cases:who", args=[case.pk])))
    assert "Marte Fjelde" in who
    assert "familien har sagt ja" in who


def test_every_reading_is_kept_with_what_it_was_for(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    actions.give(by=world.actor("ingrid"), case=case, to=world.person("amir"))
    page_of(ingrid, case)
    page_of(world.client("amir"), case)
    who = shown(ingrid.get(reverse("cases:who", args=[case.pk])))
    assert "ansvarlig for saken" in who
    assert "arbeider med saken" in who


def test_access_is_ended_from_the_page(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    given = actions.give(by=world.actor("ingrid"), case=case, to=world.person("amir"))
    press(ingrid, "given_step", given, "avslutt")
    assert world.client("amir").get(reverse("cases:case", args=[case.pk])).status_code == 404


def test_the_search_finds_whole_names_and_numbers(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    following.opened(world, "Sara Haugfoss")
    for wanted, names in (("noah", ["Noah"]), ("BERGLI", ["Noah"]), (case.reference, ["Noah"]), ("haugfoss sara", ["Sara"]),
                          ("noa", []), ("noah sara", []), ("9/9", []), ("%", []), ("x" * 300, [])):  # fmt: skip
        page = shown(ingrid.get(reverse("cases:list"), {"sok": wanted}))
        assert [name for name in ("Noah", "Sara") if f"{name} " in page.split("</form>")[-1]] == names, wanted


def test_one_without_training_is_told_so(world: World, ingrid: Client) -> None:
    following.opened(world)
    people_actions.note_training(by=world.actor("nina"), person=world.person("ingrid"), on=None)
    page = shown(ingrid.get(reverse("cases:list")))
    assert "Du må ha opplæring" in page
    assert "Noah" not in page


def test_an_employee_sees_only_the_own_line(world: World) -> None:
    case = following.opened(world)
    row = following.measure(world, case)
    amir = world.client("amir")
    page = shown(amir.get(reverse("cases:own")))
    assert "Amir er ute i storefri." in page
    assert "Noah" not in page
    assert amir.get(reverse("cases:case", args=[case.pk])).status_code == 404
    url = reverse("cases:own_measure", args=[row.pk])
    done = amir.post(url, {"once": str(uuid4()), "on": clock.today().strftime(TODAY)}, follow=True)
    assert "Ingenting venter på deg" in shown(done)
    assert world.client("silje").get(url).status_code == 404


def test_when_the_leader_is_named_only_the_municipality_sees_it(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    left = press(ingrid, "case_step", case, "ansatt", person=str(world.person("ingrid").pk))
    assert left.status_code == 200
    assert "Noah" not in shown(ingrid.get(reverse("cases:list")))
    assert ingrid.get(reverse("cases:case", args=[case.pk])).status_code == 404
    jonas = world.client("jonas")
    assert "Noah Bergli" in page_of(jonas, case)
    press(jonas, "case_step", case, "settestedfortreder", to=str(world.person("arne").pk))
    assert "Noah Bergli" in page_of(world.client("arne"), case)


def test_a_double_click_does_it_once(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    url = reverse("cases:case_step", args=[case.pk, "skriv"])
    values = {"once": str(uuid4()), "kind": "note", "text": "Husk møtet.", "on": clock.today().strftime(TODAY), "pupil": ""}
    for _ in range(2):
        assert ingrid.post(url, values).status_code == 302
    with scope.tenant_scope(case.tenant_id):
        assert Entry.objects.filter(kind="note").count() == 1


def test_a_plan_that_two_write_at_once_loses_nothing(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    plan = following.plan(case)
    url = reverse("cases:plan_step", args=[plan.pk, "skriv"])
    first = ingrid.post(url, {"once": str(uuid4()), "version": "0", "problem": "Alene.", "evaluate_on": ""})
    second = ingrid.post(url, {"once": str(uuid4()), "version": "0", "problem": "Noe annet.", "evaluate_on": ""})
    assert (first.status_code, second.status_code) == (302, 422)
    assert "Noe annet." in shown(second)


def test_my_day_tells_what_waits(world: World, ingrid: Client) -> None:
    case = following.ended(world)
    following.says(world, case, "no")
    assert "En sak der noen svarer nei" in shown(ingrid.get("/"))
    following.measure(world, case)
    assert "tiltak du skal gjennomføre" in shown(world.client("amir").get("/"))


@pytest.mark.parametrize("many", [2, 22])
def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    world: World, many: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(many):
        following.opened(world, f"Elev Nummer{number}")
    client = world.client("ingrid")
    client.get(reverse("cases:list"))
    with django_assert_max_num_queries(40) as asked:
        client.get(reverse("cases:list"))
    assert len(asked) <= 28


def test_an_evaluation_holds_what_the_pupil_and_those_at_home_say(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    plan = following.in_force(world, case)
    fields = {"text": "Han er med i storefri.", "verdict_0": "continue", "effect_0": "better"}
    said = {"pupil_0": "yes", "pupil_words_0": "Ja, det er bra nå.", "guardian_0": "no", "guardian_words_0": "Han sover dårlig."}
    press(ingrid, "plan_step", plan, "evaluer", **fields, **said)
    page = page_of(ingrid, case)
    assert "Ja, det er bra nå." in page
    assert "Hjemmet svarer nei: undersøk" in page
    held = following.folder(case)
    assert (held.answer, held.guardian_no_at is not None) == ("yes", True)


def test_a_class_answers_on_one_page_and_a_no_counts(world: World, ingrid: Client) -> None:
    case = following.opened(world, "Noah Bergli", "Sara Haugfoss", common=True)
    press(ingrid, "case_step", case, "svar-flere", safe_0="yes", words_0="Ja.", safe_1="no", words_1="Nei, ikke i gymmen.")
    assert sorted(folder.answer for folder in following.folders(case)) == ["no", "yes"]
    assert "Eleven svarer nei" in page_of(ingrid, case)
    empty = press(ingrid, "case_step", case, "svar-flere")
    assert empty.status_code == 422
    assert "minst ett svar" in shown(empty)
    press(
        ingrid,
        "case_step",
        case,
        "beste-flere",
        pupils=[str(one.pk) for one in following.folders(case)],
        text="Klassen blir samlet.",
    )
    assert all(folder.weighed_on for folder in following.folders(case))


def test_what_is_true_of_many_is_said_once(world: World, ingrid: Client) -> None:
    case = following.opened(world, *(f"Elev Nummer{letter}" for letter in "ABCDE"), common=True)
    page = page_of(ingrid, case)
    assert "5 elever er ikke spurt om det er trygt nå." in page
    assert "Elev NummerA er ikke spurt" not in page
    assert "5 elever ble lagt til" in page


def test_who_at_home_answers_is_kept_where_home_answers(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    hanne = str(world.person("hanne").pk)
    for step, voice, kept in (("svar-hjemme", "guardian", True), ("svar", "pupil", False)):
        press(ingrid, "pupil_step", following.folder(case), step, safe="partly", words="Litt.", who=hanne)
        with scope.tenant_scope(case.tenant_id):
            assert bool(Answer.objects.get(voice=voice).person_mark) == kept


def test_a_folder_holds_what_is_about_the_pupil_and_nothing_about_others(world: World, ingrid: Client) -> None:
    case = following.opened(world, "Noah Bergli", involved="Adam Lindås")
    noah, adam = following.folders(case)
    following.measure(world, case, pupil=adam)
    actions.hear(by=world.actor("ingrid"), pupil=noah, how="På kontoret", words="Jeg gruer meg.", on=clock.today())
    his = shown(ingrid.get(reverse("cases:folder", args=[noah.pk])))
    other = shown(ingrid.get(reverse("cases:folder", args=[adam.pk])))
    assert "Jeg gruer meg." in his
    assert "Rune Vikhaug" in his
    assert "Jeg gruer meg." not in other
    assert "Amir er ute i storefri." in other
    assert "Amir er ute i storefri." not in his
    back = ingrid.post(
        reverse("cases:pupil_step", args=[noah.pk, "beste"]) + "?fra=mappe",
        {"once": str(uuid4()), "text": "Noah vil bli i klassen, og det er best."},
    )
    assert back.headers["Location"] == reverse("cases:folder", args=[noah.pk])
    actions.take_out(by=world.actor("ingrid"), pupil=adam, why="Adam var ikke på skolen den uka.")
    assert "Tatt ut av saken" in shown(ingrid.get(reverse("cases:folder", args=[adam.pk])))


def test_a_page_belongs_to_one_entry_of_the_menu(ingrid: Client) -> None:
    text = shown(ingrid.get(reverse("cases:library")))
    current = re.findall(r'aria-current="[a-z]+"[^>]*>([^<]+)<', text.split("<main")[0])
    assert "Forslag til tiltak" in current
    assert "Saker" not in current


def test_reading_a_line_or_a_form_is_reading_and_the_family_sees_it(world: World, ingrid: Client) -> None:
    case = following.opened(world)
    row = following.measure(world, case, into=following.plan(case))
    actions.open_page(by=world.actor("ingrid"), pupil=following.folder(case), person=world.person("hanne"))
    page = reverse("cases:family", args=[following.folder(case).pk])
    hanne, amir = world.client("hanne", strong=False), world.client("amir")
    assert "gjennomfører et tiltak" not in shown(hanne.get(page))
    amir.get(reverse("cases:own"))
    assert shown(hanne.get(page)).count("gjennomfører et tiltak") == 1
    amir.get(reverse("cases:own_measure", args=[row.pk]))
    with scope.tenant_scope(case.tenant_id):
        before = len(queries.reads(case))
    ingrid.get(reverse("cases:plan_step", args=[following.plan(case).pk, "skriv"]))
    with scope.tenant_scope(case.tenant_id):
        assert len(queries.reads(case)) == before + 1


def test_a_form_that_is_sent_empty_or_wrong_is_a_reading_too(world: World, ingrid: Client) -> None:
    """It comes back with what is stored: a plan's words, a pupil's name, who is at home."""
    case = following.opened(world)
    following.in_force(world, case)
    held, folder, hanne = following.plan(case), following.folder(case), world.person("hanne").pk
    urls = [
        reverse("cases:plan_step", args=[held.pk, "skriv"]),
        reverse("cases:measure_step", args=[measures(case)[0].pk, "endre"]),
        reverse("cases:pupil_step", args=[folder.pk, "svar"]),
        reverse("cases:paper_pupil", args=[folder.pk, "brev"]),
        reverse("cases:at_home_close", args=[folder.pk, hanne]),
    ]
    for number, url in enumerate(urls):
        ingrid.post(url, {})
        with scope.tenant_scope(case.tenant_id):
            assert len(queries.reads(case)) == number + 1, url
    amir, own = world.client("amir"), reverse("cases:own_measure", args=[measures(case)[0].pk])
    amir.post(own, {})
    with scope.tenant_scope(case.tenant_id):
        assert len(queries.reads(case)) == len(urls) + 1
