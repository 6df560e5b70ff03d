"""The Django application."""

from django.apps import AppConfig


class Curation(AppConfig):
    """Curators' work."""

    name = "rapport.store.curation"
    label = "curation"
    default_auto_field = "django.db.models.BigAutoField"
