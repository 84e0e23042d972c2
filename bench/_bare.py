"""The smallest view that could do it: a form, a sealed text, one committed row, a receipt. What ``reports`` is held against."""

import os
import uuid
from contextlib import suppress

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samskap.site.settings")
django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402  (Django first)
from django.db import DatabaseError, connection, transaction  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402

from samskap.kernel import sealing  # noqa: E402

TABLE = "CREATE TABLE IF NOT EXISTS bench_bare (id varchar(36) PRIMARY KEY, content {kind} NOT NULL)"


def form(request: HttpRequest) -> HttpResponse:
    """GET: a form with a key. POST: seal, commit, read back, answer."""
    if request.method != "POST":
        return HttpResponse(
            f'<form method="post"><input name="key" value="{uuid.uuid4()}"><textarea name="what"></textarea></form>'
        )
    key = request.POST["key"]
    blob = sealing.seal(request.POST["what"].encode(), context=key)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_bare (id, content) VALUES (%s, %s)", [key, blob])
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM bench_bare WHERE id = %s", [key])
        stored = cursor.fetchone()[0]
    return HttpResponse(f'<p data-words="{stored}">Takk</p>')


urlpatterns = [path("", form)]
settings.ROOT_URLCONF = "bench._bare"
settings.MIDDLEWARE = []
with suppress(DatabaseError), connection.cursor() as _cursor:  # another worker may make it at the same moment
    _cursor.execute(TABLE.format(kind="bytea" if connection.vendor == "postgresql" else "blob"))
application = WSGIHandler()
