"""Who may see and do what in a case. ``rules.access_of`` says the same in plain words; tests hold the two together."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from samskap.cases import marks
from samskap.cases.models import (
    Case,
    CasePupil,
    Consultation,
    Entry,
    EntryKind,
    Given,
    Home,
    Measure,
    Meeting,
    Paper,
    PaperDraft,
    Plan,
    Recusal,
    Side,
    State,
    Suggestion,
)
from samskap.kernel import clock
from samskap.kernel.policy import NOTHING, Actor, rule
from samskap.people import api as people
from samskap.people.api import Role, School

LIST = "cases.list"
READ = "cases.read"
WORK = "cases.work"
LEAD = "cases.lead"
OPEN = "cases.open"
FOLDER = "cases.folder"
PLAN = "cases.plan"
MEASURE = "cases.measure"
ENTRY = "cases.entry"
GIVEN = "cases.given"
OWN_MEASURE = "cases.own_measure"
HAS_MEASURES = "cases.has_measures"
FAMILY = "cases.family"
HAS_PAGE = "cases.has_page"
OWN_WORDS = "cases.own_words"
PAPER = "cases.paper"
DRAFT = "cases.draft"
OWN_PAPER = "cases.own_paper"
MEETING = "cases.meeting"
CONSULT = "cases.consult"
HAS_QUESTIONS = "cases.has_questions"
LIBRARY = "cases.library"
EDIT_LIBRARY = "cases.edit_library"
SUGGESTION = "cases.suggestion"
OVERVIEW = "cases.overview"

WORKS_AT = (Role.LEADER, Role.EMPLOYEE, Role.GROUP)
RECUSALS = people.Recusals(Recusal, "case", trained=True)


def _given(actor: Actor, *kinds: str) -> Q:
    """Cases to which the actor was given access that holds today.

    A case worker's ends when they leave the school; while the case is the municipality's, nobody who works at the school is given
    any: whoever is directly below a disqualified leader is disqualified too (forvaltningsloven § 6 third paragraph).
    """
    today, works_at = clock.today(), actor.schools(*WORKS_AT)
    held: QuerySet[Given] = Given.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today), case=OuterRef("pk"), person=actor.person_id, valid_from__lte=today
    )
    away = Q(side=Side.OWNER, school_id__in=works_at)
    found = NOTHING
    if others := [kind for kind in kinds if kind != Given.Kind.WORK]:
        found |= Q(Exists(held.filter(kind__in=others)))
    if Given.Kind.WORK in kinds:
        found |= Q(Exists(held.filter(kind=Given.Kind.WORK))) & (Q(side=Side.OWNER) | Q(school_id__in=works_at))
    return found & ~away


def _led(actor: Actor) -> Q:
    """What one decides in: the school's own cases, for those who lead it; the municipality's, and those that nobody at the school
    could lead, for the owner's handlers; what one leads in the leadership's place."""
    here = Q(side=Side.SCHOOL)
    found = here & RECUSALS.led_by(actor) | _given(actor, Given.Kind.LEAD)
    if actor.owner_wide(Role.HANDLER):
        found |= Q(side=Side.OWNER) | here & RECUSALS.without_leader(side=Side.SCHOOL)
    return found


def _overseen(actor: Actor) -> Q:
    """What a school has passed on, for the owner's handlers."""
    return Q(passed_on_at__isnull=False) | Q(groundless_at__isnull=False) if actor.owner_wide(Role.HANDLER) else NOTHING


def _allowed(actor: Actor, found: Q) -> Q:
    """Nobody without training (opplæringsforskrifta § 20-2), and nobody whom it is about (forvaltningsloven § 6)."""
    if actor.person_id is None or not actor.trained:
        return NOTHING
    return found & ~RECUSALS.about(actor.person_id)


@rule(READ, Case)
def read(actor: Actor) -> Q:
    """Those who lead it, those who were given access, and the owner's handlers for what has been passed on."""
    return _allowed(actor, _led(actor) | _given(actor, Given.Kind.WORK, Given.Kind.GUEST) | _overseen(actor))


@rule(WORK, Case)
def work(actor: Actor) -> Q:
    """Write, hear, plan: all but guests."""
    return _allowed(actor, _led(actor) | _given(actor, Given.Kind.WORK) | _overseen(actor))


@rule(LEAD, Case)
def lead(actor: Actor) -> Q:
    """Decide: who has access, what is passed on, when it ends."""
    return _allowed(actor, _led(actor))


@rule(LIST)
def has_list(actor: Actor) -> bool:
    """Has a list of cases: leaders and stand-ins, the owner's handlers, and who has been given access. Asks for no training, so
    that the list can say that training is missing."""
    if actor.schools(Role.LEADER) or actor.owner_wide(Role.HANDLER):
        return True
    today = clock.today()
    held = Given.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today), person=actor.person_id, valid_from__lte=today)
    return actor.person_id is not None and held.exists()


@rule(OPEN, School)
def open_at(actor: Actor) -> Q:
    """Open a case: who leads the school, and the owner's handlers."""
    if actor.person_id is None or not actor.trained:
        return NOTHING
    return Q(active=True) if actor.owner_wide(Role.HANDLER) else Q(pk__in=actor.schools(Role.LEADER), active=True)


def _in_cases(actor: Actor, found: Q) -> Q:
    return Q(case__in=Case.objects.filter(found)) if actor.person_id else NOTHING


@rule(FOLDER, CasePupil)
def folder(actor: Actor) -> Q:
    """The folders of the cases that one may see."""
    return _in_cases(actor, read(actor))


@rule(PLAN, Plan)
def plan(actor: Actor) -> Q:
    """The plans of the cases that one may see."""
    return _in_cases(actor, read(actor))


@rule(MEASURE, Measure)
def measure(actor: Actor) -> Q:
    """The measures of the cases that one works in."""
    return _in_cases(actor, work(actor)) & Q(removed_at=None)


@rule(ENTRY, Entry)
def entry(actor: Actor) -> Q:
    """What one may correct: all that was written in the cases that one works in, and one's own lines where one is a guest."""
    own = Q(author_id=actor.person_id) & _in_cases(actor, read(actor))
    return (_in_cases(actor, work(actor)) | own) & Q(corrects=None)


@rule(GIVEN, Given)
def given(actor: Actor) -> Q:
    """Access that one may end, in the cases that one leads."""
    return _in_cases(actor, lead(actor))


@rule(OWN_MEASURE, Measure)
def own_measure(actor: Actor) -> Q:
    """One's own lines of a plan, and nothing else of the case: who carries them out, while working there or in the case.

    Not one whom the case is about; and while it is the municipality's, nobody who leads the school: they are not to know of it.
    """
    if actor.person_id is None or not actor.trained:
        return NOTHING
    mine = Q(responsible_id=actor.person_id, removed_at=None, case__state=State.OPEN)
    about = Q(case__in=Recusal.objects.filter(person_hash=people.person_hash(actor.person_id)).values("case"))
    led_out = Q(case__side=Side.OWNER, case__school_id__in=actor.schools(Role.LEADER))
    here = Q(case__school_id__in=actor.schools(*WORKS_AT, Role.PPT)) & ~led_out
    return mine & (here | _in_cases(actor, work(actor))) & ~about


@rule(HAS_MEASURES)
def has_measures(actor: Actor) -> bool:
    """Is to carry out a measure, or has been."""
    return actor.person_id is not None and Measure.objects.filter(responsible_id=actor.person_id).exists()


def _own_pages(actor: Actor) -> Q:
    """Pages of pupils that are open to this person: one's own, and those of children for whom one may act in full today."""
    if actor.person_id is None:
        return NOTHING
    mine = marks.person(actor.person_id)
    whose = {mine, *(marks.person(child) for child in people.children_of(actor.person_id))}
    opened = Home.objects.filter(pupil=OuterRef("pk"), person_mark=mine, sees=True)
    return Q(Exists(opened), person_mark__in=whose, left_at=None)


@rule(FAMILY, CasePupil)
def family(actor: Actor) -> Q:
    """The page of a pupil whom one is, or for whom one may act in full today (barnelova § 30), where the school has opened it."""
    return _own_pages(actor)


@rule(HAS_PAGE)
def has_page(actor: Actor) -> bool:
    """Has a page of a pupil to read."""
    if actor.person_id is None or not Home.objects.filter(person_mark=marks.person(actor.person_id), sees=True).exists():
        return False
    return CasePupil.objects.filter(_own_pages(actor)).exists()


@rule(OWN_WORDS, Entry)
def own_words(actor: Actor) -> Q:
    """What stands as one's own words: what one wrote, and what adults wrote down as the pupil's."""
    if actor.person_id is None:
        return NOTHING
    pages = CasePupil.objects.filter(_own_pages(actor))
    own = Q(kind__in=(EntryKind.HEARING, EntryKind.ANSWER), pupil__person_mark=marks.person(actor.person_id))
    return Q(pupil__in=pages, corrects=None) & (own | Q(author_id=actor.person_id))


@rule(PAPER, Paper)
def paper(actor: Actor) -> Q:
    """The released documents of the cases that one may see."""
    return _in_cases(actor, read(actor))


@rule(DRAFT, PaperDraft)
def draft(actor: Actor) -> Q:
    """Documents on their way out, in the cases that one works in."""
    return _in_cases(actor, work(actor))


@rule(OWN_PAPER, Paper)
def own_paper(actor: Actor) -> Q:
    """What was released to oneself, while one has the page. Letters are not sent digitally where an address is protected."""
    if actor.person_id is None:
        return NOTHING
    return Q(to_mark=marks.person(actor.person_id), pupil__in=CasePupil.objects.filter(_own_pages(actor)))


@rule(MEETING, Meeting)
def meeting(actor: Actor) -> Q:
    """Meetings that are called in the cases that one works in."""
    return _in_cases(actor, work(actor)) & Q(state=Meeting.State.CALLED)


@rule(CONSULT, Consultation)
def consultation(actor: Actor) -> Q:
    """Questions without names: PPT's people of the school that asks, with training, but not one whom the case is about."""
    schools = actor.schools(Role.PPT)
    if actor.person_id is None or not actor.trained or not schools:
        return NOTHING
    about = Recusal.objects.filter(person_hash=people.person_hash(actor.person_id)).values("case")
    return Q(case__school_id__in=schools) & ~Q(case__in=about)


@rule(HAS_QUESTIONS)
def has_questions(actor: Actor) -> bool:
    """Is asked by schools: works for PPT."""
    return actor.trained and bool(actor.schools(Role.PPT))


@rule(LIBRARY)
def library(actor: Actor) -> bool:
    """Reads the suggested measures, which are about nobody: whoever works at a school or for the owner's follow-up."""
    return bool(actor.schools(*WORKS_AT, Role.PPT)) or actor.owner_wide(Role.HANDLER)


@rule(EDIT_LIBRARY)
def edit_library(actor: Actor) -> bool:
    """Keeps a library: a school's leadership its own, the owner's handlers the municipality's."""
    return bool(actor.schools(Role.LEADER)) or actor.owner_wide(Role.HANDLER)


@rule(SUGGESTION, Suggestion)
def suggestion(actor: Actor) -> Q:
    """Suggestions that one may change."""
    found = Q(school_id__in=actor.schools(Role.LEADER))
    return (found | Q(school=None) if actor.owner_wide(Role.HANDLER) else found) & Q(hidden_at=None)


@rule(OVERVIEW)
def overview(actor: Actor) -> bool:
    """How many cases the schools follow up, and how many are over the date: the owner's handlers and advisers, as counts."""
    return actor.owner_wide(Role.HANDLER, Role.ADVISER)
