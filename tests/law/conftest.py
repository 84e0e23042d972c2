"""What the tests of law share."""

import pytest

from samskap.law.api import entries, public_holidays


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    """Each test reads and reckons anew: it must not live on what another has read."""
    entries.cache_clear()
    public_holidays.cache_clear()
