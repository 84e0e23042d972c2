"""Forms that do a thing once, and that overwrite nobody.

Every form carries a one-time token (a double click, or "back" and send again, does it once) and, where it changes
something, the version that the writer saw (a change in between is shown beside the writer's own text, and nothing is lost).
"""

import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from samskap.kernel import clock, history, keys
from samskap.kernel.actions import ActionError
from samskap.kernel.models import FormToken


class OnceForm(forms.Form):
    """A form with a one-time token."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"once": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned fields without the machinery."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("once", "version")}


class VersionedForm(OnceForm):
    """A form that changes something which has versions."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1_000_000)
    conflict: tuple[history.Difference, ...] = ()

    def show_conflict(self, latest: history.RevisedModel) -> None:
        """Lay what stands there now beside what was written; sending again means "mine, knowing theirs"."""
        stored = history.snapshot(latest, [name for name in self.values if name in latest.kept])
        mine = {name: _plain(self.values[name]) for name in stored}
        self.conflict = history.differences(stored, mine)
        self.data = {**_single(self.data), "version": str(latest.version), "once": str(uuid.uuid4())}
        self.add_error(None, _("Someone else saved while you were writing. Both texts are shown below. Nothing is lost."))


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(getattr(value, "pk", value))


def _single(data: Any) -> Mapping[str, Any]:
    return {name: data.getlist(name)[-1] if len(data.getlist(name)) == 1 else data.getlist(name) for name in data}


class AlreadyDone(Exception):
    """The same form came twice; ``outcome`` is where the first one led."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


def _content(request: HttpRequest) -> str:
    """What was sent and where to, as a keyed hash: a copy has the same, a form that was changed in between has not."""
    sent = sorted((name, values) for name, values in request.POST.lists() if name not in ("csrfmiddlewaretoken", "once"))
    return keys.keyed_hash("form", json.dumps([request.path, sent]))


def _claim(token: UUID, account_id: UUID | None, content: str) -> FormToken:
    """Take the token; the same form sent before raises AlreadyDone. With other content it is another form, with an own token."""
    fields = {"account_id": account_id, "content": content, "used_at": clock.now()}
    try:
        with transaction.atomic():
            return FormToken.objects.create(token=token, **fields)
    except IntegrityError:
        earlier = FormToken.objects.filter(token=token, account_id=account_id, content=content).first()
    if earlier is not None:
        raise AlreadyDone(earlier.outcome)
    again = uuid.uuid5(token, f"{account_id}:{content}")
    return _claim(again, account_id, content)


def replayed(request: HttpRequest) -> HttpResponse | None:
    """Where a form that has been carried out before led, for its second copy; None for one that is new.

    Asked before a view looks at the form: what the first copy did may make the second one look wrong.
    """
    token = request.POST.get("once", "") if request.method == "POST" else ""
    try:
        wanted = UUID(token)
    except ValueError:
        return None
    account_id = getattr(request, "actor").account_id  # noqa: B009  (the middleware puts it there)
    content = _content(request)
    same = [wanted, uuid.uuid5(wanted, f"{account_id}:{content}")]
    earlier = FormToken.objects.filter(token__in=same, account_id=account_id, content=content).exclude(outcome="").first()
    if earlier is None:
        return None
    messages.info(request, _("This was already saved."))
    return HttpResponseRedirect(earlier.outcome)


def do_once(request: HttpRequest, form: OnceForm, do: Callable[[], str]) -> HttpResponse:
    """Carry out ``do`` (which returns the address to go to) in one transaction with the form's token.

    A second copy of the form leads to where the first one led, and changes nothing.
    """
    account_id = getattr(request, "actor").account_id  # noqa: B009  (the middleware puts it there)
    try:
        with transaction.atomic():
            token = _claim(form.cleaned_data["once"], account_id, _content(request))
            token.outcome = do()
            token.save()
    except AlreadyDone as again:
        messages.info(request, _("This was already saved."))
        return HttpResponseRedirect(again.outcome or request.path)
    return HttpResponseRedirect(token.outcome)


def save(request: HttpRequest, form: OnceForm, do: Callable[[], str], again: Callable[[], HttpResponse]) -> HttpResponse:
    """Show a form (``again``), and carry it out once when it is sent and valid.

    What is wrong, what the action refuses, and what somebody else saved first, comes back in the form.
    """
    if request.method != "POST" or not form.is_valid():
        return again()
    try:
        return do_once(request, form, do)
    except ActionError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    except history.Conflict as conflict:
        if not isinstance(form, VersionedForm):
            raise
        form.show_conflict(conflict.latest)
    return again()


def press(request: HttpRequest, form: OnceForm, do: Callable[[], str], back: str) -> HttpResponse:
    """Carry out what a button asks for, once. What cannot be done is said on the page that it came from."""
    if not form.is_valid():
        messages.error(request, _("Nothing was changed. Try again."))
        return redirect(back)
    try:
        return do_once(request, form, do)
    except ActionError as refused:
        messages.error(request, refused.message)
    except history.Conflict:
        messages.error(request, _("This was changed by someone else meanwhile. Look at it again."))
    return redirect(back)
