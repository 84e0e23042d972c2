"""One indicator at one school, put together: its points, those around it, and what may be said."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from samskap.people.api import Level
from samskap.results import catalogue, rules, wording
from samskap.results.catalogue import Indicator, IndicatorRef
from samskap.results.queries import Figures, Places
from samskap.results.rules import Judgement, Point
from samskap.stats.api import Verdict, school_year_variance

AROUND = {Level.MUNICIPALITY: "municipality", Level.COUNTY: "county", Level.NATION: "nation"}


@dataclass(frozen=True)
class Around:
    """A unit that the school is seen beside."""

    word: str  # municipality, county or nation
    name: str
    points: tuple[Point, ...]

    def in_year(self, year: int) -> Point | None:
        """Its figure in a year."""
        return next((p for p in self.points if p.year == year), None)


@dataclass(frozen=True)
class Story:
    """What there is to tell about one indicator on one grade."""

    indicator: Indicator
    grade: str
    unit_name: str
    points: tuple[Point, ...]
    around: tuple[Around, ...]

    @property
    def ref(self) -> IndicatorRef:
        """The indicator in the reader's language."""
        return catalogue.ref(self.indicator, self.grade)

    @property
    def newest(self) -> Point | None:
        """The newest year of which anything is known, masked or not."""
        return rules.newest(self.points)

    @property
    def latest(self) -> Point | None:
        """The newest year with a number."""
        return rules.latest(self.points)

    @property
    def previous(self) -> Point | None:
        """The number before the latest."""
        return rules.before(self.points, self.latest.year) if self.latest else None

    @property
    def only_masked(self) -> bool:
        """Something is published, and all of it is masked."""
        return bool(self.points) and all(p.status == rules.MASKED for p in self.points)

    def nation(self) -> Around | None:
        """The country."""
        return next((a for a in self.around if a.word == "nation"), None)

    def country_point(self) -> Point | None:
        """The country's figure in the year of the latest number."""
        nation = self.nation()
        return nation.in_year(self.latest.year) if nation and self.latest else None

    @cached_property
    def change(self) -> Judgement:
        """The latest number beside the one before."""
        return judge_change(self.indicator, self.grade, self.previous, self.latest)

    @cached_property
    def beside_country(self) -> Judgement:
        """The latest number beside the country's of the same year, so that no sum or mean of ours is needed."""
        return judge_beside(self.indicator, self.grade, self.country_point(), self.latest)

    def change_text(self) -> str:
        """The change in words."""
        return wording.change(self.indicator, self.previous, self.latest, self.change)

    def beside_text(self) -> str:
        """The level beside the country in words."""
        return wording.beside(self.indicator, self.country_point(), self.beside_country)

    def standing(self) -> str:
        """``strength``, ``concern`` or ``other``; an old figure is neither."""
        if not self.up_to_date:
            return "other"
        return rules.standing(self.beside_country, self.change)

    @property
    def up_to_date(self) -> bool:
        """The newest year has a number: it is neither masked nor without takers."""
        return self.latest is not None and self.latest == self.newest

    @property
    def judged(self) -> bool:
        """Something was compared, whatever came out of it."""
        verdicts = (self.change.verdict, self.beside_country.verdict)
        return self.up_to_date and any(verdict is not Verdict.NO_BASIS for verdict in verdicts)

    def short(self) -> str:
        """A few words for a row among many: only what stands out, and the change."""
        if self.latest is None:
            return ""
        if not self.up_to_date:
            return wording.older(self.indicator, self.latest)
        level = self.beside_country
        clear = self.beside_text() if level.verdict in (Verdict.BETTER, Verdict.WORSE) else ""
        change = wording.short_change(self.indicator, self.previous, self.latest, self.change)
        return " ".join(part for part in (clear, change) if part)

    def sentence(self) -> str:
        """What the chart shows, in a sentence or two."""
        if self.latest is None:
            return _without_numbers(self)
        older = "" if self.up_to_date else wording.older(self.indicator, self.latest)
        parts = (older, self.beside_text(), self.change_text())
        return " ".join(part for part in parts if part)


def _without_numbers(story: Story) -> str:
    return wording.nothing_but_masked() if story.only_masked else wording.nothing_yet()


def judge_beside(indicator: Indicator, grade: str, country: Point | None, own: Point | None) -> Judgement:
    """A school's figure beside the country's: the school's year brings its school-by-year variance where it is known."""
    extra = school_year_variance(indicator.code, grade) or 0.0
    return rules.judge(indicator.scale, country, own, higher_is_better=indicator.higher_is_better, extra_variance=extra)


def judge_change(indicator: Indicator, grade: str, one: Point | None, two: Point | None) -> Judgement:
    """A change from year to year. For the national tests each of the two years brings its own school-by-year variance."""
    omega2 = school_year_variance(indicator.code, grade) or 0.0
    return rules.judge(
        indicator.scale, one, two,
        higher_is_better=indicator.higher_is_better, breaks=indicator.breaks, extra_variance=2 * omega2,
    )  # fmt: skip


def make(places: Places, figures: Figures, indicator: Indicator, grade: str, unit_name: str) -> Story:
    """From figures that are read already."""
    around = tuple(
        Around(AROUND[Level(unit.level)], unit.name, figures.points(unit.pk, indicator, grade))
        for unit in places.around
        if unit.level in AROUND
    )
    return Story(indicator, grade, unit_name, figures.points(places.unit.pk, indicator, grade), around)


def all_for(places: Places, figures: Figures, keys: Sequence[tuple[str, str]], grade: str, unit_name: str) -> list[Story]:
    """Every known indicator that the unit has on a grade, in the catalogue's order."""
    return [
        make(places, figures, indicator, grade, unit_name)
        for indicator in catalogue.INDICATORS
        if (indicator.code, grade) in keys
    ]
