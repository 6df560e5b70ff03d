"""PubMed and MEDLINE XML: articles and book chapters, as downloaded or in bulk files."""

import re

from rapport.core.ids import Identifiers, normalise_doi, normalise_pmid
from rapport.evidence.publication import Origin, Publication
from rapport.evidence.sources.medline.parts import (
    abstract,
    article_ids,
    author_list,
    date_of,
    other_abstract,
    references,
    registrations,
    relations,
)
from rapport.evidence.sources.medline.split import split
from rapport.evidence.sources.raw import Format, RawRecord, quarantined
from rapport.evidence.sources.record import Quarantined
from rapport.evidence.sources.values.languages import language_code
from rapport.evidence.sources.values.licence import licence_name
from rapport.evidence.sources.xml_tree import (
    BrokenRecordError,
    Element,
    text_at,
    text_of,
    texts_at,
    tree,
)

_ROOT = re.compile(rb"<(?:Pubmed(?:Book)?Article|MedlineCitation)(?:Set)?[\s>]")
_OPEN_LICENCE = re.compile(r"creative commons|\bCC[ -]?(?:BY|0)\b|public domain", re.IGNORECASE)
_PREPRINT = "Preprint"
_NO_TITLE = "[not available]."


def sniff(head: bytes, name: str) -> bool:  # noqa: ARG001  # known by its content
    """Whether an element of PubMed's XML opens near the beginning."""
    return _ROOT.search(head) is not None


def parse(raw: RawRecord) -> Publication | Quarantined:
    """The publication of one PubmedArticle, PubmedBookArticle or MedlineCitation element."""
    try:
        record = tree(raw.data)
    except BrokenRecordError as error:
        return quarantined(raw, str(error))
    if record.tag == "PubmedBookArticle":
        document = record.find("BookDocument")
        return _missing(raw) if document is None else _chapter(raw.origin, record, document)
    citation = record if record.tag == "MedlineCitation" else record.find("MedlineCitation")
    article = citation.find("Article") if citation is not None else None
    if citation is None or article is None:
        return _missing(raw)
    return _article(raw.origin, record, citation, article)


def _missing(raw: RawRecord) -> Quarantined:
    return quarantined(raw, "the record holds no article")


def _article(
    origin: Origin, record: Element, citation: Element, article: Element
) -> Publication:
    issue = article.find("Journal/JournalIssue")
    types = texts_at(article, "PublicationTypeList/PublicationType")
    data = record.find("PubmedData")
    return Publication(
        origin=origin,
        identifiers=_identifiers(citation, article, data),
        title=_title(article),
        abstract=abstract(article) or other_abstract(citation),
        authors=author_list(article.find("AuthorList")),
        journal=_journal(citation, article),
        volume=text_at(issue, "Volume"),
        issue=text_at(issue, "Issue"),
        pages=text_at(article, "Pagination/MedlinePgn") or _pages(article),
        date=date_of(issue.find("PubDate") if issue is not None else None)
        or date_of(article.find("ArticleDate")),
        publication_types=types,
        mesh=texts_at(citation, "MeshHeadingList/MeshHeading/DescriptorName")
        + texts_at(citation, "SupplMeshList/SupplMeshName"),
        keywords=texts_at(citation, "KeywordList/Keyword"),
        registrations=registrations(article),
        licence=_licence(article),
        language=language_code(text_at(article, "Language")),
        relations=relations(citation, is_preprint=_PREPRINT in types),
        references=references(data),
    )


def _chapter(origin: Origin, record: Element, document: Element) -> Publication:
    """A chapter or book of the NCBI bookshelf; its journal is the book it stands in."""
    book = document.find("Book")
    ids = article_ids(document.find("ArticleIdList"))
    others = article_ids(record.find("PubmedBookData/ArticleIdList"))
    title = text_at(document, "ArticleTitle")
    own_authors = author_list(document.find("AuthorList"))
    return Publication(
        origin=origin,
        identifiers=Identifiers(
            pmid=normalise_pmid(text_at(document, "PMID")) or others.pmid,
            pmcid=ids.pmcid or others.pmcid,
            doi=ids.doi or others.doi,
        ),
        title=title or text_at(book, "BookTitle"),
        abstract=abstract(document),
        authors=own_authors
        or author_list(book.find("AuthorList") if book is not None else None),
        journal=text_at(book, "BookTitle") if title else None,
        volume=text_at(book, "Volume"),
        pages=text_at(document, "Pagination/MedlinePgn"),
        date=date_of(document.find("ContributionDate"))
        or date_of(book.find("PubDate") if book is not None else None),
        publication_types=texts_at(document, "PublicationType"),
        keywords=texts_at(document, "KeywordList/Keyword"),
        licence=_licence(document),
        language=language_code(text_at(document, "Language")),
        references=references(document.find("ReferenceList")),
    )


def _identifiers(citation: Element, article: Element, data: Element | None) -> Identifiers:
    """Those of PubmedData; a DOI that only the article names counts unless marked invalid."""
    ids = article_ids(data.find("ArticleIdList") if data is not None else None)
    located = (
        normalise_doi(text_of(each))
        for each in article.iterfind("ELocationID")
        if each.get("EIdType") == "doi" and each.get("ValidYN") != "N"
    )
    return Identifiers(
        pmid=normalise_pmid(text_at(citation, "PMID")) or ids.pmid,
        pmcid=ids.pmcid,
        doi=ids.doi or next((doi for doi in located if doi is not None), None),
    )


def _title(article: Element) -> str | None:
    """The title; the one in the original language where PubMed has no English one."""
    title = text_at(article, "ArticleTitle")
    if title is None or title.lower() == _NO_TITLE:
        return text_at(article, "VernacularTitle") or title
    return title


def _journal(citation: Element, article: Element) -> str | None:
    return (
        text_at(article, "Journal/Title")
        or text_at(article, "Journal/ISOAbbreviation")
        or text_at(citation, "MedlineJournalInfo/MedlineTA")
    )


def _pages(article: Element) -> str | None:
    first, last = (
        text_at(article, "Pagination/StartPage"),
        text_at(article, "Pagination/EndPage"),
    )
    return f"{first}-{last}" if first and last else first


def _licence(article: Element) -> str | None:
    """The notice under the abstract if it grants a licence; "all rights reserved" grants none."""
    notice = text_at(article, "Abstract/CopyrightInformation")
    return licence_name(notice) if notice and _OPEN_LICENCE.search(notice) else None


FORMAT = Format(name="medline_xml", title="PubMed XML", sniff=sniff, split=split, parse=parse)
