"""Five years of published results for places that do not exist: drawn by a seed, masked, one decimal, as Udir prints them."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from samskap.site.demo import figures, truth
from samskap.site.demo.drawing import Group, draw, pooled, stream
from samskap.site.demo.figures import Bullying, Indicator, Level, NationalTest, Participation, Place, Survey
from samskap.site.demo.masking import identifies, masked, too_few

SEED = 1055
TEST_SD = 10.0


@dataclass(frozen=True)
class World:
    """The places of a generated data set; the schools stand below their municipality."""

    places: tuple[Place, ...] = figures.PLACES

    @property
    def schools(self) -> tuple[Place, ...]:
        """Every school."""
        return tuple(place for place in self.places if place.level == Level.SCHOOL)

    def parts(self, municipality: Place) -> tuple[Place, ...]:
        """A municipality's schools."""
        return tuple(place for place in self.schools if place.owner == municipality.number)


Answers = dict[tuple[Place, int], Group]


def surveys(seed: int = SEED, world: World | None = None, years: Sequence[int] = truth.YEARS) -> Iterator[Survey]:
    """One year after the other; the same seed gives the same figures."""
    for year in years:
        yield survey(seed, world or World(), year)


def survey(seed: int, world: World, year: int) -> Survey:
    """What is published about one school year."""
    answers = _answers(seed, world, year)
    hidden = _hidden_small(world, answers)
    return Survey(
        year,
        tuple(_indicators(answers, year, hidden)),
        tuple(_bullying(world, answers, year)),
        tuple(_participation(answers, year, hidden)),
        tuple(_tests(seed, world, year)),
    )


def _answers(seed: int, world: World, year: int) -> Answers:
    found: Answers = {}
    for grade in range(5, 11):
        drawn = {place: draw(seed, place, grade, year) for place in world.places if _answers_on(place, grade)}
        for place in world.places:
            if place.level == Level.MUNICIPALITY:
                parts = [drawn[school] for school in world.parts(place) if school in drawn]
                if parts:
                    found[place, grade] = pooled(parts)
            elif place in drawn:
                found[place, grade] = drawn[place]
    return found


def _answers_on(place: Place, grade: int) -> bool:
    if place.level == Level.SCHOOL:
        return grade in place.grades and (place.every_grade or truth.takes_part(place.key, grade))
    return place.level != Level.MUNICIPALITY


def _hide(world: World, answers: Answers, small: Callable[[Group], bool]) -> frozenset[tuple[Place, int]]:
    """The masked (place, grade): small ones, and one more where a lone gap under a total could be worked out."""
    found = {at for at, group in answers.items() if small(group)}
    for municipality in (place for place in world.places if place.level == Level.MUNICIPALITY):
        for grade in range(5, 11):
            if (municipality, grade) not in found:
                found |= _complement(world.parts(municipality), grade, answers, found)
    return frozenset(found)


def _complement(parts: Sequence[Place], grade: int, answers: Answers, found: set[tuple[Place, int]]) -> set[tuple[Place, int]]:
    here = {place.key: place for place in parts if (place, grade) in answers}
    sizes = {key: answers[place, grade].answered for key, place in here.items()}
    small = [key for key, place in here.items() if (place, grade) in found]
    return {(here[key], grade) for key in masked(sizes, small)}


def _hidden_small(world: World, answers: Answers) -> frozenset[tuple[Place, int]]:
    return _hide(world, answers, lambda group: too_few(group.answered))


def _indicators(answers: Answers, year: int, hidden: frozenset[tuple[Place, int]]) -> Iterator[Indicator]:
    for (place, grade), group in answers.items():
        for code, scores in group.scores.items():
            if (place, grade) in hidden:
                yield Indicator(place, year, grade, code, None, None, None)
            else:
                yield Indicator(place, year, grade, code, round(scores.mean, 1), round(scores.sd, 1), scores.n)


def _bullying(world: World, answers: Answers, year: int) -> Iterator[Bullying]:
    for code in truth.BULLYING:
        hidden = _hide(world, answers, lambda group, code=code: identifies(group.bullied[code], group.answered))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        for (place, grade), group in answers.items():
            gone = (place, grade) in hidden
            yield Bullying(place, year, grade, code, None if gone else group.bullied[code], None if gone else group.answered)


def _participation(answers: Answers, year: int, hidden: frozenset[tuple[Place, int]]) -> Iterator[Participation]:
    for (place, grade), group in answers.items():
        gone = (place, grade) in hidden
        yield Participation(place, year, grade, None if gone else group.answered, None if gone else group.invited)


def _tests(seed: int, world: World, year: int) -> Iterator[NationalTest]:
    for code, grades in truth.TESTS.items():
        for grade in grades:
            taken = dict(_takers(seed, world, year, code, grade))
            sizes = {place.key: n for place, (n, _points) in taken.items()}
            for place, (n, points) in taken.items():
                rivals = {p.key: sizes[p.key] for p in taken if p.level == Level.SCHOOL and p.owner == place.owner}
                gone = place.level == Level.SCHOOL and place.key in masked(rivals, [k for k, m in rivals.items() if too_few(m)])
                yield _test(place, year, grade, code, n, None if gone else points)


def _test(place: Place, year: int, grade: int, code: str, n: int, points: float | None) -> NationalTest:
    if points is None:
        return NationalTest(place, year, grade, code, None, None, None)
    half_width = max(0.1, round(1.96 * TEST_SD / math.sqrt(n), 1))
    return NationalTest(place, year, grade, code, round(points), half_width, n)


Taken = tuple[Place, tuple[int, float]]


def _takers(seed: int, world: World, year: int, code: str, grade: int) -> Iterator[Taken]:
    """Each place's number of pupils and mean points; a municipality's are its schools' together."""
    drawn = {p: _points(seed, p, year, code, grade) for p in world.places if p.per_grade and grade in p.grades}
    for place in world.places:
        parts = [drawn[school] for school in world.parts(place) if school in drawn]
        if place in drawn:
            yield place, drawn[place]
        elif parts:
            n = sum(count for count, _mean in parts)
            yield place, (n, sum(count * mean for count, mean in parts) / n)


def _points(seed: int, place: Place, year: int, code: str, grade: int) -> tuple[int, float]:
    chance = stream(seed, place.key, code, grade, year)
    n = max(1, round(place.per_grade * chance.uniform(0.90, 1.0)))
    level = 53.0 if grade == 9 else 50.0
    spread = TEST_SD / math.sqrt(n)
    return n, level + truth.TEST_EFFECT.get(place.key, 0.0) + chance.gauss(0, spread) + _year_effect(seed, place, year)


def _year_effect(seed: int, place: Place, year: int) -> float:
    return stream(seed, place.key, "tests", year).gauss(0, 1.0) if place.level == Level.SCHOOL else 0.0
