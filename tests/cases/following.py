"""Cases for the tests, made through the actions: Ingrid leads, Noah, Sara and Adam go to her school."""

from datetime import date, time, timedelta

from samskap.cases import actions, rules
from samskap.cases.actions import Call, NewMeasure, Opening
from samskap.cases.models import Case, CasePupil, Measure, Meeting, Plan
from samskap.kernel import clock, scope
from samskap.people import actions as people_actions
from samskap.people import actions_school as school_life
from samskap.people.models import Person, Pupil, SchoolClass, SchoolYear
from samskap.voice.models import Report
from tests.support.world import World

ABOUT = "Noah er alene i friminuttene, og lua blir tatt."


def a_class(world: World, school: str = "elvesletta", name: str = "9B") -> SchoolClass:
    """The school's class; made when there is none."""
    with scope.tenant_scope(world.school(school).tenant_id):
        row = SchoolClass.objects.filter(school=world.school(school), name=name).first()
        if row is not None:
            return row
        admin = world.actor("sigrid" if school == "ytterdal" else "nina")
        year = SchoolYear.objects.order_by("-start")[0]
        return school_life.add_class(by=admin, school=world.school(school), year=year, name=name)


def pupil(world: World, name: str = "Noah Bergli", school: str = "elvesletta") -> Pupil:
    """A pupil of the school; made when there is none of the name."""
    row = a_class(world, school)
    with scope.tenant_scope(row.tenant_id):
        found = Pupil.objects.filter(person__name=name, school_class=row).first()
        admin = world.actor("sigrid" if school == "ytterdal" else "nina")
        return found or school_life.add_pupil(by=admin, school_class=row, name=name)


def class_of_24(world: World) -> SchoolClass:
    """A class with 24 pupils and nobody else."""
    row = a_class(world, name="9E")
    for number in range(24):
        school_life.add_pupil(by=world.actor("nina"), school_class=row, name=f"Elev Nummer{chr(65 + number)}")
    return row


def opened(
    world: World, *names: str, by: str = "ingrid", involved: str = "", reports: tuple[Report, ...] = (),
    school: str = "elvesletta", common: bool = False,
) -> Case:  # fmt: skip
    """A case about these pupils (Noah)."""
    pupils = [(pupil(world, name, school), rules.Part.SUBJECT) for name in names or ("Noah Bergli",)]
    if involved:
        pupils.append((pupil(world, involved, school), rules.Part.INVOLVED))
    opening = Opening(world.school(school), ABOUT, pupils, reports, common_plan=common)
    return actions.open_case(by=world.actor(by), opening=opening)


def again(case: Case) -> Case:
    """The case as it stands now."""
    with scope.tenant_scope(case.tenant_id):
        return Case.objects.select_related("school", "responsible").get(pk=case.pk)


def folders(case: Case) -> list[CasePupil]:
    """The pupils' folders, those the case is about first."""
    with scope.tenant_scope(case.tenant_id):
        rows = CasePupil.objects.filter(case=case).select_related("case__school", "plan", "plan__case__school")
        return list(rows.order_by("-part", "added_at", "id"))


def folder(case: Case) -> CasePupil:
    """The first pupil's folder."""
    return folders(case)[0]


def plan(case: Case) -> Plan:
    """The first pupil's plan."""
    found = folder(case).plan
    assert found is not None
    return found


def measure(
    world: World, case: Case, *, by: str = "ingrid", into: Plan | None = None, who: str = "amir", **more: object
) -> Measure:
    """A measure that Amir carries out, from today on."""
    words = NewMeasure("Amir er ute i storefri.", world.person(who), clock.today(), **more)  # type: ignore[arg-type]  # by name
    return actions.add_measure(by=world.actor(by), case=case, measure=words, plan=into)


def meeting(world: World, case: Case, *, by: str = "ingrid", days: int = 3, **more: object) -> Meeting:
    """A meeting at two o'clock in some days."""
    call = Call(clock.today() + timedelta(days), time(14), "Vi ser på planen sammen.", "rom 204", **more)  # type: ignore[arg-type]  # by name
    return actions.call_meeting(by=world.actor(by), case=case, call=call)


def adviser_at(world: World, school: str, name: str) -> Person:
    """Somebody who works for PPT at a school, trained."""
    nina = world.actor("nina")
    person = people_actions.add_person(by=nina, name=name, title="PPT-rådgiver")
    people_actions.assign(by=nina, person=person, role="ppt", school=world.school(school))
    return people_actions.note_training(by=nina, person=person, on=clock.today())


def in_force(world: World, case: Case, *, evaluate_on: date | None = None, by: str = "ingrid", who: str = "amir") -> Plan:
    """The first pupil's plan, complete and in force."""
    actor, held = world.actor(by), plan(case)
    measure(world, case, into=held, by=by, who=who)
    held = plan(case)
    day = evaluate_on or clock.today() + timedelta(days=14)
    actions.write_plan(by=actor, plan=held, version=held.version, problem="Noah er alene.", evaluate_on=day)
    return actions.put_in_force(by=actor, plan=plan(case))


def says(
    world: World, case: Case, safe: str, voice: str = "pupil", *, by: str = "ingrid", pupil: CasePupil | None = None
) -> None:
    """Somebody answers "is it safe and good now?"."""
    held = pupil or folder(case)
    actions.ask(by=world.actor(by), pupil=held, voice=voice, safe=safe, words="Det sa jeg.", on=clock.today())


def evaluated(world: World, case: Case) -> None:
    """The plan is evaluated, and all measures go on."""
    held = plan(case)
    with scope.tenant_scope(case.tenant_id):
        verdicts = {row.pk: "continue" for row in Measure.objects.filter(plan=held, removed_at=None)}
    actions.evaluate(
        by=world.actor("ingrid"), plan=held, text="Det går bedre.", on=clock.today(), verdicts=verdicts, effects={}, next_on=None
    )


def finds_out(world: World, case: Case) -> None:
    """The school has found out, and writes it down."""
    text = "De leker sammen igjen. Det som er vondt, skjer på bussen."
    actions.write(by=world.actor("ingrid"), case=case, kind="finding", text=text, on=clock.today())


def ready_to_end(world: World, *names: str) -> Case:
    """A case that may end."""
    case = opened(world, *names)
    in_force(world, case)
    says(world, case, "yes")
    actions.weigh(by=world.actor("ingrid"), pupil=folder(case), text="Det beste er at tiltakene går videre en stund.")
    evaluated(world, case)
    return again(case)


def ended(world: World) -> Case:
    """A case that has ended."""
    case = ready_to_end(world)
    talk = clock.today() + timedelta(weeks=6)
    return actions.end(by=world.actor("ingrid"), case=case, why="Noah sier at det er trygt nå.", talk_on=talk)
