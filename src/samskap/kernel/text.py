"""Keys for search and order that give the same answer on SQLite and PostgreSQL, with Norwegian letters; and texts as they are
compared, so that a name is found however it is written.

SQLite neither folds "Å" nor sorts æ ø å; so the folded forms are stored beside the text.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_ORDER = str.maketrans({"æ": "{a", "ä": "{a", "ø": "{b", "ö": "{b", "å": "{c", "đ": "d", "ŋ": "n", "ŧ": "t"})
_FOLD = str.maketrans({"æ": "ae", "ä": "ae", "ø": "o", "ö": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t"})


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _lower(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else " " for sign in unicodedata.normalize("NFC", text))
    return " ".join(shown.casefold().replace("aa", "å").split())


def sort_key(text: str) -> str:
    """Sorts as a Norwegian reads: a … z, æ, ø, å (and aa as å)."""
    return _plain(_lower(text).translate(_ORDER))


def search_key(text: str) -> str:
    """Without case and accents; "Å", "aa" and "A" are found by each other."""
    return _plain(_lower(text).translate(_FOLD))


# Letters of other alphabets that look like Latin ones, each with the one it looks like: somebody who wants to get a name past a
# search takes these. Only those that a reader takes for the Latin letter; what merely resembles it would make words of others.
_LOOK_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХҮԀԚԜӀавеѕіјкмнорстухүԁԛԝӏһ" "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεικνορτυχγϲϳ" "ɑɡıℓ" "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "ABESIJKMHOPCTYXYDQWIabesijkmhopctyxydqwlh" "ABEZHIKMNOPTYXaeikvoptuxycj" "agil" "abcdefghijklmnoprstuvwyz",
)  # fmt: skip
_FOLD_KEPT = str.maketrans({"ä": "æ", "ö": "ø", "đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "ł": "l"})
_KEPT = frozenset("åæø")
# Shown as nothing, or only as a longer line; the later ones choose how the sign before them looks, and are no accents.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u0640\u034f\u180b\u180c\u180d\u180f") | frozenset(
    map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)
_BREAK = "\u200b"
SEAM = "\x01"  # stands in a folded text where a word may begin that is not set apart: adamErDum, or after an invisible break
# Most texts have nothing but these, and no seam: they are compared at once.
_SIMPLE = re.compile(r"[\t\n\r -~æøåÆØÅ«»–—’]*")
_TURN = re.compile(r"[a-zæøå][A-ZÆØÅ]")


@dataclass(frozen=True)
class Folded:
    """A text as it is compared: small letters without accents (å æ ø stay), nothing invisible, look-alikes as what they look
    like. Each sign knows where in the original it comes from."""

    text: str
    places: tuple[tuple[int, int], ...]

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Where a part of the folded text stands in the original: (first sign, one after the last)."""
        return self.places[first][0], self.places[end - 1][1]

    def views(self) -> "Iterator[Folded]":
        """The text with its seams; and, where it has any, also without."""
        yield self
        if SEAM in self.text:
            kept = [(sign, place) for sign, place in zip(self.text, self.places, strict=True) if sign != SEAM]
            yield Folded("".join(sign for sign, _place in kept), tuple(place for _sign, place in kept))


def folded(text: str) -> Folded:
    """The text as it is compared, whatever normal form it is written in."""
    if _SIMPLE.fullmatch(text) and not _TURN.search(text):
        return Folded(text.lower(), tuple((at, at + 1) for at in range(len(text))))
    signs: list[str] = []
    places: list[tuple[int, int]] = []
    small = False
    for first, end, sign in _seen(text):
        if signs and ((small and sign[0].isupper()) or _BREAK in text[places[-1][1] : first]):
            signs.append(SEAM)
            places.append((first, first))
        small = sign[0].islower()
        for one in _compared(sign):
            signs.append(one)
            places.append((first, end))
    return Folded("".join(signs), tuple(places))


def _seen(text: str) -> Iterator[tuple[int, int, str]]:
    """Each sign with its accents, without what is not seen: (first, one after the last, the sign)."""
    first, end, sign = 0, 0, ""
    for at, one in enumerate(text):
        if not one.isascii() and unicodedata.category(one)[0] == "M" and one not in _FILLERS:
            if sign:
                end, sign = at + 1, sign + one
        elif not _invisible(one):
            if sign:
                yield first, end, sign
            first, end, sign = at, at + 1, one
    if sign:
        yield first, end, sign


def _invisible(sign: str) -> bool:
    if sign.isspace() or (sign.isascii() and sign.isprintable()):
        return False
    return sign in _FILLERS or unicodedata.category(sign) in ("Cc", "Cf")


@lru_cache(maxsize=4096)
def _compared(sign: str) -> str:
    plain = unicodedata.normalize("NFKD", sign).translate(_LOOK_ALIKE)
    small = unicodedata.normalize("NFC", unicodedata.normalize("NFC", plain).casefold()).translate(_FOLD_KEPT)
    return "".join(one if one in _KEPT else _plain(one) for one in small)
