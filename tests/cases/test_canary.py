"""Unique words planted in every field of a case, of the family's pages and of documents are found nowhere in plain afterwards.

Nor in an email, a log or a session; released files lie encrypted. Those who may read find them.
"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samskap.cases.models import Case, CasePupil, Consultation, Entry, Measure, Meeting, Paper, PaperDraft, Plan
from samskap.kernel import audit, clock, outbox, scope
from tests.cases import following
from tests.support.planted import everything, found, logged
from tests.support.world import World

NAMES = (
    *("about", "step_in", "who", "finding", "note", "other_duty", "delay", "hearing", "how", "along", "interpreter", "answer"),
    *("no_answer", "weigh", "problem", "measure", "neutral", "moved", "removed", "evaluation", "correction", "passed_on"),
    *(
        "own_words",
        "own_correction",
        "answer_home",
        "decided",
        "closed",
        "letter",
        "receiver",
        "redacted",
        "change",
        "change_why",
    ),
    *("ended", "talk", "again", "surname"),
    *(
        "meeting",
        "where",
        "invited",
        "minutes",
        "took_part",
        "agreed",
        "cancelled",
        "question",
        "advice",
        "fight",
        "held",
        "view",
    ),
    *("record", "left", "given_back"),
)
PLANTED = {name: f"zqx{name.replace('_', '')}kanari{number:02}v" for number, name in enumerate(NAMES)}
# A reason must be a sentence.
REASON = {name: f"{word} er grunnen til det." for name, word in PLANTED.items()}


CONTINUE = {f"{what}_{number}": value for what, value in (("verdict", "continue"), ("effect", "")) for number in range(3)}


class Worker:
    """Somebody at the pages of a case."""

    def __init__(self, client: Client, case: Case) -> None:
        self.client, self.case = client, case

    def send(self, name: str, args: list[object], **fields: object) -> Any:
        """Send a form; it must be taken."""
        sent = {"once": str(uuid4()), **{key: value for key, value in fields.items() if value is not None}}
        answer = self.client.post(reverse(f"cases:{name}", args=args), sent)
        assert answer.status_code == 302, (name, args, getattr(answer.context and answer.context.get("form"), "errors", None))
        return answer

    def step(self, name: str, **fields: object) -> None:
        """A step of the case."""
        self.send("case_step", [self.case.pk, name], **fields)


ORDER: dict[type[Any], str] = {Entry: "at", Measure: "added_at", Plan: "number", PaperDraft: "made_at", Paper: "number"}


def newest(model: type[Any], row: Case, **where: object) -> Any:
    """The case's newest row of a kind."""
    with scope.tenant_scope(row.tenant_id):
        return model.objects.filter(case=row, **where).order_by(ORDER[model]).last()


def a_case(world: World) -> Case:
    """Opened from a form about a pupil whose surname is a planted word."""
    pupil = following.pupil(world, f"Nora {PLANTED['surname'].title()}")
    other = following.pupil(world, "Adam Lindås")
    client = world.client("ingrid")
    url = reverse("cases:new", args=[world.school("elvesletta").pk])
    form = {"once": str(uuid4()), "about": PLANTED["about"], "pupils": [str(pupil.pk)]}
    assert client.post(url, form).status_code == 302
    with scope.tenant_scope(world.tenant_id):
        case = Case.objects.get()
    Worker(client, case).step("elev", pupil=other.pk, part="involved")
    return following.again(case)


def everyday_work(work: Worker, world: World) -> None:
    """Talks, findings, measures, a plan, an evaluation."""
    case, word, today = work.case, PLANTED, clock.today().isoformat()
    held, other = following.folders(case)
    work.step("skriv", kind="step_in", text=word["step_in"], on=today, who=word["who"])
    for kind in ("finding", "note", "other_duty", "delay"):
        work.step("skriv", kind=kind, text=word[kind], on=today, pupil=held.pk if kind == "other_duty" else "")
    work.send(
        "pupil_step", [held.pk, "samtale"], words=word["hearing"], how=word["how"], along=word["along"],
        interpreter=word["interpreter"], on=today,
    )  # fmt: skip
    work.send("pupil_step", [held.pk, "ikke-svar"], why=REASON["no_answer"])
    work.send("pupil_step", [held.pk, "svar"], voice="pupil", safe="partly", words=word["answer"], on=today)
    work.send("pupil_step", [held.pk, "beste"], text=REASON["weigh"])
    plan = newest(Plan, case)
    fields = {"responsible": world.person("amir").pk, "starts_on": today, "plan": plan.pk}
    work.step("tiltak", text=word["measure"], pupil=other.pk, touched=held.pk, neutral=word["neutral"], **fields)
    measure = newest(Measure, case)
    work.step("tiltak", text="Skal bort igjen.", **fields)
    work.send("measure_step", [newest(Measure, case).pk, "fjern"], why=REASON["removed"])
    work.send("measure_step", [measure.pk, "gjort"], on=today, text=word["moved"], effect="better")
    plan = newest(Plan, case)
    ahead = (clock.today() + timedelta(days=20)).isoformat()
    work.send("plan_step", [plan.pk, "skriv"], version=plan.version, problem=word["problem"], evaluate_on=ahead)
    work.step("tiltak", text="En voksen er ute.", **fields)
    work.send("plan_step", [plan.pk, "gjeld"])
    work.send("plan_step", [plan.pk, "evaluer"], text=word["evaluation"], on=today, **CONTINUE)
    entry = newest(Entry, case, kind="finding")
    work.send("entry_step", [entry.pk, "rett"], text=word["correction"])
    work.step("kommunen", why=REASON["passed_on"])


def the_family_writes(work: Worker, world: World) -> None:
    """The pupil and the mother have pages; the leader decides against a wish, and closes one."""
    case, word = work.case, PLANTED
    held = following.folder(case)
    with scope.tenant_scope(case.tenant_id):
        person = CasePupil.objects.get(pk=held.pk)
    for key in ("nora", "mor"):
        work.send("at_home_open", [person.pk, world.person(key).pk])
    nora, mother = Worker(world.client("nora"), case), Worker(world.client("mor"), case)
    nora.send("family_say", [held.pk], safe="partly", words=word["own_words"])
    entry = newest(Entry, case, kind="answer", author=world.person("nora"))
    nora.send("family_correct", [entry.pk], text=word["own_correction"])
    mother.send("family_say", [held.pk], safe="no", words=word["answer_home"])
    work.send("entry_step", [entry.pk, "hjem"], why=REASON["decided"])
    for client, here in (
        (nora.client, ("own_words", "own_correction", "decided")),
        (mother.client, ("own_words", "answer_home")),
    ):
        page = client.get(reverse("cases:family", args=[held.pk])).content.decode()
        assert {name for name in here if word[name] in page} == set(here)
    work.send("at_home_close", [person.pk, world.person("mor").pk], why=REASON["closed"])


def documents(work: Worker, world: World) -> None:
    """A letter and what follows to a new school, redacted and released; the file is there for those who may read."""
    case, word = work.case, PLANTED
    held = following.folder(case)
    amir = Worker(world.client("amir"), case)
    work.step("kollega", to=world.person("amir").pk)
    work.send("paper_pupil", [held.pk, "brev"], home="", to=word["receiver"], text=f"{word['letter']} og {word['redacted']}.")
    draft = newest(PaperDraft, case)
    work.send("paper_draft", [draft.pk], more=word["redacted"])
    work.send("paper_step", [draft.pk, "klar"])
    amir.send("paper_step", [draft.pk, "frigi"])
    fields = {"to": word["receiver"], "text": word["change"], "track": "duty", "why": REASON["change_why"]}
    work.send("paper_pupil", [following.folders(case)[1].pk, "ny-skole"], **fields)
    paper = newest(Paper, case)
    assert amir.client.get(reverse("cases:paper", args=[paper.pk])).content.startswith(b"%PDF")


def around_it(work: Worker, world: World) -> None:
    """Meetings, a question to PPT, an intervention, one who has nothing to do with it."""
    case, word, today = work.case, PLANTED, clock.today().isoformat()
    held, other = following.folders(case)
    ahead = (clock.today() + timedelta(days=2)).isoformat()
    for _number in range(2):
        work.step(
            "mote", about=word["meeting"], on=ahead, at="14:00", where=word["where"], invited=word["invited"], pupil=held.pk
        )
    with scope.tenant_scope(case.tenant_id):
        first, second = Meeting.objects.filter(case=case).order_by("called_at")
    minutes = {"text": word["minutes"], "who": word["took_part"], "agreed": word["agreed"]}
    work.send("meeting_step", [first.pk, "referat"], on=today, **minutes)
    work.send("meeting_step", [second.pk, "avlys"], why=REASON["cancelled"])
    work.step("drofting", text=word["question"])
    marte = Worker(world.client("marte"), case)
    with scope.tenant_scope(case.tenant_id):
        asked = Consultation.objects.get(case=case)
    marte.send("question", [asked.pk], text=word["advice"])
    told = {"text": word["fight"], "how": word["held"], "view": word["view"], "record": word["record"]}
    work.send("pupil_step", [held.pk, "inngrep"], on=today, **told)
    work.send("pupil_step", [other.pk, "ut"], why=REASON["left"])


def at_the_municipality(work: Worker, world: World) -> None:
    """It turns out to be about the leadership, and then not."""
    work.step("ledelsen")
    Worker(world.client("jonas"), work.case).step("tilbake", why=REASON["given_back"])


def the_end(work: Worker) -> None:
    """It ends, is talked about, and begins again."""
    case, held, today = work.case, following.folder(work.case), clock.today().isoformat()
    work.send("pupil_step", [held.pk, "svar"], voice="pupil", safe="yes", words="Ja", on=today)
    plan = newest(Plan, case)
    work.send("plan_step", [plan.pk, "evaluer"], text="Bra", on=today, **CONTINUE)
    work.step("skriv", kind="finding", text=PLANTED["finding"], on=today)
    talk_on = (clock.today() + timedelta(weeks=3)).isoformat()
    work.step("avslutt", why=REASON["ended"], talk_on=talk_on, verdict_0="continue")
    work.step("oppfolging", text=PLANTED["talk"], on=today, safe_0="yes")
    work.step("ta-opp-igjen", why=REASON["again"])


@pytest.mark.slow
def test_what_is_written_in_a_case_is_found_nowhere_in_plain(world: World, family: None) -> None:
    with logged() as log:
        case = a_case(world)
        work = Worker(world.client("ingrid"), case)
        everyday_work(work, world)
        the_family_writes(work, world)
        documents(work, world)
        around_it(work, world)
        at_the_municipality(work, world)
        the_end(work)
        work.client.get(reverse("cases:list"), {"sok": PLANTED["surname"]})
        work.client.get("/")
        outbox.send_due()
        audit.seal_new()
        where = everything(log)
    # The pupil's name stands in the register of people, and nowhere else.
    assert found({k: v for k, v in PLANTED.items() if k != "surname"}, where) == set()
    assert where.count(PLANTED["surname"].title().encode()) <= counted(PLANTED["surname"].title())
    text = work.client.get(reverse("cases:case", args=[case.pk])).content.decode()
    seen = {name for name, word in PLANTED.items() if word in text}
    assert {"about", "finding", "other_duty", "hearing", "along", "own_words", "evaluation", "talk", "again", "closed"} <= seen
    assert {
        "meeting",
        "where",
        "invited",
        "minutes",
        "agreed",
        "cancelled",
        "question",
        "advice",
        "view",
        "left",
        "given_back",
    } <= seen


def counted(name: str) -> int:
    """How often a name stands in the tables of people, and in the bytes of their file."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM people_person WHERE name LIKE %s", [f"%{name}%"])
        rows: int = cursor.fetchone()[0]
    return rows * (2 if connection.vendor == "sqlite" else 1)


@pytest.fixture
def family(world: World) -> None:
    """Nora and her mother can sign in."""
    from samskap.people import actions as people
    from samskap.people import actions_school as school_life
    from samskap.site.demo import owners

    by = owners.builder(world.tenant_id)
    pupil = following.pupil(world, f"Nora {PLANTED['surname'].title()}")
    tie = school_life.add_guardian(by=by, pupil=pupil, name="Mor Til Nora", kind="parent", parental_responsibility=True)
    with scope.tenant_scope(world.tenant_id):
        people.give_account(by=by, person=pupil.person, username="nora")
        people.give_account(by=by, person=tie.guardian, username="mor")


def test_the_search_would_find_it() -> None:
    assert found({"about": PLANTED["about"]}, PLANTED["about"].encode()) == {"about"}
