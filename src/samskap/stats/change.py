"""Is a change real? What may be said, and when nothing may.

Between two years a school changes more than sampling explains: other pupils, another teacher, a bad day. In the national
tests 2022-23 to 2025-26 the variance of schools' changes was 1.6 to 2.6 times the sampling variance; with sampling alone
17.7 % of schools "change significantly" each year, with the school-by-year variance 4.9 % (own estimate from eight of
Udir's published files). ``script/bench variance`` does the same on the files that are at hand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samskap.stats.difference import Difference, widened


class Verdict(StrEnum):
    """What can be said about a change or a difference."""

    BETTER = "better"
    WORSE = "worse"
    INDISTINGUISHABLE = "indistinguishable"
    NO_BASIS = "no_basis"


@dataclass(frozen=True, slots=True)
class SchoolYearVariance:
    """ω²: the variance of a school's year beyond sampling, in squared points, for one test and grade."""

    indicator: str
    grade: str
    omega2: float


ESTIMATED_ON = date(2026, 11, 22)
SOURCE = (
    "Udir, national tests 2022-23 to 2025-26 (eight web exports, NLOD 2.0), all schools with a published figure; "
    "method of moments on the changes between consecutive years, rounding taken out"
)
SCHOOL_YEAR_VARIANCES = (
    SchoolYearVariance("np_english", "5", 2.44),
    SchoolYearVariance("np_reading", "5", 2.91),
    SchoolYearVariance("np_numeracy", "5", 4.49),
    SchoolYearVariance("np_english", "8", 1.00),
    SchoolYearVariance("np_reading", "8", 1.46),
    SchoolYearVariance("np_numeracy", "8", 1.59),
)


def school_year_variance(indicator: str, grade: str) -> float | None:
    """ω² of a national test; None where it has not been estimated (grade 9, the pupil survey)."""
    found = (row.omega2 for row in SCHOOL_YEAR_VARIANCES if (row.indicator, row.grade) == (indicator, grade))
    return next(found, None)


def verdict(
    difference: Difference | None,
    *,
    higher_is_better: bool,
    extra_variance: float = 0.0,
    years: tuple[int, int] | None = None,
    breaks: Iterable[int] = (),
) -> Verdict:
    """What may be said of a difference (later minus earlier).

    INDISTINGUISHABLE when the 95 % interval, widened by ``extra_variance`` (for a change of a school: 2 ω²), holds
    zero; NO_BASIS without a difference, and when one of ``breaks`` lies between the ``years``. Raises ValueError when
    the variance is negative.
    """
    if difference is None or (years is not None and not comparable(*years, breaks)):
        return Verdict.NO_BASIS
    wide = widened(difference, extra_variance).interval
    if wide.low <= 0 <= wide.high:
        return Verdict.INDISTINGUISHABLE
    return Verdict.BETTER if (difference.value > 0) == higher_is_better else Verdict.WORSE


def comparable(year_a: int, year_b: int, breaks: Iterable[int]) -> bool:
    """False when the question changed between the two years: a break in ``b`` parts ``b`` and later from before."""
    first, last = sorted((year_a, year_b))
    return not any(first < year <= last for year in breaks)
