"""Forms of the import screens."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.kernel.forms import OnceForm


class ManyFilesInput(forms.FileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; each is checked as one."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        several: Sequence[Any] = data if isinstance(data, (list, tuple)) else [data] if data else []
        if not several:
            super().clean(None, initial)
        return [super(FilesField, self).clean(one, initial) for one in several]


class UploadForm(OnceForm):
    """The files to read."""

    statistics = FilesField(
        label=_("Files"),
        help_text=_("Files from Udir's statistics bank, as you downloaded them. You can choose several at a time."),
        widget=ManyFilesInput({"accept": ".csv,.json,.txt"}),
        allow_empty_file=True,
        error_messages={"required": _("Choose at least one file.")},
    )


class BindNameForm(OnceForm):
    """Which school a name means."""

    named = forms.IntegerField(widget=forms.HiddenInput)
    sure = forms.BooleanField(label=_("The school has these grades too"), required=False)

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = forms.ModelChoiceField(choices, label=_("School"), empty_label=_("Choose the school"))
        self.order_fields(["unit", "sure"])


class BindNumberForm(OnceForm):
    """That a school goes on under a new number."""

    old = forms.IntegerField(widget=forms.HiddenInput)
    new = forms.IntegerField(widget=forms.HiddenInput)
