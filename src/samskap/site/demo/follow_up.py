"""Cases of the demonstration, in every state, written so that a rektor would believe them. Nobody exists."""

from collections.abc import Callable
from datetime import date, time, timedelta

from samskap.cases import actions, rules
from samskap.cases.actions import Call, NewMeasure, Opening
from samskap.cases.models import Case, CasePupil, Consultation, Measure, Plan
from samskap.kernel import clock
from samskap.kernel.policy import Actor
from samskap.people import actions_school as people
from samskap.people.actions import actor_for_person
from samskap.people.models import Person, Pupil, School, SchoolYear
from samskap.site.demo import cast


def play_all() -> None:
    """All of them, for the owner in scope."""
    _library()
    for play in (
        _just_opened, _with_a_plan, _evaluation_over_the_date, _says_no_again, _ended, _with_the_municipality, _a_whole_class,
    ):  # fmt: skip
        play()


def _library() -> None:
    """The municipality has taken in what comes along; the school has a suggestion of its own."""
    actions.take_starters(by=_by("jonas"), language="nb")
    school = School.objects.get(name=cast.school("elvesletta").name)
    text = "[Hvem] låser opp biblioteket i [friminutt] for [eleven] og den [eleven] velger å ha med."
    why = "Biblioteket er rolig, og noen elever tør å ta med en venn dit."
    actions.suggest(by=_by("ingrid"), school=school, theme="breaks", text=text, why=why)


def _by(key: str) -> Actor:
    return actor_for_person(Person.objects.get(account__username=key))


def _person(key: str) -> Person:
    return Person.objects.get(account__username=key)


def _ago(days: int, do: Callable[[], object]) -> None:
    """Do something so many days ago."""
    with clock.frozen(clock.now() - timedelta(days=days)):
        do()


def _day(days: int) -> date:
    return clock.today() + timedelta(days=days)


def _open(names: tuple[str, ...], about: str, *, days: int, by: str = "ingrid", involved: tuple[str, ...] = ()) -> Case:
    parts = [(name, rules.Part.SUBJECT) for name in names] + [(name, rules.Part.INVOLVED) for name in involved]
    pupils = [(Pupil.objects.select_related("person", "school_class").get(person__name=name), part) for name, part in parts]
    school = School.objects.get(name=cast.school("elvesletta").name)
    with clock.frozen(clock.now() - timedelta(days=days)):
        return actions.open_case(by=_by(by), opening=Opening(school, about, pupils))


def _folder(case: Case, number: int = 0) -> CasePupil:
    rows = CasePupil.objects.filter(case=case).select_related("case__school", "plan").order_by("-part", "added_at", "id")
    return rows[number]


def _plan(case: Case) -> Plan:
    plan = _folder(case).plan
    if plan is None:
        raise LookupError(case.pk)
    return plan


def _measure(case: Case, text: str, who: str, first: int, last: int | None = None) -> Measure:
    words = NewMeasure(text, _person(who), _day(first), None if last is None else _day(last))
    return actions.add_measure(by=_by("ingrid"), case=case, measure=words, plan=_plan(case))


def _in_force(case: Case, problem: str, evaluate_in: int) -> None:
    plan, by = _plan(case), _by("ingrid")
    actions.write_plan(by=by, plan=plan, version=plan.version, problem=problem, evaluate_on=_day(evaluate_in))
    actions.put_in_force(by=by, plan=_plan(case))


def _says(case: Case, safe: str, words: str, voice: str = "pupil") -> None:
    actions.ask(by=_by("ingrid"), pupil=_folder(case), voice=voice, safe=safe, words=words, on=clock.today())


def _hear(case: Case, words: str, how: str = "Ingrid, på kontoret", number: int = 0) -> None:
    actions.hear(by=_by("ingrid"), pupil=_folder(case, number), how=how, words=words, on=clock.today())


def _write(case: Case, kind: str, text: str) -> None:
    actions.write(by=_by("ingrid"), case=case, kind=kind, text=text, on=clock.today())


def _home(case: Case, text: str) -> None:
    actions.write(by=_by("ingrid"), case=case, kind="home", text=text, on=clock.today(), pupil=_folder(case), home=True)


def _weigh(case: Case, text: str) -> None:
    actions.weigh(by=_by("ingrid"), pupil=_folder(case), text=text)


def _evaluate(case: Case, text: str, next_in: int | None) -> None:
    plan = _plan(case)
    rows = list(Measure.objects.filter(plan=plan, removed_at=None))
    next_on = _day(next_in) if next_in else None
    verdicts = {row.pk: "continue" for row in rows}
    effects = {row.pk: "better" for row in rows}
    actions.evaluate(
        by=_by("ingrid"), plan=plan, text=text, on=clock.today(), verdicts=verdicts, effects=effects, next_on=next_on
    )


def _pages(case: Case, *keys: str, closed: str = "") -> None:
    """The family gets its pages: two voices."""
    for key in keys:
        actions.open_page(by=_by("ingrid"), pupil=_folder(case), person=_person(key))
    if closed:
        why = "Faren er selv en del av bekymringen. Avtalt med barnevernet."
        actions.close_page(by=_by("ingrid"), pupil=_folder(case), person=_person(closed), why=why)


def _just_opened() -> None:
    """Yesterday: a measure was started the same evening, and nobody has had time to write a plan."""
    case = _open(
        ("Ida Solvoll",), "Ida sitter alene i timene etter at venninnene fikk ny gruppe. Hun har vært hjemme med vondt i magen.",
        days=1,
    )  # fmt: skip
    words = NewMeasure("Silje ringer Ida i kveld, og møter henne ved døra i morgen tidlig.", _person("silje"))
    _ago(1, lambda: actions.add_measure(by=_by("ingrid"), case=case, measure=words, started=True))


def _with_a_plan() -> None:
    """Two weeks old, with a plan in force, a case worker, a guest from PPT and another pupil who is involved."""
    about = "Noah får lua tatt og blir filmet i garderoben. Bildene ligger på snap."
    case = _open(("Noah Bergli",), about, days=15, involved=("Adam Lindås",))
    _ago(15, lambda: _write(case, "step_in", "Silje stoppet filmingen i garderoben og tok med begge guttene til kontoret."))
    _ago(14, lambda: _hear(case, "De sier det er for moro skyld. Jeg ler med, men jeg gruer meg til gymmen."))
    told = "Ringte Hanne Bergli og fortalte hva vi så, og hva vi gjør fra i dag. Hun visste om filmingen."
    _ago(14, lambda: _home(case, told))
    _ago(14, lambda: _hear(case, "Jeg tenkte ikke at det var så ille. Jeg kan slette det.", "Amir, på grupperommet", 1))
    _ago(13, lambda: _write(case, "finding", "Garderoben er uten voksne i fem minutter etter gym. Det er da det skjer."))
    _ago(13, lambda: _measure(case, "En voksen er i garderoben før og etter gym.", "amir", 0))
    _ago(13, lambda: _measure(case, "Noah og Silje prater hver fredag i siste time.", "silje", 1, 60))
    _ago(13, lambda: _weigh(case, "Noah vil bli i klassen og gruppa. Vi flytter ikke ham, men sørger for voksne der det skjer."))
    _ago(12, lambda: _in_force(case, "Noah blir filmet og ertet i garderoben, og gruer seg til gym.", 21))
    _ago(11, lambda: actions.give(by=_by("ingrid"), case=case, to=_person("amir")))
    _ago(12, lambda: _pages(case, "noah", "hanne"))
    fields = {"basis": "25-1", "said_yes": [_folder(case)], "until": _day(50)}
    _ago(10, lambda: actions.invite(by=_by("ingrid"), case=case, to=_person("marte"), **fields))  # type: ignore[arg-type]  # by name
    _ago(5, lambda: actions.say(by=_by("noah"), pupil=_folder(case), safe="partly", words="Det er bedre når Amir står der."))
    _ago(4, lambda: actions.say(by=_by("hanne"), pupil=_folder(case), safe="partly", words="Han sover bedre. Gruer seg til gym."))
    _ago(6, lambda: actions.move_measure(by=_by("ingrid"), row=Measure.objects.filter(case=case)[0], stage="started"))
    invited = "Noah, Hanne Bergli, Amir, Marte"
    call = Call(
        _day(7), time(14), "Hvordan planen virker, og hva Noah selv vil endre.", "Rom 204", invited, _folder(case), home=True
    )
    _ago(2, lambda: actions.call_meeting(by=_by("ingrid"), case=case, call=call))


def _evaluation_over_the_date() -> None:
    """The evaluation should have been held last week."""
    case = _open(("Yusuf Amundrud",), "Yusuf blir kalt stygge ting på grunn av språket sitt, mest i kantina.", days=40)
    _ago(39, lambda: _hear(case, "De hermer etter meg. Jeg spiser i gangen nå."))
    _ago(38, lambda: _measure(case, "Amir spiser sammen med gruppa i kantina.", "amir", 0))
    _ago(38, lambda: _in_force(case, "Yusuf blir ertet for språket i kantina.", 30))
    _ago(30, lambda: _says(case, "partly", "Det er bedre når Amir er der."))


def _says_no_again() -> None:
    """It was evaluated, and then the pupil said no: the duty to act has begun again."""
    case = _open(("Sara Haugfoss",), "Sara er holdt utenfor i klassens gruppechat og i friminuttene.", days=60)
    _ago(59, lambda: _hear(case, "Jeg får ikke vite hva de gjør. Når jeg kommer, slutter de å snakke."))
    _ago(58, lambda: _measure(case, "Faste grupper i alle fag, som byttes hver tredje uke.", "silje", 0))
    _ago(57, lambda: _in_force(case, "Sara blir holdt utenfor av de andre i klassen.", 28))
    question = "Hvordan jobber vi med en jentegjeng på 15 år som lukker seg om seg selv, uten å peke ut noen?"
    _ago(50, lambda: actions.consult(by=_by("ingrid"), case=case, text=question))
    _ago(48, _answered)
    guest = {"basis": "24-1", "until": _day(-20)}
    _ago(47, lambda: actions.invite(by=_by("ingrid"), case=case, to=_person("marte"), **guest))  # type: ignore[arg-type]  # by name
    _ago(30, lambda: _evaluate(case, "Sara er med i gruppearbeid, og har spist sammen med to andre.", 28))
    _ago(30, lambda: _says(case, "partly", "Det er greit i timene."))
    _ago(56, lambda: _pages(case, "sara", "lena", closed="paal"))
    _ago(1, lambda: _says(case, "no", "Det har begynt igjen etter høstferien. Nå har de laget en ny gruppe."))


def _ended() -> None:
    """The pupil said yes; the follow-up talk waits for its day."""
    case = _open(("Adam Lindås",), "Adam ble dyttet og truet på bussen.", days=90)
    _ago(89, lambda: _hear(case, "Jeg tar ikke bussen mer. Mamma kjører."))
    _ago(88, lambda: _measure(case, "En voksen er med på bussen de to første ukene.", "amir", 0, 14))
    _ago(88, lambda: _in_force(case, "Adam er ikke trygg på skolebussen.", 21))
    _ago(70, lambda: actions.move_measure(by=_by("ingrid"), row=Measure.objects.get(case=case), stage="done"))
    _ago(80, lambda: _pages(case, "mona"))
    _ago(66, lambda: _evaluate(case, "Det har vært rolig på bussen i fire uker.", None))
    _ago(66, lambda: _says(case, "yes", "Ja, det er helt greit nå. Jeg sitter med Jonathan."))
    _ago(65, lambda: _weigh(case, "Adam vil ta bussen selv. Vi spør ham igjen om noen uker."))
    _ago(65, lambda: actions.end(by=_by("ingrid"), case=case, why="Adam sier at det er trygt på bussen.", talk_on=_day(84)))


def _with_the_municipality() -> None:
    """The leadership turned out to be involved: the municipality works it, and somebody else leads it."""
    case = _open(("Jonathan Krokmo",), "Jonathan sier at rektor har kjeftet på ham foran klassen flere ganger.", days=8)
    _ago(8, lambda: actions.name_employee(by=_by("ingrid"), case=case, person=_person("ingrid")))
    _ago(7, lambda: actions.appoint(by=_by("jonas"), case=case, to=_person("arne")))
    words = "Jeg blir rød og klarer ikke si noe. De andre ser på meg."
    held = _folder(case)
    _ago(6, lambda: actions.hear(by=_by("arne"), pupil=held, how="Arne, på biblioteket", words=words, on=clock.today()))


def _answered() -> None:
    advice = (
        "Begynn med det som er felles: faste grupper som de voksne setter sammen, og oppgaver som krever alle. Snakk med hver av "
        "dem alene, ikke med gjengen. Vi kan være med og observere i to timer om dere vil."
    )
    for asked in Consultation.objects.filter(answered_at=None).select_related("case"):
        actions.answer_question(by=_by("marte"), consultation=asked, text=advice)


CLASS = (
    "Amalie Foss", "Benjamin Aune", "Dina Kvamme", "Elias Torvik", "Fatima Noori", "Filip Stensrud", "Hedda Brekke", "Henry Moen",
    "Iben Rognli", "Jakob Lien", "Josefine Ruud", "Kasper Hagen", "Leah Myklebust", "Leon Skaug", "Mathea Grøtte",
    "Mikkel Vangen", "Nora Fjellheim", "Oskar Lunde", "Pia Holtan", "Samir Haddad", "Selma Bjerke", "Theo Kleven", "Une Sørlie",
    "Viljar Hovden",
)  # fmt: skip


def _a_whole_class() -> None:
    """A class where many are not well: one case, one plan, and a voice for each."""
    by, school = _by("nina"), School.objects.get(name=cast.school("elvesletta").name)
    year = SchoolYear.objects.order_by("-start")[0]
    row = people.add_class(by=by, school=school, year=year, name="8B")
    pupils = [(people.add_pupil(by=by, school_class=row, name=name), rules.Part.SUBJECT) for name in CLASS]
    about = "Hard tone i 8B: roping, tilnavn og filming i timene. Tre foreldre og to lærere har sagt fra."
    opening = Opening(school, about, pupils, whole_class=row, common_plan=True)
    with clock.frozen(clock.now() - timedelta(days=20)):
        case = actions.open_case(by=_by("ingrid"), opening=opening)
    _ago(19, lambda: actions.pass_on(by=_by("ingrid"), case=case, why="En hel klasse har det ikke bra, og det er alvorlig."))
    _ago(
        18, lambda: _hear(case, "Det er noen som roper hele tiden. Jeg sier ikke noe i timene lenger.", "Silje, på grupperommet")
    )
    _ago(18, lambda: _hear(case, "Alle filmer. Jeg også.", "Silje, på grupperommet", 1))
    _ago(
        17,
        lambda: _write(
            case, "finding", "Det er verst i overgangene og når det er vikar. Ingen voksne har samme regel for mobil."
        ),
    )
    _ago(16, lambda: _measure(case, "To voksne i alle timer etter storefri.", "amir", 0, 40))
    _ago(16, lambda: _measure(case, "Mobilen ligger i mobilhotellet fra første time, også når det er vikar.", "silje", 0))
    _ago(15, lambda: _in_force(case, "Mange i 8B er utrygge i timene. Tonen er hard, og det filmes.", 42))
    _ago(3, lambda: _says(case, "partly", "Litt roligere med to voksne."))
