"""Figures as the publisher writes them: decimal comma, spaces between thousands, ``*`` for masked."""

import re

from samskap.results.readers.model import EMPTY, MASKED, NUMBER, Stop

# A plain space, a no-break space and a narrow no-break space stand between thousands.
_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_SPACES = str.maketrans({" ": None, "\u00a0": None, "\u202f": None, ",": "."})

Parsed = tuple[int, float | None]


def parse(text: str | None) -> Parsed:
    """(status, number) of a figure's text. Raises ValueError for what is no figure."""
    if text is None or text == "":
        return EMPTY, None
    if text == "*":
        return MASKED, None
    if not text.isascii() and not all(sign in " \u00a0\u202f,0123456789" for sign in text):
        raise ValueError(text)
    if _NUMBER.fullmatch(text) is None:
        raise ValueError(text)
    return NUMBER, float(text.translate(_SPACES))


class Column:
    """Parses the figures of one measure, remembering what it has seen, and checks that they can be that measure."""

    def __init__(self, name: str, low: float, high: float, *, whole: bool, unit: str = "line") -> None:
        self.name, self.low, self.high, self.whole, self.unit = name, low, high, whole, unit
        self.seen: dict[str | None, Parsed] = {}

    def read(self, text: str | None, row: int) -> Parsed:
        """(status, number) of a figure in a row (for the place in a problem). Raises Stop when it cannot be this measure."""
        found = self.seen.get(text)
        if found is None:
            found = self._first(text, f"{self.unit} {row}, {self.name}")
            if len(self.seen) < 50_000:
                self.seen[text] = found
        return found

    def _first(self, text: str | None, where: str) -> Parsed:
        try:
            status, number = parse(text)
        except ValueError:
            raise Stop("number", where, word=(text or "")[:40]) from None
        if number is not None:
            self._check(number, text or "", where)
        return status, number

    def _check(self, number: float, text: str, where: str) -> None:
        if not self.low <= number <= self.high:
            raise Stop("range", where, value=text[:40], measure=self.name)
        if self.whole and number != int(number):
            raise Stop("whole", where, value=text[:40])
