"""What an account shows besides its password."""

import uuid
from typing import Any, ClassVar

from django.db import models

from samskap.kernel.classification import Class
from samskap.kernel.doors import GuardedModel, GuardedQuerySet
from samskap.kernel.models.base import HashField, SealedField
from samskap.kernel.models.tenancy import Account


class SecondFactor(GuardedModel):
    """An authenticator app, a passkey, or one recovery code.

    ``secret`` is encrypted (``kernel.vault``): the app's secret, or the passkey's id and public key. ``lookup`` is a keyed hash:
    of a recovery code, or of a passkey's id, so that one passkey is kept once. ``counter`` only grows: the app's last used
    time step, or the passkey's own count. A recovery code with ``last_used_at`` is spent.
    """

    classification: ClassVar[dict[str, Class]] = {
        "id": Class.INTERNAL,
        "account": Class.PERSONAL,
        "kind": Class.INTERNAL,
        "name": Class.PERSONAL,
        "secret": Class.SECRET,
        "lookup": Class.SECRET,
        "counter": Class.INTERNAL,
        "created_at": Class.INTERNAL,
        "last_used_at": Class.PERSONAL,
    }

    class Kind(models.TextChoices):
        """What it is."""

        APP = "totp"
        PASSKEY = "passkey"
        RECOVERY = "recovery"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=60, blank=True, default="")
    secret = SealedField(null=True)
    lookup = HashField(max_length=64, null=True, unique=True)
    counter = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    objects = GuardedQuerySet["SecondFactor"].as_manager()

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["account", "kind"], name="factor_account")]
