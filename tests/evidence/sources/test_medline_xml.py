"""PubMed XML: every field, bulk files cut as raw bytes, broken and hostile ones quarantined."""

import gzip
import io

import pytest

from rapport.core.dates import PartialDate
from rapport.core.ids import Identifiers
from rapport.evidence.publication import AbstractPart, Author, Publication, RelationKind
from rapport.evidence.sources.byte_pattern import BytesPattern
from rapport.evidence.sources.medline import pubmed_xml
from rapport.evidence.sources.opening.unpacking import gunzip
from rapport.evidence.sources.raw import PassedOver, RawRecord
from rapport.evidence.sources.record import Quarantined

PROLOG = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE PubmedArticleSet PUBLIC '
    '"-//NLM//DTD PubMedArticle, 1st January 2019//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_190101.dtd">\n'
)


def record(title="A title", *, pmid=99100001, article="", citation="", data=""):
    """One PubmedArticle around the part that a test is about."""
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}'
        f"</PMID><Article><ArticleTitle>{title}</ArticleTitle>{article}</Article>{citation}"
        f"</MedlineCitation><PubmedData>{data}</PubmedData></PubmedArticle>"
    )


def whole(*records):
    """A file of these records."""
    return (
        PROLOG + "<PubmedArticleSet>\n" + "\n".join(records) + "\n</PubmedArticleSet>"
    ).encode()


def read(pieces, one):
    (found,) = pieces(whole(one))
    assert isinstance(found, Publication), found
    return found


@pytest.mark.parametrize(
    ("inside", "title"),
    [
        ("H<sub>2</sub>O and <i>E. coli</i>", "H2O and E. coli"),
        ("CO<sup>2+</sup>\n   in  rest", "CO2+ in rest"),
        (
            'p <mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>x</mml:mi>'
            "<mml:mo>=</mml:mo><mml:mn>3</mml:mn></mml:math>.",
            "p x=3.",
        ),
        ("<mml:math><mml:mi>y</mml:mi></mml:math>", "y"),  # the prefix is declared nowhere
        ("5 &lt; 6 &amp; &#xe9;t&#233;", "5 < 6 & été"),
        ("no&nbsp;break &beta;-cell", "no break β-cell"),  # names of HTML, not of XML
        ("<![CDATA[5 < 6 & <i>x</i>]]>", "5 < 6 & <i>x</i>"),
        ("one<!-- <PubmedArticle> </PubmedArticle> -->two", "onetwo"),
    ],
)
def test_text_inside_markup_is_kept(pieces, inside, title):
    assert read(pieces, record(inside)).title == title


def test_every_field_of_a_record(pieces):
    found = read(
        pieces,
        record(
            article="<Journal><JournalIssue><Volume>12</Volume><Issue>3</Issue><PubDate>"
            "<Year>2019</Year><Month>May</Month><Day>07</Day></PubDate></JournalIssue>"
            "<Title>Journal of examples</Title></Journal>"
            "<Pagination><MedlinePgn>101-9</MedlinePgn></Pagination>"
            '<ELocationID EIdType="doi" ValidYN="Y">10.5555/Made.Up.61</ELocationID>'
            '<Abstract><AbstractText Label="AIM">To invent.</AbstractText>'
            '<AbstractText Label="UNLABELLED">It was.</AbstractText><AbstractText/>'
            "<CopyrightInformation>© 2019 Nobody. Re-use permitted under CC BY-NC."
            "</CopyrightInformation></Abstract>"
            '<AuthorList><Author ValidYN="Y"><LastName>Roe</LastName><ForeName>Jane</ForeName>'
            "<Initials>J</Initials><Suffix>Jr</Suffix></Author><Author>"
            "<CollectiveName>Group of Examples</CollectiveName></Author>"
            '<Author ValidYN="N"><LastName>Wrong</LastName></Author></AuthorList>'
            "<Language>eng</Language><DataBankList><DataBank>"
            "<DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList>"
            "<AccessionNumber>NCT09990061</AccessionNumber></AccessionNumberList></DataBank>"
            "<DataBank><DataBankName>GENBANK</DataBankName><AccessionNumberList>"
            "<AccessionNumber>AB1</AccessionNumber></AccessionNumberList></DataBank>"
            "</DataBankList><PublicationTypeList><PublicationType>Journal Article"
            "</PublicationType></PublicationTypeList>",
            citation="<MeshHeadingList><MeshHeading><DescriptorName>Humans</DescriptorName>"
            "<QualifierName>x</QualifierName></MeshHeading></MeshHeadingList>"
            "<KeywordList><Keyword>pacing</Keyword></KeywordList>",
            data="<ArticleIdList><ArticleId IdType='pmc'>PMC9910061</ArticleId></ArticleIdList>"
            "<ReferenceList><Reference><Citation>Poe A. J Ex. 2001.</Citation><ArticleIdList>"
            "<ArticleId IdType='pubmed'>99100099</ArticleId></ArticleIdList></Reference>"
            "</ReferenceList>",
        ),
    )
    assert found.identifiers == Identifiers(
        pmid="99100001", pmcid="PMC9910061", doi="10.5555/made.up.61"
    )
    assert found.abstract == (
        AbstractPart(text="To invent.", label="AIM"),
        AbstractPart(text="It was."),
    )
    assert found.authors == (
        Author(family="Roe Jr", given="Jane"),
        Author(collective="Group of Examples"),
    )
    assert (found.journal, found.volume, found.issue, found.pages) == (
        "Journal of examples", "12", "3", "101-9",
    )  # fmt: skip
    assert found.date == PartialDate(year=2019, month=5, day=7)
    assert found.publication_types == ("Journal Article",)
    assert found.mesh == ("Humans",)
    assert found.keywords == ("pacing",)
    assert found.registrations == ("NCT09990061",)
    assert found.licence == "CC BY-NC"
    assert found.language == "en"
    assert found.references[0].identifiers.pmid == "99100099"


@pytest.mark.parametrize(
    ("ref_type", "kinds"),
    [
        ("CommentOn", ["comment_on"]),
        ("CommentIn", ["commented_by"]),
        ("ErratumFor", ["correction_of"]),
        ("ErratumIn", ["corrected_by"]),
        ("ExpressionOfConcernIn", ["concern_raised_by"]),
        ("RetractionOf", ["retraction_of"]),
        ("RetractionIn", ["retracted_by"]),
        ("RetractedandRepublishedIn", ["retracted_by", "republished"]),
        ("RetractedandRepublishedFrom", ["republication_of"]),  # nothing happened to this one
        ("ReprintIn", ["republished"]),
        ("SummaryForPatientsIn", ["summarised_by"]),
        ("OriginalReportIn", ["summary_of"]),
        ("AssociatedDataset", []),
        ("PartialRetractionIn", ["partly_retracted_by"]),  # the rest of the work stands
        ("UpdateOf", ["update_of"]),
        ("UpdateIn", ["updated_by"]),
        ("Cites", []),  # no relation of two editions of one work
    ],
)
def test_related_citations_become_relations(pieces, ref_type, kinds):
    related = (
        f'<CommentsCorrectionsList><CommentsCorrections RefType="{ref_type}"><RefSource>J Ex. '
        "2020. doi: 10.5555/notice.</RefSource><PMID>99100077</PMID></CommentsCorrections>"
        "</CommentsCorrectionsList>"
    )
    found = read(pieces, record(citation=related)).relations
    assert [each.kind for each in found] == kinds
    assert all(
        each.identifiers == Identifiers(pmid="99100077", doi="10.5555/notice") for each in found
    )


def test_the_update_of_a_preprint_is_its_article(pieces):
    found = read(
        pieces,
        record(
            article="<PublicationTypeList><PublicationType>Preprint</PublicationType>"
            "</PublicationTypeList>",
            citation='<CommentsCorrectionsList><CommentsCorrections RefType="UpdateIn">'
            "<RefSource>J Ex</RefSource></CommentsCorrections></CommentsCorrectionsList>",
        ),
    )
    assert [each.kind for each in found.relations] == [RelationKind.PREPRINT_OF]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("<Year>2019</Year>", PartialDate(year=2019)),
        ("<Year>2019</Year><Season>Spring</Season>", PartialDate(year=2019)),
        ("<Year>2019</Year><Month>02</Month>", PartialDate(year=2019, month=2)),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", PartialDate(year=1998, month=12)),
        ("<MedlineDate>Winter</MedlineDate>", None),
    ],
)
def test_dates_have_the_precision_they_are_given_with(pieces, date, expected):
    journal = f"<Journal><JournalIssue><PubDate>{date}</PubDate></JournalIssue></Journal>"
    assert read(pieces, record(article=journal)).date == expected


def test_a_title_in_another_language_stands_in_for_none(pieces):
    found = read(
        pieces,
        record("[Not Available].", article="<VernacularTitle>Ein Titel</VernacularTitle>"),
    )
    assert found.title == "Ein Titel"


def test_a_book_chapter_is_a_publication_in_its_book(pieces):
    chapter = (
        "<PubmedBookArticle><BookDocument><PMID>99100002</PMID><ArticleIdList><ArticleId "
        'IdType="bookaccession">NBK1</ArticleId></ArticleIdList><Book><BookTitle>A book'
        "</BookTitle><PubDate><Year>2015</Year></PubDate></Book><ArticleTitle>A chapter"
        "</ArticleTitle><Language>eng</Language><Abstract><AbstractText>Text.</AbstractText>"
        "</Abstract></BookDocument></PubmedBookArticle>"
    )
    found = read(pieces, chapter)
    assert (found.title, found.journal) == ("A chapter", "A book")
    assert found.identifiers.pmid == "99100002"
    assert found.date == PartialDate(year=2015)


def test_deletions_are_set_aside_with_the_pmids_they_withdraw(pieces):
    deletion = "<DeleteCitation><PMID Version='1'>7</PMID>\n<PMID>8</PMID></DeleteCitation>"
    first, second = pieces(whole(record(), deletion))
    assert isinstance(first, Publication)
    assert isinstance(second, Quarantined)
    assert second.withdraws == ("7", "8")


def test_concatenated_documents_are_read_on(pieces):
    found = pieces(whole(record(pmid=1), record(pmid=2)) + b"\n" + whole(record(pmid=3)))
    assert [each.identifiers.pmid for each in found] == ["1", "2", "3"]
    assert [each.origin.position for each in found] == [1, 2, 3]


def test_a_set_of_bare_citations_is_read(pieces):
    citation = record()[len("<PubmedArticle>") :].partition("<PubmedData>")[0]
    data = f"{PROLOG}<MedlineCitationSet>{citation}{citation}</MedlineCitationSet>".encode()
    assert [each.title for each in pieces(data)] == ["A title", "A title"]


@pytest.mark.parametrize(
    ("middle", "reason"),
    [
        (record()[:200], "cut off"),  # another file was appended to a truncated one
        (record("<i>open"), "well-formed"),
        (record("&lol;"), "entity &lol;"),
        (record("<a>" * 300 + "</a>" * 300), "depth"),
        ("<Stray>x</Stray>", "not a record"),
        ('<!DOCTYPE x [<!ENTITY lol "lol">]>', "entities of its own"),
        ("<PubmedArticle></PubmedArticle>", "no article"),
    ],
)
def test_a_broken_record_harms_no_other(pieces, middle, reason):
    before, found, after = pieces(whole(record(pmid=1), middle, record(pmid=3)))
    assert before.identifiers.pmid == "1"
    assert after.identifiers.pmid == "3"
    assert isinstance(found, Quarantined)
    assert reason in found.reason
    assert found.origin.position == 2


def test_an_external_entity_is_not_read(pieces, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    prolog = f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{secret}">]>'
    found = pieces(f"{prolog}<PubmedArticleSet>{record('&s;')}</PubmedArticleSet>".encode())
    assert [type(each) for each in found] == [Quarantined, Quarantined]
    assert "secret\n" not in str(found)


def test_bytes_of_another_encoding_are_read_as_western_ones(pieces):
    data = whole(record("für Röntgen")).decode().encode("latin-1")
    assert [each.title for each in pieces(data)] == ["für Röntgen"]


def test_a_truncated_gzip_file_gives_all_that_is_whole():
    packed = gzip.compress(whole(*(record(pmid=number) for number in range(1, 400))), mtime=0)
    stream = gunzip(io.BytesIO(packed[: len(packed) // 2]))
    *records, tail, broken = pubmed_xml.split(stream, "cut.xml.gz", None)
    assert len(records) > 50
    assert all(isinstance(each, RawRecord) for each in records)
    assert isinstance(tail, Quarantined)
    assert "cut off" in tail.reason
    assert tail.origin.position == len(records) + 1
    assert "ends in the middle" in broken.reason


def _screen(data, pattern=b"rest"):
    return list(pubmed_xml.split(io.BytesIO(data), "bulk.xml", BytesPattern(pattern)))


def test_only_records_that_hit_are_cut_out_of_a_bulk_file():
    data = whole(record("work", pmid=1), record("REST", pmid=2), record("work", pmid=3))
    hit, rest = _screen(data)
    assert isinstance(hit, RawRecord)
    assert b">2</PMID>" in hit.data
    assert hit.origin.position == 2
    assert rest == PassedOver(file="bulk.xml", count=2)


@pytest.mark.parametrize(
    "odd",
    [
        record()[:150],  # cut off
        '<PubmedArticle note="1"></PubmedArticle>',
        "<!-- <PubmedArticle> rest -->",
        "<DeleteCitation><PMID>5</PMID></DeleteCitation>",
        "<PubmedBookArticle></PubmedBookArticle>",
        "stray text",
        "",
    ],
)
def test_screened_and_unscreened_files_count_the_same(odd):
    data = whole(record("rest", pmid=1), record("work", pmid=2), odd, record("rest", pmid=3))
    screened = _screen(data)
    all_of_it = list(pubmed_xml.split(io.BytesIO(data), "bulk.xml", None))
    passed = sum(each.count for each in screened if isinstance(each, PassedOver))
    kept = [each for each in screened if not isinstance(each, PassedOver)]
    assert len(kept) + passed == len(all_of_it)
    assert [each for each in all_of_it if isinstance(each, Quarantined)] == [
        each for each in kept if isinstance(each, Quarantined)
    ]
    assert {each.data for each in kept if isinstance(each, RawRecord)} == {
        each.data for each in all_of_it if isinstance(each, RawRecord) and b"rest" in each.data
    }


def test_a_hit_across_the_border_of_two_blocks_is_found():
    records = [record("x" * 3000, pmid=number) for number in range(1, 900)]
    records[450] = record("rest", pmid=451)
    data = whole(*records)
    hit, rest = _screen(data)
    assert hit.origin.position == 451
    assert rest.count == 898
