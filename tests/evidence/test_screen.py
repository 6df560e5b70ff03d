"""The screen: what the topic takes, and that the raw-byte screen never misses it."""

import html
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rapport.evidence.publication import AbstractPart, Origin, Publication, Section
from rapport.evidence.screen import Screen
from rapport.evidence.screen.raw_pattern import raw_pattern
from rapport.evidence.sources.byte_pattern import BytesPattern
from rapport.evidence.sources.medline import pubmed_xml
from rapport.evidence.sources.raw import PassedOver, RawRecord
from rapport.knowledge.load import load

TOPIC = load().topics["me_cfs"]
SCREEN = Screen(TOPIC)
ORIGIN = Origin(file="made", position=1, format="json_lines")


def made(**fields):
    return Publication(origin=ORIGIN, **fields)


@pytest.mark.parametrize("case", TOPIC.examples, ids=lambda case: case.text[:40])
def test_every_example_of_the_topic_file_falls_where_it_says(case):
    """The examples are titles; in an abstract the same ones are on topic."""
    assert SCREEN.topic_class(made(title=case.text)) == case.topic_class
    in_abstract = SCREEN.topic_class(made(abstract=(AbstractPart(text=case.text),)))
    assert (in_abstract is None) == (case.topic_class is None)


def test_every_class_has_an_example_and_there_are_off_topic_ones():
    classes = {each.id for each in TOPIC.classes}
    assert {each.topic_class for each in TOPIC.examples} == {*classes, None}


@pytest.mark.parametrize(
    ("publication", "topic_class"),
    [
        (made(mesh=("Fatigue Syndrome, Chronic",)), "me_cfs"),
        (made(title="Rest", keywords=("ME/CFS",)), "me_cfs"),
        (made(title="Rest", text="They had myalgic encephalomyelitis."), "me_cfs"),
        # the body speaks of much in passing, so it counts only where there is no abstract
        (made(title="Rest", sections=(Section(paragraphs=("As in ME/CFS.",)),)), "me_cfs"),
        (
            made(
                abstract=(AbstractPart(text="Rest."),),
                sections=(Section(paragraphs=("As in ME/CFS.",)),),
            ),
            None,
        ),
        # a Long COVID study stays one when it names ME/CFS outside its head
        (
            made(title="Long COVID", abstract=(AbstractPart(text="It looks like ME/CFS."),)),
            "long_covid_pem",
        ),
        (
            made(
                title="Long COVID and work",
                abstract=(AbstractPart(text="Rest."),),
                sections=(Section(paragraphs=("Post-exertional malaise was asked for.",)),),
            ),
            "long_covid_pem",
        ),
        (made(title="Long COVID", keywords=("ME/CFS",)), "me_cfs"),
    ],
)
def test_the_class_follows_from_where_the_words_stand(publication, topic_class):
    assert SCREEN.topic_class(publication) == topic_class


NAMES = st.sampled_from(
    [each.text for each in TOPIC.examples if each.topic_class]
    + [
        "Chronic\u2011Fatigue Syndrome",
        "M.E. – C.F.S.",
        "chronic  fatigue\tsyndrome",
        "CFS (ME)",
    ]
    + ["ſyndrome: chronic fatigue ſyndrome", "encéphalomyélite myalgique", "Long COVID: PESE"]
)
HOW = st.lists(st.integers(0, 9), min_size=60, max_size=60)


WAYS = (
    html.escape,
    lambda each: f"&#{ord(each)};",
    lambda each: html.escape(each) if each.isalnum() else f"&#x{ord(each):X};",
    lambda each: f'<i a="&gt;x>">{html.escape(each)}</i>',
    lambda each: f"<b>{html.escape(each)}</b>",
    lambda each: " \n\t <sub> </sub>&nbsp;" if each == " " else html.escape(each),
    lambda each: f"<!-- > -->{html.escape(each)}",
    lambda each: f"<![CDATA[{each}]]>",
    lambda each: html.escape(each.upper() if each.isascii() else each),
    html.escape,
)


def written(text, how):
    """The text as XML may write it: entities, numbers, tags and line ends anywhere."""
    return "".join(WAYS[how[place % len(how)]](each) for place, each in enumerate(text))


def bulk(title):
    return (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>"
        f"{title}</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    ).encode()


@given(name=NAMES, how=HOW, before=st.text(max_size=8), encoding=st.just("utf-8"))
@example(name="ME/CFS", how=[0] * 60, before="", encoding="utf-8")
def test_the_raw_screen_never_misses_what_the_topic_takes(name, how, before, encoding):
    before = "".join(each for each in before if each.isprintable())
    data = bulk(written(before + " " + name, how))
    (raw,) = pubmed_xml.split(io.BytesIO(data), "made", None)
    publication = pubmed_xml.parse(raw)
    assert isinstance(publication, Publication), publication
    if SCREEN.topic_class(publication) is not None:
        (hit,) = pubmed_xml.split(io.BytesIO(data), "made", SCREEN.raw_pattern)
        assert isinstance(hit, RawRecord)


@pytest.mark.parametrize(
    "title", ["Seidel and Seidler on rest", "Lactate in CSF", "Acute encephalomyelitis", "A"]
)
def test_the_raw_screen_passes_over_most_of_what_is_off_topic(title):
    found = list(pubmed_xml.split(io.BytesIO(bulk(title)), "made", SCREEN.raw_pattern))
    assert found == [PassedOver(file="made", count=1)]


@pytest.mark.parametrize(
    ("pattern", "text", "data"),
    [
        ("a b", "a b", b"a\n  b"),
        ("a b", "a b", b"a&#160;b"),
        ("a b", "a b", "a\u2009b".encode()),
        (r"\bME\b", "ME", b"<b>ME</b>"),
        (r"\bM\b.\bE\b", "M E", b"M<i> </i>E"),
        ("[ -]x", "-x", b"&#45;x"),
        ("[–-]x", "–x", "–x".encode()),
        ("[–-]x", "–x", b"&ndash;x"),
        ("[^a]x", "é" + "x", "éx".encode()),
        ("a/b", "a/b", b"a&sol;b"),
        ("(?:é|e)t", "ét", b"&eacute;t"),
        ("ab{2}c?d", "abbd", b"a<i>b</i><b>b</b>d"),
        ("(?-i:AB)", "AB", b"A<i>B</i>"),
        ("a", "A", b"&#65;"),
    ],
)
def test_a_pattern_over_text_finds_its_bytes(pattern, text, data):
    assert BytesPattern(raw_pattern([pattern])).matches(data), text


def test_more_syntax_than_the_derivation_knows_is_refused():
    with pytest.raises(ValueError, match="more than a topic's pattern may use"):
        raw_pattern([r"\pL"])
