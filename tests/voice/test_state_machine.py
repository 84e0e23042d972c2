"""Whatever happens to reports, people, roles and leave, in any order: the right people read, and nobody else."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from samskap.kernel import clock, policy, scope
from samskap.kernel.actions import ActionError
from samskap.kernel.policy import NotAllowed
from samskap.people import actions as people
from samskap.people import actions_school as school_life
from samskap.people.models import Assignment, StandIn
from samskap.voice import actions, queries, readers, rules
from samskap.voice.models import Report, State
from samskap.voice.policy import READ
from tests.support.world import World, found
from tests.voice import telling
from tests.voice.test_routing import now

STAFF = ("ingrid", "kari", "tor", "amir", "silje", "jonas")
OTHERS = ("arne", "henrik", "nina", "olav", "per", "sigrid")
SCHOOLS = ("elvesletta", "kvernfossen")


class Reports(RuleBasedStateMachine):
    """One owner's reports. Actions that are refused change nothing; what nobody may do is refused."""

    world: World

    @initialize()
    def begin(self) -> None:
        self.world = found()
        self.kept: list[Report] = []
        self.leadership: set[Any] = set()
        self.point = transaction.atomic()
        self.point.__enter__()

    def teardown(self) -> None:
        if hasattr(self, "point"):
            transaction.set_rollback(True)
            self.point.__exit__(None, None, None)

    def _try(self, do: Any) -> None:
        try:
            with transaction.atomic():
                do()
        except (ActionError, NotAllowed):
            return

    def _one(self, number: int) -> Report:
        return telling.again(self.kept[number % len(self.kept)])

    @rule(concerns=st.sampled_from(list(rules.Concerns)), urgency=st.sampled_from(list(rules.Urgency)))
    def somebody_tells(self, concerns: rules.Concerns, urgency: rules.Urgency) -> None:
        report, _holder = telling.from_pupil(self.world, concerns, what=str(uuid4()), urgency=urgency)
        self.kept.append(report)
        if concerns == "leadership":
            self.leadership.add(report.pk)

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 9), who=st.sampled_from(STAFF), to=st.sampled_from(STAFF))
    def somebody_gives_it(self, number: int, who: str, to: str) -> None:
        report = self._one(number)
        self._try(lambda: actions.give(by=self.world.actor(who), report=report, to=self.world.person(to)))

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 9), who=st.sampled_from(STAFF))
    def somebody_opens_and_takes_it(self, number: int, who: str) -> None:
        report = self._one(number)
        self._try(lambda: actions.take(by=self.world.actor(who), report=report))

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 9), who=st.sampled_from(STAFF))
    def somebody_passes_it_on(self, number: int, who: str) -> None:
        report = self._one(number)
        self._try(lambda: actions.forward(by=self.world.actor(who), report=report))

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 9), who=st.sampled_from(STAFF), person=st.sampled_from(STAFF))
    def somebody_is_involved(self, number: int, who: str, person: str) -> None:
        report = self._one(number)
        self._try(lambda: actions.recuse(by=self.world.actor(who), report=report, person=self.world.person(person)))

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 9), who=st.sampled_from(STAFF), person=st.sampled_from(STAFF))
    def an_employee_is_named(self, number: int, who: str, person: str) -> None:
        report = self._one(number)

        def do() -> None:
            actions.name_employee(by=self.world.actor(who), report=report, person=self.world.person(person))
            if self._one(number).concerns == "leadership":
                self.leadership.add(report.pk)

        self._try(do)

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 9))
    def the_sender_names_the_leadership(self, number: int) -> None:
        report = self._one(number)
        actions.sender_names_leadership(by=telling.door(self.world), report=report)
        self.leadership.add(report.pk)

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 9), concerns=st.sampled_from(list(rules.Concerns)))
    def the_owner_gives_it_to_the_school(self, number: int, concerns: rules.Concerns) -> None:
        report = self._one(number)

        def do() -> None:
            actions.return_to_school(
                by=self.world.actor("jonas"), report=report, concerns=concerns, reason="Vi har undersøkt det."
            )
            self.leadership.discard(report.pk)

        self._try(do)

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 9), who=st.sampled_from(STAFF), school=st.sampled_from(SCHOOLS))
    def it_is_for_another_school(self, number: int, who: str, school: str) -> None:
        report = self._one(number)
        self._try(lambda: actions.move(by=self.world.actor(who), report=report, school=self.world.school(school)))

    @precondition(lambda self: len(self.kept) > 1)
    @rule(number=st.integers(0, 9), other=st.integers(0, 9), who=st.sampled_from(STAFF))
    def it_is_the_same_matter(self, number: int, other: int, who: str) -> None:
        report, same = self._one(number), self._one(other)
        self._try(lambda: actions.close(by=self.world.actor(who), report=report, outcome="duplicate", same_as=same))

    @precondition(lambda self: bool(self.kept))
    @rule(number=st.integers(0, 9))
    def the_sender_says_no(self, number: int) -> None:
        with scope.tenant_scope(self.world.tenant_id):
            by = telling.door(self.world)
            actions.sender_writes(by=by, report=self._one(number), key=uuid4(), kind="not_better", text="Det er likt.")
        assert self._one(number).state != State.CLOSED

    @rule(who=st.sampled_from(("kari", "tor", "amir")))
    def somebody_becomes_leader(self, who: str) -> None:
        by, school = self.world.actor("nina"), self.world.school("elvesletta")
        self._try(lambda: people.assign(by=by, person=self.world.person(who), role="leader", school=school))

    @rule(who=st.sampled_from(("ingrid", "kari", "tor", "amir", "silje")))
    def somebody_leaves(self, who: str) -> None:
        with scope.tenant_scope(self.world.tenant_id):
            for row in Assignment.objects.filter(person=self.world.person(who), school=self.world.school("elvesletta")):
                self._try(lambda row=row: people.end_assignment(by=self.world.actor("nina"), assignment=row))

    @rule(who=st.sampled_from(("kari", "tor", "silje")), days=st.integers(-5, 5))
    def somebody_stands_in(self, who: str, days: int) -> None:
        first = clock.today() + timedelta(days=days)
        with scope.tenant_scope(self.world.tenant_id):
            full = StandIn.objects.count() > 3
        if not full:
            self._try(
                lambda: school_life.add_stand_in(
                    by=self.world.actor("ingrid"), school=self.world.school("elvesletta"), leader=self.world.person("ingrid"),
                    substitute=self.world.person(who), valid_from=first, valid_to=first + timedelta(days=3),
                )
            )  # fmt: skip

    @invariant()
    def the_right_people_read_and_nobody_else(self) -> None:
        if not getattr(self, "kept", []):
            return
        held = now(self.world)
        for report in map(telling.again, self.kept):
            seen = held.facts(report)
            for who in (*STAFF, *OTHERS):
                actor = held.actors[who]
                expected = actor.tenant_id == self.world.tenant_id and rules.may_read(held.reader(who), seen)
                assert policy.may(READ, actor, report) == expected, (who, seen)

    @invariant()
    def what_names_the_leadership_is_seen_by_the_owner_alone(self) -> None:
        named = [report.pk for report in getattr(self, "kept", []) if report.pk in self.leadership]
        if not named:
            return
        for who in STAFF:
            seen = set(queries.reports(self.world.actor(who)).filter(pk__in=named).values_list("pk", flat=True))
            assert who == "jonas" or not seen, who

    @invariant()
    def whoever_is_shut_out_of_a_report_is_shut_out_of_what_is_the_same_matter(self) -> None:
        rows = [telling.again(report) for report in getattr(self, "kept", [])]
        for report in (row for row in rows if row.same_as_id is not None):
            first = next(row for row in rows if row.pk == report.same_as_id)
            with scope.tenant_scope(self.world.tenant_id):
                assert readers.about(first) <= readers.about(report)
            assert first.concerns != "leadership" or report.receiver == "owner"

    @invariant()
    def nothing_has_left_the_list_unread(self) -> None:
        for report in map(telling.again, getattr(self, "kept", [])):
            assert report.state != State.CLOSED or report.opened_at is not None


@pytest.mark.slow
@pytest.mark.once  # the table of routing.txt is held against the rule on both databases; in the deep run this is too
def test_the_right_people_read_whatever_happens(db: None) -> None:
    deep = settings().max_examples > 1_000
    limits = settings(
        max_examples=150 if deep else 8, stateful_step_count=25 if deep else 12, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(Reports, settings=limits)
