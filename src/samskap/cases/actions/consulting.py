"""Talking with PPT about it without names, before anybody is invited: often that is enough."""

from django.utils.translation import gettext as _

from samskap.cases import letters, names, responsible, texts
from samskap.cases.actions.steps import begin_open, locked, needed, note, person_of
from samskap.cases.models import Case, CasePupil, Consultation, EntryKind
from samskap.cases.policy import CONSULT, RECUSALS
from samskap.kernel import audit, clock, policy
from samskap.kernel.actions import ActionError, action
from samskap.kernel.policy import Actor
from samskap.people import api as people
from samskap.people.api import Person, Role


def advisers(case: Case) -> list[Person]:
    """PPT's people of the school who could answer: trained, and not whom the case is about."""
    hashes, today = RECUSALS.hashes(case), clock.today()
    return [
        one
        for one in people.staff_of(case.school_id, Role.PPT)
        if people.person_hash(one.pk) not in hashes and one.trained_on is not None and one.trained_on <= today
    ]


@action
def consult(*, by: Actor, case: Case, text: str) -> Consultation:
    """Ask PPT without names. Raises ActionError that names what would give somebody away, or when the school has nobody there."""
    row = begin_open(by, case)
    question = needed(text, "text")
    if found := _gives_away(row, question):
        raise ActionError(
            _("Write it without names and class. This stands in it: %(words)s.") % {"words": ", ".join(found)}, "text"
        )
    able = advisers(row)
    if not able:
        raise ActionError(_("The school has nobody at PPT in Samskap. Ask by telephone, without names."))
    made = Consultation(case=row, asked_by_id=person_of(by), asked_at=clock.now())
    texts.lock(row, made, {"question": question})
    made.save(force_insert=True)
    note(row, EntryKind.CONSULTED, by, question, stage="asked", consultation=str(made.pk))
    for person in able:
        letters.tell(letters.ASKED, person, row)
    audit.record(by, "cases.consulted", row, consultation=made.pk)
    return made


def _gives_away(case: Case, question: str) -> list[str]:
    """Names of the case's pupils and of those at home with them, and the pupils' classes."""
    opened = [texts.unlock_whole(case, row) or {} for row in CasePupil.objects.filter(case=case)]
    whose = [str(words.get("name", "")) for words in opened]
    persons = [str(words["person"]) for words in opened if words.get("person")]
    whose += [guardian for _child, guardian in people.guardian_names(persons)]
    found = names.words_found([question], names.words_of(whose))
    classes = {str(words.get("class", "")).strip() for words in opened} - {""}
    return found + sorted(one for one in classes if names.found_in(question, {one.casefold()}))


@action
def answer_question(*, by: Actor, consultation: Consultation, text: str) -> Consultation:
    """PPT answers. The answer stands in the case, which PPT does not see."""
    policy.require(CONSULT, by, consultation)
    row = locked(consultation.case)
    held = Consultation.objects.select_for_update().get(pk=consultation.pk, case=row)
    if held.answered_at is not None:
        raise ActionError(_("It has been answered already."))
    words = texts.unlock(row, held)
    held.answered_at, held.answered_by_id = clock.now(), person_of(by)
    texts.lock(row, held, {**words, "answer": needed(text, "text")})
    held.save()
    note(row, EntryKind.CONSULTED, by, text.strip(), stage="answered", consultation=str(held.pk))
    if responsible.has_one(row):
        letters.tell(letters.ANSWERED, row.responsible, row)
    audit.record(by, "cases.question_answered", row, consultation=held.pk)
    return held
