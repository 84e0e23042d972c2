"""Who may act for a pupil, and how somebody may be reached. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Way(StrEnum):
    """What a guardian has a right to."""

    FULL = "full"  # sees and takes part: parental responsibility (barnelova § 30), an appointed guardian
    ON_REQUEST = "on_request"  # may ask for information (barnelova § 47): no login, but a manual path
    NOTHING = "nothing"


@dataclass(frozen=True)
class Relation:
    """A guardianship as it decides."""

    kind: str
    parental_responsibility: bool
    contact_ban: bool
    valid_from: date
    valid_to: date | None = None


def holds(first: date, last: date | None, day: date) -> bool:
    """A day within both ends; without a last one it goes on."""
    return first <= day and (last is None or day <= last)


def way_of(relation: Relation, day: date) -> Way:
    """What the guardian has a right to on a day. Fails closed: a contact ban or an ended relation gives nothing.

    A foster parent takes part in daily life, and the child welfare service decides in its own matters (opplæringslova § 24-4);
    what each sees of a case is recorded with the case, so that neither gets more here than a parent without responsibility.
    """
    if relation.contact_ban or not holds(relation.valid_from, relation.valid_to, day):
        return Way.NOTHING
    if relation.kind == "guardian" or (relation.kind == "parent" and relation.parental_responsibility):
        return Way.FULL
    return Way.ON_REQUEST


def may_be_written_to(protection: str) -> bool:
    """Letters go out digitally unless somebody at the address is strictly protected (folkeregisterloven § 10-4)."""
    return protection != "strict"
