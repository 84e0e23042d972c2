"""The words of cases: states, kinds, answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samskap.cases import rules


class Side(models.TextChoices):
    """Who works it."""

    SCHOOL = rules.Side.SCHOOL.value, _("the school")
    OWNER = rules.Side.OWNER.value, _("the municipality")


class Concerns(models.TextChoices):
    """Whom it concerns."""

    PUPILS = rules.Concerns.PUPILS.value, _("pupils")
    EMPLOYEE = rules.Concerns.EMPLOYEE.value, _("somebody who works at the school")
    LEADERSHIP = rules.Concerns.LEADERSHIP.value, _("somebody in the leadership")


class State(models.TextChoices):
    """Is it being followed up?"""

    OPEN = "open", _("open")
    ENDED = "ended", _("ended")


class Safe(models.TextChoices):
    """The answer to "is it safe and good now?"."""

    NONE = "", _("not asked yet")
    YES = rules.Safe.YES.value, _("yes")
    PARTLY = rules.Safe.PARTLY.value, _("partly")
    NO = rules.Safe.NO.value, _("no")


class Voice(models.TextChoices):
    """Whose answer."""

    PUPIL = rules.Voice.PUPIL.value, _("the pupil")
    GUARDIAN = rules.Voice.GUARDIAN.value, _("a parent or guardian")
    STAFF = rules.Voice.STAFF.value, _("the school")


class Part(models.TextChoices):
    """What a pupil is in the case."""

    SUBJECT = rules.Part.SUBJECT.value, _("the case is about this pupil")
    INVOLVED = rules.Part.INVOLVED.value, _("otherwise involved")


class EntryKind(models.TextChoices):
    """What an entry of the timeline tells. The first five are the duties (delpliktene)."""

    WATCH = "watch", _("Watched")
    STEP_IN = "step_in", _("Stepped in")
    TOLD = "told", _("Told on")
    INVESTIGATED = "investigated", _("Found out")
    MEASURE = "measure", _("Measure")
    HEARING = "hearing", _("Talk with the pupil")
    ANSWER = "answer", _("Answer")
    NO_ANSWER = "no_answer", _("Why there is no answer")
    BEST_INTEREST = "best_interest", _("What is best for the pupil")
    HOME = "home", _("Contact with home")
    MEETING = "meeting", _("Meeting")
    FINDING = "finding", _("What we found")
    DELAY = "delay", _("Why it takes longer")
    INTERVENTION = "intervention", _("Physical intervention (§ 13-5)")
    OTHER_DUTY = "other_duty", _("Another duty")
    NOTE = "note", _("Note")
    OPENED = "opened", _("The case was opened")
    REPORT = "report", _("A report came to the case")
    PUPIL = "pupil", _("A pupil was added")
    PLAN = "plan", _("Measures plan")
    EVALUATION = "evaluation", _("Evaluation")
    PASSED_ON = "passed_on", _("Passed on to the municipality")
    GROUNDLESS = "groundless", _("Judged openly groundless, with a reason")
    MOVED = "moved", _("The municipality works on it from now on")
    ACCESS = "access", _("Access")
    RESPONSIBLE = "responsible", _("Responsible for the case")
    RESTARTED = "restarted", _("The duty to act began again")
    ENDED = "ended", _("The follow-up ended")
    TALK = "talk", _("Follow-up talk")
    CORRECTION = "correction", _("Correction")
    TOLD_HOME = "told_home", _("It was decided what home gets to know")
    AT_HOME = "at_home", _("The family's page")
    DOCUMENT = "document", _("Document")
    CONSULTED = "consulted", _("Talked about without names")
    MOVED_BACK = "moved_back", _("The school works on it from now on")
    LEFT = "left", _("A pupil was taken out")


class Stage(models.TextChoices):
    """Where a measure is."""

    PLANNED = rules.Stage.PLANNED.value, _("planned")
    STARTED = rules.Stage.STARTED.value, _("started")
    DONE = rules.Stage.DONE.value, _("carried out")
    ENDED = rules.Stage.ENDED.value, _("ended")


class Effect(models.TextChoices):
    """What is seen of it, said by those it is for and those who did it."""

    NONE = "", _("not judged yet")
    BETTER = "better", _("it helps")
    SAME = "same", _("no change")
    WORSE = "worse", _("it makes it worse")
