"""The kernel as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class KernelConfig(AppConfig):
    """Registers the checks and lets the database's guards be laid anew after every migrate."""

    name = "samskap.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samskap.kernel import access, classification, guards  # noqa: F401  (registers the system checks)

        pre_migrate.connect(guards.make_way, dispatch_uid="samskap.guards.make_way")
        post_migrate.connect(guards.install, dispatch_uid="samskap.guards")
