"""What stands on a family's page, as tables that a human keeps; and other pupils' names, taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.cases import names
from samskap.cases.models import EntryKind
from samskap.cases.rules import LineFacts, Part, Shown, Who, line_for
from samskap.kernel.text import folded

FULL, LINE, NOT = Shown.FULL, Shown.NEUTRAL, Shown.NOT

# kind                 about the pupil, not for home   for home          about the whole case
#                      pupil     home                  pupil     home    subject   involved
TABLE = {
    "watch":          (NOT,      NOT,                  FULL,     FULL,   NOT,      NOT),
    "step_in":        (NOT,      NOT,                  FULL,     FULL,   LINE,     NOT),
    "told":           (NOT,      NOT,                  NOT,      NOT,    NOT,      NOT),
    "investigated":   (NOT,      NOT,                  FULL,     FULL,   LINE,     NOT),
    "finding":        (NOT,      NOT,                  FULL,     FULL,   LINE,     NOT),
    "measure":        (NOT,      NOT,                  NOT,      NOT,    NOT,      NOT),
    "hearing":        (LINE,     LINE,                 FULL,     FULL,   NOT,      NOT),
    "answer":         (NOT,      NOT,                  FULL,     FULL,   NOT,      NOT),
    "no_answer":      (NOT,      NOT,                  NOT,      NOT,    NOT,      NOT),
    "best_interest":  (LINE,     LINE,                 FULL,     FULL,   NOT,      NOT),
    "home":           (NOT,      NOT,                  FULL,     FULL,   NOT,      NOT),
    "meeting":        (NOT,      NOT,                  FULL,     FULL,   NOT,      NOT),
    "delay":          (NOT,      NOT,                  FULL,     FULL,   NOT,      NOT),
    "intervention":   (NOT,      NOT,                  FULL,     FULL,   NOT,      NOT),
    "other_duty":     (NOT,      NOT,                  NOT,      NOT,    NOT,      NOT),
    "note":           (NOT,      NOT,                  NOT,      NOT,    NOT,      NOT),
    "opened":         (NOT,      NOT,                  NOT,      NOT,    LINE,     LINE),
    "report":         (NOT,      NOT,                  NOT,      NOT,    NOT,      NOT),
    "pupil":          (NOT,      NOT,                  NOT,      NOT,    NOT,      NOT),
    "plan":           (NOT,      NOT,                  NOT,      NOT,    NOT,      NOT),
    "evaluation":     (NOT,      NOT,                  NOT,      NOT,    NOT,      NOT),
    "passed_on":      (NOT,      NOT,                  NOT,      NOT,    LINE,     NOT),
    "groundless":     (NOT,      NOT,                  NOT,      NOT,    NOT,      NOT),
    "moved":          (NOT,      NOT,                  NOT,      NOT,    LINE,     NOT),
    "access":         (NOT,      NOT,                  NOT,      NOT,    NOT,      NOT),
    "responsible":    (NOT,      NOT,                  NOT,      NOT,    NOT,      NOT),
    "restarted":      (NOT,      NOT,                  NOT,      NOT,    NOT,      NOT),
    "ended":          (NOT,      NOT,                  NOT,      NOT,    LINE,     LINE),
    "talk":           (NOT,      NOT,                  NOT,      NOT,    LINE,     NOT),
    "correction":     (NOT,      NOT,                  NOT,      NOT,    NOT,      NOT),
    "told_home":      (FULL,     NOT,                  FULL,     NOT,    NOT,      NOT),
    "at_home":        (NOT,      NOT,                  NOT,      NOT,    NOT,      NOT),
    "document":       (NOT,      NOT,                  NOT,      NOT,    NOT,      NOT),
    "consulted":      (NOT,      NOT,                  NOT,      NOT,    NOT,      NOT),
    "moved_back":     (NOT,      NOT,                  NOT,      NOT,    LINE,     NOT),
    "left":           (NOT,      NOT,                  NOT,      NOT,    NOT,      NOT),
}  # fmt: skip


def test_the_table_has_every_kind() -> None:
    assert set(TABLE) == set(EntryKind.values)


@pytest.mark.parametrize("kind", TABLE)
def test_a_line_stands_as_the_table_says(kind: str) -> None:
    found = tuple(
        line_for(who, Part.SUBJECT, LineFacts(kind, own=True, home=home))
        for home in (False, True)
        for who in (Who.PUPIL, Who.HOME)
    )
    common = tuple(line_for(Who.HOME, part, LineFacts(kind)) for part in (Part.SUBJECT, Part.INVOLVED))
    assert (*found, *common) == TABLE[kind]


@pytest.mark.parametrize("kind", ["plan", "evaluation", "measure"])
def test_what_is_done_in_the_plan_is_told_and_its_words_only_where_they_are_for_home(kind: str) -> None:
    for who in Who:
        assert line_for(who, Part.SUBJECT, LineFacts(kind, plan=True)) == LINE
        assert line_for(who, Part.INVOLVED, LineFacts(kind, plan=True, home=True)) == FULL


def test_who_from_outside_is_let_in_is_told_to_everybody_it_concerns() -> None:
    for part in Part:
        assert line_for(Who.HOME, part, LineFacts("access", home=True)) == FULL


def test_what_a_pupil_wrote_alone_goes_home_only_with_a_yes_and_not_even_as_a_line() -> None:
    for kind in ("answer", "hearing"):
        wrote = LineFacts(kind, own=True, pupils_words=True, online=True)
        assert line_for(Who.HOME, Part.SUBJECT, wrote) == NOT
        assert line_for(Who.PUPIL, Part.SUBJECT, wrote) == FULL
        yes = LineFacts(kind, own=True, pupils_words=True, online=True, home=True)
        assert line_for(Who.HOME, Part.SUBJECT, yes) == FULL


def test_what_one_wrote_oneself_is_always_there() -> None:
    assert line_for(Who.HOME, Part.SUBJECT, LineFacts("home", own=True, mine=True)) == FULL
    assert line_for(Who.PUPIL, Part.SUBJECT, LineFacts("answer", own=True)) == NOT  # somebody at home answered


NEVER = st.sampled_from(["other_duty", "note", "report", "pupil", "groundless", "at_home", "restarted"])


@given(
    NEVER,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from(list(Who)),
    st.sampled_from(list(Part)),
)
def test_some_things_never_stand_there_however_they_are_marked(
    kind: str, own: bool, plan: bool, home: bool, online: bool, mine: bool, who: Who, part: Part
) -> None:
    assert line_for(who, part, LineFacts(kind, own=own, plan=plan and not own, home=home, online=online, mine=mine)) == NOT


EMMA = names.words_of(["Emma Sandvoll", "Anita Sandvoll"])


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Emma Sandvoll filmet ham.", "[…] filmet ham."),
        ("Det var emma og Noah.", "Det var […] og Noah."),
        ("Emmas telefon, EMMA sin lue", "[…] telefon, […] sin lue"),
        ("Emmanuel er en annen.", "Emmanuel er en annen."),
        ("De går sammen.", "De går sammen."),
        ("mor Anita ringte", "mor […] ringte"),
        ("Sandvoll-jenta", "[…]-jenta"),
    ],
)  # fmt: skip
def test_names_of_others_are_taken_out(text: str, masked: str) -> None:
    assert names.without(text, EMMA, "[…]", names.words_of(["Noah Bergli"])) == masked


def test_a_name_that_is_an_everyday_word_is_one_only_with_a_capital() -> None:
    dag = names.words_of(["Dag Sol"])
    assert names.without("I dag var Dag Sol ute i sol.", dag, "[…]") == "I dag var […] ute i sol."


def test_a_surname_that_both_have_stays() -> None:
    assert names.without("Ola og Kari Moe", names.words_of(["Kari Moe"]), "[…]", names.words_of(["Ola Moe"])) == "Ola og […] Moe"


WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzæøåéü", min_size=2, max_size=9)


ENDS = st.sampled_from(["", "s", "'s", "’"])


def is_no_everyday_word(word: str) -> bool:
    return folded(word).text not in names._EVERYDAY


@given(WORDS.filter(is_no_everyday_word), st.text(max_size=40), st.text(max_size=40), ENDS)
def test_whatever_stands_around_a_name_it_is_gone(name: str, before: str, after: str, end: str) -> None:
    text = f"{before} {name}{end} {after}"
    left = names.without(text, {name}, "…")
    assert name not in names.words_of([left]) or name in names.words_of([before]) or name in names.words_of([after])
    assert names.found_in(left, {name}) == []


def test_without_others_the_text_stays_as_it_is() -> None:
    assert names.without("Noah er her.", set(), "[…]") == "Noah er her."
    assert names.words_of(["J. A. Berg-Olsen"]) == {"berg-olsen", "berg", "olsen"}
