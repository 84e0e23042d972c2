"""What other rooms may use of voice."""

from samskap.voice.actions.handling import into_case
from samskap.voice.actions.steps import locked
from samskap.voice.actions.together import Shutter, return_with, shut_with
from samskap.voice.answers import shown
from samskap.voice.beyond import Way, follow_up
from samskap.voice.models import Message, MessageKind, Report
from samskap.voice.policy import READ
from samskap.voice.queries import Opened, from_home, opened, pictures
from samskap.voice.readers import about, may_lead

__all__ = [
    "READ",
    "Message",
    "MessageKind",
    "Opened",
    "Report",
    "Shutter",
    "Way",
    "about",
    "follow_up",
    "from_home",
    "into_case",
    "locked",
    "may_lead",
    "opened",
    "pictures",
    "return_with",
    "shown",
    "shut_with",
]
