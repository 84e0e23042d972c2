"""Who may read a report: a table kept by hand, held against the policy, the plain rule, the pages and the list."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from samskap.kernel import clock, policy, scope
from samskap.kernel.policy import SYSTEM, Actor
from samskap.people import actions as people
from samskap.people import actions_school as school_life
from samskap.people.models import Assignment
from samskap.voice import actions, queries, rules
from samskap.voice.models import Recusal, Report
from samskap.voice.policy import READ
from samskap.voice.readers import person_hash
from tests.support.world import World
from tests.voice import telling

EVERYBODY = (
    "ingrid", "amir", "silje", "marte", "liv", "arne", "kari", "tor", "jonas", "henrik", "berit", "nina", "olav", "geir", "per",
    "sigrid",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A row of the table."""

    name: str
    steps: tuple[tuple[str, ...], ...]
    readers: frozenset[str]


def cases() -> Iterator[Case]:
    lines = (Path(__file__).parent / "routing.txt").read_text().splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            name, steps, readers = (part.strip() for part in line.split("|"))
            yield Case(name, tuple(tuple(step.split()) for step in steps.split(";")), frozenset(readers.split()))


class Story:
    """Plays a row's steps."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.found: Report | None = None
        self.before: Report | None = None

    @property
    def report(self) -> Report:
        assert self.found is not None
        return telling.again(self.found)

    def play(self, verb: str, *words: str) -> None:
        step: Callable[..., None] = getattr(self, f"do_{verb.replace('-', '_')}")
        step(*words)

    def do_told(self, concerns: str) -> None:
        self.found, _holder = telling.from_pupil(self.world, concerns)

    def do_tells(self, who: str, concerns: str) -> None:
        self.found = telling.from_employee(self.world, who, concerns)

    def do_told_before(self) -> None:
        self.before, _holder = telling.from_pupil(self.world, what="Det samme, fortalt før.")

    def do_take(self, who: str) -> None:
        actions.opened(by=self.world.actor(who), report=self.report)
        actions.take(by=self.world.actor(who), report=self.report)

    def do_give(self, who: str, to: str) -> None:
        actions.give(by=self.world.actor(who), report=self.report, to=self.world.person(to))

    def do_forward(self, who: str) -> None:
        actions.forward(by=self.world.actor(who), report=self.report)

    def do_groundless(self, who: str) -> None:
        reason = "Den ansatte var på reise hele uka, og kan ikke ha vært der."
        actions.call_groundless(by=self.world.actor(who), report=self.report, reason=reason)

    def do_recuse(self, who: str, person: str) -> None:
        actions.recuse(by=self.world.actor(who), report=self.report, person=self.world.person(person))

    def do_employee(self, who: str, person: str = "") -> None:
        named = self.world.person(person) if person else None
        actions.name_employee(by=self.world.actor(who), report=self.report, person=named)

    def do_sender_leadership(self) -> None:
        actions.sender_names_leadership(by=telling.door(self.world), report=self.report)

    def do_reroute(self, who: str) -> None:
        actions.reroute(by=self.world.actor(who), report=self.report)

    def do_return(self, who: str, concerns: str) -> None:
        actions.return_to_school(by=self.world.actor(who), report=self.report, concerns=concerns, reason="Vi har undersøkt det.")

    def do_move(self, who: str, school: str) -> None:
        actions.move(by=self.world.actor(who), report=self.report, school=self.world.school(school))

    def do_close(self, who: str) -> None:
        actions.close(by=self.world.actor(who), report=self.report, outcome="duplicate", same_as=self.before)

    def do_not_better(self) -> None:
        with scope.tenant_scope(self.world.tenant_id):
            by = telling.door(self.world)
            actions.sender_writes(by=by, report=self.report, key=uuid4(), kind="not_better", text="Det er likt.")
        assert self.report in queries.inbox(self.world.actor("ingrid"))

    def do_second(self, who: str) -> None:
        by, school = self.world.actor("nina"), self.world.school("elvesletta")
        people.assign(by=by, person=self.world.person(who), role="leader", school=school)

    def do_stand_in(self, who: str) -> None:
        school_life.add_stand_in(
            by=self.world.actor("ingrid"), school=self.world.school("elvesletta"), leader=self.world.person("ingrid"),
            substitute=self.world.person(who), valid_from=clock.today(), valid_to=clock.today() + timedelta(days=5),
        )  # fmt: skip

    def do_nobody_leads(self) -> None:
        self._end(role="leader", school=self.world.school("elvesletta"))

    def do_stops(self, who: str) -> None:
        self._end(person=self.world.person(who))

    def _end(self, **found: object) -> None:
        with scope.tenant_scope(self.world.tenant_id):
            for row in Assignment.objects.filter(**found):
                people.end_assignment(by=self.world.actor("nina"), assignment=row)


@dataclass(frozen=True)
class Moment:
    """Everybody with the roles that they hold now. Looked up once: what is held against each other is about one moment."""

    world: World
    actors: dict[str, Actor]

    def reader(self, who: str) -> rules.Reader:
        """A person as the plain rule sees them."""
        actor = self.actors[who]
        works = actor.schools("leader", "employee", "group")
        return rules.Reader(self.person(who), works, actor.owner_wide("handler"))

    def person(self, who: str) -> UUID:
        """Who it is."""
        found = self.actors[who].person_id
        assert found is not None
        return found

    def leads(self, school: UUID) -> list[rules.Lead]:
        """Who leads a school, from the roles that each person holds."""
        found = []
        for who, actor in self.actors.items():
            held = [grant for grant in actor.grants if (grant.role, grant.school_id) == ("leader", school)]
            found += [rules.Lead(self.person(who), grant.instead_of) for grant in held]
        return found

    def facts(self, report: Report) -> rules.Facts:
        """A report as the plain rule sees it."""
        with scope.tenant_scope(self.world.tenant_id):
            hashes = set(Recusal.objects.filter(report=report).values_list("person_hash", flat=True))
        about = [self.person(who) for who in self.actors if person_hash(self.person(who)) in hashes]
        return rules.Facts(
            report.school_id, rules.Receiver(report.receiver), report.forwarded_at is not None, report.groundless_at is not None,
            report.holder_id, about, self.leads(report.school_id),
        )  # fmt: skip


def now(world: World) -> Moment:
    """This moment."""
    return Moment(world, {who: world.actor(who) for who in EVERYBODY})


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.name)
def test_a_report_is_read_by_those_in_the_table_and_by_nobody_else(case: Case, world: World) -> None:
    story = Story(world)
    for step in case.steps:
        story.play(*step)
    report = story.report
    held = now(world)
    by_policy = {who for who in EVERYBODY if policy.may(READ, held.actors[who], report)}
    by_list = {who for who in EVERYBODY if queries.reports(held.actors[who]).filter(pk=report.pk).exists()}
    seen = held.facts(report)
    own = {who for who in EVERYBODY if held.actors[who].tenant_id == world.tenant_id}
    by_rule = {who for who in own if rules.may_read(held.reader(who), seen)}
    assert by_policy == by_list == by_rule == case.readers, case


@pytest.mark.deep  # the page asks the policy, which is asked above; who gets which page stands in tests/access too
@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.name)
def test_the_page_opens_for_the_same_people(case: Case, world: World) -> None:
    story = Story(world)
    for step in case.steps:
        story.play(*step)
    url = reverse("voice:report", args=[story.report.pk])
    found = {who for who in EVERYBODY if world.client(who).get(url).status_code == 200}
    assert found == case.readers


def test_nobody_at_all_is_told_that_it_exists(world: World) -> None:
    report, _holder = telling.from_pupil(world, "leadership")
    url = reverse("voice:report", args=[report.pk])
    assert {world.client(who).get(url).status_code for who in EVERYBODY if who != "jonas"} == {404}


@pytest.mark.parametrize("concerns", list(rules.Concerns))
@pytest.mark.parametrize("has_reader", [True, False])
def test_only_leadership_or_an_empty_school_goes_past_the_school(concerns: rules.Concerns, has_reader: bool) -> None:
    expected = "owner" if concerns == "leadership" or not has_reader else "school"
    assert rules.receiver_of(concerns, school_has_reader=has_reader) == expected


def test_the_system_may_not_read_either_without_a_person() -> None:
    assert not policy.visible(READ, SYSTEM).exists()
