"""Chance: pupils answer, and their answers are summed. One stream of chance for each school, grade and year."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from samskap.site.demo import truth
from samskap.site.demo.figures import Level, Place
from samskap.site.demo.truth import Index

YEAR_SPREAD = 0.05
COHORT_SPREAD = 0.06
ANSWERS = 0.92


@dataclass
class Scores:
    """The sum, the sum of squares and the number of pupils' scores."""

    total: float = 0.0
    squares: float = 0.0
    n: int = 0

    def add(self, other: "Scores") -> None:
        """Take in another group."""
        self.total += other.total
        self.squares += other.squares
        self.n += other.n

    @property
    def mean(self) -> float:
        """The mean score. Needs a pupil."""
        return self.total / self.n

    @property
    def sd(self) -> float:
        """The standard deviation between pupils; 0 for fewer than two."""
        spread = self.squares - self.n * self.mean**2
        return math.sqrt(max(spread, 0.0) / (self.n - 1)) if self.n > 1 else 0.0


@dataclass
class Group:
    """The answers of a grade at a place in a year."""

    invited: int = 0
    answered: int = 0
    scores: dict[str, Scores] = field(default_factory=dict)
    bullied: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Group") -> None:
        """Take in another group."""
        self.invited += other.invited
        self.answered += other.answered
        self.bullied.update(other.bullied)
        for code, scores in other.scores.items():
            self.scores.setdefault(code, Scores()).add(scores)


def stream(*parts: object) -> Random:
    """A stream of chance of its own for what the parts name."""
    return Random(":".join(map(str, parts)))  # noqa: S311  (made-up data wants a seed, not secrecy)


def indexes(grade: int) -> list[Index]:
    """The indexes that a grade answers."""
    return [index for index in truth.INDEXES if index.only_grade in (0, grade)]


def draw(seed: int, place: Place, grade: int, year: int) -> Group:
    """The answers at one place. A school's pupils are drawn one by one; a country's are summed up."""
    chance = stream(seed, place.key, grade, year)
    invited = max(1, round(place.per_grade * chance.uniform(0.93, 1.07)))
    if place.level != Level.SCHOOL:
        return _large(chance, place, grade, year, invited)
    answered = sum(chance.random() < ANSWERS for _ in range(invited))
    group = Group(invited, answered, bullied=_bullied(chance, truth.bullied(place.key, grade, year), answered))
    cohort = stream(seed, place.key, year - grade).gauss(0, COHORT_SPREAD)
    for index in indexes(grade):
        mean = truth.index_mean(place.key, index, grade, year) + cohort + chance.gauss(0, YEAR_SPREAD)
        group.scores[index.code] = _scores(chance, mean, index.sd, answered)
    return group


def _scores(chance: Random, mean: float, sd: float, n: int) -> Scores:
    drawn = [min(5.0, max(1.0, chance.gauss(mean, sd))) for _ in range(n)]
    return Scores(sum(drawn), sum(score * score for score in drawn), n)


def _bullied(chance: Random, share: float, n: int) -> Counter[str]:
    """Every bullied pupil counts once in the composite, and in each question that it answered so."""
    found: Counter[str] = Counter()
    for _ in range(n):
        if chance.random() < share:
            found.update([truth.COMPOSITE, *_ways(chance)])
    return found


def _ways(chance: Random) -> list[str]:
    ways = [code for code, part in truth.PART_OF_BULLIED.items() if chance.random() < part]
    return ways or [truth.BY_PUPILS]


def _large(chance: Random, place: Place, grade: int, year: int, invited: int) -> Group:
    """So many pupils that only the mean's own chance is left."""
    n = round(invited * 0.86)
    share = truth.bullied(place.key, grade, year)
    ways = {truth.COMPOSITE: 1.0, **truth.PART_OF_BULLIED}
    group = Group(invited, n, bullied=Counter({code: round(n * share * part) for code, part in ways.items()}))
    for index in indexes(grade):
        mean = truth.index_mean(place.key, index, grade, year) + chance.gauss(0, index.sd / math.sqrt(n))
        group.scores[index.code] = Scores(mean * n, (mean**2 + index.sd**2) * n, n)
    return group


def pooled(groups: Iterable[Group]) -> Group:
    """Several groups as one."""
    whole = Group()
    for group in groups:
        whole.add(group)
    return whole
