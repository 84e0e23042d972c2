"""The public pages: find the school, who are you, the questions, the receipt. No account, no session, no cookie.

These forms are exempt from the check against forged forms: nothing is done here with anybody's authority, so a forged one could
do no more than its forger; and the check needs a cookie, which would be a trace of who has told.
"""

from collections.abc import Hashable
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from samskap.kernel import clock, scope
from samskap.kernel.access import public_page, takes_files
from samskap.people.api import School
from samskap.voice import actions, queries
from samskap.voice.actions import Told
from samskap.voice.forms_public import QuestionForm
from samskap.voice.kept import kept
from samskap.voice.models import Entrance, Receiver, Report
from samskap.voice.questions import WHO
from samskap.voice.rules import Concerns, SenderKind
from samskap.voice.uploads import LARGEST_BODY, prepare
from samskap.voice.views.languages import carried, choices, spoken, switches

NEUTRAL = "https://www.yr.no/"


def page(request: HttpRequest, template: str, code: str, status: int = 200, **context: Any) -> HttpResponse:
    """A public page in a language."""
    return answer(made(request, template, code, **context), code, status)


def made(request: HttpRequest, template: str, code: str, **context: Any) -> str:
    """The page's text. Without the frame of those who are signed in: nothing here depends on who asks."""
    return render_to_string(f"voice/public/{template}.html", {**context, "language": code, "languages": choices(request, code)})


def answer(text: str, code: str, status: int = 200) -> HttpResponse:
    """A page as an answer."""
    headers = {"Content-Language": code, "Referrer-Policy": "no-referrer"}
    return HttpResponse(text, status=status, headers=headers)


def _open_entrance(request: HttpRequest, code: str) -> Entrance | HttpResponse:
    code = code.lower()
    found = kept(("entrance", code), lambda: queries.entrance(code))
    if found is not None:
        return found
    with spoken(request) as language:
        return page(request, "gone", language, 404)


@public_page
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """All schools with an open page, by owner."""
    with spoken(request) as language:
        rows = queries.open_entrances()
        owners = [(owner, list(entrances)) for owner, entrances in groupby(rows, key=lambda row: row.tenant.name)]
        return page(request, "find", language, owners=owners)


@public_page
@require_safe
def who(request: HttpRequest, code: str) -> HttpResponse:
    """Who are you? First of all, since the questions depend on it."""
    found = _open_entrance(request, code)
    if isinstance(found, HttpResponse):
        return found
    with spoken(request, found.school.written_form) as language:
        return page(request, "who", language, 200, entrance=found, school=found.school, **_reading(found.school))


@public_page
@require_safe
def employee(request: HttpRequest, code: str) -> HttpResponse:
    """One who works at the school tells with name: the duty to report is personal (§ 12-4)."""
    found = _open_entrance(request, code)
    if isinstance(found, HttpResponse):
        return found
    with spoken(request, found.school.written_form) as language:
        return page(request, "employee", language, entrance=found, school=found.school)


def rights_of(report: Report) -> str:
    """Whose rights a sender is told of: pupils' and guardians' own, others' few, and another way past the leadership."""
    kind = report.sender_kind if report.sender_kind in (SenderKind.PUPIL, SenderKind.GUARDIAN) else SenderKind.OTHER
    return f"{kind}_owner" if report.concerns == Concerns.LEADERSHIP and kind != SenderKind.OTHER else str(kind)


def _reading(school: School, receiver: str = Receiver.SCHOOL) -> dict[str, datetime | bool | None]:
    """When it is read next, and whether that is later than now."""
    with scope.tenant_scope(school.tenant_id):
        times = kept(("times", school.pk, receiver), lambda: queries.reading_times(school, receiver))
    reads = times.next(clock.now())
    return {"reads": reads, "later": reads is None or reads > clock.now()}


@takes_files(LARGEST_BODY, anybody=True)
@public_page
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, code: str, who: str) -> HttpResponse:
    """The questions, and the receipt for one who has answered them."""
    prepare(request)
    kind = WHO.get(who)
    if kind is None:
        raise Http404
    found = _open_entrance(request, code)
    if isinstance(found, HttpResponse):
        return found
    with spoken(request, found.school.written_form) as language:
        if switches(request):
            return _questions(request, found, QuestionForm(kind=kind, initial=carried(request)), language)
        if request.method == "POST":
            form = QuestionForm(request.POST, request.FILES, kind=kind)
            if form.is_valid():
                return _taken_in(request, found, form, language)
            return _questions(request, found, form, language)
        return _blank(request, found, kind, language)


# Stands for the form's key and the receipt's words in what is kept; what stands here is never sent.
BLANK_KEY = UUID("00000000-0000-4000-8000-000000000000")
BLANK_WORDS = "blank-1 blank-2 blank-3 blank-4 blank-5 blank-6"


def _when(reading: dict[str, datetime | bool | None]) -> tuple[Hashable, ...]:
    """What a kept page depends on of the times: nothing more while somebody reads now."""
    return (reading["reads"],) if reading["later"] else ()


def _blank(request: HttpRequest, entrance: Entrance, kind: SenderKind, language: str) -> HttpResponse:
    """The questions, unanswered: the same for everybody but for the form's key."""

    def make() -> str:
        form = QuestionForm(kind=kind, initial={"key": BLANK_KEY})
        return _questions(request, entrance, form, language).content.decode()

    text = kept(("questions", entrance.pk, kind, language, _when(_reading(entrance.school))), make)
    return answer(text.replace(str(BLANK_KEY), str(uuid4())), language)


def _questions(request: HttpRequest, entrance: Entrance, form: QuestionForm, language: str) -> HttpResponse:
    return asked(request, entrance.school, form, language, entrance=entrance)


def asked(request: HttpRequest, school: School, form: QuestionForm, language: str, **more: Any) -> HttpResponse:
    """The questions, one screen each. ``teller`` in ``more``: the name of one who is signed in."""
    steps = form.steps[form.kind]
    shown = [
        {
            "step": step,
            "fields": [form[name] for name in step.fields],
            "number": number,
            "before": steps[number - 2].place if number > 1 else "",
            "after": steps[number].place if number < len(steps) else "",
        }
        for number, step in enumerate(steps, 1)
    ]
    return page(
        request, "questions", language, 422 if form.errors else 200, form=form, steps=shown, count=len(steps), school=school,
        pupil=form.kind == "pupil", here=request.path, switch="fortell", images_gone=bool(request.FILES), **more,
        **_reading(school),
    )  # fmt: skip


def _taken_in(request: HttpRequest, entrance: Entrance, form: QuestionForm, language: str) -> HttpResponse:
    told = Told(
        school=entrance.school,
        sender_kind=form.kind,
        concerns=form.concerned,
        urgency=form.urgent,
        text=form.told | {"language": language},
        images=form.cleaned_data["images"],
    )
    with scope.tenant_scope(entrance.tenant_id):
        report, holder = actions.receive(by=queries.door(entrance.tenant_id), told=told, key=form.cleaned_data["key"])
        return receipt_page(request, report, holder.words, language)


def receipt_page(request: HttpRequest, report: Report, words: str, language: str) -> HttpResponse:
    """The receipt: the same for all who tell the same school in the same way, but for the words. Within the owner's scope."""
    reading, danger = _reading(report.school, report.receiver), report.urgency == "now"
    shown = {
        "words": BLANK_WORDS, "report": report, "school": report.school, "danger": danger, "switch": "kvittering",
        "rights": rights_of(report), **reading,
    }  # fmt: skip
    known = ("receipt", report.school_id, report.receiver, report.sender_kind, danger, language, _when(reading))
    text = kept(known, lambda: made(request, "receipt", language, **shown))
    for blank, word in zip(BLANK_WORDS.split(), words.split(), strict=True):
        text = text.replace(f"<span>{blank}</span>", f"<span>{word}</span>", 1)
    return answer(text.replace(BLANK_WORDS, words), language)


@public_page
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Quick exit: to a page about the weather, and the browser is asked to forget this one."""
    response = HttpResponseRedirect(NEUTRAL)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
