"""Reads about plans: one set of queries per page, whatever the plan holds."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Max, Prefetch, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samskap.improve import rules
from samskap.improve.models import Evaluation, Goal, Involvement, Measure, Note, Plan, Status
from samskap.improve.policy import FOLLOW, GIVE_STATUS, READ, READERS
from samskap.improve.rules import GoalFacts, MeasureFacts, PlanFacts, Stage
from samskap.kernel import clock, policy
from samskap.kernel.history import Difference, differences
from samskap.kernel.models import Revision
from samskap.kernel.policy import Actor
from samskap.people.api import Person, Role, School, schools
from samskap.results import api as results
from samskap.results.api import IndicatorRef

G = TypeVar("G")


@dataclass(frozen=True)
class MeasureView:
    """A measure as a page shows it."""

    row: Measure
    statuses: Sequence[Status]
    due: date | None
    is_due: bool

    @property
    def latest(self) -> Status | None:
        """The newest status."""
        return self.statuses[0] if self.statuses else None

    @property
    def look(self) -> str:
        """The kind of status tag: what it is, never more."""
        return {"planned": "planned", "started": "ongoing", "done": "done", "stopped": "stopped"}[self.row.state]


@dataclass(frozen=True)
class GoalView:
    """A goal as a page shows it."""

    row: Goal
    indicator: IndicatorRef | None
    measures: Sequence[MeasureView]
    involvement: Sequence[Involvement]
    evaluations: Sequence[Evaluation]
    facts: GoalFacts
    today: date

    @property
    def places(self) -> int:
        """With how many decimals the goal's figures are shown."""
        return self.indicator.decimals if self.indicator else 1

    @property
    def aim(self) -> str:
        """Where the goal starts and where it wants to: a wish, never an outcome. Empty for a goal with a sign."""
        if self.indicator is None or self.row.base_value is None or self.row.target is None:
            return ""
        told = {
            "name": self.indicator.name,
            "base": results.level(self.indicator, self.row.base_value),
            "year": self.row.base_label,
            "target": results.level(self.indicator, self.row.target),
        }
        if self.row.target > self.row.base_value:
            return _("%(name)s: started at %(base)s in %(year)s. Wants up to %(target)s.") % told
        return _("%(name)s: started at %(base)s in %(year)s. Wants down to %(target)s.") % told

    @property
    def not_heard(self) -> tuple[str, ...]:
        """Labels of those who have not taken part yet."""
        labels = dict(Involvement.Group.choices)
        return tuple(str(labels[group]) for group in rules.not_heard(self.facts))

    @property
    def evaluation(self) -> Evaluation | None:
        """The newest evaluation."""
        return self.evaluations[0] if self.evaluations else None

    @property
    def due(self) -> bool:
        """The day has come and it is not evaluated."""
        return rules.evaluation_due(self.facts, self.today)

    @property
    def overdue(self) -> bool:
        """Well past the day."""
        return rules.evaluation_overdue(self.facts, self.today)


@dataclass(frozen=True)
class NoteView:
    """A note as a page shows it, with the result that it is about, if any."""

    row: Note
    indicator: IndicatorRef | None


@dataclass(frozen=True)
class PlanView:
    """A plan as a page shows it."""

    row: Plan
    notes: Sequence[NoteView]
    goals: Sequence[GoalView]
    facts: PlanFacts
    stage: Stage
    missing: tuple[str, ...]

    def of_kind(self, *kinds: str) -> list[NoteView]:
        """The notes of some kinds."""
        return [note for note in self.notes if note.row.kind in kinds]

    @property
    def strengths(self) -> list[NoteView]:
        """What the school builds on."""
        return self.of_kind(Note.Kind.STRENGTH)

    @property
    def other_notes(self) -> list[NoteView]:
        """All but the strengths, in the order of the kinds."""
        order = [kind for kind in Note.Kind.values if kind != Note.Kind.STRENGTH]
        return sorted(self.of_kind(*order), key=lambda note: order.index(note.row.kind))


def _goals(plans: Iterable[Plan]) -> QuerySet[Goal]:
    measures = Measure.objects.select_related("responsible").order_by("starts", "created_at")
    statuses = Status.objects.select_related("person").order_by("-given_on", "-recorded_at")
    return (
        Goal.objects.filter(plan__in=list(plans), removed_at=None)
        .select_related("plan")
        .prefetch_related(
            Prefetch("measures", measures.prefetch_related(Prefetch("statuses", statuses))),
            Prefetch("evaluations", Evaluation.objects.select_related("person").order_by("-held_on", "-recorded_at")),
            Prefetch("involvement", Involvement.objects.select_related("person").order_by("held_on", "recorded_at")),
        )
        .order_by("created_at", "id")
    )


def _measure_facts(measure: Measure) -> MeasureFacts:
    latest = max((status.given_on for status in measure.statuses.all()), default=None)
    return MeasureFacts(measure.state, measure.starts, measure.ends, latest)


def _goal_facts(goal: Goal) -> GoalFacts:
    last = max(goal.evaluations.all(), key=lambda row: (row.held_on, row.recorded_at), default=None)
    return GoalFacts(
        by_when=goal.by_when,
        measures=tuple(_measure_facts(measure) for measure in goal.measures.all()),
        heard=frozenset(row.group for row in goal.involvement.all()),
        evaluated_on=last.held_on if last else None,
        decision=last.decision if last else None,
    )


def _plan_facts(plan: Plan, notes: Iterable[Note], goals: Iterable[Goal]) -> PlanFacts:
    strengths = sum(note.kind == Note.Kind.STRENGTH for note in notes)
    return PlanFacts(strengths, bool(plan.direction), tuple(_goal_facts(goal) for goal in goals))


def _notes(plans: Iterable[Plan]) -> QuerySet[Note]:
    return Note.objects.filter(plan__in=list(plans), removed_at=None).order_by("created_at", "id")


def plan_facts(plan: Plan) -> PlanFacts:
    """The facts that the rules judge."""
    return facts_of([plan])[plan.pk]


def facts_of(plans: Iterable[Plan]) -> dict[UUID, PlanFacts]:
    """The facts of many plans: six queries whatever they hold, no texts."""
    found = list(plans)
    strengths = Counter(_notes(found).filter(kind=Note.Kind.STRENGTH).values_list("plan_id", flat=True))
    goals = Goal.objects.filter(plan__in=found, removed_at=None)
    measures = _grouped(
        (goal, MeasureFacts(state, starts, ends, last))
        for goal, state, starts, ends, last in Measure.objects.filter(goal__in=goals)
        .annotate(last=Max("statuses__given_on"))
        .values_list("goal_id", "state", "starts", "ends", "last")
    )
    heard = _grouped(Involvement.objects.filter(goal__in=goals).values_list("goal_id", "group"))
    evaluated = {
        goal: (day, decision)
        for goal, day, decision in Evaluation.objects.filter(goal__in=goals)
        .order_by("held_on", "recorded_at")
        .values_list("goal_id", "held_on", "decision")
    }
    by_plan = _grouped(
        (plan, GoalFacts(by_when, measures[goal], frozenset(heard[goal]), *evaluated.get(goal, (None, None))))
        for goal, plan, by_when in goals.order_by("created_at", "id").values_list("pk", "plan_id", "by_when")
    )
    return {plan.pk: PlanFacts(strengths[plan.pk], bool(plan.direction), tuple(by_plan[plan.pk])) for plan in found}


def _grouped(pairs: Iterable[tuple[UUID, G]]) -> defaultdict[UUID, list[G]]:
    groups: defaultdict[UUID, list[G]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups


def plan_view(plan: Plan) -> PlanView:
    """A plan with all that its page shows."""
    today = clock.today()
    notes, goals = list(_notes([plan])), list(_goals([plan]))
    facts = _plan_facts(plan, notes, goals)
    views = tuple(_goal_view(goal, one, today) for goal, one in zip(goals, facts.goals, strict=True))
    said = [NoteView(note, results.indicator(note.indicator)) for note in notes]
    return PlanView(plan, said, views, facts, rules.stage(facts, today), rules.what_is_missing(facts, today))


def goal_view(goal: Goal) -> GoalView:
    """A goal with all that its page shows."""
    full = _goals([goal.plan]).get(pk=goal.pk)
    return _goal_view(full, _goal_facts(full), clock.today())


def _goal_view(goal: Goal, facts: GoalFacts, today: date) -> GoalView:
    wanted = rules.followed(facts) and goal.plan.closed_at is None
    measures = tuple(_measure_view(measure, today, wanted) for measure in goal.measures.all())
    indicator, involvement, evaluations = results.indicator(goal.indicator), goal.involvement.all(), goal.evaluations.all()
    return GoalView(goal, indicator, measures, list(involvement), list(evaluations), facts, today)


def _measure_view(measure: Measure, today: date, wanted: bool) -> MeasureView:
    """``wanted``: statuses are still asked for, since the goal is not evaluated and the plan is open."""
    facts = _measure_facts(measure)
    due = rules.next_status(facts) if wanted else None
    return MeasureView(measure, list(measure.statuses.all()), due, wanted and rules.status_due(facts, today))


def measure_view(measure: Measure) -> MeasureView:
    """A measure with its statuses."""
    rows = Measure.objects.select_related("responsible", "goal__plan__school").prefetch_related(
        Prefetch("statuses", Status.objects.select_related("person").order_by("-given_on", "-recorded_at"))
    )
    return _measure_view(rows.get(pk=measure.pk), clock.today(), wanted=False)


def plans(actor: Actor) -> QuerySet[Plan]:
    """The plans that the actor may read, the newest first."""
    rows: QuerySet[Plan] = policy.visible(READ, actor)
    return rows.select_related("school").order_by("-first_year", "school__sort_key")


def own_schools(actor: Actor) -> QuerySet[School]:
    """The schools at which the actor works with plans."""
    return schools(actor).filter(pk__in=actor.schools(*READERS, Role.GUIDE))


def current_plan(school_id: UUID, year: int) -> Plan | None:
    """The school's plan that covers a school year."""
    rows = Plan.objects.filter(school_id=school_id, first_year__lte=year, last_year__gte=year)
    return rows.select_related("school").first()


@dataclass(frozen=True)
class SchoolStage:
    """One school in the owner's overview: stage and dates; the plan itself only when it is shared."""

    school: School
    plan: Plan | None
    stage: Stage | None
    goals: int
    evaluated: int
    next_date: date | None
    overdue: bool
    readable: bool
    due: bool = False


def all_schools(actor: Actor, shown: Iterable[School]) -> tuple[SchoolStage, ...]:
    """Stage and dates of some schools' newest plans. Counts of goals are the school's own work, not of people."""
    rows: QuerySet[Plan] = policy.visible(FOLLOW, actor)
    found = list(shown)
    newest = {plan.school_id: plan for plan in rows.filter(closed_at=None, school__in=found).order_by("first_year")}
    readable = set(policy.visible(READ, actor).filter(pk__in=[p.pk for p in newest.values()]).values_list("pk", flat=True))
    facts = facts_of(newest.values())
    return tuple(_school_stage(school, newest.get(school.pk), facts, readable) for school in found)


def _school_stage(school: School, plan: Plan | None, facts: Mapping[UUID, PlanFacts], readable: set[UUID]) -> SchoolStage:
    if plan is None:
        return SchoolStage(school, None, None, 0, 0, None, False, False)
    today, goals = clock.today(), facts[plan.pk].goals
    waiting = [goal for goal in goals if goal.evaluated_on is None]
    return SchoolStage(
        school=school,
        plan=plan,
        stage=rules.stage(facts[plan.pk], today),
        goals=len(goals),
        evaluated=len(goals) - len(waiting),
        next_date=min((goal.by_when for goal in waiting), default=None),
        overdue=any(rules.evaluation_overdue(goal, today) for goal in waiting),
        readable=plan.pk in readable,
        due=any(rules.evaluation_due(goal, today) for goal in waiting),
    )


def followed_schools(actor: Actor) -> QuerySet[School]:
    """The schools of the overview, in alphabetical order."""
    return schools(actor).filter(active=True)


@dataclass(frozen=True)
class Change:
    """One step in the history: who, when, of what, and what differs from the version before."""

    at: datetime
    who: str
    kind: str
    title: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    people: Mapping[str, str]
    first: bool

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What differs, word by word; worked out for the steps that a page shows."""
        return differences(_readable(self.before, self.people), _readable(self.after, self.people))

    @property
    def heading(self) -> str:
        """What the step is about, in words."""
        kinds = {"plan": _("The plan"), "note": _("Where are we?"), "goal": _("Goal"), "measure": _("Measure")}
        return f"{kinds[self.kind]} – {self.title}" if self.title else kinds[self.kind]


def history_of(plan: Plan) -> list[Change]:
    """Every version of the plan and its parts, the newest first, each with what differs from the one before."""
    titles = _titles(plan)
    rows = list(Revision.objects.filter(object_id__in=titles).order_by("object_id", "version"))
    people = {str(pk): name for pk, name in Person.objects.filter(pk__in=_people_in(rows)).values_list("pk", "name")}
    changes: list[Change] = []
    for before, row in pairwise([None, *rows]):
        known = before if before is not None and row is not None and before.object_id == row.object_id else None
        if row is not None and (known is None or known.data != row.data):
            who, data = people.get(str(row.person_id), ""), known.data if known else {}
            changes.append(Change(row.at, who, *titles[row.object_id], data, row.data, people, known is None))
    return sorted(changes, key=lambda change: change.at, reverse=True)


def _people_in(rows: Iterable[Revision]) -> set[str]:
    return {str(value) for row in rows for value in (row.person_id, row.data.get("responsible")) if value}


def _readable(data: Mapping[str, Any], people: Mapping[str, str]) -> dict[str, Any]:
    """A version as people read it: names for ids, words for codes, days for times."""
    words: dict[str, Mapping[Any, Any]] = {
        "kind": dict(Note.Kind.choices), "state": dict(Measure.State.choices), "responsible": people
    }  # fmt: skip
    shown: dict[str, Any] = {name: words[name].get(value, value) if name in words else value for name, value in data.items()}
    if known := results.indicator(str(shown.get("indicator", ""))):
        shown["indicator"] = known.name
        for name in ("base_value", "target"):
            if isinstance(shown.get(name), int | float):
                shown[name] = results.level(known, float(shown[name]))
    for name in ("by_when", "starts", "ends", "removed_at"):
        if isinstance(shown.get(name), str):
            shown[name] = date_format(date.fromisoformat(shown[name][:10]), "j. F Y")
    return {name: str(value) if value is not None else None for name, value in shown.items()}


def _titles(plan: Plan) -> dict[UUID, tuple[str, str]]:
    """Object id -> (kind, title) of the plan and everything that has hung on it, removed parts too."""
    found: dict[UUID, tuple[str, str]] = {plan.pk: ("plan", "")}
    found |= {note.pk: ("note", note.text[:80]) for note in Note.objects.filter(plan=plan)}
    found |= {goal.pk: ("goal", goal.title) for goal in Goal.objects.filter(plan=plan)}
    found |= {m.pk: ("measure", m.what) for m in Measure.objects.filter(goal__plan=plan)}
    return found


def my_measures(actor: Actor) -> list[MeasureView]:
    """The measures that the actor is responsible for and may give a status on, those that are due first."""
    rows: QuerySet[Measure] = policy.visible(GIVE_STATUS, actor).filter(responsible_id=actor.person_id)
    rows = rows.filter(state__in=("planned", "started")).select_related("responsible", "goal__plan__school")
    rows = rows.prefetch_related(Prefetch("statuses", Status.objects.order_by("-given_on", "-recorded_at")))
    last = dict(
        Evaluation.objects.filter(goal__measures__in=rows).order_by("held_on", "recorded_at").values_list("goal_id", "decision")
    )
    views = [_measure_view(row, clock.today(), last.get(row.goal_id) != Evaluation.Decision.STOP) for row in rows]
    return sorted(views, key=lambda view: (not view.is_due, view.due or date.max, view.row.what))
