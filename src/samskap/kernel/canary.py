"""Looks for planted words in all that the house has stored: database files, logs, key folder's neighbours."""

from collections.abc import Iterable, Iterator
from pathlib import Path

CHUNK = 1 << 20


def found_in(folder: Path, words: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """Each (file, word) where a word's bytes (UTF-8, UTF-16) stand in a file below the folder."""
    wanted = [(word, {word.encode("utf-8"), word.encode("utf-16-le")}) for word in words]
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from ((path, word) for word, forms in wanted if any(_holds(path, form) for form in forms))


def _holds(path: Path, form: bytes) -> bool:
    tail = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if form in tail + chunk:
                return True
            tail = chunk[-len(form) :]
    return False
