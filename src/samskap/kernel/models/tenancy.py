"""Who owns the schools, and who signs in."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from samskap.kernel.classification import Class
from samskap.kernel.models.base import HashField


class Tenant(models.Model):
    """A school owner: a municipality, a county or a private school's board."""

    classification: ClassVar[dict[str, Class]] = {
        "id": Class.INTERNAL,
        "name": Class.PUBLIC,
        "is_demo": Class.INTERNAL,
        "created_at": Class.INTERNAL,
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by user name."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """That which signs in. It is no person: a person belongs to an owner, and one account may have several."""

    classification: ClassVar[dict[str, Class]] = {
        "id": Class.INTERNAL,
        "username": Class.PERSONAL,
        "password": Class.SECRET,
        "email": Class.PERSONAL,
        "language": Class.INTERNAL,
        "is_active": Class.INTERNAL,
        "last_login": Class.PERSONAL,
        "created_at": Class.INTERNAL,
        "strong_after": Class.INTERNAL,
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=150, unique=True)
    password = HashField(max_length=256)
    email = models.EmailField(blank=True, default="")
    language = models.CharField(max_length=8, blank=True, default="")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    # A second factor was taken away then: what sessions had shown before counts no more.
    strong_after = models.DateTimeField(null=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.username
