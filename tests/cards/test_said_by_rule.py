"""The sentences cards say by rule: each by its own examples, plain, and never too strong."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.cards.card_facts import KNOWN, VOCABULARY, Fact, study_facts
from rapport.cards.facts import DesignRecord, Participants, PemRecord
from rapport.cards.said_by_rule import holds, placeholders, said, said_by_rule
from rapport.cards.wording import Verdict, Wording
from rapport.core.spans import Span
from rapport.core.vocabulary import Badge, Combination, Design, DesignKind, Origin
from rapport.knowledge.load import load

KNOWLEDGE = load()
WORDING = Wording(KNOWLEDGE)
SENTENCES = KNOWLEDGE.card_sentences
PARTS = ("quick_summary", "why_it_matters", "remaining_questions", "does_not_prove")
PLACE = Span(field="abstract", start=0, end=3, quote="abc")

EXAMPLES = [
    pytest.param(sentence, example, id=f"{sentence.id}: {sorted(example.facts.items())}")
    for sentence in SENTENCES.values()
    for example in sentence.examples
]
each_sentence = pytest.mark.parametrize("sentence", SENTENCES.values(), ids=SENTENCES)


def facts_of(example):
    return {name: Fact(value=value) for name, value in example.facts.items()}


@pytest.mark.parametrize(("sentence", "example"), EXAMPLES)
def test_a_sentence_is_said_as_its_examples_say(sentence, example):
    facts = facts_of(example)
    assert (said(sentence, facts).text if holds(sentence, facts) else None) == example.text


@each_sentence
def test_a_sentence_has_an_example_in_which_it_is_said_and_one_in_which_it_is_not(sentence):
    assert any(example.text for example in sentence.examples)
    assert any(example.text is None for example in sentence.examples)


@each_sentence
def test_a_sentence_depends_on_facts_and_values_that_exist(sentence):
    assert sentence.part in PARTS
    assert set(placeholders(sentence.text)) <= set(VOCABULARY)
    for name, values in sentence.when.items():
        allowed = VOCABULARY[name]
        assert allowed is None or set(values) <= allowed | {KNOWN}
    assert all(other in SENTENCES for other in sentence.instead_of)


@each_sentence
def test_a_sentence_passes_the_gate_for_every_study_it_may_speak_of(sentence):
    example = next(example for example in sentence.examples if example.text)
    designs = [Design(value) for value in sentence.when.get("design", Design)]
    badges = [Badge(value) for value in sentence.when.get("badge", Badge)]
    refused = [
        (design, badge, finding.clause)
        for design in designs
        for badge in badges
        for finding in WORDING.findings(
            example.text or "", design=DesignRecord(value=design), badge=badge
        )
        if finding.verdict is Verdict.REFUSAL and finding.level > 1
    ]
    assert refused == []


NOT_SAID = re.compile(
    r"\b(?:excluded|safe|effective|should|must|recommend\w*|proven|cure[sd]?|sufferers?|"
    r"e\.g\.|i\.e\.|etc|n =|PEM|CBT|GET|RCT)\b"
)


@each_sentence
def test_a_sentence_is_plain_and_gives_no_advice(sentence):
    text = re.sub(r"\{[a-z_]+\}", "it", sentence.text)
    assert not NOT_SAID.search(text)
    assert all(len(part.split()) <= 24 for part in re.split(r"[.?:] ?", text))
    assert text.endswith((".", "?"))


@pytest.mark.parametrize("design", Design)
def test_every_design_is_summed_up_explained_and_limited(design):
    facts = {"design": Fact(value=design), "blinded": Fact(value="not_stated")}
    facts["read"] = Fact(value="abstract")
    if design is not Design.OTHER:
        assert said_by_rule("quick_summary", facts, KNOWLEDGE)
        assert said_by_rule("why_it_matters", facts, KNOWLEDGE)
    assert said_by_rule("does_not_prove", facts, KNOWLEDGE)


@pytest.mark.parametrize("kind", DesignKind)
def test_every_kind_of_study_has_a_limit_of_its_own(kind):
    assert said_by_rule("does_not_prove", {kind.value: Fact(value="yes")}, KNOWLEDGE)


def badge_sentence(badge, *, definitions=(), combination=Combination.NONE, flags=()):
    pem = PemRecord(badge=badge, definitions=definitions, combination=combination, flags=flags)
    facts = study_facts(pem, DesignRecord(value=Design.OTHER), Participants(), KNOWLEDGE)
    found = said_by_rule("quick_summary", facts, KNOWLEDGE)
    assert [statement.kind for statement in found] == ["badge"]
    return found[0].text


ENTRIES = [
    (
        {
            "badge": Badge.REQUIRED,
            "definitions": ("ccc_2003",),
            "combination": Combination.SINGLE,
        },
        "Every patient had to meet the Canadian criteria of 2003, "
        "which require post-exertional malaise.",
    ),
    (
        {
            "badge": Badge.REQUIRED,
            "definitions": ("fukuda_1994", "ccc_2003"),
            "combination": Combination.ALL,
        },
        "Every patient had to meet the Fukuda criteria of 1994 and the Canadian criteria of "
        "2003, which together require post-exertional malaise.",
    ),
    (
        {
            "badge": Badge.REQUIRED,
            "definitions": ("ccc_2003", "icc_2011"),
            "combination": Combination.ANY,
        },
        "Every patient had to meet the Canadian criteria of 2003 or the International Consensus "
        "Criteria of 2011. Each of these requires post-exertional malaise.",
    ),
    # the feature came from a clause of the study, not from the definition
    (
        {
            "badge": Badge.REQUIRED,
            "definitions": ("fukuda_1994",),
            "combination": Combination.SINGLE,
        },
        "Every patient had to have post-exertional malaise to take part.",
    ),
    (
        {
            "badge": Badge.NOT_REQUIRED,
            "definitions": ("oxford_1991",),
            "combination": Combination.SINGLE,
        },
        "Patients had to meet the Oxford criteria of 1991, "
        "which do not require post-exertional malaise.",
    ),
    (
        {
            "badge": Badge.NOT_REQUIRED,
            "definitions": ("fukuda_1994", "ccc_2003"),
            "combination": Combination.ANY,
        },
        "Patients could enter by the Fukuda criteria of 1994 or the Canadian criteria of 2003. "
        "Not all of these require post-exertional malaise.",
    ),
    # a definition that requires it, with the item waived: it must not be said not to require it
    (
        {
            "badge": Badge.NOT_REQUIRED,
            "definitions": ("ccc_2003",),
            "combination": Combination.SINGLE,
        },
        "Patients did not need to have post-exertional malaise to take part.",
    ),
    (
        {"badge": Badge.REQUIRED, "definitions": ("london_1994",), "flags": ("reworded",)},
        "Every patient had to meet the London criteria of 1994, "
        "which require something close to post-exertional malaise.",
    ),
    (
        {"badge": Badge.MIXED},
        "Only part of the patients had to have post-exertional malaise.",
    ),
    (
        {"badge": Badge.NOT_STATED},
        "The text we read does not say whether patients had to have post-exertional malaise.",
    ),
    ({"badge": Badge.NOT_APPLICABLE}, "This paper has no patients of its own."),
]


@pytest.mark.parametrize(("entry", "expected"), ENTRIES)
def test_the_badge_is_said_in_plain_words(entry, expected):
    assert badge_sentence(**entry) == expected


def test_every_badge_has_a_sentence():
    assert {entry["badge"] for entry, _ in ENTRIES} == set(Badge)


@given(
    st.sampled_from(Badge),
    st.lists(st.sampled_from(sorted(KNOWLEDGE.definitions)), unique=True, max_size=3),
    st.sampled_from(Combination),
    st.sets(st.sampled_from(["reworded", "ambiguous_definition"])),
)
def test_any_badge_is_said_in_one_statement_and_never_as_excluded(badge, ids, how, flags):
    text = badge_sentence(badge, definitions=tuple(ids), combination=how, flags=tuple(flags))
    assert "exclude" not in text


def test_every_definition_has_a_plain_name():
    assert KNOWLEDGE.plain_names is not None
    assert set(KNOWLEDGE.plain_names.names) == set(KNOWLEDGE.definitions)


def test_a_sentence_carries_its_rule_the_facts_it_used_and_their_places():
    facts = {
        "design": Fact(value="cohort_prospective", spans=(PLACE,)),
        "n": Fact(value="217", spans=(PLACE,)),
        "badge": Fact(value="not_stated"),
    }
    found = said_by_rule("quick_summary", facts, KNOWLEDGE)
    statement = next(each for each in found if each.kind == "design")
    assert statement.text == "It followed 217 patients over time."
    assert statement.origin is Origin.RULE
    assert statement.rule == "design_cohort_prospective_n"
    assert statement.facts == {"design": "cohort_prospective", "n": "217"}
    assert statement.spans == (PLACE,)
