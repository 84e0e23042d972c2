"""The public forms: one for each kind of sender, and those of the dialogue."""

from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.kernel.forms import OnceForm
from samskap.kernel.ui.widgets import Textarea
from samskap.voice import questions, receipt
from samskap.voice.models import MessageKind
from samskap.voice.rules import Concerns, SenderKind, Urgency, urgency_of
from samskap.voice.uploads import IMAGES_HELP, ImagesField

LONG = 10_000
NO_FILL = {"autocomplete": "off"}
AS_TYPED = {**NO_FILL, "autocapitalize": "none", "spellcheck": "false"}


class Asked(forms.ChoiceField):
    """A question that may be left unanswered. Nothing is chosen beforehand: who goes past it has not said no."""

    marks_optional = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.RadioSelect, **kwargs)


class Shared(dict[str, forms.Field]):
    """Fields that no form changes. A new form takes them as they are: to copy each took longer than to check what was sent."""

    def __deepcopy__(self, memo: object) -> dict[str, forms.Field]:
        return dict(self)


@cache
def _fields(form: "type[QuestionForm]", kind: SenderKind) -> Shared:
    """What this kind of sender is asked, in the form's order."""
    asked = {name for step in form.steps[kind] for name in step.fields} | {"key", "once"}
    fields = Shared((name, field) for name, field in form.base_fields.items() if name in asked)
    return Shared(fields | {"about": Asked(label=fields["about"].label, choices=questions.ABOUT[kind])})


class QuestionForm(forms.Form):
    """The questions for one kind of sender. ``key`` is the form's own: the same form sent twice is one report."""

    steps = questions.STEPS

    key = forms.UUIDField(widget=forms.HiddenInput)
    about = Asked(label=_("It is about"))
    who = forms.CharField(
        label=_("Who?"), help_text=_("First name and class, if you know."), max_length=300, required=False,
        widget=forms.TextInput(NO_FILL),
    )  # fmt: skip
    what = forms.CharField(
        label=_("Tell what happens"), max_length=LONG, widget=Textarea({"rows": 7, **NO_FILL}),
        error_messages={"required": _("Write a few words about what happens.")},
    )  # fmt: skip
    images = ImagesField(label=_("Images, if you have any"), help_text=IMAGES_HELP, required=False)
    since = Asked(label=_("Since when?"), choices=questions.SINCE)
    where = forms.CharField(label=_("Where does it happen?"), max_length=300, required=False, widget=forms.TextInput(NO_FILL))
    concerns = Asked(label=_("Is it about something an adult at the school does?"), choices=questions.CONCERNS)
    adult = forms.CharField(
        label=_("Which adult would you like to talk to?"), max_length=200, required=False, widget=forms.TextInput(NO_FILL)
    )
    danger = Asked(label=_("Can somebody be badly hurt now?"), choices=questions.YES_NO)
    urgency = Asked(label=_("How soon must somebody act?"), choices=questions.URGENCY)
    named = forms.ChoiceField(label=_("Your choice"), choices=questions.NAMED, widget=forms.RadioSelect, initial="no")
    name = forms.CharField(label=_("Name"), max_length=200, required=False, widget=forms.TextInput(NO_FILL))
    school_class = forms.CharField(label=_("Class"), max_length=50, required=False, widget=forms.TextInput(NO_FILL))
    reach = forms.CharField(label=_("How can we reach you?"), max_length=200, required=False, widget=forms.TextInput(NO_FILL))
    before = forms.BooleanField(label=_("I have told about this before"), required=False)

    def __init__(self, *args: Any, kind: SenderKind, **kwargs: Any) -> None:
        self.kind = kind
        self.base_fields = _fields(type(self), kind)  # type: ignore[misc]  # Django's form copies what it finds under this name
        super().__init__(*args, **kwargs)

    @property
    def concerned(self) -> Concerns:
        """The one plain answer that decides who reads it; "I don't know", or none, goes the ordinary way."""
        value = self.cleaned_data["concerns"]
        return Concerns.PUPILS if value in ("", questions.UNSURE) else Concerns(value)

    @property
    def urgent(self) -> Urgency:
        """Danger is now; a pupil is never asked how much it hurries, and who does not answer waits no longer than today."""
        wanted = Urgency(self.cleaned_data.get("urgency") or Urgency.TODAY.value)
        return urgency_of(wanted, danger=self.cleaned_data["danger"] == "yes")

    @property
    def told(self) -> dict[str, Any]:
        """What goes into the sealed text. Who it is from goes along only with the sender's yes."""
        left_out = {"key", "images", "concerns", "urgency", "named"}
        if self.cleaned_data["named"] != "yes":
            left_out |= {"name", "school_class", "reach"}
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out and value}


class FromHomeForm(QuestionForm, OnceForm):
    """The same questions for a pupil or guardian who is signed in: the name goes along, and nobody is asked for it."""

    steps = questions.STEPS_FROM_HOME
    key = None  # type: ignore[assignment]  # Django's way to leave an inherited field out: ``once`` does its work

    @property
    def told(self) -> dict[str, Any]:
        """What goes into the sealed text; who it is from is added by the one who takes it in."""
        left_out = {"once", "images", "concerns", "urgency"}
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out and value}


class WordsField(forms.CharField):
    """Receipt words, however they are typed."""

    def clean(self, value: Any) -> str:
        """The six words as they stand in the list; a refusal that does not say which word was wrong."""
        words = receipt.normalise(super().clean(value))
        if words is None:
            raise forms.ValidationError(_("These words lead nowhere. Look at your card: six words, in the same order."))
        return words


class WordsForm(forms.Form):
    """The code words."""

    words = WordsField(
        label=_("Your six code words"),
        max_length=300,
        widget=forms.TextInput({**NO_FILL, "autocapitalize": "none", "spellcheck": "false"}),
    )


class AgainForm(forms.Form):
    """The sender writes more, answers, or says how it is now."""

    kind = forms.ChoiceField(
        label=_("How is it now?"), widget=forms.RadioSelect, initial=MessageKind.ADDITION.value,
        choices=[
            (MessageKind.ADDITION.value, _("I only want to write")),
            (MessageKind.BETTER.value, _("It is better")),
            (MessageKind.NOT_BETTER.value, _("It is not better")),
        ],
    )  # fmt: skip
    text = forms.CharField(label=_("Write here"), max_length=LONG, required=False, widget=Textarea({"rows": 4, **NO_FILL}))
    images = ImagesField(label=_("Images, if you have any"), required=False)

    def clean(self) -> dict[str, Any]:
        """A "better" or "not better" needs no words; an addition does."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") == MessageKind.ADDITION and not (cleaned.get("text") or cleaned.get("images")):
            self.add_error("text", _("Write something first."))
        return cleaned


class WriteForm(AgainForm):
    """Who holds the words writes."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    words = WordsField(widget=forms.HiddenInput)


class HomeAgainForm(AgainForm, OnceForm):
    """Who told with name writes, signed in."""
