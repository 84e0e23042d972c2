"""Is there always somebody who is responsible? ``rules.access_of`` decides, for many cases with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from samskap.cases import rules
from samskap.cases.models import Case, Given, Recusal
from samskap.cases.policy import WORKS_AT
from samskap.kernel import clock
from samskap.people import api as people
from samskap.people.api import person_hash


def still(rows: Sequence[Case]) -> set[UUID]:
    """The cases whose responsible person may work them today: has not left, is trained, and is not whom it is about."""
    persons = {row.responsible_id for row in rows}
    works = people.works_at(persons, *WORKS_AT)
    trained = people.trained(persons)
    handlers = {person.pk for person in people.handlers()}
    about, given = _about(rows, persons), _given(rows)
    leads: dict[UUID, list[rules.Lead]] = defaultdict(list)
    for lead in people.leads(trained=True):
        leads[lead.school].append(rules.Lead(lead.person, lead.stands_in_for))
    found, needed = set(), {rules.Access.LEAD, rules.Access.WORK, rules.Access.OVERSEE}
    for row in rows:
        facts = rules.CaseFacts(
            row.school_id, rules.Side(row.side), row.passed_on_at is not None, given[row.pk], about[row.pk], leads[row.school_id]
        )
        who = row.responsible_id
        reader = rules.Reader(who, who in trained, works.get(who, ()), who in handlers)
        if rules.access_of(reader, facts, clock.today()) & needed:
            found.add(row.pk)
    return found


def _about(rows: Sequence[Case], persons: set[UUID]) -> dict[UUID, set[UUID]]:
    """Those of the persons whom each case is about; also leaders in whose place somebody leads."""
    known = {person_hash(person): person for person in persons}
    for lead in people.leads():
        known |= {person_hash(person): person for person in (lead.person, lead.stands_in_for) if person}
    found: dict[UUID, set[UUID]] = defaultdict(set)
    held = Recusal.objects.filter(case__in=list(rows), person_hash__in=known)
    for case, mark in held.values_list("case_id", "person_hash"):
        found[case].add(known[mark])
    return found


def _given(rows: Sequence[Case]) -> dict[UUID, list[rules.Given]]:
    found: dict[UUID, list[rules.Given]] = defaultdict(list)
    for row in Given.objects.filter(case__in=list(rows)):
        found[row.case_id].append(rules.Given(row.person_id, rules.Access(row.kind), row.valid_from, row.valid_to))
    return found


def has_one(case: Case) -> bool:
    """Can the one who is named as responsible still be it?"""
    return case.pk in still([case])
