"""The addresses of the practice wing. Those that need the store are there where it is."""

from importlib import import_module

from django.conf import settings
from django.urls import URLPattern

OPEN: tuple[str, ...] = (
    "rapport.web.practice.urls_open",
    "rapport.web.practice.urls_show",
)
"""Modules of addresses that need no store: each has `urlpatterns`."""
OF_THE_STORE = (
    "rapport.web.practice.urls_check_in",
    "rapport.web.practice.urls_access",
    "rapport.web.practice.coalition.urls",
    "rapport.web.practice.services.urls",
    "rapport.web.practice.urls_taking_in",
)
"""Modules of addresses that need the store."""


def _all(modules: tuple[str, ...]) -> list[URLPattern]:
    return [pattern for name in modules for pattern in import_module(name).urlpatterns]


urlpatterns = [
    *(_all(OPEN) if settings.HAS_PRACTICE else []),
    *(_all(OF_THE_STORE) if settings.HAS_STORE and settings.HAS_PRACTICE else []),
]
