"""What somebody has told in the demonstration: reports at every stage, with texts that a rektor would believe. Nobody exists."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from samskap.kernel import clock
from samskap.kernel.policy import Actor
from samskap.people import actions_school as school_life
from samskap.people.actions import actor_for_person
from samskap.people.models import Person, School, SchoolYear
from samskap.site.demo import cast
from samskap.voice import actions, queries, rules
from samskap.voice.actions import Told
from samskap.voice.models import Report
from samskap.voice.rules import Concerns, SenderKind, Urgency


@dataclass(frozen=True)
class Voice:
    """One report: who tells what at which school, how long ago, and what has been done with it since.

    ``told_by``: the user name of one who told with name, signed in.
    """

    key: str
    school: str
    hours: int
    what: str
    kind: SenderKind = SenderKind.PUPIL
    concerns: Concerns = Concerns.PUPILS
    urgency: Urgency = Urgency.TODAY
    more: tuple[tuple[str, str], ...] = ()
    told_by: str = ""
    taken_by: str = ""
    answer: str = ""
    reply: str = ""


VOICES = (
    Voice(
        "garderoben", "elvesletta", 3,
        "De andre i klassen går når jeg kommer. De har en gruppe på snap der de skriver om meg, og noen tok bilde av meg i "
        "garderoben. Jeg vil ikke gå på skolen mer.",
        urgency=Urgency.NOW, more=(("about", "me"), ("since", "month"), ("where", "I garderoben etter gym")),
    ),
    Voice(
        "friminuttet", "elvesletta", 52, "Jeg er alltid alene i storefri. Når jeg spør om å være med, sier de at det er fullt.",
        more=(("about", "me"), ("since", "long"), ("adult", "Amir")), taken_by="ingrid",
        answer="Takk for at du sa ifra. Jeg vil gjerne snakke med deg. Kan vi møtes på biblioteket i morgen kl. 11?",
        reply="Ja, men ikke si det til de andre.",
    ),
    Voice(
        "engelsktimen", "elvesletta", 20,
        "Sønnen min gruer seg hver morgen. Han sier at læreren i engelsk gjør narr av uttalen hans foran de andre.",
        kind=SenderKind.GUARDIAN, concerns=Concerns.EMPLOYEE, told_by="hanne",
        more=(("about", "mine"), ("since", "week"), ("reach", "hanne@eksempel.invalid")),
    ),
    Voice(
        "bussen", "elvesletta", 96, "Noen i tiende tar plassene på bussen og dytter de minste ut i snøen.",
        urgency=Urgency.WEEK, more=(("about", "several"), ("where", "Skolebussen")),
    ),
    Voice(
        "kontoret", "elvesletta", 30, "Rektor lo da vi sa at guttene filmer oss. Hun sa at vi overdriver.",
        concerns=Concerns.LEADERSHIP, more=(("about", "several"),),
    ),
    Voice(
        "ballbingen", "tjernlia", 5, "De store på sjette bestemmer hvem som får være i ballbingen. Vi får aldri.",
        more=(("about", "several"), ("where", "Ballbingen")),
    ),
)  # fmt: skip
BREAKS = (
    ("Høstferie", (10, 5), (10, 9)), ("Juleferie", (12, 21), (1, 1)), ("Vinterferie", (2, 22), (2, 26)),
    ("Påskeferie", (3, 22), (3, 30)), ("Sommerferie", (6, 19), (8, 15)),
)  # fmt: skip


def play_all() -> None:
    """All of it, for the owner in scope."""
    for entry in cast.SCHOOLS:
        if entry.owner == cast.OWNER:
            school = School.objects.get(name=entry.name)
            actions.open_entrance(by=_leader_of(entry.key), school=school)
    for voice in VOICES:
        _play(voice)
    _an_employee_tells()
    _school_life()


def _actor(key: str) -> Actor:
    return actor_for_person(Person.objects.get(account__username=key))


def _leader_of(school: str) -> Actor:
    return _actor(next(person.key for person in cast.PEOPLE if ("leader", school) in person.roles))


def _play(voice: Voice) -> None:
    school = School.objects.get(name=cast.school(voice.school).name)
    told = Told(
        school=school, sender_kind=voice.kind, concerns=voice.concerns, urgency=voice.urgency,
        text={"what": voice.what, "language": "nb", **dict(voice.more)},
    )  # fmt: skip
    began = clock.now() - timedelta(hours=voice.hours)
    with clock.frozen(began):
        if voice.told_by:
            report = actions.tell_from_home(by=_actor(voice.told_by), told=told)
        else:
            report, _holder = actions.receive(by=queries.door(school.tenant_id), told=told, key=uuid5(NAMESPACE_URL, voice.key))
    if voice.taken_by:
        _answer(voice, report)


def _answer(voice: Voice, report: Report) -> None:
    by, began = _actor(voice.taken_by), report.received_at
    with clock.frozen(began + timedelta(minutes=50)):
        actions.opened(by=by, report=report)
        actions.take(by=by, report=report)
        actions.say(by=by, report=report, kind="answer", text=voice.answer)
    with clock.frozen(began + timedelta(hours=4)):
        key = uuid5(NAMESPACE_URL, f"{voice.key}-reply")
        actions.sender_writes(by=queries.door(report.tenant_id), report=report, key=key, kind="addition", text=voice.reply)


def _an_employee_tells() -> None:
    school = School.objects.get(name=cast.school("elvesletta").name)
    told = Told(
        school=school, sender_kind=SenderKind.EMPLOYEE, channel=rules.Channel.SIGNED_IN, concerns=Concerns.PUPILS,
        urgency=Urgency.TODAY,
        text={"who": "Noah, 9B", "what": "To gutter tok lua hans i storefri, igjen.", "done": "Jeg ga den tilbake."},
    )  # fmt: skip
    with clock.frozen(clock.now() - timedelta(hours=26)):
        actions.tell(by=_actor("silje"), told=told)


def _school_life() -> None:
    admin = _actor("nina")
    start = SchoolYear.objects.order_by("-start")[0]
    for name, first, last in BREAKS:
        begins = date(start.start + (first[0] < 8), *first)
        ends = date(begins.year + (last < first), *last)
        school_life.add_break(by=admin, name=name, first_day=begins, last_day=ends)
