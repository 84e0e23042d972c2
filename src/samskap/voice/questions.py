"""What one who tells is asked: few plain questions, one screen each. Data, so that a question or a sender is added here alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from samskap.kernel.ui.widgets import Explained
from samskap.voice.rules import Concerns, SenderKind, Urgency

# What stands in the address -> who tells. An employee tells with name, behind the sign-in.
WHO: Mapping[str, SenderKind] = {"elev": SenderKind.PUPIL, "foresatt": SenderKind.GUARDIAN, "annen": SenderKind.OTHER}
UNSURE = "unsure"


@dataclass(frozen=True)
class Step:
    """One screen: its place in the address (``#…``), its heading, and its questions."""

    place: str
    title: Any
    fields: tuple[str, ...]
    lead: Any = ""


_ABOUT_OTHERS = Step("hvem", _("Who is it about?"), ("about", "who"))
_WHAT = Step("hva", _("What happens?"), ("what", "images"), _("Write as you would say it. Nothing has to be perfect."))
_WHEN = Step("naar", _("When and where?"), ("since", "where"), _("You may skip this."))
_STAFF = Step(
    "voksen",
    _("Is it about an adult at the school?"),
    ("concerns",),
    _("The answer decides who reads it. No answer: the school's leadership."),
)
_DANGER = Step("fare", _("Is somebody in danger now?"), ("danger",))
_NAME = Step(
    "navn",
    _("Do you want to say who you are?"),
    ("named", "name", "school_class", "reach", "before"),
)
STEPS: Mapping[SenderKind, Sequence[Step]] = {
    SenderKind.PUPIL: (
        _ABOUT_OTHERS,
        _WHAT,
        _WHEN,
        replace(_STAFF, fields=("concerns", "adult")),
        _DANGER,
        _NAME,
    ),
    SenderKind.GUARDIAN: (
        _ABOUT_OTHERS,
        _WHAT,
        _WHEN,
        _STAFF,
        replace(_DANGER, fields=("danger", "urgency")),
        replace(_NAME, fields=("named", "name", "reach", "before")),
    ),
    SenderKind.OTHER: (
        _ABOUT_OTHERS,
        _WHAT,
        _WHEN,
        _STAFF,
        replace(_DANGER, fields=("danger", "urgency")),
        replace(_NAME, fields=("named", "name", "reach", "before")),
    ),
}

_WHO_YOU_ARE = ("named", "name", "school_class")
_YOU = Step(
    "deg",
    _("Your name goes with it"),
    (),
    _("The one who reads it sees who you are. You find the answer here when you sign in."),
)


def _from_home(step: Step) -> Step:
    """The step that asks who one is, for one who is signed in: how to be reached, and no more."""
    return replace(_YOU, fields=tuple(name for name in step.fields if name not in _WHO_YOU_ARE)) if step.place == "navn" else step


STEPS_FROM_HOME: Mapping[SenderKind, Sequence[Step]] = {
    kind: tuple(_from_home(step) for step in STEPS[kind]) for kind in (SenderKind.PUPIL, SenderKind.GUARDIAN)
}

ABOUT: Mapping[SenderKind, Sequence[tuple[str, Any]]] = {
    SenderKind.PUPIL: [("me", _("Me")), ("other", _("Somebody else")), ("several", _("Several of us"))],
    SenderKind.GUARDIAN: [("mine", _("My child")), ("other", _("Another child")), ("several", _("Several children"))],
    SenderKind.OTHER: [("other", _("One pupil")), ("several", _("Several pupils"))],
}
SINCE = [
    ("today", _("Today")), ("week", _("The last week")), ("month", _("The last month")), ("long", _("Longer")),
    (UNSURE, _("Not sure")),
]  # fmt: skip
CONCERNS = [
    (Concerns.PUPILS.value, _("No")),
    (Concerns.EMPLOYEE.value, _("Yes, somebody who works there")),
    (
        Concerns.LEADERSHIP.value,
        Explained(
            _("Yes, the principal or somebody in the leadership"), _("Then only the municipality gets it, not the school.")
        ),
    ),
    (UNSURE, Explained(_("I don't know"), _("Then the school's leadership gets it."))),
]
URGENCY = [(Urgency.NOW.value, _("Now")), (Urgency.TODAY.value, _("Today")), (Urgency.WEEK.value, _("This week"))]
NAMED = [
    ("no", Explained(_("No, I want to be anonymous"), _("The school can still answer you here."))),
    ("yes", Explained(_("Yes, I say who I am"), _("Then it is easier to help."))),
]
YES_NO = [("no", _("No")), ("yes", _("Yes"))]
