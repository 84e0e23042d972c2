"""Loads the demonstration municipality, once: all of it in one transaction, through the doors that everybody uses."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.db import transaction

from samskap.kernel import clock, scope
from samskap.kernel.importing import Source, import_now
from samskap.kernel.models import Tenant
from samskap.kernel.policy import SYSTEM, Actor
from samskap.people import actions
from samskap.people.api import Person, School
from samskap.people.models import Unit, UnitIdentifier
from samskap.site.commands import CannotDo
from samskap.site.demo import cast, files, follow_up, owners, rounds, staff, survey, truth, voices
from samskap.site.demo.figures import Survey

Say = Callable[[str], None]
ROLES_BEGAN = timedelta(days=6 * 365 + 200)
MORE_STAFF = ("storhaugen", 54)
PUBLISHED = (3, 2)


def load(say: Say) -> None:
    """Load it into a home that holds nothing; say what is done. Does nothing when it is there. Raises CannotDo."""
    if Tenant.objects.filter(is_demo=False).exists():
        raise CannotDo("this home holds a real school owner; give the demonstration its own folder with --home")
    if Tenant.objects.filter(is_demo=True).exists():
        say(f"The demonstration is in {settings.HOME} already.")
        return
    began = monotonic()
    say("Nothing and nobody in the demonstration exists: names, schools, figures and texts are made up.")
    with transaction.atomic():
        _load(say)
    say(f"Loaded in {monotonic() - began:.0f} seconds.")


def _load(say: Say) -> None:
    say("Making up five years of results …")
    folder = Path(settings.HOME) / "demo-files"
    years = {found.year: write_year(folder, found) for found in survey.surveys()}
    first = years[truth.YEARS[0]].pop()
    _import(SYSTEM, first, truth.YEARS[0])  # makes the register of units, on which the owners stand
    say(f"Opening {cast.OWNER} and {cast.NEIGHBOUR}: {len(cast.SCHOOLS)} schools and their people …")
    opened = _open_owners()
    owner = opened[cast.OWNER]
    say("Importing the results …")
    for year, paths in years.items():
        for path in paths:
            with scope.tenant_scope(owner.pk):
                _import(_actor("henrik"), path, year)
            with scope.tenant_scope(opened[cast.NEIGHBOUR].pk):  # the neighbour's school is the neighbour's to bring in
                _import(_actor("sigrid"), path, year, hours_earlier=1)
    say("Writing the schools' plans …")
    with scope.tenant_scope(owner.pk):
        rounds.play_all()
    say("Opening the pages where pupils tell, with some reports …")
    with scope.tenant_scope(owner.pk):
        voices.play_all()
    say("Following pupils up …")
    with scope.tenant_scope(owner.pk):
        follow_up.play_all()


def write_year(folder: Path, found: Survey) -> list[Path]:
    """The made-up statistics files of one year, in a folder that is made."""
    folder.mkdir(parents=True, exist_ok=True)
    return files.write(folder, found)


def _published(year: int) -> datetime:
    """When a school year's results come out: in March, and never later than now."""
    return min(clock.now(), datetime(year + 1, *PUBLISHED, 9, 30, tzinfo=UTC))


def _import(by: Actor, path: Path, year: int, *, hours_earlier: int = 0) -> None:
    with clock.frozen(_published(year) - timedelta(hours=hours_earlier)):
        import_files(by, [path])


def import_files(by: Actor, paths: Sequence[Path]) -> None:
    """Through the importer that everybody uses. Raises CannotDo when it refuses."""
    sources = [Source(path.name, path) for path in paths]
    summary, stored = import_now("results", sources, by=by, dry_run=False, progress=lambda done, total: None)
    if not stored:
        raise CannotDo(f"the made-up results were refused: {summary}")


def _open_owners() -> dict[str, Tenant]:
    since = clock.today() - ROLES_BEGAN
    units = {cast.OWNER: municipality(cast.OWNER_NUMBER), cast.NEIGHBOUR: municipality(cast.NEIGHBOUR_NUMBER)}
    opened = owners.open_all(since=since, units=units)
    for tenant in opened.values():
        with scope.tenant_scope(tenant.pk):
            _earlier_years(owners.builder(tenant.pk))
    with scope.tenant_scope(opened[cast.OWNER].pk):
        more_staff(owners.builder(opened[cast.OWNER].pk), *MORE_STAFF)
    return opened


def municipality(number: str) -> Unit:
    """The register's municipality with a number. Raises UnitIdentifier.DoesNotExist before its first import."""
    kind = UnitIdentifier.Kind.MUNICIPALITY
    return UnitIdentifier.objects.select_related("unit").get(kind=kind, value=number).unit


def _earlier_years(by: Actor) -> None:
    today = clock.today()
    current = today.year if today.month >= 8 else today.year - 1
    for start in range(current - 5, current):
        actions.open_school_year(by=by, start=start)


def more_staff(by: Actor, key: str, count: int) -> None:
    """Give a school so many more employees."""
    school = School.objects.get(name=cast.school(key).name)
    taken = frozenset(person.name for person in cast.PEOPLE)
    for name, title in staff.employees(survey.SEED, count, taken):
        person = actions.add_person(by=by, name=name, title=title)
        actions.assign(by=by, person=person, role="employee", school=school, valid_from=clock.today() - timedelta(days=365))


def _actor(key: str) -> Actor:
    return actions.actor_for_person(Person.objects.get(account__username=key))
