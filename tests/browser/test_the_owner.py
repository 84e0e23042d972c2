"""The owner's adviser imports and follows; a foreign rektor meets 404; an empty home becomes a municipality."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from samskap.results.readers.writer import write_web_export
from samskap.site.demo import cast
from tests.browser.conftest import Teller
from tests.browser.test_second_factor import finish_app
from tests.results.readers.test_damage import COLUMNS, COUNTY, NATION, TOWN
from tests.support import browser as kit
from tests.support.browser import PHONE, WIDE, Story
from tests.support.site import Site, command

# What is read from files, and who sees what, is asked on both databases elsewhere.
asked_elsewhere = pytest.mark.once
PASSWORD = "fire rolige hester i regn"


def export(path: Path, score: str = "52") -> Path:
    """National tests for one of the owner's schools, five years after the demonstration's own."""
    school = cast.school("tjernlia")
    ids = ("4", "I", cast.COUNTY_NUMBER, cast.OWNER_NUMBER, school.number, "Hele landet", cast.COUNTY, "Elvestrand", school.name)
    columns = [name.replace("2025-26", "2018-19") for name in COLUMNS]
    rows = [(NATION, ["50", "0,1", "56 833"] * 3), (COUNTY, ["51", "0,4", "4 210"] * 3), (TOWN, ["49", "1,2", "310"] * 3)]
    write_web_export(path, columns, [*rows, (ids, [score, "2,9", "38"] * 3)])
    return path


def upload(henrik: Story, path: Path) -> None:
    henrik.open("/resultater/import/")
    henrik.page.locator("input[type=file]").set_input_files(str(path))
    henrik.page.locator("form:has(input[type=file]) button[type=submit]").click()


def test_an_adviser_sees_the_difference_before_anything_is_stored(tell: Teller, tmp_path: Path) -> None:
    with tell(WIDE) as henrik:
        henrik.become("Henrik Aasland")
        upload(henrik, export(tmp_path / "prøver.csv"))
        henrik.page.get_by_role("button", name=re.compile("^Lagre")).first.wait_for(timeout=20_000)
        henrik.look()
        henrik.page.get_by_role("button", name=re.compile("^Lagre")).first.click()
        henrik.page.get_by_role("button", name=re.compile("^Angre")).first.wait_for(timeout=20_000)
        henrik.look()


@asked_elsewhere
def test_a_broken_file_says_what_to_do_and_changes_nothing(tell_shared: Teller, tmp_path: Path) -> None:
    path = export(tmp_path / "cut.csv")
    path.write_bytes(path.read_bytes()[:-31])
    with tell_shared(PHONE) as henrik:
        henrik.become("Henrik Aasland")
        upload(henrik, path)
        henrik.page.get_by_text(re.compile("slutter for tidlig")).first.wait_for(timeout=20_000)
        henrik.look()
        assert henrik.page.get_by_role("button", name=re.compile("^Lagre")).count() == 0


@pytest.mark.deep  # without a browser: tests/improve/test_pages.py and tests/results/pages
def test_the_adviser_sees_stage_of_all_and_content_of_what_is_shared(tell_shared: Teller) -> None:
    with tell_shared(WIDE) as henrik:
        henrik.become("Henrik Aasland")
        henrik.open("/utviklingsplan/skolene/")
        rows = henrik.page.locator("main tbody tr")
        assert rows.count() == 6
        assert rows.filter(has_text="Elvesletta").locator("a").count() == 1
        assert rows.filter(has_text="Vesleøya").locator("a").count() == 0
        henrik.open("/resultater/skoler/")


@pytest.mark.deep  # each of these addresses stands in tests/access
def test_a_rektor_of_another_owner_meets_404_everywhere(tell_shared: Teller) -> None:
    with tell_shared(WIDE) as ingrid:
        ingrid.become("Ingrid Haugdal")
        ingrid.open("/utviklingsplan/")
        ingrid.page.get_by_role("link", name=re.compile("20")).first.click()
        ingrid.page.wait_for_url(re.compile(r"/utviklingsplan/[0-9a-f-]{36}/$"))
        hrefs = ingrid.page.eval_on_selector_all("main a[href], main form[action]", "all => all.map(e => e.href || e.action)")
        plan = ingrid.page.url
        ingrid.become("Per Ytterli")
        own = {href.split("#")[0] for href in [*hrefs, plan] if re.search(r"[0-9a-f-]{36}", href)}
        assert len(own) > 10
        for href in own:
            assert ingrid.page.request.get(href).status == 404, href


@asked_elsewhere
def test_an_empty_home_becomes_a_municipality(chromium: Browser, empty_site: Site, request: object) -> None:
    link = re.search(r"/oppsett/[\w-]+/", empty_site.log.read_text())
    assert link is not None
    with kit.story(chromium, empty_site.url, WIDE, "set-up") as anna:
        anna.open(link.group())
        anna.page.locator("[name=owner_name]").fill("Nyvik kommune")
        anna.page.locator("[name=person_name]").fill("Anna Nyvik")
        anna.page.locator("[name=username]").fill("anna@nyvik.example")
        anna.page.locator("[name=password]").fill(PASSWORD)
        anna.page.locator("main form button[type=submit]").click()
        anna.page.wait_for_url(f"{empty_site.url}/")
        anna.look()
        anna.open("/skoler-og-folk/")
        anna.open("/skoler-og-folk/skole/ny/")
        anna.page.locator("[name=name]").fill("Nyvik skole")
        anna.page.locator("main form button[type=submit]").click()
        anna.page.get_by_text("Nyvik skole").first.wait_for()
        anna.open("/sikkerhet/")
        anna.page.locator("main").get_by_role("link", name="Sett opp en app").click()
        finish_app(anna)
        anna.open("/skoler-og-folk/person/ny/")
        anna.page.locator("[name=name]").fill("Ola Rektor")
        anna.page.locator("main form button[type=submit]").first.click()
        anna.page.locator("[name=role]").select_option("leader")
        anna.page.locator("[name=school]").select_option(label="Nyvik skole")
        anna.page.locator("form:has([name=role]) button[type=submit]").click()
        anna.look()
        anna.page.locator("form[action$='/lenke/'] button").click()
        anna.look()
        invitation = anna.page.locator("#link").input_value()
    with kit.story(chromium, empty_site.url, PHONE, "invited") as ola:
        ola.page.goto(invitation)
        ola.look()
        ola.page.locator("[name=username]").fill("ola@nyvik.example")
        ola.page.locator("[name=password]").fill(PASSWORD)
        ola.page.locator("main form button[type=submit]").click()
        ola.page.wait_for_url(f"{empty_site.url}/")
        ola.open("/utviklingsplan/")
        ola.open("/resultater/")
    assert ola.page.context.browser is chromium


def test_a_served_demonstration_is_in_order(site: Site) -> None:
    assert command(site.env, "check", "--json").returncode == 0
