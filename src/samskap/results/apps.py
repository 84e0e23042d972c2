"""Results as a Django app."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """Published statistics: import, store, pages."""

    name = "samskap.results"
    label = "results"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samskap.results import policy  # noqa: F401  (declares the rules)
        from samskap.results.importing import importer  # noqa: F401  (declares the jobs)
