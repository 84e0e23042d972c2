""" "Nye meldinger": the list, a report's page, its images, its copy on paper."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samskap.kernel import clock, documents
from samskap.kernel.access import Request, access
from samskap.kernel.policy import Actor
from samskap.voice import actions, answers, beyond, papers, queries
from samskap.voice.models import Report
from samskap.voice.policy import INBOX, READ
from samskap.voice.views.common import elapsed, inbox_crumbs, show, title_of
from samskap.voice.views.steps import offered

PER_PAGE = 20


@dataclass(frozen=True)
class Line:
    """A report in the list: nothing of what was told, only what orders it."""

    row: Report
    elapsed: str
    news: bool
    owes_owner: bool
    unread: bool
    not_better: bool


def lines(actor: Actor, page: Page[Report]) -> list[Line]:
    """The rows of a page."""
    worse = queries.say_not_better(page.object_list)
    return [
        Line(row, elapsed(row.known_at), queries.has_news(row), queries.owes_owner(row), _unread(actor, row), row.pk in worse)
        for row in page
    ]


def _unread(actor: Actor, row: Report) -> bool:
    """Has nobody on the actor's side read it? What a school has passed on counts as unread until a handler has read it."""
    passed_on = row.receiver == "school" and (row.forwarded_at or row.groundless_at)
    return (row.owner_read_at if passed_on and actor.owner_wide("handler") else row.opened_at) is None


@access(INBOX, strong=True)
@require_safe
def inbox(request: Request) -> HttpResponse:
    """What has come in and has not left the list, ordered by urgency and then by how long the school has known."""
    page = Paginator(queries.inbox(request.actor), PER_PAGE).get_page(request.GET.get("side"))
    return show(
        request, "inbox", page=page, lines=lines(request.actor, page), unopened=queries.unopened_schools(request.actor),
        several=len(request.actor.schools("leader")) != 1,
    )  # fmt: skip


@access(INBOX, strong=True)
@require_safe
def left(request: Request) -> HttpResponse:
    """What was taken out of the list, and why."""
    page = Paginator(queries.left_the_list(request.actor), PER_PAGE).get_page(request.GET.get("side"))
    return show(request, "left", page=page, crumbs=inbox_crumbs(_("Taken out of the list")))


@access(READ, "report", strong=True)
@require_safe
def report(request: Request, report: Report) -> HttpResponse:
    """A report, opened; that it was read is logged."""
    return report_page(request, report)


def _same_as(actor: Actor, row: Report) -> Report | None:
    """The earlier report, for one who may read that one too."""
    return queries.reports(actor).filter(pk=row.same_as_id).first() if row.same_as_id else None


def report_page(request: Request, report: Report, wrong: tuple[str, object] | None = None) -> HttpResponse:
    """The page, with a form that was refused, if any: (step, form)."""
    row = actions.opened(by=request.actor, report=report)
    opened = queries.opened(row)
    steps = offered(request.actor, row, wrong)
    failed = wrong is not None
    response = show(
        request, "report", report=row, opened=opened, answers=list(answers.shown(opened.text)), elapsed=elapsed(row.known_at),
        here_for=elapsed(row.here_since) if row.here_since else "",
        steps=steps, say=steps.pop("say", None), title=title_of(row), crumbs=inbox_crumbs(title_of(row)),
        owes_owner=queries.owes_owner(row), may_fetch_images=True, law_day=date.fromisoformat(row.law_version),
        same_as=_same_as(request.actor, row), news=queries.has_news(row),
        ways=beyond.ways(request.actor, row),
    )  # fmt: skip
    response.status_code = 422 if failed else 200
    return response


@access(READ, "report", strong=True)
@require_safe
def image(request: Request, report: Report, image: UUID) -> HttpResponse:
    """An image, as a file to save; a browser never shows it as a page of ours."""
    found = queries.image(report, image)
    if found is None:
        raise Http404
    row, data = found
    actions.opened(by=request.actor, report=report)
    ending = {"image/jpeg": "jpg", "image/png": "png"}[row.media_type]
    return HttpResponse(
        data,
        content_type=row.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="bilde-{row.pk.hex[:8]}.{ending}"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        },
    )


@access(READ, "report", strong=True)
@require_safe
def copy(request: Request, report: Report) -> HttpResponse:
    """The report with dialogue and steps, as a document for the case file."""
    row = actions.opened(by=request.actor, report=report)
    document = papers.report_copy(queries.opened(row), by=request.actor.name, language=get_language() or "nb")
    return documents.response(documents.render(document, at=clock.now()), f"melding-{row.pk.hex[:8]}.pdf")
