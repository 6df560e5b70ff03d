"""Django's settings for the site: no database, no sessions, no third parties, never debug.

What differs from start to start comes from the environment, which `rapport serve` sets:
`RAPPORT_RELEASE` (the folder of the release), `RAPPORT_HOSTS` (names the server answers to,
divided by commas) and `RAPPORT_EVALUATIONS` (files, divided as in PATH; may be empty).
"""

import os
import secrets

RAPPORT_RELEASE = os.environ.get("RAPPORT_RELEASE", "")
RAPPORT_EVALUATIONS = os.environ.get("RAPPORT_EVALUATIONS", "")

DEBUG = False
# Nothing is signed in this part, so a key that lives as long as the process is the safest.
SECRET_KEY = secrets.token_urlsafe(48)
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *filter(None, os.environ.get("RAPPORT_HOSTS", "").split(",")),
]

ROOT_URLCONF = "rapport.web.urls"
MIDDLEWARE = ["rapport.web.middleware.Calm"]
INSTALLED_APPS: list[str] = []
DATABASES: dict[str, dict[str, str]] = {}
TEMPLATES: list[dict[str, str]] = []
APPEND_SLASH = False
USE_I18N = False
USE_TZ = True
LANGUAGE_CODE = "en-gb"

# The only form that is posted holds two short fields.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16_384
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20
DATA_UPLOAD_MAX_NUMBER_FILES = 0

# Only faults of the program are logged; what people look for never is.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {
        "stderr": {"class": "logging.StreamHandler"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["nowhere"], "propagate": False},
    },
}
