"""Form fields that every room shares."""

from datetime import date
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
