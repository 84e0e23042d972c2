"""Languages of the public pages: carried in the address and the form, never in a cookie. A new one is a line and a catalogue."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import translation

# English needs no catalogue: it is what the program's texts are written in.
LANGUAGES = (("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English"))
NAME = "sprak"


@dataclass(frozen=True)
class Choice:
    """A language to choose: its code, its own name, where it leads, whether it is the present one."""

    code: str
    name: str
    url: str
    current: bool


def wanted(request: HttpRequest, default: str = "nb") -> str:
    """What the address or the form says, else the default."""
    code = request.GET.get(NAME, "") or (request.POST.get(NAME, "") if request.method == "POST" else "")
    return code if code in dict(LANGUAGES) else default


@contextmanager
def spoken(request: HttpRequest, default: str = "nb") -> Iterator[str]:
    """Speak the visitor's language inside."""
    code = wanted(request, default)
    with translation.override(code):
        yield code


def choices(request: HttpRequest, code: str) -> list[Choice]:
    """All languages, for the head of a page."""
    return [Choice(key, name, f"{request.path}?{NAME}={key}", key == code) for key, name in LANGUAGES]
