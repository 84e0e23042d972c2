"""Looks for planted words in all that is stored, logged and sent."""

import base64
import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection

from samskap.kernel.scrub import ScrubFilter


def forms_of(word: str) -> set[bytes]:
    """What a word looks like in plain, however it is written down."""
    plain = word.encode()
    whole = {plain, plain.hex().encode(), word.encode("utf-16-le"), quote(word).encode(), word.replace(" ", "+").encode()}
    return whole | {base64.b64encode(b"x" * start + plain)[4:-4] for start in range(3)} | {word.title().encode()}


def stored() -> Iterator[bytes]:
    """All that the database holds, as it could be read out: every column of every table, and the file as it would lie there."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield b"\n".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row)
    for session in Session.objects.all():  # lies there compressed
        yield str(session.get_decoded()).encode()
    if connection.vendor == "sqlite":
        yield connection.connection.serialize()


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """What the program's own handler would write."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.addFilter(ScrubFilter())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield text
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def everything(log: io.StringIO) -> bytes:
    """All that is stored, logged and sent."""
    return b"\n".join([*stored(), log.getvalue().encode(), str([(m.subject, m.body, m.to) for m in mail.outbox]).encode()])


def found(words: dict[str, str], where: bytes) -> set[str]:
    """The names of those words that stand there in plain, however they are written down."""
    return {name for name, word in words.items() for form in forms_of(word) if len(form) > 8 and form in where}
