"""In which order cases stand in the list: what the law wants at once, then what is due, then the rest. Pure."""

from datetime import date
from enum import IntEnum

from samskap.cases.rules import Work


class Pressing(IntEnum):
    """What presses most in a case, the first first: what the law wants at once, then what is due, then the rest."""

    TELL_OWNER = 0
    SAYS_NO = 1
    FIND_OUT = 2
    DUE = 3
    COMING = 4


def pressing(work: Work, today: date) -> Pressing:
    """Where a case that goes on stands in the list."""
    presses = {
        Pressing.TELL_OWNER: work.owes_owner,
        Pressing.SAYS_NO: work.say_no > 0,
        Pressing.FIND_OUT: work.investigate,
        Pressing.DUE: work.measures_late > 0 or (work.evaluate_on is not None and work.evaluate_on <= today),
    }
    return next((one for one in Pressing if presses.get(one)), Pressing.COMING)
