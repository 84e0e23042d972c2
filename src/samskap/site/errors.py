"""Error pages: what happened in plain words, what to do, and nothing about the inside."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "site/error.html", {"error_title": title, "error_text": text}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _page(request, 400, _("This could not be read"), _("Go back and try again. Nothing has been changed."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _page(
        request, 403, _("You may read this, but not change it"),
        _("Ask the leader at the school if you think you should be able to."),
    )  # fmt: skip


def forbidden_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose protection token is missing or too old."""
    return _page(
        request, 403, _("The page was open too long"),
        _("Go back, load the page again and send once more. What you wrote is still in the form when you go back."),
    )  # fmt: skip


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _page(
        request, 404, _("We did not find this page"),
        _("The address may be wrong, or the page is for others. Start from the front page."),
    )  # fmt: skip


def server_error(request: HttpRequest) -> HttpResponse:
    """500: must work when much else does not."""
    try:
        return _page(
            request, 500, _("Something went wrong with us"),
            _("Nothing you had saved is lost. Try again in a moment."),
        )  # fmt: skip
    except Exception:  # the page itself may be what fails
        return HttpResponse("Noe gikk galt hos oss. Prøv igjen om litt.", status=500, content_type="text/plain; charset=utf-8")
