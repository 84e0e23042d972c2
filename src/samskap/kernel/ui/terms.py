"""The "what is this?" texts. A room registers its professional terms once; templates show them with ``{% term %}``."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Term:
    """A word that a tired teacher may not know, and what it means. Both texts are lazily translated."""

    key: str
    title: Any
    text: Any


_TERMS: dict[str, Term] = {}


def register(key: str, title: Any, text: Any) -> None:
    """Explain a term. Registering other words under a known key raises ValueError: one term, one meaning."""
    known = _TERMS.get(key)
    if known is not None and (str(known.title), str(known.text)) != (str(title), str(text)):
        raise ValueError(f"The term {key} is already explained in other words")
    _TERMS[key] = Term(key, title, text)


def get(key: str) -> Term:
    """The term; KeyError for one that nobody has registered."""
    return _TERMS[key]


def registered() -> tuple[Term, ...]:
    """All terms, by key."""
    return tuple(_TERMS[key] for key in sorted(_TERMS))
