"""Documents: what there is, what can be made, the preview of what leaves the school, and the files."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.cases import actions, names, papers, queries, queries_family
from samskap.cases import rules_papers as rules
from samskap.cases.actions import papers as making
from samskap.cases.forms_papers import NewPaperForm, RedactForm, ReleaseForm
from samskap.cases.models import Case, CasePupil, Paper, PaperDraft, PaperKind
from samskap.cases.papers import Wish
from samskap.cases.policy import DRAFT, FOLDER, LEAD, PAPER, READ, WORK
from samskap.cases.rules_papers import Kind, Track
from samskap.cases.views.common import crumbs, note_reading, show
from samskap.kernel import documents, policy
from samskap.kernel.access import Request, access
from samskap.kernel.actions import ActionError
from samskap.kernel.forms import OnceForm, press, save
from samskap.people.api import Way

METHODS = require_http_methods(["GET", "HEAD", "POST"])
SLUGS: Mapping[str, Kind] = {
    "plan": Kind.PLAN, "samtaler": Kind.HEARINGS, "forlop": Kind.CHRONOLOGY, "statsforvalteren": Kind.GOVERNOR,
    "plan-til-familien": Kind.FAMILY_PLAN, "kopi-til-familien": Kind.FAMILY_COPY, "brev": Kind.LETTER, "ny-skole": Kind.CHANGE,
}  # fmt: skip


def papers_url(case: Case) -> str:
    """The page of a case's documents."""
    return reverse("cases:papers", args=[case.pk])


def file_name(paper: Paper) -> str:
    """A name that tells nothing: the case's number and the document's."""
    return f"{paper.case.year}-{paper.case.number}-dok-{paper.number}.pdf"


@access(READ, "case", strong=True)
@require_safe
def index(request: Request, case: Case) -> HttpResponse:
    """The documents of a case, those on their way out, and what can be made."""
    actions.opened(by=request.actor, case=case, purpose=queries.purpose_of(request.actor, case))
    may_work, may_lead = policy.may(WORK, request.actor, case), policy.may(LEAD, request.actor, case)
    folders = [queries.folder(case, row) for row in CasePupil.objects.filter(case=case, left_at=None).order_by(*queries.ORDER)]
    ways = [(one.name, of_one(one.row, may_lead)) for one in folders] if may_work else []
    common = [(PaperKind(kind).label, reverse("cases:paper_case", args=[case.pk, slug])) for slug, kind in SLUGS.items()
              if kind not in rules.OF_PUPIL and (may_lead or kind not in rules.LED)] if may_work else []  # fmt: skip
    return show(
        request, "papers", case=case, papers=queries.papers(case), drafts=queries.drafts(case) if may_work else [],
        ways=ways, common=common, may_lead=may_lead, crumbs=crumbs(case, _("Documents")),
    )  # fmt: skip


def of_one(row: CasePupil, may_lead: bool) -> list[tuple[object, str]]:
    """What can be made about one pupil: what it is called, and its address."""
    kinds = [(slug, kind) for slug, kind in SLUGS.items() if kind in rules.OF_PUPIL and (may_lead or kind not in rules.LED)]
    if row.plan_id is None:
        kinds = [(slug, kind) for slug, kind in kinds if kind not in (Kind.PLAN, Kind.FAMILY_PLAN)]
    return [(PaperKind(kind).label, reverse("cases:paper_pupil", args=[row.pk, slug])) for slug, kind in kinds]


@access(READ, "case", strong=True)
@METHODS
def of_case(request: Request, case: Case, kind: str) -> HttpResponse:
    """Make a document about the whole case."""
    wanted = SLUGS.get(kind)
    if wanted is None or wanted in rules.OF_PUPIL:
        raise Http404
    return _new(request, case, wanted, None)


@access(FOLDER, "pupil", strong=True)
@METHODS
def of_pupil(request: Request, pupil: CasePupil, kind: str) -> HttpResponse:
    """Make a document about one pupil."""
    wanted = SLUGS.get(kind)
    if wanted is None or wanted not in rules.OF_PUPIL:
        raise Http404
    if pupil.plan_id is None and wanted in (Kind.PLAN, Kind.FAMILY_PLAN):
        raise Http404
    return _new(request, pupil.case, wanted, pupil)


def _new(request: Request, case: Case, kind: Kind, pupil: CasePupil | None) -> HttpResponse:
    if not policy.may(LEAD if kind in rules.LED else WORK, request.actor, case):
        raise Http404
    home = queries_family.at_home(case, pupil) if pupil is not None and kind in rules.TO_FAMILY else []
    able = {str(one.person.pk): one.person for one in home if one.way == Way.FULL and not one.decided_out}
    earlier = [(str(one.row.number), f"{one.row.number}: {one.row.get_kind_display()}") for one in queries.papers(case)]
    homes = [(pk, person.name) for pk, person in able.items()]
    form = NewPaperForm(request.POST or None, kind=kind, homes=homes, earlier=earlier)
    folder = queries.folder(case, pupil) if pupil is not None else None

    def do() -> str:
        values = form.values
        person = able.get(values.get("home", ""))
        wish = Wish(
            kind, folder, to=values.get("to", "").strip() or (person.name if person else ""), person=person,
            text=values.get("text", ""), track=Track(values["track"]) if "track" in values else None, why=values.get("why", ""),
            said_yes=values.get("said_yes", False), with_plan=values.get("with_plan", False), corrects=values.get("corrects"),
        )  # fmt: skip
        if kind in rules.REDACTED:
            return draft_url(making.draft(by=request.actor, case=case, wish=wish))
        making.make(by=request.actor, case=case, wish=wish)
        messages.success(request, _("The document is made."))
        return papers_url(case)

    title = str(PaperKind(kind).label)
    lead = _("First you see what it says, and take out what is about others.") if kind in rules.REDACTED else _complete(kind)
    button = _("See what it says") if kind in rules.REDACTED else _("Make the document")
    parts = {"title": title, "lead": lead, "button": button, "back": papers_url(case), "case": case}

    def again() -> HttpResponse:
        note_reading(request, case)
        return show(request, "paper_new", form, crumbs=crumbs(case, title), **parts)

    return save(request, form, do, again)


def _complete(kind: Kind) -> str:
    if kind == Kind.GOVERNOR:
        return _("Complete, with all that was done, plans, talks and evaluations: the authority gets it unredacted (§ 12-6).")
    return _("For the case itself. It names pupils: the family gets a copy of its own.")


def draft_url(draft: PaperDraft) -> str:
    """A draft's page."""
    return reverse("cases:paper_draft", args=[draft.pk])


def marked(text: str, taken: str, left: Sequence[str]) -> SafeString:
    """A text with what is taken out, and names that are left, to be seen at a glance."""
    spans = [(first, end, "c-left") for first, end in names.found_in(text, {name.casefold() for name in left})]
    at = text.find(taken)
    while at >= 0:
        spans.append((at, at + len(taken), "c-redacted"))
        at = text.find(taken, at + len(taken))
    parts, last = [], 0
    for first, end, look in sorted(spans):
        if first < last:
            continue
        parts += [conditional_escape(text[last:first]), f'<mark class="{look}">', conditional_escape(text[first:end]), "</mark>"]
        last = end
    return mark_safe("".join([*parts, conditional_escape(text[last:])]))  # noqa: S308  (every part is escaped)


def _shown(seen: making.Look, taken: str) -> list[dict[str, Any]]:
    def see(text: object) -> SafeString:
        return marked(str(text), taken, seen.left)

    return [
        {
            "heading": part["heading"], "text": see(part["text"]),
            "facts": [(label, see(value)) for label, value in part["facts"]],
            "entries": [(see(meta), see(text)) for meta, text in part["entries"]],
        }
        for part in seen.sections
    ]  # fmt: skip


@access(DRAFT, "draft", strong=True)
@METHODS
def draft(request: Request, draft: PaperDraft) -> HttpResponse:
    """How a document reads, redacted; and what is taken out."""
    case, seen = draft.case, making.look(draft.case, draft)
    actions.opened(by=request.actor, case=case, purpose=queries.purpose_of(request.actor, case))
    form = RedactForm(request.POST or None, found=seen.found, phrases=seen.phrases)

    def do() -> str:
        making.redact(by=request.actor, draft=draft, phrases=form.phrases)
        messages.success(request, _("This is how it reads now."))
        return draft_url(draft)

    mine = draft.author_id == request.actor.person_id
    alone = mine and not seen.others
    context = {
        "case": case, "draft": draft, "sections": _shown(seen, papers.taken_out_in(case)), "left": seen.left, "mine": mine,
        "alone": alone, "may_release": draft.ready_at is not None and (not mine or alone),
        "title": papers.title_of(case, Kind(draft.kind)), "lost": documents.lost([*papers.texts_in(seen.sections), seen.to]),
        "release": ReleaseForm(left=bool(seen.left), alone=alone), "to": marked(seen.to, papers.taken_out_in(case), seen.left),
        "crumbs": crumbs(case, str(PaperKind(draft.kind).label)), "papers_url": papers_url(case),
    }  # fmt: skip
    return save(request, form, do, lambda: show(request, "paper_draft", form, **context))


@access(DRAFT, "draft", strong=True)
@require_POST
def step(request: Request, draft: PaperDraft, step: str) -> HttpResponse:
    """Say that it is ready, release it, or throw it away."""
    case, back = draft.case, draft_url(draft)
    if step == "klar":
        return press(request, OnceForm(request.POST), lambda: _ready(request, draft), back)
    if step == "forkast":
        return press(request, OnceForm(request.POST), lambda: _discard(request, draft), papers_url(case))
    if step != "frigi":
        raise Http404
    return press(request, ReleaseForm(request.POST, left=True, alone=True), lambda: _release(request, draft), back)


def _ready(request: Request, draft: PaperDraft) -> str:
    making.ready(by=request.actor, draft=draft)
    messages.success(request, _("It waits for a second look."))
    return draft_url(draft)


def _discard(request: Request, draft: PaperDraft) -> str:
    case = draft.case
    making.discard(by=request.actor, draft=draft)
    messages.success(request, _("It is thrown away. Nothing was sent."))
    return papers_url(case)


def _release(request: Request, draft: PaperDraft) -> str:
    case, ticked = draft.case, {name: bool(request.POST.get(name)) for name in ("seen_left", "read_again")}
    making.release(by=request.actor, draft=draft, **ticked)
    messages.success(request, _("It is released. The file is kept, with whom it was for."))
    return papers_url(case)


@access(PAPER, "paper", strong=True)
@require_safe
def fetch(request: Request, paper: Paper) -> HttpResponse:
    """A released file."""
    return file_of(request, paper, papers_url(paper.case))


def file_of(request: Request, paper: Paper, back: str) -> HttpResponse:
    """The file to save; where it is damaged, that is said on the page that one came from."""
    try:
        return documents.response(making.fetched(by=request.actor, paper=paper), file_name(paper))
    except ActionError as refused:
        messages.error(request, refused.message)
        return redirect(back)


@access(LEAD, "case", strong=True)
@require_safe
def archive(request: Request, case: Case) -> HttpResponse:
    """All files of a case with what the archive needs to know of each: the hand-over."""
    try:
        files = [(one, making.fetched(by=request.actor, paper=one.row)) for one in queries.papers(case)]
    except ActionError as refused:
        messages.error(request, refused.message)
        return redirect(papers_url(case))
    buffer, told = io.BytesIO(), [_metadata(one) for one, _file in files]
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as bundle:
        for one, file in files:
            bundle.writestr(file_name(one.row), file)
        bundle.writestr("metadata.json", json.dumps(_of_the_case(case, told), ensure_ascii=False, indent=1))
    name = f"{case.year}-{case.number}-arkiv.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(buffer.getvalue(), content_type="application/zip", headers=headers)


def _of_the_case(case: Case, told: list[dict[str, Any]]) -> dict[str, Any]:
    """The case in the archive's words (Noark 5's names). Where a pupil's address is protected it does not say which school."""
    hidden = papers.known_protected(case)
    return {
        "saksmappe": {
            "saksaar": case.year, "sakssekvensnummer": case.number, "tittel": case.name,
            "opprettetDato": case.opened_at.isoformat(),
            "avsluttetDato": case.ended_at.isoformat() if case.ended_at else None, "saksansvarlig": case.responsible.name,
            "administrativEnhet": papers.taken_out_in(case) if hidden else case.school.name,
        },
        "registreringer": told,
    }  # fmt: skip


def _metadata(one: queries.PaperLine) -> dict[str, Any]:
    row = one.row
    return {
        "dokumentnummer": row.number, "tittel": one.title, "journalposttype": row.direction, "journalfoert": row.journalled,
        "dokumentetsDato": row.at.isoformat(), "mottaker": one.to, "saksbehandler": row.author.name,
        "kontrollertAv": row.second.name if row.second else None, "tilgangsrestriksjon": row.access_code,
        "skjermingshjemmel": rules.LEGAL_BASIS, "format": "PDF/A-2a", "filnavn": file_name(row), "filstoerrelse": row.size,
        "sjekksum": row.sha256, "sjekksumAlgoritme": "SHA-256", "korrigerer": row.corrects.number if row.corrects else None,
    }  # fmt: skip
