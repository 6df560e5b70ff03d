"""What exporters call the columns of their tables, and the field of a record each one fills."""

import re

_NAMES: dict[str, str] = {
    "title": "title|article title|document title|primary title|titles|ti",
    "abstract": "abstract|abstract note|abstracts|ab|summary",
    "authors": "authors|author|author full names|author names|author full name|author(s)|au",
    "journal": (
        "journal|journal/book|publication title|source title|journal title|secondary title|"
        "publication|source|journal name|full journal title|periodical|container title|venue"
    ),
    "journal_short": "journal abbreviation|alternate journal|abbreviated source title",
    "volume": "volume|vol",
    "issue": "issue|number|no|issue number",
    "pages": "pages|page|page(s)|page range|pagination",
    "first_page": "page start|start page|beginning page",
    "last_page": "page end|end page|ending page",
    "year": "publication year|year|published year|pub year|py",
    "date": "date|publication date|date published|published|published date",
    "month": "published month|month",
    "day": "day",
    "doi": "doi|electronic resource number|digital object identifier|doi link|article doi",
    "pmid": "pmid|pubmed id|pubmed identifier|pubmed",
    "pmcid": "pmcid|pmc id|pmc",
    "accession": "accession number|accession",
    "database": "name of database|database|database provider|library catalog|archive",
    "link": "url|link|link attachments|urls",
    "notes": "notes|extra|research notes|note",
    "kind": "item type|document type|publication type|type|reference type|type of work|work type",
    "keywords": "keywords|manual tags|automatic tags|author keywords|tags|keyword|de|kw",
    "mesh": "mesh|mesh terms|mesh headings|mesh subject headings",
    "language": "language|language of original document|lang",
    "licence": "rights|licence|license|copyright",
    "id": "id|given id",
    "text": "text|full text|fulltext",
}
_FIELDS = {name: field for field, names in _NAMES.items() for name in names.split("|")}


def column_field(heading: str) -> str | None:
    """The field that a column of this heading fills; None for a column that is not read."""
    words = re.sub(r"[\s_.-]+", " ", heading.replace("\ufeff", "")).strip().lower()
    return _FIELDS.get(words)


def is_table_of_publications(headings: list[str]) -> bool:
    """Whether the headings name a title, or an identifier, and at least one field more."""
    fields = {field for heading in headings if (field := column_field(heading)) is not None}
    return len(fields) > 1 and bool(fields & {"title", "doi", "pmid", "pmcid", "abstract"})
