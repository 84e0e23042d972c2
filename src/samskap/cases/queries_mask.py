"""Other children's names, taken out of what a family reads: those of the case, and of the school's other pupils.

A pupil outside the case is known by the full name, initials or not; by the first name alone only in the class of one of the case.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Q

from samskap.cases import names, places, texts
from samskap.cases.models import Case, CasePupil, Given, Measure
from samskap.cases.names import FullNames
from samskap.people import api as people
from samskap.people.api import Person


@dataclass(frozen=True)
class Around:
    """Who is around the case: the school's other pupils, first names of the same classes, and adults, who stay named."""

    pupils: FullNames = field(default_factory=lambda: FullNames(()))
    classmates: frozenset[str] = frozenset()
    adults: FullNames = field(default_factory=lambda: FullNames(()))


@dataclass(frozen=True)
class Mask:
    """Other people's names, and what stands in their place. ``places``: what tells which school it is, where that is hidden."""

    others: frozenset[str]
    own: frozenset[str]
    instead: str
    places: frozenset[str] = frozenset()
    around: Around = field(default_factory=Around)

    def __call__(self, text: str) -> str:
        """The text without them."""
        spans = [*names.found_in(text, self.others, self.own), *self._around(text)]
        left = names.without_spans(text, spans, self.instead)
        if not self.places:
            return left
        return names.redacted(names.without(left, self.places, "…", self.own), places.addresses([left]), "…")

    def found(self, written: Iterable[str]) -> list[str]:
        """Which names stand in the texts, for one who decides what is taken out: words, and whole names from around the case."""
        told = list(written)
        whole = {text[first:end]: None for text in told for first, end in self._around(text)}
        return [*names.words_found(told, self.others | self.places, self.own), *sorted(whole)]

    def _around(self, text: str) -> Iterator[tuple[int, int]]:
        kept = self.around.adults.found_in(text)
        for first, end in (*self.around.pupils.found_in(text), *names.words_in(text, self.around.classmates - self.own)):
            inside = any(start <= first and end <= stop for start, stop in kept)
            if not inside and not self._is_own(text[first:end]):
                yield first, end

    def _is_own(self, name: str) -> bool:
        return all(word in self.own or word.removesuffix("s") in self.own for word in names.words_of([name]))


def mask_for(case: Case, held: CasePupil, rows: Iterable[CasePupil], instead: str) -> Mask:
    """Takes out the names of all other pupils of the case and of those at home with them, and of the school's other pupils."""
    opened = [(row, texts.unlock_whole(case, row) or {}) for row in rows]
    own = [str(words.get("name", "")) for row, words in opened if row.pk == held.pk]
    others = [str(words.get("name", "")) for row, words in opened if row.pk != held.pk]
    persons = {str(words["person"]): row.pk == held.pk for row, words in opened if words.get("person")}
    for child, guardian in people.guardian_names(persons):
        (own if persons[str(child)] else others).append(guardian)
    around = _around(case, set(persons), own)
    return Mask(frozenset(names.words_of(others)), frozenset(names.words_of(own)), instead, around=around)


def _around(case: Case, persons: set[str], own: Iterable[str]) -> Around:
    """As many queries for a large school as for a small one."""
    pupils = people.pupil_names(case.school_id)
    classes = {one.school_class for one in pupils if str(one.person) in persons}
    outside = [one for one in pupils if str(one.person) not in persons]
    workers = _adults_of(case)
    # A first name that an adult of the case has too is read as the adult's: a plan must not say that a pupil does their work.
    first = {names.first_name(one.name) for one in outside if one.school_class in classes}
    first -= {names.first_name(name) for name in workers} | {""}
    staff = people.staff_of(case.school_id).values_list("name", flat=True)
    return Around(FullNames(one.name for one in outside), frozenset(first), FullNames([*staff, *workers, *own]))


def _adults_of(case: Case) -> list[str]:
    """Those who work in the case: they lead it, carry out its measures, or were given access."""
    given = Given.objects.filter(case=case).values("person_id")
    carry_out = Measure.objects.filter(case=case, responsible__isnull=False).values("responsible_id")
    rows = Person.objects.filter(Q(pk=case.responsible_id) | Q(pk__in=given) | Q(pk__in=carry_out))
    return list(rows.values_list("name", flat=True))
