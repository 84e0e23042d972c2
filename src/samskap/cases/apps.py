"""Cases as a Django app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Follow-up of pupils who are not safe."""

    name = "samskap.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samskap.cases import listening, policy  # noqa: F401  (declare the rules, and listen to what senders write)
