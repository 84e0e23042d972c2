"""Reads for the family's pages: one pupil's own things, without other children.

What is about the whole case stands without words, and in what stands in words other pupils' names are taken out: what somebody
forgot to leave out does not slip through here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samskap.cases import marks, places, queries, rules, texts
from samskap.cases.actions.home import pupil_behind, pupils_words
from samskap.cases.models import (
    Case,
    CasePupil,
    Entry,
    EntryKind,
    Given,
    Home,
    Measure,
    Paper,
    Part,
    Plan,
    Side,
)
from samskap.cases.policy import FAMILY
from samskap.cases.queries import Folder, MeasureLine
from samskap.cases.queries_coming import Coming, Reader, coming
from samskap.cases.queries_mask import Mask, mask_for
from samskap.kernel import clock, policy
from samskap.kernel.models import AuditEntry
from samskap.kernel.policy import Actor
from samskap.people import api as people
from samskap.people.api import Person, Way

OF_PLANS = frozenset({EntryKind.PLAN, EntryKind.EVALUATION, EntryKind.MEASURE})
MOST_READS = 60


@dataclass(frozen=True)
class Listed:
    """A page that is open to somebody. ``hides_school``: nothing there may tell where the child goes to school."""

    folder: Folder
    hides_school: bool


def pages(actor: Actor) -> list[Listed]:
    """The pages that are open to the actor, those that go on first."""
    rows: QuerySet[CasePupil] = policy.visible(FAMILY, actor)
    rows = rows.select_related("case__school", "case__responsible").order_by("-case__state", "-added_at", "id")
    return [_listed(queries.folder(row.case, row), actor.person_id) for row in rows]


def _listed(folder: Folder, reader: UUID | None) -> Listed:
    if folder.person_id == str(reader):
        return Listed(folder, hides_school=False)
    behind = pupil_behind(folder.row.case, folder.row)
    return Listed(folder, behind is not None and _hides(behind, reader))


class Corrector(StrEnum):
    """Who put a line right, as the reader of the page sees it."""

    READER = "reader"
    PUPIL = "pupil"
    STAFF = "staff"


@dataclass(frozen=True)
class FamilyLine:
    """A line of what was done. ``text``: None where only that it happened is told.

    ``mine``: it stands as the reader's words; ``may_correct``: and can be put right by the reader. ``may_tell``: the pupil wrote
    it, and home does not know of it; ``told``: it does. ``corrections``: each with who put it right.
    """

    row: Entry
    words: Mapping[str, Any]
    text: str | None
    new: bool = False
    mine: bool = False
    may_correct: bool = False
    may_tell: bool = False
    told: bool = False
    corrections: tuple[tuple[Corrector, str], ...] = ()
    measure: str = ""


@dataclass(frozen=True)
class FamilyMeasure:
    """A measure in the family's plan. ``text``: the neutral line, where it stands in full in another pupil's folder."""

    row: Measure
    text: str


@dataclass(frozen=True)
class FamilyPlan:
    """The plan of their child. None of its parts names another pupil."""

    row: Plan
    problem: str
    measures: tuple[FamilyMeasure, ...]


@dataclass(frozen=True)
class ReadLine:
    """Somebody has read: on which day, in which role and for what. Names are given on request."""

    on: date
    purpose: str


@dataclass(frozen=True)
class Page:
    """A pupil's page, as the pupil or one at home sees it."""

    folder: Folder
    who: rules.Who
    phone: str
    stands_in: bool
    hides_school: bool
    grade: int
    plan: FamilyPlan | None
    coming: tuple[Coming, ...]
    lines: tuple[FamilyLine, ...]
    reads: tuple[ReadLine, ...]
    at_home: tuple[str, ...]
    papers: tuple[queries.PaperLine, ...] = ()

    @property
    def case(self) -> Case:
        """The case."""
        return self.folder.row.case

    @property
    def is_pupil(self) -> bool:
        """The pupil reads."""
        return self.who == rules.Who.PUPIL


def page(held: CasePupil, reader: UUID | None, *, seen_before: datetime | None, instead: str) -> Page:
    """The page of a folder for a reader (a person's id), with what is new since the visit before."""
    case, folder = held.case, queries.folder(held.case, held)
    who = rules.Who.PUPIL if folder.person_id == str(reader) else rules.Who.HOME
    rows = list(CasePupil.objects.filter(case=case).select_related("plan").order_by(*queries.ORDER))
    behind = pupil_behind(case, held)
    hides = who == rules.Who.HOME and behind is not None and _hides(behind, reader)
    mask = mask_for(case, held, rows, instead)
    if hides:
        mask = replace(mask, places=places.of(case, folder.school_class))
    measures = _measures(case, held, rows)
    return Page(
        folder=folder, who=who, phone=_phone(case), stands_in=_stands_in(case),
        hides_school=hides,
        grade=_grade(folder), plan=_plan(case, held, measures, mask),
        coming=tuple(coming(held, Reader(who, reader), [one for one, _shown in measures], mask)),
        lines=tuple(_lines(held, who, reader, rows, measures, mask, seen_before)),
        papers=tuple(_papers(held, reader)), reads=tuple(_reads(case)),
        at_home=tuple(_at_home(case, held)) if who == rules.Who.PUPIL else (),
    )  # fmt: skip


def _phone(case: Case) -> str:
    """The number to call: the responsible one's, else the school's. Never the school's while the case is the municipality's."""
    return case.responsible.phone or ("" if case.side == Side.OWNER else case.school.phone)


def _stands_in(case: Case) -> bool:
    """Is it led in the place of the school's leadership, by one whom the municipality has appointed?"""
    if case.side != Side.OWNER:
        return False
    held = Given.objects.filter(case=case, person=case.responsible_id, kind=Given.Kind.LEAD, valid_from__lte=clock.today())
    return held.exclude(valid_to__lt=clock.today()).exists()


def _hides(behind: people.Pupil, reader: UUID | None) -> bool:
    """No school, class, name or number where the child's address is protected, for one with whom the child does not live."""
    if behind.person.address_protection == Person.Protection.NONE:
        return False
    today = clock.today()
    rows = [row for row in people.guardians_of(behind) if row.guardian_id == reader]
    return not any(row.lives_with and (row.valid_to is None or row.valid_to >= today) for row in rows)


def _grade(folder: Folder) -> int:
    digits = "".join(sign for sign in folder.school_class[:2] if sign.isdigit())
    return int(digits or 0)


def _measures(case: Case, held: CasePupil, rows: Sequence[CasePupil]) -> list[tuple[MeasureLine, rules.Shown]]:
    """The measures that stand on the page, and how: the plan's, the pupil's own, and what was started before any plan."""
    alone = sum(row.part == Part.SUBJECT and row.left_at is None for row in rows) == 1 and held.part == Part.SUBJECT
    found: list[tuple[MeasureLine, rules.Shown]] = []
    for one in queries.measures_of(case):
        own = one.row.plan_id is not None and one.row.plan_id == held.plan_id
        loose = one.row.plan_id is None and one.row.pupil_id is None and alone
        shown = rules.shown_in({held.pk}, one.row.pupil_id, one.touched, own=own or loose)
        if shown != rules.Shown.NOT:
            found.append((one, shown))
    return found


def _plan(case: Case, held: CasePupil, measures: Sequence[tuple[MeasureLine, rules.Shown]], mask: Mask) -> FamilyPlan | None:
    """What is planned; None before there is anything."""
    lines = tuple(FamilyMeasure(one.row, mask(one.text if shown == rules.Shown.FULL else one.neutral)) for one, shown in measures)
    if held.plan is None or (held.plan.version == 0 and not lines):
        return None
    words = queries.plan_words(case, held.plan)
    return FamilyPlan(held.plan, mask(str(words.get("problem", ""))), lines)


def _lines(
    held: CasePupil, who: rules.Who, reader: UUID | None, rows: Sequence[CasePupil],
    measures: Sequence[tuple[MeasureLine, rules.Shown]], mask: Mask, since: datetime | None,
) -> Iterator[FamilyLine]:  # fmt: skip
    case = held.case
    told = list(queries.timeline(case, {}))
    agreed = {str(one.words.get("entry")) for one in told if one.row.kind == EntryKind.TOLD_HOME}
    shown_measures = {str(one.row.pk): (one, shown) for one, shown in measures}
    alone = sum(row.part == Part.SUBJECT and row.left_at is None for row in rows) == 1 and held.part == Part.SUBJECT
    person = str((texts.unlock_whole(case, held) or {}).get("person", ""))
    for one in told:
        if (line := _facts(held, one, reader, person, agreed, alone=alone)) is None:
            continue
        shown = rules.line_for(who, rules.Part(held.part), line)
        found = shown_measures.get(str(one.words.get("measure", "")))
        if shown == rules.Shown.NOT or (one.row.kind == EntryKind.MEASURE and found is None):
            continue
        full = shown == rules.Shown.FULL and one.row.kind != EntryKind.MEASURE
        own = line.mine or (who == rules.Who.PUPIL and line.pupils_words)
        text = (one.text if own else mask(one.text or "")) if full else None
        words = one.words if own else _masked(_with_basis(one, held, alone=len(rows) == 1), mask)
        yield FamilyLine(
            one.row, words, text, new=since is not None and one.row.at > since,
            mine=own, may_correct=own and one.row.kind in CORRECTED and (line.pupils_words or one.row.author_id == reader),
            may_tell=who == rules.Who.PUPIL and line.pupils_words and not line.home,
            told=who == rules.Who.PUPIL and line.pupils_words and line.home,
            corrections=tuple(_correction(c, reader, person, None if own else mask) for c in one.corrections) if full else (),
            measure=_measure_text(found, mask),
        )  # fmt: skip


def _with_basis(one: queries.Told, held: CasePupil, *, alone: bool) -> Mapping[str, Any]:
    """The words of a line; of a guest's access with the right by which the guest reads about this very pupil."""
    if one.row.kind != EntryKind.ACCESS or "basis" not in one.words:
        return one.words
    basis = rules.told_basis(str(one.words["basis"]), one.words.get("yes"), str(held.pk), alone=alone)
    return {**one.words, "basis": basis, "yes": ()}


def _correction(one: queries.Told, reader: UUID | None, person: str, mask: Mask | None) -> tuple[Corrector, str]:
    author, text = one.row.author_id, one.text or ""
    by = Corrector.READER if author == reader else Corrector.PUPIL if str(author) == person else Corrector.STAFF
    return by, mask(text) if mask else text


# What is written freely in a line beside its text.
WRITTEN_BESIDE = frozenset({"who", "where", "agreed", "how", "along", "interpreter", "intervention", "view", "record"})


def _masked(words: Mapping[str, Any], mask: Mask) -> dict[str, Any]:
    # Only what is text: a yes or no that became a text would always read as yes.
    return {name: mask(value) if name in WRITTEN_BESIDE and isinstance(value, str) else value for name, value in words.items()}


CORRECTED = frozenset({EntryKind.HEARING, EntryKind.ANSWER, EntryKind.HOME})


def _measure_text(found: tuple[MeasureLine, rules.Shown] | None, mask: Mask) -> str:
    if found is None:
        return ""
    one, shown = found
    return mask(one.text if shown == rules.Shown.FULL else one.neutral)


def _facts(
    held: CasePupil, one: queries.Told, reader: UUID | None, person: str, agreed: set[str], *, alone: bool
) -> rules.LineFacts | None:
    """What decides how a line stands; None for another pupil's, or another plan's."""
    row, kind = one.row, one.row.kind
    if row.pupil_id not in (None, held.pk) or (row.pupil_id is None and row.plan_id not in (None, held.plan_id)):
        return None
    own, of_plan = row.pupil_id == held.pk, kind in OF_PLANS
    if of_plan and row.plan_id is None and not own and not alone:
        return None
    in_common = held.plan is not None and held.plan.common and row.plan_id == held.plan_id
    return rules.LineFacts(
        kind=str(kind), own=own and not of_plan, plan=of_plan,
        home=(row.home or str(row.pk) in agreed) and not (of_plan and in_common),
        pupils_words=own and pupils_words(row, one.words),
        mine=reader is not None and (row.author_id == reader or _said_by(one, reader)), online=str(row.author_id) == person,
    )  # fmt: skip


def _said_by(one: queries.Told, reader: UUID) -> bool:
    """The school wrote it down as this guardian's answer."""
    return one.row.kind == EntryKind.ANSWER and str(one.words.get("mark", "")) == marks.person(reader)


def _reads(case: Case) -> Iterator[ReadLine]:
    """Who has read: role, day and purpose, once for each. Staff's names are staff's data."""
    rows = AuditEntry.objects.filter(
        tenant_id=case.tenant_id, object_type="cases.case", object_id=str(case.pk), verb="cases.read"
    )
    found: dict[ReadLine, None] = {}
    for at, detail in rows.order_by("-id").values_list("at", "detail")[:500]:
        found.setdefault(ReadLine(at.astimezone(clock.OSLO).date(), str(detail.get("purpose", ""))))
        if len(found) == MOST_READS:
            break
    yield from found


def _papers(held: CasePupil, reader: UUID | None) -> Iterator[queries.PaperLine]:
    """What was released to the reader, the newest first."""
    rows = Paper.objects.filter(pupil=held, to_mark=marks.person(reader)).select_related("case__school").defer("file")
    for row in rows.order_by("-number"):
        if may_have_digitally(row, reader):
            yield queries.paper_line(row)


def may_have_digitally(paper: Paper, reader: UUID | None) -> bool:
    """Not where an address is strictly protected (folkeregisterloven § 10-4): then it is handed over."""
    held = paper.pupil
    behind = pupil_behind(held.case, held) if held is not None else None
    person = Person.objects.filter(pk=reader).first() if reader else None
    if behind is None or person is None:
        return False
    way = Way.FULL if behind.person_id == person.pk else people.ways(behind).get(person.pk, Way.NOTHING)
    return people.may_be_written_to(way, person.address_protection, behind.person.address_protection)


def _at_home(case: Case, held: CasePupil) -> Iterator[str]:
    """Those at home who have the page, for the pupil."""
    for home in Home.objects.filter(pupil=held, sees=True).exclude(person_mark=held.person_mark).order_by("at"):
        yield str((texts.unlock_whole(case, home) or {}).get("name", "–"))


@dataclass(frozen=True)
class AtHome:
    """One who may have the page, for those who work with the case. ``home`` None: nothing is recorded yet."""

    person: Person
    is_pupil: bool
    way: Way
    home: Home | None
    why: str
    protected: bool
    lives_with: bool

    @property
    def decided_out(self) -> bool:
        """Does not see the page: is party to the concern, or it was decided so."""
        return self.home is not None and not self.home.sees


def at_home(case: Case, held: CasePupil) -> list[AtHome]:
    """The pupil, then everybody who is there for the pupil today, with what each has a right to and what was decided."""
    behind = pupil_behind(case, held)
    if behind is None:
        return []
    homes = {home.person_mark: home for home in Home.objects.filter(pupil=held)}
    found = [_at_home_line(case, behind.person, True, Way.FULL, homes, True)]
    ways = people.ways(behind)
    for row in people.guardians_of(behind):
        if row.guardian_id in ways:
            found.append(_at_home_line(case, row.guardian, False, ways.pop(row.guardian_id), homes, row.lives_with))
    return found


def _at_home_line(case: Case, person: Person, is_pupil: bool, way: Way, homes: Mapping[str, Home], lives_with: bool) -> AtHome:
    home = homes.get(marks.person(person.pk))
    why = str((texts.unlock_whole(case, home) or {}).get("why", "")) if home else ""
    protected = person.address_protection != Person.Protection.NONE
    return AtHome(person, is_pupil, way, home, why, protected, lives_with)
