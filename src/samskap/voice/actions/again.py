"""The same form came again ("back", and something changed): what is new is added to its report, so that nothing is lost."""

import re
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from samskap.kernel import audit, keys
from samskap.kernel.actions import action
from samskap.kernel.policy import Actor
from samskap.voice import answers, rules, sealed
from samskap.voice.actions.dialogue import store_from_sender, to_owner
from samskap.voice.actions.steps import alarm, locked, shut_beyond
from samskap.voice.images import Image
from samskap.voice.models import EventKind, Message, MessageKind, Report
from samskap.voice.sealed import Holder, Text

if TYPE_CHECKING:
    from samskap.voice.actions.intake import Told


@dataclass(frozen=True)
class Added:
    """What the second form holds that the first did not."""

    message_id: uuid.UUID
    text: str
    images: Sequence[Image]
    concerns: rules.Concerns | None
    urgency: rules.Urgency | None

    @property
    def said(self) -> bool:
        """There is something to read."""
        return bool(self.text or self.images)


def add_what_changed(*, by: Actor, report: Report, told: "Told", holder: Holder) -> None:
    """Add what is new. A form that came again as it was adds nothing."""
    added = _added(report, told, holder)
    if (added.said and not Message.objects.filter(pk=added.message_id).exists()) or added.concerns or added.urgency:
        _store(by=by, report=report, added=added)


# Fewer than this share of the words are the same, in the same order: then it is no correction, but another one's matter.
ALIKE, WORDS = 0.25, 400


def is_another_matter(report: Report, told: "Told", holder: Holder) -> bool:
    """Is what came with the same key something wholly else? Then it must not be laid with the first, nor read it."""
    before, now = (_words(text) for text in (_before(report, holder), told.text))
    return bool(before and now) and SequenceMatcher(None, before, now, autojunk=False).ratio() < ALIKE


def _words(text: Text) -> list[str]:
    return re.findall(r"\w+", str(text.get("what", "")).casefold())[:WORDS]


def _before(report: Report, holder: Holder) -> dict[str, Any]:
    context = sealed.place(report.tenant_id, report.pk, "report")
    return sealed.unpack(holder.sender.unseal(bytes(report.sender_copy or b""), context=context))


def _added(report: Report, told: "Told", holder: Holder) -> Added:
    before = _before(report, holder)
    changed = {key: value for key, value in told.text.items() if before.get(key) != value}
    text = "\n".join(one.text if one.key == "what" else f"{one.label} {one.text}" for one in answers.shown(changed))
    images = _new_images(report, told.images)
    mark = keys.keyed_hash("voice-changed", f"{sealed.pack(told.text).decode()}{[len(image.data) for image in told.images]}")
    urgency = told.urgency if rules.rank(told.urgency) < report.rank else None
    return Added(uuid.uuid5(report.pk, mark), text, images, _other_concerns(report, told.concerns), urgency)


def _new_images(report: Report, images: Sequence[Image]) -> list[Image]:
    """An image made anew from the same file is as large as before; what lies sealed here cannot be looked at."""
    known = Counter(report.attachments.values_list("size", flat=True))
    found = []
    for image in images:
        if known[len(image.data)]:
            known[len(image.data)] -= 1
        else:
            found.append(image)
    return found


def _other_concerns(report: Report, wanted: rules.Concerns) -> rules.Concerns | None:
    """Whom it concerns after all; the answer is never taken back by a form, nor held against what the owner has decided."""
    order = list(rules.Concerns)
    more = order.index(wanted) > order.index(rules.Concerns(report.concerns))
    decided = more and report.events.filter(kind=EventKind.RETURNED).exists()
    return wanted if more and not decided else None


@action
def _store(*, by: Actor, report: Report, added: Added) -> None:
    row = locked(report)
    if added.concerns == rules.Concerns.LEADERSHIP:
        to_owner(by, row)
    elif added.concerns:
        row.concerns = added.concerns
        row.save()
        shut_beyond(by, row)
    if added.said and not Message.objects.filter(pk=added.message_id).exists():
        kind, message_id = MessageKind.ADDITION, added.message_id
        store_from_sender(by=by, report=row, message_id=message_id, kind=kind, text=added.text, images=added.images)
    if added.urgency:
        _hurry(locked(row), added.urgency)
    audit.record(by, "voice.came_again", report)


def _hurry(row: Report, urgency: rules.Urgency) -> None:
    row.urgency, row.rank = urgency, rules.rank(urgency)
    row.save()
    if urgency == rules.Urgency.NOW:
        alarm(row)
