"""The plan's forms. Help texts are short; only what a plan cannot be without is required."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskap.improve.models import Evaluation, Involvement, Note, Status
from samskap.kernel import clock
from samskap.kernel.forms import OnceForm, VersionedForm
from samskap.kernel.ui.fields import DateField, offer_choices, offer_rows
from samskap.kernel.ui.widgets import DateInput, Textarea
from samskap.people.api import Person

NO_NAMES = _("Write no names of pupils.")
Choices = list[tuple[Any, Any]]


class StartForm(OnceForm):
    """Begin a plan."""

    first_year = forms.TypedChoiceField(label=_("School year"), coerce=int)
    length = forms.TypedChoiceField(
        label=_("How long"), coerce=int,
        choices=[(1, _("One school year")), (2, _("Two school years"))], widget=forms.RadioSelect,
        initial=1,
    )  # fmt: skip

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_choices(self, "first_year", [(year, f"{year}-{(year + 1) % 100:02}") for year in years])


class DirectionForm(VersionedForm):
    """Where the school wants to go."""

    direction = forms.CharField(
        label=_("Where do we want to go?"),
        help_text=_("A few sentences: what should pupils notice when this has succeeded?"),
        max_length=4_000,
        widget=Textarea({"rows": 6}),
    )


class NoteForm(OnceForm):
    """A strength, a concern, or what a group says."""

    kind = forms.ChoiceField(label=_("What is this?"), choices=Note.Kind.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("In your own words"), help_text=NO_NAMES, max_length=2_000, widget=Textarea({"rows": 4}))
    indicator = forms.ChoiceField(label=_("Is it about a result?"), required=False)

    def __init__(self, *args: Any, indicators: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_choices(self, "indicator", [("", _("No")), *indicators])


class ChangeNoteForm(VersionedForm, NoteForm):
    """A note written anew."""


class GoalForm(OnceForm):
    """A goal: a result to follow, or a sign that can be seen."""

    title = forms.CharField(label=_("The goal in one sentence"), max_length=200)
    why = forms.CharField(
        label=_("Why this goal?"), required=False, max_length=2_000, help_text=NO_NAMES, widget=Textarea({"rows": 3})
    )
    indicator = forms.ChoiceField(
        label=_("Result to follow"),
        required=False,
        help_text=_("A published result with a starting point. Leave it empty if you choose a sign instead."),
    )
    target = forms.FloatField(
        label=_("The figure you want to reach"), required=False, localize=True, min_value=0, max_value=100,
        widget=forms.TextInput({"inputmode": "decimal"}),
    )  # fmt: skip
    sign = forms.CharField(
        label=_("Sign that we are on the way"),
        required=False,
        max_length=1_000,
        help_text=_("Something you can see or count in everyday life. Use this when no result fits."),
        widget=Textarea({"rows": 3}),
    )
    by_when = DateField(label=_("By when"), widget=DateInput())
    three_is_fine = forms.BooleanField(
        label=_("Yes, we have time and strength for one more"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, indicators: Choices, ask: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_choices(self, "indicator", [("", _("No result, we choose a sign")), *indicators])
        # The box that tells where the goal would start follows the choice; without JavaScript the saved goal tells it.
        self.fields["indicator"].widget.attrs |= {
            "hx-get": "", "hx-select": "#start", "hx-target": "#start", "hx-swap": "outerHTML"
        }  # fmt: skip
        self.ask = ask
        if ask:
            self.fields["three_is_fine"].widget = forms.CheckboxInput()
            self.fields["three_is_fine"].help_text = _(
                "Few goals are easier to keep in mind. Which ones matter most if there is not time for all?"
            )

    def clean_by_when(self) -> date:
        day: date = self.cleaned_data["by_when"]
        if day < clock.today() and day != self.initial.get("by_when"):
            raise forms.ValidationError(_("Choose today or a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if self.ask and not values.get("three_is_fine"):
            text = gettext("You have %(count)s goals already. Tick here if you want one more.") % {"count": self.ask}
            self.add_error("three_is_fine", text)
        return values

    @property
    def goal(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: value for name, value in self.values.items() if name != "three_is_fine"}


class ChangeGoalForm(VersionedForm, GoalForm):
    """A goal written anew."""


class MeasureForm(OnceForm):
    """Who does what, when, for whom, and what we expect to see."""

    what = forms.CharField(label=_("What do we do?"), max_length=300, widget=Textarea({"rows": 2}))
    responsible = forms.ModelChoiceField(Person._base_manager.none(), label=_("Who sees to it?"), empty_label=_("Choose"))
    for_whom = forms.CharField(
        label=_("For whom?"), max_length=200, help_text=_("For example a grade, or everyone. No names of pupils.")
    )
    starts = DateField(label=_("From"), widget=DateInput())
    ends = DateField(label=_("To"), widget=DateInput())
    expected = forms.CharField(
        label=_("What do we expect to see?"),
        max_length=1_000,
        help_text=_("Write it before you start."),
        widget=Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "responsible", people)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        starts, ends = values.get("starts"), values.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("The last day cannot be before the first."))
        return values


class ChangeMeasureForm(VersionedForm, MeasureForm):
    """A measure written anew."""


class SeenForm(OnceForm):
    """A button that changes what one has seen: ``version`` is what was on the page."""

    version = forms.IntegerField(min_value=1)


class MoveForm(SeenForm):
    """Start, carry out or stop a measure."""

    state = forms.ChoiceField(choices=[(state, state) for state in ("started", "done", "stopped")])


class ShareForm(OnceForm):
    """Share a plan, or stop it."""

    shared = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


class StatusForm(OnceForm):
    """Half a minute on a phone: two taps, a line if there is something to say."""

    going = forms.ChoiceField(label=_("How does it go?"), choices=Status.Going.choices, widget=forms.RadioSelect)
    as_planned = forms.ChoiceField(label=_("Is it done as planned?"), choices=Status.AsPlanned.choices, widget=forms.RadioSelect)
    line = forms.CharField(label=_("Anything to add?"), required=False, max_length=300, help_text=NO_NAMES)
    carried_out = forms.BooleanField(label=_("The measure is carried out and finished"), required=False)

    def __init__(self, *args: Any, may_end: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_end:
            del self.fields["carried_out"]


class InvolvementForm(OnceForm):
    """Who took part, how, when, and what it changed."""

    group = forms.ChoiceField(label=_("Who took part?"), choices=Involvement.Group.choices, widget=forms.RadioSelect)
    how = forms.CharField(
        label=_("How?"), max_length=300, help_text=_("For example class meetings, a parents' meeting, a planning day.")
    )
    held_on = DateField(label=_("When?"), widget=DateInput())
    changed = forms.CharField(
        label=_("What did it change?"), required=False, max_length=2_000, help_text=_("Also when it changed nothing."),
        widget=Textarea({"rows": 3}),
    )  # fmt: skip


class EvaluationForm(OnceForm):
    """What people say, what came of it, what happens now, and why."""

    pupils = forms.CharField(
        label=_("What do the pupils say?"), required=False, max_length=4_000, help_text=NO_NAMES, widget=Textarea({"rows": 3})
    )
    guardians = forms.CharField(
        label=_("What do the guardians say?"), required=False, max_length=4_000, widget=Textarea({"rows": 3})
    )
    staff = forms.CharField(label=_("What do the staff say?"), required=False, max_length=4_000, widget=Textarea({"rows": 3}))
    outcome = forms.ChoiceField(label=_("Is the goal reached?"), choices=Evaluation.Outcome.choices, widget=forms.RadioSelect)
    decision = forms.ChoiceField(label=_("What happens now?"), choices=Evaluation.Decision.choices, widget=forms.RadioSelect)
    why = forms.CharField(label=_("Why?"), max_length=4_000, widget=Textarea({"rows": 4}))


def school_year_end(year: int) -> date:
    """A good day to look back: mid-May."""
    return date(year + 1, 5, 15)
