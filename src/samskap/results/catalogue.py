"""The indicators that the pages know: dated data with its source. What is not here is stored, but not shown.

Sources: Udir's statistics bank, tables 148 (indexes), 150 (bullying), 151 (participation) for grunnskole and 152, 154, 155 for
upper secondary, codes EUIndeks_1378-1389 and 1398; the web export of national tests 2022-23 to 2025-26. Index scale 1-5, high is
good (Udir, indikatorveiledning). Bullied: "2 or 3 times a month" or oftener, each pupil counted once in the composite (udir.no,
2020). Bullying was asked otherwise before autumn 2013 and before autumn 2016; the three periods are not comparable (udir.no,
2015).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskap.kernel.ui import terms
from samskap.results.rules import INDEX, POINTS, SHARE, Scale

VALID_FROM = date(2026, 10, 1)
SURVEY, TESTS = "pupil_survey", "national_tests"
PARTICIPATION = "participation"
ENVIRONMENT, BULLYING, NATIONAL = "environment", "bullying", "tests"
BULLYING_BREAKS = (2013, 2016)
GRADES = ("5", "6", "7", "8", "9", "10", "vg1", "vg2", "vg3")
GROUPS = {
    ENVIRONMENT: gettext_lazy("The learning environment"),
    BULLYING: gettext_lazy("Bullying"),
    NATIONAL: gettext_lazy("National tests"),
}
UNITS = {
    "index": gettext_lazy("mean on a scale from 1 to 5"),
    "share": gettext_lazy("per cent of the pupils"),
    "points": gettext_lazy("scale points"),
}


@dataclass(frozen=True)
class Indicator:
    """Something that is measured every year. ``breaks``: the school years from which it is measured otherwise."""

    instrument: str
    code: str
    measure: str
    name: Any
    help: Any
    group: str
    scale: Scale
    higher_is_better: bool = True
    breaks: tuple[int, ...] = ()

    @property
    def term(self) -> str:
        """The key of its "what is this?" text."""
        return f"results.{self.code}"


def _index(code: str, name: Any, help: Any) -> Indicator:
    return Indicator(SURVEY, code, "score", name, help, ENVIRONMENT, INDEX)


def _bullying(code: str, name: Any, help: Any) -> Indicator:
    return Indicator(SURVEY, code, "share", name, help, BULLYING, SHARE, False, BULLYING_BREAKS)


def _test(code: str, name: Any, help: Any) -> Indicator:
    return Indicator(TESTS, code, "score", name, help, NATIONAL, POINTS)


INDICATORS = (
    _index("trivsel", gettext_lazy("Well-being"), gettext_lazy("Do the pupils like being at school?")),
    _index(
        "felles_regler", gettext_lazy("Common rules"), gettext_lazy("Do the pupils know the rules, and do the adults act alike?")
    ),
    _index(
        "stotte_fra_laerer",
        gettext_lazy("Support from the teacher"),
        gettext_lazy("Do the teachers care, believe in the pupils and treat them with respect?"),
    ),
    _index(
        "laeringskultur",
        gettext_lazy("Learning culture"),
        gettext_lazy("Is there peace to work, and is it fine to make mistakes?"),
    ),
    _index(
        "elevdemokrati",
        gettext_lazy("Pupil democracy and participation"),
        gettext_lazy("Are the pupils heard, and do they have a say?"),
    ),
    _index("stotte_hjemmefra", gettext_lazy("Support from home"), gettext_lazy("Do those at home show interest and help?")),
    _index("mestring", gettext_lazy("Mastery"), gettext_lazy("Do the pupils manage the work they are given?")),
    _index("motivasjon", gettext_lazy("Motivation"), gettext_lazy("Are the pupils interested in learning at school?")),
    _index(
        "faglig_utfordring", gettext_lazy("Academic challenge"), gettext_lazy("Do the pupils get enough challenges at school?")
    ),
    _index(
        "vurdering_for_laering",
        gettext_lazy("Assessment for learning"),
        gettext_lazy("Do the pupils know what is expected, and how to get better?"),
    ),
    _index(
        "yrkesveiledning",
        gettext_lazy("Guidance on education and work"),
        gettext_lazy("Do the pupils get the help they need to choose education and work?"),
    ),
    _bullying(
        "bullying",
        gettext_lazy("Bullied at school"),
        gettext_lazy("Bullied by pupils, digitally or by adults at the school. Each pupil counts once."),
    ),
    _bullying(
        "bullied_by_pupils",
        gettext_lazy("Bullied by pupils"),
        gettext_lazy("Bullied by other pupils at the school in the last months."),
    ),
    _bullying(
        "bullied_digitally",
        gettext_lazy("Bullied digitally"),
        gettext_lazy("Bullied by phone, tablet or computer in the last months."),
    ),
    _bullying(
        "bullied_by_adults",
        gettext_lazy("Bullied by adults"),
        gettext_lazy("Bullied by adults at the school in the last months."),
    ),
    _test(
        "np_reading",
        gettext_lazy("Test in reading"),
        gettext_lazy("National test in reading. The country's mean was 50 when the scale was made."),
    ),
    _test(
        "np_numeracy",
        gettext_lazy("Test in numeracy"),
        gettext_lazy("National test in numeracy. The country's mean was 50 when the scale was made."),
    ),
    _test(
        "np_english",
        gettext_lazy("Test in English"),
        gettext_lazy("National test in English. The country's mean was 50 when the scale was made."),
    ),
)
BY_CODE = {indicator.code: indicator for indicator in INDICATORS}
MEASURES = frozenset({"score", "sd", "n", "uncertainty", "share", "n_bullied", "n_invited"})

for _indicator in INDICATORS:
    terms.register(_indicator.term, _indicator.name, _indicator.help)
terms.register(
    "results.interval",
    gettext_lazy("Interval"),
    gettext_lazy("Few pupils give uncertain figures. The true level probably lies somewhere in the interval (95 %)."),
)
terms.register(
    "results.masked",
    gettext_lazy("Masked"),
    gettext_lazy("Udir does not show figures that could tell something about single pupils. Nobody here can see them either."),
)


@dataclass(frozen=True)
class IndicatorRef:
    """An indicator on a grade, as other rooms and pages use it. ``code``: instrument/indicator/measure/grade."""

    code: str
    name: str
    scale: str
    higher_is_better: bool
    decimals: int
    unit_label: str


def grade_label(grade: str) -> str:
    """The grade in words: "7th grade", "Vg1"."""
    return grade.capitalize() if grade.startswith("vg") else _("grade %(grade)s") % {"grade": grade}


def code_of(indicator: Indicator, grade: str) -> str:
    """The address part of an indicator on a grade."""
    return f"{indicator.instrument}/{indicator.code}/{indicator.measure}/{grade}"


def ref(indicator: Indicator, grade: str) -> IndicatorRef:
    """The indicator on a grade, in the reader's language."""
    name = _("%(indicator)s, %(grade)s") % {"indicator": indicator.name, "grade": grade_label(grade)}
    unit, scale = str(UNITS[indicator.scale.name]), indicator.scale
    return IndicatorRef(code_of(indicator, grade), name, scale.name, indicator.higher_is_better, scale.decimals, unit)


def parse(code: str) -> tuple[Indicator, str] | None:
    """The indicator and the grade of a code; None for one that is not known."""
    parts = code.split("/")
    if len(parts) != 4:
        return None
    found = BY_CODE.get(parts[1])
    if found is None or parts[3] not in GRADES or code_of(found, parts[3]) != code:
        return None
    return found, parts[3]


def sorted_grades(grades: Iterable[str]) -> list[str]:
    """Known grades, in order."""
    found = set(grades)
    return [grade for grade in GRADES if grade in found]


def usual_grade(grades: Iterable[str]) -> str | None:
    """Which grade a page opens on: 10th, else 7th (where the survey is a duty), else the highest there is."""
    found = sorted_grades(grades)
    wanted = [grade for grade in ("10", "7", "vg1") if grade in found] or found[-1:]
    return wanted[0] if wanted else None
