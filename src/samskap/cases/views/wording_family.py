"""The family's pages in words: plain, short, without blame, for a tired mother and for a ten-year-old."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.cases.models import Case, EntryKind, Given, Plan, Safe, Side, Stage, State
from samskap.cases.queries import Folder
from samskap.cases.queries_coming import Coming
from samskap.cases.queries_family import AtHome, Corrector, FamilyLine, FamilyMeasure, Listed, Page, ReadLine
from samskap.cases.standing import waits
from samskap.cases.views.wording import STAGE_LOOK, day, intervention_facts, meeting_facts, meeting_title, plan_title
from samskap.kernel import clock
from samskap.people.api import Way


def another() -> str:
    """What stands where another pupil's name was."""
    return _("[another pupil]")


@dataclass(frozen=True)
class Entrance:
    """The way to a page."""

    title: str
    text: str
    url: str


def entrances(found: Sequence[Listed], reader: UUID | None) -> list[Entrance]:
    """The pages in a list; two that would read the same are told apart by their numbers."""
    made = [(one, _entrance(one, reader)) for one in found]
    same = Counter((entry.title, entry.text) for _one, entry in made)
    return [
        entry if same[entry.title, entry.text] == 1 else replace(entry, text=f"{entry.text} {one.folder.row.case.name}.")
        for one, entry in made
    ]


def _entrance(one: Listed, reader: UUID | None) -> Entrance:
    folder, case = one.folder, one.folder.row.case
    if folder.person_id == str(reader):
        title = _("What we do so that you have it safe") if folder.is_subject else _("What the school does together with you")
    else:
        text = _("What we do for %(name)s") if folder.is_subject else _("What the school does with %(name)s")
        title = text % {"name": folder.name}
    return Entrance(title, _since(case, folder, hides=one.hides_school), reverse("cases:family", args=[folder.row.pk]))


def _since(case: Case, folder: Folder, *, hides: bool) -> str:
    if case.ended_at:
        return _("Ended %(day)s.") % {"day": day(timezone.localdate(case.ended_at))}
    since = _("Since %(day)s.") % {"day": day(timezone.localdate(folder.row.added_at))}
    return since if hides else since + " " + _("%(name)s follows it up.") % {"name": case.responsible.name}


def title(page: Page) -> str:
    """What the page is called."""
    if page.is_pupil:
        safe, with_you = _("What we do so that you have it safe"), _("What the school does together with you")
        return safe if page.folder.is_subject else with_you
    text = _("What we do so that %(name)s has it safe") if page.folder.is_subject else _("What the school does with %(name)s")
    return text % _name(page)


def _name(page: Page) -> dict[str, str]:
    return {"name": page.folder.name.split()[0]}


def has_it(page: Page) -> str:
    """One name, one number."""
    name, where = page.case.responsible.name, page.case.school.name
    owner = page.case.side == Side.OWNER
    if page.hides_school:
        by_owner = _("The municipality has it. Call the municipality's switchboard, and ask for the one who follows it up.")
        by_school = _("The school has it. Call the municipality's switchboard, and ask for the one who follows it up.")
        return by_owner if owner else by_school
    if owner:
        return " ".join(filter(None, (_owner_has_it(page) % {"name": name}, "" if page.phone else _call(name))))
    return _("%(name)s at %(school)s has it.") % {"name": name, "school": where}


def _owner_has_it(page: Page) -> str:
    if page.stands_in:
        return _("%(name)s leads the case in the place of the school's leadership.")
    return _("%(name)s in the municipality has it.")


def _call(name: str) -> str:
    return _("Call the municipality's switchboard, and ask for %(name)s.") % {"name": name}


def home_answer(page: Page) -> str:
    """The pupil's first question: do my parents get to know?"""
    if not page.at_home:
        return _("Nobody at home has a page here. What you write stays between you and the school.")
    names = ", ".join(page.at_home)
    return _("%(names)s can read the plan, and what has been done. They do not read what you write, unless you say yes.") % {
        "names": names
    }


def not_told(page: Page) -> str:
    """An honest line on what one will not be told."""
    if page.is_pupil:
        return _("Other pupils have a right to privacy, as you have. That is why you do not read here what is done with others.")
    return _(
        "Other children have a right to privacy, as yours has. That is why you do not read here what is done with others. "
        "What your child has told the school in confidence does not stand here either."
    )


def coming(page: Page) -> list[tuple[str, str]]:
    """What happens next, and when."""
    return [(_coming(one, page), _when(one)) for one in page.coming]


def _when(one: Coming) -> str:
    if one.on is None:
        return _("as soon as we can")
    at = _("at %(time)s") % {"time": time_format(one.at, "H:i")} if one.at else ""
    return ", ".join(filter(None, (" ".join(filter(None, (day(one.on), at))), one.where)))


def _coming(one: Coming, page: Page) -> str:
    pupil = {
        "again": _("We start anew. %(adult)s or another adult talks with you about what must be different"),
        "talk": _("We talk with you, and ask how it is"),
        "hear": _("An adult talks with you"),
        "measure": _("Something new in the plan begins"),
        "meeting": _("Meeting"),
        "plan": _("We finish the plan"),
        "evaluate": _("We look at whether the plan helps, and ask you"),
    }
    home = {
        "find_out": _("We find out more, and ask %(name)s"),
        "ask": _("An adult asks %(name)s how it is now"),
        "talk": _("We talk with %(name)s, and ask how it is"),
        "hear": _("An adult talks with %(name)s"),
        "measure": _("Something new in the plan begins"),
        "meeting": _("Meeting"),
        "plan": _("We finish the plan"),
        "evaluate": _("We look at whether the plan helps, and ask you and %(name)s"),
    }
    if page.is_pupil:
        return pupil[one.what] % {"adult": page.case.responsible.name}
    return home[one.what] % _name(page)


@dataclass(frozen=True)
class Line:
    """A line of what was done."""

    on: date
    title: str
    text: str
    facts: str
    new: bool
    corrections: tuple[tuple[str, str], ...]
    correct_url: str = ""
    tell_url: str = ""
    told: bool = False


def line(one: FamilyLine, page: Page) -> Line:
    """A line in words."""
    pk = one.row.pk
    return Line(
        one.row.happened_on, _title(one, page), one.measure or one.text or "", _facts(one), one.new,
        tuple((_corrected(by, page), text) for by, text in one.corrections),
        reverse("cases:family_correct", args=[pk]) if one.may_correct else "",
        reverse("cases:family_tell", args=[pk]) if one.may_tell and page.at_home else "", one.told,
    )  # fmt: skip


def _corrected(by: Corrector, page: Page) -> str:
    return {
        Corrector.READER: _("You corrected:"),
        Corrector.PUPIL: _("%(name)s corrected:") % _name(page),
        Corrector.STAFF: _("Corrected by one who follows it up:"),
    }[by]


def tell_lead(page: Page) -> str:
    """Before the pupil lets those at home read something: who they are, and that it stays so."""
    return _("%(names)s can read it from then on, also your corrections. You cannot take it back.") % {
        "names": ", ".join(page.at_home) or _("Those at home who get a page")
    }


def _title(one: FamilyLine, page: Page) -> str:
    kind = str(one.row.kind)
    if kind == EntryKind.ANSWER:
        return _answer(one, page)
    if kind == EntryKind.MEASURE:
        return _MEASURES.get(str(one.words.get("stage", "")), lambda: _("Measure"))()
    if kind == EntryKind.PLAN:
        return plan_title(one.words)
    if kind == EntryKind.HOME and one.may_correct:
        return _("You wrote")
    if kind == EntryKind.HEARING:
        return _hearing(one, page)
    if kind == EntryKind.MEETING:
        return meeting_title(one.words)
    if kind == EntryKind.TOLD_HOME:
        return _("You said that home may read it") if one.words.get("agreed") else _("The leader decided that home gets to know")
    return _TITLES[kind]()


def _hearing(one: FamilyLine, page: Page) -> str:
    if not page.is_pupil:
        return _("The school has talked with %(name)s") % _name(page)
    return _("You wrote") if str(one.row.author_id) == page.folder.person_id else _("You talked with an adult")


def _answer(one: FamilyLine, page: Page) -> str:
    answer = str(Safe(one.words.get("safe", "")).label)
    if one.mine:
        return _("You answered: %(answer)s") % {"answer": answer}
    if one.words.get("voice") == "pupil":
        return _("%(name)s answered: %(answer)s") % {**_name(page), "answer": answer}
    return _("The school thinks: %(answer)s") % {"answer": answer}


_MEASURES = {
    "planned": lambda: _("We planned"),
    "started": lambda: _("We have started"),
    "done": lambda: _("We have done"),
    "did": lambda: _("We have done"),
    "not_done": lambda: _("This goes on"),
    "ended": lambda: _("This has ended"),
    "never_begun": lambda: _("This was not needed"),
    "changed": lambda: _("This was changed"),
    "removed": lambda: _("This was taken out of the plan"),
}
_TITLES = {
    "step_in": lambda: _("An adult stepped in"),
    "watch": lambda: _("Adults watched"),
    "finding": lambda: _("The school has looked into it"),
    "investigated": lambda: _("The school has looked into it"),
    "home": lambda: _("The school and home were in touch"),
    "meeting": lambda: _("Meeting"),
    "delay": lambda: _("Why it takes longer"),
    "intervention": lambda: _("Physical intervention (§ 13-5)"),
    "best_interest": lambda: _("It was weighed what is best"),
    "opened": lambda: _("The school began to follow it up"),
    "ended": lambda: _("The follow-up ended"),
    "talk": lambda: _("Follow-up talk"),
    "access": lambda: _("Somebody from outside takes part"),
    "passed_on": lambda: _("The municipality has been told"),
    "moved": lambda: _("The municipality follows it up from now on"),
    "moved_back": lambda: _("The school follows it up from now on"),
    "evaluation": lambda: _("The plan was evaluated"),
}


def _facts(one: FamilyLine) -> str:
    if one.row.kind == EntryKind.MEETING and one.text is not None:
        return " · ".join(meeting_facts(one.words))
    if one.row.kind == EntryKind.INTERVENTION and one.text is not None:
        return " · ".join(intervention_facts(one.words))
    if one.row.kind != EntryKind.ACCESS or "basis" not in one.words:
        return ""
    basis, until = str(one.words["basis"]), str(one.words.get("until", ""))
    role = _("The educational psychological service (PPT)")
    last = _("until %(day)s") % {"day": day(date.fromisoformat(until))} if until else ""
    return " · ".join(filter(None, (role, str(Given.Basis(basis).label) if basis else "", last)))


@dataclass(frozen=True)
class MeasureWords:
    """A measure in the family's plan."""

    text: str
    when: str
    stage: str
    look: str


@dataclass(frozen=True)
class PlanWords:
    """The plan in plain words."""

    problem: str
    measures: tuple[MeasureWords, ...]
    state: str
    evaluation: str


def plan(page: Page) -> PlanWords | None:
    """The plan; None before there is one."""
    if page.plan is None:
        return None
    row = page.plan.row
    state = "" if row.in_force_at else _("The school is still writing the plan. What stands here can begin all the same.")
    evaluation = "" if page.case.state == State.ENDED else _evaluation(row)
    return PlanWords(page.plan.problem, tuple(_measure(one) for one in page.plan.measures), state, evaluation)


def _evaluation(row: Plan) -> str:
    """When it is looked at, as a day that lies ahead; said as it is where the day has passed."""
    if row.evaluate_on is None:
        return ""
    if not waits(row):
        return _("We looked at whether it helps %(day)s.") % {"day": day(row.evaluated_on)}
    if row.evaluate_on < clock.today():
        text = _("We should have looked at whether it helps %(day)s. We do it as soon as we can.")
        return text % {"day": day(row.evaluate_on)}
    return _("We look at whether it helps %(day)s.") % {"day": day(row.evaluate_on)}


def _measure(one: FamilyMeasure) -> MeasureWords:
    row = one.row
    when = " – ".join(filter(None, (day(row.starts_on), day(row.ends_on))))
    return MeasureWords(one.text, when, str(Stage(row.stage).label), STAGE_LOOK[row.stage])


def read(one: ReadLine) -> tuple[date, str, str]:
    """Day, role, what for."""
    role, purpose = {
        "responsible": (_("the one who has it"), _("follows it up")),
        "work": (_("an employee at the school"), _("works with it")),
        "leads": (_("the school's leadership"), _("leads the school")),
        "owner": (_("the municipality"), _("the municipality's duty to follow up")),
        "guidance": (_("PPT"), _("guidance")),
        "measure": (_("an employee at the school"), _("carries out a measure")),
    }.get(one.purpose, ("–", "–"))
    return one.on, role, purpose


def say_lead(page: Page) -> str:
    """What becomes of an answer."""
    if not page.folder.is_subject:
        return _("The one who has it reads what you write.")
    if page.is_pupil:
        return _("You decide whether it is safe. Nobody else can say it for you.")
    return _("Your answer counts. The school also asks %(name)s, who decides whether it is safe.") % _name(page)


def thanks(page: Page) -> str:
    """After an answer."""
    if page.is_pupil:
        return _("Thank you. The one who has it gets to know at once.")
    return _("Thank you. The school has got your answer, and the one who has it gets to know at once.")


def at_home(one: AtHome) -> tuple[str, str, str, str]:
    """For those who work with it: what somebody is, the state of the page, its look, and what to think of."""
    what = _("the pupil") if one.is_pupil else _("guardian")
    if one.way == Way.NOTHING:
        return what, _("Gets nothing"), "danger", _("There is a contact ban, or no right to information.")
    if one.way == Way.ON_REQUEST:
        note = _("No parental responsibility: no page, but a right to ask for information about the child (barnelova § 47). "
                 "Answer on paper, and write it down as contact with home.")  # fmt: skip
        return what, _("On request"), "info", note
    return what, *_state(one), _note(one)


def _state(one: AtHome) -> tuple[str, str]:
    if one.home is None:
        return _("Not opened yet"), "draft"
    return (_("Has the page"), "success") if one.home.sees else (_("Does not see it"), "warning")


def _note(one: AtHome) -> str:
    notes = []
    if one.why:
        notes.append(one.why)
    if one.protected:
        notes.append(_("Protected address: send nothing by mail or e-mail. Hand it over."))
    if one.person.account_id is None and one.home is not None and one.home.sees:
        notes.append(_("Has no account yet."))
    if one.home is not None and one.home.sees:
        seen = one.home.seen_at
        notes.append(_("Last opened %(day)s.") % {"day": day(seen.date())} if seen else _("Not opened by them yet."))
    return " ".join(notes)


def new_ones(lines: list[Line]) -> str:
    """How many are new since last time."""
    count = sum(one.new for one in lines)
    return ngettext("%(count)s new since last time", "%(count)s new since last time", count) % {"count": count} if count else ""
