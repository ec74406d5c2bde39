"""Django as the front calls it."""

import os

from django.core.wsgi import get_wsgi_application

from hues.kit.later import importing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hues.config.settings")
with importing():
    application = get_wsgi_application()
