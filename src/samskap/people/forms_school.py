"""Forms about classes, pupils, guardians, breaks and stand-ins."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samskap.kernel import clock
from samskap.kernel.forms import OnceForm, VersionedForm
from samskap.kernel.ui.fields import DateField, offer_choices, offer_rows
from samskap.kernel.ui.widgets import DateInput
from samskap.people import queries
from samskap.people.models import Guardianship, Person, Pupil, School, SchoolClass, SchoolYear


def capitalised(choices: type[TextChoices]) -> Callable[[], list[tuple[str, str]]]:
    """A model's words as the labels of a form."""
    return lambda: [(str(value), capfirst(label)) for value, label in choices.choices]


class StandInForm(OnceForm):
    """Who reads while somebody is away."""

    leader = forms.ModelChoiceField(label=_("Who is away?"), queryset=Person._base_manager.none())
    substitute = forms.ModelChoiceField(
        label=_("Who stands in?"), queryset=Person._base_manager.none(), required=False,
        empty_label=_("Nobody"), help_text=_("Nobody: reports wait, and those who tell are told so."),
    )  # fmt: skip
    valid_from = DateField(label=_("From"), widget=DateInput)
    valid_to = DateField(label=_("Last day"), widget=DateInput)
    reads_in_breaks = forms.BooleanField(label=_("Reads new reports also on working days in a break"), required=False)

    def __init__(self, *args: Any, leaders: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("valid_from", clock.today())
        offer_rows(self, "leader", leaders)
        offer_rows(self, "substitute", colleagues)


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
        offer_rows(self, "school", School.objects.order_by("sort_key"))


class ClassForm(OnceForm):
    """A class."""

    school = forms.ModelChoiceField(label=_("School"), queryset=School._base_manager.none())
    year = forms.ModelChoiceField(label=_("School year"), queryset=SchoolYear._base_manager.none())
    name = forms.CharField(label=_("Name of the class"), max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "school", School.objects.filter(active=True).order_by("sort_key"))
        offer_rows(self, "year", queries.school_years(), lambda year: str(year.name))
        self.initial.setdefault("year", queries.current_year())


class ChangeClassForm(OnceForm):
    """A class's name and contact teacher."""

    name = forms.CharField(label=_("Name of the class"), max_length=20)
    contact_teacher = forms.ModelChoiceField(
        label=_("Contact teacher"), queryset=Person._base_manager.none(), required=False, empty_label=_("Nobody yet"),
        help_text=_("Sees the names of the class."),
    )  # fmt: skip

    def __init__(self, *args: Any, school_class: SchoolClass, **kwargs: Any) -> None:
        now = {"name": school_class.name, "contact_teacher": school_class.contact_teacher_id}
        super().__init__(*args, initial=now, **kwargs)
        offer_rows(self, "contact_teacher", queries.staff_of(school_class.school_id))


PROTECTION_HELP = _("Strictly confidential: nothing about the pupil is ever sent digitally.")


class PupilForm(OnceForm):
    """A pupil."""

    name = forms.CharField(label=_("Name"), max_length=200)
    born = DateField(label=_("Born"), widget=DateInput, required=False)
    address_protection = forms.ChoiceField(
        label=_("Protected address"), choices=capitalised(Person.Protection), widget=forms.RadioSelect, initial="none",
        help_text=PROTECTION_HELP,
    )  # fmt: skip


class ChangePupilForm(PupilForm, VersionedForm):
    """Correct a pupil, or move the pupil to another class."""

    school_class = forms.ModelChoiceField(label=_("Class"), queryset=SchoolClass._base_manager.none())
    active = forms.BooleanField(label=_("Goes to school here"), required=False)
    field_order = ("name", "born", "school_class", "active", "address_protection")

    def __init__(self, *args: Any, pupil: Pupil, **kwargs: Any) -> None:
        person = pupil.person
        now = {
            "version": pupil.version, "name": person.name, "born": pupil.born, "school_class": pupil.school_class_id,
            "active": pupil.active, "address_protection": person.address_protection,
        }  # fmt: skip
        super().__init__(*args, initial=now, **kwargs)
        rows = SchoolClass.objects.select_related("school", "year").order_by("school__sort_key", "-year__start", "name")
        offer_rows(self, "school_class", rows, class_name)


def class_name(row: SchoolClass) -> str:
    """The class with its school and year."""
    return f"{row.school.name}: {row.name} ({row.year.name})"


class GuardianForm(OnceForm):
    """Somebody who is there for a pupil."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("What are they to the pupil?"), choices=capitalised(Guardianship.Kind))
    parental_responsibility = forms.BooleanField(
        label=_("Has parental responsibility"), required=False, initial=True,
        help_text=_("A parent without it may ask for information, and gets no sign-in."),
    )  # fmt: skip
    lives_with = forms.BooleanField(label=_("The pupil lives there, all or part of the time"), required=False, initial=True)
    contact_ban = forms.BooleanField(
        label=_("May have no contact with the pupil"),
        required=False,
        help_text=_("Then nothing is told or sent, whatever else is ticked."),
    )
    valid_from = DateField(label=_("From"), widget=DateInput)
    address_protection = forms.ChoiceField(
        label=_("Protected address"), choices=capitalised(Person.Protection), widget=forms.RadioSelect, initial="none"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("valid_from", clock.today())


class NewGuardianForm(GuardianForm):
    """Somebody new for a pupil. Where a guardian of the same name is known at the school, it asks whether it is the same."""

    NEW = "new"
    person = forms.ChoiceField(label=_("Is it one of these?"), required=False, widget=forms.RadioSelect)
    field_order = ("name", "person")

    def __init__(self, *args: Any, pupil: Pupil, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(row.pk): row for row in queries.same_name(pupil, str(self.data.get("name", "")))}
        if not self.known:
            del self.fields["person"]
            return
        choices = [
            (key, _("%(name)s, guardian of %(pupils)s") % {"name": row.name, "pupils": _whose(row)})
            for key, row in self.known.items()
        ]
        offer_choices(self, "person", [*choices, (self.NEW, _("No, somebody else with the same name"))])
        self.fields["person"].required = True
        self.fields["person"].error_messages["required"] = _("There is a guardian with this name already. Is it the same person?")

    @property
    def values(self) -> dict[str, Any]:
        """With the person who is known, where it is one."""
        return {**super().values, "person": self.known.get(self.cleaned_data.get("person", ""))}


def _whose(person: Person) -> str:
    rows = Guardianship.objects.filter(guardian=person).select_related("pupil__person").order_by("pupil__person__sort_key")
    return ", ".join(dict.fromkeys(row.pupil.person.name for row in rows))


class ChangeGuardianForm(GuardianForm, VersionedForm):
    """Correct what somebody is to a pupil."""

    valid_to = DateField(label=_("Last day"), required=False, help_text=_("Leave empty when no end is set."), widget=DateInput)
    field_order = ("name", "kind", "parental_responsibility", "lives_with", "contact_ban", "valid_from", "valid_to")

    def __init__(self, *args: Any, row: Guardianship, **kwargs: Any) -> None:
        names = ("version", "kind", "parental_responsibility", "lives_with", "contact_ban", "valid_from", "valid_to")
        now = {name: getattr(row, name) for name in names}
        now |= {"name": row.guardian.name, "address_protection": row.guardian.address_protection}
        super().__init__(*args, initial=now, **kwargs)
