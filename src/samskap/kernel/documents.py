"""Documents for people and archives: PDF/A-2a and PDF/UA-1 in one file, made with Typst.

A template lies in a room's ``documents/`` and gets its data as JSON: what somebody wrote stays text, whatever signs it has.
Labels come translated in the data, so that there is one catalogue. The same document at the same moment is the same bytes.
"""

import io
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import segno
import typst
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe

import samskap
from samskap.kernel import clock

ROOT = Path(samskap.__file__).parent
FONTS = ROOT / "kernel" / "static" / "vendor" / "inter-ttf"
STANDARDS: Any = ["a-2a", "ua-1"]  # a list of the library's own many words
# Signs that the documents' font has: Latin with all its marks, Greek and Cyrillic, punctuation, currencies, arrows.
SHOWN = (
    (0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x373), (0x386, 0x3CE), (0x400, 0x45F), (0x2010, 0x2027), (0x2030, 0x203A),
    (0x20AC, 0x20AC),
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
    """The text with signs that the font lacks (and invisible ones) replaced; line breaks stay."""
    return "".join(sign if sign == "\n" or _has(ord(sign)) else NOT_SHOWN for sign in text.replace("\r\n", "\n"))


def _has(code: int) -> bool:
    return any(first <= code <= last for first, last in SHOWN) and code != 0xAD


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
    told = {"title": document.title, "language": document.language, "made": at.astimezone(clock.OSLO).strftime("%d.%m.%Y %H:%M")}
    data = {**_plain({**told, **{k: v for k, v in document.data.items() if k not in svg}}), **svg}
    with tempfile.TemporaryDirectory(prefix="samskap-typst-") as nothing:
        try:
            made = typst.compile(
                str(ROOT / room / "documents" / name),
                root=str(ROOT),
                font_paths=[str(FONTS)],
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
