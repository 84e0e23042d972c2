"""Keys for search and order that give the same answer on SQLite and PostgreSQL, with Norwegian letters.

SQLite neither folds "Å" nor sorts æ ø å; so the folded forms are stored beside the text.
"""

import unicodedata

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
