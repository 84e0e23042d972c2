"""One message a day to those for whom something waits: that it waits, not what, about whom or from where."""

from datetime import time

from django.conf import settings
from django.utils.translation import gettext as _

from samskap.kernel import clock, jobs, outbox, scope
from samskap.kernel.jobs import Running
from samskap.kernel.outbox import Letter, letter
from samskap.kernel.policy import Actor, actor_for
from samskap.kernel.room import rooms
from samskap.law import api as law
from samskap.people import api as people

KIND = "site.digest"
AT = time(7, 15)


@letter(KIND)
def morning() -> Letter:
    """Something waits."""
    body = _("Something waits for you in Samskap. Sign in to see what: %(address)s")
    return Letter(_("Samskap: something waits for you"), body % {"address": settings.BASE_URL})


def waits_for(actor: Actor) -> bool:
    """Does any room have a task on this person's page "My day"?"""
    return any(card.kind == "task" for room in rooms() if room.home is not None for card in room.home(actor))


@jobs.handler(KIND)
def send(job: Running) -> None:
    """On working days: one message to each account for which something waits, whatever and however much it is."""
    if not law.is_working_day(clock.today()):
        return
    accounts = people.accounts_with_mail()
    for number, (account_id, tenants) in enumerate(accounts.items(), 1):
        for tenant_id in tenants:
            with scope.tenant_scope(tenant_id):
                if waits_for(actor_for(account_id, tenant_id)):
                    outbox.queue(KIND, account_id, tenant_id=tenant_id)
                    break
        if number % 50 == 0:
            job.progress(number, len(accounts))


jobs.daily(KIND, at=AT)
