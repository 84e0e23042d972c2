"""Form fields that every room shares."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from samskap.kernel.ui.widgets import DateInput

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)


class DateField(forms.DateField):
    """A date within living memory and plans: a year such as 9999 is a slip of the finger, and no rule could count on from it."""

    widget = DateInput

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Write a date between 1900 and 2100."))
        return day


def offer_rows(form: forms.Form, name: str, rows: Any, label: Callable[[Any], str] | None = None) -> None:
    """Say which rows a form's choice offers, and what each is called. TypeError for a field that does not choose among rows."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} chooses no rows")
    field.queryset = rows
    if label is not None:
        field.label_from_instance = label  # type: ignore[assignment]  # where Django's own form looks for it


def offer_groups(form: forms.Form, name: str, rows: Any, group: Callable[[Any], str], label: Callable[[Any], str]) -> None:
    """Like ``offer_rows``, laid out by group; the rows must come group by group. TypeError for one that does not choose rows."""
    offer_rows(form, name, rows, label)
    field = form.fields[name]
    empty = [("", getattr(field, "empty_label", None) or "---------")] if isinstance(field.widget, forms.Select) else []
    groups = [(name, [(row.pk, label(row)) for row in found]) for name, found in groupby(rows, group)]
    field.choices = [*empty, *groups]  # type: ignore[attr-defined]  # offer_rows has looked: it chooses among rows


def offer_choices(form: forms.Form, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
    """Say what a form's choice offers: values and their labels. TypeError for a field that chooses nothing."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} chooses nothing")
    field.choices = choices
