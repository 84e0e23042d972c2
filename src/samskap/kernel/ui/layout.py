"""How a page is put together: its head, sections, cards, tabs, facts, and the state with nothing in it yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samskap.kernel.ui import terms
from samskap.kernel.ui.icons import icon as draw
from samskap.kernel.ui.markup import attributes, component, trimmed

_ALERTS = {"info": "info", "warning": "alert", "success": "check", "danger": "danger"}


@dataclass(frozen=True)
class Crumb:
    """A step of the breadcrumb; the last one is the page itself and needs no address."""

    label: Any
    url: str = ""


@dataclass(frozen=True)
class Tab:
    """A page among sibling pages. It is a link, so it works everywhere and can be sent to a colleague."""

    label: Any
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class KeyFigure:
    """One figure with its words. ``value`` is text, so that masked and missing are said in words."""

    label: Any
    value: Any
    note: Any = ""
    url: str = ""
    masked: bool = False


def page_header(content: str, title: str, *, lead: str = "", kicker: str = "", status: str = "", kind: str = "") -> SafeString:
    """The head of a page with its only ``<h1>``. The block holds the page's actions; ``kind="home"`` adds the hills."""
    values = {
        "title": title,
        "lead": lead,
        "kicker": kicker,
        "status": status,
        "kind": kind,
        "actions": trimmed(content),
    }
    return component("page_header", values)


def section(content: str, title: str, *, lead: str = "", id: str = "", level: int = 2) -> SafeString:
    """A part of a page under its own heading, named after it for those who jump by landmarks."""
    values = {"content": content, "title": title, "lead": lead, "id": id or f"part-{uuid4().hex[:8]}", "level": level}
    return component("section", values)


def card(
    content: str,
    title: str = "",
    *,
    url: str = "",
    kicker: str = "",
    tinted: bool = False,
    level: int = 3,
    **attrs: object,
) -> SafeString:
    """A card. With ``url`` the title is a link, and the whole card can be pressed (its text stays selectable)."""
    kind = "tinted" if tinted else "default"
    look = attributes({"class": "ds-card s-card", "data_variant": kind, "data_link": bool(url), **attrs})
    return component("card", {"look": look, "content": content, "title": title, "url": url, "kicker": kicker, "level": level})


def grid(content: str, *, narrow: bool = False) -> SafeString:
    """Cards side by side where there is room, below each other where not."""
    return format_html('<div class="s-grid"{}>{}</div>', attributes({"data_narrow": narrow}), content)


def empty_state(content: str, title: str, text: str, *, level: int = 2) -> SafeString:
    """What to see, and what to do, when there is nothing yet. The block's content is the action."""
    return component("empty_state", {"title": title, "text": text, "action": trimmed(content), "level": level})


def alert(content: str, kind: str = "info", *, title: str = "", level: int = 2, role: str = "") -> SafeString:
    """A message: ``info``, ``warning``, ``success`` or ``danger``. Read aloud at once only if given a ``role``."""
    names = {
        "info": _("Information"),
        "warning": _("Please note"),
        "success": _("Done"),
        "danger": _("Something is wrong"),
    }
    values = {"content": content, "kind": kind, "icon": _ALERTS[kind], "title": title, "level": level, "role": role}
    return component("alert", {**values, "name": names[kind]})


def tabs(items: Iterable[Tab], label: str) -> SafeString:
    """Sibling pages as links in a named navigation."""
    return component("tabs", {"items": list(items), "label": label})


def breadcrumb(items: Iterable[Crumb]) -> SafeString:
    """Where we are. The last step is the page itself."""
    return component("breadcrumb", {"items": list(items)})


def key_figures(items: Iterable[KeyFigure], label: str = "") -> SafeString:
    """A row of figures. A figure without its words is never shown."""
    return component("key_figures", {"items": list(items), "label": label})


def facts(content: str, *, stacked: bool = False) -> SafeString:
    """A description list; fill it with ``{% fact %}``."""
    return format_html('<dl class="s-facts"{}>{}</dl>', attributes({"data_stacked": stacked}), content)


def fact(content: str, label: str) -> SafeString:
    """One fact. Nothing in it is shown as "not filled in", so that a gap is not mistaken for a no."""
    body = content if content.strip() else format_html('<span class="s-quiet">{}</span>', _("Not filled in"))
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, body)


def term(key: str, text: str = "") -> SafeString:
    """A professional word with "what is this?" at it. KeyError for a term that nobody has explained."""
    explained = terms.get(key)
    return component("term", {"id": f"term-{uuid4().hex[:8]}", "text": text or explained.title, "term": explained})


def more(content: str, summary: str, *, open: bool = False) -> SafeString:
    """Something to fold out."""
    look = attributes({"class": "ds-details s-more", "open": open})
    return format_html('<details{}><summary>{}</summary><div class="s-flow">{}</div></details>', look, summary, content)


def masked(why: str = "") -> SafeString:
    """A figure that is not shown, in Udir's own word, and why."""
    reason = why or _("Too few answers to be shown")
    return format_html(
        '<span class="s-masked">{}{}<span class="ds-sr-only">: {}</span></span>', draw("lock"), _("Masked"), reason
    )
