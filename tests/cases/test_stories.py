"""Stories that a browser's clock and classes are too small for: a guest's last day, and a class of 24."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samskap.cases import actions, queries_family, rules
from samskap.cases.actions import NewMeasure, Opening
from samskap.cases.models import CasePupil, Given
from samskap.kernel import clock, scope
from samskap.people.models import Pupil
from tests.cases import following
from tests.support.world import World


def test_a_guest_from_ppt_reads_until_the_last_day_and_the_family_is_told_by_which_right(world: World) -> None:
    case, by = following.opened(world), world.actor("ingrid")
    held = following.folder(case)
    actions.open_page(by=by, pupil=held, person=world.person("hanne"))
    until = clock.today() + timedelta(days=10)
    actions.invite(by=by, case=case, to=world.person("marte"), basis="consent", until=until)
    url, morning = reverse("cases:case", args=[case.pk]), clock.now()
    assert world.client("marte").get(url).status_code == 200
    with clock.frozen(morning + timedelta(days=10)):
        assert world.client("marte").get(url).status_code == 200
    with clock.frozen(morning + timedelta(days=11)):
        marte = world.client("marte")
        assert marte.get(url).status_code == 404
        assert marte.get(reverse("cases:list")).status_code == 404
        assert "Noah" not in marte.get("/").content.decode()
    home = world.client("hanne").get(reverse("cases:family", args=[held.pk])).content.decode()
    assert "Pedagogisk-psykologisk tjeneste (PPT)" in home
    assert "familien har sagt ja" in home
    assert "Marte" not in home
    with scope.tenant_scope(case.tenant_id):
        assert Given.objects.get(case=case, kind="guest").valid_to == until


def test_a_case_of_a_whole_class_gives_each_of_24_a_page_of_their_own(world: World) -> None:
    row, by = following.class_of_24(world), world.actor("ingrid")
    with scope.tenant_scope(row.tenant_id):
        pupils = [
            (pupil, rules.Part.SUBJECT)
            for pupil in Pupil.objects.filter(school_class=row).select_related("person", "school_class")
        ]
    opening = Opening(world.school("elvesletta"), "Uro og utestenging i klassen.", pupils, whole_class=row)
    case = actions.open_case(by=by, opening=opening)
    plan = following.plan(case)
    words = NewMeasure("Faste grupper i alle fag, som byttes hver tredje uke.", world.person("silje"), clock.today())
    actions.add_measure(by=by, case=case, measure=words, plan=plan)
    problem = "Elev NummerA og Elev NummerB stenger de andre ute."
    actions.write_plan(by=by, plan=following.plan(case), version=following.plan(case).version, problem=problem, evaluate_on=None)
    folders = following.folders(case)
    assert len(folders) == 24
    for held in folders[:2]:
        actions.hear(by=by, pupil=held, how="Silje", words=f"Jeg er {held.pk}.", on=clock.today(), home=True)
    with scope.tenant_scope(case.tenant_id):
        held = CasePupil.objects.select_related("case__school", "case__responsible", "plan").get(pk=folders[0].pk)
        with CaptureQueriesContext(connection) as asked:
            page = queries_family.page(held, None, seen_before=None, instead="[…]")
    assert len(asked) <= 20
    assert page.plan is not None
    assert page.plan.problem.count("[…]") in (1, 2)  # one is the reader's own child where it is A or B
    assert [one.text for one in page.plan.measures] == ["Faste grupper i alle fag, som byttes hver tredje uke."]
    said = " ".join(line.text or "" for line in page.lines)
    assert str(folders[0].pk) in said
    assert str(folders[1].pk) not in said
    assert world.client("ingrid").get(reverse("cases:case", args=[case.pk])).status_code == 200
