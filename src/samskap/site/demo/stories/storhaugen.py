"""Storhaugen skole: thrives, works steadily, and has done it for years, so that its lists are long."""

from samskap.site.demo.stories.parts import Goal, Heard, Measure, Note, Round, Status, Verdict

_LINES = {
    3: "Fadderne på 8. trinn var på tur. De yngste spurte etter dem.",
    6: "Regn hele uka. Vi åpnet gymsalen, og da kom det flere enn ellers.",
    9: "To aktiviteter hadde ingen på. Vi byttet dem ut etter forslag fra elevrådet.",
    13: "Ny gruppe trivselsledere er lært opp. De gamle var med den første uka.",
    17: "Rolig uke. 4. trinn har begynt å sette i gang selv.",
    20: "Litt mange på ballbanen. Vi delte den i to.",
    24: "Siste uke i planen. Elevene vil fortsette med det samme.",
}

_WEEKLY = tuple(
    Status(-400 + 7 * week, "slow" if week in (6, 9) else "on_way", "partly" if week in (6, 9, 20) else "yes", _LINES.get(week, ""))
    for week in range(27)
)

_HOSTS = Measure(
    "Trivselsledere fra 5.–9. trinn leder tre aktiviteter hvert storefri; sosiallæreren spør hver fredag hvordan det gikk",
    "lars", "alle elever", -405, -210,
    "Minst åtti elever er med hver dag, fra alle trinn.",
    "done", _WEEKLY,
)  # fmt: skip

_MIXED = Measure(
    "Felles uteskoledag hver måned i grupper på tvers av trinn, med faste voksne",
    "lars", "1.–10. trinn", -400, -215,
    "Elevene kjenner noen på andre trinn, og hilser på dem i gangen.",
    "done",
    (
        Status(-370, "slow", "partly", "Gruppene var for store. Nå er de tolv i hver."),
        Status(-300, "on_way", "yes", "10. trinn tok ansvar for de yngste uten at vi ba om det."),
    ),
)  # fmt: skip

MIX = Goal(
    "Elevene kjenner hverandre på tvers av trinn",
    "Trivselen er høy, men overgangen til 8. trinn er vanskelig for noen, særlig dem som kommer alene fra en annen skole.",
    -410, -200,
    (_HOSTS, _MIXED),
    about="EUIndeks_1379", grade=10, base_year=2023, target=4.4,
    heard=(
        Heard("pupils", "Elevrådet med elever fra 3. til 10. trinn", -415, "Uteskoledagen ble delt i grupper i stedet for klasser."),
        Heard("guardians", "FAU-møte og åpen kveld", -412, "Foresatte ba om at nye elever får en fadder fra første dag. Det fikk de."),
        Heard("staff", "Planleggingsdag med alle ansatte, også SFO", -413, "SFO er med på fredagsspørsmålet."),
    ),
    verdict=Verdict(
        -190, "partly", "continue",
        "Trivselen er fortsatt høy og like god som før. Om den har blitt bedre, kan vi ikke si: trinnene er små. "
        "Elevene sier at de kjenner flere, og nye elever har noen å gå sammen med. Vi fortsetter med faddere for alle nye.",
        "De store sier det er stas å bli hilst på av de små. De vil ha uteskole oftere.",
        "Foresatte til nye elever sier at fadderordningen betyr mye.",
        "Greit å holde i gang når det ligger fast i årsplanen. Det tok mer tid enn vi trodde å lage gruppene.",
    ),
)  # fmt: skip

_COUNCIL = Measure(
    "Elevrådet får egen saksliste til rektor hver måned, og svar på tavla i gangen innen to uker",
    "kari", "alle klasser", -395, -220,
    "Elevene kan fortelle om en sak de har fått svar på.",
    "done",
    (Status(-340, "on_way", "yes", "Fire saker inn, fire svar ut. Ett av svarene var nei, med grunn."),),
)  # fmt: skip

VOICE = Goal(
    "Elevene merker at det nytter å si fra",
    "Medvirkning går oppover, men de yngste vet ikke hva elevrådet er.",
    -405, -195,
    (_COUNCIL,),
    sign="På det siste klassemøtet kan hver klasse nevne én ting de har vært med på å bestemme.",
    heard=(Heard("pupils", "Klassemøter på alle trinn", -408, "Sakslista henger lavt nok til at 2. trinn kan lese den."),),
    verdict=Verdict(
        -188, "reached", "stop",
        "Alle klasser hadde noe å fortelle. Ordninga går av seg selv, så den trenger ikke å stå i planen lenger.",
        "«Vi fikk nei på godteri, men ja på lengre lunsj på fredager.»",
        "Ikke spurt om dette målet.",
        "Det hjelper å ha en frist for å svare.",
    ),
)  # fmt: skip

LAST_YEAR = Round(
    "storhaugen", "kari", -420, 1, 1,
    (
        Note("strength", "Trivselen er høy på alle trinn, og har vært det lenge.", "EUIndeks_1379"),
        Note("strength", "Uteskolen er godt innarbeidet, og foresatte er stolte av den."),
        Note("concern", "Elever som begynner på 8. trinn fra en annen skole, bruker lang tid på å få venner."),
        Note("pupils", "De fleste har det fint. Men det er rart å være ny."),
        Note("staff", "Vi er gode på trivsel i hverdagen, og dårligere på å se dem som ikke sier noe."),
    ),
    "På Storhaugen hører alle til, også den som er ny.",
    (MIX, VOICE),
    shared=-380, continued=-100,
)  # fmt: skip


def _earlier(years_back: int, note: str, title: str, sign: str, what: tuple[str, str], why: str) -> Round:
    """A finished round of an earlier year: one goal, two measures, evaluated."""
    start = -365 * years_back - 60
    measures = tuple(
        Measure(text, "lars", "alle elever", start + 30, start + 200, sign, "done",
                (Status(start + 80, "slow", "partly"), Status(start + 150, "on_way", "yes")))
        for text in what
    )  # fmt: skip
    verdict = Verdict(start + 240, "partly", "stop", why, "Spurt i klassemøtene.", "Spurt i FAU.", "Spurt på planleggingsdagen.")
    goal = Goal(title, note, start + 15, start + 230, measures, sign=sign, verdict=verdict)
    return Round("storhaugen", "kari", start, years_back, 1, (Note("strength", "Elevene trives på skolen."), Note("concern", note)),
                 "Alle hører til.", (goal,))  # fmt: skip


EARLIER = (
    _earlier(5, "Mye uro i overgangen mellom skole og SFO.", "Rolig overgang til SFO", "Alle er på plass og har spist innen kvart over to.",
             ("Samme voksne følger elevene over til SFO", "Maten står klar når de kommer"),
             "Det ble roligere på 1. og 2. trinn. 3. trinn hadde ikke behov for det."),
    _earlier(4, "Konflikter på skolebussen følger med inn i timen.", "Trygg skolebuss", "Sjåførene melder om høyst én hendelse i måneden.",
             ("Elevverter på bussen", "Fast prat med bussjåførene hver måned"),
             "Sjåførene ringer nå før det blir en sak. Elevvertene ble brukt for mye som vakter, så den delen slutter vi med."),
    _earlier(3, "Mange grupper på nett der noen holdes utenfor på 5.–7. trinn.", "Ingen holdes utenfor i klassens grupper på nett",
             "Klassen har én avtalt gruppe, og alle er med i den.", ("Klassen lager nettregler sammen", "Foreldremøte om mobil og Snap"),
             "Avtalene holder best der foresatte var med og laget dem. På 7. trinn flyttet gruppa seg til en annen app."),
    _earlier(2, "Noen elever står alene når lag velges i gym og friminutt.", "Ingen blir valgt sist", "Elevene velger ikke lag selv i gym eller friminutt.",
             ("Lærer lager lag på forhånd", "Lekekort for friminuttet"),
             "Det virker i gym. I friminuttet ville elevene velge selv, og klarte det ofte fint."),
)  # fmt: skip

_BUDDY = Measure(
    "Alle nye elever får to faddere fra første dag, og en samtale med sosiallærer etter to og seks uker",
    "lars", "nye elever på alle trinn", -80, 120,
    "Den nye har noen å være sammen med i storefri etter to uker.",
    "started",
    (Status(-50, "on_way", "yes", "Sju nye i år. Seks har funnet noen. Den siste følger vi opp."),),
)  # fmt: skip

_EYES = Measure(
    "Teamene går gjennom klassen elev for elev hver åttende uke: Hvem har vi ikke snakket med?",
    "kari", "alle team", -75, 150,
    "Ingen elev står uten at en voksen har hatt en god samtale med eleven den siste måneden.",
    "started",
    (Status(-35, "on_way", "partly", "Ungdomstrinnet er i gang. Mellomtrinnet begynner om to uker."),),
)  # fmt: skip

QUIET = Goal(
    "Vi ser dem som ikke sier noe",
    "Personalet sa det selv: vi er gode med dem som tar kontakt.",
    -90, 200,
    (_BUDDY, _EYES),
    sign="Alle elever har minst én voksen som de selv sier at de kan gå til.",
    heard=(Heard("staff", "Alle ansatte skrev ned elevene de ikke hadde snakket med på ei uke", -95, "Lista ble kortere enn fryktet, men den var ikke tom."),),
)  # fmt: skip

THIS_YEAR = Round(
    "storhaugen", "kari", -100, 0, 1,
    (
        Note("strength", "Nye elever får faddere, og det virker."),
        Note("strength", "Elevene trives, og de sier at det nytter å si fra.", "EUIndeks_1386"),
        Note("concern", "De stille elevene er lette å overse."),
    ),
    "På Storhaugen hører alle til, også den som er ny, og den som ikke sier så mye.",
    (QUIET,),
    shared=-60,
)  # fmt: skip
