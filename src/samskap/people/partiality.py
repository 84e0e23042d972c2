"""Who may not read what is about themselves (forvaltningsloven § 6), and who is left.

Who is shut out of a row is kept as a keyed hash of the person: nobody can list it. Rooms that shut people out have a table with
the row and ``person_hash``, and ask here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_
from uuid import UUID

from django.db.models import Model, Q

from samskap.kernel import keys
from samskap.kernel.policy import Actor
from samskap.people.models import Role
from samskap.people.queries import Lead, leads


def person_hash(person_id: object) -> str:
    """A person as recusals know them."""
    return keys.keyed_hash("recusal", str(person_id))


def is_partial(lead: Lead, hashes: Collection[str]) -> bool:
    """Is it about this leader, or about the one in whose place they lead?"""
    return any(person_hash(person) in hashes for person in (lead.person, lead.stands_in_for) if person)


def able(found: Iterable[Lead], hashes: Collection[str]) -> set[UUID]:
    """Those of the leads who may read what is about these."""
    return {lead.person for lead in found if not is_partial(lead, hashes)}


def at_school(school_id: UUID, hashes: Collection[str] = (), *, trained: bool = False) -> set[UUID]:
    """Who leads the school today, can sign in (and is trained), and may read what is about these."""
    return able(leads(school_id=school_id, trained=trained), hashes)


@dataclass(frozen=True)
class Recusals:
    """A room's table of who is shut out: ``person_hash``, and a foreign key (its name: ``row``) to what has a ``school``.

    ``trained``: only who is trained in privacy and security reads there.
    """

    table: type[Model]
    row: str
    trained: bool = False

    def hashes(self, obj: Model) -> set[str]:
        """Those whom it is about."""
        return set(self.table._default_manager.filter(**{self.row: obj}).values_list("person_hash", flat=True))

    def about(self, person_id: object) -> Q:
        """Rows that are about this person."""
        return Q(pk__in=self.table._default_manager.filter(person_hash=person_hash(person_id)).values(self.row))

    def led_by(self, actor: Actor) -> Q:
        """What one leads; in the place of somebody whom it is about, one does not read it."""
        own = {grant.school_id for grant in actor.grants if grant.role == Role.LEADER and grant.instead_of is None}
        found, instead = Q(school_id__in=own - {None}), defaultdict(list)
        for grant in actor.grants:
            if grant.role == Role.LEADER and grant.instead_of is not None:
                instead[grant.school_id].append(self.about(grant.instead_of))
        for school, about_them in instead.items():
            found |= Q(school_id=school) & ~reduce(and_, about_them)
        return found

    def without_leader(self, **where: str) -> Q:
        """Rows (with these values) that nobody who leads their school today may read. Three queries."""
        held = leads(trained=self.trained)
        return ~Q(school_id__in={lead.school for lead in held}) | Q(pk__in=self._unreadable(held, where))

    def _unreadable(self, held: list[Lead], where: dict[str, str]) -> list[UUID]:
        by_hash = {person_hash(person) for lead in held for person in (lead.person, lead.stands_in_for) if person}
        wanted = {f"{self.row}__{name}": value for name, value in where.items()}
        rows = self.table._default_manager.filter(person_hash__in=by_hash, **wanted)
        found: dict[tuple[UUID, UUID], set[str]] = {}
        for pk, school, mark in rows.values_list(f"{self.row}_id", f"{self.row}__school_id", "person_hash"):
            found.setdefault((pk, school), set()).add(mark)
        return [pk for (pk, school), hashes in found.items() if not able([one for one in held if one.school == school], hashes)]
