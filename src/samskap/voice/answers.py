"""What a report's text holds, key by key, in words for the one who reads it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

# In the order in which they are read.
LABELS: Mapping[str, Any] = {
    "danger": _("Is somebody in danger now?"),
    "about": _("Who is it about?"),
    "who": _("Which pupils?"),
    "what": _("What happens?"),
    "since": _("Since when?"),
    "where": _("When and where?"),
    "done": _("What has been done so far"),
    "staff": _("Which adult it is about"),
    "adult": _("Which adult they would like to talk to"),
    "before": _("Has told about this before"),
    "name": _("Name"),
    "school_class": _("Class"),
    "reach": _("How to reach them"),
}
CHOICES: Mapping[str, Mapping[str, Any]] = {
    "danger": {"yes": _("Yes"), "no": _("No")},
    "before": {"yes": _("Yes"), "no": _("No")},
    "about": {"me": _("The one who tells"), "other": _("Somebody else"), "several": _("Several"), "mine": _("Their own child")},
    "since": {
        "today": _("Today"), "week": _("The last week"), "month": _("The last month"), "long": _("Longer"),
        "unsure": _("Not sure"),
    },
}  # fmt: skip

# For the one who told: as it was asked and ticked, not about "the one who tells".
OWN_LABELS: Mapping[str, Any] = {
    "adult": _("Which adult would you like to talk to?"),
    "before": _("I have told about this before"),
    "reach": _("How can we reach you?"),
}
OWN_CHOICES: Mapping[str, Mapping[str, Any]] = {"about": {"me": _("Me"), "mine": _("My child")}}


@dataclass(frozen=True)
class Answer:
    """One answer in words."""

    key: str
    label: str
    text: str


def shown(text: Mapping[str, Any], *, own: bool = False) -> Iterator[Answer]:
    """The answers that were given, in order, in the reader's language. ``own``: the reader has given them."""
    for key, label in ({**LABELS, **OWN_LABELS} if own else LABELS).items():
        value = text.get(key)
        if value not in (None, "", [], False):
            words = {**CHOICES.get(key, {}), **(OWN_CHOICES.get(key, {}) if own else {})}
            given = value if isinstance(value, list) else ["yes" if value is True else value]
            yield Answer(key, str(label), ", ".join(str(words.get(str(one), one)) for one in given))
