"""What is known of a publication beside its reading: retraction, notices, relations, rights."""

import msgspec

from rapport.cards import licences
from rapport.cards.card_facts import YES, Fact
from rapport.cards.facts import DesignRecord
from rapport.cards.study_card import RelatedWork, Source
from rapport.core.spans import Span
from rapport.core.vocabulary import Design
from rapport.evidence.card.quotes import Rights
from rapport.evidence.dedupe.notices import has_retracted_title, is_marked_retracted
from rapport.evidence.publication import Publication, RelationKind, TextOrigin

_NOTICE_TYPES = {
    "retraction of publication": "retraction",
    "retraction notice": "retraction",
    "published erratum": "correction",
    "correction": "correction",
    "erratum": "correction",
    "expression of concern": "concern",
}
_NOTICE_RELATIONS = {
    RelationKind.RETRACTION_OF: "retraction",
    RelationKind.CORRECTION_OF: "correction",
    RelationKind.PARTIAL_RETRACTION_OF: "correction",
    RelationKind.CONCERN_ABOUT: "concern",
}
_NO_DESIGN = ("journal article", "english abstract", "research support, non-u.s. gov't")


def is_retracted(publication: Publication) -> bool:
    """Whether the record itself says so: by its types, its relations or its title."""
    return is_marked_retracted(publication) or any(
        each.kind is RelationKind.RETRACTED_BY for each in publication.relations
    )


def publication_facts(publication: Publication) -> dict[str, Fact]:
    """Facts about the record: whose words it holds, and what has been said of it since."""
    found = {"origin": Fact(value=publication.text_origin.value)}
    if is_retracted(publication):
        found["retracted"] = Fact(value=YES, spans=_title_span(publication))
    if any(each.kind is RelationKind.CONCERN_RAISED_BY for each in publication.relations):
        found["concern"] = Fact(value=YES)
    notice = _notice(publication)
    if notice:
        found["notice"] = Fact(value=notice)
    return found


def _notice(publication: Publication) -> str | None:
    """Of which kind of notice the record is one; None for a work of its own."""
    by_type = (_NOTICE_TYPES.get(each.lower()) for each in publication.publication_types)
    by_relation = (_NOTICE_RELATIONS.get(each.kind) for each in publication.relations)
    return next(filter(None, (*by_type, *by_relation)), None)


def _title_span(publication: Publication) -> tuple[Span, ...]:
    title = publication.title or ""
    if not has_retracted_title(publication):
        return ()
    return (Span(field="title", start=0, end=len(title), quote=title),)


def with_basis(design: DesignRecord, publication: Publication) -> DesignRecord:
    """The design with what it was taken from, where that is the record's publication types.

    Types are no text and have no span: the card names them, so that a reader can look.
    """
    types = [each for each in publication.publication_types if each.lower() not in _NO_DESIGN]
    if design.evidence or design.basis or design.value is Design.OTHER or not types:
        return design
    noun = "type" if len(types) == 1 else "types"
    return msgspec.structs.replace(design, basis=f"publication {noun}: {', '.join(types)}")


def related(publication: Publication) -> tuple[RelatedWork, ...]:
    """The works that the record names as belonging to it."""
    return tuple(
        RelatedWork(kind=each.kind.value, identifiers=each.identifiers, note=each.note)
        for each in publication.relations
    )


def source(publication: Publication) -> Source:
    """Where the text came from and under which licence."""
    return Source(
        file=publication.origin.file,
        position=publication.origin.position,
        format=publication.origin.format,
        text_origin=publication.text_origin.value,
        licence=publication.licence,
        language=publication.language,
    )


def rights(publication: Publication) -> Rights:
    """How much may be quoted. A digest is this project's own text, under CC BY 4.0."""
    is_digest = publication.text_origin is TextOrigin.DIGEST
    return Rights(
        is_open=is_digest or licences.is_open(publication.licence), is_digest=is_digest
    )
