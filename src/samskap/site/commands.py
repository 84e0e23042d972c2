"""What each command does, once Django is up."""

import argparse
import json
import os
import sys
from collections.abc import Callable

from django.conf import settings
from django.core import checks
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import translation

from samskap.kernel import audit, keys, outbox, sealing


class CannotDo(RuntimeError):
    """A command could not be carried out; the message says what to do."""


def run(options: argparse.Namespace) -> int:
    """Carry out the chosen command; any of them makes the home it needs."""
    commands: dict[str, Callable[[argparse.Namespace], int]] = {
        "demo": demo,
        "serve": serve,
        "worker": worker,
        "import": load,
        "units": units,
        "rescue": rescue,
        "check": check,
    }
    with translation.override(settings.LANGUAGE_CODE):
        make_home()
        return commands[options.command](options)


def make_home() -> None:
    """Keys and a database that fits this program. Migrates an embedded SQLite by itself; PostgreSQL too (one at a time)."""
    try:
        keys.make_missing()
        sealing.public_key()
    except (keys.KeyMissing, sealing.NoPublicKey) as missing:
        raise CannotDo(str(missing)) from None
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as fault:
        reason = " ".join(str(fault).split())[:300]
        raise CannotDo(f"the database cannot be used: {reason}") from None


def demo(options: argparse.Namespace) -> int:
    """Load the demonstration municipality once, then serve it; with ``--no-serve`` only make all ready."""
    from samskap.site import server
    from samskap.site.demo import loader

    loader.load(say=print)
    if not options.no_serve:
        return serve(options)
    server.collect_static()
    return 0


def serve(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    from samskap.site import server

    return server.serve(options.address, options.port)


def worker(options: argparse.Namespace) -> int:
    """Do the work that waits; with ``--once`` until nothing is due."""
    from samskap.site import work

    return work.once() if options.once else work.forever()


def load(options: argparse.Namespace) -> int:
    """Read statistics files."""
    from samskap.results.cli import run_import

    return run_import(options.files, dry_run=options.dry_run, as_json=options.json, out=sys.stdout)


def units(options: argparse.Namespace) -> int:
    """List the units that wait to be bound, or bind a name or a new number to an organisation number."""
    from samskap.results import cli

    if options.action == "list":
        return cli.list_units(out=sys.stdout)
    if len(options.names) != 2:
        raise CannotDo("say which name or new number, and which organisation number: samskap units bind NAME NUMBER")
    return cli.bind_units(options.names[0], options.names[1], out=sys.stdout)


def rescue(options: argparse.Namespace) -> int:
    """Print a link for one who is locked out; no mail is needed. With ``--factors`` remove lost second factors instead.

    Where the owner has no administrator left who can sign in, the person becomes one.
    """
    from samskap.kernel.actions import ActionError
    from samskap.people.actions import rescue_link, rescue_owner

    if options.factors:
        return _rescue_factors(options)
    try:
        if owner := rescue_owner(options.username):
            print(f"{owner} had no administrator who can sign in: {options.username} is one from now on.", file=sys.stderr)
        print(f"{settings.BASE_URL}/invitasjon/{rescue_link(options.username)}/")
    except ActionError as refused:
        raise CannotDo(refused.message) from None
    return 0


def _rescue_factors(options: argparse.Namespace) -> int:
    from samskap.kernel.actions import ActionError
    from samskap.kernel.policy import SYSTEM
    from samskap.people import factors

    question = f"Remove all second factors and recovery codes of {options.username}? Write yes: "
    if not options.yes and _answer(question) != "yes":
        raise CannotDo("nothing was changed")
    try:
        removed = factors.rescue(by=SYSTEM, username=options.username)
    except ActionError as refused:
        raise CannotDo(refused.message) from None
    print(f"{removed} removed. The person sets up a new one when it is asked for.")
    return 0


def _answer(question: str) -> str:
    try:
        return input(question).strip().lower()
    except EOFError:
        return ""


def check(options: argparse.Namespace) -> int:
    """Django's and our own checks, the database's guards, and the audit chain."""
    found = [f"{m.id}: {m.msg}" for m in checks.run_checks() if m.level >= checks.ERROR]
    audit.seal_new(whole=True)
    chain = audit.verify()
    found += [f"audit entry {entry} does not fit its seal" for entry in chain.broken_at]
    unsent = outbox.given_up()
    found += [f"{unsent} messages could not be sent in a week; look at SAMSKAP_MAIL_URL"] if unsent else []
    key = sealing.key_name()
    report = {"ok": not found, "database": connection.vendor, "sealed": chain.sealed, "sealing key": key, "problems": found}
    if options.json:
        print(json.dumps(report))
    else:
        well = f"All is well: {chain.sealed} audit entries intact, sealing key {key}, {os.fspath(settings.HOME)}"
        print("\n".join(found) if found else well)
    return 0 if not found else 1
