"""What a card cannot say, and why: in plain words, so that silence is not taken for a finding."""

from collections.abc import Iterator

from rapport.core.vocabulary import NOBODY, Design, ReadScope
from rapport.evidence.publication import Publication, TextOrigin
from rapport.evidence.read.reading import Reading

_ENGLISH = ("en", "eng", "english")
_WITHOUT_PATIENTS = NOBODY | {Design.PROTOCOL, Design.IN_VITRO_OR_ANIMAL}


def missing(
    publication: Publication, reading: Reading, *, left_out: int, is_silent: bool
) -> tuple[str, ...]:
    """Sentences on what could not be read or is not shown; empty where nothing is missing."""
    return (
        *_scope(publication, reading, is_silent=is_silent),
        *_values(publication, reading, is_silent=is_silent),
        *_quotes(left_out),
    )


def _scope(publication: Publication, reading: Reading, *, is_silent: bool) -> Iterator[str]:
    if is_silent:
        yield "There is no abstract and no text in what we read. So there is no summary."
    elif publication.text_origin is TextOrigin.DIGEST:
        yield "We show a short digest written by Rapport. It is not the abstract of the paper."
    elif reading.read is ReadScope.ABSTRACT:
        yield "We read the abstract only. It seldom says how patients were selected."
    if publication.language and publication.language.lower() not in _ENGLISH:
        yield "The paper is not in English. Our rules read English only and may miss much."


def _values(publication: Publication, reading: Reading, *, is_silent: bool) -> Iterator[str]:
    if not publication.title:
        yield "The source gives no title."
    if is_silent:
        return
    if reading.design.value is Design.OTHER:
        yield "We could not tell what kind of study this is."
    elif reading.design.value not in _WITHOUT_PATIENTS and not _says_how_many(reading):
        yield "We found no number of patients in what we read."


def _says_how_many(reading: Reading) -> bool:
    counted = reading.participants
    return counted.n_cases is not None or counted.n_enrolled is not None


def _quotes(left_out: int) -> Iterator[str]:
    if left_out:
        sentences = (
            "One more sentence is" if left_out == 1 else f"{left_out} more sentences are"
        )
        yield (
            f"{sentences} not quoted here, since the text has no open licence. "
            "The paper itself has them."
        )
