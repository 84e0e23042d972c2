"""Stories: a pupil who is not safe is followed up until the pupil says that it is safe."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tests.support.browser import PHONE, WIDE, Story

Teller = Callable[..., AbstractContextManager[Story]]
pytestmark = [pytest.mark.slow, pytest.mark.once]  # each step is taken on both databases in tests/cases


def open_the_newest_report(leader: Story) -> None:
    """The report that cannot wait."""
    leader.open("/meldinger/")
    leader.page.locator("main tbody a").first.click()
    leader.look()


def choose_pupils(leader: Story, *names: str) -> None:
    """Fold the classes out, and choose."""
    for group in leader.page.locator("#id_pupils summary").all():
        group.click()
    for name in names:
        leader.choose(name)


def test_two_reports_become_one_case_with_three_pupils_and_it_goes_on_until_the_pupil_says_that_it_is_safe(tell: Teller) -> None:
    with tell(WIDE) as ingrid:
        ingrid.become("Ingrid Haugdal")
        # Two reports become one case.
        open_the_newest_report(ingrid)
        ingrid.follow("Opprett sak")
        ingrid.write("Hva gjelder saken?", "To elever i 9B blir filmet i garderoben.")
        choose_pupils(ingrid, "Noah Bergli", "Emma Sandvoll")
        ingrid.press("Opprett saken")
        ingrid.sees("Du er saksansvarlig.")
        case = ingrid.page.url.removeprefix(ingrid.url)
        ingrid.open("/meldinger/")
        ingrid.page.locator("tr", has_text="En ansatt melder fra").get_by_role("link").first.click()
        ingrid.follow("Opprett sak")
        ingrid.page.get_by_text("Den hører til en sak som pågår").click()
        option = ingrid.page.locator("#id_case option", has_text="Emma Sandvoll").get_attribute("value")
        ingrid.page.select_option("#id_case", option)
        ingrid.press("La saken følge den opp")
        ingrid.sees("Saken følger opp denne meldingen også.")
        # The one who films is involved too, and is heard.
        ingrid.follow("Legg til en elev")
        adam = ingrid.page.locator("#id_pupil option", has_text="Adam Lindås").get_attribute("value")
        ingrid.page.select_option("#id_pupil", adam)
        ingrid.choose("Involvert på annen måte")
        ingrid.press("Lagre")
        for name in ("Noah Bergli", "Emma Sandvoll", "Adam Lindås"):
            card = ingrid.page.locator(".ds-card", has_text=name)
            card.get_by_role("link", name="Skriv ned en samtale").click()
            ingrid.write("Hva sa eleven?", f"Dette er {name} sine ord.")
            ingrid.write("Hvem snakket med eleven, og hvor?", "Ingrid, på biblioteket")
            ingrid.press("Lagre")
        ingrid.sees("Dette er Adam Lindås sine ord.")
        # Tonight something is done, before any plan is written.
        ingrid.follow("Nytt tiltak")
        ingrid.write("Hva gjør vi?", "Silje er i garderoben etter gym i kveld.")
        ingrid.choose("Det er i gang fra nå")
        ingrid.page.select_option("#id_responsible", label="Silje Nordbakk")
        ingrid.page.select_option("#id_plan", label="Ingen plan ennå")
        ingrid.press("Lagre")
        ingrid.sees("Tiltaket er notert.")
        # Each pupil's plan is completed, and then it is in force.
        for name in ("Noah Bergli", "Emma Sandvoll"):
            make_the_plan(ingrid, case, name)
        # The pupils say how it is.
        for name, answer in (("Noah Bergli", "Ja"), ("Emma Sandvoll", "Nei")):
            say(ingrid, case, name, answer)
        ingrid.open(case)
        ingrid.sees("Emma Sandvoll sier at det ikke er trygt.")
        assert ingrid.page.get_by_role("link", name="Avslutt oppfølgingen").count() == 0
        evaluate(ingrid, case, "Noah Bergli")
        evaluate(ingrid, case, "Emma Sandvoll", again="2027-01-18")
        say(ingrid, case, "Emma Sandvoll", "Ja")
        for name in ("Noah Bergli", "Emma Sandvoll"):
            ingrid.open(case)
            ingrid.page.locator(".ds-card", has_text=name).get_by_role("link", name="Elevens beste").click()
            ingrid.write("Hva er det beste for eleven", f"{name} vil bli i klassen, og vi passer på etter gym.")
            ingrid.press("Lagre")
        # Now it may end, with a talk in some weeks.
        ingrid.follow("Avslutt oppfølgingen")
        ingrid.write("Hvorfor avsluttes oppfølgingen?", "Begge sier at det er trygt, og tiltakene fortsetter til jul.")
        for way in ingrid.page.get_by_label("Gjøres likevel").all():
            way.check()
        ingrid.press("Avslutt oppfølgingen")
        ingrid.sees("Oppfølgingen er avsluttet.")
        ingrid.open("/saker/avsluttet/")
        ingrid.sees("Emma Sandvoll")


def make_the_plan(leader: Story, case: str, name: str) -> None:
    """All five elements, and in force."""
    leader.open(case)
    leader.follow(f"Plan for {name}")
    leader.sees("Planen er ikke fullstendig ennå")
    leader.follow("Skriv planen")
    leader.write("Hvilke problem skal planen løse?", f"{name} blir filmet i garderoben.")
    leader.page.fill("#id_evaluate_on", "2027-01-11")
    leader.press("Lagre")
    leader.follow("Nytt tiltak")
    leader.write("Hva gjør vi?", f"En voksen er i garderoben når {name} er der.")
    leader.page.select_option("#id_responsible", label="Amir Rahimi")
    leader.press("Lagre")
    leader.follow("La planen gjelde")
    leader.press("La planen gjelde")
    leader.sees("Planen gjelder nå.")


def say(leader: Story, case: str, name: str, answer: str) -> None:
    """A pupil answers."""
    leader.open(case)
    leader.page.locator(".ds-card", has_text=name).get_by_role("link", name="Er det trygt nå?").click()
    leader.look()
    leader.page.get_by_label(answer, exact=True).check()
    leader.press("Lagre")
    leader.sees("Svaret er skrevet ned.")


def evaluate(leader: Story, case: str, name: str, again: str = "") -> None:
    """The plan is looked at again; all goes on. One who says no is not left without a day for the next time."""
    leader.open(case)
    leader.follow(f"Plan for {name}")
    leader.follow("Evaluer planen")
    leader.write("Hva har dere sett siden sist?", "Det er voksne i garderoben, og filmingen har sluttet.")
    if again:
        with leader.refusals():
            leader.press("Lagre")
        leader.sees("En elev har ikke sagt at det er trygt og godt")
        leader.page.fill("#id_next_on", again)
    leader.press("Lagre")
    leader.sees("Evalueringen er lagret.")


def test_an_employee_on_a_phone_says_that_a_measure_is_done_and_sees_nothing_else(tell: Teller) -> None:
    with tell(PHONE) as amir:
        amir.become("Amir Rahimi")
        amir.open("/saker/mine-tiltak/")
        row = amir.page.locator("tr", has_text="Amir spiser sammen med gruppa i kantina.")
        row.get_by_role("link", name="Ferdig").click()
        amir.look()
        assert "Yusuf" not in amir.page.content()
        amir.press("Det er gjennomført")
        assert amir.page.locator("tr", has_text="kantina").count() == 0
        amir.sees("Ferdig i dag")


def test_the_owner_works_a_case_in_which_the_leader_is_named(tell: Teller) -> None:
    with tell(WIDE) as jonas, tell(WIDE) as ingrid:
        ingrid.become("Ingrid Haugdal")
        ingrid.open("/saker/")
        assert "Jonathan" not in ingrid.page.content()
        jonas.become("Jonas Tveiten")
        jonas.open("/saker/")
        jonas.follow("Jonathan Krokmo")
        jonas.sees("Kommunen arbeider med denne saken.")
        jonas.sees("Jeg blir rød og klarer ikke si noe.")
        jonas.follow("Nytt tiltak")
        jonas.write("Hva gjør vi?", "Jonathan får prate med Arne på biblioteket hver mandag.")
        jonas.press("Lagre")
        jonas.sees("Tiltaket er notert.")


def test_a_pupils_new_no_waits_first_on_the_leaders_page(tell_shared: Teller) -> None:
    with tell_shared(PHONE) as ingrid:
        ingrid.become("Ingrid Haugdal")
        ingrid.sees("En sak der noen svarer nei")
        ingrid.follow("En sak der noen svarer nei")
        ingrid.sees("Eleven svarer nei")
        ingrid.follow("Sara Haugfoss")
        ingrid.sees("Det har begynt igjen etter høstferien.")
        ingrid.sees("Plikten til å handle begynte på nytt")
