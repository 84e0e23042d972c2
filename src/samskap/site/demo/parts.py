"""The shape of a story. Days count from today: -30 is a month ago, 60 is two months ahead."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Note:
    """What somebody says about where the school is: ``kind`` strength, concern, staff, pupils or guardians.

    ``about`` and ``grade``: the index of the survey that it speaks of.
    """

    kind: str
    text: str
    about: str = ""
    grade: int = 0


@dataclass(frozen=True)
class Status:
    """A short status. ``going``: on_way, slow, stuck. ``as_planned``: yes, partly, no."""

    day: int
    going: str
    as_planned: str
    line: str = ""


@dataclass(frozen=True)
class Measure:
    """What is done, by whom (a key of the cast), for whom, from a day to a day, and what should be seen."""

    what: str
    who: str
    for_whom: str
    begins: int
    ends: int
    sign: str
    state: str = "started"
    statuses: tuple[Status, ...] = ()


@dataclass(frozen=True)
class Heard:
    """Who took part, how, when, and what it changed. ``group``: pupils, guardians, staff or others."""

    group: str
    how: str
    day: int
    changed: str


@dataclass(frozen=True)
class Verdict:
    """An evaluation. ``outcome``: reached, partly, not_reached, cannot_tell. ``decision``: continue, adjust, stop."""

    day: int
    outcome: str
    decision: str
    why: str
    pupils: str
    guardians: str
    staff: str


@dataclass(frozen=True)
class Goal:
    """A goal: an index of the survey (``about`` and ``grade``, base year, target) or a ``sign`` that can be seen.

    Neither for a goal that is carried over from the round before.
    """

    title: str
    day: int
    by_when: int
    measures: tuple[Measure, ...]
    why: str = ""
    about: str = ""
    grade: int = 0
    base_year: int = 0
    target: float | None = None
    sign: str = ""
    heard: tuple[Heard, ...] = ()
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Round:
    """One plan. ``period``: school years back from this one, at which it begins; ``length`` in school years.

    A school's next round continues the one before it; a goal with the title of one that is carried over is that goal.
    """

    school: str
    leader: str
    begun: int
    period: int
    length: int
    notes: tuple[Note, ...]
    direction: str = ""
    goals: tuple[Goal, ...] = ()
    shared: int | None = None
