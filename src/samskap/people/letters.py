"""The messages that people sends: that one's access was changed, never how or by whom."""

from django.conf import settings
from django.utils.translation import gettext as _

from samskap.kernel import outbox
from samskap.kernel.outbox import Letter, letter
from samskap.kernel.policy import Actor
from samskap.people.models import Person

ACCESS = "people.access"


@letter(ACCESS)
def access() -> Letter:
    """A role, a link for a new password, or second factors that were removed: whoever did not ask for it should know."""
    body = _(
        "Your access to Samskap was changed: a role, your password or your second factor. "
        "Did you not expect this? Tell your leader, and sign in to look: %(address)s"
    )
    return Letter(_("Samskap: your access was changed"), body % {"address": settings.BASE_URL})


def tell_of_access(by: Actor, person: Person) -> None:
    """Tell a person who has an account that another one has changed it. Inside an action."""
    if person.account_id is not None and by.person_id not in (None, person.pk):
        outbox.queue(ACCESS, person.account_id, tenant_id=person.tenant_id)
