"""Keyed marks: what is found again by its mark, and cannot be read back from it."""

import re
from collections.abc import Iterable

from samskap.kernel import keys, scope
from samskap.kernel.text import search_key


def person(person_id: object) -> str:
    """A pupil or guardian as folders and answers know them."""
    return keys.keyed_hash("case-person", str(person_id))


def words(name: str) -> set[str]:
    """The words of a name, each as a mark of the owner in scope."""
    return {_word(word) for word in re.findall(r"[^\W_]+", search_key(name))}


def _word(word: str) -> str:
    return keys.keyed_hash("case-name", f"{scope.current_tenant_id()}:{word}")


def words_of(names: Iterable[str]) -> set[str]:
    """The marks of all words of all names."""
    return {mark for name in names for mark in words(name)}
