"""Things to press: a button does, a link goes. They look alike and are never each other."""

from uuid import uuid4

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samskap.kernel.ui.icons import icon as draw
from samskap.kernel.ui.markup import attributes, component

VARIANTS = ("primary", "secondary", "tertiary")


def _look(variant: str, danger: bool, size: str) -> dict[str, object]:
    if variant not in VARIANTS:
        raise ValueError(f"Unknown button variant {variant}")
    return {"class": "ds-button", "data_variant": variant, "data_color": "danger" if danger else "", "data_size": size}


def _inside(text: str, icon: str, icon_after: str, extra: str) -> SafeString:
    return format_html(
        "{}{}{}{}",
        draw(icon) if icon else "",
        text,
        format_html('<span class="ds-sr-only"> {}</span>', extra) if extra else "",
        draw(icon_after) if icon_after else "",
    )


def button(
    text: str,
    *,
    variant: str = "primary",
    type: str = "submit",  # the HTML name; templates write type="button"
    danger: bool = False,
    icon: str = "",
    icon_after: str = "",
    size: str = "",
    extra: str = "",
    **attrs: object,
) -> SafeString:
    """A real ``<button>``. ``extra`` is only read aloud (which goal is deleted?); other keywords are attributes."""
    look = attributes({"type": type, **_look(variant, danger, size), **attrs})
    return format_html("<button{}>{}</button>", look, _inside(text, icon, icon_after, extra))


def link_button(
    text: str,
    url: str,
    *,
    variant: str = "primary",
    icon: str = "",
    icon_after: str = "",
    size: str = "",
    extra: str = "",
    **attrs: object,
) -> SafeString:
    """A real ``<a>`` that looks like a button. See ``button``."""
    look = attributes({"href": url, **_look(variant, False, size), **attrs})
    return format_html("<a{}>{}</a>", look, _inside(text, icon, icon_after, extra))


def confirm_button(
    content: str,
    text: str,
    question: str,
    *,
    yes: str,
    no: str = "",
    explain: str = "",
    variant: str = "secondary",
    danger: bool = True,
    icon: str = "",
    name: str = "",
    value: str = "",
) -> SafeString:
    """A button that asks first, inside a form. The block's content (a reason field, say) stands within the question.

    Uses the browser's own popover, so it works without JavaScript; "yes" is the form's submit button.
    """
    values = {
        "id": f"ask-{uuid4().hex[:8]}", "content": content, "text": text, "question": question, "yes": yes,
        "no": no or _("No, go back"), "explain": explain, "variant": variant, "danger": danger, "icon": icon,
        "name": name, "value": value,
    }  # fmt: skip
    return component("confirm_button", values)
