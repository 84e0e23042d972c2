"""An import's codes and counts as words for the page and the terminal, in the reader's language."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext as translated  # a name that the collection of texts passes over
from django.utils.translation import gettext_lazy

from samskap.kernel.models import ImportRun
from samskap.results.importing.reading import year_name
from samskap.results.models import Status
from samskap.results.readers.problems import TEXTS

Json = dict[str, Any]
FORMATS = {
    "udir-web-export": gettext_lazy("National tests, table from the statistics bank (CSV)"),
    "udir-api-indicator": gettext_lazy("The Pupil Survey, indexes (JSON)"),
    "udir-api-bullying": gettext_lazy("The Pupil Survey, bullying (JSON)"),
    "udir-api-participation": gettext_lazy("The Pupil Survey, participation (JSON)"),
}
OWN_TEXTS = {
    "files-disagree": gettext_lazy(
        "Two of the files give different figures for the same school and year. Use only the newest of them."
    ),
    "changes-elsewhere": gettext_lazy(
        "%(count)s figures outside your municipality are left out: they differ from those that are stored, or belong to "
        "another school owner's schools. The rest can be stored. Those who run the system can bring them in with the command "
        "“samskap import”."
    ),
}
STATES = {
    ImportRun.State.READING: ("ongoing", gettext_lazy("Being read")),
    ImportRun.State.READY: ("waiting", gettext_lazy("Waits for your answer")),
    ImportRun.State.APPLYING: ("ongoing", gettext_lazy("Being stored")),
    ImportRun.State.APPLIED: ("done", gettext_lazy("Stored")),
    ImportRun.State.DROPPED: ("stopped", gettext_lazy("Dropped")),
    ImportRun.State.FAILED: ("danger", gettext_lazy("Could not be used")),
    ImportRun.State.CANCELLED: ("stopped", gettext_lazy("Stopped")),
    ImportRun.State.UNDONE: ("stopped", gettext_lazy("Undone")),
}


def problem_text(problem: Json) -> str:
    """What is wrong and what to do, in words. KeyError for a code that nobody has put into words."""
    if problem["code"] in OWN_TEXTS:
        return str(str(OWN_TEXTS[problem["code"]]) % problem["detail"])
    return str(translated(TEXTS[problem["code"]])).format(**problem["detail"])


def format_name(code: str | None) -> str:
    """What kind of file it is."""
    return str(FORMATS[code]) if code in FORMATS else _("Unknown")


def state_of(run: ImportRun) -> tuple[str, str]:
    """Kind of status, and its words."""
    if run.state == ImportRun.State.READY and run.summary.get("blocked"):
        return "warning", _("Cannot be stored from here")
    kind, words = STATES[ImportRun.State(run.state)]
    return kind, str(words)


def value_text(status: int, number: float | None) -> str:
    """A figure as words: the four things that a cell can be stay different."""
    if status == Status.NUMBER and number is not None:
        return str(localize(int(number) if number == int(number) else number))
    words = {Status.MASKED: _("masked"), Status.EMPTY: _("no value"), Status.NOBODY: _("nobody took part")}
    return words[Status(status)]


@dataclass(frozen=True)
class Problem:
    """A problem as shown."""

    code: str
    where: str
    text: str
    fatal: bool


@dataclass(frozen=True)
class File:
    """A file as shown."""

    name: str
    format: str
    years: str
    rows: int
    unit_rows: Json
    values: Json
    problems: tuple[Problem, ...]


PLACES = {
    "the whole file": gettext_lazy("the whole file"),
    "line": gettext_lazy("line %(number)s"),
    "row": gettext_lazy("row %(number)s"),
    "column": gettext_lazy("column %(number)s"),
    "byte": gettext_lazy("byte %(number)s"),
}


def place_text(where: str) -> str:
    """A reader's place ("line 7, Score") in the user's language; what is not a place word stands as it is."""
    return ", ".join(_place(part) for part in where.split(", "))


def _place(part: str) -> str:
    word, _space, number = part.partition(" ")
    if part in PLACES:
        return str(PLACES[part])
    return str(str(PLACES[word]) % {"number": number}) if word in PLACES and number.isdecimal() else part


def problems(found: list[Json]) -> tuple[Problem, ...]:
    """Problems in words."""
    return tuple(Problem(p["code"], place_text(p["where"]), _text(p), p["fatal"]) for p in found)


def _text(problem: Json) -> str:
    """An earlier program may have stored a code that this one has no words for: the code is shown then."""
    try:
        return problem_text(problem)
    except (KeyError, IndexError, ValueError):
        return str(problem["code"])


def files(summary: Json) -> tuple[File, ...]:
    """The run's files."""
    return tuple(
        File(
            f["path"], format_name(f["format"]), ", ".join(f["years"]), sum(f["rows"].values()), f["rows"], f["values"],
            problems(f["problems"]),
        )
        for f in summary.get("files", [])
    )  # fmt: skip


def example_rows(summary: Json) -> tuple[tuple[str, str, str, str, str], ...]:
    """Changed figures: unit, what, year, before, after."""
    return tuple(
        (e["unit"], series_text(e), year_name(e["year"]), value_text(*e["old"]), value_text(*e["new"]))
        for e in summary.get("examples", [])
    )


MEASURES = {
    "score": gettext_lazy("mean"),
    "uncertainty": gettext_lazy("uncertainty"),
    "sd": gettext_lazy("spread"),
    "n": gettext_lazy("pupils taking part"),
    "n_bullied": gettext_lazy("pupils bullied"),
    "n_invited": gettext_lazy("pupils invited"),
    "share": gettext_lazy("share"),
}


def series_text(example: Json) -> str:
    """What the figure is: the publisher's name, the measure, the grade."""
    _instrument, indicator, measure, grade, _gender, _ownership = example["series"]
    told = {"name": example["name"] or indicator, "measure": str(MEASURES.get(measure, measure)), "grade": grade}
    return _("%(name)s, %(measure)s, grade %(grade)s") % told
