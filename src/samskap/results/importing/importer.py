"""Results as a kind of file for the kernel's import frame."""

from collections.abc import Sequence
from contextlib import AbstractContextManager

from django.utils.translation import gettext as _

from samskap.kernel import importing
from samskap.kernel.actions import ActionError
from samskap.kernel.importing import Progress, Source, Staged
from samskap.kernel.models import ImportRun
from samskap.kernel.policy import Actor
from samskap.results.importing import reading, run, store
from samskap.results.models import ReplacedValue
from samskap.results.policy import IMPORT
from samskap.results.units import register

KIND = "results"
UPLOAD_CAP = 64_000_000


class ResultsImporter:
    """Published statistics."""

    kind = KIND
    verb = IMPORT

    def cap(self, head: bytes) -> int:
        """See ``importing.Importer``. Smaller than on the command line: an upload passes through the database."""
        return min(reading.cap(head), UPLOAD_CAP)

    def staged(self, sources: Sequence[Source], *, by: Actor, progress: Progress) -> AbstractContextManager[Staged]:
        """See ``importing.Importer``."""
        return run.staged(sources, by=by, progress=progress)

    def undo(self, run: ImportRun) -> int:
        """See ``importing.Importer``."""
        if ReplacedValue.objects.filter(before_run_id=run.pk).exists():
            raise ActionError(_("A later import changed some of the same figures. This one cannot be undone."))
        count = store.undo(run.pk)
        register.remove_made(run.pk)
        return count


IMPORTER = importing.register(ResultsImporter())
