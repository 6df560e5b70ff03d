"""What a refusal rests on: each ground by itself, and the words that tell it."""

import itertools

import pytest

from rapport.cards.facts import DesignRecord
from rapport.cards.parts import Part, Sentence
from rapport.cards.refusal import Grounds, Reasons, missing
from rapport.cards.verdicts import Verdict
from rapport.cards.wording import Wording
from rapport.core.vocabulary import Design, Ground, Own
from rapport.knowledge.load import load
from rapport.knowledge.reading.grounds import refusal_grounds

KNOWLEDGE = load()
WORDING = Wording(KNOWLEDGE)
RULES = refusal_grounds()
REASONS = Reasons(RULES)
MANY = 12
ALONE = 1


@pytest.mark.parametrize("own", [None, *Own])
@pytest.mark.parametrize("needed", [(), tuple(Ground), (Ground.OWN_CLAIM,)])
def test_a_refusal_stands_on_all_the_grounds_it_needs_and_on_no_fewer(own, needed):
    for sure, claimed, alone in itertools.product((False, True), repeat=3):
        held = {
            Ground.OWN_CLAIM: own is not None,
            Ground.SURE_LIMIT: sure,
            Ground.PLAIN_CLAIM: claimed,
            Ground.OWN_RESULTS: alone,
        }
        grounds = Grounds(own=own, is_limit_sure=sure, is_claimed=claimed, is_alone=alone)
        found = missing(needed, grounds)
        assert found == tuple(ground for ground in needed if not held[ground])


@pytest.mark.parametrize("example", RULES.examples, ids=lambda example: example.text)
def test_a_sentence_concludes_in_so_many_words_as_the_examples_say(example):
    sentence = Sentence(start=0, end=len(example.text), part=Part.OTHER)
    own = REASONS.own(sentence, example.text, MANY, retells=False)
    assert (own is Own.CONCLUDES) is example.concludes


@pytest.mark.parametrize("example", RULES.news, ids=lambda example: example.text)
def test_what_is_announced_is_claimed_though_it_looks_like_background(example):
    sentence = Sentence(start=0, end=len(example.text), part=Part.BACKGROUND)
    own = REASONS.own(sentence, example.text, MANY, retells=False)
    assert (own is Own.CONCLUDES) is example.announces


@pytest.mark.parametrize("example", RULES.doubts, ids=lambda example: example.text)
def test_methods_that_reach_further_make_a_limit_doubtful_as_the_examples_say(example):
    assert REASONS.doubts(example.text) is example.is_doubtful


@pytest.mark.parametrize(
    ("part", "is_labelled", "of", "retells", "own"),
    [
        (Part.TITLE, False, MANY, False, Own.TITLE),
        (Part.TITLE, False, MANY, True, Own.TITLE),
        (Part.CONCLUSION, True, MANY, False, Own.LABEL),
        (Part.CONCLUSION, True, MANY, True, None),  # a review concludes what others found
        (Part.RESULTS, True, MANY, False, None),  # results tell what happened
        (Part.CONCLUSION, False, MANY, False, None),  # no label and no word says so
        (Part.OTHER, False, MANY, False, None),
        (Part.OTHER, False, ALONE, True, Own.SHORT),
        (Part.OTHER, False, 2, False, Own.SHORT),
        (Part.OTHER, False, 2, True, None),  # two sentences of a review tell what is known
        (Part.RESULTS, True, ALONE, True, Own.SHORT),
        (Part.BACKGROUND, False, ALONE, False, None),
        (Part.ASIDE, False, MANY, False, None),
        (Part.METHODS, True, ALONE, False, None),
        (Part.METHODS, False, ALONE, False, Own.SHORT),
    ],
)
def test_place_and_label_tell_whose_claim_a_sentence_is(part, is_labelled, of, retells, own):
    sentence = Sentence(start=0, end=18, part=part, is_labelled=is_labelled)
    assert REASONS.own(sentence, "Rest reduces pain.", of, retells=retells) is own


@pytest.mark.parametrize(
    ("level", "limit", "own", "is_straight"),
    [
        (7, 2, Own.LABEL, True),
        (6, 2, Own.LABEL, False),  # implies a cause, or names a statistic
        (8, 6, Own.TITLE, False),  # a shade above what a trial carries
        (6, 2, Own.SHORT, True),
        (8, 7, Own.SHORT, True),
    ],
)
def test_in_a_long_text_only_a_direct_claim_in_a_stronger_band_is_straight(
    level, limit, own, is_straight
):
    assert REASONS.is_straight(level, limit, own) is is_straight


def test_every_ground_and_every_reason_has_its_words():
    assert set(RULES.held) == set(RULES.missing) == set(Ground)
    assert set(RULES.own) == set(Own)


REFUSING = [
    rule
    for rule in KNOWLEDGE.wording_rules.values()
    if Verdict.REFUSAL.value in {rule.verdict, rule.if_few, rule.elsewhere_verdict}
]


@pytest.mark.parametrize("rule", REFUSING, ids=lambda rule: rule.id)
def test_every_rule_that_refuses_asks_whose_claim_it_is(rule):
    assert Ground.OWN_CLAIM in rule.rests_on


@pytest.mark.parametrize("rule", REFUSING, ids=lambda rule: rule.id)
def test_a_rule_about_some_designs_refuses_only_where_the_design_is_sure(rule):
    decides = rule.designs or rule.above_limit or rule.highest_limit is not None
    assert not decides or Ground.SURE_LIMIT in rule.rests_on


LONG = " ".join(["Forty people were asked about noise and pain in town."] * 6)


LINKED = "Noise was linked to pain."
CAUSED = "Noise worsened the pain of them all."


def judged(text, *, is_certain=True, design=Design.CROSS_SECTIONAL, result=""):
    """What is found, `result` being read as a result of the text."""
    record = DesignRecord(value=design, is_certain=is_certain)
    at = text.find(result)
    read = [Sentence(start=at, end=at + len(result), part=Part.RESULTS)] if result else []
    found = WORDING.findings(text, design=record, badge=None, read=read)
    return {finding.clause: finding for finding in found}


def test_a_refusal_tells_what_it_rests_on():
    told = judged("Noise worsens pain.")["Noise worsens pain."]
    assert told.verdict is Verdict.REFUSAL
    assert set(told.rests_on) == set(Ground)
    assert len(told.grounds) == len(Ground)
    assert not told.missing


@pytest.mark.parametrize(
    ("text", "is_certain", "lacking"),
    [
        ("Noise worsens pain.", False, Ground.SURE_LIMIT),
        ("The effect of noise on pain was large.", True, Ground.PLAIN_CLAIM),
        (f"{LONG} Noise worsens pain. {LONG}", True, Ground.OWN_CLAIM),
    ],
)
def test_where_a_ground_is_missing_there_is_a_warning_that_names_it(text, is_certain, lacking):
    worst = max(judged(text, is_certain=is_certain).values(), key=lambda one: one.level)
    assert worst.verdict is Verdict.WARNING
    assert lacking in worst.missing
    assert RULES.missing[lacking] in worst.grounds
    assert not worst.rests_on


def test_in_the_middle_of_a_text_words_that_conclude_are_its_own_claim():
    said = "Our findings show that noise worsens pain."
    found = judged(f"{LINKED} {LONG} {said} {LONG}", result=LINKED)[said]
    assert found.verdict is Verdict.REFUSAL


@pytest.mark.parametrize(
    ("result", "lacks"),
    [(LINKED, False), (CAUSED, True), ("", False)],  # less, as much, none that was read
)
def test_in_a_long_text_a_claim_is_refused_only_where_no_result_says_as_much(result, lacks):
    said = "Conclusion: Noise worsens pain."
    found = judged(f"{LONG} {result} {said}", result=result)[said]
    assert (found.verdict is Verdict.WARNING) is lacks
    assert (Ground.OWN_RESULTS in found.missing) is lacks


@pytest.mark.parametrize(
    ("said", "alone", "amid"),
    [
        ("Conclusion: Noise worsens pain.", "refusal", "refusal"),
        ("Conclusion: Noise contributes to pain.", "refusal", "warning"),
        ("Conclusion: Noise influences pain.", "refusal", "warning"),
    ],
)
def test_words_that_imply_a_cause_are_refused_only_where_nothing_else_is_said(
    said, alone, amid
):
    assert judged(said)[said].verdict.value == alone
    amid_others = judged(f"{LONG} {LINKED} {said}", result=LINKED)
    assert amid_others[said].verdict.value == amid


def test_what_a_review_tells_as_having_been_found_is_no_claim_of_its_own():
    claims = {
        "Conclusion: Noise worsened pain.": "warning",
        "Conclusion: Noise worsens pain.": "refusal",
    }
    for text, expected in claims.items():
        (found,) = judged(text, design=Design.NARRATIVE_REVIEW).values()
        assert found.verdict.value == expected
