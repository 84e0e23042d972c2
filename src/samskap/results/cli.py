"""``samskap import`` and ``samskap units``: the operator's way to the store. No one's web rights apply here."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.kernel.actions import ActionError
from samskap.kernel.importing import Source, StoreChanged, import_now
from samskap.kernel.policy import SYSTEM
from samskap.people.api import UnitIdentifier
from samskap.results import actions
from samskap.results.importing import shown
from samskap.results.importing.importer import KIND
from samskap.results.importing.reading import cap
from samskap.results.units import binding
from samskap.results.units.plan import Kind

Json = dict[str, Any]
DONE, FAILED, WRONG_USE = 0, 1, 2
LEVELS = ("nation", "county", "municipality", "school", "unknown")


def run_import(paths: Sequence[Path], *, dry_run: bool, as_json: bool, out: TextIO) -> int:
    """Read files into the store, or only show the difference. Exit code: 0 done, 1 nothing could be used, 2 no such file."""
    for path in paths:
        if (wrong := _unreadable(path)) is not None:
            _complain(f"samskap: {path}: {wrong}")
            return WRONG_USE
    sources = [Source(str(path), path) for path in paths]
    try:
        summary, stored = import_now(KIND, sources, by=SYSTEM, dry_run=dry_run, progress=_Ticker(sys.stderr))
    except StoreChanged:
        _complain(_("Somebody else stored figures at the same time. Nothing was changed. Run the command again."))
        return FAILED
    if as_json:
        out.write(json.dumps(as_object(summary), ensure_ascii=False) + "\n")
    else:
        out.writelines(line + "\n" for line in as_text(summary, dry_run=dry_run, stored=stored))
    return FAILED if unusable(summary) else DONE


def _complain(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _unreadable(path: Path) -> str | None:
    if not path.is_file():
        return _("there is no such file")
    try:
        with path.open("rb") as file:
            head = file.read(512)
    except OSError as fault:
        return fault.strerror or str(fault)
    limit = cap(head)
    return _("larger than %(limit)s MB") % {"limit": limit // 1_000_000} if path.stat().st_size > limit else None


class _Ticker:
    """Progress on a terminal; silent elsewhere."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.alive = stream.isatty()

    def __call__(self, done: int, total: int) -> None:
        if self.alive:
            end = "\n" if done >= total else "\r"
            self.stream.write(f"{min(100, done * 100 // (total or 1)):3d} %{end}")
            self.stream.flush()


def unusable(summary: Json) -> bool:
    """A problem forbade to use the files: nothing was or would be stored."""
    return any(p["fatal"] for p in [*summary["problems"], *(p for f in summary["files"] for p in f["problems"])])


def as_object(summary: Json) -> Json:
    """The one object of ``--json``. Counts are of the files' own cells, before anything is de-duplicated."""
    files = [
        {
            "path": f["path"],
            "format": f["format"],
            "years": f["years"],
            "rows": {level: f["rows"].get(level, 0) for level in LEVELS},
            "values": {kind: f["values"].get(kind, 0) for kind in ("number", "masked", "empty")},
            "problems": [_problem(p) for p in f["problems"]],
        }
        for f in summary["files"]
    ]
    if summary["problems"] and files:
        files[-1]["problems"] += [_problem(p) for p in summary["problems"]]
    return {"files": files, "stored": summary["stored"]}


def _problem(problem: Json) -> Json:
    return {"code": problem["code"], "where": problem["where"], "text": shown.problem_text(problem)}


def as_text(summary: Json, *, dry_run: bool, stored: bool) -> list[str]:
    """The same for a reader: each file, then the difference."""
    lines: list[str] = []
    for file in shown.files(summary):
        lines += [file.name, f"  {file.format}{': ' if file.years else ''}{file.years}", *_counts(file)]
        lines += [_told(problem) for problem in file.problems]
    lines += [_told(problem) for problem in shown.problems(summary["problems"])]
    if unusable(summary):
        return [*lines, _("Nothing is stored. What was there before is untouched.")]
    return [*lines, *_difference(summary), _ending(dry_run=dry_run, stored=stored)]


def _counts(file: shown.File) -> list[str]:
    told = {"rows": file.rows, **{kind: file.values.get(kind, 0) for kind in ("number", "masked", "empty")}}
    return ["  " + _("%(rows)s rows: %(number)s figures, %(masked)s masked, %(empty)s empty") % told] if file.rows else []


def _told(problem: shown.Problem) -> str:
    return f"  ! {problem.where}{': ' if problem.where else ''}{problem.text} ({problem.code})"


def _difference(summary: Json) -> list[str]:
    told = {**summary["stored"], "masked": summary["masked"]}
    lines = [_("New %(new)s, changed %(changed)s, unchanged %(unchanged)s. Masked among the new and changed: %(masked)s") % told]
    lines += [f"  {unit}, {what}, {year}: {before} → {after}" for unit, what, year, before, after in shown.example_rows(summary)]
    for text, found in ((_("Schools and areas not seen before"), "new_units"), (_("Names without a number"), "unbound")):
        if count := summary[found]["count"]:
            more = " …" if count > len(summary[found]["names"]) else ""
            lines.append(f"{text}: {count} ({', '.join(summary[found]['names'])}{more})")
    return lines


def _ending(*, dry_run: bool, stored: bool) -> str:
    if stored:
        return _("Stored.")
    return _("Nothing was stored: this was a trial run.") if dry_run else _("Nothing was stored.")


def list_units(out: TextIO) -> int:
    """``samskap units``: names without a number, and new numbers that look like a school we know."""
    for unit in binding.unbound():
        out.write(_("Name without a number: %(name)s") % {"name": unit.name} + "\n")
    for pair in binding.suggestions(None):
        old, new = _number(pair.old.pk), _number(pair.new.pk)
        out.write(_("Same name and municipality: %(old)s until %(last)s, %(new)s from %(first)s: %(name)s") % {
            "old": old, "last": pair.last_year, "new": new, "first": pair.first_year, "name": pair.new.name,
        } + "\n")  # fmt: skip
    return DONE


def _number(unit_id: int) -> str:
    rows = UnitIdentifier.objects.filter(unit=unit_id, kind=Kind.ORGANISATION).order_by("-id")
    return rows.values_list("value", flat=True).first() or ""


def bind_units(name_or_number: str, number: str, out: TextIO) -> int:
    """``samskap units bind NAME|NEW-NUMBER NUMBER``: they are one school. Exit code 2 when one of them is unknown."""
    rows = UnitIdentifier.objects.select_related("unit")
    wanted = rows.filter(kind__in=(Kind.NAME, Kind.ORGANISATION), value=name_or_number.strip()).first()
    school = rows.filter(kind=Kind.ORGANISATION, value=number.strip()).first()
    if wanted is None or school is None:
        unknown = name_or_number if wanted is None else number
        _complain(_("Nothing is known as %(name)s.") % {"name": unknown})
        return WRONG_USE
    try:
        if wanted.kind == Kind.NAME:
            moved = actions.bind_unit_name(by=SYSTEM, named=wanted.unit, unit=school.unit)
        else:
            moved = actions.bind_unit_number(by=SYSTEM, new=wanted.unit, old=school.unit)
    except ActionError as refused:
        _complain(refused.message)
        return FAILED
    out.write(ngettext("Bound; %(count)s figure moved.", "Bound; %(count)s figures moved.", moved) % {"count": moved} + "\n")
    return DONE
