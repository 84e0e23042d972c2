"""Each test computes anew: nothing is remembered from the one before."""

import pytest

from samskap.stats import intervals


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    intervals.t_quantile.cache_clear()
