"""Small files in the publishers' formats, written here independently of the program's own writer."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from samskap.site.demo.cast import organisation_number

MEASURES = ("Skalapoeng", "Usikkerhet", "Antall elever deltatt")
ID_COLUMNS = [
    *("EnhetNivaa", "Nasjonaltkode", "Fylkekode", "Kommunekode", "Organisasjonsnummer"),
    *("Nasjonalt", "Fylke", "Kommune", "EnhetNavn"),
]
BERG, DAL, NEW_BERG, FAR = (organisation_number(f"100001{n}") for n in ("10", "28", "36", "44"))


@dataclass(frozen=True)
class Row:
    """A row of the table: level 1-4, county, municipality, number, names, and one score."""

    level: int
    county: str
    municipality: str
    number: str
    names: tuple[str, str, str]
    cells: tuple[str, str, str]


def nation(*cells: str) -> Row:
    """The country's row."""
    return Row(1, "00", "0000", "I", ("Alle fylker", "Alle kommuner", "Alle skoler"), _three(cells))


def county(number: str, name: str, *cells: str) -> Row:
    """A county's row."""
    return Row(2, number, "0000", number, (name, "Alle kommuner", "Alle skoler"), _three(cells))


def municipality(county_number: str, number: str, name: str, *cells: str) -> Row:
    """A municipality's row."""
    return Row(3, county_number, number, number, ("Fylket", name, "Alle skoler"), _three(cells))


def school(county_number: str, municipality_number: str, number: str, name: str, *cells: str) -> Row:
    """A school's row."""
    return Row(4, county_number, municipality_number, number, ("Fylket", "Kommunen", name), _three(cells))


def _three(cells: Sequence[str]) -> tuple[str, str, str]:
    score, uncertainty, taking_part = (*cells, *("50", "1,5", "20")[len(cells) :])
    return score, uncertainty, taking_part


def web_export(path: Path, year: str, rows: Sequence[Row], test: str = "Lesing", grade: str = "8. årstrinn") -> Path:
    """The statistics bank's table: UTF-16LE without byte order mark, tabs, a first line ``sep=``."""
    heads = [f"{year}.{test}.{grade}.Alle eierformer.Alle kjønn.{measure}" for measure in MEASURES]
    called = {row.county: row.names[0] for row in rows if row.level == 2}
    called |= {row.municipality: row.names[1] for row in rows if row.level == 3}
    lines = ["sep=\t", "\t".join([*ID_COLUMNS, *heads]), *(_line(row, called) for row in rows)]
    path.write_bytes(("\n".join(lines) + "\n").encode("utf-16-le"))
    return path


def _line(row: Row, called: dict[str, str]) -> str:
    """``called``: the county's and the municipality's name, which each row below them repeats."""
    codes = [str(row.level), "I", row.county, row.municipality, row.number]
    names = [called.get(row.county, row.names[0]), called.get(row.municipality, row.names[1]), row.names[2]]
    return "\t".join([*codes, "Hele landet", *names, *row.cells])


def names_only(path: Path, year: str, unit: str, score: str = "4,1") -> Path:
    """The export API's table 152 as some clients keep it: units by name alone, each row twice."""
    shares = {f"AndelSvaralternativ{n}": None for n in range(1, 6)}
    row = {
        "Spoersmaalgruppe": "Trivsel", "Spoersmaalnavn": "Alle spørsmål", "Skoleaarnavn": year,
        "Trinnnavn": "Videregående trinn 1", "Kjoenn": "Alle kjønn", "Score": score, "Standardavvik": "0,8",
        "AntallBesvart": "157", **shares, "EierformNavn": "Alle eierformer", "EnhetNavn": unit,
    }  # fmt: skip
    path.write_text(json.dumps([row, row], ensure_ascii=False), encoding="utf-8")
    return path


def ringerike(path: Path, year: str, *, score: str = "50") -> Path:
    """Country, county, municipality and two schools, with the numbers of the year."""
    new = year >= "2024"
    fylke, kommune = ("33", "3305") if new else ("30", "3007")
    rows = [
        nation("50", "0,1", "60 000"),
        county(fylke, "Buskerud" if new else "Viken (2020 - 2023)", "50", "0,2", "3 000"),
        municipality(fylke, kommune, "Ringerike", score, "0,9", "300"),
        school(fylke, kommune, BERG, "Berg skole" + (" " if new else ""), score),
        school(fylke, kommune, DAL, "Dal skole", "*", "*", "*"),
    ]
    return web_export(path, year, rows)
