"""The WSGI application that a server loads: `rapport.web.wsgi:application`."""

import gc
import os
import signal

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapport.web.settings")

from django.core.wsgi import get_wsgi_application

from rapport.web.render import environment
from rapport.web.site import site

application = get_wsgi_application()
# Ctrl+C reaches every process of a terminal. The workers leave it to the server, which then tells
# them to stop: a worker that is told twice hangs until it is killed.
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
site()  # opened here, so that the first reader does not wait for it
environment()
# What is loaded by now lives as long as the process: the collector need not look at it again.
gc.collect()
gc.freeze()
gc.enable()
