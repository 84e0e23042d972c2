"""Forms of answers: one pupil's, several at once, and those that come with an evaluation."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskap.cases import rules
from samskap.cases.actions import Said
from samskap.cases.forms import EFFECTS, SAFE, SAFE_AT_HOME, SAFE_AT_SCHOOL, choice, day, line, words
from samskap.cases.models import Voice
from samskap.cases.queries import Folder, MeasureLine
from samskap.kernel.forms import OnceForm
from samskap.kernel.ui.fields import offer_choices

# In an evaluation the answers of so many pupils are asked for; more are written down apart.
FEW = 3
# Those at home with a pupil, by id and name.
Homes = Sequence[tuple[str, str]]


class AnswerForm(OnceForm):
    """The pupil's own answer to "is it safe and good now?"."""

    voice = Voice.PUPIL
    safe = choice(_("Is it safe and good at school now?"), SAFE)
    words = words(_("In their own words"), required=False)
    on = day(_("When?"))
    home = forms.BooleanField(label=_("The pupil has said yes to this being told at home"), required=False)


class HomeAnswerForm(OnceForm):
    """What somebody at home answers. ``homes``: those at home, by id and name."""

    voice = Voice.GUARDIAN
    who = forms.ChoiceField(label=_("Who at home?"), required=False)
    safe = choice(_("Is it safe and good at school now?"), SAFE_AT_HOME)
    words = words(_("In their own words"), required=False)
    on = day(_("When?"))

    def __init__(self, *args: Any, homes: Homes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_homes(self, "who", homes)


class SchoolAnswerForm(OnceForm):
    """What the school thinks itself."""

    voice = Voice.STAFF
    safe = choice(_("Is it safe and good at school now?"), SAFE_AT_SCHOOL)
    words = words(_("What have you seen?"), required=False)
    on = day(_("When?"))


def _offer_homes(form: forms.Form, name: str, homes: Homes) -> None:
    """Who at home it was; not asked where nobody is known, and taken for granted where there is one."""
    offer_choices(form, name, [("", _("Nobody, or it does not matter")), *homes])
    if len(homes) == 1:
        form.initial.setdefault(name, homes[0][0])
    if not homes:
        del form.fields[name]


def _not_asked(safe: Sequence[tuple[Any, Any]] = SAFE) -> list[tuple[str, Any]]:
    return [("", _("Not asked")), *safe]


class SeveralAnswersForm(OnceForm):
    """The answers of several pupils, on one day."""

    on = day(_("When?"))

    def __init__(self, *args: Any, folders: Sequence[Folder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folders = folders
        for number, one in enumerate(folders):
            said = gettext("In %(name)s's own words") % {"name": one.name}
            asked = forms.Select(attrs={"aria-label": one.name})
            self.fields[f"safe_{number}"] = forms.ChoiceField(label=one.name, choices=_not_asked(), required=False, widget=asked)
            self.fields[f"words_{number}"] = line(said)
            self.fields[f"words_{number}"].widget.attrs["aria-label"] = said

    def rows(self) -> Iterator[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each pupil's name and two fields."""
        for number, one in enumerate(self.folders):
            yield one.name, self[f"safe_{number}"], self[f"words_{number}"]

    @property
    def said(self) -> list[Said]:
        """The answers that were given."""
        told = self.cleaned_data
        return [
            Said(one.row, told[f"safe_{number}"], told[f"words_{number}"])
            for number, one in enumerate(self.folders)
            if told[f"safe_{number}"]
        ]


class TalkForm(SeveralAnswersForm):
    """The follow-up talk: what was said, and what each pupil answers, or why not."""

    text = words(_("What did you talk about?"))
    why_not = words(_("Why is there no answer?"), help=_("Only where a pupil has not answered."), rows=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, one in enumerate(self.folders):
            self.fields[f"safe_{number}"].label = gettext("%(name)s: is it safe and good at school now?") % {"name": one.name}
        answers = [name for name in self.fields if name.startswith(("safe_", "words_"))]
        self.order_fields(["text", *answers, "why_not", "on"])

    def clean(self) -> dict[str, Any]:
        """Held without the pupil's answer, it is no follow-up talk: the answer is there, or why not."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        unanswered = not all(cleaned.get(f"safe_{number}") for number in range(len(self.folders)))
        if unanswered and not cleaned.get("why_not"):
            self.add_error("why_not", gettext("Write down the pupil's answer, or why there is none."))
        return cleaned


class SeveralWeighForm(OnceForm):
    """What is best for several pupils, where the same was weighed."""

    pupils = forms.MultipleChoiceField(label=_("For whom?"), widget=forms.CheckboxSelectMultiple)
    text = words(
        _("What is best for them, and how was it weighed?"),
        help=_("It stands in each one's folder. Name nobody. Where it is different for one of them, write it in that folder."),
    )

    def __init__(self, *args: Any, folders: Sequence[Folder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folders = folders
        offer_choices(self, "pupils", [(str(one.row.pk), one.name) for one in folders])
        self.initial.setdefault("pupils", [str(one.row.pk) for one in folders if one.is_subject and one.row.weighed_on is None])

    @property
    def values(self) -> dict[str, Any]:
        """The chosen pupils' folders, and the text."""
        chosen = set(self.cleaned_data["pupils"])
        return {"pupils": [one.row for one in self.folders if str(one.row.pk) in chosen], "text": self.cleaned_data["text"]}


class EvaluateForm(OnceForm):
    """Evaluate a plan: what the pupil and those at home say, what was seen, and what becomes of each measure."""

    text = words(_("What have you seen since last time?"), help=_("The pupil and those at home read it too."), rows=5)
    on = day(_("When did you evaluate?"))
    next_on = day(
        _("When do you evaluate next?"), required=False, initial=None, help=_("Empty when the follow-up is about to end.")
    )

    def __init__(
        self,
        *args: Any,
        measures: Sequence[MeasureLine],
        folders: Sequence[Folder],
        homes: Callable[[Folder], Homes],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.measures = [one for one in measures if one.row.stage != "ended" and one.shown == rules.Shown.FULL and not one.lent]
        self.folders = folders if len(folders) <= FEW else ()
        for number, one in enumerate(self.folders):
            self._ask(number, one.name, homes(one))
        asked = [name for name in self.fields if name.startswith(("pupil_", "guardian_"))]
        for number, measure in enumerate(self.measures):
            self._judge(number, measure)
        judged = [name for name in self.fields if name.startswith(("verdict_", "effect_"))]
        self.order_fields([*asked, "text", *judged, "on", "next_on"])

    def _ask(self, number: int, name: str, homes: Homes) -> None:
        named = {"name": name}
        label = gettext("%(name)s: is it safe and good at school now?") % named
        self.fields[f"pupil_{number}"] = choice(label, _not_asked(), required=False, initial="")
        self.fields[f"pupil_words_{number}"] = line(gettext("In %(name)s's own words") % named)
        label = gettext("What do those at home with %(name)s say?") % named
        self.fields[f"guardian_{number}"] = choice(label, _not_asked(SAFE_AT_HOME), required=False, initial="")
        self.fields[f"guardian_who_{number}"] = forms.ChoiceField(label=_("Who at home?"), required=False)
        _offer_homes(self, f"guardian_who_{number}", homes)
        self.fields[f"guardian_words_{number}"] = line(_("In their own words"))

    def _judge(self, number: int, one: MeasureLine) -> None:
        verdicts = [("continue", _("Continue")), ("change", _("Change it")), ("end", _("End it"))]
        self.fields[f"verdict_{number}"] = choice(one.text, verdicts, initial="continue")
        effects = [("", _("Too early to say")), *EFFECTS]
        self.fields[f"effect_{number}"] = choice(_("What is seen of it?"), effects, required=False, initial=one.row.effect)

    def chosen(self, what: str) -> dict[Any, str]:
        """Measure -> what was chosen for it: "verdict" or "effect"."""
        return {one.row.pk: self.cleaned_data[f"{what}_{number}"] for number, one in enumerate(self.measures)}

    @property
    def said(self) -> list[Said]:
        """The answers that were given."""
        return list(self._said())

    def _said(self) -> Iterator[Said]:
        for number, one in enumerate(self.folders):
            for voice in (Voice.PUPIL, Voice.GUARDIAN):
                if safe := self.cleaned_data[f"{voice}_{number}"]:
                    who = self.cleaned_data.get(f"{voice}_who_{number}", "")
                    yield Said(one.row, safe, self.cleaned_data[f"{voice}_words_{number}"], str(voice), who)
