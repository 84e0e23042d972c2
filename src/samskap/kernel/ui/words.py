"""Django's own messages in forms, said as one person says it to another.

The catalogue of this room stands above Django's, so a translation here is enough; the list keeps the sentences in it.
"""

from django.utils.translation import gettext_noop

KINDER = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a number."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
)
