"""The words of a receipt: easy to write, hard to guess, kind."""

from itertools import combinations

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


def near(a: str, b: str) -> bool:
    """One letter changed, added or left out leads from one to the other."""
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) <= 1
    short, long = sorted((a, b), key=len)
    return len(long) - len(short) == 1 and any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


def test_no_slip_of_the_pen_leads_to_another_word() -> None:
    plain = [word.replace("æ", "ae").replace("ø", "o").replace("å", "a") for word in WORDS]
    assert len(set(map(receipt._fold, WORDS))) == len(WORDS)
    by_length = {length: [word for word in plain if len(word) == length] for length in range(3, 12)}
    for length, words in by_length.items():
        others = by_length.get(length + 1, [])
        assert not [pair for pair in combinations(words, 2) if near(*pair)]
        assert not [(a, b) for a in words for b in others if near(a, b)]


@pytest.mark.parametrize("word", ["død", "hore", "taper", "feit", "stygg", "drep", "hater", "homo", "neger", "dum", "knull"])
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
