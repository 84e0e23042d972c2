"""Keys, text keys, limits, invitations, logs, canaries."""

import logging
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap.kernel import canary, classification, clock, invitations, keys, limits, scrub, text
from samskap.kernel.classification import Class
from samskap.kernel.invitations import Purpose
from samskap.kernel.models import Invitation
from tests.support.world import World


def test_key_files_are_their_owners_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMSKAP_KEYS", str(tmp_path / "keys"))
    assert set(keys.make_missing()) == set(keys.NAMES)
    assert keys.make_missing() == ()
    for name in keys.NAMES:
        assert (tmp_path / "keys" / f"{name}.key").stat().st_mode & 0o777 == 0o600


def test_a_key_that_others_can_read_stops_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMSKAP_KEYS", str(tmp_path))
    keys.make_missing()
    os.chmod(tmp_path / "lookup.key", 0o644)
    with pytest.raises(keys.KeyFileOpen):
        keys.keyed_hash("test", "value")


def test_hashes_of_different_purposes_never_meet() -> None:
    assert keys.keyed_hash("a", "value") != keys.keyed_hash("b", "value")


def test_names_sort_as_a_norwegian_reads() -> None:
    names = ["Åsen", "Zimmer", "Ødegård", "Aasen", "Ærlig", "Berg", "øst"]
    assert sorted(names, key=text.sort_key) == ["Berg", "Zimmer", "Ærlig", "Ødegård", "øst", "Åsen", "Aasen"]


@given(st.text(alphabet="abcæøåÆØÅéÉ ", max_size=20))
def test_a_search_finds_a_name_whatever_its_case(name: str) -> None:
    assert text.search_key(name.upper()) == text.search_key(name.lower())


def test_signs_that_cannot_be_seen_are_no_part_of_a_search() -> None:
    assert text.search_key("Ola\x00 \u202eNordmann") == "ola nordmann"


def test_a_bucket_empties_and_fills_again(world: World) -> None:
    moment = datetime(2026, 11, 2, 9, tzinfo=UTC)
    with clock.frozen(moment):
        taken = [limits.take("test", "who", capacity=3, per=timedelta(minutes=3)) for _ in range(4)]
    assert taken == [True, True, True, False]
    with clock.frozen(moment + timedelta(minutes=1)):
        assert limits.take("test", "who", capacity=3, per=timedelta(minutes=3))
        assert not limits.take("test", "who", capacity=3, per=timedelta(minutes=3))


def test_a_link_opens_once_and_not_too_late(world: World) -> None:
    secret = invitations.issue(Purpose.ACCOUNT, tenant_id=world.tenant_id, person_id=world.person("amir").pk)
    assert invitations.find(secret, Purpose.SETUP) is None
    with clock.frozen(clock.now() + timedelta(days=15)):
        assert invitations.use(secret, Purpose.ACCOUNT) is None
    assert invitations.use(secret, Purpose.ACCOUNT) is not None
    assert invitations.use(secret, Purpose.ACCOUNT) is None


def test_a_new_link_voids_the_one_before(world: World) -> None:
    person = world.person("amir").pk
    first = invitations.issue(Purpose.PASSWORD, tenant_id=world.tenant_id, person_id=person)
    invitations.issue(Purpose.PASSWORD, tenant_id=world.tenant_id, person_id=person)
    assert invitations.find(first, Purpose.PASSWORD) is None


def test_the_database_does_not_hold_the_links_secret(world: World) -> None:
    secret = invitations.issue(Purpose.SETUP)
    assert not Invitation.objects.filter(token_hash__contains=secret[:8]).exists()


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ("GET /invitasjon/abcDEF123_-x/ 200", "abcDEF123"),
        ("password=hunter2secret&next=/", "hunter2secret"),
        ('{"token": "s3cret-value"}', "s3cret-value"),
        ("mail to kari.nordmann@example.no failed", "kari.nordmann"),
        ("person 01010112345 not found", "01010112345"),
        ("connection from 192.168.10.77 refused", "192.168.10.77"),
    ],
)
def test_logs_are_scrubbed(line: str, secret: str) -> None:
    assert secret not in scrub.scrub(line)


def test_an_exceptions_message_never_reaches_the_log(caplog: pytest.LogCaptureFixture) -> None:
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "failed for %s", ("anna@skole.no",), None)
    try:
        raise ValueError("what a pupil wrote")
    except ValueError as fault:
        record.exc_info = (ValueError, fault, fault.__traceback__)
    scrub.ScrubFilter().filter(record)
    shown = logging.Formatter().format(record)
    assert "what a pupil wrote" not in shown
    assert "anna@skole.no" not in shown
    assert "ValueError" in shown


def test_the_canary_scan_finds_a_word_across_the_edges_of_reading(tmp_path: Path) -> None:
    word = "kanarifugl"
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file.db").write_bytes(b"x" * (canary.CHUNK - 4) + word.encode() + b"y")
    (tmp_path / "wide.log").write_bytes(word.encode("utf-16-le"))
    (tmp_path / "clean").write_bytes(b"nothing here")
    assert {path.name for path, _ in canary.found_in(tmp_path, [word])} == {"file.db", "wide.log"}


def test_every_table_is_classified() -> None:
    assert classification.check_classification(None) == []


def test_what_is_special_cannot_lie_in_a_plain_column() -> None:
    from samskap.people.models import Person

    declared = {**classification.collected(Person), "name": Class.SPECIAL}
    assert any("plain column" in text for text in classification._plain_problems(Person, declared))


def test_an_aware_moment_is_needed_to_freeze_the_clock() -> None:
    with pytest.raises(ValueError, match="aware"), clock.frozen(datetime(2026, 1, 1)):  # noqa: DTZ001  (this is what is tested)
        pass


def test_the_date_is_oslos() -> None:
    with clock.frozen(datetime(2026, 1, 1, 23, 30, tzinfo=UTC)):
        assert clock.today().isoformat() == "2026-01-02"
