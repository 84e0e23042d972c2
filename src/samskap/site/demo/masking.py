"""Masking as the publisher does it: small numbers, and one more where a single gap could be worked out.

Seen in the published files: a school is never the only masked one under a visible municipality; small schools are masked
below ten pupils; one bullied pupil is masked, none and two are shown.
"""

from collections.abc import Iterable, Mapping

FEWEST = 10


def too_few(n: int) -> bool:
    """Fewer answered than are shown."""
    return n < FEWEST


def identifies(bullied: int, n: int) -> bool:
    """A share of bullied pupils that points at somebody."""
    return too_few(n) or bullied == 1


def masked(sizes: Mapping[str, int], small: Iterable[str]) -> frozenset[str]:
    """Which of the units under one visible total are masked: the small ones, and the smallest other beside a lone one."""
    found = frozenset(small)
    others = sorted((size, key) for key, size in sizes.items() if key not in found)
    return found | {others[0][1]} if len(found) == 1 and others else found
