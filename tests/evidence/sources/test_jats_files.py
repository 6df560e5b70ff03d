"""Files of articles: wrapped, cut short, hostile, in odd encodings and blocks."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.sources.articles import XLINK, article, paragraphs, pieces, read

from rapport.evidence.canonical import canonical
from rapport.evidence.publication import Publication
from rapport.evidence.sources.jats import full_text
from rapport.evidence.sources.opening.stream import begun
from rapport.evidence.sources.record import Quarantined


def test_an_article_is_found_in_every_wrapper():
    inner = article("<p>Text.</p>")
    jats_namespace = 'xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/"'
    wrapped = [
        '<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS 1.3//EN" "x.dtd">'
        + inner,
        f"<pmc-articleset>{inner}</pmc-articleset>",
        inner.replace("<article ", f"<article {jats_namespace} "),
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><metadata>'
        + inner.replace("<article ", f"<article {jats_namespace} ")
        + "</metadata></record></ListRecords></OAI-PMH>",
        f"<j:wrap xmlns:j='u:x' {XLINK}>"
        + inner.replace("<article ", "<j:article ").replace("</article>", "</j:article>")
        + "</j:wrap>",
        "\ufeff" + inner,
        inner.encode("utf-16"),
    ]
    for text in wrapped[:4] + wrapped[5:]:
        found = read(text)
        assert found.title == "A title"
        assert canonical(found).fields["body"] == "Text."


def test_a_namespace_declared_around_the_article_still_holds():
    inner = article(
        "<p>T.</p>",
        meta="<permissions><license xlink:href='http://creativecommons.org/licenses/by/2.0'/>"
        "</permissions>",
    ).replace(XLINK, "")
    assert read(f"<pmc-articleset {XLINK}>{inner}</pmc-articleset>").licence == "CC BY 2.0"


def test_a_file_in_another_encoding_is_read():
    text = '<?xml version="1.0" encoding="iso-8859-1"?>' + article("<p>Caf\u00e9.</p>")
    assert canonical(read(text.encode("latin-1"))).fields["body"] == "Caf\u00e9."


def test_a_broken_article_harms_no_other():
    broken = article("<p>Broken</sec>")
    first, second, third = pieces(
        f"<pmc-articleset>{article('<p>1.</p>')}{broken}{article('<p>3.</p>')}</pmc-articleset>"
    )
    assert isinstance(first, Publication)
    assert isinstance(second, Quarantined)
    assert second.origin.position == 2
    assert "not well-formed" in second.reason
    assert isinstance(third, Publication)


def test_an_article_cut_short_is_set_aside_and_the_one_before_it_is_kept():
    whole, cut = pieces(article("<p>1.</p>") + article("<p>2.</p>")[:-40])
    assert isinstance(whole, Publication)
    assert isinstance(cut, Quarantined)


def test_an_article_tag_in_a_comment_begins_no_article():
    assert (
        len(
            pieces(
                f"<!-- <article > --><pmc-articleset>{article('<p>1.</p>')}</pmc-articleset>"
            )
        )
        == 1
    )


def test_a_file_without_an_article_is_set_aside():
    (found,) = pieces("<pmc-articleset><error>no such id</error></pmc-articleset>")
    assert isinstance(found, Quarantined)
    assert "no <article>" in found.reason


BOMB = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "lol"}">' for i in range(10))


@pytest.mark.parametrize(
    "text",
    [
        f"<!DOCTYPE article [{BOMB}]>" + article("<p>&e9;</p>"),
        '<!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + article("<p>&x;</p>"),
        f"<!DOCTYPE article [{BOMB}]>" + article("<p>x</p>", attributes='id="&e9;"'),
        article("<p>" + "<italic>" * 5000 + "</italic>" * 5000 + "</p>"),
        article("<p>\x00</p>"),
        article("").replace("A title", ""),
    ],
    ids=["bomb", "external entity", "bomb in an attribute", "depth", "control byte", "nothing"],
)
def test_hostile_and_empty_articles_are_set_aside_with_a_reason(text):
    (found,) = pieces(text)
    assert isinstance(found, Quarantined)
    assert len(found.reason) < 300
    assert "root:" not in found.reason


def test_named_characters_are_read_without_the_document_type_that_defines_them():
    text = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS 1.0//EN" "http://nowhere.invalid/x.dtd">'
    found = read(text + article("<p>1&ndash;2 &alpha;</p>"))
    assert canonical(found).fields["body"] == "1\u20132 \u03b1"


@pytest.mark.parametrize("size", [1, 2, 7, 64, 4096])
def test_where_the_blocks_end_makes_no_difference(size):
    text = f"<!-- <article> -->{article('<p>1 &lt; 2.</p>')} {article('<p><![CDATA[</article>]]></p>')}"
    found = full_text.split(io.BytesIO(text.encode()), "made.xml", None)
    whole = [piece.data for piece in found]

    class Slow(io.BytesIO):
        def read(self, _=-1):
            return super().read(size)

    assert [
        piece.data for piece in full_text.split(Slow(text.encode()), "made.xml", None)
    ] == whole
    assert len(whole) == 2


@given(st.text(alphabet=st.sampled_from("ab <>&/\"'-!\u00a0\u2009\n\té")))
def test_any_text_survives_escaping_with_single_spaces(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    expected = " ".join(text.split())
    assert paragraphs(f"<p>{escaped}</p>") == ([expected] if expected else [])


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(data):
    for found in pieces(b"<article >" + data):
        assert isinstance(found, Publication | Quarantined)


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"<article>", "x", True),
        (b'\xef\xbb\xbf <?xml version="1.0"?>\n<pmc-articleset>', "x.txt", True),
        ("<article ".encode("utf-16"), "x", True),
        (b"<PubmedArticleSet><PubmedArticle>", "x.xml", False),
        (b"<html><p>An <article-like thing", "x.xml", False),
        (b"The <article> of faith", "x.xml", False),
    ],
)
def test_jats_is_known_by_its_content(head, name, expected):
    assert full_text.sniff(begun(head), name) is expected
