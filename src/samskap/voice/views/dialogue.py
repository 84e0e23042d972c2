"""The dialogue of one who holds code words. The words travel in the form's body alone: never in an address, a cookie or a log."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from samskap.kernel import clock, documents, limits, scope
from samskap.kernel.access import public_page, takes_files
from samskap.voice import actions, answers, papers, queries, sealed
from samskap.voice.forms_public import WordsForm, WriteForm
from samskap.voice.models import MessageKind, Report
from samskap.voice.sealed import Holder
from samskap.voice.uploads import LARGEST_BODY, prepare
from samskap.voice.views.languages import carried, spoken, switches
from samskap.voice.views.public import page, receipt_page, rights_of

# Over all who miss: nobody is told apart by address, and words that are right are never made to wait.
MISSES, PER = 300, timedelta(minutes=1)


@takes_files(LARGEST_BODY, anybody=True)
@public_page
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def dialogue(request: HttpRequest) -> HttpResponse:
    """Enter the words; read, write more, say how it is now, name the leadership."""
    prepare(request)
    with spoken(request) as language:
        if request.method != "POST":
            return page(request, "words", language, form=WordsForm())
        form = WordsForm(request.POST)
        holder = sealed.holder(form.cleaned_data["words"]) if form.is_valid() else None
        report = queries.found_by(holder) if holder else None
        if holder is None or report is None:
            return _missed(request, form, language)
        with scope.tenant_scope(report.tenant_id):
            return _answered(request, report, holder, language)


def _missed(request: HttpRequest, form: WordsForm, language: str) -> HttpResponse:
    """The same answer whatever was wrong; too many misses within a minute make all who miss wait."""
    allowed = limits.take("receipt-miss", "all", capacity=MISSES, per=PER)
    if not form.errors:
        form.add_error("words", _("These words lead nowhere. Look at your card: six words, in the same order."))
    if not allowed:
        form.add_error(None, _("Many have tried wrong words just now. Wait a minute, then try again."))
    return page(request, "words", language, 422 if allowed else 429, form=form)


def _answered(request: HttpRequest, report: Report, holder: Holder, language: str) -> HttpResponse:
    if "receipt" in request.POST:  # the receipt, in another language
        return receipt_page(request, report, holder.words, language)
    if switches(request):
        return _page(request, report, holder, language, WriteForm(initial=carried(request)))
    if "leadership" in request.POST:
        by = queries.door(report.tenant_id)
        report = actions.sender_names_leadership(by=by, report=report)
        new = holder if report.receipt else actions.words_anew(by=by, report=report, holder=holder)
        return _page(request, report, new, language, done=_("Only the municipality sees it from now on."), anew=new is not holder)
    if "key" not in request.POST:
        return _page(request, report, holder, language)
    form = WriteForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, report, holder, language, form)
    values = form.cleaned_data
    actions.sender_writes(
        by=queries.door(report.tenant_id), report=report, key=values["key"], kind=values["kind"], text=values["text"],
        images=values["images"],
    )  # fmt: skip
    return _page(request, report, holder, language, done=_done(values["kind"]), wrote=True)


def _done(kind: str) -> str:
    if kind == MessageKind.NOT_BETTER:
        return _("Sent. Thank you for saying so. The school must do more.")
    return _("Sent.")


def _page(
    request: HttpRequest, report: Report, holder: Holder, language: str, form: WriteForm | None = None, done: str = "",
    *, anew: bool = False, wrote: bool = False,
) -> HttpResponse:  # fmt: skip
    report = queries.found_by(holder) or report
    opened = queries.opened_by_sender(report, holder)
    reads = queries.reads_next(report.school, report.receiver)
    shown: dict[str, Any] = {
        "report": report,
        "school": report.school,
        "opened": opened,
        "answers": list(answers.shown(opened.text, own=True)),
        "words": holder.words,
        "form": form or WriteForm(initial={"key": uuid4(), "words": holder.words}),
        "switch": "skriv",
        "rights": rights_of(report),
        "done": done,
        "anew": anew,
        "wrote": wrote,
        "answered_by": queries.answered_by(opened),
        "reads": reads,
        "later": reads is None or reads > clock.now(),
    }
    return page(request, "dialogue", language, 422 if form is not None and form.errors else 200, **shown)


@public_page
@csrf_exempt
@require_POST
def card(request: HttpRequest) -> HttpResponse:
    """A card with the words, to print. Made on the spot, kept nowhere."""
    with spoken(request) as language:
        form = WordsForm(request.POST)
        holder = sealed.holder(form.cleaned_data["words"]) if form.is_valid() else None
        report = queries.found_by(holder) if holder else None
        if holder is None or report is None:
            return _missed(request, form, language)
        document = papers.card(holder.words, report.school, language=language)
        return documents.response(documents.render(document, at=clock.now()), "kort.pdf")
