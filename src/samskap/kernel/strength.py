"""A session is strong when a second factor was shown in it; it lasts as long as the session."""

from datetime import datetime

from django.http import HttpRequest

from samskap.kernel import clock

KEY = "strong_at"


def give(request: HttpRequest) -> None:
    """This session has shown a second factor.

    The session keeps its id: it got a new one at sign-in, and a double click would otherwise arrive with the old one.
    """
    request.session[KEY] = clock.now().isoformat()


def take(request: HttpRequest) -> None:
    """Signing in begins without: what an earlier sign-in had shown does not count."""
    request.session.pop(KEY, None)


def holds(request: HttpRequest) -> bool:
    """Was a second factor shown in this session, and none taken away from the account since?"""
    shown = request.session.get(KEY)
    if not shown or not request.user.is_authenticated:
        return False
    after = request.user.strong_after
    return after is None or datetime.fromisoformat(shown) >= after
