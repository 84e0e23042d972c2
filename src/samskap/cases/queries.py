"""Reads about cases: one set of queries per page, whatever the list or the case holds."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from samskap.cases import marks, queries_order, responsible, rules, texts
from samskap.cases.actions.ending import obstacles
from samskap.cases.models import (
    Case,
    CasePupil,
    CaseReport,
    Entry,
    Given,
    Measure,
    Meeting,
    Paper,
    PaperDraft,
    Part,
    Plan,
    PlanVersion,
    Stage,
    State,
)
from samskap.cases.policy import READ
from samskap.cases.standing import acted, lacking_in, subject_facts, waits
from samskap.kernel import clock, policy
from samskap.kernel.models import AuditEntry
from samskap.kernel.policy import Actor
from samskap.kernel.text import sort_key
from samskap.people.api import Person, School
from samskap.voice import api as voice

# Those whose environment it is come first.
ORDER = ("-part", "added_at", "id")


@dataclass(frozen=True)
class Folder:
    """A pupil's folder, with the name opened. ``name`` is a dash for what is damaged."""

    row: CasePupil
    name: str
    school_class: str
    person_id: str = ""

    @property
    def is_subject(self) -> bool:
        """It is this pupil's environment that the case is about."""
        return self.row.part == Part.SUBJECT


def folder(case: Case, row: CasePupil) -> Folder:
    """A folder, opened."""
    words = texts.unlock_whole(case, row) or {}
    return Folder(row, str(words.get("name", "–")), str(words.get("class", "")), str(words.get("person", "")))


def in_order(folders: Iterable[Folder]) -> list[Folder]:
    """Those whose environment it is first, each by name."""
    return sorted(folders, key=lambda one: (not one.is_subject, sort_key(one.name), str(one.row.pk)))


@dataclass(frozen=True)
class Line:
    """A case in a list."""

    row: Case
    folders: tuple[Folder, ...]
    next: tuple[rules.Next, ...]
    overdue: bool

    @property
    def subjects(self) -> tuple[Folder, ...]:
        """The pupils whose environment it is."""
        return tuple(one for one in self.folders if one.is_subject)


def cases(actor: Actor, *, ended: bool = False, wanted: str = "") -> QuerySet[Case]:
    """What the actor may see: what goes on by what must be done first, what has ended by when.

    ``wanted``: a number, or whole words of a name, which are looked up by their marks.
    """
    rows: QuerySet[Case] = policy.visible(READ, actor).filter(state=State.ENDED if ended else State.OPEN)
    if wanted.strip():
        rows = rows.filter(_matches(wanted.strip()))
    rows = rows.select_related("school", "responsible")
    return rows.order_by("-ended_at", "id") if ended else queries_order.in_order(rows)


def _matches(wanted: str) -> Q:
    year, _slash, number = wanted.partition("/")
    if year.isascii() and year.isdigit() and number.isascii() and number.isdigit() and len(wanted) <= 15:
        return Q(year=min(int(year), 32_000), number=min(int(number), 2_000_000_000))
    found, words = Q(), marks.words(wanted)
    for mark in words:
        found &= Q(pk__in=Case.objects.filter(name_marks__mark=mark).values("pk"))
    return found if words else Q(pk__in=())


def lines(rows: Sequence[Case]) -> list[Line]:
    """The rows of a page, opened, with a fixed number of queries."""
    pupils = _by_case(CasePupil.objects.filter(case__in=rows, left_at=None).select_related("plan").order_by(*ORDER))
    late, met = _late(rows), meetings_on(rows)
    staff, lacking = responsible.still(rows), lacking_in(chain.from_iterable(pupils.values()))

    def work(row: Case) -> rules.Work:
        mine, has_one = pupils.get(row.pk, []), row.pk in staff
        return work_of(row, mine, late=late[row.pk], has_one=has_one, meeting_on=met.get(row.pk), lacking=lacking)

    return [_line(row, pupils.get(row.pk, []), work(row)) for row in rows]


def _by_case(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found


def _late(rows: Iterable[Case]) -> Counter[UUID]:
    """Measures whose last day has passed, and that nobody has said are carried out."""
    waiting = Measure.objects.filter(case__in=list(rows), removed_at=None, stage__in=(Stage.PLANNED, Stage.STARTED))
    return Counter(waiting.filter(ends_on__lt=clock.today()).values_list("case_id", flat=True))


def meetings_on(rows: Iterable[Case]) -> dict[UUID, date]:
    """The day of each case's earliest meeting that is called and has no minutes yet."""
    called = Meeting.objects.filter(case__in=list(rows), state=Meeting.State.CALLED).order_by("-starts_at")
    return {case: timezone.localdate(starts) for case, starts in called.values_list("case_id", "starts_at")}


def _line(row: Case, pupils: list[CasePupil], work: rules.Work) -> Line:
    today = clock.today()
    evaluation = rules.is_overdue(work.evaluate_on, None, today)
    talk = work.ended and rules.is_overdue(work.talk_on, None, today)
    overdue = bool(work.measures_late) or evaluation or talk
    return Line(row, tuple(in_order(folder(row, pupil) for pupil in pupils)), rules.next_steps(work, today), overdue)


def work_of(
    row: Case, pupils: Sequence[CasePupil], *, late: int, has_one: bool, meeting_on: date | None, lacking: Collection[UUID]
) -> rules.Work:
    """What waits in a case. ``lacking``: plans in force in which something is missing."""
    subjects = [pupil for pupil in pupils if pupil.part == Part.SUBJECT]
    plans = {pupil.plan for pupil in subjects if pupil.plan is not None}
    due = [plan.evaluate_on for plan in plans if plan.in_force_at and plan.evaluate_on and waits(plan)]
    owes = rules.owes_owner(
        rules.Concerns(row.concerns), passed_on=row.passed_on_at is not None, called_groundless=row.groundless_at is not None
    )
    facts = [subject_facts(pupil, lacking=lacking) for pupil in subjects]
    settled = not owes and row.investigate_since is None
    unfinished = sum(plan.in_force_at is None or plan.pk in lacking for plan in plans)
    return rules.Work(
        ended=row.state == State.ENDED, has_responsible=has_one, owes_owner=owes, investigate=row.investigate_since is not None,
        say_no=sum(fact.answer == rules.Safe.NO and not acted(pupil) for fact, pupil in zip(facts, subjects, strict=True)),
        unheard=sum(pupil.heard_on is None for pupil in pupils), plans_missing=unfinished,
        evaluate_on=min(due, default=None), measures_late=late, meeting_on=meeting_on,
        talk_on=None if row.talk_held_on else row.talk_on,
        unasked=sum(fact.guardian_says_no or (fact.evaluated and _unanswered(fact)) for fact in facts),
        may_end=bool(facts) and settled and not any(any(rules.obstacles_of(fact)) for fact in facts),
    )  # fmt: skip


def _unanswered(fact: rules.SubjectFacts) -> bool:
    return fact.answer is None and not fact.no_answer_reason


@dataclass(frozen=True)
class MeasureLine:
    """A measure, opened. ``shown``: how it stands in this plan. ``lent``: by reference; it is judged in its own plan."""

    row: Measure
    text: str
    neutral: str
    shown: rules.Shown
    touched: tuple[UUID, ...] = ()
    lent: bool = False

    @property
    def late(self) -> bool:
        """Its last day has passed, and nobody has said that it was carried out."""
        waits = self.row.stage in (Stage.PLANNED, Stage.STARTED)
        return waits and self.row.ends_on is not None and self.row.ends_on < clock.today()


@dataclass(frozen=True)
class PlanView:
    """A plan, opened."""

    row: Plan
    problem: str
    folders: tuple[Folder, ...]
    measures: tuple[MeasureLine, ...]
    missing: tuple[rules.Element, ...]

    @property
    def day_ahead(self) -> date | None:
        """The day that is set and has not been kept yet."""
        return self.row.evaluate_on if waits(self.row) else None

    @property
    def overdue(self) -> bool:
        """Its evaluation is over the date."""
        return rules.is_overdue(self.row.evaluate_on, self.row.evaluated_on, clock.today())


@dataclass(frozen=True)
class Told:
    """A line of the timeline, opened. ``text`` None: it is damaged and does not open."""

    row: Entry
    words: Mapping[str, Any]
    folder: Folder | None
    corrections: tuple["Told", ...] = ()

    @property
    def text(self) -> str | None:
        """What was written."""
        return str(self.words["text"]) if "text" in self.words else None


@dataclass(frozen=True)
class MeetingLine:
    """A meeting that is called, opened."""

    row: Meeting
    about: str
    where: str
    invited: str
    folder: Folder | None


@dataclass(frozen=True)
class CaseView:
    """A case, opened."""

    row: Case
    about: str
    folders: tuple[Folder, ...]
    plans: tuple[PlanView, ...]
    loose: tuple[MeasureLine, ...]
    told: tuple[Told, ...]
    reports: tuple[CaseReport, ...]
    next: tuple[rules.Next, ...]
    meetings: tuple[MeetingLine, ...] = ()
    obstacles: tuple[tuple[rules.Obstacle, Folder | None], ...] = field(default=())

    @property
    def subjects(self) -> tuple[Folder, ...]:
        """The pupils whose environment it is."""
        return tuple(one for one in self.folders if one.is_subject)

    @property
    def others(self) -> tuple[Folder, ...]:
        """Others who are involved."""
        return tuple(one for one in self.folders if not one.is_subject)


def opened(row: Case) -> CaseView:
    """A case with all that is in it, opened."""
    everybody = list(CasePupil.objects.filter(case=row).select_related("plan").order_by(*ORDER))
    rows = [pupil for pupil in everybody if pupil.left_at is None]
    known = {pupil.pk: folder(row, pupil) for pupil in everybody}
    folders = {one.row.pk: one for one in in_order(known[pupil.pk] for pupil in rows)}
    measures, meetings = measures_of(row), meetings_of(row, folders)
    plans = tuple(_plan_view(row, plan, folders, measures) for plan in _plans(row))
    late = sum(one.late for one in measures)
    met = min((timezone.localdate(one.row.starts_at) for one in meetings), default=None)
    lacking = {one.row.pk for one in plans if one.missing}
    work = work_of(row, rows, late=late, has_one=responsible.has_one(row), meeting_on=met, lacking=lacking)
    stands = tuple((obstacle, folders[pupil.pk] if pupil else None) for obstacle, pupil in obstacles(row, lacking))
    return CaseView(
        row=row, about=str((texts.unlock_whole(row, row) or {}).get("about", "")), folders=tuple(folders.values()), plans=plans,
        loose=tuple(one for one in measures if one.row.plan_id is None), told=tuple(timeline(row, known)),
        reports=tuple(CaseReport.objects.filter(case=row).select_related("report").order_by("at", "id")),
        next=rules.next_steps(work, clock.today()), meetings=tuple(meetings), obstacles=stands,
    )  # fmt: skip


def meetings_of(row: Case, folders: Mapping[UUID, Folder]) -> list[MeetingLine]:
    """The meetings that are called, the earliest first."""
    found = []
    for meeting in Meeting.objects.filter(case=row, state=Meeting.State.CALLED).order_by("starts_at", "id"):
        words = texts.unlock_whole(row, meeting) or {}
        about, where, invited = (str(words.get(name, "")) for name in ("about", "where", "invited"))
        found.append(
            MeetingLine(meeting, about or "–", where, invited, folders.get(meeting.pupil_id) if meeting.pupil_id else None)
        )
    return found


def _plans(row: Case) -> QuerySet[Plan]:
    versions = Prefetch("versions", PlanVersion.objects.order_by("-version"), to_attr="all_versions")
    return Plan.objects.filter(case=row).prefetch_related(versions).order_by("number")


def measures_of(row: Case) -> list[MeasureLine]:
    """The case's measures, opened, in the order in which they were added."""
    rows = Measure.objects.filter(case=row, removed_at=None).select_related("responsible", "done_by").prefetch_related("touches")
    found = []
    for measure in rows.order_by("added_at", "id"):
        words = texts.unlock_whole(row, measure) or {}
        touched = tuple(touch.pupil_id for touch in measure.touches.all())
        line = MeasureLine(measure, str(words.get("text", "–")), str(words.get("neutral", "")), rules.Shown.FULL, touched)
        found.append(line)
    return found


def _plan_view(row: Case, plan: Plan, folders: Mapping[UUID, Folder], measures: Iterable[MeasureLine]) -> PlanView:
    newest = next(iter(plan.all_versions), None)  # type: ignore[attr-defined]  # prefetched above
    words = (texts.unlock_whole(row, newest) or {}) if newest else {}
    mine = tuple(one for one in folders.values() if one.row.plan_id == plan.pk)
    shown = tuple(_in_plan(plan, mine, measures))
    full = [one.row for one in shown if one.shown == rules.Shown.FULL]
    measures_facts = [rules.MeasureFacts(bool(one.starts_on), one.responsible_id is not None) for one in full]
    facts = rules.PlanFacts(str(words.get("problem", "")), measures_facts, plan.evaluate_on)
    return PlanView(plan, facts.problem, mine, shown, rules.missing(facts))


def _in_plan(plan: Plan, mine: Collection[Folder], measures: Iterable[MeasureLine]) -> Iterator[MeasureLine]:
    """The plan's own measures, those for all that are lent from another plan, and neutral lines of those that stand in another
    pupil's folder and touch one of these."""
    pupils = {one.row.pk for one in mine}
    for one in measures:
        own = one.row.plan_id == plan.pk
        shown = rules.shown_in(pupils, one.row.pupil_id, one.touched, own=own)
        if shown != rules.Shown.NOT:
            yield MeasureLine(one.row, one.text, one.neutral, shown, one.touched, lent=not own)


def plan_view(row: Case, plan: Plan) -> PlanView:
    """One plan of a case, opened."""
    rows = CasePupil.objects.filter(case=row, left_at=None).select_related("plan").order_by(*ORDER)
    folders = {pupil.pk: folder(row, pupil) for pupil in rows}
    return _plan_view(row, _plans(row).get(pk=plan.pk), folders, measures_of(row))


def plan_words(row: Case, plan: Plan) -> dict[str, Any]:
    """The words of a plan's newest version; empty before the first one."""
    newest = PlanVersion.objects.filter(plan=plan).order_by("-version").first()
    return (texts.unlock_whole(row, newest) or {}) if newest else {}


def timeline(row: Case, folders: Mapping[UUID, Folder], *, pupil: CasePupil | None = None) -> Iterator[Told]:
    """What was done, the newest first; what concerns no pupil stands in everybody's. Corrections stand with what they correct."""
    rows = Entry.objects.filter(case=row).select_related("author", "plan").order_by("-happened_on", "-at", "-id")
    if pupil is not None:
        rows = rows.filter(Q(pupil=pupil) | Q(plan=pupil.plan, pupil=None, plan__isnull=False))
    told = [_told(row, entry, folders) for entry in rows]
    beside: dict[UUID, list[Told]] = {}
    for one in told:
        if one.row.corrects_id is not None:
            beside.setdefault(one.row.corrects_id, []).append(one)
    for one in told:
        if one.row.corrects_id is None:
            yield Told(one.row, one.words, one.folder, tuple(reversed(beside.get(one.row.pk, []))))


def _told(row: Case, entry: Entry, folders: Mapping[UUID, Folder]) -> Told:
    return Told(entry, texts.unlock_whole(row, entry) or {}, folders.get(entry.pupil_id) if entry.pupil_id else None)


def access_now(row: Case) -> QuerySet[Given]:
    """Who has been given access, also what is over, the present first."""
    return Given.objects.filter(case=row).select_related("person", "given_by").order_by("-valid_from", "-at")


@dataclass(frozen=True)
class Read:
    """Somebody has read the case: when, who, what for."""

    at: Any
    who: str
    title: str
    purpose: str


def versions(row: Case, plan: Plan) -> list[tuple[PlanVersion, dict[str, Any]]]:
    """A plan's versions, opened, the newest first."""
    found = PlanVersion.objects.filter(plan=plan).select_related("author").order_by("-version")
    return [(version, texts.unlock_whole(row, version) or {}) for version in found]


@dataclass(frozen=True)
class PaperLine:
    """A released document, in a list."""

    row: Paper
    title: str
    to: str


def paper_line(row: Paper) -> PaperLine:
    """A document's title and receiver, opened."""
    words = texts.unlock_whole(row.case, row) or {}
    return PaperLine(row, str(words.get("title", "–")), str(words.get("to", "–")))


def papers(row: Case) -> list[PaperLine]:
    """The case's released documents by number."""
    rows = Paper.objects.filter(case=row).select_related("case__school", "author", "second", "corrects", "pupil")
    return [paper_line(paper) for paper in rows.defer("file").order_by("number")]


def drafts(row: Case) -> QuerySet[PaperDraft]:
    """Documents on their way out."""
    return PaperDraft.objects.filter(case=row).select_related("author").order_by("made_at")


def reads(row: Case) -> list[Read]:
    """Who has read the case, the newest first."""
    rows = AuditEntry.objects.filter(tenant_id=row.tenant_id, object_type="cases.case", object_id=str(row.pk), verb="cases.read")
    found = list(rows.order_by("-id"))
    names = {
        person.pk: person for person in Person.objects.filter(pk__in={entry.person_id for entry in found if entry.person_id})
    }
    return [_read(entry, names.get(entry.person_id) if entry.person_id else None) for entry in found]


def _read(entry: AuditEntry, person: Person | None) -> Read:
    purpose = str(entry.detail.get("purpose", ""))
    return Read(entry.at, person.name if person else "–", person.title if person else "", purpose)


def purpose_of(actor: Actor, row: Case) -> str:
    """What one reads a case for, by what one is to it: asked of nobody, and shown to the family."""
    if row.responsible_id == actor.person_id:
        return "responsible"
    kinds = set(access_now(row).filter(Q(person_id=actor.person_id)).values_list("kind", flat=True))
    if Given.Kind.GUEST in kinds:
        return "guidance"
    if Given.Kind.WORK in kinds or Given.Kind.LEAD in kinds:
        return "work"
    return "owner" if actor.owner_wide("handler") else "leads"


def joinable(actor: Actor, school: School, side: str) -> QuerySet[Case]:
    """Open cases that a report could join."""
    return cases(actor).filter(school=school, side=side)


def report_of(link: CaseReport) -> voice.Opened:
    """A report of the case, opened: whoever may see the case may read what it began with."""
    return voice.opened(link.report)


def all_measures(view: CaseView) -> list[MeasureLine]:
    """Every measure of the case once, as it is written."""
    found = {one.row.pk: one for plan in view.plans for one in plan.measures if one.shown == rules.Shown.FULL}
    found |= {one.row.pk: one for plan in view.plans for one in plan.measures if one.row.pk not in found}
    return [*found.values(), *view.loose]
