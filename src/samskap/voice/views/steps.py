"""What one who reads a report can do with it: each step is a form, an action, and a sentence afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samskap.kernel import policy
from samskap.kernel.access import Request, access
from samskap.kernel.actions import ActionError
from samskap.kernel.forms import OnceForm, save
from samskap.kernel.policy import Actor
from samskap.people.api import School
from samskap.voice import actions, beyond, forms, queries, readers
from samskap.voice.actions.dialogue import can_be_answered
from samskap.voice.actions.handling import may_belong_to, possible_employees, possible_holders, possible_partial
from samskap.voice.models import Channel, Concerns, Outcome, Receiver, Report, State
from samskap.voice.policy import READ
from samskap.voice.views.common import dialogue_address, show

Make = Callable[[Actor, Report, Any], OnceForm]
Do = Callable[[Actor, Report, OnceForm], object]
Offer = Callable[[Actor, Report], bool]

NEWEST = 50  # so many earlier reports are offered as "the same matter"


@dataclass(frozen=True)
class Step:
    """One thing to do: when it is offered, its form, what it does, what is said afterwards."""

    offer: Offer
    form: Make
    do: Do
    said: Callable[[], str]
    leaves: bool = False


@dataclass(frozen=True)
class Offered:
    """A step as the page shows it."""

    form: OnceForm
    url: str
    wrong: bool = False


def _leads(actor: Actor, row: Report) -> bool:
    kept = row.__dict__.setdefault("_led_by", {})  # asked by many steps of one page
    if actor.person_id not in kept:
        kept[actor.person_id] = readers.may_lead(actor, row)
    return bool(kept[actor.person_id])


def _taken(actor: Actor, row: Report) -> bool:
    return _leads_open(actor, row) and row.responsible_id is not None


def _open(actor: Actor, row: Report) -> bool:
    return row.state != State.CLOSED


def _leads_open(actor: Actor, row: Report) -> bool:
    return _open(actor, row) and _leads(actor, row)


def _plain(form: type[OnceForm]) -> Make:
    return lambda actor, row, data: form(data)


def _label(report: Report) -> str:
    return f"{report.line}, {date_format(timezone.localtime(report.received_at), 'j. F H:i')}"


def _earlier(actor: Actor, row: Report, data: Any) -> OnceForm:
    found = queries.reports(actor).filter(school=row.school_id, receiver=row.receiver, same_as=None)
    earlier = found.filter(received_at__lt=row.received_at).order_by("-received_at")[:NEWEST]
    rows = Report.objects.filter(pk__in=[one.pk for one in earlier if may_belong_to(row, one)]).order_by("-received_at")
    return forms.EarlierForm(data, earlier=rows, label=_label, answered=can_be_answered(row))


def _schools(actor: Actor, row: Report, data: Any) -> OnceForm:
    rows = School.objects.filter(active=True).exclude(pk=row.school_id).order_by("sort_key")
    return forms.SchoolForm(data, schools=rows, answered=can_be_answered(row))


STEPS: dict[str, Step] = {
    "say": Step(
        lambda actor, row: can_be_answered(row),
        _plain(forms.SayForm),
        lambda by, row, form: actions.say(by=by, report=row, **form.values),
        lambda: _("Sent. The one who told sees it with the code words, or when signed in."),
    ),
    "take": Step(
        lambda actor, row: _leads_open(actor, row) and row.responsible_id != actor.person_id,
        _plain(OnceForm),
        lambda by, row, form: actions.take(by=by, report=row),
        lambda: _("You are responsible now."),
    ),
    "give": Step(
        _leads_open,
        lambda actor, row, data: forms.PersonForm(data, people=possible_holders(row)),
        lambda by, row, form: actions.give(by=by, report=row, **form.values),
        lambda: _("Your colleague can read it now. You are still responsible."),
    ),
    "forward": Step(
        lambda actor, row: _open(actor, row) and row.receiver == Receiver.SCHOOL and row.forwarded_at is None,
        _plain(forms.OptionalReasonForm),
        lambda by, row, form: actions.forward(by=by, report=row, **form.values),
        lambda: _("The municipality has it now. You keep working on it too."),
    ),
    "groundless": Step(
        lambda actor, row: _leads_open(actor, row) and queries.owes_owner(row),
        _plain(forms.ReasonForm),
        lambda by, row, form: actions.call_groundless(by=by, report=row, **form.values),
        lambda: _("Noted. The municipality sees the report and your reason."),
    ),
    "employee": Step(
        lambda actor, row: _leads_open(actor, row) and row.concerns == Concerns.PUPILS,
        lambda actor, row, data: forms.EmployeeForm(data, people=possible_employees(row)),
        lambda by, row, form: actions.name_employee(by=by, report=row, **form.values),
        lambda: _("Noted. Such a report goes to the municipality: see what to do at the top of its page."),
        leaves=True,
    ),
    "leadership": Step(
        lambda actor, row: _open(actor, row) and row.concerns != Concerns.LEADERSHIP,
        _plain(OnceForm),
        lambda by, row, form: actions.reroute(by=by, report=row),
        lambda: _("The report is with the municipality now. The school no longer sees it."),
        leaves=True,
    ),
    "return": Step(
        lambda actor, row: actor.owner_wide("handler") and row.receiver == Receiver.OWNER and not beyond.follows(row),
        _plain(forms.ReturnForm),
        lambda by, row, form: actions.return_to_school(by=by, report=row, **form.values),
        lambda: _("The school has it now."),
        leaves=True,
    ),
    "move": Step(
        lambda actor, row: _taken(actor, row) and not beyond.follows(row),
        _schools,
        lambda by, row, form: actions.move(by=by, report=row, **form.values),
        lambda: _("The report is with the right school now."),
        leaves=True,
    ),
    "duplicate": Step(
        _taken,
        _earlier,
        lambda by, row, form: actions.close(by=by, report=row, outcome=Outcome.DUPLICATE, **form.values),
        lambda: _("Taken out of the list. The two belong together now."),
    ),
    "safe": Step(
        lambda actor, row: _taken(actor, row) and not queries.owes_owner(row),
        lambda actor, row, data: forms.SafeForm(data, answered=can_be_answered(row)),
        lambda by, row, form: actions.close(by=by, report=row, outcome=Outcome.SAFE, **form.values),
        lambda: _("Taken out of the list. What the pupil said is kept."),
    ),
    "physical": Step(
        lambda actor, row: _taken(actor, row) and not queries.owes_owner(row),
        lambda actor, row, data: forms.PhysicalForm(data, answered=can_be_answered(row)),
        lambda by, row, form: actions.close(by=by, report=row, outcome=Outcome.PHYSICAL, **form.values),
        lambda: _("Taken out of the list. The reason is kept."),
    ),
    "reopen": Step(
        lambda actor, row: row.state == State.CLOSED and _leads(actor, row),
        _plain(OnceForm),
        lambda by, row, form: actions.reopen(by=by, report=row),
        lambda: _("Back in the list."),
    ),
    "recuse": Step(
        _leads_open,
        lambda actor, row, data: forms.PersonForm(data, people=possible_partial(row)),
        lambda by, row, form: actions.recuse(by=by, report=row, person=form.values["to"]),
        lambda: _("Noted. This person can no longer read the report."),
        leaves=True,
    ),
    "keep": Step(
        lambda actor, row: row.suspect,
        _plain(OnceForm),
        lambda by, row, form: actions.keep(by=by, report=row),
        lambda: _("Noted. It is treated like any other report."),
    ),
    "words": Step(
        lambda actor, row: _leads_open(actor, row) and row.channel != Channel.SIGNED_IN,
        _plain(OnceForm),
        lambda by, row, form: None,
        lambda: "",
    ),
}  # fmt: skip


def offered(actor: Actor, row: Report, wrong: tuple[str, Any] | None = None) -> dict[str, Offered]:
    """What this person can do with it now; a form that was refused comes back as it was sent."""
    found: dict[str, Offered] = {}
    for name, step in STEPS.items():
        if step.offer(actor, row):
            refused = wrong is not None and wrong[0] == name
            form = wrong[1] if refused and wrong is not None else step.form(actor, row, None)
            form.auto_id = f"{name}_%s"
            found[name] = Offered(form, reverse("voice:step", args=[row.pk, name]), refused)
    return found


@access(READ, "report", strong=True)
@require_POST
def step(request: Request, report: Report, step: str) -> HttpResponse:
    """Do one thing with a report."""
    chosen = STEPS.get(step)
    if chosen is None or not chosen.offer(request.actor, report):
        raise Http404
    form = chosen.form(request.actor, report, request.POST)
    form.auto_id = f"{step}_%s"
    if not form.is_valid():
        return _again(request, report, step, form)
    if step == "words":
        return _new_words(request, report, form)

    def do() -> str:
        chosen.do(request.actor, report, form)
        messages.success(request, chosen.said())
        return _next(request.actor, report, chosen)

    return save(request, form, do, lambda: _again(request, report, step, form))


def _next(actor: Actor, report: Report, chosen: Step) -> str:
    stays = not chosen.leaves or policy.may(READ, actor, report)
    return reverse("voice:report", args=[report.pk]) if stays else reverse("voice:inbox")


def _again(request: Request, report: Report, name: str, form: OnceForm) -> HttpResponse:
    from samskap.voice.views.inbox import report_page

    return report_page(request, report, (name, form))


def _new_words(request: Request, report: Report, form: OnceForm) -> HttpResponse:
    """Shown once, in the answer itself: they are stored nowhere."""
    try:
        holder = actions.new_receipt(by=request.actor, report=report, key=form.cleaned_data["once"])
    except ActionError as refused:
        messages.error(request, refused.message)
        return _again(request, report, "words", form)
    return show(request, "words", words=holder.words, report=report, aloud=False, address=dialogue_address())
