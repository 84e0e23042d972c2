"""Intervals for one share and one mean.

Wilson (1927), J. Am. Stat. Assoc. 22:209, for shares; recommended for small n by Newcombe (1998), Stat. Med. 17:857.
Student's t for means from n, mean and SD. Udir's "Usikkerhet" is a published 95 % half-width.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval, ``low`` ≤ ``high``."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"not an interval: {self.low} to {self.high}")

    def holds(self, value: float) -> bool:
        """True when the value lies inside or on an end."""
        return self.low <= value <= self.high


def normal_quantile(confidence: float) -> float:
    """The two-sided normal quantile: 1.96 for 0.95. Raises ValueError outside (0, 1)."""
    if not 0 < confidence < 1:
        raise ValueError("a confidence lies between 0 and 1")
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def wilson(count: float, n: float, confidence: float = CONFIDENCE) -> Interval:
    """Wilson's score interval for a share, as numbers from 0 to 1.

    ``count`` of ``n`` (n > 0, 0 ≤ count ≤ n; a count that was rebuilt from a rounded share need not be whole).
    Raises ValueError for impossible input.
    """
    finite(count, n)
    if n <= 0 or not 0 <= count <= n:
        raise ValueError(f"impossible share: {count} of {n}")
    z2 = normal_quantile(confidence) ** 2
    p = count / n
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = math.sqrt(z2 * (p * (1 - p) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    return Interval(max(0.0, min(p, centre - half)), min(1.0, max(p, centre + half)))


def mean_interval(mean: float, sd: float, n: int, confidence: float = CONFIDENCE) -> Interval:
    """Student's t interval for a mean: mean ± t(n-1) · sd / √n, ``sd`` the sample SD. Needs n ≥ 2. Raises ValueError."""
    finite(mean, sd, n)
    if n < 2 or sd < 0:
        raise ValueError(f"no interval from n = {n}, SD = {sd}")
    half = t_quantile(n - 1, confidence) * sd / math.sqrt(n)
    return Interval(mean - half, mean + half)


def half_width_interval(value: float, half_width: float) -> Interval:
    """The interval of a published 95 % half-width (Udir's "Usikkerhet"). Raises ValueError when it is negative."""
    finite(value, half_width)
    if half_width < 0:
        raise ValueError("a half-width is not negative")
    return Interval(value - half_width, value + half_width)


def finite(*numbers: float) -> None:
    """Raises ValueError unless all are finite numbers."""
    if not all(math.isfinite(number) for number in numbers):
        raise ValueError("not a number")


@lru_cache(maxsize=4096)
def t_quantile(df: float, confidence: float = CONFIDENCE) -> float:
    """The two-sided quantile of Student's t with ``df`` > 0 degrees of freedom, to about 1e-9.

    Newton's method on the distribution function (Abramowitz and Stegun 26.7.1 with 26.5.8) from the first terms of 26.7.5. They
    are a little too small, and the function is concave there, so every step comes nearer without going past.
    """
    finite(df)
    if df <= 0:
        raise ValueError("degrees of freedom are positive")
    z = normal_quantile(confidence)
    t = z + (z**3 + z) / (4 * df) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df * df)
    for _ in range(200):
        step = (confidence - _t_inside(t, df)) / (2 * _t_density(t, df))
        t += step
        if abs(step) < 1e-7 * t:
            break
    return t


def _t_density(t: float, df: float) -> float:
    """Student's density."""
    log_front = math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - math.log(df * math.pi) / 2
    return math.exp(log_front - (df + 1) / 2 * math.log1p(t * t / df))


def _t_inside(t: float, df: float) -> float:
    """P(|T| ≤ t)."""
    return 1.0 - regularized_beta(df / 2, 0.5, df / (df + t * t))


def regularized_beta(a: float, b: float, x: float) -> float:
    """The regularized incomplete beta function I_x(a, b) by Lentz's continued fraction (DLMF 8.17.22)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - regularized_beta(b, a, 1 - x)
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(log_front) * _fraction(a, b, x) / a


def _fraction(a: float, b: float, x: float) -> float:
    tiny = 1e-300
    c, d = 1.0, 1.0 / max(tiny, 1.0 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 400):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 / _away(1.0 + term * d, tiny)
            c = _away(1.0 + term / c, tiny)
            value *= c * d
        if abs(c * d - 1.0) < 1e-15:
            break
    return value


def _away(value: float, tiny: float) -> float:
    return value if abs(value) > tiny else tiny
