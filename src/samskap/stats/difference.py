"""Intervals for the difference between two groups or two years.

Newcombe (1998), Stat. Med. 17:873, method 10, for shares (it combines two Wilson intervals); Welch (1947), Biometrika
34:28, for means from n, mean and SD; added variances for two published half-widths.
"""

import math
from dataclasses import dataclass

from samskap.stats.intervals import CONFIDENCE, Interval, finite, normal_quantile, t_quantile, wilson


@dataclass(frozen=True, slots=True)
class Difference:
    """Second minus first, with its interval, in the unit of what was compared."""

    value: float
    interval: Interval


def newcombe(count1: float, n1: float, count2: float, n2: float, confidence: float = CONFIDENCE) -> Difference:
    """Share 2 minus share 1 (as everywhere here; the paper has 1 minus 2), Newcombe's hybrid score method 10.

    Shares as numbers from 0 to 1. Raises ValueError as ``wilson``.
    """
    one, two = wilson(count1, n1, confidence), wilson(count2, n2, confidence)
    p1, p2 = count1 / n1, count2 / n2
    low = p2 - p1 - math.hypot(p2 - two.low, one.high - p1)
    high = p2 - p1 + math.hypot(two.high - p2, p1 - one.low)
    return Difference(p2 - p1, Interval(low, high))


def welch(mean1: float, sd1: float, n1: int, mean2: float, sd2: float, n2: int) -> Difference:
    """Mean 2 minus mean 1 with Welch's interval. Needs n ≥ 2 in both. Raises ValueError."""
    finite(mean1, sd1, n1, mean2, sd2, n2)
    if min(n1, n2) < 2 or min(sd1, sd2) < 0:
        raise ValueError("two groups of at least two are needed")
    v1, v2 = sd1**2 / n1, sd2**2 / n2
    value = mean2 - mean1
    if v1 + v2 == 0:
        return Difference(value, Interval(value, value))
    df = (v1 + v2) ** 2 / (v1**2 / (n1 - 1) + v2**2 / (n2 - 1))
    half = t_quantile(df) * math.sqrt(v1 + v2)
    return Difference(value, Interval(value - half, value + half))


def from_half_widths(value1: float, half1: float, value2: float, half2: float) -> Difference:
    """Value 2 minus value 1, both with published 95 % half-widths of independent groups. Raises ValueError."""
    finite(value1, half1, value2, half2)
    if min(half1, half2) < 0:
        raise ValueError("a half-width is not negative")
    half, value = math.hypot(half1, half2), value2 - value1
    return Difference(value, Interval(value - half, value + half))


def widened(difference: Difference, extra_variance: float) -> Difference:
    """The difference with further variance added to its sampling variance (see ``change``). Raises ValueError."""
    finite(extra_variance)
    if extra_variance < 0:
        raise ValueError("a variance is not negative")
    z = normal_quantile(CONFIDENCE)
    low = math.hypot(difference.value - difference.interval.low, z * math.sqrt(extra_variance))
    high = math.hypot(difference.interval.high - difference.value, z * math.sqrt(extra_variance))
    return Difference(difference.value, Interval(difference.value - low, difference.value + high))
