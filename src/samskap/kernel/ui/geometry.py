"""What a chart's geometry must have. ``samskap.stats.charts`` makes it; ``chart`` draws it.

All numbers are in the geometry's own units, from its own left and upper edge; ``x`` to the right, ``y`` downwards.
"""

from collections.abc import Sequence
from typing import Protocol


class Tick(Protocol):
    """A mark on an axis."""

    @property
    def position(self) -> float: ...
    @property
    def label(self) -> str: ...


class Point(Protocol):
    """A value: where it lies, what it says, and the ends of its interval when there is one (``y`` grows downwards)."""

    @property
    def x(self) -> float: ...
    @property
    def y(self) -> float: ...
    @property
    def label(self) -> str: ...
    @property
    def low_y(self) -> float | None: ...
    @property
    def high_y(self) -> float | None: ...


class Gap(Protocol):
    """A place without a figure: ``status`` says whether it is masked, empty or without anybody taking part."""

    @property
    def x(self) -> float: ...
    @property
    def status(self) -> str: ...


class Series(Protocol):
    """One line. ``segments`` are runs of points that may be joined: never over a gap or a break."""

    @property
    def name(self) -> str: ...
    @property
    def segments(self) -> Sequence[Sequence[Point]]: ...
    @property
    def gaps(self) -> Sequence[Gap]: ...


class LineGeometry(Protocol):
    """A chart over years. The first series is the one the page is about. ``breaks`` are where the question changed."""

    @property
    def width(self) -> float: ...
    @property
    def height(self) -> float: ...
    @property
    def series(self) -> Sequence[Series]: ...
    @property
    def x_ticks(self) -> Sequence[Tick]: ...
    @property
    def y_ticks(self) -> Sequence[Tick]: ...
    @property
    def breaks(self) -> Sequence[Tick]: ...


class Row(Protocol):
    """A school (or another unit) in a comparison; without a value, ``status`` says why."""

    @property
    def name(self) -> str: ...
    @property
    def x(self) -> float | None: ...
    @property
    def low_x(self) -> float | None: ...
    @property
    def high_x(self) -> float | None: ...
    @property
    def label(self) -> str: ...
    @property
    def status(self) -> str: ...


class DotGeometry(Protocol):
    """One indicator across units. ``reference`` is a line through all rows, such as the municipality's figure."""

    @property
    def width(self) -> float: ...
    @property
    def rows(self) -> Sequence[Row]: ...
    @property
    def ticks(self) -> Sequence[Tick]: ...
    @property
    def reference(self) -> Tick | None: ...
