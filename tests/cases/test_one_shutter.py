"""A case and its reports have one shutter: what closes the one closes the other, by whichever way it is said (§ 12-5)."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samskap.cases import actions, queries_day, texts
from samskap.cases.models import Case, CaseReport, EntryKind
from samskap.cases.policy import READ
from samskap.kernel import clock, keys, policy, scope, sealing
from samskap.kernel.actions import ActionError
from samskap.people import actions as people_actions
from samskap.people import actions_school as school_life
from samskap.people.models import Pupil
from samskap.voice import actions as voice
from samskap.voice import queries
from samskap.voice.models import Report
from samskap.voice.policy import READ as READ_REPORT
from samskap.voice.readers import may_lead
from samskap.voice.sealed import Holder
from tests.cases import following
from tests.cases.test_actions import _same_person as same_person
from tests.cases.test_actions import may, told
from tests.support.world import World
from tests.voice import telling, things
from tests.voice.things import shown

AT_SCHOOL = ("ingrid", "amir", "silje", "kari", "tor")
WHY = "Vi har undersøkt det, og det stemmer ikke."


@dataclass
class Story:
    """Ingrid follows two reports up in one case. Amir holds both, and works in the case."""

    world: World
    key: UUID
    first: Report
    second: Report
    case: Case
    words: Holder

    @property
    def reports(self) -> list[Report]:
        """Both, as they stand now."""
        return [telling.again(self.first), telling.again(self.second)]


def begun(world: World) -> Story:
    """The story before anybody is named."""
    by, key = world.actor("ingrid"), uuid4()
    first, words = telling.from_pupil(world, key=key)
    second, _words = telling.from_pupil(world, what="Noah ble jaget fra bordet i kantina i dag.")
    for report in (first, second):
        voice.give(by=by, report=report, to=world.person("amir"))
    case = following.opened(world, reports=(first,))
    actions.give(by=by, case=case, to=world.person("amir"))
    actions.join(by=by, case=following.again(case), report=telling.again(second))
    return Story(world, key, first, second, following.again(case), words)


def the_sender(story: Story) -> None:
    answer = Client().post(reverse("voice:dialogue"), {"words": story.words.words, "leadership": "1"})
    assert answer.status_code == 200


def the_same_form_again(story: Story) -> None:
    telling.from_pupil(story.world, "leadership", key=story.key, what=f"{telling.WHAT} Og rektor ler av det.")


def staff_by_the_report(story: Story) -> None:
    voice.reroute(by=story.world.actor("ingrid"), report=story.second)


def staff_name_the_leader_by_the_report(story: Story) -> None:
    voice.name_employee(by=story.world.actor("ingrid"), report=story.second, person=story.world.person("ingrid"))


def staff_shut_the_leader_out_of_the_report(story: Story) -> None:
    voice.recuse(by=story.world.actor("ingrid"), report=story.second, person=story.world.person("ingrid"))


def staff_by_the_case(story: Story) -> None:
    actions.name_leadership(by=story.world.actor("ingrid"), case=story.case)


def staff_name_the_leader_by_the_case(story: Story) -> None:
    actions.name_employee(by=story.world.actor("ingrid"), case=story.case, person=story.world.person("ingrid"))


def staff_shut_the_leader_out_of_the_case(story: Story) -> None:
    actions.recuse(by=story.world.actor("ingrid"), case=story.case, person=story.world.person("ingrid"))


def the_leaders_own_child(world: World) -> Pupil:
    """Even, whose mother leads the school."""
    child = following.pupil(world, "Even Haugdal")
    guardian = school_life.add_guardian(
        by=world.actor("nina"), pupil=child, name="Ingrid Haugdal", kind="parent", parental_responsibility=True
    )
    with scope.tenant_scope(world.tenant_id):
        same_person(world, guardian)
    return child


def it_is_the_leaders_own_child(story: Story) -> None:
    child = the_leaders_own_child(story.world)
    actions.add_pupil(by=story.world.actor("ingrid"), case=story.case, pupil=child, part="involved")


NAMED = (
    the_sender, the_same_form_again, staff_by_the_report, staff_name_the_leader_by_the_report, staff_by_the_case,
    staff_name_the_leader_by_the_case,
)  # fmt: skip
PARTIAL = (staff_shut_the_leader_out_of_the_report, staff_shut_the_leader_out_of_the_case, it_is_the_leaders_own_child)
TO_THE_OWNER = pytest.mark.parametrize("way", [*NAMED, *PARTIAL], ids=lambda way: way.__name__)
# The pages ask the policy, which is asked for every way; the short run opens them for one of each side.
ITS_PAGES = pytest.mark.parametrize("way", [
    way if way in (the_sender, staff_by_the_report, it_is_the_leaders_own_child) else pytest.param(way, marks=pytest.mark.deep)
    for way in (*NAMED, *PARTIAL)
], ids=lambda way: way.__name__)  # fmt: skip

Way = Callable[[Story], object]


def reads(world: World, report: Report) -> set[str]:
    """Everybody of the school, and the owner's handler, who may read a report."""
    return {who for who in (*AT_SCHOOL, "jonas", "arne") if policy.may(READ_REPORT, world.actor(who), report)}


def addresses(story: Story) -> list[str]:
    """Where the case and its reports are read."""
    case, reports = story.case.pk, (story.first.pk, story.second.pk)
    urls = [reverse("cases:case", args=[case]), reverse("cases:who", args=[case])]
    urls += [reverse("cases:report", args=[case, number]) for number in (1, 2)]
    return urls + [reverse(f"voice:{name}", args=[pk]) for name in ("report", "copy") for pk in reports]


@TO_THE_OWNER
def test_the_case_and_all_its_reports_are_the_municipalitys_alone(world: World, way: Way) -> None:
    story = begun(world)
    before = {who: things.queued_for(world, who) for who in AT_SCHOOL}
    way(story)
    case = following.again(story.case)
    assert (case.side, case.responsible.name) == ("owner", "Jonas Tveiten")
    assert (case.concerns == "leadership") == (way in NAMED)
    assert may(world, READ, case) == {"jonas"}
    assert told(case, EntryKind.MOVED) == 1
    for report in story.reports:
        assert reads(world, report) == {"jonas"}
        assert (report.receiver, report.state, report.outcome, report.holder) == ("owner", "closed", "case", None)
        assert (report.responsible, things.events(report, "rerouted")) == (world.person("jonas"), 1)
        assert (report.concerns == "leadership") == (way in NAMED)
        with scope.tenant_scope(world.tenant_id):
            assert may_lead(world.actor("jonas"), report)
    assert things.queued_for(world, "jonas", kind="cases.now")
    write_later(story)
    assert {who: things.queued_for(world, who) for who in AT_SCHOOL} == before
    assert [report.state for report in story.reports] == ["closed", "closed"]
    assert may(world, READ, following.again(case)) == {"jonas"}


def write_later(story: Story) -> None:
    """Both senders say that it is not better."""
    world = story.world
    with clock.frozen(clock.now() + timedelta(hours=1)), scope.tenant_scope(world.tenant_id):
        for report in story.reports:
            by = telling.door(world)
            voice.sender_writes(by=by, report=report, key=uuid4(), kind="not_better", text="Det er likt ennå.")


@pytest.mark.once  # the policy is asked on both databases above
@ITS_PAGES
def test_no_page_of_the_schools_shows_it_and_the_municipality_answers_the_sender(world: World, way: Way) -> None:
    story = begun(world)
    assert {world.client("ingrid").get(url).status_code for url in addresses(story)} == {200}
    way(story)
    write_later(story)
    for who in ("ingrid", "amir"):
        client = world.client(who)
        assert {client.get(url).status_code for url in addresses(story)} == {404}, who
        for step in ("say", "reopen", "take", "return"):
            assert things.press(client, story.second, step, kind="answer", text="Hei").status_code == 404
    ingrid = world.client("ingrid")
    for name in ("voice:inbox", "voice:left", "cases:list", "cases:ended"):
        page = shown(ingrid.get(reverse(name)))
        assert not any(str(pk) in page for pk in (story.first.pk, story.second.pk, story.case.pk)), name
        assert "En elev forteller" not in page, name
    jonas = world.client("jonas")
    assert {jonas.get(url).status_code for url in addresses(story)} == {200}
    things.press(jonas, story.first, "say", kind="answer", text="Jeg følger det opp nå.")
    page = shown(Client().post(reverse("voice:dialogue"), {"words": story.words.words}))
    for words in ("Jeg følger det opp nå.", "Jonas Tveiten har den", "Den ble flyttet til kommunen", "Det blir fulgt opp til"):
        assert words in page
    assert "Skolen følger det opp" not in page


# Ways in which Amir is shut out, of the second report or of the case.
OUT: dict[str, Way] = {
    "of the report": lambda story: voice.recuse(
        by=story.world.actor("ingrid"), report=story.second, person=story.world.person("amir")
    ),
    "named by the report": lambda story: voice.name_employee(
        by=story.world.actor("ingrid"), report=story.second, person=story.world.person("amir")
    ),
    "of the case": lambda story: actions.recuse(
        by=story.world.actor("ingrid"), case=story.case, person=story.world.person("amir")
    ),
    "named by the case": lambda story: actions.name_employee(
        by=story.world.actor("ingrid"), case=story.case, person=story.world.person("amir")
    ),
}


@pytest.mark.parametrize("way", OUT)
def test_whoever_is_shut_out_of_one_is_shut_out_of_all(world: World, way: str) -> None:
    story = begun(world)
    assert {"amir"} == reads(world, story.first) & reads(world, story.second) & {"amir"}
    OUT[way](story)
    case = following.again(story.case)
    assert may(world, READ, case) == {"ingrid"}
    for report in story.reports:
        assert (reads(world, report), report.holder) == ({"ingrid"}, None)
        assert things.events(report, "recused") == 1
    assert (case.concerns == "employee") == way.startswith("named")
    amir = world.client("amir")
    assert {amir.get(url).status_code for url in addresses(story)} == {404}
    assert things.press(amir, story.first, "say", kind="answer", text="Hei").status_code == 404


def test_code_words_that_one_shut_out_of_the_case_has_made_end_with_it(world: World) -> None:
    story = begun(world)
    words = voice.new_receipt(by=world.actor("ingrid"), report=story.second, key=uuid4()).words
    staff_by_the_case(story)
    assert Client().post(reverse("voice:dialogue"), {"words": words}).status_code == 422
    assert Client().post(reverse("voice:dialogue"), {"words": story.words.words}).status_code == 200


def test_a_report_that_joins_is_closed_as_the_case_is(world: World) -> None:
    case, ingrid, amir = following.opened(world), world.actor("ingrid"), world.person("amir")
    actions.recuse(by=ingrid, case=case, person=amir)
    report, _words = telling.from_pupil(world)
    voice.give(by=ingrid, report=report, to=amir)
    actions.join(by=ingrid, case=following.again(case), report=telling.again(report))
    assert (reads(world, report), telling.again(report).holder) == ({"ingrid"}, None)


def test_a_case_is_closed_as_the_report_that_joins_it(world: World) -> None:
    case, ingrid, amir = following.opened(world), world.actor("ingrid"), world.person("amir")
    actions.give(by=ingrid, case=case, to=amir)
    report, _words = telling.from_pupil(world, "employee", about_staff=[amir])
    actions.join(by=ingrid, case=following.again(case), report=report)
    assert may(world, READ, case) == {"ingrid"}
    assert following.again(case).concerns == "employee"


def test_a_report_about_the_leadership_joins_only_what_the_municipality_works(world: World) -> None:
    report, _words = telling.from_pupil(world, "leadership")
    case = following.opened(world)
    actions.pass_on(by=world.actor("ingrid"), case=case, why=WHY)
    with pytest.raises(ActionError):
        actions.join(by=world.actor("jonas"), case=following.again(case), report=report)
    story = begun(world)
    staff_shut_the_leader_out_of_the_case(story)
    actions.join(by=world.actor("jonas"), case=following.again(story.case), report=report)
    assert following.again(story.case).concerns == "leadership"
    assert [one.concerns for one in story.reports] == ["leadership", "leadership"]


def test_a_report_that_opens_a_case_about_the_leaders_own_child_goes_along(world: World) -> None:
    the_leaders_own_child(world)
    report, _words = telling.from_pupil(world)
    following.opened(world, "Even Haugdal", reports=(report,))
    assert reads(world, report) == {"jonas"}


def test_a_report_goes_back_to_the_school_with_its_case_and_not_alone(world: World) -> None:
    story, jonas = begun(world), world.actor("jonas")
    the_sender(story)
    with pytest.raises(ActionError):
        voice.return_to_school(by=jonas, report=story.first, concerns="pupils", reason=WHY)
    with pytest.raises(ActionError):
        voice.move(by=jonas, report=story.first, school=world.school("kvernfossen"))
    page = shown(world.client("jonas").get(things.page(story.first)))
    assert reverse("voice:step", args=[story.first.pk, "return"]) not in page
    actions.give_back(by=jonas, case=following.again(story.case), why=WHY)
    assert may(world, READ, story.case) == {"ingrid", "amir", "jonas"}
    for report in story.reports:
        assert (report.receiver, report.concerns, report.state) == ("school", "employee", "closed")
        assert (reads(world, report), report.responsible) == ({"ingrid", "jonas"}, world.person("ingrid"))
    assert str(story.first.pk) not in shown(world.client("jonas").get(reverse("voice:inbox")))
    the_sender(story)
    assert [reads(world, report) for report in story.reports] == [{"jonas"}, {"jonas"}]


def test_what_was_the_same_matter_goes_where_its_own_case_goes(world: World) -> None:
    (first, _), (second, _) = telling.from_pupil(world), telling.from_pupil(world, what="Jeg så det, jeg også.")
    for report in (first, second):
        voice.take(by=world.actor("ingrid"), report=report)
    voice.close(by=world.actor("ingrid"), report=second, outcome="duplicate", same_as=telling.again(first))
    case = following.opened(world, reports=(telling.again(second),))
    voice.reroute(by=world.actor("ingrid"), report=telling.again(first))
    assert [telling.again(report).receiver for report in (first, second)] == ["owner", "school"]
    assert (following.again(case).side, telling.again(second).same_as) == ("school", None)


def test_put_back_in_the_list_it_goes_along_as_well(world: World) -> None:
    story = begun(world)
    voice.reopen(by=world.actor("ingrid"), report=story.second)
    the_sender(story)
    assert [report.state for report in story.reports] == ["closed", "closed"]
    assert [reads(world, report) for report in story.reports] == [{"jonas"}, {"jonas"}]


def test_nobody_who_names_the_leadership_is_refused_even_where_nobody_could_take_the_case(world: World) -> None:
    story = begun(world)
    people_actions.note_training(by=world.actor("nina"), person=world.person("jonas"), on=None)
    before = things.queued_for(world, "ingrid")
    the_sender(story)
    assert may(world, READ, following.again(story.case)) == set()
    with clock.frozen(clock.now() + timedelta(hours=1)), scope.tenant_scope(world.tenant_id):
        by = telling.door(world)
        voice.sender_writes(by=by, report=telling.again(story.second), key=uuid4(), kind="not_better", text="Det er likt.")
    assert things.queued_for(world, "ingrid") == before
    for report in story.reports:
        assert (reads(world, report), report.responsible, report.state) == ({"jonas"}, None, "new")


def test_on_a_node_that_only_takes_in_a_sender_is_heard_and_moves_the_case(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = begun(world)
    sealing.public_key()
    for name in ("lookup.key", "signing.key", "sealing.pub"):
        shutil.copy(keys.folder() / name, tmp_path)
    with monkeypatch.context() as node:
        node.setenv("SAMSKAP_KEYS", str(tmp_path))
        node.setenv("SAMSKAP_INTAKE_ONLY", "1")
        the_sender(story)
        write_later(story)
        assert not (tmp_path / "content.key").exists()
    assert may(world, READ, following.again(story.case)) == {"jonas"}
    page = shown(world.client("jonas").get(reverse("cases:case", args=[story.case.pk])))
    assert "Kommunen arbeider med den fra nå" in page
    with scope.tenant_scope(world.tenant_id):
        lines = [texts.unlock(story.case, entry) for entry in story.case.entries.all()]
    assert [line["what"] for line in lines if "message" in line] == ["not_better", "not_better"]


def test_a_case_that_lags_behind_its_report_is_closed_before_anything_is_written_in_it(world: World) -> None:
    """As it could stand before the two had one shutter."""
    story = begun(world)
    with scope.tenant_scope(world.tenant_id):
        link = CaseReport.objects.get(report=story.first)
        _only_the_report(story.first)
        voice.sender_writes(by=telling.door(world), report=story.first, key=uuid4(), kind="addition", text="Rektor var der.")
    assert may(world, READ, following.again(story.case)) == {"jonas"}
    assert link.case_id == story.case.pk
    assert [reads(world, report) for report in story.reports] == [{"jonas"}, {"jonas"}]


def _only_the_report(report: Report) -> None:
    from samskap.kernel.doors import open_door

    with open_door():
        Report.objects.filter(pk=report.pk).update(concerns="leadership", receiver="owner")


def test_a_leader_carries_no_measure_out_in_a_case_about_the_leadership(world: World) -> None:
    story = begun(world)
    for who in ("ingrid", "silje"):
        following.measure(world, story.case, who=who)
    the_sender(story)
    with scope.tenant_scope(world.tenant_id):
        assert [queries_day.own_count(world.actor(who)) for who in ("ingrid", "silje")] == [0, 1]


def test_a_leader_who_told_learns_nothing_from_the_own_report(world: World) -> None:
    report = telling.from_employee(world, "ingrid")
    case = following.opened(world, reports=(report,))
    url, ingrid = reverse("voice:own_report", args=[report.pk]), world.client("ingrid")
    actions.name_leadership(by=world.actor("ingrid"), case=case)
    home, page = things.bare(ingrid.get("/")), things.bare(ingrid.get(url))
    things.press(world.client("jonas"), report, "say", kind="question", text="Hvem var ute da?")
    assert things.bare(ingrid.get(url)) == page
    assert things.bare(ingrid.get("/")) == home


def test_a_case_begins_with_what_the_report_is_by_then(world: World) -> None:
    """The sender names the leadership while the municipality is opening a case on it."""
    report, _words = telling.from_pupil(world, "employee")
    voice.forward(by=world.actor("ingrid"), report=report)
    seen_before = telling.again(report)
    voice.sender_names_leadership(by=queries.door(world.tenant_id), report=report)
    case = following.again(following.opened(world, by="jonas", reports=(seen_before,)))
    assert (case.side, case.concerns) == ("owner", "leadership")
    assert "ingrid" not in may(world, READ, case)
