"""Which pupils of a school are in a case that goes on, as far as one may read it: told to whoever opens another one."""

from samskap.cases import marks
from samskap.cases.models import Case, CasePupil, State
from samskap.cases.policy import READ
from samskap.kernel import policy
from samskap.kernel.policy import Actor
from samskap.people.api import Pupil, School


class Going:
    """The open cases of a school that somebody may read, by pupil. Others leave no trace, not even as a number."""

    def __init__(self, actor: Actor, school: School, *, but: Case | None = None) -> None:
        mine = policy.visible(READ, actor).filter(school=school, state=State.OPEN)
        rows = CasePupil.objects.filter(case__in=mine.order_by().values("pk"), left_at=None)
        if but is not None:
            rows = rows.exclude(case=but)
        self._cases: dict[str, list[str]] = {}
        for row in (
            rows.select_related("case").only("person_mark", "case__year", "case__number").order_by("case__year", "case__number")
        ):
            self._cases.setdefault(row.person_mark, []).append(row.case.reference)

    def of(self, pupil: Pupil) -> str:
        """The numbers of a pupil's cases; empty for none."""
        return ", ".join(self._cases.get(marks.person(pupil.person_id), ()))

    def of_folder(self, folder: CasePupil) -> str:
        """The same, for a pupil of a case."""
        return ", ".join(self._cases.get(folder.person_mark, ()))
