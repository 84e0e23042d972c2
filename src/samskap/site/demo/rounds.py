"""Plays the written plans through the actions that everybody uses, at the days on which they would have happened."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import NamedTuple

from samskap.improve import actions
from samskap.improve import models as improve
from samskap.kernel import clock
from samskap.kernel.policy import Actor
from samskap.people.actions import actor_for_person
from samskap.people.api import Person, School
from samskap.results.readers import words
from samskap.site.demo import cast, parts, truth
from samskap.site.demo.stories import all_rounds

OPENS, EVENT = time(7, 40, tzinfo=UTC), timedelta(seconds=40)


class Event(NamedTuple):
    """Something that happens on a day (from today), in its place among the day's events."""

    day: int
    does: Callable[[], object]


def play_all() -> int:
    """Every plan, day by day; how many things were done. The owner is in scope, and its results are in the store."""
    today = clock.today()
    players: dict[str, School] = {school.name: school for school in School.objects.all()}
    events: list[Event] = []
    for found in all_rounds():
        events += _Play(found, players[cast.school(found.school).name], today).events()
    events.sort(key=lambda event: event.day)
    for number, event in enumerate(events):
        with clock.frozen(_moment(today, event.day, number)):
            event.does()
    return len(events)


def _moment(today: date, day: int, number: int) -> datetime:
    """A working moment on a day: events that follow each other come a little later."""
    return datetime.combine(workday(today, day), OPENS) + EVENT * (number % 400)


def workday(today: date, day: int) -> date:
    """The day, or the Friday before a weekend."""
    found = today + timedelta(days=day)
    return found - timedelta(days=max(0, found.weekday() - 4))


def school_year(today: date) -> int:
    """The year in which the school year of a day began."""
    return today.year if today.month >= 8 else today.year - 1


def indicator(code: str, grade: int) -> str:
    """Our code for one of the publisher's."""
    if code == truth.COMPOSITE:
        return f"pupil_survey/bullying/share/{grade}"
    name = next(index.name for index in truth.INDEXES if index.code == code)
    return f"pupil_survey/{words.INDEXES[name]}/score/{grade}"


def _person(key: str) -> Person:
    return Person.objects.get(account__username=key)


def _actor(key: str) -> Actor:
    return actor_for_person(_person(key))


class _Play:
    """One round: what happens when, and what has been made so far."""

    def __init__(self, found: parts.Round, school: School, today: date) -> None:
        self.found, self.school, self.today = found, school, today
        self.plan: improve.Plan | None = None
        self.goals: dict[str, improve.Goal] = {}
        self.measures: dict[str, improve.Measure] = {}

    def events(self) -> Iterator[Event]:
        """Everything of the round, each goal and measure after what it hangs on."""
        begun = self.found.begun
        yield Event(begun, self._begin)
        yield from (Event(begun, partial(self._note, note)) for note in self.found.notes)
        if self.found.direction:
            yield Event(begun + 1, self._direct)
        for goal in self.found.goals:
            yield from self._goal_events(goal)
        if self.found.shared is not None:
            yield Event(self.found.shared, self._share)

    def _goal_events(self, goal: parts.Goal) -> Iterator[Event]:
        yield Event(goal.day, partial(self._goal, goal))
        yield from (Event(max(goal.day, heard.day), partial(self._heard, goal, heard)) for heard in goal.heard)
        for measure in goal.measures:
            yield Event(goal.day, partial(self._measure, goal, measure))
            if measure.state != "planned":
                yield Event(max(goal.day, measure.begins), partial(self._move, measure, "started"))
            yield from (Event(status.day, partial(self._status, measure, status)) for status in measure.statuses)
            if measure.state == "done":
                yield Event(measure.ends, partial(self._move, measure, "done"))
        if goal.verdict is not None:
            yield Event(goal.verdict.day, partial(self._evaluate, goal, goal.verdict))

    @property
    def leader(self) -> Actor:
        """The leader, with the roles of the day."""
        return _actor(self.found.leader)

    def _date(self, day: int) -> date:
        return workday(self.today, day)

    def _own(self) -> improve.Plan:
        if self.plan is None:
            raise RuntimeError(f"{self.found.school}: nothing can happen before the plan is begun")
        return self.plan

    def _begin(self) -> None:
        """Begin the plan; a school's next plan continues the last one."""
        last = improve.Plan.objects.filter(school=self.school).order_by("-last_year").first()
        if last is not None:
            self.plan = actions.continue_plan(by=self.leader, plan=last, length=self.found.length)
            self.goals = {goal.title: goal for goal in improve.Goal.objects.filter(plan=self.plan)}
            return
        first = school_year(self.today) - self.found.period
        self.plan = actions.start_plan(by=self.leader, school=self.school, first_year=first, length=self.found.length)

    def _note(self, note: parts.Note) -> None:
        code = indicator(note.about, note.grade) if note.about else ""
        actions.add_note(by=self.leader, plan=self._own(), kind=note.kind, text=note.text, indicator=code)

    def _direct(self) -> None:
        plan = self._own()
        actions.set_direction(by=self.leader, plan=plan, version=plan.version, direction=self.found.direction)

    def _goal(self, goal: parts.Goal) -> None:
        if goal.title in self.goals:
            return
        self.goals[goal.title] = actions.add_goal(
            by=self.leader, plan=self._own(), title=goal.title, why=goal.why, by_when=self._date(goal.by_when),
            indicator=indicator(goal.about, goal.grade) if goal.about else "", target=goal.target, sign=goal.sign,
            base_year=goal.base_year or None,
        )  # fmt: skip

    def _heard(self, goal: parts.Goal, heard: parts.Heard) -> None:
        actions.add_involvement(
            by=self.leader, goal=self.goals[goal.title], group=heard.group, how=heard.how, held_on=self._date(heard.day),
            changed=heard.changed,
        )  # fmt: skip

    def _measure(self, goal: parts.Goal, measure: parts.Measure) -> None:
        self.measures[measure.what] = actions.add_measure(
            by=self.leader, goal=self.goals[goal.title], what=measure.what, responsible=_person(measure.who),
            for_whom=measure.for_whom, expected=measure.sign, starts=self._date(measure.begins), ends=self._date(measure.ends),
        )  # fmt: skip

    def _move(self, measure: parts.Measure, state: str) -> None:
        row = improve.Measure.objects.get(pk=self.measures[measure.what].pk)
        if row.state != state:
            actions.move_measure(by=self.leader, measure=row, version=row.version, state=state)

    def _status(self, measure: parts.Measure, status: parts.Status) -> None:
        row = improve.Measure.objects.get(pk=self.measures[measure.what].pk)
        actions.give_status(
            by=_actor(measure.who), measure=row, going=status.going, as_planned=status.as_planned, line=status.line
        )

    def _evaluate(self, goal: parts.Goal, verdict: parts.Verdict) -> None:
        actions.evaluate(
            by=self.leader, goal=self.goals[goal.title], outcome=verdict.outcome, decision=verdict.decision, why=verdict.why,
            pupils=verdict.pupils, guardians=verdict.guardians, staff=verdict.staff,
        )  # fmt: skip

    def _share(self) -> None:
        plan = improve.Plan.objects.get(pk=self._own().pk)
        actions.share_plan(by=self.leader, plan=plan, shared=True)
