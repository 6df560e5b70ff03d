"""A text that comes without its study, read: what each sentence does, the design, how many."""

import msgspec

from rapport.cards.facts import DesignRecord
from rapport.cards.parts import Part, Sentence, title_end
from rapport.core.vocabulary import ReadScope, StatementKind
from rapport.evidence.publication import Origin, Publication
from rapport.evidence.read.reader import Reader
from rapport.evidence.read.reading import Reading
from rapport.evidence.read.text.document import document

PART_OF = {
    StatementKind.BACKGROUND: Part.BACKGROUND,
    StatementKind.AIM: Part.METHODS,
    StatementKind.METHOD: Part.METHODS,
    StatementKind.OBSERVED: Part.RESULTS,
    StatementKind.INFERRED: Part.CONCLUSION,
    StatementKind.LIMITATION: Part.ASIDE,
    StatementKind.OPEN: Part.ASIDE,
    StatementKind.OTHER: Part.ASIDE,
}
"""What a sentence of each kind is part of."""

_NOT_IN_SHORT = {Part.BACKGROUND, Part.RESULTS}
_DONE = {StatementKind.METHOD, StatementKind.OBSERVED}
_FEWEST_SENTENCES = 5
"""A shorter text is no abstract: it has no place for what was known before."""


class Pasted(msgspec.Struct, frozen=True, kw_only=True):
    """What was read of a text: the gate takes it beside the text.

    `people` are the patients, None where the text does not say how many.
    """

    sentences: tuple[Sentence, ...]
    design: DesignRecord
    people: int | None


def pasted(text: str, reader: Reader) -> Pasted:
    """The text read as an abstract or a whole paper, its first line as title if it is one.

    Places count in the text as it was given.
    """
    begin = title_end(text)
    publication = Publication(
        origin=Origin(file="text", position=1, format="text"),
        title=text[:begin].strip() or None,
        text=text[begin:],
    )
    reading = reader.read(publication)
    return Pasted(
        sentences=tuple(_sentences(publication, reading, begin)),
        design=reading.design,
        people=reading.participants.most,
    )


def _sentences(publication: Publication, reading: Reading, begin: int) -> list[Sentence]:
    """The sentences with their parts.

    A text that is too short for an abstract has no background and no results of their own: what
    looks like them is what it has to say, and is not told apart. Nor is what looks like
    background behind what was done: background comes first. Sentences of a whole paper for
    which no kind is kept tell what was known or done before.
    """
    kinds = {each.start: each.kind for each in reading.statements if each.field == "text"}
    is_short = len(kinds) < _FEWEST_SENTENCES
    is_whole = reading.read is ReadScope.FULL_TEXT
    found: list[Sentence] = []
    is_begun = False
    for each in document(publication).sentences:
        kind = kinds.get(each.start) if each.field == "text" else None
        if each.field != "text" or (kind is None and not is_whole):
            continue
        part = PART_OF[kind] if kind else Part.BACKGROUND
        is_begun = is_begun or kind in _DONE
        is_late = is_begun and part is Part.BACKGROUND
        if is_whole or not (is_late or (is_short and part in _NOT_IN_SHORT)):
            found.append(Sentence(start=each.start + begin, end=each.end + begin, part=part))
    return found
