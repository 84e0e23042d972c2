"""Stories: somebody tells, the right adult answers, and nobody else sees it."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Page

from tests.support.browser import NARROW, PHONE, WIDE, Story

Teller = Callable[..., AbstractContextManager[Story]]
pytestmark = pytest.mark.slow
# What the browser alone decides: the database behind it makes no difference.
in_the_browser = pytest.mark.once
# What is sent to whom is asked on both databases in tests/voice; here the first story is told on both, by the real program.
asked_elsewhere = pytest.mark.once
WHAT = "De tar lua mi hver dag, og ingen voksne ser det."


def go_to_the_schools_page(pupil: Story) -> None:
    pupil.open("/si-ifra/")
    pupil.follow("Elvesletta ungdomsskole")


def told_by(pupil: Story, what: str = WHAT, *, about_leadership: bool = False) -> str:
    """The way through the questions, one screen each; the six words of the receipt."""
    pupil.follow("Jeg er elev")
    pupil.choose("Meg")
    pupil.follow("Neste")
    pupil.write("Fortell hva som skjer", what)
    pupil.page.locator("#hva .v-next").click()
    pupil.page.locator("#naar .v-next").click()
    if about_leadership:
        pupil.choose("Ja, rektor eller noen i ledelsen")
    pupil.page.locator("#voksen .v-next").click()
    pupil.page.locator("#fare .v-next").click()
    pupil.press("Send")
    pupil.sees("Meldingen din er kommet fram")
    return str(pupil.page.locator(".v-words").get_attribute("data-words"))


def come_back(pupil: Story, words: str) -> None:
    pupil.open("/svar/")
    pupil.write("De seks kodeordene dine", words)
    pupil.press("Åpne")


def newest_report(leader: Story) -> None:
    """Open the report that nobody has read, of a pupil, for today."""
    leader.open("/meldinger/")
    rows = leader.page.locator("tr", has_text="I dag").filter(has_text="En elev sier fra").filter(has_text="Ikke lest")
    rows.last.get_by_role("link").first.click()
    leader.look()


def test_a_pupil_tells_on_a_phone_gets_an_answer_and_comes_back_with_the_words(tell: Teller) -> None:
    with tell(PHONE) as noah, tell(WIDE) as ingrid:
        # Noah tells without a name.
        go_to_the_schools_page(noah)
        words = told_by(noah)
        assert len(words.split()) == 6
        assert noah.context.cookies() == []
        # Ingrid reads it, takes it, and answers.
        ingrid.become("Ingrid Haugdal")
        newest_report(ingrid)
        ingrid.sees(WHAT)
        ingrid.press("Jeg tar den")
        ingrid.sees("Nå har du ansvaret.")
        ingrid.write("Teksten din", "Takk for at du sa ifra. Jeg står ved porten i morgen.")
        ingrid.press("Send")
        ingrid.sees("Sendt.")
        # Noah comes back with the words of the card, typed as one types.
        come_back(noah, words.upper().replace(" ", ", "))
        noah.sees("Jeg står ved porten i morgen.")
        noah.sees("Ingrid Haugdal har den.")
        noah.choose("Det er ikke bedre")
        noah.write("Skriv her", "De gjorde det i dag også.")
        noah.press("Send")
        noah.sees("Sendt.")
        # And Ingrid sees that it is not better.
        ingrid.open("/meldinger/")
        ingrid.sees("Har skrevet mer")


@in_the_browser
def test_danger_shows_the_numbers_at_once_and_nothing_is_sent_before_the_end(tell_shared: Teller) -> None:
    with tell_shared(PHONE) as emma:
        go_to_the_schools_page(emma)
        emma.follow("Jeg er elev")
        emma.page.evaluate("location.hash = '#fare'")
        box = emma.page.locator("#fare .v-danger")
        assert not box.is_visible()
        yes = emma.page.locator("#fare").get_by_label("Ja")
        yes.check()
        assert box.is_visible()
        assert yes.evaluate("e => getComputedStyle(e).color !== getComputedStyle(e).backgroundColor"), "the dot is not seen"
        assert "113" in box.inner_text()


@in_the_browser
def test_without_javascript_and_by_keyboard_on_a_narrow_screen(tell_shared: Teller) -> None:
    with tell_shared(NARROW, javascript=False) as pupil:
        pupil.page.goto(f"{pupil.url}/si-ifra/")
        pupil.page.get_by_role("link", name="Elvesletta ungdomsskole").click()
        pupil.page.get_by_role("link", name="Jeg er elev").click()
        page: Page = pupil.page
        page.get_by_label("Meg", exact=True).focus()
        page.keyboard.press("Space")
        page.locator("#hvem .v-next").focus()
        page.keyboard.press("Enter")
        page.get_by_label("Fortell hva som skjer").fill(WHAT)
        for place in ("hva", "naar", "voksen", "fare"):
            page.locator(f"#{place} .v-next").focus()
            page.keyboard.press("Enter")
        page.locator("#navn button[type=submit]").focus()
        page.keyboard.press("Enter")
        page.get_by_text("Meldingen din er kommet fram").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@in_the_browser
def test_a_form_without_an_answer_comes_back_with_all_that_was_written(tell_shared: Teller) -> None:
    with tell_shared(PHONE) as pupil:
        go_to_the_schools_page(pupil)
        pupil.follow("Jeg er elev")
        pupil.page.evaluate("location.hash = '#naar'")
        pupil.write("Hvor skjer det?", "I garderoben")
        pupil.page.evaluate("location.hash = '#navn'")
        with pupil.refusals():
            pupil.press("Send")
        pupil.sees("Skriv noen ord om hva som skjer.")
        assert pupil.page.evaluate("scrollY") == 0, "what is missing stands out of sight"
        assert pupil.page.get_by_label("Hvor skjer det?").input_value() == "I garderoben"


@in_the_browser
@pytest.mark.parametrize("javascript", [True, False])
def test_the_enter_key_sends_nothing_before_the_last_question(tell_shared: Teller, javascript: bool) -> None:
    with tell_shared(PHONE, javascript=javascript) as pupil:
        pupil.page.goto(f"{pupil.url}/si-ifra/")
        pupil.page.get_by_role("link", name="Elvesletta ungdomsskole").click()
        pupil.page.get_by_role("link", name="Jeg er elev").click()
        pupil.page.locator("#hvem .v-next").click()
        pupil.write("Fortell hva som skjer", WHAT)
        pupil.page.locator("#hva .v-next").click()
        pupil.write("Hvor skjer det?", "I garderoben")
        pupil.page.keyboard.press("Enter")
        pupil.page.wait_for_timeout(500)
        assert pupil.page.locator("#voksen" if javascript else "#naar").is_visible()
        assert pupil.page.get_by_label("Hvor skjer det?").input_value() == "I garderoben"


@in_the_browser
def test_another_language_keeps_the_place_and_what_is_written(tell_shared: Teller) -> None:
    with tell_shared(PHONE) as pupil:
        go_to_the_schools_page(pupil)
        pupil.follow("Jeg er elev")
        pupil.choose("Meg")
        pupil.follow("Neste")
        pupil.write("Fortell hva som skjer", WHAT)
        pupil.page.get_by_role("button", name="English").click()
        pupil.sees("What happens?")
        pupil.look()
        assert pupil.page.locator("#hva").is_visible()
        assert pupil.page.get_by_label("Tell what happens").input_value() == WHAT
        assert pupil.page.locator("input[name=about][value=me]").is_checked()


@in_the_browser
def test_what_must_be_written_is_asked_for_at_its_own_question(tell_shared: Teller) -> None:
    with tell_shared(PHONE) as pupil:
        go_to_the_schools_page(pupil)
        pupil.follow("Jeg er elev")
        pupil.follow("Neste")
        pupil.page.locator("#hva .v-next").click()
        pupil.sees("Skriv noen ord om hva som skjer.")
        pupil.look()
        assert not pupil.page.locator("#naar").is_visible()
        pupil.write("Fortell hva som skjer", WHAT)
        pupil.page.locator("#hva .v-next").click()
        pupil.page.locator("#naar").wait_for()
        assert not pupil.page.locator("#hva .v-missing").is_visible()


def leaves_in_haste(pupil: Story) -> list[str]:
    """Press the way out; then all that the browser's "back" and "forward" lead to."""
    # The way out leads to a page of others: here it is answered in its place.
    pupil.context.route(
        re.compile(r"/ut/[?]?$"), lambda route: route.fulfill(content_type="text/html", body="<p>Sol og vind</p>")
    )
    pupil.page.get_by_role("link", name="Forlat siden").click()
    pupil.sees("Sol og vind")
    visited = []
    for step in ["back"] * 8 + ["forward"] * 10:
        if step == "back":
            pupil.page.go_back()
        else:
            pupil.page.go_forward()
        visited.append(pupil.page.url)
    return [url for url in visited if "/elev/" in url or "/svar/" in url]


def in_the_middle(pupil: Story) -> None:
    pupil.follow("Neste")
    pupil.write("Fortell hva som skjer", WHAT)
    pupil.page.locator("#hva .v-next").click()
    pupil.page.locator("#naar .v-back").click()
    pupil.page.locator("#hva .v-next").click()
    pupil.page.locator("#naar").wait_for()


def after_sending(pupil: Story) -> None:
    pupil.follow("Neste")
    pupil.write("Fortell hva som skjer", WHAT)
    for place in ("hva", "naar", "voksen", "fare"):
        pupil.page.locator(f"#{place} .v-next").click()
    pupil.press("Send")
    pupil.sees("Meldingen din er kommet fram")


def after_an_error(pupil: Story) -> None:
    pupil.page.evaluate("location.hash = '#navn'")
    with pupil.refusals():
        pupil.press("Send")
        pupil.sees("Skriv noen ord om hva som skjer.")


def after_two_errors(pupil: Story) -> None:
    after_an_error(pupil)
    pupil.page.get_by_role("link", name="Skriv noen ord om hva som skjer.").click()
    with pupil.refusals():
        pupil.press("Send")
        pupil.sees("Skriv noen ord om hva som skjer.")


def in_the_dialogue(pupil: Story) -> None:
    after_sending(pupil)
    pupil.press("Se det jeg fortalte")
    pupil.write("Skriv her", "De gjorde det i dag også.")
    pupil.press("Send")
    pupil.sees("Sendt.")


def back_from_the_receipt(pupil: Story) -> None:
    after_sending(pupil)
    pupil.page.go_back()
    pupil.page.locator("#navn").wait_for()


def in_another_language(pupil: Story) -> None:
    in_the_middle(pupil)
    pupil.page.get_by_role("button", name="English").click()
    pupil.sees("When and where?")
    pupil.page.get_by_role("button", name="Bokmål").click()
    pupil.sees("Når og hvor?")


@in_the_browser
@pytest.mark.parametrize("where", [
    in_the_middle, after_an_error, in_the_dialogue, pytest.param(after_sending, marks=pytest.mark.deep),
    *(pytest.param(one, marks=pytest.mark.deep) for one in (after_two_errors, back_from_the_receipt, in_another_language)),
])  # fmt: skip
def test_leaving_in_haste_leaves_no_question_behind_in_the_history(tell_shared: Teller, where: Callable[[Story], None]) -> None:
    with tell_shared(PHONE) as pupil:
        go_to_the_schools_page(pupil)
        pupil.follow("Jeg er elev")
        where(pupil)
        assert leaves_in_haste(pupil) == []


@in_the_browser
def test_back_still_leads_from_one_question_to_the_one_before_and_from_the_receipt_to_the_form(tell_shared: Teller) -> None:
    with tell_shared(PHONE) as pupil:
        go_to_the_schools_page(pupil)
        pupil.follow("Jeg er elev")
        in_the_middle(pupil)
        pupil.page.go_back()
        pupil.page.locator("#hva").wait_for()
        assert pupil.page.get_by_label("Fortell hva som skjer").input_value() == WHAT
        assert pupil.page.evaluate("window.name") == ""


@in_the_browser
@pytest.mark.parametrize("javascript", [True, False])
def test_a_mother_who_is_signed_in_tells_and_finds_it_again(tell_shared: Teller, javascript: bool) -> None:
    with tell_shared(PHONE, javascript=javascript) as hanne:
        hanne.become("Hanne Bergli")
        hanne.open("/fortell/")
        hanne.press("Nynorsk")
        hanne.press("Bokmål")
        hanne.choose("Barnet mitt")
        hanne.follow("Neste")
        hanne.write("Fortell hva som skjer", WHAT)
        for question in ("hva", "naar", "voksen", "fare"):
            hanne.page.locator(f"#{question} .v-next").click()
        hanne.press("Send")
        hanne.sees("Meldingen din er kommet fram. Takk for at du sa ifra.")
        hanne.write("Skriv her", "Det skjedde i dag også.")
        hanne.press("Send")
        hanne.sees("Det skjedde i dag også.")
        hanne.open("/mine-meldinger/")
        hanne.sees("En foresatt sier fra")


@asked_elsewhere
def test_a_teacher_reports_in_under_two_minutes(tell: Teller) -> None:
    with tell(PHONE) as silje:
        silje.become("Silje Nordbakk")
        taps, screens = 0, 1
        silje.page.get_by_role("main").get_by_role("link", name="Meld fra").first.click()
        silje.look()
        taps, screens = taps + 1, screens + 1
        silje.write("Hvilke elever?", "Noah, 9B")
        silje.write("Hva har skjedd?", "To gutter tok lua hans i storefri.")
        silje.choose("Nei")
        taps += 3
        silje.press("Send")
        taps, screens = taps + 1, screens + 1
        silje.sees("Du har meldt fra. Takk.")
        silje.sees("Den er levert")
        assert (taps, screens) == (5, 3)
        with silje.page.expect_download() as receipt:
            silje.page.get_by_role("link", name="Kvittering som PDF").click()
        assert receipt.value.suggested_filename.endswith(".pdf")


@asked_elsewhere
def test_a_mother_on_paper_is_taken_down_and_follows_it_with_the_words(tell: Teller) -> None:
    with tell(WIDE) as silje, tell(PHONE) as mother:
        silje.become("Silje Nordbakk")
        silje.open("/meld-fra/")
        silje.follow("Skriv ned det andre sier")
        silje.choose("En forelder eller annen foresatt")
        silje.write("Navn", "Hanne Bergli")
        silje.write("Hvilke elever?", "Noah, 9B")
        silje.write("Hva har skjedd?", "Noah gråter hver morgen og vil ikke på skolen.")
        silje.choose("Nei")
        silje.press("Lagre og send")
        silje.sees("Vises bare nå")
        words = silje.page.locator(".s-words").get_attribute("data-words") or ""
        come_back(mother, words)
        mother.sees("Det du har sagt fra om")


def pages_of_the_leader(leader: Story) -> dict[str, str]:
    """The leader's pages without what is new in each answer: tokens of forms."""
    found = {}
    for path in ("/", "/meldinger/", "/meldinger/ute/", "/mine-meldinger/"):
        leader.page.goto(leader.url + path)
        found[path] = str(
            leader.page.evaluate(
                "(() => { document.querySelectorAll('[name=csrfmiddlewaretoken],[name=once]').forEach(e => e.remove());"
                " return document.documentElement.outerHTML })()"
            )
        )
    return found


@asked_elsewhere
def test_a_report_about_the_leader_reaches_only_the_municipality(tell: Teller) -> None:
    with tell(PHONE) as pupil, tell(WIDE) as ingrid, tell(WIDE) as jonas:
        ingrid.become("Ingrid Haugdal")
        before = pages_of_the_leader(ingrid)
        go_to_the_schools_page(pupil)
        words = told_by(pupil, "Rektor ler når vi sier fra.", about_leadership=True)
        assert pages_of_the_leader(ingrid) == before
        jonas.become("Jonas Tveiten")
        jonas.open("/meldinger/")
        jonas.page.get_by_role("row").filter(has_text="1 minutt").or_(
            jonas.page.get_by_role("row").filter(has_text="0 minutter")
        ).get_by_role("link").first.click()
        jonas.look()
        jonas.sees("Rektor ler når vi sier fra.")
        jonas.sees("Den gjelder ledelsen ved skolen")
        come_back(pupil, words)
        pupil.sees("Kommunen har den.")


@asked_elsewhere
def test_a_leader_who_is_named_later_loses_sight_of_it(tell: Teller) -> None:
    with tell(PHONE) as pupil, tell(WIDE) as ingrid:
        go_to_the_schools_page(pupil)
        words = told_by(pupil, "De ler av meg.")
        ingrid.become("Ingrid Haugdal")
        newest_report(ingrid)
        ingrid.sees("De ler av meg.")
        address = ingrid.page.url
        come_back(pupil, words)
        pupil.page.get_by_text("Det gjelder noen i skolens ledelse").click()
        pupil.press("Flytt den til kommunen")
        pupil.sees("Bare kommunen ser det fra nå av.")
        assert ingrid.page.request.get(address).status == 404


@asked_elsewhere
@pytest.mark.usefixtures("site")
def test_a_stand_in_reads_while_the_leader_is_away(tell: Teller) -> None:
    with tell(WIDE) as ingrid, tell(PHONE) as pupil, tell(WIDE) as amir:
        ingrid.become("Ingrid Haugdal")
        ingrid.page.get_by_role("link", name="Stedfortredere").first.click()
        ingrid.look()
        ingrid.page.get_by_label("Hvem er borte?").select_option(label="Ingrid Haugdal")
        ingrid.page.get_by_label("Hvem er stedfortreder?").select_option(label="Amir Rahimi")
        ingrid.page.get_by_label("Siste dag").fill("2099-06-30")
        ingrid.choose("Leser nye meldinger også på virkedager i ferier")
        ingrid.press("Lagre")
        ingrid.sees("Notert. Disse dagene ser stedfortrederen det lederen ser.")
        go_to_the_schools_page(pupil)
        told_by(pupil, "Jeg sier det i ferien.")
        amir.become("Amir Rahimi")
        newest_report(amir)
        amir.sees("Jeg sier det i ferien.")
