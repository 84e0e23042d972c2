"""The messages that cases send: that something waits, never what, about whom or from where."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from samskap.cases import texts
from samskap.cases.models import Case, CasePupil, Home, Plan
from samskap.kernel import outbox
from samskap.kernel.outbox import Letter, letter
from samskap.people import api as people
from samskap.people.api import Person

NOW, GIVEN, HOME = "cases.now", "cases.given", "cases.home"
ASKED, ANSWERED = "cases.asked", "cases.answered"
BETWEEN = timedelta(hours=4)


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


@letter(HOME)
def home() -> Letter:
    """Something new stands on a family's page."""
    body = _("There is something new on your page in Samskap. Sign in to read it: %(address)s")
    return Letter(_("Samskap: something new on your page"), body % {"address": settings.BASE_URL})


@letter(ASKED)
def asked() -> Letter:
    """A school asks PPT something, without names."""
    body = _("A school asks you something. Sign in to read it: %(address)s")
    return Letter(_("Samskap: a school asks"), body % {"address": settings.BASE_URL})


@letter(ANSWERED)
def answered() -> Letter:
    """An answer has come to what one asked."""
    body = _("A question has been answered. Sign in to read it: %(address)s")
    return Letter(_("Samskap: an answer has come"), body % {"address": settings.BASE_URL})


def tell(kind: str, person: Person, case: Case) -> None:
    """Send a letter to somebody who has an account. Inside an action."""
    if person.account_id is not None:
        outbox.queue(kind, person.account_id, tenant_id=case.tenant_id)


def tell_homes(case: Case, *, pupil: CasePupil | None, plan: Plan | None = None, but: UUID | None = None) -> None:
    """Tell those who have the page of the pupil, or of the plan's pupils, that something new stands there. Inside an action.

    Not ``but``, who wrote it. Nobody is written to where an address is strictly protected (folkeregisterloven § 10-4): they look
    themselves, or are called.
    """
    whose = {"pupil": pupil} if pupil is not None else {"pupil__plan": plan} if plan is not None else {"pupil__case": case}
    for row in Home.objects.filter(sees=True, **whose).select_related("pupil"):
        known = str((texts.unlock_whole(case, row) or {}).get("person", ""))
        person = Person.objects.filter(pk=known, account__isnull=False).first() if known else None
        if person is None or person.account_id is None or person.pk == but:
            continue
        if _may_be_written_to(case, row.pupil, person):
            outbox.queue_apart(HOME, person.account_id, tenant_id=case.tenant_id, between=BETWEEN)


def _may_be_written_to(case: Case, pupil: CasePupil, person: Person) -> bool:
    behind = people.pupil_of(str((texts.unlock_whole(case, pupil) or {}).get("person", "")))
    if behind is None:
        return False
    way = people.Way.FULL if behind.person_id == person.pk else people.ways(behind).get(person.pk, people.Way.NOTHING)
    return people.may_be_written_to(way, person.address_protection, behind.person.address_protection)
