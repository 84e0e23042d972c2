"""Is this row's unit what its columns say it is? Numbers, levels, and the signs of names."""

import re

from samskap.results.readers.model import NAME_LENGTH, Stop, UnitRef
from samskap.results.readers.words import ABOVE, NO_NAMES

# Svalbard and abroad stand under a county with another number.
ELSEWHERE = frozenset({"2100", "2599"})
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
# Letters of Norwegian and Sami names with the signs that occur in them; everything else is damage.
_NAME = re.compile(r"[A-Za-zÀ-ÖØ-öø-ſ0-9 .,:;&/()'’´`\"«»+*!?@_–—-]*")


def is_organisation_number(text: str) -> bool:
    """Nine digits whose last is the check digit (modulus 11)."""
    if len(text) != 9 or not (text.isascii() and text.isdecimal()):
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False)) % 11
    return rest != 1 and int(text[8]) == (11 - rest) % 11


def _is_code(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdecimal()


def check_name(name: str, where: str) -> str:
    """The name without surrounding spaces. Raises Stop for signs that no name has, an empty name, or a longer one than any."""
    stripped = name.strip()
    if not stripped or _NAME.fullmatch(stripped) is None:
        raise Stop("sign", where, word=stripped[:60])
    if len(stripped) > NAME_LENGTH:
        raise Stop("long-name", where, word=stripped[:60])
    if stripped in NO_NAMES:
        raise Stop("name", where, word=stripped[:60])
    return stripped


class Names:
    """The names beside the codes of nation, county and municipality: in one file each code has one name."""

    def __init__(self) -> None:
        self.known = dict(ABOVE)

    def check(self, column: str, code: str, name: str, where: str) -> None:
        """Raises Stop for another name than the code has elsewhere, as when columns of names have changed places."""
        if self.known.setdefault((column, code), name.strip()) != name.strip():
            raise Stop("name", where, word=name.strip()[:60])


def unit(level: str, county: str, municipality: str, number: str, name: str, where: str) -> UnitRef:
    """The unit of a row in the publisher's four levels ("1" nation … "4" school). Raises Stop when columns contradict."""
    if level not in ("1", "2", "3", "4"):
        raise Stop("level", where, word=level[:40])
    name = check_name(name, where)
    if level == "1":
        if is_organisation_number(number):
            raise Stop("identifier", where, word=number)
        return UnitRef("nation", None, name)
    if not _is_code(county, 2):
        raise Stop("identifier", where, word=county[:40])
    if level == "2":
        return UnitRef("county", _same(number, county, where), name)
    if not _is_code(municipality, 4):
        raise Stop("identifier", where, word=municipality[:40])
    if not municipality.startswith(county) and municipality not in ELSEWHERE:
        raise Stop("belongs", where, municipality=municipality, county=county)
    if level == "3":
        return UnitRef("municipality", _same(number, municipality, where), name, county)
    if not is_organisation_number(number):
        raise Stop("identifier", where, word=number[:40])
    return UnitRef("school", number, name, county, municipality)


def _same(number: str, code: str, where: str) -> str:
    if number not in (code, ""):
        raise Stop("identifier", where, word=number[:40])
    return code
