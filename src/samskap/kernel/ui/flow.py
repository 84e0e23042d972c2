"""What goes on over time: status, progress, the stages of a round, a timeline, and what was changed in a text."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samskap.kernel.ui.icons import icon as draw
from samskap.kernel.ui.markup import component


@dataclass(frozen=True)
class Look:
    """How a status is shown: always words and a sign, never a colour alone."""

    text: Any
    icon: str
    color: str


LOOKS = {
    "planned": Look(gettext_lazy("Planned"), "circle", "neutral"),
    "ongoing": Look(gettext_lazy("In progress"), "arrow", "brand2"),
    "done": Look(gettext_lazy("Carried out"), "check", "success"),
    "evaluated": Look(gettext_lazy("Evaluated"), "check", "success"),
    "continued": Look(gettext_lazy("Continues"), "arrow", "success"),
    "adjusted": Look(gettext_lazy("Adjusted"), "pencil", "brand1"),
    "stopped": Look(gettext_lazy("Stopped"), "pause", "neutral"),
    "waiting": Look(gettext_lazy("Waiting"), "clock", "warning"),
    "overdue": Look(gettext_lazy("Past the date"), "clock", "warning"),
    "draft": Look(gettext_lazy("Draft"), "pencil", "neutral"),
    "shared": Look(gettext_lazy("Shared"), "share", "brand2"),
    "info": Look(gettext_lazy("Information"), "info", "info"),
    "warning": Look(gettext_lazy("Please note"), "alert", "warning"),
    "success": Look(gettext_lazy("Done"), "check", "success"),
    "danger": Look(gettext_lazy("Something is wrong"), "danger", "danger"),
    "better": Look(gettext_lazy("Better"), "up", "success"),
    "worse": Look(gettext_lazy("Weaker"), "down", "warning"),
    "indistinguishable": Look(gettext_lazy("Cannot be told from chance"), "equal", "neutral"),
    "no_basis": Look(gettext_lazy("Not enough to say"), "question", "neutral"),
}


def status(kind: str, text: str = "") -> SafeString:
    """A status with words and sign. KeyError for an unknown kind; other words for a known kind are fine."""
    look = LOOKS[kind]
    shown = (look.color, draw(look.icon), text or look.text)
    return format_html('<span class="ds-tag s-status" data-color="{}" data-variant="default">{}{}</span>', *shown)


def progress(value: int, maximum: int, label: str, *, text: str = "") -> SafeString:
    """How far something has come, as a bar and in words ("3 of 5"). ValueError when value is not within 0 … maximum."""
    if not 0 <= value <= maximum or maximum == 0:
        raise ValueError(f"Progress {value} of {maximum}")
    words = text or _("%(value)s of %(maximum)s") % {"value": value, "maximum": maximum}
    return component("progress", {"value": value, "maximum": maximum, "label": label, "words": words})


@dataclass(frozen=True)
class Step:
    """A stage: ``state`` is done, current or todo."""

    label: Any
    state: str
    url: str = ""
    note: Any = ""


def steps(items: Iterable[Step], label: str) -> SafeString:
    """The stages of a round in order, with the one that goes on now."""
    return component("steps", {"items": list(items), "label": label})


@dataclass(frozen=True)
class Event:
    """Something that happened. A ``datetime`` is shown with time, a ``date`` without, text as it is."""

    when: datetime.date | datetime.datetime | str
    title: Any
    text: Any = ""
    who: Any = ""
    icon: str = "circle"
    url: str = ""

    @property
    def timed(self) -> bool:
        return isinstance(self.when, datetime.datetime)

    @property
    def dated(self) -> bool:
        return isinstance(self.when, datetime.date)


def timeline(items: Iterable[Event], label: str) -> SafeString:
    """What happened, in the order given."""
    return component("timeline", {"items": list(items), "label": label})


class Piece(Protocol):
    """A run of words: kind ``same``, ``added`` or ``removed``. ``kernel.history.Piece`` is one."""

    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...


class Difference(Protocol):
    """A field's name and the way from the old text to the new. ``kernel.history.Difference`` is one."""

    @property
    def field(self) -> str: ...
    @property
    def pieces(self) -> Sequence[Piece]: ...


def changed_words(pieces: Iterable[Piece]) -> SafeString:
    """A text with its changes marked, to the eye (line, colour) and to the ear (words)."""
    return format_html_join("", "{}", ((_piece(piece),) for piece in pieces))


def _piece(piece: Piece) -> SafeString:
    if piece.kind == "same":
        return format_html("{}", piece.text)
    tag, words = ("ins", _("added")) if piece.kind == "added" else ("del", _("removed"))
    told = format_html('<span class="ds-sr-only"> [{}: </span>{}<span class="ds-sr-only">] </span>', words, piece.text)
    return format_html("<{}>{}</{}>", tag, told, tag)


def diff(differences: Iterable[Difference], labels: dict[str, Any] | None = None) -> SafeString:
    """What is different, field by field. ``labels`` turns field names into words."""
    named = [((labels or {}).get(item.field, item.field), changed_words(item.pieces)) for item in differences]
    count = ngettext("%(count)s change", "%(count)s changes", len(named)) % {"count": len(named)}
    return component("diff", {"items": named, "count": count})
