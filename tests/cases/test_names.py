"""Names of others are found however they are written, and ordinary words stay."""

import itertools
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from samskap.cases import names, places
from samskap.kernel.text import folded

ADAM = names.words_of(["Adam Lindås"])

GONE = [
    # written                       left
    ("adam_lindås", "[…]"),
    ("_Adam_", "_[…]_"),
    ("#adamlindås", "#[…]"),
    ("#AdamErTeit", "#[…]ErTeit"),
    ("#kuladam", "#kul[…]"),
    ("adamlindås@x.no", "[…]"),
    ("adam.lindaas@post.x.no", "[…]"),
    ("kuladam@x.no", "[…]"),
    ("@adam2013", "@[…]2013"),
    ("Adam9B", "[…]9B"),
    ("Adamen", "[…]"),
    ("Adamens", "[…]"),
    ("adams", "[…]"),
    ("Adam-gjengen", "[…]-gjengen"),
    ("Ad-am", "[…]"),
    ("A d a m", "[…]"),
    ("a-d-a-m", "[…]"),
    ("L.i.n.d.å.s", "[…]"),
    ("L i n d a a s", "[…]"),
    ("Lindaas", "[…]"),
    ("LINDAS", "[…]"),
    ("Аdаm", "[…]"),  # Cyrillic
    ("Αdαm", "[…]"),  # Greek
    ("ＡＤＡＭ", "[…]"),
    ("𝓐𝓭𝓪𝓶", "[…]"),
    ("aDaM", "[…]"),
    ("Ádàm", "[…]"),
    ("Linda\u030as", "[…]"),
    ("Ad\u00adam", "[…]"),
    ("A\u200b\u200cd\u2060am", "[…]"),
    ("hei\u200badam\u200ber", "hei\u200b[…]\u200ber"),
    ("AdamLindås", "[…]"),
    ("Lindås, Adam", "[…], […]"),
]


@pytest.mark.parametrize(("written", "left"), GONE)
def test_a_name_is_found_however_it_is_written(written: str, left: str) -> None:
    text = f"Så kom {written} igjen."
    assert names.without(text, ADAM, "[…]") == f"Så kom {left} igjen."
    found = names.words_found([text], ADAM)
    assert found
    assert names.found_in(names.redacted(text, found, "[…]"), ADAM) == []


STAYS = [
    # name             text
    ("Per Hansen", "Hver person leser fem sider per dag, og superhelten tapper."),
    ("Adam Lindås", "Madam, adamant, Adamson og Lindåsveien er andre ord."),
    ("Hans Moe", "Det er hans lue."),
    ("André Vik", "De andre gikk, og en viking ble igjen."),
    ("Ida Ness", "I dag var det fint i bidraget."),
    ("Li Han", "Han ga et lite handtrykk."),
    ("Ås Bø", "As ba om et bøtte vann."),
    ("Tor Dag", "Tør du det i dag, torsdag eller en annen dag?"),
    ("Eva Sand", "Evaluering i sandkassa, evakuering."),
    ("Jo Le", "Å jo, vi kan le av det: a, b, c."),
]


@pytest.mark.parametrize(("name", "text"), STAYS)
def test_ordinary_words_stay(name: str, text: str) -> None:
    left = {"Li Han": "Han", "Ås Bø": "As"}.get(name, "")  # a name that begins a sentence is a name
    kept = names.without(text, names.words_of([name]), "[…]")
    assert kept == (text.replace(left, "[…]", 1) if left else text)


@pytest.mark.parametrize("text", ["Per_Moe", "@per", "per2013", "P e r", "Рer", "pe\u200br", "permoe", "Per"])
def test_an_everyday_word_in_disguise_is_the_name(text: str) -> None:
    assert names.found_in(f"det var {text} som", names.words_of(["Per Moe"]))


def test_redacting_a_name_leaves_the_everyday_word() -> None:
    assert names.redacted("I dag så vi Dag.", ["Dag"], "[…]") == "I dag så vi […]."
    assert names.redacted("I dag så vi Dag.", ["dag"], "[…]") == "I […] så vi […]."


def test_ones_own_name_stays_also_where_it_is_like_anothers() -> None:
    others, own = names.words_of(["Mari Anne Lindås"]), names.words_of(["Marianne Lindas"])
    text = "Marianne Lindas, marianne_lindas og Mari Lindås"
    assert names.without(text, others, "[…]", own) == "Marianne Lindas, marianne_lindas og […]"
    assert names.words_found(["marilindas"], others, own) == ["marilindas"]


def test_a_class_and_a_school_are_found_in_their_usual_ways() -> None:
    where = {"9b", "niende b", "elvesletta*"}
    for text in ("9B", "9 B", "9. b", "9-b", "Niende B", "elvesletta9b", "post@elvesletta_skole.no", "Elveslettaskolen"):
        assert not set(names.without(f"Hun går i {text}.", where, "").casefold()) & set("9bsk"), text
    assert names.without("19 barn, 9 bøker, 9BX", where, "…") == "19 barn, 9 bøker, 9BX"


LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
WORDS = st.text(LETTERS, min_size=3, max_size=9).filter(lambda word: word not in names._EVERYDAY)
LOOKS_LIKE = str.maketrans("aeopcyxi", "аеорсухі")  # Cyrillic
SMALL_CAPITALS = str.maketrans("abcdefghijklmnoprstuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ")
DISGUISES: dict[str, Callable[[str], str]] = {
    "capital": str.upper,
    "first capital": str.title,
    "decomposed": lambda word: unicodedata.normalize("NFD", word),
    "wide": lambda word: "".join(chr(ord(sign) + 0xFEE0) if sign.isascii() else sign for sign in word),
    "look-alike": lambda word: word.translate(LOOKS_LIKE),
    "invisible": "\u200b".join,
    "soft hyphen": "\u00ad".join,
    "selectors": "\ufe0f".join,
    "small capitals": lambda word: word.translate(SMALL_CAPITALS),
    "divided at the end of a line": lambda word: f"{word[:2]}-\r\n{word[2:]}",
    "spelled": " ".join,
    "hyphens": "-".join,
    "torn": lambda word: f"{word[:1]}-{word[1:]}",
    "without æ ø å": lambda word: word.replace("æ", "ae").replace("ø", "o").replace("å", "a"),
    "two letters": lambda word: word.replace("ø", "oe").replace("å", "aa"),
    "definite": lambda word: f"{word}en",
    "owner": lambda word: f"{word}s",
    "digits": lambda word: f"{word}2013",
    "tag": lambda word: f"#{word}",
    "lines": lambda word: f"_{word}_",
    "mail": lambda word: f"{word}@x.no",
    "twice": lambda word: word * 2,
}


@given(WORDS, st.sampled_from(sorted(DISGUISES)), st.text(max_size=30), st.text(max_size=30), st.sampled_from(" \n(«,\t"))
def test_every_disguise_of_every_name_is_found_in_every_text(name: str, how: str, before: str, after: str, sign: str) -> None:
    assume(not unicodedata.category((after or " ")[0]).startswith("M"))
    written = DISGUISES[how](name)
    head = f"{before}{sign}"
    text = f"{head}{written} {after}"
    found = names.found_in(text, {name})
    gone = {at for first, end in found for at in range(first, end)}
    body = range(len(head), len(head) + len(written))
    assert all(at in gone for at in body if text[at].isalpha())


@given(st.sets(WORDS, max_size=4), st.text(LETTERS + "AB 1._-@#\u030a\u200b\u00ad\n", max_size=60))
def test_what_is_outside_the_finds_stays_as_it_was(wanted: set[str], text: str) -> None:
    found = names.found_in(text, wanted)
    assert all(0 <= first < end <= len(text) for first, end in found)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(found))
    left = names.without(text, wanted, "\ue000")
    pieces, at = left.split("\ue000"), 0
    for piece in pieces:
        at = text.index(piece, at) + len(piece)
    assert text.startswith(pieces[0])
    assert text.endswith(pieces[-1])
    assert found or left == text
    assert names.found_in(left, wanted) == []


def test_much_text_with_many_names_takes_no_time_that_anybody_notices() -> None:
    many = {f"navn{one}{two}" for one in "abcdefghijkl" for two in LETTERS[:10]}
    text = "Det var a a a a-a-a i da_da_da og navnet hennes. " * 200
    assert names.found_in(text + "navnab", many) == [(len(text), len(text) + 6)]


@pytest.mark.parametrize("text", ["9B", "9 b", "9. B", "9-B", "Niende B", "niende trinn B", "9. klasse B", "B-klassen", "9Bs"])
def test_a_class_is_known_in_its_usual_ways(text: str) -> None:
    for written in ("9B", "9 B", "9.b"):
        assert names.without(f"Hun går i {text}.", places.class_ways(written), "…") == "Hun går i …."


def test_classes_without_number_or_letter() -> None:
    assert "9 trinn" in places.class_ways("9")
    assert places.class_ways("Reven") == {"reven"}
    assert places.class_ways(" ") == set()


def test_addresses_are_known_by_how_they_look() -> None:
    text = "Anita, Nedre Storgata 12 b, 9512 Fjellvik. Møte 12. mai 2026 Kl. 14 i rom 204, versjon 2."
    assert places.addresses([text]) == ["Nedre Storgata 12 b", "9512 Fjellvik"]


@given(st.text(LETTERS + LETTERS.upper() + " .,-\n«»'", max_size=40))
def test_what_is_compared_at_once_is_what_is_compared_sign_by_sign(text: str) -> None:
    quick, slow = folded(text), folded(f"{text} \u200c")
    assert quick.text == slow.text.removesuffix(" ")
    assert quick.places == slow.places[:-1]
