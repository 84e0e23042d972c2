"""Inputs that the browser can help with: its own date picker, a phone's own keyboard."""

from dataclasses import dataclass
from typing import Any

from django import forms


@dataclass(frozen=True)
class Explained:
    """The label of a radio or checkbox with a line of explanation under it; both may be lazily translated."""

    label: Any
    note: Any

    def __str__(self) -> str:
        return str(self.label)


class GroupedCheckboxes(forms.CheckboxSelectMultiple):
    """Many checkboxes in groups that fold out: pupils by class. Its choices are (group, [(value, label), …])."""


class DateInput(forms.DateInput):
    """A date, with the browser's own calendar. The value travels as ISO 8601, whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"class": "s-short", **(attrs or {})}, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A time of day, with the browser's own clock. The value travels as 24 hours, whatever the language."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"class": "s-short", **(attrs or {})}, format="%H:%M")


class NumberInput(forms.NumberInput):
    """A number without arrows that change it when one scrolls; a phone shows digits."""

    input_type = "text"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"class": "s-short", "inputmode": "decimal", "autocomplete": "off", **(attrs or {})})


class Textarea(forms.Textarea):
    """Several lines. It grows with the text where the browser can."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"rows": 4, **(attrs or {})})
