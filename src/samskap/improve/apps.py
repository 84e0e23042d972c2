"""Improve as a Django app."""

from django.apps import AppConfig


class ImproveConfig(AppConfig):
    """The school's development plan."""

    name = "samskap.improve"
    label = "improve"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samskap.improve import policy  # noqa: F401  (declares the rules)
