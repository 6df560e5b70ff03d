"""Citations in the forms of reference managers come back as they went out."""

import json
import re

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from rapport.cards.facts import DesignRecord, Participants, PemRecord
from rapport.cards.study_card import Citation, Parts, Source, StudyCard, Versions
from rapport.core.dates import PartialDate
from rapport.core.encoding import to_json
from rapport.core.ids import Identifiers
from rapport.core.vocabulary import Badge, Design, ReadScope
from rapport.evidence import cite
from rapport.evidence.card.citation import citation
from rapport.evidence.publication import Author, Origin, Publication

BOOK = "Sleep & pain: 50% of {all} in_a $mall town #1"
AUTHORS = ("Müller-Lund, Åse M", "O'Neil, Bo", "The Rest and Pain Group")


def card(identifiers=None, **cited):
    cited.setdefault("text", "Made up.")
    return StudyCard(
        id="PMC1",
        identifiers=identifiers or Identifiers(doi="10.1000/a_b", pmid="12", pmcid="PMC1"),
        citation=Citation(**cited),
        read=ReadScope.ABSTRACT,
        badge=PemRecord(badge=Badge.NOT_STATED),
        design=DesignRecord(value=Design.OTHER),
        participants=Participants(),
        parts=Parts(),
        source=Source(file="made-up", position=1, format="jsonl"),
        versions=Versions(reader="1", knowledge="1"),
    )


FULL = card(
    title=BOOK,
    authors=AUTHORS,
    journal="Journal of Rest & Pain",
    year=2013,
    date="2013-07",
    volume="51",
    issue="7",
    pages="368-376",
)


def bibtex_entry(text):
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    (entry,) = library.entries
    return entry


def unescaped(text):
    # Whole braces around the value protect it; they are not part of it.
    words = text[1:-1] if text.startswith("{") else text
    named = {"backslash": "\\", "asciitilde": "~", "asciicircum": "^"}
    named |= {"braceleft": "{", "braceright": "}"}
    letter = re.compile(r"\\text(" + "|".join(named) + r")\{\}|\\([&%$#_])")
    return letter.sub(lambda found: named.get(found[1] or "", found[2]), words)


def test_bibtex_holds_every_field_with_special_letters_escaped():
    entry = bibtex_entry(cite.bibtex(FULL))
    fields = {field.key: field.value for field in entry.fields}
    assert (entry.entry_type, entry.key) == ("article", "MullerLund2013sleep")
    assert unescaped(fields["title"]) == BOOK
    assert fields["author"] == "Müller-Lund, Åse M and O'Neil, Bo and {The Rest and Pain Group}"
    assert fields["journal"] == r"Journal of Rest \& Pain"
    assert fields["pages"] == "368--376"
    assert (fields["year"], fields["volume"], fields["number"]) == ("2013", "51", "7")
    assert (fields["doi"], fields["pmid"]) == ("10.1000/a_b", "12")


def test_ris_comes_back_with_the_same_values():
    (entry,) = rispy.loads(cite.ris(FULL))
    assert entry["type_of_reference"] == "JOUR"
    assert entry["title"] == BOOK
    assert entry["authors"] == list(AUTHORS)
    assert (entry["year"], entry["volume"], entry["number"]) == ("2013", "51", "7")
    assert (entry["start_page"], entry["end_page"]) == ("368", "376")
    assert entry["doi"] == "10.1000/a_b"


def test_csl_json_is_a_list_of_one_item_in_the_words_of_the_format():
    (item,) = json.loads(to_json(cite.csl_json(FULL)))
    assert item["type"] == "article-journal"
    assert item["author"][0] == {"family": "Müller-Lund", "given": "Åse M"}
    assert item["author"][2] == {"literal": "The Rest and Pain Group"}
    assert item["issued"] == {"date-parts": [[2013, 7]]}
    assert (item["container-title"], item["page"]) == ("Journal of Rest & Pain", "368-376")
    assert item["DOI"] == "10.1000/a_b"


def test_what_is_not_known_is_left_out():
    bare = card(identifiers=Identifiers(), title="Only a title")
    assert cite.bibtex(bare) == "@misc{Anonymousonly,\n  title = {{Only a title}},\n}\n"
    assert cite.ris(bare) == "TY  - GEN\r\nTI  - Only a title\r\nER  - \r\n"
    assert cite.csl_json(bare) == [
        {"id": "Anonymousonly", "type": "document", "title": "Only a title"}
    ]


TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp", "Zs")) | st.just(" "),
    min_size=1,
    max_size=60,
).filter(str.strip)


@given(TEXT, TEXT)
def test_any_title_and_journal_come_back_from_bibtex(title, journal):
    text = cite.bibtex(card(title=title, journal=journal))
    fields = {field.key: field.value for field in bibtex_entry(text).fields}
    assert unescaped(fields["title"]) == " ".join(title.split())
    assert unescaped(fields["journal"]) == " ".join(journal.split())


@given(TEXT)
def test_any_title_comes_back_from_ris(title):
    (entry,) = rispy.loads(cite.ris(card(title=title)))
    assert entry["title"] == " ".join(title.split())


@given(TEXT, st.lists(TEXT, max_size=3))
def test_a_key_is_plain_letters_and_digits(title, authors):
    assert re.fullmatch(r"[A-Za-z0-9]+", cite.key(card(title=title, authors=tuple(authors))))


def publication(**more):
    return Publication(origin=Origin(file="x", position=1, format="jsonl"), **more)


TEXTS = [
    (
        publication(
            title="Sleep and pain.",
            authors=(
                Author(family="Müller-Lund", given="Åse Marie"),
                Author(family="Oduya", given="BC"),
            ),
            journal="J Rest",
            date=PartialDate(year=2013, month=7),
            volume="51",
            issue="7",
            pages="368-76",
            identifiers=Identifiers(doi="10.1000/x", pmid="12"),
        ),
        "Müller-Lund ÅM, Oduya BC (2013). Sleep and pain. J Rest 51(7):368-76. "
        "https://doi.org/10.1000/x.",
    ),
    (
        publication(title="[Schlaf.]", authors=(Author(collective="The Group"),)),
        "The Group. Schlaf. ",
    ),
    (publication(), "Without a title."),
    (
        publication(title="Many", authors=tuple(Author(family=f"A{n}") for n in range(9))),
        "A0, A1, A2, A3, A4, A5 and others. Many.",
    ),
]


@pytest.mark.parametrize(("given_publication", "expected"), TEXTS)
def test_the_citation_is_one_plain_line(given_publication, expected):
    assert citation(given_publication).text == expected.strip()
