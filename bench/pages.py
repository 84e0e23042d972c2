"""Pages at the size of a large municipality: the number of queries must not grow with the data, and answers stay quick.

Everything is made through the actions and the importer. In one school's lists 150 messages wait and 150 cases are followed up,
beside 15. ``--full``: 10 000 of each beside 100, in a municipality of 140 schools, ten years of results and 5 000 employees.
"""

import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from django.test import Client

    from samskap.people.models import School

LIMIT_MS = 50.0
FIRST_YEAR = 2016


@dataclass(frozen=True)
class Size:
    """How much there is."""

    schools: int
    years: int
    staff: int
    messages: int
    cases: int


SMALL = Size(4, 3, 40, 15, 15)
LARGE = Size(40, 3, 400, 150, 150)
FULL_SMALL = Size(6, 3, 60, 100, 100)
FULL = Size(140, 10, 5_000, 10_000, 10_000)
PUPILS = 300


def run(full: bool) -> dict[str, Any]:
    """Queries and milliseconds for each page, small and large."""
    small, large = (FULL_SMALL, FULL) if full else (SMALL, LARGE)
    small_pages = _in_a_home(small, 5)
    large_pages = _in_a_home(large, 60 if full else 5)
    found: dict[str, Any] = {"small": vars(small), "large": vars(large)}
    for name, (queries, p50, p95) in large_pages.items():
        before, before_p50, _ = small_pages[name]
        found[name] = {
            "queries": queries, "queries when small": before, "p50 ms": p50, "p95 ms": p95,
            "time ratio large/small": round(p50 / before_p50, 2),
        }  # fmt: skip
    found["queries constant"] = all(small_pages[name][0] == page[0] for name, page in large_pages.items())
    found[f"p95 under {LIMIT_MS:.0f} ms"] = all(page[2] < LIMIT_MS for page in large_pages.values())
    return found


Measured = dict[str, tuple[int, float, float]]


def _in_a_home(size: Size, times: int) -> Measured:
    """Build and measure in a process of its own, since settings are read once."""
    import multiprocessing

    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_build_and_measure, (size, times))


def _build_and_measure(size: Size, times: int) -> Measured:
    with tempfile.TemporaryDirectory(prefix="samskap-bench-") as home:
        _start(home)
        began = perf_counter()
        school = build(size, Path(home))
        print(f"{size}: built in {perf_counter() - began:.0f} s", flush=True)
        # What was needed to build is not what a served page has to look through for garbage.
        gc.collect()
        gc.freeze()
        with _plain_static_files():
            found = {page.name: _measure(page, times) for page in _pages(school)}
        return found | {DOCUMENT: _document(times)}


def _start(home: str) -> None:
    os.environ.update(SAMSKAP_HOME=home, DJANGO_SETTINGS_MODULE="samskap.site.settings")
    import django

    django.setup()
    from samskap.site.commands import make_home

    make_home()


@contextmanager
def _plain_static_files() -> Iterator[None]:
    """Static files by their own names; hashed names belong to a site that has collected them."""
    from django.test import override_settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={"staticfiles": plain, "default": plain}, ALLOWED_HOSTS=["*"]):
        yield


def build(size: Size, home: Path) -> "School":
    """The owner with schools, results, people and plans; one of its schools."""
    from django.db import transaction

    from samskap.kernel import scope
    from samskap.kernel.policy import SYSTEM
    from samskap.people import actions
    from samskap.site.demo import figures, loader, owners, survey

    world = survey.World(figures.bulk(size.schools))
    years = range(FIRST_YEAR, FIRST_YEAR + size.years)
    for found in survey.surveys(1, world, years):
        loader.import_files(SYSTEM, loader.write_year(home / "files", found))
    tenant = actions.open_owner(by=SYSTEM, name="Prøvestad kommune", unit=loader.municipality("9009"), is_demo=True)
    by = owners.builder(tenant.pk)
    with scope.tenant_scope(tenant.pk), transaction.atomic():
        schools = [
            actions.add_school(by=by, name=place.name, unit=actions.unit_for(place.number, place.name)) for place in world.schools
        ]
        _staff(by, schools, size.staff)
        _plans(schools)
        _messages(tenant.pk, schools[0], size.messages)
        _cases(by, schools[0], size.cases)
    return schools[0]


def _staff(by: Any, schools: "list[School]", count: int) -> None:
    """One leader with an account at each school, an adviser and an administrator; the rest are employees."""
    from samskap.kernel import clock
    from samskap.people import actions
    from samskap.site.demo.staff import employees

    since = clock.today() - timedelta(days=365)
    for number, school in enumerate(schools):
        _holder(by, f"leader{number}", "leader", school)
    for role in ("adviser", "admin", "handler"):
        _holder(by, role, role, None)
    names = employees(1, min(count, 1_200))
    for number in range(count):
        name, title = names[number % len(names)]
        person = actions.add_person(by=by, name=f"{name} {number}", title=title)
        actions.assign(by=by, person=person, role="employee", school=schools[number % len(schools)], valid_from=since)


def _holder(by: Any, username: str, role: str, school: "School | None") -> None:
    from samskap.people import actions

    person = actions.add_person(by=by, name=f"Prøve {username}")
    actions.give_account(by=by, person=person, username=username)
    actions.assign(by=by, person=person, role=role, school=school)


def _plans(schools: "list[School]") -> None:
    """At every school a plan with two goals, each with two measures that have statuses; shared with the owner."""
    from samskap.improve import actions
    from samskap.kernel import clock
    from samskap.people.actions import actor_for_person
    from samskap.people.models import Person
    from samskap.site.demo.rounds import school_year

    first = school_year(clock.today())
    for number, school in enumerate(schools):
        person = Person.objects.get(account__username=f"leader{number}")
        by = actor_for_person(person)
        plan = actions.start_plan(by=by, school=school, first_year=first)
        actions.add_note(by=by, plan=plan, kind="strength", text="Elevene hjelper hverandre.")
        plan = actions.set_direction(by=by, plan=plan, version=plan.version, direction="Alle har noen å være sammen med.")
        for place in range(2):
            _goal(by, plan, person, place)
        actions.share_plan(by=by, plan=plan, shared=True)


def _goal(by: Any, plan: Any, person: Any, place: int) -> None:
    from samskap.improve import actions
    from samskap.kernel import clock

    today = clock.today()
    ends = today + timedelta(days=120)
    goal = actions.add_goal(by=by, plan=plan, title=f"Mål {place + 1}", by_when=ends, sign="Vi ser det i friminuttene.")
    for group in ("pupils", "staff"):
        actions.add_involvement(by=by, goal=goal, group=group, how="Klassemøter", held_on=today)
    for number in range(2):
        measure = actions.add_measure(
            by=by, goal=goal, what=f"Tiltak {number + 1}", responsible=person, for_whom="alle elever", expected="Færre er alene.",
            starts=today, ends=ends,
        )  # fmt: skip
        actions.give_status(by=by, measure=measure, going="on_way", as_planned="yes")


def _messages(tenant_id: Any, school: "School", count: int) -> None:
    """So many messages that pupils have sent, all waiting in the school's list; half of them about an employee."""
    from samskap.voice import actions, queries, rules

    door, concerns, urgency = queries.door(tenant_id), list(rules.Concerns)[:2], list(rules.Urgency)
    for number in range(count):
        told = actions.Told(
            school=school, sender_kind=rules.SenderKind.PUPIL, concerns=concerns[number % 2], urgency=urgency[number % 3],
            text={"what": f"De andre går når jeg kommer, for {number}. gang."},
        )  # fmt: skip
        actions.receive(by=door, told=told, key=uuid4())


def _cases(admin: Any, school: "School", count: int) -> None:
    """So many cases of the school, each about a pupil who was heard, with a measure; the first with a family's page."""
    from samskap.cases import actions, rules
    from samskap.kernel import clock
    from samskap.people import actions as people
    from samskap.people import actions_school as school_life
    from samskap.people.actions import actor_for_person
    from samskap.people.models import Person, SchoolYear

    leader, today = Person.objects.get(account__username="leader0"), clock.today()
    people.note_training(by=admin, person=leader, on=today)
    row = school_life.add_class(by=admin, school=school, year=SchoolYear.objects.order_by("-start")[0], name="7A")
    pupils = [school_life.add_pupil(by=admin, school_class=row, name=f"Elev Prøve{number:03}") for number in range(PUPILS)]
    home = school_life.add_guardian(by=admin, pupil=pupils[0], name="Mor Prøve", kind="parent", parental_responsibility=True)
    people.give_account(by=admin, person=home.guardian, username="mor")
    by = actor_for_person(Person.objects.get(pk=leader.pk))
    for number in range(count):
        pupil = pupils[number % PUPILS]
        opening = actions.Opening(school, "Er alene i friminuttene.", [(pupil, rules.Part.SUBJECT)])
        case = actions.open_case(by=by, opening=opening)
        held = case.pupils.select_related("case__school", "plan").get()
        actions.hear(by=by, pupil=held, how="Lederen", words="De går når jeg kommer.", on=today)
        if number % 10 == 0:
            words = actions.NewMeasure("En voksen er ute i storefri.", leader, today, today)
            actions.add_measure(by=by, case=case, measure=words, plan=held.plan)
        if number == 0:
            actions.open_page(by=by, pupil=held, person=home.guardian)


@dataclass(frozen=True)
class Page:
    """An address, who opens it, and what it is called."""

    name: str
    who: str
    address: str


def _pages(school: "School") -> list[Page]:
    """Every kind of page that grows with the owner."""
    from django.urls import reverse

    from samskap.cases.models import Case, CasePupil
    from samskap.improve.models import Plan
    from samskap.kernel import scope

    with scope.outside_scope(reason="a measurement looks for an address"):
        plan = Plan.objects.get(school=school).pk
        case = Case.objects.get(number=1)
        held = CasePupil.objects.get(case=case)
    own, leader, adviser = [school.pk], "leader0", "adviser"
    return [
        Page("home, leader", leader, reverse("site:home")),
        Page("new messages", leader, reverse("voice:inbox")),
        Page("new messages, last page", leader, reverse("voice:inbox") + "?side=999999"),
        Page("cases", leader, reverse("cases:list")),
        Page("cases, last page", leader, reverse("cases:list") + "?side=999999"),
        Page("cases, searched", leader, reverse("cases:list") + "?sok=Prøve007"),
        Page("cases of all schools, counted", "handler", reverse("cases:overview")),
        Page("case", leader, reverse("cases:case", args=[case.pk])),
        Page("case, documents", leader, reverse("cases:papers", args=[case.pk])),
        Page("family's page", "mor", reverse("cases:family", args=[held.pk])),
        Page("home, a mother", "mor", reverse("site:home")),
        Page("home, adviser", adviser, reverse("site:home")),
        Page("where are we", leader, reverse("results:school", args=own)),
        Page("indicator", leader, reverse("results:indicator", args=[*own, "pupil_survey/trivsel/score/7"])),
        Page("bullying", leader, reverse("results:indicator", args=[*own, "pupil_survey/bullying/share/10"])),
        Page("schools", adviser, reverse("results:schools")),
        Page("indicator across schools", adviser, reverse("results:across")),
        Page("own plans", leader, reverse("improve:own")),
        Page("plan", leader, reverse("improve:plan", args=[plan])),
        Page("plan on paper", leader, reverse("improve:paper", args=[plan])),
        Page("plans of all schools", adviser, reverse("improve:all_schools")),
        Page("imports", adviser, reverse("results:imports")),
        Page("people", "admin", reverse("people:manage")),
        Page("people, searched", "admin", reverse("people:manage") + "?sok=anders"),
    ]


def _client(username: str) -> "Client":
    from django.test import Client

    from samskap.kernel import clock, strength
    from samskap.kernel.models import Account

    client = Client(headers={"accept-language": "nb"})
    client.force_login(Account.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[strength.KEY] = clock.now().isoformat()
    session.save()
    return client


def _measure(page: Page, times: int) -> tuple[int, float, float]:
    """(queries, p50 ms, p95 ms) of a page that has been opened before."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = _client(page.who)
    _open(client, page)
    with CaptureQueriesContext(connection) as queries:
        _open(client, page)
    count = len(queries)
    took = sorted(_timed(lambda: _open(client, page)) for _ in range(times))
    return count, round(took[times // 2], 1), round(took[min(times - 1, int(times * 0.95))], 1)


DOCUMENT = "document of a case"


def _document(times: int) -> tuple[int, float, float]:
    """(queries, p50 ms, p95 ms) of making a case's documents for the County Governor: read, laid out, as PDF/A and PDF/UA."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from samskap.cases import papers, queries
    from samskap.cases.models import Case
    from samskap.cases.rules_papers import Kind
    from samskap.kernel import clock, scope
    from samskap.kernel.documents import render

    with scope.outside_scope(reason="a measurement looks for a case"):
        case = Case.objects.select_related("school", "responsible").get(number=1)

    def make() -> None:
        parts = papers.plain(papers.sections(queries.opened(case), papers.Wish(Kind.GOVERNOR)))
        now = clock.now()
        render(papers.document(case, Kind.GOVERNOR, parts, language="nb", number=1, to="", at=now), at=now)

    with scope.tenant_scope(case.tenant_id):
        make()
        with CaptureQueriesContext(connection) as asked:
            make()
        took = sorted(_timed(make) for _ in range(times))
    return len(asked), round(took[times // 2], 1), round(took[min(times - 1, int(times * 0.95))], 1)


def _open(client: "Client", page: Page) -> None:
    answer = client.get(page.address)
    if answer.status_code != 200:
        raise RuntimeError(f"{page.name}: {page.address} answered {answer.status_code}")


def _timed(does: Callable[[], None]) -> float:
    began = perf_counter()
    does()
    return (perf_counter() - began) * 1_000
