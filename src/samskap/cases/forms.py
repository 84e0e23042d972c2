"""Forms of the follow-up. Short: only what a duty or a child's protection needs is required."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskap.cases import rules
from samskap.cases.actions.ending import LATEST_TALK, SOONEST_TALK
from samskap.cases.actions.steps import TALK_AFTER_WEEKS
from samskap.cases.models import Case, CasePupil, Effect, EntryKind, Given, Part, Safe, Stage
from samskap.cases.queries import Folder, MeasureLine, PlanView
from samskap.cases.queries_other import Going
from samskap.kernel import clock
from samskap.kernel.forms import OnceForm
from samskap.kernel.history import Difference, differences
from samskap.kernel.ui.fields import DateField, offer_choices, offer_groups, offer_rows
from samskap.kernel.ui.widgets import DateInput, Explained, GroupedCheckboxes, Textarea
from samskap.people.api import Person, Pupil, SchoolClass

LONG, SHORT = 20_000, 500
NOBODY = _("Nobody yet")
# Chosen for a measure that shall stand in none of several plans.
OUTSIDE = "none"


def words(label: Any, *, help: Any = "", rows: int = 4, required: bool = True) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(label=label, help_text=help, max_length=LONG, required=required, widget=Textarea({"rows": rows}))


def line(label: Any, *, help: Any = "", required: bool = False) -> forms.CharField:
    """One line of text."""
    return forms.CharField(label=label, help_text=help, max_length=SHORT, required=required)


def day(label: Any, *, help: Any = "", required: bool = True, initial: Any = clock.today) -> DateField:
    """A day; today unless something else is said."""
    return DateField(label=label, help_text=help, required=required, initial=initial, widget=DateInput)


def choice(label: Any, choices: Any, *, help: Any = "", initial: Any = None, required: bool = True) -> forms.ChoiceField:
    """One of a few."""
    return forms.ChoiceField(
        label=label, choices=choices, help_text=help, initial=initial, required=required, widget=forms.RadioSelect
    )


def people(label: Any, *, help: Any = "", required: bool = True, empty: Any = "---------") -> "forms.ModelChoiceField[Person]":
    """A person; the form says who is offered."""
    nobody = Person._base_manager.none()
    return forms.ModelChoiceField(label=label, help_text=help, queryset=nobody, required=required, empty_label=empty)


def _persons(found: Sequence[Person]) -> Any:
    return Person.objects.filter(pk__in=[person.pk for person in found]).order_by("sort_key")


def _class_of(pupil: Pupil) -> str:
    return str(pupil.school_class.name)


def _named(going: Going) -> Callable[[Pupil], str]:
    """What a pupil is called in a choice: with the number of a case that goes on, where one may know of it."""

    def label(pupil: Pupil) -> str:
        name, cases = str(pupil.person.name), going.of(pupil)
        return gettext("%(name)s (has case %(number)s)") % {"name": name, "number": cases} if cases else name

    return label


class OpenForm(OnceForm):
    """Open a case: about whom, what, and since when it was raised."""

    about = words(_("What is the case about?"), help=_("In a few sentences. Only those who work with the case read it."))
    pupils = forms.ModelMultipleChoiceField(
        label=_("Pupils that it is about"), queryset=Pupil._base_manager.none(), required=False,
        widget=GroupedCheckboxes,
        help_text=_("Those who are not safe. Each gets an own plan. Others who are involved are added afterwards."),
    )  # fmt: skip
    whole_class = forms.ModelChoiceField(
        label=_("Or a whole class"), queryset=SchoolClass._base_manager.none(), required=False, empty_label=_("No"),
        help_text=_("All its pupils stand in the case, with one common plan."),
    )  # fmt: skip
    common_plan = forms.BooleanField(
        label=_("One common plan for all of them"),
        required=False,
        help_text=_("Only where the same is to be done for all. All their families read the same plan."),
    )
    raised_on = day(
        _("When was it first raised with the principal?"), initial=None, required=False,
        help=_("Also orally. From this day the family counts the week before the County Governor. Empty: when it was told."),
    )  # fmt: skip

    def __init__(self, *args: Any, pupils: Any, classes: Any, going: Going, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "whole_class", classes)
        offer_groups(self, "pupils", pupils, _class_of, _named(going))
        self.fields["pupils"].marks_optional = False  # type: ignore[attr-defined]  # one of two must be filled in

    def clean(self) -> dict[str, Any]:
        """Somebody must be chosen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("pupils") and not cleaned.get("whole_class"):
            self.add_error("pupils", gettext("Choose the pupil that it is about."))
        return cleaned


class JoinForm(OnceForm):
    """The case that a report belongs to."""

    case = forms.ModelChoiceField(label=_("Case"), queryset=Case._base_manager.none())

    def __init__(self, *args: Any, cases: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "case", cases, label)


KINDS = {
    EntryKind.STEP_IN: Explained(_("We stepped in"), _("What was seen, and what was done at once.")),
    EntryKind.WATCH: Explained(_("We watched"), _("What was seen.")),
    EntryKind.INVESTIGATED: Explained(_("We found out more"), _("What was done to find out: who was asked, what was looked at.")),
    EntryKind.FINDING: Explained(_("What we found"), _("What seems to be the case, and what in the environment makes it so.")),
    EntryKind.HOME: Explained(_("Contact with home"), _("What was said, by whom.")),
    EntryKind.MEETING: Explained(_("Meeting"), _("One that was not called here: minutes, what was agreed.")),
    EntryKind.DELAY: Explained(_("Why it takes longer"), _("A good reason, and what is done meanwhile.")),
    EntryKind.OTHER_DUTY: Explained(
        _("Another duty"), _("Child welfare (§ 24-3), or preventing a crime. Never shown to the family, in no letter or log.")
    ),
    EntryKind.NOTE: Explained(_("Note"), _("For those who work with the case.")),
}  # fmt: skip


class WriteForm(OnceForm):
    """A line of what was done."""

    kind = choice(_("What was it?"), [], initial=EntryKind.STEP_IN)
    text = words(_("What was done?"))
    on = day(_("When?"))
    pupil = forms.ChoiceField(label=_("Which pupil?"), required=False)
    who = line(_("Who took part?"))
    home = forms.BooleanField(
        label=_("Show it to this pupil's family"), required=False, help_text=_("Not where other pupils can be recognised in it.")
    )

    def __init__(self, *args: Any, folders: Sequence[Folder], kinds: Sequence[EntryKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_choices(self, "kind", [(kind, KINDS[kind]) for kind in kinds])
        self.initial.setdefault("kind", kinds[0])
        offer_choices(self, "pupil", [("", _("It concerns all of it")), *((str(one.row.pk), one.name) for one in folders)])
        if len(kinds) == 1:
            for name in ("pupil", "who", "home"):
                del self.fields[name]

    @property
    def folder_id(self) -> str:
        """The chosen pupil's folder; empty for none."""
        return str(self.cleaned_data.get("pupil") or "")


class CorrectForm(OnceForm):
    """A correction."""

    text = words(_("What is right?"), help=_("The first text stays, with this beside it."))


class AddPupilForm(OnceForm):
    """A pupil more."""

    pupil = forms.ModelChoiceField(label=_("Pupil"), queryset=Pupil._base_manager.none())
    part = choice(
        _("What is the pupil in the case?"),
        [
            (Part.SUBJECT, Explained(_("The case is about this pupil"), _("It is their school environment."))),
            (Part.INVOLVED, Explained(_("Otherwise involved"), _("Heard too, and what is best for them is weighed."))),
        ],
        initial=Part.SUBJECT,
    )

    def __init__(self, *args: Any, pupils: Any, going: Going, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_groups(self, "pupil", pupils, _class_of, _named(going))


class HearForm(OnceForm):
    """A talk with a pupil."""

    words = words(_("What did the pupil say?"), help=_("In the pupil's own words."), rows=6)
    how = line(_("Who talked with the pupil, and where?"), required=True)
    on = day(_("When?"))
    along = line(_("Was a person of trust along?"), help=_("Who the pupil wanted to have there."))
    interpreter = line(_("Interpreter"))
    home = forms.BooleanField(
        label=_("The pupil has said yes to this being told at home"), required=False,
        help_text=_("Ask first. Without a yes it stays between the pupil and the school."),
    )  # fmt: skip


SAFE = [
    (Safe.YES, _("Yes")),
    (Safe.PARTLY, Explained(_("Partly"), _("Better, but not safe and good yet."))),
    (Safe.NO, Explained(_("No"), _("The duty to act begins again at once."))),
]
# The pupil's own answer decides: what others say is looked into, with the pupil.
SAFE_AT_HOME = [*SAFE[:2], (Safe.NO, Explained(_("No"), _("You find out more, and the pupil is asked.")))]
SAFE_AT_SCHOOL = [*SAFE[:2], (Safe.NO, Explained(_("No"), _("Talk with the pupil: the pupil's own answer decides.")))]


class WhyForm(OnceForm):
    """A reason."""

    why = words(_("Why?"), rows=3)


class WeighForm(OnceForm):
    """What is best for the pupil."""

    text = words(
        _("What is best for the pupil, and how was it weighed?"),
        help=_("What the pupil wants, what speaks for and against, and what you decided (§ 10-1)."),
    )
    home = forms.BooleanField(label=_("Show it to the pupil's family"), required=False)


class BesideForm(OnceForm):
    """A form that writes over what is there. ``seen``: the hidden field that says which text the writer saw.

    What somebody else wrote meanwhile is laid beside the writer's own; sending again means "mine, knowing theirs".
    """

    seen = ""
    conflict: tuple[Difference, ...] = ()

    def show_theirs(self, theirs: Mapping[str, Any], seen: str) -> None:
        """Lay what stands there now beside what was written."""
        names = [name for name in theirs if name in self.fields]
        mine = {name: _as_text(self.cleaned_data.get(name)) for name in names}
        self.conflict = differences({name: _as_text(theirs[name]) for name in names}, mine)
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.seen], data["once"] = seen, str(uuid4())
        self.data = data


def _as_text(value: Any) -> str:
    if isinstance(value, date):
        return date_format(value, "j. F Y")
    return str(getattr(value, "name", value) or "")


class PlanForm(BesideForm):
    """What the plan shall solve, and when it is looked at again."""

    seen = "version"

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)
    problem = words(_("What shall the plan solve?"), help=_("What is not safe or good for the pupil."), required=False)
    evaluate_on = day(_("When is it evaluated?"), required=False, initial=None)


class MeasureForm(OnceForm):
    """A measure."""

    text = words(_("What do we do?"), rows=3)
    responsible = people(_("Who sees to it?"), required=False, empty=NOBODY)
    starts_on = day(_("From"), required=False)
    ends_on = day(_("To"), required=False, initial=None)
    plan = forms.ChoiceField(label=_("In which plan?"), required=False)
    pupil = forms.ChoiceField(
        label=_("Is it aimed at one pupil?"), required=False, help_text=_("It stands in full in that pupil's folder alone.")
    )
    touched = forms.MultipleChoiceField(
        label=_("In whose plan shall it stand too?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A measure for all stands there in full. One that is aimed at a pupil stands there as a neutral line."),
    )
    neutral = line(_("The neutral line"), help=_("For example: The school follows up the group in the breaks."))
    started = forms.BooleanField(label=_("It is under way from now on"), required=False)
    field_order = ("text", "started", "responsible", "starts_on", "ends_on", "plan", "pupil", "touched", "neutral")

    def __init__(
        self, *args: Any, staff: Any, folders: Sequence[Folder], plans: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "responsible", staff)
        named = [(str(one.row.pk), one.name) for one in folders]
        offer_choices(self, "pupil", [("", _("No, it is for all whom the plan is for")), *named])
        self._offer_plans(plans)
        offer_choices(self, "touched", named)
        if len(folders) < 2:
            for name in ("pupil", "touched", "neutral"):
                del self.fields[name]
        if not plans:
            del self.fields["plan"]

    def _offer_plans(self, plans: Sequence[tuple[str, str]]) -> None:
        """Among several none is taken for granted: each is another family's."""
        several = len(plans) > 1
        none = [(OUTSIDE, _("No plan yet"))] if several else []
        offer_choices(self, "plan", [("", _("Choose")) if several else ("", _("No plan yet")), *plans, *none])
        self.fields["plan"].required = several


class ChangeMeasureForm(MeasureForm, BesideForm):
    """A measure, written anew."""

    seen = "as_seen"
    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["started"]
        self.fields.pop("plan", None)


EFFECTS = [(Effect.BETTER, _("It helps")), (Effect.SAME, _("No change")), (Effect.WORSE, _("It makes it worse"))]


class MoveForm(OnceForm):
    """How far a measure has come."""

    on = day(_("When?"))
    text = words(_("What was done?"), required=False, rows=3)
    effect = choice(_("What is seen of it?"), [("", _("Too early to say")), *EFFECTS], required=False, initial="")

    def __init__(self, *args: Any, stage: rules.Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stage == rules.Stage.STARTED:
            del self.fields["effect"]


class DidForm(OnceForm):
    """A measure was done on a day, and goes on."""

    on = day(_("When?"))
    text = words(_("What was done?"), required=False, rows=3)


class EndForm(OnceForm):
    """End the follow-up."""

    why = words(_("Why does the follow-up end?"), help=_("What the pupil says, and what goes on afterwards."))
    talk_on = day(_("When do you talk with the pupil again?"), initial=None)

    def __init__(self, *args: Any, measures: Sequence[MeasureLine] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.never_begun = [one for one in measures if one.row.stage == Stage.PLANNED]
        help, ways = (
            gettext("It was planned, and never begun."),
            [("end", _("It ends too")), ("continue", _("It is done all the same"))],
        )
        for number, one in enumerate(self.never_begun):
            self.fields[f"verdict_{number}"] = choice(one.text, ways, help=help)
        self.order_fields([name for name in self.fields if name.startswith("verdict_")])
        self.initial.setdefault("talk_on", clock.today() + timedelta(weeks=TALK_AFTER_WEEKS))

    @property
    def values(self) -> dict[str, Any]:
        """The reason, the day, and what becomes of what was never begun."""
        told = self.cleaned_data
        chosen = {one.row.pk: told[f"verdict_{number}"] for number, one in enumerate(self.never_begun)}
        return {"why": told["why"], "talk_on": told["talk_on"], "unbegun": chosen}

    def clean_talk_on(self) -> date:
        """Between a week and half a year from now."""
        chosen: date = self.cleaned_data["talk_on"]
        if not clock.today() + SOONEST_TALK <= chosen <= clock.today() + LATEST_TALK:
            raise forms.ValidationError(gettext("Choose a day between one week and half a year from now."))
        return chosen


class PersonForm(OnceForm):
    """Choose a person."""

    to = people(_("Who?"))

    def __init__(self, *args: Any, people: Sequence[Person], label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].label = label or self.fields["to"].label
        offer_rows(self, "to", _persons(people))


class InviteForm(PersonForm):
    """A guest, with a legal basis and an end."""

    basis = choice(
        _("By which right?"),
        [
            (
                Given.Basis.CONSENT,
                Explained(_("The family has said yes"), _("The usual way. Talk about it without names first.")),
            ),
            (Given.Basis.COOPERATION, Explained(_("Cooperation between services"), _("§ 24-1"))),
            (Given.Basis.NECESSARY, Explained(_("Necessary for the follow-up"), _("§ 25-1 first paragraph"))),
        ],
        help=_("The family sees who is invited, and by which right."),
    )
    said_yes = forms.MultipleChoiceField(
        label=_("Which families have said yes?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The guest reads about all of them. If somebody has not said yes, choose another right: they are told it."),
    )
    until = day(_("Until and with"), initial=None)

    def __init__(self, *args: Any, folders: Sequence[Folder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_choices(self, "said_yes", [(str(one.row.pk), one.name) for one in folders])
        if len(folders) < 2:
            del self.fields["said_yes"]


class EmployeeForm(OnceForm):
    """Which employee it is about, where that is known."""

    person = people(
        _("Who?"), help=_("This person cannot see the case."), required=False, empty=_("I do not know, or will not say")
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "person", _persons(people))


def plan_choices(plans: Sequence[PlanView]) -> list[tuple[str, str]]:
    """The plans that a measure can stand in, by whom they are for."""
    return [(str(plan.row.pk), ", ".join(one.name for one in plan.folders)) for plan in plans if plan.folders]


def find(folders: Sequence[Folder], wanted: str) -> CasePupil | None:
    """The folder with an id, among these; None for none."""
    return next((one.row for one in folders if str(one.row.pk) == wanted), None)


class IntoPlanForm(OnceForm):
    """The plan that a measure stands in from now on."""

    plan = forms.ChoiceField(label=_("In which plan?"))

    def __init__(self, *args: Any, plans: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_choices(self, "plan", plans)
