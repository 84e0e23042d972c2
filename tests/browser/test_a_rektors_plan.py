"""Ingrid leads Elvesletta. She reads where the school stands, agrees on a goal, follows it up, and evaluates it honestly."""

import re

import pytest

from tests.browser.conftest import Teller
from tests.support.browser import NARROW, PHONE, WIDE, Story

pytestmark = pytest.mark.once  # each step is taken on both databases in tests/improve


def given_hilde_begins_the_plan_of_a_school_without_one(hilde: Story) -> None:
    hilde.become("Hilde Grønvik")
    hilde.follow("Begynn på årets plan")
    hilde.press("Begynn")


def when_she_writes_a_strength_first(hilde: Story) -> None:
    hilde.follow("Skriv noe som er bra")
    hilde.write("Med egne ord", "Elevene våre tar imot nye elever på en fin måte.")
    hilde.press("Lagre")
    hilde.sees("Elevene våre tar imot nye elever")


def and_says_where_they_want_to_go(hilde: Story) -> None:
    hilde.page.locator(".s-next a").click()
    hilde.page.locator("textarea").fill("Alle har minst én voksen de stoler på.")
    hilde.press("Lagre")


def and_chooses_a_goal_with_a_sign(hilde: Story) -> None:
    hilde.page.locator(".s-next a").click()
    hilde.page.locator("[name=title]").fill("Hver elev har en voksen å gå til")
    hilde.page.locator("[name=sign]").fill("Alle elever kan peke ut en voksen når vi spør i mai.")
    hilde.press("Lagre")
    hilde.look()


def and_plans_a_measure(hilde: Story) -> None:
    hilde.page.get_by_role("link", name="Nytt tiltak").click()
    hilde.look()
    hilde.page.locator("[name=what]").fill("Elevsamtaler på ti minutter hver sjette uke")
    hilde.page.locator("[name=responsible]").select_option(label="Hilde Grønvik")
    hilde.page.locator("[name=for_whom]").fill("alle elever")
    hilde.page.locator("[name=expected]").fill("Elevene sier at noen spør hvordan de har det.")
    hilde.press("Lagre")


def and_gives_a_status(hilde: Story) -> None:
    hilde.page.locator("a[href$='/status/']").first.click()
    hilde.look()
    hilde.page.locator("[name=going][value=on_way]").check()
    hilde.page.locator("[name=as_planned][value=yes]").check()
    hilde.page.locator("form.s-quick button[type=submit]").click()


def and_notes_who_took_part(hilde: Story) -> None:
    hilde.page.locator("a[href$='/medvirkning/ny/']").first.click()
    hilde.look()
    hilde.page.locator("[name=group][value=pupils]").check()
    hilde.page.locator("[name=how]").fill("Klassemøter på alle trinn")
    hilde.page.locator("[name=changed]").fill("Elevene ville ha samtalene ute på tur.")
    hilde.press("Lagre")
    hilde.sees("Klassemøter på alle trinn")


def then_it_is_not_called_reached_before_somebody_says_so(hilde: Story) -> None:
    hilde.page.locator("a[href$='/evaluering/']").first.click()
    hilde.look()
    hilde.page.locator("[name=outcome][value=reached]").check()
    hilde.page.locator("[name=decision][value=continue]").check()
    hilde.page.locator("[name=why]").fill("Vi tror det går bra.")
    with hilde.refusals():
        hilde.page.locator("form.s-narrow button[type=submit]").click()
        hilde.page.locator("[role=alert], .s-errors, ds-error-summary").first.wait_for()
    hilde.page.locator("[name=pupils]").fill("27 av 28 på 8. trinn kan peke ut en voksen.")
    hilde.page.locator("form.s-narrow button[type=submit]").click()
    hilde.sees("27 av 28 på 8. trinn")


@pytest.mark.parametrize("size", [WIDE, pytest.param(PHONE, marks=pytest.mark.deep)], ids=["wide", "phone"])
def test_a_rektor_takes_a_plan_from_its_first_strength_to_an_evaluation(tell: Teller, size: dict[str, int]) -> None:
    with tell(size) as hilde:
        given_hilde_begins_the_plan_of_a_school_without_one(hilde)
        when_she_writes_a_strength_first(hilde)
        and_says_where_they_want_to_go(hilde)
        and_chooses_a_goal_with_a_sign(hilde)
        and_plans_a_measure(hilde)
        and_gives_a_status(hilde)
        and_notes_who_took_part(hilde)
        then_it_is_not_called_reached_before_somebody_says_so(hilde)


def test_a_rektor_goes_from_real_looking_results_to_a_goal_with_a_base(tell: Teller) -> None:
    with tell(WIDE) as ingrid:
        ingrid.become("Ingrid Haugdal")
        ingrid.open("/resultater/")
        ingrid.sees("kan ikke skilles fra tilfeldigheter")
        ingrid.page.get_by_role("link", name="Mobbet på skolen").first.click()
        ingrid.look()
        ingrid.open("/utviklingsplan/")
        ingrid.page.get_by_role("link", name=re.compile("20")).first.click()
        ingrid.page.wait_for_url(re.compile(r"/utviklingsplan/[0-9a-f-]{36}/$"))
        ingrid.look()
        ingrid.page.locator("a[href$='/mal/ny/']").click()
        ingrid.look()
        option = ingrid.page.locator("[name=indicator] option", has_text="Mobbet på skolen").first.get_attribute("value")
        ingrid.page.locator("[name=indicator]").select_option(option)
        ingrid.page.locator("[name=title]").fill("Færre blir mobbet")
        ingrid.page.locator("[name=target]").fill("8,5")
        ingrid.page.locator("[name=three_is_fine]").check()
        ingrid.press("Lagre")
        ingrid.sees("8,5")
        assert ingrid.page.locator("svg.s-plot[role=img]").count() == 1


def test_a_working_group_member_gives_a_status_from_a_phone_in_few_taps(tell: Teller) -> None:
    with tell(PHONE) as amir:
        amir.become("Amir Rahimi")
        amir.open("/utviklingsplan/mine-tiltak/")
        amir.page.locator("main a[href$='/status/']").first.click()
        amir.look()
        amir.page.locator("[name=going][value=slow]").check()
        amir.page.locator("[name=as_planned][value=partly]").check()
        amir.page.locator("form.s-quick button[type=submit]").click()
        amir.sees("Takk")


def test_every_page_of_the_round_works_without_javascript(tell: Teller) -> None:
    with tell(WIDE, javascript=False) as oddny:
        oddny.page.goto(f"{oddny.url}/demo/")
        oddny.page.get_by_role("button", name="Oddny Sæterbø").click()
        oddny.page.wait_for_url(f"{oddny.url}/")
        oddny.page.goto(f"{oddny.url}/utviklingsplan/")
        oddny.page.get_by_role("link", name=re.compile("20")).first.click()
        oddny.page.locator(".s-next a").click()
        oddny.page.locator("textarea").first.fill("Alle på øya kjenner alle, og det vil vi bruke.")
        oddny.page.locator("form.s-narrow button[type=submit]").click()
        oddny.page.get_by_text("Alle på øya kjenner alle").wait_for()


def test_a_plan_can_be_read_and_written_with_the_keyboard_alone(tell: Teller) -> None:
    with tell(WIDE) as ingrid:
        ingrid.become("Ingrid Haugdal")
        ingrid.open("/utviklingsplan/")
        ingrid.page.keyboard.press("Tab")
        ingrid.page.keyboard.press("Enter")
        assert ingrid.page.evaluate("document.activeElement.id") == "content"
        tab_to(ingrid, r"/utviklingsplan/[0-9a-f-]{36}/$")
        ingrid.page.keyboard.press("Enter")
        ingrid.page.wait_for_url("**/utviklingsplan/*-*/")
        tab_to(ingrid, "/her-er-vi/ny/$")
        ingrid.page.keyboard.press("Enter")
        ingrid.page.locator("textarea").wait_for()
        while ingrid.page.evaluate("document.activeElement.name") != "text":
            ingrid.page.keyboard.press("Tab")
        ingrid.page.keyboard.type("Bibliotekaren kjenner alle elevene ved navn.")
        while ingrid.page.evaluate("document.activeElement.type") != "submit":
            ingrid.page.keyboard.press("Tab")
        ingrid.page.keyboard.press("Enter")
        ingrid.sees("Bibliotekaren kjenner alle elevene ved navn.")


FOCUSED_LINK = "document.querySelector('main').contains(document.activeElement) && document.activeElement.href"


def tab_to(story: Story, pattern: str) -> None:
    """Move on with Tab until a link within the page's content leads to such an address."""
    for _ in range(120):
        story.page.keyboard.press("Tab")
        found = story.page.evaluate(
            "document.querySelector('main').contains(document.activeElement) && document.activeElement.href"
        )
        if found and re.search(pattern, str(found)):
            assert story.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"the keyboard never came to {pattern}")


def test_pages_reflow_at_320_pixels(tell_shared: Teller) -> None:
    with tell_shared(NARROW) as ingrid:
        ingrid.become("Ingrid Haugdal")
        for path in ("/resultater/", "/utviklingsplan/", "/utviklingsplan/mine-tiltak/", "/meldinger/", "/lov/", "/om/"):
            ingrid.open(path)
