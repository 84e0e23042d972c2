"""The administrator corrects schools and people; what was mistyped is caught; the written form is the school's."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from samskap.people.django_texts import password_texts
from samskap.people.forms import is_organisation_number
from samskap.site.demo import cast
from tests.support.world import World


def form_of(client: Client, url: str) -> dict[str, object]:
    form = client.get(url).context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}


def test_a_school_is_corrected(world: World) -> None:
    client, school = world.client("nina"), world.school("elvesletta")
    url = reverse("people:change_school", args=[school.pk])
    assert client.post(url, {**form_of(client, url), "name": "Elvesletta skole", "last_grade": "9"}).status_code == 302
    school.refresh_from_db()
    assert (school.name, school.last_grade, school.sort_key[:10]) == ("Elvesletta skole", 9, "elvesletta")


@pytest.mark.parametrize(("field", "value", "says"), [
    ("organisation_number", "123456789", "ett av sifrene er feil"),
    ("name", "Tjernlia skole", "allerede en skole"),
    ("organisation_number", cast.school("tjernlia").number, "En annen skole har"),
])  # fmt: skip
def test_a_wrong_correction_is_sent_back(field: str, value: str, says: str, world: World) -> None:
    client, school = world.client("nina"), world.school("elvesletta")
    url = reverse("people:change_school", args=[school.pk])
    answer = client.post(url, {**form_of(client, url), field: value})
    assert (answer.status_code, says in answer.content.decode()) == (422, True)
    school.refresh_from_db()
    assert school.name == cast.school("elvesletta").name


def test_a_person_is_corrected(world: World) -> None:
    client, person = world.client("nina"), world.person("silje")
    url = reverse("people:change_person", args=[person.pk])
    assert client.post(url, {**form_of(client, url), "name": "Silje  Nordbakken"}).status_code == 302
    assert world.person("silje").name == "Silje Nordbakken"


@pytest.mark.parametrize("number", [school.number for school in cast.SCHOOLS])
def test_numbers_with_a_right_check_digit_pass_and_others_do_not(number: str) -> None:
    assert is_organisation_number(number)
    assert not any(is_organisation_number(f"{number[:8]}{digit}") for digit in range(10) if str(digit) != number[8])


@pytest.mark.parametrize(("role", "school", "everywhere", "status"), [
    ("guide", "", "", 422), ("guide", "", "on", 302), ("ppt", "elvesletta", "", 302), ("leader", "", "", 422),
    ("admin", "elvesletta", "", 422), ("adviser", "", "", 302),
])  # fmt: skip
def test_a_role_belongs_where_it_means_something(role: str, school: str, everywhere: str, status: int, world: World) -> None:
    client, person = world.client("nina"), world.person("silje")
    page = reverse("people:person", args=[person.pk])
    sent = {**form_of(client, page), "role": role, "school": world.school(school).pk if school else "", "everywhere": everywhere}
    assert client.post(reverse("people:give_role", args=[person.pk]), sent).status_code == status


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_what_is_said_of_a_password_is_said_in_the_users_language(language: str) -> None:
    with translation.override(language):
        told = password_texts(12)
    assert all("assord" in text and "This" not in text for text in told)
    assert "12" in told[0]


def test_one_who_has_chosen_no_language_reads_the_schools_written_form(world: World) -> None:
    assert world.client("oddny").get("/").headers["Content-Language"] == "nn"
    assert world.client("ingrid").get("/").headers["Content-Language"] == "nb"
    assert world.client("sigrid").get("/").headers["Content-Language"] == "nb"


def test_a_chosen_language_goes_before_the_schools(world: World) -> None:
    client = world.client("oddny")
    client.post(reverse("site:language"), {"language": "nb"})
    assert client.get("/").headers["Content-Language"] == "nb"
