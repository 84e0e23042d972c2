"""The two kinds of tables: what belongs to one school owner, and what is public and stored once for all."""

import uuid
from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from samskap.kernel import scope
from samskap.kernel.classification import Class
from samskap.kernel.doors import GuardedModel, GuardedQuerySet

M = TypeVar("M", bound=models.Model)


class TenantManager(models.Manager[M]):
    """Rows of the owner in scope. Raises ScopeMissing where no scope was opened."""

    def get_queryset(self) -> GuardedQuerySet[M]:
        tenant_id = scope.active_tenant_id()
        rows: GuardedQuerySet[M] = GuardedQuerySet(self.model, using=self._db)
        return rows if tenant_id is None else rows.filter(tenant_id=tenant_id)


class TenantModel(GuardedModel):
    """One owner's row. Its id is random, so that it tells nothing about when it was made, and known before the insert."""

    classification: ClassVar[dict[str, Class]] = {"id": Class.INTERNAL, "tenant": Class.INTERNAL}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey("kernel.Tenant", on_delete=models.PROTECT, related_name="+", editable=False)

    objects: ClassVar[TenantManager[Self]] = TenantManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save into the scope. Raises ScopeMissing without one, ValueError for another owner's row."""
        self.belong_to_scope()
        super().save(*args, **kwargs)

    def belong_to_scope(self) -> None:
        """Take the scope's owner for one's own. Raises ScopeMissing without one, ValueError for another owner's row."""
        tenant_id = scope.active_tenant_id()
        if self.tenant_id is None:
            self.tenant_id = scope.current_tenant_id()
        elif tenant_id is not None and self.tenant_id != tenant_id:
            raise ValueError(f"{type(self).__name__} belongs to another owner than the one in scope")


class PublicModel(models.Model):
    """Public facts, the same for every owner: units and published statistics."""

    classification: ClassVar[dict[str, Class]] = {"id": Class.PUBLIC}

    class Meta:
        abstract = True


class HashField(models.CharField):  # type: ignore[type-arg]  # the stubs' CharField is generic, Django's is not
    """A keyed or slow hash in hex or Django's own notation; what was hashed cannot be read back."""

    sealed = True

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "samskap.kernel.models.base.HashField", args, kwargs


class SealedField(models.BinaryField):  # type: ignore[type-arg]  # the stubs' BinaryField is generic, Django's is not
    """Bytes that were sealed or encrypted before they came here (``kernel.sealing``); the database cannot read them."""

    sealed = True

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "samskap.kernel.models.base.SealedField", args, kwargs
