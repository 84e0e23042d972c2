"""Screens of the second factor: the question, and one's own apps, passkeys and recovery codes."""

import base64
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import segno
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samskap.kernel import limits, strength, vault
from samskap.kernel.access import Request, access, signed_in, to_second_factor
from samskap.kernel.actions import ActionError
from samskap.kernel.forms import OnceForm, save
from samskap.people import factors, passkeys
from samskap.people.forms_factors import CodeForm, NewAppForm, NewPasskeyForm, PasskeyAnswer, RecoveryForm
from samskap.people.models import Person
from samskap.people.policy import MANAGE_PERSON
from samskap.people.views.signin import goal

TRIES, PER = 6, timedelta(minutes=5)
NEW_SECRET, NEW_PASSKEY, PASSKEY = "app_secret", "new_passkey", "passkey"
Inner = Callable[..., HttpResponse]


def _own(view: Inner) -> Inner:
    """One's own factors: whoever has one shows it before anything about them is seen or changed."""

    @wraps(view)
    def run(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.actor.strong and factors.of(request.actor.account_id).exists():
            return to_second_factor(request)
        return view(request, *args, **kwargs)

    return run


def _refuse(form: Form, refused: ActionError) -> None:
    form.add_error(refused.field if refused.field in form.fields else None, refused.message)


# --- the question ----------------------------------------------------------------------------------------------------


@signed_in
@sensitive_post_parameters("code", "recovery", "credential")
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: Request) -> HttpResponse:
    """Ask for a second factor, then lead back. One who has none is led to set one up."""
    if request.actor.strong:
        return HttpResponseRedirect(goal(request))
    if not factors.of(request.actor.account_id).exists():
        return render(request, "people/factors_none.html", {"ways": _ways(goal(request))})
    form = _given(request) if request.method == "POST" else None
    if form is not None and form.is_valid() and _shown(request, form):
        strength.give(request)
        return HttpResponseRedirect(goal(request))
    return _question(request, form)


def _given(request: Request) -> Form:
    kinds: tuple[tuple[str, type[Form]], ...] = (("credential", PasskeyAnswer), ("recovery", RecoveryForm))
    return next((kind for field, kind in kinds if field in request.POST), CodeForm)(request.POST)


def _shown(request: Request, form: Form) -> bool:
    """Did what was given hold? If not, the form says what to do. Each account has so many tries, whoever tries."""
    who = str(request.actor.account_id)
    if not limits.take("second-factor", who, capacity=TRIES, per=PER):
        form.add_error(None, _("Too many tries. Wait a few minutes, then try again."))
        return False
    try:
        _show(request, form)
    except ActionError as refused:
        _refuse(form, refused)
        return False
    limits.refill("second-factor", who)
    return True


def _show(request: Request, form: Form) -> None:
    by, values = request.actor, form.cleaned_data
    if isinstance(form, PasskeyAnswer):
        state, known = request.session.pop(PASSKEY, None), factors.known_passkeys(by.account_id)
        factors.show_passkey(by=by, answer=_verified(lambda: passkeys.shown(state, known, values["credential"])))
    elif isinstance(form, RecoveryForm):
        left = factors.show_recovery(by=by, code=values["recovery"])
        messages.warning(request, _("That recovery code is used now. You have %(left)s left.") % {"left": left})
    else:
        factors.show_code(by=by, code=values["code"])


def _verified(answer: Callable[[], passkeys.Answer]) -> passkeys.Answer:
    try:
        return answer()
    except passkeys.Refused:
        raise ActionError(_("The passkey did not work. Try again, or use another way.")) from None


def _question(request: Request, form: Form | None) -> HttpResponse:
    """The page with the ways that this account has; an earlier try keeps its errors."""
    own = factors.of(request.actor.account_id)
    kinds = set(own.values_list("kind", flat=True))
    known = factors.known_passkeys(request.actor.account_id)
    context = {
        "next": goal(request),
        "code": form if isinstance(form, CodeForm) else CodeForm(),
        "recovery": form if isinstance(form, RecoveryForm) else RecoveryForm(),
        "passkey": form if isinstance(form, PasskeyAnswer) else PasskeyAnswer(),
        "has_app": factors.Kind.APP in kinds,
        "options": _ask(request, PASSKEY, passkeys.ask(known)) if known else None,
        "has_codes": factors.codes_left(request.actor.account_id) > 0,
    }
    return render(request, "people/second_factor.html", context, status=422 if form is not None else 200)


def _ask(request: Request, name: str, question: passkeys.Question) -> dict[str, Any]:
    """Keep what the answer is held against; an earlier open question is void."""
    request.session[name] = question.state
    return question.options


# --- one's own -------------------------------------------------------------------------------------------------------


@signed_in
@_own
@require_safe
def security(request: Request) -> HttpResponse:
    """One's own apps, passkeys and recovery codes."""
    own = list(factors.of(request.actor.account_id))
    account_id = request.actor.account_id
    must_stay = len(own) == 1 and account_id is not None and factors.reads_reports(account_id)
    context = {"own": own, "left": factors.codes_left(account_id), "must_stay": must_stay, "strong": request.actor.strong}
    context |= {"ways": _ways(reverse("people:security")), "page_name": factors.PAGE_NAME}
    return render(request, "people/factors.html", context)


def _pending(request: Request) -> bytes:
    """The secret that is shown on the page until its first code comes; the session holds it encrypted."""
    context = f"pending\0{request.actor.account_id}"
    try:
        return vault.decrypt(base64.b64decode(request.session[NEW_SECRET]), context=context)
    except (KeyError, ValueError):
        secret = factors.new_secret()
        request.session[NEW_SECRET] = base64.b64encode(vault.encrypt(secret, context=context)).decode()
        return secret


@signed_in
@sensitive_post_parameters("code")
@_own
@require_http_methods(["GET", "HEAD", "POST"])
def add_app(request: Request) -> HttpResponse:
    """Set up an authenticator app: show the secret, take the first code."""
    secret = _pending(request)
    form = NewAppForm(request.POST or None)

    def add() -> str:
        after = _after(request)
        factors.add_app(by=request.actor, secret=secret, **form.values)
        del request.session[NEW_SECRET]
        return after

    return save(request, form, add, lambda: _app_page(request, form, secret))


def _app_page(request: Request, form: OnceForm, secret: bytes) -> HttpResponse:
    app = factors.for_app(secret, request.user.get_username())
    picture = segno.make(app.address, error="m", micro=False).svg_data_uri(scale=5, light="#fff")
    context = {"form": form, "app": app, "picture": picture, "next": _back(request)}
    return render(request, "people/factors_app.html", context, status=422 if form.errors else 200)


@signed_in
@sensitive_post_parameters("credential")
@_own
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: Request) -> HttpResponse:
    """Set up a passkey; the browser makes it."""
    form = NewPasskeyForm(request.POST or None)

    def add() -> str:
        after = _after(request)
        state, credential = request.session.pop(NEW_PASSKEY, None), form.values["credential"]
        answer = _verified(lambda: passkeys.made(state, credential))
        factors.add_passkey(by=request.actor, answer=answer, name=form.values["name"])
        return after

    return save(request, form, add, lambda: _passkey_page(request, form))


def _passkey_page(request: Request, form: OnceForm) -> HttpResponse:
    account_id = request.actor.account_id
    if account_id is None:
        raise Http404
    known, name = factors.known_passkeys(account_id), request.user.get_username()
    options = _ask(request, NEW_PASSKEY, passkeys.ask_for_new(account_id, name, request.actor.name, known))
    context = {"form": form, "options": options, "next": _back(request), "ways": _ways(_back(request))}
    return render(request, "people/factors_passkey.html", context, status=422 if form.errors else 200)


def _ways(then: str) -> dict[str, str]:
    """The addresses where one sets up an app or a passkey, and goes on from there."""
    query = urlencode({"next": then})
    return {"app": f"{reverse('people:add_app')}?{query}", "passkey": f"{reverse('people:add_passkey')}?{query}"}


def _back(request: Request) -> str:
    return goal(request, default=reverse("people:security"))


def _after(request: Request) -> str:
    """Where to go when one more is there; after the first one, recovery codes are offered."""
    first = not factors.of(request.actor.account_id).exists()
    strength.give(request)
    if first:
        return f"{reverse('people:recovery_codes')}?{urlencode({'next': _back(request)})}"
    messages.success(request, _("It is added. You can use it the next time."))
    return _back(request)


@signed_in
@_own
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: Request) -> HttpResponse:
    """Make recovery codes and show them once."""
    if not request.actor.strong or not factors.of(request.actor.account_id).exists():
        return redirect("people:security")
    codes = factors.make_recovery_codes(by=request.actor) if request.method == "POST" else ()
    context = {"codes": codes, "left": factors.codes_left(request.actor.account_id), "next": _back(request)}
    return render(request, "people/factors_codes.html", context)


@signed_in
@_own
@require_POST
def remove_factor(request: Request, factor: UUID) -> HttpResponse:
    """Remove one of one's own."""
    row = factors.of(request.actor.account_id).filter(pk=factor).first()
    if row is None or not request.actor.strong:
        raise Http404
    try:
        factors.remove(by=request.actor, factor=row)
    except ActionError as refused:
        messages.error(request, refused.message)
    else:
        strength.give(request)
        messages.success(request, _("It is removed. Elsewhere you will be asked again."))
    return redirect("people:security")


# --- a colleague's ---------------------------------------------------------------------------------------------------


@access(MANAGE_PERSON, "person", strong=True)
@require_POST
def reset_factors(request: Request, person: Person) -> HttpResponse:
    """The administrator removes all that a colleague has lost."""
    try:
        factors.reset(by=request.actor, person=person)
    except ActionError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("They are removed. The person sets up a new one at the next sign-in."))
    return redirect("people:person", person.pk)
