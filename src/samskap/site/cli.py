"""The command ``samskap``.

Exit codes: 0 done, 1 could not be done (the reason is printed), 2 wrong use or wrong setting.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

DONE, FAILED, WRONG_USE = 0, 1, 2


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    top = argparse.ArgumentParser(prog="samskap", description="Systematic work for a safe and good school environment.")
    top.add_argument("--home", help="folder that holds all state (default: SAMSKAP_HOME or var/)")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    demo = commands.add_parser("demo", help="load the demonstration municipality and serve it")
    demo.add_argument("--no-serve", action="store_true", help="load it and stop")
    serve = commands.add_parser("serve", help="serve the site, with the worker beside it")
    for command in (demo, serve):
        command.add_argument("--home", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        command.add_argument("--port", type=_port, default=8000, help="port (default 8000)")
        command.add_argument("--address", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    worker = commands.add_parser("worker", help="do the work that waits")
    worker.add_argument("--once", action="store_true", help="do what is due and stop")
    load = commands.add_parser("import", help="read statistics files into the store")
    load.add_argument("files", nargs="+", type=Path, metavar="FILE")
    load.add_argument("--dry-run", action="store_true", help="show the difference, change nothing")
    load.add_argument("--json", action="store_true", help="print one JSON object")
    units = commands.add_parser("units", help="schools that files name without a number, or with a new one")
    units.add_argument("action", nargs="?", choices=["list", "bind"], default="list")
    units.add_argument("names", nargs="*", metavar="NAME|NEW-NUMBER NUMBER")
    rescue = commands.add_parser("rescue", help="print a link with which a person who is locked out chooses a new password")
    rescue.add_argument("username", metavar="USER-NAME")
    rescue.add_argument("--factors", action="store_true", help="remove the person's second factors instead, after a question")
    rescue.add_argument("--yes", action="store_true", help="do not ask")
    check = commands.add_parser("check", help="check settings, keys, database and the audit chain")
    check.add_argument("--json", action="store_true", help="print one JSON object")
    for command in (worker, load, units, rescue, check):
        command.add_argument("--home", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return top


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; use a number from 1 to 65535")
    return int(text)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command."""
    options = parser().parse_args(argv)
    os.umask(0o077)
    if options.home:
        os.environ["SAMSKAP_HOME"] = str(Path(options.home).resolve())
    if options.command in ("demo", "serve"):
        os.environ.setdefault("SAMSKAP_URL", f"http://localhost:{options.port}")
    if options.command == "demo":
        os.environ["SAMSKAP_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samskap.site.settings")
    try:
        _start_django()
    except (ValueError, OSError) as wrong:
        print(f"samskap: {wrong}", file=sys.stderr)
        return WRONG_USE
    return _run(options)


def _start_django() -> None:
    import django

    django.setup()


def _run(options: argparse.Namespace) -> int:
    from samskap.site import commands

    try:
        return commands.run(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except commands.CannotDo as reason:
        print(f"samskap: {reason}", file=sys.stderr)
        return FAILED


if __name__ == "__main__":
    sys.exit(main())
