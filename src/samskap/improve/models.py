"""The plan and its parts. What people write has versions; statuses and evaluations are said once and stand."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _said
from django.utils.translation import gettext_lazy as _

from samskap.kernel.classification import Class
from samskap.kernel.history import RevisedModel
from samskap.kernel.models import TenantModel


class Plan(RevisedModel):
    """A school's development plan ("utviklingsplan") for a period of one or two school years; one per school and start."""

    classification: ClassVar[dict[str, Class]] = dict.fromkeys(
        ("school", "first_year", "last_year", "direction", "continues", "created_at", "shared_at", "closed_at"), Class.INTERNAL
    )
    kept: ClassVar[tuple[str, ...]] = ("direction",)

    school = models.ForeignKey("people.School", on_delete=models.PROTECT, related_name="+")
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    direction = models.TextField(blank=True, default="")
    continues = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="continued_by")
    created_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["school", "first_year"], name="one_plan_per_school_and_start"),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")) & Q(last_year__lte=F("first_year") + 1),
                name="plan_of_one_or_two_years",
            ),
        ]

    @property
    def period(self) -> str:
        """ "2026-27", or "2025-27" for two school years."""
        return f"{self.first_year}-{(self.last_year + 1) % 100:02}"


class Note(RevisedModel):
    """Something said about where the school is. Strengths are what the school builds on."""

    class Kind(models.TextChoices):
        """Whose voice, or what it says."""

        STRENGTH = "strength", _("What is good, and what we build on")
        CONCERN = "concern", _("What worries us")
        STAFF = "staff", _("What the staff say")
        PUPILS = "pupils", _("What the pupils say")
        GUARDIANS = "guardians", _("What the guardians say")

    classification: ClassVar[dict[str, Class]] = dict.fromkeys(
        ("plan", "kind", "text", "indicator", "created_at", "removed_at"), Class.INTERNAL
    )
    kept: ClassVar[tuple[str, ...]] = ("kind", "text", "indicator", "removed_at")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField()
    indicator = models.CharField(max_length=160, blank=True, default="")
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)


class Goal(RevisedModel):
    """Where the school wants to be: tied to a published indicator (base and target), or to a sign that can be seen."""

    classification: ClassVar[dict[str, Class]] = dict.fromkeys(
        (
            "plan",
            "title",
            "why",
            "indicator",
            "base_year",
            "base_value",
            "base_low",
            "base_high",
            "target",
            "sign",
            "by_when",
            "continues",
            "created_at",
            "removed_at",
        ),
        Class.INTERNAL,
    )
    kept: ClassVar[tuple[str, ...]] = (
        "title",
        "why",
        "indicator",
        "base_year",
        "base_value",
        "target",
        "sign",
        "by_when",
        "removed_at",
    )

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals")
    title = models.CharField(max_length=200)
    why = models.TextField(blank=True, default="")
    indicator = models.CharField(max_length=160, blank=True, default="")
    base_year = models.PositiveSmallIntegerField(null=True)
    base_value = models.FloatField(null=True)
    base_low = models.FloatField(null=True)
    base_high = models.FloatField(null=True)
    target = models.FloatField(null=True)
    sign = models.TextField(blank=True, default="")
    by_when = models.DateField()
    continues = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="continued_by")
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(indicator="", sign=""), name="goal_can_be_seen"),
            models.CheckConstraint(
                condition=Q(base_value=None, base_year=None) | Q(base_value__isnull=False, base_year__isnull=False),
                name="goal_base_has_its_year",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def base_label(self) -> str:
        """The school year that the goal starts from: "2025-26"."""
        return "" if self.base_year is None else f"{self.base_year}-{(self.base_year + 1) % 100:02}"


class Measure(RevisedModel):
    """What is done. Planned is not started, and started is not carried out; dates say when each came true."""

    class State(models.TextChoices):
        """How far it has come."""

        PLANNED = "planned", _("Planned")
        STARTED = "started", _("In progress")
        DONE = "done", _("Carried out")
        STOPPED = "stopped", _("Stopped")

    classification: ClassVar[dict[str, Class]] = {
        **dict.fromkeys(
            ("goal", "what", "for_whom", "expected", "starts", "ends", "state", "started_on", "ended_on", "created_at"),
            Class.INTERNAL,
        ),
        "responsible": Class.PERSONAL,
    }
    kept: ClassVar[tuple[str, ...]] = ("what", "responsible", "for_whom", "expected", "starts", "ends", "state")

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="measures")
    what = models.CharField(max_length=300)
    responsible = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    for_whom = models.CharField(max_length=200)
    expected = models.TextField()
    starts = models.DateField()
    ends = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="measure_dates_in_order"),
            models.CheckConstraint(
                condition=Q(state="planned", started_on=None) | ~Q(state="planned"), name="planned_is_not_started"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("done", "stopped"), ended_on__isnull=False)
                | (~Q(state__in=("done", "stopped")) & Q(ended_on=None)),
                name="what_has_ended_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class Status(TenantModel):
    """A short status of a measure: how it goes, whether it is done as planned, and a line if there is something to say."""

    class Going(models.TextChoices):
        """How it goes."""

        ON_WAY = "on_way", _("On the way")
        SLOW = "slow", _("Slower than we thought")
        STUCK = "stuck", _("Stuck")

    class AsPlanned(models.TextChoices):
        """Is it done as planned?"""

        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    classification: ClassVar[dict[str, Class]] = {
        **dict.fromkeys(
            (
                "measure",
                "given_on",
                "going",
                "as_planned",
                "line",
                "recorded_at",
            ),
            Class.INTERNAL,
        ),
        "person": Class.PERSONAL,
    }

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="statuses")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField()
    going = models.CharField(max_length=10, choices=Going)
    as_planned = models.CharField(max_length=10, choices=AsPlanned)
    line = models.CharField(max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField()


class Evaluation(TenantModel):
    """What came of a goal: the figures as they stood with their uncertainty, what people say, and what is decided, and why.

    ``evidence`` is frozen: a list of {year, label, status, value, low, high, n} with the indicator's name and the honest
    sentence about the change. Nothing is reached without an evaluation.
    """

    class Outcome(models.TextChoices):
        """What the school itself concludes."""

        REACHED = "reached", _("Reached")
        PARTLY = "partly", _("Partly reached")
        NOT_REACHED = "not_reached", _("Not reached")
        CANNOT_TELL = "cannot_tell", _("We cannot tell yet")

    class Decision(models.TextChoices):
        """What happens now."""

        CONTINUE = "continue", _("Continue")
        ADJUST = "adjust", _("Adjust")
        STOP = "stop", _("Stop")

    classification: ClassVar[dict[str, Class]] = {
        **dict.fromkeys(
            (
                "goal", "held_on", "evidence", "pupils", "guardians", "staff", "outcome", "decision", "why",
                "recorded_at",
            ),
            Class.INTERNAL,
        ),
        "person": Class.PERSONAL,
    }  # fmt: skip

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="evaluations")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    evidence = models.JSONField(default=dict)
    pupils = models.TextField(blank=True, default="")
    guardians = models.TextField(blank=True, default="")
    staff = models.TextField(blank=True, default="")
    outcome = models.CharField(max_length=12, choices=Outcome)
    decision = models.CharField(max_length=10, choices=Decision)
    why = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(why=""), name="evaluation_says_why"),
        ]

    @property
    def told_decision(self) -> str:
        """What was decided, as a sentence of those who decided it."""
        return {"continue": _said("We continue"), "adjust": _said("We adjust"), "stop": _said("We stop")}[self.decision]


class Involvement(TenantModel):
    """Who took part in a goal, how, when, and what it changed."""

    class Group(models.TextChoices):
        """Those who are to be heard, and others."""

        PUPILS = "pupils", _("Pupils")
        GUARDIANS = "guardians", _("Guardians")
        STAFF = "staff", _("All staff")
        OTHERS = "others", _("Others")

    classification: ClassVar[dict[str, Class]] = {
        **dict.fromkeys(
            (
                "goal",
                "group",
                "how",
                "held_on",
                "changed",
                "recorded_at",
            ),
            Class.INTERNAL,
        ),
        "person": Class.PERSONAL,
    }

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="involvement")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=10, choices=Group)
    how = models.CharField(max_length=300)
    held_on = models.DateField()
    changed = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField()
