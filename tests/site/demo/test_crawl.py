"""Every link of the loaded demonstration answers the person who is led to it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from samskap.site.demo import cast
from tests.support.site import copied

ROOT = Path(__file__).resolve().parents[3]
DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"


def walkers() -> tuple[str, ...]:
    """Everybody in the deep run; else one of each set of roles, one whose pages are in nynorsk, and one whose time is over."""
    if DEEP:
        return tuple(person.key for person in cast.PEOPLE)
    first: dict[frozenset[str], str] = {}
    for person in cast.PEOPLE:
        first.setdefault(frozenset(role for role, _school in person.roles), person.key)
    return (*first.values(), "oddny", "geir")


PEOPLE = walkers()
LEAST = 8  # more than the home page, the page about the site, and what is about one's own signing in
WITHOUT_ROOMS = {"geir", "olav"}  # one whose time as a guide is over, and the privacy officer, whose room is not built
OF_EACH_KIND = "2" if DEEP else "1"


@pytest.mark.second  # on SQLite the stories and the tests of pages open them
@pytest.mark.parametrize("people", [PEOPLE[part::3] for part in range(3)], ids=lambda people: people[0])
def test_every_page_answers_the_person_who_is_led_to_it(loaded: Path, tmp_path: Path, people: tuple[str, ...]) -> None:
    env = copied(loaded, tmp_path / "home") | {"SAMSKAP_DEMO": "1", "DJANGO_SETTINGS_MODULE": "samskap.site.settings"}
    line = [sys.executable, "-m", "tests.site.demo.crawl", OF_EACH_KIND, *people]
    walked = subprocess.run(line, env=env, capture_output=True, text=True, check=False, cwd=ROOT)
    assert walked.returncode == 0, walked.stderr[-3000:]
    report = json.loads(walked.stdout)
    assert report.keys() == set(people)
    assert {who: found["wrong"] for who, found in report.items() if found["wrong"]} == {}
    assert {who for who, found in report.items() if found["opened"] < LEAST} == WITHOUT_ROOMS & set(people)
