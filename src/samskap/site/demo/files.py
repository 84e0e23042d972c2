"""The made-up figures as files in the publisher's own formats: tables 148, 150 and 151 as JSON, national tests as CSV."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from samskap.results.readers.web_export import IDS
from samskap.results.readers.writer import number_text, write_api_json, write_web_export
from samskap.site.demo import cast, truth
from samskap.site.demo.figures import Bullying, Indicator, Level, NationalTest, Participation, Place, Survey

Row = dict[str, str | None]
INDEX_NAMES = {index.code: index.name for index in truth.INDEXES}
ALL = "Alle spørsmål"


def year_name(start: int) -> str:
    """2021 -> "2021-22"."""
    return f"{start}-{(start + 1) % 100:02}"


def number(value: float | None, decimals: int) -> str:
    """A figure as the publisher prints it, ``*`` when masked."""
    return "*" if value is None else number_text(value, decimals)


def ids(place: Place) -> dict[str, str]:
    """The nine columns that say which unit a row is about."""
    municipality = place.owner if place.level == Level.SCHOOL else place.number
    below_county = place.level >= Level.MUNICIPALITY
    in_county = place.level >= Level.COUNTY
    values = (
        str(int(place.level)), "I", cast.COUNTY_NUMBER if in_county else "00", municipality if below_county else "0000",
        place.number,
        "Hele landet", cast.COUNTY if in_county else "Alle fylker",
        (place.within or place.name) if below_county else "Alle kommuner", place.name,
    )  # fmt: skip
    return dict(zip(IDS, values, strict=True))


def _row(place: Place, year: int, grade: int, question: tuple[str, str, str], figures: Row) -> Row:
    """A row of the API with all its columns; ``question``: group's code and name, and the question's name."""
    group_code, group, name = question
    asked: Row = {
        "SpoersmaalNivaa": "1" if name == ALL else "2", "Spoersmaalgruppekode": group_code, "Spoersmaalgruppe": group,
        "Spoersmaalkode": group_code, "Spoersmaalnavn": name,
    }  # fmt: skip
    return {**(asked if group else {}), "Skoleaarnavn": year_name(year), **ids(place), **_groups(grade), **figures}


def _groups(grade: int) -> Row:
    return {
        "TrinnNivaa": "2", "TrinnKode": str(grade), "Trinnnavn": f"{grade}. årstrinn",
        "EierformNivaa": "1", "Eierformkode": "-10", "EierformNavn": "Alle eierformer",
        "KjoennNivaa": "1", "KjoennKode": "-10", "Kjoenn": "Alle kjønn",
    }  # fmt: skip


def indicator_row(found: Indicator) -> Row:
    """Table 148. Answer shares are published for questions, not for a whole index."""
    shares: Row = {f"AndelSvaralternativ{choice}": None for choice in range(1, 6)}
    figures: Row = {
        "Score": number(found.score, 1), "Standardavvik": number(found.sd, 1), "AntallBesvart": number(found.n, 0), **shares,
    }  # fmt: skip
    return _row(found.place, found.year, found.grade, (found.code, INDEX_NAMES[found.code], ALL), figures)


def bullying_row(found: Bullying) -> Row:
    """Table 150, where AntallBesvart is the number of pupils bullied."""
    share = None if found.bullied is None or not found.n else 100 * found.bullied / found.n
    figures: Row = {"AndelMobbet": number(share, 1), "AntallBesvart": number(found.bullied, 0)}
    row = _row(found.place, found.year, found.grade, (*truth.BULLYING_GROUP, truth.BULLYING[found.code]), figures)
    return {**row, "Spoersmaalkode": found.code}


def participation_row(found: Participation) -> Row:
    """Table 151."""
    share = None if found.answered is None or not found.invited else 100 * found.answered / found.invited
    figures: Row = {
        "AndelDeltatt": number(share, 1), "AntallBesvart": number(found.answered, 0), "AntallInvitert": number(found.invited, 0),
    }  # fmt: skip
    return _row(found.place, found.year, found.grade, ("", "", ""), figures)


def _write_json(path: Path, rows: Iterable[Row]) -> Path:
    write_api_json(path, rows)
    return path


def _write_csv(path: Path, tests: Iterable[NationalTest], grades: tuple[int, ...]) -> Path:
    """A row for each place, three columns for each test; empty where a place has not taken it."""
    chosen = [test for test in tests if test.grade in grades]
    columns = sorted({(test.code, test.grade) for test in chosen})
    found = {(test.place, test.code, test.grade): test for test in chosen}
    places = dict.fromkeys(test.place for test in chosen)
    rows = ((list(ids(place).values()), list(_figures(found, place, columns))) for place in places)
    write_web_export(path, list(_headings(chosen[0].year, columns)), rows)
    return path


def _headings(year: int, columns: list[tuple[str, int]]) -> Iterator[str]:
    for code, grade in columns:
        for measure in ("Skalapoeng", "Usikkerhet", "Antall elever deltatt"):
            yield f"{year_name(year)}.{code}.{grade}. årstrinn.Alle eierformer.Alle kjønn.{measure}"


def _figures(found: dict[tuple[Place, str, int], NationalTest], place: Place, columns: list[tuple[str, int]]) -> Iterator[str]:
    for code, grade in columns:
        test = found.get((place, code, grade))
        if test is None:
            yield from ("", "", "")
        else:
            yield from (number(test.points, 0), number(test.half_width, 1), number(test.n, 0))


def write(folder: Path, survey: Survey) -> list[Path]:
    """One school year as files in a folder that exists; the paths."""
    year = year_name(survey.year)
    return [
        _write_json(folder / f"{year}_indikatorer_148.json", map(indicator_row, survey.indicators)),
        _write_json(folder / f"{year}_mobbing_150.json", map(bullying_row, survey.bullying)),
        _write_json(folder / f"{year}_deltakelse_151.json", map(participation_row, survey.participation)),
        _write_csv(folder / f"{year}_nasjonale_prover_5_trinn.csv", survey.tests, (5,)),
        _write_csv(folder / f"{year}_nasjonale_prover_ungdomstrinn.csv", survey.tests, (8, 9)),
    ]
