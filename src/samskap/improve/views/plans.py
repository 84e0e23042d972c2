"""Own plans, a plan's page, its beginning and end, history, paper, sharing, and the owner's overview."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.improve import actions, queries, rules
from samskap.improve.forms import DirectionForm, ShareForm, StartForm
from samskap.improve.models import Plan
from samskap.improve.policy import OWN, READ, SEE_ALL, SHARE, START, WRITE
from samskap.improve.views.common import crumbs, field_labels, names_of, next_sentence, plan_url, show, steps
from samskap.kernel import clock, policy
from samskap.kernel.access import Request, access
from samskap.kernel.forms import OnceForm, press, save
from samskap.people.api import School, current_year

PER_PAGE = 5
MEASURES_PER_PAGE = 20
CHANGES_PER_PAGE = 25
SCHOOLS_PER_PAGE = 30


@access(OWN)
@require_safe
def own(request: Request) -> HttpResponse:
    """The plans of one's schools, the newest first."""
    actor = request.actor
    schools = list(queries.own_schools(actor))
    startable = policy.visible(START, actor).order_by("sort_key")
    pages = Paginator(queries.plans(actor).filter(school__in=schools), PER_PAGE)
    page = pages.get_page(request.GET.get("side"))
    facts = queries.facts_of(page)
    rows = [(plan, names_of(rules.stage(facts[plan.pk], clock.today()))) for plan in page]
    mine = queries.my_measures(actor)
    return show(request, "own", startable=startable, page=page, rows=rows, mine=mine[:5], several=len(schools) > 1)


@access(OWN)
@require_safe
def mine(request: Request) -> HttpResponse:
    """The measures that one is responsible for, those that wait first."""
    page = Paginator(queries.my_measures(request.actor), MEASURES_PER_PAGE).get_page(request.GET.get("side"))
    return show(request, "mine", page=page)


@access(START, "school")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, school: School) -> HttpResponse:
    """Begin a plan."""
    now = current_year()
    start = now.start if now else 2026
    form = StartForm(request.POST or None, years=[start, start + 1], initial={"first_year": start})

    def again() -> HttpResponse:
        return show(request, "new", form, school=school)

    def do() -> str:
        return plan_url(actions.start_plan(by=request.actor, school=school, **form.values))

    return save(request, form, do, again)


@access(READ, "plan")
@require_safe
def plan_page(request: Request, plan: Plan) -> HttpResponse:
    """The plan at a glance: stages, what comes next, strengths first, goals with measures and involvement."""
    view = queries.plan_view(plan)
    return show(
        request, "plan", view=view, plan=plan, steps=steps(view), next=next_sentence(view), crumbs=crumbs(plan),
        may_write=policy.may(WRITE, request.actor, plan), may_share=policy.may(SHARE, request.actor, plan),
        stage=names_of(view.stage), waiting=[m for m in queries.my_measures(request.actor) if m.row.goal.plan_id == plan.pk],
    )  # fmt: skip


@access(WRITE, "plan", known=READ)
@require_http_methods(["GET", "HEAD", "POST"])
def direction(request: Request, plan: Plan) -> HttpResponse:
    """Where the school wants to go."""
    form = DirectionForm(request.POST or None, initial={"direction": plan.direction, "version": plan.version})

    def again() -> HttpResponse:
        return show(request, "direction", form, plan=plan, crumbs=crumbs(plan, _("Where do we want to go?")))

    def do() -> str:
        actions.set_direction(by=request.actor, plan=plan, version=form.cleaned_data["version"], **form.values)
        messages.success(request, _("Saved."))
        return f"{plan_url(plan)}#direction"

    return save(request, form, do, again)


@access(READ, "plan")
@require_safe
def history(request: Request, plan: Plan) -> HttpResponse:
    """Every version with what differs, the newest first."""
    pages = Paginator(queries.history_of(plan), CHANGES_PER_PAGE)
    page = pages.get_page(request.GET.get("side"))
    return show(request, "history", plan=plan, page=page, crumbs=crumbs(plan, _("History")), labels=field_labels())


@access(READ, "plan")
@require_safe
def paper(request: Request, plan: Plan) -> HttpResponse:
    """The plan as one clean document for paper."""
    view = queries.plan_view(plan)
    return show(request, "paper", view=view, plan=plan, stage=names_of(view.stage), today=clock.today())


@access(SHARE, "plan", known=READ)
@require_POST
def share(request: Request, plan: Plan) -> HttpResponse:
    """Let the municipality read the plan, or stop it."""
    form = ShareForm(request.POST)

    def do() -> str:
        wanted = form.cleaned_data["shared"] == "yes"
        actions.share_plan(by=request.actor, plan=plan, shared=wanted)
        shown = _("The municipality can now read the plan.")
        hidden = _("The municipality no longer sees what is in the plan, only stage and dates.")
        messages.success(request, shown if wanted else hidden)
        return plan_url(plan)

    return press(request, form, do, plan_url(plan))


@access(WRITE, "plan", known=READ)
@require_POST
def continue_plan(request: Request, plan: Plan) -> HttpResponse:
    """Close the plan and begin the next period with the goals that go on."""

    def do() -> str:
        length = 2 if request.POST.get("length") == "2" else 1
        new_plan = actions.continue_plan(by=request.actor, plan=plan, length=length)
        messages.success(request, _("The next period has begun. The goals that continue have come along."))
        return plan_url(new_plan)

    return press(request, OnceForm(request.POST), do, plan_url(plan))


@access(SEE_ALL)
@require_safe
def all_schools(request: Request) -> HttpResponse:
    """Stage and dates of all schools, for the owner's adviser and steering group."""
    page = Paginator(queries.followed_schools(request.actor), SCHOOLS_PER_PAGE).get_page(request.GET.get("side"))
    found = queries.all_schools(request.actor, page)
    rows = [(row, names_of(row.stage) if row.stage else "") for row in found]
    return show(request, "all_schools", page=page, rows=rows)
