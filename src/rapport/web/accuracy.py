"""The stored evaluation, as far as the page shows it."""

import msgspec


class FieldAccuracy(msgspec.Struct, frozen=True, kw_only=True):
    """One field: right in `right` of `of` checks, with a 95 % interval of the share."""

    field: str
    right: int
    of: int
    low: float
    high: float


class Accuracy(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured, on what, and by which versions."""

    measured_on: str
    reader: str
    knowledge: str
    fields: tuple[FieldAccuracy, ...]


def accuracy(stored: bytes) -> Accuracy | None:
    """The accuracy in a stored evaluation; None for bytes that are not one."""
    try:
        return msgspec.json.decode(stored, type=Accuracy)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
