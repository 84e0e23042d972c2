"""Who may act for a pupil, and how somebody may be reached: the pure rules, case by case."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.people import rules
from samskap.people.rules import Relation, Way

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(("kind", "responsible", "ban", "ended", "way"), [
    ("parent", True, False, False, Way.FULL),
    ("parent", False, False, False, Way.ON_REQUEST),
    ("parent", True, True, False, Way.NOTHING),
    ("parent", True, False, True, Way.NOTHING),
    ("guardian", False, False, False, Way.FULL),
    ("guardian", True, True, False, Way.NOTHING),
    ("foster", False, False, False, Way.ON_REQUEST),
    ("child_welfare", False, False, False, Way.ON_REQUEST),
    ("other", True, False, False, Way.NOTHING),
])  # fmt: skip
def test_what_a_guardian_has_a_right_to(kind: str, responsible: bool, ban: bool, ended: bool, way: Way) -> None:
    last = DAY - timedelta(days=1) if ended else None
    assert rules.way_of(Relation(kind, responsible, ban, DAY - timedelta(days=9), last), DAY) == way


days = st.dates(date(2025, 1, 1), date(2028, 1, 1))


@given(st.sampled_from(["parent", "guardian", "foster", "child_welfare"]), st.booleans(), days, st.none() | days, days)
def test_a_contact_ban_always_gives_nothing(kind: str, responsible: bool, first: date, last: date | None, day: date) -> None:
    assert rules.way_of(Relation(kind, responsible, True, first, last), day) == Way.NOTHING


@given(st.sampled_from(["parent", "guardian", "foster", "child_welfare"]), st.booleans(), days, days, days)
def test_outside_its_days_a_relation_gives_nothing(kind: str, responsible: bool, one: date, other: date, day: date) -> None:
    first, last = sorted((one, other))
    found = rules.way_of(Relation(kind, responsible, False, first, last), day)
    assert (found == Way.NOTHING) == (not first <= day <= last)


@pytest.mark.parametrize(("way", "guardian", "pupil", "may"), [
    (Way.FULL, "none", "none", True),
    (Way.FULL, "confidential", "none", True),
    (Way.FULL, "strict", "none", False),
    (Way.FULL, "none", "strict", False),
    (Way.FULL, "none", "a word from a later version", False),
    (Way.ON_REQUEST, "none", "none", False),
    (Way.NOTHING, "none", "none", False),
])  # fmt: skip
def test_only_one_who_takes_part_in_full_is_written_to_and_nobody_at_a_strictly_protected_address(
    way: Way, guardian: str, pupil: str, may: bool
) -> None:
    assert rules.may_be_written_to(way, guardian, pupil) is may


relations = st.builds(
    Relation, st.sampled_from(["parent", "guardian", "foster", "child_welfare", "other"]), st.booleans(), st.booleans(), days,
    st.none() | days,
)  # fmt: skip


@given(st.lists(relations, max_size=4), days)
def test_of_several_relations_a_contact_ban_in_force_outweighs_all_others(held: list[Relation], day: date) -> None:
    found = rules.strongest(held, day)
    banned = any(r.contact_ban for r in held if r.valid_from <= day and (r.valid_to is None or day <= r.valid_to))
    each = [rules.way_of(r, day) for r in held]
    if banned:
        assert found == Way.NOTHING
    else:
        assert found == (Way.FULL if Way.FULL in each else Way.ON_REQUEST if Way.ON_REQUEST in each else Way.NOTHING)


def test_a_contact_ban_that_has_ended_outweighs_nothing() -> None:
    ended = Relation("parent", True, True, DAY - timedelta(days=9), DAY - timedelta(days=1))
    assert rules.strongest([ended, Relation("parent", True, False, DAY, None)], DAY) == Way.FULL
