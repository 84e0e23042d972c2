"""Who reads, in which order, and since when the school has known: the pure rules, case by case."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.kernel.clock import OSLO
from samskap.voice import rules
from samskap.voice.rules import Concerns, Facts, Lead, Outcome, Reader, Receiver, Urgency

DAY = date(2026, 11, 23)
HERE, THERE = UUID(int=1), UUID(int=2)
INGRID, AMIR, JONAS = UUID(int=11), UUID(int=12), UUID(int=13)


@pytest.mark.parametrize(("concerns", "reader", "receiver"), [
    ("pupils", True, "school"),
    ("employee", True, "school"),
    ("leadership", True, "owner"),
    ("pupils", False, "owner"),
    ("employee", False, "owner"),
    ("leadership", False, "owner"),
])  # fmt: skip
def test_the_leadership_never_gets_what_is_about_the_leadership_and_nothing_is_without_a_reader(
    concerns: str, reader: bool, receiver: str
) -> None:
    assert rules.receiver_of(Concerns(concerns), school_has_reader=reader) == Receiver(receiver)


def test_only_what_is_about_an_employee_must_be_forwarded_or_called_groundless() -> None:
    assert [rules.owner_must_know(concerns) for concerns in Concerns] == [False, True, False]


@pytest.mark.parametrize("wanted", list(Urgency))
def test_danger_is_now_whatever_else_was_ticked(wanted: Urgency) -> None:
    assert rules.urgency_of(wanted, danger=True) == Urgency.NOW
    assert rules.urgency_of(wanted, danger=False) == wanted


def test_the_list_begins_with_what_cannot_wait() -> None:
    assert sorted(Urgency, key=rules.rank) == [Urgency.NOW, Urgency.TODAY, Urgency.WEEK]
    assert [rules.rank(urgency) for urgency in Urgency] == [0, 1, 2]


LATE = datetime(2026, 11, 23, 23, 30, tzinfo=OSLO)


@pytest.mark.parametrize(("said_on", "known"), [
    (None, LATE),
    (DAY, LATE),
    (DAY - timedelta(days=1), datetime(2026, 11, 22, tzinfo=OSLO)),
    (date(2026, 10, 25), datetime(2026, 10, 25, tzinfo=OSLO)),
])  # fmt: skip
def test_what_was_said_earlier_has_been_known_since_the_start_of_that_day(said_on: date | None, known: datetime) -> None:
    assert rules.known_at(LATE, said_on) == known


def test_what_is_said_tomorrow_cannot_be_known() -> None:
    with pytest.raises(ValueError, match=r"^said on a day that has not come yet$"):
        rules.known_at(LATE, DAY + timedelta(days=1))


def test_the_day_is_the_schools_whatever_clock_the_moment_is_told_in() -> None:
    after_midnight = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert rules.known_at(after_midnight, DAY) == after_midnight


@given(st.integers(0, 3_000_000).map(lambda minutes: LATE + timedelta(minutes=minutes)), st.integers(0, 400))
def test_nothing_is_known_later_than_it_came(came: datetime, days: int) -> None:
    known = rules.known_at(came, came.date() - timedelta(days=days))
    assert known <= came
    assert known.astimezone(OSLO).date() == came.date() - timedelta(days=days)


def test_the_routine_for_what_lies_unopened_is_shorter_the_more_it_hurries() -> None:
    limits = [rules.unopened_limit(urgency, DAY) for urgency in Urgency]
    assert timedelta() < limits[0] < limits[1] < limits[2]


LEADS = (Lead(INGRID),)
STANDS_IN = (Lead(INGRID), Lead(AMIR, INGRID))


def school_report(**more: Any) -> Facts:
    return Facts(HERE, **{"receiver": Receiver.SCHOOL, "leads": LEADS, **more})


LEADER, TEACHER, HANDLER = Reader(INGRID, {HERE}), Reader(AMIR, {HERE}), Reader(JONAS, handles=True)
OWNERS = school_report(receiver=Receiver.OWNER)


@pytest.mark.parametrize(("reader", "report", "may"), [
    (LEADER, school_report(), True),
    (TEACHER, school_report(), False),
    (HANDLER, school_report(), False),
    (Reader(INGRID, {THERE}), school_report(leads=(Lead(AMIR),)), False),
    (LEADER, OWNERS, False),
    (TEACHER, school_report(receiver=Receiver.OWNER, holder=AMIR), False),
    (HANDLER, OWNERS, True),
    (LEADER, school_report(forwarded=True), True),
    (HANDLER, school_report(forwarded=True), True),
    (HANDLER, school_report(called_groundless=True), True),
    (HANDLER, school_report(leads=()), True),
    (TEACHER, school_report(forwarded=True, called_groundless=True, leads=()), False),
    (TEACHER, school_report(holder=AMIR), True),
    (TEACHER, school_report(holder=INGRID), False),
    (Reader(AMIR, {THERE}), school_report(holder=AMIR), False),
    (Reader(AMIR), school_report(holder=AMIR), False),
    (LEADER, school_report(recused={INGRID}), False),
    (HANDLER, school_report(recused={INGRID}), True),
    (LEADER, school_report(recused={AMIR}), True),
    (HANDLER, school_report(recused={AMIR}), False),
    (TEACHER, school_report(holder=AMIR, recused={AMIR}), False),
    (HANDLER, school_report(receiver=Receiver.OWNER, recused={JONAS}), False),
    (Reader(INGRID, {HERE}, handles=True), OWNERS, True),
    (TEACHER, school_report(leads=STANDS_IN), True),
    (TEACHER, school_report(leads=STANDS_IN, recused={INGRID}), False),
    (HANDLER, school_report(leads=STANDS_IN, recused={INGRID}), True),
    (LEADER, school_report(leads=STANDS_IN, recused={AMIR}), True),
    (TEACHER, school_report(leads=(*STANDS_IN, Lead(AMIR, JONAS)), recused={INGRID}), True),
])  # fmt: skip
def test_who_may_read(reader: Reader, report: Facts, may: bool) -> None:
    assert rules.may_read(reader, report) is may


people = st.sampled_from([INGRID, AMIR, JONAS])
readers = st.builds(Reader, people, st.sets(st.sampled_from([HERE, THERE])), st.booleans())
reports = st.builds(
    Facts, st.just(HERE), st.sampled_from(list(Receiver)), st.booleans(), st.booleans(), st.none() | people, st.sets(people),
    st.lists(st.builds(Lead, people, st.none() | people), max_size=3),
)  # fmt: skip


@given(readers, reports)
def test_nobody_reads_what_is_about_themselves_and_no_school_what_is_the_owners(reader: Reader, report: Facts) -> None:
    may = rules.may_read(reader, report)
    assert not (may and reader.person in report.recused)
    assert not (may and report.receiver == Receiver.OWNER and not reader.handles)
    assert not (
        may and not reader.handles and HERE not in reader.works_at and reader.person not in {x.person for x in report.leads}
    )


@given(reports)
def test_somebody_can_always_read_it(report: Facts) -> None:
    if JONAS not in report.recused:
        everybody = [Reader(INGRID, {HERE}), Reader(AMIR, {HERE}), Reader(JONAS, handles=True)]
        assert any(rules.may_read(reader, report) for reader in everybody)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_nothing_leaves_the_list_unseen_or_untaken(outcome: Outcome) -> None:
    assert rules.may_close_as(outcome, opened=True, taken=True, owes_owner=False)
    assert not rules.may_close_as(outcome, opened=False, taken=True, owes_owner=False)
    assert not rules.may_close_as(outcome, opened=True, taken=False, owes_owner=False)


def test_what_the_owner_has_a_right_to_know_goes_on_in_a_case_or_is_a_duplicate_of_what_the_owner_knows() -> None:
    owed = {"opened": True, "taken": True, "owes_owner": True}
    alone = {outcome for outcome in Outcome if rules.may_close_as(outcome, **owed)}
    assert alone == {Outcome.CASE}
    settled = {outcome for outcome in Outcome if rules.may_close_as(outcome, **owed, same_settled=True)}
    assert settled == {Outcome.CASE, Outcome.DUPLICATE}
