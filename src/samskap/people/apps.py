"""People as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Tells the kernel how an account becomes an actor."""

    name = "samskap.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samskap.kernel.policy import provide_grants
        from samskap.people import policy  # noqa: F401  (declares the rules)
        from samskap.people.queries import actor_of

        provide_grants(actor_of)
