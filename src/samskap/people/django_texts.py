"""Texts of Django's that its Norwegian catalogues lack. Named here, so that ours keep them; Django asks for them by itself."""

from django.utils.translation import gettext, ngettext


def password_texts(count: int) -> tuple[str, ...]:
    """What Django's password validators say."""
    return (
        ngettext(
            "This password is too short. It must contain at least %d character.",
            "This password is too short. It must contain at least %d characters.",
            count,
        )
        % count,
        gettext("This password is too common."),
        gettext("The password is too similar to the %(verbose_name)s."),
    )
