"""Receipt words: six of 2 048 Norwegian words, 66 bits. Whoever has them is the sender; nobody else can guess them.

The words are common, four to seven letters, stand in dictionaries of both bokmål and nynorsk, and any two differ in at least two
letters after æ, ø and å are folded: a slip of the pen does not lead to another word. They were chosen for being easy to write and
for hurting nobody who has just told about something hard.
"""

import re
import unicodedata
from pathlib import Path

COUNT, BITS_PER_WORD = 6, 11
BITS = COUNT * BITS_PER_WORD
WORDS = tuple((Path(__file__).parent / "data" / "words-no.txt").read_text(encoding="utf-8").split())
_FOLDS = str.maketrans({"æ": "ae", "ä": "ae", "ø": "o", "ö": "o", "å": "a"})
_SEPARATORS = re.compile(r"[^a-zæøåäö]+")


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFC", word).translate(_FOLDS)
    return plain.replace("oe", "o").replace("aa", "a").replace("ae", "a")


_KNOWN = {_fold(word): word for word in WORDS}


def words_from(key: bytes) -> str:
    """Six words from the first 66 bits of a key. ValueError for a key of fewer than nine bytes."""
    if len(key) * 8 < BITS:
        raise ValueError("a receipt needs 66 bits")
    number = int.from_bytes(key, "big") >> (len(key) * 8 - BITS)
    places = ((number >> (BITS_PER_WORD * step)) & (len(WORDS) - 1) for step in reversed(range(COUNT)))
    return " ".join(WORDS[place] for place in places)


def normalise(text: str) -> str | None:
    """What somebody typed as six words of the list; None when it is not. Capitals, commas, hyphens, line breaks, and
    "aa", "oe", "ae" or missing signs for å, ø, æ are all right. A word that is not in the list is never guessed at.
    """
    typed = [part for part in _SEPARATORS.split(unicodedata.normalize("NFC", text[:500]).casefold()) if part]
    found = [_KNOWN.get(_fold(part)) for part in typed]
    if len(found) != COUNT or None in found:
        return None
    return " ".join(word for word in found if word)
