"""The named people and schools of the demonstration and of all tests. Nobody and nothing here exists."""

from dataclasses import dataclass

OWNER = "Elvestrand kommune"
NEIGHBOUR = "Ytterdal kommune"
COUNTY, COUNTY_NUMBER = "Østhei", "90"
OWNER_NUMBER, NEIGHBOUR_NUMBER = "9001", "9002"


@dataclass(frozen=True)
class CastSchool:
    """A school: ``key`` names it in code. Organisation numbers begin with 1, which the register never gives out."""

    key: str
    name: str
    number: str
    grades: tuple[int, int]
    pupils: int
    in_project: bool = False
    written_form: str = "nb"
    owner: str = OWNER
    phone: str = ""


@dataclass(frozen=True)
class CastPerson:
    """A person: ``key`` is also the user name. ``roles``: (role, school key or "" for all schools).

    ``trained``: in privacy and security, without which nobody sees cases.
    """

    key: str
    name: str
    title: str
    roles: tuple[tuple[str, str], ...]
    owner: str = OWNER
    ended: bool = False
    trained: bool = True
    phone: str = ""


@dataclass(frozen=True)
class CastGuardian:
    """Somebody who is there for a pupil. ``key``: the user name; without one they do not sign in."""

    name: str
    key: str = ""
    responsibility: bool = True
    lives_with: bool = True
    banned: bool = False


@dataclass(frozen=True)
class CastPupil:
    """A pupil with class and guardians. ``key``: the user name; without one the pupil does not sign in."""

    name: str
    guardians: tuple[CastGuardian, ...]
    key: str = ""
    school_class: str = "9B"
    school: str = "elvesletta"
    protection: str = "none"


def organisation_number(first_eight: str) -> str:
    """Eight digits with their check digit (modulus 11, weights 3 2 7 6 5 4 3 2). Raises ValueError when there is none."""
    rest = 11 - sum(int(d) * w for d, w in zip(first_eight, (3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    if rest == 10:
        raise ValueError(f"{first_eight} has no check digit")
    return f"{first_eight}{rest % 11}"


SCHOOLS = (
    CastSchool("tjernlia", "Tjernlia skole", organisation_number("10000018"), (1, 7), 262, in_project=True),
    CastSchool("vesleoya", "Vesleøya skule", organisation_number("10000026"), (1, 7), 23, written_form="nn"),
    CastSchool("storhaugen", "Storhaugen skole", organisation_number("10000034"), (1, 10), 381, in_project=True),
    CastSchool(
        "elvesletta",
        "Elvesletta ungdomsskole",
        organisation_number("10000042"),
        (8, 10),
        312,
        in_project=True,
        phone="99 00 10 40",
    ),
    CastSchool("kvernfossen", "Kvernfossen ungdomsskole", organisation_number("10000050"), (8, 10), 274),
    CastSchool("skogfaret", "Skogfaret ungdomsskole", organisation_number("10000069"), (8, 10), 198),
    CastSchool("ytterdal", "Ytterdal skule", organisation_number("10000077"), (1, 10), 210, written_form="nn", owner=NEIGHBOUR),
)

PEOPLE = (
    CastPerson("ingrid", "Ingrid Haugdal", "rektor", (("leader", "elvesletta"),), phone="99 00 10 41"),
    CastPerson("tor", "Tor Eikemo", "rektor", (("leader", "tjernlia"),)),
    CastPerson("oddny", "Oddny Sæterbø", "rektor", (("leader", "vesleoya"),)),
    CastPerson("kari", "Kari Lyngstad", "rektor", (("leader", "storhaugen"),)),
    CastPerson("arne", "Arne Vollset", "rektor", (("leader", "kvernfossen"),)),
    CastPerson("hilde", "Hilde Grønvik", "rektor", (("leader", "skogfaret"),)),
    CastPerson("amir", "Amir Rahimi", "lærer, arbeidsgruppa", (("employee", "elvesletta"), ("group", "elvesletta"))),
    CastPerson("silje", "Silje Nordbakk", "lærer", (("employee", "elvesletta"),)),
    CastPerson(
        "eva", "Eva Tangstad", "lærer, arbeidsgruppa", (("employee", "tjernlia"), ("group", "tjernlia")), trained=False,
    ),
    CastPerson("lars", "Lars Myrvang", "sosiallærer, arbeidsgruppa", (("employee", "storhaugen"), ("group", "storhaugen"))),
    CastPerson(
        "marte", "Marte Fjelde", "PPT-rådgiver",
        (("ppt", "tjernlia"), ("ppt", "storhaugen"), ("ppt", "elvesletta")),
    ),
    CastPerson("henrik", "Henrik Aasland", "rådgiver i kommunen", (("adviser", ""),)),
    CastPerson("berit", "Berit Kolstø", "kommunalsjef, styringsgruppa", (("steering", ""),)),
    CastPerson("jonas", "Jonas Tveiten", "saksbehandler i kommunen", (("handler", ""),)),
    CastPerson("liv", "Liv Sandmo", "veileder", (("guide", "elvesletta"), ("guide", "tjernlia"))),
    CastPerson("geir", "Geir Rustad", "tidligere veileder", (("guide", "elvesletta"),), ended=True),
    CastPerson("nina", "Nina Brekkhus", "administrator", (("admin", ""),)),
    CastPerson("olav", "Olav Myhre", "personvernombud", (("privacy", ""),)),
    CastPerson("per", "Per Ytterli", "rektor", (("leader", "ytterdal"),), owner=NEIGHBOUR),
    CastPerson("sigrid", "Sigrid Hovde", "rådgjevar i kommunen", (("adviser", ""), ("admin", "")), owner=NEIGHBOUR),
)  # fmt: skip

PUPILS = (
    CastPupil(
        "Noah Bergli",
        (CastGuardian("Hanne Bergli", "hanne"), CastGuardian("Rune Vikhaug", responsibility=False, lives_with=False)), "noah",
    ),
    CastPupil(
        "Emma Sandvoll",
        (CastGuardian("Anita Sandvoll", "anita"), CastGuardian("Tore Sandvoll", "tore", lives_with=False, banned=True)), "emma",
        protection="strict",
    ),
    CastPupil("Jonathan Krokmo", (CastGuardian("Gro Krokmo"),)),
    CastPupil(
        "Sara Haugfoss", (CastGuardian("Lena Haugfoss", "lena"), CastGuardian("Pål Haugfoss", "paal", lives_with=False)), "sara",
    ),
    CastPupil("Adam Lindås", (CastGuardian("Mona Lindås", "mona"),)),
    CastPupil("Ida Solvoll", (CastGuardian("Trine Solvoll"),), school_class="8A"),
    CastPupil("Yusuf Amundrud", (CastGuardian("Amina Amundrud"),), school_class="8A"),
    CastPupil("Jorunn Ytrehus", (CastGuardian("Kjell Ytrehus", "kjell"),), "jorunn", "9B", "ytterdal"),
)  # fmt: skip


def school(key: str) -> CastSchool:
    """The school with the key. Raises StopIteration when there is none."""
    return next(s for s in SCHOOLS if s.key == key)


def person(key: str) -> CastPerson:
    """The person with the key. Raises StopIteration when there is none."""
    return next(p for p in PEOPLE if p.key == key)
