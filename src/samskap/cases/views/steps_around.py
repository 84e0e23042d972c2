"""Steps around a case: meetings, physical interventions, questions to PPT, the choice of a plan, taking somebody out."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from samskap.cases import actions, forms, forms_answers, forms_around
from samskap.cases.actions import Call
from samskap.cases.actions.consulting import advisers
from samskap.cases.models import Meeting, Part, Side
from samskap.cases.policy import LEAD
from samskap.cases.views.stepping import At, Step, name_of, open_and, plain
from samskap.kernel.forms import OnceForm


def _call(at: At, form: Any) -> object:
    values = form.values
    pupil = forms.find(at.view.folders, values.pop("pupil", ""))
    return actions.call_meeting(by=at.by, case=at.case, call=Call(pupil=pupil, **values))


CASE: Mapping[str, Step] = {
    "mote": Step(
        lambda at: _("Call a meeting"), lambda at, data: forms_around.CallForm(data, folders=at.view.folders), _call,
        lambda: _("The meeting is called. It stands in the case until the minutes are written."),
        lead=lambda at: _("The letter with the invitation is written under “Documents”, where those at home need one."),
        button=lambda: _("Call the meeting"),
    ),
    "svar-flere": Step(
        lambda at: _("Write down several answers"),
        lambda at, data: forms_answers.SeveralAnswersForm(data, folders=at.view.subjects),
        lambda at, form: actions.ask_several(by=at.by, case=at.case, said=form.said, on=form.values["on"]),
        lambda: _("The answers are written down."), offer=lambda at: len(at.view.subjects) > 1,
        template="several",
        lead=lambda at: _("Is it safe and good at school now? Ask each pupil alone. What you leave open is not asked."),
    ),
    "beste-flere": Step(
        lambda at: _("What is best, for several"),
        lambda at, data: forms_answers.SeveralWeighForm(data, folders=at.view.folders),
        lambda at, form: actions.weigh_several(by=at.by, case=at.case, **form.values),
        lambda: _("It is written down."), offer=open_and(lambda at: len(at.view.folders) > 1),
    ),
    "drofting": Step(
        lambda at: _("Ask PPT, without names"), plain(forms_around.ConsultForm),
        lambda at, form: actions.consult(by=at.by, case=at.case, **form.values),
        lambda: _("PPT has your question. The answer comes into the case."),
        offer=open_and(lambda at: bool(advisers(at.case))),
        lead=lambda at: _("Often this is enough. PPT does not see the case, and does not learn whom it is about."),
        button=lambda: _("Send the question"),
    ),
    "tilbake": Step(
        lambda at: _("Give the case back to the school"), plain(forms.WhyForm),
        lambda at, form: actions.give_back(by=at.by, case=at.case, **form.values),
        lambda: _("The school works on the case now. You still see it."), LEAD,
        offer=open_and(lambda at: at.case.side == Side.OWNER and at.by.owner_wide("handler")),
        lead=lambda at: _(
            "When it was not about the leadership after all, or when there is a leader again who can follow it up. "
            "The leadership then sees all of the case."
        ),
        button=lambda: _("Give it back"), danger=True,
    ),
}  # fmt: skip


def _plan_form(at: At, data: Any) -> OnceForm:
    plans = [(value, label) for value, label in forms.plan_choices(at.view.plans) if value != str(at.row.plan_id or "")]
    alone = _has_own_plan(at)
    own = [] if alone else [("", _("An own plan"))]
    named = [(value, _("The same plan as %(names)s") % {"names": label}) for value, label in plans]
    return forms_around.ChoosePlanForm(data, plans=[*own, *named])


def _has_own_plan(at: At) -> bool:
    return any(one.row.pk == at.row.plan_id and len(one.folders) == 1 for one in at.view.plans)


def _choose(at: At, form: Any) -> object:
    wanted = form.values["plan"]
    plan = next((one.row for one in at.view.plans if str(one.row.pk) == wanted), None)
    return actions.choose_plan(by=at.by, pupil=at.row, plan=plan)


def _several(at: At) -> bool:
    return at.row.part == Part.SUBJECT and len(at.view.subjects) > 1


def _may_leave(at: At) -> bool:
    return (at.row.part == Part.INVOLVED or _several(at)) and not at.row.not_safe and at.row.guardian_no_at is None


PUPIL: Mapping[str, Step] = {
    "inngrep": Step(
        lambda at: _("Physical intervention: %(name)s") % {"name": name_of(at)}, plain(forms_around.InterveneForm),
        lambda at, form: actions.intervene(by=at.by, pupil=at.row, **form.values), lambda: _("It is written down."),
        lead=lambda at: _("Every one is written down, with the pupil's own view (§ 13-5). The principal tells those at home."),
    ),
    "plan": Step(
        lambda at: _("Own or common plan for %(name)s") % {"name": name_of(at)}, _plan_form, _choose,
        lambda: _("Noted. Look through the plan: it may lack something now."), offer=open_and(_several),
        lead=lambda at: _("All families whose children have a plan in common read the same plan. What is aimed at one pupil "
                          "stands in that pupil's alone."),
    ),
    "ut": Step(
        lambda at: _("Take %(name)s out of the case") % {"name": name_of(at)}, plain(forms.WhyForm),
        lambda at, form: actions.take_out(by=at.by, pupil=at.row, **form.values), lambda: _("The pupil is taken out."), LEAD,
        offer=open_and(_may_leave),
        lead=lambda at: _("When the pupil has nothing to do with it. What was written stays, and the family's page closes."),
        button=lambda: _("Take out"), danger=True,
    ),
}  # fmt: skip


def _hold_form(at: At, data: Any) -> OnceForm:
    initial = {"who": _invited(at), "on": timezone.localdate(at.row.starts_at)}
    return forms_around.HoldForm(data, about_pupil=at.row.pupil_id is not None, initial=initial)


def _invited(at: At) -> str:
    return next((one.invited for one in at.view.meetings if one.row.pk == at.row.pk), "")


MEETINGS: Mapping[str, Step] = {
    "referat": Step(
        lambda at: _("Minutes of the meeting"), _hold_form,
        lambda at, form: actions.hold_meeting(by=at.by, meeting=at.row, **form.values),
        lambda: _("The minutes are written down."), offer=lambda at: at.row.state == Meeting.State.CALLED,
    ),
    "avlys": Step(
        lambda at: _("Cancel the meeting"), plain(forms.WhyForm),
        lambda at, form: actions.cancel_meeting(by=at.by, meeting=at.row, **form.values), lambda: _("The meeting is cancelled."),
        offer=lambda at: at.row.state == Meeting.State.CALLED,
        lead=lambda at: _("If the family was invited, they see that it is cancelled, and why."),
        button=lambda: _("Cancel the meeting"), danger=True,
    ),
}  # fmt: skip
