"""Other people's names in what somebody wrote: found, and taken out. Pure."""

import re
from collections.abc import Collection, Iterable, Sequence

# Names that are also everyday words: only with a capital letter are they taken as names.
_EVERYDAY = frozenset(
    """alf april ask august bjørn bo dag eli even gry hauk heidi hope håp juli juni lykke mai man may mi mo odd rose rune siv snø
    sol solveig stein stian stig storm sunniva svein tor ulv vår vi vilde yngve ørn""".split()  # noqa: SIM905  (a list to read)
)
_SHORTEST = 2


def words_of(names: Iterable[str]) -> set[str]:
    """The words of names in small letters; a hyphenated name also in its parts. Initials are no names."""
    found: set[str] = set()
    for name in names:
        for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", name.casefold()):
            found |= {part for part in (word, *word.split("-")) if len(part) >= _SHORTEST}
    return found


def _pattern(words: Collection[str]) -> re.Pattern[str]:
    """The words, longest first, also as owner (Noahs, Jonas') and with what is tied to them by a hyphen."""
    one = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return re.compile(rf"(?<!\w)({one})(?:s|['’]s?)?(?!\w)", re.IGNORECASE)


def _is_name(word: str) -> bool:
    return word.casefold() not in _EVERYDAY or word[:1].isupper()


def found_in(text: str, others: Collection[str], own: Collection[str] = ()) -> list[tuple[int, int]]:
    """Where words of other people's names stand in a text: (first sign, one after the last). Own words are left out."""
    wanted = set(others) - set(own)
    if not wanted:
        return []
    return [match.span() for match in _pattern(wanted).finditer(text) if _is_name(match[1])]


def without(text: str, others: Collection[str], instead: str, own: Collection[str] = ()) -> str:
    """The text with other people's names replaced; first name and surname side by side become one ``instead``."""
    return without_spans(text, found_in(text, others, own), instead)


def without_spans(text: str, spans: Iterable[tuple[int, int]], instead: str) -> str:
    """The text with what stands there replaced; what lies side by side becomes one."""
    parts, last = [], 0
    for first, end in _joined(text, sorted(spans)):
        parts += [text[last:first], instead]
        last = end
    return "".join([*parts, text[last:]])


# Between the words of one name: a space, a hyphen, initials.
_BETWEEN = re.compile(r"[ -]*(?:[A-ZÆØÅ]\.? +)*")


def _joined(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for first, end in spans:
        if found and (first <= found[-1][1] or _BETWEEN.fullmatch(text, found[-1][1], first)):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((first, end))
    return found


# So many words or initials may stand between a first name and the surname.
_BETWEEN_WORDS = 3
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"\.?[ \t\n]+")


def first_name(name: str) -> str:
    """The first word of a name, in small letters; empty for none."""
    found = _TOKEN.search(name.casefold())
    return found[0] if found and len(found[0]) >= _SHORTEST else ""


def words_in(text: str, words: Collection[str]) -> list[tuple[int, int]]:
    """Where one of many words of names stands alone or as owner: like ``found_in``, but as quick for a thousand as for one."""
    found: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        word = match[0].casefold()
        name = word if word in words else word.removesuffix("s")
        if name in words and (name not in _EVERYDAY or match[0][0].isupper()):
            found.append(match.span())
    return found


class FullNames:
    """Full names of many people, found in one pass over a text: the first name and one of the surnames, with initials or middle
    names between. A first name or a surname alone is nobody's here."""

    def __init__(self, names: Iterable[str]) -> None:
        self._surnames: dict[str, set[str]] = {}
        for name in names:
            words = _TOKEN.findall(name.casefold())
            if len(words) > 1:
                self._surnames.setdefault(words[0], set()).update(word for word in words[1:] if len(word) >= _SHORTEST)

    def found_in(self, text: str) -> list[tuple[int, int]]:
        """Where they stand: (first sign, one after the last)."""
        tokens = list(_TOKEN.finditer(text))
        found: list[tuple[int, int]] = []
        for at, token in enumerate(tokens):
            surnames = self._surnames.get(token[0].casefold())
            if surnames and _is_name(token[0]) and (end := _end_of(text, tokens, at, surnames)) is not None:
                found.append((token.start(), end))
        return found


def _end_of(text: str, tokens: Sequence[re.Match[str]], at: int, surnames: Collection[str]) -> int | None:
    """Where the last surname of a name ends that begins with a token; None for no name."""
    end = None
    for before, token in zip(tokens[at:], tokens[at + 1 : at + 2 + _BETWEEN_WORDS], strict=False):
        if not _GAP.fullmatch(text, before.end(), token.start()):
            break
        word = token[0].casefold()
        if word in surnames or word.removesuffix("s") in surnames:
            end = token.end()
        elif not token[0][:1].isupper():
            break
    return end


def redacted(text: str, phrases: Iterable[str], instead: str) -> str:
    """The text with words and sentences taken out, in whatever case they are written; what lies side by side becomes one."""
    wanted = sorted({" ".join(phrase.split()) for phrase in phrases if phrase.strip()}, key=lambda phrase: (-len(phrase), phrase))
    if not wanted:
        return text
    one = "|".join(r"\s+".join(re.escape(word) for word in phrase.split()) for phrase in wanted)
    pattern = re.compile(rf"(?<!\w)(?:{one})(?:s|['’]s?)?(?!\w)", re.IGNORECASE)
    parts, last = [], 0
    for first, end in _joined(text, [match.span() for match in pattern.finditer(text)]):
        parts += [text[last:first], instead]
        last = end
    return "".join([*parts, text[last:]])


def words_found(texts: Iterable[str], others: Collection[str], own: Collection[str] = ()) -> list[str]:
    """Which words of other people's names stand in the texts, as they are written first, in alphabetical order."""
    found: dict[str, str] = {}
    for text in texts:
        for first, end in found_in(text, others, own):
            word = re.sub(r"(?:['’]s?)$", "", text[first:end])
            key = next((one for one in sorted(others) if word.casefold() in (one, f"{one}s")), word.casefold())
            found.setdefault(key, word if word.casefold() == key else word[: len(key)])
    return [found[key] for key in sorted(found)]
