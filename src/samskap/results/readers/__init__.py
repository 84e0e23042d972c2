"""Reads published files without a database: what is in them, and what is wrong with them. No Django.

The format is recognised from what is in the file, never from its name. A reader either tells what it read or names the
problem; there is no "something went wrong".
"""

from collections.abc import Iterator
from pathlib import Path

from samskap.results.readers import api_json, web_export
from samskap.results.readers.model import Cell, Report, Stop

HEAD = 512
XML_OR_BINARY = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xd0\xcf\x11\xe0", b"GIF8", b"\xff\xd8\xff")


def recognise(head: bytes) -> str:
    """``web`` or ``json`` from the first bytes. Raises Stop: empty, encoding or foreign."""
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Stop("empty", "the whole file")
    if head.startswith(XML_OR_BINARY):
        raise Stop("foreign", "the whole file")
    wide = head.removeprefix(b"\xff\xfe")
    if wide.startswith(("sep=".encode("utf-16-le"), "EnhetNivaa".encode("utf-16-le"))):
        return "web"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
        return "json" if b"\x00" not in head[:16] else _refuse("encoding")
    if "EnhetNivaa".encode("utf-16-le") in head:
        return "web"
    return _refuse("encoding" if _looks_like_ours(head) else "foreign")


def _looks_like_ours(head: bytes) -> bool:
    """The table export, saved by another program in other signs."""
    return any(word.encode(code) in head for word in ("EnhetNivaa", "sep=\t") for code in ("utf-8", "utf-16-be", "utf-16-le"))


def _refuse(code: str) -> str:
    raise Stop(code, "the whole file")


class Reading:
    """One file being read. ``format`` is None for a file that is not ours; ``report`` is whole after ``cells`` has ended."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.report = Report()
        self.format: str | None = None
        self._cells: Iterator[Cell] = iter(())
        try:
            self._open()
        except Stop as stop:
            self.report.problems.append(stop.problem)

    def _open(self) -> None:
        with self.path.open("rb") as file:
            kind = recognise(file.read(HEAD))
        if kind == "web":
            self.format = web_export.FORMAT
            self._cells = web_export.cells(self.path, self.report)
            return
        rows = api_json.load(self.path)
        shape = api_json.shape_of(rows)
        self.format = shape.format
        self._cells = api_json.cells(rows, shape, self.report)

    def cells(self) -> Iterator[Cell]:
        """The file's figures, in the file's order. What is wrong ends up in the report; nothing is raised."""
        try:
            yield from self._cells
        except Stop as stop:
            self.report.problems.append(stop.problem)


def open_file(path: Path) -> Reading:
    """Begin to read a file. Raises OSError only."""
    return Reading(path)
