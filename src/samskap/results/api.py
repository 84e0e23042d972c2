"""What other rooms may use of the results."""

from dataclasses import dataclass

from samskap.people.api import School
from samskap.results import catalogue, charts, queries, reading, rules, wording
from samskap.results.catalogue import IndicatorRef
from samskap.results.charts import ChartFigure
from samskap.results.policy import COMPARE, SEE
from samskap.results.rules import Point
from samskap.results.story import judge_change
from samskap.stats.api import Verdict

__all__ = [
    "COMPARE",
    "SEE",
    "ChartFigure",
    "IndicatorRef",
    "Point",
    "SeriesView",
    "Standing",
    "Verdict",
    "change_sentence",
    "chart",
    "indicator",
    "indicators_for",
    "level",
    "series",
    "standing",
]


@dataclass(frozen=True)
class SeriesView:
    """An indicator at a school, year by year, the oldest first. ``breaks``: the years from which it is asked otherwise."""

    indicator: IndicatorRef
    unit_name: str
    points: tuple[Point, ...]
    breaks: tuple[int, ...]

    @property
    def latest(self) -> Point | None:
        """The newest with a number."""
        return rules.latest(self.points)


StandingRow = tuple[IndicatorRef, Point, str]


@dataclass(frozen=True)
class Standing:
    """Where a school stands on a grade: (indicator, latest figure, sentence). Strengths come first."""

    strengths: tuple[StandingRow, ...] = ()
    concerns: tuple[StandingRow, ...] = ()
    others: tuple[StandingRow, ...] = ()


def indicators_for(school: School) -> list[IndicatorRef]:
    """The indicators and grades for which the school has anything published, be it masked. Two queries."""
    if school.unit_id is None:
        return []
    keys = queries.known_keys(school.unit_id, queries.series_index())
    return [
        catalogue.ref(found, grade)
        for found in catalogue.INDICATORS
        for grade in catalogue.sorted_grades(g for code, g in keys if code == found.code)
    ]


def indicator(code: str) -> IndicatorRef | None:
    """The indicator with a code; None when it is not known."""
    parsed = catalogue.parse(code)
    return catalogue.ref(*parsed) if parsed else None


def series(school: School, code: str) -> SeriesView | None:
    """The school's figures; None when the indicator is not known or nothing is published for the school. Three queries."""
    story = reading.one_story(school, code)
    if story is None or not story.points:
        return None
    return SeriesView(story.ref, school.name, story.points, story.indicator.breaks)


def level(ref: IndicatorRef, value: float) -> str:
    """A figure with its unit, in the reader's language: "4,2", "12,1 %"."""
    text = wording.number(value, ref.decimals)
    return f"{text} %" if ref.scale == "share" else text


def change_sentence(school: School, code: str, from_year: int, to_year: int) -> tuple[Verdict, str]:
    """What may be said of a change between two school years, in the reader's language. Three queries."""
    story = reading.one_story(school, code)
    if story is None:
        return Verdict.NO_BASIS, wording.nothing_yet()
    by_year = {point.year: point for point in story.points}
    one, two = by_year.get(from_year), by_year.get(to_year)
    judged = judge_change(story.indicator, story.grade, one, two)
    return judged.verdict, wording.change(story.indicator, one, two, judged)


def chart(school: School, code: str) -> ChartFigure | None:
    """The figure of an indicator: the school's line with those around it, a sentence and a table. Three queries."""
    story = reading.one_story(school, code)
    return charts.figure(story) if story is not None and story.points else None


def standing(school: School, grade: str | None = None) -> Standing:
    """Strengths, concerns and the rest on a grade, or on all when none is named: a plan is the whole school's. Four queries."""
    stories = reading.all_stories(school) if grade is None else reading.school_view(school, grade).stories
    found: dict[str, list[StandingRow]] = {"strength": [], "concern": [], "other": []}
    for story in stories:
        if story.latest is not None:
            found[story.standing()].append((story.ref, story.latest, story.sentence()))
    return Standing(*(tuple(found[name]) for name in ("strength", "concern", "other")))
