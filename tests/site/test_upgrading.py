"""A home with people and cases in it is brought up to the program that starts there, and loses nothing."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.site import command, copied

BEFORE = (("cases", "0005"), ("voice", "0005"))
# How many rows each table has, but for what every command may write by itself; what presses in each case, by which the list is
# put in order and My day counts; and what the database guards.
WHAT_STANDS = """
import django, json
django.setup()
from django.apps import apps
from django.db import connection
from samskap.kernel import guards
rooms = ("cases", "improve", "people", "results", "voice")
models = [model for room in rooms for model in apps.get_app_config(room).get_models()]
rows = {model._meta.label: model._base_manager.using("default").count() for model in models}
case = apps.get_model("cases", "Case")._base_manager.using("default")
order = [[str(one) for one in row] for row in case.order_by("pk").values_list("pk", "says_no", "due_on", "next_on")]
print(json.dumps({"rows": rows, "order": order, "guards": sorted(name for name, told in guards._standing(connection))}))
"""


def django(env: dict[str, str], *words: str) -> str:
    """What a word to Django's own commands, or some code, answers."""
    env = {**env, "DJANGO_SETTINGS_MODULE": "samskap.site.settings"}
    return subprocess.run([sys.executable, *words], env=env, capture_output=True, text=True, check=True).stdout


def what_guards(env: dict[str, str]) -> list[str]:
    """The names of all that the database guards, also where the tables are an earlier program's."""
    code = "import django, json; django.setup(); from django.db import connection; from samskap.kernel import guards; "
    found: list[str] = json.loads(
        django(env, "-c", f"{code}print(json.dumps([name for name, _ in guards._standing(connection)]))")
    )
    return found


def what_stands(env: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(django(env, "-c", WHAT_STANDS))
    return found


@pytest.mark.second  # it keeps more for itself that an earlier program's tables know nothing of
def test_a_home_of_an_earlier_program_is_brought_up_with_all_that_stands_in_it(loaded: Path, tmp_path: Path) -> None:
    env = copied(loaded, tmp_path / "home")
    before = what_stands(env)
    assert before["rows"]["cases.Case"] > 5
    assert any(no == "True" for _case, no, _due, _next in before["order"])
    for app, name in BEFORE:
        django(env, "-m", "django", "migrate", app, name)
    assert not [name for name in what_guards(env) if "from_school" in name], "a guard looks at a column that is gone"
    told = command(env, "check", "--json")
    assert json.loads(told.stdout)["ok"] is True, told.stdout + told.stderr
    assert what_stands(env) == before
