"""Names of pupils outside the case: whole names of the school, first names of the class; not the adults, and not oneself."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from samskap.cases import actions, names
from samskap.cases.actions import NewMeasure, papers
from samskap.cases.names import FullNames
from samskap.cases.papers import Wish
from samskap.cases.queries import folder
from samskap.cases.rules_papers import Kind
from samskap.kernel import clock, scope
from samskap.kernel.actions import ActionError
from samskap.people import actions_school as school_life
from tests.cases import following
from tests.support.world import World

KNOWN = FullNames(["Emma Sofie Haugfoss", "Ola Nordmann Lie", "May Berg"])


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Emma Haugfoss slo.", "[…] slo."),
        ("Emma S. Haugfoss slo.", "[…] slo."),
        ("emma haugfoss slo", "[…] slo"),
        ("Emma Sofie Haugfoss' mor ringte.", "[…]' mor ringte."),
        ("Lua til Emma Haugfosss forsvant.", "Lua til […] forsvant."),
        ("Emma S. Haugfoss, Ola Lie og Silje.", "[…], […] og Silje."),
        ("Ola N. Lie", "[…]"),
        ("Emma var ute. Haugfoss er en gard.", "Emma var ute. Haugfoss er en gard."),
        ("Emma gikk til Haugfoss.", "Emma gikk til Haugfoss."),
        ("Emma Sandvoll er her.", "Emma Sandvoll er her."),
        ("May Berg og may berg", "[…] og may berg"),
        ("", ""),
    ],
)
def test_whole_names_are_found_with_what_stands_between(text: str, masked: str) -> None:
    assert names.without_spans(text, KNOWN.found_in(text), "[…]") == masked


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["Emma Haugfoss", "Emma S. Haugfoss", "Emma Sofie Haugfoss"]))
def test_a_whole_name_never_stays_between_other_words(before: str, after: str, name: str) -> None:
    text = f"{before} . {name} . {after}"
    assert name not in names.without_spans(text, KNOWN.found_in(text), "…")


def around(world: World) -> Any:
    """Noah's case at 9B; Emma goes to another class, Mia to his own. His mother has the page."""
    following.pupil(world, "Mia Solheim Dahl")
    following.pupil(world, "Silje Moen")
    with scope.tenant_scope(world.tenant_id):
        other = following.a_class(world, name="9D")
        school_life.add_pupil(by=world.actor("nina"), school_class=other, name="Vilja Haugfoss")
    case = following.opened(world)
    actions.open_page(by=world.actor("ingrid"), pupil=following.folder(case), person=world.person("hanne"))
    return case


def page(world: World, case: Any) -> str:
    answer = world.client("hanne", strong=False).get(reverse("cases:family", args=[following.folder(case).pk]))
    return str(answer.content.decode())


def test_what_the_family_reads_names_no_pupil_outside_the_case(world: World) -> None:
    case = around(world)
    text = "Vilja S. Haugfoss og Mia går sammen med Noah Bergli. Vilja er trygg. Silje følger dem."
    written = NewMeasure(text, world.person("silje"), clock.today())
    actions.add_measure(by=world.actor("ingrid"), case=case, measure=written, plan=following.plan(case))
    found = page(world, case)
    assert "[en annen elev] og [en annen elev] går sammen med Noah Bergli. Vilja er trygg. Silje følger dem." in found


def test_adults_stay_named_beside_pupils_of_the_same_first_name(world: World) -> None:
    """A pupil of the class is called Silje too: with her surname the teacher is the teacher; alone it is read as the pupil."""
    case = around(world)
    adult = f"{world.person('silje').name} snakket med Silje."
    held = following.folder(case)
    actions.write(by=world.actor("ingrid"), case=case, kind="home", text=adult, on=clock.today(), pupil=held, home=True)
    assert f"{world.person('silje').name} snakket med [en annen elev]." in page(world, case)


def test_documents_suggest_to_take_them_out(world: World) -> None:
    case = around(world)
    held = following.folder(case)
    with scope.tenant_scope(case.tenant_id):
        wish = Wish(Kind.LETTER, folder(case, held), to="Hanne", text="Vilja S. Haugfoss og Mia slo Noah.")
        draft = papers.draft(by=world.actor("ingrid"), case=case, wish=wish)
        look = papers.look(case, draft)
    assert look.phrases == ["Mia", "Vilja S. Haugfoss"]
    assert look.left == []


def test_the_questions_to_the_database_do_not_grow_with_the_school(world: World) -> None:
    case = around(world)

    def count() -> int:
        page(world, case)
        with CaptureQueriesContext(connection) as asked:
            page(world, case)
        return len(asked)

    before = count()
    following.class_of_24(world)
    assert count() == before


def test_a_neutral_line_that_names_whom_it_hides_is_refused(world: World) -> None:
    case = following.opened(world, involved="Adam Lindås")
    noah, adam = following.folders(case)
    for neutral in ("Skolen passer på Adam.", "Familien Lindås er med.", "ADAMS gruppe"):
        measure = NewMeasure("Adam har en voksen.", None, clock.today(), pupil=adam, touched=[noah], neutral=neutral)
        with pytest.raises(ActionError) as refused:
            actions.add_measure(by=world.actor("ingrid"), case=case, measure=measure)
        assert refused.value.field == "neutral"
    fine = NewMeasure("Adam har en voksen.", None, clock.today(), pupil=adam, touched=[noah], neutral="Noah får hjelp i gym.")
    made = actions.add_measure(by=world.actor("ingrid"), case=case, measure=fine)
    bad = NewMeasure("Adam har en voksen.", None, clock.today(), pupil=adam, touched=[noah], neutral="Adam følges opp.")
    with pytest.raises(ActionError):
        actions.change_measure(by=world.actor("ingrid"), row=made, measure=bad)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Mia og Mias lue, Mia-Sofie.", "[…] og […] lue, […]-Sofie."),
        ("I dag kom Dag. Dags lue, om dagen, til dags.", "I dag kom […]. […] lue, om dagen, til dags."),
        ("Miami og Emil", "Miami og Emil"),
    ],
)
def test_first_names_of_a_class_are_found_as_words(text: str, masked: str) -> None:
    assert names.without_spans(text, names.words_in(text, {"mia", "dag"}), "[…]") == masked


def test_ones_own_name_stays_where_another_has_it_too(world: World) -> None:
    following.pupil(world, "Noah Vik")
    case = following.opened(world)
    held = following.folder(case)
    actions.open_page(by=world.actor("ingrid"), pupil=held, person=world.person("hanne"))
    text = "Noahs lue var borte. Noah Vik tok den."
    actions.write(by=world.actor("ingrid"), case=case, kind="home", text=text, on=clock.today(), pupil=held, home=True)
    assert "Noahs lue var borte. [en annen elev] tok den." in page(world, case)


@pytest.mark.parametrize(
    "text",
    ["Ada Li\u0301nda\u030as", "Аda Lindås", "A\u200bda Lind\u00adås", "Ada Lindaas", "ADA LINDAS", "ada_lindås", "AdaLindås"],
)
def test_whole_names_and_first_names_are_found_in_other_letters(text: str) -> None:
    assert names.without_spans(f"Så {text}.", FullNames(["Ada Lindås"]).found_in(f"Så {text}."), "[…]") == "Så […]."
    assert names.words_in(text, {"ada"})
