"""The owner's counts: no case is opened, and none can be told from them."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from samskap.cases import queries_owner
from samskap.cases.policy import OVERVIEW
from samskap.cases.views.common import show
from samskap.kernel.access import Request, access


@access(OVERVIEW)
@require_safe
def overview(request: Request) -> HttpResponse:
    """How many cases go on at each school, and how many evaluations are over the date."""
    return show(request, "overview", found=queries_owner.overview())
