"""A node that only takes reports in: it has no private key, and opens no other door."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve

from samskap.kernel.access import PUBLIC

Handler = Callable[[HttpRequest], HttpResponse]
ROOM, ALSO = "voice", ("site:health",)


def only_intake(next_handler: Handler) -> Handler:
    """Answers voice's public pages and the health page; all else does not exist here. Not used on an ordinary node."""
    if not settings.CONFIG.intake_only:
        raise MiddlewareNotUsed

    def handle(request: HttpRequest) -> HttpResponse:
        found = resolve(request.path_info)
        public = found.namespace == ROOM and getattr(found.func, "access", None) == PUBLIC
        if not public and found.view_name not in ALSO:
            raise Http404
        return next_handler(request)

    return handle
