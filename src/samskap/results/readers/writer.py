"""Writes the publisher's formats: for the demonstration, for tests, and for measuring."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from samskap.results.readers.web_export import IDS


def number_text(value: float | None, decimals: int = 1) -> str:
    """As the publisher writes: decimal comma, a space between thousands."""
    if value is None:
        return ""
    text = f"{value:,.{decimals}f}" if decimals else f"{round(value):,}"
    return text.replace(",", " ").replace(".", ",")


def write_web_export(path: Path, columns: Sequence[str], rows: Iterable[tuple[Sequence[str], Sequence[str]]]) -> None:
    """``columns`` are the value columns' full names; each row is (the nine id columns, the figures' texts)."""
    with path.open("w", encoding="utf-16-le", newline="") as file:
        file.write("sep=\t\n")
        file.write("\t".join([*IDS, *columns]) + "\n")
        for ids, figures in rows:
            file.write("\t".join([*ids, *figures]) + "\n")


def write_api_json(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """The API's JSON: a list of rows."""
    path.write_text(json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=0), encoding="utf-8")
