"""Who shall read a report, in which order, and since when the school has known. Pure; the law's sections are named.

Routing never reads free text: one plain question decides ("does it concern somebody in the leadership?").
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from samskap.law import api as law

OSLO = ZoneInfo("Europe/Oslo")


class SenderKind(StrEnum):
    """Who tells."""

    PUPIL = "pupil"
    GUARDIAN = "guardian"
    EMPLOYEE = "employee"
    OTHER = "other"


class Kind(StrEnum):
    """What an employee writes down: a report (melde fra), that one stepped in (gripe inn), or what one saw (følge med)."""

    REPORT = "report"
    STEPPED_IN = "stepped_in"
    OBSERVATION = "observation"


class Channel(StrEnum):
    """How it came: by the school's public page, from one who is signed in, or said aloud and taken down by staff."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    ALOUD = "aloud"


class Concerns(StrEnum):
    """Whom it concerns, as far as it decides who shall read it."""

    PUPILS = "pupils"
    EMPLOYEE = "employee"
    LEADERSHIP = "leadership"


class Urgency(StrEnum):
    """How soon somebody must act. The law's words are "straks" and "snarest"; these order the list, no more."""

    NOW = "now"
    TODAY = "today"
    WEEK = "week"


class Receiver(StrEnum):
    """Whose list it stands in."""

    SCHOOL = "school"
    OWNER = "owner"


class State(StrEnum):
    """Where it is on its way."""

    NEW = "new"
    TAKEN = "taken"
    CLOSED = "closed"


class Outcome(StrEnum):
    """Why it no longer stands in the list. CASE: it is followed up in a case. SAFE: the pupil was asked, and is safe."""

    CASE = "case"
    SAFE = "safe"
    DUPLICATE = "duplicate"
    OTHER_SCHOOL = "other_school"
    PHYSICAL = "physical"


def receiver_of(concerns: Concerns, *, school_has_reader: bool) -> Receiver:
    """Whose list a report goes to.

    Leadership named: the owner, past the school (opplæringslova § 12-5 second paragraph). Otherwise the school's leader
    (§§ 12-4 second paragraph, 12-5 first paragraph); the owner when the school has nobody who could read it.
    """
    if concerns == Concerns.LEADERSHIP or not school_has_reader:
        return Receiver.OWNER
    return Receiver.SCHOOL


def owner_must_know(concerns: Concerns) -> bool:
    """True where the leader forwards at once, or says in writing why it is openly groundless (§ 12-5 first paragraph)."""
    return concerns == Concerns.EMPLOYEE


def urgency_of(wanted: Urgency, *, danger: bool) -> Urgency:
    """Danger now is now, whatever else was ticked."""
    return Urgency.NOW if danger else wanted


_ORDER = {Urgency.NOW: 0, Urgency.TODAY: 1, Urgency.WEEK: 2}


def rank(urgency: Urgency) -> int:
    """Place in the list: the smaller, the sooner."""
    return _ORDER[urgency]


def known_at(received_at: datetime, said_on: date | None) -> datetime:
    """Since when the school has known: from when it came, or from the start of the earlier day on which it was said aloud.

    Raises ValueError for a day that has not come yet.
    """
    today = received_at.astimezone(OSLO).date()
    if said_on is None or said_on == today:
        return received_at
    if said_on > today:
        raise ValueError("said on a day that has not come yet")
    return datetime.combine(said_on, time(), OSLO)


# Farther back it is a slip of the finger: the day begins the week of § 12-6.
LONGEST_AGO = timedelta(days=366)


def may_be_said_on(day: date, today: date) -> bool:
    """Could it have been said on this day, and be taken down today? Within the last year."""
    return today - LONGEST_AGO <= day <= today


def unopened_limit(urgency: Urgency, day: date) -> timedelta:
    """How long a report may lie unopened before the owner hears of it: a routine of the municipality, never the law's."""
    return timedelta(hours=law.routine_hours(f"unopened_{urgency.value}", day))


@dataclass(frozen=True)
class Lead:
    """Somebody leads the report's school today and can sign in: by appointment, or in the place of another."""

    person: UUID
    stands_in_for: UUID | None = None


def is_partial(lead: Lead, recused: Collection[UUID]) -> bool:
    """Is it about this leader, or about the one in whose place they lead? Whoever a partial leader has put in their place must
    not read it either (forvaltningsloven § 6)."""
    return lead.person in recused or lead.stands_in_for in recused


@dataclass(frozen=True)
class Facts:
    """What decides who may read a report. ``leads``: all who lead its school today."""

    school: UUID
    receiver: Receiver
    forwarded: bool = False
    called_groundless: bool = False
    holder: UUID | None = None
    recused: Collection[UUID] = ()
    leads: Collection[Lead] = ()


@dataclass(frozen=True)
class Reader:
    """One who would read: where they work, whether they handle cases for the owner."""

    person: UUID
    works_at: Collection[UUID] = ()
    handles: bool = False


def may_read(reader: Reader, report: Facts) -> bool:
    """The rule of ``policy.read`` in plain words, kept beside it so that each is tested against the other.

    - nobody whom it is about (recused), whatever else they are;
    - the owner's handlers: what came to the owner, what was forwarded, what a leader called groundless, and what lies at a school
      where nobody could read it: nobody leads it today, or it is about all who do;
    - at the school, while it is the school's: those who lead it, and the colleague it was given to who still works there.
    """
    if reader.person in report.recused:
        return False
    can_read = {lead.person for lead in report.leads if not is_partial(lead, report.recused)}
    owners = report.receiver == Receiver.OWNER or report.forwarded or report.called_groundless or not can_read
    if reader.handles and owners:
        return True
    if report.receiver != Receiver.SCHOOL:
        return False
    return reader.person in can_read or (report.holder == reader.person and report.school in reader.works_at)


def may_close_as(outcome: Outcome, *, opened: bool, taken: bool, owes_owner: bool, same_settled: bool = False) -> bool:
    """Nothing leaves the list unseen, and nothing that the owner has a right to know leaves it quietly.

    ``same_settled``: the earlier report about the same matter has gone to the owner, or was called groundless in writing. A case
    takes the duty to tell the owner along.
    """
    carried_on = outcome == Outcome.CASE or (outcome == Outcome.DUPLICATE and same_settled)
    return opened and taken and (not owes_owner or carried_on)
