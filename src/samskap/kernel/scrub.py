"""Logs without secrets and without what people wrote: a filter on every handler."""

import logging
import re

_PATTERNS = (
    (re.compile(r"(/(?:invitasjon|oppsett|passord)/)[\w-]+"), r"\1[…]"),
    (
        re.compile(
            r"(?i)((?:password|passord|token|secret|sessionid|csrftoken|authorization)[\"']?\s*[=:]\s*[\"']?)[^\s\"'&,;]+"
        ),
        r"\1[…]",
    ),
    (re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]+\b"), "[e-mail]"),
    (re.compile(r"\b\d{6}[ ]?\d{5}\b"), "[number]"),
    (re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b"), "[address]"),
)


def scrub(text: str) -> str:
    """The text without link secrets, passwords, mail addresses, national identity numbers and network addresses."""
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


class ScrubFilter(logging.Filter):
    """Rewrites a record before any handler sees it; values of exceptions are left out, their types stay."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = scrub(record.getMessage()), ()
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = scrub(_trace(record.exc_info[1]))
            record.exc_info = None
        return True


def _trace(fault: BaseException) -> str:
    """Where it happened, without the values: an exception's message may quote what somebody wrote."""
    lines = []
    step = fault.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        lines.append(f'  File "{code.co_filename}", line {step.tb_lineno}, in {code.co_name}')
        step = step.tb_next
    return "\n".join([*lines, type(fault).__name__])
