"""Writing the register of units: new ones, names, what belongs to what. Called inside an action's transaction."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ForeignObjectRel, Max, Q, QuerySet

from samskap.kernel import scope
from samskap.kernel.importing import StoreChanged
from samskap.kernel.policy import Actor
from samskap.kernel.text import search_key, sort_key
from samskap.people.api import Level, Owner, School, Unit, UnitIdentifier, UnitRelation
from samskap.results.models import MadeUnit, ReplacedValue, Value
from samskap.results.units.plan import Key, Kind, Plan, Wanted, all_keys, known_keys
from samskap.results.units.renumbering import numbers, spans


def own_units(by: Actor) -> frozenset[int] | None:
    """The units that the actor's owner answers for: its own, its schools', and a municipality's parts. None: all of them.

    Not one that another owner uses too: neither of the two changes it from the web.
    """
    if by.tenant_id is None:
        return None
    owner = Owner.objects.select_related("unit").filter(tenant_id=by.tenant_id).first()
    own = set(School.objects.filter(tenant_id=by.tenant_id, unit__isnull=False).values_list("unit_id", flat=True))
    if owner is not None and owner.unit is not None:
        own.add(owner.unit.pk)
        if owner.unit.level == Level.MUNICIPALITY:
            own.update(Unit.objects.filter(parent=owner.unit).values_list("pk", flat=True))
    return frozenset(unit_id for unit_id in own if unit_id is not None) - _used_by_others(by, School, Owner)


def others_units(by: Actor) -> frozenset[int]:
    """The units that another owner has as schools: from the web nothing of theirs is even added. None for the operator."""
    return _used_by_others(by, School)


def _used_by_others(by: Actor, *models: type[School | Owner]) -> frozenset[int]:
    if by.tenant_id is None:
        return frozenset()
    with scope.outside_scope(reason="units are shared by all owners; which of them do others use?"):
        used = [model.objects.exclude(tenant_id=by.tenant_id).values_list("unit_id", flat=True) for model in models]
        return frozenset(unit_id for rows in used for unit_id in rows if unit_id is not None)


def write(plan: Plan, *, own: Collection[int] | None, others: Collection[int] = ()) -> None:
    """Make the missing units, and bring names and parents up to date. Raises StoreChanged when another was faster.

    ``own``: only these existing units are changed; None for all. ``others``: these do not get a parent either.
    """
    there, missing = [unit for unit in plan.wanted if unit.unit_id is not None], plan.missing
    known = known_keys()
    if any(unit.key in known for unit in missing):
        raise StoreChanged
    try:
        with transaction.atomic():
            _make(missing, known)
    except IntegrityError:
        raise StoreChanged from None
    for batch in _batches([unit for unit in there if unit.level != Level.UNKNOWN]):
        _bring_up_to_date([unit for unit in batch if unit.unit_id not in others], known, allowed=own)
    _tell_of_splits(known)


def note_made(run_id: UUID, units: Iterable[int]) -> None:
    """Remember which units a run made."""
    MadeUnit.objects.bulk_create((MadeUnit(run_id=run_id, unit_id=unit_id) for unit_id in units), batch_size=1_000)


def remove_made(run_id: UUID) -> None:
    """Take away the units that a run made and nothing else points to, the lower levels first."""
    made = MadeUnit.objects.filter(run_id=run_id)
    for level in (Level.UNKNOWN, Level.SCHOOL, Level.MUNICIPALITY, Level.COUNTY, Level.NATION):
        rows = Unit.objects.filter(pk__in=made.values("unit_id"), level=level, same_as=None)
        ids = sorted(set(rows.values_list("pk", flat=True)) - _pointed_to(rows))
        for first in range(0, len(ids), 1_000):
            _remove(ids[first : first + 1_000])
    made.delete()


def _pointed_to(units: QuerySet[Unit]) -> set[int]:
    """Those of the units that a figure, a school, an owner or another unit stands on; what is known of them alone does not."""
    found: set[int] = set()
    with scope.outside_scope(reason="a unit is shared by all owners; is any of them standing on it?"):
        for field in Unit._meta.get_fields(include_hidden=True):
            if isinstance(field, ForeignObjectRel) and field.related_model not in (UnitIdentifier, UnitRelation):
                name = f"{field.field.name}_id"
                rows = field.related_model._base_manager.filter(**{f"{name}__in": units.values("pk")})
                found.update(rows.order_by().values_list(name, flat=True).distinct())
    kept = ReplacedValue.objects.filter(unit_id__in=units.values("pk"))
    return found | set(kept.values_list("unit_id", flat=True).distinct())


def _remove(ids: list[int]) -> None:
    UnitRelation.objects.filter(Q(before__in=ids) | Q(after__in=ids)).delete()
    UnitIdentifier.objects.filter(unit__in=ids).delete()
    Unit.objects.filter(pk__in=ids).delete()


def _make(missing: list[Wanted], known: dict[Key, int]) -> None:
    """The upper levels first, so that each unit is made below its parent."""
    for level in (Level.NATION, Level.COUNTY, Level.MUNICIPALITY, Level.SCHOOL, Level.UNKNOWN):
        for batch in _batches([wanted for wanted in missing if wanted.level == level]):
            made = Unit.objects.bulk_create([_unit(wanted, known) for wanted in batch])
            for wanted, unit in zip(batch, made, strict=True):
                wanted.unit_id = known[wanted.key] = unit.pk
            UnitIdentifier.objects.bulk_create([row for wanted in batch for row in _identifiers(wanted)])


def _batches(wanted: list[Wanted]) -> Iterable[list[Wanted]]:
    """A thousand at a time, so that memory does not grow with the number of units."""
    return (wanted[first : first + 1_000] for first in range(0, len(wanted), 1_000))


def _parent(wanted: Wanted, known: dict[Key, int]) -> int | None:
    """The nearest unit above that is known."""
    found = (known[key] for above in wanted.parents for key in all_keys(above) if key in known)
    return next((unit_id for unit_id in found if unit_id != wanted.unit_id), None)


def _unit(wanted: Wanted, known: dict[Key, int]) -> Unit:
    return Unit(level=wanted.level, name=wanted.name, parent_id=_parent(wanted, known), **_keys(wanted.name))


def _keys(name: str) -> dict[str, str]:
    return {"sort_key": sort_key(name)[:220], "search_key": search_key(name)[:220]}


def _identifiers(wanted: Wanted) -> Iterable[UnitIdentifier]:
    kind, value = wanted.key
    all_spans = spans(value) if kind == Kind.MUNICIPALITY else [(value, None, None)]
    for number, first, last in all_spans:
        yield UnitIdentifier(unit_id=wanted.unit_id or 0, kind=kind, value=number, valid_from=first, valid_to=last)


def _bring_up_to_date(there: list[Wanted], known: dict[Key, int], *, allowed: Collection[int] | None) -> None:
    """Names and parents as the newest file tells them; a file that is older than what is stored renames nothing."""
    rows = Unit.objects.in_bulk([unit.unit_id for unit in there])
    told = [(rows[unit.unit_id or 0], unit, _parent(unit, known)) for unit in there]
    changed = [(row, unit, parent or row.parent_id) for row, unit, parent in told if _differs(row, unit, parent)]
    newest = _newest_years([row.pk for row, _unit, _parent in changed])
    for row, unit, parent in changed:
        if (allowed is None or row.pk in allowed) and unit.year >= newest.get(row.pk, 0):
            row.name, row.parent_id, row.level = unit.name, parent, unit.level
            row.sort_key, row.search_key = _keys(unit.name).values()
        row.parent_id = row.parent_id or parent
    Unit.objects.bulk_update([row for row, _u, _p in changed], ["name", "sort_key", "search_key", "parent", "level"], 200)


def _differs(row: Unit, unit: Wanted, parent: int | None) -> bool:
    return (row.name, row.level) != (unit.name, unit.level) or (parent is not None and row.parent_id != parent)


def _newest_years(ids: list[int]) -> dict[int, int]:
    """The newest year with a figure, by unit."""
    rows = Value.objects.filter(unit_id__in=ids).values_list("unit_id").annotate(newest=Max("year"))
    return dict(rows.order_by())


def _tell_of_splits(known: dict[Key, int]) -> None:
    """Where a municipality was split, say so between the old unit and the new ones."""
    kind = Kind.MUNICIPALITY.value
    for change in numbers().splits:
        before, after = known.get((kind, change.old)), known.get((kind, change.new))
        if before is not None and after is not None:
            UnitRelation.objects.get_or_create(
                before_id=before, after_id=after, kind=UnitRelation.Kind.SPLIT,
                defaults={"on": change.on, "source": change.source},
            )  # fmt: skip
