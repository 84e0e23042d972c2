"""All writes of voice."""

from samskap.voice.actions.dialogue import author_saw, say, sender_names_leadership, sender_writes, words_anew
from samskap.voice.actions.entrance import close_entrance, open_entrance
from samskap.voice.actions.handling import (
    call_groundless,
    close,
    forward,
    give,
    keep,
    move,
    name_employee,
    new_receipt,
    opened,
    recuse,
    reopen,
    reroute,
    return_to_school,
    take,
)
from samskap.voice.actions.intake import Ready, Told, fingerprint, ready, receive, store, take_down, take_in, tell

__all__ = [
    "Ready",
    "Told",
    "author_saw",
    "call_groundless",
    "close",
    "close_entrance",
    "fingerprint",
    "forward",
    "give",
    "keep",
    "move",
    "name_employee",
    "new_receipt",
    "open_entrance",
    "opened",
    "ready",
    "receive",
    "recuse",
    "reopen",
    "reroute",
    "return_to_school",
    "say",
    "sender_names_leadership",
    "sender_writes",
    "store",
    "take",
    "take_down",
    "take_in",
    "tell",
    "words_anew",
]
