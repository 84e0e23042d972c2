"""Second factors in a real browser: a passkey of a virtual authenticator, an app, and the way without JavaScript."""

import base64
import re
import time
from typing import Any

import pytest

from samskap.people import factors
from tests.browser.conftest import Teller
from tests.support.browser import PHONE, WIDE, Story
from tests.support.site import Site, command

pytestmark = [pytest.mark.slow, pytest.mark.once]  # nothing here is another on a second database

PASSWORD = "fire rolige hester i regn"


def invitation(site: Site, who: str) -> str:
    """A link to choose a password: signing in with one is weak, where one click in the demo would be strong."""
    told = command({**site.env, "SAMSKAP_URL": site.url}, "rescue", who)
    assert told.returncode == 0, told.stderr
    return told.stdout.strip()


def enter(story: Story, site: Site, who: str = "ingrid") -> None:
    """Sign in with a password."""
    story.open(invitation(site, who).removeprefix(site.url))
    story.write("Velg et passord", PASSWORD)
    story.page.locator("main form button[type=submit]").click()
    story.page.wait_for_url(f"{site.url}/")


def authenticator(story: Story) -> tuple[Any, str]:
    """A device that verifies its user at once."""
    session = story.context.new_cdp_session(story.page)
    session.send("WebAuthn.enable")
    options: dict[str, Any] = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, str(made["authenticatorId"])


def sign_in_again(story: Story, site: Site) -> None:
    story.context.clear_cookies()
    story.open("/logg-inn/")
    story.write("Brukernavn", "ingrid")
    story.write("Passord", PASSWORD)
    story.page.locator("main form button[type=submit]").click()
    story.page.wait_for_url(f"{site.url}/")


def finish_app(story: Story) -> None:
    """Take the app's secret from the page, and show its code."""
    story.page.locator("summary", has_text="Jeg kan ikke bruke kameraet").click()
    words = story.page.locator("main details code").text_content() or ""
    secret = base64.b32decode(words.replace(" ", ""))
    story.write("Kode fra appen", factors.code_at(secret, int(time.time()) // factors.STEP))
    story.press("Bekreft")
    story.page.wait_for_url("**/sikkerhet/reservekoder/**")


@pytest.mark.parametrize("size", [pytest.param(WIDE, marks=pytest.mark.deep), PHONE], ids=["wide", "phone"])
def test_ingrid_makes_a_passkey_and_signs_in_with_it(tell: Teller, site: Site, size: dict[str, int]) -> None:
    with tell(size) as ingrid:
        enter(ingrid, site)
        session, device = authenticator(ingrid)
        ingrid.open("/sikkerhet/bekreft/?next=/om/")
        ingrid.follow("Sett opp en passnøkkel")
        ingrid.write("Hva vil du kalle den?", "PC-en på kontoret")
        ingrid.page.get_by_role("button", name="Lag passnøkkelen").click()
        ingrid.page.wait_for_url("**/sikkerhet/reservekoder/**")
        ingrid.press("Lag reservekoder")
        assert ingrid.page.locator(".s-codes li").count() == 10
        ingrid.follow("Jeg har tatt vare på dem")
        assert ingrid.page.url == f"{site.url}/om/"
        ingrid.open("/sikkerhet/")
        ingrid.sees("PC-en på kontoret")

        sign_in_again(ingrid, site)
        ingrid.open("/sikkerhet/bekreft/?next=/sikkerhet/")
        ingrid.page.get_by_role("button", name="Bruk passnøkkelen").click()
        ingrid.page.wait_for_url(f"{site.url}/sikkerhet/")

        # A copy of the key falls behind in its own count.
        [copy] = session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
        session.send("WebAuthn.removeCredential", {"authenticatorId": device, "credentialId": copy["credentialId"]})
        session.send("WebAuthn.addCredential", {"authenticatorId": device, "credential": {**copy, "signCount": 0}})
        sign_in_again(ingrid, site)
        ingrid.open("/sikkerhet/bekreft/?next=/sikkerhet/")
        with ingrid.refusals():
            ingrid.page.get_by_role("button", name="Bruk passnøkkelen").click()
            ingrid.page.get_by_text("ser ut som en kopi").first.wait_for()
        ingrid.look()


@pytest.mark.deep  # without a browser: tests/people/test_second_factor_passkeys.py
def test_an_answer_that_is_sent_again_is_refused(tell: Teller, site: Site) -> None:
    with tell(WIDE) as ingrid:
        enter(ingrid, site)
        authenticator(ingrid)
        ingrid.open("/sikkerhet/passnokkel/")
        ingrid.page.get_by_role("button", name="Lag passnøkkelen").click()
        ingrid.page.wait_for_url("**/sikkerhet/reservekoder/**")
        sign_in_again(ingrid, site)
        ingrid.open("/sikkerhet/bekreft/")
        with ingrid.page.expect_request(lambda sent: sent.method == "POST") as sent:
            ingrid.page.get_by_role("button", name="Bruk passnøkkelen").click()
        ingrid.page.wait_for_url(f"{site.url}/")
        answer = sent.value.post_data_json
        assert answer is not None
        sign_in_again(ingrid, site)
        ingrid.open("/sikkerhet/bekreft/")
        token = ingrid.page.locator("main input[name=csrfmiddlewaretoken]").first.input_value()
        form = {"credential": answer["credential"], "csrfmiddlewaretoken": token, "next": "/"}
        headers = {"Referer": f"{site.url}/sikkerhet/bekreft/"}
        again = ingrid.context.request.post(f"{site.url}/sikkerhet/bekreft/", form=form, headers=headers, max_redirects=0)
        assert again.status == 422


def test_amir_sets_up_an_app_and_confirms_with_it(tell: Teller, site: Site) -> None:
    with tell(PHONE) as amir:
        enter(amir, site, "amir")
        amir.open("/sikkerhet/")
        amir.page.locator("main").get_by_role("link", name="Sett opp en app").click()
        amir.look()
        amir.write("Kode fra appen", "000000")
        with amir.refusals():
            amir.press("Bekreft")
        finish_app(amir)
        amir.follow("Ikke nå")
        amir.press("Fjern")
        amir.press("Ja, fjern")
        amir.sees("Du har ingen ennå")


@pytest.mark.deep  # without a browser: tests/people/test_second_factor.py
def test_without_javascript_the_page_says_so_and_the_app_works(tell: Teller, site: Site) -> None:
    with tell(PHONE, javascript=False) as ingrid:
        page = ingrid.page
        page.goto(invitation(site, "ingrid"))
        page.get_by_label("Velg et passord").fill(PASSWORD)
        page.locator("main form button[type=submit]").click()
        page.wait_for_url(f"{site.url}/")
        page.goto(f"{site.url}/sikkerhet/passnokkel/")
        page.get_by_text("En app med koder går overalt").wait_for()
        assert not page.get_by_role("button", name="Lag passnøkkelen").is_visible()
        page.locator("main").get_by_role("link", name="Sett opp en app").click()
        page.locator("summary", has_text="Jeg kan ikke bruke kameraet").click()
        words = page.locator("main details code").text_content() or ""
        assert re.fullmatch(r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}", words)
        code = factors.code_at(base64.b32decode(words.replace(" ", "")), int(time.time()) // factors.STEP)
        page.get_by_label("Kode fra appen").fill(code)
        page.get_by_role("button", name="Bekreft").click()
        page.wait_for_url("**/sikkerhet/reservekoder/**")
