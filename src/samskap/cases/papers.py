"""The documents of a case, as plain parts: headings, facts, entries. Labels are translated here; the template only lays out.

Titles are neutral (no name, nothing of what it is about): they stand in journals. What concerns another duty (§ 24-3,
straffeloven § 196) stands in no document.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samskap.cases import names, queries, queries_family, rules, texts
from samskap.cases.actions.home import pupil_behind
from samskap.cases.models import Case, CasePupil, CaseReport, EntryKind, Paper, PaperKind, Plan, Side
from samskap.cases.queries import CaseView, Folder, PlanView, Told
from samskap.cases.rules_papers import LEGAL_BASIS, REDACTED, Kind, Track
from samskap.cases.views import wording, wording_family
from samskap.kernel.documents import Document
from samskap.law import api as law
from samskap.people.api import Person
from samskap.voice import api as voice

NEVER = frozenset({EntryKind.OTHER_DUTY})
OF_HEARINGS = frozenset({EntryKind.HEARING, EntryKind.ANSWER, EntryKind.NO_ANSWER, EntryKind.BEST_INTEREST})
# What a family's copy of the documents leaves out altogether: who told, notes among those who work with it, other pupils.
NOT_IN_COPY = NEVER | {
    EntryKind.NOTE, EntryKind.REPORT, EntryKind.PUPIL, EntryKind.AT_HOME, EntryKind.DOCUMENT, EntryKind.GROUNDLESS,
    EntryKind.RESTARTED, EntryKind.LEFT, EntryKind.CONSULTED,
}  # fmt: skip
# What a document for the authority holds as it was sent: letters, and what followed to another school.
SENT = (Kind.LETTER, Kind.CHANGE)
WITH_INDEX = frozenset({Kind.GOVERNOR, Kind.FAMILY_COPY})
# Words of the family: in a copy only as far as they stand on the page of the one who gets it.
FAMILYS_WORDS = frozenset({EntryKind.HEARING, EntryKind.ANSWER, EntryKind.NO_ANSWER, EntryKind.HOME, EntryKind.TOLD_HOME})


@dataclass(frozen=True)
class Section:
    """A part of a document. ``entries``: (who and when, text). ``pictures``: label, alternative text, bytes of a JPEG."""

    heading: str
    facts: list[list[str]] = field(default_factory=list)
    entries: list[list[str]] = field(default_factory=list)
    text: str = ""
    pictures: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Wish:
    """What somebody wants made. ``to``: whom it is for, in words; ``person``: one of the family."""

    kind: Kind
    folder: Folder | None = None
    to: str = ""
    person: Person | None = None
    text: str = ""
    track: Track | None = None
    why: str = ""
    said_yes: bool = False
    with_plan: bool = False
    corrects: int | None = None


def title_of(case: Case, kind: Kind) -> str:
    """A neutral title: the case's number and what kind of document it is."""
    return _("Case %(number)s: %(kind)s") % {"number": case.reference, "kind": PaperKind(kind).label}


def sections(view: CaseView, wish: Wish) -> list[Section]:
    """The parts of a document, as the case stands now, in the present language."""
    made = {
        Kind.PLAN: lambda: [_about(view, wish), *_plans(view, _own_plans(view, wish))],
        Kind.HEARINGS: lambda: [_about(view, wish), _entries(_("Talks and answers"), view, _of(view, wish, OF_HEARINGS))],
        Kind.CHRONOLOGY: lambda: [_about(view, wish), _chronology(view, view.told)],
        Kind.GOVERNOR: lambda: list(_for_governor(view, wish)),
        Kind.FAMILY_PLAN: lambda: list(_family_plan(view, wish)),
        Kind.FAMILY_COPY: lambda: list(_family_copy(view, wish)),
        Kind.LETTER: lambda: [Section("", text=wish.text)],
        Kind.CHANGE: lambda: list(_change(view, wish)),
    }
    return made[wish.kind]()


def _day(value: date | datetime | None) -> str:
    if value is None:
        return ""
    return date_format(timezone.localtime(value) if isinstance(value, datetime) else value, "j. F Y")


def _about(view: CaseView, wish: Wish) -> Section:
    row, pupil = view.row, wish.folder
    eligible = law.county_governor_from(row.raised_on)
    hidden = pupil is not None and wish.kind in REDACTED and protected(pupil)
    whose = f"{pupil.name}, {pupil.school_class}" if pupil else ", ".join(one.name for one in view.subjects)
    facts = [
        *([] if hidden else [[_("School"), row.school.name]]),
        [_("Case"), row.reference],
        [_("Pupil"), pupil.name if pupil and hidden else whose],
        *([] if hidden else [[_("Responsible"), f"{row.responsible.name}, {row.responsible.title}".strip(", ")]]),
        [_("Known since"), _day(row.known_since)],
        [_("First raised with the principal"), _day(row.raised_on)],
        [_("The County Governor can be asked from"), _("the first day") if row.side == Side.OWNER else _day(eligible.careful)],
        [_("Rules as they read on"), _day(date.fromisoformat(row.law_version))],
        [_("State"), str(row.get_state_display())],
    ]
    return Section(_("About the case"), facts=facts, text="" if pupil else view.about)


def _own_plans(view: CaseView, wish: Wish) -> list[PlanView]:
    wanted = wish.folder.row.plan_id if wish.folder else None
    return [one for one in view.plans if wish.folder is None or one.row.pk == wanted]


def _plans(view: CaseView, plans: Iterable[PlanView], only: Folder | None = None, *, named: bool = True) -> Iterator[Section]:
    """Plans with all their versions. ``only``: as they concern one pupil, without what is aimed at others with the same plan.

    ``named``: with who carries a measure out; not where it must not be known at which school.
    """
    for plan in plans:
        whose = only.name if only else ", ".join(one.name for one in plan.folders)
        heading = _("Measures plan for %(names)s") % {"names": whose}
        change = wording.to_change(view)
        entries = [_measure(one, change, named=named) for one in _for_pupil(plan, only)]
        yield Section(heading, facts=_plan_facts(plan), entries=entries)
        for version, words in queries.versions(view.row, plan.row):
            yield _version(plan.row, version.version, version.at, _words_for(words, only))


def _for_pupil(plan: PlanView, only: Folder | None) -> Iterator[queries.MeasureLine]:
    for one in plan.measures:
        own = one.row.plan_id == plan.row.pk
        shown = one.shown if only is None else rules.shown_in({only.row.pk}, one.row.pupil_id, one.touched, own=own)
        if shown != rules.Shown.NOT:
            yield replace(one, shown=shown)


def _words_for(words: Mapping[str, Any], only: Folder | None) -> Mapping[str, Any]:
    if only is None:
        return words
    kept = [one for one in words.get("measures", ()) if one.get("pupil") in ("", str(only.row.pk))]
    return {**words, "measures": kept}


def _plan_facts(plan: PlanView) -> list[list[str]]:
    row, missing = plan.row, ", ".join(wording.element(one) for one in plan.missing)
    facts = [
        [_("What the plan shall solve"), plan.problem],
        [_("In force since"), _day(row.in_force_at) or _("Not in force yet")],
        [_("When it is evaluated"), _day(row.evaluate_on)],
        [_("Last evaluated"), _day(row.evaluated_on)],
        [_("Missing"), missing],
    ]
    return [[label, value] for label, value in facts if value]


def _measure(one: queries.MeasureLine, change: Collection[str] = (), *, named: bool = True) -> list[str]:
    row = one.row
    days = " – ".join(filter(None, (_day(row.starts_on), _day(row.ends_on))))
    done = _("carried out %(day)s") % {"day": _day(row.done_on)} if row.done_on else ""
    who = row.responsible.name if row.responsible and named else ""
    effect = str(row.get_effect_display()) if row.effect else ""
    wanted = _("shall be changed") if str(row.pk) in change and one.shown == rules.Shown.FULL else ""
    meta = " · ".join(filter(None, (who, days, str(row.get_stage_display()), done, effect, wanted)))
    return [meta, one.text if one.shown == rules.Shown.FULL else one.neutral]


def _version(plan: Plan, number: int, at: datetime, words: Mapping[str, Any]) -> Section:
    when = date_format(timezone.localtime(at), "j. F Y H:i")
    facts = [[label, value] for label, value in wording.plan_text(words).items() if value]
    return Section(
        _("Version %(number)s of plan %(plan)s, %(when)s") % {"number": number, "plan": plan.number, "when": when}, facts
    )


def _of(view: CaseView, wish: Wish, kinds: Iterable[str] | None = None) -> list[Told]:
    """The lines about one pupil (all, without one), the oldest first."""
    wanted = wish.folder.row.pk if wish.folder else None
    return [
        one
        for one in reversed(view.told)
        if (wanted is None or one.row.pupil_id == wanted) and (kinds is None or one.row.kind in kinds)
    ]


def _entries(heading: str, view: CaseView, told: Iterable[Told], *, named: bool = True) -> Section:
    return Section(heading, entries=[_entry(one, view, named=named) for one in told if one.row.kind not in NEVER])


def _chronology(view: CaseView, told: Sequence[Told], *, named: bool = True) -> Section:
    return _entries(_("What was done, in order"), view, reversed(told), named=named)


def _entry(one: Told, view: CaseView, *, named: bool) -> list[str]:
    event = wording.event(one, view)
    who = one.row.author.name if one.row.author and named else ""
    written = _("written %(day)s") % {"day": _day(one.row.at)} if timezone.localdate(one.row.at) != one.row.happened_on else ""
    meta = " · ".join(filter(None, (_day(one.row.happened_on), event.title, one.folder.name if one.folder else "", who, written)))
    text = event.text if event.text is not None else _("This part is damaged and does not open.")
    corrected = [_("Corrected by %(name)s: %(text)s") % {"name": by, "text": text or "–"} for by, text in event.corrections]
    return [meta, "\n".join(filter(None, (text, *event.facts, *corrected)))]


def _for_governor(view: CaseView, wish: Wish) -> Iterator[Section]:
    """Complete towards the authority (§ 12-6 third paragraph): nothing is redacted."""
    yield _about(view, wish)
    yield from _reports(view)
    yield _chronology(view, view.told)
    for folder in view.folders:
        own = Wish(wish.kind, folder)
        yield _entries(_("Talks and answers: %(name)s") % {"name": folder.name}, view, _of(view, own, OF_HEARINGS))
    yield from _plans(view, view.plans)
    if view.loose:
        yield Section(_("Measures outside any plan"), entries=[_measure(one) for one in view.loose])
    yield _entries(_("Evaluations"), view, _of(view, Wish(wish.kind), {EntryKind.EVALUATION}))
    yield _access(view.row)
    yield _attachments(view.row)
    yield from _sent(view.row)


def _reports(view: CaseView) -> Iterator[Section]:
    for link in view.reports:
        found = queries.report_of(link)
        told = [[answer.label, answer.text] for answer in voice.shown(found.text)]
        said = [[f"{_day(one.row.at)} · {one.row.get_kind_display()}", one.text or "–"] for one in found.dialogue]
        heading = _("Report of %(day)s") % {"day": _day(link.report.received_at)}
        facts = [[str(label), str(text)] for label, text in told]
        yield Section(heading, facts=facts, entries=said, pictures=list(_pictures(link, heading)))


def _pictures(link: CaseReport, heading: str) -> Iterator[dict[str, Any]]:
    for number, content in enumerate(voice.pictures(link.report), start=1):
        label = _("Picture %(number)s") % {"number": number}
        if content is None:
            label, content = _("Picture %(number)s does not open.") % {"number": number}, b""
        yield {"label": label, "alt": f"{heading}: {label}", "bytes": list(content)}


def _access(case: Case) -> Section:
    rows = [
        [given.person.name, f"{given.get_kind_display()}, {_day(given.valid_from)} – {_day(given.valid_to)}"]
        for given in queries.access_now(case)
    ]
    return Section(_("Who has been given access"), facts=rows or [[_("Nobody"), "–"]])


def _attachments(case: Case) -> Section:
    """The documents that were released before, by number."""
    rows = Paper.objects.filter(case=case).order_by("number")
    told = [[str(paper.number), f"{_day(paper.at)}, {paper.get_kind_display()}"] for paper in rows]
    return Section(_("Documents of the case"), facts=told or [[_("None"), "–"]])


def _sent(case: Case) -> Iterator[Section]:
    """What was sent out of the house, as it was sent."""
    for paper in Paper.objects.filter(case=case, kind__in=SENT).order_by("number"):
        words = texts.unlock_whole(case, paper) or {}
        heading = _("Document %(number)s: %(kind)s") % {"number": paper.number, "kind": paper.get_kind_display()}
        facts = [[_("To"), str(words.get("to", "–"))], [_("Date"), _day(paper.at)]]
        yield Section(heading, facts=facts, entries=[_flat(part) for part in words.get("sections", ())])


def _flat(part: Mapping[str, Any]) -> list[str]:
    lines = [part["text"], *(f"{label}: {value}" for label, value in part["facts"])]
    lines += [f"{meta}\n{text}" for meta, text in part["entries"]]
    return [str(part["heading"]), "\n".join(filter(None, lines))]


def _family_plan(view: CaseView, wish: Wish) -> Iterator[Section]:
    """The plan in plain words, as it stands on the family's page."""
    if wish.folder is None:
        return
    reader = wish.person.pk if wish.person else None
    page = queries_family.page(wish.folder.row, reader, seen_before=None, instead=wording_family.another())
    plan = wording_family.plan(page)
    hidden = page.hides_school or protected(wish.folder)
    where = "" if hidden else view.row.school.name
    has_it = [] if hidden else [[_("Who follows it up"), f"{view.row.responsible.name}, {page.phone}".strip(", ")]]
    yield Section("", facts=[[_("Pupil"), wish.folder.name], *([[_("School"), where]] if where else []), *has_it])
    if plan is None:
        yield Section(_("The plan"), text=_("There is no plan yet. It stands here as soon as it is written."))
        return
    entries = [[" · ".join(filter(None, (one.stage, one.when))), one.text] for one in plan.measures]
    yield Section(_("What the plan shall solve"), text=plan.problem)
    yield Section(_("What we do"), entries=entries)
    yield Section(_("When we look at whether it helps"), text=plan.evaluation or "–")
    yield Section(_("What does not stand here"), text=wording_family.not_told(page))


def protected(folder: Folder) -> bool:
    """Is the pupil's address protected, or is it not known whether it is?"""
    behind = pupil_behind(folder.row.case, folder.row)
    return behind is None or behind.person.address_protection != Person.Protection.NONE


def known_protected(case: Case) -> bool:
    """Is the address of any pupil of the case known to be protected? Also of one who has left."""
    persons = [queries.folder(case, row).person_id for row in CasePupil.objects.filter(case=case)]
    rows = Person.objects.filter(pk__in=[one for one in persons if one])
    return rows.exclude(address_protection=Person.Protection.NONE).exists()


def _family_copy(view: CaseView, wish: Wish) -> Iterator[Section]:
    """The case's documents about one pupil: the lines about others, and who told, are left out before anything is redacted."""
    if wish.folder is None:
        return
    row, reader = wish.folder.row, wish.person.pk if wish.person else None
    page = queries_family.page(row, reader, seen_before=None, instead="")
    read = {line.row.pk for line in page.lines if line.text is not None}
    own = [one for one in view.told if _in_copy(one, row) and (one.row.kind not in FAMILYS_WORDS or one.row.pk in read)]
    yield _about(view, wish)
    named = not protected(wish.folder)
    yield _chronology(_for_one(view, wish.folder), own, named=named)
    yield from _plans(view, _own_plans(view, wish), wish.folder, named=named)


def _for_one(view: CaseView, folder: Folder) -> CaseView:
    """The case with the measures that stand in this pupil's plan, as they stand there: a line may name others."""
    mine = (plan for plan in view.plans if plan.row.pk == folder.row.plan_id)
    plans = tuple(replace(plan, measures=tuple(_for_pupil(plan, folder))) for plan in mine)
    loose = tuple(one for one in view.loose if one.row.pupil_id in (None, folder.row.pk))
    return replace(view, plans=plans, loose=loose)


def _in_copy(one: Told, row: CasePupil) -> bool:
    if one.row.kind in NOT_IN_COPY:
        return False
    return one.row.pupil_id == row.pk or (one.row.pupil_id is None and one.row.plan_id in (None, row.plan_id))


def _change(view: CaseView, wish: Wish) -> Iterator[Section]:
    """What the new school needs to know, by permission or by duty (§ 25-1 fourth paragraph)."""
    if wish.folder is None:
        return
    by_duty = wish.track == Track.DUTY
    basis = _("Duty: to prevent serious harm (§ 25-1 fourth paragraph)") if by_duty else _("The family has said yes")
    facts = [[_("Pupil"), wish.folder.name], [_("By which right"), basis]]
    yield Section("", facts=[*facts, *([[_("Why"), wish.why]] if by_duty else [])])
    yield Section(_("What the new school needs to know"), text=wish.text)
    if wish.with_plan and not by_duty:
        named = not protected(wish.folder)
        for plan in _own_plans(view, wish):
            entries = [_measure(one, named=named) for one in _for_pupil(plan, wish.folder)]
            yield Section(_("What has helped"), facts=_plan_facts(plan), entries=entries)


def plain(parts: Sequence[Section]) -> list[dict[str, Any]]:
    """As they are stored."""
    return [asdict(one) for one in parts]


def without_pictures(parts: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The parts as they are kept beside the file, which holds the pictures."""
    return [{name: value for name, value in part.items() if name != "pictures"} for part in parts]


def texts_in(parts: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Every text of the parts."""
    for part in parts:
        yield str(part["heading"])
        yield str(part["text"])
        for pair in (*part["facts"], *part["entries"]):
            yield from (str(text) for text in pair)


def redacted(parts: Iterable[Mapping[str, Any]], phrases: Sequence[str], instead: str) -> list[dict[str, Any]]:
    """The parts with words and sentences taken out."""

    def out(text: object) -> str:
        return names.redacted(str(text), phrases, instead)

    def pairs(rows: Iterable[Sequence[str]]) -> list[list[str]]:
        return [[out(first), out(second)] for first, second in rows]

    return [
        {"heading": out(p["heading"]), "text": out(p["text"]), "facts": pairs(p["facts"]), "entries": pairs(p["entries"])}
        for p in parts
    ]


def taken_out() -> str:
    """What stands where something was taken out: a word, so that it is read aloud too."""
    return _("[redacted]")


def taken_out_in(case: Case) -> str:
    """The same in the school's language, in which documents are written."""
    with translation.override(case.school.written_form):
        return taken_out()


def document(
    case: Case, kind: Kind, parts: Sequence[Mapping[str, Any]], *, language: str, number: int, to: str, at: datetime
) -> Document:
    """The document, ready to be made. The archive's data stands on its first page."""
    with translation.override(language):
        title = title_of(case, kind)
        data = {
            "foot": _("%(title)s · document %(number)s") % {"title": title, "number": number},
            "columns": [_("What"), _("Answer")],
            "archive": [
                [_("Document"), str(number)],
                [_("Date"), _day(at)],
                [_("To"), to or "–"],
                [_("Exempt from public disclosure"), LEGAL_BASIS],
            ],
            "index_heading": _("Contents") if kind in WITH_INDEX else "",
            "sections": [_shown(part) for part in parts],
            "nothing": _("Nothing is written here."),
        }
    return Document("cases/paper.typ", language, title, data)


def _shown(part: Mapping[str, Any]) -> dict[str, Any]:
    facts = [[label, value or "–"] for label, value in part["facts"]]
    pictures = list(part.get("pictures", ()))
    return {
        "heading": part["heading"], "facts": facts, "entries": list(part["entries"]), "text": part["text"], "pictures": pictures,
    }  # fmt: skip
