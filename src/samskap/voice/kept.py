"""Public pages that are the same for everybody are made once and kept for half a minute, so that taking in stays fast.

Nothing of anybody's lies in what is kept: the form's key and the receipt's words are put in afterwards.
"""

import time
from collections.abc import Callable, Hashable
from typing import TypeVar

T = TypeVar("T")
KEPT_FOR, MOST = 30.0, 2_000
_kept: dict[Hashable, tuple[float, object]] = {}


def kept(key: Hashable, make: Callable[[], T]) -> T:
    """What was made for the key within the last half minute, else made now. None is not kept."""
    now = time.monotonic()
    found = _kept.get(key)
    if found is not None and found[0] > now:
        return found[1]  # type: ignore[return-value]  # stored under this key by this function
    made = make()
    if made is not None:
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = (now + KEPT_FOR, made)
    return made


def forget() -> None:
    """Make everything anew: after a change, and in tests."""
    _kept.clear()
