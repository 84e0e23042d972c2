"""What is true in the made-up municipality, before chance and masking: levels, schools, years.

Levels are near those that are published for the country, so that a demonstration looks like life; every figure is made up.
"""

from dataclasses import dataclass

YEARS = tuple(range(2021, 2026))


@dataclass(frozen=True)
class Index:
    """An index of the pupil survey: its true mean on grade 5 and 10 in 2021, its spread, and its yearly drift."""

    code: str
    name: str
    young: float
    old: float
    sd: float
    drift: float = 0.0
    only_grade: int = 0


INDEXES = (
    Index("EUIndeks_1379", "Trivsel", 4.35, 4.05, 0.75, -0.02),
    Index("EUIndeks_1380", "Støtte fra lærer", 4.35, 3.90, 0.75, -0.01),
    Index("EUIndeks_1381", "Støtte hjemmefra", 4.45, 4.00, 0.70, -0.01),
    Index("EUIndeks_1382", "Vurdering for læring", 3.95, 3.30, 0.75),
    Index("EUIndeks_1383", "Læringskultur", 4.05, 3.60, 0.70, -0.01),
    Index("EUIndeks_1384", "Mestring", 4.05, 3.85, 0.65),
    Index("EUIndeks_1385", "Motivasjon", 3.90, 3.25, 0.80, -0.03),
    Index("EUIndeks_1386", "Elevdemokrati og medvirkning", 3.85, 3.20, 0.75),
    Index("EUIndeks_1387", "Felles regler", 4.30, 3.75, 0.65, -0.01),
    Index("EUIndeks_1378", "Faglig utfordring", 4.05, 4.15, 0.80),
    Index("EUIndeks_1389", "Utdanning og yrkesveiledning", 3.60, 3.60, 0.85, only_grade=10),
)
BULLYING_GROUP = ("EUIndeks_1398", "Mobbing på skolen")
COMPOSITE = BULLYING_GROUP[0]
BY_PUPILS, DIGITAL, BY_ADULTS = "EUSpoersmaal_Q11811", "EUSpoersmaal_Q11816", "EUSpoersmaal_Q11824"
BULLYING = {
    COMPOSITE: "Alle spørsmål",
    BY_PUPILS: "Er du blitt mobbet av andre elever på skolen de siste månedene?",
    DIGITAL: "Er du blitt mobbet digitalt (mobil, iPad, PC) de siste månedene?",
    BY_ADULTS: "Er du blitt mobbet av voksne på skolen de siste månedene?",
}
PART_OF_BULLIED = {BY_PUPILS: 0.80, DIGITAL: 0.38, BY_ADULTS: 0.15}
TESTS = {"Engelsk": (5, 8), "Lesing": (5, 8, 9), "Regning": (5, 8, 9)}

# share bullied in the country by year, on grade 5, 7 and 10; grades between lie between
NATION_BULLIED = {
    5: (0.100, 0.115, 0.140, 0.135, 0.130),
    7: (0.079, 0.099, 0.130, 0.121, 0.116),
    10: (0.057, 0.074, 0.110, 0.108, 0.102),
}

# share bullied at a school by year, all its grades
SCHOOL_BULLIED = {
    "tjernlia": (0.11, 0.12, 0.14, 0.13, 0.12),
    "storhaugen": (0.06, 0.07, 0.09, 0.08, 0.08),
    "elvesletta": (0.165, 0.175, 0.18, 0.155, 0.135),
    "kvernfossen": (0.065, 0.085, 0.115, 0.14, 0.165),
}

# what a school has more or less than the country on an index (points), by year; "" holds for the other indexes
SCHOOL_EFFECT: dict[str, dict[str, tuple[float, ...]]] = {
    "storhaugen": {
        "EUIndeks_1379": (0.30, 0.30, 0.33, 0.33, 0.35),
        "EUIndeks_1386": (0.05, 0.10, 0.15, 0.20, 0.20),
        "": (0.08,) * 5,
    },
    "elvesletta": {
        "EUIndeks_1379": (-0.20, -0.20, -0.20, -0.16, -0.12),
        "EUIndeks_1387": (-0.32, -0.34, -0.34, -0.08, 0.12),
        "EUIndeks_1380": (-0.10, -0.10, -0.10, -0.06, -0.02),
        "": (-0.05,) * 5,
    },
    "kvernfossen": {
        "EUIndeks_1379": (0.05, 0.00, -0.08, -0.18, -0.28),
        "EUIndeks_1387": (0.00, -0.06, -0.14, -0.22, -0.30),
        "EUIndeks_1385": (0.00, -0.04, -0.08, -0.12, -0.18),
        "": (0.0, -0.02, -0.04, -0.06, -0.08),
    },
    "tjernlia": {"EUIndeks_1380": (0.12,) * 5, "EUIndeks_1379": (-0.06, -0.06, -0.08, -0.08, -0.06), "": (0.0,) * 5},
}
TEST_EFFECT = {"storhaugen": 1.0, "kvernfossen": -1.5, "elvesletta": -0.5, "tjernlia": 0.5, "county": -0.4, "ytterdal": 0.3}

# the survey is a duty on 7 and 10; on other grades the schools choose
VOLUNTARY = {
    "tjernlia": (5, 6),
    "vesleoya": (5, 6),
    "storhaugen": (5, 6, 9),
    "elvesletta": (8, 9),
    "ytterdal": (5, 6, 8, 9),
    "kvernfossen": (8,),
}


def takes_part(key: str, grade: int) -> bool:
    """Does the school take part in the survey on a grade that it has?"""
    return grade in (7, 10) or grade in VOLUNTARY.get(key, ())


def between(grade: int, points: dict[int, float]) -> float:
    """The value at a grade on straight lines between known grades; flat outside them."""
    known = sorted(points)
    below = max((g for g in known if g <= grade), default=known[0])
    above = min((g for g in known if g >= grade), default=known[-1])
    share = (grade - below) / (above - below) if above > below else 0.0
    return points[below] * (1 - share) + points[above] * share


def step(year: int) -> int:
    """How far a year is into the five; earlier years stand as the first, later ones as the last."""
    return min(max(year - YEARS[0], 0), len(YEARS) - 1)


def index_mean(key: str, index: Index, grade: int, year: int) -> float:
    """The true mean of an index at a place."""
    nation = between(grade, {5: index.young, 10: index.old}) + index.drift * step(year)
    effects = SCHOOL_EFFECT.get(key, {})
    own = effects.get(index.code) or effects.get("") or (0.0,) * len(YEARS)
    return nation + own[step(year)]


def bullied(key: str, grade: int, year: int) -> float:
    """The true share of pupils bullied at a place."""
    if key in SCHOOL_BULLIED:
        return SCHOOL_BULLIED[key][step(year)]
    return between(grade, {known: shares[step(year)] for known, shares in NATION_BULLIED.items()})
