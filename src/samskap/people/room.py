"""People in the house."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskap.kernel.policy import Actor
from samskap.kernel.room import HomeCard, MenuItem, Room
from samskap.people import queries
from samskap.people.policy import MANAGE


def home(actor: Actor) -> Sequence[HomeCard]:
    """For the administrator: what is missing before others can begin."""
    if not actor.owner_wide("admin"):
        return ()
    if not queries.schools(actor).exists():
        text = _("Add the schools first. Then add people and send them a link.")
        return [HomeCard(_("Add your schools"), text, reverse("people:manage"), _("Go to schools and people"), 100, "task")]
    text = _("Schools, people, roles and links for signing in.")
    return [HomeCard(_("Schools and people"), text, reverse("people:manage"), "", 10)]


ROOM = Room(
    name="people",
    prefix="",
    menu=(MenuItem(gettext_lazy("Schools and people"), "people:manage", MANAGE, 90),),
    home=home,
)
