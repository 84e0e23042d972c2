"""The one folder that holds all state: database, keys, logs."""

import os
from pathlib import Path


def path() -> Path:
    """``SAMSKAP_HOME``, default ``var/`` below the current folder, absolute."""
    return Path(os.environ.get("SAMSKAP_HOME") or "var").resolve()


def prepare() -> Path:
    """Make the folder if it is not there yet, readable by its owner only. Raises OSError when that cannot be."""
    home = path()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for part in ("keys", "static"):
        (home / part).mkdir(mode=0o700, exist_ok=True)
    return home
