"""Stories: a class where many are not well, and a guest whose time is over."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tests.support.browser import PHONE, WIDE, Story

Teller = Callable[..., AbstractContextManager[Story]]
pytestmark = [pytest.mark.slow, pytest.mark.once]


def test_a_whole_class_is_one_case_with_a_voice_for_each(tell: Teller) -> None:
    with tell(WIDE) as ingrid:
        ingrid.become("Ingrid Haugdal")
        ingrid.open("/saker/")
        ingrid.follow("Ny sak")
        ingrid.write("Hva gjelder saken?", "Flere i 8B er redde for å gå i garderoben.")
        ingrid.page.select_option("#id_whole_class", label="8B")
        ingrid.press("Opprett saken")
        assert ingrid.page.get_by_role("table", name="Elevene").locator("tbody tr").count() == 24
        ingrid.sees("24 elever er ikke spurt om det er trygt nå.")
        # One page for what all of them say, another for what is best.
        ingrid.follow("Skriv ned flere svar")
        for name, answer, words in (("Amalie Foss", "Ja", "Jeg bruker ikke garderoben."), ("Henry Moen", "Nei", "De dytter.")):
            ingrid.page.get_by_label(name, exact=True).select_option(label=answer)
            ingrid.write(f"Med ordene til {name}", words)
        ingrid.press("Lagre")
        ingrid.sees("Eleven svarer nei")
        ingrid.follow("Det beste for flere elever")
        ingrid.write("Hva er best for dem, og hvordan ble det vurdert?", "Klassen holdes samlet. Voksne er der det skjer.")
        ingrid.press("Lagre")
        # Each has a folder of the own.
        ingrid.follow("Henry Moen")
        ingrid.sees("De dytter.")
        ingrid.sees("Klassen holdes samlet.")
        assert ingrid.page.get_by_text("Jeg bruker ikke garderoben.").count() == 0
        ingrid.open("/saker/")
        ingrid.sees("8B, 24 elever")


def test_a_guest_from_ppt_reads_until_the_last_day_and_not_a_day_more(tell_shared: Teller) -> None:
    with tell_shared(WIDE) as ingrid:
        ingrid.become("Ingrid Haugdal")
        ingrid.open("/saker/")
        ingrid.follow("Sara Haugfoss")
        over = ingrid.page.url.removeprefix(ingrid.url)
        ingrid.follow("Hvem har tilgang, og hvem har lest")
        ingrid.sees("Marte Fjelde")
    with tell_shared(PHONE) as marte:
        marte.become("Marte Fjelde")
        marte.open("/saker/")
        marte.sees("Noah Bergli")
        assert marte.page.get_by_text("Sara Haugfoss").count() == 0
        marte.follow("Noah Bergli")
        marte.sees("Garderoben er uten voksne")
        assert marte.page.get_by_role("link", name="Nytt tiltak").count() == 0
        answer = marte.page.goto(marte.url + over)
        assert answer is not None
        assert answer.status == 404
        marte.complaints.clear()
