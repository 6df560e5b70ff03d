"""Two runs over the same labels, error by error: what was mended, what is new, what stays."""

from collections.abc import Iterator, Mapping

import msgspec

from rapport.core.errors import InputError
from rapport.evidence.evaluate.metrics import Share
from rapport.evidence.evaluate.report import error_lines
from rapport.evidence.evaluate.run import ErrorFound, EvaluationRun

Texts = Mapping[str, Mapping[str, str]]
"""By id of a study the fields of its text, in which places count."""

_Key = tuple[str, str, str | None]


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """One field in both runs."""

    field: str
    before: Share
    now: Share


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """The errors of both runs, each once.

    `still` holds the errors as they are now; `mended` as they were. A disagreement that the
    labels hold for defensible is an error like any other.
    """

    before: str
    now: str
    scores: tuple[Score, ...]
    mended: tuple[ErrorFound, ...]
    new: tuple[ErrorFound, ...]
    still: tuple[ErrorFound, ...]


def compared(before: EvaluationRun, now: EvaluationRun, texts: Texts) -> Comparison:
    """What changed between two runs; sentences of mended errors are cut from the texts.

    Raises: InputError if the runs did not measure the same fields on the same labels.
    """
    _demand_same(before, now)
    old = {_key(error): error for error in before.errors}
    new = {_key(error): error for error in now.errors}
    return Comparison(
        before=_made_by(before),
        now=_made_by(now),
        scores=tuple(_scores(before, now)),
        mended=tuple(_worded(old[key], texts) for key in old if key not in new),
        new=tuple(new[key] for key in new if key not in old),
        still=tuple(new[key] for key in new if key in old),
    )


def told(comparison: Comparison) -> str:
    """The comparison as text for a person, ended by a newline."""
    return "\n".join(_lines(comparison)) + "\n"


def _lines(comparison: Comparison) -> Iterator[str]:
    yield f"before: {comparison.before}"
    yield f"now:    {comparison.now}"
    for score in comparison.scores:
        was, now = score.before, score.now
        yield (
            f"{score.field}: right in {now.right} of {now.of}, "
            f"before {was.right} of {was.of} ({now.right - was.right:+})"
        )
    for name, errors in (
        ("mended", comparison.mended),
        ("new", comparison.new),
        ("still wrong", comparison.still),
    ):
        yield ""
        yield f"{len(errors)} {name}"
        for error in errors:
            yield from error_lines(error)


def _key(error: ErrorFound) -> _Key:
    return (error.about, error.id, error.case)


def _made_by(run: EvaluationRun) -> str:
    program = f", program {run.program[:12]}" if run.program else ""
    return f"reader {run.reader}, knowledge {run.knowledge}{program}, {run.date}"


def _scores(before: EvaluationRun, now: EvaluationRun) -> Iterator[Score]:
    old = {field.field: field.strict.right for field in before.fields}
    for field in now.fields:
        was = old[field.field]
        yield Score(field=field.field, before=was, now=field.strict.right)


def _demand_same(before: EvaluationRun, now: EvaluationRun) -> None:
    """Labels are known by their hash, or in a run without one by what it says of them."""
    if before.labels and now.labels:
        is_same = before.labels == now.labels
    else:
        is_same = before.measured_on == now.measured_on
    if not is_same or _fields(before) != _fields(now):
        raise InputError(
            "the stored run was measured on other labels, so the two cannot be compared",
            where="--against",
            fix="store a run on these labels with --out, and compare with that",
        )


def _fields(run: EvaluationRun) -> set[str]:
    return {each.field for each in run.fields}


def _worded(error: ErrorFound, texts: Texts) -> ErrorFound:
    """The error with its sentence, if its place is known."""
    text = texts.get(error.id, {}).get(error.field or "")
    if text is None or error.start is None or error.end is None or error.end > len(text):
        return error
    return msgspec.structs.replace(error, sentence=text[error.start : error.end])
