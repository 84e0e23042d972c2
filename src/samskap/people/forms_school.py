"""Forms about classes, pupils, guardians, breaks and stand-ins."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.kernel import clock
from samskap.kernel.forms import OnceForm
from samskap.kernel.ui.fields import DateField
from samskap.kernel.ui.widgets import DateInput
from samskap.people.models import Guardianship, Person, School, SchoolYear


def _people(form: forms.Form, name: str, rows: Any) -> None:
    form.fields[name].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField


class StandInForm(OnceForm):
    """Who reads while somebody is away."""

    leader = forms.ModelChoiceField(label=_("Who is away?"), queryset=Person._base_manager.none())
    substitute = forms.ModelChoiceField(label=_("Who stands in?"), queryset=Person._base_manager.none())
    valid_from = DateField(label=_("From"), widget=DateInput)
    valid_to = DateField(label=_("Last day"), widget=DateInput)
    reads_in_breaks = forms.BooleanField(label=_("Reads new reports also on working days in a break"), required=False)

    def __init__(self, *args: Any, leaders: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("valid_from", clock.today())
        _people(self, "leader", leaders)
        _people(self, "substitute", colleagues)


class BreakForm(OnceForm):
    """Days without school."""

    name = forms.CharField(label=_("What is it called?"), max_length=100)
    first_day = DateField(label=_("First day"), widget=DateInput)
    last_day = DateField(label=_("Last day"), widget=DateInput)
    school = forms.ModelChoiceField(
        label=_("School"), queryset=School._base_manager.none(), required=False, empty_label=_("All the schools")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _people(self, "school", School.objects.order_by("sort_key"))


class ClassForm(OnceForm):
    """A class."""

    school = forms.ModelChoiceField(label=_("School"), queryset=School._base_manager.none())
    year = forms.ModelChoiceField(label=_("School year"), queryset=SchoolYear._base_manager.none())
    name = forms.CharField(label=_("Name of the class"), max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _people(self, "school", School.objects.filter(active=True).order_by("sort_key"))
        years = SchoolYear.objects.order_by("-start")
        _people(self, "year", years)
        self.fields["year"].label_from_instance = lambda year: f"{year.start}-{(year.start + 1) % 100:02}"  # type: ignore[attr-defined]  # a ModelChoiceField
        self.initial.setdefault("year", years.filter(first_day__lte=clock.today()).first())


class PupilForm(OnceForm):
    """A pupil."""

    name = forms.CharField(label=_("Name"), max_length=200)
    born = DateField(label=_("Born"), widget=DateInput, required=False)
    address_protection = forms.ChoiceField(
        label=_("Protected address"), choices=Person.Protection.choices, widget=forms.RadioSelect, initial="none"
    )


class GuardianForm(OnceForm):
    """Somebody who is there for a pupil."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("What are they to the pupil?"), choices=Guardianship.Kind.choices)
    parental_responsibility = forms.BooleanField(label=_("Has parental responsibility"), required=False, initial=True)
    lives_with = forms.BooleanField(label=_("The pupil lives there, all or part of the time"), required=False, initial=True)
    contact_ban = forms.BooleanField(label=_("May have no contact with the pupil"), required=False)
