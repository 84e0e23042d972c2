"""What the pages share."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.cases import actions, queries, rules
from samskap.cases.models import Case, CasePupil, Plan
from samskap.cases.queries import Folder
from samskap.kernel.access import Request
from samskap.kernel.forms import OnceForm
from samskap.kernel.ui.layout import Crumb


def show(request: Request, template: str, form: OnceForm | None = None, **context: Any) -> HttpResponse:
    """A page; 422 when its form has errors."""
    status = 422 if form is not None and form.errors else 200
    return render(request, f"cases/{template}.html", {"form": form, "once": uuid4, **context}, status=status)


def note_reading(request: Request, case: Case) -> None:
    """That one reads of a case, and what for: with every page that tells of it, also a form that is shown again."""
    actions.opened(by=request.actor, case=case, purpose=queries.purpose_of(request.actor, case))


def crumbs(case: Case | None = None, *more: str) -> list[Crumb]:
    """The way to a page below the list."""
    found = [Crumb(_("Cases"), reverse("cases:list"))]
    if case is not None:
        found.append(Crumb(case.name, case_url(case)) if more else Crumb(case.name))
    return [*found, *(Crumb(title) for title in more)]


def case_url(case: Case) -> str:
    """A case's page."""
    return reverse("cases:case", args=[case.pk])


def folder_url(pupil: CasePupil) -> str:
    """A pupil's folder."""
    return reverse("cases:folder", args=[pupil.pk])


def plan_url(plan: Plan) -> str:
    """A plan's page."""
    return reverse("cases:plan", args=[plan.pk])


def ideas_url(case: Case, plan: str = "") -> str:
    """Suggested measures for a case, or for one of its plans."""
    address = reverse("cases:ideas", args=[case.pk])
    return f"{address}?plan={plan}" if plan else address


NEXT_LOOK = {
    rules.Next.RESPONSIBLE: "danger", rules.Next.PASS_ON: "danger", rules.Next.SAYS_NO: "danger",
    rules.Next.INVESTIGATE: "warning", rules.Next.EVALUATE: "warning", rules.Next.MEASURE: "warning",
    rules.Next.TALK: "warning", rules.Next.END: "success", rules.Next.FOLLOW: "ongoing",
}  # fmt: skip


def next_words(step: rules.Next) -> str:
    """What comes next, in a few words."""
    return {
        rules.Next.RESPONSIBLE: _("Nobody is responsible any more"),
        rules.Next.PASS_ON: _("Shall go to the municipality"),
        rules.Next.SAYS_NO: _("The pupil says no: change the plan"),
        rules.Next.INVESTIGATE: _("Home says no: find out"),
        rules.Next.HEAR: _("Talk with the pupils"),
        rules.Next.PLAN: _("Finish the plan"),
        rules.Next.EVALUATE: _("Evaluate the plan"),
        rules.Next.MEASURE: _("A measure is over its date"),
        rules.Next.MEETING: _("Meeting: write the minutes afterwards"),
        rules.Next.ASK: _("Ask the pupil again"),
        rules.Next.TALK: _("Follow-up talk"),
        rules.Next.END: _("May end"),
        rules.Next.FOLLOW: _("Follow up"),
    }[step]


def next_look(step: rules.Next) -> str:
    """How it is shown."""
    return NEXT_LOOK.get(step, "info")


def names(folders: tuple[Folder, ...]) -> str:
    """Some names, and how many more."""
    shown = ", ".join(one.name for one in folders[:3])
    more = len(folders) - 3
    return shown if more <= 0 else shown + " " + ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more}
