"""Opening a case: from a report, or from what was said."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samskap.cases import actions, queries, rules
from samskap.cases.actions import Opening
from samskap.cases.forms import JoinForm, OpenForm
from samskap.cases.models import Case, CasePupil, CaseReport
from samskap.cases.policy import OPEN, READ
from samskap.cases.queries_other import Going
from samskap.cases.views.common import case_url, crumbs, names, show
from samskap.kernel import policy
from samskap.kernel.access import Request, access
from samskap.kernel.forms import save
from samskap.people import api as people
from samskap.people.api import School
from samskap.voice import api as voice
from samskap.voice.api import Report


def _form(request: Request, school: School, **initial: object) -> OpenForm:
    data = request.POST if request.POST.get("what") != "join" else None
    pupils = people.pupils_at(school)
    going = Going(request.actor, school)
    return OpenForm(data or None, pupils=pupils, classes=people.classes_at(school), going=going, initial=initial)


def _opening(form: OpenForm, school: School, reports: tuple[Report, ...] = ()) -> Opening:
    values = form.values
    chosen = [(pupil, rules.Part.SUBJECT) for pupil in values["pupils"]]
    if values["whole_class"] is not None:
        known = {pupil.pk for pupil, _part in chosen}
        chosen += [(pupil, rules.Part.SUBJECT) for pupil in people.pupils_of(values["whole_class"]) if pupil.pk not in known]
    return Opening(
        school=school, about=values["about"], pupils=chosen, reports=reports, raised_on=values["raised_on"],
        whole_class=values["whole_class"], common_plan=values["common_plan"] and len(chosen) > 1,
    )  # fmt: skip


def _open(request: Request, form: OpenForm, school: School, reports: tuple[Report, ...] = ()) -> str:
    case = actions.open_case(by=request.actor, opening=_opening(form, school, reports))
    messages.success(request, _("The case is open. You are responsible for it."))
    _tell_of_others(request, case)
    return case_url(case) if policy.may(READ, request.actor, case) else reverse("cases:list")


def _tell_of_others(request: Request, case: Case) -> None:
    """A pupil of the case is in another one that goes on, and that one may read: perhaps they belong together."""
    if not policy.may(READ, request.actor, case):
        return
    going = Going(request.actor, case.school, but=case)
    rows = CasePupil.objects.filter(case=case, left_at=None).order_by(*queries.ORDER)
    found = [(queries.folder(case, row).name, cases) for row in rows if (cases := going.of_folder(row))]
    if found:
        names = ", ".join(f"{name} ({cases})" for name, cases in found)
        messages.info(request, _("Is in another case that goes on, too: %(names)s. Do they belong together?") % {"names": names})


@access(OPEN, "school", strong=True)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, school: School) -> HttpResponse:
    """A case without a report: somebody has said it, or you have seen it yourselves."""
    form = _form(request, school)
    again = lambda: show(request, "open", form, open_form=form, school=school, crumbs=crumbs(None, _("New case")))  # noqa: E731  (short)
    return save(request, form, lambda: _open(request, form, school), again)


@access(voice.READ, "report", strong=True)
@require_http_methods(["GET", "HEAD", "POST"])
def from_report(request: Request, report: Report) -> HttpResponse:
    """A report becomes a case, or joins one."""
    school = report.school
    if not (policy.may(OPEN, request.actor, school) and voice.may_lead(request.actor, report)):
        raise Http404
    link = CaseReport.objects.filter(report=report).select_related("case").first()
    if link is not None:
        raise Http404
    form, join = _form(request, school), _join(request, report)

    def again() -> HttpResponse:
        back = reverse("voice:report", args=[report.pk])
        return show(
            request, "open", join if join.is_bound else form, open_form=form, join=join, school=school, report=report, back=back,
            crumbs=crumbs(None, _("Open a case")),
        )  # fmt: skip

    if join.is_bound:
        return save(request, join, lambda: _joined(request, report, join), again)
    return save(request, form, lambda: _open(request, form, school, (report,)), again)


def _join(request: Request, report: Report) -> JoinForm:
    rows = queries.joinable(request.actor, report.school, report.receiver)
    by_case = {line.row.pk: names(line.subjects) for line in queries.lines(list(rows[:200]))}
    data = request.POST if request.POST.get("what") == "join" else None
    return JoinForm(data or None, cases=rows, label=lambda row: f"{row.reference}: {by_case.get(row.pk, '')}")


def _joined(request: Request, report: Report, form: JoinForm) -> str:
    case: Case = form.values["case"]
    actions.join(by=request.actor, case=case, report=report)
    messages.success(request, _("The case follows up this report too."))
    _tell_of_others(request, case)
    return case_url(case) if policy.may(READ, request.actor, case) else reverse("cases:list")
