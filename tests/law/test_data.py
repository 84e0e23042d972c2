"""The legal data can be used, says the same in both written forms, and is refused with place and reason when it is wrong."""

import re
from datetime import date
from pathlib import Path

import pytest

from samskap.law import api as law
from samskap.law.loading import DATA, SPOKEN, WrongData, read

TODAY = date(2026, 11, 23)
FILES = ("sections", "duties", "deadlines", "thresholds", "words", "calendar")
# Words that are bokmål and never nynorsk.
BOKMAL = re.compile(
    r"\b(ikke|skole|skolen|hva|hvem|hvor\w*|fra|jeg|noen|noe|også|mer|uke|være|gjøre|blir?t|ble|ansatte?|elevene)\b",
    re.IGNORECASE,
)
HOSTS = re.compile(r"https://(lovdata\.no|www\.udir\.no)/")


@pytest.mark.parametrize("name", FILES)
def test_every_entry_can_be_read_in_both_written_forms(name: str) -> None:
    for entry in law.entries(name):
        assert HOSTS.match(entry.source), entry.id
        for part in SPOKEN:
            if entry.say(part, "nb"):
                assert not BOKMAL.search(entry.say(part, "nn")), (entry.id, part, entry.say(part, "nn"))


@pytest.mark.parametrize("name", ["duties", "deadlines", "thresholds"])
def test_what_rests_on_a_section_names_one_that_holds(name: str) -> None:
    for entry in law.entries(name):
        assert law.section(entry.section, max(entry.valid_from, date(2024, 8, 1))).number


def test_a_routine_is_never_called_law() -> None:
    routines = [entry for entry in law.deadlines(TODAY) if entry.kind == "routine"]
    assert routines
    assert all("ikke loven" in entry.say("text", "nb") and "ikkje lova" in entry.say("text", "nn") for entry in routines)


def test_straks_and_snarest_have_no_number() -> None:
    assert all(not entry.numbers for entry in law.duties(TODAY))


@pytest.mark.parametrize(("day", "version"), [
    ("2024-07-31", "2017-08-01"), ("2024-08-01", "2024-08-01"), ("2025-12-31", "2024-08-01"), ("2026-01-01", "2026-01-01"),
    ("2026-07-31", "2026-01-01"), ("2026-08-01", "2026-08-01"), ("2026-11-23", "2026-08-01"),
])  # fmt: skip
def test_each_day_has_the_version_that_applied(day: str, version: str) -> None:
    assert law.version_on(date.fromisoformat(day)) == version


def test_a_changed_section_reads_as_it_did_on_the_day() -> None:
    before, after = law.section("15-2", date(2026, 7, 31)), law.section("15-2", date(2026, 8, 1))
    assert "skriver" not in before.say("text", "nb")
    assert "skriver" in after.say("text", "nb")


def test_the_old_chapter_held_until_the_new_act() -> None:
    assert law.section("9a-4", date(2024, 7, 31)).act == "opplæringslova 1998"
    with pytest.raises(LookupError):
        law.section("9a-4", date(2024, 8, 1))
    with pytest.raises(LookupError):
        law.section("12-4", date(2024, 7, 31))


@pytest.mark.parametrize(("raised", "by_act", "by_circular"), [
    ("2026-11-23", "2026-11-30", "2026-11-30"),
    ("2026-12-21", "2026-12-28", "2026-12-29"),  # 25 December is no working day
    ("2027-03-22", "2027-03-29", "2027-04-01"),  # Easter
])  # fmt: skip
def test_the_county_governor_can_be_asked_after_a_week_and_five_working_days(raised: str, by_act: str, by_circular: str) -> None:
    found = law.county_governor_from(date.fromisoformat(raised))
    assert (found.by_act.isoformat(), found.by_circular.isoformat()) == (by_act, by_circular)
    assert found.careful == max(found.by_act, found.by_circular)


GOOD = """[[entry]]
id = "a"
valid_from = 2024-08-01
source = "https://lovdata.no/x"
sure = "V"
title = { nb = "Å", nn = "Å" }
"""


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


@pytest.mark.parametrize(("text", "says"), [
    ("", "has no"),
    ("entry = 5", "has no"),
    ("[[entry]", "cannot be read"),
    (changed('id = "a"', 'id = ""'), "id: needs a text"),
    (changed("valid_from = 2024-08-01", ""), "valid_from: needs a date"),
    (changed("2024-08-01", '"2024-08-01"'), "valid_from: needs a date"),
    (changed("2024-08-01", "2024-08-01T10:00:00"), "valid_from: needs a date"),
    (changed("2024-08-01", "2024-08-01\nvalid_to = 2024-07-31"), "valid_to: lies before"),
    (changed("https://", "ftp://"), "source: needs an address"),
    (changed('"V"', '"X"'), "sure: is one of"),
    (changed('{ nb = "Å", nn = "Å" }', '{ nb = "Å" }'), "title: needs a text in nb and in nn"),
    (changed('{ nb = "Å", nn = "Å" }', '"Å"'), "title: needs a text in nb and in nn"),
    (changed('title = { nb = "Å", nn = "Å" }', ""), "title: is missing"),
    (GOOD + "colour = 5", "colour: is not known here"),
    (GOOD + 'days = "5"', "days: needs a whole number"),
    (GOOD + "days = true", "days: needs a whole number"),
    (GOOD + 'kind = "habit"', "kind: is law or routine"),
    (GOOD + GOOD, "two entries hold on 2024-08-01"),
    (GOOD + changed("2024-08-01", "2025-08-01"), "two entries hold on 2025-08-01"),
])  # fmt: skip
def test_wrong_data_is_refused_with_file_entry_and_field(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(text)
    with pytest.raises(WrongData, match="rules") as refused:
        read(path)
    assert says in str(refused.value)


def test_a_change_of_law_is_a_new_entry(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(changed("2024-08-01", "2024-08-01\nvalid_to = 2026-07-31") + changed("2024-08-01", "2026-08-01"))
    before, after = read(path)
    assert before.holds(date(2026, 7, 31))
    assert not before.holds(date(2026, 8, 1))
    assert after.holds(date(2026, 8, 1))
    assert not after.holds(date(2026, 7, 31))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongData, match=r"gone\.toml"):
        read(tmp_path / "gone.toml")


def test_every_file_of_data_is_used() -> None:
    assert {path.stem for path in DATA.glob("*.toml")} == set(FILES)
