"""Full texts as they were answered, and what they add to the record of a publication."""

from collections.abc import Iterator

import msgspec

from rapport.core.errors import InputError
from rapport.core.ids import Identifiers
from rapport.evidence.live.kept_answers import KeptAnswers
from rapport.evidence.live.tally import Tally
from rapport.evidence.publication import Publication
from rapport.evidence.sources.files import publications
from rapport.evidence.sources.record import Quarantined


def step_of(pmcid: str) -> str:
    """What the journal calls the question for a full text."""
    return f"full text {pmcid}"


def with_full_text(record: Publication, kept: KeptAnswers, tally: Tally) -> Publication:
    """The record with its full text, if one was answered and can be read; else as it is."""
    step = step_of(record.identifiers.pmcid or "")
    status = kept.status(step)
    if status is None:
        return record
    if status != 200:
        tally.counts["without full text"] += 1
        return record
    for found in read_answer(kept, step, tally):
        tally.counts["full texts"] += 1
        return joined(found, record)
    return record


def read_answer(kept: KeptAnswers, step: str, tally: Tally) -> Iterator[Publication]:
    """The publications in a kept answer; what cannot be read is told, and stays on the disk."""
    path = kept.path(step)
    try:
        for record in publications([path]):
            if isinstance(record, Publication):
                yield record
            elif isinstance(record, Quarantined):
                position = record.origin.position
                tally.not_read(f"{path}, record {position}: {record.reason}")
    except InputError as error:
        tally.not_read(f"{path}: {error.problem}")


def joined(full: Publication, record: Publication) -> Publication:
    """The full text, with what only the record says of the same work."""
    both = full.identifiers, record.identifiers
    return msgspec.structs.replace(
        full,
        identifiers=Identifiers(
            pmid=both[0].pmid or both[1].pmid,
            pmcid=both[0].pmcid or both[1].pmcid,
            doi=both[0].doi or both[1].doi,
        ),
        title=full.title or record.title,
        abstract=full.abstract or record.abstract,
        authors=full.authors or record.authors,
        journal=full.journal or record.journal,
        date=full.date or record.date,
        licence=full.licence or record.licence,
        language=full.language or record.language,
        mesh=record.mesh,
        publication_types=_union(full.publication_types, record.publication_types),
        keywords=_union(full.keywords, record.keywords),
        registrations=_union(full.registrations, record.registrations),
        relations=tuple(dict.fromkeys((*full.relations, *record.relations))),
    )


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
