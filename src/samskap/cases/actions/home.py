"""The family's pages: to whom they are open, and what is written there. The pupil and those at home are two voices."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samskap.cases import letters, marks, rules, texts
from samskap.cases.actions.answers import answer
from samskap.cases.actions.order import put_in_order
from samskap.cases.actions.steps import alarm, begin, folder, locked, needed, note, reason
from samskap.cases.models import Answer, Case, CasePupil, Entry, EntryKind, Home, Part, Safe
from samskap.cases.policy import FAMILY, LEAD, OWN_WORDS
from samskap.kernel import audit, clock, policy
from samskap.kernel.actions import ActionError, action
from samskap.kernel.policy import Actor
from samskap.people import api as people
from samskap.people.api import Person, Pupil, Way

# One who comes back within so long is still on the same visit: what was new stays marked.
VISIT = timedelta(minutes=30)
# What the family writes on its own pages.
OF_FAMILY = frozenset({EntryKind.HEARING, EntryKind.ANSWER, EntryKind.HOME})


def pupil_behind(case: Case, held: CasePupil) -> Pupil | None:
    """The pupil of a folder; None where the folder is damaged, or the pupil has left."""
    person = str((texts.unlock_whole(case, held) or {}).get("person", ""))
    return people.pupil_of(person) if person else None


def ways(case: Case, held: CasePupil) -> dict[UUID, Way]:
    """Who may have the pupil's page, and what each has a right to today: the pupil too."""
    pupil = pupil_behind(case, held)
    return {pupil.person_id: Way.FULL, **people.ways(pupil)} if pupil is not None else {}


@action
def open_page(*, by: Actor, pupil: CasePupil, person: Person, why: str = "") -> Home:
    """From now on this person sees the pupil's page: the pupil, or one who may act for the pupil in full.

    Raises ActionError for others: a parent without parental responsibility may ask, and is answered on paper (barnelova § 47).
    Where the page was closed, it takes a reason (``why``) as closing did.
    """
    row = begin(by, pupil.case, LEAD)
    held = folder(pupil, row)
    if ways(row, held).get(person.pk) != Way.FULL:
        raise ActionError(_("This person cannot have the page. They may ask for information, and get it on paper."), "person")
    if Home.objects.filter(pupil=held, person_mark=marks.person(person.pk), sees=False).exists():
        why = reason(why, "why")
    return _set(by, row, held, person, sees=True, why=why)


@action
def close_page(*, by: Actor, pupil: CasePupil, person: Person, why: str) -> Home:
    """This person does not see the page: is party to the concern, or it was decided so. The reason is kept, and not shown."""
    row = begin(by, pupil.case, LEAD)
    held = folder(pupil, row)
    if person.pk not in ways(row, held) and not _recorded(held, person):
        raise ActionError(_("This person is not there for the pupil."), "person")
    return _set(by, row, held, person, sees=False, why=reason(why, "why"))


def _recorded(held: CasePupil, person: Person) -> bool:
    return Home.objects.filter(pupil=held, person_mark=marks.person(person.pk)).exists()


def _set(by: Actor, row: Case, held: CasePupil, person: Person, *, sees: bool, why: str) -> Home:
    mark = marks.person(person.pk)
    home = Home.objects.filter(pupil=held, person_mark=mark).first() or Home(pupil=held, person_mark=mark)
    home.sees, home.at = sees, clock.now()
    texts.lock(row, home, {"person": str(person.pk), "name": person.name, "why": why})
    home.save()
    note(row, EntryKind.AT_HOME, by, why, pupil=held, person=person.name, sees=sees)
    audit.record(by, "cases.page_opened" if sees else "cases.page_closed", row, mark=marks.person(person.pk))
    return home


@action
def page_link(*, by: Actor, pupil: CasePupil, person: Person) -> str:
    """The secret of a link with which one who has the page makes an account, or chooses a new password. Shown once."""
    row = begin(by, pupil.case, LEAD)
    if not Home.objects.filter(pupil=folder(pupil, row), person_mark=marks.person(person.pk), sees=True).exists():
        raise ActionError(_("Open the page for this person first."), "person")
    audit.record(by, "cases.page_link", row, mark=marks.person(person.pk))
    return people.invite_family(by=by, person=person)


def close_for(case: Case, person_id: object = None, *, pupil: CasePupil | None = None) -> None:
    """One who is named in the concern sees no page of the case any more, or nobody a pupil's, until somebody decides otherwise.

    Inside an action.
    """
    whose = {"pupil": pupil} if pupil is not None else {"person_mark": marks.person(person_id)}
    for home in Home.objects.filter(pupil__case=case, sees=True, **whose):
        words = texts.unlock_whole(case, home) or {}
        home.sees, home.at = False, clock.now()
        texts.lock(case, home, words)
        home.save()


@action
def visited(*, by: Actor, pupil: CasePupil) -> Home:
    """Somebody of the family opens the page. What is new is counted from the visit before."""
    policy.require(FAMILY, by, pupil)
    home = Home.objects.select_for_update().get(pupil=pupil, person_mark=marks.person(by.person_id))
    now = clock.now()
    if home.seen_at is None or now - home.seen_at > VISIT:
        home.seen_before = home.seen_at
        home.seen_at = now
        home.save()
    audit.record(by, "cases.family_read", pupil.case)
    return home


def _family(by: Actor, pupil: CasePupil) -> tuple[Case, CasePupil, bool]:
    """The case, held, and the folder; is it the pupil who acts? Only for one whose page it is."""
    row = locked(pupil.case)
    policy.require(FAMILY, by, pupil)
    held = folder(pupil, row)
    return row, held, held.person_mark == marks.person(by.person_id)


@action
def say(*, by: Actor, pupil: CasePupil, safe: str, words: str, home: bool = False) -> None:
    """ "How is it now?", from one's own page. It counts like every answer: a pupil's "no" starts the duty again.

    ``home``: the pupil lets those at home read it. What somebody at home writes is theirs, and the pupil is not shown it.
    """
    row, held, is_pupil = _family(by, pupil)
    if held.part != Part.SUBJECT or not safe:
        _words_only(by, row, held, needed(words, "words"), is_pupil=is_pupil, home=home)
        return
    answer(
        by=by, row=row, pupil=held, voice=rules.Voice.PUPIL if is_pupil else rules.Voice.GUARDIAN, safe=rules.Safe(safe),
        words=words, on=clock.today(), who=by.person_id, home=home and is_pupil,
    )  # fmt: skip


def _words_only(by: Actor, row: Case, held: CasePupil, words: str, *, is_pupil: bool, home: bool) -> None:
    """Something to the one who has the case, without an answer."""
    kind = EntryKind.HEARING if is_pupil else EntryKind.HOME
    note(row, kind, by, words, pupil=held, home=home and is_pupil, how=_("Written on the own page"))
    alarm(row)
    put_in_order(row)
    audit.record(by, "cases.family_wrote", row)


@action
def correct_own(*, by: Actor, entry: Entry, text: str) -> Entry:
    """What stands as one's words is put right by oneself: both stay, side by side (GDPR art. 16; opplæringslova § 10-2).

    A pupil's "yes" that the pupil has put right counts for no end: the pupil is asked again.
    """
    row = locked(entry.case)
    policy.require(OWN_WORDS, by, entry)
    if entry.author_id != by.person_id and not is_pupils(row, entry):
        raise policy.NotAllowed("cases.own_words")
    made = note(
        row,
        EntryKind.CORRECTION,
        by,
        needed(text, "text"),
        pupil=entry.pupil,
        on=entry.happened_on,
        home=entry.home,
        corrects=entry,
    )
    _no_yes_any_more(row, entry)
    alarm(row)
    put_in_order(row)
    audit.record(by, "cases.own_words_corrected", row, entry=entry.pk)
    return made


def _no_yes_any_more(row: Case, entry: Entry) -> None:
    if entry.kind != EntryKind.ANSWER or entry.pupil is None or not is_pupils(row, entry):
        return
    held = CasePupil.objects.select_for_update().get(pk=entry.pupil.pk)
    last = Answer.objects.filter(pupil=held, voice=rules.Voice.PUPIL).order_by("-at", "-id").first()
    words = texts.unlock_whole(row, entry) or {}
    if held.answer == Safe.YES and last is not None and words.get("answer") == str(last.pk):
        held.answer, held.answered_at = Safe.NONE, None
        held.save()


def is_pupils(case: Case, entry: Entry) -> bool:
    """Does it stand as the pupil's own words?"""
    return pupils_words(entry, (texts.unlock_whole(case, entry) or {}) if entry.kind == EntryKind.ANSWER else {})


def pupils_words(entry: Entry, words: Mapping[str, Any]) -> bool:
    """The same, for a line that is opened."""
    return entry.kind == EntryKind.HEARING or (entry.kind == EntryKind.ANSWER and words.get("voice") == "pupil")


def from_own_page(entries: Iterable[Entry]) -> set[UUID]:
    """Which of these lines the pupil or somebody at home wrote on their own page: who wrote it has the page, or had it."""
    rows = [one for one in entries if one.kind in OF_FAMILY and one.pupil_id and one.author_id and one.corrects_id is None]
    if not rows:
        return set()
    held = set(Home.objects.filter(pupil__in={one.pupil_id for one in rows}).values_list("pupil_id", "person_mark"))
    return {one.pk for one in rows if (one.pupil_id, marks.person(one.author_id)) in held}


def told_home(case: Case, pupil: CasePupil) -> set[str]:
    """The lines of a pupil of which it was decided, by the pupil or the leader, that those at home may read them."""
    rows = Entry.objects.filter(case=case, pupil=pupil, kind=EntryKind.TOLD_HOME)
    return {str((texts.unlock_whole(case, row) or {}).get("entry")) for row in rows}


@action
def tell_home(*, by: Actor, entry: Entry, why: str = "") -> Entry:
    """What a pupil wrote goes home: with the pupil's own yes, or by the leader's written decision, which the pupil reads."""
    row = locked(entry.case)
    if entry.pupil is None or not is_pupils(row, entry):
        raise ActionError(_("Only what stands as the pupil's own words can be told at home."))
    mine = entry.pupil.person_mark == marks.person(by.person_id)
    policy.require(OWN_WORDS if mine else LEAD, by, entry if mine else row)
    text = "" if mine else reason(why, "why")
    if entry.home or str(entry.pk) in told_home(row, entry.pupil):
        raise ActionError(_("Those at home can read it already."))
    made = note(row, EntryKind.TOLD_HOME, by, text, pupil=entry.pupil, entry=str(entry.pk), agreed=mine)
    audit.record(by, "cases.told_home", row, entry=entry.pk, agreed=mine)
    letters.tell_homes(row, pupil=entry.pupil, but=by.person_id)
    return made
