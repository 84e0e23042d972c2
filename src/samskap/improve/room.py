"""Improve in the house."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samskap.improve import queries
from samskap.improve.policy import OWN, SEE_ALL, START
from samskap.improve.views.common import next_sentence
from samskap.kernel import policy
from samskap.kernel.policy import Actor
from samskap.kernel.room import HomeCard, MenuItem, Room
from samskap.people.api import current_year


def home(actor: Actor) -> Sequence[HomeCard]:
    """What waits in the plans, and the ways in."""
    cards = list(_tasks(actor))
    if policy.may(OWN, actor):
        cards.append(
            HomeCard(
                _("Development plan"),
                _("Where are we, where do we want to go, and what do we do?"),
                reverse("improve:own"),
                "",
                40,
            )
        )
    if policy.may(SEE_ALL, actor):
        text = _("Stage and dates of every school.")
        cards.append(HomeCard(_("The schools' plans"), text, reverse("improve:all_schools"), "", 45))
    return cards


def _tasks(actor: Actor) -> Iterator[HomeCard]:
    due = [view for view in queries.my_measures(actor) if view.is_due] if policy.may(OWN, actor) else []
    if due:
        count = ngettext("%(count)s measure waits for a short status", "%(count)s measures wait for a short status", len(due))
        url = reverse("improve:mine") if len(due) > 1 else reverse("improve:status", args=[due[0].row.pk])
        yield HomeCard(count % {"count": len(due)}, due[0].row.what, url, "", 60, "task")
    year = current_year()
    for school in policy.visible(START, actor):
        plan = queries.current_plan(school.pk, year.start) if year else None
        if plan is None:
            url = reverse("improve:new", args=[school.pk])
            yield HomeCard(_("Begin this year's plan"), school.name, url, "", 50, "task")
            continue
        sentence, title, url = next_sentence(queries.plan_view(plan))
        if sentence:
            yield HomeCard(sentence, school.name, url, title, 55, "task")


ROOM = Room(
    name="improve",
    prefix="utviklingsplan",
    menu=(
        MenuItem(gettext_lazy("Development plan"), "improve:own", OWN, 30),
        MenuItem(gettext_lazy("The schools' plans"), "improve:all_schools", SEE_ALL, 35),
    ),
    home=home,
)
