"""The WSGI application, neutral of the server that runs it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samskap.site.settings")
application = get_wsgi_application()
