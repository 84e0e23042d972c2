"""A browser for stories: given, when, then; every page that a story visits is checked with axe."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# The same browser, without a window's frame to draw, takes a third less time for a page.
CHROMIUM = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
QUIET = [
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic",
    "--disable-gpu", "--disable-dev-shm-usage",
]  # fmt: skip
WIDE, PHONE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}, {"width": 320, "height": 700}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def launch(playwright: Playwright) -> Browser:
    """Debian's Chromium where it is, else Playwright's own (which has no frame either)."""
    own = next(({"executable_path": str(path)} for path in CHROMIUM if path.exists()), {})
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return playwright.chromium.launch(args=[*QUIET, *root], **own)  # type: ignore[arg-type]  # one known keyword


def findings(page: Page) -> list[str]:
    """What axe finds on the page, in words; empty when all is well."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result: dict[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
    )
    return [
        f"{found['id']}: {found['help']} at {node['target']} ({node['html'][:160]})"
        for found in result["violations"]
        for node in found["nodes"]
    ]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


# What axe looks at: elements, how they lie in each other, what they say they are; a row that stands again is the same.
SHAPE = """() => {
  const told = a => /^(class|role|type|lang|tabindex)$/.test(a.name) ? `${a.name}=${a.value}` : a.name;
  const counts = a => /^(class|role|type|lang|tabindex|alt|title|for|id|hidden|disabled|aria-.*)$/.test(a.name);
  const shape = node => {
    const attributes = [...node.attributes].filter(counts).map(told).sort();
    return `${node.tagName} ${attributes} (${[...new Set([...node.children].map(shape))]})`;
  };
  return shape(document.documentElement);
}"""
_looked_at: set[tuple[int, str]] = set()


def is_new(page: Page) -> bool:
    """Whether no page of this shape has been looked at in a window of this width, in this process."""
    known = (page.viewport_size or WIDE)["width"], str(page.evaluate(SHAPE))
    if known in _looked_at:
        return False
    _looked_at.add(known)
    return True


class Story:
    """A person with a browser. Steps are sentences; what the browser complains about fails the story."""

    def __init__(self, context: BrowserContext, url: str, *, javascript: bool = True) -> None:
        self.context, self.javascript = context, javascript
        self.url = url
        self.page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Inside, a form may be sent back: the browser logs its 422 as an error, which is no fault."""
        before = len(self.complaints)
        yield
        self.complaints[before:] = [c for c in self.complaints[before:] if "422" not in c]

    def open(self, path: str) -> None:
        """Go to an address of the site."""
        self.page.goto(self.url + path)
        self.look()

    def look(self) -> None:
        """Check the page as it stands: accessibility once for each shape of page, and no scrolling sideways.

        Without JavaScript axe would wait for ever for its own timers; the same shapes are looked at with it.
        """
        self.page.wait_for_load_state()
        if self.javascript and is_new(self.page):
            assert findings(self.page) == [], self.page.url
        assert overflow(self.page) <= 0, f"{self.page.url} is wider than the window"

    def become(self, name: str) -> None:
        """Choose a person of the demonstration with one click."""
        self.open("/demo/")
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_url(f"{self.url}/")
        self.look()

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.look()

    def follow(self, name: str) -> None:
        """Follow a link."""
        self.page.get_by_role("link", name=name).first.click()
        self.look()

    def write(self, label: str, text: str) -> None:
        """Fill a field by its label."""
        self.page.get_by_label(label).first.fill(text)

    def choose(self, label: str) -> None:
        """Choose a radio button or tick a box by its label."""
        self.page.get_by_label(label).first.check()

    def sees(self, text: str) -> None:
        """The page says so."""
        self.page.get_by_text(text).first.wait_for(timeout=5_000)


@contextmanager
def story(browser: Browser, url: str, size: dict[str, int], name: str, *, javascript: bool = True) -> Iterator[Story]:
    """A browser window for one story; on failure a picture is kept in ``var/test-screens``."""
    context = browser.new_context(viewport=size, locale="nb-NO", java_script_enabled=javascript)  # type: ignore[arg-type]  # a plain dict
    context.set_default_timeout(8_000)
    teller = Story(context, url, javascript=javascript)
    try:
        yield teller
        assert teller.complaints == []
    except BaseException:
        screens = Path(__file__).resolve().parents[2] / "var" / "test-screens"
        screens.mkdir(parents=True, exist_ok=True)
        teller.page.screenshot(path=str(screens / f"{name}.png"), full_page=True)
        raise
    finally:
        context.close()
