"""The Django application."""

from django.apps import AppConfig


class Practice(AppConfig):
    """What is kept of patients."""

    name = "rapport.store.practice"
    label = "practice"
    default_auto_field = "django.db.models.BigAutoField"
