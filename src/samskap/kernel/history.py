"""Earlier versions of what people wrote, and what differs between them."""

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Model, QuerySet

from samskap.kernel import clock
from samskap.kernel.classification import Class
from samskap.kernel.models import Revision, TenantModel
from samskap.kernel.policy import Actor

Data = Mapping[str, Any]


def snapshot(obj: Model, fields: Iterable[str]) -> dict[str, Any]:
    """The named fields of an object as plain JSON values."""
    values = {name: getattr(obj, obj._meta.get_field(name).attname) for name in fields}  # type: ignore[union-attr]  # only own columns are kept
    plain: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return plain


def keep(obj: Model, fields: Iterable[str], *, by: Actor, version: int) -> Revision:
    """Store how the object reads now, as its ``version``. Inside an action only."""
    return Revision.objects.create(
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        version=version,
        data=snapshot(obj, fields),
        at=clock.now(),
        person_id=by.person_id,
    )


class RevisedModel(TenantModel):
    """A row whose every version is kept. ``kept`` names the columns that people write."""

    classification: ClassVar[dict[str, Class]] = {"version": Class.INTERNAL}
    kept: ClassVar[tuple[str, ...]] = ()

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


V = TypeVar("V", bound=RevisedModel)


class Conflict(Exception):
    """Somebody else saved first. ``latest`` is how it reads now; nothing was overwritten."""

    def __init__(self, latest: RevisedModel) -> None:
        super().__init__(latest.pk)
        self.latest = latest


def begin(obj: V, *, by: Actor) -> V:
    """Save a new object with its first revision. Inside an action only."""
    obj.save(force_insert=True)
    keep(obj, obj.kept, by=by, version=obj.version)
    return obj


def change(obj: V, *, by: Actor, version: int, **changes: Any) -> V:
    """Change an object that the writer saw as ``version``. Raises Conflict when it has changed since."""
    rows: QuerySet[Any] = type(obj)._default_manager.all()
    taken = rows.filter(pk=obj.pk, version=version).update(version=version + 1, **changes)
    obj.refresh_from_db()
    if not taken:
        raise Conflict(obj)
    keep(obj, obj.kept, by=by, version=obj.version)
    return obj


def revisions(obj: Model) -> QuerySet[Revision]:
    """All versions of an object, the newest first."""
    return Revision.objects.filter(object_type=obj._meta.label_lower, object_id=obj.pk).order_by("-version")


@dataclass(frozen=True)
class Piece:
    """A run of words: ``same``, ``added`` or ``removed``."""

    kind: str
    text: str


def words_changed(old: str, new: str) -> tuple[Piece, ...]:
    """The way from one text to another: sentence by sentence, and word by word within a changed one.

    The work is bounded: a changed stretch of more than some hundred words is shown as removed and added as a whole.
    """
    pieces: list[Piece] = []
    for kind, before, after in _runs(_SENTENCE.findall(old), _SENTENCE.findall(new)):
        if kind == "equal":
            _add(pieces, "same", before)
        else:
            _changed(pieces, before, after)
    return tuple(pieces)


_SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]+\s*|[^.!?\n]+$")
_WORD = re.compile(r"\S+|\s+")
MOST_WORDS = 300


def _changed(pieces: list[Piece], before: str, after: str) -> None:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        _add(pieces, "removed", before)
        _add(pieces, "added", after)
        return
    for changed, gone, come in _stretches(list(_runs(old, new))):
        _add(pieces, "removed" if changed else "same", gone)
        if changed:
            _add(pieces, "added", come)


def _stretches(runs: list[tuple[str, str, str]]) -> Iterator[tuple[bool, str, str]]:
    """(changed or not, old, new). A space that two changed words have between them changes with them: one stretch is
    read more easily than word for word."""
    last, gone, come = len(runs) - 1, "", ""
    for at, (kind, before, after) in enumerate(runs):
        if kind != "equal" or (before.isspace() and 0 < at < last):
            gone, come = gone + before, come + after
            continue
        if gone or come:
            yield True, gone, come
        yield False, before, after
        gone = come = ""
    if gone or come:
        yield True, gone, come


def _runs(old: list[str], new: list[str]) -> Iterator[tuple[str, str, str]]:
    """(equal or not, the old stretch, the new stretch). Too many parts to compare are one changed stretch."""
    if max(len(old), len(new)) > MOST_WORDS:
        yield "equal" if old == new else "replace", "".join(old), "".join(new)
        return
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        yield kind, "".join(old[i1:i2]), "".join(new[j1:j2])


def _add(pieces: list[Piece], kind: str, text: str) -> None:
    if text:
        pieces.append(Piece(kind, text))


@dataclass(frozen=True)
class Difference:
    """One field that reads otherwise than before."""

    field: str
    pieces: tuple[Piece, ...]


def differences(old: Data, new: Data) -> tuple[Difference, ...]:
    """The fields that differ between two snapshots, in the newer one's order."""
    return tuple(
        Difference(name, words_changed(_text(old.get(name)), _text(value)))
        for name, value in new.items()
        if old.get(name) != value
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value)
