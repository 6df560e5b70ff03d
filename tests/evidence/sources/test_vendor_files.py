"""What each exporter writes, read from a made-up file of its kind."""

from rapport.core.dates import PartialDate
from rapport.core.ids import Identifiers
from rapport.evidence.publication import Author, Publication, RelationKind
from rapport.evidence.sources.record import Quarantined


def _abstract(publication):
    return [part.text for part in publication.abstract]


def test_ris_of_zotero(pieces, corpus):
    (found,) = pieces((corpus / "zotero.ris").read_bytes())
    assert found.title == "A made-up study of pacing"
    assert found.identifiers == Identifiers(
        pmid="99000001", pmcid="PMC9900001", doi="10.5555/made.up.1"
    )
    assert _abstract(found) == [
        "BACKGROUND: None of this is real. METHODS: Twelve invented people took part."
    ]
    assert found.authors[0] == Author(family="Roe", given="Jane Q.")
    assert (found.journal, found.volume, found.issue) == ("Journal of Examples", "51", "7")
    assert found.pages == "368-376"
    assert found.date == PartialDate(year=2013, month=7, day=21)
    assert found.publication_types == ("Journal Article",)
    assert found.keywords == ("pacing", "fatigue")
    assert found.language == "en"


def test_ris_of_endnote_with_mark_crlf_and_mixed_encodings(pieces, corpus):
    first, second = pieces((corpus / "endnote.ris").read_bytes())
    assert first.identifiers == Identifiers(
        pmid="99000002", pmcid="PMC9900002", doi="10.5555/made.up.2"
    )
    assert _abstract(first) == ["An abstract that is broken over two lines."]
    assert first.date == PartialDate(year=2013, month=7, day=21)
    assert first.publication_types == ("Journal Article", "Review")
    assert second.title == "A third, über Röntgen"


def test_ris_of_mendeley_without_end_tags(pieces, corpus):
    first, second = pieces((corpus / "mendeley_without_end.ris").read_bytes())
    assert first.title == "Written by hand"
    assert first.date == PartialDate(year=2012, month=3)
    assert [author.family for author in second.authors] == ["Doe", "Poe"]


def test_ris_of_covidence_takes_each_doubled_field_once(pieces, corpus):
    (found,) = pieces((corpus / "covidence.ris").read_bytes())
    assert found.authors == (Author(family="Roe", given="J"),)
    assert found.identifiers == Identifiers(pmid="99000004", doi="10.5555/made.up.4")
    assert found.publication_types == ("Journal Article",)


def test_ris_with_a_publishers_preface(pieces, corpus):
    (found,) = pieces((corpus / "publisher_preface.ris").read_bytes())
    assert (found.title, found.journal) == ("A chapter", "A book")
    assert found.publication_types == ("Book Chapter",)


def test_nbib_of_pubmed(pieces, corpus):
    first, preprint = pieces((corpus / "pubmed.nbib").read_bytes())
    assert first.title is not None
    assert first.title.endswith("long enough to be continued.")
    assert first.identifiers == Identifiers(
        pmid="99000011", pmcid="PMC9900011", doi="10.5555/made.up.11"
    )
    assert _abstract(first) == ["OBJECTIVE: To invent. RESULTS: It was invented (P = 0.04)."]
    assert first.authors == (
        Author(family="Roe", given="Jane Q"),
        Author(collective="Group of Examples"),
        Author(family="van der Poe", given="Ann"),
    )
    assert first.date == PartialDate(year=2019, month=5)
    assert first.mesh == ("Fatigue Syndrome, Chronic", "Humans")
    assert first.registrations == ("NCT09990011",)
    kinds = [(each.kind, each.identifiers) for each in first.relations]
    assert kinds == [
        (RelationKind.COMMENTED_BY, Identifiers(pmid="99000012")),
        (RelationKind.CORRECTED_BY, Identifiers(doi="10.5555/erratum")),
        (RelationKind.RETRACTED_BY, Identifiers(pmid="99000013")),
    ]
    assert preprint.relations[0].kind is RelationKind.PREPRINT_OF


def test_bibtex_with_accents_strings_comments_and_a_broken_entry(pieces, corpus):
    found = pieces((corpus / "library.bib").read_bytes(), "library.bib")
    first, broken, quoted, same_line = found
    assert first.title == "ME/CFS in 50% of Études: α-values"
    assert first.authors == (
        Author(family="Müller", given="Jörg"),
        Author(family="García de la Torre", given="Ana"),
        Author(collective="Group of Examples"),
    )
    assert first.journal == "Journal of Examples and more"
    assert first.date == PartialDate(year=2013, month=7)
    assert first.pages == "368-376"
    assert first.identifiers.doi == "10.5555/made_up.21"
    assert first.keywords == ("pacing", "fatigue", "rest")
    assert _abstract(first) == ["Of all people, 50% rested. The other 50% did not."]
    assert isinstance(broken, Quarantined)
    assert quoted.authors == (
        Author(family="Roe", given="Jane"),
        Author(family="Doe", given="Ben"),
    )
    assert quoted.publication_types == ("Conference Paper",)
    assert same_line.identifiers == Identifiers(pmid="99000023", pmcid="PMC9900023")


def test_a_broken_bibtex_abbreviation_spoils_no_entry(pieces, capsys):
    data = b'@string{x = {never closed\n@string{y = "J Ex"}\n@misc{a, title={A}, journal=y}\n'
    broken, found = pieces(data, "a.bib")
    assert isinstance(broken, Quarantined)
    assert (found.title, found.journal) == ("A", "J Ex")
    assert capsys.readouterr().err == ""


def test_csl_json(pieces, corpus):
    first, preprint, broken = pieces((corpus / "items.json").read_bytes())
    assert first.title == "CSL of nothing"
    assert first.authors == (
        Author(family="van der Poe", given="Ann"),
        Author(collective="Group of Examples"),
    )
    assert first.date == PartialDate(year=2016, month=2, day=29)
    assert first.identifiers == Identifiers(
        pmid="99000031", pmcid="PMC9900031", doi="10.5555/made.up.31"
    )
    assert _abstract(first) == ["Twelve < thirteen. True."]
    assert preprint.title == "A list as a title"
    assert preprint.publication_types == ("Preprint",)
    assert preprint.licence == "CC BY 4.0"
    assert preprint.date == PartialDate(year=2017, month=5)
    assert isinstance(broken, Quarantined)


def test_csv_of_zotero(pieces, corpus):
    first, second = pieces((corpus / "zotero.csv").read_bytes())
    assert first.title == 'A table of "nothing"'
    assert _abstract(first) == ["Line one line two"]
    assert first.identifiers == Identifiers(
        pmid="99000041", pmcid="PMC9900041", doi="10.5555/made.up.41"
    )
    assert first.date == PartialDate(year=2018, month=4, day=5)
    assert first.keywords == ("pacing", "rest", "fatigue")
    assert second.publication_types == ("Preprint",)


def test_csv_of_pubmed(pieces, corpus):
    (found,) = pieces((corpus / "pubmed.csv").read_bytes())
    assert found.authors == (
        Author(family="Roe", given="JQ"),
        Author(family="Doe", given="B"),
    )
    assert found.identifiers.pmid == "99000042"
    assert found.journal == "J Ex"


def test_csv_of_covidence_with_semicolons_in_latin_1(pieces, corpus):
    first, second = pieces((corpus / "covidence_latin1.csv").read_bytes())
    assert first.title == "Röntgen und Müdigkeit"
    assert first.date == PartialDate(year=2015, month=7)
    assert second.date is None  # NA is R's word for no value
    assert second.abstract == ()


def test_endnote_xml_with_styles_comments_and_a_broken_record(pieces, corpus):
    first, broken, last = pieces((corpus / "endnote.xml").read_bytes())
    assert first.title == "Styled in vitro title"
    assert first.authors == (
        Author(family="Roe", given="Jane"),
        Author(collective="Group of Examples"),
    )
    assert first.identifiers == Identifiers(
        pmid="99000051", pmcid="PMC9900051", doi="10.5555/made.up.51"
    )
    assert first.date == PartialDate(year=2016, month=2, day=29)
    assert _abstract(first) == ["Five < six & more."]
    assert isinstance(broken, Quarantined)
    assert isinstance(last, Publication)
