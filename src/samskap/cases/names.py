"""Other people's names in what somebody wrote: found, and taken out. Pure.

Found in whatever normal form, case and alphabet they are written, joined with each other or with signs and digits, spelled out,
or with something invisible inside; not inside other words. What is compared is the folded text (``kernel.text.folded``); what is
taken out is the original, of which everything outside the finds stays as it was. Not found: nicknames, digits for letters (4dam),
and a name that is written together with other words in small letters (kuladam), unless it is a tag or an address (#kuladam).
"""

import itertools
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
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

_TIES = rf"\-_.*·•|+~:()'’‐‑–{SEAM}"
# What may stand between the letters of a name that is torn apart: signs, or the end of a line that divides it.
_TIE = rf"(?:[{_TIES}]{{0,2}}|[-‐][ \t]*\r?\n[ \t]*)"
_APART = rf"[\s,/{_TIES}]{{1,3}}"  # what stands between them where it is spelled
_LETTER = r"[^\W\d_]"
_GENITIVE = r"(?:['’´`]?s|['’´`])?"
_FORMS = rf"(?:en)?{_GENITIVE}"  # Adams, Adam's, Adamen, Adamens
_ENDINGS = ("", "s", "en", "ens")
_NOTHING = r"(?!)"
_PLAIN_WORD = re.compile(rf"{_LETTER}+(?:['’´`]s?)?")
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
        _wherever(f"(?<!{_LETTER})(?={_LETTER})(?:{_any(longest, letters=True)})|{_any(longest, letters=False)}"),
        _wherever(f"(?<!{_LETTER}){joined}(?!{_LETTER})"),
        _wherever(f"(?<!{_LETTER})(?:{spelled})(?!{_LETTER})"),
        re.compile(one),
        {way(_bare(word)): word for way in (_common, _alone) for word in reversed(longest)},
        frozenset(_bare(word).replace("-", "") for word in own),
        everyday,
    )


def _any(phrases: Iterable[str], *, letters: bool) -> str:
    """Any of the phrases that begin with a letter (their beginning is asked for once), or of the others."""
    return "|".join(_piece(one) for one in phrases if _bare(one)[:1].isalpha() is letters) or _NOTHING


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
    return (
        len(plain) == stop - begin
        and all(ord(sign) <= _LAST_LATIN for sign in plain)
        and _PLAIN_WORD.fullmatch(plain) is not None
    )


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
    return without_spans(text, found_in(text, others, own), instead)


def without_spans(text: str, spans: Iterable[tuple[int, int]], instead: str) -> str:
    """The text with what stands there replaced; what lies side by side becomes one."""
    parts, last = [], 0
    for first, end in _side_by_side(text, sorted(spans)):
        parts += [text[last:first], instead]
        last = end
    return "".join([*parts, text[last:]])


# Between the words of one name: a space, a hyphen, initials; or a single line or dot, as in an address.
_BETWEEN = re.compile(r"[ -]*(?:[A-ZÆØÅ]\.? +)*|[_.]")


def _side_by_side(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for first, end in spans:
        if found and (first <= found[-1][1] or _BETWEEN.fullmatch(text, found[-1][1], first)):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((first, end))
    return found


# So many words or initials may stand between a first name and the surname.
_BETWEEN_WORDS = 3
_TOKEN = re.compile(rf"{_LETTER}+(?:-{_LETTER}+)*")
_ONE_WORD = re.compile(rf"{_LETTER}+")
_GAP = re.compile(rf"\.?[ \t\n]+|[_.{SEAM}]")


def first_name(name: str) -> str:
    """The first word of a name, in small letters; empty for none."""
    found = _TOKEN.search(unicodedata.normalize("NFC", name).casefold())
    return found[0] if found and len(found[0]) >= _SHORTEST else ""


def _as_compared(words: Iterable[str]) -> frozenset[str]:
    """Folded words, each also without å, æ and ø: in one letter, and in two."""
    bare = {_bare(word) for word in words}
    return frozenset(bare | {word.translate(to) for word in bare for to in (_ONE_LETTER, _TWO_LETTERS)})


_ONE_LETTER = str.maketrans({"å": "a", "æ": "ae", "ø": "o"})
_TWO_LETTERS = str.maketrans({"å": "aa", "æ": "ae", "ø": "oe"})
_compared_once = lru_cache(maxsize=32)(_as_compared)


def _is_name(text: str, seen: Folded, token: re.Match[str]) -> bool:
    return token[0].removesuffix("s") not in _EVERYDAY or text[seen.span(*token.span())[0]].isupper()


def words_in(text: str, words: Collection[str]) -> list[tuple[int, int]]:
    """Where one of many words of names stands alone or as owner: like ``found_in``, but as quick for a thousand as for one."""
    wanted = _compared_once(frozenset(words))
    return [
        seen.span(*match.span())
        for seen in folded(text).views()
        for match in _ONE_WORD.finditer(seen.text)
        if (match[0] in wanted or match[0].removesuffix("s") in wanted) and _is_name(text, seen, match)
    ]


class FullNames:
    """Full names of many people, found in one pass over a text: the first name and one of the surnames, with initials or middle
    names between. A first name or a surname alone is nobody's here."""

    def __init__(self, names: Iterable[str]) -> None:
        self._surnames: dict[str, set[str]] = {}
        for name in names:
            words = _TOKEN.findall(unicodedata.normalize("NFC", name).casefold())
            surnames = _as_compared(word for word in words[1:] if len(word) >= _SHORTEST)
            for first in _as_compared(words[:1]) if len(words) > 1 else ():
                self._surnames.setdefault(first, set()).update(surnames)

    def found_in(self, text: str) -> list[tuple[int, int]]:
        """Where they stand: (first sign, one after the last)."""
        return [span for seen in folded(text).views() for span in self._in_view(text, seen)]

    def _in_view(self, text: str, seen: Folded) -> Iterator[tuple[int, int]]:
        tokens = list(_TOKEN.finditer(seen.text))
        for at, token in enumerate(tokens):
            surnames = self._surnames.get(token[0])
            if (
                surnames
                and _is_name(text, seen, token)
                and (end := _end_of(text, seen, tokens[at : at + 2 + _BETWEEN_WORDS], surnames)) is not None
            ):
                yield seen.span(token.start(), end)


def _end_of(text: str, seen: Folded, tokens: Sequence[re.Match[str]], surnames: Collection[str]) -> int | None:
    """Where the last surname of a name ends that begins with the first token; None for no name."""
    end = None
    for before, token in itertools.pairwise(tokens):
        if not _GAP.fullmatch(seen.text, before.end(), token.start()):
            break
        if token[0] in surnames or token[0].removesuffix("s") in surnames:
            end = token.end()
        elif not text[seen.span(*token.span())[0]].isupper():
            break
    return end


def redacted(text: str, phrases: Iterable[str], instead: str) -> str:
    """The text with words and sentences taken out, in whatever way they are written; what lies side by side becomes one.

    A name that is also an everyday word is taken out with its capital letter only, where that is how the phrase is written.
    """
    meant = [" ".join(phrase.split()) for phrase in phrases if phrase.strip()]
    everyday = frozenset(_bare(phrase) for phrase in meant if phrase[0].isupper()) & _EVERYDAY
    found = finds(text, {phrase.casefold() for phrase in meant}, everyday=everyday)
    return without_spans(text, ((one.first, one.end) for one in found), instead)


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
