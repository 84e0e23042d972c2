"""Steps with a line of the timeline: put it right, or decide that home gets to know."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from samskap.cases import actions, forms
from samskap.cases.actions.home import from_own_page, is_pupils, told_home
from samskap.cases.forms_family import TellHomeForm
from samskap.cases.policy import LEAD, READ
from samskap.cases.views.stepping import At, Step, plain


def _kept_from_home(at: At) -> bool:
    """The pupil's own words, of which those at home do not know."""
    if at.row.pupil is None or at.row.home or not is_pupils(at.case, at.row):
        return False
    return str(at.row.pk) not in told_home(at.case, at.row.pupil)


ENTRIES: Mapping[str, Step] = {
    "rett": Step(
        lambda at: _("Correct what was written"), plain(forms.CorrectForm),
        lambda at, form: actions.correct(by=at.by, entry=at.row, **form.values), lambda: _("The correction stands beside it."),
        READ, offer=lambda at: not from_own_page([at.row]),
    ),
    "hjem": Step(
        lambda at: _("Tell it at home against the pupil's wish"), plain(TellHomeForm),
        lambda at, form: actions.tell_home(by=at.by, entry=at.row, **form.values), lambda: _("Those at home can read it now."),
        LEAD, offer=_kept_from_home, danger=True,
        lead=lambda at: _("Only where the pupil's safety needs it. Talk with the pupil first."),
        button=lambda: _("Decide it"),
    ),
}  # fmt: skip
