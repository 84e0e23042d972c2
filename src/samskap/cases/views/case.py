"""A case, a plan, and who has access and has read."""

from datetime import date

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samskap.cases import actions, queries
from samskap.cases.models import Case, CaseReport, Given, Plan, State
from samskap.cases.policy import LEAD, PLAN, READ, WORK
from samskap.cases.views import wording
from samskap.cases.views.common import crumbs, next_look, next_words, show
from samskap.cases.views.log import log
from samskap.cases.views.stepping import At, offered
from samskap.cases.views.steps import CASE, MEASURES, PLANS, PUPIL
from samskap.cases.views.steps_around import MEETINGS
from samskap.kernel import clock, policy
from samskap.kernel.access import Request, access
from samskap.kernel.policy import Actor
from samskap.law import api as law
from samskap.voice import api as voice

# What stands first on the page, and what is folded away.
FIRST = ("skriv", "tiltak", "avslutt", "oppfolging", "ta-opp-igjen")
# What is done with a pupil from the case's page; all else from the pupil's folder.
OFTEN = ("samtale", "svar", "beste")
# So many pupils have a card each.
CARDS = 4


def read(request: Request, case: Case) -> queries.CaseView:
    """The case, opened; that it was read is logged, and what for."""
    row = actions.opened(by=request.actor, case=case, purpose=queries.purpose_of(request.actor, case))
    return queries.opened(row)


@access(READ, "case", strong=True)
@require_safe
def page(request: Request, case: Case) -> HttpResponse:
    """All of a case on one page: what comes next, the pupils, the plans, what was done."""
    view = read(request, case)
    at = At(request.actor, view, view.row)
    steps = offered(CASE, at)
    eligible = law.county_governor_from(case.raised_on)
    return show(
        request, "case", view=view, case=view.row, crumbs=crumbs(case), steps=_more(case, steps),
        first=_first(case, steps), few=len(view.folders) <= CARDS, next=[(next_words(one), next_look(one)) for one in view.next],
        pupils=[_pupil(at, one) for one in view.folders], plans=[wording.plan(one, view.row) for one in view.plans],
        loose=[wording.measure(one, moves(at, one), wording.to_change(view)) for one in view.loose],
        events=log(at, list(wording.events(view))), meetings=[(one, _meeting(at, one)) for one in view.meetings],
        obstacles=wording.obstacles(view), not_done=wording.not_done(view),
        may_work=policy.may(WORK, request.actor, case), may_lead=policy.may(LEAD, request.actor, case),
        elapsed=wording.elapsed(view.row), eligible=eligible, law_day=date.fromisoformat(view.row.law_version),
    )  # fmt: skip


def _first(case: Case, steps: dict[str, str]) -> list[tuple[str, str]]:
    return [(steps[name], _step(case, name)) for name in FIRST if name in steps]


def _step(case: Case, name: str) -> str:
    return reverse("cases:case_step", args=[case.pk, name])


Links = list[tuple[str, str]]


def _more(case: Case, steps: dict[str, str]) -> list[tuple[str, Links]]:
    """What else can be done, by what it is about."""
    groups = (
        (_("In the case"), ("svar-flere", "beste-flere", "elev", "mote", "drofting")),
        (_("Who works with it"), ("ansvarlig", "kollega", "gjest", "settestedfortreder", "inhabil")),
        (_("With the municipality"), ("kommunen", "grunnlos", "ansatt", "ledelsen", "tilbake")),
    )
    found = [(title, [(steps[name], _step(case, name)) for name in names if name in steps]) for title, names in groups]
    return [(title, links) for title, links in found if links]


def _pupil(at: At, one: queries.Folder) -> wording.PupilCard:
    links = offered(PUPIL, At(at.by, at.view, one.row))
    ways = [(words, reverse("cases:pupil_step", args=[one.row.pk, name])) for name, words in short(links) if name in OFTEN]
    return wording.pupil(one, ways)


def _meeting(at: At, one: queries.MeetingLine) -> list[tuple[str, str]]:
    words = {"referat": _("Write the minutes"), "avlys": _("Cancel the meeting")}
    links = offered(MEETINGS, At(at.by, at.view, one.row))
    return [(words[name], reverse("cases:meeting_step", args=[one.row.pk, name])) for name in links]


def short(links: dict[str, str]) -> list[tuple[str, str]]:
    """What can be done with a pupil, in few words."""
    words = {
        "samtale": _("Write down a talk"), "svar": _("Is it safe now?"), "svar-hjemme": _("What home answers"),
        "svar-skolen": _("What the school thinks"), "ikke-svar": _("No answer to be had"),
        "beste": _("What is best"), "inngrep": _("Physical intervention"), "plan": _("Own or common plan"),
        "ut": _("Take out"),
    }  # fmt: skip
    return [(name, words[name]) for name in links]


def moves(at: At, one: queries.MeasureLine) -> list[tuple[str, str]]:
    """What can be done with a measure."""
    if not policy.may(WORK, at.by, at.case):
        return []
    links = offered(MEASURES, At(at.by, at.view, one.row))
    words = {
        "endre": _("Change"), "startet": _("Under way"), "gjort": _("Carried out"), "slutt": _("End it"),
        "i-plan": _("Into a plan"), "fjern": _("Remove"),
    }  # fmt: skip
    return [(words[name], reverse("cases:measure_step", args=[one.row.pk, name])) for name in links]


@access(PLAN, "plan", strong=True)
@require_safe
def plan(request: Request, plan: Plan) -> HttpResponse:
    """A plan with its measures, and how it read before."""
    view = read(request, plan.case)
    at = At(request.actor, view, plan)
    one = next(found for found in view.plans if found.row.pk == plan.pk)
    steps = [(words, reverse("cases:plan_step", args=[plan.pk, name])) for name, words in offered(PLANS, at).items()]
    change = wording.to_change(view)
    measures = [wording.measure(line, moves(at, line), change) for line in one.measures]
    may_add = policy.may(WORK, request.actor, view.row) and view.row.state == State.OPEN
    return show(
        request, "plan", view=view, case=view.row, plan=wording.plan(one, view.row), measures=measures, steps=steps,
        crumbs=crumbs(view.row, wording.plan(one, view.row).title), versions=list(_versions(view.row, plan)),
        add_url=reverse("cases:case_step", args=[view.row.pk, "tiltak"]) + f"?plan={plan.pk}" if may_add else "",
    )  # fmt: skip


def _versions(case: Case, plan: Plan) -> list[wording.VersionCard]:
    """Each version with what is different from the one before, the newest first."""
    told = queries.versions(case, plan)
    before: list[dict[str, str] | None] = [*(wording.plan_text(words) for _row, words in told[1:]), None][: len(told)]
    return [wording.version(row, words, old) for (row, words), old in zip(told, before, strict=True)]


@access(READ, "case", strong=True)
@require_safe
def who(request: Request, case: Case) -> HttpResponse:
    """Who has access, and who has read."""
    may_lead = policy.may(LEAD, request.actor, case)
    rows = [(row, may_lead and _holds(row)) for row in queries.access_now(case)]
    reads = [(one, wording.purpose(one.purpose)) for one in queries.reads(case)[:200]]
    return show(request, "who", case=case, given=rows, reads=reads, crumbs=crumbs(case, _("Who has access, and who has read")))


def _holds(row: Given) -> bool:
    return row.valid_to is None or row.valid_to >= clock.today()


@access(READ, "case", strong=True)
@require_safe
def report(request: Request, case: Case, number: int) -> HttpResponse:
    """A report that the case began with: whoever works with the case reads it here."""
    links: list[CaseReport] = list(CaseReport.objects.filter(case=case).select_related("report__school").order_by("at", "id"))
    if not 1 <= number <= len(links):
        raise Http404
    actions.opened(by=request.actor, case=case, purpose=queries.purpose_of(request.actor, case))
    found = queries.report_of(links[number - 1])
    link = _to_list(request.actor, links[number - 1])
    return show(
        request, "report", case=case, opened=found, answers=voice.shown(found.text), link=link,
        crumbs=crumbs(case, found.row.line), number=number,
    )  # fmt: skip


def _to_list(actor: Actor, link: CaseReport) -> str:
    """Where one answers the sender; empty for one who only sees the case."""
    may = policy.may(voice.READ, actor, link.report)
    return reverse("voice:report", args=[link.report_id]) if may else ""
