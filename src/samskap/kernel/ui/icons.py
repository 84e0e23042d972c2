"""A small set of line icons, drawn on a grid of 24 by 24. They decorate; words carry the meaning."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

# Each value is the inside of an <svg>; strokes take the colour of the text around them.
_SHAPES = {
    "alert": '<path d="M12 4 2.8 20h18.4z"/><path d="M12 10v4.5M12 17.2v.1"/>',
    "arrow": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "back": '<path d="M19 12H5M11 6l-6 6 6 6"/>',
    "bell": '<path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 21h4"/>',
    "calendar": '<path d="M4 6.5h16V20H4zM4 10.5h16M8 3.5v5M16 3.5v5"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "circle": '<circle cx="12" cy="12" r="7"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.2l3.4 2"/>',
    "close": '<path d="M6 6l12 12M18 6 6 18"/>',
    "danger": '<path d="M8.4 3.5h7.2l4.9 4.9v7.2l-4.9 4.9H8.4l-4.9-4.9V8.4z"/><path d="M12 8v5M12 16v.1"/>',
    "dots": '<circle cx="6" cy="12" r="1"/><circle cx="12" cy="12" r="1"/><circle cx="18" cy="12" r="1"/>',
    "down": '<path d="M12 5v14M6 13l6 6 6-6"/>',
    "download": '<path d="M12 4v11M7 10.5l5 5 5-5M5 20h14"/>',
    "equal": '<path d="M5 9.5h14M5 14.5h14"/>',
    "flag": '<path d="M6 21V4h11l-2 4 2 4H6"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.6v.1"/>',
    "lock": '<path d="M5.5 11h13v9h-13zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "minus": '<path d="M6 12h12"/>',
    "pause": '<path d="M9 6v12M15 6v12"/>',
    "pencil": '<path d="M4 20l1-4.5L16.5 4 20 7.5 8.5 19z"/><path d="M14 6.5l3.5 3.5"/>',
    "people": '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.8 20a6.2 6.2 0 0 1 12.4 0M16 5.3a3.5 3.5 0 0 1 0 6.4'
    'M18 14.6a6.2 6.2 0 0 1 3.4 5.4"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5a7.5 7.5 0 0 1 15 0"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 8V3.5h10V8M7 17H4V8h16v9h-3M7 13.5h10v7H7z"/>',
    "question": '<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.6a2.6 2.6 0 1 1 3.6 2.4c-.8.3-1.1.8-1.1 1.7M12 16.6v.1"/>',
    "school": '<path d="M3 20h18M5 20v-9h14v9M12 4 4 11h16zM10.5 20v-4.5h3V20"/>',
    "share": '<circle cx="6" cy="12" r="2.5"/><circle cx="17.5" cy="6" r="2.5"/><circle cx="17.5" cy="18" r="2.5"/>'
    '<path d="m8.2 10.8 7-3.6M8.2 13.2l7 3.6"/>',
    "up": '<path d="M12 19V5M6 11l6-6 6 6"/>',
}
NAMES = tuple(_SHAPES)


def icon(name: str, label: str = "") -> SafeString:
    """An icon; hidden from screen readers unless it has a ``label``. Raises KeyError for an unknown name."""
    shape = SafeString(_SHAPES[name])
    role = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html('<svg class="s-icon" viewBox="0 0 24 24" focusable="false" {}>{}</svg>', role, shape)
