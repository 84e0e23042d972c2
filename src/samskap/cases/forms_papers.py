"""Forms of documents: for whom, what goes along, what is taken out."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskap.cases.forms import choice, line, words
from samskap.cases.rules_papers import TO_FAMILY, Kind, Track
from samskap.kernel.forms import OnceForm
from samskap.kernel.ui.fields import offer_choices
from samskap.kernel.ui.widgets import Explained, Textarea

LONGEST_LIST = 20_000


class NewPaperForm(OnceForm):
    """For whom a document is, and what it holds beside what stands in the case."""

    home = choice(_("Who gets it?"), [])
    to = line(_("To whom?"), help=_("Name, or office. It stands on the first page."))
    track = choice(
        _("By which right?"),
        [
            (Track.PERMISSION, Explained(_("The family has said yes"), _("What helps the pupil's own schooling."))),
            (
                Track.DUTY,
                Explained(
                    _("Duty, to prevent serious harm"),
                    _("§ 25-1 fourth paragraph. Never about a pupil because that pupil was not safe."),
                ),
            ),
        ],
        initial=Track.PERMISSION,
    )
    said_yes = forms.BooleanField(label=_("The family has said yes to what is sent"), required=False)
    why = words(_("Which serious harm shall it prevent?"), required=False, rows=3)
    text = words(_("Text"), rows=8)
    with_plan = forms.BooleanField(label=_("The plan goes along"), required=False)
    corrects = forms.TypedChoiceField(
        label=_("Does it correct an earlier document?"), required=False, coerce=int, empty_value=None,
        help_text=_("The earlier one stays as it is."),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: Kind, homes: Sequence[tuple[str, str]], earlier: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_choices(self, "home", [*homes, ("", Explained(_("Somebody else, on paper"), _("Write who below.")))])
        self.fields["home"].required = False
        offer_choices(self, "corrects", [("", _("No")), *earlier])
        for name in _left_out(kind, bool(earlier)):
            del self.fields[name]
        if kind == Kind.CHANGE:
            self.fields["text"].label = gettext("What does the new school need to know?")
            self.fields["to"].required = True
        self._kind = kind

    def clean(self) -> dict[str, Any]:
        """A copy goes to somebody."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self._kind in TO_FAMILY and not cleaned.get("home") and not cleaned.get("to", "").strip():
            self.add_error("to", gettext("Write who gets it."))
        return cleaned


def _left_out(kind: Kind, earlier: bool) -> set[str]:
    gone = set() if earlier else {"corrects"}
    if kind not in TO_FAMILY:
        gone |= {"home"}
    if kind != Kind.CHANGE:
        gone |= {"track", "said_yes", "why", "with_plan"}
    if kind not in (Kind.LETTER, Kind.CHANGE):
        gone |= {"text"}
    if kind in (Kind.PLAN, Kind.HEARINGS, Kind.CHRONOLOGY):
        gone |= {"to"}
    return gone


class RedactForm(OnceForm):
    """What is taken out."""

    found = forms.MultipleChoiceField(
        label=_("Names of others that stand in it"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Those with a tick are taken out."),
    )  # fmt: skip
    more = forms.CharField(
        label=_("More to take out"), required=False, max_length=LONGEST_LIST, widget=Textarea({"rows": 5}),
        help_text=_("A word or a sentence on each line: nicknames, places, what makes somebody recognisable."),
    )  # fmt: skip

    def __init__(self, *args: Any, found: Sequence[str], phrases: Sequence[str], **kwargs: Any) -> None:
        chosen = [word for word in found if word in phrases]
        kwargs["initial"] = {"found": chosen, "more": "\n".join(one for one in phrases if one not in found)}
        super().__init__(*args, **kwargs)
        offer_choices(self, "found", [(word, word) for word in found])
        if not found:
            del self.fields["found"]

    @property
    def phrases(self) -> list[str]:
        """All that is taken out."""
        return [*self.cleaned_data.get("found", []), *self.cleaned_data["more"].splitlines()]


class ReleaseForm(OnceForm):
    """The second look."""

    seen_left = forms.BooleanField(label=_("The names that still stand in it may stay"), required=False)
    read_again = forms.BooleanField(label=_("I have read it once more from beginning to end"), required=False)

    def __init__(self, *args: Any, left: bool, alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not left:
            del self.fields["seen_left"]
        if not alone:
            del self.fields["read_again"]
