"""What each sentence of a publication does, and how strongly it words a link.

Each sentence gets the kind for which its cues, its place and its words weigh most; the weights
are knowledge/data/reading/statements/weights.toml, the cues cues.toml beside it.
"""

from collections.abc import Iterable
from functools import cache

import msgspec

from rapport.cards.facts import ReadStatement
from rapport.cards.strength import CAN, Graded, Strength
from rapport.core.vocabulary import StatementKind, band_of
from rapport.evidence.read.statements.features import features
from rapport.evidence.read.statements.links import link_in
from rapport.evidence.read.statements.weights import kind_of
from rapport.evidence.read.text.document import Document, SectionKind, Sentence
from rapport.evidence.read.text.lookup import Lookup
from rapport.knowledge.reading.statements import Retold, statement_cues

_READ = {
    SectionKind.ABSTRACT,
    SectionKind.RESULTS,
    SectionKind.DISCUSSION,
    SectionKind.CONCLUSION,
    SectionKind.LIMITATIONS,
}
CARRIED = frozenset(
    {
        StatementKind.OBSERVED,
        StatementKind.INFERRED,
        StatementKind.LIMITATION,
        StatementKind.OPEN,
    }
)
"""The kinds for which sentences of the body are kept; of the abstract every sentence is."""

_WITH_STRENGTH = {StatementKind.OBSERVED, StatementKind.INFERRED}
_SHORTEST = 20
"""Characters; what is shorter is a heading or a label that lost its place."""
_ASSOCIATION = 2
"""The strength from which on a sentence words a link."""
_CLEAR = 1.0
"""By how much the weights of a kind must exceed those of every kind that no card carries."""
_TIED = {"cue:own_study", "cue:these_findings", "cue:we_our", "cue:suggests", "cue:concludes"}
"""What ties an inferred sentence of a discussion to the study, and not to the field."""

_LABELLED_LIMITS = "section:abstract_limitation"

_ASKING = {"cue:future", "cue:needed", "cue:should_study", "cue:need_for", "cue:will"}
"""What asks for later work, where "unknown" alone may be told of the field."""


def statements(document: Document, strength: Strength) -> tuple[ReadStatement, ...]:
    """The sentences of the abstract and those of the body that carry findings, in order."""
    lookup = candidates(document)
    # Cutting out the ends of a link takes its time, and the abstract says what a study is about.
    has_abstract = any(each.section is SectionKind.ABSTRACT for each in lookup.sentences)
    named_in = {"abstract", "text"} if has_abstract else {"body", "text"}
    found: list[ReadStatement] = []
    shown = zip(lookup.sentences, features(lookup, strength), strict=True)
    for index, (sentence, each) in enumerate(shown):
        weighed, margin = kind_of(each.signs, each.words, CARRIED)
        kind = after_all(weighed, sentence.section, each.signs)
        if sentence.section is SectionKind.ABSTRACT or kind in CARRIED:
            is_clear = clear(kind, margin, sentence.section, each.signs)
            read = _statement(document, sentence, kind, each.links.level, is_clear=is_clear)
            if each.links.level >= CAN and kind in _WITH_STRENGTH:
                claimed = _claimed(read, sentence, each.links, strength)
                read = msgspec.structs.replace(read, claimed=claimed)
            links = is_clear and (
                each.links.level >= _ASSOCIATION or "cue:compared" in each.signs
            )
            has_link = links and read.field in named_in and kind in _WITH_STRENGTH
            found.append(_with_link(read, sentence, lookup.words(index)) if has_link else read)
    return tuple(found)


def _claimed(
    read: ReadStatement, sentence: Sentence, links: Graded, strength: Strength
) -> int | None:
    """What the statement claims as it is printed, where that differs from the even text."""
    is_even = read.quote == sentence.text
    return strength.claimed_in(links) if is_even else strength.claimed(read.quote)


def _with_link(read: ReadStatement, sentence: Sentence, words: bytes) -> ReadStatement:
    """The statement with the link it words; the words are those of the sentence as even text."""
    link = link_in(read.span, words.split() if read.quote == sentence.text else None)
    return read if link is None else msgspec.structs.replace(read, link=link)


def clear(
    kind: StatementKind, margin: float, section: SectionKind, names: Iterable[str]
) -> bool:
    """Whether the kind is told by enough to show the sentence on a card.

    The abstract speaks of the study. A body tells much else, so that its sentences must differ
    clearly from background and method, and what a discussion infers must be tied to the study.
    """
    if section is SectionKind.ABSTRACT:
        return True
    shown = set(names)
    if kind is StatementKind.INFERRED and section is not SectionKind.CONCLUSION:
        return margin >= _CLEAR and not _TIED.isdisjoint(shown)
    if kind is StatementKind.OPEN:
        return not _ASKING.isdisjoint(shown) and "cue:citation" not in shown
    return margin >= _CLEAR


def candidates(document: Document) -> Lookup:
    """The sentences that are read for what they do, in the order of the text."""
    placed = document.placed
    return placed.part(
        index
        for index, sentence in enumerate(placed.sentences)
        if sentence.section in _READ and len(sentence.text) >= _SHORTEST
    )


def after_all(kind: StatementKind, section: SectionKind, names: Iterable[str]) -> StatementKind:
    """The kind, or what a sentence is that only looks like a finding.

    In an abstract its label tells; in a body what it shows beside.
    """
    if kind not in _WITH_STRENGTH:
        return kind
    shown = set(names)
    if section is SectionKind.ABSTRACT:
        return StatementKind.LIMITATION if _LABELLED_LIMITS in shown else kind
    for retold, cues, unless in _retold():
        if section in retold.sections and cues & shown and not unless & shown:
            return retold.kind
    return kind


@cache
def _retold() -> list[tuple[Retold, set[str], set[str]]]:
    return [
        (each, {f"cue:{cue}" for cue in each.cues}, {f"cue:{cue}" for cue in each.unless})
        for each in statement_cues().retold
    ]


def _statement(
    document: Document, sentence: Sentence, kind: StatementKind, level: int, *, is_clear: bool
) -> ReadStatement:
    span = document.span(sentence)
    has_strength = kind in _WITH_STRENGTH
    return ReadStatement(
        kind=kind,
        field=span.field,
        start=span.start,
        end=span.end,
        quote=span.quote,
        section=span.section,
        strength=level if has_strength else None,
        band=band_of(level) if has_strength else None,
        is_clear=is_clear,
    )
