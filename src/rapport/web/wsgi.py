"""The WSGI application that a server loads: `rapport.web.wsgi:application`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapport.web.settings")

from django.core.wsgi import get_wsgi_application

from rapport.web.site import site

application = get_wsgi_application()
site()  # opened here, so that the first reader does not wait for it
