"""All writes of cases."""

from samskap.cases.actions.access import (
    appoint,
    call_groundless,
    end_access,
    give,
    hand_over,
    invite,
    name_employee,
    name_leadership,
    opened,
    pass_on,
    recuse,
)
from samskap.cases.actions.answers import ask, no_answer
from samskap.cases.actions.ending import end, take_up_again, talk
from samskap.cases.actions.home import close_page, correct_own, open_page, page_link, say, tell_home, visited
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
from samskap.cases.actions.timeline import correct, hear, weigh, write

__all__ = [
    "NewMeasure",
    "Opening",
    "add_measure",
    "add_pupil",
    "appoint",
    "ask",
    "call_groundless",
    "change_measure",
    "close_page",
    "correct",
    "correct_own",
    "end",
    "end_access",
    "evaluate",
    "give",
    "hand_over",
    "hear",
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
    "take_up_again",
    "talk",
    "tell_home",
    "visited",
    "weigh",
    "write",
    "write_plan",
]
