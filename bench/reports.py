"""Reports per second through the whole flow: the page is opened, the form is sent, the receipt is read.

At one client and at sixteen, with the clients on the same cores, on SQLite and on PostgreSQL. ``bare_16`` is the smallest view
that could do it (a form, a sealed text, one committed row, a receipt) in turns with ours. ``--full``: 30 seconds each.
"""

from typing import Any

from bench import _site

AIM_P95_S, AIM_OF_BARE = 0.3, 0.5
TURNS = 6


def run(full: bool) -> dict[str, Any]:
    """``clients_1``, ``clients_16`` and ``bare_16`` on SQLite; the same below ``postgresql``."""
    lasting = 30.0 if full else 3.0
    found: dict[str, Any] = {}
    with _site.databases() as databases:
        for name, url in databases:
            figures = _measured(url, lasting)
            found.update(figures if name == "sqlite" else {name: figures})
    return found


def _measured(url: str | None, lasting: float) -> dict[str, Any]:
    with _site.place(url) as place:
        place.start()
        one = _run(place, 1, lasting).figures()
        with place.beside("bench._bare:application", "/") as bare:
            ours, theirs = _in_turns(place, bare, lasting)
        sixteen, smallest = ours.figures(), theirs.figures()
        memory = place.memory()
    share = round(sixteen["per_second"] / smallest["per_second"], 2)
    return {
        "clients_1": one,
        "clients_16": sixteen,
        "bare_16": smallest,
        "share_of_bare": share,
        "memory_mib": memory,
        "aims_met": one["failed"] == sixteen["failed"] == 0 and sixteen["p95_s"] < AIM_P95_S and share >= AIM_OF_BARE,
    }


def _in_turns(place: _site.Place, bare: _site.Place, lasting: float) -> tuple[_site.Run, _site.Run]:
    """Both for as long, in turns: a moment in which the machine is slow slows both."""
    ours, theirs = _site.Run(), _site.Run()
    for _ in range(TURNS):
        ours.add(_run(place, 16, lasting / TURNS))
        theirs.add(_run(bare, 16, lasting / TURNS))
    return ours, theirs


def _run(place: _site.Place, count: int, lasting: float) -> _site.Run:
    return _site.clients(place, count, lasting, lambda connection: _site.tell(connection, place.path))
