"""Stories of the family: a mother, a pupil, and the documents that reach them."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tests.support.browser import PHONE, WIDE, Story

Teller = Callable[..., AbstractContextManager[Story]]
pytestmark = [pytest.mark.slow, pytest.mark.once]  # what is shown to whom is asked on both databases elsewhere


def own_page(somebody: Story, name: str) -> None:
    """Sign in, and open the page from the first one."""
    somebody.become(name)
    somebody.page.locator("main a", has_text="Det vi gjør for").first.click()
    somebody.look()


def answers(somebody: Story, answer: str, words: str) -> None:
    """ "How is it now?" """
    somebody.follow("Hvordan er det nå?")
    somebody.choose(answer)
    somebody.write("Vil du si mer om det?", words)
    somebody.press("Send")
    somebody.sees("Takk.")


def case_of(leader: Story, name: str) -> str:
    """The case of a pupil, from the list."""
    leader.open("/saker/")
    leader.follow(name)
    return leader.page.url.removeprefix(leader.url)


def test_a_mother_says_that_it_is_not_better_the_pupil_is_asked_says_no_and_the_duty_begins_again(tell: Teller) -> None:
    with tell(PHONE) as hanne, tell(WIDE) as ingrid, tell(PHONE) as noah:
        # She reads the plan in plain words, who has it, and when it is looked at again.
        own_page(hanne, "Hanne Bergli")
        hanne.sees("Ingrid Haugdal ved Elvesletta ungdomsskole følger det opp.")
        hanne.sees("En voksen er i garderoben før og etter gym.")
        hanne.sees("Andre barn har rett til privatliv")
        assert "Adam" not in hanne.page.content()
        answers(hanne, "Nei", "Han gråter om kvelden igjen.")
        # The leader sees it first, finds out, and the pupil is asked.
        ingrid.become("Ingrid Haugdal")
        ingrid.sees("noen svarer nei")
        case = case_of(ingrid, "Noah Bergli")
        ingrid.sees("Hjemmet svarer nei: undersøk")
        ingrid.sees("Han gråter om kvelden igjen.")
        own_page(noah, "Noah Bergli")
        noah.sees("Får foreldrene mine vite det?")
        assert "gråter" not in noah.page.content()
        answers(noah, "Nei", "Det er verre når Amir ikke er der.")
        # The duty to act has begun again.
        ingrid.open(case)
        ingrid.sees("Plikten til å handle begynte på nytt")
        ingrid.sees("Eleven svarer nei")


def test_a_pupil_writes_what_the_mother_does_not_get_to_read_before_there_is_a_yes(tell: Teller) -> None:
    words = "Det er på treningen det skjer, men ikke si det hjemme."
    with tell(PHONE) as noah, tell(PHONE) as hanne:
        own_page(noah, "Noah Bergli")
        answers(noah, "Delvis", words)
        noah.sees(words)
        own_page(hanne, "Hanne Bergli")
        assert "treningen" not in hanne.page.content()
        noah.follow("La de hjemme lese det")
        noah.press("Ja, de kan lese det")
        hanne.page.reload()
        hanne.sees(words)
        # What stands there as one's words is put right by oneself.
        noah.follow("Det var ikke det jeg sa")
        noah.write("Hva er riktig?", "Det er etter treningen.")
        noah.press("Lagre")
        noah.sees("Det er etter treningen.")


def test_the_documents_for_the_county_governor_are_complete_and_the_familys_copy_is_redacted(tell: Teller) -> None:
    with tell(WIDE) as ingrid, tell(WIDE) as amir, tell(PHONE) as hanne:
        ingrid.become("Ingrid Haugdal")
        case = case_of(ingrid, "Noah Bergli")
        ingrid.follow("Skriv ned hva som er gjort")
        ingrid.choose("Det vi fant ut")
        ingrid.write("Hva ble gjort?", "Adam Lindås og to til filmer i garderoben.")
        ingrid.press("Lagre")
        # Complete towards the authority.
        ingrid.open(f"{case}dokument/statsforvalteren/")
        ingrid.press("Lag dokumentet")
        ingrid.sees("1. Saksdokumenter til statsforvalteren (PDF)")
        # The family's copy: a preview, finds of names, and a second look by somebody else.
        ingrid.page.locator("a[href$='/kopi-til-familien/']").first.click()
        ingrid.choose("Hanne Bergli")
        ingrid.press("Se hva som står")
        ingrid.sees("[sladdet]")
        assert "Lindås" not in ingrid.page.locator(".c-paper").inner_text()
        ingrid.press("Sladdingen er ferdig")
        ingrid.sees("En annen som arbeider med saken, ser på det nå og frigir det.")
        amir.become("Amir Rahimi")
        amir.open(ingrid.page.url.removeprefix(ingrid.url))
        amir.press("Frigi det")
        amir.sees("Det er frigitt.")
        # She finds it on her page.
        own_page(hanne, "Hanne Bergli")
        with hanne.page.expect_download() as got:
            hanne.page.get_by_role("link", name="Saksdokumenter, familiens kopi").click()
        assert got.value.path().read_bytes().startswith(b"%PDF")
        assert got.value.suggested_filename.endswith("-dok-2.pdf")


def test_a_pupil_changes_school_and_what_is_written_follows_only_with_a_yes(tell: Teller) -> None:
    with tell(WIDE) as ingrid:
        ingrid.become("Ingrid Haugdal")
        case = case_of(ingrid, "Sara Haugfoss")
        ingrid.open(f"{case}dokumenter/")
        ingrid.page.locator("a[href$='/ny-skole/']").first.click()
        ingrid.write("Til hvem?", "Skogfaret ungdomsskole, rektor Hilde Grønvik")
        ingrid.write("Hva trenger den nye skolen å vite?", "Sara trives i små grupper, og vil ha en voksen å gå til.")
        with ingrid.refusals():
            ingrid.press("Se hva som står")
        ingrid.sees("Familien må ha sagt ja først.")
        ingrid.choose("Familien har sagt ja til det som sendes")
        ingrid.press("Se hva som står")
        ingrid.sees("Sara trives i små grupper")
        ingrid.press("Sladdingen er ferdig")
        ingrid.choose("Jeg har lest det én gang til")
        ingrid.press("Frigi det")
        ingrid.sees("1. Til ny skole (PDF)")
        ingrid.sees("Skogfaret ungdomsskole, rektor Hilde Grønvik")
