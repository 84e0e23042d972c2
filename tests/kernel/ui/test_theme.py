"""Our own colours keep the contrast that WCAG 2.2 AA asks for, in light and in dark."""

import re
from pathlib import Path

import pytest

import samskap.kernel

CSS = Path(samskap.kernel.__file__).parent / "static" / "samskap" / "css"
SCALES = ("accent", "neutral", "brand1", "brand2")
TEXT_ON = [
    ("text-default", "surface-tinted"),
    ("text-default", "background-tinted"),
    ("text-subtle", "background-tinted"),
    ("text-subtle", "surface-tinted"),
    ("base-contrast-default", "base-default"),
    ("base-contrast-default", "base-hover"),
]
ACROSS = [("accent-text-subtle", "neutral-surface-tinted"), ("brand1-text-subtle", "accent-surface-tinted")]
LINES = ["accent-base-default", "brand1-border-default", "brand2-border-default", "neutral-border-strong"]


def colors(scheme: str) -> dict[str, str]:
    found = re.findall(r"--ds-color-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", (CSS / "theme.css").read_text("utf-8"))
    return {name: (light if scheme == "light" else dark) for name, light, dark in found}


def luminance(color: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_can_be_read(scheme: str, scale: str, text: str, ground: str) -> None:
    known = colors(scheme)
    assert contrast(known[f"{scale}-{text}"], known[f"{scale}-{ground}"]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), ACROSS)
def test_text_can_be_read_across_scales(scheme: str, text: str, ground: str) -> None:
    known = colors(scheme)
    assert contrast(known[text], known[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("line", LINES)
def test_lines_of_a_chart_can_be_seen(scheme: str, line: str) -> None:
    known = colors(scheme)
    assert contrast(known[line], known["neutral-surface-default"]) >= 3


@pytest.mark.parametrize("sheet", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_style_sheets_fetch_nothing_from_elsewhere(sheet: Path) -> None:
    assert re.findall(r"@import|https?://|url\(\"?//", sheet.read_text("utf-8")) == []
