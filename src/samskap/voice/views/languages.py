"""Languages of the public pages: carried in the address and the form, never in a cookie. A new one is a line and a catalogue."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import translation

# English needs no catalogue: it is what the program's texts are written in.
LANGUAGES = (("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English"))
NAME = "sprak"
# The button of a form that changes the language: the form travels along, nothing of it is carried out.
SWITCH = "bytt"


@dataclass(frozen=True)
class Choice:
    """A language to choose: its code, its own name, where it leads, whether it is the present one."""

    code: str
    name: str
    url: str
    current: bool


def wanted(request: HttpRequest, default: str = "nb") -> str:
    """What the address or the form says, else the default."""
    said = (request.POST.get(SWITCH, ""), request.GET.get(NAME, ""), request.POST.get(NAME, ""))
    return next((code for code in said if code in dict(LANGUAGES)), default)


def switches(request: HttpRequest) -> bool:
    """Was the form sent only to see it in another language?"""
    return request.method == "POST" and SWITCH in request.POST


def carried(request: HttpRequest) -> dict[str, str]:
    """What was filled in, for the same form in another language."""
    return {name: request.POST.get(name, "") for name in request.POST}


@contextmanager
def spoken(request: HttpRequest, default: str = "nb") -> Iterator[str]:
    """Speak the visitor's language inside."""
    code = wanted(request, default)
    with translation.override(code):
        yield code


def choices(request: HttpRequest, code: str) -> list[Choice]:
    """All languages, for the head of a page."""
    return [Choice(key, name, f"{request.path}?{NAME}={key}", key == code) for key, name in LANGUAGES]
