"""Statements against labelled sentences: the kind of each, and the band of its strength."""

from collections.abc import Callable, Sequence
from random import Random  # noqa: TID251  # a type: the generator is passed in with its seed

import msgspec

from rapport.cards.facts import DesignRecord, ReadStatement
from rapport.cards.parts import Part
from rapport.core.spans import Span
from rapport.core.vocabulary import band_of
from rapport.evidence.evaluate.labels import LabelledPaper, LabelledSentence
from rapport.evidence.evaluate.matching import matched
from rapport.evidence.evaluate.readings import Answer, errors_of, evaluation
from rapport.evidence.evaluate.run import ErrorFound, FieldEvaluation
from rapport.evidence.read.pasted import PART_OF
from rapport.knowledge.reading.statements import statement_weights

REFUSED, LET_THROUGH = "refused", "let_through"

NOT_KEPT = "not_kept"
"""Read for a sentence of the body that carries nothing for a card, or that was cut elsewhere."""


Refuses = Callable[[str, Part, DesignRecord], bool]
"""Whether the gate refuses a sentence of this part of a text about a study of this design."""


class PaperRead(msgspec.Struct, frozen=True, kw_only=True):
    """One paper: its labels, the statements that were read of it, and its design as read."""

    label: LabelledPaper
    statements: tuple[ReadStatement, ...]
    design: DesignRecord


def statement_evaluations(
    papers: Sequence[PaperRead], refuses: Refuses, rng: Random, draws: int
) -> tuple[tuple[FieldEvaluation, ...], tuple[ErrorFound, ...]]:
    """Kind of statement, band of strength and refusals measured, and every disagreement.

    Refusals are measured on all sentences, with the kind that was read and the design as if
    it had been named to the gate: what claims nothing of its own should never be refused.

    The band is measured on sentences that are labelled observed or inferred and were read as
    one of the two. Intervals are drawn over papers.
    """
    kinds: list[Answer] = []
    bands: list[Answer] = []
    refused: list[Answer] = []
    for paper in papers:
        for number, (label, read) in enumerate(_pairs(paper), start=1):
            kinds.append(_kind(paper, str(number), label, read))
            if label.overreach is not None:
                part = Part.BACKGROUND if read is None else PART_OF[read.kind]
                design = msgspec.structs.replace(paper.design, is_certain=True)
                is_refused = refuses(label.quote, part, design)
                refused.append(_refusal(paper, str(number), label, is_refused))
            if label.strength is not None and read is not None and read.strength is not None:
                bands.append(_band(paper, str(number), label, label.strength, read))
    fields = (
        evaluation("statement_kind", kinds, rng, draws),
        evaluation("strength_band", bands, rng, draws),
        evaluation("refusal", refused, rng, draws),
    )
    return fields, (
        *errors_of("statement_kind", kinds),
        *errors_of("strength_band", bands),
        *errors_of("refusal", refused),
    )


def notes() -> tuple[str, ...]:
    """What has to be known of the weights to judge figures measured with them."""
    measured = statement_weights().measured
    return (
        "the kinds are told apart by fitted weights; on the sentences they were fitted to, the "
        "figures for statement_kind are too good",
        f"by {measured['method']} the macro-F1 of observed, inferred, limitation and open was "
        f"{measured['macro_f1_of_four_kinds']} among these four, "
        f"{measured['macro_f1_of_four_among_eight']} among all eight kinds",
    )


def _pairs(paper: PaperRead) -> list[tuple[LabelledSentence, ReadStatement | None]]:
    labels = (*paper.label.abstract_sentences, *paper.label.body_sentences)
    found = matched(
        [(label.quote, label.section is None) for label in labels],
        [(each.quote, each.field == "abstract") for each in paper.statements],
    )
    return [
        (label, None if index is None else paper.statements[index])
        for label, index in zip(labels, found, strict=True)
    ]


def _kind(
    paper: PaperRead, case: str, label: LabelledSentence, read: ReadStatement | None
) -> Answer:
    return Answer(
        id=paper.label.id,
        case=case,
        text_kind="abstract" if label.section is None else "body",
        expected=label.kind.value,
        also_ok=(),
        read=NOT_KEPT if read is None else read.kind.value,
        span=None if read is None else read.span,
        words=label.quote,
    )


def _refusal(paper: PaperRead, case: str, label: LabelledSentence, is_refused: bool) -> Answer:
    """A label has no place of its own, so the quote stands as a span of the field it is from."""
    field = "abstract" if label.section is None else "body"
    return Answer(
        id=paper.label.id,
        case=case,
        text_kind=field,
        expected=REFUSED if label.overreach else LET_THROUGH,
        also_ok=(),
        read=REFUSED if is_refused else LET_THROUGH,
        span=Span(field=field, start=0, end=len(label.quote), quote=label.quote),
    )


def _band(
    paper: PaperRead, case: str, label: LabelledSentence, strength: int, read: ReadStatement
) -> Answer:
    return Answer(
        id=paper.label.id,
        case=case,
        text_kind=label.kind.value,
        expected=band_of(strength).value,
        also_ok=(),
        read=read.band.value if read.band else NOT_KEPT,
        span=read.span,
    )
