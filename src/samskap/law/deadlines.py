"""Days that follow from the law. Where two readings differ, both are shown, and the careful one counts."""

from dataclasses import dataclass
from datetime import date, timedelta

from samskap.law.calendar import add_working_days
from samskap.law.loading import Entry, holding


@dataclass(frozen=True)
class Eligible:
    """From when a case can be reported to the County Governor (§ 12-6).

    ``by_act``: the first day on which it is no longer "under a week" since it was raised. ``by_circular``: the last of the five
    working days that the practice counts. A public holiday moves the second one only. School breaks move neither; whether they
    should is not settled, and the family must not wait for what the law does not say.
    """

    by_act: date
    by_circular: date

    @property
    def careful(self) -> date:
        """The later of the two: on that day nobody can say that it was too early."""
        return max(self.by_act, self.by_circular)


def deadline(name: str, day: date) -> Entry:
    """The deadline of an id that holds on a day. Raises LookupError."""
    found = next((entry for entry in holding("deadlines", day) if entry.id == name), None)
    if found is None:
        raise LookupError(f"no deadline {name!r} on {day.isoformat()}")
    return found


def county_governor_from(raised_on: date) -> Eligible:
    """Counted from the day on which it was first raised with the principal, also orally (§ 12-6 second paragraph)."""
    numbers = deadline("county_governor", raised_on).numbers
    by_act = raised_on + timedelta(days=numbers["days"])
    return Eligible(by_act, add_working_days(raised_on, numbers["working_days"]))
