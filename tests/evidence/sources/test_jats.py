"""What is read of an article: its text, sections, tables, references and front matter."""

import pytest
from tests.evidence.sources.articles import article, paragraphs, read

from rapport.core.dates import PartialDate
from rapport.core.ids import Identifiers
from rapport.evidence.canonical import canonical
from rapport.evidence.publication import AbstractPart, Author, RelationKind


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("H<sub>2</sub>O was drunk.", "H2O was drunk."),  # nothing in the place of tags
        ("the criteria<sup>6</sup>.", "the criteria6."),  # as it is printed
        ("10\u2009mg\u00a0a\n   day", "10 mg a day"),  # thin and no-break spaces
        ("5 &lt; 6 &amp; &#233;t&#xe9;", "5 < 6 & été"),
        ("one<!-- a note -->two", "onetwo"),
        ("a <?oxy x?>b", "a b"),
        ("up<break/>down", "up down"),
        ("<![CDATA[x < y]]> holds", "x < y holds"),
        ("so <disp-formula><mml:math><mml:mi>x</mml:mi><mml:mo>=</mml:mo></mml:math>"
         "</disp-formula> holds", "so x= holds"),
        ("<inline-formula><alternatives><tex-math>\\documentclass{a}\\begin{document}$$y$$"
         "\\end{document}</tex-math><mml:math><mml:mi>z</mml:mi></mml:math></alternatives>"
         "</inline-formula> only once", "z only once"),
        ("<tex-math>\\documentclass{a}\\begin{document}$$y$$\\end{document}</tex-math>", "y"),
        ("see <fig><label>Figure 9</label></fig>below", "see below"),
    ],
)  # fmt: skip
def test_the_text_of_a_paragraph_is_what_is_printed(inside, expected):
    assert paragraphs(f"<p>{inside}</p>") == [expected]


def test_sections_keep_their_order_titles_and_depth():
    found = read(
        article(
            "<p>Before.</p>"
            "<sec><label>1.</label><title>Methods</title><p>M.</p>"
            "<sec><title>Entry <italic>criteria</italic></title><p>E.</p></sec>"
            "<p>After the subsection.</p></sec>"
            "<sec><title>Results</title><p>R.</p></sec><p>Last.</p>"
        )
    )
    assert [(each.depth, each.title, each.paragraphs) for each in found.sections] == [
        (1, None, ("Before.",)),
        (1, "1. Methods", ("M.",)),
        (2, "Entry criteria", ("E.",)),
        (2, None, ("After the subsection.",)),
        (1, "Results", ("R.",)),
        (1, None, ("Last.",)),
    ]
    titles = {text: part.titles for part, text in prose(found)}
    assert titles["E."] == ("1. Methods", "Entry criteria")
    assert titles["After the subsection."] == ("1. Methods",)
    assert titles["Last."] == ()


def prose(publication):
    """Every prose part of the body with its text."""
    text = canonical(publication)
    return [
        (part, text.fields["body"][part.start : part.end])
        for part in text.parts
        if part.field == "body" and part.kind == "prose"
    ]


def test_lists_boxes_and_quotations_are_paragraphs_of_their_own():
    assert paragraphs(
        "<p>They had to have:<list list-type='order'><list-item><label>1.</label><p>fatigue</p>"
        "</list-item><list-item><label>2.</label><p>malaise<list><list-item><p>after effort</p>"
        "</list-item></list></p></list-item></list>and nothing else.</p>"
        "<disp-quote><p>I cannot stand.</p><attrib>Participant 4</attrib></disp-quote>"
        "<def-list><def-item><term>PEM</term><def><p>malaise</p></def></def-item></def-list>"
        "<boxed-text><p>Known before.</p></boxed-text>"
    ) == [
        "They had to have:",
        "1. fatigue",
        "2. malaise",
        "after effort",
        "and nothing else.",
        "I cannot stand.",
        "Participant 4",
        "PEM: malaise",
        "Known before.",
    ]


def test_a_box_with_a_title_is_a_section():
    found = read(
        article(
            "<sec><title>Results</title><p>R.<boxed-text><caption><title>Key points</title>"
            "</caption><p>K.</p></boxed-text></p><p>More.</p></sec>"
        )
    )
    assert [(each.title, each.depth, each.paragraphs) for each in found.sections] == [
        ("Results", 1, ("R.",)),
        ("Key points", 2, ("K.",)),
        (None, 2, ("More.",)),
    ]


def test_back_matter_is_kept_under_its_titles():
    found = read(
        article(
            "<p>Body.</p>",
            back="<ack><p>We thank all.</p></ack>"
            "<sec sec-type='data-availability'><title>Data</title><p>On request.</p></sec>"
            "<fn-group><title>Interests</title><fn><label>a</label><p>None.</p></fn></fn-group>"
            "<app-group><app><title>Appendix</title><sec><title>More methods</title>"
            "<p>Details.</p></sec></app></app-group>"
            "<ref-list><title>References</title><ref id='r1'><mixed-citation>Roe, 2001."
            "</mixed-citation></ref></ref-list>",
            meta="<funding-group><funding-statement>Paid by no one.</funding-statement>"
            "</funding-group>",
        )
    )
    assert [(each.title, each.paragraphs) for each in found.sections[1:]] == [
        ("Acknowledgements", ("We thank all.",)),
        ("Data", ("On request.",)),
        ("Interests", ("a None.",)),
        ("Appendix", ()),
        ("More methods", ("Details.",)),
        ("Funding", ("Paid by no one.",)),
    ]


def test_peer_reviews_in_the_same_file_are_not_the_article():
    text = article("<p>Ours.</p>").replace(
        "</article>",
        "<sub-article><front-stub/><body><p>Not ours.</p><table-wrap><label>T</label>"
        "</table-wrap></body></sub-article></article>",
    )
    found = read(text)
    assert "Not ours." not in canonical(found).fields["body"]
    assert found.tables == ()


def test_an_abstract_keeps_its_labels_and_second_abstracts_are_left_out():
    found = read(
        article(
            meta="<abstract abstract-type='graphical'><p>A picture.</p></abstract>"
            "<abstract><title>Abstract</title><sec><title>Background:</title><p>B.</p></sec>"
            "<sec><title>Results</title><p>One.</p><p>Two.</p></sec><p>Loose.</p>"
            "<sec><title>Patient or public contribution</title><p>Two patients helped.</p></sec>"
            "</abstract>"
            "<abstract abstract-type='plain-language-summary'><p>Easy.</p></abstract>"
            "<abstract><title>Lay summary</title><p>Also easy.</p></abstract>"
            "<trans-abstract xml:lang='fr'><p>Abr\u00e9g\u00e9.</p></trans-abstract>"
        )
    )
    assert found.abstract == (
        AbstractPart(label="Background", text="B."),
        AbstractPart(label="Results", text="One. Two."),
        AbstractPart(text="Loose."),
        AbstractPart(label="Patient or public contribution", text="Two patients helped."),
    )


def test_a_typed_abstract_stands_if_there_is_no_other():
    found = read(
        article(meta="<abstract abstract-type='executive-summary'><p>A.</p></abstract>")
    )
    assert found.abstract == (AbstractPart(text="A."),)


def test_tables_are_rows_with_cells_at_their_columns():
    (table,) = read(
        article(
            "<p>See <table-wrap><label>Table 1</label><caption><title>Who</title><p>All.</p>"
            "</caption><table><thead><tr><th rowspan='2'>Group</th><th colspan='2'>Sex</th></tr>"
            "<tr><th>w</th><th>m</th></tr></thead><tbody><tr><td>a<sup>1</sup></td><td>2</td>"
            "<td><p>3</p><p>4</p></td></tr></tbody></table><table-wrap-foot><fn><label>1</label>"
            "<p>Note.</p></fn></table-wrap-foot></table-wrap> there.</p>"
        )
    ).tables
    assert table.label == "Table 1"
    assert table.caption == "Who All."
    assert table.rows == (("Group", "Sex", ""), ("", "w", "m"), ("a1", "2", "3 4"))
    assert table.foot == "1 Note."


def test_floating_tables_and_figures_are_found():
    found = read(
        article(
            "<p>T.</p>",
            floats="<floats-group><fig><label>Figure 1</label><caption><p>A curve.</p></caption>"
            "</fig><table-wrap><label>Table 1</label><table><tr><td>x</td></tr></table>"
            "</table-wrap></floats-group>",
        )
    )
    assert [(each.label, each.caption) for each in found.figures] == [("Figure 1", "A curve.")]
    assert [each.rows for each in found.tables] == [(("x",),)]


def test_a_span_of_a_million_columns_is_not_believed():
    (table,) = read(
        article("<table-wrap><table><tr><td colspan='1000000'>x</td></tr></table></table-wrap>")
    ).tables
    assert len(table.rows[0]) <= 400


REFERENCES = (
    "<ref-list>"
    "<ref id='B1'>{0}<element-citation><person-group person-group-type='author'><name>"
    "<surname>Roe</surname><given-names>J</given-names></name><collab>The Group</collab>"
    "</person-group><article-title>On <italic>examples</italic></article-title>"
    "<source>J Ex</source><year>1994</year><pub-id pub-id-type='pmid'>12</pub-id>"
    "<pub-id pub-id-type='doi'>10.1234/ABC</pub-id></element-citation></ref>"
    "<ref id='B2'>{1}<mixed-citation>Doe A. Another. J Ex. 2003;4:1.</mixed-citation></ref>"
    "<ref id='B3'>{2}<mixed-citation><string-name><surname>Poe</surname>, <given-names>E"
    "</given-names></string-name> (<year>2011</year>) <ext-link ext-link-type='doi' "
    "xlink:href='https://doi.org/10.5/not'>x</ext-link></mixed-citation></ref></ref-list>"
)


def test_references_carry_label_key_authors_year_and_identifiers():
    labels = ["<label>[1]</label>", "<label>2.</label>", "<label>3</label>"]
    first, second, third = read(article(back=REFERENCES.format(*labels))).references
    assert (first.label, first.key, first.authors) == ("1", "B1", ("Roe J", "The Group"))
    assert (first.year, first.title) == (1994, "On examples")
    assert first.identifiers == Identifiers(pmid="12", doi="10.1234/abc")
    assert first.text == "Roe J, The Group. On examples. J Ex. 1994"
    assert (second.label, second.year, second.text) == (
        "2",
        2003,
        "Doe A. Another. J Ex. 2003;4:1.",
    )
    assert (third.label, third.authors, third.year) == ("3", ("Poe E",), 2011)


def cite(key, words):
    """A citation as JATS tags it."""
    return f'<xref ref-type="bibr" rid="{key}">{words}</xref>'


def test_a_list_without_numbers_gets_those_the_text_cites_by():
    body = f"<p>So<sup>{cite('B1', '1')}-{cite('B3', '3')}</sup> it is.</p>"
    found = read(article(body, back=REFERENCES.format("", "", "")))
    assert [each.label for each in found.references] == ["1", "2", "3"]


def test_a_list_cited_by_name_stays_without_numbers():
    body = f"<p>So {cite('B1', 'Roe et al., 1994')} said.</p>"
    found = read(article(body, back=REFERENCES.format("", "", "")))
    assert [each.label for each in found.references] == [None, None, None]


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        (f"[{cite('B1', '1')}]", [("1", ("B1",))]),
        (f"[{cite('B1', '1')},{cite('B2', '2')}]", [("1", ("B1",)), ("2", ("B2",))]),
        (f"[{cite('B1', '1')}–{cite('B3', '3')}]", [("1", ("B1",)), ("3", ("B2", "B3"))]),
        (f"{cite('B1 B3', '1,3')}", [("1,3", ("B1", "B3"))]),
        (f"<sup>{cite('B2', ' 2 ')}</sup>", [("2", ("B2",))]),
        ('<xref ref-type="fig" rid="F1">Figure 1</xref>', []),  # not the reference list
        (f"{cite('B9', '9')}", []),  # no such reference
        (f"{cite('B1', '')}", []),  # nothing is printed
    ],
)
def test_where_the_text_cites_is_known(cited, expected):
    body = f"<sec><title>M</title><p>First.</p><p>The  criteria{cited} were used.</p></sec>"
    found = canonical(read(article(body, back=REFERENCES.format("", "", ""))))
    text = found.fields["body"]
    assert [(text[each.start : each.end], each.keys) for each in found.citations] == expected
    assert "  " not in text
    assert "were used." in text


def test_the_front_matter_is_read():
    found = read(
        article(
            attributes='article-type="systematic-review" xml:lang="en"',
            meta="<article-id pub-id-type='pmid'>123</article-id>"
            "<article-id pub-id-type='pmc'>456</article-id>"
            "<article-id pub-id-type='doi'>10.1234/XYZ</article-id>"
            "<article-categories><subj-group subj-group-type='heading'><subject>Review Article"
            "</subject></subj-group><subj-group subj-group-type='heading'><subject>Neurology"
            "</subject></subj-group></article-categories>"
            "<contrib-group><contrib contrib-type='author'><name><surname>Roe</surname>"
            "<given-names>Jane</given-names></name></contrib><contrib contrib-type='author'>"
            "<collab>The Group<contrib-group><contrib><name><surname>Member</surname></name>"
            "</contrib></contrib-group></collab></contrib><contrib contrib-type='editor'><name>"
            "<surname>Ed</surname></name></contrib></contrib-group>"
            "<pub-date pub-type='collection'><year>2013</year></pub-date>"
            "<pub-date pub-type='epub'><day>21</day><month>7</month><year>2013</year></pub-date>"
            "<pub-date pub-type='pmc-release'><year>2012</year></pub-date>"
            "<volume>4</volume><issue>2</issue><fpage>10</fpage><lpage>19</lpage>"
            "<permissions><license xlink:href='https://creativecommons.org/licenses/by-nc/4.0/'>"
            "<license-p>Free.</license-p></license></permissions>"
            "<kwd-group><kwd>fatigue</kwd></kwd-group>"
            "<related-article related-article-type='retraction-forward' ext-link-type='pubmed' "
            "xlink:href='789'><article-title>Gone</article-title><date><day>2</day><month>4</month>"
            "<year>2015</year></date><pub-id pub-id-type='doi'>10.1234/Gone1</pub-id>"
            "</related-article><related-article related-article-type='preprint' "
            "ext-link-type='doi' xlink:href='10.1101/2'/>"
            "<abstract><sec><title>Trial registration</title><p>ClinicalTrials.gov "
            "NCT01234567.</p></sec></abstract>",
        )
    )
    assert found.identifiers == Identifiers(pmid="123", pmcid="PMC456", doi="10.1234/xyz")
    assert found.id == "PMC456"
    assert found.authors == (
        Author(family="Roe", given="Jane"),
        Author(collective="The Group"),
    )
    assert found.date == PartialDate(year=2013, month=7, day=21)
    assert (found.journal, found.volume, found.issue, found.pages) == (
        "Journal of Examples",
        "4",
        "2",
        "10-19",
    )
    assert found.publication_types == ("Systematic Review", "Review Article")
    assert found.keywords == ("Neurology", "fatigue")
    assert found.licence == "CC BY-NC 4.0"
    assert found.language == "en"
    assert found.registrations == ("NCT01234567",)
    assert [(each.kind, each.identifiers, each.date) for each in found.relations] == [
        (
            RelationKind.RETRACTED_BY,
            Identifiers(pmid="789", doi="10.1234/gone1"),
            PartialDate(year=2015, month=4, day=2),
        ),
        (RelationKind.UPDATE_OF, Identifiers(doi="10.1101/2"), None),
    ]
