"""What the environment may say, typed. A wrong value stops the program and is named; nothing is guessed.

Each variable ``X`` that is a secret may be given as ``X_FILE``, the path of a file that holds it.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

T = TypeVar("T")


class WrongSetting(ValueError):
    """A variable has a value that cannot be used; the message names both and says what is allowed."""


@dataclass(frozen=True)
class Config:
    """All that an operator may set."""

    debug: bool
    database_url: str
    hosts: tuple[str, ...]
    base_url: str
    https: bool
    demo: bool
    mail_url: str
    mail_from: str
    workers: int
    intake_only: bool = False


def _text(env: Mapping[str, str], name: str, default: str = "") -> str:
    if name in env and f"{name}_FILE" in env:
        raise WrongSetting(f"{name} and {name}_FILE are both set; keep one")
    if f"{name}_FILE" in env:
        path = Path(env[f"{name}_FILE"])
        try:
            return path.read_text(encoding="utf-8").strip()
        except OSError as fault:
            raise WrongSetting(f"{name}_FILE: cannot read the file ({fault.strerror})") from None
    return env.get(name, default).strip()


def _one_of(env: Mapping[str, str], name: str, words: Mapping[str, T], default: T) -> T:
    given = env.get(name, "").strip().lower()
    if not given:
        return default
    if given not in words:
        raise WrongSetting(f"{name} is {given!r}; allowed: {', '.join(words)}")
    return words[given]


YES_NO = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def _number(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    given = env.get(name, "").strip()
    if not given:
        return default
    if not given.isdecimal() or not low <= int(given) <= high:
        raise WrongSetting(f"{name} is {given!r}; allowed: a whole number from {low} to {high}")
    return int(given)


def _url(env: Mapping[str, str], name: str, schemes: tuple[str, ...], default: str = "") -> str:
    given = _text(env, name, default)
    if given and urlsplit(given).scheme not in schemes:
        raise WrongSetting(f"{name} must begin with {' or '.join(s + '://' for s in schemes)}")
    return given


def read(env: Mapping[str, str] = os.environ) -> Config:
    """The configuration. Raises WrongSetting."""
    base_url = _url(env, "SAMSKAP_URL", ("http", "https"), "http://localhost:8000").rstrip("/")
    host = urlsplit(base_url).hostname
    if not host:
        raise WrongSetting("SAMSKAP_URL has no host name; example: https://samskap.example.no")
    extra = tuple(part.strip() for part in env.get("SAMSKAP_HOSTS", "").split(",") if part.strip())
    if "*" in extra:
        raise WrongSetting("SAMSKAP_HOSTS may not be '*'; list the host names")
    return Config(
        debug=_one_of(env, "SAMSKAP_DEBUG", YES_NO, False),
        database_url=_url(env, "DATABASE_URL", ("postgres", "postgresql", "sqlite")),
        hosts=tuple(dict.fromkeys((host, "localhost", "127.0.0.1", *extra))),
        base_url=base_url,
        https=base_url.startswith("https://"),
        demo=_one_of(env, "SAMSKAP_DEMO", YES_NO, False),
        mail_url=_url(env, "SAMSKAP_MAIL_URL", ("smtp", "smtps")),
        mail_from=_text(env, "SAMSKAP_MAIL_FROM", "samskap@localhost"),
        workers=_number(env, "SAMSKAP_WEB_WORKERS", 2, 1, 64),
        intake_only=_one_of(env, "SAMSKAP_INTAKE_ONLY", YES_NO, False),
    )


def database(url: str, home: Path) -> dict[str, object]:
    """Django's DATABASES entry: PostgreSQL by its URL, else the SQLite file in the home.

    SQLite: WAL with synchronous=FULL (NORMAL may lose what was answered for at a power loss) and IMMEDIATE
    transactions, so that two writers wait for each other instead of failing. The log is folded in by the worker alone
    (``kernel.checkpoints``).
    """
    parts = urlsplit(url)
    if parts.scheme in ("postgres", "postgresql"):
        return _postgres(url)
    path = Path(unquote(parts.path)) if parts.scheme == "sqlite" and parts.path else home / "samskap.sqlite3"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 60,  # else the last request of a moment would fold the log in and take it away, each time
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
            ),
        },
    }


def _postgres(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        raise WrongSetting("DATABASE_URL: the port is not a number") from None
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise WrongSetting("DATABASE_URL names no database; example: postgresql://user@host/samskap")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.pop("host", "") or parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": _prepare_after(query), **query},
    }


def _prepare_after(query: dict[str, str]) -> int | None:
    """After how many times PostgreSQL keeps the plan of a statement. ``off``: never, for a pooler that cannot lead it on."""
    given = query.pop("prepare_threshold", "5")
    if given == "off":
        return None
    if not given.isdecimal():
        raise WrongSetting(f"DATABASE_URL: prepare_threshold is {given!r}; allowed: a whole number, or off")
    return int(given)


def mail(url: str) -> dict[str, object]:
    """Django's mail settings from smtp://user:password@host:port, or a file folder of sent mail when there is none."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }
