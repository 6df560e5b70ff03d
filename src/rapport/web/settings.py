"""Django's settings for the site: no third parties, never debug.

Without DATABASE_URL there is no database and there are no sessions: that is the public site.
With it, people with roles can sign in.

What differs from start to start comes from the environment, which `rapport serve` sets:
`RAPPORT_RELEASE` (the folder of the release), `RAPPORT_BEFORE` (that of an earlier one; may be
empty), `RAPPORT_COHORT` (that of a report; may be empty), `RAPPORT_HOSTS` (names the server answers to,
divided by commas), `RAPPORT_EVALUATIONS` (files, divided as in PATH; may be empty),
`RAPPORT_COUNTRY` (the country pack that says where help is: an id or a file; may be empty),
`DATABASE_URL` and `RAPPORT_SECRET_KEY` (see `rapport.store.home`), `RAPPORT_MAIL` and
`RAPPORT_MAIL_FROM` (see `rapport.web.mail`; without them no e-mail is ever sent).
"""

import os
import secrets

from rapport.store.home import database
from rapport.web.mail import mail_server

RAPPORT_RELEASE = os.environ.get("RAPPORT_RELEASE", "")
RAPPORT_BEFORE = os.environ.get("RAPPORT_BEFORE", "")
RAPPORT_COHORT = os.environ.get("RAPPORT_COHORT", "")
RAPPORT_EVALUATIONS = os.environ.get("RAPPORT_EVALUATIONS", "")
RAPPORT_COUNTRY = os.environ.get("RAPPORT_COUNTRY", "")

DEBUG = False
APPS_OF_THE_STORE = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "rapport.store.audit",
    "rapport.store.people",
    "rapport.store.curation",
    "rapport.store.practice",
]
HAS_STORE = bool(os.environ.get("DATABASE_URL"))
HAS_PRACTICE = bool(RAPPORT_COUNTRY) or not HAS_STORE
"""Whether the practice wing is there: where people are looked after, only with a country pack."""
# Where nobody signs in, a key that lives as long as the process is the safest.
SECRET_KEY = os.environ.get("RAPPORT_SECRET_KEY") or secrets.token_urlsafe(48)
SECRET_KEY_FALLBACKS = list(filter(None, [os.environ.get("RAPPORT_SECRET_KEY_BEFORE")]))
"""The key before this one, while what was sealed with it is being sealed anew."""
IS_DEMO = HAS_STORE and bool(os.environ.get("RAPPORT_DEMO"))
"""Whether the store is that of the demo clinic, in which nobody needs a password."""
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *filter(None, os.environ.get("RAPPORT_HOSTS", "").split(",")),
]

ROOT_URLCONF = "rapport.web.urls"
# Around the addresses that need the store, and around no others; the outermost first.
MIDDLEWARE_OF_THE_STORE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "rapport.web.people.access.SignedIn",
    "rapport.web.practice.access.Practice",
]
MIDDLEWARE = [
    "rapport.web.middleware.Calm",
    *(["rapport.web.of_the_store.OfTheStore"] if HAS_STORE else []),
]
DATABASES = {"default": database(os.environ["DATABASE_URL"])} if HAS_STORE else {}
INSTALLED_APPS = APPS_OF_THE_STORE if HAS_STORE else []
TEMPLATES: list[dict[str, str]] = []
APPEND_SLASH = False
USE_I18N = False
USE_TZ = True
LANGUAGE_CODE = "en-gb"

# What follows is only used where people sign in.
AUTH_USER_MODEL = "people.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
CSRF_FAILURE_VIEW = "rapport.web.views.errors.forged"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # gone when the browser is closed
# Behind a server that speaks TLS; on this machine alone there is no one to listen.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = bool(os.environ.get("RAPPORT_BEHIND_TLS"))
if SESSION_COOKIE_SECURE:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
OTP_TOTP_ISSUER = "Rapport"
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600
"""Seconds for which a link to set up an account can be used."""

_mail = mail_server(os.environ)
HAS_MAIL = _mail is not None
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _mail else 'dummy'}.EmailBackend"
EMAIL_TIMEOUT = 4
if _mail is not None:
    EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
    EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.is_tls, not (_mail.is_tls or _mail.is_clear)
    DEFAULT_FROM_EMAIL = _mail.sender

# A text to be judged has 8,000 letters at most, each up to nine bytes in a posted form.
DATA_UPLOAD_MAX_MEMORY_SIZE = 80_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 40
DATA_UPLOAD_MAX_NUMBER_FILES = 1
# A file that is sent stays in memory: what may be private is never on a disk of ours unsealed.
# A larger one is passed over: the largest that a page takes has five megabytes, and a form around it.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 5_100_000

# Only faults of the program are logged; what people look for, or send, never is.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"places": {"()": "rapport.web.faults.PlacesOnly"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "places"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["nowhere"], "propagate": False},
        "rapport": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}
