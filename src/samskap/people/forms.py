"""Forms for signing in, set-up and the administrator."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from samskap.kernel.forms import OnceForm
from samskap.kernel.ui.fields import DateField
from samskap.people.models import Role, School

WRITTEN_FORMS = [("nb", _("Bokmål")), ("nn", _("Nynorsk"))]


class SignInForm(forms.Form):
    """User name and password."""

    username = forms.CharField(
        label=_("User name"), max_length=150, widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"})
    )
    password = forms.CharField(
        label=_("Password"), max_length=200, strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )


class NewPassword(forms.Form):
    """A password that a person can remember: length counts, not signs."""

    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 12 characters. Four ordinary words that do not belong together are fine."),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password)
        return password


class AcceptForm(NewPassword):
    """What an invited person chooses."""

    username = forms.RegexField(
        r"^[\w.@+-]+$",
        label=_("Choose a user name"),
        help_text=_("For example your work e-mail address."),
        max_length=150,
        error_messages={"invalid": _("Use letters, digits and . @ + - _ only, without spaces.")},
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"}),
    )
    field_order: tuple[str, ...] = ("username", "password")


class SetupForm(AcceptForm):
    """The first owner and its administrator."""

    owner_name = forms.CharField(label=_("Name of the municipality or school owner"), max_length=200)
    written_form = forms.ChoiceField(label=_("Written language"), choices=WRITTEN_FORMS)
    person_name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    field_order = ("owner_name", "written_form", "person_name", "username", "password")


def phone(label: Any, *, help: Any = "") -> forms.RegexField:
    """A telephone number, with or without its country."""
    return forms.RegexField(
        r"^\+?[0-9 ]{3,19}$", label=label, help_text=help, required=False,
        error_messages={"invalid": _("Write the number with digits, for example 32 11 70 00.")},
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip


WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def is_organisation_number(text: str) -> bool:
    """Nine digits whose last one fits the others (modulus 11, as the register of entities gives them out)."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(text[:8], WEIGHTS, strict=True)) % 11
    return rest != 10 and rest % 11 == int(text[8])


class SchoolForm(OnceForm):
    """A school of the owner."""

    name = forms.CharField(label=_("Name of the school"), max_length=200)
    organisation_number = forms.RegexField(
        r"^[0-9]{9}$",
        label=_("Organisation number"),
        required=False,
        help_text=_("Nine digits. It ties the school to its published results. You can leave it empty."),
        error_messages={"invalid": _("An organisation number has nine digits.")},
    )
    first_grade = forms.IntegerField(label=_("First grade"), min_value=1, max_value=13, initial=1)
    last_grade = forms.IntegerField(label=_("Last grade"), min_value=1, max_value=13, initial=7)
    written_form = forms.ChoiceField(label=_("Written language"), choices=WRITTEN_FORMS)
    phone = phone(_("The school's telephone"), help=_("Families are given it where nobody has a number of one's own."))
    in_project = forms.BooleanField(label=_("The school takes part in the project"), required=False)

    def clean_organisation_number(self) -> str:
        """A number that was mistyped would leave the school without figures, and nobody would see why."""
        number: str = self.cleaned_data["organisation_number"]
        if number and not is_organisation_number(number):
            raise forms.ValidationError(_("This is no organisation number: one of the digits is wrong."))
        return number

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        first, last = values.get("first_grade"), values.get("last_grade")
        if first and last and first > last:
            self.add_error("last_grade", _("The last grade cannot be below the first."))
        return values


class ChangeSchoolForm(SchoolForm):
    """Correct a school."""

    active = forms.BooleanField(label=_("The school is open"), required=False)


class PersonForm(OnceForm):
    """A person of the owner."""

    name = forms.CharField(label=_("Name"), max_length=200)
    title = forms.CharField(label=_("Title"), max_length=100, required=False)
    phone = phone(_("Telephone at work"), help=_("Given to families whom this person follows up."))


class ChangePersonForm(PersonForm):
    """A person, and when they were trained."""

    trained_on = DateField(
        label=_("Trained in privacy and security"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day. Before that nobody sees a case, whatever their role is (§ 20-2 of the regulations)."),
    )  # fmt: skip


class RoleForm(OnceForm):
    """A role at a school or for all schools."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    valid_from = DateField(label=_("From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    valid_to = DateField(
        label=_("Last day"), required=False, help_text=_("Leave empty when no end is set."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = School.objects.order_by("sort_key")
        self.fields["school"] = forms.ModelChoiceField(
            rows, label=_("School"), required=False, empty_label=_("Choose a school, or none for the whole municipality"),
            help_text=_("Leaders, employees and working groups belong to a school. The municipality's own roles do not."),
        )  # fmt: skip
        self.fields["everywhere"] = forms.BooleanField(label=_("At all the schools (PPT and guides)"), required=False)
        self.order_fields(["role", "school", "everywhere", "valid_from", "valid_to"])

    def clean(self) -> dict[str, Any]:
        """PPT and guides belong to schools; to all of them only when that is said."""
        values: dict[str, Any] = super().clean() or {}
        everywhere = values.pop("everywhere", False)
        if values.get("role") in (Role.PPT, Role.GUIDE) and values.get("school") is None and not everywhere:
            self.add_error("school", _("Choose a school, or tick that it is all of them."))
        return values
