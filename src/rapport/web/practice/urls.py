"""The addresses of the practice wing that need the store; the open ones stand in `open.urls`."""

from importlib import import_module

MODULES = (
    "rapport.web.practice.check_in.urls",
    "rapport.web.practice.own.urls",
    "rapport.web.practice.coalition.urls",
    "rapport.web.practice.services.urls",
    "rapport.web.practice.pair.urls",
)
"""Modules of addresses, each with `urlpatterns`."""

urlpatterns = [pattern for name in MODULES for pattern in import_module(name).urlpatterns]
