"""Tjernlia skole: a primary school in the middle of its measures; one status is due."""

from samskap.site.demo.stories.parts import Goal, Heard, Measure, Note, Round, Status

_PAIRS = Measure(
    "Faste par i garderoben: hvert par kler på seg sammen, og går ut sammen",
    "eva", "1.–4. trinn", -95, 90,
    "Garderoben er tom innen åtte minutter, og ingen blir stående igjen alene.",
    "started",
    (
        Status(-75, "slow", "partly", "Parene gikk i oppløsning når en var borte. Nå har hvert par en reserve."),
        Status(-52, "on_way", "yes", "2. trinn bruker seks minutter. På 4. trinn vil de velge par selv, og det får de prøve."),
    ),
)  # fmt: skip

_YARD = Measure(
    "Ny inspeksjonsordning: fire faste soner, gule vester, og en voksen som åpner og lukker garderoben",
    "tor", "alle elever", -90, 120,
    "Elevene vet hvem som er i hvilken sone, og ballbingen har alltid en voksen.",
    "started",
    (Status(-60, "on_way", "partly", "Ballbingen er dekket. Skogkanten står uten voksen når noen er syke."),),
)  # fmt: skip

_PLAY = Measure(
    "7. trinn leder lek for de yngste to dager i uka, med oppskriftskort fra gymlæreren",
    "eva", "1.–3. trinn", -40, 100,
    "Minst førti av de yngste er med, og 7. trinn vil fortsette.",
    "planned",
)  # fmt: skip

BREAKS = Goal(
    "Alle har noen å være sammen med i friminuttene",
    "Elevene på 5.–7. trinn sier at de fleste konfliktene begynner i garderoben og i ballbingen.",
    -105, 150,
    (_PAIRS, _YARD, _PLAY),
    sign="I ei uke med telling går høyst fem elever alene i storefri, og garderoben er tom innen ti minutter.",
    heard=(
        Heard("pupils", "Elevrådet spurte klassene: Hvor er det utrygt, og når?", -110,
              "Ballbingen fikk egen voksen og turliste. Det hadde vi ikke tenkt på."),
        Heard("staff", "Fellestid der alle gikk en runde ute og pekte på blinde soner", -112,
              "Sonene ble tegnet om, og assistentene fikk faste plasser."),
    ),
)  # fmt: skip

_OBSERVE = Measure(
    "PPT ser på to klasser sammen med kontaktlærerne: Hvem får ros, hvem får beskjeder, og hvordan?",
    "eva", "lærerne på 5.–7. trinn", -80, 30,
    "Hver lærer har valgt én ting å prøve, og PPT har sett det en gang til.",
    "started",
    (Status(-38, "on_way", "yes", "Første runde er gjort. Alle prøver å gi én konkret tilbakemelding i starten av økta."),),
)  # fmt: skip

_GOOD_START = Measure(
    "«God start»: de ti første minuttene mandag og onsdag brukes til samtale i ring på alle trinn",
    "tor", "alle klasser", -85, 150,
    "Elevene forteller hjemme hva de snakket om, og stille elever kommer til orde.",
    "started",
    (Status(-55, "slow", "partly", "Det glipper når første time er gym. De klassene tar ringen etter storefri."),),
)  # fmt: skip

SUPPORT = Goal(
    "Flere elever på 7. trinn trives godt",
    "Trivselen på 7. trinn ligger litt under landet. Forskjellen er liten, men elevene sier det samme i samtalene.",
    -100, 210,
    (_OBSERVE, _GOOD_START),
    about="EUIndeks_1379", grade=7, base_year=2025, target=4.4,
    heard=(Heard("staff", "Trinnmøter om hva vi allerede gjør som virker", -108, "Vi valgte bort et ferdig opplegg, og bygger på ringen som 2. trinn har brukt lenge."),),
)  # fmt: skip

ROUND = Round(
    "tjernlia", "tor", -125, 0, 1,
    (
        Note("strength", "Elevene opplever at lærerne bryr seg om dem. Det har vært stabilt i flere år.", "EUIndeks_1380"),
        Note("strength", "Førsteklassingene blir godt tatt imot: fadderne kan jobben sin."),
        Note("concern", "Garderoben er trang, og der begynner mange av konfliktene."),
        Note("pupils", "Det er kjedelig i storefri når ballbingen er full."),
        Note("staff", "Vi gjør mye likt, men vi har aldri skrevet ned hva."),
    ),
    "Alle barn på Tjernlia går til skolen uten å grue seg, og har noen å være sammen med hele dagen.",
    (BREAKS, SUPPORT),
    shared=-65,
)  # fmt: skip
