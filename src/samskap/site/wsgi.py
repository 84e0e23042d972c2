"""The WSGI application, neutral of the server that runs it."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samskap.site.settings")
application = get_wsgi_application()
# What is loaded once stays: the garbage collector need not look through it at every page.
gc.collect()
gc.freeze()
