"""The Django application."""

from django.apps import AppConfig


class Audit(AppConfig):
    """The audit."""

    name = "rapport.store.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
