"""The citation of a publication: its parts, and the line of text that is shown."""

from rapport.cards.study_card import Citation
from rapport.core.type_tags import without_tags
from rapport.evidence.publication import Author, Publication

_MOST_AUTHORS = 6


def citation(publication: Publication) -> Citation:
    """What is needed to cite the work. Missing: parts the source does not give are None."""
    date = publication.date
    title = _plain(publication.title)
    return Citation(
        text=_text(publication, title),
        title=title,
        authors=tuple(name for name in map(_full_name, publication.authors) if name),
        journal=publication.journal,
        year=date.year if date else None,
        date=str(date) if date else None,
        volume=publication.volume,
        issue=publication.issue,
        pages=publication.pages,
        url=publication.url,
    )


def _plain(title: str | None) -> str | None:
    """The title without tags, and without the full stop and square brackets that PubMed adds."""
    plain = _without_stop(without_tags(title or "").strip())
    if plain.startswith("[") and plain.endswith("]"):
        plain = _without_stop(plain[1:-1])
    return plain or None


def _without_stop(text: str) -> str:
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def _full_name(author: Author) -> str:
    if author.collective:
        return author.collective
    return ", ".join(filter(None, (author.family, author.given)))


def _text(publication: Publication, title: str | None) -> str:
    parts = (
        _names(publication.authors),
        f"({publication.date.year})" if publication.date else "",
    )
    head = " ".join(filter(None, parts))
    listed = (
        head,
        title or "Without a title",
        _place(publication),
        _link(publication),
    )
    return ". ".join(filter(None, listed)) + "."


def _names(authors: tuple[Author, ...]) -> str:
    names = [name for name in map(_short_name, authors) if name]
    if len(names) > _MOST_AUTHORS:
        return f"{', '.join(names[:_MOST_AUTHORS])} and others"
    return ", ".join(names)


def _short_name(author: Author) -> str:
    if author.collective or not author.family:
        return author.collective or ""
    given = (author.given or "").replace(".", " ").replace("-", " ").split()
    initials = "".join(
        name if len(name) <= 3 and name.isupper() else name[:1].upper() for name in given
    )
    return f"{author.family} {initials}".strip()


def _place(publication: Publication) -> str:
    issue = f"({publication.issue})" if publication.issue else ""
    pages = f":{publication.pages}" if publication.pages else ""
    number = f"{publication.volume or ''}{issue}{pages}".lstrip(":")
    return " ".join(filter(None, (publication.journal, number)))


def _link(publication: Publication) -> str:
    """The DOI as an address, else PMID, PMCID or the address the source gives."""
    known = publication.identifiers
    if known.doi:
        return f"https://doi.org/{known.doi}"
    if known.pmid:
        return f"PMID {known.pmid}"
    return known.pmcid or publication.url or ""
