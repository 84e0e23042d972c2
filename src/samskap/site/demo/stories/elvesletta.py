"""Elvesletta ungdomsskole: two hard years, then a whole round. One thing got clearly better, one cannot be told yet."""

from samskap.site.demo.stories.parts import Goal, Heard, Measure, Note, Round, Status, Verdict

_SAME_START = Measure(
    "Lik start på alle timer: læreren står i døra og hilser, økta står på tavla, telefonene er i skapet",
    "amir", "alle klasser på 8.–10. trinn", -395, -40,
    "Timen er i gang innen tre minutter, og elevene sier at det er likt hos alle lærere.",
    "done",
    (
        Status(-360, "slow", "partly", "9. trinn er i gang. På 10. trinn begynner timen fortsatt ulikt, mest etter storefri."),
        Status(-290, "on_way", "partly", "Vikarene visste ikke om rutina. Den henger nå innenfor døra i hvert rom."),
        Status(-150, "on_way", "yes", "Vi gikk innom 30 timer på to uker. 26 var i gang innen tre minutter."),
    ),
)  # fmt: skip

_COLLEAGUES = Measure(
    "Kollegaveiledning: to og to besøker hverandre en halv time og snakker om én ting etterpå",
    "silje", "alle lærere og miljøarbeidere", -380, -60,
    "Alle har vært på besøk minst to ganger og kan si hva de har endret.",
    "done",
    (
        Status(-330, "stuck", "no", "Besøkene ble tatt av vikartimer. Nå ligger de fast på timeplanen."),
        Status(-200, "on_way", "yes", "22 av 31 har vært på besøk. Flere ber om å få gå til et annet trinn."),
    ),
)  # fmt: skip

_RULES_MEETING = Measure(
    "Klassemøte hver fjortende dag der klassen tar opp én av de fem reglene: Virker den? Hva gjør vi når den ikke virker?",
    "amir", "alle klasser", -370, 45,
    "Hver klasse har foreslått minst én endring, og fått svar på den.",
    "started",
    (Status(-120, "on_way", "yes", "Elevene ville ha regelen om telefon i garderoben skrevet om. Det er gjort."),),
)  # fmt: skip

RULES = Goal(
    "De samme reglene gjelder i alle timer og friminutt",
    "Elevene sa i klassemøtene at det kommer an på hvilken voksen som står der. Det gjør det utrygt å si fra.",
    -410, -70,
    (_SAME_START, _COLLEAGUES, _RULES_MEETING),
    about="EUIndeks_1387", grade=10, base_year=2023, target=3.7,
    heard=(
        Heard("pupils", "Elevrådet gikk gjennom de femten gamle reglene med klassene sine", -400,
              "Femten regler ble til fem. Elevene strøk dem som bare gjaldt noen få."),
        Heard("staff", "To planleggingsøkter der alle, også assistenter og vaktmester, ble enige om hva vi gjør når en regel brytes", -405,
              "Vi lot være å innføre anmerkning for å komme for sent, og tar heller en prat samme dag."),
        Heard("guardians", "FAU leste utkastet og prøvde det på egne ungdommer", -385,
              "Teksten ble kortere, og den kom ut på flere språk."),
    ),
    verdict=Verdict(
        -35, "reached", "continue",
        "Elevene merker forskjell, og tallene sier det samme. Besøkene og starten på timen er blitt vane, så vi fortsetter uten "
        "å bruke mer møtetid på det. Det som gjenstår, er vikarer og svømmehallen.",
        "«Nå vet vi hva som skjer uansett hvem som har timen.» De synes fortsatt det er ulikt i gymgarderoben.",
        "FAU hører mindre om urettferdige anmerkninger enn før.",
        "De fleste vil beholde besøkene. Noen syntes det var ubehagelig i starten, og det skulle vi ha snakket mer om.",
    ),
)  # fmt: skip

_VESTS = Measure(
    "Voksne i gule vester på fem faste plasser i alle friminutt, også ved sykkelskuret og i gangen ved garderobene",
    "silje", "alle elever", -390, 60,
    "Elevene vet hvem som står hvor, og ingen plass står tom.",
    "started",
    (
        Status(-350, "slow", "partly", "Sykkelskuret sto tomt hver fredag. Byttet vakt med 8. trinn."),
        Status(-240, "on_way", "yes", "Plassene er dekket. Elevrådet sier at gangen ved garderobene er roligere."),
        Status(-25, "on_way", "yes", "To nye lærere har fått en runde ute sammen med en som kan det."),
    ),
)  # fmt: skip

_TALKS = Measure(
    "Kort elevsamtale hver sjette uke med de samme fire spørsmålene, blant annet om friminutt og grupper på nett",
    "amir", "alle elever, med kontaktlæreren", -375, 60,
    "Alle elever har hatt samtalen. Det de forteller, er fulgt opp samme uke.",
    "started",
    (
        Status(-310, "stuck", "no", "Ti minutter per elev ga for mange samtaler i samme uke. Vi deler dem på tre uker."),
        Status(-180, "on_way", "partly", "Tre av fire har hatt samtalen. Det kom fram mer enn vi ventet om en gruppe på Snap."),
        Status(-30, "on_way", "yes"),
    ),
)  # fmt: skip

_PARENTS = Measure(
    "Foreldremøte med dilemmaer: Hva gjør du når barnet ditt er med i gruppa der noen blir hengt ut?",
    "ingrid", "foresatte på 8. og 9. trinn", -300, -210,
    "Minst halvparten kommer, og hver klasse blir enig om to ting hjemmene gjør likt.",
    "done",
    (Status(-215, "slow", "partly", "41 av 104 hjem kom. De som kom, ville ha et kveldsmøte på nett i tillegg. Det tar vi neste gang."),),
)  # fmt: skip

BULLIED = Goal(
    "Færre elever blir mobbet, og en voksen vet om det når det skjer",
    "Andelen på 10. trinn har ligget over kommunen i tre år. I elevsamtalene forteller mange at ingen voksen visste om det.",
    -410, -30,
    (_VESTS, _TALKS, _PARENTS),
    about="EUIndeks_1398", grade=10, base_year=2023, target=10.0,
    heard=(
        Heard("pupils", "Elevrådet tegnet kart over hvor det er utrygt, trinn for trinn", -395,
              "To av de fem vaktplassene ble flyttet dit elevene pekte: sykkelskuret og gangen ved garderobene."),
        Heard("guardians", "Samtale med klassekontaktene", -380, "Foreldremøtet fikk dilemmaer i stedet for foredrag."),
        Heard("staff", "Trinnmøter om hva vi gjør når vi blir i tvil", -390,
              "Alle sier fra til rektor samme dag, også når de er usikre. Det sto før at man skulle være sikker."),
    ),
    verdict=Verdict(
        -20, "cannot_tell", "continue",
        "Tallet har gått ned, men trinnet er så lite at det kan være tilfeldig. Vi sier derfor ikke at målet er nådd. "
        "Det vi vet, er at flere sier fra til en voksen. Vi holder fast ved vestene og samtalene ett år til før vi dømmer.",
        "De merker at voksne er ute. På nett er det som før, sier 9. trinn.",
        "Foresatte synes skolen svarer raskere. Noen ønsker seg at skolen tok mer tak i Snap-grupper i helgene.",
        "Samtalene er verdt tida. Vi blir flinkere til å gjøre noe samme dag.",
    ),
)  # fmt: skip

_HOSTS = Measure(
    "Trivselsledere i storefri: fire faste aktiviteter, og to elever som går og spør om noen vil være med",
    "amir", "8. og 9. trinn", -250, 20,
    "Minst seksti elever er med hver dag, og trivselslederne vet hvem de skal spørre.",
    "started",
    (
        Status(-190, "slow", "partly", "Fotball tok hele plassen. Vi delte banen, og la til bordtennis inne."),
        Status(-80, "on_way", "yes", "Rundt sytti er med på gode dager. Færre når det regner."),
    ),
)  # fmt: skip

_LIBRARY = Measure(
    "Biblioteket er åpent i storefri, med en voksen som kjenner elevene og setter fram brettspill",
    "silje", "elever som ikke vil ut i skolegården", -240, 20,
    "De samme tjue elevene er der, og noen av dem har begynt å være der sammen.",
    "started",
    (Status(-90, "on_way", "yes", "Vi merker at noen kommer for å slippe unna. Dem har vi fulgt opp for seg."),),
)  # fmt: skip

ALONE = Goal(
    "Ingen går alene gjennom et helt storefri",
    "Fire ettermiddager med observasjon viste elleve elever som gikk alene hele friminuttet.",
    -260, -5,
    (_HOSTS, _LIBRARY),
    sign="Ved en ny telling over fire dager er det høyst tre elever som går alene, og en voksen vet hvorfor.",
    heard=(
        Heard("pupils", "Elevrådet spurte klassene hva de savner i storefri", -255,
              "Brettspill og bordtennis kom inn. Elevene ville ikke ha en egen «vennebenk», så den droppet vi."),
        Heard("staff", "Alle som har inspeksjon, telte i fire dager", -262, "Tellinga viste noe annet enn det vi trodde: det skjer mest på 8. trinn."),
    ),
)  # fmt: skip

ROUND = Round(
    "elvesletta", "ingrid", -430, 1, 2,
    (
        Note("strength", "Elevene sier at lærerne kan fagene sine, og at de får hjelp når de står fast."),
        Note("strength", "Elevrådet er aktivt og møter rektor hver måned. De har fått gjennom tre saker i år."),
        Note("strength", "Samarbeidet med PPT er godt: de kommer når vi ringer, og ser på klassen sammen med oss."),
        Note("concern", "For mange elever blir mobbet, og det har vart i tre år.", "EUIndeks_1398"),
        Note("concern", "Reglene gjelder ulikt hos ulike voksne.", "EUIndeks_1387"),
        Note("staff", "Vi er trygge på hverandre på trinnet, men vi vet lite om hva som skjer hos de andre trinnene."),
        Note("pupils", "Det er greit i timene. Det er i garderobene og på telefonen det skjer."),
        Note("guardians", "Vi får raskt svar når vi ringer, men vi vet ikke alltid hva som blir gjort etterpå."),
    ),
    "Hos oss vet alle elever at en voksen ser dem, bryr seg og gjør noe samme dag. Det er likt hvem som har timen, og hvem som "
    "står ute.",
    (RULES, BULLIED, ALONE),
    shared=-340,
)  # fmt: skip
