"""The home page, the language switch, and what the house says about itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samskap.kernel import clock
from samskap.kernel.access import Request, public_page, signed_in
from samskap.kernel.policy import Actor
from samskap.kernel.room import HomeCard, rooms
from samskap.kernel.ui import gallery as components
from samskap.law import api as rules
from samskap.law.api import Entry
from samskap.people.api import choose_language as keep_language


def cards_of(actor: Actor) -> list[HomeCard]:
    """What waits first, then the ways in; the heavier first."""
    cards = [card for room in rooms() if room.home is not None for card in room.home(actor)]
    if actor.tenant_id is not None:
        text = _("What the school shall do when a pupil is not safe, and who has which duty.")
        cards.append(HomeCard(_("The law and the duties"), text, reverse("site:law"), weight=1))
    return sorted(cards, key=lambda card: (card.kind != "task", -card.weight))


@signed_in
@require_safe
def home(request: Request) -> HttpResponse:
    """ "Min dag": what waits for this person, and the ways in."""
    cards = cards_of(request.actor)
    tasks = [card for card in cards if card.kind == "task"]
    return render(request, "site/home.html", {"tasks": tasks, "ways": [c for c in cards if c.kind != "task"]})


@public_page
@require_POST
def choose_language(request: Request) -> HttpResponse:
    """Keep the language in a cookie and, for one who is signed in, with the account."""
    code = request.POST.get("language", "")
    if code not in dict(settings.LANGUAGES):
        raise Http404
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    if request.actor.signed_in:
        keep_language(by=request.actor, language=code)
    response = HttpResponseRedirect(back)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=31_536_000, httponly=True, samesite="Lax",
        secure=settings.CONFIG.https,
    )  # fmt: skip
    return response


@public_page
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Samskap is, where its figures come from, and what it keeps."""
    return render(request, "site/about.html")


@public_page
@require_safe
def law(request: HttpRequest) -> HttpResponse:
    """The rules that the program follows, as they read on a day: the dated data itself, with sources, for a jurist to review."""
    day = _day(request.GET.get("dag", ""))
    sections = rules.sections(day)
    numbers = {entry.id: entry.number for entry in sections}
    explained = [entry for entry in rules.words(day) if "text" in entry.spoken]
    told = [
        _Part("plikter", _("Duties"), _told(rules.duties(day), numbers)),
        _Part("frister", _("Deadlines and routines"), _told(rules.deadlines(day), numbers)),
        _Part("terskler", _("Thresholds"), _told(rules.thresholds(day), numbers)),
        _Part("paragrafer", _("Sections"), _told(sections, numbers)),
        _Part("ord", _("Words that are easily mixed up"), _told(explained, numbers)),
    ]
    parts = [part for part in told if part.rows]
    context = {"day": day, "version": date.fromisoformat(rules.version_on(day)), "parts": parts}
    return render(request, "site/law.html", context)


# From here on there is a chapter on the school environment in the data.
FIRST_DAY = date(2017, 8, 1)


def _day(text: str) -> date:
    try:
        return max(date.fromisoformat(text), FIRST_DAY)
    except ValueError:
        return clock.today()


@dataclass(frozen=True)
class _Part:
    """A part of the page of rules."""

    id: str
    title: str
    rows: Sequence[dict[str, object]]


def _told(entries: Iterable[Entry], numbers: Mapping[str, str]) -> list[dict[str, object]]:
    """Entries in the reader's language; how sure each is, unless somebody has read it at the source."""
    sure = {
        "secondary": _("From a secondary source"),
        "derived": _("Our conclusion from the source"),
        "unchecked": _("Not looked up yet"),
        "chosen": _("Our own choice"),
    }
    language = get_language() or settings.LANGUAGE_CODE
    names = ("title", "text", "note", "who", "trigger", "clock", "shown_by")
    return [
        {name: entry.say(name, language) for name in names}
        | {"entry": entry, "routine": entry.kind == "routine", "place": _place(entry), "number": numbers.get(entry.section, "")}
        | {"sure": "" if entry.kind == "routine" else sure.get(entry.sure, "")}
        for entry in entries
    ]


def _place(entry: Entry) -> str:
    """Where it stands on the page: sections under their own number, to which the others lead."""
    return entry.id if entry.file == "sections" else f"{entry.file}-{entry.id}"


@public_page
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for developers. Only in the demo and while developing."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    return render(request, "ui/gallery.html", components.context())


@public_page
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """For a load balancer: does the process answer and reach its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})
