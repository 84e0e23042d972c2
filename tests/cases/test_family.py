"""The family's pages: two voices, one child, and nobody else's."""

from datetime import time, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from samskap.cases import actions, policy
from samskap.cases.actions import Call
from samskap.cases.models import Answer, Case, CasePupil, Entry, Home
from samskap.kernel import clock, scope
from samskap.kernel import policy as kernel_policy
from samskap.kernel.actions import ActionError
from samskap.kernel.models import OutboxMessage
from samskap.kernel.policy import NotAllowed
from samskap.people import actions_school as school_life
from samskap.people.models import Guardianship
from tests.cases import following
from tests.support.world import World

SECRET = "Det er på treningen det skjer, ikke si det hjemme."


def opened(world: World, *keys: str, involved: str = "") -> Case:
    """Noah's case, with pages open to these."""
    case = following.opened(world, involved=involved)
    for key in keys:
        actions.open_page(by=world.actor("ingrid"), pupil=following.folder(case), person=world.person(key))
    return case


def page(world: World, key: str, case: Case, number: int = 0) -> str:
    answer = world.client(key, strong=False).get(reverse("cases:family", args=[following.folders(case)[number].pk]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def parent(world: World, key: str, child: str = "Noah Bergli", *, lives_with: bool = True) -> None:
    """Somebody of the cast is a parent of the child too."""
    with scope.tenant_scope(world.tenant_id):
        pupil = following.pupil(world, child)
        school_life.add_guardian(
            by=world.actor("nina"), pupil=pupil, name="", kind="parent", parental_responsibility=True,
            person=world.person(key), lives_with=lives_with,
        )  # fmt: skip


def sees(world: World, key: str, held: CasePupil) -> bool:
    return kernel_policy.may(policy.FAMILY, world.actor(key), held)


def test_nobody_sees_a_page_before_the_school_opens_it(world: World) -> None:
    held = following.folder(following.opened(world))
    assert not any(sees(world, key, held) for key in ("noah", "hanne", "emma", "anita"))


def test_an_open_page_is_for_the_one_it_was_opened_for(world: World) -> None:
    held = following.folder(opened(world, "hanne"))
    assert [
        key for key in ("noah", "hanne", "emma", "anita", "jorunn", "kjell", "silje", "ingrid") if sees(world, key, held)
    ] == ["hanne"]


@pytest.mark.parametrize(
    ("child", "key"),
    [
        ("Noah Bergli", "anita"),
        ("Emma Sandvoll", "tore"),
        ("Noah Bergli", "emma"),
        ("Noah Bergli", "kjell"),
        ("Noah Bergli", "silje"),
    ],
)
def test_it_is_opened_for_nobody_without_the_right(world: World, child: str, key: str) -> None:
    """Another's mother, one with a contact ban, another pupil, somebody elsewhere, a teacher."""
    case = following.opened(world, child)
    with pytest.raises(ActionError):
        actions.open_page(by=world.actor("ingrid"), pupil=following.folder(case), person=world.person(key))


def test_a_parent_without_responsibility_has_a_manual_path_and_no_page(world: World) -> None:
    case = following.opened(world)
    with scope.tenant_scope(case.tenant_id):
        rune = Guardianship.objects.get(guardian__name="Rune Vikhaug").guardian
    with pytest.raises(ActionError):
        actions.open_page(by=world.actor("ingrid"), pupil=following.folder(case), person=rune)
    text = world.client("ingrid").get(reverse("cases:at_home", args=[following.folder(case).pk])).content.decode()
    assert "Rune Vikhaug" in text
    assert "barnelova § 47" in text


def test_a_right_that_ends_closes_the_page_with_the_next_request(world: World) -> None:
    held = following.folder(opened(world, "hanne"))
    with scope.tenant_scope(held.tenant_id):
        row = Guardianship.objects.get(guardian=world.person("hanne"))
    school_life.end_guardianship(by=world.actor("nina"), row=row)
    assert not sees(world, "hanne", held)


def test_two_homes_see_what_the_school_has_recorded_and_the_reason_stays_in_the_case(world: World) -> None:
    case = following.opened(world, "Sara Haugfoss")
    held, by = following.folder(case), world.actor("ingrid")
    why = "Bekymringen handler om faren."
    actions.open_page(by=by, pupil=held, person=world.person("lena"))
    actions.close_page(by=by, pupil=held, person=world.person("paal"), why=why)
    assert (sees(world, "lena", held), sees(world, "paal", held)) == (True, False)
    assert "faren" not in page(world, "lena", case)
    assert why in world.client("ingrid").get(reverse("cases:at_home", args=[held.pk])).content.decode()


def test_an_employee_who_is_named_loses_the_page_of_the_own_child_too(world: World) -> None:
    with scope.tenant_scope(world.tenant_id):
        pupil = following.pupil(world)
        school_life.add_guardian(
            by=world.actor("nina"),
            pupil=pupil,
            name="",
            kind="parent",
            parental_responsibility=True,
            person=world.person("silje"),
        )
    case = opened(world, "silje")
    held = following.folder(case)
    assert sees(world, "silje", held)
    actions.name_employee(by=world.actor("ingrid"), case=case, person=world.person("silje"))
    assert not sees(world, "silje", held)


def test_only_those_who_lead_the_case_open_and_close_pages(world: World) -> None:
    case = following.opened(world)
    actions.give(by=world.actor("ingrid"), case=case, to=world.person("amir"))
    held, noah = following.folder(case), world.person("noah")
    for key in ("amir", "silje", "hanne", "per"):
        with pytest.raises((NotAllowed, Case.DoesNotExist)):
            actions.open_page(by=world.actor(key), pupil=held, person=noah)
        with pytest.raises((NotAllowed, Case.DoesNotExist)):
            actions.page_link(by=world.actor(key), pupil=held, person=noah)


def test_a_link_is_made_for_the_family_alone_and_never_for_one_with_a_role(world: World) -> None:
    """Else a leader could take over the account of a colleague whose child it is."""
    parent(world, "nina")
    case = opened(world, "noah", "nina")
    held = following.folder(case)
    assert actions.page_link(by=world.actor("ingrid"), pupil=held, person=world.person("noah"))
    with pytest.raises(NotAllowed):
        actions.page_link(by=world.actor("ingrid"), pupil=held, person=world.person("nina"))
    with pytest.raises(ActionError):
        actions.page_link(by=world.actor("ingrid"), pupil=held, person=world.person("hanne"))


def test_a_pupils_no_from_the_own_page_starts_the_duty_and_home_learns_nothing(world: World) -> None:
    case = opened(world, "noah", "hanne")
    following.in_force(world, case)
    before = page(world, "hanne", case)
    actions.say(by=world.actor("noah"), pupil=following.folder(case), safe="no", words=SECRET)
    held = following.folder(case)
    assert (held.answer, following.again(case).restarted_at is not None) == ("no", True)
    assert SECRET in page(world, "noah", case)
    after = page(world, "hanne", case)
    assert SECRET not in after
    assert before.count("<li>") == after.count("<li>")


def test_with_the_pupils_yes_home_reads_it(world: World) -> None:
    case = opened(world, "noah", "hanne")
    actions.say(by=world.actor("noah"), pupil=following.folder(case), safe="partly", words=SECRET, home=True)
    assert SECRET in page(world, "hanne", case)


def test_a_yes_can_come_later(world: World) -> None:
    case = opened(world, "noah", "hanne")
    actions.say(by=world.actor("noah"), pupil=following.folder(case), safe="partly", words=SECRET)
    with scope.tenant_scope(case.tenant_id):
        entry = Entry.objects.get(case=case, kind="answer")
    answer = world.client("noah").get(reverse("cases:family_tell", args=[entry.pk]))
    assert answer.status_code == 200
    actions.tell_home(by=world.actor("noah"), entry=entry)
    assert SECRET in page(world, "hanne", case)


def test_the_leader_decides_in_writing_and_the_pupil_reads_why(world: World) -> None:
    case = opened(world, "noah", "hanne")
    actions.say(by=world.actor("noah"), pupil=following.folder(case), safe="partly", words=SECRET)
    with scope.tenant_scope(case.tenant_id):
        entry = Entry.objects.get(case=case, kind="answer")
    with pytest.raises(ActionError):
        actions.tell_home(by=world.actor("ingrid"), entry=entry, why="")
    why = "Du er i fare på treningen, og de hjemme må hjelpe deg."
    actions.tell_home(by=world.actor("ingrid"), entry=entry, why=why)
    told = page(world, "noah", case)
    assert why in told
    assert "Lederen bestemte at de hjemme får vite det" in told
    assert "Du sa at de hjemme kan lese det" not in told
    home = page(world, "hanne", case)
    assert SECRET in home
    assert why not in home


@pytest.mark.parametrize("key", ["hanne", "silje", "anita"])
def test_nobody_else_tells_it_at_home(world: World, key: str) -> None:
    case = opened(world, "noah", "hanne")
    actions.say(by=world.actor("noah"), pupil=following.folder(case), safe="partly", words=SECRET)
    with scope.tenant_scope(case.tenant_id):
        entry = Entry.objects.get(case=case, kind="answer")
    with pytest.raises(NotAllowed):
        actions.tell_home(by=world.actor(key), entry=entry, why="Jeg vil at de skal vite det.")


def test_a_guardians_no_starts_investigating_and_the_pupil_does_not_read_it(world: World) -> None:
    case = opened(world, "noah", "hanne")
    actions.say(by=world.actor("hanne"), pupil=following.folder(case), safe="no", words="Han gråter om kvelden.")
    row, held = following.again(case), following.folder(case)
    assert (row.investigate_since is not None, held.guardian_no_at is not None, held.answer) == (True, True, "")
    with scope.tenant_scope(case.tenant_id):
        assert Answer.objects.get(pupil=held).voice == "guardian"
    assert "gråter" in page(world, "hanne", case)
    assert "gråter" not in page(world, "noah", case)


def test_the_other_home_does_not_read_what_one_home_wrote(world: World) -> None:
    case = following.opened(world, "Sara Haugfoss")
    for key in ("lena", "paal"):
        actions.open_page(by=world.actor("ingrid"), pupil=following.folder(case), person=world.person(key))
    actions.say(by=world.actor("lena"), pupil=following.folder(case), safe="no", words="Faren gjør det verre.")
    assert "gjør det verre" not in page(world, "paal", case)


def test_another_pupils_things_never_stand_on_the_page(world: World) -> None:
    """What concerns Adam stands in his folder; on Noah's page a neutral line, and no name where somebody forgot it."""
    case = opened(world, "noah", "hanne", involved="Adam Lindås")
    by, (noah, adam) = world.actor("ingrid"), following.folders(case)
    plan = following.plan(case)
    words = {"pupil": adam, "touched": [noah], "neutral": "Skolen følger opp i garderoben."}
    measure = actions.NewMeasure("Adam har en voksen med i gymmen.", world.person("amir"), clock.today(), **words)  # type: ignore[arg-type]
    actions.add_measure(by=by, case=case, measure=measure)
    actions.write_plan(by=by, plan=plan, version=plan.version, problem="Adam filmer Noah i garderoben.", evaluate_on=None)
    actions.hear(by=by, pupil=adam, how="Amir", words="Jeg mente det ikke.", on=clock.today(), home=True)
    actions.write(by=by, case=case, kind="home", text="Ringte mor, som er lei av Adam.", on=clock.today(), pupil=noah, home=True)
    actions.write(by=by, case=case, kind="other_duty", text="Meldt til barnevernet.", on=clock.today(), pupil=noah)
    for key in ("noah", "hanne"):
        text = page(world, key, case)
        assert "Adam" not in text
        assert "Lindås" not in text
        assert "Jeg mente det ikke" not in text
        assert "barnevernet" not in text
        assert "Skolen følger opp i garderoben." in text
        assert "[en annen elev] filmer Noah" in text
        assert "lei av [en annen elev]" in text


def test_one_who_is_otherwise_involved_has_an_own_page_without_the_other(world: World) -> None:
    case = following.opened(world, involved="Adam Lindås")
    adam = following.folders(case)[1]
    actions.open_page(by=world.actor("ingrid"), pupil=adam, person=world.person("mona"))
    actions.hear(by=world.actor("ingrid"), pupil=adam, how="Amir", words="Jeg mente det ikke.", on=clock.today(), home=True)
    text = page(world, "mona", case, 1)
    assert "Noah" not in text
    assert "Jeg mente det ikke" in text
    assert "§ 12-6" not in text
    actions.say(by=world.actor("mona"), pupil=adam, safe="", words="Kan vi snakke om det?")
    assert "Kan vi snakke om det?" in page(world, "mona", case, 1)


def test_what_stands_as_ones_words_is_put_right_beside_it(world: World) -> None:
    case = opened(world, "noah", "hanne")
    entry = actions.hear(
        by=world.actor("ingrid"), pupil=following.folder(case), how="Amir", words="Jeg liker gym.", on=clock.today()
    )
    actions.correct_own(by=world.actor("noah"), entry=entry, text="Jeg liker ikke gym.")
    text = page(world, "noah", case)
    assert "Jeg liker gym." in text
    assert "Jeg liker ikke gym." in text
    assert "liker ikke" not in page(world, "hanne", case)
    for key in ("hanne", "emma", "silje"):
        with pytest.raises(NotAllowed):
            actions.correct_own(by=world.actor(key), entry=entry, text="Noe annet.")


def test_who_has_read_stands_there_without_names_and_other_duties_leave_no_trace(world: World) -> None:
    case = opened(world, "hanne")
    world.client("ingrid").get(reverse("cases:case", args=[case.pk]))
    text = page(world, "hanne", case)
    part = text[text.index('id="lest"') : text.index('id="rettigheter"')]
    assert "den som har oppfølgingen" in part
    assert "Ingrid" not in part


def test_what_is_new_is_marked_since_the_visit_before(world: World) -> None:
    case = opened(world, "hanne")
    held = following.folder(case)
    with clock.frozen(clock.now() - timedelta(hours=3)):
        actions.visited(by=world.actor("hanne"), pupil=held)
    actions.write(by=world.actor("ingrid"), case=case, kind="home", text="Vi ringte.", on=clock.today(), pupil=held, home=True)
    assert "nye siden sist" in page(world, "hanne", case) or "nytt siden sist" in page(world, "hanne", case)
    with scope.tenant_scope(case.tenant_id):
        assert Home.objects.get(pupil=held).seen_before is not None


def test_the_family_is_told_by_mail_that_something_is_new_but_not_where_an_address_is_protected(world: World) -> None:
    for child, key, told in (("Noah Bergli", "hanne", True), ("Emma Sandvoll", "anita", False)):
        case = following.opened(world, child)
        person = world.person(key)
        actions.open_page(by=world.actor("ingrid"), pupil=following.folder(case), person=person)
        OutboxMessage.objects.filter(account_id=str(person.account_id)).delete()
        held = following.folder(case)
        actions.write(
            by=world.actor("ingrid"), case=case, kind="home", text="Vi ringte.", on=clock.today(), pupil=held, home=True
        )
        assert OutboxMessage.objects.filter(account_id=str(person.account_id), kind="cases.home").exists() is told


def test_one_with_whom_a_protected_child_does_not_live_reads_no_school_name_or_number(world: World) -> None:
    parent(world, "mona", "Emma Sandvoll", lives_with=False)
    case = following.opened(world, "Emma Sandvoll")
    for key in ("anita", "mona"):
        actions.open_page(by=world.actor("ingrid"), pupil=following.folder(case), person=world.person(key))
    # Also where somebody has written it.
    held, by = following.folder(case), world.actor("ingrid")
    actions.write(by=by, case=case, kind="home", text="Vi møttes på Elvesletta, i 9B.", on=clock.today(), pupil=held, home=True)
    call = Call(clock.today() + timedelta(3), time(14), "Med Ingrid Haugdal.", "Elvesletta, rom 204", "Mona", held, home=True)
    actions.call_meeting(by=by, case=case, call=call)
    assert "Elvesletta, rom 204" in page(world, "anita", case)
    text = page(world, "mona", case)
    assert "rom 204" in text
    assert all(word not in text for word in ("Elvesletta", "Ingrid", "99 00 10", "9B"))


def test_a_look_at_it_shows_the_same_and_is_logged(world: World) -> None:
    case = opened(world, "noah", "hanne")
    actions.say(by=world.actor("noah"), pupil=following.folder(case), safe="partly", words=SECRET)
    held = following.folder(case)
    look = world.client("ingrid").get(reverse("cases:at_home_look", args=[held.pk, world.person("hanne").pk])).content.decode()
    assert SECRET not in look
    assert "Slik Hanne Bergli ser det" in look


def _post(client: Client, url: str, **data: object) -> int:
    return client.post(url, {"once": UUID(int=7), **data}).status_code


def test_a_form_that_is_sent_twice_answers_once(world: World) -> None:
    case = opened(world, "noah")
    client, url = world.client("noah", strong=False), reverse("cases:family_say", args=[following.folder(case).pk])
    assert [_post(client, url, safe="no", words="Nei") for _ in range(2)] == [302, 302]
    with scope.tenant_scope(case.tenant_id):
        assert Answer.objects.filter(pupil__case=case).count() == 1
    assert _post(client, url, safe="kanskje") == 422
    assert _post(client, url) == 422


def test_who_answers_nothing_is_asked_to_choose(world: World) -> None:
    case = opened(world, "noah")
    url = reverse("cases:family_say", args=[following.folder(case).pk])
    answer = world.client("noah", strong=False).post(url, {"once": "8a4ff6f5-6d2c-4d0e-9a56-0e4d7ad2a7b1", "words": "Gym."})
    assert answer.status_code == 422
    assert "Velg ett av svarene." in answer.content.decode()
    assert "Gym." in answer.content.decode()


def test_one_parent_who_reads_the_page_is_not_called_they(world: World) -> None:
    text = page(world, "noah", opened(world, "noah", "hanne"))
    assert "Hanne Bergli kan lese planen" in text
    assert "Ingen hjemme får lese det du skriver" in text
