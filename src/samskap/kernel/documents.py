"""Documents for people and archives: PDF/A-2a and PDF/UA-1 in one file, made with Typst.

A template lies in a room's ``documents/`` and gets its data as JSON: what somebody wrote stays text, whatever signs it has.
Labels come translated in the data, so that there is one catalogue. The same document at the same moment is the same bytes.
"""

import io
import json
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import segno
import typst
from django.http import HttpResponse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import samskap
from samskap.kernel import clock

ROOT = Path(samskap.__file__).parent
FONTS = [ROOT / "kernel" / "static" / "vendor" / name for name in ("inter-ttf", "noto-ttf")]
STANDARDS: Any = ["a-2a", "ua-1"]  # a list of the library's own many words
# Signs that the documents' fonts have: Latin with all its marks (also Vietnamese), Greek and Cyrillic, punctuation, currencies,
# arrows; Arabic with the letters of Persian, Urdu and others; Ethiopic.
SHOWN = (
    (0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x373), (0x386, 0x3CE), (0x400, 0x45F), (0x1E00, 0x1E9B), (0x1EA0, 0x1EFF),
    (0x2010, 0x2027), (0x2030, 0x203A), (0x20AC, 0x20AC),
    (0x200C, 0x200C), (0x60C, 0x61B), (0x61D, 0x6DC), (0x6DE, 0x6FF), (0x750, 0x77F),
    (0x1200, 0x1248), (0x124A, 0x124D), (0x1250, 0x1256), (0x1258, 0x1258), (0x125A, 0x125D), (0x1260, 0x1288),
    (0x128A, 0x128D), (0x1290, 0x12B0), (0x12B2, 0x12B5), (0x12B8, 0x12BE), (0x12C0, 0x12C0), (0x12C2, 0x12C5),
    (0x12C8, 0x12D6), (0x12D8, 0x1310), (0x1312, 0x1315), (0x1318, 0x135A), (0x135D, 0x137C), (0x1380, 0x1399),
)  # fmt: skip
NOT_SHOWN = "?"


class DocumentRefused(RuntimeError):
    """The document cannot be made: a title, an alternative text or a part is missing. The message holds no one's words."""


@dataclass(frozen=True)
class Document:
    """What is to be made. ``template`` is "room/name.typ"; ``language`` nb, nn or en; ``data`` plain JSON."""

    template: str
    language: str
    title: str
    data: Mapping[str, Any] = field(default_factory=dict)


def shown(text: str) -> str:
    """The text as it is printed: composed, without what is invisible, and with ``?`` for what no font has; line breaks stay."""
    return "".join(printed for _sign, printed in _signs(text))


def _signs(text: str) -> Iterator[tuple[str, str]]:
    """Each sign of the text that is seen, and what is printed for it."""
    for sign in unicodedata.normalize("NFC", text.replace("\r\n", "\n")):
        if sign == "\n" or _has(sign):
            yield sign, sign
        elif not _invisible(sign):
            plain = unicodedata.normalize("NFKC", sign)
            yield sign, plain if all(map(_has, plain)) else NOT_SHOWN


def _has(sign: str) -> bool:
    return any(first <= ord(sign) <= last for first, last in SHOWN) and not _invisible(sign)


def _invisible(sign: str) -> bool:
    """Nothing is seen of it, and nothing else looks different without it: U+200C parts Persian letters."""
    return (unicodedata.category(sign) == "Cf" and sign != "\u200c") or 0xFE00 <= ord(sign) <= 0xFE0F


def lost(texts: Iterable[str]) -> str:
    """A sentence that says how many signs cannot be printed, and of which scripts; empty when all can.

    A document says it on its first page, and a page says it before a document is released: it must never look as if it were all.
    """
    found = Counter(_script(sign) for text in texts for sign, printed in _signs(text) if printed == NOT_SHOWN != sign)
    if not found:
        return ""
    told = ngettext(
        "%(count)s sign cannot be printed and stands as “?” on paper (%(scripts)s). The page on the screen has it.",
        "%(count)s signs cannot be printed and stand as “?” on paper (%(scripts)s). The page on the screen has them.",
        found.total(),
    )
    return told % {"count": found.total(), "scripts": ", ".join(f"{script}: {count}" for script, count in found.most_common())}


def _script(sign: str) -> str:
    """Whose letters these are, as somebody who meets families would call it."""
    word = unicodedata.name(sign, "").partition(" ")[0].partition("-")[0]
    known = {
        "HEBREW": _("Hebrew letters"), "THAI": _("Thai letters"), "TAMIL": _("Tamil letters"),
        "DEVANAGARI": _("letters of Hindi and Nepali"), "CJK": _("Chinese signs"), "HIRAGANA": _("Japanese signs"),
        "KATAKANA": _("Japanese signs"), "HANGUL": _("Korean letters"), "GEORGIAN": _("Georgian letters"),
        "ARMENIAN": _("Armenian letters"), "ARABIC": _("Arabic letters"), "ETHIOPIC": _("letters of Tigrinya and Amharic"),
    }  # fmt: skip
    return known.get(word, _("other signs"))


def _texts(value: Any) -> Iterator[str]:
    """Every text in a document's data, but not what it draws."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            if not str(name).endswith("_svg") and name != "bytes":
                yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value


def render(document: Document, *, at: datetime) -> bytes:
    """The PDF, dated ``at`` (aware). Raises DocumentRefused; ValueError for a document without title or language."""
    if not document.title.strip() or not document.language:
        raise ValueError("a document needs a title and a language")
    room, name = document.template.split("/")
    svg = {key: value for key, value in document.data.items() if key.endswith("_svg")}
    with translation.override(document.language):
        missing = lost([document.title, *_texts(document.data)])
    made_at = at.astimezone(clock.OSLO).strftime("%d.%m.%Y %H:%M")
    told = {"not_shown": missing, "title": document.title, "language": document.language, "made": made_at}
    data = {**_plain({**told, **{k: v for k, v in document.data.items() if k not in svg}}), **svg}
    with tempfile.TemporaryDirectory(prefix="samskap-typst-") as nothing:
        try:
            made = typst.compile(
                str(ROOT / room / "documents" / name),
                root=str(ROOT),
                font_paths=[str(folder) for folder in FONTS],
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards=STANDARDS,
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
                package_path=nothing,
                package_cache_path=nothing,
                timestamp=int(at.timestamp()),
            )
        except Exception as fault:  # the compiler's own error may quote the text
            raise DocumentRefused(f"{document.template}: {type(fault).__name__}") from None
    return bytes(made)


def response(pdf: bytes, filename: str) -> HttpResponse:
    """A file to save."""
    disposition = content_disposition_header(as_attachment=True, filename=filename) or "attachment"
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def qr_svg(address: str) -> SafeString:
    """A QR code of an address as SVG, black on white, with room around it."""
    buffer = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        buffer, kind="svg", scale=4, border=2, xmldecl=False, svgns=True, light="#fff"
    )
    return mark_safe(buffer.getvalue().decode())  # noqa: S308  (made by the library from an address of ours)
