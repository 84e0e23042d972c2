"""The publisher's words and our codes. A word that is not here is reported, never guessed.

Source: Udir's exports 2022-23 to 2025-26 and the export API's tables 148-155 (codes in ``domain`` facts of the docs).
"""

import hashlib
import re

# What stands in the columns above a unit's own level: the only nation, and "all" of what lies below.
NATION_CODE = "I"
ABOVE = {("Nasjonalt", NATION_CODE): "Hele landet", ("Fylke", "00"): "Alle fylker", ("Kommune", "0000"): "Alle kommuner"}
TESTS = {"Engelsk": "np_english", "Lesing": "np_reading", "Regning": "np_numeracy"}
GRADES = {
    **{f"{number}. årstrinn": str(number) for number in range(1, 11)},
    **{f"{number}. trinn": str(number) for number in range(1, 11)},
    **{f"Videregående trinn {number}": f"vg{number}" for number in range(1, 4)},
    **{f"Vg{number}": f"vg{number}" for number in range(1, 4)},
    "Alle trinn": "all",
}
OWNERSHIPS = {
    "Alle eierformer": "all",
    "Offentlig": "public",
    "Offentlig eiet": "public",
    "Privat": "private",
    "Privat eiet": "private",
}
GENDERS = {"Alle kjønn": "all", "Begge kjønn": "all", "Jente": "girls", "Jenter": "girls", "Gutt": "boys", "Gutter": "boys"}
TEST_MEASURES = {"Skalapoeng": "score", "Usikkerhet": "uncertainty", "Antall elever deltatt": "n"}
INDEXES = {
    "Trivsel": "trivsel",
    "Støtte fra lærer": "stotte_fra_laerer",
    "Støtte hjemmefra": "stotte_hjemmefra",
    "Vurdering for læring": "vurdering_for_laering",
    "Læringskultur": "laeringskultur",
    "Mestring": "mestring",
    "Motivasjon": "motivasjon",
    "Elevdemokrati og medvirkning": "elevdemokrati",
    "Felles regler": "felles_regler",
    "Faglig utfordring": "faglig_utfordring",
    "Utdanning og yrkesveiledning": "yrkesveiledning",
    "Utdanning og yrkesveiledning (videregående)": "yrkesveiledning",
}
ALL_QUESTIONS = "Alle spørsmål"
BULLYING_GROUP = "Mobbing på skolen"
BULLYING = {
    ALL_QUESTIONS: "bullying",
    "Mobbing på skolen": "bullying",
    "Er du blitt mobbet av andre elever på skolen de siste månedene?": "bullied_by_pupils",
    "Er du blitt mobbet digitalt (mobil, iPad, PC) de siste månedene?": "bullied_digitally",
    "Er du blitt mobbet av voksne på skolen de siste månedene?": "bullied_by_adults",
}
# A unit is never called so; where one is, columns have changed places.
NO_NAMES = frozenset({ALL_QUESTIONS, *GRADES, *OWNERSHIPS, *GENDERS, *INDEXES, *BULLYING})
PARTICIPATION = "participation"
INDICATOR_MEASURES = {
    "Score": "score",
    "Standardavvik": "sd",
    "AntallBesvart": "n",
    **{f"AndelSvaralternativ{number}": f"share_{number}" for number in range(1, 6)},
    **{f"AntallBesvartSvaralternativ{number}": f"n_{number}" for number in range(1, 6)},
}
# In the bullying tables AntallBesvart is the number of pupils who are bullied, not of those who answered.
BULLYING_MEASURES = {"AndelMobbet": "share", "AntallBesvart": "n_bullied"}
PARTICIPATION_MEASURES = {"AndelDeltatt": "share", "AntallBesvart": "n", "AntallInvitert": "n_invited"}

# The lowest and highest that a measure can be; what lies outside shows that columns have changed places.
RANGES = {
    ("national_tests", "score"): (10.0, 90.0),
    ("national_tests", "uncertainty"): (0.0, 30.0),
    ("pupil_survey", "score"): (1.0, 5.0),
    ("pupil_survey", "sd"): (0.0, 3.0),
    ("pupil_survey", "share"): (0.0, 100.0),
    **{("pupil_survey", f"share_{number}"): (0.0, 100.0) for number in range(1, 6)},
}
COUNTS = frozenset({"n", "n_bullied", "n_invited", *(f"n_{number}" for number in range(1, 6))})
MOST = 2_000_000.0


def limits(instrument: str, measure: str) -> tuple[float, float]:
    """The range of a measure; counts are whole numbers from 0."""
    return RANGES.get((instrument, measure), (0.0, MOST))


def question_code(index: str, text: str, code: str | None) -> str:
    """A question's code below its index: the publisher's own where there is one, else a short hash of its text."""
    own = re.sub(r"[^a-z0-9]", "", (code or "").lower().removeprefix("euspoersmaal_"))
    return f"{index}.{own or hashlib.sha256(text.encode()).hexdigest()[:8]}"
