"""What happened: the audit, its seals, and the earlier versions of what people wrote."""

from typing import Any, ClassVar

from django.db import models

from samskap.kernel.classification import Class
from samskap.kernel.doors import GuardedModel, GuardedQuerySet
from samskap.kernel.models.base import HashField, TenantModel


class AuditEntry(GuardedModel):
    """One thing done or read: ids and hashes, never text, and no foreign keys, so that it outlives what it tells of.

    The database refuses to change or delete a row (``kernel.guards``).
    """

    append_only = True
    classification: ClassVar[dict[str, Class]] = {
        "id": Class.INTERNAL,
        "tenant_id": Class.INTERNAL,
        "at": Class.INTERNAL,
        "account_id": Class.PERSONAL,
        "person_id": Class.PERSONAL,
        "verb": Class.INTERNAL,
        "object_type": Class.INTERNAL,
        "object_id": Class.INTERNAL,
        "detail": Class.INTERNAL,
    }

    id = models.BigAutoField(primary_key=True)
    tenant_id = models.UUIDField(null=True, db_index=True)
    at = models.DateTimeField()
    account_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=80)
    object_type = models.CharField(max_length=80, blank=True, default="")
    object_id = models.CharField(max_length=64, blank=True, default="")
    detail = models.JSONField(default=dict)

    objects = GuardedQuerySet["AuditEntry"].as_manager()

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["object_type", "object_id"], name="audit_object")]


class AuditSeal(GuardedModel):
    """A link of the owner's chain: the digest of the entry and of the seal before it. Added by a job, never changed."""

    append_only = True
    classification: ClassVar[dict[str, Class]] = {
        "entry_id": Class.INTERNAL,
        "chain": Class.INTERNAL,
        "number": Class.INTERNAL,
        "digest": Class.INTERNAL,
    }

    entry_id = models.BigIntegerField(primary_key=True)
    chain = models.CharField(max_length=36)
    number = models.BigIntegerField()
    digest = HashField(max_length=64)

    objects = GuardedQuerySet["AuditSeal"].as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["chain", "number"], name="one_seal_per_number")]


class Revision(TenantModel):
    """How an object read at one time. Immutable; the newest one is the present."""

    append_only = True
    classification: ClassVar[dict[str, Class]] = {
        "object_type": Class.INTERNAL,
        "object_id": Class.INTERNAL,
        "version": Class.INTERNAL,
        "data": Class.INTERNAL,
        "at": Class.INTERNAL,
        "person_id": Class.PERSONAL,
    }

    object_type = models.CharField(max_length=80)
    object_id = models.UUIDField()
    version = models.PositiveIntegerField()
    data = models.JSONField()
    at = models.DateTimeField()
    person_id = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["object_type", "object_id", "version"], name="one_revision_per_version")
        ]
