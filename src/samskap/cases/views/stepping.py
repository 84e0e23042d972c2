"""What a step is: a form, an action, and a sentence afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from samskap.cases.models import Case, State
from samskap.cases.policy import WORK
from samskap.cases.queries import CaseView
from samskap.kernel import policy
from samskap.kernel.forms import OnceForm
from samskap.kernel.policy import Actor


@dataclass(frozen=True)
class At:
    """Where a step is taken: who acts, the case opened, the row that it is about; ``wanted``: the plan that one comes from,
    ``idea``: the text of a suggested measure, ``kind``: what one comes to write down."""

    by: Actor
    view: CaseView
    row: Any
    wanted: str = ""
    idea: str = ""
    kind: str = ""

    @property
    def case(self) -> Case:
        """The case."""
        return self.view.row


@dataclass(frozen=True)
class Step:
    """One thing to do. ``offer``: may it be done now? ``leaves``: whoever does it may lose sight of the case by it.
    ``more``: a way to something that helps: its words, and its address. ``template``: where the form needs a page of its own."""

    title: Callable[[At], str]
    form: Callable[[At, Any], OnceForm]
    do: Callable[[At, Any], object]
    said: Callable[[], str]
    verb: str = WORK
    offer: Callable[[At], bool] = lambda at: at.case.state == State.OPEN
    lead: Callable[[At], str] = field(default=lambda at: "")
    button: Callable[[], str] = field(default=lambda: _("Save"))
    danger: bool = False
    template: str = "step"
    more: Callable[[At], tuple[str, str] | None] = field(default=lambda at: None)


def plain(form: type[OnceForm]) -> Callable[[At, Any], OnceForm]:
    """A form that asks for nothing but what is posted."""
    return lambda at, data: form(data)


def open_and(test: Callable[[At], bool]) -> Callable[[At], bool]:
    """While the case is followed up, and ``test`` holds."""
    return lambda at: at.case.state == State.OPEN and test(at)


def name_of(at: At) -> str:
    """The name of the pupil that it is about; empty for none."""
    wanted = getattr(at.row, "pupil_id", None) or at.row.pk
    return next((one.name for one in at.view.folders if one.row.pk == wanted), "")


def offered(steps: Mapping[str, Step], at: At) -> dict[str, str]:
    """The steps that this person can take here now: name -> what it is called."""
    verbs = {step.verb for step in steps.values()}
    may = {verb for verb in verbs if policy.may(verb, at.by, at.case)}
    return {name: step.title(at) for name, step in steps.items() if step.verb in may and step.offer(at)}
