"""The key of the store, which patients' keys are wrapped with, and wrapping them with a new one.

The store itself knows which key that is. So a server that was not started again after a change,
or was started with a wrong key, adds nobody whose key would be lost with the old one.
"""

from django.conf import settings
from django.db import transaction

from rapport.store.audit.recording import Act, recording
from rapport.store.practice import vault
from rapport.store.practice.asking import time
from rapport.store.practice.models import StoreKey
from rapport.store.practice.scope import every_patient, store_key


def store_keys() -> tuple[str, ...]:
    """The key of the store, and the one before it while keys are being changed."""
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


def demand_known() -> None:
    """Raises: vault.OtherKeyError if patients' keys are wrapped with a key that is not here."""
    there = store_key()
    if there is not None and bytes(there.mark) not in map(vault.mark, store_keys()):
        raise vault.OtherKeyError


def wrapped_for(patient: str) -> bytes:
    """A new key for a new patient, wrapped. Ask inside a recording.

    Raises: vault.OtherKeyError as `demand_known`.
    """
    demand_known()
    if store_key() is None:
        StoreKey(mark=vault.mark(settings.SECRET_KEY)).save(force_insert=True)
    return vault.wrapped(vault.new_key(), settings.SECRET_KEY, patient)


def wrap_all() -> int:
    """Wrap all patients' keys with the store's key of now; how many were wrapped otherwise.

    All or none. Raises: vault.OtherKeyError if one is wrapped with a key that is not here.
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
        there = store_key() or StoreKey()
        there.mark = vault.mark(settings.SECRET_KEY)
        there.save()
    return count
