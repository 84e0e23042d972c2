"""What tells where a pupil goes to school and lives, where that must not be known: looked for in texts as names are."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from django.db.models import Q

from samskap.cases import names
from samskap.cases.models import Case, Entry, Given, Measure
from samskap.kernel.models import Tenant
from samskap.people import api as people
from samskap.people.api import Person

# Words of the names of schools and municipalities that tell nothing of which one it is.
COMMON_WORDS = frozenset(
    """skole skolen skule skulen ungdomsskole ungdomsskule barneskole barneskule grunnskole grunnskule sentralskole sentralskule
    privatskole friskole oppvekstsenter oppvekstsentre kommune fylkeskommune og ved for""".split()  # noqa: SIM905  (a list to read)
)
_SHORTEST_BEGINNING = 5  # a shorter name begins too many other words
_ORDINALS: dict[int, str] = {
    1: "første fyrste", 2: "andre", 3: "tredje", 4: "fjerde", 5: "femte", 6: "sjette", 7: "sjuende syvende sjuande",
    8: "åttende åttande", 9: "niende niande", 10: "tiende tiande",
}  # fmt: skip
_CLASS = re.compile(r"\s*(\d{1,2})[\s.\-]*([^\W\d_]*)")
_STREET = re.compile(
    r"(?:[^\W\d_][\w.'-]*[ ])?[^\W\d_]*(?:vei|veien|veg|vegen|gate|gaten|gata|gt|plass|plassen|all[eé]|all[eé]en|sti|stien"
    r"|bakken|svingen|tunet|ringen|kroken|jordet|terrasse|lia|hagen|haugen|postboks|boks)\.?[ ]\d{1,4}(?:[ ]?[A-Za-z](?!\w))?",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"(?<!\d)(?!19|20)\d{4}[ ][A-ZÆØÅ][^\W\d_]+")


def of(case: Case, school_class: str) -> frozenset[str]:
    """What would tell where a pupil of this class goes to school: school, municipality, class, telephone, and who works there."""
    tenant = Tenant.objects.filter(pk=case.tenant_id).first()
    called = names.words_of([case.school.name, tenant.name if tenant else ""]) - COMMON_WORDS
    staff = list(_staff(case))
    phones = {case.school.phone, *(person.phone for person in staff)} - {""}
    return frozenset({*map(_beginning, called), *names.words_of(one.name for one in staff), *phones, *class_ways(school_class)})


def _beginning(word: str) -> str:
    return word + names.BEGINS if len(word) >= _SHORTEST_BEGINNING else word


def _staff(case: Case) -> Iterator[Person]:
    """Those who work at the school, and those who have had anything to do with the case, also if they have left since."""
    yield case.responsible
    yield from people.staff_of(case.school_id)
    measures = Measure.objects.filter(case=case)
    yield from Person.objects.filter(
        Q(pk__in=measures.values("responsible_id"))
        | Q(pk__in=measures.values("done_by_id"))
        | Q(pk__in=Given.objects.filter(case=case).values("person_id"))
        | Q(pk__in=Entry.objects.filter(case=case).values("author_id"))
    )


def class_ways(school_class: str) -> set[str]:
    """The usual ways of writing a class: 9B, 9. B, Niende B, 9. trinn B, B-klassen."""
    found = _CLASS.match(school_class)
    if found is None:
        return {school_class.strip().casefold()} - {""}
    grade, letter = int(found[1]), found[2].casefold()
    numbers = [str(grade), *_ORDINALS.get(grade, "").split()]
    if not letter:
        return {f"{number} {word}" for number in numbers for word in ("trinn", "trinnet", "klasse", "klassen", "klassa")}
    between = ("", "trinn ", "klasse ")
    return {f"{number} {word}{letter}" for number in numbers for word in between} | {f"{letter} klassen", f"{letter} klassa"}


def addresses(texts: Iterable[str]) -> list[str]:
    """What looks like an address in the texts: a street with its number, a postcode with its place."""
    found: dict[str, None] = {}
    for text in texts:
        for pattern in (_STREET, _POSTCODE):
            found.update(dict.fromkeys(match[0].strip() for match in pattern.finditer(unicodedata.normalize("NFC", text))))
    return list(found)
