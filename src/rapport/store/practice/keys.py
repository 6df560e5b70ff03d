"""Wrapping every patient's key with a new key of the store."""

from django.conf import settings
from django.db import transaction

from rapport.store.audit.recording import Act, recording
from rapport.store.practice import vault
from rapport.store.practice.asking import time
from rapport.store.practice.opened import store_keys
from rapport.store.practice.scope import every_patient


def wrap_all() -> int:
    """Wrap all patients' keys with the store's key of now; how many were wrapped otherwise.

    All or none. Raises: vault.SealError if one is wrapped with a key that is not here.
    """
    count = 0
    with transaction.atomic(), recording(Act(act="keys wrapped anew", about="", at=time())):
        for patient in every_patient().select_for_update():
            if vault.is_wrapped_with(patient.wrapped, settings.SECRET_KEY):
                continue
            key = vault.unwrapped(patient.wrapped, store_keys(), patient.pk)
            patient.wrapped = vault.wrapped(key, settings.SECRET_KEY, patient.pk)
            patient.save(update_fields=["wrapped"])
            count += 1
    return count
