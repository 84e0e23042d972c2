"""Wrong legal data is refused, with file, entry and field; a change of law is a new entry."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.law.loading import MAY, NEEDS, SURE, Entry, Spoken, WrongData, read

SOURCE = 'source = "https://lovdata.no/x"\nsure = "read"'
ADDRESS = "thresholds.toml: a: source: needs an address that begins with https://"
BOTH = "thresholds.toml: a: title: needs a text in nb and in nn"
TITLE = '{ nb = "Å", nn = "Å" }'
GOOD = """[[entry]]
id = "a"
section = "12-4"
valid_from = 2024-08-01
source = "https://lovdata.no/x"
sure = "read"
value = 5
title = { nb = "Å", nn = "Å" }
text = { nb = "B", nn = "N" }
"""
HOLIDAY = """[[entry]]
id = "a"
valid_from = 2024-08-01
source = "https://lovdata.no/x"
sure = "read"
date = "05-17"
title = { nb = "Å", nn = "Å" }
"""


def changed(old: str, new: str, text: str = GOOD) -> str:
    assert old in text
    return text.replace(old, new)


def holiday(new: str) -> str:
    return changed('date = "05-17"', new, HOLIDAY)


def written(folder: Path, text: str, name: str = "thresholds") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_entry_is_read_whole(tmp_path: Path) -> None:
    assert read(written(tmp_path, GOOD)) == (
        Entry(
            id="a", file="thresholds", valid_from=date(2024, 8, 1), valid_to=None, source="https://lovdata.no/x", sure="read",
            spoken={"title": Spoken("Å", "Å"), "text": Spoken("B", "N")}, numbers={"value": 5}, section="12-4", kind="law",
        ),
    )  # fmt: skip


def test_a_section_has_its_act_and_its_number(tmp_path: Path) -> None:
    text = changed('section = "12-4"\nvalid', 'act = "opplæringslova"\nnumber = "§ 12-4"\nvalid').replace("value = 5\n", "")
    [entry] = read(written(tmp_path, text, "sections"))
    assert (entry.file, entry.act, entry.number, entry.section) == ("sections", "opplæringslova", "§ 12-4", "")


def test_a_choice_of_ours_needs_no_source(tmp_path: Path) -> None:
    [entry] = read(written(tmp_path, changed(SOURCE, 'sure = "chosen"\nkind = "routine"')))
    assert (entry.source, entry.sure, entry.kind) == ("", "chosen", "routine")


@pytest.mark.parametrize("sure", SURE)
def test_it_is_said_how_sure_each_is(sure: str, tmp_path: Path) -> None:
    assert read(written(tmp_path, changed('"read"', f'"{sure}"')))[0].sure == sure


@pytest.mark.parametrize(("text", "says"), [
    ("", "thresholds.toml: has no [[entry]]"),
    ("entry = 5", "thresholds.toml: has no [[entry]]"),
    ("entry = []", "thresholds.toml: has no [[entry]]"),
    ("entry = [5]", "thresholds.toml: has no [[entry]]"),
    ("[[entry]", "thresholds.toml: cannot be read: "),
    (changed("[[entry]]", "[[entries]]"), "thresholds.toml: entries: is not known here; an entry begins with [[entry]]"),
    ("colour = 5\n" + GOOD, "thresholds.toml: colour: is not known here; an entry begins with [[entry]]"),
    (changed('id = "a"', 'id = ""'), "thresholds.toml: (no id): id: is missing"),
    (changed('id = "a"\n', ""), "thresholds.toml: (no id): id: is missing"),
    (changed('id = "a"', "id = 5"), "thresholds.toml: 5: id: needs a text"),
    (changed('id = "a"', 'id = " a"'), "thresholds.toml:  a: id: needs a text"),
    (changed("valid_from = 2024-08-01\n", ""), "thresholds.toml: a: valid_from: is missing"),
    (changed("2024-08-01", '"2024-08-01"'), "thresholds.toml: a: valid_from: needs a date, as 2024-08-01"),
    (changed("2024-08-01", "2024-08-01T10:00:00"), "thresholds.toml: a: valid_from: needs a date, as 2024-08-01"),
    (changed("2024-08-01", "2024-08-01\nvalid_to = 5"), "thresholds.toml: a: valid_to: needs a date, as 2024-08-01"),
    (changed("2024-08-01", "2024-08-01\nvalid_to = 2024-07-31"), "thresholds.toml: a: valid_to: lies before valid_from"),
    (changed("https://", "ftp://"), ADDRESS),
    (changed("https://lovdata.no/x", ""), ADDRESS),
    (changed('source = "https://lovdata.no/x"', "source = 5"), "thresholds.toml: a: source: needs a text"),
    (changed('https://lovdata.no/x"\nsure = "read"', 'x"\nsure = "chosen"'), ADDRESS),
    (changed('sure = "read"\n', ""), "thresholds.toml: a: sure: is missing"),
    (changed('"read"', '"V"'), "thresholds.toml: a: sure: is one of read, secondary, derived, unchecked, chosen"),
    (changed('"read"', '["read"]'), "thresholds.toml: a: sure: is one of read, secondary, derived, unchecked, chosen"),
    (changed('"12-4"', "124"), "thresholds.toml: a: section: needs a text"),
    (changed('section = "12-4"\n', ""), "thresholds.toml: a: section: is missing"),
    (changed("value = 5\n", ""), "thresholds.toml: a: value: is missing"),
    (changed("value = 5", 'value = "5"'), "thresholds.toml: a: value: needs a whole number"),
    (changed("value = 5", "value = true"), "thresholds.toml: a: value: needs a whole number"),
    (changed("value = 5", "value = 5.5"), "thresholds.toml: a: value: needs a whole number"),
    (changed('title = { nb = "Å", nn = "Å" }\n', ""), "thresholds.toml: a: title: is missing"),
    (changed(TITLE, '{ nb = "Å" }'), BOTH),
    (changed(TITLE, '{ nb = "Å", nn = " " }'), BOTH),
    (changed(TITLE, '{ nb = "Å", nn = 5 }'), BOTH),
    (changed(TITLE, '{ nb = "Å", nn = "Å", en = "A" }'), BOTH),
    (changed(TITLE, '"Å"'), BOTH),
    (GOOD + "colour = 5", "thresholds.toml: a: colour: is not known here"),
    (GOOD + "days = 5", "thresholds.toml: a: days: is not known here"),
    (GOOD + 'kind = "habit"', "thresholds.toml: a: kind: is one of law, routine"),
    (GOOD + GOOD, "thresholds.toml: a: valid_from: two entries hold on 2024-08-01"),
    (GOOD + changed("2024-08-01", "2025-08-01"), "thresholds.toml: a: valid_from: two entries hold on 2025-08-01"),
    (changed("2024-08-01", "2025-08-01") + GOOD, "thresholds.toml: a: valid_from: two entries hold on 2025-08-01"),
    (changed("2024-08-01", "2024-08-01\nvalid_to = 2025-08-01") + changed("2024-08-01", "2025-08-01"),
     "thresholds.toml: a: valid_from: two entries hold on 2025-08-01"),
])  # fmt: skip
def test_wrong_data_is_refused_with_file_entry_and_field(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(WrongData) as refused:
        read(written(tmp_path, text))
    assert str(refused.value).startswith(says)


@pytest.mark.parametrize(("new", "says"), [
    ('date = "17-05"', "date: needs month and day, as 05-17"),
    ('date = "02-29"', "date: needs month and day, as 05-17"),
    ('date = ""', "date: needs month and day, as 05-17"),
    ("date = 2024-05-17", "date: needs month and day, as 05-17"),
    ("", "date: has either a date or days after Easter"),
    ('date = "05-17"\neaster = 1', "date: has either a date or days after Easter"),
    ("easter = 1.5", "easter: needs a whole number"),
])  # fmt: skip
def test_a_holiday_without_a_day_is_refused(new: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(WrongData) as refused:
        read(written(tmp_path, holiday(new), "calendar"))
    assert str(refused.value) == f"calendar.toml: a: {says}"


def test_a_holiday_has_a_day_or_moves_with_easter(tmp_path: Path) -> None:
    assert read(written(tmp_path, HOLIDAY, "calendar"))[0].on == (5, 17)
    [moving] = read(written(tmp_path, holiday("easter = -3"), "calendar"))
    assert (moving.on, moving.numbers) == (None, {"easter": -3})


@pytest.mark.parametrize("name", NEEDS)
def test_each_file_asks_for_what_it_needs_and_no_more(name: str, tmp_path: Path) -> None:
    bare = f'[[entry]]\nid = "a"\nvalid_from = 2024-08-01\n{SOURCE}\ntitle = {TITLE}\n'
    spoken, whole = ("text", "who", "trigger", "clock", "shown_by"), ("value", "days", "working_days", "hours", "years")
    values = dict.fromkeys(spoken, '{ nb = "B", nn = "N" }') | dict.fromkeys(whole, "5")
    lines = {field: f"{field} = {values.get(field, chr(34) + 'x' + chr(34))}\n" for field in NEEDS[name]}
    day = 'date = "05-17"\n' if name == "calendar" else ""
    assert read(written(tmp_path, bare + day + "".join(lines.values()), name))[0].file == name
    for left_out in lines:
        with pytest.raises(WrongData, match=f"a: {left_out}: is missing"):
            read(written(tmp_path, bare + day + "".join(line for field, line in lines.items() if field != left_out), name))
    assert set(MAY) <= set(NEEDS)


def test_a_file_that_is_not_of_the_law_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongData, match=r"^rules\.toml: is none of sections, duties, deadlines, thresholds, words, calendar$"):
        read(written(tmp_path, GOOD, "rules"))


def test_a_change_of_law_is_a_new_entry(tmp_path: Path) -> None:
    ends = changed("2024-08-01", "2024-08-01\nvalid_to = 2026-07-31")
    before, after = read(written(tmp_path, ends + changed("2024-08-01", "2026-08-01")))
    assert before.holds(date(2026, 7, 31))
    assert not before.holds(date(2026, 8, 1))
    assert after.holds(date(2026, 8, 1))
    assert not after.holds(date(2026, 7, 31))


def test_an_entry_of_one_day_holds_on_that_day(tmp_path: Path) -> None:
    [entry] = read(written(tmp_path, changed("2024-08-01", "2024-08-01\nvalid_to = 2024-08-01")))
    assert [entry.holds(date(2024, 8, 1) + timedelta(days=n)) for n in (-1, 0, 1)] == [False, True, False]


def test_two_ids_may_hold_on_the_same_day(tmp_path: Path) -> None:
    assert len(read(written(tmp_path, GOOD + changed('"a"', '"b"')))) == 2


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongData, match=r"^words\.toml: cannot be read: "):
        read(tmp_path / "words.toml")


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_bytes(b"\xe5")
    with pytest.raises(WrongData, match=r"^words\.toml: cannot be read: "):
        read(tmp_path / "words.toml")


days = st.dates(date(2020, 1, 1), date(2021, 1, 1))


@given(days, st.none() | st.integers(0, 400), days, st.none() | st.integers(0, 400))
def test_two_versions_are_taken_exactly_when_no_day_has_both(
    tmp_path_factory: pytest.TempPathFactory, first: date, lasts: int | None, second: date, goes_on: int | None
) -> None:
    text, holds = "", []
    for begins, length in ((first, lasts), (second, goes_on)):
        ends = date(2030, 1, 1) if length is None else begins + timedelta(days=length)
        text += changed("2024-08-01", begins.isoformat() + (f"\nvalid_to = {ends.isoformat()}" if length is not None else ""))
        holds.append((begins, ends))
    path = written(tmp_path_factory.mktemp("law"), text)
    if max(holds[0][0], holds[1][0]) <= min(holds[0][1], holds[1][1]):
        with pytest.raises(WrongData, match="two entries hold"):
            read(path)
    else:
        assert len(read(path)) == 2
