"""The site as a Django app: templates and commands, no tables."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The top floor."""

    name = "samskap.site"
    label = "site"
