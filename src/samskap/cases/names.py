"""Other people's names in what somebody wrote: found, and taken out. Pure.

Found in whatever normal form, case and alphabet they are written, joined with each other or with signs and digits, spelled out,
or with something invisible inside; not inside other words. What is compared is the folded text (``kernel.text.folded``); what is
taken out is the original, of which everything outside the finds stays as it was. Not found: nicknames, digits for letters (4dam),
and a name that is written together with other words in small letters (kuladam), unless it is a tag or an address (#kuladam).
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from samskap.kernel.text import SEAM, Folded, folded

# Names that are also everyday words: written plainly, only with a capital letter are they taken as names.
_EVERYDAY = frozenset(
    """alf an andre april are ask august bjørn bo da dag de dem den der det din do du ei eli else en er et even for fra gro
    gry ha han hans hauk heidi her ho hope hun håp i iver jo juli juni kai kan le line liv lo love ly lykke mai man may
    med men mi min mine mo mot mye na nei no noe noen nor nå odd og om per ro rose rune sa se si sin siv skal sna snø so
    sol solveig som stein stian stig storm sunniva svein til to tom tone tor ulv un ut va van ved vel vi vilde vilje vår
    yngve ørn""".split()  # noqa: SIM905  (a list to read)
)
BEGINS = "*"  # after a word: longer words that begin with it are meant too (a school's name in "Elveslettaskolen")
_SHORTEST = 2
_SHORTEST_JOINED = 3  # of words written together or spelled out: shorter ones stand in too many words
_SHORTEST_INSIDE = 4  # of words within a tag or an address
_MOST_JOINED = 3

_TIES = rf"\-_.*·'’‐‑–{SEAM}"
_TIE = f"[{_TIES}]{{0,2}}"  # what may stand between the letters of a name that is torn apart
_APART = rf"[\s,/{_TIES}]{{1,3}}"  # what stands between them where it is spelled
_LETTER = r"[^\W\d_]"
_GENITIVE = r"(?:['’´`]?s|['’´`])?"
_FORMS = rf"(?:en)?{_GENITIVE}"  # Adams, Adam's, Adamen, Adamens
_ENDINGS = ("", "s", "en", "ens")
_NOTHING = r"(?!)"
_WORD = re.compile(rf"{_LETTER}+(?:['’´`]s?)?")
_LAST_LATIN = 0x24F
# What stands for each other, whichever of them the name is written with.
_SAME = {"å": ("å", "aa", "a"), "æ": ("æ", "ae", "a"), "ø": ("ø", "oe", "o"), "aa": ("å", "aa", "a"), "ae": ("æ", "ae"),
         "oe": ("ø", "oe")}  # fmt: skip
_UNIT = re.compile(r"aa|ae|oe|.", re.DOTALL)
_PART = re.compile(rf"{_LETTER}+|\d+|\s+|.", re.DOTALL)
_MAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_HANDLE = re.compile(rf"[@#][\w.\-{SEAM}]+")


def words_of(names: Iterable[str]) -> set[str]:
    """The words of names in small letters; a hyphenated name also in its parts. Initials are no names."""
    found: set[str] = set()
    for name in names:
        for word in _words(unicodedata.normalize("NFC", name).casefold()):
            found |= {part for part in (word, *word.split("-")) if len(part) >= _SHORTEST}
    return found


def _words(name: str) -> list[str]:
    """Runs of letters with their marks, and hyphens inside; what is not seen is left out."""
    kinds = [(sign, unicodedata.category(sign)) for sign in name]
    seen = "".join(sign if kind[0] in "LM" or sign == "-" else " " for sign, kind in kinds if kind != "Cf")
    return [word.strip("-") for word in seen.split()]


@dataclass(frozen=True)
class Find:
    """Where something stands in a text (first sign, one after the last), and which of the wanted words it is."""

    first: int
    end: int
    words: tuple[str, ...]


def _common(text: str) -> str:
    """What all ways of writing the same have in common."""
    return re.sub(r"oe*", "o", re.sub(r"a[ae]*", "a", _alone(text).translate(str.maketrans("åæø", "aao"))))


def _alone(text: str) -> str:
    """Only its letters and digits."""
    return "".join(sign for sign in text if sign.isalnum())


def _bare(phrase: str) -> str:
    return folded(phrase.removesuffix(BEGINS)).text.replace(SEAM, "")


def _ways(text: str, between: str) -> str:
    """A pattern for folded letters in all their ways of writing, with ``between`` between them."""
    units = [_SAME.get(unit, (unit,)) for unit in _UNIT.findall(text)]
    return between.join(f"(?:{'|'.join(between.join(same) for same in one)})" if len(one) > 1 else one[0] for one in units)


def _piece(phrase: str) -> str:
    """A pattern for a word or a sentence, which does not stand inside a longer word or number."""
    parts = _PART.findall(" ".join(_bare(phrase).split()))
    if not parts:
        return _NOTHING
    found = [_ends(parts[0], before=True)]
    for number, part in enumerate(parts):
        if number and _with_digits(parts[number - 1], part):
            found.append(r"[\W_]{0,3}")
        found.append(_of_part(part))
    if phrase.endswith(BEGINS):
        return "".join([*found, f"{_LETTER}*"])
    forms = _GENITIVE if len(parts) > 1 or len(parts[0]) < _SHORTEST_JOINED or parts[0] in _EVERYDAY else _FORMS
    return "".join([*found, forms if parts[-1].isalpha() else "", _ends(parts[-1], before=False)])


def _with_digits(first: str, second: str) -> bool:
    return (first.isdigit() and second.isalpha()) or (first.isalpha() and second.isdigit())


def _of_part(part: str) -> str:
    if part.isalpha():
        return _ways(part, _TIE)
    if part.isspace():
        return r"[\W_]{0,9}"
    return part if part.isdigit() else _TIE if part == "-" else re.escape(part)


def _ends(part: str, *, before: bool) -> str:
    kind = _LETTER if part.isalpha() else r"\d" if part.isdigit() else ""
    return f"(?{'<' if before else ''}!{kind})" if kind else ""


@dataclass(frozen=True)
class _Finder:
    """What is looked for, ready to be looked for. ``wanted``: what is common to the ways of writing a word, and the word."""

    plain: re.Pattern[str]
    joined: re.Pattern[str]
    spelled: re.Pattern[str]
    one: re.Pattern[str]
    wanted: dict[str, str]
    own: frozenset[str]
    everyday: frozenset[str]

    def word(self, text: str) -> str:
        """Which of the wanted a find is; "" for one's own, and for none of them."""
        bare = _alone(text)
        if bare in self.own:
            return ""
        bases = [bare.removesuffix(ending) for ending in _ENDINGS if bare.endswith(ending)]
        for key in (*bases, *map(_common, bases)):
            if found := self.wanted.get(key):
                return found
        return next((word for key, word in self.wanted.items() if word.endswith(BEGINS) and _common(bare).startswith(key)), "")


@lru_cache(maxsize=32)
def _finder(wanted: frozenset[str], own: frozenset[str], everyday: frozenset[str]) -> _Finder:
    longest = sorted(wanted, key=_longest_first)
    letters = {_bare(word).replace("-", "") for word in (*wanted, *own)}
    long = sorted((one for one in letters if one.isalpha() and len(one) >= _SHORTEST_JOINED), key=_longest_first)
    one = "|".join(_ways(word, _TIE) for word in long) or _NOTHING
    spelled = "|".join(_ways(word, _APART) for word in long) or _NOTHING
    joined = f"(?:{one})(?:{_TIE}(?:{one})){{1,{_MOST_JOINED}}}{_FORMS}"
    return _Finder(
        _wherever("|".join(map(_piece, longest))),
        _wherever(f"(?<!{_LETTER}){joined}(?!{_LETTER})"),
        _wherever(f"(?<!{_LETTER})(?:{spelled})(?!{_LETTER})"),
        re.compile(one),
        {way(_bare(word)): word for way in (_common, _alone) for word in reversed(longest)},
        frozenset(_bare(word).replace("-", "") for word in own),
        everyday,
    )


def _longest_first(word: str) -> tuple[int, str]:
    return -len(word), word


def _wherever(pattern: str) -> re.Pattern[str]:
    """Also where one find begins inside another: "a b a b a" holds two."""
    return re.compile(f"(?=({pattern}))")


def finds(text: str, wanted: Collection[str], own: Collection[str] = (), everyday: frozenset[str] = _EVERYDAY) -> list[Find]:
    """Where the wanted words (or sentences) stand in a text, in order; what overlaps is one. Own words are left out.

    ``everyday``: words that, written plainly, are meant only with a capital letter.
    """
    left = frozenset(word for word in set(wanted) - set(own) if word.strip())
    if not left or not text:
        return []
    seen, finder = folded(text), _finder(left, frozenset(own), everyday)
    found = [*_plain(text, seen, finder), *_joined(seen, finder), *_spelled(seen, finder), *_inside(seen, finder)]
    return _in_original(seen, _whole_mails(seen.text, _one_where_they_meet(found)))


def _plain(text: str, seen: Folded, finder: _Finder) -> Iterator[Find]:
    for match in finder.plain.finditer(seen.text):
        word = finder.word(match[1])
        if word and (_bare(word) not in finder.everyday or not _is_everyday(text, seen, *match.span(1))):
            yield Find(*match.span(1), (word,))


def _is_everyday(text: str, seen: Folded, begin: int, stop: int) -> bool:
    """A word that is also a name, written as the word: small, and neither a tag nor disguised."""
    first, end = seen.span(begin, stop)
    around = seen.text[max(begin - 1, 0) : begin] + seen.text[stop : stop + 1]
    if text[first].isupper() or any(sign in "@#_" or sign.isdigit() for sign in around):
        return False
    plain = unicodedata.normalize("NFC", text[first:end])
    return len(plain) == stop - begin and all(ord(sign) <= _LAST_LATIN for sign in plain) and _WORD.fullmatch(plain) is not None


def _joined(seen: Folded, finder: _Finder) -> Iterator[Find]:
    """Words of names that are written together. One's own beside another's stands for both, as it is written."""
    for match in finder.joined.finditer(seen.text):
        words = [finder.word(part) for part in finder.one.findall(match[1])]
        if any(words) and _alone(match[1]) not in finder.own:
            yield Find(*match.span(1), tuple(words) if all(words) else (match[1].replace(SEAM, ""),))


def _spelled(seen: Folded, finder: _Finder) -> Iterator[Find]:
    for match in finder.spelled.finditer(seen.text):
        if word := finder.word(match[1]):
            yield Find(*match.span(1), (word,))


def _inside(seen: Folded, finder: _Finder) -> Iterator[Find]:
    """Words of names anywhere in a tag or an address."""
    for run in (*_HANDLE.finditer(seen.text), *_MAIL.finditer(seen.text)):
        for match in finder.one.finditer(seen.text, *run.span()):
            word = finder.word(match[0])
            if len(word) >= _SHORTEST_INSIDE and _bare(word) not in finder.everyday:
                yield Find(*match.span(), (word,))


def _one_where_they_meet(found: Iterable[Find]) -> list[Find]:
    one: list[Find] = []
    for find in sorted(found, key=lambda find: (find.first, -find.end)):
        if one and find.first < one[-1].end:
            last = one[-1]
            one[-1] = Find(last.first, max(last.end, find.end), tuple(dict.fromkeys((*last.words, *find.words))))
        else:
            one.append(find)
    return one


def _whole_mails(text: str, found: list[Find]) -> list[Find]:
    """An address with a name in it is gone as a whole: the rest of it would still lead there."""
    mails = [match.span() for match in _MAIL.finditer(text)] if "@" in text else []
    wider = []
    for find in found:
        first, end = next((mail for mail in mails if mail[0] < find.end and find.first < mail[1]), (find.first, find.end))
        wider.append(Find(min(first, find.first), max(end, find.end), find.words))
    return _one_where_they_meet(wider)


def _in_original(seen: Folded, found: Iterable[Find]) -> list[Find]:
    placed = [Find(*seen.span(one.first, one.end), one.words) for one in found]
    return _one_where_they_meet(placed)


def found_in(text: str, others: Collection[str], own: Collection[str] = ()) -> list[tuple[int, int]]:
    """Where words of other people's names stand in a text: (first sign, one after the last). Own words are left out."""
    return [(one.first, one.end) for one in finds(text, others, own)]


def without(text: str, others: Collection[str], instead: str, own: Collection[str] = ()) -> str:
    """The text with other people's names replaced; first name and surname side by side become one ``instead``."""
    return _replaced(text, finds(text, others, own), instead)


def _replaced(text: str, found: Iterable[Find], instead: str) -> str:
    parts, last = [], 0
    for first, end in _side_by_side(text, ((one.first, one.end) for one in found)):
        parts += [text[last:first], instead]
        last = end
    return "".join([*parts, text[last:]])


def _side_by_side(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for first, end in spans:
        between = text[found[-1][1] : first] if found else ""
        if found and (not between.strip(" -") or between in ("_", ".")):
            found[-1] = (found[-1][0], end)
        else:
            found.append((first, end))
    return found


def redacted(text: str, phrases: Iterable[str], instead: str) -> str:
    """The text with words and sentences taken out, in whatever way they are written; what lies side by side becomes one.

    A name that is also an everyday word is taken out with its capital letter only, where that is how the phrase is written.
    """
    meant = [" ".join(phrase.split()) for phrase in phrases if phrase.strip()]
    everyday = frozenset(_bare(phrase) for phrase in meant if phrase[0].isupper()) & _EVERYDAY
    return _replaced(text, finds(text, {phrase.casefold() for phrase in meant}, everyday=everyday), instead)


def words_found(texts: Iterable[str], others: Collection[str], own: Collection[str] = ()) -> list[str]:
    """Which words of other people's names stand in the texts, as they are written first, in alphabetical order."""
    found: dict[str, str] = {}
    for text in texts:
        for one in finds(text, others, own):
            for word in one.words:
                found.setdefault(word, _as_written(text[one.first : one.end], word))
    return [found[key] for key in sorted(found)]


def _as_written(text: str, word: str) -> str:
    """The word as it stands, without endings; the word itself where it stands in disguise."""
    plain = unicodedata.normalize("NFC", text)
    return plain[: len(word)] if plain.casefold().startswith(word) and len(plain) - len(word) <= len("ens") else word.title()
