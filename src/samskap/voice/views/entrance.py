"""The school's public page: its address, its poster, a new address."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samskap.kernel import clock, documents
from samskap.kernel.access import Request, access
from samskap.kernel.forms import OnceForm, press
from samskap.people.api import School
from samskap.voice import actions, papers, queries
from samskap.voice.actions.entrance import may_close
from samskap.voice.models import Entrance
from samskap.voice.policy import ENTRANCE
from samskap.voice.views.common import show


def address_of(entrance: Entrance) -> str:
    """The whole address, as it stands on a poster."""
    return f"{settings.BASE_URL}{reverse('voice:who', args=[entrance.code])}"


def _open(request: Request, school: School) -> Entrance:
    return queries.entrance_of(school) or actions.open_entrance(by=request.actor, school=school)


@access(ENTRANCE, "school")
@require_http_methods(["GET", "HEAD", "POST"])
def entrance(request: Request, school: School) -> HttpResponse:
    """The address to share and the poster to hang up. POST closes the address and opens a new one."""
    found = _open(request, school)
    if request.method == "POST":
        here = reverse("voice:entrance", args=[school.pk])

        def do() -> str:
            actions.close_entrance(by=request.actor, entrance=found)
            messages.success(request, _("The page has a new address. Take down the old posters, and hang up new ones."))
            return here

        return press(request, OnceForm(request.POST), do, here)
    address = address_of(found)
    return show(
        request, "entrance", school=school, address=address, qr=documents.qr_svg(address), leads=may_close(request.actor, school)
    )


@access(ENTRANCE, "school")
@require_safe
def poster(request: Request, school: School) -> HttpResponse:
    """The poster, in the school's written form."""
    document = papers.poster(school, address_of(_open(request, school)))
    return documents.response(documents.render(document, at=clock.now()), f"plakat-{slugify(school.name)[:40]}.pdf")
