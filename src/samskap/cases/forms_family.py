"""Forms of the family's pages, and of those who open them."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskap.cases.forms import choice, words
from samskap.cases.models import Safe
from samskap.kernel.forms import OnceForm
from samskap.kernel.ui.fields import offer_choices
from samskap.kernel.ui.widgets import Explained

YOUNGEST_WITH_WORDS = 5


class SayForm(OnceForm):
    """ "How is it now?", or something to the one who has it."""

    safe = choice("", [], required=False)
    words = words("", required=False)
    home = forms.BooleanField(
        label=_("Those at home may read what I write"), required=False,
        help_text=_("Without a tick they do not see it, and not that you wrote."),
    )  # fmt: skip

    def __init__(self, *args: Any, is_pupil: bool, asks: bool, grade: int, child: str, has_home: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _label(is_pupil, grade)
        if not (is_pupil and has_home):
            del self.fields["home"]
        if not asks:
            del self.fields["safe"]
            self.fields["words"].required = True
            return
        about = gettext("Is it safe and good at school for %(name)s now?") % {"name": child}
        self.fields["safe"].label = gettext("How is it at school now?") if is_pupil else about
        self.fields["safe"].required = True
        self.fields["safe"].error_messages["required"] = gettext("Choose one of the answers.")
        offer_choices(self, "safe", _answers(is_pupil, grade))


def _label(is_pupil: bool, grade: int) -> str:
    if is_pupil and 0 < grade < YOUNGEST_WITH_WORDS:
        return gettext("Do you want to tell more?")
    return gettext("Do you want to say more about it?")


def _answers(is_pupil: bool, grade: int) -> list[tuple[str, object]]:
    """In words; for the youngest in few."""
    if is_pupil and 0 < grade < YOUNGEST_WITH_WORDS:
        return [
            (Safe.YES, gettext("It is good")),
            (Safe.PARTLY, gettext("It is better, but not good yet")),
            (Safe.NO, gettext("It is not good")),
        ]
    return [
        (Safe.YES, gettext("Yes, it is safe and good")),
        (Safe.PARTLY, Explained(gettext("Partly"), gettext("It is better, but not safe and good yet."))),
        (Safe.NO, Explained(gettext("No"), gettext("Then the school begins again: you shall have it safe."))),
    ] if is_pupil else [
        (Safe.YES, gettext("Yes, it is safe and good")),
        (Safe.PARTLY, Explained(gettext("Partly"), gettext("It is better, but not safe and good yet."))),
        (Safe.NO, Explained(gettext("No"), gettext("Then the school finds out more, and asks your child."))),
    ]  # fmt: skip


class OwnCorrectionForm(OnceForm):
    """What one really said."""

    text = words(_("What is right?"), help=_("What stands there stays, and your words stand beside it."))


class ClosePageForm(OnceForm):
    """Why somebody does not see the page."""

    why = words(
        _("Why does this person not see the page?"), rows=3,
        help=_("For example that the concern is about this person. The reason is kept in the case, and never shown at home."),
    )  # fmt: skip


class TellHomeForm(OnceForm):
    """Why home gets to know what the pupil wrote."""

    why = words(
        _("Why must those at home know of it?"), rows=3,
        help=_("Talk with the pupil first. The pupil reads what you write here."),
    )  # fmt: skip
