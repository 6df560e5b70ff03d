"""Sealing what is kept of a patient: a key of their own, itself wrapped with the store's.

AES-256-GCM throughout. What is sealed is bound to its clinic, patient, id and kind: moved to
another row it does not open. Without the data key nothing of a patient can be read again.
"""

import secrets
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from rapport.core.errors import UserError

KEY_BYTES = 32
_NONCE_BYTES = 12
_MARK_BYTES = 4
"""How many bytes tell which key something was wrapped with."""
_SALT = b"rapport.store.practice"


class SealError(Exception):
    """Something does not open: another key, another place, or damage."""


class OtherKeyError(SealError, UserError):
    """The keys of patients are wrapped with a key that is not here."""

    code = "other-key"
    exit_status = 2

    def __init__(self) -> None:
        super().__init__(
            "What is kept of patients was sealed with another key.",
            where="the key of the store",
            fix="put its key back, beside its file or as RAPPORT_SECRET_KEY; if it was given a "
            "new one, start the server again",
        )


def new_key() -> bytes:
    """A data key for a new patient."""
    return AESGCM.generate_key(KEY_BYTES * 8)


def wrapped(key: bytes, store_key: str, patient: str) -> bytes:
    """A data key as it is kept."""
    wrapping, mark = _wrapping(store_key)
    return mark + _closed(wrapping, key, f"key/{patient}")


def unwrapped(kept: bytes, store_keys: tuple[str, ...], patient: str) -> bytes:
    """The data key. Raises: OtherKeyError if none of the store's keys is the right one."""
    given = bytes(kept[:_MARK_BYTES])
    for store_key in store_keys:
        wrapping, known = _wrapping(store_key)
        if given == known:
            return _opened(wrapping, bytes(kept[_MARK_BYTES:]), f"key/{patient}")
    raise OtherKeyError


def mark(store_key: str) -> bytes:
    """What tells a key of the store from another, and nothing more of it."""
    return _wrapping(store_key)[1]


def is_wrapped_with(kept: bytes, store_key: str) -> bool:
    """Whether a data key is wrapped with this key of the store."""
    return bytes(kept[:_MARK_BYTES]) == mark(store_key)


def sealed(key: bytes, content: bytes, place: tuple[str, str, str, str]) -> bytes:
    """Content as it is kept; `place` is clinic, patient, id and kind."""
    return _closed(key, content, "/".join(place))


def opened(key: bytes, kept: bytes, place: tuple[str, str, str, str]) -> bytes:
    """The content. Raises: SealError if it is of another place, or damaged."""
    return _opened(key, bytes(kept), "/".join(place))


def _closed(key: bytes, content: bytes, bound_to: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, bound_to.encode())


def _opened(key: bytes, kept: bytes, bound_to: str) -> bytes:
    try:
        return AESGCM(key).decrypt(kept[:_NONCE_BYTES], kept[_NONCE_BYTES:], bound_to.encode())
    except InvalidTag as error:
        raise SealError("it does not open here") from error


@cache
def _wrapping(store_key: str) -> tuple[bytes, bytes]:
    """The wrapping key of a key of the store, and the bytes that tell it from another."""
    derived = HKDF(SHA256(), KEY_BYTES + _MARK_BYTES, _SALT, b"wrap").derive(store_key.encode())
    return derived[:KEY_BYTES], derived[KEY_BYTES:]
