"""What is written in results: imports, and which unit a name or number means."""

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from samskap.kernel import audit, importing, policy
from samskap.kernel.actions import ActionError, action
from samskap.kernel.models import ImportRun
from samskap.kernel.policy import SYSTEM, Actor
from samskap.people.api import Level, Unit, UnitIdentifier
from samskap.results.importing.importer import KIND
from samskap.results.policy import IMPORT
from samskap.results.units import binding
from samskap.results.units.register import own_units

apply_import = importing.apply
cancel_import = importing.cancel
drop_import = importing.drop
undo_import = importing.undo


def receive_files(*, by: Actor, uploads: "Sequence[UploadedFile[Any]]") -> ImportRun:
    """Keep uploaded statistics files and have them read. Raises ActionError."""
    return importing.receive(by=by, kind=KIND, uploads=uploads)


@action
def bind_unit_name(*, by: Actor, named: Unit, unit: Unit, sure: bool = False) -> int:
    """Say which school a file means that has names only. Figures move; later files land there. Raises ActionError.

    ``sure``: also when the file has figures of quite other grades than the school. The operator is not asked.
    """
    policy.require(IMPORT, by)
    if not binding.is_name_only(named):
        raise ActionError(_("This name is bound already."))
    _require_own(by, unit)
    if not sure and by is not SYSTEM:
        binding.refuse_other_grades(named, unit)
    return _merge(by, "results.unit_name_bound", named, unit)


@action
def loosen_unit_name(*, by: Actor, name: UnitIdentifier) -> Unit:
    """Take back what was said of a name. Raises ActionError for a name of somebody else's school."""
    policy.require(IMPORT, by)
    if not binding.bound(by).filter(pk=name.pk).exists():
        raise ActionError(_("Choose one of your own schools."))
    before = name.unit_id
    again = binding.loosen(name)
    audit.record(by, "results.unit_name_loosened", again, first=before)
    return again


@action
def bind_unit_number(*, by: Actor, new: Unit, old: Unit) -> int:
    """Say that a school goes on under a new organisation number: one series. Raises ActionError."""
    policy.require(IMPORT, by)
    if new.pk == old.pk or new.level != Level.SCHOOL or new.same_as_id or old.same_as_id:
        raise ActionError(_("These two are one school already, or one of them is no school."))
    _require_own(by, old)
    _require_own(by, new)
    return _merge(by, "results.unit_number_bound", new, old)


def _require_own(by: Actor, unit: Unit) -> None:
    own = own_units(by)
    if unit.level != Level.SCHOOL or (own is not None and unit.pk not in own):
        raise ActionError(_("Choose one of your own schools."), "unit")


def _merge(by: Actor, verb: str, gone: Unit, kept: Unit) -> int:
    stays, moved = binding.merge(gone, kept)
    audit.record(by, verb, stays, first=gone.pk, second=kept.pk, values=moved)
    return moved
