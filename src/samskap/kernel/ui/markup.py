"""The two tools that all components use: attributes from keyword arguments, and a component's own template."""

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def attributes(values: Mapping[str, object]) -> SafeString:
    """``{"hx_get": "/x", "required": True, "id": ""}`` → ``hx-get="/x" required``.

    Empty, None and False leave the attribute out; True writes it bare. Raises ValueError for what the content
    security policy forbids (style and event attributes), so that the mistake is seen at once and not only in a browser.
    """
    kept = [(name.rstrip("_").replace("_", "-"), value) for name, value in values.items() if value not in ("", None, False)]
    for name, _value in kept:
        if name == "style" or name.startswith(("on", "hx-on")):
            raise ValueError(f"The content security policy forbids the attribute {name}")
    return format_html_join("", "{}", ((_attribute(name, value),) for name, value in kept))


def _attribute(name: str, value: object) -> SafeString:
    return format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)


def component(name: str, values: Mapping[str, object]) -> SafeString:
    """Render ``ui/<name>.html``."""
    return render_to_string(f"ui/{name}.html", dict(values))


def trimmed(content: str) -> str:
    """A block's content without the space around it, as safe (or unsafe) as it was."""
    return SafeString(content.strip()) if isinstance(content, SafeString) else content.strip()
