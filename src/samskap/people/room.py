"""People in the house."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskap.kernel import policy
from samskap.kernel.policy import Actor
from samskap.kernel.room import HomeCard, MenuItem, Room
from samskap.people import queries
from samskap.people.policy import MANAGE, STAND_INS


def home(actor: Actor) -> Sequence[HomeCard]:
    """For the administrator: what is missing before others can begin. For leaders: stand-ins and classes."""
    if not actor.owner_wide("admin"):
        return _for_leaders(actor)
    if not queries.schools(actor).exists():
        text = _("Add the schools first. Then add people and send them a link.")
        return [HomeCard(_("Add your schools"), text, reverse("people:manage"), _("Go to schools and people"), 100, "task")]
    text = _("Schools, people, roles and links for signing in.")
    calendar = _("Breaks, so that those who tell know when somebody reads.")
    return [
        HomeCard(_("Schools and people"), text, reverse("people:manage"), "", 10),
        HomeCard(_("School calendar"), calendar, reverse("people:breaks"), "", 9),
        HomeCard(_("Classes"), _("Classes, pupils and guardians."), reverse("people:classes"), "", 8),
    ]


def _for_leaders(actor: Actor) -> list[HomeCard]:
    if not actor.schools("leader", "employee"):
        return []
    rows = policy.visible(STAND_INS, actor).order_by("sort_key")
    text = _("Who reads and leads while you are away.")
    cards = [HomeCard(_("Stand-ins"), text, reverse("people:stand_ins", args=[s.pk]), "", 15, due=s.name) for s in rows]
    if actor.schools("leader"):
        cards.append(HomeCard(_("Classes"), _("Classes, pupils and guardians."), reverse("people:classes"), "", 8))
    elif queries.classes(actor).exists():
        cards.append(HomeCard(_("Your class"), _("The names of your class."), reverse("people:classes"), "", 8))
    return cards


ROOM = Room(
    name="people",
    prefix="",
    menu=(MenuItem(gettext_lazy("Schools and people"), "people:manage", MANAGE, 90),),
    home=home,
)
