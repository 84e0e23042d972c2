"""The smallest view that could do it in Django's ordinary way: a form, a sealed text, one committed row, a receipt.

What ``reports`` is held against: no routing, no audit, no receipt words, no image, no language, no frame around the page.
"""

import os
import uuid
from contextlib import suppress

import django
from django import forms
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError, connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from samskap.kernel import sealing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samskap.site.settings")
django.setup()


class Bare(models.Model):
    """One sealed text."""

    id = models.UUIDField(primary_key=True)
    content = models.BinaryField()

    class Meta:
        app_label = "bench"


class BareForm(forms.Form):
    """A key and a text."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    what = forms.CharField(max_length=10_000, widget=forms.Textarea)


PAGE = engines["django"].from_string(
    '<!doctype html><form method="post"><input type="hidden" name="key" value="{{ form.key.value }}">{{ form.what }}</form>'
)
RECEIPT = engines["django"].from_string('<!doctype html><p data-words="{{ row.pk }}">Takk</p>')


def bare(request: HttpRequest) -> HttpResponse:
    """GET: the form with a key. POST: seal, commit, read back, answer."""
    form = BareForm(request.POST or None, initial={"key": uuid.uuid4()})
    if request.method != "POST" or not form.is_valid():
        return HttpResponse(PAGE.render({"form": form}))
    key = form.cleaned_data["key"]
    blob = sealing.seal(form.cleaned_data["what"].encode(), context=str(key))
    with transaction.atomic():
        Bare._default_manager.create(pk=key, content=blob)
    return HttpResponse(RECEIPT.render({"row": Bare._default_manager.get(pk=key)}))


urlpatterns = [path("", bare)]
settings.ROOT_URLCONF = "bench._bare"
settings.MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"]
with suppress(DatabaseError), connection.schema_editor() as editor:  # another worker may make it at the same moment
    editor.create_model(Bare)
application = WSGIHandler()
