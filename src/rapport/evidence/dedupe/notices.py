"""Records about another record - corrections, retractions, replies - and preprints."""

import re
from enum import StrEnum

from rapport.evidence.publication import Publication


class Notice(StrEnum):
    """What a record is towards the work it names; NONE for a work of its own."""

    NONE = "none"
    CORRECTION = "correction"
    RETRACTION = "retraction"
    CONCERN = "concern"
    COMMENT = "comment"


_TITLES = (
    (Notice.RETRACTION, r"retraction(?: note| notice)?\b(?=\s*(?:[:.-]|to\b|of\b|for\b|$))"),
    (Notice.CONCERN, r"(?:editorial )?expressions? of concern\b"),
    (
        Notice.CORRECTION,
        r"(?:\w+ )?(?:erratum|errata|corrigendum|corrigenda|correction|addendum)\b"
        r"(?=\s*(?:[:.\[(-]|to\b|of\b|for\b|in\b|$))",
    ),
    (
        Notice.COMMENT,
        r"(?:in )?(?:authors?'?s? )?(?:reply|response|comments?|commentary|letter|rejoinder)"
        r"\b(?=\s*(?:[:\[(-]|to\b|on\b))",
    ),
)
_COMPILED = tuple(
    (kind, re.compile(r"[\s\[\"'“]*" + pattern, re.I)) for kind, pattern in _TITLES
)
_TYPES = {
    "published erratum": Notice.CORRECTION,
    "correction": Notice.CORRECTION,
    "retraction of publication": Notice.RETRACTION,
    "retraction notice": Notice.RETRACTION,
    "expression of concern": Notice.CONCERN,
}
_PREPRINT_TYPES = frozenset(("preprint", "posted content", "posted-content"))
_PREPRINT_SERVERS = re.compile(
    r"\b(?:medrxiv|biorxiv|arxiv|psyarxiv|research square|preprints(?:\.org)?|ssrn|osf preprints"
    r"|authorea|techrxiv|chemrxiv)\b",
    re.IGNORECASE,
)
# Prefixes that Crossref lists for these servers alone: openRxiv, Research Square, Preprints.org,
# SSRN, arXiv, OSF (PsyArXiv), Authorea, JMIR Preprints.
_PREPRINT_DOI = re.compile(
    r"10\.(?:1101/(?:19|20)\d\d\.|1101/\d{6}(?:v\d+)?$|64898/|21203/rs|20944/preprints|2139/ssrn|48550/arxiv"
    r"|31234/osf|31219/osf|22541/au|2196/preprints)"
)


def notice(title: str, publication_types: tuple[str, ...]) -> Notice:
    """What a record is, by its publication types, else by how its title begins."""
    for named in publication_types:
        found = _TYPES.get(named.strip().lower())
        if found is not None:
            return found
    for kind, pattern in _COMPILED:
        if pattern.match(title):
            return kind
    return Notice.NONE


def bare_title(title: str) -> str:
    """The title without the words that make it a notice ("Erratum to: ..."), in normal form."""
    return _OPENING.sub("", title)


_OPENING = re.compile(
    r"^(?:author |publisher |editorial )?(?:retraction(?: note| notice)?|expressions? of concern"
    r"|erratum|errata|corrigendum|corrigenda|correction|addendum|(?:authors? )?(?:reply|response)"
    r"|comments?|commentary|letter|rejoinder)(?: (?:to|of|for|on|in|the article|re))* "
)


_RETRACTED_TYPES = ("retracted publication", "retracted article")
_RETRACTED_TITLES = ("retracted:", "retracted article:", "[retracted]", "withdrawn:")
_REANALYSIS = re.compile(r"\b(?:re ?analys[ei]s|re ?analy[sz](?:ed|ing))\b")
_REPLY = re.compile(r"(?:in )?(?:(?:the )?authors?(?: s)? )?(?:reply|response|rejoinder)\b")


def has_retracted_title(publication: Publication) -> bool:
    """Whether the title itself begins with the mark of a retraction."""
    return (publication.title or "").lower().startswith(_RETRACTED_TITLES)


def is_marked_retracted(publication: Publication) -> bool:
    """Whether the record itself is marked as retracted, by its types or its title."""
    types = (each.strip().lower() for each in publication.publication_types)
    return has_retracted_title(publication) or any(each in _RETRACTED_TYPES for each in types)


def is_reanalysis(title: str | None) -> bool:
    """Whether a title, in normal form, says that data are analysed again."""
    return _REANALYSIS.search(title or "") is not None


def is_reply(title: str | None) -> bool:
    """Whether a title, in normal form, begins as an answer does ("Authors' reply: ...")."""
    return _REPLY.match(title or "") is not None


def is_preprint(publication: Publication) -> bool:
    """Whether the record is a preprint: by type, by server, by the server's DOI prefix."""
    if any(named.strip().lower() in _PREPRINT_TYPES for named in publication.publication_types):
        return True
    if publication.journal and _PREPRINT_SERVERS.search(publication.journal):
        return True
    return is_preprint_doi(publication.identifiers.doi or "")


def is_preprint_doi(doi: str) -> bool:
    """Whether the DOI's prefix belongs to a preprint server."""
    return _PREPRINT_DOI.match(doi) is not None
