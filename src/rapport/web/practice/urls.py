"""The addresses of the practice wing that need the store; the open ones stand in `urls_open`."""

from importlib import import_module

MODULES = (
    "rapport.web.practice.urls_check_in",
    "rapport.web.practice.urls_access",
    "rapport.web.practice.coalition.urls",
    "rapport.web.practice.services.urls",
    "rapport.web.practice.urls_taking_in",
)
"""Modules of addresses, each with `urlpatterns`."""

urlpatterns = [pattern for name in MODULES for pattern in import_module(name).urlpatterns]
