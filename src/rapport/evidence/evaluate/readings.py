"""Readings against labels: badge, definitions, combination, design, number of patients, spans."""

from collections.abc import Callable, Sequence
from random import Random  # noqa: TID251  # a type: the generator is passed in with its seed

import msgspec

from rapport.core.spans import Span, is_verbatim, span_of
from rapport.evidence.evaluate.labels import LabelledReading
from rapport.evidence.evaluate.metrics import (
    Pair,
    Share,
    ValueScore,
    bootstrap,
    confusion,
    f1,
    macro_f1,
    share,
    value_scores,
)
from rapport.evidence.evaluate.run import ErrorFound, FieldEvaluation, Scores
from rapport.evidence.read.reading import Reading

NONE = "none"
ASSERTED = ("required", "not_required")
_OPEN_VALUED = {"definitions", "n_cases"}
"""Fields of sets and numbers: nearly every study has a value of its own."""

_Ends = tuple[int | None, int | None]
"""Where a labelled span begins and ends; None, None without one."""


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """One study: its labels, what was read of it, and the fields that spans count in."""

    label: LabelledReading
    reading: Reading
    fields: dict[str, str]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One field of one study: expected, other defensible answers, read, and its span.

    `labelled` is the span to which the label points, `words` are the labelled words where their
    place is not known; `case` tells the labels of one paper apart.
    """

    id: str
    case: str | None = None
    text_kind: str
    expected: str
    also_ok: tuple[str, ...]
    read: str
    span: Span | None
    labelled: Span | None = None
    words: str | None = None


def field_evaluations(
    studies: Sequence[Compared], rng: Random, draws: int
) -> tuple[tuple[FieldEvaluation, ...], tuple[ErrorFound, ...]]:
    """Every field measured, and every disagreement, by field and in the order of the labels."""
    evaluated: list[FieldEvaluation] = []
    errors: list[ErrorFound] = []
    for name, answer in _FIELDS.items():
        answers = [answer(study) for study in studies]
        further = _further(name, studies, answers)
        field = evaluation(name, answers, rng, draws, further=further)
        if name in _OPEN_VALUED:
            field = _without_values(
                field, _by_definition(studies) if name == "definitions" else ()
            )
        evaluated.append(field)
        errors.extend(errors_of(name, answers))
    return tuple(evaluated), tuple(errors)


def _without_values(field: FieldEvaluation, values: tuple[ValueScore, ...]) -> FieldEvaluation:
    """The field without a table of its values, each of which may occur once only."""
    strict = msgspec.structs.replace(
        field.strict, macro_f1=None, macro_f1_interval=None, values=values, confusion={}
    )
    lenient = field.lenient and msgspec.structs.replace(
        field.lenient, macro_f1=None, macro_f1_interval=None, values=(), confusion={}
    )
    return msgspec.structs.replace(field, strict=strict, lenient=lenient)


def _by_definition(studies: Sequence[Compared]) -> tuple[ValueScore, ...]:
    """Each definition: in how many studies it is labelled, read, and both."""
    both = [(set(s.label.definitions), set(s.reading.pem.definitions)) for s in studies]
    ids = sorted({each for pair in both for ids in pair for each in ids})
    return tuple(_definition_score(each, both) for each in ids)


def _definition_score(which: str, both: Sequence[tuple[set[str], set[str]]]) -> ValueScore:
    pairs = [(str(which in labelled), str(which in read)) for labelled, read in both]
    hits = pairs.count(("True", "True"))
    expected = sum(which in labelled for labelled, _ in both)
    read = sum(which in found for _, found in both)
    return ValueScore(
        value=which,
        expected=expected,
        read=read,
        precision=share(hits, read),
        recall=share(hits, expected),
        f1=f1(pairs, "True"),
    )


def evaluation(
    name: str,
    answers: Sequence[Answer],
    rng: Random,
    draws: int,
    *,
    further: dict[str, Share] | None = None,
) -> FieldEvaluation:
    """One field measured, strictly and leniently, and by kind of text."""
    strict = [(each.expected, each.read) for each in answers]
    lenient = [(each.expected, _leniently(each)) for each in answers]
    groups = [each.id for each in answers]
    counted = scores(strict, groups, rng, draws)
    kinds = sorted({each.text_kind for each in answers})
    return FieldEvaluation(
        field=name,
        right=counted.right.right,
        of=counted.right.of,
        low=counted.right.low,
        high=counted.right.high,
        strict=counted,
        lenient=scores(lenient, groups, rng, draws) if lenient != strict else None,
        by_text_kind={
            kind: _right([(a.expected, a.read) for a in answers if a.text_kind == kind])
            for kind in kinds
        },
        further=further or {},
    )


def scores(pairs: Sequence[Pair], groups: Sequence[str], rng: Random, draws: int) -> Scores:
    """Share right, macro-F1 with its interval, the values and their confusion."""
    return Scores(
        right=_right(pairs),
        macro_f1=macro_f1(pairs),
        macro_f1_interval=bootstrap(pairs, groups, macro_f1, rng, draws),
        values=value_scores(pairs, groups, rng, draws),
        confusion=confusion(pairs),
    )


def errors_of(name: str, answers: Sequence[Answer]) -> list[ErrorFound]:
    """Every answer that is not the expected one, the defensible ones marked."""
    return [_error(name, each) for each in answers if each.expected != each.read]


def _error(name: str, answer: Answer) -> ErrorFound:
    span = answer.span or answer.labelled
    return ErrorFound(
        id=answer.id,
        case=answer.case,
        about=name,
        text_kind=answer.text_kind,
        expected=answer.expected,
        read=answer.read,
        is_defensible=answer.read in answer.also_ok,
        field=span.field if span else None,
        start=span.start if span else None,
        end=span.end if span else None,
        is_labelled=answer.span is None,
        sentence=span.quote if span else answer.words,
    )


def _leniently(answer: Answer) -> str:
    return answer.expected if answer.read in answer.also_ok else answer.read


def _right(pairs: Sequence[Pair]) -> Share:
    return share(sum(expected == read for expected, read in pairs), len(pairs))


def _badge(study: Compared) -> Answer:
    label, pem = study.label, study.reading.pem
    also_ok = tuple(each.value for each in label.badge_also_ok)
    answer = _answer(study, label.pem_badge.value, pem.badge.value, pem.evidence, _badge_label)
    return msgspec.structs.replace(answer, also_ok=also_ok)


def _definitions(study: Compared) -> Answer:
    expected, pem = _set(study.label.definitions), study.reading.pem
    return _answer(study, expected, _set(pem.definitions), pem.evidence, _badge_label)


def _combination(study: Compared) -> Answer:
    expected, pem = study.label.combination.value, study.reading.pem
    return _answer(study, expected, pem.combination.value, pem.evidence, _badge_label)


def _design(study: Compared) -> Answer:
    label, read = study.label, study.reading.design
    also_ok = tuple(each.value for each in label.study_design_also_ok)
    answer = _answer(
        study, label.study_design.value, read.value.value, read.evidence, _no_label
    )
    return msgspec.structs.replace(answer, also_ok=also_ok)


def _n_cases(study: Compared) -> Answer:
    label, read = study.label, study.reading.participants
    also_ok = tuple(_number(each) for each in label.n_cases_also_ok)
    expected, found = _number(label.n_cases), _number(read.n_cases)
    answer = _answer(study, expected, found, read.evidence, _case_label)
    return msgspec.structs.replace(answer, also_ok=also_ok)


def _answer(
    study: Compared,
    expected: str,
    read: str,
    evidence: Sequence[Span],
    label: Callable[[Compared], _Ends],
) -> Answer:
    start, end = label(study)
    is_placed = (
        start is not None and end is not None and end <= len(study.fields.get("text", ""))
    )
    return Answer(
        id=study.label.id,
        text_kind=study.label.text_kind,
        expected=expected,
        also_ok=(),
        read=read,
        span=evidence[0] if evidence else None,
        labelled=span_of(study.fields, "text", start or 0, end or 0) if is_placed else None,
    )


def _set(ids: Sequence[str]) -> str:
    return " ".join(sorted(ids)) or NONE


def _number(value: int | None) -> str:
    return NONE if value is None else str(value)


_FIELDS: dict[str, Callable[[Compared], Answer]] = {
    "badge": _badge,
    "definitions": _definitions,
    "combination": _combination,
    "design": _design,
    "n_cases": _n_cases,
}


def _further(
    name: str, studies: Sequence[Compared], answers: Sequence[Answer]
) -> dict[str, Share]:
    """Shares that only one field has."""
    if name == "badge":
        asserted = [each for each in answers if each.read in ASSERTED]
        right = sum(each.read == each.expected for each in asserted)
        return {"asserted_right": share(right, len(asserted)), **_badge_spans(studies)}
    if name == "definitions":
        return _definition_shares(studies)
    if name == "n_cases":
        return {"overlaps_label": _overlapping(studies, _case_label, _case_spans)}
    return {"verbatim": _verbatim(studies, _design_spans)} if name == "design" else {}


def _badge_spans(studies: Sequence[Compared]) -> dict[str, Share]:
    return {
        "verbatim": _verbatim(studies, _badge_evidence),
        "overlaps_label": _overlapping(studies, _badge_label, _badge_evidence),
    }


def _definition_shares(studies: Sequence[Compared]) -> dict[str, Share]:
    """Precision and recall over single definitions, all studies together."""
    hits = read = expected = 0
    for study in studies:
        found, labelled = set(study.reading.pem.definitions), set(study.label.definitions)
        hits += len(found & labelled)
        read += len(found)
        expected += len(labelled)
    return {"precision": share(hits, read), "recall": share(hits, expected)}


def _badge_evidence(study: Compared) -> tuple[Span, ...]:
    return study.reading.pem.evidence


def _design_spans(study: Compared) -> tuple[Span, ...]:
    return study.reading.design.evidence


def _case_spans(study: Compared) -> tuple[Span, ...]:
    return study.reading.participants.evidence


def _no_label(study: Compared) -> _Ends:  # noqa: ARG001  # labels of designs point nowhere
    return None, None


def _badge_label(study: Compared) -> _Ends:
    return study.label.evidence_start, study.label.evidence_end


def _case_label(study: Compared) -> _Ends:
    return study.label.n_cases_evidence_start, study.label.n_cases_evidence_end


def _verbatim(
    studies: Sequence[Compared], spans: Callable[[Compared], tuple[Span, ...]]
) -> Share:
    """Spans whose quote is what stands at their place."""
    checked = [is_verbatim(span, study.fields) for study in studies for span in spans(study)]
    return share(sum(checked), len(checked))


def _overlapping(
    studies: Sequence[Compared],
    label: Callable[[Compared], _Ends],
    spans: Callable[[Compared], tuple[Span, ...]],
) -> Share:
    """Studies with a labelled span and one read, of which some characters are the same."""
    checked: list[bool] = []
    for study in studies:
        start, end = label(study)
        found = spans(study)
        if start is not None and end is not None and found:
            checked.append(
                any(s.field == "text" and s.start < end and start < s.end for s in found)
            )
    return share(sum(checked), len(checked))
