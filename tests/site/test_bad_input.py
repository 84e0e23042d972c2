"""Whatever is sent to whichever address: no server error, no trace, and what was there is still there."""

import os
import random
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from samskap.cases import actions as giving
from samskap.cases import queries
from samskap.cases.actions import papers
from samskap.cases.papers import Wish
from samskap.cases.rules_papers import Kind
from samskap.improve.models import Goal, Measure, Note, Plan
from samskap.kernel import scope
from samskap.kernel.access import routes
from samskap.people.models import Person, School
from samskap.voice import actions
from tests.cases import following
from tests.improve.things import plan_at
from tests.people.things import guardian, pupil, stand_in
from tests.support.world import World
from tests.voice import telling

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
INPUTS = 20_000 if DEEP else 2_000
pytestmark = pytest.mark.second  # it takes less than SQLite does: no NUL in a text, no number that is too large
TEXTS = [
    "", " ", "\x00", "a\x00b", "\ud7ff", "🙂" * 50, "\u202eabc", "<script>alert(1)</script>", "' OR 1=1 --",
    "{{ 7*7 }}", "%s%n", "../../etc", "=1+1", "0", "-1", "1e309", "99999999999999999999", "NaN", "2026-02-30",
    "0001-01-01", "9999-12-31", "true", "null", "[]", "{}", "x" * 5_000, "00000000-0000-0000-0000-000000000000",
    "on", "leader", "done", "reached", "pupil_survey/bullying/share/10",
]  # fmt: skip
NAMES = [
    "once", "version", "title", "sign", "indicator", "target", "by_when", "why", "direction", "kind", "text",
    "what", "responsible", "for_whom", "expected", "starts", "ends", "going", "as_planned", "line", "group",
    "how", "held_on", "changed", "outcome", "decision", "state", "shared", "first_year", "length", "name",
    "organisation_number", "first_grade", "last_grade", "written_form", "role", "school", "valid_from",
    "valid_to", "assignment", "username", "password", "next", "language", "person", "tenant", "sok", "side",
    "skoleside", "trinn", "indikator", "ar", "skolear", "unit", "number", "files", "slag", "resultat",
    "owner_name", "person_name", "code", "recovery", "credential", "key", "words", "what", "about", "concerns", "danger", "named",
    "urgency", "kind", "since", "reason", "to", "same_as", "sprak", "said_on", "sender_kind", "who", "staff", "everywhere", "dag",
    "first_day", "last_day", "leader", "substitute", "born", "address_protection", "active", "contact_ban", "lives_with",
]  # fmt: skip
BODIES = [b"[]", b"5", b"null", b"{", b"\xff\xfe\x00", b"a" * 100_000, b"--x\r\nContent-Disposition: form-data; name=", b""]
TYPES = [
    "application/json",
    "text/plain",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=utf-16",
    "x/y",
]


def _parts_of_voice(world: World) -> dict[str, object]:
    report, _holder = telling.from_pupil(world)
    with scope.tenant_scope(world.tenant_id):
        entrance = actions.open_entrance(by=world.actor("ingrid"), school=world.school("elvesletta"))
    return {"code": entrance.code, "who": "elev", "report": report.pk, "image": report.pk, "step": "take"}


def _parts_of_cases(world: World) -> dict[str, object]:
    case = following.opened(world)
    row = following.measure(world, case, into=following.plan(case))
    given = giving.give(by=world.actor("ingrid"), case=case, to=world.person("amir"))
    report, _holder = telling.from_pupil(world)
    with scope.tenant_scope(world.tenant_id):
        entry = case.entries.first()
    assert entry is not None
    held = following.folder(case)
    wish = Wish(Kind.LETTER, queries.folder(case, held), to="Hanne", text="Vi møtes.")
    draft = papers.draft(by=world.actor("ingrid"), case=case, wish=wish)
    paper = papers.make(by=world.actor("ingrid"), case=case, wish=Wish(Kind.CHRONOLOGY))
    asked = giving.consult(by=world.actor("ingrid"), case=case, text="Hva kan hjelpe en som er mye alene?")
    common = giving.suggest(by=world.actor("ingrid"), school=world.school("elvesletta"), theme="breaks", text="[Hvem] har vakt.")
    return {
        "case": case.pk, "report": report.pk, "pupil": held.pk, "plan": row.plan_id, "measure": row.pk,
        "entry": entry.pk, "given": given.pk, "step": "skriv", "number": 1, "kind": "brev", "draft": draft.pk, "paper": paper.pk,
        "person": world.person("hanne").pk, "meeting": following.meeting(world, case).pk, "consultation": asked.pk,
        "suggestion": common.pk,
    }  # fmt: skip


def addresses(world: World) -> Iterator[str]:
    """Every address that can be made with real things of the world."""
    plan = plan_at(world, shared=True)
    parts = {
        "school": world.school("elvesletta").pk, "person": world.person("amir").pk, "plan": plan.pk,
        "goal": Goal._base_manager.get(plan=plan).pk, "measure": Measure._base_manager.get(goal__plan=plan).pk,
        "note": Note._base_manager.get(plan=plan).pk, "secret": "guessed", "kind": "csv",
        "code": "pupil_survey/bullying/share/10", "indicator": "pupil_survey/bullying/share/10",
        "run": plan.pk, "factor": plan.pk, "name": 1, "row": plan.pk, "stand_in": stand_in(world).pk,
    }  # fmt: skip
    child = pupil(world)
    parts |= {"pupil": child.pk, "school_class": child.school_class_id, "guardianship": guardian(world, child).pk}
    own = {"voice": _parts_of_voice(world), "cases": _parts_of_cases(world)}
    for name, _path, pattern in routes():
        try:
            known = {**parts, **own.get(name.split(":")[0], {})}
            yield reverse(name, kwargs={part: known[part] for part in pattern.pattern.converters})
        except (NoReverseMatch, KeyError) as missing:
            raise AssertionError(f"no address for {name}: say what its parts are") from missing


def send(client: Client, chance: random.Random, url: str) -> int:
    """One bad input."""
    kind = chance.randrange(4)
    fields = {chance.choice(NAMES): chance.choice(TEXTS) for _ in range(chance.randrange(1, 12))}
    if kind == 0:
        return client.get(url, fields).status_code
    if kind == 1:
        return client.generic(chance.choice(["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"]), url).status_code
    if kind == 2:
        return client.generic("POST", url, chance.choice(BODIES), content_type=chance.choice(TYPES)).status_code
    return client.post(url, {**fields, "extra": [chance.choice(TEXTS)] * 3}).status_code


@pytest.mark.slow
def test_thousands_of_bad_inputs_meet_no_server_error(world: World) -> None:
    chance = random.Random(11)
    urls = list(addresses(world))
    people = [world.client(key) for key in ("ingrid", "henrik", "nina", "silje", "marte", "jonas")] + [Client()]
    for client in people:
        client.raise_request_exception = False
    for number in range(INPUTS):
        url = chance.choice(urls)
        status = send(chance.choice(people), chance, url)
        assert status < 500, f"input {number} to {url} answered {status}"
    assert Plan._base_manager.count() >= 1
    assert School._base_manager.filter(name="Elvesletta ungdomsskole").exists()
    assert Person._base_manager.filter(name="Ingrid Haugdal").exists()


@pytest.mark.parametrize(
    "path", ["/%00", "/utviklingsplan/%00/", "/resultater/skole/x/", "/%ff%fe/", "/" + "a" * 3_000, "/../../etc/passwd"]
)
def test_an_address_that_is_none_is_a_404(world: World, path: str) -> None:
    answer = world.client("ingrid").get(path)
    assert answer.status_code == 404
    assert "Traceback" not in answer.content.decode()


NASTY = ["\x00", "99999999999999999999"]  # what PostgreSQL takes least of
NASTY += ["a\x00b", "🙂", "'", "-1", "x" * 5_000, "\u202e"] if DEEP else []
QUERIES = ["sok", "side", "skoleside", "trinn", "indikator", "ar", "skolear", "resultat", "slag", "next"]


@pytest.mark.parametrize("name", QUERIES)
def test_every_question_in_an_address_takes_any_text(world: World, name: str) -> None:
    school = reverse("results:school", args=[world.school("elvesletta").pk])
    asked = [("nina", reverse("people:manage")), ("nina", reverse("people:sign_in")), ("ingrid", school)]
    asked += [("henrik", reverse(space)) for space in ("results:schools", "results:across", "results:imports")]
    asked += [("ingrid", reverse(space)) for space in ("improve:own", "improve:mine")]
    for who, url in asked:
        client = world.client(who)
        assert all(client.get(url, {name: text}).status_code < 500 for text in NASTY)


def test_a_strange_host_is_refused(world: World) -> None:
    assert world.client("ingrid").get("/", headers={"host": "evil.example"}).status_code == 400
