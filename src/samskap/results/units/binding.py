"""Saying which unit a name or a new number means. Done by a person, once; never by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.db import connection
from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.translation import gettext as _

from samskap.kernel import scope
from samskap.kernel.actions import ActionError
from samskap.kernel.policy import Actor
from samskap.kernel.text import search_key, sort_key
from samskap.people.api import Level, Owner, School, Unit, UnitIdentifier, UnitRelation
from samskap.results.importing import store
from samskap.results.importing.stage import VALUE, differs
from samskap.results.models import Value
from samskap.results.units.plan import Kind
from samskap.results.units.register import own_units


@dataclass(frozen=True)
class Suggestion:
    """A school that vanished, and one of the same name and municipality that came under a new number."""

    old: Unit
    new: Unit
    last_year: int
    first_year: int


def unbound() -> list[Unit]:
    """The units that a file named without a number, and nobody has bound yet."""
    return list(Unit.objects.filter(level=Level.UNKNOWN, same_as=None).order_by("sort_key", "id"))


def suggestions(parents: Iterable[int] | None) -> list[Suggestion]:
    """New numbers that look like the same school, in the municipalities named (None: all). The person decides."""
    rows = Unit.objects.filter(level=Level.SCHOOL, same_as=None, parent__isnull=False)
    if parents is not None:
        rows = rows.filter(parent__in=list(parents))
    twins = rows.values("parent_id", "search_key").annotate(units=Count("id")).filter(units__gt=1).order_by()
    wanted = [(row["parent_id"], row["search_key"]) for row in twins]
    found = [suggestion for parent, key in wanted for suggestion in _pairs(list(rows.filter(parent=parent, search_key=key)))]
    return sorted(found, key=lambda pair: (pair.old.sort_key, pair.old.pk))


def _pairs(units: list[Unit]) -> list[Suggestion]:
    """Those of the same name whose years do not overlap, each beside the next."""
    years = Value.objects.filter(unit__in=units).values_list("unit_id").annotate(first=Min("year"), last=Max("year")).order_by()
    spans = {unit_id: (first, last) for unit_id, first, last in years}
    dated = sorted((spans[unit.pk], unit.pk, unit) for unit in units if unit.pk in spans)
    return [
        Suggestion(old, new, last, first) for ((_f, last), _o, old), ((first, _l), _n, new) in pairwise(dated) if last < first
    ]


def merge(gone: Unit, kept: Unit) -> tuple[Unit, int]:
    """Make two units one: identifiers and figures of ``gone`` go to ``kept``. (kept, figures moved).

    Raises ActionError when both are in use, or when both have figures for the same year that differ.
    """
    gone, kept = _which_stays(gone, kept)
    with connection.cursor() as cursor:
        store.lock(cursor)
        _refuse_different(gone, kept)
        moved = _move_values(gone, kept)
    UnitIdentifier.objects.filter(unit=gone).update(unit=kept)
    Unit.objects.filter(parent=gone).update(parent=kept)
    Unit.objects.filter(Q(pk=gone.pk) | Q(same_as=gone)).update(same_as=kept)
    UnitRelation.objects.filter(before=gone).update(before=kept)
    UnitRelation.objects.filter(after=gone).update(after=kept)
    if kept.level == Level.UNKNOWN:
        Unit.objects.filter(pk=kept.pk).update(level=gone.level, parent=gone.parent)
    return kept, moved


def _which_stays(gone: Unit, kept: Unit) -> tuple[Unit, Unit]:
    """The unit that a school or an owner stands on stays."""
    with scope.outside_scope(reason="a unit is shared by all owners; is any of them standing on it?"):
        used = {unit.pk: _in_use(unit) for unit in (gone, kept)}
    if used[gone.pk] and used[kept.pk]:
        raise ActionError(_("Both are in use as schools. Change the organisation number of one of the schools first."))
    return (kept, gone) if used[gone.pk] else (gone, kept)


def _in_use(unit: Unit) -> bool:
    return School.objects.filter(unit=unit).exists() or Owner.objects.filter(unit=unit).exists()


def _refuse_different(gone: Unit, kept: Unit) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {VALUE} g JOIN {VALUE} k ON k.series_id = g.series_id AND k.year = g.year AND k.unit_id = %s "
            f"WHERE g.unit_id = %s AND (g.status <> k.status OR {differs('g.number', 'k.number')})",
            [kept.pk, gone.pk],
        )
        count = int(cursor.fetchone()[0])
    if count:
        text = _("%(count)s figures differ from those that %(name)s has for the same years. It looks like another school.")
        raise ActionError(text % {"count": count, "name": kept.name})


def _move_values(gone: Unit, kept: Unit) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {VALUE} WHERE unit_id = %s AND EXISTS (SELECT 1 FROM {VALUE} k WHERE k.unit_id = %s "
            f"AND k.series_id = {VALUE}.series_id AND k.year = {VALUE}.year)",
            [gone.pk, kept.pk],
        )
        same = int(cursor.rowcount)
        cursor.execute(f"UPDATE {VALUE} SET unit_id = %s WHERE unit_id = %s", [kept.pk, gone.pk])
        moved = int(cursor.rowcount)
        cursor.execute(f"UPDATE {store.REPLACED} SET unit_id = %s WHERE unit_id = %s", [kept.pk, gone.pk])
    return moved + same


def is_name_only(unit: Unit) -> bool:
    """A unit that has no number yet."""
    return unit.level == Level.UNKNOWN and UnitIdentifier.objects.filter(unit=unit, kind=Kind.NAME).exists()


def grades(unit: Unit) -> frozenset[str]:
    """The grades that a unit has figures for."""
    return frozenset(Value.objects.filter(unit=unit).values_list("series__grade", flat=True).distinct())


def refuse_other_grades(named: Unit, unit: Unit) -> None:
    """Figures of quite other grades than a school has are another school's. Raises ActionError."""
    file, school = grades(named), grades(unit)
    if file and school and not file & school:
        told = {"file": ", ".join(sorted(file)), "school": unit.name, "own": ", ".join(sorted(school))}
        text = _("The file has figures for grade %(file)s, and %(school)s has figures for grade %(own)s. Is it the right school?")
        raise ActionError(text % told, "unit")


def bound(by: Actor) -> QuerySet[UnitIdentifier]:
    """The names that mean one of the actor's own schools."""
    rows = UnitIdentifier.objects.filter(kind=Kind.NAME, unit__in=own_schools(by)).select_related("unit")
    return rows.order_by("unit__sort_key", "value")


def loosen(name: UnitIdentifier) -> Unit:
    """Let a name mean nobody again: later files ask anew. Figures that came already are taken back by undoing their import."""
    again = Unit.objects.create(
        level=Level.UNKNOWN, name=name.value, sort_key=sort_key(name.value), search_key=search_key(name.value)
    )
    UnitIdentifier.objects.filter(pk=name.pk).update(unit=again)
    return again


def own_schools(by: Actor) -> QuerySet[Unit]:
    """The schools in the register that the actor may bind to."""
    own = own_units(by)
    rows = Unit.objects.filter(level=Level.SCHOOL, same_as=None).order_by("sort_key", "id")
    return rows if own is None else rows.filter(pk__in=own)


def suggestions_for(by: Actor) -> list[Suggestion]:
    """The suggestions within the actor's own municipality."""
    own = own_units(by)
    return suggestions(None) if own is None else [s for s in suggestions(own) if s.old.pk in own and s.new.pk in own]
