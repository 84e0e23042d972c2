"""Run in a home of its own: named people of the cast follow every link of the site. Prints what did not answer 200, as JSON."""

import json
import re
import sys

import django

django.setup()

from django.test import Client, override_settings  # noqa: E402  (Django must be up first)

from samskap.kernel import clock, strength  # noqa: E402
from samskap.kernel.models import Account  # noqa: E402

LINK = re.compile(r'href="(/[^"#]*)"')
MOST = 400
PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STEPS = re.compile(r"/(static|logg-ut|sprak)/")


def kind(address: str) -> str:
    """The address without ids, codes and what is asked for: pages of one kind are alike, and a few of each are enough."""
    path, asked, _ = address.partition("?")
    return re.sub(r"[0-9a-f-]{36}|(national_tests|pupil_survey)(/\w+){3}|\d+", "…", path) + asked


def walk(client: Client, few: int) -> tuple[list[str], list[str]]:
    """(addresses opened, complaints), following links from the home page; at most ``few`` addresses of each kind."""
    waiting, seen = ["/"], {"/"}
    opened: list[str] = []
    wrong: list[str] = []
    kinds: dict[str, int] = {}
    while waiting and len(opened) < MOST:
        address = waiting.pop(0)
        answer = client.get(address, follow=True)
        opened.append(address)
        if answer.status_code != 200:
            wrong.append(f"{answer.status_code} {address}")
        if not answer.get("Content-Type", "").startswith("text/html"):
            b"".join(answer) if answer.streaming else None
            continue
        for found in LINK.findall(answer.content.decode()):
            link = found.replace("&amp;", "&")
            if link not in seen and not STEPS.match(link) and kinds.get(kind(link), 0) < few:
                seen.add(link)
                kinds[kind(link)] = kinds.get(kind(link), 0) + 1
                waiting.append(link)
    return opened, wrong


def client_of(key: str) -> Client:
    """A browser in which the person is signed in, as by one click in the demo."""
    client = Client(raise_request_exception=False, SERVER_NAME="localhost")
    client.force_login(Account.objects.get(username=key), backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[strength.KEY] = clock.now().isoformat()
    session.save()
    return client


def main() -> None:
    """How many addresses of each kind, and the keys of the people."""
    few, *people = sys.argv[1:]
    report = {}
    with override_settings(STORAGES={"staticfiles": PLAIN, "default": PLAIN}):
        for key in people:
            opened, wrong = walk(client_of(key), int(few))
            report[key] = {"opened": len(opened), "wrong": wrong}
    json.dump(report, sys.stdout)


if __name__ == "__main__":
    main()
