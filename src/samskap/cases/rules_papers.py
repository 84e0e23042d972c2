"""Which documents a case has, what the archive must know of each, and what may leave the school. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from samskap.cases.rules import Part


class Kind(StrEnum):
    """What a document is."""

    PLAN = "plan"
    HEARINGS = "hearings"
    CHRONOLOGY = "chronology"
    GOVERNOR = "governor"
    FAMILY_PLAN = "family_plan"
    FAMILY_COPY = "family_copy"
    LETTER = "letter"
    CHANGE = "change"


# About one pupil; the others are about the whole case.
OF_PUPIL = frozenset({Kind.PLAN, Kind.HEARINGS, Kind.FAMILY_PLAN, Kind.FAMILY_COPY, Kind.LETTER, Kind.CHANGE})
# They leave the school for somebody who must not read about other pupils: redacted, with a preview and a second look.
REDACTED = frozenset({Kind.FAMILY_PLAN, Kind.FAMILY_COPY, Kind.LETTER, Kind.CHANGE})
TO_FAMILY = frozenset({Kind.FAMILY_PLAN, Kind.FAMILY_COPY, Kind.LETTER})
LED = frozenset({Kind.GOVERNOR, Kind.CHANGE})

# Noark 5: outgoing, and an internal document that nobody waits for.
OUT, INTERNAL = "U", "N"
ACCESS_CODE = "UO"
LEGAL_BASIS = "offentleglova § 13, jf. forvaltningsloven § 13 første ledd nr. 1"


@dataclass(frozen=True)
class Archive:
    """What the archive needs to know: direction, and whether it is journalled (arkivforskrifta §§ 14, 15)."""

    direction: str
    journalled: bool
    access_code: str = ACCESS_CODE
    legal_basis: str = LEGAL_BASIS


def archive_of(kind: Kind) -> Archive:
    """What leaves the school is journalled; so is the written plan, since it documents what was decided (§ 12-4)."""
    out = kind in REDACTED or kind == Kind.GOVERNOR
    return Archive(OUT if out else INTERNAL, out or kind == Kind.PLAN)


class Track(StrEnum):
    """By which right something follows a pupil to a new school (opplæringslova § 25-1 fourth paragraph)."""

    PERMISSION = "permission"  # what helps the pupil's own schooling: the family has said yes
    DUTY = "duty"  # what must be shared to prevent serious harm to pupils or staff


class Refusal(StrEnum):
    """Why nothing may be sent to the new school."""

    NEVER_WITHOUT_YES = "never_without_yes"
    NO_YES = "no_yes"
    NO_REASON = "no_reason"


def may_follow(part: Part, track: Track, *, said_yes: bool, reason: str) -> Refusal | None:
    """May something follow the pupil? None: yes.

    What is written about a pupil because that pupil was not safe never follows without a yes, whatever the reason. The duty to
    prevent harm concerns one who is otherwise involved, and is written down.
    """
    if track == Track.PERMISSION:
        return None if said_yes else Refusal.NO_YES
    if part == Part.SUBJECT:
        return Refusal.NEVER_WITHOUT_YES
    return None if reason.strip() else Refusal.NO_REASON


@dataclass(frozen=True)
class Look:
    """A draft, before it is released. ``others``: somebody else could look at it. ``left``: names of others still stand in it."""

    ready: bool
    by_author: bool
    others: bool
    left: bool
    seen_left: bool
    read_again: bool


class Stop(StrEnum):
    """What stands between a draft and its release."""

    NOT_READY = "not_ready"
    SECOND_LOOK = "second_look"
    READ_AGAIN = "read_again"
    NAMES_LEFT = "names_left"


def stops(look: Look) -> Stop | None:
    """Four eyes, where there are four; where nobody else has access, the author reads it once more, and says so."""
    if not look.ready:
        return Stop.NOT_READY
    if look.by_author and look.others:
        return Stop.SECOND_LOOK
    if look.by_author and not look.read_again:
        return Stop.READ_AGAIN
    return Stop.NAMES_LEFT if look.left and not look.seen_left else None
