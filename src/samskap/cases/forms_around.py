"""Forms of what lies around a case: meetings, physical interventions, questions to PPT, suggested measures."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.cases.forms import choice, day, line, words
from samskap.cases.models import Suggestion
from samskap.cases.queries import Folder
from samskap.kernel.forms import OnceForm
from samskap.kernel.ui.fields import offer_choices
from samskap.kernel.ui.widgets import TimeInput

SHOW_HOME = _("Not where other pupils can be recognised in it.")


class CallForm(OnceForm):
    """Call a meeting."""

    about = words(_("What is the meeting about?"), rows=3)
    on = day(_("Day"), initial=None)
    at = forms.TimeField(label=_("Time"), widget=TimeInput, help_text=_("For example 14:30."))
    where = line(_("Where?"))
    invited = line(_("Who is invited?"), help=_("You tell them yourself. Samskap tells only the family, if you tick below."))
    pupil = forms.ChoiceField(label=_("Which pupil?"), required=False)
    home = forms.BooleanField(
        label=_("Invite this pupil's family"),
        required=False,
        help_text=_("The pupil and those at home see it on their page, where it is open, and get a message."),
    )

    def __init__(self, *args: Any, folders: Sequence[Folder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_choices(self, "pupil", [("", _("It concerns all of it")), *((str(one.row.pk), one.name) for one in folders)])


class HoldForm(OnceForm):
    """The minutes."""

    who = line(_("Who took part?"), required=True)
    text = words(_("What was said?"), help=_("Briefly. What the pupil said stands best in a talk of its own."), rows=6)
    agreed = words(_("What was agreed?"), help=_("Who does what, by when. What is done for the pupil is a measure in the plan."),
                   rows=3, required=False)  # fmt: skip
    on = day(_("When?"))
    home = forms.BooleanField(label=_("Show it to this pupil's family"), required=False, help_text=SHOW_HOME)

    def __init__(self, *args: Any, about_pupil: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not about_pupil:
            del self.fields["home"]


class InterveneForm(OnceForm):
    """A physical intervention (§ 13-5)."""

    text = words(_("What happened?"), rows=3)
    how = words(_("What did the adult do, and for how long?"), rows=2)
    view = words(_("How did the pupil see it?"), help=_("In the pupil's own words. Talk with the pupil the same day."), rows=3)
    on = day(_("When?"))
    told_on = day(_("When were those at home told?"), required=False, initial=None)
    record = line(_("Where is the school's own record kept?"), help=_("Its number in the archive, for example."))
    home = forms.BooleanField(label=_("Show it to this pupil's family"), required=False, help_text=SHOW_HOME)


class ChoosePlanForm(OnceForm):
    """The plan of a pupil from now on."""

    plan = forms.ChoiceField(label=_("Which plan?"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, plans: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_choices(self, "plan", plans)


class ConsultForm(OnceForm):
    """A question to PPT, without names."""

    text = words(
        _("What do you want to talk about?"), rows=6,
        help=_("No names, no class, nothing by which somebody is recognised. PPT sees the school and who asks."),
    )  # fmt: skip


class ReplyForm(OnceForm):
    """PPT's answer."""

    text = words(
        _("Your answer"), help=_("The school keeps it with the case. You see neither the case nor whom it is about."), rows=6
    )


class SuggestionForm(OnceForm):
    """A suggested measure."""

    text = words(
        _("The measure"), rows=3,
        help=_("What is to be filled in stands in brackets: [who], [where], [when]. Nobody's name."),
    )  # fmt: skip
    why = words(_("Why can it help?"), rows=2, required=False)
    theme = choice(_("What is it for?"), Suggestion.Theme.choices)
    everywhere = forms.BooleanField(label=_("For all schools of the municipality"), required=False)

    def __init__(self, *args: Any, several: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not several:
            del self.fields["everywhere"]
