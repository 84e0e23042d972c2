"""What the made-up schools have written: believable in form, and without pupils' names."""

import csv
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from samskap.site.demo import cast, figures, staff
from samskap.site.demo.parts import Round
from samskap.site.demo.stories import all_rounds

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
EXPORTS = "udir_webexport_nasjonale_prover"
NYNORSK = "vesleoya"
ROUNDS = all_rounds()


def texts(part: object) -> Iterator[str]:
    """Every text in a story, however deep."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from texts(each)
    elif is_dataclass(part):
        for each in fields(part):
            yield from texts(getattr(part, each.name))


def words(found: Round) -> set[str]:
    return {word for text in texts(found) for word in re.findall(r"\w+", text)}


@pytest.mark.parametrize("found", ROUNDS, ids=lambda r: f"{r.school}{r.period}")
def test_no_text_names_anybody(found: Round) -> None:
    first_names = {*staff.FIRST, *(person.name.split()[0] for person in cast.PEOPLE)}
    pupils = {"Emma", "Nora", "Sofie", "Jakob", "Lucas", "Noah", "Emil", "Ella", "Maja", "Filip", "Sara", "Mia", "Oskar", "Iben"}
    assert words(found) & (first_names | pupils) == set()


@pytest.mark.parametrize("found", ROUNDS, ids=lambda r: f"{r.school}{r.period}")
def test_a_plan_has_few_goals_and_each_has_few_measures(found: Round) -> None:
    assert len(found.goals) <= 3
    assert all(1 <= len(goal.measures) <= 4 for goal in found.goals)
    assert found.notes[0].kind == "strength"
    earlier = {goal.title for other in ROUNDS if other.school == found.school and other is not found for goal in other.goals}
    assert all(goal.title in earlier or (goal.about == "") != (goal.sign == "") for goal in found.goals)


@pytest.mark.parametrize("found", ROUNDS, ids=lambda r: f"{r.school}{r.period}")
def test_everything_happens_in_order_and_nothing_in_the_future(found: Round) -> None:
    for goal in found.goals:
        assert found.begun <= goal.day < goal.by_when
        assert goal.verdict is None or goal.day < goal.verdict.day < 0
        for measure in goal.measures:
            days = [status.day for status in measure.statuses]
            assert days == sorted(days)
            assert all(goal.day < day < 0 for day in days)
            assert measure.begins < measure.ends


def test_the_school_that_writes_nynorsk_has_no_bokmal_forms_and_the_others_no_nynorsk() -> None:
    bokmal = {"ikke", "jeg", "skole", "hva", "noen", "elevene", "hvordan"}
    nynorsk = {"ikkje", "eg", "skule", "kva", "nokon", "elevane", "korleis"}
    for found in ROUNDS:
        wrong = bokmal if found.school == NYNORSK else nynorsk
        assert words(found) & wrong == set(), found.school


def test_texts_do_not_lean_on_a_season() -> None:
    months = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
    season = re.compile(rf"\b(høst\w*|vår(en)?|jul\w*|sommer\w*|{months})\b")
    for found in ROUNDS:
        assert [text for text in texts(found) if season.search(text.lower())] == [], found.school


def real_names() -> set[str]:
    """Names of schools and municipalities in the public files beside the repository."""
    names: set[str] = set()
    for path in (DATA / EXPORTS).glob("*.csv"):
        rows = csv.reader(path.read_text(encoding="utf-16-le").splitlines()[2:], delimiter="\t")
        names.update(name.strip().lower() for row in rows for name in (row[6], row[7], row[8]))
    return names


@pytest.mark.skipif(not (DATA / EXPORTS).is_dir(), reason="the public files are not here")
def test_no_made_up_place_has_the_name_of_a_real_one() -> None:
    own = {place.name for place in figures.PLACES if place.level > 1} | {entry.name for entry in cast.SCHOOLS}
    real = real_names()
    assert len(real) > 2_000
    assert {name for name in own if name.lower() in real} == set()
