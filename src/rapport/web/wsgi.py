"""The WSGI application that a server loads: `rapport.web.wsgi:application`."""

import gc
import os
import signal

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapport.web.settings")

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.utils.log import configure_logging

from rapport.web.render import environment
from rapport.web.site import site

# Not `get_wsgi_application`: it would load the applications of the store, which the first page
# that needs them does.
configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
application = WSGIHandler()
# Ctrl+C reaches every process of a terminal. The workers leave it to the server, which then tells
# them to stop: a worker that is told twice hangs until it is killed.
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
site()  # opened here, so that the first reader does not wait for it
environment()
# What is loaded by now lives as long as the process: the collector need not look at it again.
gc.collect()
gc.freeze()
gc.enable()
