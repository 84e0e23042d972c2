"""Taking in works while all else is down: mail, sessions and sign-in, imports, the worker, documents."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.mail import send_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.urls import reverse

from samskap.kernel import documents, jobs
from samskap.kernel.models import Account
from samskap.results import actions as results
from samskap.voice.models import Report
from tests.support.world import World
from tests.voice import things


class Down(Exception):
    """What is down raises this."""


def falls(*args: object, **kwargs: object) -> None:
    raise Down


def test_a_report_that_cannot_wait_is_taken_in_while_all_else_is_down(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    url, pupil = things.address(world), Client()
    parts = [
        (BaseEmailBackend, "__init__"), (SessionStore, "load"), (Account, "check_password"), (documents, "render"),
        (jobs, "run_all"), (results, "receive_files"),
    ]  # fmt: skip
    for owner, name in parts:
        monkeypatch.setattr(owner, name, falls)
    with pytest.raises(Down):
        send_mail("", "", None, ["x@example.org"])
    answer = things.tells(pupil, url, danger="yes", what="De venter på meg ved porten.")
    assert answer.status_code == 200
    words = things.words_on(answer)
    assert "De venter på meg ved porten." in things.shown(pupil.post(reverse("voice:dialogue"), {"words": words}))
    assert Report._base_manager.get().urgency == "now"
    assert things.queued_for(world, "ingrid", kind="voice.now")
