"""The units that a run's files speak of, beside what the register knows. Makes nothing; ``register`` does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from samskap.people.api import Level, UnitIdentifier
from samskap.results.readers.model import UnitRef
from samskap.results.units.renumbering import spans

Kind = UnitIdentifier.Kind
Key = tuple[str, str]
KINDS = {
    "nation": (Level.NATION, Kind.NATION),
    "county": (Level.COUNTY, Kind.COUNTY),
    "municipality": (Level.MUNICIPALITY, Kind.MUNICIPALITY),
    "school": (Level.SCHOOL, Kind.ORGANISATION),
}
NATION_KEY: Key = (Kind.NATION.value, "NO")


def municipality_key(number: str) -> Key:
    """One key for a municipality whatever number a file uses: the newest."""
    return Kind.MUNICIPALITY.value, spans(number)[-1][0]


def key_of(ref: UnitRef) -> Key:
    """By what the register knows the unit: its number, or its name where the file has no number."""
    if ref.level not in KINDS or (ref.number is None and ref.level != "nation"):
        return Kind.NAME.value, ref.name.strip()
    if ref.level == "nation":
        return NATION_KEY
    if ref.level == "municipality":
        return municipality_key(ref.number or "")
    return KINDS[ref.level][1].value, ref.number or ""


@dataclass(slots=True)
class Wanted:
    """A unit as the newest file of the run tells of it. ``unit_id`` is None until the register has it."""

    key: Key
    level: Level
    name: str
    year: int
    parents: tuple[Key, ...]
    unit_id: int | None = None


@lru_cache(maxsize=5_000)
def _parents(level: str, county: str | None, municipality: str | None) -> tuple[Key, ...]:
    """The keys above a unit, the nearest first; kept, since a thousand schools share them."""
    above: list[Key] = []
    if level == "school" and municipality:
        above.append(municipality_key(municipality))
    if level in ("school", "municipality") and county:
        above.append((Kind.COUNTY.value, county))
    return (*above, NATION_KEY) if level in ("county", "municipality", "school") else ()


@dataclass
class Plan:
    """All units of a run; ``places`` holds, for each file, the place in ``wanted`` of its units in the file's order."""

    wanted: list[Wanted] = field(default_factory=list)
    by_key: dict[Key, int] = field(default_factory=dict)
    places: list[list[int]] = field(default_factory=list)

    def add_file(self, refs: Sequence[UnitRef], year: int) -> None:
        """Add a file's units; ``year`` is the newest that it holds."""
        self.places.append([self._place(ref, year) for ref in refs])

    def _place(self, ref: UnitRef, year: int) -> int:
        key = key_of(ref)
        level = KINDS[ref.level][0] if key[0] != Kind.NAME else Level.UNKNOWN
        told = Wanted(key, level, ref.name.strip()[:200], year, _parents(ref.level, ref.county, ref.municipality))
        place = self.by_key.setdefault(key, len(self.wanted))
        if place == len(self.wanted):
            self.wanted.append(told)
        elif year > self.wanted[place].year:
            self.wanted[place] = told
        return place

    def resolve(self, known: dict[Key, int]) -> None:
        """Fill in the units that the register has."""
        for unit in self.wanted:
            unit.unit_id = next((known[key] for key in all_keys(unit.key) if key in known), None)

    @property
    def missing(self) -> list[Wanted]:
        """The units that the register does not have."""
        return [unit for unit in self.wanted if unit.unit_id is None]


def all_keys(key: Key) -> Iterable[Key]:
    """Every key of the same unit: a renumbered municipality has two."""
    if key[0] != Kind.MUNICIPALITY:
        return [key]
    return [(key[0], number) for number, _first, _last in reversed(spans(key[1]))]


def known_keys() -> dict[Key, int]:
    """Every identifier in the register. Some thousand rows; one query."""
    rows = UnitIdentifier.objects.values_list("kind", "value", "unit_id")
    return {(kind, value): unit_id for kind, value, unit_id in rows}
