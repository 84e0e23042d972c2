"""The tables of cases."""

from samskap.cases.models.access import Given, Recusal
from samskap.cases.models.around import Consultation, Meeting, Suggestion
from samskap.cases.models.case import Case, CaseNumber, CasePupil, CaseReport, NameMark, Plan
from samskap.cases.models.choices import Concerns, Effect, EntryKind, Part, Safe, Side, Stage, State, Voice
from samskap.cases.models.home import Home
from samskap.cases.models.papers import Paper, PaperDraft, PaperKind
from samskap.cases.models.work import Answer, Entry, Measure, PlanVersion, Touched

__all__ = [
    "Answer",
    "Case",
    "CaseNumber",
    "CasePupil",
    "CaseReport",
    "Concerns",
    "Consultation",
    "Effect",
    "Entry",
    "EntryKind",
    "Given",
    "Home",
    "Measure",
    "Meeting",
    "NameMark",
    "Paper",
    "PaperDraft",
    "PaperKind",
    "Part",
    "Plan",
    "PlanVersion",
    "Recusal",
    "Safe",
    "Side",
    "Stage",
    "State",
    "Suggestion",
    "Touched",
    "Voice",
]
