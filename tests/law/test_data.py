"""What stands in the legal data: the same in both written forms, with a source, and the version that applied on each day."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from samskap.law import api as law
from samskap.law.loading import DATA, SPOKEN
from samskap.law.versions import _changes

TODAY = date(2026, 11, 23)
FILES = ("sections", "duties", "deadlines", "thresholds", "words", "calendar")
OLD_ACT_ENDS = date(2024, 7, 31)
MAIN_DUTIES = [
    "watch", "step_in", "report", "report_serious", "report_staff", "report_leadership", "investigate", "measures", "plan",
    "document",
]  # fmt: skip
# Words that are bokmål and never nynorsk, as in tools/messages.py.
BOKMAL = re.compile(
    r"\b(ikke|skole|skolen|skoler|skolene|hva|hvem|hvor\w*|hvilke\w*|hver|fra|jeg|noen|noe|også|mer|uke|uka|uken|være|gjøre|gjør|"
    r"elevene|elever|lærere|lærerne|eneste|fortsette|vise|dere|deres|kommer|endret|ansatte?|foresatte|skjermet|blitt|ble|de|en|et|"
    r"mulig|egne|egen|gjelder|ifra|melder fra|krenker|nå|alvorlig\w*|meldinger|loven)\b",
    re.IGNORECASE,
)
# Words that are nynorsk and never bokmål.
NYNORSK = re.compile(
    r"\b(ikkje|skule\w*|kva|kven|korleis|frå|eg|nokon|noko|òg|meir|veke|vere|gjere|elevar|dei|ein|eit|lova)\b", re.IGNORECASE
)
HOSTS = re.compile(r"https://(lovdata\.no/(lov|forskrift)/\d{4}-|www\.udir\.no/)")


@pytest.mark.parametrize("name", FILES)
def test_every_entry_is_bokmal_in_one_form_and_nynorsk_in_the_other(name: str) -> None:
    for entry in law.entries(name):
        for part in SPOKEN:
            assert not BOKMAL.search(entry.say(part, "nn")), (entry.id, part, entry.say(part, "nn"))
            assert not NYNORSK.search(entry.say(part, "nb")), (entry.id, part, entry.say(part, "nb"))


@pytest.mark.parametrize("name", FILES)
def test_a_long_text_is_not_the_same_in_both_forms(name: str) -> None:
    for entry in law.entries(name):
        for part in SPOKEN:
            assert len(entry.say(part, "nb").split()) < 10 or entry.say(part, "nb") != entry.say(part, "nn"), (entry.id, part)


@pytest.mark.parametrize("name", FILES)
def test_every_source_is_the_law_or_the_directorate_and_only_a_choice_has_none(name: str) -> None:
    for entry in law.entries(name):
        assert HOSTS.match(entry.source) if entry.sure != "chosen" else not entry.source, entry.id


@pytest.mark.parametrize("name", FILES)
def test_ids_are_plain_and_tell_entries_of_one_day_apart(name: str) -> None:
    for day in {entry.valid_from for entry in law.entries(name)} | {TODAY}:
        ids = [entry.id for entry in law.entries(name) if entry.holds(day)]
        assert len(ids) == len(set(ids))
        assert all(re.fullmatch(r"[a-z0-9_-]+", one) for one in ids)


@pytest.mark.parametrize("name", ["duties", "deadlines", "thresholds"])
def test_what_rests_on_a_section_names_one_that_holds_as_long(name: str) -> None:
    for entry in law.entries(name):
        for day in (entry.valid_from, entry.valid_to or TODAY):
            assert law.section(entry.section, day).number


@pytest.mark.parametrize("name", ["sections", "duties", "deadlines"])
def test_a_source_leads_to_the_section_that_is_named(name: str) -> None:
    for entry in law.entries(name):
        if entry.source.startswith("https://lovdata.no/lov/2023-06-09-30/"):
            assert entry.source.endswith(f"/§{entry.section or entry.id}"), entry.id


def test_what_is_law_is_never_our_own_choice() -> None:
    assert not [entry.id for name in FILES for entry in law.entries(name) if entry.kind == "law" and entry.sure == "chosen"]


def test_a_routine_is_never_called_law() -> None:
    routines = [entry for entry in law.deadlines(TODAY) if entry.kind == "routine"]
    assert {entry.id for entry in routines} >= {"report_now", "report_today", "report_week"}
    assert all("ikke loven" in entry.say("text", "nb") and "ikkje lova" in entry.say("text", "nn") for entry in routines)


def test_the_deadlines_of_law_are_these_and_no_more() -> None:
    found = {entry.id: dict(entry.numbers) for entry in law.deadlines(TODAY) if entry.kind == "law"}
    assert found == {"county_governor": {"days": 7, "working_days": 5}, "appeal": {"days": 21}, "limitation": {"years": 5}}


def test_the_limits_are_these() -> None:
    found = {entry.id: entry.numbers["value"] for entry in law.thresholds(TODAY)}
    assert found == {"own_survey": 5, "own_survey_gender": 10, "hidden_count": 4, "own_decision": 15}


def test_no_duty_is_turned_into_a_number_of_days() -> None:
    assert all(not entry.numbers for entry in law.entries("duties"))
    clocks = {entry.id: entry.say("clock", "nb") for entry in law.duties(TODAY)}
    assert clocks["report_staff"] == "straks"
    assert clocks["investigate"] == "snarest"
    assert clocks["measures"].startswith("snarest")
    assert not [clock for clock in clocks.values() if re.search(r"\d", clock)]


def test_the_duties_of_today_and_of_the_old_act() -> None:
    assert [entry.id for entry in law.duties(TODAY)] == [*MAIN_DUTIES, "best_interest", "hear"]
    assert [entry.id for entry in law.duties(OLD_ACT_ENDS)] == MAIN_DUTIES


def test_what_an_employee_did_had_to_be_looked_into_straks_under_the_old_act() -> None:
    old, new = ({entry.id: entry for entry in law.duties(day)}["investigate"] for day in (OLD_ACT_ENDS, TODAY))
    assert "straks" in old.say("clock", "nb")
    assert "straks" not in new.say("clock", "nb")


@pytest.mark.parametrize("day", ["2017-08-01", "2020-02-29", "2024-07-31"])
def test_the_old_act_says_varsle_and_never_names_the_new_sections(day: str) -> None:
    duties = law.duties(date.fromisoformat(day))
    assert {entry.section for entry in duties} == {"9a-4", "9a-5"}
    assert all("1998" in law.section(entry.section, date.fromisoformat(day)).act for entry in duties)


@pytest.mark.parametrize(("day", "version"), [
    ("2017-08-01", "2017-08-01"), ("2024-07-31", "2017-08-01"), ("2024-08-01", "2024-08-01"), ("2025-12-31", "2024-08-01"),
    ("2026-01-01", "2026-01-01"), ("2026-07-31", "2026-01-01"), ("2026-08-01", "2026-08-01"), ("2026-11-23", "2026-08-01"),
])  # fmt: skip
def test_each_day_has_the_version_that_applied(day: str, version: str) -> None:
    assert law.version_on(date.fromisoformat(day)) == version


def test_a_day_before_all_rules_has_no_version() -> None:
    with pytest.raises(LookupError, match="1969-12-31"):
        law.version_on(date(1969, 12, 31))


@given(st.dates(date(2017, 8, 1), date(2030, 1, 1)))
@example(date(2024, 7, 31))
@example(date(2024, 8, 1))
def test_the_rules_are_the_same_as_on_the_first_day_of_their_version(day: date) -> None:
    began = date.fromisoformat(law.version_on(day))
    assert began <= day
    assert law.version_on(began) == began.isoformat()
    for read in (law.sections, law.duties, law.deadlines, law.thresholds):
        assert read(day) == read(began)


def test_what_ends_without_anything_new_is_a_new_version_too() -> None:
    ended = replace(law.section("12-4", TODAY), valid_from=date(2027, 1, 1), valid_to=date(2027, 6, 30))
    assert _changes(ended) == (date(2027, 1, 1), date(2027, 7, 1))
    assert _changes(replace(ended, valid_to=None)) == (date(2027, 1, 1),)


def test_a_changed_section_reads_as_it_did_on_the_day() -> None:
    before, after = law.section("15-2", date(2026, 7, 31)), law.section("15-2", date(2026, 8, 1))
    assert "skriver" not in before.say("text", "nb")
    assert "skriver" in after.say("text", "nb")


def test_sharing_at_a_change_of_school_became_a_duty_beside_the_permission() -> None:
    before, after = (law.section("25-1", day).say("text", "nb") for day in (date(2026, 7, 31), date(2026, 8, 1)))
    assert "skal deles" in after
    assert "skal" not in before


def test_the_old_chapter_held_until_the_new_act() -> None:
    assert law.section("9a-4", OLD_ACT_ENDS).act == "opplæringslova 1998"
    with pytest.raises(LookupError, match="9a-4"):
        law.section("9a-4", OLD_ACT_ENDS + timedelta(days=1))
    with pytest.raises(LookupError, match="12-4"):
        law.section("12-4", OLD_ACT_ENDS)


def test_every_section_of_chapter_12_is_there() -> None:
    found = {entry.id for entry in law.sections(TODAY)}
    assert {f"12-{n}" for n in range(1, 11)} <= found
    assert {"10-1", "10-2", "10-8", "13-5", "15-2", "24-3", "24-5", "25-1"} <= found
    assert {"forskrift-20-2", "forskrift-20-5", "forvaltningsloven-6"} <= found


def test_a_word_says_melde_fra_and_never_varsle() -> None:
    words = {entry.id: entry.title for entry in law.words(TODAY)}
    assert (words["report_verb"].nb, words["report_verb"].nn) == ("melde fra", "melde frå")
    assert not [title for title in words.values() if "varsl" in title.nb]


def test_a_text_that_an_entry_has_not_is_empty_and_any_other_language_reads_bokmal() -> None:
    duty = law.duties(TODAY)[0]
    assert duty.say("text", "nb") == ""
    assert duty.say("title", "en") == duty.title.nb
    assert duty.say("title", "nn") == duty.title.nn != duty.title.nb


def test_every_file_of_data_is_used() -> None:
    assert {path.stem for path in DATA.glob("*")} == set(FILES)
