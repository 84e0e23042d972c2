"""Fifty more employees for one school: names put together by chance, so that lists have two pages."""

from samskap.site.demo.drawing import stream

FIRST = (
    "Anders", "Anita", "Astrid", "Bjarne", "Bente", "Cathrine", "Dag", "Elin", "Erlend", "Fatima", "Frode", "Gro", "Gunnar",
    "Hanne", "Helge", "Idun", "Ivar", "Jorunn", "Karim", "Kjersti", "Knut", "Leila", "Magnhild", "Mohammed", "Morten", "Oda",
    "Petter", "Ragnhild", "Rune", "Samira", "Solveig", "Stian", "Synnøve", "Terje", "Tone", "Trygve",
    "Turid", "Vegard", "Åse", "Øystein",
)  # fmt: skip
LAST = (
    "Aspelund", "Bakkane", "Brattvoll", "Dalsegg", "Eidsmoen", "Fagerlid", "Fjærvik", "Granmo", "Haugli", "Holmstad", "Innvær",
    "Kleivdal", "Krokmyr", "Langnes", "Lindmo", "Moldskred", "Nesvold", "Nygjerdet", "Oppstad", "Raudmyr", "Rismoen", "Sandlia",
    "Skarbø", "Solbraa", "Stavland", "Storvik", "Sørmo", "Tveitdal", "Ulveng", "Vestby", "Vikmo", "Ødegårdsli", "Åsbakk",
)  # fmt: skip
TITLES = (
    "lærer", "lærer", "lærer", "kontaktlærer", "kontaktlærer", "miljøterapeut", "fagarbeider", "assistent", "spesialpedagog",
    "SFO-ansatt",
)  # fmt: skip


def employees(seed: int, count: int, taken: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """(name, title) of ``count`` people with different names, none in ``taken``. ValueError when there are too few names."""
    pairs = sorted({f"{first} {last}" for first in FIRST for last in LAST} - taken)
    if count > len(pairs):
        raise ValueError(f"{count} names are wanted, and there are {len(pairs)}")
    chance = stream(seed, "staff")
    return [(name, chance.choice(TITLES)) for name in chance.sample(pairs, count)]
