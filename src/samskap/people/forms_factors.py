"""Forms for second factors."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.kernel.forms import OnceForm


def _code_field() -> forms.CharField:
    digits = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none", "spellcheck": "false"}
    return forms.CharField(
        label=_("Code from the app"), help_text=_("Six digits. A new one comes every half minute."), max_length=20,
        widget=forms.TextInput(digits),
    )  # fmt: skip


class CodeForm(forms.Form):
    """A code from the app, in the question."""

    code = _code_field()


class RecoveryForm(forms.Form):
    """A recovery code, in the question."""

    recovery = forms.CharField(
        label=_("Recovery code"), help_text=_("One of the codes that you printed or wrote down."), max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip


class PasskeyAnswer(forms.Form):
    """What the browser says to the question for a passkey; written by ``passkeys.js``."""

    credential = forms.CharField(max_length=20_000, widget=forms.HiddenInput)


class NewAppForm(OnceForm):
    """The first code of an app that has just got the secret."""

    code = _code_field()
    name = forms.CharField(
        label=_("What do you call it?"), help_text=_("For example: my phone. It helps when you have several."),
        max_length=60, required=False,
    )  # fmt: skip
    field_order = ("code", "name")


class NewPasskeyForm(OnceForm):
    """The passkey that the browser has made; written by ``passkeys.js``."""

    credential = forms.CharField(max_length=20_000, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("What do you call it?"), help_text=_("For example: my laptop. It helps when you have several."),
        max_length=60, required=False,
    )  # fmt: skip
