"""The stored evaluations, as far as the page shows them.

An evaluation holds far more (`rapport.evidence.evaluate.run`); only what a reader needs in order
to judge a card is taken from it.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from rapport.core.errors import InputError
from rapport.evidence.evaluate.metrics import Share

BUNDLED = Path(__file__).parent / "measured"
"""Evaluations that come with this version; absent or empty until one has been stored."""


DEFINITIONS = "definitions"


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a field: in how many labels it stands."""

    value: str
    expected: int


class Strict(msgspec.Struct, frozen=True, kw_only=True):
    """The strict count, of which the page needs only what was tested."""

    values: tuple[Counted, ...] = ()


class Lenient(msgspec.Struct, frozen=True, kw_only=True):
    """The count in which other answers that can be defended are right too."""

    right: Share


class FieldAccuracy(msgspec.Struct, frozen=True, kw_only=True):
    """One field: right in `right` of `of` checks; `low` to `high` is the 95 % interval (0 to 1).

    `by_text_kind` counts each kind of text apart; `further` holds shares of one field only.
    """

    field: str
    right: int
    of: int
    low: float
    high: float
    strict: Strict = Strict()
    lenient: Lenient | None = None
    by_text_kind: dict[str, Share] = {}
    further: dict[str, Share] = {}


class Accuracy(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured, on what, when, and by which versions.

    `labels` and `program` are the hashes of the labels and of the code that read; None in a run
    that was stored before they were noted.
    """

    measured_on: str
    date: str
    reader: str
    knowledge: str
    fields: tuple[FieldAccuracy, ...]
    notes: tuple[str, ...] = ()
    labels: str | None = None
    program: str | None = None


def untested(measured: Iterable[Accuracy], definitions: Iterable[str]) -> tuple[str, ...]:
    """The definitions by which no labelled study took people in, in the order given.

    Missing: empty where definitions were not measured at all: that is said elsewhere.
    """
    fields = [field for one in measured for field in one.fields if field.field == DEFINITIONS]
    tested = {
        value.value for field in fields for value in field.strict.values if value.expected
    }
    return tuple(name for name in definitions if name not in tested) if fields else ()


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
