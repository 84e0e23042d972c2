"""Documents: archive files that everybody can read, whatever somebody wrote; the same at the same moment."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from samskap.kernel import documents, scope
from samskap.kernel.documents import Document, DocumentRefused, render
from samskap.voice import actions, papers, queries
from tests.cases.test_papers import words_in
from tests.support.world import World
from tests.voice import telling

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
RECEIPT: dict[str, Any] = {
    "facts": [("Skole", "Elvesletta")], "columns": ["Hva", "Svar"], "foot": "Elvesletta", "lead": "Vist.",
    "next_heading": "Videre",
    "next": ["Følge med."],
}  # fmt: skip


def made(world: World, kind: str, language: str) -> Document:
    """One of voice's documents with a real report behind it."""
    report, holder = telling.from_pupil(world, what="Første linje.\nAndre linje med #tegn, *stjerner* og $dollar$ <b>." * 40)
    actions.opened(by=world.actor("ingrid"), report=report)
    actions.take(by=world.actor("ingrid"), report=telling.again(report))
    actions.say(by=world.actor("ingrid"), report=telling.again(report), kind="answer", text="Takk for at du sa fra.")
    with scope.tenant_scope(world.tenant_id):
        actions.sender_writes(by=telling.door(world), report=report, key=uuid4(), kind="not_better", text="Det er likt.")
        opened = queries.opened(telling.again(report))
        school = world.school("elvesletta")
        found = {
            "poster": lambda: papers.poster(school, "https://samskap.example.no/s/m4c2kmm/"),
            "card": lambda: papers.card(holder.words, school, language=language),
            "receipt": lambda: papers.receipt(opened.row, "ab" * 32, "Silje Nordbakk", language=language),
            "copy": lambda: papers.report_copy(opened, by="Ingrid Haugdal", language=language),
        }
        return found[kind]()


def tags(node: Any, seen: set[tuple[int, int]] | None = None) -> Iterator[Any]:
    """Every element of the structure tree."""
    seen = seen if seen is not None else set()
    if isinstance(node, pikepdf.Array):
        for part in node:
            yield from tags(part, seen)
    elif isinstance(node, pikepdf.Dictionary):
        if node.is_indirect and node.objgen in seen:
            return
        seen.add(node.objgen)
        yield node
        if "/K" in node:
            yield from tags(node.K, seen)


def fonts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for page in pdf.pages:
        yield from page.resources.get("/Font", {}).values()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("kind", ["poster", "card", "receipt", "copy"])
def test_every_document_is_an_accessible_archive_file(kind: str, language: str, world: World) -> None:
    document = made(world, kind, language)
    pdf = pikepdf.open(io.BytesIO(render(document, at=AT)))
    meta = pdf.open_metadata()
    assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
    assert meta["dc:title"] == document.title
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang).split("-")[0] == document.language
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert "/JavaScript" not in pdf.Root.get("/Names", {})
    assert "/OpenAction" not in pdf.Root
    assert not pdf.is_encrypted
    _check_tags(pdf, pictures=1 if kind in ("poster", "card") else 0, tables=kind in ("receipt", "copy"))
    for font in fonts(pdf):
        assert "/ToUnicode" in font
        for part in font.get("/DescendantFonts", [font]):
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(part.FontDescriptor.keys())


def _check_tags(pdf: pikepdf.Pdf, *, pictures: int, tables: bool) -> None:
    found = [node for node in tags(pdf.Root.StructTreeRoot) if "/S" in node]
    kinds = [str(node.S) for node in found]
    assert [str(node.get("/Alt", "")) != "" for node in found if str(node.S) == "/Figure"] == [True] * pictures
    assert kinds.count("/H1") == 1
    headings = [int(kind[2:]) for kind in kinds if kind[:2] == "/H" and kind[2:].isdigit()]
    assert all(after <= before + 1 for before, after in zip([0, *headings], headings, strict=False))
    assert ("/TH" in kinds) == tables


def test_a_long_report_goes_over_pages_and_nothing_is_lost(world: World) -> None:
    pdf = pikepdf.open(io.BytesIO(render(made(world, "copy", "nb"), at=AT)))
    assert len(pdf.pages) > 1


def test_the_same_document_at_the_same_moment_is_the_same_bytes() -> None:
    document = Document("voice/receipt.typ", "nb", "Kvittering", RECEIPT)
    assert render(document, at=AT) == render(document, at=AT)
    assert render(document, at=AT) != render(Document("voice/receipt.typ", "nb", "Kvittering 2", RECEIPT), at=AT)


@limits(max_examples=25)
@given(st.text(max_size=200))
def test_whatever_somebody_writes_is_text_in_a_document(text: str) -> None:
    document = Document("voice/receipt.typ", "nb", "Kvittering", {**RECEIPT, "lead": text, "facts": [("Sagt", text)]})
    assert render(document, at=AT).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("text", ["\u0000\u202e", "🦊 čđŋšŧž", "سلام", "ÆØÅ æøå – «»…", '#import "x"; $1$ *b* _i_ <a> @b \\n'])
def test_strange_signs_break_nothing(text: str) -> None:
    assert render(Document("voice/receipt.typ", "nb", text or "x", {**RECEIPT, "lead": text}), at=AT)


def test_sami_letters_stay_and_signs_without_letters_are_marked() -> None:
    assert documents.shown("čđŋšŧž ÆØÅ\nlinje") == "čđŋšŧž ÆØÅ\nlinje"
    assert documents.shown("🦊\u200b") == "?"


def test_what_is_printed_is_composed_and_without_what_is_not_seen() -> None:
    assert documents.shown("bla\u030amerker") == "blåmerker"
    assert documents.shown("blå\u00admerker ﬁ Nguyễn") == "blåmerker fi Nguyễn"


def test_arabic_and_tigrinya_are_printed_and_what_is_lost_is_told_with_script_and_number() -> None:
    for text in ("سلام، كيف؟ گفت می\u200cروم", "ሰላም፣ ከመይ ኣለኻ።"):
        assert documents.shown(text) == text
        assert documents.lost([text]) == ""
    with translation.override("nb"):
        assert documents.lost(["שלום", "🦊?"]).startswith("5 tegn kan ikke skrives ut")
        assert "(hebraiske bokstaver: 4, andre tegn: 1)" in documents.lost(["שלום", "🦊?"])


def test_a_document_says_on_its_first_page_that_signs_are_lost_and_only_then() -> None:
    told = words_in(render(Document("voice/receipt.typ", "nb", "Kvittering", {**RECEIPT, "lead": "שלום"}), at=AT))
    assert "4 tegn kan ikke skrives ut" in told
    whole = words_in(render(Document("voice/receipt.typ", "nb", "Kvittering", {**RECEIPT, "lead": "سلام ሰላም"}), at=AT))
    assert "skrives ut" not in whole


@pytest.mark.parametrize(("title", "language"), [("", "nb"), ("  ", "nb"), ("Kvittering", "")])
def test_without_title_or_language_nothing_is_made(title: str, language: str) -> None:
    with pytest.raises(ValueError, match="title"):
        render(Document("voice/receipt.typ", language, title, RECEIPT), at=AT)


def test_a_picture_without_words_is_refused_and_nobodys_words_are_quoted(world: World) -> None:
    good = made(world, "card", "nb")
    bad = Document(good.template, good.language, good.title, {k: v for k, v in good.data.items() if k != "qr_alt"})
    with pytest.raises(DocumentRefused) as refused:
        render(bad, at=AT)
    assert str(refused.value).startswith("voice/card.typ")
    assert not set(good.data["words"]) & set(str(refused.value).split())
