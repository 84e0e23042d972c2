"""Which version of the rules applied on a day."""

from datetime import date, timedelta

from samskap.law.loading import Entry, entries, holding

OF_LAW = ("sections", "duties", "deadlines", "thresholds")


def version_on(day: date) -> str:
    """The version of the rules that applies on a day, as 2026-08-01: the newest day until then on which an entry began, or on
    which one no longer held. Raises LookupError before the first."""
    changes = [changed for name in OF_LAW for entry in entries(name) for changed in _changes(entry) if changed <= day]
    if not changes:
        raise LookupError(f"no rules on {day.isoformat()}")
    return max(changes).isoformat()


def _changes(entry: Entry) -> tuple[date, ...]:
    return (entry.valid_from,) if entry.valid_to is None else (entry.valid_from, entry.valid_to + timedelta(days=1))


def section(number: str, day: date) -> Entry:
    """The section with an id such as "12-4" as it read on a day. Raises LookupError."""
    found = next((entry for entry in holding("sections", day) if entry.id == number), None)
    if found is None:
        raise LookupError(f"no section {number!r} on {day.isoformat()}")
    return found
