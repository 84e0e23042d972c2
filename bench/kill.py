"""SIGKILL at random moments while reports are taken in: what got a receipt is there, once, and its words open it.

Each round: the server is started, eight clients tell, and server and workers are killed. A form that got no answer is sent
again with the same key after the next start, as a browser does. At the end every receipt is used, and every stored report is
opened and counted.
``--full``: 60 rounds.
"""

import http.client
import json
import random
import subprocess
import sys
import threading
import time
from typing import Any
from urllib.parse import urlencode

from bench import _site
from bench._site import Place, Told

CLIENTS = 8
SEED = 20261123


def run(full: bool) -> dict[str, Any]:
    """``rounds``, ``acknowledged``, ``lost``, ``doubled``, ``unopened`` (receipts that opened nothing), ``sent_again``."""
    rounds, chance = 60 if full else 6, random.Random(SEED)
    acknowledged: list[Told] = []
    unanswered: list[Told] = []
    again = 0
    with _site.place() as place:
        for _round in range(rounds):
            place.start()
            again += len(unanswered)
            acknowledged += _sent_again(place, unanswered)
            unanswered = _under_load(place, chance.uniform(0.2, 1.2), acknowledged)
            place.kill()
        place.start()
        again += len(unanswered)
        acknowledged += _sent_again(place, unanswered)
        unopened = sum(not _opens(place, told) for told in acknowledged)
        stored = _stored(place)
    return {
        "rounds": rounds,
        "acknowledged": len(acknowledged),
        "lost": sum(told.what not in stored for told in acknowledged),
        "doubled": sum(count > 1 for count in stored.values()),
        "unopened": unopened,
        "sent_again": again,
    }


def _sent_again(place: Place, unanswered: list[Told]) -> list[Told]:
    connection = place.connect()
    return [_site.send(connection, place.path, told) for told in unanswered]


def _under_load(place: Place, seconds: float, acknowledged: list[Told]) -> list[Told]:
    """Tell until the server is killed in the middle; the forms that got no answer."""
    lock, open_forms = threading.Lock(), []

    def one() -> None:
        connection = place.connect()
        while True:
            told = None
            try:
                page = _site.ask(connection, "GET", place.path)[1]
                found = _site.KEY.search(page)
                if found is None:
                    return
                told = Told(found.group(1), f"Ingen vil være med meg. {found.group(1)}")
                _site.send(connection, place.path, told)
            except (OSError, http.client.HTTPException):
                if told is not None:
                    with lock:
                        open_forms.append(told)
                return
            with lock:
                acknowledged.append(told)

    threads = [threading.Thread(target=one) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    place.kill()
    for thread in threads:
        thread.join()
    return open_forms


def _opens(place: Place, told: Told) -> bool:
    """Do the words open this very report?"""
    status, page = _site.ask(place.connect(), "POST", "/svar/", urlencode({"words": told.words, "open": "1"}))
    return status == 200 and told.what in page


def _stored(place: Place) -> dict[str, int]:
    """What was told -> how many reports say so, opened with the receiving side's key."""
    env = {**place.env, "PYTHONPATH": _site.PATHS}
    done = subprocess.run([sys.executable, "-c", _COUNT], env=env, capture_output=True, text=True, check=True)
    found: dict[str, int] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


_COUNT = """
import collections, json, django
django.setup()
from samskap.kernel import scope
from samskap.voice import queries
from samskap.voice.models import Report
with scope.outside_scope(reason="counting what is stored"):
    found = collections.Counter(queries.opened(report).text["what"] for report in Report.objects.all())
    found.update(said.text for report in Report.objects.all() for said in queries.opened(report).dialogue)
print(json.dumps(found))
"""
