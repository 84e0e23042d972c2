"""Voice as a Django app."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """Declares who may do what, and the messages that voice sends."""

    name = "samskap.voice"
    label = "voice"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samskap.voice import letters, policy  # noqa: F401  (they register themselves)
