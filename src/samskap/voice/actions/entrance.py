"""A school's public address."""

import secrets

from django.db import transaction

from samskap.kernel import audit, clock, policy
from samskap.kernel.actions import action
from samskap.kernel.policy import SYSTEM, Actor
from samskap.people.api import School
from samskap.voice.kept import forget
from samskap.voice.models import Entrance
from samskap.voice.policy import ENTRANCE

# Neither letters nor figures that are mistaken for one another.
SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 7


def _code() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


@action
def open_entrance(*, by: Actor, school: School) -> Entrance:
    """The school's open address; made when there is none."""
    if by is not SYSTEM and not by.holds("admin"):
        policy.require(ENTRANCE, by, school)
    found = Entrance.objects.filter(school=school, closed_at=None).first()
    if found is None:
        found = Entrance(school=school, code=_code(), opened_at=clock.now())
        found.save()
    audit.record(by, "voice.entrance_opened", found)
    return found


def may_close(actor: Actor, school: School) -> bool:
    """The school's leaders, and the owner's administrators: all posters stop working."""
    return school.pk in actor.schools("leader") or actor.owner_wide("admin")


@action
def close_entrance(*, by: Actor, entrance: Entrance) -> Entrance:
    """Close an address, for instance after its poster was misused, and open a new one. The old code is never used again."""
    policy.require(ENTRANCE, by, entrance.school)
    if not may_close(by, entrance.school):
        raise policy.NotAllowed("voice.close_entrance")
    entrance.closed_at = clock.now()
    entrance.save()
    audit.record(by, "voice.entrance_closed", entrance)
    transaction.on_commit(forget)  # other processes know within half a minute
    return open_entrance(by=by, school=entrance.school)
