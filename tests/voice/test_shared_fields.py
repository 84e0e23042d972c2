"""All public forms of a kind have the same fields: nothing of what one sender sends may stay behind in them."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from samskap.voice.forms_public import FromHomeForm, QuestionForm
from samskap.voice.questions import STEPS_FROM_HOME
from samskap.voice.rules import SenderKind
from tests.voice import things

FORMS = [(QuestionForm, kind) for kind in (SenderKind.PUPIL, SenderKind.GUARDIAN, SenderKind.OTHER)]
FORMS += [(FromHomeForm, kind) for kind in STEPS_FROM_HOME]


def inside(form: QuestionForm) -> dict[str, Any]:
    """All that fields and widgets remember."""
    return {
        name: ({key: repr(value) for key, value in vars(field).items() if key != "widget"}, repr(vars(field.widget)))
        for name, field in form.fields.items()
    }


def use(form: QuestionForm) -> None:
    form.is_valid()
    form.errors.as_json()
    for field in form:
        str(field)
        field.as_hidden()


@pytest.mark.parametrize(("form", "kind"), FORMS)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_what_one_sends_leaves_nothing_in_the_fields(form: type[QuestionForm], kind: SenderKind, language: str) -> None:
    before = inside(form(kind=kind))
    names = [*before, "images-clear"]
    with translation.override(language):
        for value in ("", "on", "yes", "\x00", str(uuid4()), "x" * 20_000):
            sent = QueryDict(mutable=True)
            sent.update(dict.fromkeys(names, value))
            for files in ([], [SimpleUploadedFile("a.png", things.picture(kind="PNG"))], [SimpleUploadedFile("b.png", b"x")] * 4):
                use(form(sent, MultiValueDict({"images": files}), kind=kind))
        use(form(kind=kind, initial={"what": "Hei"}))
    with translation.override("nb"):
        assert inside(form(kind=kind)) == before
