"""A stored evaluation: what was measured, on what, by which versions, and every error."""

import msgspec

from rapport.evidence.evaluate.metrics import Interval, Share, ValueScore


class ErrorFound(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One disagreement with the labels.

    `is_defensible`: the labels hold what was read for another defensible answer. `field`,
    `start` and `end` say where the sentence stands on which the reading rests or, with
    `is_labelled`, the label: nothing was read. `sentence` is left out of stored runs, which carry
    no text of papers. `case` tells the labels of one paper apart, where it has many.
    """

    id: str
    case: str | None = None
    about: str
    text_kind: str
    expected: str
    read: str
    is_defensible: bool = False
    field: str | None = None
    start: int | None = None
    end: int | None = None
    is_labelled: bool = False
    sentence: str | None = None


class Scores(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One way of counting: strict, or lenient (other defensible answers count as right)."""

    right: Share
    macro_f1: float | None = None
    macro_f1_interval: Interval | None = None
    values: tuple[ValueScore, ...] = ()
    confusion: dict[str, dict[str, int]] = {}


class FieldEvaluation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One field of the reading: right in `right` of `of`, counted strictly, and the details."""

    field: str
    right: int
    of: int
    low: float
    high: float
    strict: Scores
    lenient: Scores | None = None
    by_text_kind: dict[str, Share] = {}
    further: dict[str, Share] = {}
    """Shares of its own: precision of asserted badges, spans that are verbatim ..."""


class EvaluationRun(msgspec.Struct, frozen=True, kw_only=True):
    """One run. `measured_on` says in words what was read, for a person.

    `labels` is the hash of the labels, `program` that of the code that read; None in a run that
    was stored before they were noted.
    """

    measured_on: str
    date: str
    reader: str
    knowledge: str
    seed: int
    draws: int
    fields: tuple[FieldEvaluation, ...]
    errors: tuple[ErrorFound, ...]
    notes: tuple[str, ...] = ()
    """What has to be known to judge the figures."""
    labels: str | None = None
    program: str | None = None


def without_sentences(run: EvaluationRun) -> EvaluationRun:
    """The run as it is stored: places, but no words of papers."""
    errors = tuple(msgspec.structs.replace(error, sentence=None) for error in run.errors)
    return msgspec.structs.replace(run, errors=errors)
