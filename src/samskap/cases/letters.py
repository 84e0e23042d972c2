"""The messages that cases send: that something waits, never what, about whom or from where."""

from django.conf import settings
from django.utils.translation import gettext as _

from samskap.kernel.outbox import Letter, letter

NOW, GIVEN = "cases.now", "cases.given"


@letter(NOW)
def now() -> Letter:
    """Something that cannot wait has happened."""
    body = _("Something that cannot wait has come in. Sign in to read it: %(address)s")
    return Letter(_("Samskap: read this now"), body % {"address": settings.BASE_URL})


@letter(GIVEN)
def given() -> Letter:
    """One has been given something to work with."""
    body = _("A leader has given you something to work with. Sign in to read it: %(address)s")
    return Letter(_("Samskap: something was given to you"), body % {"address": settings.BASE_URL})
