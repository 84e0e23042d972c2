"""Reports for the tests, made through the actions."""

from uuid import UUID, uuid4

from samskap.kernel import scope
from samskap.kernel.policy import Actor
from samskap.voice import actions, queries, rules
from samskap.voice.models import Report
from samskap.voice.sealed import Holder
from tests.support.world import World

WHAT = "De andre går når jeg kommer."


def told(world: World, concerns: str = "pupils", *, school: str = "elvesletta", what: str = WHAT, **more: object) -> actions.Told:
    """What a pupil tells."""
    fields: dict[str, object] = {"sender_kind": rules.SenderKind.PUPIL, "urgency": rules.Urgency.TODAY, **more}
    text = {"what": what, "about": "me", "since": "week"}
    return actions.Told(school=world.school(school), concerns=rules.Concerns(concerns), text=text, **fields)  # type: ignore[arg-type]  # by name


def door(world: World) -> Actor:
    """The owner's public door."""
    return queries.door(world.tenant_id)


def from_pupil(world: World, concerns: str = "pupils", *, key: UUID | None = None, **more: object) -> tuple[Report, Holder]:
    """A report through the public door, and the words that belong to it."""
    with scope.tenant_scope(world.tenant_id):
        return actions.receive(by=door(world), told=told(world, concerns, **more), key=key or uuid4())  # type: ignore[arg-type]  # by name


def from_employee(world: World, who: str = "silje", concerns: str = "pupils", **more: object) -> Report:
    """A report from one who works at the school."""
    what = told(world, concerns, channel=rules.Channel.SIGNED_IN, **{"sender_kind": rules.SenderKind.EMPLOYEE, **more})  # type: ignore[arg-type]  # by name
    return actions.tell(by=world.actor(who), told=what)


def again(report: Report) -> Report:
    """The row as it stands now."""
    with scope.tenant_scope(report.tenant_id):
        return Report.objects.get(pk=report.pk)
