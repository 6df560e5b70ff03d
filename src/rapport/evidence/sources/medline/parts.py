"""The parts of a PubMed record: relations, references, authors, dates, registrations."""

from collections.abc import Iterator

from rapport.core.dates import PartialDate
from rapport.core.ids import Identifiers, normalise_doi, normalise_pmcid, normalise_pmid
from rapport.evidence.publication import (
    AbstractPart,
    Author,
    Reference,
    Relation,
    RelationKind,
)
from rapport.evidence.sources.values.written_dates import (
    cited_date,
    month_number,
    partial_date,
    written_date,
)
from rapport.evidence.sources.xml_tree import Element, text_at, text_of, texts_at

RELATIONS: dict[str, tuple[RelationKind, ...]] = {
    "CommentOn": (RelationKind.COMMENT_ON,),
    "CommentIn": (RelationKind.COMMENTED_BY,),
    "ErratumFor": (RelationKind.CORRECTION_OF,),
    "ErratumIn": (RelationKind.CORRECTED_BY,),
    "CorrectedandRepublishedFrom": (RelationKind.REPUBLICATION_OF,),
    "CorrectedandRepublishedIn": (RelationKind.CORRECTED_BY, RelationKind.REPUBLISHED),
    "ExpressionOfConcernFor": (RelationKind.CONCERN_ABOUT,),
    "ExpressionOfConcernIn": (RelationKind.CONCERN_RAISED_BY,),
    "RepublishedFrom": (RelationKind.REPUBLICATION_OF,),
    "RepublishedIn": (RelationKind.REPUBLISHED,),
    "ReprintIn": (RelationKind.REPUBLISHED,),
    "ReprintOf": (RelationKind.REPUBLICATION_OF,),
    "RetractedandRepublishedFrom": (RelationKind.REPUBLICATION_OF,),
    "RetractedandRepublishedIn": (RelationKind.RETRACTED_BY, RelationKind.REPUBLISHED),
    "RetractionOf": (RelationKind.RETRACTION_OF,),
    "RetractionIn": (RelationKind.RETRACTED_BY,),
    "PartialRetractionOf": (RelationKind.PARTIAL_RETRACTION_OF,),
    "PartialRetractionIn": (RelationKind.PARTLY_RETRACTED_BY,),
    "SummaryForPatientsIn": (RelationKind.SUMMARISED_BY,),
    "OriginalReportIn": (RelationKind.SUMMARY_OF,),
    "UpdateOf": (RelationKind.UPDATE_OF,),
    "UpdateIn": (RelationKind.UPDATED_BY,),
}
"""RefType of CommentsCorrections (NLM, MEDLINE/PubMed XML elements). What is left out says nothing
of what became of a work: AssociatedDataset, AssociatedPublication and Cites."""

_REGISTRIES = (
    "clinicaltrials isrctn actrn anzctr chictr crics cris ctis ctri drks ebmc-rebec eudract irct "
    "japic jmacct jprn jrct lbctr ntr nctr omon pactr phrr rebec repec rpcec slctr tctr umin"
)
_REGISTRY_NAMES = tuple(_REGISTRIES.split())
"""Beginnings of DataBankName that stand for a register of trials, and not for a data bank."""


def article_ids(ids: Element | None) -> Identifiers:
    """The identifiers in an ArticleIdList itself; those of cited works stand further down."""
    found: dict[str, str] = {}
    for each in ids if ids is not None else ():
        text = text_of(each)
        if text:
            found.setdefault(each.get("IdType", ""), text)
    pmcid = found.get("pmc") or found.get("pmcid")
    if pmcid is not None and pmcid.isdecimal():
        pmcid = f"PMC{pmcid}"
    return Identifiers(
        pmid=normalise_pmid(found.get("pubmed")),
        pmcid=normalise_pmcid(pmcid),
        doi=normalise_doi(found.get("doi")),
    )


def abstract(article: Element) -> tuple[AbstractPart, ...]:
    """The parts of the abstract; "UNLABELLED" is PubMed's word for a part without a label."""
    return tuple(_abstract_parts(article.find("Abstract")))


def _abstract_parts(parent: Element | None) -> Iterator[AbstractPart]:
    for each in parent.iterfind("AbstractText") if parent is not None else ():
        text = text_of(each)
        label = " ".join(each.get("Label", "").split())
        if text is not None:
            named = label if label and label.upper() != "UNLABELLED" else None
            yield AbstractPart(text=text, label=named)


def other_abstract(citation: Element) -> tuple[AbstractPart, ...]:
    """The first further abstract in English, for a record that has no main one."""
    for other in citation.iterfind("OtherAbstract"):
        if other.get("Language", "eng") == "eng":
            return tuple(_abstract_parts(other))
    return ()


def author_list(parent: Element | None) -> tuple[Author, ...]:
    """The authors in order; editors of a book are left out, names marked invalid too."""
    found: list[Author] = []
    for each in parent if parent is not None else ():
        if each.tag != "Author" or each.get("ValidYN") == "N":
            continue
        family, suffix = text_at(each, "LastName"), text_at(each, "Suffix")
        collective = text_at(each, "CollectiveName")
        if family is not None:
            given = text_at(each, "ForeName") or text_at(each, "Initials")
            name = f"{family} {suffix}" if suffix else family
            found.append(Author(family=name, given=given))
        elif collective is not None:
            found.append(Author(collective=collective))
    return tuple(found)


def date_of(element: Element | None) -> PartialDate | None:
    """The date of a PubDate or ArticleDate: year, month and day, or in words (MedlineDate)."""
    if element is None:
        return None
    year = text_at(element, "Year")
    if year is None or not year.isdecimal():
        return written_date(text_at(element, "MedlineDate"))
    day = text_at(element, "Day")
    return partial_date(
        int(year),
        month_number(text_at(element, "Month")),
        int(day) if day is not None and day.isdecimal() else None,
    )


def registrations(article: Element) -> tuple[str, ...]:
    """The accession numbers of trial registers, in order, each once."""
    found: dict[str, None] = {}
    for bank in article.iterfind("DataBankList/DataBank"):
        if is_trial_register(text_at(bank, "DataBankName") or ""):
            found.update(dict.fromkeys(texts_at(bank, "AccessionNumberList/AccessionNumber")))
    return tuple(found)


def is_trial_register(bank: str) -> bool:
    """Whether a data bank of this name registers trials, rather than holding data."""
    return bank.lower().startswith(_REGISTRY_NAMES)


def relations(citation: Element, *, is_preprint: bool) -> tuple[Relation, ...]:
    """The relations in CommentsCorrectionsList; a preprint's UpdateIn is its article."""
    found: list[Relation] = []
    for each in citation.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        kind_of = each.get("RefType", "")
        kinds = RELATIONS.get(kind_of, ())
        if kind_of == "UpdateIn" and is_preprint:
            kinds = (RelationKind.PREPRINT_OF,)
        source = text_at(each, "RefSource")
        note = " ".join(filter(None, (source, text_at(each, "Note")))) or None
        ids = Identifiers(pmid=text_at(each, "PMID"), doi=normalise_doi(source))
        date = cited_date(source)
        found.extend(
            Relation(kind=kind, identifiers=ids, note=note, date=date) for kind in kinds
        )
    return tuple(found)


def references(data: Element | None) -> tuple[Reference, ...]:
    """The cited works; PubMed prints no numbers, so they have no label.

    Their order is that of the publisher's list, but lists are not always complete.
    """
    if data is None:
        return ()
    found: list[Reference] = []
    for each in data.iter("Reference"):
        text = text_at(each, "Citation")
        if text is not None:
            ids = article_ids(each.find("ArticleIdList"))
            found.append(Reference(text=text, identifiers=ids))
    return tuple(found)
