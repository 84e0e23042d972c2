"""Owner's schools and people, and the public register of units."""

from datetime import time
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samskap.kernel.classification import Class
from samskap.kernel.history import RevisedModel
from samskap.kernel.models import PublicModel, TenantModel


class Level(models.IntegerChoices):
    """Levels as in Udir's exports (grunnskole): 1 nation, 2 county, 3 municipality, 4 school; 0 is not known yet."""

    UNKNOWN = 0, _("unknown")
    NATION = 1, _("nation")
    COUNTY = 2, _("county")
    MUNICIPALITY = 3, _("municipality")
    SCHOOL = 4, _("school")


class Unit(PublicModel):
    """Something that figures are published for. It keeps its id when its name, number or municipality changes.

    ``level`` UNKNOWN: a file named it without a number, and nobody has yet said which unit it is.
    """

    classification: ClassVar[dict[str, Class]] = {
        "level": Class.PUBLIC,
        "name": Class.PUBLIC,
        "sort_key": Class.PUBLIC,
        "search_key": Class.PUBLIC,
        "parent": Class.PUBLIC,
        "same_as": Class.PUBLIC,
    }

    level = models.PositiveSmallIntegerField(choices=Level)
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=220, db_index=True)
    search_key = models.CharField(max_length=220, db_index=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    same_as = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="also")

    def __str__(self) -> str:
        return self.name


class UnitIdentifier(PublicModel):
    """A number (or, where a file has none, a name) by which a unit is known, from and to a school year."""

    classification: ClassVar[dict[str, Class]] = {
        "unit": Class.PUBLIC,
        "kind": Class.PUBLIC,
        "value": Class.PUBLIC,
        "valid_from": Class.PUBLIC,
        "valid_to": Class.PUBLIC,
    }

    class Kind(models.TextChoices):
        """What the value is."""

        ORGANISATION = "orgnr"
        MUNICIPALITY = "kommunenr"
        COUNTY = "fylkenr"
        NATION = "land"
        NAME = "name"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=200)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["kind", "value"], name="one_unit_per_identifier"),
        ]


class UnitRelation(PublicModel):
    """What became of a unit: renumbered (one series goes on), merged or split (it does not)."""

    classification: ClassVar[dict[str, Class]] = {
        "before": Class.PUBLIC,
        "after": Class.PUBLIC,
        "kind": Class.PUBLIC,
        "on": Class.PUBLIC,
        "source": Class.PUBLIC,
    }

    class Kind(models.TextChoices):
        """How the two belong together."""

        RENUMBERED = "renumbered"
        MERGED = "merged"
        SPLIT = "split"

    before = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="became")
    after = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="came_from")
    kind = models.CharField(max_length=12, choices=Kind)
    on = models.DateField()
    source = models.CharField(max_length=200, blank=True)


class Owner(TenantModel):
    """The school owner as people know it; one per tenant."""

    classification: ClassVar[dict[str, Class]] = {"unit": Class.PUBLIC, "written_form": Class.PUBLIC}

    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    written_form = models.CharField(max_length=2, choices=[("nb", "bokmål"), ("nn", "nynorsk")], default="nb")


class School(TenantModel):
    """A school of the owner; the register's unit is where its published figures hang."""

    classification: ClassVar[dict[str, Class]] = {
        "unit": Class.PUBLIC,
        "name": Class.PUBLIC,
        "sort_key": Class.PUBLIC,
        "first_grade": Class.PUBLIC,
        "last_grade": Class.PUBLIC,
        "written_form": Class.PUBLIC,
        "in_project": Class.INTERNAL,
        "active": Class.INTERNAL,
        "opens": Class.PUBLIC,
        "closes": Class.PUBLIC,
        "phone": Class.PUBLIC,
    }

    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=220)
    first_grade = models.PositiveSmallIntegerField(default=1)
    last_grade = models.PositiveSmallIntegerField(default=10)
    written_form = models.CharField(max_length=2, choices=[("nb", "bokmål"), ("nn", "nynorsk")], default="nb")
    in_project = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    opens = models.TimeField(default=time(8, 0))
    closes = models.TimeField(default=time(15, 30))
    phone = models.CharField(max_length=20, blank=True, default="", db_default="")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="school_hours_in_order"),
            models.CheckConstraint(condition=Q(first_grade__lte=F("last_grade")), name="school_grades_in_order"),
            models.UniqueConstraint(fields=["tenant", "unit"], name="one_school_per_unit"),
        ]

    def __str__(self) -> str:
        return self.name


class SchoolYear(TenantModel):
    """A school year of the owner: ``start`` 2026 is 2026-27."""

    classification: ClassVar[dict[str, Class]] = {
        "start": Class.INTERNAL,
        "first_day": Class.INTERNAL,
        "last_day": Class.INTERNAL,
    }

    start = models.PositiveSmallIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["tenant", "start"], name="one_year_per_start"),
            models.CheckConstraint(condition=Q(first_day__lt=F("last_day")), name="year_days_in_order"),
        ]

    @property
    def name(self) -> str:
        """2026-27."""
        return f"{self.start}-{(self.start + 1) % 100:02}"


class Person(TenantModel):
    """Somebody at an owner. The account is what signs in, and may be missing.

    The restriction fields stand here from the start: who may act for a child, and whose address nobody may see.
    """

    classification: ClassVar[dict[str, Class]] = {
        "account": Class.PERSONAL,
        "name": Class.PERSONAL,
        "sort_key": Class.PERSONAL,
        "search_key": Class.PERSONAL,
        "title": Class.PERSONAL,
        "phone": Class.PERSONAL,
        "address_protection": Class.PERSONAL,
        "contact_ban": Class.PERSONAL,
        "trained_on": Class.INTERNAL,
        "active": Class.INTERNAL,
    }

    class Protection(models.TextChoices):
        """Protected address, folkeregisterloven § 10-4: fortrolig, strengt fortrolig."""

        NONE = "none", _("none")
        CONFIDENTIAL = "confidential", _("confidential address")
        STRICT = "strict", _("strictly confidential address")

    account = models.ForeignKey("kernel.Account", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=220)
    search_key = models.CharField(max_length=220, db_index=True)
    title = models.CharField(max_length=100, blank=True, default="")
    # The number at work, which families are given; where there is none, the school's.
    phone = models.CharField(max_length=20, blank=True, default="", db_default="")
    address_protection = models.CharField(max_length=12, choices=Protection, default=Protection.NONE)
    contact_ban = models.BooleanField(default=False)
    # Trained in privacy and security: before anybody sees a case (opplæringsforskrifta § 20-2).
    trained_on = models.DateField(null=True)
    active = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["tenant", "account"], name="one_person_per_account_and_owner"),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a person is, somewhere, for a time."""

    LEADER = "leader", _("leader")
    EMPLOYEE = "employee", _("employee")
    GROUP = "group", _("working group member")
    PPT = "ppt", _("PPT adviser")
    STEERING = "steering", _("steering group member")
    ADVISER = "adviser", _("the municipality's adviser")
    HANDLER = "handler", _("the municipality's case handler")
    GUIDE = "guide", _("guide")
    ADMIN = "admin", _("administrator")
    PRIVACY = "privacy", _("privacy officer")


class Assignment(TenantModel):
    """A role at a school (or for all the owner's schools, when no school is named) from a day to a day."""

    classification: ClassVar[dict[str, Class]] = {
        "person": Class.PERSONAL,
        "role": Class.PERSONAL,
        "school": Class.PERSONAL,
        "valid_from": Class.PERSONAL,
        "valid_to": Class.PERSONAL,
    }

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=12, choices=Role)
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="assignments")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="assignment_days_in_order"
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["person", "valid_from"], name="assignment_person")]


class SchoolBreak(TenantModel):
    """Days without school, both included: at one school, or at all of the owner's when none is named."""

    classification: ClassVar[dict[str, Class]] = {
        "school": Class.INTERNAL,
        "name": Class.INTERNAL,
        "first_day": Class.INTERNAL,
        "last_day": Class.INTERNAL,
    }

    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="breaks")
    name = models.CharField(max_length=100)
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="break_days_in_order"),
        ]


class StandIn(TenantModel):
    """Somebody who leads a school while its leader is away: for these days with the same rights.

    ``substitute`` None: the leader is away, and nobody leads in the place. ``reads_in_breaks``: what comes in is read also on
    working days within a break.
    """

    classification: ClassVar[dict[str, Class]] = {
        "school": Class.INTERNAL,
        "leader": Class.PERSONAL,
        "substitute": Class.PERSONAL,
        "valid_from": Class.PERSONAL,
        "valid_to": Class.PERSONAL,
        "reads_in_breaks": Class.INTERNAL,
    }

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="stand_ins")
    leader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    substitute = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField()
    reads_in_breaks = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(valid_from__lte=F("valid_to")), name="stand_in_days_in_order"),
            models.CheckConstraint(condition=~Q(leader=F("substitute")), name="nobody_stands_in_for_oneself"),
        ]


class SchoolClass(TenantModel):
    """A class of a school year (opplæringslova § 14-2), with its contact teacher."""

    classification: ClassVar[dict[str, Class]] = {
        "school": Class.INTERNAL,
        "year": Class.INTERNAL,
        "name": Class.INTERNAL,
        "contact_teacher": Class.PERSONAL,
    }

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="classes")
    year = models.ForeignKey(SchoolYear, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=20)
    contact_teacher = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["school", "year", "name"], name="one_class_per_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Pupil(RevisedModel):
    """A person as a pupil of a class. The person's name and address protection count as parts of its versions."""

    kept = ("school_class", "born", "active")

    classification: ClassVar[dict[str, Class]] = {
        "person": Class.PERSONAL,
        "school_class": Class.PERSONAL,
        "born": Class.PERSONAL,
        "active": Class.INTERNAL,
    }

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="pupil")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="pupils")
    born = models.DateField(null=True)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.person.name


class Guardianship(RevisedModel):
    """Who is there for a pupil, and what each may: the law's rights follow parental responsibility, not the kinship.

    ``contact_ban``: may have no contact with this pupil, and gets nothing. The guardian's own ``Person.contact_ban`` counts too.
    """

    kept = ("kind", "parental_responsibility", "contact_ban", "lives_with", "valid_from", "valid_to")

    classification: ClassVar[dict[str, Class]] = {
        "pupil": Class.PERSONAL,
        "guardian": Class.PERSONAL,
        "kind": Class.PERSONAL,
        "parental_responsibility": Class.PERSONAL,
        "contact_ban": Class.PERSONAL,
        "lives_with": Class.PERSONAL,
        "valid_from": Class.PERSONAL,
        "valid_to": Class.PERSONAL,
    }

    class Kind(models.TextChoices):
        """What somebody is to the pupil."""

        PARENT = "parent", _("parent")
        GUARDIAN = "guardian", _("appointed guardian")
        FOSTER = "foster", _("foster parent")
        CHILD_WELFARE = "child_welfare", _("child welfare service")
        OTHER = "other", _("somebody else the school should know of")

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="guardianships")
    guardian = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="guardian_of")
    kind = models.CharField(max_length=14, choices=Kind)
    parental_responsibility = models.BooleanField()
    contact_ban = models.BooleanField(default=False)
    lives_with = models.BooleanField(default=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="guardian_days_in_order"),
            models.CheckConstraint(
                condition=~Q(kind="child_welfare") | Q(lives_with=False), name="nobody_lives_with_the_child_welfare"
            ),
        ]
