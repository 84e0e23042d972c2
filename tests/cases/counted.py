"""In random lives of cases: each "no" is kept in mind apart from the program, and what was there when the duty began again.

No "no" leaves the count but by the pupil's own later answer; what was said before a new beginning ends nothing; no plan in force
is emptied.
"""

from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from samskap.cases import actions, queries, rules
from samskap.cases.actions.plans import facts, words_of
from samskap.cases.models import Case, CasePupil, Entry, Measure, Part, Plan, State
from samskap.cases.queries_order import in_order
from samskap.kernel import clock, policy, scope
from samskap.kernel.actions import ActionError
from samskap.kernel.policy import NotAllowed
from tests.cases import following
from tests.support.world import World
from tests.voice import telling

STAFF = ("ingrid", "kari", "amir", "silje", "marte", "jonas", "arne")
WHY = "Det er en god grunn til dette, og den står her."


class Counted(RuleBasedStateMachine):
    """What begins a case again, what would take something away, and what must hold all the same."""

    world: World
    kept: list[Case]
    begun: dict[Any, frozenset[Any]]
    nos: dict[Any, str]

    def _try(self, do: Any) -> None:
        try:
            with transaction.atomic():
                do()
        except (ActionError, NotAllowed, Case.DoesNotExist):  # the last one: for another owner's people there is no such case
            return

    def _one(self, number: int) -> Case:
        return following.again(self.kept[number % len(self.kept)])

    def _folder(self, case: Case, number: int) -> CasePupil:
        rows = following.folders(case)
        return rows[number % len(rows)]

    def _by(self, who: str) -> policy.Actor:
        return self.world.actor(who)

    def _was_said(self, before: Case, folder: CasePupil, voice: rules.Voice, safe: rules.Safe) -> None:
        """Keep each "no" apart from what the program keeps, until the pupil's own later answer; and what began again by it."""
        if voice == rules.Voice.PUPIL:
            self.nos.pop(folder.pk, None)
        if safe != rules.Safe.YES and (voice == rules.Voice.PUPIL or (voice == rules.Voice.GUARDIAN and safe == rules.Safe.NO)):
            self.nos[folder.pk] = "answer" if voice == rules.Voice.PUPIL else self.nos.get(folder.pk, "guardian")
        effect = rules.restarts(voice, safe, ended=before.state == State.ENDED)
        if effect == rules.Restart.DUTY or (effect == rules.Restart.INVESTIGATE and before.state == State.ENDED):
            self._begins_again(before, None if before.state == State.ENDED else folder)

    def _said_since_it_began_again(self, pupil: CasePupil) -> None:
        """By what stands in the timeline, which nobody can change."""
        mine = Entry.objects.filter(case=pupil.case_id, pupil=pupil)
        begun = self.begun.get(pupil.pk)
        if begun is None:
            return
        said = mine.filter(kind__in=("answer", "no_answer"), pk__in=self.lines_since(begun))
        assert said.exists()
        assert mine.filter(kind="best_interest", pk__in=self.lines_since(begun)).exists()
        assert Entry.objects.filter(plan=pupil.plan, kind="evaluation", pk__in=self.lines_since(begun)).exists()

    def lines_since(self, known: frozenset[Any]) -> list[Any]:
        """The lines that were written after a moment at which these were there. The clock may stand still: it cannot tell."""
        return [pk for pk in Entry.objects.values_list("pk", flat=True) if pk not in known]

    def _begins_again(self, case: Case, which: CasePupil | None) -> None:
        """From now on nothing that was said before counts for an end: for all of a case, or for one."""
        with scope.tenant_scope(self.world.tenant_id):
            known = frozenset(Entry.objects.values_list("pk", flat=True))
            for pk in CasePupil.objects.filter(case=case, part=Part.SUBJECT, left_at=None).values_list("pk", flat=True):
                if which is None or which.pk == pk:
                    self.begun[pk] = known

    def _ends(self, number: int, who: str) -> None:
        talk = clock.today() + timedelta(weeks=6)

        def do() -> None:
            case = actions.end(by=self._by(who), case=self._one(number), why=WHY, talk_on=talk)
            assert case.investigate_since is None
            with scope.tenant_scope(self.world.tenant_id):
                for pupil in CasePupil.objects.filter(case=case, part=Part.SUBJECT, left_at=None).select_related("plan"):
                    assert pupil.answer == "yes" or (not pupil.answer and pupil.no_answer_at)
                    assert pupil.guardian_no_at is None
                    assert pupil.plan is not None
                    assert pupil.plan.in_force_at is not None
                    assert not rules.missing(facts(case, pupil.plan))
                    self._said_since_it_began_again(pupil)

        self._try(do)

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 5), left_out=st.sampled_from(("", "", "", "plan", "answer", "weigh", "evaluate")))
    def it_is_followed_through_to_its_end(self, number: int, left_out: str) -> None:
        """All that an end asks for, but perhaps for one thing: few lives would come so far by themselves."""
        case, by = self._one(number), self._by("ingrid")
        does = {"plan": self._plans, "answer": self._answers, "weigh": self._weighs, "evaluate": self._evaluates}
        self._try(lambda: following.finds_out(self.world, case))
        for held in following.folders(case):
            if held.part == Part.SUBJECT and held.left_at is None:
                for name, do in does.items():
                    if name != left_out:
                        self._try(partial(do, by, held))
        self._ends(number, "ingrid")

    def _plans(self, by: policy.Actor, held: CasePupil) -> None:
        plan = held.plan
        if plan is None or plan.in_force_at is not None:
            return
        following.measure(self.world, held.case, into=plan)
        plan = self._plan_now(plan)
        day = clock.today() + timedelta(14)
        actions.write_plan(by=by, plan=plan, version=plan.version, problem="Alene.", evaluate_on=day)
        actions.put_in_force(by=by, plan=self._plan_now(plan))

    def _plan_now(self, plan: Plan) -> Plan:
        with scope.tenant_scope(self.world.tenant_id):
            return Plan.objects.select_related("case__school").get(pk=plan.pk)

    def _answers(self, by: policy.Actor, held: CasePupil) -> None:
        before = following.again(held.case)
        actions.ask(by=by, pupil=held, voice="pupil", safe="yes", words="Det er bra.", on=clock.today())
        self._was_said(before, held, rules.Voice.PUPIL, rules.Safe.YES)

    def _weighs(self, by: policy.Actor, held: CasePupil) -> None:
        actions.weigh(by=by, pupil=held, text=WHY)

    def _evaluates(self, by: policy.Actor, held: CasePupil) -> None:
        if held.plan is None:
            return
        with scope.tenant_scope(self.world.tenant_id):
            verdicts = {row.pk: "continue" for row in Measure.objects.filter(plan=held.plan, removed_at=None)}
        actions.evaluate(
            by=by, plan=held.plan, text="Bedre.", on=clock.today(), verdicts=verdicts, effects={}, next_on=None
        )  # fmt: skip

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 5), who=st.sampled_from(STAFF))
    def it_is_taken_up_again(self, number: int, who: str) -> None:
        def do() -> None:
            self._begins_again(actions.take_up_again(by=self._by(who), case=self._one(number), why=WHY), None)

        self._try(do)

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 5), who=st.sampled_from(STAFF))
    def another_report_comes_to_it(self, number: int, who: str) -> None:
        def do() -> None:
            report, _holder = telling.from_pupil(self.world)
            before = self._one(number).restarted_at
            case = actions.join(by=self._by(who), case=self._one(number), report=report)
            if case.restarted_at != before:
                self._begins_again(case, None)

        self._try(do)

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 5), who=st.sampled_from(STAFF), which=st.integers(0, 2), problem=st.sampled_from(("", "Alene.")),
          days=st.sampled_from((None, -40, 14)))  # fmt: skip
    def a_plan_is_written_anew(self, number: int, who: str, which: int, problem: str, days: int | None) -> None:
        def do() -> None:
            plan = self._folder(self._one(number), which).plan
            if plan is not None:
                day = None if days is None else clock.today() + timedelta(days)
                actions.write_plan(by=self._by(who), plan=plan, version=plan.version, problem=problem, evaluate_on=day)

        with scope.tenant_scope(self.world.tenant_id):
            self._try(do)

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 5), who=st.sampled_from(STAFF), away=st.booleans())
    def a_measure_is_emptied_or_removed(self, number: int, who: str, away: bool) -> None:
        with scope.tenant_scope(self.world.tenant_id):
            row = (
                Measure.objects.filter(case=self._one(number), removed_at=None)
                .select_related("case")
                .order_by("added_at")
                .first()
            )
        if row is None:
            return
        does = (
            lambda: actions.remove_measure(by=self._by(who), row=row, why=WHY),
            lambda: actions.change_measure(by=self._by(who), row=row, measure=actions.NewMeasure("Vi er ute.")),
        )
        self._try(does[0 if away else 1])

    @invariant()
    def the_list_knows_what_presses(self) -> None:
        """What stands on the case for the order of the list says the same as all that is looked at for what comes next."""
        if not hasattr(self, "kept"):
            return
        with scope.tenant_scope(self.world.tenant_id):
            rows = list(in_order(Case.objects.filter(state=State.OPEN).select_related("school", "responsible")))
            for line in queries.lines(rows):
                assert line.row.says_no == (rules.Next.SAYS_NO in line.next)
                due = line.row.due_on is not None and line.row.due_on <= clock.today()
                assert due == bool({rules.Next.EVALUATE, rules.Next.MEASURE} & set(line.next))

    @invariant()
    def every_no_is_in_the_count_until_the_pupil_says_otherwise(self) -> None:
        if not getattr(self, "nos", {}):
            return
        with scope.tenant_scope(self.world.tenant_id):
            counted = CasePupil.objects.filter(pk__in=self.nos, part=Part.SUBJECT, left_at=None, case__state=State.OPEN)
            against = {"answer": Q(answer__in=("no", "partly")), "guardian": Q(guardian_no_at__isnull=False)}
            for pk, kind in self.nos.items():
                assert counted.filter(against[kind], pk=pk).exists()

    @invariant()
    def a_plan_in_force_says_what_it_shall_solve_and_when_it_is_evaluated(self) -> None:
        if not getattr(self, "kept", []):
            return
        with scope.tenant_scope(self.world.tenant_id):
            for plan in Plan.objects.filter(in_force_at__isnull=False).select_related("case"):
                assert plan.evaluate_on is not None
                assert words_of(plan.case, plan)["problem"]
