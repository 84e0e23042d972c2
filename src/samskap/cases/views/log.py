"""What can be done with the lines of a timeline: put right, told at home."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.cases.actions.home import from_own_page, pupils_words
from samskap.cases.models import EntryKind
from samskap.cases.policy import LEAD, WORK
from samskap.cases.views.stepping import At
from samskap.cases.views.wording import Event
from samskap.kernel import policy


def log(at: At, events: Sequence[Event]) -> list[Event]:
    """The lines with their ways, and which of the pupils' words are read at home. As the steps ask it, but once for all lines."""
    told = {str(one.told.words.get("entry")) for one in events if one.told.row.kind == EntryKind.TOLD_HOME}
    own = from_own_page([one.told.row for one in events])
    may_work, may_lead = policy.may(WORK, at.by, at.case), policy.may(LEAD, at.by, at.case)

    def ways(one: Event) -> Iterator[tuple[str, str]]:
        row = one.told.row
        if may_work and one.text and row.pk not in own:
            yield _("Correct"), reverse("cases:entry_step", args=[row.pk, "rett"])
        if may_lead and not _home(one, told) and row.pupil_id is not None and pupils_words(row, one.told.words):
            yield _("Tell it at home against the pupil's wish"), reverse("cases:entry_step", args=[row.pk, "hjem"])

    return [replace(one, home=_home(one, told), links=tuple(ways(one))) for one in events]


def _home(one: Event, told: set[str]) -> bool:
    return one.home or str(one.told.row.pk) in told
