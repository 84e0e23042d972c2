"""Cases in every situation that decides who may open them, for the tables of addresses."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from samskap.cases import actions, queries
from samskap.cases.actions import papers
from samskap.cases.models import Case, Entry, Given
from samskap.cases.papers import Wish
from samskap.cases.rules_papers import Kind
from samskap.kernel import clock, scope
from tests.access.table import Thing
from tests.cases import following
from tests.support.world import World
from tests.voice import telling


def case(world: World, kind: str) -> Case:
    """A case; ``kind`` says what is special about it."""
    if kind == "foreign":
        return following.opened(world, by="per", school="ytterdal")
    by = world.actor("ingrid")
    reports = (telling.from_pupil(world)[0],) if kind == "reported" else ()
    found = following.opened(world, reports=reports)
    if kind in ("given", "expired"):
        actions.give(by=by, case=found, to=world.person("amir"))
        _guest(world, found, expired=kind == "expired")
    if kind == "passed":
        actions.pass_on(by=by, case=found, why="Det er alvorlig, og vi trenger hjelp.")
    if kind in ("owner", "substitute"):
        actions.give(by=by, case=found, to=world.person("amir"))
        actions.name_employee(by=by, case=found, person=world.person("ingrid"))
    if kind == "substitute":
        actions.appoint(by=world.actor("jonas"), case=following.again(found), to=world.person("arne"))
    if kind == "recused":
        actions.recuse(by=by, case=found, person=world.person("ingrid"))
    return following.again(found)


def _guest(world: World, found: Case, *, expired: bool) -> None:
    """Marte is a guest until next week, or was one until yesterday."""
    moment = clock.now() - timedelta(days=8 if expired else 0)
    with clock.frozen(moment):
        until = clock.today() + timedelta(7)
        actions.invite(by=world.actor("ingrid"), case=found, to=world.person("marte"), basis="consent", until=until)


def _part(world: World, kind: str, what: str) -> Any:
    found = case(world, kind)
    with scope.tenant_scope(found.tenant_id):
        if what == "measure":
            by = {"foreign": "per", "owner": "jonas"}.get(kind, "ingrid")
            return following.measure(world, found, by=by, who="per" if kind == "foreign" else "amir")
        if what == "entry":
            return Entry.objects.get(case=found, kind="opened")
        if what == "given":
            return Given.objects.get(case=found, kind="work")
    return {"folder": following.folder, "plan": following.plan}[what](found)


def family(world: World, kind: str) -> Any:
    """A pupil's folder. ``open``: Noah and his mother have the page; ``shut``: nobody has; ``taken``: it was taken from her;
    ``banned``: Emma's, whose father may have no contact; ``foreign``: Jorunn's, at the neighbour's, with pages."""
    child = {"banned": "Emma Sandvoll", "foreign": "Jorunn Ytrehus"}.get(kind, "Noah Bergli")
    leader, school = ("per", "ytterdal") if kind == "foreign" else ("ingrid", "elvesletta")
    held = following.folder(following.opened(world, child, by=leader, school=school))
    keys = {"shut": (), "banned": ("emma", "anita"), "foreign": ("jorunn", "kjell")}.get(kind, ("noah", "hanne"))
    by = world.actor(leader)
    for key in keys:
        actions.open_page(by=by, pupil=held, person=world.person(key))
    if kind == "taken":
        actions.close_page(by=by, pupil=held, person=world.person("hanne"), why="Bekymringen handler om henne.")
    return held


def words(world: World, kind: str) -> Any:
    """What Noah (or his mother) wrote on the own page."""
    held = family(world, "open")
    who = "hanne" if kind == "hers" else "noah"
    actions.say(by=world.actor(who), pupil=held, safe="partly", words="Det er bedre.")
    with scope.tenant_scope(held.tenant_id):
        return Entry.objects.get(case=held.case, kind="answer")


def _document(world: World, kind: str, what: str) -> Any:
    """A case with a document to Noah's mother, and one on its way out. ``shut``: her page was closed afterwards."""
    by, found = world.actor("ingrid"), following.opened(world)
    actions.give(by=by, case=found, to=world.person("amir"))
    _guest(world, found, expired=kind == "expired")
    held = following.folder(found)
    actions.open_page(by=by, pupil=held, person=world.person("hanne"))
    wish = Wish(Kind.LETTER, queries.folder(found, held), to="Hanne Bergli", person=world.person("hanne"), text="Vi møtes.")
    drafts = [papers.draft(by=by, case=found, wish=wish) for _number in range(2)]
    papers.ready(by=by, draft=drafts[0])
    paper = papers.release(by=world.actor("amir"), draft=drafts[0])
    if kind == "shut":
        actions.close_page(by=by, pupil=held, person=world.person("hanne"), why="Bekymringen handler om henne.")
    if kind == "owner":
        actions.name_employee(by=by, case=following.again(found), person=world.person("ingrid"))
    return {"case": found, "folder": held, "draft": drafts[1], "paper": paper}[what]


def meeting(world: World, kind: str) -> Any:
    """A meeting that is called in a case of that kind."""
    found = case(world, kind)
    by = {"foreign": "per", "owner": "jonas"}.get(kind, "ingrid")
    return following.meeting(world, found, by=by)


def question(world: World, kind: str) -> Any:
    """A question to PPT without names. ``recused``: Marte turns out to be involved; ``elsewhere``: not from her school."""
    if kind == "elsewhere":
        following.adviser_at(world, "kvernfossen", "Kvernfossen PPT")
        found = following.opened(world, "Ola Li", by="arne", school="kvernfossen")
        return actions.consult(by=world.actor("arne"), case=found, text="Hva kan hjelpe en som er mye alene?")
    found, by = case(world, "ordinary"), world.actor("ingrid")
    asked = actions.consult(by=by, case=found, text="Hva kan hjelpe en som er mye alene?")
    if kind == "recused":
        actions.recuse(by=by, case=following.again(found), person=world.person("marte"))
    return asked


def suggestion(world: World, kind: str) -> Any:
    """A suggested measure: the school's, the municipality's, or the neighbour's."""
    who, school = {"owner": ("jonas", ""), "foreign": ("per", "ytterdal")}.get(kind, ("ingrid", "elvesletta"))
    place = world.school(school) if school else None
    return actions.suggest(by=world.actor(who), school=place, theme="now", text="[Hvem] møter [eleven] ved døra.")


def _document_id(what: str) -> Thing:
    def find(world: World, kind: str) -> UUID:
        found: UUID = _document(world, kind, what).pk
        return found

    return find


def _id(what: str) -> Thing:
    def find(world: World, kind: str) -> UUID:
        found: UUID = _part(world, kind, what).pk
        return found

    return find


THINGS: dict[str, Thing] = {
    "case": lambda world, kind: case(world, kind).pk,
    **{what: _id(what) for what in ("folder", "entry", "given")},
    "dcase": _document_id("case"),
    "dfolder": _document_id("folder"),
    "draft": _document_id("draft"),
    "paper": _document_id("paper"),
    "family": lambda world, kind: family(world, kind).pk,
    "words": lambda world, kind: words(world, kind).pk,
    "meeting": lambda world, kind: meeting(world, kind).pk,
    "question": lambda world, kind: question(world, kind).pk,
    "suggestion": lambda world, kind: suggestion(world, kind).pk,
    "mplan": _id("plan"),
    "cmeasure": _id("measure"),
}
