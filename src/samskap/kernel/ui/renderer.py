"""How Django's forms are drawn. Set ``FORM_RENDERER`` to ``Renderer``, and ``{{ form }}`` does it all."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils.html import format_html
from django.utils.safestring import SafeString

from samskap.kernel.ui.markup import attributes
from samskap.kernel.ui.widgets import GroupedCheckboxes

_CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


class Renderer(DjangoTemplates):
    """Designsystemet's fields, with an error summary first and "(optional)" at what one may leave out."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


def shape(field: BoundField) -> str:
    """Which of the five shapes a field has: ``choices``, ``tick``, ``group``, ``text`` or ``line``."""
    widget = field.field.widget
    if isinstance(widget, _CHOICES):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    if widget.use_fieldset:
        return "group"
    return "text" if isinstance(widget, forms.Textarea) else "line"


COUNTED = 5_000


def limit(field: BoundField) -> int | None:
    """The most characters that the field takes, where one may come near it: counting down from ten thousand only disturbs."""
    most = getattr(field.field, "max_length", None)
    return most if isinstance(most, int) and most <= COUNTED else None


def describers(field: BoundField) -> str:
    """The ids of the texts that explain a field: what is wrong comes first."""
    parts = [(field.errors, "error"), (field.help_text, "helptext")]
    return " ".join(f"{field.auto_id}_{name}" for there, name in parts if there)


def control(field: BoundField) -> SafeString:
    """The field's own input, with Designsystemet's class and its explanations bound to it."""
    own = field.field.widget.attrs
    attrs: dict[str, Any] = {"class": f"ds-input {own.get('class', '')}".strip()}
    if explained := describers(field):
        attrs["aria-describedby"] = explained
    return field.as_widget(attrs=attrs)


def options(field: BoundField) -> list[dict[str, Any]]:
    """The radios or checkboxes of a group, each with ready attributes and its label."""
    return [_option(field, option.data) for option in field.subwidgets]


def is_grouped(field: BoundField) -> bool:
    """Whether the field's choices fold out by group."""
    return isinstance(field.field.widget, GroupedCheckboxes)


def option_groups(field: BoundField) -> list[dict[str, Any]]:
    """The checkboxes of a long choice by group, each group to fold out; open where something in it is chosen."""
    widget = field.field.widget
    if not isinstance(widget, GroupedCheckboxes):
        raise TypeError(f"{field.name} has no groups")
    attrs = widget.build_attrs(widget.attrs, {"id": field.auto_id})
    value = widget.format_value(field.value())
    return [
        {
            "name": name,
            "options": [_option(field, option) for option in options],
            "open": any(option["selected"] for option in options),
        }
        for name, options, _index in widget.optgroups(field.html_name, value, attrs)
    ]


def _option(field: BoundField, data: dict[str, Any]) -> dict[str, Any]:
    bad = {"aria-invalid": "true"} if field.errors else {}
    attrs = {
        **data["attrs"],
        "type": data["type"],
        "name": data["name"],
        "value": str(data["value"]),
        "class": "ds-input",
        **bad,
    }
    if data["type"] == "radio" and field.field.required:
        attrs["required"] = True
    label = data["label"]
    return {
        "attributes": _written(attrs),
        "id": attrs.get("id", ""),
        "label": label,
        "note": getattr(label, "note", ""),
    }


def _written(attrs: dict[str, Any]) -> SafeString:
    """Like ``attributes``, but an empty value stays: the empty choice is a choice."""
    value = attrs.pop("value")
    return format_html('{} value="{}"', attributes(attrs), value)


def first_id(field: BoundField) -> str:
    """Where the error summary leads: the field itself, or the first of its choices."""
    kind = shape(field)
    return f"{field.auto_id}_0" if kind in ("choices", "group") else str(field.id_for_label or field.auto_id)


def marked_optional(field: BoundField) -> bool:
    """Whether "(optional)" stands at the field: a tick box is optional by nature, and some fields do not want it."""
    wanted = getattr(field.field, "marks_optional", True)
    return wanted and not field.field.required and shape(field) != "tick" and not field.field.disabled
