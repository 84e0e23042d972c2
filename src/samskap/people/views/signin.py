"""Sign in and out, take an invitation, set up an empty home, choose for which owner to act."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from samskap.kernel import audit, invitations, limits, strength
from samskap.kernel.access import Request, public_page, signed_in
from samskap.kernel.actions import ActionError
from samskap.kernel.invitations import Purpose
from samskap.kernel.models import Account
from samskap.people import actions, queries
from samskap.people.forms import AcceptForm, NewPassword, SetupForm, SignInForm
from samskap.people.models import Person

# Per user name, never per address: a whole school sits behind one address.
KNOWN = "samskap_known"
TRIES, PER = 10, timedelta(minutes=15)


def _enter(request: HttpRequest, account: Account) -> None:
    """Sign an account in, and note it with every owner that it belongs to."""
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    strength.take(request)
    persons = queries.persons_of(account.pk)
    if len(persons) == 1:
        request.session["tenant"] = str(persons[0].tenant_id)
    with transaction.atomic():
        for person in persons:
            audit.record(queries.actor_of(account.pk, person.tenant_id), "people.signed_in", person)


def goal(request: HttpRequest, default: str = "/") -> str:
    """Where the request wants to go afterwards; only within the site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else default


@public_page
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """User name and password. What was wrong is not told; too many tries make one wait, whoever tries."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = _try(request, form)
        if answer is not None:
            return answer
    context = {"form": form, "next": goal(request), "demo": settings.DEMO}
    return render(request, "people/sign_in.html", context, status=422 if form.errors else 200)


def _try(request: HttpRequest, form: SignInForm) -> HttpResponse | None:
    name = form.cleaned_data["username"].strip().lower()
    bucket = "sign-in-known" if _is_known(request, name) else "sign-in"
    if not limits.take(bucket, name, capacity=TRIES, per=PER):
        form.add_error(None, _("Too many tries. Wait a few minutes, then try again."))
        return None
    account = authenticate(request, username=name, password=form.cleaned_data["password"])
    if not isinstance(account, Account):
        form.add_error(None, _("The user name or the password is not right."))
        return None
    limits.refill(bucket, name)
    _enter(request, account)
    response = HttpResponseRedirect(goal(request))
    response.set_signed_cookie(
        KNOWN, name, salt=KNOWN, max_age=31_536_000, httponly=True, samesite="Lax", secure=settings.CONFIG.https
    )  # fmt: skip
    return response


def _is_known(request: HttpRequest, name: str) -> bool:
    """Has this account signed in with this browser before? Then others, who try passwords elsewhere, do not lock it out."""
    return request.get_signed_cookie(KNOWN, default="", salt=KNOWN, max_age=31_536_000) == name


@public_page
@require_POST
def sign_out(request: Request) -> HttpResponse:
    """Sign out, and let the browser forget what it has seen."""
    logout(request)
    response = redirect("people:demo" if settings.DEMO else "people:sign_in")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@public_page
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: Request, secret: str) -> HttpResponse:
    """Make an account, or choose a new password, with a link that works once."""
    found = invitations.find(secret, Purpose.ACCOUNT, Purpose.PASSWORD)
    if found is None:
        return render(request, "people/link_used.html", status=404)
    form = (AcceptForm if found.purpose == Purpose.ACCOUNT else NewPassword)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = actions.accept(secret, **{"username": "", **form.cleaned_data})
        except ActionError as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            _enter(request, account)
            return redirect("site:home")
    return render(request, "people/invitation.html", {"form": form}, status=422 if form.errors else 200)


@public_page
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: Request, secret: str) -> HttpResponse:
    """The first owner and its administrator, from the link that an empty home prints."""
    if invitations.find(secret, Purpose.SETUP) is None:
        return render(request, "people/link_used.html", status=404)
    form = SetupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = actions.set_up(secret, **form.cleaned_data)
        except ActionError as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            _enter(request, account)
            return redirect("site:home")
    return render(request, "people/setup.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def choose_owner(request: Request) -> HttpResponse:
    """For one who works for several owners: for which one now."""
    persons = queries.persons_of(request.actor.account_id) if request.actor.account_id else []
    if request.method == "POST":
        chosen = next((p for p in persons if str(p.tenant_id) == request.POST.get("tenant")), None)
        if chosen is None:
            raise Http404
        request.session["tenant"] = str(chosen.tenant_id)
        return redirect("site:home")
    return render(request, "people/choose_owner.html", {"persons": persons})


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def demo_people(request: Request) -> HttpResponse:
    """In the demo: every named person, one click away. Elsewhere this page does not exist."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        person = _demo_person(request.POST.get("person", ""))
        if person is None or person.account is None:
            raise Http404
        _enter(request, person.account)
        strength.give(request)
        return redirect("site:home")
    return render(request, "people/demo.html", {"groups": queries.demo_groups()})


def _demo_person(pk: str) -> Person | None:
    try:
        return queries.demo_person(UUID(pk))
    except ValueError:
        return None
