"""The messages that voice sends: that something waits, never what, about whom or from where."""

from django.conf import settings
from django.utils.translation import gettext as _

from samskap.kernel.outbox import Letter, letter

NOW = "voice.now"


@letter(NOW)
def now() -> Letter:
    """Something that cannot wait has come in."""
    body = _("Something that cannot wait has come in. Sign in to read it: %(address)s")
    return Letter(_("Samskap: read this now"), body % {"address": settings.BASE_URL})
