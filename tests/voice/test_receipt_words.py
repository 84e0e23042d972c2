"""The words of a receipt: easy to write, hard to guess, kind."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.voice import receipt
from samskap.voice.receipt import WORDS, normalise, words_from

KEYS = st.binary(min_size=9, max_size=40)


def test_there_are_two_to_the_eleventh_words_in_order() -> None:
    assert len(WORDS) == len(set(WORDS)) == 2**receipt.BITS_PER_WORD
    assert list(WORDS) == sorted(WORDS)
    assert receipt.BITS == 66


def test_every_word_is_short_and_of_norwegian_letters() -> None:
    assert all(4 <= len(word) <= 7 and set(word) <= set("abcdefghijklmnopqrstuvwxyzæøå") for word in WORDS)


def test_no_slip_of_the_pen_leads_to_another_word() -> None:
    plain = [word.replace("æ", "ae").replace("ø", "o").replace("å", "a") for word in WORDS]
    assert len(set(map(receipt._fold, WORDS))) == len(WORDS)
    # One letter changed: two words that are alike but for one place have the form with a dot in that place in common.
    changed = Counter(word[:n] + "." + word[n + 1 :] for word in plain for n in range(len(word)))
    assert [form for form, times in changed.items() if times > 1] == []
    # One letter left out, or (the other way round) added.
    shorter = {word[:n] + word[n + 1 :] for word in plain for n in range(len(word))}
    assert shorter & set(plain) == set()


# Whoever gets the words has just told about something hard: nothing of the body, of violence, of fear, no insult, no doubt.
UNKIND = (
    "død", "hore", "taper", "feit", "stygg", "drep", "hater", "homo", "neger", "dum", "knull", "idiot", "dust", "tosk",
    "klovn", "dverg", "klein", "klump", "sprø", "tyngst", "spesial", "defekt", "avvik", "smålig", "mobb", "rykte", "parodi",
    "imitere", "runke", "pung", "skrev", "skritt", "urin", "pule", "pulje", "puck", "pussig", "kåt", "fitte", "kuk", "pikk",
    "porno", "rumpe", "samkvem", "intim", "lysten", "ride", "glans", "klemme", "seng", "sove", "hingst", "bikini", "moden",
    "pipe", "tiss", "skutt", "skyt", "smell", "knall", "salve", "patron", "smekk", "slegge", "balltre", "spenne", "skyve",
    "kutt", "snitt", "skjær", "krig", "kniv", "våpen", "blod", "vold", "drap", "spark", "stange", "skummel", "dyster",
    "farlig", "faren", "uhell", "monster", "fallen", "farvel", "adjø", "slutte", "livstid", "aleine", "alene", "isolere",
    "fryse", "tomrom", "tabu", "skjule", "løgn", "lyve", "tvile", "skeps", "fiksjon", "fiktiv", "placebo", "påfunn", "påtatt",
    "hevde", "tilgi", "tilstå", "oppstyr", "nekte", "ironi", "skulk", "slapp",
)  # fmt: skip


@pytest.mark.parametrize("word", UNKIND)
def test_what_could_hurt_is_not_among_them(word: str) -> None:
    assert not [known for known in WORDS if known == word or (known.startswith(word) and len(word) > 3)]


@given(KEYS)
def test_words_are_understood_again(key: bytes) -> None:
    words = words_from(key)
    assert normalise(words) == words


@given(KEYS, st.sampled_from([" ", ", ", "-", "\n", "  ", " . ", "; "]), st.booleans())
def test_they_are_understood_however_they_are_typed(key: bytes, between: str, capitals: bool) -> None:
    words = words_from(key)
    typed = between.join(words.split())
    assert normalise(f" {typed.upper() if capitals else typed}. ") == words


@given(KEYS, st.sampled_from([("å", "aa"), ("ø", "oe"), ("æ", "ae"), ("å", "a"), ("ø", "o"), ("å", "a\u030a")]))
def test_foreign_keyboards_are_understood(key: bytes, sign: tuple[str, str]) -> None:
    words = words_from(key)
    assert normalise(words.replace(*sign)) == words


@given(KEYS, KEYS)
def test_other_keys_lead_to_other_words(one: bytes, other: bytes) -> None:
    assert (one[:8] == other[:8] and one[8] >> 6 == other[8] >> 6) == (words_from(one) == words_from(other))


@given(st.text(max_size=600))
def test_anything_else_is_no_receipt(text: str) -> None:
    found = normalise(text)
    assert found is None or all(word in WORDS for word in found.split())


def test_a_word_too_few_or_too_many_is_no_receipt() -> None:
    words = words_from(b"123456789").split()
    assert normalise(" ".join(words[:5])) is None
    assert normalise(" ".join([*words, words[0]])) is None
    assert normalise(" ".join([*words[:5], "zzzz"])) is None


def test_a_key_must_be_long_enough() -> None:
    with pytest.raises(ValueError, match="66 bits"):
        words_from(b"12345678")
