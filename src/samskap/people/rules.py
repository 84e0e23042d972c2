"""Who may act for a pupil, and how somebody may be reached. Pure."""

from collections.abc import Iterable
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
    Others whom the school should know of (a grandmother who fetches) have no right of their own.
    """
    if relation.contact_ban or not holds(relation.valid_from, relation.valid_to, day):
        return Way.NOTHING
    if relation.kind == "other":
        return Way.NOTHING
    if relation.kind == "guardian" or (relation.kind == "parent" and relation.parental_responsibility):
        return Way.FULL
    return Way.ON_REQUEST


def strongest(relations: Iterable[Relation], day: date) -> Way:
    """What one person, with all that they are to a pupil, has a right to. A contact ban in force outweighs everything else."""
    held = [relation for relation in relations if holds(relation.valid_from, relation.valid_to, day)]
    if any(relation.contact_ban for relation in held):
        return Way.NOTHING
    found = {way_of(relation, day) for relation in held}
    return next((way for way in Way if way in found), Way.NOTHING)


def may_be_written_to(way: Way, *protections: str) -> bool:
    """May a guardian get digital letters about the pupil? ``protections``: of the guardian and of the pupil.

    Only one who takes part in full; and never where the address of either is strictly protected (folkeregisterloven § 10-4).
    What is not known is taken as strict.
    """
    return way == Way.FULL and all(protection in ("none", "confidential") for protection in protections)
