"""Reports in every situation that decides who may open them, for the tables of addresses and the tests."""

import io

from PIL import Image as Pillow

from samskap.kernel import scope
from samskap.voice import actions, images, rules
from samskap.voice.models import Attachment, Entrance, Report
from tests.access.table import Thing
from tests.support.world import World
from tests.voice import telling


def picture(colour: str = "navy", kind: str = "JPEG", size: tuple[int, int] = (40, 30)) -> bytes:
    """An image file."""
    buffer = io.BytesIO()
    Pillow.new("RGB", size, colour).save(buffer, kind)
    return buffer.getvalue()


def entrance(world: World, key: str = "elvesletta") -> Entrance:
    """The school's public address."""
    school, by = world.school(key), {"ytterdal": "sigrid"}.get(key, "nina")
    return actions.open_entrance(by=world.actor(by), school=school)


def signed_in(world: World, who: str, school: str = "elvesletta", *, aloud: bool = False) -> Report:
    """A report from one who works at the school, or what a guardian said to them."""
    spoken = {"channel": rules.Channel.ALOUD, "sender_kind": rules.SenderKind.GUARDIAN}
    own = {"channel": rules.Channel.SIGNED_IN, "sender_kind": rules.SenderKind.EMPLOYEE}
    return actions.tell(by=world.actor(who), told=telling.told(world, school=school, **(spoken if aloud else own)))


def report(world: World, case: str) -> Report:
    """A report at Ingrid's school, with an image; ``case`` says what is special about it."""
    image = [images.clean(picture())]
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


def newest_image(world: World, key: str) -> object:
    """The image of the report that was made last."""
    with scope.tenant_scope(world.tenant_id):
        return Attachment.objects.latest("at").pk


THINGS: dict[str, Thing] = {
    "report": lambda world, key: report(world, key).pk,
    "image": newest_image,
    "entrance": lambda world, key: entrance(world, key).code,
}
