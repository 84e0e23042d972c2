"""The site as a Django app: templates and commands, no tables."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The top floor."""

    name = "samskap.site"
    label = "site"

    def ready(self) -> None:
        from samskap.site import digest  # noqa: F401  (registers its job and its letter)
