"""How sensitive each stored field is. A model that does not say so fails the system check.

PUBLIC may be published. INTERNAL belongs to the school owner. PERSONAL is about a person. SPECIAL is what GDPR article 9
or a child's protection covers. SECRET are keys and tokens. SPECIAL and SECRET may not lie in plain columns: they need a
field class marked ``sealed = True`` (encrypted or hashed).
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import models


class Class(StrEnum):
    """Sensitivity of one field."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SPECIAL = "special"
    SECRET = "secret"  # noqa: S105  (a word, not a secret)


SEALED_ONLY = frozenset({Class.SPECIAL, Class.SECRET})

# Tables of Django itself and of libraries: (app label, model) -> field classes.
THIRD_PARTY: dict[tuple[str, str], Mapping[str, Class]] = {
    ("sessions", "session"): {
        "session_key": Class.SECRET,
        "session_data": Class.SECRET,
        "expire_date": Class.INTERNAL,
    },
    ("contenttypes", "contenttype"): {"id": Class.PUBLIC, "app_label": Class.PUBLIC, "model": Class.PUBLIC},
    # Django's own permissions come with its login; they are not used, and stay empty of people.
    ("auth", "permission"): dict.fromkeys(("id", "name", "content_type", "codename"), Class.PUBLIC),
    ("auth", "group"): dict.fromkeys(("id", "name", "permissions"), Class.PUBLIC),
    ("auth", "group_permissions"): dict.fromkeys(("id", "group", "permission"), Class.PUBLIC),
}
# The session's key and signed data lie as the library wrote them; they hold ids only, and are named exceptions here.
PLAIN_EXCEPTIONS = frozenset({("sessions", "session")})


def classes_of(model: type[models.Model]) -> Mapping[str, Class]:
    """Field name -> class, as the model or the table above declares it. KeyError when nothing is declared."""
    key = (model._meta.app_label, model._meta.model_name or "")
    if key in THIRD_PARTY:
        return THIRD_PARTY[key]
    return collected(model)


def collected(model: type[models.Model]) -> Mapping[str, Class]:
    """The ``classification`` of a model merged over its bases, nearest first."""
    merged: dict[str, Class] = {}
    for base in reversed(model.__mro__):
        merged.update(base.__dict__.get("classification", {}))
    return merged


def problems_of(model: type[models.Model]) -> Iterator[str]:
    """What is wrong with a model's classification, in words."""
    declared = classes_of(model)
    names = {field.name for field in model._meta.local_fields + model._meta.local_many_to_many}
    for name in sorted(names - declared.keys()):
        yield f"field {name!r} is not classified"
    for name in sorted(declared.keys() - names):
        yield f"{name!r} is classified but is no field"
    yield from _plain_problems(model, declared)


def _plain_problems(model: type[models.Model], declared: Mapping[str, Class]) -> Iterator[str]:
    if (model._meta.app_label, model._meta.model_name or "") in PLAIN_EXCEPTIONS:
        return
    for field in model._meta.local_fields:
        if declared.get(field.name) in SEALED_ONLY and not getattr(field, "sealed", False):
            yield f"field {field.name!r} is {declared[field.name]} and lies in a plain column"


@checks.register(checks.Tags.models)
def check_classification(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """System check samskap.E001: every field of every table is classified, and what is sensitive is sealed."""
    return [
        checks.Error(f"{model._meta.label}: {text}", obj=model, id="samskap.E001")
        for model in apps.get_models(include_auto_created=True)
        for text in problems_of(model)
    ]
