"""When a plan is complete, when a case may end, what starts the duty again, who sees what: tables and laws that always hold."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.cases import rules, rules_order
from samskap.cases.rules import (
    Access,
    CaseFacts,
    Concerns,
    Element,
    Given,
    Lead,
    MeasureFacts,
    Next,
    Obstacle,
    PlanFacts,
    Reader,
    Restart,
    Safe,
    Shown,
    Side,
    Stage,
    SubjectFacts,
    Voice,
    Work,
)
from samskap.cases.rules_order import Pressing

DAY = date(2026, 11, 23)
WHOLE = MeasureFacts(has_when=True, has_who=True)


@pytest.mark.parametrize(
    ("plan", "missing"),
    [
        (PlanFacts("", [], None), list(Element)),
        (PlanFacts(" ", [WHOLE], DAY), [Element.PROBLEM]),
        (PlanFacts("Alene", [], DAY), [Element.MEASURES, Element.WHEN, Element.WHO]),
        (PlanFacts("Alene", [WHOLE], None), [Element.EVALUATION]),
        (PlanFacts("Alene", [WHOLE, MeasureFacts(False, True)], DAY), [Element.WHEN]),
        (PlanFacts("Alene", [WHOLE, MeasureFacts(True, False)], DAY), [Element.WHO]),
        (PlanFacts("Alene", [WHOLE], DAY), []),
    ],
)
def test_a_plan_has_the_five_elements_of_the_act(plan: PlanFacts, missing: list[Element]) -> None:
    assert list(rules.missing(plan)) == missing


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [
        (PlanFacts("Alene", [WHOLE], DAY), PlanFacts(" ", [WHOLE], None), [Element.PROBLEM, Element.EVALUATION]),
        (PlanFacts("Alene", [WHOLE], DAY), PlanFacts("Alene", [], DAY), [Element.MEASURES, Element.WHEN, Element.WHO]),
        (PlanFacts("Alene", [WHOLE], DAY), PlanFacts("Alene", [MeasureFacts(True, False)], DAY), [Element.WHO]),
        (PlanFacts("", [WHOLE], None), PlanFacts("", [WHOLE], None), []),
        (PlanFacts("", [WHOLE], None), PlanFacts("", [], DAY), [Element.MEASURES, Element.WHEN, Element.WHO]),
        (PlanFacts("Alene", [WHOLE], DAY), PlanFacts("Noe annet", [WHOLE, WHOLE], DAY), []),
    ],
)
def test_what_a_plan_loses_by_a_change(before: PlanFacts, after: PlanFacts, lost: list[Element]) -> None:
    assert list(rules.taken_away(before, after)) == lost


DONE = SubjectFacts(Safe.YES, plan_in_force=True, plan_whole=True, evaluated=True, best_interest=True)


@pytest.mark.parametrize(
    ("change", "obstacles"),
    [
        ({}, []),
        ({"answer": Safe.NO}, [Obstacle.SAYS_NO]),
        ({"answer": Safe.NO, "no_answer_reason": True}, [Obstacle.SAYS_NO]),
        ({"answer": Safe.PARTLY}, [Obstacle.NOT_YET]),
        ({"answer": Safe.PARTLY, "no_answer_reason": True}, [Obstacle.NOT_YET]),
        ({"answer": None}, [Obstacle.NOT_ASKED]),
        ({"answer": None, "no_answer_reason": True}, []),
        ({"guardian_says_no": True}, [Obstacle.ASK_AGAIN]),
        ({"plan_in_force": False, "evaluated": False}, [Obstacle.NO_PLAN]),
        ({"plan_whole": False}, [Obstacle.PLAN_LACKS]),
        ({"plan_whole": False, "evaluated": False}, [Obstacle.PLAN_LACKS, Obstacle.NO_EVALUATION]),
        ({"evaluated": False}, [Obstacle.NO_EVALUATION]),
        ({"best_interest": False}, [Obstacle.NO_BEST_INTEREST]),
    ],
)
def test_what_keeps_a_case_from_ending(change: dict[str, object], obstacles: list[Obstacle]) -> None:
    facts = SubjectFacts(**{**DONE.__dict__, **change})
    assert list(rules.obstacles_of(facts)) == obstacles


subjects = st.builds(
    SubjectFacts, st.none() | st.sampled_from(Safe), st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.booleans(),
    st.booleans(),
)  # fmt: skip


@given(subjects)
def test_no_case_ends_against_a_no_nor_without_an_answer_or_its_written_reason(subject: SubjectFacts) -> None:
    if not list(rules.obstacles_of(subject)):
        assert subject.answer == Safe.YES or (subject.answer is None and subject.no_answer_reason)
        assert subject.evaluated
        assert subject.plan_in_force
        assert subject.plan_whole
        assert subject.best_interest
        assert not subject.guardian_says_no


@given(subjects)
def test_after_the_duty_began_again_only_what_says_that_it_is_not_safe_counts(subject: SubjectFacts) -> None:
    after = rules.after_restart(subject)
    found = set(rules.obstacles_of(after))
    assert found & {Obstacle.SAYS_NO, Obstacle.NOT_YET, Obstacle.NOT_ASKED}
    assert Obstacle.NO_BEST_INTEREST in found
    assert found & {Obstacle.NO_PLAN, Obstacle.NO_EVALUATION}
    assert set(rules.obstacles_of(subject)) <= found | ({Obstacle.NOT_ASKED} if subject.answer is None else set())
    assert rules.after_restart(after) == after


@pytest.mark.parametrize(
    ("change", "kept"),
    [({}, None), ({"answer": Safe.NO}, Safe.NO), ({"answer": Safe.PARTLY}, Safe.PARTLY), ({"answer": None}, None)],
)
def test_a_yes_from_before_is_asked_again_and_a_no_stands(change: dict[str, object], kept: Safe | None) -> None:
    facts = SubjectFacts(**{**DONE.__dict__, "no_answer_reason": True, "guardian_says_no": True, **change})
    assert rules.after_restart(facts) == SubjectFacts(kept, guardian_says_no=True, plan_in_force=True, plan_whole=True)


@given(subjects)
def test_a_reason_never_outweighs_what_the_pupil_says(subject: SubjectFacts) -> None:
    without = SubjectFacts(**{**subject.__dict__, "no_answer_reason": False})
    if subject.answer is not None:
        assert list(rules.obstacles_of(subject)) == list(rules.obstacles_of(without))


@pytest.mark.parametrize(
    ("voice", "answer", "going_on", "ended"),
    [
        (Voice.PUPIL, Safe.NO, Restart.DUTY, Restart.DUTY),
        (Voice.PUPIL, Safe.PARTLY, Restart.NOTHING, Restart.DUTY),
        (Voice.PUPIL, Safe.YES, Restart.NOTHING, Restart.NOTHING),
        (Voice.GUARDIAN, Safe.NO, Restart.INVESTIGATE, Restart.INVESTIGATE),
        (Voice.GUARDIAN, Safe.PARTLY, Restart.NOTHING, Restart.NOTHING),
        (Voice.GUARDIAN, Safe.YES, Restart.NOTHING, Restart.NOTHING),
        (Voice.STAFF, Safe.NO, Restart.NOTHING, Restart.NOTHING),
        (Voice.STAFF, Safe.PARTLY, Restart.NOTHING, Restart.NOTHING),
        (Voice.STAFF, Safe.YES, Restart.NOTHING, Restart.NOTHING),
    ],
)
def test_whose_no_sets_off_what(voice: Voice, answer: Safe, going_on: Restart, ended: Restart) -> None:
    assert rules.restarts(voice, answer, ended=False) == going_on
    assert rules.restarts(voice, answer, ended=True) == ended


@pytest.mark.parametrize(
    ("concerns", "passed_on", "groundless", "owes"),
    [
        (Concerns.PUPILS, False, False, False),
        (Concerns.EMPLOYEE, False, False, True),
        (Concerns.EMPLOYEE, True, False, False),
        (Concerns.EMPLOYEE, False, True, False),
        (Concerns.LEADERSHIP, False, False, False),
    ],
)
def test_when_the_owner_must_be_told(concerns: Concerns, passed_on: bool, groundless: bool, owes: bool) -> None:
    assert rules.owes_owner(concerns, passed_on=passed_on, called_groundless=groundless) == owes


@pytest.mark.parametrize(
    ("due", "done", "overdue"),
    [
        (None, None, False),
        (DAY, None, False),
        (DAY - timedelta(1), None, True),
        (DAY - timedelta(1), DAY - timedelta(1), False),
        (DAY - timedelta(1), DAY - timedelta(2), True),
        (DAY + timedelta(1), None, False),
    ],
)
def test_when_something_is_overdue(due: date | None, done: date | None, overdue: bool) -> None:
    assert rules.is_overdue(due, done, DAY) == overdue


def test_planned_is_not_done_and_nothing_goes_back_to_planned() -> None:
    assert all(Stage.PLANNED not in nexts for nexts in rules.NEXT_STAGES.values())
    assert all(rules.NEXT_STAGES[stage] for stage in Stage)
    assert rules.NEXT_STAGES[Stage.STARTED] == {Stage.DONE, Stage.ENDED}
    assert rules.NEXT_STAGES[Stage.PLANNED] == {Stage.STARTED, Stage.DONE, Stage.ENDED}
    assert rules.NEXT_STAGES[Stage.DONE] == {Stage.STARTED, Stage.ENDED}
    assert rules.NEXT_STAGES[Stage.ENDED] == {Stage.STARTED}


A, B, C = uuid4(), uuid4(), uuid4()


@pytest.mark.parametrize(
    ("pupils", "aimed_at", "touched", "in_own", "in_another"),
    [
        ([A], None, [], Shown.FULL, Shown.NOT),
        ([A], None, [A], Shown.FULL, Shown.FULL),
        ([A], None, [B], Shown.FULL, Shown.NOT),
        ([A, C], None, [C], Shown.FULL, Shown.FULL),
        ([A], A, [], Shown.FULL, Shown.FULL),
        ([A], B, [A], Shown.NEUTRAL, Shown.NEUTRAL),
        ([A], B, [], Shown.NOT, Shown.NOT),
        ([A], B, [C], Shown.NOT, Shown.NOT),
        ([A, C], B, [C], Shown.NEUTRAL, Shown.NEUTRAL),
        ([], None, [A], Shown.FULL, Shown.NOT),
    ],
)
def test_how_a_measure_stands_in_its_own_plan_and_in_another(
    pupils: list[UUID], aimed_at: UUID | None, touched: list[UUID], in_own: Shown, in_another: Shown
) -> None:
    assert rules.shown_in(pupils, aimed_at, touched, own=True) == in_own
    assert rules.shown_in(pupils, aimed_at, touched, own=False) == in_another


HERE, THERE = uuid4(), uuid4()
LEADER, OTHER, WORKER, PPT, HANDLER = (uuid4() for _ in range(5))
SCHOOLS = CaseFacts(HERE, Side.SCHOOL, leads=[Lead(LEADER)])
GIVEN = Given(WORKER, Access.WORK, DAY)
GUEST = Given(PPT, Access.GUEST, DAY, DAY + timedelta(7))


def _case(**change: object) -> CaseFacts:
    return CaseFacts(**{**SCHOOLS.__dict__, **change})


@pytest.mark.parametrize(
    ("reader", "case", "allowed"),
    [
        # The school's own.
        (Reader(LEADER, True, [HERE]), _case(), {Access.LEAD}),
        (Reader(LEADER, False, [HERE]), _case(), set()),
        (Reader(LEADER, True, [HERE]), _case(about=[LEADER]), set()),
        (Reader(OTHER, True, [THERE]), _case(), set()),
        (Reader(OTHER, True, [HERE]), _case(leads=[Lead(LEADER), Lead(OTHER, LEADER)]), {Access.LEAD}),
        (Reader(OTHER, True, [HERE]), _case(leads=[Lead(LEADER), Lead(OTHER, LEADER)], about=[LEADER]), set()),
        # Case workers, while they work there.
        (Reader(WORKER, True, [HERE]), _case(given=[GIVEN]), {Access.WORK}),
        (Reader(WORKER, True, [THERE]), _case(given=[GIVEN]), set()),
        (Reader(WORKER, False, [HERE]), _case(given=[GIVEN]), set()),
        (Reader(WORKER, True, [HERE]), _case(given=[Given(WORKER, Access.WORK, DAY + timedelta(1))]), set()),
        (Reader(WORKER, True, [HERE]), _case(given=[Given(WORKER, Access.WORK, DAY, DAY)]), {Access.WORK}),
        (Reader(WORKER, True, [HERE]), _case(given=[Given(WORKER, Access.WORK, DAY - timedelta(2), DAY - timedelta(1))]), set()),
        # Guests, until their last day.
        (Reader(PPT, True), _case(given=[GUEST]), {Access.GUEST}),
        (Reader(PPT, True), _case(given=[Given(PPT, Access.GUEST, DAY - timedelta(9), DAY - timedelta(1))]), set()),
        # The municipality's: nobody at the school, also not who was given it before.
        (Reader(LEADER, True, [HERE]), _case(side=Side.OWNER), set()),
        (Reader(WORKER, True, [HERE]), _case(side=Side.OWNER, given=[GIVEN]), set()),
        (Reader(OTHER, True, [THERE]), _case(side=Side.OWNER, given=[Given(OTHER, Access.LEAD, DAY)]), {Access.LEAD}),
        (Reader(LEADER, True, [HERE]), _case(side=Side.OWNER, given=[Given(LEADER, Access.LEAD, DAY)]), set()),
        (Reader(HANDLER, True, handles=True), _case(side=Side.OWNER), {Access.LEAD}),
        (Reader(HANDLER, True, handles=True), _case(side=Side.OWNER, about=[HANDLER]), set()),
        # The handlers: what was passed on, and what nobody at the school could lead.
        (Reader(HANDLER, True, handles=True), _case(), set()),
        (Reader(HANDLER, True, handles=True), _case(passed_on=True), {Access.OVERSEE}),
        (Reader(HANDLER, True, handles=True), _case(leads=[]), {Access.LEAD}),
        # Who handles such cases and works at the school, too, has both.
        (Reader(WORKER, True, [HERE], handles=True), _case(passed_on=True, given=[GIVEN]), {Access.WORK, Access.OVERSEE}),
        (Reader(HANDLER, True, handles=True), _case(about=[LEADER]), {Access.LEAD}),
        (Reader(HANDLER, False, handles=True), _case(side=Side.OWNER), set()),
    ],
)  # fmt: skip
def test_who_may_do_what(reader: Reader, case: CaseFacts, allowed: set[Access]) -> None:
    assert rules.access_of(reader, case, DAY) == allowed


people = st.sampled_from([LEADER, OTHER, WORKER, PPT, HANDLER])
givens = st.builds(Given, people, st.sampled_from([Access.WORK, Access.GUEST, Access.LEAD]), st.just(DAY), st.just(None))
leads = st.builds(Lead, people, st.none() | people)
facts = st.builds(
    CaseFacts, st.just(HERE), st.sampled_from(Side), st.booleans(), st.lists(givens, max_size=4), st.lists(people, max_size=3),
    st.lists(leads, max_size=3),
)  # fmt: skip
readers = st.builds(Reader, people, st.booleans(), st.sets(st.sampled_from([HERE, THERE])), st.booleans())


@given(readers, facts)
def test_nobody_sees_what_is_about_themselves_or_without_training(reader: Reader, case: CaseFacts) -> None:
    if rules.access_of(reader, case, DAY):
        assert reader.trained
        assert reader.person not in case.about


@given(readers, facts)
def test_nobody_who_works_at_the_school_has_any_part_in_the_municipalitys_case(reader: Reader, case: CaseFacts) -> None:
    if case.side == Side.OWNER and HERE in reader.works_at and not reader.handles:
        assert not rules.access_of(reader, case, DAY)


@given(facts)
def test_a_case_is_never_without_one_who_can_lead_it(case: CaseFacts) -> None:
    handler = Reader(HANDLER, True, handles=True)
    others = [Reader(lead.person, True, [HERE]) for lead in case.leads]
    if HANDLER not in case.about:
        assert any(Access.LEAD in rules.access_of(reader, case, DAY) for reader in (handler, *others))


@pytest.mark.parametrize(
    ("work", "steps"),
    [
        (Work(), [Next.FOLLOW]),
        (Work(has_responsible=False, say_no=1), [Next.RESPONSIBLE, Next.SAYS_NO]),
        (Work(owes_owner=True, unheard=2, plans_missing=1), [Next.PASS_ON, Next.HEAR, Next.PLAN]),
        (Work(unheard=1), [Next.HEAR]),
        (Work(meeting_on=DAY), [Next.MEETING]),
        (Work(meeting_on=DAY + timedelta(1)), [Next.FOLLOW]),
        (Work(investigate=True, unasked=1), [Next.INVESTIGATE, Next.ASK]),
        (Work(evaluate_on=DAY), [Next.EVALUATE]),
        (Work(evaluate_on=DAY + timedelta(1)), [Next.FOLLOW]),
        (Work(measures_late=1), [Next.MEASURE]),
        (Work(may_end=True), [Next.END]),
        (Work(ended=True), []),
        (Work(ended=True, has_responsible=False, say_no=1), []),
        (Work(ended=True, talk_on=DAY), [Next.TALK]),
        (Work(ended=True, talk_on=DAY + timedelta(1)), []),
        (Work(talk_on=DAY), [Next.FOLLOW]),
    ],
)
def test_what_comes_next(work: Work, steps: list[Next]) -> None:
    assert list(rules.next_steps(work, DAY)) == steps


BEFORE, AFTER = DAY - timedelta(60), DAY + timedelta(14)


@pytest.mark.parametrize(
    ("evaluate_on", "evaluated_on", "said_on", "ended", "found"),
    [
        (AFTER, DAY, DAY, False, (AFTER, DAY)),  # said in the evaluation: it was held, and the next day stays
        (BEFORE, DAY, DAY, False, (DAY, DAY)),  # no next day was set
        (AFTER, None, DAY, False, (DAY, None)),  # said apart: look at the plan today
        (AFTER, BEFORE, DAY, False, (DAY, None)),
        (BEFORE, None, DAY, False, (BEFORE, None)),  # over its date already
        (BEFORE, BEFORE, DAY, False, (DAY, None)),  # evaluated on its day: nothing was late
        (BEFORE, BEFORE - timedelta(7), DAY, False, (BEFORE, None)),  # evaluated before its day alone
        (BEFORE, None, DAY, True, (DAY, None)),  # ended meanwhile: nothing was late
        (AFTER, DAY, DAY, True, (DAY, None)),
        (None, None, DAY, False, (DAY, None)),
    ],
)
def test_when_a_plan_is_evaluated_after_the_duty_began_again(
    evaluate_on: date | None, evaluated_on: date | None, said_on: date, ended: bool, found: tuple[date | None, date | None]
) -> None:
    assert rules.evaluation_after_restart(evaluate_on, evaluated_on, said_on=said_on, ended=ended, today=DAY) == found


@pytest.mark.parametrize(
    ("work", "found"),
    [
        (Work(owes_owner=True, say_no=1, investigate=True, measures_late=1), Pressing.TELL_OWNER),
        (Work(say_no=1, investigate=True, measures_late=1), Pressing.SAYS_NO),
        (Work(investigate=True, evaluate_on=DAY), Pressing.FIND_OUT),
        (Work(evaluate_on=DAY), Pressing.DUE),
        (Work(measures_late=1), Pressing.DUE),
        (Work(evaluate_on=AFTER, unheard=2, plans_missing=1), Pressing.COMING),
        (Work(), Pressing.COMING),
    ],
)
def test_what_presses_most_stands_first(work: Work, found: Pressing) -> None:
    assert rules_order.pressing(work, DAY) == found
