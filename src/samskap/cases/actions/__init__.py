"""All writes of cases."""

from samskap.cases.actions.access import (
    appoint,
    call_groundless,
    end_access,
    give,
    give_back,
    hand_over,
    invite,
    name_employee,
    name_leadership,
    opened,
    pass_on,
    recuse,
)
from samskap.cases.actions.answers import ask, no_answer
from samskap.cases.actions.consulting import answer_question, consult
from samskap.cases.actions.ending import end, take_up_again, talk
from samskap.cases.actions.home import close_page, correct_own, open_page, page_link, say, tell_home, visited
from samskap.cases.actions.library import change_suggestion, hide_suggestion, suggest, take_starters
from samskap.cases.actions.meetings import Call, call_meeting, cancel_meeting, hold_meeting
from samskap.cases.actions.opening import Opening, add_pupil, join, open_case
from samskap.cases.actions.plans import (
    NewMeasure,
    add_measure,
    change_measure,
    evaluate,
    into_plan,
    move_measure,
    put_in_force,
    remove_measure,
    write_plan,
)
from samskap.cases.actions.pupils import choose_plan, take_out
from samskap.cases.actions.timeline import correct, hear, intervene, weigh, write

__all__ = [
    "Call",
    "NewMeasure",
    "Opening",
    "add_measure",
    "add_pupil",
    "answer_question",
    "appoint",
    "ask",
    "call_groundless",
    "call_meeting",
    "cancel_meeting",
    "change_measure",
    "change_suggestion",
    "choose_plan",
    "close_page",
    "consult",
    "correct",
    "correct_own",
    "end",
    "end_access",
    "evaluate",
    "give",
    "give_back",
    "hand_over",
    "hear",
    "hide_suggestion",
    "hold_meeting",
    "intervene",
    "into_plan",
    "invite",
    "join",
    "move_measure",
    "name_employee",
    "name_leadership",
    "no_answer",
    "open_case",
    "open_page",
    "opened",
    "page_link",
    "pass_on",
    "put_in_force",
    "recuse",
    "remove_measure",
    "say",
    "suggest",
    "take_out",
    "take_starters",
    "take_up_again",
    "talk",
    "tell_home",
    "visited",
    "weigh",
    "write",
    "write_plan",
]
