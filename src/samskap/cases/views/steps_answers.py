"""Who answers "is it safe and good now?": the pupil, somebody at home, the school. Each has a page, for each sets off its own."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.cases import actions, forms_answers, queries_family
from samskap.cases.models import Case, CasePupil, Part
from samskap.cases.views.stepping import At, Step, name_of, plain


def homes(case: Case, pupil: CasePupil) -> forms_answers.Homes:
    """Those at home with a pupil, to choose among."""
    return [(str(one.person.pk), one.person.name) for one in queries_family.at_home(case, pupil) if not one.is_pupil]


def _ask(at: At, form: Any) -> object:
    return actions.ask(by=at.by, pupil=at.row, voice=form.voice, **form.values)


def _is_subject(at: At) -> bool:
    return bool(at.row.part == Part.SUBJECT)


def _other_voice(at: At) -> tuple[str, str]:
    return _("Write down what home answers"), reverse("cases:pupil_step", args=[at.row.pk, "svar-hjemme"])


ANSWERS: Mapping[str, Step] = {
    "svar": Step(
        lambda at: _("Is it safe and good for %(name)s now?") % {"name": name_of(at)}, plain(forms_answers.AnswerForm), _ask,
        lambda: _("The answer is written down."), offer=_is_subject, more=_other_voice,
        lead=lambda at: _("The pupil's own answer decides. It is never wrong."),
    ),
    "svar-hjemme": Step(
        lambda at: _("What home answers for %(name)s") % {"name": name_of(at)},
        lambda at, data: forms_answers.HomeAnswerForm(data, homes=homes(at.case, at.row)), _ask,
        lambda: _("The answer is written down."), offer=_is_subject,
        lead=lambda at: _("When home says no, you find out more, and ask the pupil."),
    ),
    "svar-skolen": Step(
        lambda at: _("What the school thinks about %(name)s") % {"name": name_of(at)}, plain(forms_answers.SchoolAnswerForm),
        _ask, lambda: _("The answer is written down."), offer=_is_subject,
        lead=lambda at: _("It stands beside the pupil's own answer, and never instead of it. The family reads it."),
    ),
}  # fmt: skip
