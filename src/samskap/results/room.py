"""Results in the house."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samskap.kernel import policy
from samskap.kernel.policy import Actor
from samskap.kernel.room import HomeCard, MenuItem, Room
from samskap.results.policy import COMPARE, IMPORT, SEE


def home(actor: Actor) -> Sequence[HomeCard]:
    """The ways in: the own school's figures, the schools side by side, and new files."""
    cards: list[HomeCard] = []
    if actor.signed_in and policy.may(SEE, actor):
        text = _("The pupil survey and the national tests: what you are good at, and what changes.")
        cards.append(HomeCard(_("Where are we?"), text, reverse("results:own"), "", 60))
    if policy.may(COMPARE, actor):
        text = _("One indicator at all schools, with how sure the figures are.")
        cards.append(HomeCard(_("The schools side by side"), text, reverse("results:schools"), "", 40))
    if policy.may(IMPORT, actor):
        text = _("New files from Udir: see what would change before it is stored.")
        cards.append(HomeCard(_("Bring in results"), text, reverse("results:imports"), "", 30))
    return cards


ROOM = Room(
    name="results",
    prefix="resultater",
    menu=(MenuItem(gettext_lazy("Where are we?"), "results:own", SEE, 20),),
    home=home,
)
