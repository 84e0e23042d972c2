"""Sealed texts open for whom they were sealed to, at the place they were sealed for, and for nobody else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.kernel import keys, sealing

HERE, ELSEWHERE = "owner:report:text", "owner:other:text"


@pytest.fixture(autouse=True)
def a_school_with_a_key() -> None:
    """Each of these can be the first test of all in its home."""
    sealing.public_key()


@given(st.binary(max_size=5_000))
def test_what_is_sealed_opens_again(plain: bytes) -> None:
    assert sealing.unseal(sealing.seal(plain, context=HERE), context=HERE) == plain


@given(st.binary(min_size=8, max_size=200))
def test_the_sealed_text_does_not_show_the_plain_one(plain: bytes) -> None:
    assert plain not in sealing.seal(plain, context=HERE)


def test_a_sealed_text_that_was_moved_does_not_open() -> None:
    blob = sealing.seal(b"what happened", context=HERE)
    with pytest.raises(sealing.CannotOpen):
        sealing.unseal(blob, context=ELSEWHERE)


@given(st.data())
def test_a_damaged_text_does_not_open(data: st.DataObject) -> None:
    blob = bytearray(sealing.seal(b"what happened", context=HERE))
    place = data.draw(st.integers(0, len(blob) - 1))
    blob[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(sealing.CannotOpen):
        sealing.unseal(bytes(blob), context=HERE)


def test_the_same_words_open_and_others_do_not() -> None:
    blob = sealing.seal_to(sealing.Sender.from_words("sol eng fjord båt hest lys").public, b"an answer", context=HERE)
    assert sealing.Sender.from_words("sol eng fjord båt hest lys").unseal(blob, context=HERE) == b"an answer"
    with pytest.raises(sealing.CannotOpen):
        sealing.Sender.from_words("sol eng fjord båt hest ly").unseal(blob, context=HERE)


def test_what_is_sealed_to_a_sender_is_not_readable_by_the_school() -> None:
    with pytest.raises(sealing.CannotOpen):
        sealing.unseal(sealing.Sender.from_words("sol").seal(b"own copy", context=HERE), context=HERE)


@pytest.fixture
def intake_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key folder with what an intake-only node has: the public key, and the key for receipts."""
    (tmp_path / "sealing.pub").write_text(sealing.public_key().hex())
    monkeypatch.setenv("SAMSKAP_KEYS", str(tmp_path))
    monkeypatch.setenv("SAMSKAP_INTAKE_ONLY", "1")
    return tmp_path


def test_a_node_without_a_private_key_seals_and_cannot_read(intake_node: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blob = sealing.seal(b"told at night", context=HERE)
    with pytest.raises(sealing.NoPrivateKey):
        sealing.unseal(blob, context=HERE)
    assert not (intake_node / "sealing.key").exists()
    monkeypatch.delenv("SAMSKAP_INTAKE_ONLY")
    monkeypatch.delenv("SAMSKAP_KEYS")
    assert sealing.unseal(blob, context=HERE) == b"told at night"


def test_an_intake_node_without_the_public_key_says_what_is_missing(intake_node: Path) -> None:
    (intake_node / "sealing.pub").unlink()
    with pytest.raises(sealing.NoPublicKey, match=r"sealing\.pub"):
        sealing.seal(b"x", context=HERE)


def test_an_earlier_key_still_opens_what_was_sealed_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMSKAP_KEYS", str(tmp_path / "a"))
    blob, name = sealing.seal(b"old", context=HERE), sealing._id_of(sealing.public_key()).hex()
    (tmp_path / "b").mkdir()
    (tmp_path / "a" / "sealing.key").rename(tmp_path / "b" / f"sealing-{name}.key")
    monkeypatch.setenv("SAMSKAP_KEYS", str(tmp_path / "b"))
    assert sealing.seal(b"new", context=HERE)[1:9].hex() != name
    assert sealing.unseal(blob, context=HERE) == b"old"


def test_the_private_key_file_is_its_owners_alone() -> None:
    sealing.public_key()
    assert (keys.folder() / "sealing.key").stat().st_mode & 0o077 == 0
