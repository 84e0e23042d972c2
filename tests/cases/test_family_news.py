"""What the family's pages tell as it is: who has it, what comes next, which day has passed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from samskap.cases import actions, rules
from samskap.cases.models import Case
from samskap.cases.policy import READ
from samskap.cases.views.wording import day
from samskap.kernel import clock, policy, scope
from samskap.kernel.actions import ActionError
from samskap.people import actions as people_actions
from samskap.people import actions_school as school_life
from tests.cases import following
from tests.support.world import World

SCHOOLS_NUMBER = "99 00 10 40"


def opened(world: World, *keys: str, child: str = "Noah Bergli") -> Case:
    """A pupil's case, with pages open to these."""
    case = following.opened(world, child)
    for key in keys:
        actions.open_page(by=world.actor("ingrid"), pupil=following.folder(case), person=world.person(key))
    return case


def page(world: World, key: str, case: Case) -> str:
    answer = world.client(key, strong=False).get(reverse("cases:family", args=[following.folder(case).pk]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def part(text: str, name: str) -> str:
    """A section of the page."""
    return text[text.index(f'id="{name}"') :].split("</section>")[0]


def test_a_case_that_the_municipality_works_never_shows_the_schools_number(world: World) -> None:
    case = opened(world, "hanne")
    assert "99 00 10 41" in part(page(world, "hanne", case), "hvem")
    actions.name_employee(by=world.actor("ingrid"), case=case, person=world.person("ingrid"))
    text = part(page(world, "hanne", case), "hvem")
    assert "Jonas Tveiten i kommunen følger det opp. Ring kommunens sentralbord, og spør etter Jonas Tveiten." in text
    assert SCHOOLS_NUMBER not in text
    actions.appoint(by=world.actor("jonas"), case=following.again(case), to=world.person("arne"))
    text = part(page(world, "hanne", case), "hvem")
    assert "Arne" in text
    assert "leder saken i stedet for skolens ledelse" in text
    assert SCHOOLS_NUMBER not in text
    arne = world.person("arne")
    people_actions.change_person(by=world.actor("nina"), person=arne, name=arne.name, title=arne.title, phone="99 00 20 01")
    text = part(page(world, "hanne", case), "hvem")
    assert "99 00 20 01" in text
    assert "sentralbord" not in text


YES = "familien har sagt ja"


def test_a_familys_yes_stands_on_its_own_page_alone(world: World) -> None:
    """Marte reads about all; only Noah's family was asked, and the others are told the other right."""
    by, case = world.actor("ingrid"), following.opened(world, "Noah Bergli", "Sara Haugfoss", involved="Adam Lindås")
    noah, sara, _adam = following.folders(case)
    for held, key in ((noah, "hanne"), (sara, "lena")):
        actions.open_page(by=by, pupil=held, person=world.person(key))
    marte, until = world.person("marte"), clock.today() + timedelta(30)
    for yes in ((), (noah,), (noah, sara)):
        with pytest.raises(ActionError):
            actions.invite(by=by, case=case, to=marte, basis="consent", until=until, said_yes=yes)
    actions.invite(by=by, case=case, to=marte, basis="25-1", until=until, said_yes=(noah,))
    assert YES in page(world, "hanne", case)
    text = str(world.client("lena", strong=False).get(reverse("cases:family", args=[sara.pk])).content.decode())
    assert YES not in text
    assert "nødvendig for oppfølgingen (§ 25-1 første ledd)" in text
    told = world.client("ingrid").get(reverse("cases:case", args=[case.pk])).content.decode()
    assert "Nødvendig for oppfølgingen (§ 25-1 første ledd). Familien har sagt ja: Noah Bergli" in told


def test_who_reads_by_the_families_yes_reads_no_longer_when_a_pupil_is_added(world: World) -> None:
    by, case, marte = world.actor("ingrid"), following.opened(world), world.person("marte")
    until = clock.today() + timedelta(30)
    actions.invite(by=by, case=case, to=marte, basis="consent", until=until)
    assert policy.may(READ, world.actor("marte"), case)
    step = world.client("ingrid").get(reverse("cases:case_step", args=[case.pk, "elev"])).content.decode()
    assert "fordi familiene har sagt ja" in step
    actions.add_pupil(by=by, case=case, pupil=following.pupil(world, "Adam Lindås"), part="involved")
    assert not policy.may(READ, world.actor("marte"), case)
    actions.invite(by=by, case=case, to=marte, basis="consent", until=until, said_yes=following.folders(case))
    assert policy.may(READ, world.actor("marte"), case)


@pytest.mark.parametrize(
    ("basis", "said_yes", "alone", "told"),
    [
        ("consent", None, True, "consent"),
        ("consent", None, False, ""),
        ("24-1", None, False, "24-1"),
        ("consent", ("a", "b"), False, "consent"),
        ("consent", ("b",), False, ""),
        ("25-1", ("a",), False, "consent"),
        ("25-1", ("b",), False, "25-1"),
    ],
)
def test_by_which_right_is_told_to_each_family(basis: str, said_yes: tuple[str, ...] | None, alone: bool, told: str) -> None:
    assert rules.told_basis(basis, said_yes, "a", alone=alone) == told


def test_after_a_no_the_pupil_reads_that_it_starts_anew_and_home_does_not(world: World) -> None:
    case = opened(world, "noah", "hanne")
    following.in_force(world, case)
    before = part(page(world, "hanne", case), "neste")
    assert "på nytt" not in part(page(world, "noah", case), "neste")
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        actions.say(by=world.actor("noah"), pupil=following.folder(case), safe="no", words="Nei.")
    news = part(page(world, "noah", case), "neste")
    assert "Vi begynner på nytt. Ingrid Haugdal eller en annen voksen snakker med deg" in news
    home = part(page(world, "hanne", case), "neste")
    assert "på nytt" not in home
    assert before.count("<li>") == home.count("<li>")
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        following.measure(world, case, into=following.plan(case))
    assert "på nytt" not in part(page(world, "noah", case), "neste")


def test_after_a_parents_no_that_parent_reads_that_the_school_finds_out_and_asks(world: World) -> None:
    case = opened(world, "sara", "lena", "paal", child="Sara Haugfoss")
    actions.say(by=world.actor("lena"), pupil=following.folder(case), safe="no", words="Hun gråter.")
    assert "Vi finner ut mer, og spør Sara" in part(page(world, "lena", case), "neste")
    for key in ("paal", "sara"):
        text = part(page(world, key, case), "neste")
        assert "finner ut mer" not in text
        assert "hvordan det er nå" not in text
    actions.write(by=world.actor("ingrid"), case=case, kind="finding", text="Det er i garderoben.", on=clock.today())
    assert "En voksen spør Sara hvordan det er nå" in part(page(world, "lena", case), "neste")
    following.says(world, case, "partly")
    assert "hvordan det er nå" not in part(page(world, "lena", case), "neste")


def test_a_meeting_that_home_is_invited_to_waits_on_the_first_page_until_the_day_is_over(world: World) -> None:
    case = opened(world, "hanne")
    following.meeting(world, case, pupil=following.folder(case), home=True)
    client = world.client("hanne", strong=False)
    text = client.get("/").content.decode()
    assert "Du er invitert" in text
    assert reverse("cases:family", args=[following.folder(case).pk]) + "#neste" in text
    assert "rom 204" not in text
    with clock.frozen(clock.now() + timedelta(days=4)):
        assert "Du er invitert" not in world.client("hanne", strong=False).get("/").content.decode()
    assert "Du er invitert" not in world.client("lena", strong=False).get("/").content.decode()


def test_a_day_of_evaluation_that_has_passed_is_not_told_as_one_that_comes(world: World) -> None:
    case = opened(world, "noah")
    following.in_force(world, case, evaluate_on=clock.today() + timedelta(days=5))
    assert "Vi ser om det hjelper" in page(world, "noah", case)
    with clock.frozen(clock.now() + timedelta(days=7)):
        text = page(world, "noah", case)
        assert "Vi skulle ha sett på om det hjelper" in text
        assert "Vi ser om det hjelper" not in text
        assert "så snart vi kan" in part(text, "neste")
        following.evaluated(world, case)
        text = page(world, "noah", case)
    assert "Vi så på om det hjelper" in text
    assert "Vi skulle ha" not in text


def test_a_plan_is_put_in_force_with_a_true_word_on_who_reads_it(world: World) -> None:
    case = following.opened(world, "Noah Bergli", "Sara Haugfoss", common=True)
    held = following.plan(case)
    following.measure(world, case, into=held)
    held = following.plan(case)
    day = clock.today() + timedelta(days=14)
    actions.write_plan(by=world.actor("ingrid"), plan=held, version=held.version, problem="De er alene.", evaluate_on=day)
    noah, sara = following.folders(case)
    url = reverse("cases:plan_step", args=[held.pk, "gjeld"])

    def text() -> str:
        return str(world.client("ingrid").get(url).content.decode())

    assert "Ingen side er åpnet. Verken eleven" in text()
    assert reverse("cases:at_home", args=[noah.pk]) in text()
    actions.open_page(by=world.actor("ingrid"), pupil=noah, person=world.person("hanne"))
    assert "Ingen side er åpnet for Sara Haugfoss." in text()
    assert reverse("cases:at_home", args=[sara.pk]) in text()
    actions.open_page(by=world.actor("ingrid"), pupil=sara, person=world.person("lena"))
    assert "Familien leser den på siden sin" in text()
    assert "Ingen side" not in text()


def test_what_is_shown_at_home_needs_a_pupil_and_the_words_say_so(world: World) -> None:
    case = following.opened(world)
    with pytest.raises(ActionError, match="Velg eleven det gjelder, eller ta bort haken"), translation.override("nb"):
        actions.write(by=world.actor("ingrid"), case=case, kind="home", text="Ringte.", on=clock.today(), home=True)
    with pytest.raises(ActionError, match="Dette kan ikke vises hjemme"), translation.override("nb"):
        actions.write(by=world.actor("ingrid"), case=case, kind="note", text="Ringte.", on=clock.today(), home=True)


def test_the_pupil_reads_who_gets_to_know_before_being_asked(world: World) -> None:
    case = opened(world, "noah", "hanne")
    say = reverse("cases:family_say", args=[following.folder(case).pk])
    pupil, home = page(world, "noah", case), page(world, "hanne", case)
    assert pupil.count(say) == home.count(say) == 1
    assert pupil.index('id="hjemme"') < pupil.index(say) < pupil.index('id="hvem"')
    assert home.index(say) < home.index('id="hvem"')
    look = reverse("cases:at_home_look", args=[following.folder(case).pk, world.person("noah").pk])
    assert say not in world.client("ingrid").get(look).content.decode()


def test_for_the_leader_a_page_that_is_open_and_not_read_is_not_one_that_is_not_open(world: World) -> None:
    case = opened(world, "hanne")
    listed = world.client("ingrid").get(reverse("cases:at_home", args=[following.folder(case).pk])).content.decode()
    assert "Ikke åpnet ennå." in listed
    assert "Siden er ikke åpnet" in listed


def test_two_cases_of_one_pupil_tell_each_other_apart_in_the_list(world: World) -> None:
    with clock.frozen(clock.now() - timedelta(days=30)):
        opened(world, "noah", "hanne")
    case = opened(world, "noah", "hanne")
    for key in ("noah", "hanne"):
        client = world.client(key, strong=False)
        for url in (reverse("cases:family_list"), "/"):
            text = client.get(url).content.decode()
            assert text.count("Ingrid Haugdal følger det opp.") == 2
            assert f"Siden {day(clock.today())}." in text
            assert f"Siden {day(clock.today() - timedelta(days=30))}." in text
            assert case.name not in text
    same = opened(world, "noah")
    text = world.client("noah", strong=False).get(reverse("cases:family_list")).content.decode()
    assert case.name in text
    assert same.name in text


def test_the_list_tells_no_name_to_one_who_may_not_know_the_school(world: World) -> None:
    with scope.tenant_scope(world.tenant_id):
        school_life.add_guardian(
            by=world.actor("nina"), pupil=following.pupil(world, "Emma Sandvoll"), name="", kind="parent",
            parental_responsibility=True, person=world.person("mona"), lives_with=False,
        )  # fmt: skip
    opened(world, "mona", child="Emma Sandvoll")
    assert "Ingrid" not in world.client("mona", strong=False).get(reverse("cases:family_list")).content.decode()


def test_whoever_opens_a_case_learns_of_one_that_goes_on_if_they_may_read_it(world: World) -> None:
    first = following.opened(world)
    client, url = world.client("ingrid"), reverse("cases:new", args=[world.school("elvesletta").pk])
    assert f"Noah Bergli (har sak {first.reference})" in client.get(url).content.decode()
    form = {"once": str(uuid4()), "about": "Noah er alene.", "pupils": [str(following.pupil(world).pk)]}
    text = client.post(url, form, follow=True).content.decode()
    assert f"Er også i en annen sak som pågår: Noah Bergli ({first.reference})." in text
    second = following.opened(world, "Sara Haugfoss")
    step = client.get(reverse("cases:case_step", args=[second.pk, "elev"])).content.decode()
    assert f"Noah Bergli (har sak {first.reference}" in step


def test_a_case_that_one_may_not_read_leaves_no_trace_when_another_is_opened(world: World) -> None:
    hidden = following.opened(world)
    actions.name_leadership(by=world.actor("ingrid"), case=hidden)
    client, url = world.client("ingrid"), reverse("cases:new", args=[world.school("elvesletta").pk])
    assert "har sak" not in client.get(url).content.decode()
    form = {"once": str(uuid4()), "about": "Noah er alene.", "pupils": [str(following.pupil(world).pk)]}
    text = client.post(url, form, follow=True).content.decode()
    assert "annen sak" not in text
    assert hidden.reference not in text
