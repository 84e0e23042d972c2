"""The named people and schools of the demonstration, ready in every test's database."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from samskap.kernel import clock, scope, strength
from samskap.kernel.models import Account, Tenant
from samskap.kernel.policy import Actor
from samskap.people.models import Person, School
from samskap.people.queries import actor_of
from samskap.site.demo import cast, owners


@dataclass(frozen=True)
class World:
    """Finds the cast. Every row is read anew, so that a test's own changes are seen."""

    owners: dict[str, UUID]

    @property
    def tenant_id(self) -> UUID:
        """The owner of most stories."""
        return self.owners[cast.OWNER]

    def person(self, key: str) -> Person:
        """A person of the cast."""
        with scope.outside_scope(reason="tests"):
            return Person.objects.select_related("account", "tenant").get(account__username=key)

    def actor(self, key: str) -> Actor:
        """A person of the cast as an actor, with the roles of today."""
        person = self.person(key)
        assert person.account_id is not None
        return actor_of(person.account_id, person.tenant_id)

    def school(self, key: str) -> School:
        """A school of the cast."""
        with scope.outside_scope(reason="tests"):
            return School.objects.select_related("unit").get(name=cast.school(key).name)

    def client(self, key: str | None, *, strong: bool = True) -> Client:
        """A browser without JavaScript in which the person is signed in (and has shown a second factor); nobody for None."""
        client = Client()
        if key is not None:
            person = self.person(key)
            assert person.account is not None
            client.cookies[settings.SESSION_COOKIE_NAME] = _session_of(person.account, strong=strong)
        return client


def _session_of(account: Account, *, strong: bool) -> str:
    """The key of a session as a sign-in leaves it. Written at once: ``force_login`` asks the database five times as often."""
    session = SessionStore()
    session.update({SESSION_KEY: str(account.pk), HASH_SESSION_KEY: account.get_session_auth_hash()})
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    if strong:
        session[strength.KEY] = clock.now().isoformat()
    session.create()
    return str(session.session_key)


def build() -> World:
    """Make the cast in an empty database."""
    return World({name: tenant.pk for name, tenant in owners.open_all().items()})


def found() -> World:
    """The cast in a database that holds it."""
    return World({tenant.name: tenant.pk for tenant in Tenant.objects.all()})
