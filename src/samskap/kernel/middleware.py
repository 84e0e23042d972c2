"""What every request passes: security headers, who acts and for which owner, language."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from samskap.kernel import policy, scope, strength
from samskap.kernel.policy import ANONYMOUS, Actor

Handler = Callable[[HttpRequest], HttpResponse]
CSP = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:"
HEADERS = {
    "Content-Security-Policy": CSP,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


def security_headers(next_handler: Handler) -> Handler:
    """One strict policy for every page; pages are never stored by a browser or a proxy."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = next_handler(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return handle


LARGEST_BODY = 3_000_000
ENCODINGS = ("utf-8", "utf8", "us-ascii")  # what browsers send; Python knows others that decode no text and would raise


def body_limit(next_handler: Handler) -> Handler:
    """Refuse a body or an encoding that no form of ours sends, before a byte of it is read or laid down anywhere."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.content_params and request.content_params.get("charset", "utf-8").lower() not in ENCODINGS:
            return HttpResponse(status=400)
        if "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
            return HttpResponse(status=411)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isascii() or not length.isdecimal() or (int(length) > LARGEST_BODY and int(length) > _largest(request)):
            return HttpResponse(_("What was sent is too large. Choose fewer or smaller files."), status=413)
        return next_handler(request)

    return handle


def _largest(request: HttpRequest) -> int:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return LARGEST_BODY
    known = settings.SESSION_COOKIE_NAME in request.COOKIES or getattr(view, "files_from_anybody", False)
    return max(LARGEST_BODY, getattr(view, "largest_body", 0)) if known else LARGEST_BODY


def actor(next_handler: Handler) -> Handler:
    """Put ``request.actor`` there, and the scope of the actor's owner around the request."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.actor = _actor_of(request)  # type: ignore[attr-defined]  # declared by access.Request
        tenant_id = request.actor.tenant_id  # type: ignore[attr-defined]
        with scope.tenant_scope(tenant_id) if tenant_id else scope.unchanged():
            return next_handler(request)

    return handle


def _actor_of(request: HttpRequest) -> Actor:
    account_id = request.user.pk if request.user.is_authenticated else None
    if account_id is None:
        return ANONYMOUS
    wanted = request.session.get("tenant")
    found = policy.actor_for(account_id, UUID(wanted) if wanted else None)
    return replace(found, strong=True) if strength.holds(request) else found


def language(next_handler: Handler) -> Handler:
    """The account's language, else the cookie's, else the school's or owner's written form, else bokmål.

    The browser's wish is not asked: it says "en" by chance.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        with translation.override(_language_of(request)):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = next_handler(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response

    return handle


def _language_of(request: HttpRequest) -> str:
    chosen = getattr(request.user, "language", "") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    own = request.actor.language  # type: ignore[attr-defined]  # declared by access.Request
    return next((code for code in (chosen, own) if code in dict(settings.LANGUAGES)), settings.LANGUAGE_CODE)
