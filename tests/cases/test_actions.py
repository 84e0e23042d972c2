"""What is done in a case, through the actions: what is refused, what it sets off, and what nobody can undo."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samskap.cases import actions, queries, queries_day, responsible, rules, texts
from samskap.cases.actions import NewMeasure
from samskap.cases.actions.ending import obstacles
from samskap.cases.models import Answer, Case, Entry, EntryKind, Measure, NameMark, PlanVersion
from samskap.cases.policy import LEAD, READ, WORK
from samskap.kernel import aead, clock, policy, scope
from samskap.kernel.actions import ActionError
from samskap.people import actions as people_actions
from samskap.people import actions_school as school_life
from samskap.voice import actions as voice_actions
from samskap.voice.models import Report
from tests.cases import following
from tests.support.world import World
from tests.voice import telling, things

WHO = ("ingrid", "amir", "silje", "marte", "jonas", "tor", "arne", "nina", "olav", "henrik", "per")


def may(world: World, verb: str, case: Case) -> set[str]:
    """Everybody of the cast who may use a verb on a case."""
    return {who for who in WHO if policy.may(verb, world.actor(who), case)}


def told(case: Case, kind: EntryKind) -> int:
    """How often something stands in the timeline."""
    with scope.tenant_scope(case.tenant_id):
        return case.entries.filter(kind=kind).count()


def test_a_case_from_two_reports_knows_since_when_and_takes_them_out_of_the_list(world: World) -> None:
    first, _ = telling.from_pupil(world)
    second = telling.from_employee(world, "silje")
    case = following.opened(world, "Noah Bergli", "Sara Haugfoss", involved="Adam Lindås", reports=(first,))
    actions.join(by=world.actor("ingrid"), case=case, report=second)
    assert [telling.again(one).outcome for one in (first, second)] == ["case", "case"]
    assert following.again(case).known_at == min(first.known_at, second.known_at)
    assert [folder.part for folder in following.folders(case)] == ["subject", "subject", "involved"]
    assert len({folder.plan_id for folder in following.folders(case)}) == 3  # two own plans, and none


def test_a_report_belongs_to_one_case(world: World) -> None:
    report, _ = telling.from_pupil(world)
    case = following.opened(world, reports=(report,))
    with pytest.raises(ActionError):
        following.opened(world, "Sara Haugfoss", reports=(report,))
    with pytest.raises(ActionError):
        actions.join(by=world.actor("ingrid"), case=case, report=report)


def test_numbers_are_given_out_one_by_one(world: World) -> None:
    numbers = [following.opened(world, name).number for name in ("Noah Bergli", "Sara Haugfoss", "Adam Lindås")]
    assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]


def test_a_case_needs_a_pupil_that_it_is_about_and_of_that_school(world: World) -> None:
    with pytest.raises(ActionError):
        _without_subject(world)
    case = following.opened(world)
    with pytest.raises(ActionError):
        actions.add_pupil(by=world.actor("ingrid"), case=case, pupil=following.pupil(world, "Ola Li", "tjernlia"), part="subject")
    with pytest.raises(ActionError):
        actions.add_pupil(by=world.actor("ingrid"), case=case, pupil=following.pupil(world), part="involved")


def _without_subject(world: World) -> None:
    from samskap.cases import rules

    pupils = [(following.pupil(world), rules.Part.INVOLVED)]
    actions.open_case(by=world.actor("ingrid"), opening=actions.Opening(world.school("elvesletta"), "x", pupils))


def test_who_sees_a_case_of_the_school(world: World) -> None:
    case = following.opened(world)
    assert may(world, READ, case) == {"ingrid"}
    actions.give(by=world.actor("ingrid"), case=case, to=world.person("amir"))
    actions.invite(
        by=world.actor("ingrid"), case=case, to=world.person("marte"), basis="consent", until=clock.today() + timedelta(30)
    )
    assert may(world, READ, case) == {"ingrid", "amir", "marte"}
    assert may(world, WORK, case) == {"ingrid", "amir"}
    assert may(world, LEAD, case) == {"ingrid"}
    actions.pass_on(by=world.actor("amir"), case=case, why="Det er alvorlig, og vi trenger hjelp.")
    assert may(world, READ, case) == {"ingrid", "amir", "marte", "jonas"}
    assert may(world, LEAD, case) == {"ingrid"}


def test_a_guests_access_ends_by_its_day(world: World) -> None:
    case = following.opened(world)
    until = clock.today() + timedelta(7)
    actions.invite(by=world.actor("ingrid"), case=case, to=world.person("marte"), basis="24-1", until=until)
    with clock.frozen(clock.now() + timedelta(7)):
        assert policy.may(READ, world.actor("marte"), case)
    with clock.frozen(clock.now() + timedelta(8)):
        assert not policy.may(READ, world.actor("marte"), case)


@pytest.mark.parametrize(("basis", "days"), [("", 7), ("noe", 7), ("consent", -1), ("consent", 400)])
def test_a_guest_has_a_basis_and_an_end(world: World, basis: str, days: int) -> None:
    case = following.opened(world)
    until = clock.today() + timedelta(days)
    with pytest.raises(ActionError):
        actions.invite(by=world.actor("ingrid"), case=case, to=world.person("marte"), basis=basis, until=until)


def test_nobody_without_training_sees_a_case_or_is_given_one(world: World) -> None:
    case = following.opened(world)
    people_actions.note_training(by=world.actor("nina"), person=world.person("amir"), on=None)
    with pytest.raises(ActionError):
        actions.give(by=world.actor("ingrid"), case=case, to=world.person("amir"))
    people_actions.note_training(by=world.actor("nina"), person=world.person("ingrid"), on=None)
    assert may(world, READ, case) == {"jonas"}  # nobody at the school can lead it now


def test_a_case_worker_who_leaves_the_school_sees_it_no_longer(world: World) -> None:
    case = following.opened(world)
    actions.give(by=world.actor("ingrid"), case=case, to=world.person("silje"))
    actions.hand_over(by=world.actor("ingrid"), case=case, to=world.person("silje"))
    with scope.tenant_scope(world.tenant_id):
        row = world.person("silje").assignments.get()
    people_actions.end_assignment(by=world.actor("nina"), assignment=row, last_day=clock.today() - timedelta(1))
    assert may(world, READ, case) == {"ingrid"}
    with scope.tenant_scope(world.tenant_id):
        assert not responsible.has_one(following.again(case))


def test_a_leader_who_is_named_loses_the_case_to_the_owner_with_everybody_below(world: World) -> None:
    case = following.opened(world)
    actions.give(by=world.actor("ingrid"), case=case, to=world.person("amir"))
    actions.name_employee(by=world.actor("ingrid"), case=case, person=world.person("ingrid"))
    assert may(world, READ, case) == {"jonas"}
    held = following.again(case)
    assert (held.side, held.concerns, held.responsible.name) == ("owner", "leadership", "Jonas Tveiten")
    actions.appoint(by=world.actor("jonas"), case=held, to=world.person("arne"))
    assert may(world, LEAD, held) == {"jonas", "arne"}
    assert following.again(case).responsible.name == "Arne Vollset"


def test_a_report_about_the_leadership_opens_a_case_that_the_school_never_sees(world: World) -> None:
    report, _ = telling.from_pupil(world, "leadership")
    case = following.opened(world, by="jonas", reports=(report,))
    assert may(world, READ, case) == {"jonas"}
    with pytest.raises(policy.NotAllowed):
        following.opened(world, by="ingrid", reports=(report,))


def test_a_leader_whose_child_it_is_cannot_lead_it(world: World) -> None:
    child = following.pupil(world, "Even Haugdal")
    admin = world.actor("nina")
    guardian = school_life.add_guardian(by=admin, pupil=child, name="Ingrid Haugdal", kind="parent", parental_responsibility=True)
    with scope.tenant_scope(world.tenant_id):
        _same_person(world, guardian)
    case = following.opened(world, "Even Haugdal")
    assert may(world, READ, case) == {"jonas"}


def _same_person(world: World, guardian: Model) -> None:
    from samskap.kernel.doors import open_door

    with open_door():
        type(guardian)._default_manager.filter(pk=guardian.pk).update(guardian=world.person("ingrid"))


def test_the_last_one_who_can_follow_it_up_is_not_shut_out(world: World) -> None:
    case = following.opened(world)
    actions.recuse(by=world.actor("ingrid"), case=case, person=world.person("ingrid"))
    with pytest.raises(ActionError):
        actions.recuse(by=world.actor("jonas"), case=following.again(case), person=world.person("jonas"))
    assert may(world, READ, case) == {"jonas"}


def test_a_plan_is_in_force_only_when_it_is_complete_while_a_measure_starts_at_once(world: World) -> None:
    by, case = world.actor("ingrid"), following.opened(world)
    started = actions.add_measure(by=by, case=case, measure=NewMeasure("Vi følger Noah til bussen i kveld."), started=True)
    assert started.stage == "started"
    held = following.plan(case)
    with pytest.raises(ActionError):
        actions.put_in_force(by=by, plan=held)
    assert following.in_force(world, case).in_force_at is not None


def test_a_plan_that_somebody_else_saved_first_is_not_overwritten(world: World) -> None:
    by, held = world.actor("ingrid"), following.plan(following.opened(world))
    actions.write_plan(by=by, plan=held, version=0, problem="Noah er alene.", evaluate_on=None)
    with pytest.raises(ActionError):
        actions.write_plan(by=by, plan=held, version=0, problem="Noe annet.", evaluate_on=None)


def test_each_version_of_a_plan_is_kept_whole(world: World) -> None:
    case = following.opened(world)
    held = following.in_force(world, case)
    with scope.tenant_scope(case.tenant_id):
        rows = list(PlanVersion.objects.filter(plan=held).order_by("version"))
        words = [texts.unlock(case, row) for row in rows]
    assert [row.version for row in rows] == [1, 2, 3]
    assert [len(word["measures"]) for word in words] == [1, 1, 1]
    assert [word["in_force"] for word in words] == [False, False, True]


@pytest.mark.parametrize(("stages", "fine"), [(["started", "done"], True), (["done", "started"], True), (["planned"], False),
                                              (["ended", "done"], False), (["started", "started"], False)])  # fmt: skip
def test_the_life_of_a_measure(world: World, stages: list[str], fine: bool) -> None:
    case = following.opened(world)
    row = following.measure(world, case)
    try:
        for stage in stages:
            actions.move_measure(by=world.actor("ingrid"), row=row, stage=stage)
    except ActionError:
        assert not fine
    else:
        assert fine


def test_whoever_carries_a_measure_out_says_so_without_seeing_the_case(world: World) -> None:
    case = following.opened(world)
    row = following.measure(world, case)
    actions.move_measure(by=world.actor("amir"), row=row, stage="done", own_line=True)
    with pytest.raises(policy.NotAllowed):
        actions.move_measure(by=world.actor("amir"), row=row, stage="ended")
    with pytest.raises(policy.NotAllowed):
        actions.move_measure(by=world.actor("silje"), row=row, stage="ended", own_line=True)
    with scope.tenant_scope(case.tenant_id):
        held = Measure.objects.select_related("done_by").get(pk=row.pk)
    assert held.done_by is not None
    assert held.done_by.name == "Amir Rahimi"


def test_a_case_ends_when_the_pupil_says_that_it_is_safe(world: World) -> None:
    case = following.ended(world)
    assert following.again(case).state == "ended"


@pytest.mark.parametrize("answer", ["no", "partly"])
def test_a_pupils_no_starts_the_duty_again_in_any_state(world: World, answer: str) -> None:
    case = following.ended(world)
    before = len(things.queued_for(world, "ingrid"))
    following.says(world, case, answer)
    held = following.again(case)
    assert (held.state, held.ended_at) == ("open", None)
    assert held.restarted_at is not None
    assert len(things.queued_for(world, "ingrid")) == before + 1
    with pytest.raises(ActionError):
        actions.end(by=world.actor("ingrid"), case=held, why="Vi synes det er bra nok nå.", talk_on=clock.today() + timedelta(20))


def test_a_guardians_no_starts_investigating_and_the_pupil_is_asked(world: World) -> None:
    case = following.ready_to_end(world)
    following.says(world, case, "no", "guardian")
    with scope.tenant_scope(case.tenant_id):
        assert [obstacle for obstacle, _pupil in obstacles(following.again(case))] == ["ask_again", "find_out"]
    assert following.again(case).investigate_since is not None
    following.says(world, case, "yes")
    with scope.tenant_scope(case.tenant_id):
        assert [obstacle for obstacle, _pupil in obstacles(following.again(case))] == ["find_out"]
    following.finds_out(world, case)
    with scope.tenant_scope(case.tenant_id):
        assert obstacles(following.again(case)) == []


def test_a_written_reason_stands_in_only_where_there_is_no_answer(world: World) -> None:
    case = following.opened(world)
    actions.no_answer(by=world.actor("ingrid"), pupil=following.folder(case), why="Noah er innlagt på sykehus denne måneden.")
    following.says(world, case, "no")
    with pytest.raises(ActionError):
        actions.no_answer(by=world.actor("ingrid"), pupil=following.folder(case), why="Noah vil ikke snakke med oss mer.")


def test_a_case_with_two_pupils_waits_for_both(world: World) -> None:
    case = following.ready_to_end(world, "Noah Bergli", "Sara Haugfoss")
    with scope.tenant_scope(case.tenant_id):
        assert {pupil.pk for _obstacle, pupil in obstacles(case) if pupil} == {following.folders(case)[1].pk}


def test_a_case_about_an_employee_does_not_end_before_the_owner_knows(world: World) -> None:
    case = following.ready_to_end(world)
    actions.name_employee(by=world.actor("ingrid"), case=case, person=world.person("silje"))
    with scope.tenant_scope(case.tenant_id):
        assert [obstacle for obstacle, _pupil in obstacles(following.again(case))] == ["owes_owner"]
    actions.call_groundless(by=world.actor("ingrid"), case=case, why="Hun var ikke på skolen den uka det gjelder.")
    with scope.tenant_scope(case.tenant_id):
        assert obstacles(following.again(case)) == []
    assert "jonas" in may(world, READ, case)


def test_what_was_changed_after_an_evaluation_wants_a_new_one(world: World) -> None:
    case = following.ready_to_end(world)
    following.measure(world, case, into=following.plan(case))
    with scope.tenant_scope(case.tenant_id):
        assert [obstacle for obstacle, _pupil in obstacles(following.again(case))] == ["no_evaluation"]


def test_not_better_in_the_dialogue_takes_up_an_ended_case(world: World) -> None:
    report, _holder = telling.from_pupil(world)
    case = following.opened(world, reports=(report,))
    following.in_force(world, case)
    following.says(world, case, "yes")
    actions.weigh(by=world.actor("ingrid"), pupil=following.folder(case), text="Det beste er at tiltakene går videre.")
    following.evaluated(world, case)
    talk = clock.today() + timedelta(weeks=4)
    actions.end(by=world.actor("ingrid"), case=following.again(case), why="Noah sier at det er trygt.", talk_on=talk)
    with scope.tenant_scope(case.tenant_id):
        key, door = uuid4(), telling.door(world)
        voice_actions.sender_writes(by=door, report=report, key=key, kind="not_better", text="Det er likt som før.")
    assert following.again(case).state == "open"
    assert telling.again(report).state == "closed"  # the case has it: it does not stand in two lists


def test_the_timeline_cannot_be_changed_nor_answers_nor_versions(world: World) -> None:
    case = following.ready_to_end(world)
    with scope.tenant_scope(case.tenant_id):
        for model in (Entry, Answer, PlanVersion):
            table = model._meta.db_table
            for statement in (f"UPDATE {table} SET content = content", f"DELETE FROM {table}"):
                with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(statement)


def test_a_correction_stands_beside_what_it_corrects(world: World) -> None:
    by, case = world.actor("ingrid"), following.opened(world)
    entry = actions.write(by=by, case=case, kind="step_in", text="To gutter tok lua.", on=clock.today())
    made = actions.correct(by=by, entry=entry, text="Det var tre gutter.")
    with scope.tenant_scope(case.tenant_id):
        assert Entry.objects.filter(case=case, pk__in=[entry.pk, made.pk]).count() == 2
    with pytest.raises(ActionError):
        actions.correct(by=by, entry=made, text="Nei, to.")


@pytest.mark.parametrize("kind", ["other_duty", "note"])
def test_some_things_are_never_told_at_home(world: World, kind: str) -> None:
    case = following.opened(world)
    by, folder, today = world.actor("ingrid"), following.folder(case), clock.today()
    with pytest.raises(ActionError):
        actions.write(by=by, case=case, kind=kind, text="Noe", on=today, pupil=folder, home=True)


def test_words_do_not_open_in_another_row_or_case(world: World) -> None:
    one, other = following.opened(world), following.opened(world, "Sara Haugfoss")
    with scope.tenant_scope(one.tenant_id):
        first, second = one.entries.get(kind="opened"), other.entries.get(kind="opened")
        second.content = first.content
        with pytest.raises(aead.CannotDecrypt):
            texts.unlock(one, second)
        first.kind = "note"
        with pytest.raises(aead.CannotDecrypt):
            texts.unlock(one, first)
        other.key = one.key
        with pytest.raises(aead.CannotDecrypt):
            texts.unlock(Case(pk=other.pk, tenant_id=other.tenant_id, key=one.key), other)


def test_names_are_found_by_marks_that_differ_from_owner_to_owner(world: World) -> None:
    following.opened(world)
    following.opened(world, "Noah Bergli", by="per", school="ytterdal")
    with scope.outside_scope(reason="test"):
        rows = list(NameMark.objects.values_list("tenant_id", "mark"))
    mine = {mark for tenant, mark in rows if tenant == world.tenant_id}
    assert len(mine) == 2
    assert mine.isdisjoint({mark for tenant, mark in rows if tenant != world.tenant_id})


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(min_size=1, max_size=200).filter(lambda text: text.strip() and "\x00" not in text))
def test_any_text_comes_back_as_it_was_written(world: World, text: str) -> None:
    with transaction.atomic():
        held = following.opened(world)
        entry = actions.write(by=world.actor("ingrid"), case=held, kind="note", text=text, on=clock.today())
        with scope.tenant_scope(held.tenant_id):
            assert texts.unlock(held, Entry.objects.get(pk=entry.pk))["text"] == text.strip()
        transaction.set_rollback(True)


def test_reports_and_cases_of_others_are_not_to_be_had(world: World) -> None:
    mine = following.opened(world)
    for who in ("tor", "per", "nina", "amir"):
        with pytest.raises((policy.NotAllowed, Case.DoesNotExist)):
            actions.write(by=world.actor(who), case=mine, kind="note", text="Hei", on=clock.today())


def test_a_stand_in_of_a_disqualified_leader_does_not_get_the_case(world: World) -> None:
    case = following.opened(world)
    actions.recuse(by=world.actor("ingrid"), case=case, person=world.person("ingrid"))
    here, today = world.school("elvesletta"), clock.today()
    away, instead = world.person("ingrid"), world.person("silje")
    until = today + timedelta(7)
    school_life.add_stand_in(
        by=world.actor("nina"), school=here, leader=away, substitute=instead, valid_from=today, valid_to=until
    )
    assert may(world, READ, case) == {"jonas"}


def test_what_voice_lets_a_case_do(world: World) -> None:
    report: Report = telling.from_pupil(world, "employee")[0]
    case = following.opened(world, reports=(report,))
    assert case.concerns == "employee"
    assert told(case, EntryKind.REPORT) == 1
    with pytest.raises(policy.NotAllowed):
        voice_actions.into_case(by=world.actor("amir"), report=report)


def test_what_is_aimed_at_one_pupil_stands_in_no_other_pupils_plan(world: World) -> None:
    """Another family reads the versions of theirs, and an evaluation asks only about what stands in the plan."""
    case = following.opened(world, "Noah Bergli", "Sara Haugfoss", involved="Adam Lindås")
    by, (noah, sara, adam) = world.actor("ingrid"), following.folders(case)
    if noah.plan is None or sara.plan is None:
        raise AssertionError
    text = "Adam har en voksen med i gymmen."
    made = following.measure(world, case, into=noah.plan, pupil=adam, touched=[noah], neutral="Skolen følger opp gruppa.")
    assert made.plan is None
    moved = following.measure(world, case, into=noah.plan)
    changed = actions.change_measure(by=by, row=moved, measure=NewMeasure(text, world.person("amir"), clock.today(), pupil=sara))
    assert changed.plan == sara.plan
    with pytest.raises(ActionError):
        actions.into_plan(by=by, row=changed, plan=noah.plan)
    with scope.tenant_scope(case.tenant_id):
        newest = noah.plan.versions.order_by("-version")[0]
        assert text not in str(texts.unlock(following.again(case), newest))


def test_what_waits_is_counted_as_the_list_shows_it(world: World) -> None:
    """The counts on the home page are asked of the database; the list works each case out."""
    by = world.actor("ingrid")
    with clock.frozen(clock.now() - timedelta(days=30)):
        due = following.opened(world, "Noah Bergli")
        following.in_force(world, due, evaluate_on=clock.today() + timedelta(days=14))
        late = following.opened(world, "Sara Haugfoss")
        following.measure(world, late, ends_on=clock.today() + timedelta(days=3))
    for child, voice in (("Adam Lindås", "pupil"), ("Jonathan Krokmo", "guardian")):
        following.says(world, following.opened(world, child), "no", voice)
    acted = following.opened(world, "Emma Sandvoll")
    following.says(world, acted, "no")
    following.in_force(world, acted)
    with scope.tenant_scope(world.tenant_id):
        waits, lines = queries_day.waiting(by), queries.lines(list(queries.cases(by)))
    assert waits.due == sum(rules.Next.EVALUATE in one.next or one.overdue for one in lines) == 2
    assert waits.no == sum(rules.Next.SAYS_NO in one.next or rules.Next.INVESTIGATE in one.next for one in lines) == 2
    assert waits.unled == sum(rules.Next.RESPONSIBLE in one.next for one in lines) == 0
