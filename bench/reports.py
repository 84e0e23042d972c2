"""Reports per second through the whole flow: the page is opened, the form is sent, the receipt is read.

At one client and at sixteen, with the clients on the same cores, on SQLite and on PostgreSQL. ``bare_16`` is the smallest view
that could do it (a form, a sealed text, one committed row, a receipt) in the same run. ``--full``: 30 seconds each.
"""

from typing import Any

from bench import _site

AIM_P95_S, AIM_OF_BARE = 0.3, 0.5


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
        one = _site.clients(place, 1, lasting, lambda connection: _site.tell(connection, place.path)).figures()
        sixteen = _site.clients(place, 16, lasting, lambda connection: _site.tell(connection, place.path)).figures()
        memory = place.memory()
        place.kill()
        place.start("bench._bare:application", "/")
        bare = _site.clients(place, 16, lasting, lambda connection: _bare(connection)).figures()
        share = round(sixteen["per_second"] / bare["per_second"], 2)
    return {
        "clients_1": one,
        "clients_16": sixteen,
        "bare_16": bare,
        "share_of_bare": share,
        "memory_mib": memory,
        "aims_met": one["failed"] == sixteen["failed"] == 0 and sixteen["p95_s"] < AIM_P95_S and share >= AIM_OF_BARE,
    }


def _bare(connection: Any) -> None:
    _site.tell(connection, "/")
