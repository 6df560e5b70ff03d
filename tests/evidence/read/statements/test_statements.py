"""What the sentences of made-up papers do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evidence.read.made_up import paper

from rapport.cards.strength import Strength
from rapport.core.spans import is_verbatim
from rapport.core.vocabulary import Band, StatementKind
from rapport.evidence.read.statements.statements import CARRIED, statements
from rapport.knowledge.load import load
from rapport.knowledge.reading.statements import statement_cues

STRENGTH = Strength(load())

ABSTRACT = (
    "Myalgic encephalomyelitis is a chronic disease that affects millions of people worldwide. "
    "The aim of this study was to compare sleep in patients and healthy controls. "
    "Sleep was measured with a questionnaire in 40 patients and 40 controls. "
    "Patients had significantly lower sleep scores than controls (p < 0.001). "
    "These findings suggest that poor sleep may contribute to fatigue. "
    "The small sample size limits the generalisability of our findings. "
    "Future longitudinal studies are needed to confirm these results."
)
KINDS = [
    StatementKind.BACKGROUND,
    StatementKind.AIM,
    StatementKind.METHOD,
    StatementKind.OBSERVED,
    StatementKind.INFERRED,
    StatementKind.LIMITATION,
    StatementKind.OPEN,
]


def test_what_an_abstract_labels_a_limitation_is_no_finding():
    told = "The scores rest on what patients reported. Fatigue can come and go."
    found = statements(paper(abstract=f"{ABSTRACT} Limitations: {told}"), STRENGTH)
    assert [each.kind for each in found[-2:]] == [StatementKind.LIMITATION] * 2


def test_every_sentence_of_the_abstract_gets_its_kind():
    found = statements(paper(abstract=ABSTRACT), STRENGTH)
    assert [each.kind for each in found] == KINDS


def test_only_findings_and_conclusions_have_a_strength():
    found = statements(paper(abstract=ABSTRACT), STRENGTH)
    graded = {
        each.kind: (each.strength, each.band) for each in found if each.strength is not None
    }
    assert graded == {
        StatementKind.OBSERVED: (1, Band.ASSOCIATION),
        StatementKind.INFERRED: (4, Band.MAY),
    }


def test_of_the_body_only_what_a_card_carries_is_kept():
    document = paper(
        sections={
            "Introduction": "Patients had lower sleep scores than controls in our data.",
            "Methods": "Sleep was measured with a questionnaire in all patients.",
            "Results": "Patients had significantly lower sleep scores than controls (p = 0.01).",
            "Discussion": "A limitation of our study is the small sample.",
        }
    )
    found = statements(document, STRENGTH)
    assert [each.section for each in found] == ["results", "discussion"]
    assert {each.kind for each in found} <= CARRIED


def test_every_statement_is_verbatim():
    document = paper(abstract=ABSTRACT)
    for each in statements(document, STRENGTH):
        assert is_verbatim(each.span, document.canonical.fields)


def test_a_record_without_text_has_no_statements():
    assert statements(paper(), STRENGTH) == ()


@pytest.mark.parametrize("heading", ["Limitations", "Study limitations", "5.1. Limitations"])
def test_what_stands_under_limitations_is_a_limitation(heading):
    text = "We did not measure sleep in the controls, and recall bias is possible."
    found = statements(paper(sections={"Discussion": "Sleep.", heading: text}), STRENGTH)
    assert [each.kind for each in found] == [StatementKind.LIMITATION]


@pytest.mark.parametrize("retold", statement_cues().retold, ids=lambda rule: rule.kind.value)
def test_what_is_only_retold_in_the_body_is_no_finding(retold):
    document = paper(sections={retold.sections[0].title(): retold.example})
    assert [each.quote for each in statements(document, STRENGTH)] == []
    document = paper(sections={retold.sections[0].title(): retold.counter_example})
    assert [each.quote for each in statements(document, STRENGTH)] == [retold.counter_example]


@settings(max_examples=50)
@given(st.text(max_size=600))
def test_any_text_is_read_and_quoted_to_the_letter(text):
    document = paper(abstract=text, sections={"Results": text, "Discussion": text})
    for each in statements(document, STRENGTH):
        assert is_verbatim(each.span, document.canonical.fields)
        assert (each.strength is None) == (each.band is None)


CLEAR = [
    ("Discussion", "Our results suggest that poor sleep may contribute to fatigue.", True),
    ("Discussion", "Future studies should test whether rest helps.", True),
    (
        "Results",
        "Patients had significantly lower sleep scores than controls (p = 0.01).",
        True,
    ),
    ("Discussion", "Narrow vessels can result in dizziness and mental fog.", False),
    ("Discussion", "The cause of the illness remains unknown [12].", False),
]


@pytest.mark.parametrize(("heading", "sentence", "is_clear"), CLEAR)
def test_of_the_body_only_what_is_clearly_of_this_study_is_clear(heading, sentence, is_clear):
    found = statements(paper(sections={heading: sentence}), STRENGTH)
    assert any(each.is_clear for each in found) is is_clear


def test_a_finding_of_the_abstract_names_what_it_links():
    (read,) = statements(
        paper(
            abstract="Results: Poor sleep was significantly associated with low mood (p = 0.01)."
        ),
        STRENGTH,
    )
    assert read.link is not None
    assert (read.link.exposure.quote, read.link.outcome.quote) == ("Poor sleep", "low mood")
