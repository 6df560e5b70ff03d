"""The gate's judgement of words: every rule by its own examples, and what no rule may do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapport.cards.facts import DesignRecord
from rapport.cards.strength import Strength
from rapport.cards.wording import ABOVE_LIMIT, Verdict, Wording, findings
from rapport.core.vocabulary import Badge, Design, band_of
from rapport.knowledge.load import load
from rapport.knowledge.patterns import fault

KNOWLEDGE = load()
WORDING = Wording(KNOWLEDGE)
RULES = KNOWLEDGE.wording_rules

RULE_EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}: {example.text}")
    for rule in RULES.values()
    for example in rule.examples
]
DESIGN_EXAMPLES = [
    pytest.param(entry, example, id=f"{entry.id}: {example.text}")
    for entry in KNOWLEDGE.designs.values()
    for example in entry.examples
    if example.verdict
]


def judged(text, design, *, badge=None, blinded=None, kinds=(), people=None):
    record = DesignRecord(value=design, blinded=blinded, kinds=kinds)
    return WORDING.findings(text, design=record, badge=badge, people=people)


def verdict_of(rule_id, found):
    remarks = [(finding.rule, finding.verdict) for finding in found]
    remarks += [(remark.rule, remark.verdict) for finding in found for remark in finding.also]
    return next((verdict.value for rule, verdict in remarks if rule == rule_id), None)


@pytest.mark.parametrize(("rule", "example"), RULE_EXAMPLES)
def test_a_rule_speaks_up_as_its_examples_say(rule, example):
    found = judged(
        example.text,
        example.design,
        badge=example.badge,
        blinded=example.blinded,
        people=example.people,
    )
    assert verdict_of(rule.id, found) == example.verdict


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_has_an_example_in_which_it_speaks_up_and_one_in_which_it_does_not(rule):
    assert any(example.verdict for example in rule.examples)
    assert any(example.verdict is None for example in rule.examples)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_the_words_of_a_rule_can_be_searched_for(rule):
    sources = [*(p for group in rule.patterns for p in group), *rule.unless]
    sources += [swap.words for swap in rule.swaps]
    assert [fault(source) for source in sources] == [None] * len(sources)
    assert {rule.verdict, rule.hedged or "ok"} <= set(Verdict)


@pytest.mark.parametrize(("entry", "example"), DESIGN_EXAMPLES)
def test_the_examples_of_a_design_get_their_verdict(entry, example):
    design = entry.designs[0] if entry.designs else Design.RCT
    found = judged(
        example.text,
        design,
        blinded=entry.blinded if entry.designs else True,
        kinds=entry.kinds,
    )
    strict = [finding.verdict.value for finding in found if finding.rule == ABOVE_LIMIT]
    worst = max(strict, key=["ok", "warning", "refusal"].index, default="ok")
    if example.verdict == "refusal":
        worst = max((f.verdict.value for f in found), key=["ok", "warning", "refusal"].index)
    assert worst == example.verdict


TURNS = [
    # the hedge holds for its own clause only
    ("Rest may reduce pain.", ["warning"]),
    ("Rest may reduce pain, but stress causes it.", ["warning", "refusal"]),
    # denied, asked, planned: nothing is claimed
    ("Rest does not cause pain.", ["ok"]),
    ("This does not show that rest reduces pain.", ["ok"]),
    ("That rest reduces pain is not shown.", ["ok"]),
    ("Does rest reduce pain?", ["ok"]),
    ("We examined whether rest reduces pain.", ["ok"]),
    # a denial does not cover what is said after it
    ("It is not known why, but stress causes pain.", ["ok", "refusal"]),
    # what others are quoted to say is theirs; single words in quotation marks are not
    ("She wrote: “rest always reduces my pain”.", ["ok"]),
    ('Rest "cures" pain.', ["refusal"]),
    # what was found goes through
    ("Rest was associated with less pain.", ["ok"]),
    ("We aimed to test rest and found that it reduces pain.", ["ok", "refusal"]),
]


@pytest.mark.parametrize(("text", "expected"), TURNS)
def test_hedges_denials_questions_and_quotations_are_understood(text, expected):
    found = judged(text, Design.CROSS_SECTIONAL)
    assert [finding.verdict.value for finding in found] == expected


def test_a_claim_about_the_whole_illness_names_whom_the_study_did_not_ask_for():
    claim = "Patients with ME/CFS have a higher pulse."
    (found,) = judged(claim, Design.CASE_CONTROL, badge=Badge.NOT_REQUIRED)
    assert found.verdict is Verdict.WARNING
    assert "was not required" in (found.reason or "")
    (found,) = judged(claim, Design.CASE_CONTROL, badge=Badge.REQUIRED)
    assert found.verdict is Verdict.OK
    (found,) = judged(claim, Design.CASE_CONTROL, badge=None)
    assert found.verdict is Verdict.OK


def test_a_refusal_says_which_level_which_limit_and_why():
    (found,) = judged("Stress causes pain.", Design.CROSS_SECTIONAL)
    assert (found.level, found.limit, found.rule) == (7, 2, ABOVE_LIMIT)
    assert "level 7" in (found.reason or "")
    assert KNOWLEDGE.designs["cross_sectional"].why in (found.reason or "")


def test_every_reason_has_all_its_words():
    texts = [(e.text, e.design, e.badge) for rule in RULES.values() for e in rule.examples]
    reasons = [
        remark.reason
        for text, design, badge in texts
        for finding in judged(text, design, badge=badge)
        for remark in (finding, *finding.also)
        if remark.reason
    ]
    assert reasons
    assert not [reason for reason in reasons if "{" in reason or "  " in reason]


@pytest.mark.parametrize("swap", RULES[ABOVE_LIMIT].swaps, ids=lambda swap: swap.words)
def test_the_words_that_are_offered_are_weaker_than_a_cause(swap):
    assert Strength(KNOWLEDGE).level(f"Rest {swap.weaker} pain.") <= 4


WORDS = st.sampled_from(
    [
        "rest",
        "pain",
        "causes",
        "cures",
        "may",
        "not,",
        "but.",
        "is",
        "associated",
        "with",
        "improves",
        "ME/CFS",
        "patients",
        "in",
        "cells",
        "?",
        "“",
        "”",
        "proves",
        "that",
        "the",
        "effect",
        "of",
        "on",
        "and",
        "we",
        "safe",
        "should",
        "no",
        "difference",
    ]
)


@given(
    st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=80),
    st.sampled_from(Design),
    st.sampled_from([None, *Badge]),
)
def test_findings_of_any_text_stand_at_their_places_and_offer_only_what_is_allowed(
    text, design, badge
):
    for finding in judged(text, design, badge=badge):
        assert text[finding.start : finding.end] == finding.clause
        assert finding.band is band_of(finding.level)
        assert (finding.verdict is Verdict.OK) or finding.reason
        if finding.rule == ABOVE_LIMIT and finding.weaker:
            assert Strength(KNOWLEDGE).level(finding.weaker) <= finding.limit


@given(st.lists(WORDS, min_size=1, max_size=12).map(" ".join))
def test_a_stricter_design_never_lets_more_through(text):
    order = ["ok", "warning", "refusal"]
    loose, strict = (
        [
            order.index(verdict_of(ABOVE_LIMIT, [finding]) or "ok")
            for finding in judged(text, design)
        ]
        for design in (Design.COHORT_PROSPECTIVE, Design.CASE_REPORT)
    )
    assert all(one <= other for one, other in zip(loose, strict, strict=True))


def test_the_function_and_the_compiled_rules_agree():
    text = "Stress causes pain. Rest may help."
    record = DesignRecord(value=Design.COHORT_PROSPECTIVE)
    assert findings(text, design=record, badge=None, knowledge=KNOWLEDGE) == WORDING.findings(
        text, design=record, badge=None
    )
