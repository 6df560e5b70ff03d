"""The stored evaluations, as far as the page shows them.

An evaluation holds far more (`rapport.evidence.evaluate.run`); only what a reader needs in order
to judge a card is taken from it.
"""

from pathlib import Path

import msgspec

from rapport.core.errors import InputError

BUNDLED = Path(__file__).parent / "measured"
"""Evaluations that come with this version; absent or empty until one has been stored."""


class FieldAccuracy(msgspec.Struct, frozen=True, kw_only=True):
    """One field: right in `right` of `of` checks; `low` to `high` is the 95 % interval (0 to 1)."""

    field: str
    right: int
    of: int
    low: float
    high: float


class Accuracy(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured, on what, when, and by which versions."""

    measured_on: str
    date: str
    reader: str
    knowledge: str
    fields: tuple[FieldAccuracy, ...]
    notes: tuple[str, ...] = ()


def accuracies(paths: tuple[Path, ...]) -> tuple[Accuracy, ...]:
    """The evaluations in these files, or, where none is named, those that are bundled.

    Raises: InputError for a file that cannot be read or is not an evaluation.
    """
    return tuple(_accuracy(path) for path in paths or tuple(sorted(BUNDLED.glob("*.json"))))


def _accuracy(path: Path) -> Accuracy:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Accuracy)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(
            "This is not a stored evaluation.",
            where=str(path),
            fix="name a file that `rapport atlas evaluate ... --out FILE` wrote",
        ) from error
