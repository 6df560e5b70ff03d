"""The Django application."""

from django.apps import AppConfig


class People(AppConfig):
    """Accounts."""

    name = "rapport.store.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
