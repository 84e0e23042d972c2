"""Staff's forms. Short: only what the next adult needs is required."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samskap.kernel import clock
from samskap.kernel.forms import OnceForm
from samskap.kernel.ui.fields import DateField, offer_choices, offer_rows
from samskap.kernel.ui.widgets import DateInput, Explained, Textarea
from samskap.people.api import Person, School
from samskap.voice.models import Concerns, Kind, MessageKind, Report, SenderKind, Urgency
from samskap.voice.uploads import IMAGES_HELP, ImagesField

LONG = 10_000
URGENCIES = [
    (Urgency.NOW, Explained(_("Now"), _("Somebody must act at once. Call or go to the leader as well."))),
    (Urgency.TODAY, Explained(_("Today"), _("Before the day is over."))),
    (Urgency.WEEK, Explained(_("This week"), _("Something to keep an eye on."))),
]
CONCERNS = [
    (Concerns.PUPILS, Explained(_("No"), _("It is between pupils, or about the environment."))),
    (
        Concerns.EMPLOYEE,
        Explained(_("Yes, somebody who works here"), _("The leader gets it, and passes it on to the municipality.")),
    ),
    (
        Concerns.LEADERSHIP,
        Explained(
            _("Yes, somebody in the leadership"), _("Only the municipality gets it. The school's leadership does not see it.")
        ),
    ),
]
KINDS = [
    (Kind.REPORT, Explained(_("I am worried, or know that a pupil is not safe"), _("The duty to report: the leader gets it."))),
    (Kind.STEPPED_IN, Explained(_("I stepped in"), _("A short note on what you saw and did."))),
    (Kind.OBSERVATION, Explained(_("I saw something to watch"), _("An observation, also when you are unsure."))),
]


class ToldForm(OnceForm):
    """What all of staff's forms about an event ask."""

    who = forms.CharField(label=_("Which pupils?"), help_text=_("Names and class, as far as you know."), max_length=500)
    what = forms.CharField(
        label=_("What has happened?"), help_text=_("What you saw or heard, in your own words."), max_length=LONG,
        widget=Textarea({"rows": 5}),
    )  # fmt: skip
    where = forms.CharField(label=_("When and where?"), max_length=500, required=False)
    concerns = forms.ChoiceField(
        label=_("Is it about something an adult at the school has done?"), choices=CONCERNS, widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},  # never chosen beforehand: it decides who reads (§ 12-5)
    )  # fmt: skip
    staff = forms.ModelChoiceField(
        label=_("Who?"), help_text=_("This person cannot read the report."), queryset=Person._base_manager.none(), required=False,
        empty_label=_("I do not know, or will not say"),
    )  # fmt: skip
    urgency = forms.ChoiceField(label=_("How soon?"), choices=URGENCIES, widget=forms.RadioSelect, initial=Urgency.TODAY)
    images = ImagesField(label=_("Images"), help_text=IMAGES_HELP, required=False)

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "staff", colleagues)

    def clean(self) -> dict[str, Any]:
        """A named colleague makes it a report about an employee, whatever was ticked."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("staff") is not None and cleaned.get("concerns") == Concerns.PUPILS:
            cleaned["concerns"] = Concerns.EMPLOYEE
        return cleaned


class TellForm(ToldForm):
    """An employee reports, notes that they stepped in, or what they saw: one screen."""

    kind = forms.ChoiceField(label=_("What will you tell?"), choices=KINDS, widget=forms.RadioSelect, initial=Kind.REPORT)
    done = forms.CharField(label=_("What have you done so far?"), max_length=LONG, required=False, widget=Textarea({"rows": 2}))
    field_order = ("kind", "who", "what", "where", "done", "concerns", "staff", "urgency", "images")


class TakeDownForm(ToldForm):
    """Staff take down what a parent or pupil says aloud, or has written on paper."""

    sender_kind = forms.ChoiceField(
        label=_("Who tells?"), widget=forms.RadioSelect, error_messages={"required": _("Choose who tells.")}
    )
    name = forms.CharField(
        label=_("Name"), help_text=_("And how to reach them, if they want that."), max_length=300, required=False
    )
    said_on = DateField(
        label=_("When was it said?"), widget=DateInput,
        help_text=_("Today's date stands here. Write another one if it was said before: from that day the school has known."),
    )  # fmt: skip
    words = forms.BooleanField(
        label=_("Give code words"), help_text=_("A card with words, so that they can follow what happens and write more."),
        required=False, initial=True,
    )  # fmt: skip
    field_order = ("sender_kind", "name", "said_on", "who", "what", "where", "concerns", "staff", "urgency", "images", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = [(kind.value, capfirst(kind.label)) for kind in SenderKind if kind != SenderKind.EMPLOYEE]
        offer_choices(self, "sender_kind", spoken)
        self.fields["what"].help_text = _("What they told, in their own words.")
        self.initial.setdefault("said_on", clock.today())


class SayForm(OnceForm):
    """Write to the sender."""

    kind = forms.ChoiceField(
        label=_("What will you write?"), widget=forms.RadioSelect, initial=MessageKind.ANSWER,
        choices=[
            (MessageKind.ANSWER, _("An answer")),
            (MessageKind.QUESTION, _("A question")),
            (MessageKind.HAPPENED, _("What has been done")),
        ],
    )  # fmt: skip
    text = forms.CharField(label=_("Your text"), max_length=LONG, widget=Textarea({"rows": 4}))


class MoreForm(OnceForm):
    """The employee who told writes more."""

    text = forms.CharField(label=_("Write more"), max_length=LONG, widget=Textarea({"rows": 4}))
    images = ImagesField(label=_("Images"), required=False)


class ReasonForm(OnceForm):
    """A reason in a sentence or two."""

    reason = forms.CharField(label=_("Reason"), max_length=LONG, widget=Textarea({"rows": 3}))


class OptionalReasonForm(OnceForm):
    """Something to add, if one wants."""

    reason = forms.CharField(label=_("Something the municipality should know?"), max_length=LONG, required=False, widget=Textarea)


class PersonForm(OnceForm):
    """Choose a colleague."""

    to = forms.ModelChoiceField(label=_("Colleague"), queryset=Person._base_manager.none())

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Person.objects.filter(pk__in=[person.pk for person in people]).order_by("sort_key")
        offer_rows(self, "to", rows)


class EmployeeForm(OnceForm):
    """Which employee it is about, where that is known."""

    person = forms.ModelChoiceField(
        label=_("Who?"), help_text=_("This person cannot read the report."), queryset=Person._base_manager.none(), required=False,
        empty_label=_("I do not know, or will not say"),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Person.objects.filter(pk__in=[person.pk for person in people]).order_by("sort_key")
        offer_rows(self, "person", rows)


class ReturnForm(OnceForm):
    """What it is about, when the municipality gives it to the school."""

    concerns = forms.ChoiceField(
        label=_("What is it about?"), widget=forms.RadioSelect,
        choices=[(Concerns.PUPILS, _("Pupils")), (Concerns.EMPLOYEE, _("Somebody who works at the school"))],
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why is nobody in the leadership involved?"), max_length=2_000, widget=Textarea({"rows": 3})
    )  # fmt: skip


class OutForm(OnceForm):
    """Out of the list. The one who told is told what becomes of it, where somebody can read that."""

    answer = forms.CharField(
        label=_("What do you write to the one who told?"), help_text=_("What happens with it now, in a sentence or two."),
        max_length=LONG, widget=Textarea({"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, answered: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not answered:
            del self.fields["answer"]


class SchoolForm(OutForm):
    """The school that it is for."""

    field_order = ("school", "answer")
    school = forms.ModelChoiceField(
        label=_("School"), queryset=School._base_manager.none(),
        help_text=_(
            "The one who told sees which school it is. Has the pupil a protected address? Then ask the municipality first."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, schools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "school", schools)


class EarlierForm(OutForm):
    """The earlier report that this belongs to."""

    field_order = ("same_as", "answer")
    same_as = forms.ModelChoiceField(label=_("Earlier report"), queryset=Report._base_manager.none())

    def __init__(self, *args: Any, earlier: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "same_as", earlier, label)


class SafeForm(OutForm):
    """Out of the list: the pupil was asked, and says that it is safe and good. Nobody else can say it."""

    field_order = ("reason", "asked", "answer")
    reason = forms.CharField(
        label=_("Who asked the pupil, when, and what did the pupil say?"), max_length=LONG, widget=Textarea({"rows": 3}),
        help_text=_("In the pupil's own words."),
    )  # fmt: skip
    asked = forms.BooleanField(
        label=_("The pupil says that it is safe and good"),
        error_messages={"required": _("If the pupil does not say so, the matter is followed up in a case.")},
    )

    def clean(self) -> dict[str, Any]:
        """The tick is a condition, not something that is kept."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        values.pop("asked", None)
        return values


class PhysicalForm(OutForm):
    """Out of the list: the physical environment, with a reason."""

    field_order = ("reason", "answer")
    reason = forms.CharField(label=_("What is done with it, and by whom?"), max_length=LONG, widget=Textarea({"rows": 3}))
