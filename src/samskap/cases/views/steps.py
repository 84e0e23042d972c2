"""What is done in a case: each step is a form, an action, and a sentence afterwards. One page for each."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samskap.cases import actions, forms, forms_answers, queries, queries_around, rules
from samskap.cases.actions import NewMeasure
from samskap.cases.actions import access as giving
from samskap.cases.actions.plans import Changed, may_carry_out, seen_as
from samskap.cases.actions.timeline import kinds_for
from samskap.cases.models import Case, CasePupil, Concerns, Entry, Given, Measure, Meeting, Part, Plan, Side, State
from samskap.cases.policy import ENTRY, FOLDER, GIVEN, LEAD, MEASURE, MEETING, PLAN, READ, WORK
from samskap.cases.queries_other import Going
from samskap.cases.views import steps_answers, steps_around, steps_lines
from samskap.cases.views.common import case_url, crumbs, folder_url, ideas_url, note_reading, plan_url, show
from samskap.cases.views.stepping import At, Step, name_of, open_and, plain
from samskap.kernel import policy
from samskap.kernel.access import Request
from samskap.kernel.access import access as allowed
from samskap.kernel.forms import OnceForm, save
from samskap.people import api as people


def _school(at: At) -> bool:
    return at.case.side == Side.SCHOOL


# What is done with the case itself.


def _write_form(at: At, data: Any) -> OnceForm:
    guest = not policy.may(WORK, at.by, at.case)
    kinds = list(kinds_for(guest))
    chosen = {"kind": at.kind} if at.kind in kinds else {}
    return forms.WriteForm(data, folders=at.view.folders, kinds=kinds, initial=chosen)


def _write(at: At, form: Any) -> object:
    values = form.values
    pupil = forms.find(at.view.folders, values.pop("pupil", ""))
    return actions.write(by=at.by, case=at.case, pupil=pupil, **values)


def _measure_form(at: At, data: Any, kind: type[forms.MeasureForm] = forms.MeasureForm, **initial: Any) -> OnceForm:
    plans = forms.plan_choices(at.view.plans)
    if not initial:
        only = plans[0][0] if len(plans) == 1 else ""
        initial = {"plan": at.wanted or only, "text": at.idea}
    return kind(data, staff=may_carry_out(at.case), folders=at.view.folders, plans=plans, initial=initial)


def _new_measure(at: At, form: Any) -> NewMeasure:
    values = form.values
    return NewMeasure(
        text=values["text"], responsible=values["responsible"], starts_on=values["starts_on"], ends_on=values["ends_on"],
        pupil=forms.find(at.view.folders, values.get("pupil", "")), neutral=values.get("neutral", ""),
        touched=[found for wanted in values.get("touched", ()) if (found := forms.find(at.view.folders, wanted))],
    )  # fmt: skip


def _add_measure(at: At, form: Any) -> object:
    wanted = form.values.get("plan", "")
    plan = next((one.row for one in at.view.plans if str(one.row.pk) == wanted), None)
    return actions.add_measure(by=at.by, case=at.case, measure=_new_measure(at, form), plan=plan, started=form.values["started"])


def _employees(at: At) -> list[Any]:
    return list(people.staff_of(at.case.school_id))


def _talk(at: At, form: Any) -> object:
    told = {name: form.values[name] for name in ("text", "on", "why_not")}
    return actions.talk(by=at.by, case=at.case, said=form.said, **told)


def _invite(at: At, form: Any) -> object:
    values = form.values
    yes = [found for wanted in values.pop("said_yes", ()) if (found := forms.find(at.view.folders, wanted))]
    return actions.invite(by=at.by, case=at.case, said_yes=yes, **values)


def _before_adding(at: At) -> str:
    names = ", ".join(given.person.name for given in giving.consenting_guests(at.case))
    text = _("%(names)s reads the case because the families have said yes, and loses sight of it until this family has too.")
    return text % {"names": names} if names else ""


def _pupils_form(at: At, data: Any) -> OnceForm:
    there = [one.person_id for one in at.view.folders if one.person_id]
    return forms.AddPupilForm(
        data, pupils=people.pupils_at(at.case.school).exclude(person_id__in=there), going=Going(at.by, at.case.school)
    )


CASE: Mapping[str, Step] = {
    "skriv": Step(
        lambda at: _("Write down what was done"), _write_form, _write, lambda: _("Written down."), READ,
        lead=lambda at: _("As short as it can be. What you write cannot be changed, only corrected."),
    ),
    "tiltak": Step(
        lambda at: _("New measure"), _measure_form, _add_measure, lambda: _("The measure is noted."),
        lead=lambda at: _("A measure can start at once. The plan is finished beside it."),
        more=lambda at: (_("See suggested measures"), ideas_url(at.case, at.wanted)),
    ),
    "elev": Step(
        lambda at: _("Add a pupil"), _pupils_form,
        lambda at, form: actions.add_pupil(by=at.by, case=at.case, **form.values),
        lambda: _("The pupil is added."), lead=_before_adding,
    ),
    "kommunen": Step(
        lambda at: _("Pass the case on to the municipality"), plain(forms.WhyForm),
        lambda at, form: actions.pass_on(by=at.by, case=at.case, **form.values),
        lambda: _("The municipality has the case now. You keep working on it too."),
        offer=open_and(lambda at: _school(at) and at.case.passed_on_at is None),
        lead=lambda at: _("In serious cases the municipality shall know. You keep working with the case too."),
        button=lambda: _("Pass it on"),
    ),
    "grunnlos": Step(
        lambda at: _("The case is openly groundless"), plain(forms.WhyForm),
        lambda at, form: actions.call_groundless(by=at.by, case=at.case, **form.values),
        lambda: _("Noted. The municipality sees the case and your reason."), LEAD,
        offer=open_and(lambda at: rules.Next.PASS_ON in at.view.next),
        lead=lambda at: _("Only when anybody can see that it cannot be true. When in doubt: pass the case on."),
        button=lambda: _("Save the reason"),
    ),
    "ansatt": Step(
        lambda at: _("The case is about somebody who works here"),
        lambda at, data: forms.EmployeeForm(data, people=_employees(at)),
        lambda at, form: actions.name_employee(by=at.by, case=at.case, **form.values),
        lambda: _("Noted. The municipality shall know of it."), LEAD,
        offer=open_and(lambda at: _school(at) and at.case.concerns == Concerns.PUPILS),
        lead=lambda at: _(
            "Then the municipality shall know at once (§ 12-5). If it is somebody in the leadership, the municipality works the "
            "case from now on, and you no longer see it."
        ),
        button=lambda: _("Note it"), danger=True,
    ),
    "ledelsen": Step(
        lambda at: _("The case is about somebody in the leadership"), plain(OnceForm),
        lambda at, form: actions.name_leadership(by=at.by, case=at.case),
        lambda: _("The municipality works on the case now. The school no longer sees it."), LEAD,
        offer=open_and(_school),
        lead=lambda at: _("From then on nobody at the school sees the case, not even you."),
        button=lambda: _("Move the case to the municipality"), danger=True,
    ),
    "ansvarlig": Step(
        lambda at: _("Hand the case over"),
        lambda at, data: forms.PersonForm(data, people=_others_responsible(at)),
        lambda at, form: actions.hand_over(by=at.by, case=at.case, **form.values),
        lambda: _("Somebody else is responsible now."), LEAD, offer=open_and(lambda at: bool(_others_responsible(at))),
        lead=lambda at: _("There is always one who is responsible. The family sees the name."),
        button=lambda: _("Hand over"),
    ),
    "kollega": Step(
        lambda at: _("Let a colleague work in the case"),
        lambda at, data: forms.PersonForm(data, people=giving.possible_workers(at.case), label=_("Colleague")),
        lambda at, form: actions.give(by=at.by, case=at.case, **form.values),
        lambda: _("Your colleague can see the case now."), LEAD, offer=open_and(_school),
        lead=lambda at: _("The colleague reads all of it and writes in it. Only those who are trained in privacy can be chosen."),
        button=lambda: _("Give access"),
    ),
    "gjest": Step(
        lambda at: _("Invite a guest from PPT"),
        lambda at, data: forms.InviteForm(data, people=giving.possible_guests(at.case), folders=at.view.folders), _invite,
        lambda: _("The guest can read the case until the day you chose."), LEAD,
        lead=lambda at: _("Talk about it without names first: often that is enough."),
        button=lambda: _("Invite"),
    ),
    "settestedfortreder": Step(
        lambda at: _("Appoint somebody to lead the case"),
        lambda at, data: forms.PersonForm(data, people=giving.possible_substitutes(at.case)),
        lambda at, form: actions.appoint(by=at.by, case=at.case, **form.values),
        lambda: _("Appointed, and responsible from now on."), LEAD,
        offer=open_and(lambda at: at.case.side == Side.OWNER and at.by.owner_wide("handler")),
        lead=lambda at: _("In the leadership's place: somebody who leads another school (Public Administration Act § 6)."),
        button=lambda: _("Appoint"),
    ),
    "inhabil": Step(
        lambda at: _("Somebody here is involved and must not see it"),
        lambda at, data: forms.PersonForm(data, people=_employees(at)),
        lambda at, form: actions.recuse(by=at.by, case=at.case, person=form.values["to"]),
        lambda: _("Noted. This person can no longer see the case."), LEAD, offer=lambda at: True,
        lead=lambda at: _("Also yourself. If nobody in the leadership is left, the municipality works on the case."),
        button=lambda: _("Shut this person out of the case"), danger=True,
    ),
    "avslutt": Step(
        lambda at: _("End the follow-up"), lambda at, data: forms.EndForm(data, measures=queries.all_measures(at.view)),
        lambda at, form: actions.end(by=at.by, case=at.case, **form.values),
        lambda: _("The follow-up has ended. On the day you chose it waits in “My day”."), LEAD,
        offer=open_and(lambda at: not at.view.obstacles),
        lead=lambda at: _("A later “no” from the pupil starts it again."),
        button=lambda: _("End the follow-up"),
    ),
    "oppfolging": Step(
        lambda at: _("Follow-up talk"), lambda at, data: forms_answers.TalkForm(data, folders=at.view.subjects), _talk,
        lambda: _("Written down."),
        offer=lambda at: at.case.state == State.ENDED and at.case.talk_held_on is None,
    ),
    "ta-opp-igjen": Step(
        lambda at: _("Take the case up again"), plain(forms.WhyForm),
        lambda at, form: actions.take_up_again(by=at.by, case=at.case, **form.values),
        lambda: _("Noted."), offer=lambda at: at.case.state == State.ENDED,
        button=lambda: _("Take it up again"),
    ),
    **steps_around.CASE,
}  # fmt: skip


def _others_responsible(at: At) -> list[Any]:
    return [one for one in giving.may_be_responsible(at.case) if one.pk != at.case.responsible_id]


# What is done with one pupil.


PUPIL: Mapping[str, Step] = {
    "samtale": Step(
        lambda at: _("Talk with %(name)s") % {"name": name_of(at)}, plain(forms.HearForm),
        lambda at, form: actions.hear(by=at.by, pupil=at.row, **form.values), lambda: _("The talk is written down."),
        lead=lambda at: _("Every pupil is heard, whatever their age (§ 10-2)."),
    ),
    **steps_answers.ANSWERS,
    "ikke-svar": Step(
        lambda at: _("Why %(name)s has not answered") % {"name": name_of(at)}, plain(forms.WhyForm),
        lambda at, form: actions.no_answer(by=at.by, pupil=at.row, **form.values), lambda: _("The reason is written down."),
        offer=open_and(lambda at: at.row.part == Part.SUBJECT and not at.row.answer),
        lead=lambda at: _("Only when the pupil's own answer cannot be had. It never stands in for a no."),
    ),
    "beste": Step(
        lambda at: _("What is best for %(name)s") % {"name": name_of(at)}, plain(forms.WeighForm),
        lambda at, form: actions.weigh(by=at.by, pupil=at.row, **form.values), lambda: _("It is written down."),
    ),
    **steps_around.PUPIL,
}  # fmt: skip


# What is done with a plan, a measure, an entry, an access.


def _plan_of(at: At) -> queries.PlanView:
    return next(one for one in at.view.plans if one.row.pk == at.row.pk)


def _plan_form(at: At, data: Any) -> OnceForm:
    plan = _plan_of(at)
    return forms.PlanForm(
        data, initial={"version": plan.row.version, "problem": plan.problem, "evaluate_on": plan.row.evaluate_on}
    )


def _evaluate_form(at: At, data: Any) -> OnceForm:
    plan = _plan_of(at)
    return forms_answers.EvaluateForm(
        data, measures=plan.measures, folders=plan.folders, homes=lambda folder: steps_answers.homes(at.case, folder.row)
    )


def _evaluate(at: At, form: Any) -> object:
    values = form.values
    told = {name: values[name] for name in ("text", "on", "next_on")}
    verdicts, effects = form.chosen("verdict"), form.chosen("effect")
    return actions.evaluate(by=at.by, plan=at.row, verdicts=verdicts, effects=effects, said=form.said, **told)


PLANS: Mapping[str, Step] = {
    "skriv": Step(
        lambda at: _("Write the plan"), _plan_form,
        lambda at, form: actions.write_plan(by=at.by, plan=at.row, version=form.cleaned_data["version"], **form.values),
        lambda: _("The plan is saved."),
    ),
    "gjeld": Step(
        lambda at: _("Put the plan in force"), plain(OnceForm), lambda at, form: actions.put_in_force(by=at.by, plan=at.row),
        lambda: _("The plan is in force."),
        offer=open_and(lambda at: at.row.in_force_at is None and not _plan_of(at).missing),
        lead=steps_lines.who_reads_the_plan, more=steps_lines.to_a_closed_page, button=lambda: _("Put the plan in force"),
    ),
    "evaluer": Step(
        lambda at: _("Evaluate the plan"), _evaluate_form, _evaluate,
        lambda: _("The evaluation is saved."),
        offer=open_and(lambda at: at.row.in_force_at is not None),
        lead=lambda at: _("Talk with the pupil and those at home first."),
    ),
}  # fmt: skip


def _change_form(at: At, data: Any) -> OnceForm:
    words = next(one for one in queries.all_measures(at.view) if one.row.pk == at.row.pk)
    now = {
        "text": words.text, "neutral": words.neutral, "responsible": at.row.responsible_id, "starts_on": at.row.starts_on,
        "ends_on": at.row.ends_on, "pupil": str(at.row.pupil_id or ""), "touched": [str(pk) for pk in words.touched],
        "as_seen": seen_as(at.case, at.row),
    }  # fmt: skip
    return _measure_form(at, data, forms.ChangeMeasureForm, **now)


def _moving(stage: rules.Stage, title: Callable[[], str], said: Callable[[], str]) -> Step:
    return Step(
        lambda at: title(), lambda at, data: forms.MoveForm(data, stage=stage),
        lambda at, form: actions.move_measure(by=at.by, row=at.row, stage=stage, **form.values), said,
        offer=open_and(lambda at: stage in rules.NEXT_STAGES[rules.Stage(at.row.stage)]),
    )  # fmt: skip


def _into(at: At, form: Any) -> object:
    wanted = form.values["plan"]
    plan = next(one.row for one in at.view.plans if str(one.row.pk) == wanted)
    return actions.into_plan(by=at.by, row=at.row, plan=plan)


MEASURES: Mapping[str, Step] = {
    "endre": Step(
        lambda at: _("Change the measure"), _change_form,
        lambda at, form: actions.change_measure(
            by=at.by, row=at.row, measure=_new_measure(at, form), seen=form.cleaned_data["as_seen"]
        ),
        lambda: _("The measure is changed."),
    ),
    "startet": _moving(rules.Stage.STARTED, lambda: _("The measure is under way"), lambda: _("Noted: it is under way.")),
    "gjort": _moving(rules.Stage.DONE, lambda: _("The measure is carried out"), lambda: _("Noted: it is carried out.")),
    "slutt": _moving(rules.Stage.ENDED, lambda: _("End the measure"), lambda: _("The measure has ended.")),
    "i-plan": Step(
        lambda at: _("Take it into a plan"), lambda at, data: forms.IntoPlanForm(data, plans=forms.plan_choices(at.view.plans)),
        _into, lambda: _("It stands in the plan now."),
        offer=open_and(lambda at: at.row.plan_id is None and bool(at.view.plans)),
    ),
    "fjern": Step(
        lambda at: _("Remove the measure"), plain(forms.WhyForm),
        lambda at, form: actions.remove_measure(by=at.by, row=at.row, **form.values), lambda: _("The measure is removed."),
        offer=open_and(lambda at: at.row.stage == "planned"), danger=True, button=lambda: _("Remove"),
    ),
}  # fmt: skip

ACCESS: Mapping[str, Step] = {
    "avslutt": Step(
        lambda at: _("End the access"), plain(OnceForm), lambda at, form: actions.end_access(by=at.by, given=at.row),
        lambda: _("The access has ended."), LEAD, offer=lambda at: True, button=lambda: _("End the access"), danger=True,
    ),
}  # fmt: skip


def _run(request: Request, steps: Mapping[str, Step], name: str, case: Case, row: Any, back: str) -> HttpResponse:
    step = steps.get(name)
    if step is None or not policy.may(step.verb, request.actor, case):
        raise Http404
    at = At(request.actor, queries.opened(case), row, request.GET.get("plan", ""), _idea(request), request.GET.get("hva", ""))
    if not step.offer(at):
        raise Http404
    form = step.form(at, request.POST or None)
    back = next((plan_url(one.row) for one in at.view.plans if str(one.row.pk) == at.wanted), back)

    def do() -> str:
        try:
            step.do(at, form)
        except Changed as changed:
            form.show_theirs(changed.theirs, changed.seen)  # type: ignore[attr-defined]  # what can change meanwhile has it
            raise
        messages.success(request, step.said())
        if begun := _begun_again(case):
            messages.warning(request, begun)
        return back if policy.may(READ, request.actor, case) else "/"

    title = step.title(at)
    context = {
        "step": step,
        "title": title,
        "lead": step.lead(at),
        "more": step.more(at),
        "button": step.button(),
        "back": back,
        "case": case,
    }

    def again() -> HttpResponse:
        note_reading(request, case)
        return show(request, step.template, form, crumbs=crumbs(case, title), **context)

    return save(request, form, do, again)


def _begun_again(before: Case) -> str:
    """What to say when the step made the duty begin again; empty when it did not."""
    state, restarted_at = Case.objects.values_list("state", "restarted_at").get(pk=before.pk)
    if restarted_at == before.restarted_at or state != State.OPEN:
        return ""
    if before.state == State.ENDED:
        return _("The follow-up has begun again. Look at the plan today, with the pupil.")
    return _("The duty to act has begun again. Change the plan, so that the pupil gets other help.")


def _idea(request: Request) -> str:
    """The text of the suggested measure that one comes from; empty for none."""
    return queries_around.suggested(request.actor, request.GET.get("ide", "")) if "ide" in request.GET else ""


METHODS = require_http_methods(["GET", "HEAD", "POST"])


@allowed(READ, "case", strong=True)
@METHODS
def case_step(request: Request, case: Case, step: str) -> HttpResponse:
    """Do one thing with a case."""
    return _run(request, CASE, step, case, case, case_url(case))


@allowed(FOLDER, "pupil", strong=True)
@METHODS
def pupil_step(request: Request, pupil: CasePupil, step: str) -> HttpResponse:
    """Do one thing with a pupil's folder. Nothing is offered for one who was taken out; what is sent from a page that stood open
    is refused in its form, so that no words are lost."""
    if pupil.left_at is not None and request.method != "POST":
        raise Http404
    back = folder_url(pupil) if request.GET.get("fra") == "mappe" else case_url(pupil.case)
    return _run(request, PUPIL, step, pupil.case, pupil, back)


@allowed(PLAN, "plan", strong=True)
@METHODS
def plan_step(request: Request, plan: Plan, step: str) -> HttpResponse:
    """Do one thing with a plan."""
    return _run(request, PLANS, step, plan.case, plan, plan_url(plan))


@allowed(MEASURE, "measure", strong=True)
@METHODS
def measure_step(request: Request, measure: Measure, step: str) -> HttpResponse:
    """Do one thing with a measure."""
    back = plan_url(measure.plan) if measure.plan else case_url(measure.case)
    return _run(request, MEASURES, step, measure.case, measure, back)


@allowed(ENTRY, "entry", strong=True)
@METHODS
def entry_step(request: Request, entry: Entry, step: str) -> HttpResponse:
    """Correct a line of the timeline."""
    return _run(request, steps_lines.ENTRIES, step, entry.case, entry, case_url(entry.case))


@allowed(MEETING, "meeting", strong=True)
@METHODS
def meeting_step(request: Request, meeting: Meeting, step: str) -> HttpResponse:
    """Minutes of a meeting, or that it is not held."""
    return _run(request, steps_around.MEETINGS, step, meeting.case, meeting, case_url(meeting.case))


@allowed(GIVEN, "given", strong=True)
@METHODS
def given_step(request: Request, given: Given, step: str) -> HttpResponse:
    """End an access."""
    return _run(request, ACCESS, step, given.case, given, case_url(given.case))
