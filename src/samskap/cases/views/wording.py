"""What stands in a case, in words for its pages."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.cases import rules
from samskap.cases.models import Case, Effect, EntryKind, Given, PaperKind, PlanVersion, Safe, Stage, State
from samskap.cases.queries import CaseView, Folder, MeasureLine, PlanView, Told, all_measures
from samskap.kernel import clock
from samskap.kernel.history import Difference, differences

Links = Sequence[tuple[str, str]]


def elapsed(case: Case) -> str:
    """How long the school has known, in words. Never a deadline."""
    span = max(clock.now() - case.known_since, timedelta())
    hours = int(span.total_seconds() // 3600)
    if not hours:
        return _("Known just now.")
    words = ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    if hours >= 48:
        words = ngettext("%(count)s day", "%(count)s days", span.days) % {"count": span.days}
    return _("Known for %(elapsed)s.") % {"elapsed": words}


def day(value: date | None) -> str:
    """A day in words; empty for none."""
    return date_format(value, "j. F Y") if value else ""


ANSWER_LOOK = {"yes": "success", "partly": "warning", "no": "danger"}


@dataclass(frozen=True)
class PupilCard:
    """A pupil of the case."""

    folder: Folder
    answer: str
    look: str
    facts: tuple[tuple[str, str], ...]
    links: Links
    url: str


def pupil(one: Folder, links: Links) -> PupilCard:
    """What is known, and what is not there yet."""
    row = one.row
    answer = _("Not asked yet") if not row.answer else str(Safe(row.answer).label).capitalize()
    facts = [
        (_("Heard"), day(row.heard_on)),
        (_("What is best is weighed"), day(row.weighed_on)),
        (_("Home told"), day(row.home_told_on)),
    ]
    return PupilCard(
        one, answer, ANSWER_LOOK.get(row.answer, "info"), tuple(facts), links, reverse("cases:folder", args=[row.pk])
    )


@dataclass(frozen=True)
class PlanCard:
    """A plan."""

    view: PlanView
    title: str
    url: str
    status: str
    look: str
    missing: tuple[str, ...]


def element(one: rules.Element) -> str:
    """One of the five elements in words."""
    return {
        rules.Element.PROBLEM: _("What the plan shall solve"),
        rules.Element.MEASURES: _("Which measures are planned"),
        rules.Element.WHEN: _("When each measure is carried out"),
        rules.Element.WHO: _("Who is responsible for each measure"),
        rules.Element.EVALUATION: _("When the measures are evaluated"),
    }[one]


def plan(view: PlanView, case: Case) -> PlanCard:
    """A plan, with what it lacks. After the end nothing in it is due."""
    row = view.row
    names = ", ".join(one.name for one in view.folders[:3]) + (" …" if len(view.folders) > 3 else "")
    title = _("Common plan") if row.common else _("Plan for %(names)s") % {"names": names}
    if view.overdue and row.in_force_at and case.state == State.OPEN:
        status = (_("Evaluation is over the date"), "overdue")
    elif row.in_force_at and view.missing:
        status = (_("In force, but not complete"), "warning")
    elif row.in_force_at:
        status = (_("In force"), "ongoing")
    else:
        status = (_("Not in force yet"), "draft")
    return PlanCard(view, title, reverse("cases:plan", args=[row.pk]), *status, tuple(element(one) for one in view.missing))


def _iso(text: str) -> str:
    return day(date.fromisoformat(text)) if text else ""


def _measure_text(one: Mapping[str, str]) -> str:
    return " · ".join(filter(None, (one["text"], one["who"], _iso(one["from"]), _iso(one["to"]))))


def plan_text(words: Mapping[str, Any]) -> dict[str, str]:
    """A version of a plan as texts that can be laid beside each other."""
    measures = "\n".join(_measure_text(one) for one in words.get("measures", ()))
    state = _("in force") if words.get("in_force") else _("not in force yet")
    return {
        _("What the plan shall solve"): str(words.get("problem", "")),
        _("Measures"): measures,
        _("When it is evaluated"): _iso(str(words.get("evaluate_on", ""))),
        _("State"): state,
    }


@dataclass(frozen=True)
class VersionCard:
    """A version of a plan: what it was, and what changed in it; for the first one, what it said."""

    row: PlanVersion
    what: str
    changes: tuple[Difference, ...]
    facts: tuple[tuple[str, str], ...] = ()


def version(row: PlanVersion, words: Mapping[str, Any], before: Mapping[str, str] | None) -> VersionCard:
    """A version beside the one before; None: it is the first."""
    text = plan_text(words)
    if before is None:
        return VersionCard(row, _("First version"), (), tuple((label, value) for label, value in text.items() if value))
    changes = differences(before, text)
    what = _("Evaluated") if words.get("what") == "evaluated" else "" if changes else _("The text is the same")
    return VersionCard(row, what, changes)


STAGE_LOOK = {"planned": "planned", "started": "ongoing", "done": "done", "ended": "stopped"}


@dataclass(frozen=True)
class MeasureCard:
    """A measure as a plan shows it."""

    line: MeasureLine
    text: str
    stage: str
    look: str
    effect: str
    links: Links
    change: bool = False


def measure(line: MeasureLine, links: Links, change: Collection[str] = ()) -> MeasureCard:
    """A measure: planned is not done, done is not an effect. ``change``: those that an evaluation wants changed."""
    row, neutral = line.row, line.shown == rules.Shown.NEUTRAL
    look = "overdue" if line.late else STAGE_LOOK[row.stage]
    stage = _("over the date") if line.late else str(Stage(row.stage).label)
    effect = str(Effect(row.effect).label) if row.effect else ""
    text, wanted = line.neutral if neutral else line.text, str(row.pk) in change and not neutral
    return MeasureCard(line, text, stage, look, effect, () if neutral else links, wanted)


def to_change(view: CaseView) -> set[str]:
    """The measures that an evaluation wants changed, and that nobody has changed since."""
    found: set[str] = set()
    for told in sorted(view.told, key=lambda one: one.row.at):
        if told.row.kind == EntryKind.EVALUATION:
            for measure_id, verdict in told.words.get("verdicts", {}).items():
                (found.add if verdict == rules.Verdict.CHANGE else found.discard)(measure_id)
        elif told.row.kind == EntryKind.MEASURE and told.words.get("stage") in ("changed", "ended", "removed", "never_begun"):
            found.discard(str(told.words.get("measure", "")))
    return found


@dataclass(frozen=True)
class Event:
    """A line of the timeline. ``text`` None: damaged. ``corrections``: who, and what is right. ``home``: read at home."""

    told: Told
    title: str
    text: str | None
    facts: tuple[str, ...]
    corrections: tuple[tuple[str, str | None], ...]
    home: bool = False
    links: Links = ()


# So many pupils who are added at once stand on lines of their own.
MOST_SHOWN = 12
ONE_BY_ONE = 3


def events(view: CaseView) -> Iterator[Event]:
    """The timeline in words; a class that was added at once is one line."""
    for kind, run in groupby(view.told, lambda told: (told.row.kind, told.row.happened_on, told.row.author_id)):
        rows = list(run)
        if kind[0] == EntryKind.PUPIL and len(rows) > ONE_BY_ONE:
            names = ", ".join(sorted(one.folder.name for one in rows if one.folder))
            title = ngettext("%(count)s pupil was added", "%(count)s pupils were added", len(rows)) % {"count": len(rows)}
            yield Event(replace(rows[0], folder=None), title, "", (names,), ())
        else:
            yield from (event(told, view) for told in rows)


def event(told: Told, view: CaseView) -> Event:
    """A line of the timeline in words."""
    facts = [fact for fact in (*_of_measure(told, view), *_facts(told, view)) if fact]
    corrections = tuple((one.row.author.name if one.row.author else "–", one.text) for one in told.corrections)
    return Event(told, _title(told), told.text, tuple(facts), corrections, told.row.home)


def _of_measure(told: Told, view: CaseView) -> Sequence[str]:
    """Which measure it was, where the line itself has no words."""
    wanted = str(told.words.get("measure", ""))
    return [one.text for one in all_measures(view) if wanted and not told.text and str(one.row.pk) == wanted]


def _title(told: Told) -> str:
    kind, words = told.row.kind, told.words
    if kind == EntryKind.ANSWER:
        who = {"pupil": _("The pupil answers"), "guardian": _("Home answers"), "staff": _("The school answers")}
        return (
            f"{who.get(str(words.get('voice')), '')}: {Safe(words.get('safe', '')).label}"
            if words
            else str(told.row.get_kind_display())
        )
    if kind == EntryKind.PLAN:
        return plan_title(words)
    if kind == EntryKind.MEASURE:
        return _measure_title(str(words.get("stage", "")))
    if kind == EntryKind.RESPONSIBLE:
        return _("Responsible from now on: %(name)s") % {"name": words.get("person", "")}
    if kind == EntryKind.MEETING:
        return meeting_title(words)
    if kind == EntryKind.CONSULTED:
        return _("PPT answered, without names") if words.get("stage") == "answered" else str(told.row.get_kind_display())
    return str(told.row.get_kind_display())


def plan_title(words: Mapping[str, Any]) -> str:
    """What a line about a plan is called."""
    return {
        "in_force": _("The plan is in force"), "common": _("A common plan from now on"), "own": _("An own plan from now on"),
    }.get(str(words.get("change", "")), _("The plan was written"))  # fmt: skip


def meeting_title(words: Mapping[str, Any]) -> str:
    """What a line about a meeting is called."""
    return {
        "called": _("A meeting was called"), "held": _("Meeting"), "cancelled": _("A meeting was cancelled"),
    }.get(str(words.get("stage", "")), _("Meeting"))  # fmt: skip


def meeting_facts(words: Mapping[str, Any]) -> list[str]:
    """When and where, who, and what was agreed."""
    starts = datetime.fromisoformat(words["starts"]) if words.get("starts") else None
    when = date_format(timezone.localtime(starts), "j. F Y H:i") if starts else ""
    agreed = _("Agreed: %(what)s") % {"what": words["agreed"]} if words.get("agreed") else ""
    return [fact for fact in (when, str(words.get("where", "")), str(words.get("who", "")), agreed) if fact]


def intervention_facts(words: Mapping[str, Any]) -> list[str]:
    """What the adult did, and how the pupil saw it."""
    return [
        _("What was done: %(what)s") % {"what": words.get("intervention", "–")},
        _("The pupil's view: %(what)s") % {"what": words.get("view", "–")},
    ]


def _around_intervention(words: Mapping[str, Any]) -> list[str]:
    told = str(words.get("told_on", ""))
    return [
        _("Home was told %(day)s") % {"day": day(date.fromisoformat(told))} if told else _("Home: not told yet"),
        _("The school's record: %(where)s") % {"where": words["record"]} if words.get("record") else "",
    ]


def _measure_title(stage: str) -> str:
    return {
        "planned": _("A measure was planned"), "started": _("A measure was started"), "done": _("A measure was carried out"),
        "ended": _("A measure ended"), "changed": _("A measure was changed"), "removed": _("A measure was removed"),
        "did": _("A measure was done, and goes on"), "never_begun": _("A measure ended that was never begun"),
        "not_done": _("A measure was not carried out after all"),
    }.get(stage, _("Measure"))  # fmt: skip


def _facts(told: Told, view: CaseView) -> Sequence[str]:
    words = told.words
    if told.row.kind == EntryKind.MEETING:
        return meeting_facts(words)
    if told.row.kind == EntryKind.EVALUATION:
        return list(_verdicts(words.get("verdicts", {}), view))
    found = [str(words.get(name, "")) for name in ("how", "who")]
    if told.row.kind == EntryKind.INTERVENTION and words:
        found += [*intervention_facts(words), *_around_intervention(words)]
    if words.get("along"):
        found.append(_("Along: %(who)s") % {"who": words["along"]})
    if words.get("interpreter"):
        found.append(_("Interpreter: %(who)s") % {"who": words["interpreter"]})
    if told.row.kind == EntryKind.ACCESS and words:
        found.append(_given(words, view))
    if told.row.kind == EntryKind.AT_HOME and words:
        text = _("%(name)s has the page") if words.get("sees") else _("%(name)s does not see the page")
        found.append(text % {"name": words.get("person", "")})
    if told.row.kind == EntryKind.DOCUMENT and words:
        found.append(_document(words))
    if words.get("effect"):
        found.append(str(Effect(words["effect"]).label).capitalize())
    return found


def _verdicts(verdicts: Mapping[str, str], view: CaseView) -> Iterator[str]:
    """What an evaluation decided for each measure, as far as the view holds it."""
    said = {
        rules.Verdict.CONTINUE: _("Goes on: %(measure)s"), rules.Verdict.CHANGE: _("Shall be changed: %(measure)s"),
        rules.Verdict.END: _("Ends: %(measure)s"),
    }  # fmt: skip
    for one in all_measures(view):
        if verdict := verdicts.get(str(one.row.pk)):
            text = one.text if one.shown == rules.Shown.FULL else one.neutral
            yield said[rules.Verdict(verdict)] % {"measure": text}


def _document(words: Mapping[str, Any]) -> str:
    kind = str(PaperKind(words["document"]).label)
    named = {"number": words.get("number", ""), "kind": kind, "to": words.get("to", "")}
    return (_("Number %(number)s: %(kind)s, to %(to)s") if named["to"] else _("Number %(number)s: %(kind)s")) % named


def _given(words: Mapping[str, Any], view: CaseView) -> str:
    if words.get("access") == "ended":
        return _("%(name)s no longer has access") % {"name": words.get("person", "")}
    kind = str(Given.Kind(words["access"]).label)
    until = _(" until %(day)s") % {"day": day(date.fromisoformat(words["until"]))} if words.get("until") else ""
    return ". ".join([f"{words.get('person', '')}: {kind}{until}", *_by_which_right(words, view)])


def _by_which_right(words: Mapping[str, Any], view: CaseView) -> Iterator[str]:
    basis = str(words.get("basis", ""))
    names = ", ".join(one.name for one in view.folders if str(one.row.pk) in words.get("yes", ()))
    if basis and (basis != Given.Basis.CONSENT or not names):
        label = str(Given.Basis(basis).label)
        yield label[:1].upper() + label[1:]
    if names:
        yield _("The family has said yes: %(names)s") % {"names": names}


def obstacles(view: CaseView) -> list[str]:
    """What stands between the case and its end, in words: each pupil, or how many, where the same is true of many."""
    found: dict[rules.Obstacle, list[str]] = {}
    for one, folder in view.obstacles:
        found.setdefault(one, []).append(folder.name if folder else "")
    return [text for one, names in found.items() for text in _obstacles(one, names)]


def not_done(view: CaseView) -> list[str]:
    """What has not been done for those who are in the case without its being about their environment (§§ 10-1, 10-2).

    It keeps no case from ending, but nobody ends one without having seen it.
    """
    others = [one for one in view.folders if not one.is_subject and one.row.left_at is None]
    asked = (
        (_("It has not been weighed what is best for %(name)s."), lambda row: row.weighed_on is None),
        (_("Nobody has talked with %(name)s."), lambda row: row.heard_on is None),
        (_("Those at home of %(name)s have not been told."), lambda row: row.home_told_on is None),
    )
    return [text % {"name": one.name} for one in others for text, lacks in asked if lacks(one.row)][:MOST_SHOWN]


def _obstacles(one: rules.Obstacle, names: Sequence[str]) -> list[str]:
    if len(names) <= ONE_BY_ONE:
        return [_obstacle(one, name) for name in names]
    text = {
        rules.Obstacle.SAYS_NO: _("%(count)s pupils say that it is not safe."),
        rules.Obstacle.NOT_YET: _("%(count)s pupils say that it is better, but not safe and good yet."),
        rules.Obstacle.NOT_ASKED: _("%(count)s pupils have not been asked whether it is safe now."),
        rules.Obstacle.ASK_AGAIN: _("Home says no for %(count)s pupils: ask them again."),
        rules.Obstacle.NO_PLAN: _("The plan for %(count)s pupils is not in force."),
        rules.Obstacle.PLAN_LACKS: _("Something is missing in the plan for %(count)s pupils."),
        rules.Obstacle.NO_EVALUATION: _("The plan for %(count)s pupils must be evaluated once more."),
        rules.Obstacle.NO_BEST_INTEREST: _("It has not been weighed what is best for %(count)s pupils."),
    }.get(one)
    return [text % {"count": len(names)}] if text else [_obstacle(one, "")]


def _obstacle(one: rules.Obstacle, name: str) -> str:
    text = {
        rules.Obstacle.SAYS_NO: _("%(name)s says that it is not safe."),
        rules.Obstacle.NOT_YET: _("%(name)s says that it is better, but not safe and good yet."),
        rules.Obstacle.NOT_ASKED: _("%(name)s has not been asked whether it is safe now."),
        rules.Obstacle.ASK_AGAIN: _("Home says no: ask %(name)s again."),
        rules.Obstacle.NO_PLAN: _("The plan for %(name)s is not in force."),
        rules.Obstacle.PLAN_LACKS: _("Something is missing in the plan for %(name)s."),
        rules.Obstacle.NO_EVALUATION: _("The plan for %(name)s must be evaluated once more."),
        rules.Obstacle.NO_BEST_INTEREST: _("It has not been weighed what is best for %(name)s."),
        rules.Obstacle.FIND_OUT: _("Home says no: find out, and write down what you found."),
        rules.Obstacle.OWES_OWNER: _("The municipality must be told, or it must be written why it is openly groundless."),
    }[one]
    return text % {"name": name}


def purpose(code: str) -> str:
    """What somebody read for."""
    return {
        "responsible": _("responsible for the case"), "work": _("works with the case"), "leads": _("leads the school"),
        "owner": _("the municipality's duty to follow up"), "guidance": _("guidance"), "measure": _("carries out a measure"),
    }.get(code, "–")  # fmt: skip
