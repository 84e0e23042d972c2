"""Steps that decide what a family reads: a line that is put right or told at home, a plan that is put in force."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.cases import actions, forms
from samskap.cases.actions.home import from_own_page, is_pupils, told_home
from samskap.cases.forms_family import TellHomeForm
from samskap.cases.models import Home
from samskap.cases.policy import LEAD, READ
from samskap.cases.queries import Folder
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


def _closed(at: At) -> tuple[list[Folder], list[Folder]]:
    """The pupils of a plan, and those of them of whom nobody has the page."""
    mine = [one for one in at.view.folders if one.row.plan_id == at.row.pk]
    opened = set(Home.objects.filter(pupil__in=[one.row.pk for one in mine], sees=True).values_list("pupil_id", flat=True))
    return mine, [one for one in mine if one.row.pk not in opened]


def who_reads_the_plan(at: At) -> str:
    """Who reads it, as it is: nobody does before a page is open."""
    mine, closed = _closed(at)
    if not closed:
        return _("The family reads it on its page, without other pupils.")
    if len(closed) == len(mine):
        return _("No page is open: neither the pupil nor those at home can read it yet.")
    names = ", ".join(one.name for one in closed)
    return _("Those who have a page read it, without other pupils. No page is open for %(names)s.") % {"names": names}


def to_a_closed_page(at: At) -> tuple[str, str] | None:
    """The way to the pages of the first pupil of whom nobody has one."""
    _mine, closed = _closed(at)
    return (_("Pages of the family"), reverse("cases:at_home", args=[closed[0].row.pk])) if closed else None
