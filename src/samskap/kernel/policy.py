"""Who may do what to which rows. Default deny.

A rule is written once, as a query expression over the rows that an actor may touch with a verb; whether one object may be
touched is derived from it. Verbs without rows answer yes or no. Rooms declare rules in their ``policy.py``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404

from samskap.kernel import scope


@dataclass(frozen=True)
class Grant:
    """A role that holds today: at one school, or for all of the owner when ``school_id`` is None.

    ``instead_of``: held in the place of this person, who is away.
    """

    role: str
    school_id: UUID | None = None
    instead_of: UUID | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts now: an account, as one person at one owner, with the grants of today.

    ``strong``: this session has shown a second factor. No rule reads it; ``access(..., strong=True)`` asks for it.
    ``trained``: has been trained in privacy and security, without which nobody sees cases (opplæringsforskrifta § 20-2).
    """

    account_id: UUID | None = None
    person_id: UUID | None = None
    tenant_id: UUID | None = None
    name: str = ""
    grants: tuple[Grant, ...] = field(default=())
    language: str = ""
    strong: bool = False
    trained: bool = False

    @property
    def signed_in(self) -> bool:
        """True for an account, whether or not it has a person here."""
        return self.account_id is not None

    def holds(self, *roles: str) -> bool:
        """Has one of the roles, anywhere."""
        return any(grant.role in roles for grant in self.grants)

    def schools(self, *roles: str) -> frozenset[UUID]:
        """The schools at which one of the roles is held."""
        return frozenset(g.school_id for g in self.grants if g.role in roles and g.school_id is not None)

    def owner_wide(self, *roles: str) -> bool:
        """Holds one of the roles for all of the owner's schools."""
        return any(g.role in roles and g.school_id is None for g in self.grants)


ANONYMOUS = Actor()
NOTHING = Q(pk__in=())
SYSTEM = Actor(name="system")

RowRule = Callable[[Actor], Q]
YesNoRule = Callable[[Actor], bool]
R = TypeVar("R", bound=Callable[[Actor], Any])


class UnknownVerb(LookupError):
    """A verb without a rule: a fault in the program, never a yes."""


_rows: dict[str, tuple[type[Model], RowRule]] = {}
_yes_no: dict[str, YesNoRule] = {}


def rule(verb: str, model: type[Model] | None = None) -> Callable[[R], R]:
    """Declare who may use a verb: on which rows of a model, or (without a model) at all. Each verb has one rule."""

    def register(function: R) -> R:
        if verb in _rows or verb in _yes_no:
            raise ValueError(f"the verb {verb!r} has two rules")
        if model is None:
            _yes_no[verb] = function
        else:
            _rows[verb] = (model, function)
        return function

    return register


def known_verbs() -> frozenset[str]:
    """Every verb that a room has declared."""
    return frozenset(_rows) | frozenset(_yes_no)


def is_about_rows(verb: str) -> bool:
    """True when the verb's rule picks rows. Raises UnknownVerb."""
    if verb not in known_verbs():
        raise UnknownVerb(verb)
    return verb in _rows


def visible(verb: str, actor: Actor) -> QuerySet[Any]:
    """The rows that the actor may touch with the verb; none for one who has no owner. Raises UnknownVerb."""
    if verb not in _rows:
        raise UnknownVerb(verb)
    model, row_rule = _rows[verb]
    if actor.tenant_id is None:
        return model._base_manager.none()
    with scope.tenant_scope(actor.tenant_id):
        rows: QuerySet[Any] = model._default_manager.all()
        return rows.filter(row_rule(actor))


def may(verb: str, actor: Actor, obj: Model | None = None) -> bool:
    """May the actor use the verb (on this object)? For a verb about rows without an object: on any row at all."""
    if not is_about_rows(verb):
        return _yes_no[verb](actor)
    rows = visible(verb, actor)
    return rows.exists() if obj is None else rows.filter(pk=obj.pk).exists()


def fetch(verb: str, actor: Actor, pk: object) -> Any:
    """The object, if the actor may touch it with the verb. Otherwise Http404: that it exists is not told."""
    found = visible(verb, actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


class NotAllowed(PermissionDenied):
    """An action was called by one who may not do it: 403, also when the right was lost in the middle of a request."""


def require(verb: str, actor: Actor, obj: Model | None = None) -> None:
    """Raise NotAllowed unless the actor may. Actions call it first, whoever called them."""
    if actor is not SYSTEM and not may(verb, actor, obj):
        raise NotAllowed(verb)


GrantProvider = Callable[[UUID, UUID | None], Actor]
_provider: list[GrantProvider] = []


def provide_grants(provider: GrantProvider) -> None:
    """People says here how an account becomes an actor; the kernel knows no people."""
    _provider[:] = [provider]


def actor_for(account_id: UUID, tenant_id: UUID | None) -> Actor:
    """The account as an actor at the wanted owner (or its only one), with the grants that hold today."""
    return _provider[0](account_id, tenant_id) if _provider else Actor(account_id=account_id)
