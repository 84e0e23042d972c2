"""What a form says at its top: what must be put right, and what somebody else saved meanwhile."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samskap.kernel.ui.flow import diff
from samskap.kernel.ui.markup import component
from samskap.kernel.ui.renderer import first_id


def error_summary(form: forms.BaseForm) -> SafeString:
    """All that is wrong, each with a link to its field; then the two texts, if two people wrote at once."""
    items = [*_general(form), *_fields(form)] if form.is_bound else []
    summary = component("error_summary", {"items": items, "id": f"errors-{uuid4().hex[:8]}"}) if items else SafeString("")
    return summary + _conflict(form)


def _general(form: forms.BaseForm) -> Iterator[dict[str, Any]]:
    yield from ({"text": text, "target": ""} for text in form.non_field_errors())
    for field in form.hidden_fields():
        yield from ({"text": f"{field.label} – {text}", "target": ""} for text in field.errors)


def _fields(form: forms.BaseForm) -> Iterator[dict[str, Any]]:
    for field in form.visible_fields():
        yield from ({"text": f"{field.label} – {text}", "target": first_id(field)} for text in field.errors)


def _conflict(form: forms.BaseForm) -> SafeString:
    found = getattr(form, "conflict", ())
    if not found:
        return SafeString("")
    labels = {name: form[name].label for name in form.fields}
    values = {"title": _("From what is saved now to what you wrote"), "differences": diff(found, labels)}
    return component("conflict", values)
