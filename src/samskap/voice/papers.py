"""Voice's documents: poster, card, receipt, copy of a report. Labels are translated here; the templates only lay out."""

from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samskap.kernel import clock
from samskap.kernel.documents import Document, qr_svg
from samskap.people.api import School
from samskap.voice import answers
from samskap.voice.models import Message, Report
from samskap.voice.queries import Opened, Step, first_receiver, first_school, from_home


def _when(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j. F Y H:i")


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j. F Y")


def _law_day(report: Report) -> str:
    return date_format(date.fromisoformat(report.law_version), "j. F Y")


def poster(school: School, address: str) -> Document:
    """The poster for the wall, in the school's written form."""
    with translation.override(school.written_form):
        numbers = [
            ("116 111", _("The helpline for children and young people, day and night")),
            ("113", _("Somebody is hurt or ill")),
            ("112", _("The police, when there is danger")),
        ]
        data = {
            "school": school.name,
            "heading": _("Tell somebody"),
            "lead": _("Is somebody not safe or not well at school? You, or somebody else? Tell it here."),
            "scan": _("Scan the code, or write the address:"),
            "address": _short(address),
            "qr_svg": str(qr_svg(address)),
            "qr_alt": _("QR code that leads to %(address)s") % {"address": address},
            "numbers": numbers,
        }
        title = _("Tell somebody: poster for %(school)s") % {"school": school.name}
    return Document("voice/poster.typ", school.written_form, title, data)


def _short(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")


def card(words: str, school: School, *, language: str) -> Document:
    """A card with the code words; nothing of what was told."""
    address = f"{settings.BASE_URL}{reverse('voice:dialogue')}"
    with translation.override(language):
        data = {
            "heading": _("Your code words"),
            "school": school.name,
            "words": words.split(),
            "lead": _("With them you can read the answer, write more, and say if it is not better. Keep the card to yourself."),
            "address": _short(address),
            "qr_svg": str(qr_svg(address)),
            "qr_alt": _("QR code that leads to %(address)s") % {"address": address},
        }
        title = _("Card with code words")
    return Document("voice/card.typ", language, title, data)


def receipt(report: Report, fingerprint: str, author: str, *, language: str) -> Document:
    """The receipt of one who told signed in (§§ 12-4, 12-5, the week of § 12-6): when, to whom, a mark of it; no content."""
    with translation.override(language):
        aloud = report.channel == "aloud"
        said = [(_("It was said"), f"{_day(report.known_at)} ({report.get_sender_kind_display()})")] if aloud else []
        facts = [
            (_("Taken down by") if aloud else _("Reported by"), author),
            (_("School"), first_school(report).name),
            *said,
            (_("Received"), _when(report.received_at)),
            (_("What it is"), report.line),
            (_("Who got it"), _("The municipality") if first_receiver(report) == "owner" else _("The school's leadership")),
            (_("Mark of the report (SHA-256)"), f"{fingerprint[:32]} {fingerprint[32:]}"),
            (_("Rules of law from"), _law_day(report)),
        ]
        data = {
            "facts": facts,
            "columns": [_("About the report"), _("Content")],
            "foot": first_school(report).name,
            "lead": _("This shows that you told, and when. It holds nothing of what you told."),
            "next_heading": _("What goes on"),
            "next": [
                _("The one who has it must find out what happens, and see to it that the pupil is safe."),
                *([] if from_home(report) else [_("You keep watching, and step in when you see something.")]),
                _("Answers come under “What I have told”."),
            ],
        }
        title = _("Receipt: you have told")
    return Document("voice/receipt.typ", language, title, data)


def report_copy(opened: Opened, *, by: str, language: str) -> Document:
    """The whole report for the case file: what was told, the dialogue, what happened with it. ``by``: who makes the copy."""
    report = opened.row
    with translation.override(language):
        facts = [
            (_("School"), report.school.name),
            (_("Who tells"), str(report.get_sender_kind_display())),
            (_("Received"), _when(report.received_at)),
            (_("The school has known since"), _when(report.known_at)),
            (_("Urgency"), str(report.get_urgency_display())),
            (_("Whom it concerns"), str(report.get_concerns_display())),
            (_("Who is responsible"), report.responsible.name if report.responsible else _("Nobody yet")),
            *([(_("Works with it"), report.holder.name)] if report.holder else []),
            (_("Rules of law from"), _law_day(report)),
            (_("This copy was made"), _("%(when)s, by %(name)s") % {"when": _when(clock.now()), "name": by}),
        ]
        images = len(opened.images) + sum(len(said.images) for said in opened.dialogue)
        data = {
            "facts": facts,
            "columns": [_("About the report"), _("Content")],
            "way_columns": [_("When"), _("What happened")],
            "foot": _("Confidential. %(school)s") % {"school": report.school.name},
            "told_heading": _("What was told"),
            "told": [(answer.label, answer.text) for answer in answers.shown(opened.text)] or [(_("Not readable"), _damaged())],
            "images": _("Images are kept with the report: %(count)s.") % {"count": images} if images else "",
            "dialogue_heading": _("Dialogue"),
            "dialogue": [(_said_by(said.row), _said(said.text)) for said in opened.dialogue],
            "nothing": _("Nobody has written yet."),
            "way_heading": _("What has happened with it"),
            "way": [(_when(step.row.at), _step_text(step)) for step in opened.steps],
        }
        title = _("Copy of a report, %(when)s") % {"when": _when(report.received_at)}
    return Document("voice/report_copy.typ", language, title, data)


def _said_by(message: Message) -> str:
    name = _("The one who told") if message.from_sender or message.author is None else message.author.name
    return f"{name}, {_when(message.at)} – {message.get_kind_display()}"


def _step_text(step: Step) -> str:
    """The step, to whom or where, by whom, and the reason."""
    what = str(step.row.get_kind_display())
    receiver = step.row.to_person or step.row.to_school
    to = f": {receiver.name}" if receiver else ""
    by = f" ({step.row.person.name})" if step.row.person else ""
    reason = _damaged() if step.reason is None else step.reason
    return "\n".join(part for part in (f"{what}{to}{by}", reason) if part)


def _said(text: str | None) -> str:
    return _damaged() if text is None else text


def _damaged() -> str:
    return _("This part is damaged and does not open.")
