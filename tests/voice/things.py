"""Reports in every situation that decides who may open them, for the tables of addresses and the tests."""

import io
import re
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Pillow

from samskap.kernel import scope
from samskap.kernel.models import OutboxMessage
from samskap.voice import actions, images, queries, rules
from samskap.voice.models import Attachment, Entrance, Report
from tests.access.table import Thing
from tests.support.world import World
from tests.voice import telling


def picture(colour: str = "navy", kind: str = "JPEG", size: tuple[int, int] = (40, 30)) -> bytes:
    """An image file."""
    buffer = io.BytesIO()
    Pillow.new("RGB", size, colour).save(buffer, kind)
    return buffer.getvalue()


def uploaded(data: bytes | None = None, name: str = "bilde.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, picture() if data is None else data, kind)


def shown(response: Any) -> str:
    """What a page says, with white space as a reader sees it."""
    return re.sub(r"\s+", " ", response.content.decode())


def bare(response: Any) -> str:
    """A page without what is new in every copy of it: tokens, and names by which its parts point to one another."""
    text = re.sub(r'name="(csrfmiddlewaretoken|once)" value="[^"]*"', "", response.content.decode())
    return re.sub(r"(part|ask)-[0-9a-f]{8}", "", text)


def words_on(response: Any) -> str:
    """The code words on a page with a receipt."""
    found = re.search(r'data-words="([^"]+)"', shown(response))
    assert found, "no code words on the page"
    return found[1]


def address(world: World, who: str = "elev", school: str = "elvesletta") -> str:
    """Where one who is a pupil, a guardian or somebody else tells."""
    return reverse("voice:public_tell", args=[entrance(world, school).code, who])


ANSWERS = {"about": "other", "what": "Han går alene hver dag.", "concerns": "pupils", "danger": "no", "named": "no"}


def filled(client: Client, url: str, **values: Any) -> dict[str, Any]:
    """A form as a browser holds it: opened, with its own key, and filled in."""
    found = re.search(r'name="key" value="([0-9a-f-]{36})"', shown(client.get(url)))
    assert found, "the form has no key"
    return {"key": found[1], **ANSWERS, **values}


def tells(client: Client, url: str, **values: Any) -> Any:
    """Open the form, fill it in, send it."""
    return client.post(url, filled(client, url, **values))


def entrance(world: World, key: str = "elvesletta") -> Entrance:
    """The school's public address."""
    school, by = world.school(key), {"ytterdal": "sigrid"}.get(key, "nina")
    return actions.open_entrance(by=world.actor(by), school=school)


def signed_in(world: World, who: str, school: str = "elvesletta", *, aloud: bool = False) -> Report:
    """A report from one who works at the school, or what a guardian said to them."""
    spoken = {"channel": rules.Channel.ALOUD, "sender_kind": rules.SenderKind.GUARDIAN}
    own = {"channel": rules.Channel.SIGNED_IN, "sender_kind": rules.SenderKind.EMPLOYEE}
    return actions.tell(by=world.actor(who), told=telling.told(world, school=school, **(spoken if aloud else own)))


def from_home(world: World, who: str = "hanne", school: str = "elvesletta", **more: Any) -> Report:
    """A report with name, from a pupil or guardian who is signed in."""
    by, at = world.actor(who), world.school(school)
    with scope.tenant_scope(at.tenant_id):
        kind = queries.family_kind(by, at)
        return actions.tell_from_home(by=by, told=telling.told(world, school=school, sender_kind=kind, **more))


def report(world: World, case: str) -> Report:
    """A report at Ingrid's school, with an image; ``case`` says what is special about it."""
    image = [images.clean(picture())]
    if case == "home":
        return from_home(world)
    if case == "home_foreign":
        return from_home(world, "kjell", "ytterdal")
    if case == "foreign":
        return signed_in(world, "per", "ytterdal")
    if case == "own":
        return telling.from_employee(world, "silje", images=image)
    if case == "aloud":
        return signed_in(world, "silje", aloud=True)
    concerns = case if case in ("employee", "leadership") else "pupils"
    found, _holder = telling.from_pupil(world, concerns, images=image)
    if case == "given":
        actions.give(by=world.actor("ingrid"), report=found, to=world.person("amir"))
    if case == "recused":
        actions.recuse(by=world.actor("ingrid"), report=found, person=world.person("ingrid"))
    return telling.again(found)


def page(report: Report) -> str:
    """The address of a report's page."""
    return reverse("voice:report", args=[report.pk])


def queued_for(world: World, who: str, **more: Any) -> list[UUID]:
    """The messages that wait to be sent to somebody."""
    account = world.person(who).account
    assert account is not None
    return list(OutboxMessage.objects.filter(account_id=account.pk, **more).values_list("pk", flat=True))


def press(client: Client, report: Report, step: str, **values: Any) -> Any:
    """Send one of the forms on a report's page."""
    return client.post(reverse("voice:step", args=[report.pk, step]), {"once": str(uuid4()), **values}, follow=True)


def taken(world: World, **more: Any) -> Report:
    """A report that Ingrid has read and taken."""
    found, _holder = telling.from_pupil(world, **more)
    actions.opened(by=world.actor("ingrid"), report=found)
    return actions.take(by=world.actor("ingrid"), report=found)


TOLD = {"kind": "report", "who": "Ola i 9B", "what": "Han gråt i garderoben.", "concerns": "pupils", "urgency": "today"}


def school_url(world: World, name: str = "tell_at") -> str:
    """An address of Ingrid's school."""
    return reverse(f"voice:{name}", args=[world.school("elvesletta").pk])


def newest_image(world: World, key: str) -> object:
    """The image of the report that was made last."""
    with scope.tenant_scope(world.tenant_id):
        return Attachment.objects.latest("at").pk


THINGS: dict[str, Thing] = {
    "report": lambda world, key: report(world, key).pk,
    "image": newest_image,
    "entrance": lambda world, key: entrance(world, key).code,
}


def events(report: Report, kind: str) -> int:
    """How often a step was noted on a report's way."""
    with scope.tenant_scope(report.tenant_id):
        return report.events.filter(kind=kind).count()
