"""What every page's frame needs."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from samskap.kernel import policy
from samskap.kernel.policy import ANONYMOUS, Actor
from samskap.kernel.room import MenuItem, rooms
from samskap.people.api import roles_of, tenant_name
from samskap.people.factors import PAGE_NAME


@dataclass(frozen=True)
class Entry:
    """A menu entry as shown."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Shell:
    """The frame around a page."""

    menu: tuple[Entry, ...]
    tenant_name: str
    person_name: str
    role_names: tuple[str, ...]
    languages: tuple[tuple[str, str], ...]
    language: str
    demo: bool
    me_links: tuple[Entry, ...] = ()
    unread: int = 0


def menu_of(actor: Actor, path: str) -> tuple[Entry, ...]:
    """The entries that the actor may use, in order."""
    items: list[MenuItem] = sorted((item for room in rooms() for item in room.menu), key=lambda item: item.order)
    allowed = [item for item in items if actor.signed_in and policy.may(item.verb, actor)]
    urls = [reverse(item.url_name) for item in allowed]
    # A page belongs to the entry that says most about its address: a list below another list is not both.
    here = max((url for url in urls if path.startswith(url)), key=len, default="")
    return tuple(Entry(str(item.label), url, url == here) for item, url in zip(allowed, urls, strict=True))


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    return {
        "shell": Shell(
            menu=menu_of(actor, request.path),
            tenant_name=tenant_name(actor),
            person_name=actor.name,
            role_names=roles_of(actor),
            languages=tuple((code, str(name)) for code, name in settings.LANGUAGES),
            language=get_language() or settings.LANGUAGE_CODE,
            demo=settings.DEMO,
            me_links=(Entry(str(PAGE_NAME), reverse("people:security"), False),),
        )
    }
