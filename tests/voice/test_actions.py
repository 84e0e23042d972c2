"""What the actions refuse, whoever calls them; that they do a thing once; and that the audit tells of it without a word of it."""

import re
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from samskap.kernel import clock, keys, scope, sealing
from samskap.kernel.actions import ActionError
from samskap.kernel.doors import open_door
from samskap.kernel.models import AuditEntry, OutboxMessage
from samskap.kernel.policy import NotAllowed
from samskap.law import api as law
from samskap.people import actions_school as school_life
from samskap.voice import actions, queries, rules
from samskap.voice.actions.entrance import LENGTH, SIGNS
from samskap.voice.models import Entrance, Recusal, Report
from tests.support.world import World
from tests.voice import telling, things

REASON = "Den ansatte var på reise hele uka."
Do = Callable[[World, Report, str], object]


def acting(name: str, **more: Any) -> Do:
    def do(world: World, report: Report, who: str) -> object:
        values = {key: value(world) if callable(value) else value for key, value in more.items()}
        return getattr(actions, name)(by=world.actor(who), report=report, **values)

    return do


HANDLING: dict[str, Do] = {
    "opened": acting("opened"),
    "take": acting("take"),
    "give": acting("give", to=lambda world: world.person("silje")),
    "forward": acting("forward"),
    "call_groundless": acting("call_groundless", reason=REASON),
    "reroute": acting("reroute"),
    "name_employee": acting("name_employee", person=lambda world: world.person("silje")),
    "return_to_school": acting("return_to_school", concerns="pupils", reason=REASON),
    "move": acting("move", school=lambda world: world.school("kvernfossen")),
    "close": acting("close", outcome="physical", reason=REASON),
    "reopen": acting("reopen"),
    "recuse": acting("recuse", person=lambda world: world.person("silje")),
    "keep": acting("keep"),
    "new_receipt": acting("new_receipt", key=uuid4()),
    "say": acting("say", kind="answer", text="Hei."),
    "author_saw": acting("author_saw"),
    "sender_names_leadership": acting("sender_names_leadership"),
}
STRANGERS = ("amir", "silje", "marte", "arne", "henrik", "berit", "jonas", "liv", "geir", "nina", "olav", "per", "sigrid")


@pytest.mark.parametrize("name", HANDLING)
def test_whoever_may_not_read_it_does_nothing_with_it(world: World, name: str) -> None:
    report, _ = telling.from_pupil(world)
    for who in STRANGERS:
        with pytest.raises((NotAllowed, Report.DoesNotExist)):
            HANDLING[name](world, report, who)
    assert AuditEntry.objects.filter(object_id=str(report.pk)).exclude(verb="voice.taken_in").count() == 0


@pytest.mark.parametrize("name", [name for name in HANDLING if name not in ("return_to_school", "sender_names_leadership")])
def test_a_leader_does_nothing_with_what_is_about_the_leadership(world: World, name: str) -> None:
    report, _ = telling.from_pupil(world, "leadership")
    with pytest.raises(NotAllowed):
        HANDLING[name](world, report, "ingrid")


@pytest.mark.parametrize("name", ["take", "give", "call_groundless", "move", "close"])
def test_the_colleague_it_was_given_to_has_not_the_responsibility(world: World, name: str) -> None:
    report, _ = telling.from_pupil(world, "employee")
    actions.give(by=world.actor("ingrid"), report=report, to=world.person("amir"))
    with pytest.raises(NotAllowed):
        HANDLING[name](world, report, "amir")


def test_every_action_is_audited_without_a_word_of_what_was_written(world: World) -> None:
    report, _ = telling.from_pupil(world, "employee")
    done = ("opened", "take", "say", "give", "forward", "recuse", "keep", "new_receipt", "close", "reopen", "take", "move")
    for name in done:
        HANDLING[name](world, report, "ingrid")
    rows = AuditEntry.objects.filter(object_id=str(report.pk), person_id=world.actor("ingrid").person_id)
    assert len(rows) >= len(done)
    kept = " ".join(f"{row.verb} {row.detail}" for row in AuditEntry.objects.filter(object_id=str(report.pk)))
    assert not [word for word in (telling.WHAT, REASON, "Hei.", "Silje", "Ingrid") if word in kept]


@pytest.mark.parametrize("reason", ["", "   ", "Nei.", "x" * 14, " " * 10 + "for kort" + " " * 10])
@pytest.mark.parametrize("name", ["call_groundless", "close"])
def test_a_reason_is_a_sentence(world: World, name: str, reason: str) -> None:
    report, _ = telling.from_pupil(world, "employee" if name == "call_groundless" else "pupils")
    by, more = world.actor("ingrid"), {"outcome": "physical"} if name == "close" else {}
    actions.take(by=by, report=report)
    with pytest.raises(ActionError):
        getattr(actions, name)(by=by, report=report, reason=reason, **more)
    assert (telling.again(report).groundless_at, telling.again(report).closed_at) == (None, None)


def test_a_report_that_the_owner_has_is_no_longer_called_groundless_by_the_school(world: World) -> None:
    report = things.report(world, "employee")
    actions.forward(by=world.actor("ingrid"), report=report)
    with pytest.raises(ActionError):
        actions.call_groundless(by=world.actor("ingrid"), report=report, reason=REASON)


def test_passing_on_twice_happens_once(world: World) -> None:
    report, ingrid = things.report(world, "employee"), world.actor("ingrid")
    first = actions.forward(by=ingrid, report=report).forwarded_at
    assert actions.forward(by=ingrid, report=report).forwarded_at == first
    assert len(things.queued_for(world, "jonas")) == 1


def test_the_same_matter_is_not_a_ring(world: World) -> None:
    (one, _), (other, _) = telling.from_pupil(world), telling.from_pupil(world, what="Noe annet.")
    by = world.actor("ingrid")
    for report in (one, other):
        actions.take(by=by, report=report)
    actions.close(by=by, report=one, outcome="duplicate", same_as=other)
    with pytest.raises(ActionError):
        actions.close(by=by, report=other, outcome="duplicate", same_as=telling.again(one))


@pytest.mark.parametrize("outcome", ["", "x", "other_school_", None])
def test_there_is_no_other_way_out_of_the_list(world: World, outcome: Any) -> None:
    report, _ = telling.from_pupil(world)
    actions.take(by=world.actor("ingrid"), report=report)
    with pytest.raises(ValueError, match="valid Outcome"):
        actions.close(by=world.actor("ingrid"), report=report, outcome=outcome, reason=REASON)


@pytest.mark.parametrize("changes", [
    {"state": "closed", "opened_at": None}, {"concerns": "leadership", "receiver": "school"},
    {"state": "new", "closed_at": "now"},
])  # fmt: skip
def test_the_database_itself_refuses_what_must_never_be(world: World, changes: dict[str, Any]) -> None:
    report, _ = telling.from_pupil(world)
    values = {key: clock.now() if value == "now" else value for key, value in changes.items()}
    with pytest.raises(IntegrityError), transaction.atomic(), open_door():
        Report._base_manager.filter(pk=report.pk).update(**values)


def test_a_school_without_a_leader_gets_no_report_back(world: World) -> None:
    report = things.report(world, "recused")
    with pytest.raises(ActionError):
        actions.return_to_school(by=world.actor("jonas"), report=report, concerns="pupils", reason=REASON)


def test_what_moves_to_a_school_where_nobody_may_read_it_goes_to_the_owner(world: World) -> None:
    report, _ = telling.from_pupil(world)
    actions.recuse(by=world.actor("ingrid"), report=report, person=world.person("arne"))
    actions.take(by=world.actor("ingrid"), report=report)
    moved = actions.move(by=world.actor("ingrid"), report=report, school=world.school("kvernfossen"))
    assert (moved.school_id, moved.receiver) == (world.school("kvernfossen").pk, "owner")
    assert moved in queries.inbox(world.actor("jonas"))


def test_shutting_somebody_out_twice_is_once_and_holds_for_the_next_handler_too(world: World) -> None:
    report, jonas = things.report(world, "leadership"), world.actor("jonas")
    for _ in range(2):
        actions.recuse(by=jonas, report=report, person=world.person("henrik"))
    with scope.tenant_scope(world.tenant_id):
        assert Recusal.objects.filter(report=report).count() == 1
    with pytest.raises(ActionError):
        actions.give(by=jonas, report=report, to=world.person("henrik"))


def test_whom_it_is_about_is_stored_as_a_hash_alone(world: World) -> None:
    report, _ = telling.from_pupil(world)
    actions.recuse(by=world.actor("ingrid"), report=report, person=world.person("amir"))
    with scope.tenant_scope(world.tenant_id):
        row = Recusal.objects.get(report=report)
        event = report.events.get(kind="recused")
    assert re.fullmatch("[0-9a-f]{64}", row.person_hash)
    assert event.to_person_id is None


def test_the_owners_handlers_are_called_at_once_when_nobody_at_the_school_can_read_it(world: World) -> None:
    report, _ = telling.from_pupil(world)
    actions.recuse(by=world.actor("ingrid"), report=report, person=world.person("ingrid"))
    assert len(things.queued_for(world, "jonas", kind="voice.now")) == 1


def test_a_stand_in_is_called_too_when_it_cannot_wait(world: World) -> None:
    school_life.add_stand_in(
        by=world.actor("ingrid"), school=world.school("elvesletta"), leader=world.person("ingrid"),
        substitute=world.person("tor"), valid_from=clock.today(), valid_to=clock.today() + timedelta(days=3),
    )  # fmt: skip
    telling.from_pupil(world, urgency=rules.Urgency.NOW)
    called = set(OutboxMessage.objects.filter(kind="voice.now").values_list("account_id", flat=True))
    assert called == {world.person("ingrid").account_id, world.person("tor").account_id}


def test_one_whom_it_is_about_is_not_called(world: World) -> None:
    telling.from_employee(world, "silje", urgency=rules.Urgency.NOW, about_staff=[world.person("ingrid")])
    called = set(OutboxMessage.objects.filter(kind="voice.now").values_list("account_id", flat=True))
    assert called == {world.person("jonas").account_id}


def test_an_employee_never_tells_through_the_public_door(world: World) -> None:
    with pytest.raises(ValueError, match="identity"):
        actions.tell(by=world.actor("silje"), told=telling.told(world))


@pytest.mark.parametrize("who", ["arne", "henrik", "jonas", "liv", "geir", "nina", "olav", "per"])
def test_one_who_does_not_work_there_does_not_tell_as_an_employee(world: World, who: str) -> None:
    told = telling.told(world, channel=rules.Channel.ALOUD, sender_kind=rules.SenderKind.GUARDIAN)
    with pytest.raises(NotAllowed):
        actions.tell(by=world.actor(who), told=told)
    with scope.tenant_scope(world.tenant_id), pytest.raises(NotAllowed):
        actions.take_down(by=world.actor(who), told=told, key=uuid4())
    assert not Report._base_manager.exists()


def test_nothing_is_said_tomorrow(world: World) -> None:
    day = clock.today() + timedelta(days=1)
    with pytest.raises(ActionError):
        actions.tell(by=world.actor("silje"), told=telling.told(world, channel=rules.Channel.ALOUD, said_on=day))


def test_the_adults_words_and_the_senders_do_not_take_each_others_place(world: World) -> None:
    report, _ = telling.from_pupil(world)
    with scope.tenant_scope(world.tenant_id), pytest.raises(ValueError, match="answer"):
        actions.sender_writes(by=telling.door(world), report=report, key=uuid4(), kind="answer", text="Som rektor.")
    without = things.report(world, "aloud")
    with pytest.raises(ActionError):
        actions.say(by=world.actor("ingrid"), report=without, kind="answer", text="Til ingen.")


def test_another_employee_does_not_write_in_ones_own_report(world: World) -> None:
    report = things.report(world, "own")
    with scope.tenant_scope(world.tenant_id), pytest.raises(NotAllowed):
        actions.sender_writes(by=world.actor("amir"), report=report, key=uuid4(), kind="addition", text="Nei.")
    with pytest.raises(ActionError):
        actions.new_receipt(by=world.actor("ingrid"), report=report, key=uuid4())


def test_each_report_keeps_the_law_that_it_came_under_and_a_mark_that_its_receipt_names(world: World) -> None:
    report, _ = telling.from_pupil(world)
    assert report.law_version == law.version_on(clock.today())
    assert re.fullmatch("[0-9a-f]{64}", actions.fingerprint(report))
    taken_in = AuditEntry.objects.get(verb="voice.taken_in", object_id=str(report.pk))
    assert taken_in.detail["fingerprint"] == actions.fingerprint(telling.again(report))


def test_an_address_is_opened_once_and_an_old_code_is_never_used_again(world: World) -> None:
    ingrid = world.actor("ingrid")
    codes = [things.entrance(world).code, things.entrance(world).code]
    assert codes[0] == codes[1]
    new = actions.close_entrance(by=ingrid, entrance=things.entrance(world))
    assert new.code not in codes
    assert len(new.code) == LENGTH
    assert set(new.code) <= set(SIGNS)
    assert queries.entrance(codes[0]) is None
    assert Entrance._base_manager.get(code=codes[0]).closed_at is not None


@pytest.mark.parametrize("who", ["silje", "amir", "henrik", "jonas", "arne", "per"])
def test_not_everybody_who_may_print_the_poster_may_make_it_worthless(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        actions.close_entrance(by=world.actor(who), entrance=things.entrance(world))


def test_a_node_without_a_private_key_takes_in_answers_with_words_and_reads_nothing(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sealing.pub").write_text(sealing.public_key().hex())
    shutil.copy(keys.folder() / "lookup.key", tmp_path)
    monkeypatch.setenv("SAMSKAP_KEYS", str(tmp_path))
    monkeypatch.setenv("SAMSKAP_INTAKE_ONLY", "1")
    report, holder = telling.from_pupil(world)
    with scope.tenant_scope(world.tenant_id):
        assert queries.opened_by_sender(report, holder).text["what"] == telling.WHAT
        with pytest.raises(sealing.NoPrivateKey):
            queries.opened(report)
    assert not (tmp_path / "sealing.key").exists()


@given(st.sampled_from(list(rules.Urgency)), st.booleans())
def test_danger_is_always_now_and_nothing_else_changes_the_wish(wanted: rules.Urgency, danger: bool) -> None:
    assert rules.urgency_of(wanted, danger=danger) == (rules.Urgency.NOW if danger else wanted)


MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(clock.OSLO), allow_imaginary=False)  # noqa: DTZ001  (the strategy adds the zone)


@given(MOMENTS, st.integers(0, 400))
def test_the_school_has_known_since_the_day_it_was_said_and_never_since_later(received: datetime, days: int) -> None:
    day = received.date() - timedelta(days=days)
    known = rules.known_at(received, day)
    assert known <= received
    assert known.astimezone(clock.OSLO).date() == day
    with pytest.raises(ValueError, match="not come yet"):
        rules.known_at(received, received.date() + timedelta(days=1))
