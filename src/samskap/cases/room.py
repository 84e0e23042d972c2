"""Cases in the house."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samskap.cases import queries_around, queries_coming, queries_day, queries_family
from samskap.cases.policy import HAS_MEASURES, HAS_PAGE, HAS_QUESTIONS, LIBRARY, LIST, OVERVIEW
from samskap.cases.views.wording_family import entrances
from samskap.kernel import policy
from samskap.kernel.policy import Actor
from samskap.kernel.room import HomeCard, MenuItem, Room


def home(actor: Actor) -> Sequence[HomeCard]:
    """What waits in the follow-up, and the way to it."""
    return [*_cases(actor), *_measures(actor), *_questions(actor), *_pages(actor)]


def _cases(actor: Actor) -> Iterator[HomeCard]:
    if not policy.may(LIST, actor):
        return
    waits, url = queries_day.waiting(actor), reverse("cases:list")
    if waits.owes:
        one, many = _("The municipality shall hear of a case"), _("The municipality shall hear of %(count)s cases")
        title = (one if waits.owes == 1 else many) % {"count": waits.owes}
        text = _("At once (§ 12-5): pass it on, or write why it is openly groundless.")
        yield HomeCard(title, text, url, "", 290, "task", urgent=True)
    if waits.no:
        one, many = _("A case where somebody says no"), _("%(count)s cases where somebody says no")
        title = one if waits.no == 1 else many
        yield HomeCard(title % {"count": waits.no}, _("The duty to act has begun again."), url, "", 280, "task", urgent=True)
    if waits.unled:
        title = ngettext("A case without anybody responsible", "%(count)s cases without anybody responsible", waits.unled)
        yield HomeCard(title % {"count": waits.unled}, _("Hand it over to somebody today."), url, "", 270, "task")
    if waits.due:
        title = ngettext("A case where something is due", "%(count)s cases where something is due", waits.due)
        yield HomeCard(title % {"count": waits.due}, _("Evaluate, or say how the measures go."), url, "", 210, "task")
    if waits.begin:
        title = ngettext("A case where something must be begun", "%(count)s cases where something must be begun", waits.begin)
        text = _("Talk with the pupil, write the plan, or hold the meeting.")
        yield HomeCard(title % {"count": waits.begin}, text, url, "", 205, "task")
    yield HomeCard(_("Cases"), _("Follow-up until the pupil says that it is safe."), url, "", 48)


def _measures(actor: Actor) -> Iterator[HomeCard]:
    if not policy.may(HAS_MEASURES, actor):
        return
    if mine := queries_day.own_count(actor):
        title = ngettext("A measure that you carry out", "%(count)s measures that you carry out", mine)
        yield HomeCard(title % {"count": mine}, _("Say when it is done."), reverse("cases:own"), "", 110, "task")


def _questions(actor: Actor) -> Iterator[HomeCard]:
    if not policy.may(HAS_QUESTIONS, actor):
        return
    if waiting := queries_around.questions(actor).order_by().count():
        title = ngettext("A school asks, without names", "%(count)s questions without names", waiting)
        text = _("Advice before anybody is invited to a case.")
        yield HomeCard(title % {"count": waiting}, text, reverse("cases:questions"), "", 150, "task")


def _pages(actor: Actor) -> Iterator[HomeCard]:
    if actor.person_id is None or not policy.may(HAS_PAGE, actor):
        return
    for meeting in queries_coming.meetings(actor):
        at = timezone.localtime(meeting.starts_at)
        title = _("Meeting %(day)s at %(time)s") % {"day": date_format(at, "j. F"), "time": time_format(at, "H:i")}
        url = reverse("cases:family", args=[meeting.pupil_id]) + "#neste"
        yield HomeCard(title, _("You are invited. See where on the page."), url, "", 260, "task")
    for found in entrances(queries_family.pages(actor), actor.person_id):
        yield HomeCard(found.title, found.text, found.url, "", 300)


ROOM = Room(
    name="cases",
    prefix="saker",
    menu=(
        MenuItem(gettext_lazy("Cases"), "cases:list", LIST, 7),
        MenuItem(gettext_lazy("My measures"), "cases:own", HAS_MEASURES, 9),
        MenuItem(gettext_lazy("Questions without names"), "cases:questions", HAS_QUESTIONS, 8),
        MenuItem(gettext_lazy("Suggested measures"), "cases:library", LIBRARY, 10),
        MenuItem(gettext_lazy("Follow-up in the schools"), "cases:overview", OVERVIEW, 8),
        MenuItem(gettext_lazy("My page"), "cases:family_list", HAS_PAGE, 6),
    ),
    home=home,
)
