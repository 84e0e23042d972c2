"""Kvernfossen ungdomsskole: good intentions in autumn, and then the everyday took over. Statuses and an evaluation are overdue."""

from samskap.site.demo.stories.parts import Goal, Heard, Measure, Note, Round, Status

_ROUTINE = Measure(
    "Lærerteamene lager en felles rutine for oppstart og avslutning av timen, og prøver den i seks uker",
    "arne", "alle klasser", -230, -60,
    "Elevene sier at det er likt på hele trinnet.",
    "started",
    (Status(-170, "slow", "partly", "8. trinn er i gang. De to andre trinnene har brukt møtetida på eksamen og permisjoner."),),
)  # fmt: skip

_CORRIDOR = Measure(
    "En voksen i gangen ved 10. trinn fra 8.10 til 8.30 og i alle overganger",
    "arne", "10. trinn", -225, -30,
    "Færre blir sendt ut av timen, og det er roligere i gangen.",
    "started",
)  # fmt: skip

CALM = Goal(
    "Elevene opplever at de voksne er enige om reglene",
    "Felles regler har gått ned tre år på rad, og 10. trinn sier at ingen vet hva som gjelder i gangene.",
    -240, -25,
    (_ROUTINE, _CORRIDOR),
    about="EUIndeks_1387", grade=10, base_year=2024, target=3.8,
    heard=(Heard("staff", "Personalmøte i oppstarten", -245, "Vi valgte to ting i stedet for ti."),),
)  # fmt: skip

_TALK = Measure(
    "Kontaktlærer snakker med hver elev i ti minutter om hvordan skolen er, og noterer hva eleven vil ha hjelp til",
    "arne", "alle elever", -200, -90,
    "Alle har hatt samtalen, og tre tema er løftet til ledelsen.",
    "planned",
)  # fmt: skip

THRIVE = Goal(
    "Flere trives på 10. trinn",
    "Trivselen er lavere enn i kommunen ellers, og den faller.",
    -235, 60,
    (_TALK,),
    about="EUIndeks_1379", grade=10, base_year=2024, target=4.0,
)  # fmt: skip

ROUND = Round(
    "kvernfossen", "arne", -260, 1, 2,
    (
        Note("strength", "Et stabilt personale. Mange har vært her i over ti år og kjenner familiene."),
        Note("concern", "Trivselen faller, og flere blir mobbet enn før.", "EUIndeks_1398"),
        Note("staff", "Vi rekker ikke alt vi setter i gang."),
    ),
    "Vi vil ha en skole der elevene vet hva som gjelder, og der det er rolig nok til å lære.",
    (CALM, THRIVE),
)  # fmt: skip
