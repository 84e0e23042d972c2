"""One run of statistics files: read each, stage, compare, and store when told to."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property, partial

from django.db.backends.utils import CursorWrapper

from samskap.kernel.importing import Progress, Source, Summary
from samskap.kernel.models import ImportRun
from samskap.kernel.policy import Actor
from samskap.results.importing import difference, stage, store
from samskap.results.importing.reading import FileRead, read
from samskap.results.importing.series import SeriesPlan
from samskap.results.units import register
from samskap.results.units.plan import Plan, known_keys


def _later(progress: Progress, before: int, expected: int, part: int) -> None:
    progress(before + part, expected)


class Run:
    """The files of a run as read. Holds the staging tables while it lives."""

    def __init__(self, cursor: CursorWrapper, by: Actor) -> None:
        self.cursor = cursor
        self.by = by
        self.own = register.own_units(by)
        self.others = register.others_units(by)
        self.files: list[FileRead] = []
        self.units = Plan()
        self.series = SeriesPlan()
        self.delta = difference.NOTHING
        self.contradicting: list[tuple[int, int, int]] = []

    def read_all(self, sources: Sequence[Source], progress: Progress) -> None:
        """Read every file into the stage, telling how far it is."""
        expected = sum(source.path.stat().st_size for source in sources) or 1
        before = 0
        for number, source in enumerate(sources):
            found = read(self.cursor, number, source, partial(_later, progress, before, expected))
            before += found.size
            self.units.add_file(found.units, max(found.years, default=0))
            self.series.add_file(found.series, found.names)
            self.files.append(replace(found, units=(), series=()))
        progress(expected, expected)

    def compare(self) -> None:
        """Set what was read beside the store. Not when a file cannot be used: then nothing is compared or stored."""
        if self.fatal:
            return
        self.units.resolve(known_keys())
        self.series.resolve()
        self._map()
        if self._may_overlap():
            self.contradicting = stage.contradictions(self.cursor)
        if not self.contradicting:
            twice = self._may_overlap()
            stage.compare(self.cursor, twice=twice)
            self.delta = difference.measure(self.cursor, self.units, self.series, stage.count(self.cursor, twice=twice))

    def _map(self) -> None:
        stage.map_places(self.cursor, "imp_unit", self._unit_rows())
        stage.map_places(self.cursor, "imp_series", self._series_rows())

    def _unit_rows(self) -> Iterator[tuple[int, int, int | None, int]]:
        for number, places in enumerate(self.units.places):
            for index, place in enumerate(places):
                unit_id = self.units.wanted[place].unit_id
                yield number * stage.STEP + index, place, unit_id, self._whose(unit_id)

    def _whose(self, unit_id: int | None) -> int:
        if unit_id in self.others:
            return stage.OTHERS
        return stage.OWN if self.own is None or unit_id is None or unit_id in self.own else stage.NOBODYS

    def _series_rows(self) -> Iterator[tuple[int, int, int | None, int]]:
        for number, places in enumerate(self.series.places):
            for index, place in enumerate(places):
                yield number * stage.STEP + index, place, self.series.ids[place], stage.OWN

    def _may_overlap(self) -> bool:
        """Could two cells be the same figure: two names of one unit in a file, or a series and year in two files?"""
        if any(len(set(places)) < len(places) for places in (*self.units.places, *self.series.places)):
            return True
        seen: set[tuple[int, int]] = set()
        for found, places in zip(self.files, self.series.places, strict=True):
            here = {(place, year) for place in places for year in found.years}
            if seen & here:
                return True
            seen |= here
        return False

    @property
    def fatal(self) -> bool:
        """A file cannot be used."""
        return any(found.fatal for found in self.files)

    @property
    def usable(self) -> bool:
        """Nothing forbids to store, as far as the files go."""
        return not self.fatal and not self.contradicting

    @cached_property
    def summary(self) -> Summary:
        """What to show, and to print."""
        return difference.summary(self.files, self.units, self.series, self.delta, self.contradicting)

    def store(self, run: ImportRun) -> None:
        """Make units and series, then the figures, in the transaction of the frame."""
        store.lock(self.cursor)
        missing = self.units.missing
        register.write(self.units, own=self.own, others=self.others)
        register.note_made(run.pk, [unit.unit_id for unit in missing if unit.unit_id is not None])
        self.series.make_missing()
        ids = [unit.unit_id or 0 for unit in self.units.wanted]
        store.ids(self.cursor, "imp_unit_id", enumerate(ids))
        store.ids(self.cursor, "imp_series_id", enumerate(series_id or 0 for series_id in self.series.ids))
        store.write(self.cursor, run.pk, new=self.delta.new, changed=self.delta.changed)


@contextmanager
def staged(sources: Sequence[Source], *, by: Actor, progress: Progress) -> Iterator[Run]:
    """Read, stage and compare files."""
    with stage.tables() as cursor:
        run = Run(cursor, by)
        run.read_all(sources, progress)
        run.compare()
        yield run
