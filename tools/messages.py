"""Collects every text that users see into the room's catalogues, and tells what is missing.

``python tools/messages.py`` adds new texts to ``src/samskap/<room>/locale/{nb,nn}`` and drops those that are gone.
``--check`` writes nothing: exit code 1 when a text has no translation, or nynorsk equals or sounds like bokmål.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "samskap"
LANGUAGES = ("nb", "nn")
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "_": None, "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "gettext_noop": None, "_said": None, "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
# Words that are bokmål and never nynorsk.
BOKMAL = re.compile(
    r"\b(ikke|skole|skolen|skoler|skolene|hva|hvem|hvor\w*|hvilke\w*|fra|jeg|noen|noe|også|mer|uke|uken|være|gjøre|gjør|"
    r"elevene|lærere|lærerne|eneste|fortsette|vise|dere|deres|kommer|endret|lagret|slettet|ansatte?|foresatte|"
    r"skjermet|virker|forskjell|usikkerhet|tilfeldighet\w*|muligheter)\b",
    re.IGNORECASE,
)


def rooms() -> Iterator[Path]:
    """Each package of samskap that shows texts."""
    yield from (path for path in sorted(SRC.iterdir()) if (path / "__init__.py").exists())


def texts(room: Path) -> Catalog:
    """All texts of a room's Python files and templates."""
    catalogue = Catalog()
    for path in sorted(room.rglob("*.py")):
        if "/migrations/" not in path.as_posix():
            _collect(catalogue, path.read_bytes())
    for path in sorted([*room.rglob("*.html"), *room.rglob("*.txt")]):
        _collect(catalogue, _as_python(path))
    return catalogue


def _as_python(path: Path) -> bytes:
    from django.utils.translation import templatize

    made = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    return "\n".join(line.lstrip() for line in made.splitlines()).encode()


def _collect(catalogue: Catalog, source: bytes) -> None:
    for _line, message, comments, context in extract(
        "python", io.BytesIO(source), KEYWORDS, ["Translators:"], {"encoding": "utf-8"}
    ):
        if message and message != ("", ""):
            catalogue.add(message, None, auto_comments=comments, context=context)


def catalogue_path(room: Path, language: str) -> Path:
    """Where a room keeps a language."""
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def read(room: Path, language: str) -> Catalog:
    """A room's catalogue; empty when there is none yet."""
    path = catalogue_path(room, language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def merged(room: Path, language: str) -> Catalog:
    """The room's texts of today with the translations that there are."""
    old, new = read(room, language), Catalog(locale=language, header_comment="# Translations of Samskap.")
    for message in texts(room):
        if message.id:
            known = old.get(message.id, message.context)
            new.add(message.id, known.string if known else None, context=message.context)
    return new


def write(room: Path, language: str) -> None:
    """Write a room's catalogue: sorted, without line numbers and dates, so that only texts make differences."""
    catalogue = merged(room, language)
    path = catalogue_path(room, language)
    if not len(catalogue):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, catalogue, no_location=True, sort_output=True, width=120, omit_header=True)
    path.write_bytes(_HEADER.format(language=language).encode() + buffer.getvalue())


_HEADER = """# Translations of Samskap.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def _strings(value: object) -> list[str]:
    return [str(part) for part in value] if isinstance(value, tuple | list) else [str(value or "")]


PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


HIDDEN = re.compile(r"""\bf["'].*\{n?p?(_|gettext)\(""")


def problems(room: Path) -> Iterator[str]:
    """What is missing or wrong in a room's catalogues, in words."""
    for path in sorted(room.rglob("*.py")):
        if HIDDEN.search(path.read_text(encoding="utf-8")):
            yield f"{path.name}: a text within an f-string is not collected; take it out"
    both = {language: read(room, language) for language in LANGUAGES}
    wanted = [message for message in texts(room) if message.id]
    for language, catalogue in both.items():
        for message in wanted:
            yield from _message_problems(f"{room.name}/{language}", message, catalogue.get(message.id, message.context))
        gone = {(m.id, m.context) for m in catalogue if m.id} - {(m.id, m.context) for m in wanted}
        yield from (f"{room.name}/{language}: no longer used: {id_!r}" for id_, _context in sorted(gone, key=str))
    yield from _nynorsk_problems(room.name, both)


def _message_problems(where: str, message: object, found: object) -> Iterator[str]:
    text = getattr(message, "id", "")
    strings = _strings(getattr(found, "string", ""))
    if "\n" in str(text):
        yield f"{where}: runs over several lines; use trimmed: {text!r}"
    elif found is None or not all(strings):
        yield f"{where}: not translated: {text!r}"
    elif getattr(found, "fuzzy", False):
        yield f"{where}: marked as doubtful: {text!r}"
    else:
        wanted = set(PLACEHOLDER.findall(" ".join(_strings(text))))
        if any(set(PLACEHOLDER.findall(s)) - wanted for s in strings):
            yield f"{where}: other placeholders than in {text!r}"


def _nynorsk_problems(room: str, both: dict[str, Catalog]) -> Iterator[str]:
    for message in both["nn"]:
        if not message.id:
            continue
        for text in _strings(message.string):
            if found := BOKMAL.search(text):
                yield f"{room}/nn: {found.group()!r} is bokmål: {text!r}"
        same = both["nb"].get(message.id, message.context)
        long = len(_strings(message.string)[0].split()) >= 8
        if same is not None and long and same.string == message.string:
            yield f"{room}/nn: the same as bokmål: {_strings(message.string)[0]!r}"


def disagreements() -> Iterator[str]:
    """Texts that two rooms translate differently: Django would show one of them in both."""
    for language in LANGUAGES:
        known: dict[tuple[object, object], tuple[str, object]] = {}
        for room in rooms():
            for message in read(room, language):
                if not message.id or not any(_strings(message.string)):
                    continue
                key = (str(message.id), message.context)
                where, string = known.setdefault(key, (room.name, message.string))
                if string != message.string:
                    yield f"{where} and {room.name}/{language}: two translations of {message.id!r}; give one of them another text"


def main() -> int:
    """Collect, or with ``--check`` tell."""
    import django
    from django.conf import settings

    settings.configure(USE_I18N=True, TEMPLATES=[])
    django.setup()
    if "--check" in sys.argv:
        found = [*(text for room in rooms() for text in problems(room)), *disagreements()]
        print("\n".join(found) if found else "every text is translated")
        return 1 if found else 0
    for room in rooms():
        for language in LANGUAGES:
            write(room, language)
    return 0


if __name__ == "__main__":
    sys.exit(main())
