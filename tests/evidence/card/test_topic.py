"""What a study is about, cut from its own words, or left unsaid."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.cards.facts import ReadStatement
from rapport.core.spans import Span
from rapport.core.vocabulary import StatementKind
from rapport.evidence.card.topic import phrase, topic_facts
from rapport.evidence.read.statements.links import link_in


def observed(text, kind=StatementKind.OBSERVED):
    place = Span(field="abstract", start=0, end=len(text), quote=text)
    return ReadStatement(
        kind=kind, field="abstract", start=0, end=len(text), quote=text, link=link_in(place)
    )


TITLES = [
    (
        "The role of the therapeutic bond in talking therapy for chronic fatigue syndrome",
        {"exposure": "the therapeutic bond", "therapy": "talking therapy"},
    ),
    (
        "Effect of evening light on sleep quality in adults",
        {"exposure": "evening light", "outcome": "sleep quality"},
    ),
    (
        "Association between daily steps and pain in ME/CFS",
        {"exposure": "daily steps", "outcome": "pain"},
    ),
    ("A randomised trial of breathing training for ME/CFS", {"therapy": "breathing training"}),
    # praise is no name, and effort after which something was seen no treatment
    ("Warm baths as an adjunctive therapy for ME/CFS", {}),
    ("A new effective treatment for ME/CFS", {}),
    ("Sleep following exercise in patients with ME/CFS", {"measure": "sleep"}),
    ("Sleep in a small town", {}),
    ("", {}),
]


@pytest.mark.parametrize(("title", "expected"), TITLES)
def test_a_title_names_what_was_set_against_what(title, expected):
    found = {name: fact.value for name, fact in topic_facts(title, ()).items()}
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # cut where a noun or an "in" would have to follow: no name of a thing
        ("low mood and gastric", None),
        ("levels of very low-density", None),
        ("proteins directed", None),
        ("bed days and a reduction", "bed days"),
        ("their answers to the letters", None),
        ("being tired", None),
        ("poor sleep nor poor appetite", None),
        ("severity", None),
        # how it was reckoned, not what was looked at
        ("multivariable models", None),
        ("regression on sleep", None),
        ("odds", None),
        # a second thing with a direction of its own is left out
        ("working time and less worry about money", "working time"),
        ("novel markers of sleep", "markers of sleep"),
        ("sleep – what we know of it", "sleep"),
        ("the risk of falling", "the risk of falling"),
        ("symptom change", "symptom change"),
        ("visits to a clinic", "visits to a clinic"),
        ("mood and need", "mood and need"),
    ],
)
def test_only_what_reads_as_the_name_of_a_thing_is_named(text, expected):
    assert phrase(text) == expected


def named(title, *sentences):
    found = topic_facts(title, [observed(sentence) for sentence in sentences])
    return {name: fact.value for name, fact in found.items()}


def test_the_capitals_of_a_headline_are_made_small_and_those_of_names_are_kept():
    title = "Association Between Evening Light and Resting Pulse Rate in Norway Spruce Workers"
    assert (
        named(title, "In the woods of Norway sleep was short.")["exposure"] == "evening light"
    )
    assert named(title)["outcome"] == "resting pulse rate"
    title = "The Effect of Strong Bergen Tea on Sleep Quality in Adults"
    assert named(title, "They drank the Bergen tea.")["exposure"] == "strong Bergen tea"
    # a title in the writing of sentences has its capitals for a reason
    assert (
        named("The effect of strong Bergen tea on sleep quality in adults")["exposure"]
        == "strong Bergen tea"
    )


def test_short_forms_are_written_out_as_the_study_writes_them_out():
    sentences = (
        "We asked about steps at home (SAH) and worries about money (WAM).",
        "SAH predicted WAMs at week eight.",
    )
    assert named(None, *sentences) == {
        "exposure": "steps at home",
        "outcome": "worries about money",
    }


def test_an_outcome_that_the_exposure_names_already_or_that_nothing_changes_is_not_named():
    assert "outcome" not in named(
        "The role of insulin resistance in care", "Age predicted insulin."
    )
    assert "outcome" not in named(None, "Poor sleep was associated with male gender.")


def test_a_title_that_tells_a_finding_takes_no_outcome_of_another():
    title = "Evening light is associated with them"
    assert named(title, "Age predicted satisfaction.") == {"exposure": "evening light"}
    taken_up = named(title, "Bright light predicted satisfaction.")
    assert taken_up == {"exposure": "evening light", "outcome": "satisfaction"}


SENTENCES = [
    (
        "Daily steps predicted pain at week eight.",
        {"exposure": "daily steps", "outcome": "pain"},
    ),
    (
        "In the second group, poor sleep was strongly associated with low mood, among others.",
        {"exposure": "poor sleep", "outcome": "low mood"},
    ),
    (
        "We found that trust explained half of the variance in satisfaction.",
        {"exposure": "trust", "outcome": "satisfaction"},
    ),
    ("Resting pulse was significantly higher in patients.", {"measure": "resting pulse"}),
    ("Differential growth was higher in patients.", {"measure": "growth"}),
    # too vague to be named
    ("Variation was higher in patients.", {}),
    ("Rest was associated with symptom change.", {"exposure": "rest"}),
    ("Pulse was associated with lack of clinical response.", {}),
    ("Many complaints worsened following effort.", {}),
    ("Complaints aggravated each other and several predicted pain.", {}),
    ("It was associated with them.", {}),
    ("The groups did not differ.", {}),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_a_finding_names_what_was_set_against_what(sentence, expected):
    found = {name: fact.value for name, fact in topic_facts(None, [observed(sentence)]).items()}
    assert {name: found.get(name) for name in expected} == expected
    assert set(found) <= {*expected, "outcome"}


def test_the_title_comes_before_the_findings():
    found = topic_facts("The role of trust in care", [observed("Age predicted satisfaction.")])
    assert found["exposure"].value == "trust"
    assert found["outcome"].value == "satisfaction"


def test_what_changed_together_is_found_where_the_text_says_jointly():
    found = topic_facts(None, [observed("Trust and changes in sleep jointly explained mood.")])
    assert found["cofactors"].value == "sleep"
    assert "cofactors" not in topic_facts(None, [observed("Changes in sleep were seen.")])


@pytest.mark.parametrize(
    "sentence", ["Trust was associated with older age.", "Long COVID was associated with pain."]
)
def test_an_illness_is_no_exposure_and_age_no_outcome(sentence):
    found = topic_facts(None, [observed(sentence)])
    assert not {"exposure", "outcome"} <= set(found)


def test_a_difference_that_was_not_found_is_no_measure():
    found = topic_facts(None, [observed("There was no association between ME/CFS and pulse.")])
    assert "measure" not in found


def test_background_is_not_about_this_study():
    told = observed("Trust predicted mood in questionnaires.", StatementKind.BACKGROUND)
    assert topic_facts(None, [told]) == {}


@given(st.text(max_size=300))
def test_a_phrase_of_any_text_is_short_or_none(text):
    found = phrase(text)
    assert found is None or 0 < len(found.split()) <= 10


@given(st.text(max_size=200), st.lists(st.text(max_size=200), max_size=3))
def test_any_title_and_sentences_give_facts_with_their_places(title, sentences):
    for fact in topic_facts(title, [observed(text) for text in sentences if text]).values():
        assert fact.value
        assert fact.spans


@pytest.mark.parametrize("bait", ["a" * 500_000, "in the " * 80_000, "effect of " * 50_000])
def test_a_hostile_title_takes_no_more_than_moments(bait):
    start = time.perf_counter()
    topic_facts(bait, [observed(bait)])
    assert time.perf_counter() - start < 3
