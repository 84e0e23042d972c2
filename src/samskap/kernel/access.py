"""Every view says who may use it. A view that says nothing answers nobody, and the system check names it."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core import checks
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import URLPattern, URLResolver, get_resolver

from samskap.kernel import policy
from samskap.kernel.forms import replayed
from samskap.kernel.policy import Actor

View = Callable[..., HttpResponse]
PUBLIC, SIGNED_IN = "public", "signed in"


class Request(HttpRequest):
    """A request after the middleware: it knows who acts."""

    actor: Actor


def _declared(view: View, access: str) -> View:
    view.access = access  # type: ignore[attr-defined]  # read by the check and by the table of addresses
    return view


def takes_files(largest: int, *, anybody: bool = False) -> Callable[[View], View]:
    """The view takes bodies of up to ``largest`` bytes (others: 3 MB); only from a browser with a session, unless ``anybody``."""

    def decorate(view: View) -> View:
        view.largest_body, view.files_from_anybody = largest, anybody  # type: ignore[attr-defined]  # read by the middleware
        return view

    return decorate


def public_page(view: View) -> View:
    """Anybody may open it, signed in or not."""
    return _declared(view, PUBLIC)


def signed_in(view: View) -> View:
    """Anybody with an account may open it; it shows nothing that a rule would have to guard."""

    @wraps(view)
    def run(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs) if request.actor.signed_in else _to_login(request)

    return _declared(run, SIGNED_IN)


def access(verb: str, keyword: str | None = None, *, known: str | None = None, strong: bool = False) -> Callable[[View], View]:
    """The view needs ``verb``. The address part named ``keyword`` arrives as the object it names.

    What one may not see answers 404. Where the actor may use the verb ``known`` on the same object (so knows of it), 403.
    ``strong``: this session must have shown a second factor too. That is asked last: whoever may not come in learns nothing.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def run(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.actor.signed_in:
                return _to_login(request)
            # First, since the first copy may have taken away what the second one needs: a goal removed, a plan closed.
            if (again := replayed(request)) is not None:
                return again
            if keyword is not None:
                kwargs[keyword] = _fetch(request.actor, verb, kwargs[keyword], known)
            elif not policy.may(verb, request.actor):
                raise Http404
            if strong and not request.actor.strong:
                return to_second_factor(request)
            return view(request, *args, **kwargs)

        return _declared(run, verb)

    return decorate


def _fetch(actor: Actor, verb: str, pk: object, known: str | None) -> Any:
    try:
        return policy.fetch(verb, actor, pk)
    except Http404:
        if known is not None:
            policy.fetch(known, actor, pk)
            raise PermissionDenied from None
        raise


def _to_login(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)})
    return redirect_to_login(request.get_full_path())


def to_second_factor(request: HttpRequest) -> HttpResponse:
    """Lead this session to the second factor; from there it comes back."""
    if request.headers.get("HX-Request"):
        page = _local(request, request.headers.get("HX-Current-URL", ""))
        goal = f"{resolve_url(settings.SECOND_FACTOR_URL)}?{urlencode({'next': page})}"
        return HttpResponse(status=401, headers={"HX-Redirect": goal})
    # A button's address has no page of its own: come back to the page that it stood on.
    asked = request.get_full_path() if request.method in ("GET", "HEAD") else _local(request, request.headers.get("Referer", ""))
    return redirect_to_login(asked, settings.SECOND_FACTOR_URL)


def _local(request: HttpRequest, url: str) -> str:
    """Path and query of one of our own pages; the home page for anything else."""
    parts = urlsplit(url)
    return urlunsplit(("", "", parts.path, parts.query, "")) if parts.netloc == request.get_host() and parts.path else "/"


def routes(resolver: URLResolver | None = None, prefix: str = "", space: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """Every address of the site: (name with its namespace, path pattern, the pattern object)."""
    resolver = resolver or get_resolver()
    for part in resolver.url_patterns:
        path = prefix + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from routes(part, path, f"{space}{part.namespace}:" if part.namespace else space)
        else:
            yield f"{space}{part.name}", path, part


@checks.register(checks.Tags.urls)
def check_every_view_declares(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """System check samskap.E002: every address names who may use it, by a verb that has a rule."""
    found: list[checks.CheckMessage] = []
    for name, path, part in routes():
        declared = getattr(part.callback, "access", None)
        if declared is None:
            found.append(checks.Error(f"{path}: the view does not say who may use it", id="samskap.E002"))
        elif declared not in policy.known_verbs() | {PUBLIC, SIGNED_IN}:
            found.append(checks.Error(f"{path}: no rule for {declared!r} ({name})", id="samskap.E002"))
    return found
