"""Documents: complete for the authority, redacted for the family, looked at twice, never changed."""

import hashlib
import io
import json
import zipfile
import zlib
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from samskap.cases import actions, papers, queries, queries_family, rules_papers, texts
from samskap.cases.actions import papers as making
from samskap.cases.models import Case, Paper, PaperDraft, PaperKind
from samskap.cases.papers import Wish
from samskap.cases.rules import Part
from samskap.cases.rules_papers import Kind, Look, Refusal, Stop, Track, archive_of, may_follow, stops
from samskap.kernel import clock, scope
from samskap.kernel.actions import ActionError
from samskap.kernel.doors import open_door
from samskap.kernel.policy import NotAllowed
from samskap.voice import images
from tests.cases import following
from tests.support.world import World
from tests.voice import telling, things

HER_WORDS = "Det er på treningen det skjer."
HIS_WORDS = "Jeg mente det ikke."


def case_of_two(world: World) -> Case:
    """Noah's case, with Adam involved, a plan, talks with both, a report, and another duty."""
    case = following.opened(world, involved="Adam Lindås", reports=(telling.from_pupil(world, what="Adam filmer Noah.")[0],))
    by, today = world.actor("ingrid"), clock.today()
    actions.give(by=by, case=case, to=world.person("amir"))
    noah, adam = following.folders(case)
    actions.open_page(by=by, pupil=noah, person=world.person("hanne"))
    actions.hear(by=by, pupil=noah, how="Amir, på biblioteket", words=HER_WORDS, on=today)
    actions.hear(by=by, pupil=adam, how="Amir", words=HIS_WORDS, on=today)
    actions.write(by=by, case=case, kind="finding", text="Det er Adam som filmer, og Lindås vet det.", on=today)
    actions.write(by=by, case=case, kind="home", text="Mor sier at Adam er kjent for det.", on=today, pupil=noah, home=True)
    actions.write(by=by, case=case, kind="other_duty", text="Meldt til barnevernet i dag.", on=today, pupil=noah)
    actions.write(by=by, case=case, kind="note", text="Intern lapp om møtetid.", on=today)
    following.in_force(world, case)
    return following.again(case)


def folder(case: Case, number: int = 0) -> queries.Folder:
    return queries.folder(case, following.folders(case)[number])


def words_in(pdf: bytes) -> str:
    """Every text that the file's pages can show, read through the fonts' own tables."""
    opened = pikepdf.open(io.BytesIO(pdf))
    return " ".join("".join(_texts_of(page)) for page in opened.pages)


def _texts_of(page: pikepdf.Page) -> list[str]:
    maps = {name: _to_unicode(font) for name, font in page.resources.get("/Font", {}).items()}
    found, font = [], ""
    for instruction in pikepdf.parse_content_stream(page):
        if not isinstance(instruction, pikepdf.ContentStreamInstruction):
            continue
        operands, operator = instruction.operands, instruction.operator
        if str(operator) == "Tf":
            font = str(operands[0])
        if str(operator) in ("Tj", "TJ"):
            parts = operands[0] if str(operator) == "TJ" else [operands[0]]
            found += ["".join(_decode(bytes(part), maps[font])) for part in parts if isinstance(part, pikepdf.String)]
    return found


def _decode(code: bytes, table: dict[int, str]) -> list[str]:
    return [table.get(int.from_bytes(code[at : at + 2], "big"), "") for at in range(0, len(code), 2)]


def _to_unicode(font: Any) -> dict[int, str]:
    table: dict[int, str] = {}
    lines = font.ToUnicode.read_bytes().decode("latin-1").splitlines()
    for line in lines:
        pair = [word.strip("<>") for word in line.split()]
        if len(pair) == 2 and line.startswith("<") and "codespace" not in line:
            table[int(pair[0], 16)] = bytes.fromhex(pair[1]).decode("utf-16-be")
    return table


def everything_in(pdf: bytes) -> bytes:
    """All streams of the file, unpacked, its metadata and its structure: where a name could hide."""
    opened = pikepdf.open(io.BytesIO(pdf))
    parts = [pdf]
    for obj in opened.objects:
        if isinstance(obj, pikepdf.Stream):
            try:
                parts.append(obj.read_bytes())
            except (pikepdf.PdfError, zlib.error):
                parts.append(obj.read_raw_bytes())
        else:
            parts.append(str(obj).encode())
    return b"\n".join(parts)


def made(world: World, case: Case, kind: Kind, *, of: int | None = None, **more: Any) -> Paper:
    return making.make(by=world.actor("ingrid"), case=case, wish=Wish(kind, folder(case, of) if of is not None else None, **more))


def drafted(world: World, case: Case, kind: Kind, *, by: str = "ingrid", of: int = 0, **more: Any) -> PaperDraft:
    return making.draft(by=world.actor(by), case=case, wish=Wish(kind, folder(case, of), **more))


def released(world: World, draft: PaperDraft, *, by: str = "amir", **more: Any) -> Paper:
    making.ready(by=world.actor("ingrid"), draft=draft)
    return making.release(by=world.actor(by), draft=again(draft), **more)


def again(draft: PaperDraft) -> PaperDraft:
    with scope.tenant_scope(draft.tenant_id):
        return PaperDraft.objects.select_related("case__school", "pupil").get(pk=draft.pk)


def file_of(paper: Paper) -> bytes:
    with scope.tenant_scope(paper.tenant_id):
        return texts.unlock_file(Case.objects.get(pk=paper.case_id), Paper.objects.get(pk=paper.pk))


# The rules, as tables.

ARCHIVE = {
    "plan": ("N", True), "hearings": ("N", False), "chronology": ("N", False), "governor": ("U", True),
    "family_plan": ("U", True), "family_copy": ("U", True), "letter": ("U", True), "change": ("U", True),
}  # fmt: skip


@pytest.mark.parametrize("kind", list(Kind))
def test_what_the_archive_knows_of_each(kind: Kind) -> None:
    found = archive_of(kind)
    assert (found.direction, found.journalled) == ARCHIVE[kind]
    assert "forvaltningsloven § 13" in found.legal_basis


FOLLOWS = [
    # part          track              yes    reason      refused
    (Part.SUBJECT, Track.PERMISSION, True, "", None),
    (Part.SUBJECT, Track.PERMISSION, False, "", Refusal.NO_YES),
    (Part.SUBJECT, Track.DUTY, False, "Fare", Refusal.NEVER_WITHOUT_YES),
    (Part.SUBJECT, Track.DUTY, True, "Fare", Refusal.NEVER_WITHOUT_YES),
    (Part.INVOLVED, Track.DUTY, False, "Fare", None),
    (Part.INVOLVED, Track.DUTY, False, " ", Refusal.NO_REASON),
    (Part.INVOLVED, Track.PERMISSION, False, "Fare", Refusal.NO_YES),
    (Part.INVOLVED, Track.PERMISSION, True, "", None),
]


@pytest.mark.parametrize(("part", "track", "yes", "reason", "refused"), FOLLOWS)
def test_what_may_follow_a_pupil(part: Part, track: Track, yes: bool, reason: str, refused: Refusal | None) -> None:
    assert may_follow(part, track, said_yes=yes, reason=reason) == refused


LOOKS = [
    # ready  author others left   seen   again  stopped by
    (False, False, True, False, False, False, Stop.NOT_READY),
    (True, True, True, False, False, True, Stop.SECOND_LOOK),
    (True, True, False, False, False, False, Stop.READ_AGAIN),
    (True, True, False, False, False, True, None),
    (True, False, True, False, False, False, None),
    (True, False, True, True, False, False, Stop.NAMES_LEFT),
    (True, False, True, True, True, False, None),
    (True, True, False, True, False, True, Stop.NAMES_LEFT),
]


@pytest.mark.parametrize("row", LOOKS)
def test_what_stands_between_a_draft_and_its_release(row: tuple[Any, ...]) -> None:
    assert stops(Look(*row[:-1])) == row[-1]


# Complete, and never changed.


def test_the_documents_for_the_county_governor_are_complete(world: World) -> None:
    case = case_of_two(world)
    paper = made(world, case, Kind.GOVERNOR)
    text = words_in(file_of(paper)).replace(" ", "")
    for wanted in (
        HER_WORDS,
        HIS_WORDS,
        "Adam filmer Noah.",
        "Lindås vet det",
        "Intern lapp",
        "Versjon 2 av plan",
        "Innhold",
        "Amir er ute",
    ):
        assert wanted.replace(" ", "") in text, wanted
    assert "barnevernet" not in text
    assert paper.journalled
    assert "Statsforvalteren" in queries.paper_line(paper).to


def test_every_kind_is_an_accessible_archive_file_in_the_schools_language(world: World) -> None:
    case = case_of_two(world)
    files = [(kind, made(world, case, kind, of=0 if kind in rules_papers.OF_PUPIL else None)) for kind in
             (Kind.PLAN, Kind.HEARINGS, Kind.CHRONOLOGY, Kind.GOVERNOR)]  # fmt: skip
    change = {"text": "Noah trives med få.", "track": Track.PERMISSION, "said_yes": True}
    more: dict[Kind, dict[str, Any]] = {Kind.LETTER: {"text": "Vi møtes i morgen."}, Kind.CHANGE: change}
    for kind in sorted(rules_papers.REDACTED):
        draft = drafted(world, case, kind, person=world.person("hanne"), to="Hanne Bergli", **more.get(kind, {}))
        files.append((kind, _released_by_leader(world, draft)))
    for kind, paper in files:
        pdf = pikepdf.open(io.BytesIO(file_of(paper)))
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1"), kind
        assert str(pdf.Root.Lang).startswith("nb")
        assert bool(pdf.Root.MarkInfo.Marked)
        assert meta["dc:title"] == f"Sak {case.reference}: {PaperKind(kind).label}"
        assert "Noah" not in meta["dc:title"]


def _released_by_leader(world: World, draft: PaperDraft) -> Paper:
    """Amir redacts, Ingrid, who leads, releases."""
    making.ready(by=world.actor("amir"), draft=draft)
    return making.release(by=world.actor("ingrid"), draft=again(draft))


def test_numbers_follow_each_other_and_a_correction_is_a_new_document(world: World) -> None:
    case = case_of_two(world)
    first = made(world, case, Kind.PLAN, of=0)
    second = made(world, case, Kind.PLAN, of=0, corrects=1)
    assert (first.number, second.number, second.corrects_id) == (1, 2, first.pk)
    assert hashlib.sha256(file_of(first)).hexdigest() == first.sha256


def test_a_released_document_cannot_be_changed_or_removed(world: World) -> None:
    paper = made(world, case_of_two(world), Kind.PLAN, of=0)
    with scope.tenant_scope(paper.tenant_id):
        for harm in (lambda: Paper.objects.filter(pk=paper.pk).update(sha256="0" * 64), lambda: paper.delete()):
            with pytest.raises(DatabaseError), transaction.atomic(), open_door():
                harm()


# The family's copy.


def test_no_name_of_another_pupil_is_left_anywhere_in_the_familys_copy(world: World) -> None:
    case = case_of_two(world)
    paper = released(world, drafted(world, case, Kind.FAMILY_COPY, person=world.person("hanne"), to="Hanne Bergli"))
    file = file_of(paper)
    text, raw = words_in(file), everything_in(file)
    for name in ("Adam", "Lindås", "Mona"):
        assert name not in text
        assert name.encode() not in raw
        assert name.encode("utf-16-be") not in raw
    for secret in (HIS_WORDS, HER_WORDS, "barnevernet", "Intern lapp", "filmer Noah"):
        assert secret.replace(" ", "") not in text.replace(" ", ""), secret
    assert "[sladdet]" in text
    assert "Noah" in text
    with scope.tenant_scope(case.tenant_id):
        held = Paper.objects.get(pk=paper.pk)
        kept = json.dumps(texts.unlock(Case.objects.get(pk=case.pk), held), ensure_ascii=False)
    assert "Adam" not in kept


def test_the_pupil_reads_the_own_words_in_the_own_copy(world: World) -> None:
    case = case_of_two(world)
    paper = released(world, drafted(world, case, Kind.FAMILY_COPY, person=world.person("noah"), to="Noah Bergli"))
    assert HER_WORDS.replace(" ", "") in words_in(file_of(paper)).replace(" ", "")


def test_what_makes_somebody_recognisable_is_taken_out_too(world: World) -> None:
    case = case_of_two(world)
    draft = drafted(world, case, Kind.LETTER, text="Gutten med den røde mopeden, Adam, har sagt unnskyld.", to="Hanne Bergli")
    making.redact(by=world.actor("ingrid"), draft=draft, phrases=["Adam", "den røde mopeden"])
    text = words_in(file_of(released(world, draft)))
    assert "moped" not in text
    assert "[sladdet]" in text


def test_names_that_are_left_must_be_seen(world: World) -> None:
    case = case_of_two(world)
    draft = drafted(world, case, Kind.LETTER, text="Adam hilser.", to="Hanne Bergli")
    making.redact(by=world.actor("ingrid"), draft=draft, phrases=[])
    with pytest.raises(ActionError, match="Adam"):
        released(world, draft)
    assert making.release(by=world.actor("amir"), draft=again(draft), seen_left=True)


def test_four_eyes(world: World) -> None:
    case = case_of_two(world)
    draft = drafted(world, case, Kind.LETTER, text="Vi møtes.", to="Hanne Bergli")
    with pytest.raises(ActionError):
        making.release(by=world.actor("amir"), draft=again(draft))  # not said to be ready
    with pytest.raises(ActionError):
        released(world, draft, by="ingrid", read_again=True)  # the same eyes
    paper = making.release(by=world.actor("amir"), draft=again(draft))
    assert (paper.author_id, paper.second_id) == (world.person("ingrid").pk, world.person("amir").pk)


def test_where_nobody_else_has_access_the_author_reads_it_once_more(world: World) -> None:
    case = following.opened(world)
    draft = drafted(world, case, Kind.LETTER, text="Vi møtes.", to="Hanne Bergli")
    with pytest.raises(ActionError):
        released(world, draft, by="ingrid")
    assert making.release(by=world.actor("ingrid"), draft=again(draft), read_again=True).second_id is None


def test_redacting_again_wants_another_look(world: World) -> None:
    case = case_of_two(world)
    draft = drafted(world, case, Kind.LETTER, text="Vi møtes.", to="Hanne Bergli")
    making.ready(by=world.actor("ingrid"), draft=draft)
    making.redact(by=world.actor("amir"), draft=again(draft), phrases=["møtes"])
    with pytest.raises(ActionError):
        making.release(by=world.actor("ingrid"), draft=again(draft))


def test_a_victims_file_never_follows_without_a_yes(world: World) -> None:
    case = case_of_two(world)
    fields: dict[str, Any] = {"text": "Noah trenger ro.", "to": "Skogfaret", "track": Track.DUTY, "why": "Alvorlig skade"}
    with pytest.raises(ActionError):
        drafted(world, case, Kind.CHANGE, **fields)
    with pytest.raises(ActionError):
        drafted(world, case, Kind.CHANGE, **{**fields, "track": Track.PERMISSION})
    assert drafted(world, case, Kind.CHANGE, of=1, **fields)


def test_guests_and_others_make_no_documents_and_workers_none_that_the_leader_decides(world: World) -> None:
    case = case_of_two(world)
    actions.invite(by=world.actor("ingrid"), case=case, to=world.person("marte"), basis="25-1", until=clock.today())
    for key in ("marte", "silje", "hanne"):
        with pytest.raises(NotAllowed):
            making.make(by=world.actor(key), case=case, wish=Wish(Kind.CHRONOLOGY))
    with pytest.raises(NotAllowed):
        making.make(by=world.actor("amir"), case=case, wish=Wish(Kind.GOVERNOR))


# Pages and files.


def test_a_document_goes_its_way_on_the_pages(world: World) -> None:
    case = case_of_two(world)
    ingrid, amir = world.client("ingrid"), world.client("amir")
    url = reverse("cases:paper_pupil", args=[following.folder(case).pk, "kopi-til-familien"])
    sent = ingrid.post(url, {"once": uuid4(), "home": str(world.person("hanne").pk), "to": ""})
    assert sent.status_code == 302
    draft = sent.headers["Location"]
    page = ingrid.get(draft).content.decode()
    assert '<mark class="c-redacted">[sladdet]</mark>' in page
    again_page = ingrid.post(draft, {"once": uuid4(), "found": [], "more": ""}, follow=True).content.decode()
    assert '<mark class="c-left">Adam</mark>' in again_page
    ingrid.post(draft, {"once": uuid4(), "found": ["Adam", "Lindås"], "more": ""})
    ingrid.post(draft + "klar/", {"once": uuid4()})
    refused = ingrid.post(draft + "frigi/", {"once": uuid4(), "read_again": "on"}, follow=True).content.decode()
    assert "En annen som arbeider med saken" in refused
    done = amir.post(draft + "frigi/", {"once": uuid4()}, follow=True).content.decode()
    assert "Saksdokumenter, familiens kopi (PDF)" in done
    with scope.tenant_scope(case.tenant_id):
        paper = Paper.objects.get(case=case)
    file = world.client("hanne", strong=False).get(reverse("cases:family_paper", args=[paper.pk]))
    assert file.content.startswith(b"%PDF")
    assert world.client("anita").get(reverse("cases:family_paper", args=[paper.pk])).status_code == 404
    assert amir.get(draft).status_code == 404


def test_the_hand_over_holds_every_file_and_what_the_archive_needs(world: World) -> None:
    case = case_of_two(world)
    first = made(world, case, Kind.PLAN, of=0)
    made(world, case, Kind.GOVERNOR)
    answer = world.client("ingrid").get(reverse("cases:archive", args=[case.pk]))
    bundle = zipfile.ZipFile(io.BytesIO(answer.content))
    told = json.loads(bundle.read("metadata.json"))
    rows = told["registreringer"]
    assert [row["dokumentnummer"] for row in rows] == [1, 2]
    assert rows[0]["sjekksum"] == first.sha256 == hashlib.sha256(bundle.read(rows[0]["filnavn"])).hexdigest()
    assert rows[1]["journalposttype"] == "U"
    assert "Noah" not in "".join(row["tittel"] for row in rows)
    assert world.client("amir").get(reverse("cases:archive", args=[case.pk])).status_code == 404


@pytest.mark.parametrize("kind", ["finnes-ikke", "statsforvalteren", "plan"])
def test_a_kind_that_is_none_or_belongs_elsewhere_is_not_found(world: World, kind: str) -> None:
    case = following.opened(world, involved="Adam Lindås")
    number = 1 if kind == "plan" else 0  # Adam has no plan
    url = reverse("cases:paper_pupil", args=[following.folders(case)[number].pk, kind])
    assert world.client("ingrid").get(url).status_code == 404


def test_a_letter_to_a_protected_family_is_not_given_digitally(world: World) -> None:
    case = following.opened(world, "Emma Sandvoll")
    actions.open_page(by=world.actor("ingrid"), pupil=following.folder(case), person=world.person("anita"))
    draft = drafted(world, case, Kind.FAMILY_PLAN, person=world.person("anita"), to="Anita Sandvoll")
    paper = released(world, draft, by="ingrid", read_again=True)
    text = words_in(file_of(paper))
    assert "Elvesletta" not in text
    assert world.client("anita").get(reverse("cases:family_paper", args=[paper.pk])).status_code == 404


def test_the_authority_gets_the_pictures_and_what_was_sent_too(world: World) -> None:
    report, _holder = telling.from_pupil(world, images=[images.clean(things.picture())] * 2)
    case = following.opened(world, reports=(report,))
    draft = drafted(world, case, Kind.LETTER, to="Hanne Bergli", text="Vi møtes på mandag.")
    released(world, draft, by="ingrid", read_again=True)
    paper = made(world, case, Kind.GOVERNOR)
    file = file_of(paper)
    opened = pikepdf.open(io.BytesIO(file))
    found = [obj for obj in opened.objects if isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Image"]
    assert found
    structure = everything_in(file).decode("latin-1")
    assert structure.count("/Alt") >= 2
    text = words_in(file)
    assert "Bilde 2" in text
    assert "Vi møtes på mandag." in text
    with scope.tenant_scope(case.tenant_id):
        kept = texts.unlock(following.again(case), Paper.objects.get(pk=paper.pk))
    assert "bytes" not in str(kept)


def test_nothing_tells_where_a_protected_pupil_goes_to_school(world: World) -> None:
    case = following.opened(world, "Emma Sandvoll")
    actions.write(by=world.actor("ingrid"), case=case, kind="finding", text="Det skjer på Elvesletta, i 9B.", on=clock.today(),
                  pupil=following.folder(case), home=True)  # fmt: skip
    draft = drafted(world, case, Kind.FAMILY_COPY, person=world.person("anita"), to="Anita Sandvoll")
    text = words_in(file_of(released(world, draft, by="ingrid", read_again=True)))
    assert "Emma Sandvoll" in text
    assert not any(word in text for word in ("Elvesletta", "9B", "Haugdal"))


def test_marks_show_what_is_taken_out_and_what_is_left_and_escape_the_rest() -> None:
    from samskap.cases.views.papers import marked

    text = str(marked("<b>Adam</b> og [sladdet]", "[sladdet]", ["Adam"]))
    assert text == '&lt;b&gt;<mark class="c-left">Adam</mark>&lt;/b&gt; og <mark class="c-redacted">[sladdet]</mark>'


def test_redaction_takes_words_and_sentences_in_whatever_case_and_spacing() -> None:
    pairs = {"facts": [["x", "Adam"]], "entries": [["Adam", "Hos  mormor i Vik"]]}
    parts = [{"heading": "Om Adam", "text": "ADAM\nLindås, adams mor", **pairs}]
    left = papers.redacted(parts, ["adam", "Lindås", "mormor i Vik"], "[…]")
    assert left == [{"heading": "Om […]", "text": "[…]\n[…], […] mor", "facts": [["x", "[…]"]], "entries": [["[…]", "Hos  […]"]]}]


def test_a_damaged_file_is_said_so_and_nothing_else_is_given(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = case_of_two(world)
    paper = made(world, case, Kind.PLAN, of=0)
    monkeypatch.setattr(texts, "unlock_file", lambda _case, _paper: b"%PDF another")
    for url in (reverse("cases:paper", args=[paper.pk]), reverse("cases:archive", args=[case.pk])):
        answer = world.client("ingrid").get(url, follow=True)
        assert "Filen er ikke den som ble frigitt." in answer.content.decode()
        assert b"%PDF" not in answer.content


# Whom it is for.


@pytest.mark.parametrize("kind", [Kind.LETTER, Kind.FAMILY_PLAN, Kind.FAMILY_COPY])
def test_other_pupils_do_not_stand_in_whom_it_is_for(world: World, kind: Kind) -> None:
    case = case_of_two(world)
    draft = drafted(world, case, kind, to="Hanne Bergli, om det som Adam_Lindaas gjorde", text="Vi møtes.")
    seen = following_look(draft)
    assert seen.to == "Hanne Bergli, om det som [sladdet] gjorde"
    assert {"Adam", "Lindås"} <= set(seen.found)
    paper = released(world, draft)
    assert queries.paper_line(paper).to == seen.to
    assert b"Adam" not in everything_in(file_of(paper))


def following_look(draft: PaperDraft) -> making.Look:
    held = again(draft)
    with scope.tenant_scope(held.tenant_id):
        return making.look(held.case, held)


def test_a_name_left_in_whom_it_is_for_stops_the_release(world: World) -> None:
    case = case_of_two(world)
    draft = drafted(world, case, Kind.LETTER, to="Mor til Adam", text="Vi møtes.")
    making.redact(by=world.actor("ingrid"), draft=draft, phrases=[])
    assert following_look(draft).left == ["Adam"]
    page = world.client("amir").get(reverse("cases:paper_draft", args=[draft.pk])).content.decode()
    assert 'Mor til <mark class="c-left">Adam</mark>' in page
    with pytest.raises(ActionError):
        released(world, draft)
    assert making.release(by=world.actor("amir"), draft=again(draft), seen_left=True)


# What cannot be printed.


def test_arabic_is_printed_and_what_no_font_has_is_said_before_the_release_and_in_the_file(world: World) -> None:
    case = case_of_two(world)
    draft = drafted(world, case, Kind.LETTER, to="Hanne Bergli", text="سلام ሰላም, bla\u030amerker, שלום")
    page = world.client("ingrid").get(reverse("cases:paper_draft", args=[draft.pk])).content.decode()
    assert "4 tegn kan ikke skrives ut" in page
    assert "hebraiske bokstaver: 4" in page
    text = words_in(file_of(released(world, draft)))
    assert "4 tegn kan ikke skrives ut" in text
    assert "blåmerker" in text
    assert "????" in text
    assert "ሰላም" in text
    plain = drafted(world, case, Kind.LETTER, to="Hanne Bergli", text="سلام")
    assert "skrives ut" not in world.client("ingrid").get(reverse("cases:paper_draft", args=[plain.pk])).content.decode()


# Where the address is protected.

TELLS = (
    "Silje Nordbakk sa at det skjer i 9 B på Elvesletta. Niende B vet det. Skriv til post@elvesletta_skole.no eller "
    "elvesletta9b, ring Amir Rahimi. Elveslettaskolen ligger i Elvestrand. Hun bor i Storgata 5."
)
TELLING = ("elvesletta", "elvestrand", "9 b", "9b", "niende b", "silje", "nordbakk", "amir", "rahimi", "ingrid", "storgata")


@pytest.mark.parametrize("kind", [Kind.FAMILY_COPY, Kind.LETTER, Kind.CHANGE, Kind.FAMILY_PLAN])
def test_no_document_tells_where_a_protected_pupil_goes_to_school(world: World, kind: Kind) -> None:
    case = following.opened(world, "Emma Sandvoll")
    following.in_force(world, case)
    actions.write(by=world.actor("ingrid"), case=case, kind="finding", text=TELLS, on=clock.today(), pupil=following.folder(case),
                  home=True)  # fmt: skip
    held = following.plan(case)
    actions.write_plan(by=world.actor("ingrid"), plan=held, version=held.version, problem=TELLS, evaluate_on=clock.today())
    more: dict[str, Any] = {} if kind in (Kind.FAMILY_COPY, Kind.FAMILY_PLAN) else {"text": TELLS}
    if kind == Kind.CHANGE:
        more |= {"track": Track.PERMISSION, "said_yes": True, "with_plan": True}
    draft = drafted(world, case, kind, to="Anita Sandvoll, mor i 9 B, Storgata 5", **more)
    seen = following_look(draft)
    assert seen.left == []
    paper = released(world, draft, by="ingrid", read_again=True)
    text = words_in(file_of(paper)).casefold()
    assert not [word for word in TELLING if word in text]
    assert "sandvoll" in text
    assert "storgata" not in queries.paper_line(paper).to.casefold()


def test_what_tells_of_the_school_stops_the_release(world: World) -> None:
    case = following.opened(world, "Emma Sandvoll")
    draft = drafted(world, case, Kind.LETTER, to="Anita Sandvoll", text="Vi møtes i Niende B.")
    making.redact(by=world.actor("ingrid"), draft=draft, phrases=[])
    assert following_look(draft).left == ["Niende B"]
    with pytest.raises(ActionError):
        released(world, draft, by="ingrid", read_again=True)


def test_the_hand_over_does_not_name_the_school_of_a_protected_pupil(world: World) -> None:
    for name, unit in (("Emma Sandvoll", "[sladdet]"), ("Noah Bergli", "Elvesletta ungdomsskole")):
        case = following.opened(world, name)
        made(world, case, Kind.CHRONOLOGY)
        answer = world.client("ingrid").get(reverse("cases:archive", args=[case.pk]))
        told = json.loads(zipfile.ZipFile(io.BytesIO(answer.content)).read("metadata.json"))
        assert told["saksmappe"]["administrativEnhet"] == unit


def test_neither_does_the_page_of_one_with_whom_a_protected_pupil_does_not_live(world: World) -> None:
    case = following.opened(world, "Emma Sandvoll")
    following.measure(world, case, into=following.plan(case))
    actions.write(by=world.actor("ingrid"), case=case, kind="home", text=f"{TELLS} Emma vil det.", on=clock.today(),
                  pupil=following.folder(case), home=True)  # fmt: skip
    with scope.tenant_scope(case.tenant_id):
        page = queries_family.page(following.folder(case), world.person("tore").pk, seen_before=None, instead="…")
    assert page.hides_school
    assert page.plan is not None
    told = " ".join([*(line.text or "" for line in page.lines), *(one.text for one in page.plan.measures)]).casefold()
    assert not [word for word in TELLING if word in told]
    assert "emma vil det" in told


def test_one_at_home_who_is_part_of_the_concern_is_offered_no_copy(world: World) -> None:
    case, leader = case_of_two(world), world.client("ingrid")
    noah, hanne = following.folders(case)[0], world.person("hanne")
    page = reverse("cases:paper_pupil", args=[noah.pk, "plan-til-familien"])
    assert hanne.name in leader.get(page).content.decode()
    begun = drafted(world, case, Kind.FAMILY_PLAN, person=hanne, to=hanne.name)
    actions.close_page(by=world.actor("ingrid"), pupil=noah, person=hanne, why="Bekymringen handler om henne.")
    assert hanne.name not in leader.get(page).content.decode()
    with pytest.raises(ActionError):
        drafted(world, case, Kind.FAMILY_PLAN, person=hanne)
    with pytest.raises(ActionError):
        released(world, begun, seen_left=True)
    with scope.tenant_scope(case.tenant_id):
        assert not Paper.objects.filter(case=case).exists()
