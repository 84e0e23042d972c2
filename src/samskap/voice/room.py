"""Voice in the house."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samskap.kernel import policy
from samskap.kernel.policy import Actor
from samskap.kernel.room import HomeCard, MenuItem, Room
from samskap.voice import queries
from samskap.voice.policy import ENTRANCE, HAS_OWN, INBOX, TELL


def home(actor: Actor) -> Sequence[HomeCard]:
    """What is new, what waits, and the way to tell."""
    cards = [*_inbox(actor), *_answers(actor)]
    if policy.may(TELL, actor):
        text = _("Tell the leader that a pupil is not safe, that you stepped in, or what you saw. It takes two minutes.")
        cards.append(HomeCard(_("Report"), text, reverse("voice:tell"), "", 95))
    if policy.may(HAS_OWN, actor):
        cards.append(HomeCard(_("What I have told"), _("Receipts and answers."), reverse("voice:own"), "", 30))
    cards += _entrances(actor)
    return [*cards, *_family(actor)]


def _inbox(actor: Actor) -> Iterator[HomeCard]:
    if not policy.may(INBOX, actor):
        return
    waits, url = queries.waiting(actor), reverse("voice:inbox")
    if waits.now:
        title = ngettext("%(count)s report that cannot wait", "%(count)s reports that cannot wait", waits.now)
        yield HomeCard(title % {"count": waits.now}, _("Read it now."), url, "", 300, "task", urgent=True)
    if waits.new:
        title = ngettext("%(count)s report that nobody has taken", "%(count)s reports that nobody has taken", waits.new)
        yield HomeCard(title % {"count": waits.new}, _("Read it and take it."), url, "", 200, "task")
    if waits.owed:
        title = ngettext(
            "%(count)s report shall go to the municipality", "%(count)s reports shall go to the municipality", waits.owed
        )
        yield HomeCard(title % {"count": waits.owed}, _("It is about somebody who works here."), url, "", 250, "task")
    if waits.passed_on:
        title = ngettext(
            "%(count)s report that a school has passed on", "%(count)s reports that schools have passed on", waits.passed_on
        )
        yield HomeCard(title % {"count": waits.passed_on}, _("Not read here yet."), url, "", 260, "task")
    if waits.given:
        title = ngettext("%(count)s report to work with", "%(count)s reports to work with", waits.given)
        yield HomeCard(title % {"count": waits.given}, _("A leader has given it to you."), url, "", 190, "task")
    if waits.news:
        title = ngettext("%(count)s sender has written more", "%(count)s senders have written more", waits.news)
        yield HomeCard(title % {"count": waits.news}, _("Read it and answer."), url, "", 180, "task")
    for school in queries.unopened_schools(actor):
        text = _("A report has lain unread longer than your own routine says. Call the school.")
        yield HomeCard(school.name, text, url, "", 170, "task")
    if not waits.any:
        yield HomeCard(_("New reports"), _("No reports wait."), url, "", 50)


def _answers(actor: Actor) -> Iterator[HomeCard]:
    count = queries.answered(actor).count() if policy.may(HAS_OWN, actor) else 0
    if count:
        title = ngettext("%(count)s answer to what you told", "%(count)s answers to what you told", count)
        yield HomeCard(title % {"count": count}, _("Somebody has written to you."), reverse("voice:own"), "", 120, "task")


def _family(actor: Actor) -> Iterator[HomeCard]:
    """Two ways for pupils and parents to tell: with name, and find it again here; or on the school's public page, which asks
    nobody to sign in, and never looks who is."""
    schools = list(queries.home_schools(actor)) if actor.person_id else []
    for school in schools:
        text, url = _("Your name goes with it. You find the answer here."), reverse("voice:tell_from_home", args=[school.pk])
        yield HomeCard(_("Tell somebody"), text, url, "", 120, due=school.name)
    for entrance in queries.family_entrances(actor) if schools else ():
        text = _("You need not say who you are. The page does not know that you are signed in here.")
        url = reverse("voice:who", args=[entrance.code])
        yield HomeCard(_("Tell without your name"), text, url, "", 119, due=entrance.school.name)


def _entrances(actor: Actor) -> list[HomeCard]:
    if not (actor.schools("leader") and policy.may(ENTRANCE, actor)):
        return []
    rows = policy.visible(ENTRANCE, actor).filter(pk__in=actor.schools("leader")).order_by("sort_key")
    text = _("The address and the poster with which pupils and parents tell.")
    title = _("The school's page for telling")
    return [HomeCard(title, text, reverse("voice:entrance", args=[school.pk]), "", 20, due=school.name) for school in rows]


ROOM = Room(
    name="voice",
    prefix="",
    open_to_all=True,
    menu=(
        MenuItem(gettext_lazy("New reports"), "voice:inbox", INBOX, 5),
        MenuItem(gettext_lazy("Report"), "voice:tell", TELL, 15),
    ),
    home=home,
)
