"""An evaluation as plain text for a person: figures first, then every error."""

from collections.abc import Iterator

from rapport.evidence.evaluate.metrics import Interval, Share, ValueScore
from rapport.evidence.evaluate.run import ErrorFound, EvaluationRun, FieldEvaluation, Scores

_LONGEST_SENTENCE = 300


def report(run: EvaluationRun) -> str:
    """The run as text, ended by a newline."""
    return "\n".join(_lines(run)) + "\n"


def _lines(run: EvaluationRun) -> Iterator[str]:
    yield f"{run.measured_on} Reader {run.reader}, knowledge {run.knowledge}, {run.date}."
    yield f"Intervals are 95 %: Wilson for shares, bootstrap ({run.draws} draws) for F1."
    for note in run.notes:
        yield f"Note: {note}"
    for field in run.fields:
        yield ""
        yield from _field(field)
    yield ""
    yield f"{len(run.errors)} disagreements"
    for error in run.errors:
        yield from error_lines(error)


def _field(field: FieldEvaluation) -> Iterator[str]:
    yield f"{field.field}: right in {_share(field.strict.right)}"
    if field.lenient:
        yield f"  lenient: {_share(field.lenient.right)}{_macro(field.lenient)}"
    if field.strict.macro_f1 is not None:
        yield f" {_macro(field.strict)}"
    for name, each in field.further.items():
        yield f"  {name}: {_share(each)}"
    for kind, each in field.by_text_kind.items():
        yield f"  in {kind}: {_share(each)}"
    for value in field.strict.values:
        yield _value(value)
    yield from _confusion(field.strict)


def _value(value: ValueScore) -> str:
    return (
        f"  {value.value}: precision {_share(value.precision)}, recall {_share(value.recall)}, "
        f"F1 {_number(value.f1)}{_interval(value.f1_interval)}"
    )


def _confusion(scores: Scores) -> Iterator[str]:
    if scores.confusion:
        yield "  expected -> read:"
    for expected, reads in scores.confusion.items():
        listed = ", ".join(f"{read} {count}" for read, count in reads.items())
        yield f"    {expected} -> {listed}"


def error_lines(error: ErrorFound) -> Iterator[str]:
    """A disagreement: about what, what was expected and read, and the sentence with its place."""
    mark = " (defensible)" if error.is_defensible else ""
    yield f"- {error.about} {error.id} [{error.text_kind}]{mark}"
    yield f"    expected {error.expected}, read {error.read}"
    if error.sentence or error.field:
        yield f"    {_place(error)}: {_short(error.sentence)}"


def _place(error: ErrorFound) -> str:
    place = f"{error.field} {error.start}-{error.end}" if error.field else ""
    return f"labelled {place}".rstrip() if error.is_labelled else place


def _short(sentence: str | None) -> str:
    words = " ".join((sentence or "(not kept)").split())
    return words if len(words) <= _LONGEST_SENTENCE else words[:_LONGEST_SENTENCE] + " ..."


def _share(share: Share) -> str:
    if share.value is None:
        return "0 of 0"
    return (
        f"{share.right} of {share.of} = {share.value:.3f} ({share.low:.3f} to {share.high:.3f})"
    )


def _macro(scores: Scores) -> str:
    """The macro-F1 with its interval; nothing where it is not known."""
    if scores.macro_f1 is None:
        return ""
    return f" macro-F1 {scores.macro_f1:.3f}{_interval(scores.macro_f1_interval)}"


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.3f}"


def _interval(interval: Interval | None) -> str:
    return f" ({interval.low:.3f} to {interval.high:.3f})" if interval else ""
