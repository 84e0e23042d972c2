"""Work that is done later, and doors that open once."""

import uuid
from typing import Any, ClassVar

from django.db import models

from samskap.kernel.classification import Class
from samskap.kernel.models.base import HashField


class JobState(models.TextChoices):
    """Where a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(models.Model):
    """A piece of work for the worker. Arguments are ids, never text."""

    classification: ClassVar[dict[str, Class]] = dict.fromkeys(
        (
            "id",
            "tenant_id",
            "kind",
            "args",
            "state",
            "run_at",
            "attempts",
            "lease_until",
            "worker",
            "done",
            "total",
            "cancel_requested",
            "error",
            "created_at",
            "finished_at",
            "account_id",
        ),
        Class.INTERNAL,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant_id = models.UUIDField(null=True)
    account_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=80)
    args = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=JobState, default=JobState.WAITING)
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=64, blank=True, default="")
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    error = models.CharField(max_length=200, blank=True, default="")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["state", "run_at"], name="job_due")]


class OutboxMessage(models.Model):
    """A message to send: to whom and which kind, without any personal content. The text is made when it is sent."""

    classification: ClassVar[dict[str, Class]] = dict.fromkeys(
        ("id", "tenant_id", "account_id", "kind", "created_at", "send_at", "sent_at", "attempts", "error"), Class.INTERNAL
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant_id = models.UUIDField(null=True)
    account_id = models.UUIDField()
    kind = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    send_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["sent_at", "send_at"], name="outbox_due")]


class FormToken(models.Model):
    """A form that has been carried out, so that a double click does it once; ``outcome`` is where to go again."""

    classification: ClassVar[dict[str, Class]] = {
        "token": Class.INTERNAL,
        "account_id": Class.INTERNAL,
        "content": Class.INTERNAL,
        "outcome": Class.INTERNAL,
        "used_at": Class.INTERNAL,
    }

    token = models.UUIDField(primary_key=True)
    account_id = models.UUIDField(null=True)
    content = HashField(max_length=64, blank=True, default="")
    outcome = models.CharField(max_length=300, blank=True, default="")
    used_at = models.DateTimeField()


class Invitation(models.Model):
    """A link that works once. Only its keyed hash is stored. Purposes: set-up, account, new password."""

    classification: ClassVar[dict[str, Class]] = {
        "id": Class.INTERNAL,
        "tenant_id": Class.INTERNAL,
        "person_id": Class.PERSONAL,
        "purpose": Class.INTERNAL,
        "token_hash": Class.SECRET,
        "created_at": Class.INTERNAL,
        "expires_at": Class.INTERNAL,
        "used_at": Class.INTERNAL,
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=20)
    token_hash = HashField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class RateBucket(models.Model):
    """How many tokens are left for a keyed hash of what is limited. No address and no name is stored."""

    classification: ClassVar[dict[str, Class]] = {
        "key": Class.SECRET,
        "tokens": Class.INTERNAL,
        "updated_at": Class.INTERNAL,
    }

    key = HashField(max_length=64, primary_key=True)
    tokens = models.FloatField()
    updated_at = models.DateTimeField()


class ImportRun(models.Model):
    """One import of files, from the upload to what it changed."""

    classification: ClassVar[dict[str, Class]] = dict.fromkeys(
        (
            "id",
            "tenant_id",
            "account_id",
            "kind",
            "state",
            "created_at",
            "finished_at",
            "summary",
            "job_id",
        ),
        Class.INTERNAL,
    )

    class State(models.TextChoices):
        """Where an import is."""

        READING = "reading"
        READY = "ready"
        APPLYING = "applying"
        APPLIED = "applied"
        DROPPED = "dropped"
        FAILED = "failed"
        CANCELLED = "cancelled"
        UNDONE = "undone"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant_id = models.UUIDField(null=True)
    account_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=State, default=State.READING)
    job_id = models.UUIDField(null=True)
    summary = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)


class ImportFile(models.Model):
    """An uploaded file, kept only until the import is applied or dropped."""

    classification: ClassVar[dict[str, Class]] = dict.fromkeys(
        (
            "id",
            "run",
            "name",
            "size",
            "sha256",
        ),
        Class.INTERNAL,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)


class ImportChunk(models.Model):
    """A piece of an uploaded file, so that a large one is never in memory at once and any worker can read it."""

    classification: ClassVar[dict[str, Class]] = {
        "id": Class.INTERNAL,
        "file": Class.INTERNAL,
        "number": Class.INTERNAL,
        "data": Class.INTERNAL,
    }

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(ImportFile, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["file", "number"], name="one_chunk_per_number")]
