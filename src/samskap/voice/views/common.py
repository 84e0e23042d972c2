"""What the staff's pages share."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.kernel import clock
from samskap.kernel.access import Request
from samskap.kernel.forms import OnceForm
from samskap.kernel.ui.layout import Crumb
from samskap.people.api import School
from samskap.voice.models import Report


def show(request: Request, template: str, form: OnceForm | None = None, **context: Any) -> HttpResponse:
    """A page; 422 when its form has errors."""
    status = 422 if form is not None and form.errors else 200
    return render(request, f"voice/{template}.html", {"form": form, "once": uuid4, **context}, status=status)


def at_which(request: Request, schools: Iterable[School], page: str) -> HttpResponse:
    """Choose the school whose page (its name in voice) one goes to; where there is one alone, straight there."""
    rows = [(school, reverse(f"voice:{page}", args=[school.pk])) for school in schools]
    if len(rows) == 1:
        return redirect(rows[0][1])
    return show(request, "tell_where", schools=rows, from_home=page == "tell_from_home")


def dialogue_address() -> str:
    """Where one enters code words, as it is written on paper."""
    return f"{settings.BASE_URL}{reverse('voice:dialogue')}".removeprefix("https://").removeprefix("http://").rstrip("/")


def title_of(report: Report) -> str:
    """What a report's page is called: what it is, and the day it came."""
    return f"{report.line}, {day_of(report)}"


def day_of(report: Report) -> str:
    """The day it came."""
    return date_format(timezone.localtime(report.received_at), "j. F Y")


def inbox_crumbs(*more: str) -> list[Crumb]:
    """The way to a page below the list."""
    return [Crumb(_("New reports"), reverse("voice:inbox")), *(Crumb(title) for title in more)]


def own_crumbs(*more: str) -> list[Crumb]:
    """The way to a page below one's own reports."""
    return [Crumb(_("What I have told"), reverse("voice:own")), *(Crumb(title) for title in more)]


def elapsed(since: datetime) -> str:
    """How long ago something became known, in words: minutes, hours, then days. Never a deadline."""
    span = max(clock.now() - since, timedelta())
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    if minutes < 48 * 60:
        hours = minutes // 60
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    return ngettext("%(count)s day", "%(count)s days", span.days) % {"count": span.days}
