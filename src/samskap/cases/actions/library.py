"""The library of suggested measures: the municipality's and the school's own, edited by those who use it."""

from django.utils.translation import gettext as _

from samskap.cases.actions.steps import needed
from samskap.cases.models import Suggestion
from samskap.cases.policy import EDIT_LIBRARY, SUGGESTION
from samskap.cases.starters import STARTERS
from samskap.kernel import audit, clock, policy
from samskap.kernel.actions import ActionError, action
from samskap.kernel.policy import Actor
from samskap.people.api import Role, School

LONGEST = 1000


def _place(by: Actor, school: School | None) -> None:
    """Raises NotAllowed for a place whose library one does not keep: the municipality's is its handlers'."""
    policy.require(EDIT_LIBRARY, by)
    allowed = by.owner_wide(Role.HANDLER) if school is None else school.pk in by.schools(Role.LEADER)
    if not allowed:
        raise policy.NotAllowed(EDIT_LIBRARY)


@action
def suggest(*, by: Actor, school: School | None, theme: str, text: str, why: str = "") -> Suggestion:
    """Add a suggested measure. ``school`` None: for all schools of the municipality."""
    _place(by, school)
    made = Suggestion(school=school, written_at=clock.now(), **_words(theme, text, why))
    made.save(force_insert=True)
    audit.record(by, "cases.suggested", made)
    return made


@action
def change_suggestion(*, by: Actor, suggestion: Suggestion, theme: str, text: str, why: str = "") -> Suggestion:
    """Write it anew. Measures that were made from it stay as they are."""
    policy.require(SUGGESTION, by, suggestion)
    for name, value in _words(theme, text, why).items():
        setattr(suggestion, name, value)
    suggestion.written_at = clock.now()
    suggestion.save()
    audit.record(by, "cases.suggestion_changed", suggestion)
    return suggestion


@action
def hide_suggestion(*, by: Actor, suggestion: Suggestion) -> None:
    """It is no longer suggested."""
    policy.require(SUGGESTION, by, suggestion)
    suggestion.hidden_at = clock.now()
    suggestion.save()
    audit.record(by, "cases.suggestion_hidden", suggestion)


def _words(theme: str, text: str, why: str) -> dict[str, str]:
    text = needed(text, "text")
    if len(text) > LONGEST or len(why) > LONGEST:
        raise ActionError(_("Write it shorter."), "text" if len(text) > LONGEST else "why")
    return {"theme": Suggestion.Theme(theme), "text": text, "why": why.strip()}


@action
def take_starters(*, by: Actor, language: str) -> int:
    """Take in the texts that come with Samskap, for the municipality, where they are not there yet. Returns how many."""
    _place(by, None)
    known = set(Suggestion.objects.exclude(starter="").values_list("starter", flat=True))
    new = [one for one in STARTERS if one.key not in known]
    for one in new:
        text, why = one.words(language)
        theme = Suggestion.Theme(one.theme)
        made = Suggestion(school=None, theme=theme, text=text, why=why, starter=one.key, written_at=clock.now())
        made.save(force_insert=True)
    audit.record(by, "cases.starters_taken", None, count=len(new))
    return len(new)
