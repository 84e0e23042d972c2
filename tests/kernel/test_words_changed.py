"""What a reader sees of the way from one version of a text to the next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.kernel.history import words_changed

TEXT = st.text("ab .\n", max_size=40)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("En voksen er der.", "En voksen er der.", "En voksen er der."),
        ("Amir er der fra 14. november 2026", "Amir er der fra 14. november 2026\nSilje blir med.",
         "Amir er der fra 14. november 2026+(\nSilje blir med.)"),
        ("Amir er i gangen.", "Silje er i gangen.", "-(Amir)+(Silje) er i gangen."),
        ("Amir er i gangen", "Amir er ved fotballbanen", "Amir er -(i gangen)+(ved fotballbanen)"),
    ],
)  # fmt: skip
def test_only_what_is_another_is_marked(old: str, new: str, shown: str) -> None:
    marks = {"same": "{}", "added": "+({})", "removed": "-({})"}
    assert "".join(marks[piece.kind].format(piece.text) for piece in words_changed(old, new)) == shown


@given(TEXT, TEXT)
def test_both_texts_can_be_read_out_of_it(old: str, new: str) -> None:
    pieces = words_changed(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new
