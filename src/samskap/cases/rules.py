"""When a plan is complete, when a case may end, what starts the duty again, who sees what. Pure; the law's sections are named."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID


class Side(StrEnum):
    """Who works the case: the school's leadership, or the municipality (§ 12-5 second paragraph; forvaltningsloven § 6)."""

    SCHOOL = "school"
    OWNER = "owner"


class Concerns(StrEnum):
    """Whom the case concerns, as far as it decides who works it."""

    PUPILS = "pupils"
    EMPLOYEE = "employee"
    LEADERSHIP = "leadership"


class Part(StrEnum):
    """What a pupil is in a case."""

    SUBJECT = "subject"  # eleven saken gjelder: whose school environment it is
    INVOLVED = "involved"  # others who are involved, also those who are said to harm


class Voice(StrEnum):
    """Whose answer it is to "is it safe and good now?"."""

    PUPIL = "pupil"
    GUARDIAN = "guardian"
    STAFF = "staff"


class Safe(StrEnum):
    """An answer to "is it safe and good now?"."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Element(StrEnum):
    """The five things that a written plan must hold (opplæringslova § 12-4 third paragraph, letters a to e)."""

    PROBLEM = "problem"
    MEASURES = "measures"
    WHEN = "when"
    WHO = "who"
    EVALUATION = "evaluation"


@dataclass(frozen=True)
class MeasureFacts:
    """A measure as the plan needs it: when it is carried out, and who is responsible."""

    has_when: bool
    has_who: bool


@dataclass(frozen=True)
class PlanFacts:
    """What a plan says so far. ``measures``: those that have not been taken away."""

    problem: str
    measures: Sequence[MeasureFacts]
    evaluate_on: date | None


def missing(plan: PlanFacts) -> tuple[Element, ...]:
    """The statutory elements that are not there yet, in the law's order. Empty: the plan is complete.

    A missing element never delays a measure; it only keeps the plan from being called in force.
    """
    found = {
        Element.PROBLEM: not plan.problem.strip(),
        Element.MEASURES: not plan.measures,
        Element.WHEN: not all(measure.has_when for measure in plan.measures) or not plan.measures,
        Element.WHO: not all(measure.has_who for measure in plan.measures) or not plan.measures,
        Element.EVALUATION: plan.evaluate_on is None,
    }
    return tuple(element for element in Element if found[element])


def taken_away(before: PlanFacts, after: PlanFacts) -> tuple[Element, ...]:
    """The statutory elements that a plan loses by a change, in the law's order. One that lacked already is not lost."""
    lacked = missing(before)
    return tuple(element for element in missing(after) if element not in lacked)


class Obstacle(StrEnum):
    """Why a case cannot end yet. Each concerns one pupil whose environment it is, but the last two."""

    SAYS_NO = "says_no"
    NOT_YET = "not_yet"
    NOT_ASKED = "not_asked"
    ASK_AGAIN = "ask_again"
    NO_PLAN = "no_plan"
    PLAN_LACKS = "plan_lacks"
    NO_EVALUATION = "no_evaluation"
    NO_BEST_INTEREST = "no_best_interest"
    FIND_OUT = "find_out"
    OWES_OWNER = "owes_owner"


@dataclass(frozen=True)
class SubjectFacts:
    """A pupil whose environment it is, at the moment when somebody wants to end the case.

    ``answer``: the pupil's own last answer. ``no_answer_reason``: it is written down why the pupil's answer could not be had.
    ``guardian_says_no``: a guardian said no after the pupil's last answer. ``plan_whole``: the plan has all five elements; a
    measure that was added since it came in force may lack its day. ``evaluated``: the plan in force was evaluated, and nothing
    was changed in it since. ``best_interest``: what is best for the pupil was weighed (§ 10-1).
    """

    answer: Safe | None
    no_answer_reason: bool = False
    guardian_says_no: bool = False
    plan_in_force: bool = False
    plan_whole: bool = False
    evaluated: bool = False
    best_interest: bool = False


def obstacles_of(subject: SubjectFacts) -> Iterator[Obstacle]:
    """What stands between this pupil and an end of the follow-up.

    The pupil's own experience decides (§ 12-4 second paragraph; Udir's circular 6.3.6). A reason stands in for an answer only
    where there is none: it never outweighs a "no".
    """
    if subject.answer == Safe.NO:
        yield Obstacle.SAYS_NO
    elif subject.answer == Safe.PARTLY:
        yield Obstacle.NOT_YET
    elif subject.answer is None and not subject.no_answer_reason:
        yield Obstacle.NOT_ASKED
    if subject.guardian_says_no:
        yield Obstacle.ASK_AGAIN
    if not subject.plan_in_force:
        yield Obstacle.NO_PLAN
    else:
        if not subject.plan_whole:
            yield Obstacle.PLAN_LACKS
        if not subject.evaluated:
            yield Obstacle.NO_EVALUATION
    if not subject.best_interest:
        yield Obstacle.NO_BEST_INTEREST


def after_restart(subject: SubjectFacts) -> SubjectFacts:
    """What still counts for an end once the duty to act has begun again: what says that it is not safe, and the plan in force.

    What said that it is safe was said of another time: the pupil is asked again, or it is written anew why the answer cannot be
    had, what is best is weighed again (§ 10-1), and the plan is evaluated again.
    """
    answer = None if subject.answer == Safe.YES else subject.answer
    return replace(subject, answer=answer, no_answer_reason=False, evaluated=False, best_interest=False)


def owes_owner(concerns: Concerns, *, passed_on: bool, called_groundless: bool) -> bool:
    """The leader must pass it on, or say in writing why it is openly groundless (§ 12-5 first paragraph)."""
    return concerns == Concerns.EMPLOYEE and not passed_on and not called_groundless


class Restart(StrEnum):
    """What an answer sets off."""

    NOTHING = "nothing"
    DUTY = "duty"  # the duty to act begins again: new measures, also in a case that was ended
    INVESTIGATE = "investigate"  # find out, and ask the pupil


def restarts(voice: Voice, answer: Safe, *, ended: bool) -> Restart:
    """A pupil's "no" starts the duty again in any state; a guardian's "no" starts investigating, and the pupil is asked.

    "Partly" from a pupil is no "yes": in a case that is open it goes on; it takes up again one that was ended.
    """
    if voice == Voice.PUPIL and (answer == Safe.NO or (answer == Safe.PARTLY and ended)):
        return Restart.DUTY
    if voice == Voice.GUARDIAN and answer == Safe.NO:
        return Restart.INVESTIGATE
    return Restart.NOTHING


def evaluation_after_restart(
    evaluate_on: date | None, evaluated_on: date | None, *, said_on: date, ended: bool, today: date
) -> tuple[date | None, date | None]:
    """When a plan in force is evaluated, and was evaluated last, after the duty began again by what was said on a day.

    An evaluation in which it was said was held: it counts, and the next one stays where it was set. Otherwise the plan is looked
    at today; one that was over its date already stays so, but not over one that was set before the follow-up ended.
    """
    if not ended and evaluated_on is not None and evaluated_on == said_on:
        return max(evaluate_on or today, today), evaluated_on
    waits = evaluated_on is None or (evaluate_on is not None and evaluated_on < evaluate_on)
    late = not ended and waits and evaluate_on is not None and evaluate_on < today
    return (evaluate_on if late else today), None


def is_overdue(due: date | None, done: date | None, today: date) -> bool:
    """A date has passed, and what it was set for has not been done on it or since."""
    return due is not None and due < today and (done is None or done < due)


class Stage(StrEnum):
    """Where a measure is. Planned is not done, and done is not an effect."""

    PLANNED = "planned"
    STARTED = "started"
    DONE = "done"
    ENDED = "ended"


NEXT_STAGES: dict[Stage, frozenset[Stage]] = {
    Stage.PLANNED: frozenset({Stage.STARTED, Stage.DONE, Stage.ENDED}),
    Stage.STARTED: frozenset({Stage.DONE, Stage.ENDED}),
    Stage.DONE: frozenset({Stage.STARTED, Stage.ENDED}),
    Stage.ENDED: frozenset({Stage.STARTED}),
}


class Verdict(StrEnum):
    """What an evaluation decides for a measure."""

    CONTINUE = "continue"
    CHANGE = "change"
    END = "end"


class Shown(StrEnum):
    """How a measure stands in one pupil's plan."""

    FULL = "full"
    NEUTRAL = "neutral"
    NOT = "not"


def shown_in(plan_pupils: Collection[UUID], measure_pupil: UUID | None, touched: Collection[UUID], *, own: bool) -> Shown:
    """How a measure stands in a plan of these pupils (forvaltningsloven § 13). ``own``: it is this very plan's.

    Their own in full; one for all in full too, by reference where it is done for one of them; one that is aimed at somebody else
    as a neutral line where it is done for one of them, and not at all otherwise.
    """
    if measure_pupil in plan_pupils or (own and measure_pupil is None):
        return Shown.FULL
    if measure_pupil is None:
        return Shown.FULL if any(pupil in plan_pupils for pupil in touched) else Shown.NOT
    return Shown.NEUTRAL if any(pupil in plan_pupils for pupil in touched) else Shown.NOT


# The family has said yes to a guest who reads about their child.
CONSENT = "consent"


class Access(StrEnum):
    """What an adult may do in a case."""

    LEAD = "lead"  # decide: access, passing on, ending
    WORK = "work"  # write, hear, plan
    GUEST = "guest"  # read, and leave a note (PPT)
    OVERSEE = "oversee"  # read, and write: the owner's handler in what the school has passed on


@dataclass(frozen=True)
class Lead:
    """Somebody leads the school today and can sign in: by appointment, or in the place of another."""

    person: UUID
    stands_in_for: UUID | None = None


@dataclass(frozen=True)
class Given:
    """Access that was given to one person in one case."""

    person: UUID
    kind: Access
    first: date
    last: date | None = None


@dataclass(frozen=True)
class CaseFacts:
    """What decides who may see a case. ``about``: those whom it is about. ``leads``: all trained ones who
    lead its school today."""

    school: UUID
    side: Side
    passed_on: bool = False
    given: Collection[Given] = ()
    about: Collection[UUID] = ()
    leads: Collection[Lead] = ()


@dataclass(frozen=True)
class Reader:
    """One who would read: trained in privacy (opplæringsforskrifta § 20-2), where they work, whether they handle cases."""

    person: UUID
    trained: bool
    works_at: Collection[UUID] = ()
    handles: bool = False


def access_of(reader: Reader, case: CaseFacts, day: date) -> frozenset[Access]:
    """What somebody may do in a case on a day; empty: nothing, not even know of it.

    - nobody whom it is about, and nobody without training, whatever else they are;
    - while it is the school's: those who lead the school (not one who stands in for somebody whom it is about);
    - case workers while they work at that school and the case is the school's: whoever is directly below a disqualified leader is
      disqualified too (forvaltningsloven § 6 third paragraph);
    - guests and substitutes from the first day to the last one, both included;
    - the owner's handlers: what is theirs, what was passed on, and what nobody at the school could lead.
    """
    if reader.person in case.about or not reader.trained:
        return frozenset()
    able = {lead.person for lead in case.leads if lead.person not in case.about and lead.stands_in_for not in case.about}
    found = set(_given(reader, case, day))
    if case.side == Side.SCHOOL and reader.person in able:
        found.add(Access.LEAD)
    if reader.handles:
        owners = case.side == Side.OWNER or not able
        found |= {Access.LEAD} if owners else {Access.OVERSEE} if case.passed_on else set()
    return frozenset(found)


def _given(reader: Reader, case: CaseFacts, day: date) -> Iterator[Access]:
    works_here = case.school in reader.works_at
    if case.side == Side.OWNER and works_here:
        return
    for given in case.given:
        in_time = given.first <= day and (given.last is None or day <= given.last)
        left = given.kind == Access.WORK and case.side == Side.SCHOOL and not works_here
        if given.person == reader.person and in_time and not left:
            yield given.kind


class Who(StrEnum):
    """Who reads a family's page: the pupil, or somebody at home. Two pages, two voices."""

    PUPIL = "pupil"
    HOME = "home"


# How a line of the timeline stands on a family's page. Own: it concerns this pupil. Common: it concerns the whole case.
# What is not named here never stands there: other duties (§ 24-3), notes, other pupils, who told.
_OWN: dict[str, Shown] = {
    "step_in": Shown.NOT, "watch": Shown.NOT, "finding": Shown.NOT, "investigated": Shown.NOT, "home": Shown.NOT,
    "meeting": Shown.NOT, "delay": Shown.NOT, "intervention": Shown.NOT, "hearing": Shown.NEUTRAL, "answer": Shown.NOT,
    "best_interest": Shown.NEUTRAL,
}  # fmt: skip
_WRITTEN_BY_FAMILY = frozenset({"hearing", "answer", "home"})
_PLAN = {"plan": Shown.NEUTRAL, "evaluation": Shown.NEUTRAL, "measure": Shown.NEUTRAL}
_COMMON: dict[str, Shown] = {
    "opened": Shown.NEUTRAL, "ended": Shown.NEUTRAL, "talk": Shown.NEUTRAL, "access": Shown.FULL, "investigated": Shown.NEUTRAL,
    "finding": Shown.NEUTRAL, "step_in": Shown.NEUTRAL, "passed_on": Shown.NEUTRAL, "moved": Shown.NEUTRAL,
    "moved_back": Shown.NEUTRAL,
}  # fmt: skip
# Of these, one who is otherwise involved sees the beginning, the end, and who from outside is let in.
_FOR_INVOLVED = frozenset({"opened", "ended", "access"})


@dataclass(frozen=True)
class LineFacts:
    """A line of the timeline as a family's page looks at it.

    ``own``: about this pupil alone. ``plan``: about this pupil's plan. Neither: about the whole case. ``pupils_words``: the
    pupil's own words (a talk, an answer). ``mine``: the reader wrote it. ``home``: it may be told at home. ``online``: the pupil
    wrote it without an adult.
    """

    kind: str
    own: bool = False
    plan: bool = False
    home: bool = False
    pupils_words: bool = False
    mine: bool = False
    online: bool = False


def line_for(who: Who, part: Part, line: LineFacts) -> Shown:
    """How a line stands on the page of the pupil or of somebody at home.

    - what one wrote oneself, always in full; the pupil also what adults wrote down as the pupil's words;
    - what is marked for home, in full; what a pupil wrote goes home only then, and not even that it was written;
    - that something goes home, and why, the pupil always reads;
    - that a talk took place and that the best interest was weighed is told, not what was said;
    - who from outside is let in, and by which right;
    - what concerns the whole case only as a line without words: it may be about others.
    """
    if line.own:
        if who == Who.PUPIL and line.kind == "told_home":
            return Shown.FULL
        if line.kind in _WRITTEN_BY_FAMILY and (line.mine or (who == Who.PUPIL and line.pupils_words)):
            return Shown.FULL
        if line.home and line.kind in _OWN:
            return Shown.FULL
        return Shown.NOT if line.online else _OWN.get(line.kind, Shown.NOT)
    if line.plan:
        return Shown.FULL if line.home and line.kind in _PLAN else _PLAN.get(line.kind, Shown.NOT)
    if (part == Part.INVOLVED and line.kind not in _FOR_INVOLVED) or (line.kind == "access" and not line.home):
        return Shown.NOT
    return _COMMON.get(line.kind, Shown.NOT)


def told_basis(basis: str, said_yes: Collection[str] | None, pupil: str, *, alone: bool) -> str:
    """By which right a guest reads about one pupil, as that pupil's family is told it. Empty: not known.

    ``said_yes``: the pupils whose families did; None where only "the family has said yes" was noted, which is this family's yes
    where the case is about nobody else (``alone``).
    """
    if said_yes is None:
        return basis if basis != CONSENT or alone else ""
    return CONSENT if pupil in said_yes else "" if basis == CONSENT else basis


class Next(StrEnum):
    """What comes next in a case, the most pressing first."""

    RESPONSIBLE = "responsible"
    PASS_ON = "pass_on"  # noqa: S105  (a step, not a secret)
    SAYS_NO = "says_no"
    INVESTIGATE = "investigate"
    HEAR = "hear"
    PLAN = "plan"
    EVALUATE = "evaluate"
    MEASURE = "measure"
    MEETING = "meeting"
    ASK = "ask"
    TALK = "talk"
    END = "end"
    FOLLOW = "follow"


@dataclass(frozen=True)
class Work:
    """A case as the list of what comes next looks at it. Numbers count pupils, plans and measures; days are the earliest."""

    ended: bool = False
    has_responsible: bool = True
    owes_owner: bool = False
    investigate: bool = False
    say_no: int = 0
    unheard: int = 0
    plans_missing: int = 0
    evaluate_on: date | None = None
    measures_late: int = 0
    meeting_on: date | None = None
    unasked: int = 0
    talk_on: date | None = None
    may_end: bool = False


def next_steps(work: Work, today: date) -> tuple[Next, ...]:
    """What waits, the most pressing first. Never empty for a case that goes on: it is followed also when nothing is due."""
    if work.ended:
        due = work.talk_on is not None and work.talk_on <= today
        return (Next.TALK,) if due else ()
    waits = {
        Next.RESPONSIBLE: not work.has_responsible,
        Next.PASS_ON: work.owes_owner,
        Next.SAYS_NO: work.say_no > 0,
        Next.INVESTIGATE: work.investigate,
        Next.HEAR: work.unheard > 0,
        Next.PLAN: work.plans_missing > 0,
        Next.EVALUATE: work.evaluate_on is not None and work.evaluate_on <= today,
        Next.MEASURE: work.measures_late > 0,
        Next.MEETING: work.meeting_on is not None and work.meeting_on <= today,
        Next.ASK: work.unasked > 0,
        Next.END: work.may_end,
    }
    found = tuple(step for step in Next if waits.get(step))
    return found or (Next.FOLLOW,)
