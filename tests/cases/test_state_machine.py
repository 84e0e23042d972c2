"""Random lives of cases: whatever people do in any order, the promises hold.

Never ended against a "no", nor without an answer or its written reason; never seen by a wrong person, at the school or at home;
never without somebody responsible; no line of the timeline lost or changed; and each report closed as its case is. ``Counted``
keeps each "no" in mind.
"""

import os
from contextlib import ExitStack, nullcontext
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test

from samskap.cases import actions, responsible, rules
from samskap.cases.models import Case, CasePupil, CaseReport, Entry, Given, Measure, Part, Recusal, State
from samskap.cases.policy import FAMILY, LEAD, READ, RECUSALS, WORK
from samskap.kernel import clock, policy, scope
from samskap.people import actions as people_actions
from samskap.people import actions_school as school_life
from samskap.people import api as people
from samskap.people.models import Assignment, StandIn
from samskap.voice import actions as voice
from samskap.voice.api import about
from samskap.voice.models import Report
from tests.cases import following
from tests.cases.counted import STAFF, WHY, Counted
from tests.support.world import World, found
from tests.voice import telling

OTHERS = ("tor", "henrik", "nina", "olav", "per", "sigrid")
PUPILS = ("Noah Bergli", "Sara Haugfoss", "Adam Lindås")
# Whose page each of the family could see, once it is opened for them.
FAMILY_OF = {"noah": PUPILS[0], "hanne": PUPILS[0], "sara": PUPILS[1], "lena": PUPILS[1], "paal": PUPILS[1], "mona": PUPILS[2]}
STRANGERS = ("emma", "anita", "tore", "jorunn", "kjell")


def reader(actor: policy.Actor) -> rules.Reader:
    """Somebody as the plain rule looks at them."""
    works = actor.schools("leader", "employee", "group")
    assert actor.person_id is not None
    return rules.Reader(actor.person_id, actor.trained, works, actor.owner_wide("handler"))


def facts(case: Case, known: dict[str, UUID]) -> rules.CaseFacts:
    """A case as the plain rule looks at it. ``known``: the cast's persons by their hashes."""
    row = following.again(case)
    with scope.tenant_scope(case.tenant_id):
        about = set(Recusal.objects.filter(case=row).values_list("person_hash", flat=True))
        given = [rules.Given(one.person_id, rules.Access(one.kind), one.valid_from, one.valid_to)
                 for one in Given.objects.filter(case=row)]  # fmt: skip
        leads = [rules.Lead(one.person, one.stands_in_for) for one in people.leads(school_id=row.school_id, trained=True)]
    passed_on = row.passed_on_at is not None or row.groundless_at is not None
    about_ids = {known[one] for one in about if one in known}
    return rules.CaseFacts(row.school_id, rules.Side(row.side), passed_on, given, about_ids, leads)


class Lives(Counted):
    """One school's cases. What is refused changes nothing."""

    @initialize()
    def begin(self) -> None:
        self.world = found()
        self.kept = []
        self.lines: dict[Any, bytes] = {}
        self.pages: dict[Any, set[str]] = {}
        self.begun, self.nos = {}, {}
        persons = [self.world.person(who).pk for who in (*STAFF, *OTHERS)]
        self.known = {people.person_hash(pk): pk for pk in persons}
        # Whose roles never change here.
        self.homes = {who: self.world.actor(who) for who in FAMILY_OF}
        self.clock = ExitStack()
        self.point = transaction.atomic()
        self.point.__enter__()
        self.told = [telling.from_pupil(self.world, what=f"Nummer {number}")[0] for number in range(3)]
        first, second = self.told[:2]
        self.kept = [
            following.opened(self.world, PUPILS[0], reports=(first,)),
            following.opened(self.world, *PUPILS[1:], reports=(second,)),
        ]

    def teardown(self) -> None:
        if not hasattr(self, "point"):
            return
        try:
            self.nobody_else_sees_anything()
        finally:
            self.clock.close()
            transaction.set_rollback(True)
            self.point.__exit__(None, None, None)

    @rule(names=st.lists(st.sampled_from(PUPILS), min_size=1, max_size=2, unique=True), who=st.sampled_from(STAFF))
    def somebody_opens_one(self, names: list[str], who: str) -> None:
        def do() -> None:
            self.kept.append(following.opened(self.world, *names, by=who))

        self._try(do)

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 5), who=st.sampled_from(STAFF), which=st.integers(0, 2), safe=st.sampled_from(list(rules.Safe)),
          voice=st.sampled_from(list(rules.Voice)))  # fmt: skip
    def somebody_answers(self, number: int, who: str, which: int, safe: rules.Safe, voice: rules.Voice) -> None:
        case = self._one(number)
        folder = self._folder(case, which)

        def do() -> None:
            actions.ask(by=self._by(who), pupil=folder, voice=voice, safe=safe, words="Sånn er det.", on=clock.today())
            self._was_said(case, folder, voice, safe)
            if voice == rules.Voice.PUPIL and safe == rules.Safe.NO:
                assert self._one(number).state == State.OPEN

        self._try(do)

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 5), who=st.sampled_from(STAFF), which=st.integers(0, 2))
    def there_is_no_answer(self, number: int, who: str, which: int) -> None:
        folder = self._folder(self._one(number), which)
        self._try(lambda: actions.no_answer(by=self._by(who), pupil=folder, why=WHY))

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 5), who=st.sampled_from(STAFF), which=st.integers(0, 2))
    def the_best_is_weighed(self, number: int, who: str, which: int) -> None:
        folder = self._folder(self._one(number), which)
        self._try(lambda: actions.weigh(by=self._by(who), pupil=folder, text=WHY))

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 5), who=st.sampled_from(STAFF), which=st.integers(0, 2))
    def a_plan_is_written_and_put_in_force(self, number: int, who: str, which: int) -> None:
        case, by = self._one(number), self._by(who)

        def do() -> None:
            plan = self._folder(case, which).plan
            if plan is None:
                return
            following.measure(self.world, case, by=who, into=plan)
            plan.refresh_from_db()
            day = clock.today() + timedelta(14)
            actions.write_plan(by=by, plan=plan, version=plan.version, problem="Alene.", evaluate_on=day)
            plan.refresh_from_db()
            actions.put_in_force(by=by, plan=plan)

        with scope.tenant_scope(self.world.tenant_id):
            self._try(do)

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 5), who=st.sampled_from(STAFF), which=st.integers(0, 2), days=st.sampled_from((None, 7, 20)))
    def a_plan_is_evaluated(self, number: int, who: str, which: int, days: int | None) -> None:
        def do() -> None:
            plan = self._folder(self._one(number), which).plan
            if plan is None:
                return
            verdicts = {row.pk: "continue" for row in Measure.objects.filter(plan=plan, removed_at=None)}
            ahead = None if days is None else clock.today() + timedelta(days)
            actions.evaluate(
                by=self._by(who), plan=plan, text="Bedre.", on=clock.today(), verdicts=verdicts, effects={}, next_on=ahead
            )

        with scope.tenant_scope(self.world.tenant_id):
            self._try(do)

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 5), who=st.sampled_from(STAFF))
    def somebody_ends_it(self, number: int, who: str) -> None:
        self._ends(number, who)

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 5), who=st.sampled_from(STAFF), to=st.sampled_from(STAFF), kind=st.integers(0, 3))
    def somebody_is_let_in(self, number: int, who: str, to: str, kind: int) -> None:
        case, by, person = self._one(number), self._by(who), self.world.person(to)
        until = clock.today() + timedelta(7)
        does = (
            lambda: actions.give(by=by, case=case, to=person),
            lambda: actions.invite(by=by, case=case, to=person, basis="consent", until=until),
            lambda: actions.appoint(by=by, case=case, to=person),
            lambda: actions.hand_over(by=by, case=case, to=person),
        )
        self._try(does[kind])

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 5), who=st.sampled_from(STAFF), to=st.sampled_from(STAFF), kind=st.integers(0, 2))
    def somebody_turns_out_to_be_involved(self, number: int, who: str, to: str, kind: int) -> None:
        case, by, person = self._one(number), self._by(who), self.world.person(to)
        does = (
            lambda: actions.recuse(by=by, case=case, person=person),
            lambda: actions.name_employee(by=by, case=case, person=person),
            lambda: actions.name_leadership(by=by, case=case),
        )
        self._try(does[kind])

    def _report(self, number: int) -> Report:
        return telling.again(self.told[number % len(self.told)])

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 5), report=st.integers(0, 2), who=st.sampled_from(STAFF))
    def a_report_joins(self, number: int, report: int, who: str) -> None:
        self._try(lambda: actions.join(by=self._by(who), case=self._one(number), report=self._report(report)))

    @rule(number=st.integers(0, 2), who=st.sampled_from(STAFF), to=st.sampled_from(STAFF), kind=st.integers(0, 3))
    def a_report_turns_out_to_be_about_somebody(self, number: int, who: str, to: str, kind: int) -> None:
        report, by, person = self._report(number), self._by(who), self.world.person(to)
        does = (
            lambda: voice.recuse(by=by, report=report, person=person),
            lambda: voice.name_employee(by=by, report=report, person=person),
            lambda: voice.reroute(by=by, report=report),
            lambda: voice.return_to_school(by=by, report=report, concerns="pupils", reason=WHY),
        )
        self._try(does[kind])

    @rule(number=st.integers(0, 2), names=st.booleans(), kind=st.sampled_from(("addition", "not_better")))
    def a_sender_writes_or_names_the_leadership(self, number: int, names: bool, kind: str) -> None:
        by = telling.door(self.world)
        if names:  # never refused, whatever else has happened
            voice.sender_names_leadership(by=by, report=self._report(number))
        with scope.tenant_scope(self.world.tenant_id):
            voice.sender_writes(by=by, report=self._report(number), key=uuid4(), kind=kind, text="Sånn er det.")

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 5), who=st.sampled_from(STAFF))
    def somebody_passes_it_on(self, number: int, who: str) -> None:
        self._try(lambda: actions.pass_on(by=self._by(who), case=self._one(number), why=WHY))

    @precondition(lambda self: bool(self.kept))
    @rule(
        number=st.integers(0, 5), who=st.sampled_from(STAFF), name=st.sampled_from(PUPILS), part=st.sampled_from(list(rules.Part))
    )
    def somebody_is_added(self, number: int, who: str, name: str, part: rules.Part) -> None:
        case, pupil = self._one(number), following.pupil(self.world, name)

        def do() -> None:
            folder = actions.add_pupil(by=self._by(who), case=case, pupil=pupil, part=part)
            if folder.begun_again_at is not None:
                self._begins_again(case, folder)

        self._try(do)

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 5), who=st.sampled_from(STAFF), which=st.integers(0, 2))
    def somebody_is_taken_out(self, number: int, who: str, which: int) -> None:
        folder = self._folder(self._one(number), which)

        def do() -> None:
            actions.take_out(by=self._by(who), pupil=folder, why=WHY)
            assert folder.pk not in self.nos
            self.pages.pop(folder.pk, None)

        self._try(do)

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 5), who=st.sampled_from(STAFF), which=st.integers(0, 2), plan=st.integers(-1, 2))
    def another_plan_is_chosen(self, number: int, who: str, which: int, plan: int) -> None:
        rows = following.folders(self._one(number))
        chosen = rows[plan % len(rows)].plan if plan >= 0 else None
        self._try(lambda: actions.choose_plan(by=self._by(who), pupil=rows[which % len(rows)], plan=chosen))

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 5), who=st.sampled_from(STAFF))
    def it_goes_back_to_the_school(self, number: int, who: str) -> None:
        self._try(lambda: actions.give_back(by=self._by(who), case=self._one(number), why=WHY))

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 5), who=st.sampled_from(STAFF), which=st.integers(0, 3))
    def an_access_ends(self, number: int, who: str, which: int) -> None:
        with scope.tenant_scope(self.world.tenant_id):
            rows = list(Given.objects.filter(case=self._one(number)).select_related("case", "person"))
        if rows:
            self._try(lambda: actions.end_access(by=self._by(who), given=rows[which % len(rows)]))

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 5), who=st.sampled_from(STAFF), which=st.integers(0, 2), key=st.sampled_from(list(FAMILY_OF)),
          shut=st.booleans())  # fmt: skip
    def a_page_is_opened_or_closed(self, number: int, who: str, which: int, key: str, shut: bool) -> None:
        folder, by, person = self._folder(self._one(number), which), self._by(who), self.world.person(key)

        def do() -> None:
            if shut:
                actions.close_page(by=by, pupil=folder, person=person, why=WHY)
                self.pages.get(folder.pk, set()).discard(key)
            else:
                actions.open_page(by=by, pupil=folder, person=person, why=WHY)
                self.pages.setdefault(folder.pk, set()).add(key)

        self._try(do)

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 5), which=st.integers(0, 2), key=st.sampled_from((*FAMILY_OF, *STRANGERS)),
          safe=st.sampled_from(["", *rules.Safe]))  # fmt: skip
    def somebody_at_home_writes(self, number: int, which: int, key: str, safe: str) -> None:
        folder = self._folder(self._one(number), which)

        def do() -> None:
            before = following.again(folder.case)
            actions.say(by=self._by(key), pupil=folder, safe=safe, words="Sånn er det.")
            if safe and folder.part == Part.SUBJECT:
                voice = rules.Voice.PUPIL if key in ("noah", "sara") else rules.Voice.GUARDIAN
                self._was_said(before, folder, voice, rules.Safe(safe))
            assert key in self.pages.get(folder.pk, ())

        self._try(do)

    @rule(days=st.integers(1, 9))
    def time_goes_by(self, days: int) -> None:
        moment = clock.now() + timedelta(days)
        self.clock.close()
        self.clock.enter_context(clock.frozen(moment))

    @rule(who=st.sampled_from(("kari", "silje", "amir")), days=st.integers(0, 3))
    def somebody_stands_in(self, who: str, days: int) -> None:
        world, today = self.world, clock.today()
        self._try(
            lambda: school_life.add_stand_in(
                by=world.actor("nina"), school=world.school("elvesletta"), leader=world.person("ingrid"),
                substitute=world.person(who), valid_from=today, valid_to=today + timedelta(days),
            )
        )  # fmt: skip

    @rule()
    def the_stand_ins_go(self) -> None:
        with scope.tenant_scope(self.world.tenant_id):
            rows = list(StandIn.objects.all())
        for row in rows:
            self._try(lambda row=row: school_life.end_stand_in(by=self.world.actor("nina"), stand_in=row))

    @rule(who=st.sampled_from(("amir", "silje")))
    def somebody_leaves_the_school(self, who: str) -> None:
        with scope.tenant_scope(self.world.tenant_id):
            row = Assignment.objects.filter(person=self.world.person(who), role="employee", valid_to=None).first()
        if row is not None:
            yesterday = clock.today() - timedelta(1)
            self._try(lambda: people_actions.end_assignment(by=self.world.actor("nina"), assignment=row, last_day=yesterday))

    @rule(who=st.sampled_from(("ingrid", "amir", "arne")), trained=st.booleans())
    def somebody_is_trained_or_not(self, who: str, trained: bool) -> None:
        on = clock.today() if trained else None
        self._try(lambda: people_actions.note_training(by=self.world.actor("nina"), person=self.world.person(who), on=on))

    @invariant()
    def the_right_people_see_it_and_nobody_else(self) -> None:
        held = [(case.pk, facts(case, self.known)) for case in getattr(self, "kept", [])]
        for who in STAFF if held else ():
            actor = self.world.actor(who)
            allowed = {pk: rules.access_of(reader(actor), one, clock.today()) for pk, one in held}
            read = {pk for pk, found in allowed.items() if found}
            assert self._seen(READ, actor) == read, who
            if not read:
                continue
            assert self._seen(WORK, actor) == {pk for pk, found in allowed.items() if found - {rules.Access.GUEST}}, who
            assert self._seen(LEAD, actor) == {pk for pk, found in allowed.items() if rules.Access.LEAD in found}, who

    def nobody_else_sees_anything(self) -> None:
        """Those whom nothing in a life lets in: asked at its end."""
        for who in STAFF:
            actor = self.world.actor(who)
            read = self._seen(READ, actor)
            assert self._seen(WORK, actor) <= read, who
            assert self._seen(LEAD, actor) <= read, who
        for who in (*OTHERS, *STRANGERS):
            actor = self.world.actor(who)
            assert not any(self._seen(verb, actor) for verb in (READ, WORK, LEAD, FAMILY)), who

    def _seen(self, verb: str, actor: policy.Actor) -> set[Any]:
        assert actor.tenant_id is not None
        with scope.tenant_scope(actor.tenant_id):
            return set(policy.visible(verb, actor).values_list("pk", flat=True))

    @invariant()
    def each_at_home_sees_the_pages_that_were_opened_for_them_and_no_others(self) -> None:
        for who, actor in getattr(self, "homes", {}).items():
            assert self._seen(FAMILY, actor) == {pk for pk, keys in self.pages.items() if who in keys}, who

    @invariant()
    def each_report_is_closed_as_its_case_is(self) -> None:
        with scope.tenant_scope(self.world.tenant_id) if hasattr(self, "kept") else nullcontext():
            for link in CaseReport.objects.select_related("case", "report") if hasattr(self, "kept") else ():
                case, report = link.case, link.report
                assert (report.receiver, about(report)) == (case.side, RECUSALS.hashes(case))
                assert (report.concerns == "leadership") == (case.concerns == "leadership")

    @invariant()
    def nothing_is_ended_against_a_no(self) -> None:
        if not hasattr(self, "kept"):
            return
        with scope.tenant_scope(self.world.tenant_id):
            ended = CasePupil.objects.filter(case__state=State.ENDED, part=Part.SUBJECT, left_at=None)
            assert not ended.filter(answer__in=("no", "partly")).exists()
            assert not ended.filter(answer="", no_answer_at=None).exists()
            assert not Case.objects.filter(state=State.ENDED).exclude(pk__in=ended.values("case")).exists()

    @invariant()
    def no_line_is_lost_or_changed(self) -> None:
        if not getattr(self, "kept", []):
            return
        with scope.tenant_scope(self.world.tenant_id):
            now = {pk: bytes(content) for pk, content in Entry.objects.values_list("pk", "content")}
        assert all(now.get(pk) == content for pk, content in self.lines.items())
        self.lines = now

    @invariant()
    def the_responsible_one_is_named_and_is_missed_when_gone(self) -> None:
        with scope.tenant_scope(self.world.tenant_id) if hasattr(self, "kept") else nullcontext():
            rows = list(Case.objects.filter(pk__in=[case.pk for case in getattr(self, "kept", [])]).select_related("responsible"))
            there = responsible.still(rows) if rows else set()
            for person in {row.responsible for row in rows}:
                mine = {row.pk for row in rows if row.responsible_id == person.pk}
                assert self._seen(WORK, people_actions.actor_for_person(person)) & mine == there & mine


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.django_db(transaction=False)
@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.deep) for part in range(1, 8))])
def test_thousands_of_lives(world: World, part: int) -> None:
    """In parts, so that both workers walk them. Each life is of several pupils and cases."""
    deep = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=90 if deep else 3, stateful_step_count=12 if deep else 20, deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=list(Phase) if deep else (Phase.generate,),
        ),
    )  # fmt: skip
