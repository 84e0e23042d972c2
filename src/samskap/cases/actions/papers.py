"""Documents: made from the case as it stands, redacted and looked at twice where they leave the school, then never changed."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from samskap.cases import marks, names, papers, places, queries, queries_mask, rules, texts
from samskap.cases import rules_papers as paper_rules
from samskap.cases.actions.access import may_be_responsible
from samskap.cases.actions.steps import begin, needed, note, person_of
from samskap.cases.models import Case, CasePupil, EntryKind, Home, Paper, PaperDraft, PaperKind
from samskap.cases.papers import Wish
from samskap.cases.policy import LEAD, WORK
from samskap.cases.rules_papers import Kind, Refusal, Stop
from samskap.kernel import audit, clock
from samskap.kernel.actions import ActionError, action
from samskap.kernel.aead import CannotDecrypt
from samskap.kernel.documents import render
from samskap.kernel.policy import Actor

MOST_PHRASES = 300


def _verb(kind: Kind) -> str:
    return LEAD if kind in paper_rules.LED else WORK


@action
def make(*, by: Actor, case: Case, wish: Wish) -> Paper:
    """Make a document for the case itself, or for the authority (complete): released at once. Raises ActionError."""
    if wish.kind in paper_rules.REDACTED:
        raise ValueError(wish.kind)
    row = begin(by, case, _verb(wish.kind))
    with translation.override(row.school.written_form):
        parts = papers.plain(papers.sections(queries.opened(row), wish))
    return _store(by, row, wish.kind, parts, pupil=wish.folder.row if wish.folder else None, to=wish.to, corrects=wish.corrects)


@action
def draft(*, by: Actor, case: Case, wish: Wish) -> PaperDraft:
    """Begin a document that leaves the school: its text as the case stands now, with finds of other pupils' names taken out.

    Raises ActionError.
    """
    row = begin(by, case, _verb(wish.kind))
    if wish.folder is None or wish.kind not in paper_rules.REDACTED:
        raise ValueError(wish.kind)
    _may_leave(wish)
    _may_get(wish.folder.row, str(wish.person.pk) if wish.person else "")
    with translation.override(row.school.written_form):
        parts = papers.plain(papers.sections(queries.opened(row), wish))
    made = PaperDraft(case=row, pupil=wish.folder.row, kind=PaperKind(wish.kind), author_id=person_of(by), made_at=clock.now())
    mask = mask_of(row, wish.folder.row)
    found = _found(parts, wish.to, mask)
    texts.lock(row, made, {
        "sections": parts, "phrases": found, "to": wish.to, "person": str(wish.person.pk) if wish.person else "",
        "corrects": wish.corrects,
    })  # fmt: skip
    made.save(force_insert=True)
    audit.record(by, "cases.paper_begun", row, kind=str(wish.kind))
    return made


def _may_leave(wish: Wish) -> None:
    if wish.kind in (Kind.LETTER, Kind.CHANGE):
        needed(wish.text, "text")
    if wish.kind != Kind.CHANGE or wish.folder is None or wish.track is None:
        return
    refused = paper_rules.may_follow(rules.Part(wish.folder.row.part), wish.track, said_yes=wish.said_yes, reason=wish.why)
    if refused is not None:
        field = {Refusal.NO_REASON: "why", Refusal.NO_YES: "said_yes"}.get(refused, "track")
        raise ActionError(_refusals()[refused], field)


def _may_get(held: CasePupil, person: str) -> None:
    """One who does not see the pupil's page gets no copy through the program either. Raises ActionError."""
    if person and Home.objects.filter(pupil=held, person_mark=marks.person(person), sees=False).exists():
        raise ActionError(_("It was decided that this person does not see the pupil's page. Open it first, or discard this."))


def _refusals() -> dict[Refusal, str]:
    return {
        Refusal.NEVER_WITHOUT_YES: _("What is written about a pupil who was not safe never follows without a yes."),
        Refusal.NO_YES: _("The family must have said yes first."),
        Refusal.NO_REASON: _("Write which serious harm it shall prevent."),
    }


def mask_of(case: Case, held: CasePupil) -> queries_mask.Mask:
    """Whose names are others' in a document about this pupil; where the address is protected, also what tells of the school."""
    rows = list(CasePupil.objects.filter(case=case).select_related("plan"))
    mask = queries_mask.mask_for(case, held, rows, "")
    folder = queries.folder(case, held)
    return replace(mask, places=places.of(case, folder.school_class)) if papers.protected(folder) else mask


def _found(parts: Sequence[dict[str, Any]], to: str, mask: queries_mask.Mask) -> list[str]:
    """What must not stand in a document, nor in whom it is for: others' names; what leads to a protected address."""
    written = [*papers.texts_in(parts), to]
    return [*mask.found(written), *places.addresses(written)] if mask.places else mask.found(written)


def _held(draft: PaperDraft, case: Case) -> PaperDraft:
    return PaperDraft.objects.select_for_update(of=("self",)).select_related("pupil").get(pk=draft.pk, case=case)


@action
def redact(*, by: Actor, draft: PaperDraft, phrases: Sequence[str]) -> PaperDraft:
    """What is taken out: words and sentences. Another look is needed afterwards."""
    row = begin(by, draft.case)
    held = _held(draft, row)
    words = texts.unlock(row, held)
    kept = list(dict.fromkeys(" ".join(phrase.split()) for phrase in phrases if phrase.strip()))
    if len(kept) > MOST_PHRASES:
        raise ActionError(_("Take out fewer, or longer, pieces."), "more")
    texts.lock(row, held, {**words, "phrases": kept})
    held.ready_at, held.author_id = None, person_of(by)
    held.save()
    audit.record(by, "cases.paper_redacted", row, pieces=len(kept))
    return held


@action
def ready(*, by: Actor, draft: PaperDraft) -> PaperDraft:
    """Done: somebody else looks at it now."""
    row = begin(by, draft.case)
    held = _held(draft, row)
    held.ready_at, held.author_id = clock.now(), person_of(by)
    held.save()
    audit.record(by, "cases.paper_ready", row)
    return held


@action
def discard(*, by: Actor, draft: PaperDraft) -> None:
    """It is not sent after all."""
    row = begin(by, draft.case)
    _held(draft, row).delete()
    audit.record(by, "cases.paper_discarded", row)


@dataclass(frozen=True)
class Look:
    """A draft as it would read, and what stands between it and its release. ``to``: whom it is for."""

    sections: list[dict[str, Any]]
    to: str
    phrases: list[str]
    found: list[str]
    left: list[str]
    others: bool


def look(case: Case, held: PaperDraft) -> Look:
    """A draft, redacted, also in whom it is for. ``found``: other people's names in it; ``left``: those that still stand."""
    words = texts.unlock(case, held)
    mask = mask_of(case, held.pupil)
    phrases = [str(one) for one in words["phrases"]]
    written, taken = str(words.get("to", "")), papers.taken_out_in(case)
    shown, to = papers.redacted(words["sections"], phrases, taken), names.redacted(written, phrases, taken)
    found, left = _found(words["sections"], written, mask), _found(shown, to, mask)
    others = any(person.pk != held.author_id and person.account_id for person in may_be_responsible(case))
    return Look(shown, to, phrases, found, left, others)


@action
def release(*, by: Actor, draft: PaperDraft, seen_left: bool = False, read_again: bool = False) -> Paper:
    """Release it: the file is made from what was seen, kept with its hash, and to whom. Raises ActionError."""
    kind = Kind(draft.kind)
    row = begin(by, draft.case, _verb(kind))
    held = _held(draft, row)
    words = texts.unlock(row, held)
    _may_get(held.pupil, str(words["person"]))
    with translation.override(row.school.written_form):
        seen = look(row, held)
    mine = held.author_id == by.person_id
    stop = paper_rules.stops(
        paper_rules.Look(held.ready_at is not None, mine, seen.others, bool(seen.left), seen_left, read_again)
    )
    if stop is not None:
        raise ActionError(_stops(seen.left)[stop], {Stop.NAMES_LEFT: "seen_left", Stop.READ_AGAIN: "read_again"}.get(stop))
    paper = _store(
        by, row, kind, seen.sections, pupil=held.pupil, to=seen.to, to_person=str(words["person"]),
        author=held.author_id, corrects=words.get("corrects"),
    )  # fmt: skip
    held.delete()
    return paper


def _stops(left: Sequence[str]) -> dict[Stop, str]:
    return {
        Stop.NOT_READY: _("Say first that the redaction is done."),
        Stop.SECOND_LOOK: _("Somebody else who works with the case looks at it before it is released."),
        Stop.READ_AGAIN: _("Nobody else has access. Read it once more, and say that you have."),
        Stop.NAMES_LEFT: _("These names still stand in it: %(names)s. Take them out, or say that they may stay.")
        % {"names": ", ".join(left)},
    }


def _store(
    by: Actor, row: Case, kind: Kind, parts: Sequence[dict[str, Any]], *, pupil: CasePupil | None, to: str, to_person: str = "",
    author: UUID | None = None, corrects: int | None = None,
) -> Paper:  # fmt: skip
    """Make the file and keep it. Inside an action, with the case held, so that numbers follow each other."""
    archive, now, me = paper_rules.archive_of(kind), clock.now(), person_of(by)
    number, language = Paper.objects.filter(case=row).count() + 1, str(row.school.written_form)
    if kind == Kind.GOVERNOR:
        to = to or _("The County Governor")
    file = render(papers.document(row, kind, parts, language=language, number=number, to=to, at=now), at=now)
    made = Paper(
        case=row, pupil=pupil, kind=PaperKind(kind), number=number, language=language, at=now, author_id=author or me,
        second_id=me if author not in (None, me) else None, journalled=archive.journalled, direction=archive.direction,
        access_code=archive.access_code, corrects=Paper.objects.filter(case=row, number=corrects).first() if corrects else None,
        to_mark=marks.person(to_person) if to_person else "", sha256=hashlib.sha256(file).hexdigest(), size=len(file),
    )  # fmt: skip
    texts.lock(row, made, {"title": papers.title_of(row, kind), "to": to, "sections": papers.without_pictures(parts)})
    texts.lock_file(row, made, file)
    made.save(force_insert=True)
    note(row, EntryKind.DOCUMENT, by, pupil=pupil, paper=str(made.pk), number=number, document=str(kind), to=to)
    audit.record(by, "cases.paper_released", row, number=number, kind=str(kind), sha256=made.sha256)
    return made


@action
def fetched(*, by: Actor, paper: Paper) -> bytes:
    """The released file; that it was fetched is logged. Raises ActionError for a file that is not what it was."""
    case, file = paper.case, b""
    with suppress(CannotDecrypt):
        file = texts.unlock_file(case, paper)
    if hashlib.sha256(file).hexdigest() != paper.sha256:
        raise ActionError(_("The file is not what was released. Tell those who run Samskap."))
    audit.record(by, "cases.paper_fetched", case, number=paper.number)
    return file
