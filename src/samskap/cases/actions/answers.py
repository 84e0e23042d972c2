"""Answers to "is it safe and good now?". The pupil's own one decides whether the duty goes on (§ 12-4 second paragraph)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from samskap.cases import marks, rules, texts
from samskap.cases.actions.order import put_in_order
from samskap.cases.actions.steps import alarm, begin, begin_open, folder, not_later, note, reason
from samskap.cases.models import Answer, Case, CasePupil, Entry, EntryKind, Part, Safe, State, Voice
from samskap.cases.standing import begun_on, look_anew, subjects_of
from samskap.kernel import audit, clock
from samskap.kernel.actions import ActionError, action
from samskap.kernel.policy import Actor


@action
def ask(
    *, by: Actor, pupil: CasePupil, voice: str, safe: str, words: str, on: date, who: object = None, home: bool = False
) -> Answer:
    """Staff write down what somebody answers. A pupil's "no" starts the duty again, in any state.

    ``who``: the guardian's person id. ``home``: the pupil has said yes to the words being told at home.
    """
    row = begin(by, pupil.case)
    return answer(
        by=by, row=row, pupil=folder(pupil, row), voice=rules.Voice(voice), safe=rules.Safe(safe), words=words,
        on=not_later(on, "on"), who=who, home=home,
    )  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What somebody answers to "is it safe and good now?". ``who``: the guardian's person id, where it is known."""

    pupil: CasePupil
    safe: str
    words: str = ""
    voice: str = rules.Voice.PUPIL.value
    who: str = ""


@action
def ask_several(*, by: Actor, case: Case, said: Sequence[Said], on: date) -> None:
    """Several answers at once, all or none: a class, or what was said when a plan was evaluated. Raises ActionError for none."""
    row = begin(by, case)
    if not said:
        raise ActionError(_("Write down at least one answer."))
    store(by, row, said, not_later(on, "on"))


def store(by: Actor, row: Case, said: Sequence[Said], on: date) -> None:
    """Store answers, and let each count. Inside an action, with the case held."""
    for one in said:
        held, voice, safe = folder(one.pupil, row), rules.Voice(one.voice), rules.Safe(one.safe)
        answer(by=by, row=row, pupil=held, voice=voice, safe=safe, words=one.words, on=on, who=one.who)


def answer(
    *, by: Actor, row: Case, pupil: CasePupil, voice: rules.Voice, safe: rules.Safe, words: str, on: date, who: object = None,
    home: bool = False,
) -> Answer:  # fmt: skip
    """Store an answer, and let it count. Inside an action, with the case held."""
    if pupil.part != Part.SUBJECT:
        raise ActionError(_("Only the pupil that the case is about is asked this."))
    newest = _last_word(pupil) if voice == rules.Voice.PUPIL else None
    if newest is not None and on < newest.astimezone(clock.OSLO).date():
        raise ActionError(_("There is a newer answer already. Write this one down as a talk."), "on")
    if voice == rules.Voice.PUPIL and safe == rules.Safe.YES and on < (begun_on(pupil) or on):
        raise ActionError(_("The follow-up began again after that day. Ask the pupil how it is now."), "on")
    given = Answer(
        pupil=pupil, voice=Voice(voice), safe=Safe(safe), at=clock.now(), on=on, author_id=by.person_id,
        person_mark=marks.person(who) if who else "",
    )  # fmt: skip
    texts.lock(row, given, {"words": words.strip()})
    given.save(force_insert=True)
    note(
        row, EntryKind.ANSWER, by, words.strip(), pupil=pupil, on=on, home=home or voice == rules.Voice.STAFF,
        voice=str(voice), safe=str(safe), answer=str(given.pk), mark=given.person_mark,
    )  # fmt: skip
    _count(by, row, pupil, voice, safe, given)
    put_in_order(row)
    audit.record(by, "cases.answered", row, voice=str(voice), safe=str(safe))
    return given


def _last_word(pupil: CasePupil) -> datetime | None:
    """When the pupil answered last, or put an answer right that stood as the pupil's own: what was said before is no news."""
    if pupil.answered_at is not None:
        return pupil.answered_at
    rows = Entry.objects.filter(case=pupil.case_id, kind=EntryKind.CORRECTION, corrects__kind=EntryKind.ANSWER)
    found = rows.exclude(author_id=None).order_by("-at").values_list("at", "author_id")
    return next((at for at, author in found if marks.person(author) == pupil.person_mark), None)


def _count(by: Actor, row: Case, pupil: CasePupil, voice: rules.Voice, safe: rules.Safe, given: Answer) -> None:
    if voice == rules.Voice.PUPIL:
        pupil.answer, pupil.answered_at, pupil.no_answer_at, pupil.guardian_no_at = Safe(safe), given.at, None, None
    elif voice == rules.Voice.GUARDIAN and safe == rules.Safe.NO:
        pupil.guardian_no_at = given.at
    pupil.save()
    effect = rules.restarts(voice, safe, ended=row.state == State.ENDED)
    if effect == rules.Restart.DUTY:
        begin_again(by, row, pupil, said_on=given.on)
    elif effect == rules.Restart.INVESTIGATE:
        _investigate(by, row, pupil, given)


def begin_again(by: Actor, row: Case, pupil: CasePupil | None, *, said_on: date | None = None) -> None:
    """The duty to act begins again: an ended case is open, the plan needs a look, and those who work it hear of it at once.

    For one pupil in a case that goes on; for all whose environment it is where it is not known for whom (None), or where the case
    had ended. They are asked again before the case can end. ``said_on``: the day of the answer that set it off; an evaluation of
    that day was held, and counts.
    """
    ended, today = row.state == State.ENDED, clock.today()
    row.state, row.ended_at, row.restarted_at, row.talk_on, row.talk_held_on = State.OPEN, None, clock.now(), None, None
    concerned = list(subjects_of(row) if ended or pupil is None else subjects_of(row).filter(pk=pupil.pk))
    for one in concerned:
        look_anew(one, row.restarted_at)
    for plan in {one.plan_id: one.plan for one in concerned if one.plan is not None and one.plan.in_force_at}.values():
        plan.evaluate_on, plan.evaluated_on = rules.evaluation_after_restart(
            plan.evaluate_on, plan.evaluated_on, said_on=said_on or today, ended=ended, today=today
        )
        plan.save()
    note(row, EntryKind.RESTARTED, by, pupil=pupil, ended=ended)
    from samskap.cases.actions.access import settle_who_leads

    settle_who_leads(by, row, refuse=False)
    alarm(row)


def _investigate(by: Actor, row: Case, pupil: CasePupil, given: Answer) -> None:
    """A guardian's "no": find out, and ask the pupil. An ended case is open again until the pupil has answered."""
    row.investigate_since = row.investigate_since or given.at
    if row.state == State.ENDED:
        begin_again(by, row, pupil, said_on=given.on)
    else:
        alarm(row)


@action
def no_answer(*, by: Actor, pupil: CasePupil, why: str) -> Entry:
    """Why the pupil's own answer could not be had. It stands in for an answer only where there is none, and never for a "no"."""
    row = begin_open(by, pupil.case)
    held = folder(pupil, row)
    if held.answer:
        raise ActionError(_("The pupil has answered. A reason cannot stand in for an answer."), "why")
    entry = note(row, EntryKind.NO_ANSWER, by, reason(why, "why"), pupil=held)
    held.no_answer_at = entry.at
    held.save()
    audit.record(by, "cases.no_answer", row)
    return entry
