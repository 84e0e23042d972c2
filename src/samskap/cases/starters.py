"""Suggested measures to begin with, in both forms of the language, as they lie in ``starters.toml``."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Starter:
    """A suggestion that comes along. ``key`` never changes."""

    key: str
    theme: str
    nb: str
    nb_why: str
    nn: str
    nn_why: str

    def words(self, language: str) -> tuple[str, str]:
        """The measure, and why it can help."""
        return (self.nn, self.nn_why) if language == "nn" else (self.nb, self.nb_why)


def _read() -> tuple[Starter, ...]:
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return tuple(Starter(key, **words) for key, words in told.items())


STARTERS = _read()
